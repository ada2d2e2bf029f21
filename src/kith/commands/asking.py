"""What the commands share: choosing a procedure, days to ask about, reading events, and the forms of answer."""

import csv
import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kith.core import clock
from kith.rules.calendars import Calendar, england_and_wales
from kith.rules.compiling import procedure
from kith.rules.days import NotADay, NotAMoment, day_of, day_of_moment, end_of_day, moment_of
from kith.rules.event_files import EventFileError, histories_in_order, read_events
from kith.rules.events import Event
from kith.rules.history import apart, as_known
from kith.rules.pack_files import Library, UnknownPack
from kith.rules.problems import PackError
from kith.rules.procedure import Procedure
from kith.rules.shipped import library
from kith.rules.stack import Stack

if TYPE_CHECKING:
    from kith.rules.reasons import Reasoner

FORMATS = ("table", "json", "jsonl", "csv")


def packs() -> Library:
    """The shipped packs and those in the folders of KITH_PACKS."""
    return library(os.environ.get("KITH_PACKS", "").split(os.pathsep))


def fail(message: str) -> NoReturn:
    """Ends the command with a message; exit code 2, nothing written."""
    raise click.UsageError(message)


def chosen(name: str, adopt: Sequence[str] = (), *, as_if: bool = False) -> Procedure:
    """The procedure of a pack, or a usage error that names the nearest pack."""
    shelf = packs()
    try:
        return procedure(shelf, name, [shelf.find(one).label for one in adopt], as_if=as_if)
    except UnknownPack as error:
        fail(str(error))
    except PackError as error:
        raise click.ClickException(f"the pack has mistakes:\n{error}") from None


def stack_in(made: Procedure) -> Stack:
    """The latest stack of a procedure: its words and roles."""
    stack = made.versions[-1].stack
    assert stack is not None  # noqa: S101 - every compiled version has its stack
    return stack


@dataclass(frozen=True)
class When:
    """The two times of a question: `as_at` (an ordinal day) and `known_at` (a moment), and the calendar known then."""

    as_at: int
    known_at: int
    calendar: Calendar


def when(as_at: str | None, known_at: str | None, as_known_on: str | None) -> When:
    """The two times from the options; without any, today and now."""
    try:
        if as_known_on:
            day = day_of(as_known_on)
            moment = end_of_day(day)
        else:
            day = day_of(as_at) if as_at else clock.today().toordinal()
            moment = moment_of(known_at) if known_at else max(int(clock.now().timestamp()), end_of_day(day))
    except (NotADay, NotAMoment) as error:
        fail(str(error))
    return When(day, moment, england_and_wales().calendar(day_of_moment(moment)))


def pack_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--pack` and `--adopt`."""
    command = click.option(
        "--adopt", multiple=True, metavar="PACK", help="Also adopt an add-on pack, such as care_crisis_review."
    )(command)
    return click.option(
        "--pack", "pack", required=True, metavar="PACK", help="The procedure to judge by, such as lincolnshire."
    )(command)


def time_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--as-at`, `--known-at` and `--as-known-on`."""
    for option, text in (
        ("--as-known-on", "What was known on that day about what had happened by then: sets both of the others."),
        ("--known-at", "Only what was known by that day or moment. Default: now."),
        ("--as-at", "What had happened by the end of that day. Default: today."),
    ):
        command = click.option(option, metavar="DATE", help=text)(command)
    return command


def event_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--events` and `--grouped`."""
    command = click.option(
        "--grouped", is_flag=True, help="The events of each child or family stand together: reads a file of any size."
    )(command)
    return click.option(
        "--events",
        required=True,
        metavar="FILE|-",
        type=click.File("rb"),
        help="Events as JSON lines, or - for standard input.",
    )(command)


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--format`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="A table for people; the rest for machines.",
    )(command)


def histories(made: Procedure, stream: Any, known_at: int, *, grouped: bool) -> Iterator[list[Event]]:
    """Each history of an event file, as known at a moment. A line that cannot be read ends the command with exit code 1."""
    events = read_events(stream, made.reader(), getattr(stream, "name", "events"))
    try:
        if grouped:
            for group in histories_in_order(events):
                yield as_known(group, known_at)
        else:
            yield from apart(as_known(events, known_at))
    except EventFileError as error:
        raise click.ClickException(str(error)) from None
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def reasoner(made: Procedure, calendar: Calendar) -> "Reasoner":
    """Reasons in the words of a procedure."""
    from kith.rules.english import English
    from kith.rules.reasons import Reasoner

    return Reasoner(English(stack_in(made)), calendar)


def write_rows(rows: Iterable[Mapping[str, Any]], form: str, columns: Sequence[str], title: str = "") -> None:
    """Rows in the form asked for, to standard output."""
    if form == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False, default=str))
    elif form == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=1, default=str))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, fieldnames=list(columns), extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_flat(row) for row in rows)
    else:
        _table(list(rows), columns, title)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: "; ".join(map(str, value)) if isinstance(value, list) else value for key, value in row.items()}


_WHOLE = frozenset(("pack", "version", "in_force_from", "due", "state", "week"))


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], title: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not rows:
        console.print("Nothing to show.")
        return
    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold", no_wrap=column in _WHOLE)
    for row in _flat_rows(rows):
        table.add_row(*(Text("" if row.get(column) is None else str(row[column])) for column in columns))
    console.print(table)


def _flat_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    return map(_flat, rows)


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error when a person is watching; otherwise nothing."""
    if not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda step: bar.advance(task, step)


def spoken_date(text: str | None) -> str:
    """`29 Apr 2025`, for a table; an hour clock keeps its time."""
    if not text:
        return "no date"
    date = dt.date.fromisoformat(text[:10])
    return f"{date.day} {date:%b %Y}{text[10:]}"
