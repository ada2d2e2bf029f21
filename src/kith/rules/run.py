"""The pass: one history, in order, once. Each event first changes the facts, then is heard by the duties."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from kith.rules.birthdays import birthdays
from kith.rules.book import Book, take_over
from kith.rules.calendars import Calendar
from kith.rules.duty import Duty
from kith.rules.endings import Endings
from kith.rules.events import Event, Heard, heard_of
from kith.rules.evidence import Evidence
from kith.rules.meeting import Meeting
from kith.rules.obligation import Obligation
from kith.rules.procedure import Listeners, Procedure
from kith.rules.starting import Starting
from kith.rules.state import Change, State


class Run:
    """One history judged by one procedure: `go` through its events, in order, to the day asked about."""

    __slots__ = ("_does", "_ends", "_every_fact", "_starts", "book", "evidence", "procedure", "state")

    def __init__(
        self, procedure: Procedure, calendar: Calendar, evidence: Evidence | None = None, *, every_fact: bool = False
    ) -> None:
        self.procedure, self.evidence, self._every_fact = procedure, evidence, every_fact
        self.state = State(calendar, procedure.counters.number)
        self.book = Book()
        meets = Meeting(self.book, self.state, evidence)
        self._ends = Endings(self.book, self.state, procedure, evidence)
        self._starts = Starting(self.book, self.state, meets, evidence)
        self._does: dict[str, Callable[[Duty, Any, Heard], None]] = {
            "meets": meets.hear, "counts": meets.count, "extends": self._ends.extend, "ends": self._ends.hear,
            "came_first": self._ends.came_first, "owed_anew": self.book.owed_anew, "until": self.book.phase_ends,
            "pattern": self._starts.pattern, "starts": self._starts.hear,
        }  # fmt: skip

    def go(self, events: Sequence[Event], as_at: int) -> list[Obligation]:
        """Every obligation of these events, which are in order and no later than `as_at`."""
        self.through(events)
        return self.finish(as_at)

    def through(self, events: Sequence[Event]) -> None:
        """Goes through events, in order: whole days, and later ones than before."""
        first, total = 0, len(events)
        while first < total:
            day, last = events[first].day, first + 1
            while last < total and events[last].day == day:
                last += 1
            self._day(day, events[first:last])
            first = last

    def copied(self) -> "Run":
        """Another that has come as far: each may go on by itself."""
        other = Run(self.procedure, self.state.calendar, self.evidence, every_fact=self._every_fact)
        other.state.take_over(self.state)
        take_over(other.book, self.book, other._starts.enter, other.state)
        return other

    def finish(self, as_at: int) -> list[Obligation]:
        """Every obligation as it stands at the end of a day. Nothing goes on after it."""
        for series in self.book.waiting():
            series.advance(as_at)
        for series in self.book.series.values():
            series.rest()
        return self._held(list(self.book.standing_obligations(as_at)))

    def _held(self, obligations: list[Obligation]) -> list[Obligation]:
        """Notes who owes each: whoever holds the role on the day asked about, so that a handover moves it at once."""
        latest = self.state.latest
        holders = {role: fact for role, fact in self.procedure.holders.items() if fact.id in latest}
        for one in obligations:
            owed_by = one.duty.owed_by
            if type(owed_by) is dict:
                one.holder = one.start.fields.get(owed_by["field"])
            elif owed_by in one.about:
                one.holder = one.about[owed_by]
            elif owed_by in holders:
                fact = holders[owed_by]
                one.holder = latest[fact.id].get(fact.key_of(one.about) or "")
        return obligations

    def _day(self, day: int, events: Sequence[Event]) -> None:
        book, state = self.book, self.state
        heard = [heard_of(event) for event in events]
        state.today = heard[0] if len(heard) == 1 else [one for several in heard for one in several]
        book.more_today = len(events) > 1
        if book.waiters:
            for series in book.waiting():
                series.advance(day)
        for several in heard:
            state.place += 1
            ears = self.procedure.listeners(several[0].event.kind, every=self._every_fact)
            if ears.idle:
                continue
            learnt = [self._learn(ears, one) for one in several] if ears.facts or ears.counters else None
            for place, one in enumerate(several):
                self._hear(ears, one, learnt[place] if learnt else ())

    def _hear(self, ears: Listeners, heard: Heard, changes: Sequence[Change]) -> None:
        owed_now, always, does = self.book.owed, self.book.more_today, self._does
        for act, duty, what, even_unowed in ears.first:
            if duty in owed_now or even_unowed or always:
                does[act](duty, what, heard)
        if ears.silent:
            self._ends.everything(heard)
        if changes:
            self._then(ears, heard, changes)
        else:
            for act, duty, what in ears.then:
                does[act](duty, what, heard)

    def _then(self, ears: Listeners, heard: Heard, changes: Sequence[Change]) -> None:
        for change in changes:
            self._ends.fact_changed(change, heard)
        for act, duty, what in ears.then:
            self._does[act](duty, what, heard)
        for change in changes:
            if change.how == "joined":
                self._starts.joined(change, heard)

    def _learn(self, ears: Listeners, heard: Heard) -> list[Change]:
        changes: list[Change] = []
        for update in ears.facts:
            changes += update(self.state, heard) or ()
        for count in ears.counters:
            count(self.state, heard)
        return changes


_order = attrgetter("order")


def owed(
    procedure: Procedure, events: Iterable[Event], as_at: int, calendar: Calendar, evidence: Evidence | None = None
) -> list[Obligation]:
    """What one history owes at the end of a day. `events` are as known (see `history.as_known`), in any order."""
    return Run(procedure, calendar, evidence).go(happened(procedure, events, as_at), as_at)


def happened(procedure: Procedure, events: Iterable[Event], as_at: int) -> list[Event]:
    """What had happened by the end of a day, birthdays with it, in order."""
    found = [event for event in events if event.day <= as_at]
    found += birthdays(procedure, found, as_at)
    found.sort(key=_order)
    return found
