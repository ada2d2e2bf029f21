"""Two records that may be of one person: seen side by side, joined with a reason, told apart again."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.core import clock
from kith.people import actions as people_actions
from kith.people import finding, policies
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record.fact import NotRecorded
from kith.web import visitor
from kith.web.child import filters, presenters


@visitor.signed_in
def merge(request: HttpRequest, child: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Two records side by side, with the reasons for and against; joining them is a person's decision with a reason."""
    viewer = visitor.viewer(request)
    policies.check_may(viewer, "merge")
    one, two = people.opened_for(viewer, child, page="merge"), people.opened_for(viewer, other, page="merge")
    error = ""
    if request.method == "POST":
        try:
            people_actions.merge(two, one, by=viewer, reason=request.POST.get("reason", ""))
            messages.success(request, _("Joined. If it was a mistake, it can be undone from the chronology."))
            return redirect(one.named, one.id)
        except NotRecorded as problem:
            error = str(problem)
    context = {
        "one": one, "two": two, "error": error, "likeness": finding.compare(one.id, two.id),
        "sides": [_side(viewer, opened) for opened in (one, two)],
    }  # fmt: skip
    return render(request, "find/merge.html", context, status=422 if error else 200)


def _side(viewer: Viewer, opened: Opened) -> presenters.Who:
    picture = people.shown_to(viewer, opened, people.portrait_of(opened.id))
    return presenters.who(picture, clock.today(), filters.names_for(viewer, picture), ())
