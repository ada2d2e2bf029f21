"""A family, and an adult's page."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kith.core import clock
from kith.people import selectors as people
from kith.people import sharing
from kith.people.policies import Shut
from kith.record.chronology import chronology
from kith.web import said, visitor
from kith.web.answers import answered
from kith.web.child import details, filters, presenters
from kith.web.child.network import reach


@visitor.signed_in
def family(request: HttpRequest, family: uuid.UUID) -> HttpResponse:
    """The members of a family that the viewer may see, who lives together, and what they share."""
    viewer, today = visitor.viewer(request), clock.today()
    children = people.children_in(family)
    may = sorted(people.may_open(viewer, children))
    if not may:
        raise Shut(told=False)
    opened = [people.child_for(viewer, one, page="family") for one in may]
    events = {
        one.told.event.id: one
        for child in opened
        for one in filters.readable(viewer, child, chronology(child.id))
        if "family" in one.told.event.names and not one.about_the_record
    }
    shared = sorted(events.values(), key=lambda one: one.stands.event.order, reverse=True)[:20]
    context = {
        "children": [_child(one, today) for one in opened], "adults": [_adult(one) for one in people.adults_of(family) if sharing.covers(viewer, "relationship")],
        "homes": _homes(opened, family, today) if sharing.covers(viewer, "home") else [], "lines": [presenters.line(one, may[0], {}) for one in shared], "child": may[0],
        "name": _("Family of %(names)s") % {"names": ", ".join(one.person.name for one in opened if one.person.name)},
    }  # fmt: skip
    return render(request, "family/family.html", context)


def _child(one: Any, today: Any) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.person.name,
        "age": said.age(one.person.born_on, one.person.expected_on, today, one.person.died_on),
    }


def _adult(one: Any) -> dict[str, Any]:
    return {"id": one.person_id, "name": one.person.name, "relation": answered("relation", one.relation)}


def _homes(opened: list[Any], family: uuid.UUID, today: Any) -> list[list[str]]:
    """Who lives together, of those on the page: names only, and no address."""
    ids = [*(one.id for one in opened), *(one.person_id for one in people.adults_of(family))]
    homes: dict[str, list[str]] = {}
    for picture in people.portraits_of(ids).values():
        stay = picture.stay_on(today.toordinal())
        if stay is not None:
            homes.setdefault(stay.home, []).append(picture.called(today.toordinal()))
    return list(homes.values())


@visitor.signed_in
def person(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """An adult: who they are, how to reach them safely, which children they belong to."""
    viewer, today = visitor.viewer(request), clock.today()
    opened = people.person_for(viewer, person, page="person")
    picture = people.shown_to(viewer, opened, people.portrait_of(opened.id))
    around = people.children_around(opened.id)
    may = people.may_open(viewer, around)
    context = {
        "opened": opened, "who": presenters.who(picture, today, filters.names_for(viewer, picture), ()),
        "children": [{"id": one, "name": name} for one, name in people.names_of(sorted(may)).items()],
        "reaches": [reach(one) for one in picture.reaches.values() if one.until is None],
        "links": details.links(opened.id, details.ADULTS) if viewer.may("record") else [],
    }  # fmt: skip
    return render(request, "family/person.html", context)
