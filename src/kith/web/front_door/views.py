"""What waits at the front door, and what helps to decide on a referral: earlier concern, and the criteria."""

import datetime as dt
import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.access.viewer import Viewer
from kith.casework import front_door as casework
from kith.core import authorities, clock
from kith.forms import selectors as forms
from kith.meetings import selectors as meetings
from kith.people import selectors as people
from kith.people import sharing
from kith.people.selectors import Opened
from kith.record import chronology as record
from kith.record.procedures import stack_of
from kith.rules.routes import APPEARS_NOT_TO, APPEARS_TO, NOT_KNOWN, SILENT, Answer
from kith.web import said, visitor
from kith.web.acts import form_address
from kith.web.answers import answered
from kith.web.child import filters, presenters
from kith.web.child.views import around
from kith.web.recording.fields import NO, YES
from kith.web.work.presenters import english_kind

PAGE = 50
# What is read before deciding.
EARLIER = ("assessment.started", "assessment.authorised", "plan.started", "plan.ended")
ANSWERS = {
    APPEARS_TO: gettext_lazy("The guidance points to yes"),
    APPEARS_NOT_TO: gettext_lazy("The guidance points to no"),
    SILENT: gettext_lazy("The guidance does not say"),
    NOT_KNOWN: gettext_lazy("Not enough is known to say"),
}


@visitor.signed_in
def front_door(request: HttpRequest) -> HttpResponse:
    """Contacts and referrals with no decision, and people who referred and have not been told what happened."""
    viewer, today = visitor.viewer(request), clock.today()
    if not (viewer.may("enter_people") or viewer.may("approve")):
        return render(request, "refused.html", {}, status=403)
    waiting = [
        ("contacts", _("Contacts with no decision"), _("Decide what happens"), "contact_decision", casework.contacts_waiting(viewer)),
        ("referrals", _("Referrals with no decision"), _("Help to decide"), "", casework.referrals_waiting(viewer)),
        ("tell", _("Tell whoever made the referral"), _("Tell them"), "referrer_told", casework.referrers_to_tell(viewer, today)),
    ]  # fmt: skip
    groups = []
    for key, title, act, form, rows in waiting:
        page = Paginator(rows, PAGE).get_page(request.GET.get(key))
        lines = [_line(one, today, act, form) for one in page.object_list]
        groups.append({"key": key, "title": title, "page": page, "lines": lines})
    return render(
        request, "front_door/waiting.html", {"groups": groups, "nothing": not any(one["lines"] for one in groups)}
    )


def _line(one: Any, today: dt.date, act: str, form: str) -> dict[str, Any]:
    decision = getattr(one, "decision", "")
    href = reverse("record-form", args=[one.child_id, form]) if form else reverse("deciding", args=[one.child_id])
    return {
        "child": one.child_id, "name": one.child.name, "source": _option(one, "source"),
        "tier": _option(one, "tier"), "came": said.day(one.received_on), "days": (today - one.received_on).days,
        "decision": _option(one, "decision") if decision else "", "act": act, "href": href,
    }  # fmt: skip


def _option(one: Any, key: str) -> str:
    """An answer of a contact, a referral or what came before, in the words of the form that asked for it."""
    stem = getattr(one, "what", "") or type(one).__name__.lower()
    return _worded(f"{stem}.decided" if key == "decision" else f"{stem}.received", key, getattr(one, key))


def _worded(kind: str, key: str, value: str) -> str:
    question = forms.question_of(kind, key)
    return (question.options.get(value) if question else "") or answered(key, value)


@visitor.signed_in
def deciding(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What helps to decide: earlier concern about the child and brothers and sisters, and what the criteria say. It decides nothing."""
    viewer, today = visitor.viewer(request), clock.today()
    opened = people.child_for(viewer, child, page="deciding")
    near = {opened.id: opened.person.name}
    near |= {one["id"]: one["name"] for one in filters.siblings(viewer, opened, today)}
    known = [one for one in casework.before(list(near)) if sharing.covers(viewer, one.what)]
    # What the criteria say is worked out from the whole record.
    routes = {} if viewer.of_partner else casework.routes()
    chosen = request.POST.get("route", "") or request.GET.get("route", "")
    route = routes.get(chosen)
    given = _given(request)
    context = around(request, opened, "deciding") | _known_already(viewer, opened) | {
        "before": [_earlier(one, near) for one in known], "worries": len(casework.small_worries(known, today)),
        "many_worries": len(casework.small_worries(known, today)) > 1, "several": len(near) > 1,
        "routes": [(key, one.title) for key, one in sorted(routes.items(), key=lambda pair: pair[1].title)], "route": route,
        "asked": [(one, given.get(one.id), _asks(one)) for one in casework.asked_by(route)] if route else [],
        "answer": _answer(casework.guidance(route, opened, given), route.decided_by) if route and request.method == "POST" else None,
        "deciders": _titles(route.decided_by) if route else "", "follow": _follow(opened, chosen) if route else [],
    }  # fmt: skip
    return render(request, "front_door/deciding.html", context)


def _follow(opened: Opened, route: str) -> list[tuple[str, str]]:
    """Where the decision is recorded, and where the meeting that the criteria are about is asked for; protection first of all."""
    strategy = form_address(opened.id, "meeting_arrange", answers={"a_type": "strategy_discussion"})
    found = [(_("The child may need protection now: a strategy discussion"), strategy)]
    if forms.form("route_decision") is not None:
        found.append((_("Record what you decide"), form_address(opened.id, "route_decision")))
    rooms = [one for one in meetings.rooms().values() if one.route == route]
    return found + [
        (_("Ask for the meeting"), form_address(opened.id, "meeting_ask", answers={"a_type": one.a_type}))
        for one in rooms
    ]


def _known_already(viewer: Viewer, opened: Opened) -> dict[str, Any]:
    """What the latest contact and referral say, a CAF and dated events among it, and the assessments and plans there are (WOR-018, WOR-035)."""
    entries = filters.readable(viewer, opened, record.chronology(opened.id))
    told = []
    for kind, title in (
        ("referral.received", _("What the referral says")),
        ("contact.received", _("What the latest contact says")),
    ):
        latest = next(
            (one for one in entries if one.told.event.kind.partition("/")[0] == kind and not one.withdrawn), None
        )
        if latest is not None:
            told.append((title, presenters.says(latest.stands, opened.id)))
    earlier = [
        {"on": said.day(dt.date.fromordinal(one.stands.event.day)), "what": english_kind(one.stands.event.kind), "id": one.told.event.id}
        for one in entries if one.told.event.kind.partition("/")[0] in EARLIER and not one.withdrawn
    ]  # fmt: skip
    return {"told": told, "earlier": earlier, "leads": casework.early_help_leads(opened)}


def _given(request: HttpRequest) -> dict[str, Any]:
    """What was answered; a question left at "not known" is no answer, and never a no."""
    told: dict[str, Any] = {}
    for key, value in request.POST.items():
        if key.startswith("answer:") and value:
            told[key.removeprefix("answer:")] = {YES: True, NO: False}.get(str(value), str(value))
    return told


def _asks(field: Any) -> list[tuple[str, str]]:
    if field.answer == "yes_no":
        return [(YES, _sentence(field.yes)), (NO, _sentence(field.no))]
    return [(key, answered(field.id, key)) for key in field.options]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _titles(roles: Any) -> str:
    return ", ".join(stack_of(authorities.current()).role_title(one) for one in roles)


def _answer(answer: Answer, decided_by: Any) -> dict[str, Any]:
    def told(lines: Any) -> list[tuple[str, str]]:
        return [(_sentence(casework.in_words(one)), ", ".join(one.cites)) for one in lines]

    return {
        "says": ANSWERS[answer.answer], "because": told(answer.fired), "also": told(answer.also), "unknown": told(answer.unknown),
        "leads_to": answer.redirects_to.replace("_", " "), "leans": ANSWERS.get(answer.leans, ""),
    }  # fmt: skip


def _earlier(one: casework.Before, names: dict[Any, str]) -> dict[str, str]:
    outcome = "outcome" if one.what == "contact" else "decision"
    return {
        "on": said.day(one.on), "who": names.get(one.child, ""), "what": _("Contact") if one.what == "contact" else _("Referral"),
        "source": _option(one, "source"), "tier": _option(one, "tier"),
        "decision": _worded(f"{one.what}.decided", outcome, one.decision) if one.decision else _("No decision yet"),
    }  # fmt: skip
