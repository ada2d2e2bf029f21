"""The room of a meeting, for whoever leads it and whoever writes: typed live, saved as it is typed, shown large, and then recorded."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.casework import policies
from kith.core.ids import uuid_of
from kith.meetings import actions, live, selectors, story, typed
from kith.meetings.meeting import Meeting
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record.fact import NotRecorded
from kith.rules.rooms import Room
from kith.web import visitor
from kith.web.child import filters
from kith.web.meetings import called, room_fields
from kith.web.meetings.called import Called

STARTS = frozenset(
    (
        "q",
        "came",
        "rules",
        "score",
        "how",
        "shown",
        "why",
        "offer",
        "part",
        "act",
        "promise",
        "new",
        "said",
        "stage",
        "outcome",
        "next",
        "held",
        "private_time",
    )
)
LONGEST = 100_000


class Standing:
    """A meeting whose room is open: what the pack says of it, what is typed so far, and what its people are called."""

    def __init__(self, viewer: Viewer, opened: Opened, meeting: Meeting, room: Room) -> None:
        self.viewer, self.opened, self.meeting, self.room = viewer, opened, meeting, room
        self.names = Called(viewer, [meeting])
        self.children = filters.names_by_id(
            viewer, [key for one in meeting.children if (key := uuid_of(one))], also=str(opened.id)
        )
        self.notes = live.notes_of(uuid.UUID(meeting.id))
        self.typed: dict[str, str] = dict(self.notes.typed) if self.notes else {}
        every = [
            one for one in story.of_child(opened.id).values() if one.held is not None and one.a_type == meeting.a_type
        ]
        self.last = max(every, key=lambda one: one.held.event.order if one.held else (), default=None)

    @property
    def version(self) -> int:
        """The version of the notes that a page made now is made from."""
        return self.notes.version if self.notes else 0


def standing(request: HttpRequest, child: uuid.UUID, meeting: uuid.UUID, page: str) -> Standing | None:
    """The meeting whose room is asked for; None for what is none of its reader's."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page=page)
    found = selectors.one_for(viewer, opened.id, meeting) if selectors.may_write(viewer) else None
    room = selectors.room_of(found.a_type) if found else None
    return None if found is None or room is None else Standing(viewer, opened, found, room)


@visitor.signed_in
def room(request: HttpRequest, child: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """The room: shown, saved, or the meeting is over and recorded."""
    here = standing(request, child, meeting, "meeting room")
    if here is None:
        return visitor.not_found(request)
    policies.check_may_record(here.viewer, here.opened)
    if here.meeting.held is not None:
        return _over(request, here)
    if request.method == "POST":
        return _sent(request, here)
    return _show(request, here)


def _over(request: HttpRequest, here: Standing) -> HttpResponse:
    if request.headers.get("X-Kith-Autosave"):
        return JsonResponse({"over": True}, status=409)
    messages.warning(request, _("This meeting is in the record already. What is wrong in it is corrected there."))
    return redirect("meeting", here.opened.id, here.meeting.id)


def _sent(request: HttpRequest, here: Standing) -> HttpResponse:
    act, key = request.POST.get("act", "save"), uuid.UUID(here.meeting.id)
    if act in ("alone", "back"):
        live.leave_alone(key, alone=act == "alone", how=request.POST.get("private_time", ""), by=here.viewer)
        return redirect("meeting-room", here.opened.id, key)
    try:
        if act in ("put_away", "instead"):
            live.put_away(key, request.POST.get("name", ""), instead=act == "instead", by=here.viewer)
            return redirect("meeting-room", here.opened.id, key)
        version = request.POST.get("version", "")
        saved = live.save(key, _typed(request), int(version) if version.isdigit() else here.version, by=here.viewer)
    except live.Alone:
        return _is_alone(request, here)
    except live.Recorded:
        return _over(request, here)
    if request.headers.get("X-Kith-Autosave"):
        return JsonResponse({"version": saved.version, "changed": dict(saved.changed), "both": list(saved.both)})
    return _after_save(request, here, act, saved)


def _after_save(request: HttpRequest, here: Standing, act: str, saved: live.Saved) -> HttpResponse:
    again = Standing(here.viewer, here.opened, here.meeting, here.room)
    if saved.both:
        messages.warning(
            request, _("Somebody else wrote in the same place. Both texts are kept: choose the one that stands.")
        )
        return _show(request, again, status=409)
    if act == "finish":
        return _finish(request, again)
    messages.success(request, _("Saved. Whoever works on this meeting sees it."))
    return redirect("meeting-room", here.opened.id, here.meeting.id)


def _is_alone(request: HttpRequest, here: Standing) -> HttpResponse:
    """What was typed stays on the page it was typed on: of this time nothing is written down."""
    if request.headers.get("X-Kith-Autosave"):
        return JsonResponse({"alone": True}, status=409)
    return _show(request, here, status=409)


def _typed(request: HttpRequest) -> dict[str, str]:
    """The fields that were sent: a box that is not ticked is not sent at all, and is named beside."""
    found = {
        name: "\n".join(request.POST.getlist(name))[:LONGEST]
        for name in request.POST
        if name.partition(".")[0] in STARTS
    }
    boxes = [name for name in request.POST.get("boxes", "").split() if name.partition(".")[0] in STARTS]
    return {**dict.fromkeys(boxes, ""), **found}


def _finish(request: HttpRequest, here: Standing) -> HttpResponse:
    gaps = room_fields.gaps(here)
    if gaps and not here.typed.get("held.not_covered", "").strip():
        return _show(request, here, status=422, gaps=gaps)
    try:
        done = actions.finish(here.room, here.meeting, here.opened, here.typed, by=here.viewer)
    except NotRecorded as problem:
        return _show(request, here, status=422, error=str(problem), where=problem.field)
    messages.success(request, _("The meeting is in the record."))
    for one in done.left:
        messages.warning(request, _("Not recorded yet, for somebody else to decide: %(what)s") % {"what": one})
    return redirect("meeting", here.opened.id, here.meeting.id)


def _show(
    request: HttpRequest, here: Standing, *, status: int = 200, gaps: list[typed.Problem] | None = None, error: str = "", where: str = ""
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "opened": here.opened, "child": here.opened.id, "meeting": here.meeting.id, "title": called.title(here.meeting.a_type), "room": here.room,
        "children": list(here.children.values()), "version": here.version, "error": error, "where": where, "gaps": gaps or [],
    }  # fmt: skip
    if here.notes is not None and here.notes.alone:
        context |= room_fields.while_alone(here)
        return render(request, "meetings/alone.html", context, status=status)
    context |= room_fields.of(here)
    return render(request, "meetings/room.html", context, status=status)


@visitor.signed_in
def shown(request: HttpRequest, child: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """What the room sees, large: the map, the family's plan, who does what. Never a child's own words, nor a score that its giver keeps to
    themselves."""
    here = standing(request, child, meeting, "meeting shown to the room")
    if here is None:
        return visitor.not_found(request)
    policies.check_may_record(here.viewer, here.opened)
    alone = here.notes is not None and here.notes.alone
    context: Mapping[str, Any] = {
        "title": called.title(here.meeting.a_type), "child": here.opened.id, "meeting": here.meeting.id, "alone": alone,
        "columns": [] if alone else room_fields.for_the_room(here), "scores": [] if alone else room_fields.scores_shown(here),
        "parts": [] if alone else room_fields.parts_shown(here), "actions": [] if alone else room_fields.actions_shown(here), "over": here.meeting.held is not None,
    }  # fmt: skip
    return render(request, "meetings/shown.html", context)


@visitor.signed_in
def since(request: HttpRequest, child: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """What others wrote since a version, for a page that stands open."""
    here = standing(request, child, meeting, "meeting room")
    if here is None:
        return visitor.not_found(request)
    policies.check_may_record(here.viewer, here.opened)
    asked = request.GET.get("version", "")
    if here.notes is None or not asked.isdigit():
        return JsonResponse({"version": here.version, "changed": {}})
    if here.notes.alone or here.notes.recorded_as is not None:
        return JsonResponse(
            {
                "alone": here.notes.alone,
                "over": here.notes.recorded_as is not None,
                "version": here.version,
                "changed": {},
            }
        )
    return JsonResponse({"version": here.version, "changed": live.since(here.notes, int(asked))})
