"""Counting, child by child, how every duty stands on a day and how long those done took; and keeping the late ones.

Memory is bounded by the number of duties and days, never by the number of children: see `overdue` for the list of rows.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from kith.insight.overdue import OverdueList, Ranked
from kith.rules.calendars import Calendar, CalendarHorizonError
from kith.rules.durations import Period
from kith.rules.duty import AfterPeriod, Duty
from kith.rules.obligation import (
    CANNOT_BE_MET,
    CANNOT_TELL,
    DUE,
    FELL_AWAY,
    MET,
    MET_LATE,
    MISSED,
    OVERDUE,
    UPCOMING,
    Obligation,
)  # fmt: skip

NOT_YET_DUE = "not yet due"
COUNTED = (MET, MET_LATE, OVERDUE, MISSED, NOT_YET_DUE, FELL_AWAY, CANNOT_BE_MET, CANNOT_TELL)
"""How an obligation can stand, as it is counted: what is due today and what is upcoming are one."""

DONE, NOT_DONE = frozenset((MET, MET_LATE)), frozenset((OVERDUE, MISSED))
TOO_LITTLE, OUTSIDE_CALENDAR, NOT_HELD = "too little", "outside the calendar", "not held"


class Taken:
    """How long those done took, in time and late apart: how many took each number of working days, and of days."""

    __slots__ = ("days", "working_days")

    def __init__(self) -> None:
        self.working_days: dict[str, Counter[int]] = {MET: Counter(), MET_LATE: Counter()}
        self.days: dict[str, Counter[int]] = {MET: Counter(), MET_LATE: Counter()}

    def count(self, state: str) -> int:
        """How many of those in time, or of those late."""
        return self.days[state].total()

    def take_in(self, other: "Taken") -> None:
        """Adds the times of others."""
        for mine, theirs in ((self.working_days, other.working_days), (self.days, other.days)):
            for state, times in theirs.items():
                mine[state].update(times)


class Told(NamedTuple):
    """What one process counted, for another to take in."""

    children: int
    counted: list[tuple[int, dict[str, int], set[str], dict[Period | None, Taken]]]
    kept: list[Ranked]
    how_many: int


class DutyTally:
    """One version of one duty: how many stand how, why it cannot be told, and how long those done took under each limit.

    `taken` is by limit: the period that was allowed, or None where there was none or a later decision moved the day.
    """

    __slots__ = ("cannot_tell", "duty", "states", "taken")

    def __init__(self, duty: Duty) -> None:
        self.duty = duty
        self.states: dict[str, int] = dict.fromkeys((*COUNTED, UPCOMING, DUE), 0)
        self.cannot_tell: set[str] = set()
        self.taken: dict[Period | None, Taken] = {}

    @property
    def counts(self) -> dict[str, int]:
        """How many stand how, by the words in COUNTED; they add up to `owed`."""
        counts = {state: self.states[state] for state in COUNTED}
        counts[NOT_YET_DUE] += self.states[UPCOMING] + self.states[DUE]
        return counts

    @property
    def owed(self) -> int:
        """How many are owed or have been, whatever became of them."""
        return sum(self.states.values())

    @property
    def is_answered(self) -> bool:
        """Whether the source says anything of them: false when all it says is that some ended in time."""
        silent = (FELL_AWAY, CANNOT_TELL)
        return self.states[CANNOT_TELL] == 0 or any(self.states[one] for one in self.states if one not in silent)


class Tally:
    """The running counts of one source. `add` each child's obligations; then write the report."""

    def __init__(self, calendar: Calendar, overdue: OverdueList) -> None:
        self.calendar, self.overdue = calendar, overdue
        self.children = 0
        self._of: dict[Duty, DutyTally] = {}

    @property
    def duties(self) -> list[DutyTally]:
        """Every duty that anything was owed under, in the order they were first met with."""
        return list(self._of.values())

    def told(self, duties: Sequence[Duty]) -> "Told":
        """Everything counted, as plain data that another process can take in; a duty is its place among `duties`."""
        place = {duty: number for number, duty in enumerate(duties)}
        counted = [(place[one.duty], one.states, one.cannot_tell, one.taken) for one in self._of.values()]
        return Told(self.children, counted, self.overdue.kept, self.overdue.how_many)

    def take_in(self, told: "Told", duties: Sequence[Duty], sheet: Path) -> None:
        """Adds what another process counted of other children. `sheet` is the list of overdue rows that it wrote."""
        self.children += told.children
        for place, states, cannot_tell, taken in told.counted:
            tally = self._of.setdefault(duties[place], DutyTally(duties[place]))
            tally.cannot_tell |= cannot_tell
            for state, number in states.items():
                tally.states[state] += number
            for limit, times in taken.items():
                tally.taken.setdefault(limit, Taken()).take_in(times)
        self.overdue.take_in(told.kept, told.how_many, sheet)

    def add(self, subject_id: str, obligations: Iterable[Obligation], as_at: int) -> None:
        """Counts what one child (by local id) was owed, as it stands at the end of a day (an ordinal)."""
        self.children += 1
        for obligation in obligations:
            duty = obligation.duty
            tally = self._of.get(duty)
            if tally is None:
                tally = self._of[duty] = DutyTally(duty)
            state = obligation.state(as_at)
            tally.states[state] += 1
            if state in DONE:
                self._took(tally, obligation, state)
            elif state in NOT_DONE:
                self.overdue.add(subject_id, obligation, state, as_at)
            elif state == CANNOT_TELL:
                tally.cannot_tell.add(_why(obligation))

    def _took(self, tally: DutyTally, obligation: Obligation, state: str) -> None:
        base, met = obligation.base.day, obligation.met_day
        if base is None or met is None or obligation.dated is not None:
            return
        try:
            working_days = self.calendar.working_days_between(base, met)
        except CalendarHorizonError:
            return
        limit = _limit(obligation)
        taken = tally.taken.get(limit)
        if taken is None:
            taken = tally.taken[limit] = Taken()
        # Done before it was asked for (an offer made beforehand) took no time at all, never less than none.
        taken.working_days[state][max(working_days, 0)] += 1
        taken.days[state][max(met - base, 0)] += 1


def _limit(obligation: Obligation) -> Period | None:
    if obligation.extensions or obligation.moves:
        return None
    if obligation.series is not None:
        interval: Period | None = obligation.interval
        return interval
    rule = obligation.rule
    return rule.period if isinstance(rule, AfterPeriod) else None


def _why(obligation: Obligation) -> str:
    if obligation.is_unseen or obligation.ended_how == "unseen":
        return NOT_HELD
    return OUTSIDE_CALENDAR if obligation.problem else TOO_LITTLE
