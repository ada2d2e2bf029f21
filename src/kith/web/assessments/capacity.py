"""Each parent's capacity to change over time: a picture of effort and commitment with the same as a table, and what shows it."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.casework import capacity as casework
from kith.casework.capacity import Capacity, Placing
from kith.core import authorities
from kith.core.ids import uuid_of
from kith.people import selectors as people
from kith.people import sharing
from kith.people.selectors import Opened
from kith.record.procedures import stack_of
from kith.rules.forms import Form, Grid
from kith.web import said, visitor
from kith.web.answers import answered
from kith.web.assessments.grid import picture
from kith.web.child import filters
from kith.web.child.views import around

NAMED = ("when", "person", "placed_by", "stage", "effort", "commitment", "evidence", "own_words")


@visitor.signed_in
def capacity(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Every parent, each by themselves: where they were placed and when, and how that moved."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="capacity to change", known_on=day)
    form, grid = casework.form(), casework.grid()
    if form is None or grid is None:
        return render(request, "assessments/no_capacity.html", around(request, opened, "assessments"))
    covered = sharing.covers(viewer, casework.FORM)
    known_at = visitor.end_of(day) if day else None
    found = casework.of_child(opened.id, known_at) if covered else {}
    parents = _parents(opened, covered) | found
    names = filters.names_by_id(viewer, [key for one in parents if (key := uuid_of(one))], day, known_at)
    assessment = uuid_of(request.GET.get("for", ""))
    context = around(request, opened, "assessments") | {
        "parents": [_parent(one, names, form, grid, opened, assessment) for one in parents.values()], "across": answered.label(grid.across), "down": answered.label(grid.down),
    }  # fmt: skip
    return render(request, "assessments/capacity.html", context)


def _parents(opened: Opened, covered: bool) -> dict[str, Capacity]:
    """The parents of the family, each with nothing recorded yet (WOR-123)."""
    if not covered or opened.person.family is None:
        return {}
    adults = people.adults_of(opened.person.family)
    return {str(one.person_id): Capacity(str(one.person_id)) for one in adults if one.relation == "parent"}


def _parent(
    one: Capacity, names: Mapping[uuid.UUID, str], form: Form, grid: Grid, opened: Opened, assessment: uuid.UUID | None
) -> dict[str, Any]:
    key = uuid_of(one.person)
    name = names.get(key, _("someone")) if key else _("someone")
    readings = [_reading(number, placing, form, grid) for number, placing in enumerate(one.placings, start=1)]
    ask = f"?for={assessment or ''}&with=person:{one.person}"
    return {
        "name": name, "key": one.person, "readings": readings, "notes": _notes(one, grid, name),
        "picture": picture(grid, form, one.placings, name) if one.placings else "",
        "slips": [(said.day(slip.day), _word(form, "slip", slip), slip.says("what")) for slip in one.slips],
        "place": reverse("record-form", args=[opened.id, casework.FORM]) + ask,
        "own": reverse("record-form", args=[opened.id, casework.FORM]) + ask + "&with=placed_by:parent",
        "slip": reverse("record-form", args=[opened.id, casework.SLIP]) + ask,
    }  # fmt: skip


def _reading(number: int, one: Placing, form: Form, grid: Grid) -> dict[str, Any]:
    """One placing: what shows it first, and only then what it is called (WOR-143)."""
    stack = stack_of(authorities.current())
    cell = grid.cell({key: one.says(key) for key in (grid.across, grid.down)})
    stage = one.says("stage")
    more = [(question.asks, _said(one, question)) for question in form.questions if question.key not in NAMED]
    return {
        "number": number, "day": said.day(one.day), "own": one.own, "evidence": one.says("evidence"), "own_words": one.says("own_words"),
        "stage": _word(form, "stage", one), "block": stack.words.get(f"block/{stage}", ""),
        "effort": _word(form, grid.across, one), "commitment": _word(form, grid.down, one),
        "cell": answered(grid.key, cell) if cell else "", "more": [(asks, text) for asks, text in more if text],
    }  # fmt: skip


def _said(one: Placing, question: Any) -> str:
    value = one.told.event.fields.get(question.key, one.told.words.get(question.key, ""))
    if isinstance(value, list):
        return "\n".join(question.options.get(str(each), str(each)) for each in value)
    return str(question.options.get(str(value), value) or "")


def _word(form: Form, key: str, one: Placing) -> str:
    question = form.question(key)
    return question.options.get(one.says(key), answered(key, one.says(key))) if question else answered(key, one.says(key))  # fmt: skip


def _notes(one: Capacity, grid: Grid, name: str) -> list[str]:
    """What a reader should not overlook."""
    if not one.placings:
        return [_("Nothing is recorded of %(name)s yet. Each parent is looked at.") % {"name": name}]
    notes = []
    if len(one.by_worker) < 2:
        notes.append(_("Seen once only. Whether somebody changes is seen over time."))
    if not one.established:
        notes.append(_("Capacity to change is not established: nothing shows yet that %(name)s is both moved to change and able to.") % {"name": name})  # fmt: skip
    notes += _moved(one.by_worker, grid)
    latest = one.placings[-1]
    if casework.waits_too_long(latest):
        notes.append(_("The child cannot wait that long: %(child)s, and change is likely only by %(parent)s.") % {"child": _day(latest, "child_can_wait_until"), "parent": _day(latest, "changed_by")})  # fmt: skip
    return notes


def _moved(placings: Sequence[Placing], grid: Grid) -> list[str]:
    cells = [(one.day, grid.cell({key: one.says(key) for key in (grid.across, grid.down)})) for one in placings]
    return [
        _("Moved from %(before)s to %(after)s, %(day)s.")
        % {"before": answered(grid.key, before), "after": answered(grid.key, after), "day": said.day(day)}
        for (_day_before, before), (day, after) in pairwise(cells)
        if before and after and before != after
    ]


def _day(one: Placing, key: str) -> str:
    return said.day(dt.date.fromisoformat(one.says(key)))
