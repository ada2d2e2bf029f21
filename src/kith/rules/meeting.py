"""What meets an obligation, and what looked as if it did."""

from kith.rules.book import Book
from kith.rules.duty import Clause, Duty, Quota
from kith.rules.events import Heard
from kith.rules.evidence import Evidence
from kith.rules.obligation import Obligation
from kith.rules.series import mark_met
from kith.rules.state import State


class Meeting:
    """Hears the events that can meet a duty."""

    __slots__ = ("_book", "_evidence", "_state")

    def __init__(self, book: Book, state: State, evidence: Evidence | None) -> None:
        self._book, self._state, self._evidence = book, state, evidence

    def hear(self, duty: Duty, clause: Clause, heard: Heard) -> None:
        """One event meets every open obligation it matches; if it matches but fails a test, that is kept for the reasons."""
        book = self._book
        kept = duty.earlier is not False or book.more_today
        names, same = heard.names, clause.same or duty.per
        ids = [names.get(name) for name in same]
        if None in ids:
            return
        open_ones = [one for one in book.candidates(duty, same, ids, heard.event.day) if may_meet(one, heard)]
        if not open_ones and not kept:
            return
        answer = True if clause.where is None else clause.where(self._state, heard)
        for obligation in open_ones:
            if answer is True:
                self.meet(obligation, heard)
            else:
                self._did_not(obligation, clause, heard, unknown=answer is None)
        if answer is True and kept:
            book.earlier.remember(duty, clause, heard)

    def _did_not(self, obligation: Obligation, clause: Clause, heard: Heard, *, unknown: bool) -> None:
        obligation.near = [*obligation.near, (heard, clause.written)]
        if unknown and self._evidence is not None:
            obligation.unsure = [*obligation.unsure, (heard, clause.written)]

    def meet(self, obligation: Obligation, heard: Heard) -> None:
        """The event meets the obligation, or is one of the times it asks for."""
        if obligation.series is not None:
            obligation.series.meet(obligation, heard)
        else:
            mark_met(obligation, heard)

    def count(self, duty: Duty, quota: Quota, heard: Heard) -> None:
        """One more of the things a quota is a share of."""
        if quota.of.where is not None and quota.of.where(self._state, heard) is not True:
            return
        shared = [name for name in duty.per if name in heard.names]
        if not shared:
            return
        for obligation in self._book.candidates(duty, shared, [heard.names[name] for name in shared], heard.event.day):
            if not obligation.closed:
                obligation.counted += 1
                obligation.done += quota.counts(self._state, heard) is True


def may_meet(obligation: Obligation, heard: Heard) -> bool:
    """Whether an event may meet an obligation at all: never the one that started it, nor once the day it leads to has passed.

    An obligation ended earlier the same day may still be met.
    """
    event = heard.event
    day = event.day
    if obligation.met is not None or obligation.start.event is event or obligation.from_id == event.id:
        return False
    if obligation.ended_day is not None and not _gives_way(obligation, heard):
        return False
    if obligation.dated is not None and day > obligation.dated:
        return False
    repeats = obligation.duty.repeats
    if repeats is None:
        return True
    if not repeats.calendar_month:
        return day >= obligation.active_from
    return (obligation.base.day or 0) <= day <= (obligation.due or 0)


def _gives_way(obligation: Obligation, heard: Heard) -> bool:
    """Whether its ending gives way to what was done the same day; an event it had to come before only if that came later."""
    ended, event = obligation.ended, heard.event
    if ended is None or obligation.ended_day != event.day:
        return False
    timed = ended.event.at is not None and event.at is not None
    return not (obligation.ended_how == "by" and timed and (ended.event.at or 0) < (event.at or 0))
