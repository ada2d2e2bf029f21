"""`kith criteria` and `kith rehearse`: who a route is for, and what another procedure would change."""

import json
from collections.abc import Sequence
from typing import Any

import click

from kith.commands.asking import (
    chosen,
    event_options,
    fail,
    histories,
    pack_options,
    reasoner,
    stack_in,
    time_options,
    when,
    write_rows,
)  # fmt: skip
from kith.core import clock
from kith.rules.asking import answer_of
from kith.rules.calendars import england_and_wales
from kith.rules.days import NotADay
from kith.rules.english import English
from kith.rules.events import BadEvent
from kith.rules.examples import question
from kith.rules.history import as_known
from kith.rules.obligation import Obligation
from kith.rules.rehearsal import Rehearsal
from kith.rules.routes import Answer
from kith.rules.run import owed
from kith.rules.stack import Stack
from kith.rules.vocabulary import nearest


@click.command()
@pack_options
@click.option(
    "--facts",
    "facts_file",
    required=True,
    type=click.File("r"),
    metavar="FILE",
    help="JSON: {when, child, given: {...}, events: [...]}.",
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.argument("route")
def criteria(pack: str, adopt: Sequence[str], facts_file: Any, form: str, route: str) -> None:
    """What the guidance says of one child: who qualifies for ROUTE. A named person decides."""
    made = chosen(pack, adopt)
    facts = _facts(facts_file)
    day = str(facts.get("when") or clock.today())
    about = {key: value for key, value in facts.items() if key not in ("when", "given", "events")}
    try:
        events = as_known([made.reader().read(row) for row in facts.get("events", ())])
        answer = answer_of(
            made, route, events, question(day, about, facts.get("given") or {}), england_and_wales().calendar()
        )
    except (BadEvent, NotADay) as error:
        raise click.ClickException(f"{facts_file.name}: {error}") from None
    except KeyError:
        known = made.versions[-1].routes
        fail(f"{pack} has no route “{route}”{nearest(route, known)} It has: {', '.join(known) or 'none'}.")
    if form == "text":
        _say(stack_in(made), route, answer)
        return
    lines = [{"line": one.id, "cites": list(one.cites), "says": one.say} for one in answer.fired]
    told = {
        "route": route, "answer": answer.answer, "fired": lines, "also": [one.id for one in answer.also],
        "missing": answer.missing, "redirects_to": answer.redirects_to, "leans": answer.leans,
        "decided_by": list(made.versions[-1].routes[route].decided_by),
    }  # fmt: skip
    write_rows([told], "json", ())


def _say(stack: Stack, route: str, answer: Answer) -> None:
    english = English(stack)
    click.echo(click.style(f"{route.replace('_', ' ')}: {answer.answer}", bold=True))
    for also, lines in (("", (*answer.fired, *answer.unknown)), ("also: ", answer.also)):
        for line in lines:
            click.echo(f"  {also}{', '.join(line.cites)}: {line.say or english.condition(line.written['if'])}")
    if answer.redirects_to:
        click.echo(f"  This leads to: {answer.redirects_to.replace('_', ' ')}")
    if answer.leans:
        click.echo(f"  The reading taken leans to: {answer.leans}")
    if answer.missing:
        click.echo(f"  Not known: {', '.join(answer.missing)}")
    deciders = stack.items["routes"][route].get("decided_by", ())
    click.echo(f"  Decided by a person: {', '.join(stack.role_title(one) for one in deciders)}")


def _facts(facts_file: Any) -> dict[str, Any]:
    try:
        facts = json.load(facts_file)
    except ValueError as error:
        raise click.ClickException(f"{facts_file.name}: this is not JSON ({error})") from None
    if not isinstance(facts, dict):
        raise click.ClickException(f"{facts_file.name}: a JSON object with when, child, given and events")
    return facts


@click.command()
@pack_options
@click.option("--with", "other", required=True, metavar="PACK", help="The pack, or version, to try instead.")
@event_options
@time_options
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def rehearse(
    pack: str, adopt: Sequence[str], other: str, events: Any, grouped: bool, as_at: str | None, known_at: str | None,
    as_known_on: str | None, form: str,
) -> None:  # fmt: skip
    """What would be owed under another pack: each is judged as if it had always been in force."""
    now, then = chosen(pack, adopt, as_if=True), chosen(other, adopt, as_if=True)
    times = when(as_at, known_at, as_known_on)
    found = Rehearsal(times.as_at)
    for history in histories(now, events, times.known_at, grouped=grouped):
        found.compare(owed(now, history, times.as_at, times.calendar), owed(then, history, times.as_at, times.calendar))
    if form == "json":
        write_rows([_told(found)], "json", ())
        return
    titles = reasoner(then, times.calendar)
    click.echo(
        f"{len(found.appears)} would appear, {len(found.vanishes)} vanish, {len(found.moves)} move, {len(found.becomes_late)} become late; {found.same} stay as they are."
    )
    for heading, pairs in (("Would move", found.moves), ("Would become late", found.becomes_late)):
        for old, new in pairs[:20]:
            click.echo(f"  {heading}: {titles.title(new)} ({_about(new)}): {old.due_text} to {new.due_text}")
    for heading, ones in (("Would appear", found.appears), ("Would vanish", found.vanishes)):
        for one in ones[:20]:
            click.echo(f"  {heading}: {titles.title(one)} ({_about(one)}), due {one.due_text or 'with no date'}")
    rows = [
        {"owed_by": role, "week": week, "now": found.load_now[role, week], "then": found.load_then[role, week]}
        for role, week in sorted(found.load_now.keys() | found.load_then.keys())
        if found.load_now[role, week] != found.load_then[role, week]
    ]
    write_rows(rows, "table", ("owed_by", "week", "now", "then"), "Due in each week, by role, where it differs")


def _about(one: Obligation) -> str:
    return ", ".join(one.names)


def _told(found: Rehearsal) -> dict[str, Any]:
    return {
        "appears": [one.key for one in found.appears],
        "vanishes": [one.key for one in found.vanishes],
        "moves": [{"obligation": new.key, "from": old.due_text, "to": new.due_text} for old, new in found.moves],
        "becomes_late": [new.key for _, new in found.becomes_late],
        "same": found.same,
        "load": [
            {"owed_by": role, "week": week, "now": found.load_now[role, week], "then": found.load_then[role, week]}
            for role, week in sorted(found.load_now.keys() | found.load_then.keys())
        ],
    }
