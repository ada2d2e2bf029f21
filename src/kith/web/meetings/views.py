"""A child's meetings, and the diary: what is coming, who waits for a meeting, the next free times."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.core import clock
from kith.forms import selectors as forms
from kith.meetings import actions, selectors, story
from kith.meetings.meeting import Meeting
from kith.obligations import selectors as obligations
from kith.people import policies
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record.chronology import chronology
from kith.record.fact import NotRecorded
from kith.record.procedures import stack_of
from kith.rules.rooms import Room
from kith.web import said, visitor
from kith.web.acts import form_address
from kith.web.answers import answered
from kith.web.child import filters
from kith.web.child.views import around
from kith.web.meetings import attendance, called, scores, took_part
from kith.web.meetings.words import STATES
from kith.web.procedure.views import offer
from kith.web.work import presenters as work

AHEAD = 28


@visitor.signed_in
def meetings(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Every meeting of a child, what is owed about meetings, and the kinds that the procedure has."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="meetings", known_on=day)
    known_at = visitor.end_of(day) if day else None
    found = list(story.of_child(opened.id, known_at).values()) if selectors.covered(viewer) else []
    names = called.Called(
        viewer, found, day, also=[key for one in selectors.offers(opened.id, known_at) for key in one.ids("person")]
    )
    today = day or clock.today()
    rows = [_row(one, opened, names, today) for one in reversed(found)]
    context = around(request, opened, "meetings") | {
        "coming": [one for one in rows if one["state"] in ("asked", "arranged")], "past": [one for one in rows if one["state"] not in ("asked", "arranged")],
        "kinds": [] if day else [_kind(one, opened) for one in _kinds()], "owed": [] if day or viewer.of_partner else _owed(opened.id, today),
        "local_offers": [] if day else [offer(one, stack_of(viewer.authority)) for one in stack_of(viewer.authority).local_offers(today.isoformat())],
        "away": selectors.lives_away(opened.id, known_at), "offers": _offers(opened, names, known_at, today) if selectors.offers_covered(viewer) else [],
        "took_part": _took_part(viewer, opened, found, known_at, today), "attendance": attendance.over_time(found, names), "chart": scores.over_time(found, names, selectors.rooms()),
    }  # fmt: skip
    return render(request, "meetings/meetings.html", context)


def _took_part(
    viewer: Viewer, opened: Opened, found: list[Meeting], known_at: dt.datetime | None, today: dt.date
) -> dict[str, Any] | None:
    if viewer.of_partner:
        return None
    entries = filters.readable(viewer, opened, chronology(opened.id, known_at))
    return took_part.of_child(opened, entries, {one.id: one for one in found}, today)


def _kinds() -> list[Room]:
    """The kinds of meeting of the procedure, those that its packs say the purpose of first: they are the families' own."""
    return sorted(selectors.rooms().values(), key=lambda one: (not one.purpose, one.title))


def _row(one: Meeting, opened: Opened, names: called.Called, today: dt.date) -> dict[str, Any]:
    first = _first(one)
    return {
        "href": reverse("meeting", args=[opened.id, one.id]), "title": called.title(one.a_type), "state": one.state, "state_words": STATES[one.state],
        "when": called.when(one.on, one.starts_at, today) if one.state in ("arranged", "held") else said.day(first, today) if first else "",
        "venue": one.venue, "chair": names(one.chair) if one.chair else "", "unapproved": one.state == "held" and one.approved is None,
    }  # fmt: skip


def _first(one: Meeting) -> dt.date | None:
    told = one.refused or one.not_held or one.asked
    return dt.date.fromordinal(told.event.day) if told else one.on


def _kind(room: Room, opened: Opened) -> dict[str, Any]:
    chosen = {"a_type": room.a_type}
    return {
        "title": called.title(room.a_type), "purpose": room.purpose, "also_called": ", ".join(room.also_called), "counts": _counts(room),
        "deciding": f"{reverse('deciding', args=[opened.id])}?route={room.route}" if room.route else "",
        "ask": form_address(opened.id, "meeting_ask", answers=chosen), "arrange": form_address(opened.id, "meeting_arrange", answers=chosen),
        "consider": form_address(opened.id, "meeting_consider", answers=chosen), "refuse": form_address(opened.id, "meeting_refuse", answers=chosen),
        "held": form_address(opened.id, "meeting_held", answers=chosen),
    }  # fmt: skip


def _counts(room: Room) -> str:
    """From when, and why, the council counts a kind of meeting as family group decision-making."""
    if not room.family_decides:
        return ""
    from_on = said.day(dt.date.fromisoformat(str(room.family_decides["from"])))
    return _("Counts as family group decision-making from %(day)s: %(why)s") % {
        "day": from_on,
        "why": room.family_decides["because"],
    }


def _offers(opened: Opened, names: called.Called, known_at: dt.datetime | None, today: dt.date) -> list[str]:
    """Each offer of a family's own meeting, person by person: made, answered, or not made and why (FRG-081)."""
    lines = []
    for one in selectors.offers(opened.id, known_at):
        kind, _slash, a_type = one.event.kind.partition("/")
        what = (
            answered("answer", one.event.fields.get("answer", ""))
            or answered("reason", one.event.fields.get("reason", ""))
            or _("Offered")
        )
        question = forms.question_of(kind, "answer")
        what = question.options.get(str(one.event.fields.get("answer", "")), what) if question else what
        who = ", ".join(names(key) for key in one.ids("person"))
        lines.append(
            f"{said.day(dt.date.fromordinal(one.event.day), today)}: "
            + ", ".join(filter(None, (called.title(a_type), who, what)))
        )
    return lines


def _owed(child: uuid.UUID, today: dt.date) -> list[Any]:
    rows = [
        one
        for one in obligations.in_order(obligations.of_child(child).filter(closed_on=None))
        if any(kind.startswith(("meeting.", "offer.")) for kind in one.meets)
    ]
    return work.lines(rows, today)


@visitor.signed_in
def diary(request: HttpRequest) -> HttpResponse:
    """The meetings of the next weeks that its reader may know of, those who wait for one, and the free times of each kind that has its own."""
    viewer, today = visitor.viewer(request), clock.today()
    if request.method == "POST":
        return _close(request, viewer)
    first = visitor.day_asked(request, "from") or today
    rows = [
        one
        for one in selectors.diary(viewer, first, first + dt.timedelta(days=AHEAD))
        if one.state == "arranged" or one.on == today
    ]
    own = [one for one in rows if viewer.id in (one.chair, one.coordinator)]
    context = {
        "days": _by_day(rows, today), "own": [_entry(one, today) for one in own], "waiting": [_waits(one, today) for one in selectors.waiting(viewer)],
        "slots": [(called.title(one.a_type), one.a_type, [(day.isoformat(), said.day(day, today)) for day in selectors.free_slots(one)]) for one in selectors.rooms().values() if one.slots.get("every")],
        "may_record": viewer.may("record"), "first": said.day(first, today), "earlier": (first - dt.timedelta(days=AHEAD)).isoformat(), "later": (first + dt.timedelta(days=AHEAD)).isoformat(),
    }  # fmt: skip
    return render(request, "meetings/diary.html", context)


def _close(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    policies.check_may(viewer, "record")
    try:
        day = dt.date.fromisoformat(request.POST.get("slot", ""))
        actions.close_slot(request.POST.get("a_type", ""), day, by=viewer)
        messages.success(request, _("Closed. That time is offered to nobody."))
    except NotRecorded as problem:
        messages.error(request, str(problem))
    except ValueError:
        messages.error(request, _("Choose a day that is offered."))
    return redirect("diary")


def _by_day(rows: list[Any], today: dt.date) -> list[tuple[str, list[dict[str, Any]]]]:
    days: dict[dt.date, list[dict[str, Any]]] = {}
    for one in rows:
        days.setdefault(one.on, []).append(_entry(one, today))
    return [(said.day(day, today), entries) for day, entries in days.items()]


def _entry(one: Any, today: dt.date) -> dict[str, Any]:
    return {
        "href": reverse("meeting", args=[one.child_id, one.meeting]), "title": called.title(one.a_type), "name": one.child.name or _("Name not recorded"),
        "time": called.time(one.starts_at), "venue": one.venue, "when": called.when(one.on, one.starts_at, today),
    }  # fmt: skip


def _waits(one: Any, today: dt.date) -> dict[str, Any]:
    days = (today - one.asked_on).days if one.asked_on else 0
    return _entry(one, today) | {
        "days": days,
        "asked": said.day(one.asked_on, today) if one.asked_on else "",
        "arrange": form_address(one.child_id, "meeting_arrange", str(one.meeting), {"a_type": one.a_type}),
    }
