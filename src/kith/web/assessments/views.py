"""A child's assessments: where each stands, who has seen it, and what can be done next."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.access.viewer import Viewer
from kith.casework import assessments as casework
from kith.casework import capacity
from kith.casework.assessments import AUTHORISED, BEING_WRITTEN, ENDED, SENT_BACK, WAITS
from kith.core import authorities, clock
from kith.core.ids import uuid_of
from kith.people import selectors as people
from kith.people import sharing
from kith.record.procedures import stack_of
from kith.web import said, visitor
from kith.web.answers import answered, type_title
from kith.web.child import filters
from kith.web.child.views import around

STANDS = {
    BEING_WRITTEN: gettext_lazy("Being written"), SENT_BACK: gettext_lazy("Sent back to be changed"),
    WAITS: gettext_lazy("Waits to be authorised"), AUTHORISED: gettext_lazy("Authorised"), ENDED: gettext_lazy("Ended before it was authorised"),
}  # fmt: skip


@visitor.signed_in
def assessments(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Every assessment of a child, the latest first, with what its reader may do."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="assessments", known_on=day)
    known_at = visitor.end_of(day) if day else None
    rows = casework.as_known(opened.id, known_at) if sharing.covers(viewer, "assessment") else []
    told = {uuid_of(one) for row in rows for one in (*row.shared_with, *row.disagreed)}
    names = filters.names_by_id(viewer, [one for one in told if one], day, known_at)
    context = around(request, opened, "assessments") | {
        "lines": [_line(one, names, viewer, day) for one in rows],
        "has_capacity": capacity.form() is not None,
        "enquiries": _enquiries(viewer, opened.id, known_at),
        "procedures": stack_of(authorities.current()).words.get("reference/urgent_protection", ""),
        "urgent": f"{reverse('record-form', args=[opened.id, 'kind~meeting.wanted~strategy_discussion'])}",
    }
    return render(request, "assessments/assessments.html", context)


def _line(one: Any, names: Any, viewer: Viewer, day: dt.date | None) -> dict[str, Any]:
    stack, today = stack_of(authorities.current()), clock.today()
    stands = casework.standing(one)
    return {
        "title": type_title("assessment", one.a_type),
        "stands": STANDS[stands], "started": said.day(one.started_on, today) if one.started_on else "",
        "agreed_end": said.day(one.agreed_end, today) if one.agreed_end else "",
        "authorised": said.day(one.authorised_on, today) if one.authorised_on else "", "outcome": answered("outcome", one.outcome) if one.outcome else "",
        "signed": ", ".join(stack.role_title(role) for role in one.countersigned_by), "shared": _named(one.shared_with, names),
        "disagreed": _named(one.disagreed, names), "acts": acts_of(one, stands, viewer), "href": reverse("assessment", args=[one.child_id, one.assessment]) + (f"?known_on={day.isoformat()}" if day else ""),
    }  # fmt: skip


def _enquiries(viewer: Viewer, child: uuid.UUID, known_at: dt.datetime | None) -> list[dict[str, str]]:
    """Enquiries about harm, which ask other agencies by the same prompt sheet (WOR-361)."""
    found = casework.enquiries(child, known_at) if sharing.covers(viewer, "section_47") else []
    return [
        {"day": said.day(day, clock.today()), "href": reverse("agency-checks", args=[child, key])} for key, day in found
    ]


def _named(ids: list[str], names: Any) -> str:
    return ", ".join(name for one in ids if (key := uuid_of(one)) and (name := names.get(key)))


def acts_of(one: Any, stands: str, viewer: Viewer) -> list[dict[str, str]]:
    """The forms that go on from where an assessment stands, as links."""
    return [_act(one, *act) for act in _acts(stands, viewer)]


def _acts(stands: str, viewer: Viewer) -> list[tuple[str, str]]:
    """The forms that go on from where an assessment stands. Which are refused, the procedure's gates say."""
    if not viewer.may("record") or stands == ENDED:
        return []
    if stands in (BEING_WRITTEN, SENT_BACK):
        return [("assessment", _("Write it")), ("assessment_end", _("End it"))]
    after = [("assessment_share", _("Share it")), ("assessment_response", _("What a person says of it"))]
    if stands == AUTHORISED:
        return after
    approving = (
        [("assessment_authorise", _("Authorise it")), ("assessment_return", _("Send it back"))]
        if viewer.may("approve")
        else []
    )
    return [*approving, ("assessment_countersign", _("Countersign it")), *after]


def _act(one: Any, form: str, text: str) -> dict[str, str]:
    return {"text": text, "href": f"{reverse('record-form', args=[one.child_id, form])}?for={one.assessment}"}
