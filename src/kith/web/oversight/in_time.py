"""Done in time: every clock the procedure measures, by team and by month, down to each child and the reason given (LIN-077)."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.access import selectors as access
from kith.casework import lateness
from kith.core import clock
from kith.core.ids import uuid_of
from kith.obligations import selectors as obligations
from kith.people import selectors as people
from kith.record.procedures import stack_of
from kith.rules.stack import Stack
from kith.web import said, visitor

MONTHS = (("1", lazy("This month")), ("3", lazy("Three months")), ("12", lazy("Twelve months")))
PAGE = 50
IN_TIME, LATE, NOT_DONE = range(3)


@visitor.needs("see_oversight")
def in_time(request: HttpRequest) -> HttpResponse:
    """Every measure of the procedure; with one chosen, its months, its teams, and what was not done in time."""
    viewer, today = visitor.viewer(request), clock.today()
    team, months = uuid_of(request.GET.get("team", "")), request.GET.get("months", "12")
    months = months if months in dict(MONTHS) else "12"
    first = _months_back(today, int(months) - 1)
    measures = _measures(stack_of(viewer.authority))
    chosen = measures.get(request.GET.get("measure", ""))
    context: dict[str, Any] = {
        "teams": [(str(one.id), one.name) for one in access.teams()], "team": str(team or ""), "periods": MONTHS, "months": months,
        "since": said.day(first), "measure": request.GET.get("measure", "") if chosen else "",
    }  # fmt: skip
    if chosen:
        rows = list(obligations.of_duty(viewer, chosen["of_duty"], first, today, team))
        return render(request, "oversight/in_time_one.html", context | _of_one(request, chosen, rows, today))
    context["rows"] = [
        _line(key, one, obligations.of_duty(viewer, one["of_duty"], first, today, team), today)
        for key, one in measures.items()
    ]
    return render(request, "oversight/in_time.html", context)


def _measures(stack: Stack) -> dict[str, Mapping[str, Any]]:
    """What the procedure measures of its duties, the council's own before those of the law."""
    timed = {key: one for key, one in stack.items["measures"].items() if one.get("of_duty")}
    own = [str(one["id"]) for one in stack.own.document.get("measures") or () if one["id"] in timed]
    return {key: timed[key] for key in dict.fromkeys([*own, *timed])}


def _months_back(today: dt.date, number: int) -> dt.date:
    """The first day of the month, some months back."""
    months = today.year * 12 + today.month - 1 - number
    return dt.date(months // 12, months % 12 + 1, 1)


def _line(key: str, measure: Mapping[str, Any], rows: Iterable[Any], today: dt.date) -> dict[str, Any]:
    counted = Counter(_how(one, measure, today) for one in rows)
    return {"id": key, "title": measure["title"], "cites": ", ".join(measure.get("cites") or ()), **_numbers(counted)}


def _how(row: Any, measure: Mapping[str, Any], today: dt.date) -> int | None:
    """In time, late, or not done; None for what the measure leaves out, such as what fell away."""
    state = obligations.state(row, today)
    if state in measure.get("counts", ()):
        return IN_TIME
    if state not in measure.get("out_of", ()):
        return None
    return LATE if state == "met late" else NOT_DONE


def _numbers(counted: Mapping[int | None, int]) -> dict[str, Any]:
    every = sum(counted.get(key, 0) for key in (IN_TIME, LATE, NOT_DONE))
    done = counted.get(IN_TIME, 0)
    share = _("%(number)s%%") % {"number": round(100 * done / every)} if every else _("None was due")
    return {
        "in_time": done,
        "late": counted.get(LATE, 0),
        "not_done": counted.get(NOT_DONE, 0),
        "every": every,
        "share": share,
    }


def _of_one(request: HttpRequest, measure: Mapping[str, Any], rows: Sequence[Any], today: dt.date) -> dict[str, Any]:
    told = [(one, how) for one in rows if (how := _how(one, measure, today)) is not None]
    names = access.team_names()
    teams: dict[uuid.UUID | None, Counter[int | None]] = {}
    months: dict[str, Counter[int | None]] = {}
    for row, how in told:
        teams.setdefault(row.child.team if row.child else None, Counter())[how] += 1
        months.setdefault(_day_of(row).strftime("%Y-%m"), Counter())[how] += 1
    late = sorted(
        (row for row, how in told if how != IN_TIME), key=lambda row: (_day_of(row), str(row.id)), reverse=True
    )
    page = Paginator(late, PAGE).get_page(request.GET.get("page"))
    return {
        "title": measure["title"], "cites": ", ".join(measure.get("cites") or ()), "numbers": _numbers(Counter(how for _row, how in told)),
        "by_month": [{"name": said.month(dt.date.fromisoformat(f"{key}-01")), **_numbers(months[key])} for key in sorted(months, reverse=True)],
        "by_team": sorted(
            ({"name": names.get(key, "") if key else _("No team"), **_numbers(counted)} for key, counted in teams.items()), key=lambda row: str(row["name"])
        ), "page": page, "late": _late(visitor.viewer(request), list(page.object_list), today),
    }  # fmt: skip


def _day_of(row: Any) -> dt.date:
    day: dt.date = row.due_on or row.closed_on or row.from_on
    return day


def _late(viewer: Any, rows: Sequence[Any], today: dt.date) -> list[dict[str, Any]]:
    """Each that was not done in time: of a child whose record its reader may open by name, of another only that there is one."""
    may = people.may_open(viewer, [row.child_id for row in rows if row.child_id])
    reasons = lateness.reasons_of(sorted(may))
    return [_one_late(row, may, reasons, today) for row in rows]


def _one_late(row: Any, may: set[uuid.UUID], reasons: Mapping[str, Sequence[Any]], today: dt.date) -> dict[str, Any]:
    shown = row.child_id in may
    given = "; ".join(str(one.words.get("reason", "")) for one in reasons.get(str(row.id), ()))
    return {
        "id": row.id if shown else None, "name": row.child.person.name if shown else _("A child whose record you may not open"),
        "due": said.day(row.due_on) if row.due_on else "", "done": said.day(row.closed_on) if row.closed_on and row.closed_as == "met late" else "",
        "state": said.STATES[obligations.state(row, today)], "reason": given if shown else "",
    }  # fmt: skip
