"""`kith census`: the children in need return read as events, and every duty it can speak to."""

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from kith.commands.asking import FORMATS, chosen, fail, pack_options, reasoner, stack_in, write_rows
from kith.commands.census_load import load
from kith.commands.problem_files import write_problems
from kith.commands.reading import Answered, Question, Reading, count, opened, tallied
from kith.core import clock
from kith.returns.cin import Ledger, Problem, evidence
from kith.rules.calendars import england_and_wales
from kith.rules.days import NotADay, day_of, spoken
from kith.rules.event_files import as_row
from kith.rules.obligation import STATES
from kith.rules.procedure import Procedure

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
STRICT = click.option(
    "--strict",
    is_flag=True,
    help="Stop at the first problem, with exit code 1. Without it, problems are counted and told.",
)


@click.group()
def census() -> None:
    """The children in need census: read it, and see what is due, what is late and why."""


@census.command("read")
@FILE
@STRICT
@click.option(
    "--problems", "told", type=click.Path(dir_okay=False, path_type=Path), help="Write every problem to this CSV file."
)
def read(file: Path, strict: bool, told: Path | None) -> None:
    """The return as events, one JSON object a line; each child's events stand together."""
    with opened(file, strict=strict) as source:
        for child in source.children():
            for event in child.events:
                sys.stdout.write(json.dumps(as_row(event), ensure_ascii=False) + "\n")
    if told is not None:
        write_problems(told, source.problems)
    _say(source.census.ledger, source.problems)


@census.command("due")
@FILE
@pack_options
@STRICT
@click.option(
    "--as-at", metavar="DATE", help="What had happened by the end of that day. Default: the return's reference date."
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.html",
    help="Write the report: totals here, children in a file beside it.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="Totals as a table or JSON; jsonl or csv: every obligation, with its reason.",
)
def due(
    file: Path, pack: str, adopt: Sequence[str], strict: bool, as_at: str | None, report: Path | None, form: str
) -> None:
    """Every duty the return can speak to, for every child: met, met late, due, overdue, and which it cannot tell."""
    made, calendar = chosen(pack, adopt), england_and_wales().calendar()
    question = Question(made, calendar, _asked_day(as_at), strict)
    if report is not None:
        answer = _report(report, file, question)
    elif form in ("jsonl", "csv"):
        answer = _every_obligation(file, question, form)
    else:
        answer = count(file, question)
        _totals(answer, made, form)
    _say(answer.ledger, answer.problems)


_COLUMNS = ("child", "duty", "what", "due", "state", "owed_by", "cites", "pack", "from", "reason")


def _asked_day(as_at: str | None) -> int | None:
    try:
        return day_of(as_at) if as_at else None
    except NotADay as error:
        fail(str(error))


def _every_obligation(file: Path, question: Question, form: str) -> Answered:
    with opened(file, strict=question.strict) as source:
        day = question.day(source)
        write_rows(_rows(question, source, day), form, _COLUMNS)
        return Answered.of(source, day)


def _rows(question: Question, source: Reading, day: int) -> Iterator[dict[str, Any]]:
    made = question.procedure
    reasons, stack = reasoner(made, question.calendar), stack_in(made)
    for child, obligations in question.answers(source, day):
        for one in obligations:
            yield {
                "child": child.id,
                "duty": one.duty.id,
                "what": reasons.title(one),
                "due": one.due_text,
                "state": one.state(day),
                "owed_by": stack.role_title(one.duty.owed_by),
                "cites": list(one.duty.cites),
                "pack": one.duty.pack,
                "from": one.from_id,
                "reason": reasons.sentence(one, day),
            }


def _totals(answer: Answered, made: Procedure, form: str) -> None:
    duties = sorted({made.duties[place].id for place in answer.counts})
    counts = {duty: Counter[str]() for duty in duties}
    for place, states in answer.counts.items():
        counts[made.duties[place].id].update(states)
    rows = [_total(duty, made, counts[duty]) for duty in duties]
    seen = [state for state in STATES if any(count[state] for count in counts.values())]
    write_rows(rows, form, ("what", "owed", *seen), f"As at {spoken(answer.day)}")


def _total(duty: str, made: Procedure, count: Counter[str]) -> dict[str, Any]:
    known = made.duty(duty)
    states = {state: count[state] for state in STATES if count[state]}
    return {"duty": duty, "what": "" if known is None else known.title, "owed": count.total(), **states}


def _report(report: Path, file: Path, question: Question) -> Answered:
    from kith.insight.report import ProblemRow, ReportAbout, tallying, write_report

    made = question.procedure
    with tallying(report, reasoner(made, question.calendar)) as tally:
        answer = tallied(file, question, tally, report)
    ledger, header, year = answer.ledger, answer.header, answer.collection.year
    about = ReportAbout(
        title="Children in need census",
        source=file.name,
        year=f"{year - 1}-{year % 100:02}",
        reference_date=dt.date.fromordinal(answer.collection.last),
        authority_code=header.authority,
        as_at=dt.date.fromordinal(answer.day),
        made_on=clock.today(),
        counts=(
            ("Children read", ledger.children_read),
            ("Children refused", ledger.children_refused),
            ("Dates and answers read", ledger.facts_read),
            ("Dates and answers refused", ledger.facts_refused),
        ),
    )
    rows = [ProblemRow(one.line, one.child, one.field, one.code, one.message) for one in answer.problems]
    held = evidence(answer.collection)
    for path in write_report(report, tally=tally, about=about, procedure=made, problems=rows, evidence=held):
        click.echo(f"Written: {path}")
    return answer


def _say(ledger: Ledger, problems: Sequence[Problem]) -> None:
    """What was read and what was refused, on standard error, with the first problems by line."""
    click.echo(
        f"{ledger.children_read} children read, {ledger.children_refused} refused; {ledger.facts_read} dates and answers read, "
        f"{ledger.facts_refused} refused; {len(problems)} problems.",
        err=True,
    )
    for problem in problems[:10]:
        click.echo(f"  {problem}", err=True)
    if len(problems) > 10:
        click.echo(f"  and {len(problems) - 10} more", err=True)
    if ledger.children_read == 0:
        raise click.ClickException("no child could be read from this file")


census.add_command(load)
