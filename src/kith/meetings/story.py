"""One meeting whole, folded from the record: who asked, when and where, who is to come, what is ready, what was said and agreed."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from kith.core.ids import uuid_of
from kith.meetings.meeting import Guest, KeptOut, Meeting, Part, Score
from kith.record.selectors import Told, told_about

STEMS = ("meeting", "agreement", "stage", "safety", "proposal", "plan", "action", "promise")
NAMES = ("person", "worker", "agency", "guest")


def of_child(child: uuid.UUID, known_at: dt.datetime | None = None) -> dict[str, Meeting]:
    """Every meeting about a child, by id as text, in the order they came about."""
    return folded(child, told_about([child], STEMS, known_at)[child])


def folded(child: uuid.UUID, told: Iterable[Told]) -> dict[str, Meeting]:
    """Every meeting that the events about a child tell of, as `of_child` says them."""
    found: dict[str, Meeting] = {}
    events = sorted(told, key=lambda one: one.event.order)
    for one in events:
        for key in one.ids("meeting"):
            _hear(found.setdefault(key, Meeting(key)), one, str(child))
    for meeting in found.values():
        _who_came(meeting)
    plans = {one.family_plan: one for one in found.values() if one.family_plan}
    for one in events:
        if one.event.kind in ("plan.approved/family", "plan.started/family"):
            for key in one.ids("plan"):
                if key in plans:
                    plans[key].plan_approved |= one.event.kind == "plan.approved/family"
                    plans[key].plan_started |= one.event.kind == "plan.started/family"
    return {key: one for key, one in found.items() if one.state or one.guests}


def before(meeting: Meeting, every: Iterable[Meeting]) -> Meeting | None:
    """The meeting of the same kind held last before this one: those who were there are asked again first (WOR-336)."""
    held = [one for one in every if one.held and one.a_type == meeting.a_type and one.id != meeting.id]
    held = [one for one in held if meeting.held is None or (one.on or dt.date.min) < (meeting.on or dt.date.max)]
    return max(held, key=lambda one: (one.on or dt.date.min, one.id), default=None)


def one_of(child: uuid.UUID, meeting: uuid.UUID, known_at: dt.datetime | None = None) -> Meeting | None:
    """A meeting of a child; None for what is none of theirs."""
    return of_child(child, known_at).get(str(meeting))


def _hear(meeting: Meeting, one: Told, child: str) -> None:
    kind, _slash, a_type = one.event.kind.partition("/")
    if kind.startswith("meeting."):
        meeting.a_type = a_type or meeting.a_type
        # Arranging it says anew whom it is about: a brother or sister may be taken out of a meeting that is arranged again.
        before = () if kind == "meeting.arranged" else meeting.children
        meeting.children = tuple(dict.fromkeys([*before, *one.ids("child")]))
    if kind in HEARS:
        HEARS[kind](meeting, one)
    elif kind == "safety.scored":
        _scored(meeting, one, child)


def _day(one: Told) -> dt.date:
    return dt.date.fromordinal(one.event.day)


def _who(one: Told) -> Iterable[tuple[str, str]]:
    """Whom an event names, the first kind of name there is: a guest's own number only where nothing else is known of them."""
    for name in NAMES:
        if ids := one.ids(name):
            return [(key, name) for key in ids]
    return []


def _asked(meeting: Meeting, one: Told) -> None:
    meeting.asked = meeting.asked or one


def _arranged(meeting: Meeting, one: Told) -> None:
    meeting.changes += meeting.arranged is not None
    meeting.arranged, meeting.not_held = one, None
    meeting.words |= one.words
    says = one.event.fields
    meeting.minutes = int(float(str(says["minutes"]))) if says.get("minutes") else meeting.minutes
    meeting.chair = next(iter(one.ids("chair")), meeting.chair)
    meeting.coordinator = next(iter(one.ids("coordinator")), meeting.coordinator)
    _booked(meeting, one)
    _moved(meeting, one)


def _booked(meeting: Meeting, one: Told) -> None:
    for name in ("room_booked", "chair_confirmed"):
        yes = one.event.fields.get(name)
        setattr(meeting, name, yes if isinstance(yes, bool) else getattr(meeting, name))


def _moved(meeting: Meeting, one: Told) -> None:
    day = one.event.fields.get("held_on")
    meeting.on = dt.date.fromisoformat(str(day)) if day else meeting.on
    meeting.starts_at = str(one.words.get("starts_at") or meeting.starts_at)
    meeting.venue = str(one.words.get("venue") or meeting.venue)
    if one.event.kind.startswith("meeting.moved"):
        meeting.changes, meeting.room_booked, meeting.chair_confirmed = meeting.changes + 1, None, None
        # Whoever was told of the old time is to be told of the new one.
        for guest in meeting.guests.values():
            guest.invited, guest.reply = None, ""


def _cancelled(meeting: Meeting, one: Told) -> None:
    meeting.not_held = one
    meeting.changes += 1


def _named(meeting: Meeting, one: Told) -> None:
    for key, named_as in _who(one):
        if key in meeting.kept_out:
            continue
        guest = meeting.guest(key, named_as)
        guest.part = str(one.event.fields.get("guest_part", guest.part))
        guest.who, guest.named_by = str(one.words.get("who", guest.who)), str(one.words.get("named_by", ""))
        agreed = one.event.fields.get("guest_agreed")
        guest.agreed, guest.why_not_agreed = (
            agreed if isinstance(agreed, bool) else None,
            str(one.words.get("not_agreed_why", "")),
        )
        _needs(guest, one)


def _needs(guest: Guest, one: Told) -> None:
    if one.words.get("needs"):
        guest.needs.append(str(one.words["needs"]))


def _removed(meeting: Meeting, one: Told) -> None:
    for name in NAMES:
        for key in one.ids(name):
            meeting.guests.pop(key, None)


def _kept_out(meeting: Meeting, one: Told) -> None:
    says = one.event.fields
    for key in one.ids("person"):
        meeting.guests.pop(key, None)
        meeting.changes += 1
        meeting.kept_out[key] = KeptOut(
            key, _day(one), says.get("told_beforehand") is True, one.words, str(says.get("by_role", ""))
        )


def _let_in(meeting: Meeting, one: Told) -> None:
    for key in one.ids("person"):
        meeting.kept_out.pop(key, None)


def _each(meeting: Meeting, one: Told) -> Iterable[Guest]:
    return [meeting.guest(key, named_as) for key, named_as in _who(one) if key not in meeting.kept_out]


def _invited(meeting: Meeting, one: Told) -> None:
    for guest in _each(meeting, one):
        guest.invited = _day(one)


def _replied(meeting: Meeting, one: Told) -> None:
    for guest in _each(meeting, one):
        guest.reply, guest.views = str(one.event.fields.get("reply", "")), str(one.words.get("views", guest.views))
        _needs(guest, one)


def _prepared(meeting: Meeting, one: Told) -> None:
    for guest in _each(meeting, one):
        says = one.event.fields
        guest.prepared, guest.advocate = _day(one), str(says.get("advocate_offered", guest.advocate))
        placed = says.get("support_in_place")
        guest.in_place = placed if isinstance(placed, bool) else guest.in_place
        _needs(guest, one)


def _paper(meeting: Meeting, one: Told) -> None:
    says = one.event.fields
    meeting.papers[str(says.get("paper", ""))] = (str(says.get("paper_stands", "")), str(one.words.get("why", "")))


def _step(meeting: Meeting, one: Told) -> None:
    meeting.steps[str(one.event.fields.get("step", ""))] = one


def _heard_from(meeting: Meeting, one: Told) -> None:
    for guest in _each(meeting, one):
        guest.heard.append(str(one.words.get("said", "")))


def _when_they_can(meeting: Meeting, one: Told) -> None:
    for guest in _each(meeting, one):
        if one.event.kind.startswith("meeting.availability_asked"):
            guest.asked_when = _day(one)
        else:
            guest.can_come = str(one.words.get("dates", ""))


def _signed(meeting: Meeting, one: Told) -> None:
    for guest in _each(meeting, one):
        guest.signed = str(one.event.fields.get("signs", ""))


def _held(meeting: Meeting, one: Told) -> None:
    meeting.held, meeting.on = one, _day(one)
    for name in NAMES:
        for key in one.ids(name):
            meeting.guest(key, name)


def _who_came(meeting: Meeting) -> None:
    """Who was there, once everybody on the list is known: somebody may be put on it after the day of the meeting."""
    if meeting.held is None:
        return
    came = {key for name in NAMES for key in meeting.held.ids(name)}
    attended = dict(meeting.held.words.get("attendance", {}))
    for key, guest in meeting.guests.items():
        guest.came = str(attended.get(key, "came" if key in came else ""))


def _stage(meeting: Meeting, one: Told) -> None:
    meeting.stages.append(str(one.event.fields.get("stage", "")))


def _scored(meeting: Meeting, one: Told, child: str) -> None:
    says = one.event.fields
    person = next(iter(one.ids("person") or one.ids("worker") or one.ids("guest")), child)
    how, shown = str(says.get("given_how", "")), says.get("shown_to_room") is True
    meeting.scores.append(Score(person, float(str(says["score"])), how, shown, str(one.words.get("why", ""))))


def _proposal(meeting: Meeting, one: Told) -> None:
    meeting.family_plan = next(iter(one.ids("plan")), meeting.family_plan)
    for key in one.ids("proposal"):
        number = len(meeting.parts) + 1
        meeting.parts[key] = Part(
            key, number, str(one.words.get("own_words", "")), list(one.ids("person")), said=one.words
        )


def _answered_part(meeting: Meeting, one: Told) -> None:
    for key in one.ids("proposal"):
        if key in meeting.parts:
            part = meeting.parts[key]
            part.answer, part.words = str(one.event.fields.get("answer", "")), {**one.event.fields, **one.words}


def _sent(meeting: Meeting, one: Told) -> None:
    for guest in _each(meeting, one):
        guest.sent, guest.sent_told = _day(one), one


def _keep(name: str, *, as_day: bool = False) -> Any:
    def hear(meeting: Meeting, one: Told) -> None:
        setattr(meeting, name, _day(one) if as_day else one)

    return hear


def _add(name: str) -> Any:
    def hear(meeting: Meeting, one: Told) -> None:
        getattr(meeting, name).append(one)

    return hear


def _returned(meeting: Meeting, one: Told) -> None:
    meeting.returned, meeting.submitted = str(one.words.get("comment", "")), None


HEARS: Mapping[str, Any] = {
    "meeting.requested": _asked, "meeting.answered": _add("answered"), "meeting.arranged": _arranged, "meeting.moved": _moved, "meeting.booked": _booked, "meeting.cancelled": _cancelled,
    "meeting.guest_named": _named, "meeting.guest_removed": _removed, "meeting.kept_out": _kept_out, "meeting.let_in": _let_in,
    "meeting.invited": _invited, "meeting.replied": _replied, "meeting.prepared": _prepared, "meeting.information_settled": _add("settled"),
    "meeting.heard_from": _heard_from, "meeting.step_noted": _step, "meeting.availability_asked": _when_they_can, "meeting.availability_given": _when_they_can, "agreement.signed": _signed,
    "meeting.made_safe": _keep("safe"), "meeting.paper_noted": _paper, "meeting.refused": _keep("refused"), "meeting.refusal_explained": _add("explained"),
    "meeting.held": _held, "stage.addressed": _stage, "proposal.made": _proposal, "plan.part_answered": _answered_part,
    "meeting.record_submitted": _keep("submitted", as_day=True), "meeting.record_approved": _keep("approved", as_day=True), "meeting.record_returned": _returned,
    "meeting.record_sent": _sent, "meeting.record_added": _add("added"), "meeting.debriefed": _add("debriefs"), "meeting.feedback_given": _add("feedback"), "meeting.stopped": _add("stopped"),
    "meeting.circulation_confirmed": _add("confirmed"),
    "action.agreed": _add("actions"), "promise.made": _add("promises"),
}  # fmt: skip


def narrowed(meeting: Meeting, covers: Callable[[str], bool]) -> Meeting:
    """A meeting as somebody sees it whose agreement covers some kinds of entries: who is kept out of it and why, and what was settled of
    people's own matters, never; a child's own words, scores and plans where they are covered."""
    parts, actions, promises = (meeting.parts, meeting.actions, meeting.promises) if covers("plan") else ({}, [], [])
    return replace(
        meeting, kept_out={}, settled=[], debriefs=[], feedback=[], stopped=[], safe=None, asked=meeting.asked if covers("view") else None,
        scores=meeting.scores if covers("safety") else [], parts=parts, actions=actions, promises=promises, own_words=covers("view"),
        words={key: text for key, text in meeting.words.items() if key != "handling"},
        guests={key: replace(one, needs=[], views="", heard=[], signed="") for key, one in meeting.guests.items()},
    )  # fmt: skip


def keys_of(meeting: Meeting) -> set[uuid.UUID]:
    """The ids of everybody a meeting names, for finding what they are called."""
    told = [
        *meeting.guests,
        *meeting.kept_out,
        *(one.person for one in meeting.scores),
        meeting.chair,
        meeting.coordinator,
    ]
    told += [key for part in meeting.parts.values() for key in part.who]
    told += [
        key
        for one in (
            *meeting.actions,
            *meeting.promises,
            *meeting.settled,
            *meeting.added,
            *meeting.debriefs,
            *meeting.feedback,
        )
        for key in one.ids("person")
    ]
    by = {one.by for one in meeting.confirmed if one.by}
    return {key for one in told if (key := uuid_of(one))} | by
