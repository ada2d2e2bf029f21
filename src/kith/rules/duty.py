"""Duties as the engine uses them: compiled once from a stack of packs, then asked many times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kith.rules.days import NotADay, day_and_moment, day_of, day_of_moment, end_of_day
from kith.rules.durations import Period
from kith.rules.events import Heard
from kith.rules.facts import Fact
from kith.rules.state import Condition, State


class Deadline(NamedTuple):
    """When something is due: a day, for hour clocks also a moment, and the dated day it was counted back from."""

    day: int | None
    at: int | None = None
    dated: int | None = None
    problem: str = ""


class Base(NamedTuple):
    """What a period counts from: a day and the moment for hour clocks, and whether that day is day one."""

    day: int | None
    at: int | None
    beginning_with: bool = False


UNDATED = Deadline(None)


class Due:
    """How a due day is worked out. `facts` are the dates that move it."""

    facts: tuple[Fact, ...] = ()
    by: str | None = None

    def work_out(self, state: State, start: Heard, base: Base) -> Deadline:
        """The deadline of an obligation, from its start and the day it counts from."""
        return UNDATED


class NoDate(Due):
    """`due: none`: owed, with no date."""


class SameDay(Due):
    """`due: same day`."""

    def work_out(self, state: State, start: Heard, base: Base) -> Deadline:
        """See Due."""
        return Deadline(base.day)


@dataclass
class AfterPeriod(Due):
    """A period after the day it counts from; hours end at a moment."""

    period: Period

    def work_out(self, state: State, start: Heard, base: Base) -> Deadline:
        """See Due."""
        if base.day is None:
            return UNDATED
        if self.period.unit == "hours":
            at = (end_of_day(base.day) if base.at is None else base.at) + self.period.seconds
            return Deadline(day_of_moment(at), at)
        return Deadline(self.period.after(base.day, state.calendar, beginning_with=base.beginning_with))


@dataclass
class FromField(Due):
    """The date in a field of the start."""

    field: str

    def work_out(self, state: State, start: Heard, base: Base) -> Deadline:
        """See Due."""
        return Deadline(field_day(start, self.field))


@dataclass
class FromFact(Due):
    """A date that a later event may move, or a period before or after it; counting back, the dated day never counts."""

    fact: Fact
    period: Period | None = None
    before: bool = False

    def __post_init__(self) -> None:
        self.facts = (self.fact,)

    def work_out(self, state: State, start: Heard, base: Base) -> Deadline:
        """See Due."""
        key = self.fact.key_of(start.names)
        value = None if key is None else state.latest.get(self.fact.id, {}).get(key)
        if value is None:
            return UNDATED
        day, at = (value, None) if isinstance(value, int) else day_and_moment(value)
        if self.period is None:
            return Deadline(day, at)
        if self.before:
            return Deadline(self.period.before(day, state.calendar), None, day)
        return Deadline(self.period.after(day, state.calendar))


@dataclass
class Earliest(Due):
    """The earliest of several days; one that is not known does not count."""

    parts: Sequence[Due]

    def __post_init__(self) -> None:
        self.facts = tuple(fact for part in self.parts for fact in part.facts)

    def work_out(self, state: State, start: Heard, base: Base) -> Deadline:
        """See Due."""
        deadlines = [part.work_out(state, start, base) for part in self.parts]
        return min((one for one in deadlines if one.day is not None), default=UNDATED)


@dataclass
class ByEvent(Due):
    """Before an event, whenever it comes: no date, and missed when the event comes first."""

    by: str


def field_day(heard: Heard, name: str) -> int | None:
    """The day in a date field of the event, or None when it is not known or not a day."""
    value = heard.fields.get(name)
    if value is None:
        return None
    try:
        return day_of(value[:10])
    except NotADay:
        return None


@dataclass(slots=True)
class Clause:
    """One way an event can start, meet, end, extend or re-open a duty."""

    kind: str
    where: Condition | None = None
    same: tuple[str, ...] | None = None
    due: Due | None = None
    counts_from: str | None = None
    until: str | None = None
    written: Mapping[str, Any] = field(default_factory=dict)
    recording: bool = False


@dataclass(slots=True)
class Phase:
    """One phase of a repeating duty: how often, and for how long: a period, a number of times, or until an event."""

    every: Period
    lasts: Period | None = None
    times: int | None = None
    until: str | None = None


@dataclass(slots=True)
class Pattern:
    """The event that may change how often a repeating duty is owed, the field with the interval, and the day it begins."""

    kind: str
    every_field: str
    from_field: str | None
    where: Condition | None = None


@dataclass(slots=True)
class Repeats:
    """How a duty repeats: in phases, at the interval in a field of the start, in every calendar month, or so many times."""

    phases: tuple[Phase, ...] = ()
    every_field: str | None = None
    calendar_month: bool = False
    times: int = 1
    pattern: Pattern | None = None


@dataclass(slots=True)
class Quota:
    """A share of things counted: `percent` of the events `of` must also satisfy `counts`."""

    of: Clause
    percent: int
    counts: Condition


@dataclass(slots=True)
class Each:
    """One obligation for every member of a group."""

    name: str
    group: Fact


@dataclass(slots=True, eq=False)
class Duty:
    """A duty of one version of a pack, ready to be asked. Ordinals say when that version is in force."""

    id: str
    title: str
    cites: tuple[str, ...]
    strength: str
    owed_by: Any
    per: tuple[str, ...]
    starts: tuple[Clause, ...]
    take: str
    due: Due
    meets: tuple[Clause, ...]
    ends: tuple[Clause, ...]
    written: Mapping[str, Any]
    pack: str
    statutory: bool = False
    only_if: Condition | None = None
    only_while: tuple[Fact, ...] = ()
    counts_from: str | None = None
    beginning_with: bool = False
    repeats: Repeats | None = None
    quota: Quota | None = None
    each: tuple[Each, ...] = ()
    earlier: bool | Period = False
    extends: tuple[Clause, ...] = ()
    again_after: tuple[str, ...] = ()
    goes_on_after: frozenset[str] = frozenset()
    bites_on: str = "starts"
    in_force_from: int = 0
    in_force_to: int = 1 << 40
    by_recording: bool = False
    line: list["Duty"] = field(default_factory=list)

    @property
    def monthly(self) -> bool:
        """Whether it is owed once in every calendar month."""
        return self.repeats is not None and self.repeats.calendar_month

    def for_period_from(self, day: int, now: "Duty") -> "Duty | None":
        """The version of this duty that judges a period counting from a day: the one in force then, unless it bites on starts.

        None when the version then in force no longer has the duty.
        """
        begun = [one for one in self.line if one.in_force_from <= day]
        if begun and day >= begun[-1].in_force_to:
            return None
        current = now
        for later in self.line[self.line.index(now) + 1 :]:
            if later.in_force_from > day:
                break
            if later.bites_on != "starts":
                current = later
        return current
