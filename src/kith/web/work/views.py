"""My work, my team's, the authority's."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.casework import lateness
from kith.casework.policies import check_may_record
from kith.core import clock, units
from kith.core.ids import uuid_of
from kith.obligations import selectors as obligations
from kith.obligations import worklists
from kith.obligations.worklists import Worklist
from kith.people import selectors as people
from kith.people.policies import Shut
from kith.record.fact import NotRecorded
from kith.record.procedures import reasoner_of
from kith.web import said, visitor
from kith.web.child import filters
from kith.web.work import presenters, teams

PAGE = 25


def _up_to_date() -> None:
    """A new day may bring or end a duty with no event; the first page of the day works that out."""
    if obligations.is_behind(clock.today()):
        with units.write():
            while obligations.bring_up_to_date(clock.today()):
                pass


@visitor.signed_in
def my_work(request: HttpRequest) -> HttpResponse:
    """Everything owed by whoever is signed in: overdue first."""
    _up_to_date()
    viewer, today = visitor.viewer(request), clock.today()
    owed = worklists.owed_by(viewer, today)
    counts = owed.counts()
    chosen = _filtered(request, owed)
    group = request.GET.get("group", "")
    context = _listed(request, _of_group(chosen, group), counts) | {
        "counts": counts, "group": group, "groups": presenters.GROUPS, "families": _families(viewer),
        "child": request.GET.get("child", ""), "nothing_today": not counts["overdue"] and not counts["today"],
        "next": presenters.lines(owed[:1], today) if not counts["overdue"] and not counts["today"] else [], "asked": request.GET.urlencode(),
        "waiting": teams.waiting_for(viewer), "assessments_waiting": teams.assessments_waiting(viewer), "total": sum(counts.values()),
        "opened": teams.opened_in_emergency(viewer),
    }  # fmt: skip
    return render(request, "work/my_work.html", context)


def _of_group(owed: Worklist, group: str) -> Worklist:
    return replace(owed, group=group) if group in worklists.GROUPS else owed


def _filtered(request: HttpRequest, owed: Worklist) -> Worklist:
    child = request.GET.get("child", "")
    return replace(
        owed, child=uuid_of(child), empty=bool(child) and uuid_of(child) is None,
        statutory=request.GET.get("kind", "") == "statutory",
    )  # fmt: skip


def _families(viewer: Any) -> list[tuple[str, str]]:
    mine = sorted(people.involved_with(viewer.id), key=lambda one: one.person.sort_name)
    return [(str(one.pk), one.person.name) for one in mine]


def _listed(request: HttpRequest, owed: Worklist, counts: dict[str, int], *, holders: bool = False) -> dict[str, Any]:
    """A page of a worklist; with `holders` each line says whose it is."""
    sliced: Any = owed
    pages = Paginator(sliced, PAGE)
    if not owed.narrowed:
        pages.count = counts[owed.group] if owed.group else sum(counts.values())
    page = pages.get_page(request.GET.get("page"))
    shown = list(page.object_list)
    names = access.named(row.holder for row in shown) if holders else None
    said_of = {**_whom(visitor.viewer(request), shown), **obligations.what_is_to_be_done(shown)}
    lines = presenters.lines(shown, owed.today, names, said_of)
    return {"page": page, "grouped": presenters.grouped(shown, lines, owed.today)}


def _whom(viewer: Viewer, rows: Sequence[Any]) -> dict[uuid.UUID, str]:
    """Of what is owed for each of several people, whom a row is about: as far as its reader may see them named."""
    named = {row.id: key for row in rows if (key := uuid_of(row.names.get("person", "")))}
    names = filters.names_by_id(viewer, set(named.values())) if named else {}
    return {row: names[key] for row, key in named.items() if names.get(key)}


@visitor.signed_in
def why(request: HttpRequest, owed: uuid.UUID) -> HttpResponse:
    """Why an obligation is due when it is: every step, as a page of its own."""
    row = obligations.one_obligation(owed)
    viewer = visitor.viewer(request)
    if row is None:
        raise Shut(told=False)
    if row.child_id is not None:
        people.child_for(viewer, row.child_id, page="why")
    if viewer.of_partner and row.holder != viewer.id:
        raise Shut(told=False)
    found = obligations.worked_out(row)
    today = clock.today()
    reasons = reasoner_of(visitor.viewer(request).authority).reasons(found, today.toordinal()) if found else None
    line = presenters.lines([row], today)[0]
    context = {"line": line, "steps": presenters.steps(reasons), "pack": row.pack} | _late(row, viewer)
    return render(request, "work/why.html", context)


def _late(row: Any, viewer: Viewer) -> dict[str, Any]:
    """Of something late: the reasons given, whether the procedure asks for one, and whether this reader may give one."""
    if row.child_id is None or not lateness.is_late(row):
        return {}
    given = lateness.reasons_of([row.child_id]).get(str(row.id), [])
    by = access.named(one.by for one in given if one.by)
    return {
        "late": True, "asked_why": lateness.is_asked(row), "may_explain": viewer.may("record"),
        "given": [(str(one.words.get("reason", "")), by.get(one.by, ""), said.moment(one.recorded_at)) for one in given if one.by],
    }  # fmt: skip


@visitor.signed_in
def why_late(request: HttpRequest, owed: uuid.UUID) -> HttpResponse:
    """Saying why something is or was late. It closes nothing: what is owed stays owed."""
    row = obligations.one_obligation(owed)
    viewer = visitor.viewer(request)
    if row is None or row.child_id is None:
        raise Shut(told=False)
    opened = people.child_for(viewer, row.child_id, page="why late")
    if viewer.of_partner and row.holder != viewer.id:
        raise Shut(told=False)
    check_may_record(viewer, opened)
    reason, problem = request.POST.get("reason", ""), ""
    if request.method == "POST":
        try:
            lateness.explain(row, opened, reason, by=viewer)
            messages.success(request, _("The reason is recorded. What is owed stays owed."))
            return redirect("why", owed)
        except NotRecorded as wrong:
            problem = str(wrong)
    context = {"line": presenters.lines([row], clock.today())[0], "reason": reason, "problem": problem}
    return render(request, "work/why_late.html", context, status=422 if problem else 200)


@visitor.needs("see_team")
def team(request: HttpRequest) -> HttpResponse:
    """The manager's home: unallocated children, what waits for a decision, what is overdue and whose, caseloads."""
    _up_to_date()
    viewer, today = visitor.viewer(request), clock.today()
    mine = viewer.teams("see_team")
    asked = request.GET.get("team", "")
    chosen = frozenset(one for one in mine if str(one) == asked) or mine
    owed = worklists.owed_in(viewer, chosen, today)
    counts = owed.counts()
    group = request.GET.get("group", "overdue")
    holder = request.GET.get("holder", "")
    narrowed = replace(owed, holder=uuid_of(holder), empty=bool(holder) and uuid_of(holder) is None)
    context = _listed(request, _of_group(narrowed, group), counts, holders=True) | {
        "counts": counts, "group": group, "groups": presenters.GROUPS, "caseloads": teams.caseloads(viewer, chosen, today),
        "unallocated": teams.unallocated(viewer, chosen, today), "waiting": teams.waiting_for(viewer),
        "assessments_waiting": teams.assessments_waiting(viewer),
        "teams": [(str(one.id), one.name) for one in access.teams() if one.id in mine], "team": asked,
        "holder": holder, "show_holder": True, "title": _("Team"), "quiet": teams.quiet(viewer, chosen, today), "recorded_late": teams.recorded_late(chosen, today),
    }  # fmt: skip
    return render(request, "work/team.html", context)
