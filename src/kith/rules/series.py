"""A repeating duty as it runs: one open period at a time, each counting from the last time it was truly met."""

from collections.abc import Callable, Mapping

from kith.rules.calendars import CalendarHorizonError
from kith.rules.days import day_of, iso, last_of_month, month_of, next_month
from kith.rules.durations import Period, period
from kith.rules.duty import Base, Deadline, Duty, Repeats, field_day
from kith.rules.events import Heard
from kith.rules.obligation import Obligation, recorded
from kith.rules.state import State

Rename = Callable[[Obligation, str], None]
Enter = Callable[[Duty, tuple[str, ...], Heard, str, Base], Obligation | None]


class Series:
    """One run of a repeating duty for one set of names, from its start until something ends it."""

    __slots__ = (
        "base", "children", "closed", "current", "duty", "enter", "first", "first_period", "fresh", "month", "names", "number", "patterns", "pending",
        "rename", "seen_from", "start", "state", "times", "untils",
    )  # fmt: skip

    def __init__(
        self, duty: Duty, names: tuple[str, ...], start: Heard, base: Base, enter: Enter, rename: Rename, state: State
    ) -> None:
        self.duty, self.names, self.start, self.state = duty, names, start, state
        self.enter, self.rename = enter, rename
        self.first_period: Obligation | None = None
        self.base = base.day or 0
        self.closed = False
        self.children = tuple(start.names[name] for name in ("child",) if name in start.names)
        self.current: Obligation | None = None
        self.first, self.fresh = True, False
        self.number = 0
        self.times: list[Heard] = []
        self.untils: dict[str, int] = {}
        self.patterns: list[tuple[int, Period, Heard]] = []
        self.pending: list[tuple[int, Period, Heard]] = []
        self.month: int | None = None
        self.seen_from = 0

    def begin(self, seen_from: int) -> None:
        """Opens the first period. `seen_from` is the day from which the source shows whether it was met."""
        self.seen_from = seen_from
        if self._monthly:
            starts_the_month = self.base == day_of(month_of(self.base) + "-01")
            self.month = self.base if starts_the_month else next_month(self.base)
            self.advance(self.start.event.day)
        else:
            self._open(self.base, self.start.event.id)
            self.first_period = self.current

    def rest(self) -> None:
        """Lets go of everything but what reasons need, so that a finished history is freed at once."""
        self.current = self.first_period = None
        self.enter, self.rename = _nothing, _nothing

    def start_again(self, heard: Heard) -> None:
        """A further start joins the series: its first period is known by whichever start was recorded first."""
        self._also_for(heard)
        first = self.first_period
        if (
            first is not None
            and recorded(heard) < first.first_recorded()
            and all(one.event is not heard.event for one in self.times)
        ):
            first.recorded = recorded(heard)
            self.rename(first, heard.event.id)

    def _also_for(self, heard: Heard) -> None:
        child = heard.names.get("child")
        if child is not None and child not in self.children:
            self.children = (*self.children, child)
            if self.current is not None:
                self.current.also_for(child)

    def lose(self, child: str) -> None:
        """A child it was for is gone; with the last of them it ends."""
        if child in self.children:
            self.children = tuple(one for one in self.children if one != child)
            self.closed = self.closed or not self.children

    def advance(self, day: int) -> None:
        """Brings the series up to a day: months that have begun, patterns that take effect, the first day of evidence."""
        if self.closed:
            return
        while self.month is not None and self.month <= day:
            self._open_month(self.month)
            self.month = next_month(self.month)
        while self.pending and self.pending[0][0] <= day:
            self._apply(*self.pending.pop(0))
        if not self._monthly and not self.fresh and self.base < self.seen_from <= day:
            self._evidence_begins()

    def meet(self, obligation: Obligation, heard: Heard) -> None:
        """An event meets the open period (or is one of the times it asks for); the next period counts from it."""
        times = self.repeats.times
        if self.times and self.times[-1].event is heard.event:
            return  # one event that names several children is one time
        self.times.append(heard)
        obligation.done += 1
        if obligation.done < times:
            return
        mark_met(obligation, heard)
        if self._monthly or self.closed or obligation is not self.current:
            return
        anchor = self.times[-times]
        self._open(anchor.event.day, anchor.event.id)
        if self.current is not None:
            self.current.done = times - 1

    def change_pattern(self, heard: Heard) -> None:
        """A recorded decision changes how often, from that day or the later day it names; never backwards."""
        pattern = self.repeats.pattern
        every = None if pattern is None else heard.fields.get(pattern.every_field)
        if pattern is None or every is None:
            return
        named = field_day(heard, pattern.from_field) if pattern.from_field else None
        effect = max(heard.event.day, named or 0)
        change = (effect, period(every), heard)
        if effect <= heard.event.day:
            self._apply(*change)
        else:
            self.pending.append(change)
            self.pending.sort(key=lambda one: one[0])

    def first_happened(self, kind: str, day: int) -> None:
        """An event that ends a phase happened, perhaps not for the first time."""
        self.untils.setdefault(kind, day)

    @property
    def waits(self) -> bool:
        """Whether a day going by can change it: months to come, a pattern to take effect, evidence to begin."""
        return not self.closed and (
            self.month is not None or bool(self.pending) or (not self.fresh and self.base < self.seen_from)
        )

    @property
    def repeats(self) -> Repeats:
        """How the duty repeats, as the version that judges the open period says."""
        assert self.duty.repeats is not None  # noqa: S101 - only repeating duties have a series
        return self.duty.repeats

    @property
    def _monthly(self) -> bool:
        return bool(self.repeats.calendar_month)

    def _open(self, day: int, from_id: str) -> None:
        judged_by = self.duty.for_period_from(day, self.duty) if not self.first else self.duty
        if judged_by is None:
            self.closed = True
            return
        self.duty = judged_by
        interval = self._interval(day)
        due = Deadline(None) if interval is None else self._ends_on(interval, day)
        self.first = False
        self.number += 1
        self._enter(from_id, day, due, interval)

    def _enter(self, from_id: str, day: int, due: Deadline, interval: Period | None) -> None:
        entered = self.enter(self.duty, self.names, self.start, from_id, Base(day, None))
        if entered is None:
            return
        entered.set(due)
        entered.starts = [(self.start, due)]
        entered.series, entered.interval, entered.children = self, interval, self.children
        entered.unseen = self.seen_from if day < self.seen_from else None
        self.current = entered

    def _ends_on(self, interval: Period, day: int) -> Deadline:
        beginning_with = self.first and self.duty.beginning_with
        try:
            return Deadline(interval.after(day, self.state.calendar, beginning_with=beginning_with))
        except CalendarHorizonError as error:
            return Deadline(None, problem=str(error))

    def _open_month(self, first: int) -> None:
        judged_by = self.duty.for_period_from(first, self.duty)
        if judged_by is None:
            self.closed = True
            return
        self.duty = judged_by
        self._enter(month_of(first), first, Deadline(last_of_month(first)), None)

    def _evidence_begins(self) -> None:
        before, self.fresh = self.current, True
        if before is not None and not before.closed and (before.base.day or 0) < self.seen_from:
            before.ended_day = before.closed_day = self.seen_from
            before.ended_how = "unseen"
            self._open(self.seen_from, f"evidence-from-{iso(self.seen_from)}")

    def _interval(self, day: int) -> Period | None:
        for effect, interval, _ in reversed(self.patterns):
            if effect <= day:
                return interval
        if self.repeats.every_field:
            every = self.start.fields.get(self.repeats.every_field)
            return None if every is None else period(every)
        return _phase(self, day)

    def _apply(self, effect: int, interval: Period, heard: Heard) -> None:
        self.patterns.append((effect, interval, heard))
        now = self.current
        if now is None or now.closed or now.due is None or now.due < effect or now.base.day is None:
            return
        old, new = now.due, self._ends_on(interval, now.base.day)
        if new.day is not None and new.day <= effect:
            new = min(Deadline(old), self._ends_on(interval, effect), key=lambda one: one.day or old)
        now.interval = interval
        if new.day != old:
            now.set(new)
            now.moves = [*now.moves, (heard, old, new.day)]


def mark_met(obligation: Obligation, heard: Heard) -> None:
    """Met by this event, on its day; an ending earlier the same day gives way to it."""
    obligation.met, obligation.met_day, obligation.met_at = heard, heard.event.day, heard.event.at
    obligation.ended, obligation.ended_day, obligation.ended_how = None, None, ""
    obligation.closed_day = heard.event.day


def copy_of(
    series: Series, copies: Mapping[Obligation, Obligation], enter: Enter, rename: Rename, state: State
) -> Series:
    """Another that has come as far, in a book where each obligation has its copy."""
    other = Series.__new__(Series)
    for slot in Series.__slots__:
        setattr(other, slot, getattr(series, slot))
    other.enter, other.rename, other.state = enter, rename, state
    other.times, other.untils = list(series.times), dict(series.untils)
    other.patterns, other.pending = list(series.patterns), list(series.pending)
    other.current = None if series.current is None else copies[series.current]
    other.first_period = None if series.first_period is None else copies[series.first_period]
    return other


def _nothing(*_ignored: object) -> None:
    """What a series at rest enters and renames."""


def _phase(series: Series, day: int) -> Period:
    """How often in the phase in force on a day. A phase `for 3 months` includes its last day."""
    phases = series.repeats.phases
    begins, number = series.base, series.number
    for phase in phases:
        if phase.lasts is not None:
            begins = phase.lasts.after(begins, series.state.calendar)
            if day <= begins:
                return phase.every
        elif phase.times is not None:
            if number < phase.times:
                return phase.every
            number -= phase.times
        elif phase.until is not None:
            if day <= series.untils.get(phase.until, day):
                return phase.every
        else:
            return phase.every
    return phases[-1].every
