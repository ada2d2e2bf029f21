"""One meeting: when and where, who is to come and what each needs, what is ready, what was said and agreed, and what follows."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.casework import policies
from kith.core import clock
from kith.core.ids import uuid_of
from kith.meetings import guests as inviting
from kith.meetings import selectors, story
from kith.meetings.meeting import KeptOut, Meeting
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record.fact import NotRecorded
from kith.record.selectors import Told
from kith.rules.rooms import Room
from kith.web import said, visitor
from kith.web.acts import form_address
from kith.web.answers import answered
from kith.web.child import filters
from kith.web.child.views import around
from kith.web.meetings import (
    briefing,
    called,
    circulating,
    copies,
    following,
    guests,
    ready,
    scores,
    setting_up,
    written,
)
from kith.web.meetings.called import Called
from kith.web.meetings.words import STATES


@visitor.signed_in
def meeting(request: HttpRequest, child: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """A meeting of a child."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="meeting", known_on=day)
    found = selectors.one_for(viewer, opened.id, meeting, visitor.end_of(day) if day else None)
    room = selectors.room_of(found.a_type) if found else None
    if found is None or room is None:
        return visitor.not_found(request)
    before = None
    if not viewer.of_partner:  # who was kept out is for the authority's own staff
        before = story.before(found, story.of_child(opened.id, visitor.end_of(day) if day else None).values())
    names = Called(viewer, [found, *([before] if before else [])], day)
    today, now = day or clock.today(), day is None
    others = filters.names_by_id(viewer, [key for one in found.children if (key := uuid_of(one))], day)
    may = viewer.may("record") and now
    around_them = filters.people_around(viewer, opened) if may else []
    context = around(request, opened, "meetings") | {
        "title": called.title(found.a_type), "meeting": meeting, "state": found.state, "state_words": STATES[found.state], "room": room,
        "children": list(others.values()), "when": called.when(found.on, found.starts_at, today) if found.state in ("arranged", "held") else "",
        "facts": list(_facts(found, names)), "guests": [guests.line(one, found, names, opened, today) for one in found.guests.values()],
        "kept_out": [_kept_out(one, names, found, opened, today) for one in found.kept_out.values()], "papers": list(_papers(room, found, opened)),
        "owed": setting_up.owed(found, opened, names, today) if now and not viewer.of_partner else [], "steps": list(setting_up.steps(found, today)) if not viewer.of_partner else [], "suggested": inviting.suggested(room, found, opened, around_them, before) if may and found.state in ("asked", "arranged") else [],
        "wanting": list(ready.wanting(room, found, opened, names, before)) if now else [], "acts": _acts(found, opened, room, listed=policies.may_organise(viewer)) if may else [],
        "clashes": ready.clashes(found) if now and found.state == "arranged" else [], "asked": _asked(found, names), "settled": [_settled(one, names) for one in found.settled],
        "written": written.of(found, room, names, others, before), "parts": [written.part(one, found, opened, names) for one in found.parts.values()],
        "actions": [_action(one, names, today) for one in found.actions], "promises": [_promise(one, names) for one in found.promises],
        "chart": scores.over_time([one for one in story.of_child(opened.id).values() if one.a_type == found.a_type], names, selectors.rooms()) if found.scores else None,
        "follows": list(following.of(room, found, opened)) if may and found.held else [], "to_be_given": list(circulating.of(found, opened, names, around_them)) if may and found.held else [], "confirming": circulating.confirming(found, opened, names, today) if may else None, "feedback": [_words(one, names, "own_words", found) for one in found.feedback],
        "debriefs": [_words(one, names, "said", found) for one in found.debriefs], "added": [_words(one, names, "added", found) for one in found.added], "record_stands": _record(found, today), "stopped": [said.day(dt.date.fromordinal(one.event.day)) for one in found.stopped],
    }  # fmt: skip
    return render(request, "meetings/one.html", context)


@visitor.signed_in
def add_guests(request: HttpRequest, child: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Those ticked of whom the procedure wants are added to who is to come."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="meeting")
    policies.check_may_record(viewer, opened)
    found = selectors.one_for(viewer, opened.id, meeting)
    room = selectors.room_of(found.a_type) if found else None
    if found is None or room is None:
        return visitor.not_found(request)
    if request.method != "POST":
        return redirect("meeting", opened.id, found.id)
    around_them = filters.people_around(viewer, opened)
    before = None if viewer.of_partner else story.before(found, story.of_child(opened.id).values())
    every = {one.key: one for one in inviting.suggested(room, found, opened, around_them, before)}
    chosen = [every[key] for key in request.POST.getlist("guest") if key in every]
    try:
        inviting.add(found, opened, chosen, by=viewer)
        messages.success(request, _("Added. Invite each of them, and write down their reply."))
    except NotRecorded as problem:
        messages.error(request, str(problem))
    return redirect("meeting", opened.id, found.id)


def _facts(found: Meeting, names: Called) -> Iterator[tuple[str, str]]:
    for label, text in (
        (_("Where"), found.venue), (_("Who leads it"), names(found.chair) if found.chair else ""),
        (_("Who co-ordinates it"), names(found.coordinator) if found.coordinator else ""), (_("What it is for"), str(found.words.get("purpose", ""))),
        (_("What the family said of day and place"), str(found.words.get("family_said", ""))), (_("What people need there"), str(found.words.get("access", ""))),
        *_together(found),
        (_("How what is said is handled"), str(found.words.get("handling", ""))),
    ):  # fmt: skip
        if text:
            yield label, text
    if found.arranged:
        fields = found.arranged.event.fields
        for key in found.children:
            part = found.arranged.part(key)
            if part.get("child_takes_part"):
                yield _("How the child takes part"), answered("child_takes_part", part["child_takes_part"])
        if fields.get("part_of"):
            yield _("It is"), answered("part_of", fields["part_of"])


def _together(found: Meeting) -> Iterator[tuple[str, str]]:
    """The review it is held together with, by name and day, or why with none (LIN-056)."""
    says = found.arranged.event.fields if found.arranged else {}
    with_what, joined = str(says.get("combined_review", "")), str(found.words.get("joined_with", ""))
    if not with_what:
        yield _("Held together with"), joined
        return
    if with_what == "none":
        yield _("Why with no other review"), str(found.words.get("not_combined_why", ""))
    else:
        day = says.get("review_due_on")
        named = str(found.words.get("review_named", "")) if with_what in ("known", "other") else ""
        due = _("due %(day)s") % {"day": said.day(dt.date.fromisoformat(str(day)))} if day else ""
        yield _("Held together with"), ", ".join(filter(None, (named or answered("combined_review", with_what), due)))
    yield _("With the meeting of a brother or sister"), joined


def _asked(found: Meeting, names: Called) -> dict[str, Any] | None:
    if found.asked is None:
        return None
    one = found.asked
    return {
        "by": answered("by", one.event.fields.get("by", "")), "who": names(one.ids("person")[0]) if one.ids("person") else "", "day": said.day(dt.date.fromordinal(one.event.day)),
        "purpose": one.words.get("purpose", ""), "own_words": one.words.get("own_words", ""), "help": one.words.get("help", "") or one.words.get("no_help", ""),
        "reasons": answered("referral_reasons", one.event.fields.get("referral_reasons")), "tried": one.words.get("tried", ""), "why_safe": one.words.get("safe_why", ""),
        "answered": [said.day(dt.date.fromordinal(two.event.day)) for two in found.answered],
    }  # fmt: skip


def _kept_out(one: KeptOut, names: Called, found: Meeting, opened: Opened, today: dt.date) -> dict[str, Any]:
    words = one.words
    return {
        "name": names(one.person), "day": said.day(one.on, today), "by": answered("by_role", one.by_role), "risk": words.get("risk", ""), "told": one.told,
        "said": words.get("said_to_them", "") or words.get("not_told_why", ""), "other_way": words.get("other_way", ""), "afterwards": words.get("afterwards", ""),
        "tell": f"{reverse('write-letter', args=[opened.id, 'meeting_kept_out'])}?meeting={found.id}&guest={one.person}" if one.told else "",
        "let_in": form_address(opened.id, "meeting_let_in", found.id, {"person": one.person}),
    }  # fmt: skip


def _papers(room: Room, found: Meeting, opened: Opened) -> Iterator[dict[str, Any]]:
    kinds = [str(one["what"]) for one in room.papers] if found.state in ("asked", "arranged") else []
    for key in dict.fromkeys([*kinds, *found.papers]):
        stands, why = found.papers.get(key, ("", ""))
        yield {
            "what": answered("paper", key), "stands": answered("paper_stands", stands) if stands else _("Not ready yet"), "why": why, "ready": stands == "ready",
            "act": form_address(opened.id, "meeting_paper", found.id, {"paper": key}) if found.state in ("asked", "arranged") else "",
            "href": ready.paper_address(key, opened, room, found),
        }  # fmt: skip


def _settled(one: Told, names: Called) -> dict[str, Any]:
    return {
        "who": ", ".join(names(key) for key in one.ids("person")), "shares": answered("shares", one.event.fields.get("shares", "")), "matter": one.words.get("matter", ""),
        "may": one.words.get("may_be_said", "") or one.words.get("ground", ""), "handled": one.words.get("handled", ""),
    }  # fmt: skip


def _action(one: Told, names: Called, today: dt.date) -> dict[str, Any]:
    by, who = (
        one.event.fields.get("by_when"),
        one.ids("person") or one.ids("worker") or one.ids("agency") or one.ids("guest"),
    )
    return {
        "what": one.words.get("what", ""), "who": ", ".join(names(key) for key in who) or one.words.get("who", ""),
        "by": said.day(dt.date.fromisoformat(str(by)), today) if by else _("No date"),
    }  # fmt: skip


def _promise(one: Told, names: Called) -> dict[str, str]:
    return {"who": ", ".join(names(key) for key in one.ids("person")), "words": str(one.words.get("own_words", ""))}


def _words(one: Told, names: Called, key: str, found: Meeting) -> dict[str, str]:
    guests = found.guests
    return {
        "who": ", ".join(
            [names(person) for person in one.ids("person")]
            or [names(key, guests[key].who) for key in one.ids("guest") if key in guests]
        ),
        "day": said.day(dt.date.fromordinal(one.event.day)),
        "outcome": answered("debrief_outcome", one.event.fields.get("debrief_outcome", "")),
        "words": str(one.words.get(key, "")),
    }


def _record(found: Meeting, today: dt.date) -> str:
    if found.approved:
        return _("Approved %(day)s") % {"day": said.day(found.approved, today)}
    if found.submitted:
        return _("Sent for approval %(day)s") % {"day": said.day(found.submitted, today)}
    return _("Sent back: %(words)s") % {"words": found.returned} if found.returned else _("Not approved yet")


Acts = list[tuple[str, str, bool]]


def _acts(found: Meeting, opened: Opened, room: Room, *, listed: bool) -> Acts:
    """What can be done with the meeting as it stands: words, address, and whether it is the first thing to do; `listed` where the list of those invited is its reader's."""

    def form(name: str, **answers: str) -> str:
        return form_address(opened.id, name, found.id, answers or None)

    chosen: Mapping[str, str] = {"a_type": found.a_type}
    address = reverse("meeting-briefing", args=[opened.id, found.id])
    briefed: Acts = [(_("Write the briefing"), address, False)] if briefing.headings(room) else []
    by_state: Mapping[str, Acts] = {
        "asked": [
            (_("Arrange it"), form("meeting_arrange", **chosen), True), (_("Add somebody who is to come"), form("meeting_guest"), False),
            (_("Answer whoever asked"), form("meeting_answer"), False), (_("There will be no meeting"), form("meeting_refuse", **chosen), False),
        ],
        "arranged": [
            (_("Open the room"), reverse("meeting-room", args=[opened.id, found.id]), True), *briefed, (_("Add somebody who is to come"), form("meeting_guest"), False),
            (_("The room and the chair"), form("meeting_book"), False), *([(_("List of those invited"), reverse("meeting-list", args=[opened.id, found.id]), False)] if listed else []), (_("Health and safety"), form("meeting_safe"), False), (_("Move it"), form("meeting_move"), False), (_("It is not held"), form("meeting_cancel"), False),
            (_("Somebody got in touch"), form("meeting_heard"), False), (_("Something happened in the meeting"), form("meeting_stopped"), False),
        ],
        "held": _held_acts(found, opened, form), "refused": [
            (_("Explain why"), form("meeting_explain"), True), (_("Write why"), f"{reverse('write-letter', args=[opened.id, 'meeting_refused'])}?meeting={found.id}", False),
        ],
        "not_held": [(_("Arrange it again"), form("meeting_arrange", **chosen), True)],
    }  # fmt: skip
    return by_state.get(
        found.state,
        [
            (_("Ask for it"), form("meeting_ask", **chosen), True),
            (_("Arrange it"), form("meeting_arrange", **chosen), False),
        ],
    )


def _held_acts(found: Meeting, opened: Opened, form: Any) -> Acts:
    next_one = form_address(opened.id, "meeting_arrange", answers={"a_type": found.a_type})
    after = [
        (_("Arrange the next one"), next_one, False),
        (_("Add to the record"), form("meeting_add"), False),
        (_("Something happened in the meeting"), form("meeting_stopped"), False),
    ]
    if found.approved:
        return after
    if found.submitted:
        approving = [
            (_("Approve the record"), form("meeting_approve"), True),
            (_("Send it back"), form("meeting_return"), False),
        ]
        return approving + after
    sending = [
        (_("Send the record for approval"), form("meeting_submit"), True),
        (_("Approve the record"), form("meeting_approve"), False),
    ]
    return sending + after


@visitor.signed_in
def calendar(request: HttpRequest, child: uuid.UUID, meeting: uuid.UUID, guest: uuid.UUID) -> HttpResponse:
    """A calendar file for somebody invited: for nobody who is kept out (WOR-432)."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="calendar file")
    policies.check_may_record(viewer, opened)
    found = selectors.one_for(viewer, opened.id, meeting)
    if found is None or found.on is None or str(guest) not in found.guests:
        return visitor.not_found(request)
    name = Called(viewer, [found]).guest(found.guests[str(guest)])
    answer = HttpResponse(copies.file_for(found, str(guest), name, viewer), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer
