"""Family and network: the genogram and ecomap, as pictures and as words, for the worker and for the room."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from kith.access.viewer import Viewer
from kith.core import clock
from kith.people import selectors as people
from kith.people import sharing
from kith.people.ecomap import svg as ecomap_svg
from kith.people.ecomap import words as ecomap_words
from kith.people.genogram import svg as genogram_svg
from kith.people.genogram import words as genogram_words
from kith.people.knowing import Marks, for_reader
from kith.people.pictures import Drawing
from kith.people.portrait import Portrait
from kith.people.selectors import Opened
from kith.web import said, visitor
from kith.web.answers import answered
from kith.web.child.presenters import kept_words
from kith.web.child.views import around
from kith.web.register import views as register


@visitor.signed_in
def network(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The genogram and the ecomap, with who lived where on a day of the slider."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="network", known_on=day)
    known_at = visitor.end_of(day) if day else None
    on = _on(request, day)
    drawing = Drawing(viewer, opened.id, on, known_at)
    for_room = "room" in request.GET
    picture = drawing.picture(leave_out=request.GET.getlist("leave_out") if for_room else (), for_room=for_room)
    ecomap = drawing.ecomap()
    helpers = [] if for_room or not sharing.covers(viewer, "professional") else register.helpers(opened.id, known_at)
    context = around(request, opened, "network") | {
        # The pictures are made by our own code, which escapes every word it is given.
        "genogram": mark_safe(genogram_svg.draw(picture, on, href=None if for_room else _href(drawing), fit=False)),  # noqa: S308
        "rows": genogram_words.as_table(picture, on), "key": genogram_words.key(picture, on), "sentences": genogram_words.as_list(picture, on),
        "ecomap": mark_safe(ecomap_svg.draw(ecomap, fit=False)) if ecomap.ties else "",  # noqa: S308
        "tie_rows": ecomap_words.as_table(ecomap), "ecomap_key": ecomap_words.key(ecomap), "on": on, "for_room": for_room,
        "looked": "looked" in request.GET, "members": picture.members, "left_out": request.GET.getlist("leave_out"),
        "everyone": drawing.picture().members, "slider": _slider(drawing, on), "people": _people(drawing, on, viewer, opened),
        "helpers": helpers, "levels_wanting": register.levels_wanting(helpers),
    }  # fmt: skip
    return render(request, "child/room.html" if for_room and "looked" in request.GET else "child/network.html", context)


def _on(request: HttpRequest, day: dt.date | None) -> dt.date:
    """The day of the picture: that of the slider, never later than today or the day it is seen as known on."""
    latest = day or clock.today()
    try:
        asked = dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        try:
            asked = dt.date.fromordinal(int(request.GET.get("on_day", "")))
        except ValueError:
            return latest
    return min(asked, latest)


def _href(drawing: Drawing) -> Any:
    children = {one.id for one in drawing.portraits.values() if one.is_child}
    return lambda one: reverse("child" if one in children else "person", args=[one])


def _slider(drawing: Drawing, on: dt.date) -> dict[str, Any]:
    """From the first day anyone moved or was born to today, with the days on which something changed as marks."""
    changes = {stay.since for one in drawing.portraits.values() for stay in one.stays}
    changes |= {stay.until for one in drawing.portraits.values() for stay in one.stays if stay.until}
    first = min(changes, default=on.toordinal())
    days = sorted(day for day in changes if day <= clock.today().toordinal())
    return {
        "min": first, "max": clock.today().toordinal(), "value": on.toordinal(), "day": said.day(on),
        "days": [(dt.date.fromordinal(day).isoformat(), said.day(dt.date.fromordinal(day))) for day in days],
    }  # fmt: skip


def _readable(drawing: Drawing, viewer: Viewer, opened: Opened, ids: list[uuid.UUID]) -> dict[uuid.UUID, Portrait]:
    """The pictures of the people around the child, without the numbers that the viewer may not know."""
    now = people.portraits_of(ids)
    then = people.portraits_of(ids, drawing.known_at) if drawing.known_at else now
    close, theirs = people.works_with(viewer, opened), people.worked_with(viewer, ids)
    return {
        one: for_reader(
            sharing.narrowed(viewer, told), Marks.of(now[one]), works_with=one in theirs if told.is_child else close
        )
        for one, told in then.items()
    }


def _people(drawing: Drawing, on: dt.date, viewer: Viewer, opened: Opened) -> list[dict[str, Any]]:
    """The network as a list: who each is, whether they are safe, hold parental responsibility, and how to reach them safely."""
    child = drawing.portraits[drawing.child]
    found = _readable(drawing, viewer, opened, [uuid.UUID(bond.other) for bond in child.bonds.values()])
    told = []
    for bond in child.bonds.values():
        one = found[uuid.UUID(bond.other)]
        if one.is_child and one.id not in drawing.portraits:
            continue
        told.append({
            "id": one.id, "name": one.called(on.toordinal()), "relation": answered("relation", bond.relation), "is_child": one.is_child,
            "responsibility": one.id in child.responsibilities and child.responsibilities[one.id].until is None,
            "through": answered("through", child.responsibilities[one.id].says.get("through")) if one.id in child.responsibilities else "",
            "safe": one.id in child.safe_adults and child.safe_adults[one.id].until is None, "until": said.day(dt.date.fromordinal(bond.until)) if bond.until else "", "end": "" if bond.until else f"relationship:{bond.id}~{bond.other}",
            "reaches": [reach(thing) for thing in one.reaches.values() if thing.until is None],
        })  # fmt: skip
    return told


def reach(thing: Any) -> dict[str, Any]:
    """A way to reach somebody, with when it is safe and what may be said."""
    says = thing.says
    return {
        "by": answered("reach_by", says.get("reach_by")), "value": thing.words.get("value", "") or kept_words(), "safe": says.get("safe"),
        "when": thing.words.get("when_safe", ""), "who": says.get("may_say_who"), "may_know": answered("may_know", says.get("may_know")),
    }  # fmt: skip
