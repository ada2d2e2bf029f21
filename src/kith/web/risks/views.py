"""Risks and fairness: one record of each, seen from recording, assessment, plan, review and supervision alike, with nothing copied."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.casework import plans, risks
from kith.casework.risks import Fairness, Risk
from kith.core import clock
from kith.forms import selectors as forms
from kith.people import selectors as people
from kith.people import sharing
from kith.people.selectors import Opened
from kith.web import said, visitor
from kith.web.acts import form_address
from kith.web.child.views import around

SEVEN = ("risk_factors", "protective", "impact", "measures", "contingency", "escalate_to")
TOLD = ("lived", "parents_need", "empowered", "recognise", "nurture", "consistency")


@visitor.signed_in
def risks_of(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The risks, the gravest first, and what adds disadvantage, as they stand or as they were known on a past day."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="risks", known_on=day)
    known_at = visitor.end_of(day) if day else None
    # A risk says what an assessment and a plan say: a partner's staff see it where both are covered.
    covered = sharing.covers(viewer, "assessment") and sharing.covers(viewer, "plan")
    found = risks.of_child(opened.id, known_at) if covered else risks.Risks()
    agreed = plans.of_child(opened.id, known_at).actions.values() if covered else ()
    actions = {str(one.words.get("what", "")).strip().casefold() for one in agreed}
    today = day or clock.today()
    there = sorted((one for one in found.risks.values() if one.ended is None), key=_gravest)
    context = around(request, opened, "risks") | {
        "risks": [_risk(one, opened, today, actions) for one in there], "past": [_past(one, today) for one in found.risks.values() if one.ended],
        "fairness": [_fairness(one, opened, today, actions) for one in reversed(found.fairness)],
        "has_risk": forms.form("risk") is not None, "has_fairness": forms.form("equality") is not None,
    }  # fmt: skip
    return render(request, "risks/risks.html", context)


def _gravest(one: Risk) -> tuple[int, dt.date]:
    order = ("very_high", "high", "medium", "low")
    return (order.index(one.level_now) if one.level_now in order else len(order), one.since)


def _asked(form: str, key: str) -> str:
    spec = forms.form(form)
    question = spec.question(key) if spec else None
    return question.asks if question else key.replace("_", " ")


def _worded(form: str, key: str, value: Any) -> str:
    spec = forms.form(form)
    question = spec.question(key) if spec else None
    values = value if isinstance(value, list) else [value]
    return ", ".join((question.options.get(str(one)) if question else "") or str(one) for one in values if one)


def _lines(text: Any, opened: Opened, actions: set[str]) -> list[dict[str, Any]]:
    """What would help, line by line, each with whether it is an action of the plan already, and how it becomes one."""
    every: Iterable[str] = (line.strip() for line in str(text or "").splitlines())
    return [
        {"text": line, "agreed": line.casefold() in actions, "href": form_address(opened.id, "action", answers={"what": line})}
        for line in every if line
    ]  # fmt: skip


def _form(opened: Opened, form: str, on: str) -> str:
    return f"{reverse('record-form', args=[opened.id, form])}?for={on}"


def _risk(one: Risk, opened: Opened, today: dt.date, actions: set[str]) -> dict[str, Any]:
    review = dt.date.fromisoformat(one.review_on) if one.review_on else None
    return {
        "since": said.day(one.since, today), "now": _worded("risk", "level_now", one.level_now), "with": _worded("risk", "level_with", one.level_with),
        "stays_high": one.stays_high, "grown": one.has_grown, "tell": one.says.get("escalate_to", ""), "review": said.due(review, today) if review else "",
        "late": review is not None and review < today, "placed": _worded("risk", "placed_in", one.says.get("placed_in")),
        "told": [(_asked("risk", key), one.says[key]) for key in SEVEN if key != "measures" and one.says.get(key)],
        "measures_title": _asked("risk", "measures"), "measures": _lines(one.says.get("measures"), opened, actions),
        "looks": [{"on": said.day(on, today), "level": _worded("risk", "level_now", level), "changed": says.get("changed", "")} for on, level, says in reversed(one.looks[1:])],
        "acts": [{"text": text, "href": _form(opened, form, one.id)} for form, text in (("risk_again", _("Look at it again")), ("risk_end", _("It is no longer there")))],
    }  # fmt: skip


def _past(one: Risk, today: dt.date) -> Mapping[str, str]:
    return {"impact": str(one.says.get("impact", "")), "ended": said.day(one.ended, today) if one.ended else ""}


def _fairness(one: Fairness, opened: Opened, today: dt.date, actions: set[str]) -> dict[str, Any]:
    return {
        "on": said.day(one.on, today), "areas": ", ".join(_asked("equality", key) for key in one.areas),
        "told": [(_asked("equality", key), one.says[key]) for key in TOLD if one.says.get(key)],
        "supports": _lines(one.says.get("supports"), opened, actions),
    }  # fmt: skip
