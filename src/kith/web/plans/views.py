"""A child's plans: what should be different, what is done by whom, and apart from it what relatives offer."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.casework import plans as casework
from kith.casework.plans import Item, Plans
from kith.core import clock
from kith.core.ids import uuid_of
from kith.forms import selectors as forms
from kith.obligations import selectors as obligations
from kith.people import register, sharing
from kith.people import selectors as people
from kith.web import said, visitor
from kith.web.acts import form_address
from kith.web.answers import type_title
from kith.web.child import filters
from kith.web.child.views import around
from kith.web.plans import permanence, team
from kith.web.work import presenters as work

Names = Mapping[uuid.UUID, str]


@visitor.signed_in
def plans(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The plans as they stand, or as known on a past day."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="plans", known_on=day)
    known_at = visitor.end_of(day) if day else None
    found = casework.of_child(opened.id, known_at) if sharing.covers(viewer, "plan") else Plans()
    names = _names(viewer, found, day, known_at)
    today = day or clock.today()
    context = around(request, opened, "plans") | {
        "plans": [_plan(one, names, today, opened.id) for one in reversed(found.plans.values())],
        "needs": [_need(one, found) for one in found.needs.values() if one.ended is None], "side_by_side": team.side_by_side(found),
        "actions": [_action(one, names, today, opened.id) for one in found.actions.values()],
        "promises": [_promise(one, names, today, opened.id) for one in found.promises.values() if one.ended is None],
        "others": [_other(one, today, opened.id) for one in found.other_plans.values() if one.ended is None],
        "key_worker": [] if day or viewer.of_partner else _key_worker(opened.id, today),
        "permanence": permanence.of_child(viewer, opened, today, known_at),
        "may_copy": not day and not viewer.of_partner, **team.context(viewer, opened, found, day),
    }  # fmt: skip
    return render(request, "plans/plans.html", context)


def _key_worker(child: uuid.UUID, today: dt.date) -> list[Any]:
    """What is owed because of who holds the case: an escalation is never held up by it, and it is owed at once."""
    rows = obligations.in_order(obligations.of_child(child).filter(closed_on=None, duty__startswith="key_worker."))
    return work.lines(rows, today)


def _need(one: Item, found: Plans) -> dict[str, Any]:
    question = {key: forms.question_of("need.identified", key) for key in ("domain", "outcomes_sought")}
    words = {
        key: ", ".join(asked.options.get(str(value), str(value)) for value in _several(one.words.get(key)))
        for key, asked in question.items() if asked
    }  # fmt: skip
    actions = [
        str(two.words.get("what", ""))
        for two in found.actions.values()
        if two.need == one.id and two.ended_as != "dropped"
    ]
    return {
        "need": one.words.get("need", ""), "different": one.words.get("different", ""), "actions": actions, "concern": one.words.get("is_concern") is True,
        "domain": words.get("domain", ""), "outcomes": words.get("outcomes_sought", ""),
    }  # fmt: skip


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _other(one: Item, today: dt.date, child: uuid.UUID) -> dict[str, Any]:
    agency = register.one_agency(key) if (key := uuid_of(one.agency)) else None
    until = one.words.get("until")
    return {
        "kind": one.words.get("plan_kind", ""), "agency": agency.name if agency else "", "in_step": one.words.get("in_step", ""),
        "until": said.day(dt.date.fromisoformat(str(until)), today) if until else "", "acts": _acts(child, one, ("other_plan_end", _("It has ended"))),
    }  # fmt: skip


def _names(viewer: Any, found: Plans, day: dt.date | None, known_at: dt.datetime | None) -> Names:
    """The names of those whom plans name: of children, only those whose records the viewer may open."""
    ids = {one.person for kept in (found.actions, found.promises) for one in kept.values()}
    shared = {key for one in found.plans.values() for person in one.shared_with if (key := uuid_of(person))}
    keys = [*shared, *(key for one in ids if (key := uuid_of(one)))]
    return dict(filters.names_by_id(viewer, keys, day, known_at)) | register.names(shared)


def _name(written: str, names: Names) -> str:
    key = uuid_of(written)
    return names.get(key, "") if key else ""


def _acts(child: uuid.UUID, one: Item, *forms: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {"text": text, "href": f"{reverse('record-form', args=[child, form])}?for={one.id}"} for form, text in forms
    ]


def _plan(one: Item, names: Names, today: dt.date, child: uuid.UUID) -> dict[str, Any]:
    told = [(label, one.words.get(key)) for key, label in team.PARTS.items()]
    question = forms.question_of("plan.started", "legal_status")
    law = str(one.words.get("legal_status", ""))
    told.insert(0, (_("The law it stands on"), question.options.get(law, law) if question else law))
    acts = _acts(
        child,
        one,
        ("plan_review", _("Review it")),
        ("plan_change", _("Change what it says")),
        ("plan_approve", _("Approve it")),
        ("plan_urgent", _("Call an urgent review")),
        ("plan_share", _("Share it")),
        ("plan_end", _("End it")),
    )
    return {
        "title": type_title("plan", one.a_type), "since": said.day(one.since, today) if one.since else "", "ended": said.day(one.ended, today) if one.ended else "",
        "reviewed": said.day(one.last, today) if one.last else "", "told": [(label, text) for label, text in told if text],
        "approved": said.day(one.approved, today) if one.approved else "", "id": one.id,
        "escalate": form_address(child, "plan_start", answers={"a_type": "child_protection"}) if one.a_type == "child_in_need" and not one.ended else "",
        "no_concern": one.words.get("worry") == "none", "shared": ", ".join(name for two in one.shared_with if (name := _name(two, names))),
        "acts": [] if one.ended else acts, "copy": f"{reverse('write-letter', args=[child, 'plan_copy'])}?plan={one.id}",
    }  # fmt: skip


STATES = {"done": gettext_lazy("Done"), "dropped": gettext_lazy("Dropped")}


def _action(one: Item, names: Names, today: dt.date, child: uuid.UUID) -> dict[str, Any]:
    by = dt.date.fromisoformat(one.by_when) if one.by_when else None
    acts = _acts(
        child,
        one,
        ("action_done", _("It is done")),
        ("action_moved", _("Change the day")),
        ("action_dropped", _("Drop it")),
    )
    return {
        "what": one.words.get("what", ""), "who": _name(one.person, names) or one.words.get("who", ""),
        "state": STATES.get(one.ended_as, ""), "ended": said.day(one.ended, today) if one.ended else "",
        "due": said.due(by, today) if one.ended is None else "", "late": one.ended is None and by is not None and by < today,
        "acts": [] if one.ended else acts,
    }  # fmt: skip


def _promise(one: Item, names: Names, today: dt.date, child: uuid.UUID) -> dict[str, Any]:
    return {
        "who": _name(one.person, names), "words": one.words.get("own_words", ""),
        "asked": said.day(one.last, today) if one.last else "", "acts": _acts(child, one, ("promise_asked", _("Ask how it is going"))),
    }  # fmt: skip
