"""The team around a child on the plan's page, what the plan names, and plans side by side where there are several."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.access.viewer import Viewer
from kith.casework import teams
from kith.casework.plans import Item, Plans
from kith.casework.teams import Member
from kith.core import authorities, clock
from kith.core.ids import uuid_of
from kith.forms import selectors as forms
from kith.people import selectors as people
from kith.people import sharing
from kith.people.selectors import Opened
from kith.record.procedures import stack_of
from kith.web import said
from kith.web.acts import form_address
from kith.web.answers import type_title
from kith.web.child import filters

PARTS: Mapping[str, Any] = {
    "different": gettext_lazy("What should be different"), "individual": gettext_lazy("For this child alone"), "know": gettext_lazy("How we will know"),
    "family_says": gettext_lazy("What the family says"), "services": gettext_lazy("Services and support, and from whom"),
    "professional_contact": gettext_lazy("When and how professionals and family are in contact"), "purpose": gettext_lazy("What services and contact are for"),
    "commitments": gettext_lazy("What the professionals commit themselves to"), "negotiable_parts": gettext_lazy("What is negotiable, and what is not"),
    "unacceptable": gettext_lazy("What would be unacceptable, and what follows"), "would_worry": gettext_lazy("What would worry us"),
    "contingency": gettext_lazy("If the plan does not work"), "urgent_if": gettext_lazy("What calls for an urgent review"),
    "contact": gettext_lazy("Whom the child sees"), "family_plan": gettext_lazy("What the family agreed"), "protocols": gettext_lazy("How information is shared and recorded"),
    "danger": gettext_lazy("When family life can become dangerous"), "signs": gettext_lazy("The first signs"), "each_does": gettext_lazy("What each person does then"),
    "who_to_call": gettext_lazy("Whom they can call"),
    "trigger": gettext_lazy("What called for it"), "beside_reason": gettext_lazy("Why it stands beside another plan"),
}  # fmt: skip
WHO = {
    teams.CHILD: gettext_lazy("The child"), teams.PARENTS: gettext_lazy("Parents and others with parental responsibility"), teams.CARERS: gettext_lazy("Carers"),
    teams.LEAD: gettext_lazy("Lead professional"), teams.WORKERS: gettext_lazy("Other social care workers"), teams.OTHERS: gettext_lazy("Other professionals"),
    teams.INTERPRETER: gettext_lazy("Advocate or interpreter"),
}  # fmt: skip


def context(viewer: Viewer, opened: Opened, found: Plans, day: dt.date | None) -> dict[str, Any]:
    """The team and what the plan names, of today's page and for those who may see who is around the child."""
    may = all(sharing.covers(viewer, stem) for stem in ("plan", "relationship", "professional"))
    if day or not may or not found.open_plans:
        return {"team": [], "named": [], "missing": []}
    names = dict(filters.people_around(viewer, opened))
    team = teams.around(opened, lambda key: names.get(str(key), ""))
    plan = found.open_plans[0]
    unborn = people.portrait_of(opened.id).unborn
    return {
        "team": [_member(one, plan, opened) for one in team], "missing": [WHO[what] for what in teams.missing(team, unborn=unborn)],
        "team_confirmed": said.day(plan.team_confirmed, clock.today()) if plan.team_confirmed else "",
        "named": _named(plan, found), "plan_of_team": type_title("plan", plan.a_type),
        "confirm": _form(opened, "plan_team", plan.id), "part": reverse("write-letter", args=[opened.id, "plan_part"]),
    }  # fmt: skip


def _form(opened: Opened, form: str, on: str, **answers: str) -> str:
    return form_address(opened.id, form, on, answers)


def _member(one: Member, plan: Item, opened: Opened) -> dict[str, Any]:
    ours = one.what in (teams.LEAD, teams.WORKERS)
    stands = _("Works here") if ours else _("Has not been given the plan")
    if one.key in plan.outdated_for:
        stands = _("Has it as it was before it changed")
    elif one.key in plan.signed_by:
        stands = _("Has signed it")
    elif one.key in plan.shared_with:
        stands = _("Has it, and has not signed")
    asked = forms.form("plan_contribution") is not None
    person = one.what not in (teams.LEAD, teams.WORKERS, teams.INTERPRETER) and uuid_of(one.key) is not None
    return {
        "what": WHO[one.what], "name": one.name or _("Needed"), "detail": one.detail, "since": said.day(one.since, clock.today()) if one.since else "",
        "stands": "" if one.what == teams.INTERPRETER else stands, "contributes": plan.contributions.get(one.key, ""),
        "share": _form(opened, "plan_share", plan.id, person=one.key) if person and (one.key not in plan.signed_by or one.key in plan.outdated_for) else "",
        "says": _form(opened, "plan_contribution", plan.id, person=one.key) if person and asked and one.key not in plan.contributions else "",
    }  # fmt: skip


def _named(plan: Item, found: Plans) -> list[dict[str, Any]]:
    """The headings that the procedure wants a plan to be clear about, each with whether the plan names it."""
    words = stack_of(authorities.current()).words
    actions = [one for one in found.actions.values() if one.ended is None]
    named = {
        "roles": bool(actions) and all(one.person or one.words.get("who") for one in actions),
        "purpose": bool(plan.words.get("purpose") and plan.words.get("different")),
        "fits": bool(actions) and all(one.need for one in actions) and not found.without_action,
        "law": bool(plan.words.get("legal_status")), "protocols": bool(plan.words.get("protocols")),
        "lead": plan.team_confirmed is not None, "timescales": bool(plan.words.get("meet_every") or plan.words.get("review_on")),
    }  # fmt: skip
    return [
        {"what": words[f"plan_names/{key}"], "stands": _("Named") if yes else _("Not yet")}
        for key, yes in named.items() if f"plan_names/{key}" in words
    ]  # fmt: skip


def side_by_side(found: Plans) -> dict[str, Any] | None:
    """The open plans beside one another, part by part, where there are several: with the parts that do not say the same."""
    there = found.open_plans
    if len(there) < 2:
        return None
    rows = []
    for key, label in PARTS.items():
        texts = [str(one.words.get(key, "")) for one in there]
        if any(texts):
            rows.append({"label": label, "texts": texts, "differ": len({text.strip() for text in texts}) > 1})
    return {"titles": [type_title("plan", one.a_type) for one in there], "rows": rows}
