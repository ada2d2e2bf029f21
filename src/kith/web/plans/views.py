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
from kith.core import authorities, clock
from kith.core.ids import uuid_of
from kith.people import selectors as people
from kith.people import sharing
from kith.record.procedures import stack_of
from kith.web import said, visitor
from kith.web.answers import kind_word
from kith.web.child import filters
from kith.web.child.views import around

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
        "needs": [{"need": one.words.get("need", ""), "different": one.words.get("different", "")} for one in found.needs.values() if one.ended is None],
        "actions": [_action(one, names, today, opened.id) for one in found.actions.values()],
        "promises": [_promise(one, names, today, opened.id) for one in found.promises.values() if one.ended is None],
    }  # fmt: skip
    return render(request, "plans/plans.html", context)


def _names(viewer: Any, found: Plans, day: dt.date | None, known_at: dt.datetime | None) -> Names:
    """The names of those whom plans name: of children, only those whose records the viewer may open."""
    ids = {one.person for kept in (found.actions, found.promises) for one in kept.values()}
    ids |= {person for one in found.plans.values() for person in one.shared_with}
    return filters.names_by_id(viewer, [key for one in ids if (key := uuid_of(one))], day, known_at)


def _name(written: str, names: Names) -> str:
    key = uuid_of(written)
    return names.get(key, "") if key else ""


def _acts(child: uuid.UUID, one: Item, *forms: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {"text": text, "href": f"{reverse('record-form', args=[child, form])}?for={one.id}"} for form, text in forms
    ]


def _plan(one: Item, names: Names, today: dt.date, child: uuid.UUID) -> dict[str, Any]:
    title = stack_of(authorities.current()).words.get(f"plan/{one.a_type}") or (
        kind_word("plan", one.a_type) if one.a_type else _("Plan")
    )
    told = [
        (_("What should be different"), one.words.get("different")), (_("How we will know"), one.words.get("know")),
        (_("What the family says"), one.words.get("family_says")), (_("What would worry us"), one.words.get("would_worry")),
        (_("If the plan does not work"), one.words.get("contingency")), (_("What calls for an urgent review"), one.words.get("urgent_if")),
        (_("Whom the child sees"), one.words.get("contact")),
    ]  # fmt: skip
    acts = _acts(
        child,
        one,
        ("plan_review", _("Review it")),
        ("plan_urgent", _("Call an urgent review")),
        ("plan_share", _("Share it")),
        ("plan_end", _("End it")),
    )
    return {
        "title": title, "since": said.day(one.since, today) if one.since else "", "ended": said.day(one.ended, today) if one.ended else "",
        "reviewed": said.day(one.last, today) if one.last else "", "told": [(label, text) for label, text in told if text],
        "no_concern": one.words.get("worry") == "none", "shared": ", ".join(name for two in one.shared_with if (name := _name(two, names))),
        "acts": [] if one.ended else acts,
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
