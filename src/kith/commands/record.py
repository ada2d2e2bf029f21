"""`kith record`: prove that the record is whole, rebuild what is derived, and say what was known on a day."""

import datetime as dt
import uuid
from typing import IO

import click

from kith.commands.database import ready


@click.group()
def record() -> None:
    """The record: verified, rebuilt, and as it was known on a past day."""


AUTHORITY = click.option("--authority", required=True, help="The authority's short name, such as lincolnshire.")


@record.command()
@AUTHORITY
@click.option("--after", default="", help="Go on after this file: the last id an interrupted run told.")
@click.option("--seventh", is_flag=True, help="Check tonight's seventh of the files; seven nights check all.")
@click.option("--heads", type=click.File(), help="Compare with the heads kept on another day by `kith record heads`.")
@click.option("--chain-only", is_flag=True, help="Check the chain and not the rows derived from it.")
def verify(authority: str, after: str, heads: IO[str] | None, *, seventh: bool, chain_only: bool) -> None:
    """Check every event's digest in its file, and every derived row against the record. Exit code 1 when anything differs."""
    ready()
    from kith.commands.authority import of
    from kith.core import clock, units
    from kith.record import verifying

    with units.of_work(of(authority).id):
        part = clock.today().toordinal() % 7 if seventh else None
        told = verifying.verify_chain(uuid.UUID(after) if after else None, click.echo, part)
        wrong = [*told.wrong, *(verifying.compare_heads(heads) if heads else ())]
        if not chain_only:
            wrong += verifying.differences()
    for one in wrong:
        click.echo(one)
    click.echo(
        f"{told.files} files, {told.events} events, {told.destroyed} with their words destroyed: {len(wrong)} wrong."
    )
    if wrong:
        raise SystemExit(1)


@record.command()
@AUTHORITY
def heads(authority: str) -> None:
    """Print the head of every file as lines of JSON: keep them each day where the database cannot reach."""
    ready()
    from kith.commands.authority import of
    from kith.core import units
    from kith.record import verifying

    with units.of_work(of(authority).id):
        for line in verifying.heads():
            click.echo(line)


@record.command()
def daily() -> None:
    """What is done once a day for every authority: duties that a new day changes are worked out, old drafts are removed."""
    ready()
    from kith.core import authority, clock, units
    from kith.forms import actions as forms
    from kith.obligations import selectors as obligations

    for one in authority.every():
        with units.of_work(one.id, writing=True):
            while obligations.bring_up_to_date(clock.today()):
                pass
            gone = forms.expire()
        click.echo(f"{one.name}: up to date; {gone} drafts that nobody touched for four weeks were removed.")


@record.command()
@AUTHORITY
def rebuild(authority: str) -> None:
    """Make every derived row anew from the record. Ids, due days and states come out as they were."""
    ready()
    from kith.commands.authority import of
    from kith.core import units
    from kith.record import verifying

    with units.of_work(of(authority).id, writing=True):
        for name, count in verifying.rebuild():
            click.echo(f"{name}: {count}")


@record.command("as-known-on")
@AUTHORITY
@click.argument("child", type=click.UUID)
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
def as_known_on(authority: str, child: uuid.UUID, day: dt.datetime) -> None:
    """Print what was known of a child by the end of a day: each entry, and what was owed."""
    ready()
    from kith.audit import entries
    from kith.commands.authority import of
    from kith.core import clock, units
    from kith.obligations import selectors as obligations
    from kith.record.chronology import chronology
    from kith.record.procedures import english_of, reasoner_of
    from kith.rules.days import spoken

    known_at = dt.datetime.combine(day.date(), dt.time(23, 59, 59), clock.LONDON)
    one = of(authority)
    with units.of_work(one.id, writing=True):
        entries.note(
            entries.PRINTED, by=None, on=("child", child), details={"known_on": f"{day:%Y-%m-%d}", "page": "command"}
        )
        english, reasoner = english_of(one.id), reasoner_of(one.id)
        for entry in reversed(chronology(child, known_at)):
            mark = " (withdrawn)" if entry.withdrawn else " (corrected)" if entry.corrections else ""
            click.echo(f"{spoken(entry.stands.event.day)}: {english.kind(entry.told.event.kind)}{mark}")
        for owed in obligations.as_known_on(child, day.date(), known_at):
            click.echo(f"  {reasoner.title(owed)}: {reasoner.sentence(owed, day.toordinal())}")
