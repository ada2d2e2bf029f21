"""A procedure ready to run: every version of a stack of packs with the days each is in force, and who listens to what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kith.rules.conditions import Counters
from kith.rules.duty import Clause, Duty, Pattern, Quota
from kith.rules.events import EventReader, Heard
from kith.rules.facts import Fact, Update
from kith.rules.gates import Gate
from kith.rules.routes import Route
from kith.rules.stack import Stack
from kith.rules.state import State
from kith.rules.vocabulary import Vocabulary


class Listeners:
    """Everything that one kind of event touches."""

    __slots__ = (
        "again", "by", "counters", "ends", "extends", "facts", "idle", "meets", "patterns", "quotas", "silent", "starts",
        "untils",
    )  # fmt: skip

    def __init__(self) -> None:
        self.facts: list[Update] = []
        self.counters: list[Callable[[State, Heard], None]] = []
        self.starts: list[tuple[Duty, Clause]] = []
        self.meets: list[tuple[Duty, Clause]] = []
        self.ends: list[tuple[Duty, Clause]] = []
        self.extends: list[tuple[Duty, Clause]] = []
        self.by: list[Duty] = []
        self.again: list[Duty] = []
        self.quotas: list[tuple[Duty, Quota]] = []
        self.patterns: list[tuple[Duty, Pattern]] = []
        self.untils: list[tuple[Duty, str]] = []
        self.silent = False
        self.idle = False

    def settle(self) -> "Listeners":
        """Notes whether nothing listens at all."""
        self.idle = not (self.silent or any(getattr(self, slot) for slot in self.__slots__ if slot not in ("silent", "idle")))
        return self


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
        fact_updates: Mapping[str, Sequence[Update]], duties: Sequence[Duty], versions: Sequence[Version],
    ) -> None:  # fmt: skip
        self.name, self.vocabulary, self.facts, self.counters = name, vocabulary, facts, counters
        self.duties, self.versions = list(duties), list(versions)
        self.always_ends: frozenset[str] = frozenset()
        self.birthdays: list[Birthday] = []
        self._fact_updates = fact_updates
        self._listeners: dict[str, Listeners] = {}
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

    def listeners(self, kind: str) -> Listeners:
        """Who hears an event of this kind: those of the kind with its type, and those of the kind alone."""
        found = self._listeners.get(kind)
        if found is None:
            found = self._listeners[kind] = self._gather(kind)
        return found

    def _gather(self, kind: str) -> Listeners:
        ears = Listeners()
        heard_as = dict.fromkeys((kind, kind.partition("/")[0]))
        ears.silent = any(one in self.always_ends for one in heard_as)
        for one in heard_as:
            ears.facts += self._fact_updates.get(one, ())
            ears.counters += self.counters.heard_by.get(one, ())
        for duty in self.duties:
            _listen(ears, duty, heard_as)
        return ears.settle()


def _listen(ears: Listeners, duty: Duty, heard_as: Mapping[str, None]) -> None:
    def those(clauses: Sequence[Clause]) -> list[tuple[Duty, Clause]]:
        return [(duty, clause) for clause in clauses if clause.kind in heard_as]

    ears.starts += those(duty.starts)
    ears.meets += those([clause for clause in duty.meets if not clause.recording])
    ears.ends += those(duty.ends)
    ears.extends += those(duty.extends)
    if duty.due.by in heard_as or any(clause.due is not None and clause.due.by in heard_as for clause in duty.starts):
        ears.by.append(duty)
    if any(kind in heard_as for kind in duty.again_after):
        ears.again.append(duty)
    if duty.quota is not None and duty.quota.of.kind in heard_as:
        ears.quotas.append((duty, duty.quota))
    if duty.repeats is not None:
        if duty.repeats.pattern is not None and duty.repeats.pattern.kind in heard_as:
            ears.patterns.append((duty, duty.repeats.pattern))
        ears.untils += [(duty, phase.until) for phase in duty.repeats.phases if phase.until in heard_as]
