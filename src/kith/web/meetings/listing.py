"""The list of those invited, for whoever organises the meeting and nobody else: names, how each is reached, and whether they come.

Addresses and numbers stand here as far as its reader may know them, and on nothing that anybody else is given (WOR-359, WOR-367).
"""

import datetime as dt
import uuid
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.casework import policies
from kith.core import clock
from kith.core.ids import uuid_of
from kith.meetings import selectors
from kith.meetings.meeting import Guest, Meeting
from kith.people import register
from kith.people import selectors as people
from kith.people.knowing import Marks, for_reader
from kith.people.portrait import Portrait
from kith.people.selectors import Opened
from kith.web import said, visitor
from kith.web.answers import answered
from kith.web.child.views import around
from kith.web.meetings import called
from kith.web.meetings.called import Called
from kith.web.meetings.words import CAME

FAMILY = frozenset(("child", "parent", "carer", "relative", "friend"))


@visitor.signed_in
def invitation_list(request: HttpRequest, child: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """The organiser's list of a meeting."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="invitation list")
    policies.check_may_organise(viewer)
    found = selectors.one_for(viewer, opened.id, meeting)
    if found is None:
        return visitor.not_found(request)
    names = Called(viewer, [found])
    every = list(found.guests.values())
    context = around(request, opened, "meetings") | {
        "title": called.title(found.a_type), "meeting": meeting, "children": list(_children(viewer, found)), "when": called.when(found.on, found.starts_at, clock.today()),
        "found": found, "chair": names(found.chair) if found.chair else "", "reason": found.words.get("purpose", ""), "booked": _stands(found.room_booked), "confirmed": _stands(found.chair_confirmed),
        "family": [_line(one, viewer, opened, names) for one in every if one.part in FAMILY], "others": [_line(one, viewer, opened, names) for one in every if one.part not in FAMILY],
    }  # fmt: skip
    return render(request, "meetings/listing.html", context)


def _stands(yes: bool | None) -> str:
    return _("Not said") if yes is None else _("Yes") if yes else _("Not yet")


def _shown(viewer: Viewer, person: uuid.UUID) -> Portrait:
    picture = people.portrait_of(person)
    return for_reader(picture, Marks.of(picture), works_with=people.works_with_person(viewer, person))


def _children(viewer: Viewer, found: Meeting) -> Iterator[dict[str, str]]:
    today = clock.today()
    may = people.may_open(viewer, [key for one in found.children if (key := uuid_of(one))])
    for key in sorted(may):
        picture = _shown(viewer, key)
        stay = picture.stay_on(today.toordinal())
        yield {
            "name": picture.called(today.toordinal()) or _("Name not recorded"), "born": said.day(dt.date.fromordinal(picture.born)) if picture.born else "",
            "address": ", ".join(filter(None, (stay.address, stay.postcode))) if stay else "",
        }  # fmt: skip


def _line(one: Guest, viewer: Viewer, opened: Opened, names: Called) -> dict[str, str]:
    person = uuid_of(one.key) if one.named_as == "person" else None
    address = numbers = agency = ""
    helper = next((each for each in register.helpers_of(opened.id) if each.person == person), None) if person else None
    if helper is not None and helper.agency is not None:
        agency, address = helper.agency.name, helper.agency.address
        numbers = (helper.post.telephone if helper.post else "") or helper.agency.telephone
    elif person is not None and person != opened.id:
        picture = _shown(viewer, person)
        stay = picture.stay_on(clock.today().toordinal())
        address = ", ".join(filter(None, (stay.address, stay.postcode))) if stay else ""
        numbers = "; ".join(
            str(thing.words["value"])
            for thing in picture.reaches.values()
            if thing.until is None and thing.words.get("value")
        )
    came = str(CAME.get(one.came, "")) or answered("reply", one.reply) or (_("Invited") if one.invited else "")
    return {
        "name": names.guest(one), "part": answered("guest_part", one.part), "agency": agency, "address": address, "numbers": numbers, "notes": "; ".join(one.needs), "attending": came,
    }  # fmt: skip
