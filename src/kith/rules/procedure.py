"""A procedure ready to run: every version of a stack of packs with the days each is in force, and who listens to what."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.rules.counters import Counters
from kith.rules.duty import Duty
from kith.rules.events import EventReader, Heard
from kith.rules.facts import Fact, Update
from kith.rules.gates import Gate
from kith.rules.routes import Route
from kith.rules.stack import Stack
from kith.rules.state import State
from kith.rules.vocabulary import Vocabulary


class Listeners:
    """Everything that one kind of event touches: what it changes, what is heard first, and what then."""

    __slots__ = ("counters", "facts", "first", "idle", "silent", "then")

    def __init__(self) -> None:
        self.facts: list[Update] = []
        self.counters: list[Callable[[State, Heard], None]] = []
        self.first: list[tuple[str, Duty, Any, bool]] = []
        self.then: list[tuple[str, Duty, Any]] = []
        self.silent = False
        self.idle = False


@dataclass
class Birthday:
    """An event the engine makes on the day a child reaches an age."""

    age: int
    event: str
    fact: str


@dataclass
class Version:
    """One version in force: from a day, which packs it is made of, and its gates and routes."""

    in_force_from: int
    pack: str
    gates: tuple[Gate, ...] = ()
    routes: Mapping[str, Route] = field(default_factory=dict)
    stack: Stack | None = None


class Procedure:
    """What a council works by, over time. Compile it once; ask it as often as you like."""

    def __init__(
        self, name: str, vocabulary: Vocabulary, facts: Mapping[str, Fact], counters: Counters,
        fact_updates: Mapping[str, Sequence[tuple[str, Update]]], duties: Sequence[Duty], versions: Sequence[Version],
    ) -> None:  # fmt: skip
        self.name, self.vocabulary, self.facts, self.counters = name, vocabulary, facts, counters
        self.duties, self.versions = list(duties), list(versions)
        self.always_ends: frozenset[str] = frozenset()
        self.birthdays: list[Birthday] = []
        self.holders: dict[str, Fact] = {}
        self._fact_updates = fact_updates
        self.needed: frozenset[str] = frozenset(facts)
        self.counted = counters.number
        self._listeners: dict[tuple[str, bool], Listeners] = {}
        self.while_duties: dict[str, list[Duty]] = {}
        self.group_duties: dict[str, list[Duty]] = {}
        for duty in self.duties:
            for fact in duty.only_while:
                self.while_duties.setdefault(fact.id, []).append(duty)
            for each in duty.each:
                self.group_duties.setdefault(each.group.id, []).append(duty)

    def reader(self) -> EventReader:
        """A reader of events in this procedure's vocabulary."""
        return EventReader(self.vocabulary)

    def duty(self, duty_id: str, day: int | None = None) -> Duty | None:
        """The duty of that id in force on a day; without a day, its latest version."""
        found = [duty for duty in self.duties if duty.id == duty_id]
        if day is None:
            return found[-1] if found else None
        return next((duty for duty in found if duty.in_force_from <= day < duty.in_force_to), None)

    def version_on(self, day: int) -> Version | None:
        """The version in force on a day; None before the first."""
        in_force = [version for version in self.versions if version.in_force_from <= day]
        return in_force[-1] if in_force else None

    def listeners(self, kind: str, *, every: bool = False) -> Listeners:
        """Who hears an event of this kind: those of the kind with its type, and those of the kind alone.

        Facts and counts that only gates and routes ask about are left out, unless `every` is wanted.
        """
        found = self._listeners.get((kind, every))
        if found is None:
            found = self._listeners[kind, every] = self._gather(kind, every=every)
        return found

    def _gather(self, kind: str, *, every: bool) -> Listeners:
        ears = Listeners()
        heard_as = dict.fromkeys((kind, kind.partition("/")[0]))
        ears.silent = any(one in self.always_ends for one in heard_as)
        for one in heard_as:
            ears.facts += [update for fact, update in self._fact_updates.get(one, ()) if every or fact in self.needed]
            ears.counters += [
                count for number, count in self.counters.heard_by.get(one, ()) if every or number < self.counted
            ]
        parts = {act: _listening(act, self.duties, heard_as) for act in (*FIRST, *THEN)}
        ears.first = [(*one, _even_unowed(one[1])) for act in FIRST for one in parts[act]]
        ears.then = [one for act in THEN for one in parts[act]]
        ears.idle = not (ears.silent or ears.facts or ears.counters or ears.first or ears.then)
        return ears


FIRST = ("meets", "counts", "extends", "ends", "came_first")
THEN = ("owed_anew", "until", "pattern", "starts")


def _even_unowed(duty: Duty) -> bool:
    """Whether what meets or ends a duty matters before it is owed: done earlier, by members yet to join, or in months to come."""
    return duty.earlier is not False or bool(duty.each) or duty.monthly


def _listening(act: str, duties: Sequence[Duty], heard_as: Mapping[str, None]) -> list[tuple[str, Duty, Any]]:
    return [(act, duty, what) for duty in duties for kind, what in _hears(act, duty) if kind in heard_as]


def _hears(act: str, duty: Duty) -> Iterator[tuple[str | None, Any]]:
    repeats = duty.repeats
    if act in ("starts", "ends", "extends"):
        yield from ((clause.kind, clause) for clause in getattr(duty, act))
    elif act == "meets":
        yield from ((clause.kind, clause) for clause in duty.meets if not clause.recording)
    elif act == "counts" and duty.quota is not None:
        yield duty.quota.of.kind, duty.quota
    elif act == "came_first":
        yield from dict.fromkeys(
            [(duty.due.by, None), *((clause.due.by, None) for clause in duty.starts if clause.due)]
        )
    elif act == "owed_anew":
        yield from ((kind, None) for kind in duty.again_after)
    elif act == "until" and repeats is not None:
        yield from ((phase.until, phase.until) for phase in repeats.phases)
    elif act == "pattern" and repeats is not None and repeats.pattern is not None:
        yield repeats.pattern.kind, repeats.pattern
