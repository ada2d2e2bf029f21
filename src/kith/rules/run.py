"""The pass: one history, in order, once. Each event first changes the facts, then is heard by the duties."""

from collections.abc import Iterable, Iterator, Sequence

from kith.rules.birthdays import birthdays
from kith.rules.book import Book, Standing
from kith.rules.calendars import Calendar, CalendarHorizonError
from kith.rules.days import day_of_moment
from kith.rules.duty import Base, Clause, Deadline, Due, Duty, FromField, Pattern, Quota, field_day
from kith.rules.events import Event, Heard, heard_of
from kith.rules.evidence import Evidence
from kith.rules.obligation import FELL_AWAY, Obligation
from kith.rules.procedure import Listeners, Procedure
from kith.rules.series import Series, mark_met
from kith.rules.state import Change, State, key_reader


class Run:
    """One history judged by one procedure. Make it, `hear` the events in order, then `finish` on the day asked about."""

    def __init__(self, procedure: Procedure, calendar: Calendar, evidence: Evidence | None = None) -> None:
        self.procedure, self.evidence = procedure, evidence
        self.state = State(calendar, (), procedure.counters.number)
        self.book = Book()

    def go(self, events: Sequence[Event], as_at: int) -> list[Obligation]:
        """Every obligation of these events, which are in order and no later than `as_at`."""
        state, first, total = self.state, 0, len(events)
        while first < total:
            day, last = events[first].day, first + 1
            while last < total and events[last].day == day:
                last += 1
            heard = [heard_of(event) for event in events[first:last]]
            state.today = [one for several in heard for one in several]
            for one_event in heard:
                self._hear(one_event)
            first = last
        return self._finish(as_at)

    def _hear(self, heard: list[Heard]) -> None:
        event = heard[0].event
        ears = self.procedure.listeners(event.kind)
        self.state.place += 1
        if ears.idle:
            return
        changes = [self._learn(ears, one) for one in heard]
        for series in self.book.running():
            series.advance(event.day)
        for one, changed in zip(heard, changes, strict=True):
            self._act(ears, one, changed)

    def _learn(self, ears: Listeners, heard: Heard) -> list[Change]:
        changes: list[Change] = []
        for update in ears.facts:
            changes += update(self.state, heard) or ()
        for count in ears.counters:
            count(self.state, heard)
        return changes

    def _act(self, ears: Listeners, heard: Heard, changes: list[Change]) -> None:
        for duty, clause in ears.meets:
            self._meets(duty, clause, heard)
        for duty, quota in ears.quotas:
            self._counts(duty, quota, heard)
        for duty, clause in ears.extends:
            self._extends(duty, clause, heard)
        for duty, clause in ears.ends:
            self._ends(duty, clause, heard)
        for duty in ears.by:
            self._came_first(duty, heard)
        if ears.silent:
            self._all_ends(heard)
        for change in changes:
            self._fact_changed(change, heard)
        for duty in ears.again:
            self.book.owed_anew(duty, heard)
        for duty, kind in ears.untils:
            for series in self.book.series_of(duty, heard):
                series.first_happened(kind, heard.event.day)
        for duty, pattern in ears.patterns:
            self._pattern(duty, pattern, heard)
        for duty, clause in ears.starts:
            self._starts(duty, clause, heard)
        for change in changes:
            if change.how == "joined":
                self._joined(change, heard)

    # Meeting

    def _meets(self, duty: Duty, clause: Clause, heard: Heard) -> None:
        same = clause.same or duty.per
        ids = [heard.names.get(name) for name in same]
        if None in ids:
            return
        answer = True if clause.where is None else clause.where(self.state, heard)
        for obligation in self.book.candidates(duty, same, ids, heard.event.day):
            if not self._may_meet(obligation, heard):
                continue
            if answer is True:
                self._meet(obligation, heard)
            else:
                obligation.near.append((heard, clause.written))
                if answer is None and self.evidence is not None:
                    obligation.unsure.append((heard, clause.written))
        if answer is True:
            self.book.remember(duty, clause, heard)

    def _may_meet(self, obligation: Obligation, heard: Heard) -> bool:
        day = heard.event.day
        if obligation.met is not None or obligation.start.event is heard.event or obligation.from_id == heard.event.id:
            return False
        if obligation.ended_day is not None and (obligation.ended_day != day or obligation.ended_how == "unseen"):
            return False
        repeats = obligation.duty.repeats
        if repeats is not None and repeats.calendar_month and not _within_month(obligation, day):
            return False
        return obligation.dated is None or day <= obligation.dated

    def _meet(self, obligation: Obligation, heard: Heard) -> None:
        if obligation.series is not None:
            obligation.series.meet(obligation, heard)
        else:
            mark_met(obligation, heard)

    def _counts(self, duty: Duty, quota: Quota, heard: Heard) -> None:
        if quota.of.where is not None and quota.of.where(self.state, heard) is not True:
            return
        shared = [name for name in duty.per if name in heard.names]
        for obligation in self.book.candidates(duty, shared, [heard.names[name] for name in shared], heard.event.day):
            if not obligation.closed and shared:
                obligation.counted += 1
                obligation.done += quota.counts(self.state, heard) is True

    # Ending and moving

    def _extends(self, duty: Duty, clause: Clause, heard: Heard) -> None:
        until = field_day(heard, clause.until or "until")
        if until is None or (clause.where is not None and clause.where(self.state, heard) is not True):
            return
        same = clause.same or duty.per
        ids = [heard.names.get(name) for name in same]
        for obligation in self.book.candidates(duty, same, ids, heard.event.day):
            if not obligation.closed:
                obligation.extensions.append((heard, obligation.due, until))
                obligation.due, obligation.due_at = until, None

    def _ends(self, duty: Duty, clause: Clause, heard: Heard) -> None:
        answer = True if clause.where is None else clause.where(self.state, heard)
        if answer is False:
            return
        for obligation in self.book.ended_by(duty, clause, heard):
            if answer is True:
                self._end(obligation, heard, "quota" if duty.quota else "ending")
            elif self.evidence is not None and not obligation.closed:
                obligation.unsure.append((heard, clause.written))
        if answer is True:
            self.book.stop_standing(duty, clause, heard)

    def _end(self, obligation: Obligation, heard: Heard, how: str) -> None:
        series = obligation.series
        if series is not None:
            series.closed = True
        if obligation.closed or obligation.start.event is heard.event or obligation.from_id == heard.event.id:
            return
        past_month = series is not None and series.month is not None and (obligation.due or 0) < heard.event.day
        if how == "ending" and past_month:
            return
        obligation.ended, obligation.ended_day, obligation.ended_how = heard, heard.event.day, how

    def _came_first(self, duty: Duty, heard: Heard) -> None:
        for obligation in self.book.ended_by(duty, None, heard):
            if obligation.rule.by is not None:
                self._end(obligation, heard, "by")

    def _all_ends(self, heard: Heard) -> None:
        child, kind = heard.names.get("child"), heard.event.kind
        for obligation in self.book.every:
            if child is None or obligation.children is None or child not in obligation.children:
                continue
            if kind in obligation.duty.goes_on_after or obligation.start.event is heard.event:
                continue
            if obligation.closed and obligation.series is None:
                continue
            obligation.children.discard(child)
            if not obligation.children:
                self._end(obligation, heard, "silent")

    def _fact_changed(self, change: Change, heard: Heard) -> None:
        if change.how in ("set", "cleared"):
            for obligation in self.book.watching(change.fact, change.key):
                self._date_changed(obligation, heard, cleared=change.how == "cleared")
        elif change.how == "closed":
            for duty in self.procedure.while_duties.get(change.fact, ()):
                key_of = key_reader(self.procedure.facts[change.fact].per)
                for obligation in self.book.of(duty):
                    if key_of(obligation.about) == change.key:
                        self._end(obligation, heard, "ending")
        elif change.how == "left":
            self._left(change, heard)

    def _date_changed(self, obligation: Obligation, heard: Heard, *, cleared: bool) -> None:
        if obligation.ended_day is not None:
            return
        deadline = self._deadline(obligation.rule, obligation.start, obligation.base)
        if cleared and deadline.day is None:
            self._end(obligation, heard, "cancelled")
            return
        old = obligation.due
        if deadline.day == old or (obligation.met is not None and (deadline.day or 0) < (old or 0)):
            return
        obligation.set(deadline)
        obligation.moves.append((heard, old, deadline.day))
        obligation.cannot = _gone_when_known(deadline, heard.event.day)

    def _left(self, change: Change, heard: Heard) -> None:
        for duty in self.procedure.group_duties.get(change.fact, ()):
            for each in duty.each:
                if each.group.id != change.fact:
                    continue
                key_of = key_reader(each.group.per)
                for obligation in self.book.of(duty):
                    if obligation.about.get(each.name) == change.member and key_of(obligation.about) == change.key:
                        self._end(obligation, heard, "ending")

    def _pattern(self, duty: Duty, pattern: Pattern, heard: Heard) -> None:
        if pattern.where is not None and pattern.where(self.state, heard) is not True:
            return
        self.book.remember_pattern(duty, heard)
        for series in self.book.series_of(duty, heard):
            series.change_pattern(heard)

    # Starting

    def _starts(self, duty: Duty, clause: Clause, heard: Heard) -> None:
        day = heard.event.day
        if day >= duty.in_force_to or (day < duty.in_force_from and duty.bites_on != "acts"):
            return
        if clause.where is not None and clause.where(self.state, heard) is not True:
            return
        if duty.only_if is not None and duty.only_if(self.state, heard) is not True:
            return
        if not self._while_open(duty, heard):
            return
        for one in self._members(duty, heard):
            self._owe(duty, clause, one, day, heard.event.id)
        if duty.each:
            self.book.standing.append(Standing(duty, clause, heard))

    def _while_open(self, duty: Duty, heard: Heard) -> bool:
        return all(key_reader(fact.per)(heard.names) in self.state.periods.get(fact.id, ()) for fact in duty.only_while)

    def _members(self, duty: Duty, heard: Heard) -> Iterator[Heard]:
        if not duty.each:
            yield heard
            return
        each, *others = duty.each
        key = key_reader(each.group.per)(heard.names)
        for member in list(self.state.groups.get(each.group.id, {}).get(key, ())) if key is not None else ():
            one = heard.also(each.name, member)
            if not others:
                yield one
                continue
            second = key_reader(others[0].group.per)(one.names)
            for other in self.state.groups.get(others[0].group.id, {}).get(second or "", ()):
                yield one.also(others[0].name, other)

    def _joined(self, change: Change, heard: Heard) -> None:
        day = heard.event.day
        for standing in self.book.standing:
            duty, start = standing.duty, standing.start
            each = next((one for one in duty.each if one.group.id == change.fact), None)
            if each is None or standing.stopped or start.event is heard.event:
                continue
            if key_reader(each.group.per)(start.names) != change.key or not self._while_open(duty, start):
                continue
            one = start.also(each.name, change.member)
            rule = standing.clause.due or duty.due
            if rule.facts or isinstance(rule, FromField):
                deadline = self._deadline(rule, one, self._base(duty, standing.clause, one))
                if deadline.day is None or day <= deadline.day:
                    self._owe(duty, standing.clause, one, start.event.day, start.event.id, known_on=day)
            else:
                self._owe(duty, standing.clause, one, day, heard.event.id, joined=heard)

    def _owe(
        self, duty: Duty, clause: Clause, heard: Heard, day: int, from_id: str, *,
        joined: Heard | None = None, known_on: int | None = None,
    ) -> None:  # fmt: skip
        try:
            names = tuple([heard.names[name] for name in duty.per])
        except KeyError:
            return
        base = self._base(duty, clause, heard) if joined is None else Base(joined.event.day, joined.event.at, False)
        if day < duty.in_force_from:
            base = Base(duty.in_force_from, None, True)
        if duty.repeats is not None:
            self._begin_series(duty, names, heard, base)
            return
        rule = clause.due or duty.due
        deadline = self._deadline(rule, heard, base)
        if duty.take != "each" and self._joins(duty, names, heard, deadline):
            return
        obligation = self._open(duty, names, heard, from_id, base, deadline)
        if obligation is None:
            return
        obligation.rule = rule
        obligation.cannot = _gone_when_known(deadline, known_on or day)
        self.book.watch(obligation, rule, heard)
        if duty.take != "each":
            self.book.slots[duty.id, names] = obligation
        self._already_done(obligation, heard)

    def _joins(self, duty: Duty, names: tuple[str, ...], heard: Heard, deadline: Deadline) -> bool:
        slot = self.book.slots.get((duty.id, names))
        if slot is None or (slot.closed and slot.state(slot.ended_day or 0) == FELL_AWAY):
            return False
        if not slot.closed and duty.take != "first":
            first_recorded = min(slot.starts, key=lambda one: _recorded(one[0]))[0]
            slot.starts.append((heard, deadline))
            if _recorded(heard) < _recorded(first_recorded):
                self.book.renamed(slot, heard.event.id)
            choose = min if duty.take == "earliest" else max
            slot.set(choose((one for _, one in slot.starts), key=lambda one: (one.day is None, one.day or 0)))
        return True

    def _begin_series(self, duty: Duty, names: tuple[str, ...], heard: Heard, base: Base) -> None:
        running = self.book.series.get((duty.id, names))
        if base.day is None or (running is not None and not running.closed):
            return
        series = Series(duty, names, heard, base.day, self._open_period, self.state)
        self.book.series[duty.id, names] = series
        series.begin(self._seen_from(duty))
        if duty.repeats is not None and duty.repeats.pattern is not None:
            for earlier in self.book.patterns_for(duty, names):
                day = field_day(earlier, duty.repeats.pattern.from_field) if duty.repeats.pattern.from_field else None
                if max(day or 0, earlier.event.day) >= base.day:
                    series.change_pattern(earlier)
        if series.current is not None:
            self._already_done(series.current, heard)

    def _open_period(
        self, duty: Duty, names: tuple[str, ...], start: Heard, from_id: str, base: Base, deadline: Deadline
    ) -> Obligation:
        obligation = self._open(duty, names, start, from_id, base, deadline)
        return obligation if obligation is not None else Obligation(duty, names, start, from_id, base)

    def _open(
        self, duty: Duty, names: tuple[str, ...], heard: Heard, from_id: str, base: Base, deadline: Deadline
    ) -> Obligation | None:
        obligation = Obligation(duty, names, heard, from_id, base)
        obligation.set(deadline)
        obligation.starts.append((heard, deadline))
        obligation.active_from = duty.in_force_from if heard.event.day < duty.in_force_from else 0
        if not self.book.add(obligation):
            return None
        seen_from = self._seen_from(duty)
        if duty.repeats is None and seen_from > heard.event.day:
            obligation.unseen = seen_from
        return obligation

    def _deadline(self, rule: Due, heard: Heard, base: Base) -> Deadline:
        try:
            return rule.work_out(self.state, heard, base)
        except CalendarHorizonError as error:
            return Deadline(None, problem=str(error))

    def _base(self, duty: Duty, clause: Clause, heard: Heard) -> Base:
        counts_from, event = clause.counts_from or duty.counts_from, heard.event
        if counts_from is None or counts_from == "when":
            return Base(event.day, event.at, duty.beginning_with)
        if counts_from == "end":
            day, at = event.ended or (event.day, event.at)
            return Base(day, at, duty.beginning_with)
        return Base(field_day(heard, counts_from), None, duty.beginning_with)

    def _seen_from(self, duty: Duty) -> int:
        return 0 if self.evidence is None else self.evidence.shows_from(duty.meets)

    def _already_done(self, obligation: Obligation, heard: Heard) -> None:
        if any(clause.recording for clause in obligation.duty.meets):
            _recorded_at(obligation, heard)
            return
        for done in self.book.done_before(obligation, heard, self.state.calendar):
            if obligation.met is None and self._may_meet(obligation, done):
                self._meet(obligation, done)

    # Finishing

    def _finish(self, as_at: int) -> list[Obligation]:
        for series in self.book.running():
            series.advance(as_at)
        return list(self.book.standing_obligations(as_at))


def _within_month(obligation: Obligation, day: int) -> bool:
    return (obligation.base.day or 0) <= day <= (obligation.due or 0)


def _gone_when_known(deadline: Deadline, day: int) -> bool:
    return deadline.dated is not None and deadline.day is not None and deadline.day < day


def _recorded(heard: Heard) -> tuple[int, int, str]:
    return (heard.event.known, heard.event.sequence, heard.event.id)


def _recorded_at(obligation: Obligation, heard: Heard) -> None:
    obligation.met, obligation.met_at = heard, heard.event.known
    obligation.met_day = day_of_moment(heard.event.known)


def owed(
    procedure: Procedure, events: Iterable[Event], as_at: int, calendar: Calendar, evidence: Evidence | None = None
) -> list[Obligation]:
    """What one history owes at the end of a day. `events` are as known (see `history.as_known`), in any order."""
    happened = [event for event in events if event.day <= as_at]
    happened += birthdays(procedure, happened, as_at)
    happened.sort(key=Event.order)
    return Run(procedure, calendar, evidence).go(happened, as_at)
