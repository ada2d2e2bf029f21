"""What starts an obligation: its names, the day it counts from, and whether it joins one that is owed already."""

from collections.abc import Iterator

from kith.rules.book import Book, Standing
from kith.rules.days import day_of_moment
from kith.rules.duty import Base, Clause, Deadline, Duty, FromField, Pattern, field_day
from kith.rules.endings import deadline_of, gone_when_known
from kith.rules.events import Event, Heard
from kith.rules.evidence import Evidence
from kith.rules.meeting import Meeting, may_meet
from kith.rules.obligation import FELL_AWAY, Obligation, recorded
from kith.rules.series import Series
from kith.rules.state import Change, State

Names = tuple[str, ...]


class Starting:
    """Hears the events that start a duty."""

    __slots__ = ("_book", "_evidence", "_meets", "_state")

    def __init__(self, book: Book, state: State, meets: Meeting, evidence: Evidence | None) -> None:
        self._book, self._state, self._meets, self._evidence = book, state, meets, evidence

    def hear(self, duty: Duty, clause: Clause, heard: Heard) -> None:
        """A start: owed if its version is in force, its conditions hold and nobody's name is missing."""
        day = heard.event.day
        if day >= duty.in_force_to or (day < duty.in_force_from and duty.bites_on != "acts"):
            return
        if clause.where is not None and clause.where(self._state, heard) is not True:
            return
        if duty.only_if is not None and duty.only_if(self._state, heard) is not True:
            return
        if duty.only_while and not self._while_open(duty, heard):
            return
        if not duty.each:
            self._owe(duty, clause, heard)
            return
        for one in self._members(duty, heard):
            self._owe(duty, clause, one)
        self._book.standing.append(Standing(duty, clause, heard))

    def joined(self, change: Change, heard: Heard) -> None:
        """Somebody joined a group: they owe it from that day; where the date is fixed otherwise, if they joined by then."""
        day = heard.event.day
        for standing in self._book.standing:
            duty, start = standing.duty, standing.start
            each = next((one for one in duty.each if one.group.id == change.fact), None)
            if each is None or standing.stopped or start.event is heard.event:
                continue
            if each.group.key_of(start.names) != change.key or not self._while_open(duty, start):
                continue
            one = start.also(each.name, change.member)
            rule = standing.clause.due or duty.due
            if rule.facts or isinstance(rule, FromField):
                deadline = deadline_of(rule, one, self._base(duty, standing.clause, one), self._state)
                if deadline.day is None or day <= deadline.day:
                    self._owe(duty, standing.clause, one, joined=heard.event)
            else:
                self._owe(duty, standing.clause, one, joined=heard.event, from_then=True)

    def pattern(self, duty: Duty, pattern: Pattern, heard: Heard) -> None:
        """A recorded decision about how often."""
        if pattern.where is not None and pattern.where(self._state, heard) is not True:
            return
        self._book.earlier.remember_pattern(duty, heard)
        for series in self._book.series_of(duty, heard):
            series.change_pattern(heard)
            self._book.may_wait(series)

    def _while_open(self, duty: Duty, heard: Heard) -> bool:
        return all(fact.key_of(heard.names) in self._state.periods.get(fact.id, ()) for fact in duty.only_while)

    def _members(self, duty: Duty, heard: Heard) -> Iterator[Heard]:
        several = [heard]
        for each in duty.each:
            groups = self._state.groups.get(each.group.id, {})
            several = [
                one.also(each.name, member)
                for one in several
                for member in groups.get(each.group.key_of(one.names) or "", ())
            ]
        return iter(several)

    def _owe(
        self, duty: Duty, clause: Clause, heard: Heard, *, joined: Event | None = None, from_then: bool = False
    ) -> None:
        """Owes a duty: by somebody who `joined` since, if so, and counted `from_then` where nothing else fixes its date."""
        try:
            names = tuple([heard.names[name] for name in duty.per])
        except KeyError:
            return
        event = heard.event
        base = Base(joined.day, joined.at) if joined and from_then else self._base(duty, clause, heard)
        if event.day < duty.in_force_from:
            base = Base(duty.in_force_from, None, True)
        if duty.repeats is not None:
            self._begin_series(duty, names, heard, base)
            return
        rule = clause.due or duty.due
        deadline = deadline_of(rule, heard, base, self._state)
        if duty.take != "each" and self._joins(duty, names, heard, deadline):
            return
        again = joined is not None and self._book.has_ended(duty, names, event.id)
        obligation = self.enter(duty, names, heard, joined.id if joined and (from_then or again) else event.id, base)
        if obligation is None:
            return
        obligation.set(deadline)
        obligation.starts = ((heard, deadline),)
        obligation.rule = rule
        obligation.cannot = gone_when_known(deadline, (joined or event).day)
        self._entered(obligation, heard)

    def _entered(self, obligation: Obligation, heard: Heard) -> None:
        duty, rule = obligation.duty, obligation.rule
        if self._evidence is not None:
            seen_from = self._evidence.seen_from(duty)
            obligation.unseen = seen_from if seen_from > heard.event.day else None
        if rule.facts:
            self._book.watch(obligation, rule, heard)
        if duty.take != "each":
            there = self._book.slots.get((duty.id, obligation.names), ())
            others = [one for one in there if one.active_from != obligation.active_from]
            self._book.slots[duty.id, obligation.names] = [*others, obligation]
        self._already_done(obligation, heard)

    def enter(self, duty: Duty, names: Names, heard: Heard, from_id: str, base: Base) -> Obligation | None:
        """Enters an obligation in the book; None when it is there already."""
        obligation = Obligation(duty, names, heard, from_id, base)
        if heard.event.day < duty.in_force_from:
            obligation.active_from = duty.in_force_from
        return obligation if self._book.add(obligation) else None

    def _joins(self, duty: Duty, names: Names, heard: Heard, deadline: Deadline) -> bool:
        """Whether the start joins what is owed for these names already, or is one too many."""
        bites = heard.event.day < duty.in_force_from
        owed = [one for one in self._book.slots.get((duty.id, names), ()) if one.active_from or not bites]
        owed = [one for one in owed if not one.closed or one.state(one.ended_day or 0) != FELL_AWAY]
        for slot in owed:
            self._join(slot, heard, deadline)
        return bool(owed)

    def _join(self, slot: Obligation, heard: Heard, deadline: Deadline) -> None:
        if recorded(heard) < slot.first_recorded():
            slot.recorded = recorded(heard)
            self._book.renamed(slot, heard.event.id)
        slot.also_for(heard.names.get("child"))
        passed = slot.dated is not None and slot.dated < heard.event.day
        if not slot.closed and not passed and slot.duty.take != "first":
            slot.starts = [*slot.starts, (heard, deadline)]
            choose = min if slot.duty.take == "earliest" else max
            slot.set(choose((one for _, one in slot.starts), key=lambda one: (one.day is None, one.day or 0)))

    def _begin_series(self, duty: Duty, names: Names, heard: Heard, base: Base) -> None:
        running = self._book.series.get((duty.id, names))
        if base.day is None:
            return
        if running is not None and not running.closed:
            running.start_again(heard)
            return
        series = Series(duty, names, heard, base, self.enter, self._book.renamed, self._state)
        self._book.series[duty.id, names] = series
        series.begin(0 if self._evidence is None else self._evidence.seen_from(duty))
        pattern = series.repeats.pattern
        for earlier in self._book.earlier.patterns_for(duty, names) if pattern is not None else ():
            named = field_day(earlier, pattern.from_field) if pattern is not None and pattern.from_field else None
            if max(named or 0, earlier.event.day) >= base.day:
                series.change_pattern(earlier)
        self._book.may_wait(series)
        if series.current is not None:
            self._already_done(series.current, heard)

    def _base(self, duty: Duty, clause: Clause, heard: Heard) -> Base:
        counts_from, event = clause.counts_from or duty.counts_from, heard.event
        if counts_from is None or counts_from == "when":
            return Base(event.day, event.at, duty.beginning_with)
        if counts_from == "end":
            day, at = event.ended or (event.day, event.at)
            return Base(day, at, duty.beginning_with)
        return Base(field_day(heard, counts_from), None, duty.beginning_with)

    def _already_done(self, obligation: Obligation, heard: Heard) -> None:
        if obligation.duty.by_recording:
            obligation.met, obligation.met_at = heard, heard.event.known
            obligation.met_day = obligation.closed_day = day_of_moment(heard.event.known)
            return
        for done in self._book.earlier.done_before(obligation, heard, self._state.calendar):
            if obligation.met is None and may_meet(obligation, done):
                self._meets.meet(obligation, done)
