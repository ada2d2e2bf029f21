"""How each duty stands, ready for the page: counts that may be shown, percentages made only from those, charts and words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kith.insight.charts import Histogram, Limit, Share, histogram, shares
from kith.insight.small_numbers import WITHHELD, Number, Row, shown_row
from kith.insight.spread import Quantile, added, is_told, quantile, quantiles
from kith.insight.tallies import NOT_HELD, NOT_YET_DUE, OUTSIDE_CALENDAR, TOO_LITTLE, DutyTally, Taken
from kith.insight.wording import days_text, joined
from kith.rules.days import add_months
from kith.rules.durations import Period
from kith.rules.obligation import CANNOT_BE_MET, CANNOT_TELL, FELL_AWAY, MET, MET_LATE, MISSED, OVERDUE

# What is given up first when a small number beside it must not be worked out: what says least about the work.
GIVE_UP = (FELL_AWAY, CANNOT_BE_MET, NOT_YET_DUE, CANNOT_TELL, MISSED, MET_LATE, OVERDUE, MET)
JUDGED = (MET, MET_LATE, OVERDUE, MISSED)
CALLED = {
    MET: "Done in time", MET_LATE: "Done late", OVERDUE: "Overdue now", MISSED: "Missed", NOT_YET_DUE: "Not yet due",
    FELL_AWAY: "Fell away", CANNOT_BE_MET: "Cannot be met", CANNOT_TELL: "Cannot tell",
}  # fmt: skip
MEANS = {
    MET: "Done by the day it was due.",
    MET_LATE: "Done, but after the day it was due.",
    OVERDUE: "Not done, and its day has passed.",
    MISSED: "Ended or passed without being done, after its day. Closing a case does not hide it.",
    NOT_YET_DUE: "Its day is today or still to come.",
    FELL_AWAY: "Ended before its day came, so that it is no longer owed.",
    CANNOT_BE_MET: "Its day had already gone when the date became known.",
    CANNOT_TELL: "The return does not hold the fact that would show it. It is never counted as late.",
}
_SCOPES = (
    (JUDGED, "done or past their day"),
    ((MET, MET_LATE, OVERDUE), "done or overdue now"),
    ((MET, MET_LATE, MISSED), "done or missed"),
    ((MET, MET_LATE), "done"),
)
_SAID = {MET: "were done in time", MET_LATE: "were done late", OVERDUE: "are overdue now", MISSED: "were missed"}
_WHY = {
    NOT_HELD: "the return does not hold what would show that it was done",
    TOO_LITTLE: "the return does not say enough of what happened",
    OUTSIDE_CALENDAR: "a date lies outside the calendar of bank holidays",
}


@dataclass(frozen=True)
class Times:
    """How long those done under one limit took: the title answers how long, the chart and the table show it."""

    title: str
    unit: str
    spread: Sequence[Quantile]
    working_days: float | None
    chart: Histogram | None
    held_back: str


class Judged(NamedTuple):
    """How many are judged, which those are in words, and how many of a hundred were done in time."""

    how_many: int
    which: str
    percent: int
    is_whole: bool


@dataclass(frozen=True)
class Standing:
    """How one duty stands, every number fit to be shown.

    `judged` is None where no percentage can be made from numbers that are shown.
    """

    tally: DutyTally
    row: Row
    judged: Judged | None
    times: Sequence[Times]

    @property
    def bar(self) -> list[Share]:
        """Those judged as one bar: done in time, late, and not done."""
        cells = {state: self.row.cells[state].value or 0 for state in JUDGED}
        not_done = cells[OVERDUE] + cells[MISSED]
        return shares([
            ("in-time", cells[MET], f"done in time {cells[MET]:,}"),
            ("late", cells[MET_LATE], f"done late {cells[MET_LATE]:,}"),
            ("not-done", not_done, f"not done {not_done:,}"),
        ])  # fmt: skip

    @property
    def lines(self) -> list[tuple[str, Number]]:
        """The counts by name, leaving out those beyond the judged that never happened."""
        kept = [state for state in CALLED if state in JUDGED or self.row.cells[state].value != 0]
        return [(CALLED[state], self.row.cells[state]) for state in kept]

    @property
    def sentence(self) -> str:
        """The answer in a sentence or two: how many were done in time, of how many, and what became of the others."""
        cells = self.row.cells
        if all(cells[state].value == 0 for state in JUDGED):
            ended = cells[FELL_AWAY].value
            return (
                "All fell away before their day came."
                if ended and ended == self.row.total.value
                else "None has come due."
            )
        counts = [
            f"{cells[state].text} {words}" for state, words in _SAID.items() if cells[state].text not in ("0", WITHHELD)
        ]
        if self.judged is None:
            return f"{_capital(joined(counts))}." if counts else "The numbers are too small to show."
        others = counts if cells[MET].value == 0 else counts[1:]
        tail = f" {_capital(joined(others))}." if others else ""
        in_time = "none was" if cells[MET].value == 0 else f"{cells[MET].text} were"
        return (
            f"Of {self.judged.how_many:,} {self.judged.which}, {in_time} done in time ({self.judged.percent}%).{tail}"
        )

    @property
    def why_unknown(self) -> str:
        """Why some of them cannot be told, as the end of a sentence."""
        return joined([words for why, words in _WHY.items() if why in self.tally.cannot_tell], "or")


def standing(tally: DutyTally) -> Standing:
    """How one duty stands."""
    row = shown_row(tally.counts, GIVE_UP)
    return Standing(tally, row, _judged(row), _times(tally, row))


def _judged(row: Row) -> Judged | None:
    """Those judged: all that were done or are past their day, or as many kinds of them as can be shown."""
    for states, which in _SCOPES:
        values = [row.cells[state].value for state in states]
        count = sum(value or 0 for value in values)
        if count and None not in values:
            return Judged(count, which, percent_of(row.cells[MET].value or 0, count), states == JUDGED)
    return None


def percent_of(part: int, whole: int) -> int:
    """A whole percentage that never says all of them or none of them when that is not so."""
    rounded = round(100 * part / whole)
    return min(max(rounded, 1 if part else 0), 100 if part == whole else 99)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _times(tally: DutyTally, row: Row) -> list[Times]:
    """One for each limit. A side is drawn only where the bars under all limits cannot be taken from the count above them."""
    may_draw = {state: _drawable(tally.taken, state, tally.states[state], row) for state in (MET, MET_LATE)}
    limits = sorted(tally.taken, key=lambda limit: (limit is None, 0 if limit is None else _in_days(limit)))
    return [
        _taken(limit, tally.taken[limit], {state: limit in may_draw[state] for state in may_draw}) for limit in limits
    ]


def _drawable(taken: Mapping[Period | None, Taken], state: str, total: int, row: Row) -> set[Period | None]:
    if not row.cells[state].is_shown:
        return set()
    counts = {str(limit): one.count(state) for limit, one in taken.items()}
    counts["of unknown length"] = total - sum(counts.values())
    parts = shown_row(counts, list(counts))
    return {limit for limit in taken if parts.total.is_shown and parts.cells[str(limit)].is_shown}


def _taken(limit: Period | None, taken: Taken, may_draw: Mapping[str, bool]) -> Times:
    in_working_days = limit is None or limit.unit in ("working days", "hours")
    counts, unit = (taken.working_days, "working days") if in_working_days else (taken.days, "days")
    every, working = added(counts.values()), added(taken.working_days.values())
    total = every.total()
    middle = quantile(every, 0.5) if is_told(total, 0.5) else None
    drawn = {state: counts[state] if may_draw[state] else {} for state in counts}
    allowed = None if limit is None else Limit(_in_days(limit), str(limit))
    if allowed is None and not all(may_draw.values()):
        drawn = {state: {} for state in drawn}
    return Times(
        title=_title(middle, unit, limit), unit=unit, spread=quantiles(every) if middle is not None else (),
        working_days=None if in_working_days or middle is None else quantile(working, 0.5),
        chart=histogram(drawn[MET], drawn[MET_LATE], allowed, unit, middle), held_back=_held_back(may_draw, counts),
    )  # fmt: skip


@lru_cache(maxsize=64)
def _in_days(limit: Period) -> int:
    """The limit in the days its chart counts in: months at their longest, so that none done in time lies beyond it."""
    if limit.unit == "hours":
        return -(-limit.number // 24)
    if limit.unit in ("months", "years"):
        starts = (dt.date(2023 + month // 12, month % 12 + 1, 1).toordinal() for month in range(24))
        return max(add_months(start, limit.months) - start for start in starts)
    return limit.number if limit.unit == "working days" else limit.days


def _title(middle: float | None, unit: str, limit: Period | None) -> str:
    allowed = "" if limit is None else f"; the limit is {limit}"
    if middle is None:
        return f"Too few were done to say how long it usually took{allowed}"
    within = "on" if middle == 0 else "within"
    return f"Half were done {within} {days_text(middle, unit)}{allowed}"


def _held_back(may_draw: Mapping[str, bool], counts: Mapping[str, Mapping[int, int]]) -> str:
    sides = [words for state, words in ((MET, "in time"), (MET_LATE, "late")) if not may_draw[state] and counts[state]]
    return (
        f"Those done {joined(sides, 'or')} are left out of the chart, because small numbers are not shown."
        if sides
        else ""
    )
