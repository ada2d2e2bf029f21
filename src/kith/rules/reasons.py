"""Why a date is what it is: every step as data, and one plain sentence made from them."""

from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from kith.rules.calendars import Calendar
from kith.rules.days import iso, spoken, spoken_moment
from kith.rules.durations import Period
from kith.rules.duty import AfterPeriod, ByEvent, Due, Earliest, FromFact, FromField, SameDay
from kith.rules.english import FILLED_IN, English
from kith.rules.events import Event, Heard
from kith.rules.obligation import CANNOT_BE_MET, CANNOT_TELL, FELL_AWAY, MET, MET_LATE, MISSED, OVERDUE, Obligation


@dataclass
class Reasons:
    """The trace of one obligation. Days are text (`2025-04-29`); `skipped` holds each day not counted and why."""

    obligation: str
    duty: str
    title: str
    cites: list[str]
    strength: str
    statutory: bool
    pack: str
    state: str
    due: str | None
    starts: list[dict[str, Any]] = field(default_factory=list)
    counts_from: str | None = None
    arithmetic: str = ""
    skipped: list[tuple[str, str]] = field(default_factory=list)
    moves: list[dict[str, Any]] = field(default_factory=list)
    met_by: dict[str, Any] | None = None
    ended_by: dict[str, Any] | None = None
    did_not_count: list[dict[str, Any]] = field(default_factory=list)
    cannot_tell: list[str] = field(default_factory=list)
    progress: str | None = None
    sentence: str = ""

    def as_json(self) -> dict[str, Any]:
        """The trace as plain data."""
        return asdict(self)


class Reasoner:
    """Puts obligations of one procedure into reasons."""

    def __init__(self, english: English, calendar: Calendar) -> None:
        self.english, self.calendar = english, calendar

    def reasons(self, obligation: Obligation, as_at: int) -> Reasons:
        """Everything there is to say of an obligation on a day."""
        duty = obligation.duty
        period = _period_of(obligation)
        told = Reasons(
            obligation=str(obligation.id), duty=duty.id, title=self.title(obligation), cites=list(duty.cites),
            strength=duty.strength, statutory=duty.statutory, pack=duty.pack, state=obligation.state(as_at),
            due=obligation.due_text,
        )  # fmt: skip
        told.starts = [
            _event(heard) | {"due": None if deadline.day is None else iso(deadline.day)}
            for heard, deadline in obligation.starts
        ]
        told.counts_from = None if obligation.base.day is None else iso(obligation.base.day)
        told.arithmetic = self._arithmetic(obligation)
        if period is not None and period.unit == "working days":
            told.skipped = self._skipped(obligation)
        told.moves = [
            _event(heard) | {"from": _iso(old), "to": _iso(new)}
            for heard, old, new in (*obligation.moves, *obligation.extensions)
        ]
        told.met_by = None if obligation.met is None or (obligation.met_day or 0) > as_at else _event(obligation.met)
        told.ended_by = None if obligation.ended is None else _event(obligation.ended) | {"how": obligation.ended_how}
        told.did_not_count = [
            _event(heard) | {"because": self._why_not(heard, written)} for heard, written in obligation.near
        ]
        told.cannot_tell = self._cannot_tell(obligation)
        told.progress = obligation.progress
        told.sentence = self.sentence(obligation, as_at)
        return told

    def title(self, obligation: Obligation) -> str:
        """The duty's title, with the fields of its start filled in; what stands in words and not in a field is left out of it."""
        title = obligation.duty.title
        if "{" not in title:
            return title
        said = {**obligation.start.names, **obligation.start.fields}
        for key, value in said.items():
            title = title.replace("{" + key + "}", str(value).replace("_", " "))
        return FILLED_IN.sub("", title)

    def sentence(self, obligation: Obligation, as_at: int) -> str:
        """One plain sentence or two: when it is due, how that was counted, and how it stands."""
        parts = [self.due_sentence(obligation)]
        if obligation.extensions:
            heard, before, until = obligation.extensions[-1]
            was = f" from {spoken(before)}" if before else ""
            late = _late_words(heard.event.day, before)
            parts.append(f"On {_on(heard.event)} it was extended to {spoken(until)}{was}{late}.")
        elif obligation.moves:
            heard, old, _ = obligation.moves[-1]
            parts.append(f"It moved {f'from {spoken(old)} ' if old else ''}on {_on(heard.event)}.")
        parts.append(self._standing(obligation, as_at))
        return " ".join(part for part in parts if part)

    def due_sentence(self, obligation: Obligation) -> str:
        """When it is due, how that was counted, and the clause: the part of its sentence that no day changes."""
        cited = ", ".join(obligation.duty.cites)
        if obligation.due_at is not None:
            when = f"Due by {spoken_moment(obligation.due_at)}"
        elif obligation.due is not None:
            when = f"Due by {spoken(obligation.due)}"
        else:
            when = "Owed, with no date" if not isinstance(obligation.rule, ByEvent) else "Owed"
        return f"{when}: {self._arithmetic(obligation)}{self._skipped_said(obligation)} ({cited})."

    def _arithmetic(self, obligation: Obligation) -> str:
        start = f"{self.english.the(obligation.start.event.kind)} on {_on(obligation.start.event)}"
        series = obligation.series
        if obligation.duty.quota is not None:
            return f"{obligation.duty.quota.percent}% of those since {start}; {obligation.progress}"
        if series is not None:
            if series.month is not None:
                return f"once in every calendar month, since {start}"
            interval = "" if obligation.interval is None else f"{obligation.interval} "
            return f"{interval}from {spoken(obligation.base.day or 0)}, {self._last_time(obligation)}"
        return self._rule(obligation.rule, obligation, start)

    def _last_time(self, obligation: Obligation) -> str:
        if obligation.from_id == obligation.start.event.id:
            return f"when {self.english.the(obligation.start.event.kind)}"
        if obligation.from_id.startswith("evidence-from-"):
            return "the first day the source holds"
        return "the last time it was done"

    def _rule(self, rule: Due, obligation: Obligation, start: str) -> str:
        base = obligation.base
        other_day = base.day is not None and base.day != obligation.start.event.day
        counted = f"{spoken(base.day or 0)}, as recorded when {start}" if other_day else start
        if isinstance(rule, AfterPeriod):
            how = "beginning with the day" if base.beginning_with and not other_day else "after"
            return f"{rule.period} {how} {counted}"
        if isinstance(rule, SameDay):
            return f"the same day as {counted}"
        if isinstance(rule, FromField):
            called = self.english.called(rule.field)
            return (
                f"{called} recorded when {start}"
                if obligation.start.fields.get(rule.field) is not None
                else f"{called} was not recorded when {start}"
            )
        if isinstance(rule, FromFact):
            called = rule.fact.words.get("called", f"the {rule.fact.id.replace('_', ' ')}")
            dated = f", {spoken(obligation.dated)}" if obligation.dated is not None else ""
            return f"{rule.period} {'before' if rule.before else 'after'} {called}{dated}" if rule.period else called
        if isinstance(rule, Earliest):
            return "the earliest of: " + "; ".join(self._rule(one, obligation, start) for one in rule.parts)
        if isinstance(rule, ByEvent):
            return f"before {self.english.kind(rule.by)}, since {start}"
        return f"since {start}"

    def _skipped(self, obligation: Obligation) -> list[tuple[str, str]]:
        first, last = self._counted_span(obligation)
        if first is None or last is None or last < first:
            return []
        return [(iso(day), why) for day, why in _skipped(self.calendar, first, last)]

    def _counted_span(self, obligation: Obligation) -> tuple[int | None, int | None]:
        if obligation.dated is not None:
            return obligation.due, obligation.dated - 1
        if obligation.extensions or obligation.base.day is None:
            return None, None
        return obligation.base.day + (0 if obligation.base.beginning_with else 1), obligation.due

    def _skipped_said(self, obligation: Obligation) -> str:
        period = _period_of(obligation)
        if period is None or period.unit != "working days" or obligation.due is None:
            return ""
        first, last = self._counted_span(obligation)
        if first is None or last is None or last < first:
            return ""
        return _skipped_words(self.calendar, first, last)

    def _standing(self, obligation: Obligation, as_at: int) -> str:
        state = obligation.state(as_at)
        if state in (MET, MET_LATE) and obligation.met is not None:
            late = f", {_days(obligation.met_day, obligation.due)} late" if state == MET_LATE else ""
            return f"Met{late}: {self.english.the(obligation.met.event.kind)} on {spoken(obligation.met_day or 0)}."
        if state == OVERDUE and obligation.due is not None:
            return f"Overdue by {_days(as_at, obligation.due)}."
        if state in (FELL_AWAY, MISSED) and obligation.ended is not None:
            word = "Fell away" if state == FELL_AWAY else "Missed"
            late = (
                f", when it was {_days(obligation.ended_day, obligation.due)} late"
                if obligation.due is not None and (obligation.ended_day or 0) > obligation.due
                else ""
            )
            return f"{word}: {self.english.the(obligation.ended.event.kind)} on {_on(obligation.ended.event)}{late}."
        if state == MISSED and obligation.dated is not None:
            return f"Missed: {spoken(obligation.dated)} has passed."
        if state == CANNOT_BE_MET:
            return "The day was already gone when the date became known."
        if state == CANNOT_TELL:
            return "Cannot tell: " + "; ".join(self._cannot_tell(obligation)) + "."
        return ""

    def _cannot_tell(self, obligation: Obligation) -> list[str]:
        why = []
        if obligation.problem:
            why.append(obligation.problem)
        if obligation.is_unseen:
            quota = obligation.duty.quota
            counted = () if quota is None else (quota.of,)
            kinds = dict.fromkeys(clause.kind for clause in (*obligation.duty.meets, *counted))
            why.append("the source does not say whether " + " or ".join(self.english.kind(kind) for kind in kinds))
        why += [
            f"the source does not say enough of {self.english.the(heard.event.kind)}, on {_on(heard.event)}"
            for heard, _ in obligation.unsure
        ]
        return why

    def _why_not(self, heard: Heard, written: Any) -> str:
        where = written.get("where") if isinstance(written, dict) else None
        return f"it counts only when {self.english.condition(where)}" if where else ""


def _period_of(obligation: Obligation) -> Period | None:
    rule = obligation.rule
    if obligation.series is not None:
        interval: Period | None = obligation.interval
        return interval
    return rule.period if isinstance(rule, AfterPeriod | FromFact) else None


def _event(heard: Heard) -> dict[str, Any]:
    event = heard.event
    return {"id": event.id, "kind": event.kind, "when": iso(event.day)}


def _on(event: Event) -> str:
    return spoken(event.day) if event.at is None or event.at == 0 else spoken_moment(event.at)


def _iso(day: int | None) -> str | None:
    return None if day is None else iso(day)


def _late_words(given: int, before: int | None) -> str:
    return f", when it was {_days(given, before)} overdue" if before is not None and given > before else ""


def _days(later: int | None, earlier: int | None) -> str:
    number = (later or 0) - (earlier or 0)
    return f"{number} day" if number == 1 else f"{number} days"


@lru_cache(maxsize=65536)
def _skipped(calendar: Calendar, first: int, last: int) -> tuple[tuple[int, str], ...]:
    return tuple(calendar.skipped(first, last))


@lru_cache(maxsize=65536)
def _skipped_words(calendar: Calendar, first: int, last: int) -> str:
    weekend = 0
    holidays = []
    for day, why in _skipped(calendar, first, last):
        if day in calendar.holidays:
            holidays.append(f"{spoken(day).rpartition(' ')[0]} ({why})")
        else:
            weekend += 1
    if not weekend and not holidays:
        return ""
    said = [*([f"{weekend} weekend day{'s' if weekend != 1 else ''}"] if weekend else []), *holidays]
    return f", not counting {', '.join(said[:-1])}{' and ' if len(said) > 1 else ''}{said[-1]}"
