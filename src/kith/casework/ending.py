"""The times an authority worked with a child, the ending of this one, and a step-down to others: folded from the record."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kith.record.selectors import Told, told_about

STEMS = ("referral", "episode", "step_down")
PROPOSED, HANDED_OVER, ACCEPTED, DECLINED, WITHDRAWN = "proposed", "handed_over", "accepted", "declined", "withdrawn"


@dataclass
class Episode:
    """A time from the first referral, or from opening again, to the closing; with what was said at both."""

    opened: dt.date
    opened_with: Mapping[str, Any] = field(default_factory=dict)
    closed: dt.date | None = None
    reason: str = ""
    closed_with: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class StepDown:
    """A step-down: what was proposed, how each person answered, and what came of it."""

    id: str
    on: dt.date
    words: Mapping[str, Any]
    agency: str = ""
    state: str = PROPOSED
    state_on: dt.date | None = None
    answers: list[tuple[str, bool, str]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it is still being arranged, so that the authority stays responsible."""
        return self.state in (PROPOSED, HANDED_OVER)


@dataclass
class Ending:
    """Every time the authority worked with a child, and the step-downs, in the order they came about."""

    episodes: list[Episode] = field(default_factory=list)
    step_downs: dict[str, StepDown] = field(default_factory=dict)

    @property
    def current(self) -> Episode | None:
        """The time that is still open."""
        return self.episodes[-1] if self.episodes and self.episodes[-1].closed is None else None

    @property
    def latest(self) -> Episode | None:
        """The time that is open, or else the last that was."""
        return self.episodes[-1] if self.episodes else None

    @property
    def step_down(self) -> StepDown | None:
        """The latest step-down of the latest time; what was arranged in an earlier one says nothing now."""
        since = self.latest.opened if self.latest else dt.date.min
        there = [one for one in self.step_downs.values() if one.on >= since]
        return there[-1] if there else None


def of_child(child: uuid.UUID, known_at: dt.datetime | None = None) -> Ending:
    """The endings of a child's record, as they stand or as they were known at a moment."""
    found = Ending()
    for one in sorted(told_about([child], STEMS, known_at)[child], key=lambda told: told.event.order):
        hears = _HEARS.get(one.event.kind)
        if hears is not None:
            hears(found, one)
        elif one.event.kind.startswith("step_down."):
            _stepped(found, one)
    return found


def _day(one: Told) -> dt.date:
    return dt.date.fromordinal(one.event.day)


def _opened(found: Ending, one: Told) -> None:
    if found.current is None:
        found.episodes.append(Episode(_day(one), one.words))


def _closed(found: Ending, one: Told) -> None:
    if found.current is not None:
        found.current.reason = str(one.event.fields.get("reason", ""))
        found.current.closed_with, found.current.closed = one.words, _day(one)


def _decided(found: Ending, one: Told) -> None:
    """A decision that nothing further is needed ends a time in which no more was begun."""
    if one.event.fields.get("further_work_needed") is False and found.current is not None:
        found.current.reason = str(one.event.fields.get("decision", ""))
        found.current.closed_with, found.current.closed = one.words, _day(one)


def _stepped(found: Ending, one: Told) -> None:
    verb = one.event.kind.partition(".")[2]
    for key in one.ids("step_down"):
        if verb == PROPOSED:
            agency = next(iter(one.ids("agency")), "")
            found.step_downs[key] = StepDown(key, _day(one), one.words, agency)
        elif key in found.step_downs:
            _goes_on(found.step_downs[key], verb, one)


def _goes_on(it: StepDown, verb: str, one: Told) -> None:
    if verb == "answered":
        agrees = one.event.fields.get("agrees") is True
        it.answers += [(person, agrees, str(one.words.get("own_words", ""))) for person in one.ids("person")]
    else:
        it.state, it.state_on = verb, _day(one)


_HEARS: Mapping[str, Callable[[Ending, Told], None]] = {
    "referral.received": _opened, "episode.reopened": _opened, "episode.closed": _closed, "referral.decided": _decided,
}  # fmt: skip
