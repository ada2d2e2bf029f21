"""Oversight: what is overdue by duty and by team, with a chart and its table; emergency openings to review."""

import datetime as dt
import uuid
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from kith.access import selectors as access
from kith.core import clock
from kith.core.ids import reference, uuid_of
from kith.obligations import selectors as obligations
from kith.people import actions as people_actions
from kith.people import selectors as people
from kith.record.fact import NotRecorded
from kith.web import said, visitor
from kith.web.oversight import chart


@visitor.needs("see_oversight")
def oversight(request: HttpRequest) -> HttpResponse:
    """Every duty with how its obligations stand, for the authority or one team."""
    viewer, today = visitor.viewer(request), clock.today()
    team = uuid_of(request.GET.get("team", ""))
    as_at = _as_at(request, today)
    tallies = obligations.tallies_as_at(as_at, team) if as_at else obligations.tallies(viewer, today, team)
    rows = [{**one, "counts": [one.get(state, 0) for state in STATES]} for one in tallies]
    late = Counter({row["title"]: row["overdue"] for row in rows if row["overdue"]}).most_common(12)
    context = {
        "as_at": as_at, "rows": rows, "teams": [(str(one.id), one.name) for one in access.teams()], "team": str(team or ""),
        "by_team": _by_team(viewer, today), "states": [said.STATES[state] for state in STATES],
        "chart": mark_safe(chart.bars(_("Overdue, by duty"), late)) if late else "",  # noqa: S308  our own svg, escaped there
        "total": sum(row["overdue"] for row in rows), "kinds": len(late),
    }  # fmt: skip
    return render(request, "oversight/oversight.html", context)


def _as_at(request: HttpRequest, today: dt.date) -> dt.date | None:
    """The past day asked about; None for today, and for what is no day."""
    try:
        day = dt.date.fromisoformat(request.GET.get("as_at", ""))
    except ValueError:
        return None
    return day if day < today else None


STATES = ("overdue", "due", "upcoming", "cannot be met", "met", "met late", "missed", "fell away", "cannot tell")


def _by_team(viewer: Any, today: Any) -> list[dict[str, Any]]:
    names = access.team_names()
    return [
        {"team": names[team] if team is not None else _("No team"), "id": team, "overdue": count}
        for team, count in sorted(obligations.overdue_by_team(viewer, today).items(), key=lambda one: -one[1])
    ]


@visitor.needs("review_glass")
def openings(request: HttpRequest) -> HttpResponse:
    """Restricted records that were opened in an emergency, to be reviewed: was it justified?"""
    viewer = visitor.viewer(request)
    if request.method == "POST":
        child, worker = uuid_of(request.POST.get("child", "")), uuid_of(request.POST.get("worker", ""))
        try:
            if child and worker:
                people_actions.review_glass(
                    child,
                    worker,
                    justified=request.POST.get("justified") == "yes",
                    comment=request.POST.get("comment", ""),
                    by=viewer,
                )
                messages.success(request, _("Reviewed."))
        except NotRecorded as problem:
            messages.error(request, str(problem))
        return redirect("openings")
    waiting = [_opening(one) for one in people.openings_to_review()]
    return render(request, "oversight/openings.html", {"waiting": waiting})


def _opening(one: Any) -> dict[str, Any]:
    worker = access.practitioner(one.worker)
    reason, at = people.reason_of_opening(one.child_id, one.worker)
    return {
        "child": one.child_id,
        "worker": one.worker,
        "by": worker.name if worker else "",
        "reason": reason,
        "at": said.moment(at) if at else "",
        "ref": _ref(one.child_id),
    }


def _ref(child: uuid.UUID) -> str:
    return reference(child)
