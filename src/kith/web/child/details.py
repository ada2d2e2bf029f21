"""Everything that can be entered or changed about a child or an adult, each by a form of its own."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kith.casework import policies
from kith.forms import selectors as forms
from kith.people import finding
from kith.people import selectors as people
from kith.web import visitor

ABOUT_PEOPLE = (
    "name", "details", "address", "reach", "identifier", "relationship", "responsibility", "safe_adult", "keep_apart", "contact_limit", "alert",
    "tie",
)  # fmt: skip
ADULTS = ("name", "details", "address", "reach", "relationship", "keep_apart", "alert")
UNBORN = ("birth", "pregnancy_ended")


@visitor.signed_in
def details(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The forms about a child, and records that may be of the same child."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="details")
    policies.check_may_record(viewer, opened)
    unborn = opened.person.born_on is None
    wanted = (*ABOUT_PEOPLE, *(UNBORN if unborn else ("death",)))
    alike = finding.likenesses(viewer, opened.id) if viewer.may("merge") and viewer.may("search") else []
    context = {
        "opened": opened,
        "child": opened.id,
        "links": links(opened.id, wanted),
        "alike": alike,
        "may_enter": True,
    }
    return render(request, "child/details.html", context)


def links(one: uuid.UUID, wanted: tuple[str, ...]) -> list[tuple[str, str]]:
    """The titles and addresses of some forms about somebody."""
    every = forms.forms()
    return [(every[key].title, reverse("record-form", args=[one, key])) for key in wanted if key in every]
