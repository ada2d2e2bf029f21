"""`kith due` and `kith explain`: what is owed on a day, and why."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from kith.commands.asking import (
    When,
    chosen,
    event_options,
    format_option,
    histories,
    pack_options,
    progress,
    reasoner,
    spoken_date,
    stack_in,
    time_options,
    when,
    write_rows,
)  # fmt: skip
from kith.rules.handbook import Handbook
from kith.rules.obligation import STATES, Obligation
from kith.rules.procedure import Procedure
from kith.rules.reasons import Reasoner, Reasons
from kith.rules.run import owed
from kith.rules.shipped import registers

FOR_PEOPLE = ("about", "what", "due", "state", "owed_by", "duty")
COLUMNS = ("about", "duty", "what", "due", "state", "owed_by", "holder", "cites", "id", "from", "reason")


@click.command()
@pack_options
@event_options
@time_options
@click.option("--subject", metavar="ID", help="Only what is owed about this child, family, meeting ...")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(STATES),
    help="Only these states; may be given more than once.",
)
@click.option("--as-if", is_flag=True, help="Judge everything as if this version had always been in force.")
@format_option
def due(
    pack: str, adopt: Sequence[str], events: Any, grouped: bool, as_at: str | None, known_at: str | None, as_known_on: str | None,
    subject: str | None, states: Sequence[str], as_if: bool, form: str,
) -> None:  # fmt: skip
    """What is due, what is late, and what has been met, from a file of events."""
    made, times = chosen(pack, adopt, as_if=as_if), when(as_at, known_at, as_known_on)
    reasons = reasoner(made, times.calendar)
    found = _wanted(made, events, times, grouped=grouped, subject=subject, states=states)
    rows: Iterator[dict[str, Any]] = (_row(made, one, times.as_at, reasons, form) for one in found)
    if form != "jsonl":
        rows = iter(sorted(rows, key=lambda row: (row["due"] or "9999", row["duty"])))
    if form == "table":
        rows = ({**row, "due": spoken_date(row["due"])} for row in rows)
    write_rows(rows, form, FOR_PEOPLE if form == "table" else COLUMNS)


@click.command()
@pack_options
@event_options
@time_options
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.argument("obligation")
def explain(
    pack: str, adopt: Sequence[str], events: Any, grouped: bool, as_at: str | None, known_at: str | None, as_known_on: str | None,
    form: str, obligation: str,
) -> None:  # fmt: skip
    """Why one obligation is due when it is. OBLIGATION is its id (or the beginning of it), or the id of a duty."""
    made, times = chosen(pack, adopt), when(as_at, known_at, as_known_on)
    reasons = reasoner(made, times.calendar)
    found = [
        one
        for one in _wanted(made, events, times, grouped=grouped, subject=None, states=())
        if str(one.id).startswith(obligation) or one.duty.id == obligation
    ]
    if not found:
        raise click.ClickException(
            f"nothing that is owed has the id or the duty “{obligation}”; see kith due --format json"
        )
    told = [reasons.reasons(one, times.as_at) for one in found]
    if form == "json":
        write_rows([one.as_json() for one in told], "json", ())
        return
    book = Handbook(stack_in(made), registers())
    for one, why in zip(found, told, strict=True):
        _explained(one, why, book)


def _wanted(
    made: Procedure, events: Any, times: When, *, grouped: bool, subject: str | None, states: Sequence[str]
) -> Iterator[Obligation]:
    with progress("Working out what is owed") as step:
        for history in histories(made, events, times.known_at, grouped=grouped):
            step(1)
            for one in owed(made, history, times.as_at, times.calendar):
                if subject is not None and subject not in one.about.values() and subject not in one.children:
                    continue
                if not states or one.state(times.as_at) in states:
                    yield one


def _row(made: Procedure, one: Obligation, as_at: int, reasons: Reasoner, form: str) -> dict[str, Any]:
    stack = stack_in(made)
    owner = one.duty.owed_by
    row: dict[str, Any] = {
        "about": ", ".join(f"{name} {an_id}" for name, an_id in one.named().items()),
        "duty": one.duty.id,
        "what": reasons.title(one),
        "due": one.due_text,
        "state": one.state(as_at) + (f" ({one.progress})" if one.progress else ""),
        "owed_by": stack.role_title(owner)
        if isinstance(owner, str) and owner not in one.named()
        else str(one.about.get(str(owner), "as named")),
        "holder": one.holder,
        "cites": list(one.duty.cites),
    }
    if form != "table":
        row |= {"id": str(one.id), "from": one.from_id, "reason": reasons.sentence(one, as_at)}
    if form in ("json", "jsonl"):
        row |= {
            "state": one.state(as_at),
            "progress": one.progress,
            "names": one.named(),
            "reasons": reasons.reasons(one, as_at).as_json(),
        }
    return row


def _explained(one: Obligation, why: Reasons, book: Handbook) -> None:
    about = ", ".join(f"{name} {an_id}" for name, an_id in one.named().items())
    click.echo(click.style(f"{why.title} ({about})", bold=True))
    click.echo(f"  {why.state}{f', due {why.due}' if why.due else ''}    {why.obligation}")
    click.echo(f"  {why.sentence}")
    click.echo(f"  From {why.pack}: {why.strength}{', statutory' if why.statutory else ''}")
    for cited in book.cited(why.cites):
        click.echo(f"  {cited.removeprefix('- ')}")
    for start in why.starts:
        click.echo(f"  Started by: {start['kind']} on {start['when']} ({start['id']})")
    if why.skipped:
        click.echo(f"  Not counted: {'; '.join(f'{day} ({reason})' for day, reason in why.skipped)}")
    for move in why.moves:
        click.echo(f"  Moved from {move['from']} to {move['to']}: {move['kind']} on {move['when']}")
    for near in why.did_not_count:
        click.echo(f"  Did not count: {near['kind']} on {near['when']}; {near['because']}")
    click.echo()
