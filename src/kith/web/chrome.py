"""What stands around every page: the name of the service, who is signed in, the ways on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kith.core import clock
from kith.record.procedures import stack_of
from kith.web import visitor
from kith.web.addresses import address
from kith.web.procedure.views import review_overdue

# The ways on, by the name of their page.
WAYS = (
    ("my-work", _("My work"), ""), ("team", _("Team"), "see_team"), ("diary", _("Meetings"), "record"), ("find", _("Find a child"), "search"),
    ("front-door", _("Front door"), "enter_people"), ("agencies", _("Agencies"), "search"), ("print-queue", _("Post"), "record"),
    ("oversight", _("Oversight"), "see_oversight"), ("openings", _("Emergency openings"), "review_glass"),
    ("practitioners", _("Who works here"), "manage_access"),
)  # fmt: skip


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """The context every template has. A view that gives `navigation` itself is heeded."""
    user = getattr(request, "user", None)
    viewer = user if user is not None and user.is_authenticated else None
    return {
        "viewer": viewer,
        "user": user,
        "demonstration": settings.DEMONSTRATION,
        "navigation": _ways_on(request) if viewer else [],
        "footer_links": [{"href": address("procedure"), "text": _("The procedure we work by")}] if viewer else [],
        "review_overdue": _review_overdue(request) if viewer else "",
    }


def _review_overdue(request: HttpRequest) -> str:
    """For those who keep the house in order: the day on which the procedure was to be looked at again, once it has passed."""
    if not getattr(request.user, "authority", None):
        return ""
    person = visitor.viewer(request)
    if not (person.may("manage_access") or person.may("see_oversight")):
        return ""
    return review_overdue(stack_of(person.authority), clock.today())


def _ways_on(request: HttpRequest) -> list[dict[str, Any]]:
    ways = []
    person = visitor.viewer(request) if getattr(request.user, "authority", None) else None
    for name, text, right in WAYS:
        if right and (person is None or not person.may(right)):
            continue
        href = address(name)
        ways.append({"href": href, "text": text, "current": request.path == href})
    return ways
