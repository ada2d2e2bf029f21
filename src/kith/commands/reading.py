"""A return read and answered, by one reader or by two side by side."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from kith.commands.asking import progress
from kith.commands.side_by_side import can_pair, side_by_side
from kith.returns.cin import Census, CensusError, Child, Collection, Header, Ledger, Problem
from kith.returns.cin.halves import Half, halves, joined
from kith.rules.calendars import Calendar
from kith.rules.days import spoken
from kith.rules.obligation import Obligation
from kith.rules.procedure import Procedure
from kith.rules.run import owed

if TYPE_CHECKING:
    from kith.insight.tallies import Tally, Told


class Reading:
    """A return being read: its children, and every problem so far."""

    def __init__(self, census: Census) -> None:
        self.census = census
        self.of_children: list[Problem] = []

    def children(self) -> Iterator[Child]:
        """The children, in the order of the file."""
        with progress("Reading the return") as step:
            for child in self.census:
                self.of_children += child.problems
                yield child
                step(1)

    @property
    def problems(self) -> list[Problem]:
        """The problems of the children, then those of the file."""
        return [*self.of_children, *self.census.problems]


@dataclass(frozen=True)
class Question:
    """What is asked of a return: under which procedure and calendar, and as at which day (or its last)."""

    procedure: Procedure
    calendar: Calendar
    as_at: int | None
    strict: bool = False

    def day(self, source: Reading) -> int:
        """The day asked about, no later than the return's last: after that it cannot say what was done."""
        last = source.census.collection.last
        if self.as_at is not None and self.as_at > last:
            click.echo(f"The return speaks up to {spoken(last)}, so it is answered as at that day.", err=True)
        return last if self.as_at is None else min(self.as_at, last)

    def answers(self, source: Reading, day: int) -> Iterator[tuple[Child, list[Obligation]]]:
        """Each child with everything owed."""
        evidence = source.census.evidence()
        for child in source.children():
            yield child, owed(self.procedure, child.events, day, self.calendar, evidence)


@dataclass
class Answered:
    """What a return said: plain data, but for what was counted beside it. `counts` is by the place of the duty and state."""

    day: int
    header: Header
    collection: Collection
    ledger: Ledger
    of_children: list[Problem]
    of_file: list[Problem]
    counts: dict[int, dict[str, int]] = field(default_factory=dict)
    told: "Told | None" = None

    @classmethod
    def of(cls, source: Reading, day: int) -> "Answered":
        """A return that has been read to its end."""
        census = source.census
        return cls(day, census.header, census.collection, census.ledger, source.of_children, census.problems)

    @property
    def problems(self) -> list[Problem]:
        """The problems of the children, then those of the file."""
        return [*self.of_children, *self.of_file]


@contextmanager
def opened(file: Path, *, strict: bool = False, half: Half | None = None) -> Iterator[Reading]:
    """The return, open; what cannot be read at all, or any problem when strict, ends the command with exit code 1."""
    try:
        with half.open() if half is not None else file.open("rb") as stream, _calm():
            yield Reading(Census(cast(BinaryIO, stream), strict=strict, seen=half.seen if half is not None else ()))
    except CensusError as error:
        raise click.ClickException(f"{file}: {error}") from None


@contextmanager
def _calm() -> Iterator[None]:
    """No passes of the garbage collector: a return makes millions of small objects, and none holds another in a ring."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def count(file: Path, question: Question) -> Answered:
    """How many obligations of each duty stand how."""

    def read(half: Half | None) -> Answered:
        with opened(file, strict=question.strict, half=half) as source:
            day = question.day(source)
            place = {duty: number for number, duty in enumerate(question.procedure.duties)}
            counts: dict[int, dict[str, int]] = {}
            for _, obligations in question.answers(source, day):
                for one in obligations:
                    states = counts.setdefault(place[one.duty], {})
                    state = one.state(day)
                    states[state] = states.get(state, 0) + 1
            answer = Answered.of(source, day)
            answer.counts = counts
            return answer

    both = _in_halves(file, question, read, read)
    if both is None:
        return read(None)
    answer, other = both
    for duty, states in other.counts.items():
        answer.counts[duty] = dict(Counter(answer.counts.get(duty, {})) + Counter(states))
    return answer


def tallied(file: Path, question: Question, tally: "Tally", report: Path) -> Answered:
    """Every child counted into the tally of a report, whose overdue rows are written as they come."""
    from kith.commands.asking import reasoner
    from kith.insight.report import report_files, tallying

    duties = question.procedure.duties
    parts = [report.with_name(f"{report.stem}-half-{number}{report.suffix}") for number in (1, 2)]

    def read(half: Half | None, into: "Tally") -> Answered:
        with opened(file, strict=question.strict, half=half) as source:
            day = question.day(source)
            for child, obligations in question.answers(source, day):
                into.add(child.id, obligations, day)
            return Answered.of(source, day)

    def apart(half: Half | None, part: Path) -> Answered:
        with tallying(part, reasoner(question.procedure, question.calendar)) as other:
            answer = read(half, other)
        answer.told = other.told(duties)
        return answer

    sheets = [report_files(part).overdue for part in parts]
    try:
        both = _in_halves(file, question, lambda half: apart(half, parts[0]), lambda half: apart(half, parts[1]))
        if both is None:
            return read(None, tally)
        for answer, sheet in zip(both, sheets, strict=True):
            if answer.told is not None:
                tally.take_in(answer.told, duties, sheet)
        return both[0]
    finally:
        for sheet in sheets:
            sheet.unlink(missing_ok=True)


def _in_halves(
    file: Path, question: Question, first: Callable[[Half | None], Answered], second: Callable[[Half | None], Answered]
) -> tuple[Answered, Answered] | None:
    """The answers of two readers, the first holding the ledger and problems of both; None where one reader must do."""
    pair = None if question.strict or not can_pair() else halves(file)
    if pair is None:
        return None
    one, other = side_by_side(lambda: first(pair[0]), lambda: second(pair[1]))
    of_file = joined(one.of_file, [pair[1].placed(problem) for problem in other.of_file], pair[0].head_lines)
    if of_file is None or one.ledger.unknown or other.ledger.unknown:
        return None
    one.of_children += [pair[1].placed(problem) for problem in other.of_children]
    one.of_file = of_file
    for part in fields(one.ledger):
        if part.name != "unknown":
            setattr(one.ledger, part.name, getattr(one.ledger, part.name) + getattr(other.ledger, part.name))
    one.ledger.problems = len(one.problems)
    return one, other
