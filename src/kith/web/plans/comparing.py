"""What changed in a child's plans between two days, line by line."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.casework import plan_changes, plans
from kith.casework.plan_changes import BEGAN, CHANGED, ENDED, MOVED, SHARED, Change
from kith.core import clock
from kith.core.ids import uuid_of
from kith.people import register, sharing
from kith.people import selectors as people
from kith.web import said, visitor
from kith.web.answers import type_title
from kith.web.child import filters
from kith.web.child.views import around
from kith.web.date_field import DateParts, PartedDateField
from kith.web.plans import team

OF = {
    "plans": gettext_lazy("Plan"), "needs": gettext_lazy("Need"), "actions": gettext_lazy("Action"), "promises": gettext_lazy("What a relative offers"),
    "other_plans": gettext_lazy("Plan of another agency"),
}  # fmt: skip
HOW = {
    BEGAN: gettext_lazy("New"), ENDED: gettext_lazy("Over"), CHANGED: gettext_lazy("Says something else"), MOVED: gettext_lazy("Another day"),
    SHARED: gettext_lazy("Given to"),
}  # fmt: skip


class Days(forms.Form):
    """The two days to compare, as the plans were known at the end of each."""

    since = PartedDateField(
        label=gettext_lazy("From which day?"),
        widget=DateParts,
        error_messages={"required": gettext_lazy("Enter the first day")},
    )
    until = PartedDateField(
        label=gettext_lazy("To which day?"),
        widget=DateParts,
        error_messages={"required": gettext_lazy("Enter the second day")},
    )

    def clean(self) -> dict[str, Any]:
        """The first day comes first, and neither has yet to come."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", str(_("The second day comes before the first")))
        if until and until > clock.today():
            self.add_error("until", str(_("That day has not come yet")))
        return self.cleaned_data


@visitor.signed_in
def compare(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The plans as they were known at the end of one day and of another, and what is different."""
    viewer, today = visitor.viewer(request), clock.today()
    opened = people.child_for(viewer, child, page="plans compared")
    days = Days(
        request.GET if "since-day" in request.GET else None,
        initial={"since": today - dt.timedelta(days=28), "until": today},
    )
    context: dict[str, Any] = around(request, opened, "plans") | {"form": days, "lines": None}
    if days.is_bound and days.is_valid() and sharing.covers(viewer, "plan"):
        since, until = days.cleaned_data["since"], days.cleaned_data["until"]
        found = plan_changes.between(
            plans.of_child(opened.id, visitor.end_of(since)), plans.of_child(opened.id, visitor.end_of(until))
        )
        given = [key for one in found if one.how == SHARED and (key := uuid_of(one.now))]
        names = dict(filters.names_by_id(viewer, given)) | register.names(given)
        context |= {
            "lines": [_line(one, names) for one in found], "since": said.day(since), "until": said.day(until),
        }  # fmt: skip
    return render(request, "plans/compare.html", context, status=422 if days.errors else 200)


def _line(one: Change, names: Any) -> dict[str, Any]:
    label = str(team.PARTS.get(one.part, "")) or one.part.replace("_", " ").capitalize()
    was, now = one.was, one.now
    if one.how == MOVED:
        was, now = (said.day(dt.date.fromisoformat(day)) if day else "" for day in (was, now))
    elif one.how == SHARED:
        key = uuid_of(now)
        now = names.get(key, "") if key else ""
    name = (
        type_title("plan", one.item.a_type)
        if one.of == "plans"
        else str(one.item.words.get(plan_changes.SAYS[one.of], ""))
    )
    return {
        "of": OF[one.of],
        "how": HOW[one.how],
        "name": name,
        "part": label if one.how in (CHANGED, ENDED) else "",
        "was": was,
        "now": now,
    }
