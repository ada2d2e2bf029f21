"""`kith census`: the children in need return read as events, and every duty it can speak to."""

import datetime as dt
import gc
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kith.commands.asking import FORMATS, chosen, fail, pack_options, progress, reasoner, stack_in, write_rows
from kith.core import clock
from kith.returns.cin import Census, CensusError, Child, Problem
from kith.rules.calendars import Calendar, england_and_wales
from kith.rules.days import NotADay, day_of, spoken
from kith.rules.event_files import as_row
from kith.rules.obligation import STATES, Obligation
from kith.rules.procedure import Procedure
from kith.rules.run import owed

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
    with _opened(file, strict) as (source, problems):
        for child in _children(source, problems):
            for event in child.events:
                sys.stdout.write(json.dumps(as_row(event), ensure_ascii=False) + "\n")
    if told is not None:
        _write_problems(told, problems)
    _say(source, problems)


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
    with _opened(file, strict) as (source, problems):
        day = _day(as_at, source)
        answers = _answers(made, source, problems, day, calendar)
        if report is not None:
            _report(report, file.name, made, source, problems, answers, day, calendar)
        elif form in ("jsonl", "csv"):
            write_rows(_rows(made, answers, day, calendar), form, _COLUMNS)
        else:
            _totals(answers, day, form)
    _say(source, problems)


_COLUMNS = ("child", "duty", "what", "due", "state", "owed_by", "cites", "pack", "from", "reason")
Answer = tuple[Child, list[Obligation]]


@contextmanager
def _opened(file: Path, strict: bool) -> Iterator[tuple[Census, list[Problem]]]:
    """The return, open; what cannot be read at all, or any problem when strict, ends the command with exit code 1."""
    problems: list[Problem] = []
    try:
        with file.open("rb") as stream, _calm():
            yield Census(stream, strict=strict), problems
    except CensusError as error:
        raise click.ClickException(f"{file}: {error}") from None


@contextmanager
def _calm() -> Iterator[None]:
    """No passes of the garbage collector: a return makes millions of small objects, and none of them holds another in a ring."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _children(source: Census, problems: list[Problem]) -> Iterator[Child]:
    with progress("Reading the return") as step:
        for child in source:
            problems += child.problems
            yield child
            step(1)
    problems += source.problems


def _answers(
    made: Procedure, source: Census, problems: list[Problem], day: int, calendar: Calendar
) -> Iterator[Answer]:
    evidence = source.evidence()
    for child in _children(source, problems):
        yield child, owed(made, child.events, day, calendar, evidence)


def _day(as_at: str | None, source: Census) -> int:
    """The day asked about, no later than the return's last: after that it cannot say what was done."""
    last = source.collection.last
    try:
        day = day_of(as_at) if as_at else last
    except NotADay as error:
        fail(str(error))
    if day > last:
        click.echo(f"The return speaks up to {spoken(last)}, so it is answered as at that day.", err=True)
    return min(day, last)


def _rows(made: Procedure, answers: Iterator[Answer], day: int, calendar: Calendar) -> Iterator[dict[str, Any]]:
    reasons, stack = reasoner(made, calendar), stack_in(made)
    for child, obligations in answers:
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


def _totals(answers: Iterator[Answer], day: int, form: str) -> None:
    counts: dict[str, Counter[str]] = {}
    titles: dict[str, str] = {}
    for _, obligations in answers:
        for one in obligations:
            counts.setdefault(one.duty.id, Counter())[one.state(day)] += 1
            titles[one.duty.id] = one.duty.title
    rows = [
        {
            "duty": duty,
            "what": titles[duty],
            "owed": sum(count.values()),
            **{state: count[state] for state in STATES if count[state]},
        }
        for duty, count in sorted(counts.items())
    ]
    seen = [state for state in STATES if any(count[state] for count in counts.values())]
    write_rows(rows, form, ("what", "owed", *seen), f"As at {dt.date.fromordinal(day):%-d %B %Y}")


def _report(
    report: Path, name: str, made: Procedure, source: Census, problems: list[Problem], answers: Iterator[Answer], day: int,
    calendar: Calendar,
) -> None:  # fmt: skip
    from kith.insight.report import ProblemRow, ReportAbout, tallying, write_report

    with tallying(report, reasoner(made, calendar)) as tally:
        for child, obligations in answers:
            tally.add(child.id, obligations, day)
    ledger, year = source.ledger, source.collection.year
    about = ReportAbout(
        title="Children in need census",
        source=name,
        year=f"{year - 1}-{year % 100:02}",
        reference_date=dt.date.fromordinal(source.collection.last),
        authority_code=source.header.authority,
        as_at=dt.date.fromordinal(day),
        made_on=clock.today(),
        counts=(
            ("Children read", ledger.children_read),
            ("Children refused", ledger.children_refused),
            ("Dates and answers read", ledger.facts_read),
            ("Dates and answers refused", ledger.facts_refused),
        ),
    )
    rows = [ProblemRow(one.line, one.child, one.field, one.code, one.message) for one in problems]
    for path in write_report(
        report, tally=tally, about=about, procedure=made, problems=rows, evidence=source.evidence()
    ):
        click.echo(f"Written: {path}")


def _write_problems(path: Path, problems: list[Problem]) -> None:
    import csv

    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("line", "child", "field", "code", "what is wrong"))
        writer.writerows((one.line, one.child, one.field, one.code, one.message) for one in problems)


def _say(source: Census, problems: list[Problem]) -> None:
    """What was read and what was refused, on standard error, with the first problems by line."""
    ledger = source.ledger
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
