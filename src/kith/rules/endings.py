"""What ends an obligation, and what moves its day: endings, extensions, dates that change, members who leave."""

from collections.abc import Callable, Mapping

from kith.rules.book import Book
from kith.rules.calendars import CalendarHorizonError
from kith.rules.duty import Base, Clause, Deadline, Due, Duty, Each, field_day
from kith.rules.events import Heard
from kith.rules.evidence import Evidence
from kith.rules.obligation import Obligation
from kith.rules.procedure import Procedure
from kith.rules.state import Change, State


class Endings:
    """Hears the events that end a duty or move its day. An ending never wipes out a breach, but for those that end all."""

    __slots__ = ("_book", "_evidence", "_procedure", "_state")

    def __init__(self, book: Book, state: State, procedure: Procedure, evidence: Evidence | None) -> None:
        self._book, self._state, self._procedure, self._evidence = book, state, procedure, evidence

    def hear(self, duty: Duty, clause: Clause, heard: Heard) -> None:
        """An ending of a duty: it need carry only some of the names."""
        answer = True if clause.where is None else clause.where(self._state, heard)
        if answer is False:
            return
        for obligation in self._book.ended_by(duty, clause, heard):
            if answer is True:
                end(obligation, heard, "quota" if duty.quota else "ending")
            elif self._evidence is not None and not obligation.closed:
                obligation.unsure = [*obligation.unsure, (heard, clause.written)]
        if answer is True and self._book.standing:
            self._book.stop_standing(duty, clause, heard)
        if answer is True and duty.monthly:
            self._book.months_end(duty, clause, heard)

    def extend(self, duty: Duty, clause: Clause, heard: Heard) -> None:
        """A permitted extension: the day moves from the day it was given."""
        until = field_day(heard, clause.until or "until")
        if until is None or (clause.where is not None and clause.where(self._state, heard) is not True):
            return
        same = clause.same or duty.per
        ids = [heard.names.get(name) for name in same]
        for obligation in () if None in ids else self._book.candidates(duty, same, ids, heard.event.day):
            if not obligation.closed:
                obligation.extensions = [*obligation.extensions, (heard, obligation.due, until)]
                obligation.due, obligation.due_at = until, None

    def came_first(self, duty: Duty, _what: None, heard: Heard) -> None:
        """The event came that a duty had to be done before."""
        for obligation in self._book.ended_by(duty, None, heard):
            if obligation.rule.by is not None:
                end(obligation, heard, "by")

    def everything(self, heard: Heard) -> None:
        """The child died, was adopted, moved or turned 18, or the pregnancy ended: all falls away, silently."""
        child, kind = heard.names.get("child"), heard.event.kind
        if child is None:
            return
        self._book.child_gone(child, heard)
        for obligation in self._book.every:
            if obligation.closed or child not in obligation.children:
                continue
            if kind in obligation.duty.goes_on_after or obligation.start.event is heard.event:
                continue
            if obligation.without(child):
                end(obligation, heard, "silent")

    def fact_changed(self, change: Change, heard: Heard) -> None:
        """A date was set or cleared, a period closed, somebody left a group."""
        if change.how in ("set", "cleared"):
            for obligation in self._book.watching(change.fact, change.key):
                _date_changed(obligation, heard, self._state, cleared=change.how == "cleared")
        elif change.how == "closed":
            key_of = self._procedure.facts[change.fact].key_of
            for duty in self._procedure.while_duties.get(change.fact, ()):
                self._end_those(duty, lambda about: key_of(about) == change.key, heard)
        elif change.how == "left":
            self._left(change, heard)

    def _left(self, change: Change, heard: Heard) -> None:
        for duty in self._procedure.group_duties.get(change.fact, ()):
            for each in (one for one in duty.each if one.group.id == change.fact):
                self._end_those(duty, _left_by(each, change), heard)

    def _end_those(self, duty: Duty, touched: Callable[[Mapping[str, str]], bool], heard: Heard) -> None:
        for obligation in self._book.of(duty):
            if touched(obligation.about):
                end(obligation, heard, "ending")
        for series in self._book.series.values() if duty.monthly else ():
            if series.duty is duty and touched(series.start.names):
                series.closed = True


def _left_by(each: Each, change: Change) -> Callable[[Mapping[str, str]], bool]:
    return lambda about: about.get(each.name) == change.member and each.group.key_of(about) == change.key


def end(obligation: Obligation, heard: Heard, how: str) -> None:
    """Ends an obligation, unless it is closed already or this event began it. A month that is past keeps its word."""
    series = obligation.series
    if series is not None and how != "silent":
        series.closed = True
    event = heard.event
    if obligation.closed or obligation.start.event is event or obligation.from_id == event.id:
        return
    if how == "ending" and series is not None and series.month is not None and (obligation.due or 0) < event.day:
        return
    obligation.ended, obligation.ended_day, obligation.ended_how = heard, event.day, how
    obligation.closed_day = event.day


def deadline_of(rule: Due, heard: Heard, base: Base, state: State) -> Deadline:
    """The deadline a rule gives; beyond the calendar's horizon none, with the problem said."""
    try:
        return rule.work_out(state, heard, base)
    except CalendarHorizonError as error:
        return Deadline(None, problem=str(error))


def gone_when_known(deadline: Deadline, day: int) -> bool:
    """Whether a day counted back from a date was already gone when the date became known."""
    return deadline.dated is not None and deadline.day is not None and deadline.day < day


def _date_changed(obligation: Obligation, heard: Heard, state: State, *, cleared: bool) -> None:
    too_late = cleared and obligation.dated is not None and heard.event.day > obligation.dated
    if obligation.ended_day is not None or too_late:
        return
    deadline = deadline_of(obligation.rule, obligation.start, obligation.base, state)
    if cleared and deadline.day is None:
        end(obligation, heard, "cancelled")
        return
    old = obligation.due
    earlier_than_met = obligation.met is not None and (old is None or (deadline.day or 0) < old)
    if deadline.day == old or earlier_than_met:
        return
    obligation.set(deadline)
    obligation.moves = [*obligation.moves, (heard, old, deadline.day)]
    obligation.cannot = gone_when_known(deadline, heard.event.day)
