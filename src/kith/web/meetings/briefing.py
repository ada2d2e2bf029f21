"""What a worker will say at a meeting, under the headings of the procedure: filled in from the child's latest assessment with where it
came from, and looked through before it stands in the room (WOR-313)."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.casework import assessments, policies
from kith.casework.assessment_story import story_of
from kith.forms import selectors as forms
from kith.meetings import live
from kith.people import sharing
from kith.people.selectors import Opened
from kith.record.selectors import Told
from kith.rules.forms import FROM_ASSESSMENT, Question, keys_of_assessment
from kith.rules.rooms import Room
from kith.web import said, visitor
from kith.web.meetings import called
from kith.web.meetings.room import Standing, standing


@dataclass(frozen=True)
class Drawn:
    """What an assessment says under each heading, and from which day it is."""

    day: dt.date | None = None
    authorised: bool = False
    says: Mapping[str, str] = field(default_factory=dict)

    @property
    def where_from(self) -> str:
        """Where it was filled in from, for whoever looks it through."""
        if self.day is None:
            return ""
        told = {"day": said.day(self.day)}
        if self.authorised:
            return _("From the assessment of %(day)s. Check it before you save.") % told
        return _("From the assessment of %(day)s, which is not authorised yet. Check it before you save.") % told


def headings(room: Room) -> list[Question]:
    """The questions of a room under which the worker speaks from an assessment."""
    return [one for one in room.questions if one.prefill.startswith(FROM_ASSESSMENT) and not one.for_each]


def drawn(viewer: Viewer, opened: Opened, asked: list[Question]) -> Drawn:
    """What the child's latest assessment says under each heading. One about a matter or a person of its own, such as the risk of
    domestic abuse, is not a child's assessment and is never drawn on; nothing for somebody to whom assessments are not shown."""
    if not sharing.covers(viewer, "assessment"):
        return Drawn()
    spec = forms.form("assessment")
    own = {a_type for page in spec.pages for a_type in page.of_types} if spec else set()
    for row in assessments.of_child(opened.id):
        given_up = row.ended_on is not None and row.authorised_on is None
        text = None if row.a_type in own or given_up else story_of(opened.id, row.assessment).text
        if text is not None:
            says = {one.key: _says(text, one, str(opened.id)) for one in asked}
            return Drawn(dt.date.fromordinal(text.event.day), row.authorised_on is not None, says)
    return Drawn()


def _says(text: Told, one: Question, child: str) -> str:
    part = text.words.get("parts", {}).get(child, {})
    answers = [part.get(key) or text.words.get(key) for key in keys_of_assessment(one)]
    return "\n\n".join(str(each) for each in answers if each)


@visitor.signed_in
def briefing(request: HttpRequest, child: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """The worker's briefing before a meeting: what is saved here stands in the room."""
    here = standing(request, child, meeting, "worker's briefing")
    if here is None:
        return visitor.not_found(request)
    policies.check_may_record(here.viewer, here.opened)
    asked = headings(here.room)
    if not asked or here.meeting.held is not None:  # a kind of meeting without one, or one that is over
        return redirect("meeting", here.opened.id, here.meeting.id)
    if request.method == "POST":
        return _saved(request, here, asked)
    found = drawn(here.viewer, here.opened, asked)
    context = {
        "title": called.title(here.meeting.a_type), "children": list(here.children.values()), "child": here.opened.id, "meeting": here.meeting.id,
        "version": here.version, "rows": list(_rows(here, asked, found)), "none": found.day is None,
        "settled": [one.words.get("matter", "") for one in here.meeting.settled],
    }  # fmt: skip
    return render(request, "meetings/briefing.html", context)


def _rows(here: Standing, asked: list[Question], found: Drawn) -> Iterator[dict[str, Any]]:
    for one in asked:
        name, drawn_text = f"q.{one.key}", found.says.get(one.key, "")
        kept = here.typed.get(name)
        yield {
            "name": name, "id": f"q-{one.key}", "asks": one.asks, "text": drawn_text if kept is None else kept,
            "from": found.where_from if drawn_text and kept in (None, drawn_text) else "",
        }  # fmt: skip


def _saved(request: HttpRequest, here: Standing, asked: list[Question]) -> HttpResponse:
    names = {f"q.{one.key}" for one in asked}
    typed = {name: request.POST[name] for name in names if name in request.POST}
    version = request.POST.get("version", "")
    try:
        saved = live.save(
            uuid.UUID(here.meeting.id), typed, int(version) if version.isdigit() else here.version, by=here.viewer
        )
    except (live.Alone, live.Recorded):
        return redirect("meeting-room", here.opened.id, here.meeting.id)
    if saved.both:
        messages.warning(
            request, _("Somebody else wrote in the same place. Both texts are kept: choose the one that stands.")
        )
        return redirect("meeting-room", here.opened.id, here.meeting.id)
    messages.success(request, _("Saved. It stands in the room, where it can still be changed."))
    return redirect("meeting", here.opened.id, here.meeting.id)
