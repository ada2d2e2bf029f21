"""Who does what for a child: the co-working agreement as it stands, with what is owed by it, signed, unclear, reviewed and given out."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.casework import agreements, decisions, visits
from kith.casework.agreements import Agreement, Line, Party, Task
from kith.core import authorities, clock
from kith.core.ids import uuid_of
from kith.forms import selectors as forms
from kith.obligations import selectors as obligations
from kith.people import register, sharing
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record.procedures import stack_of
from kith.rules.forms import Form
from kith.web import said, visitor
from kith.web.acts import form_address
from kith.web.child import filters
from kith.web.child.views import around
from kith.web.work import presenters as work

# What an agreement, and the duties that go with working together, put on worklists.
DUTIES = ("coworking.", "family_time.", "birth_family.", "report.", "countersign.")
LINES = {
    "questioned": gettext_lazy("Disagreed or unclear"), "question_decided": gettext_lazy("Decided"),
    "reviewed": gettext_lazy("Reviewed"), "views_given": gettext_lazy("Views of a manager who could not come"),
}  # fmt: skip
TOLD = ("question", "decided", "why", "changed", "which_meeting", "views")


@visitor.signed_in
def coworking(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The agreements of a child, the one in force first; management decisions; what was asked of the senior manager."""
    viewer, today = visitor.viewer(request), clock.today()
    opened = people.child_for(viewer, child, page="co-working")
    # An agreement names workers and managers of the authority: it is no part of what a partner's agreement covers.
    found = [] if viewer.of_partner else agreements.of_child(opened.id)
    made = decisions.of_child(opened.id) if sharing.covers(viewer, "decision") else []
    owed = [] if viewer.of_partner else [
        row for row in obligations.in_order(obligations.of_child(opened.id).filter(closed_on=None)) if row.duty.startswith(DUTIES)
    ]  # fmt: skip
    holders = people.standing_of(opened.id)
    others = visits.statutory_by_others(opened.id, holders.holder) if sharing.covers(viewer, "visit") else []
    names = _Names(found, made, others, viewer)
    context = around(request, opened, "plans") | {
        "agreements": [_agreement(one, opened, names, viewer) for one in reversed(found)],
        "has_form": forms.form("coworking_start") is not None, "plan": said.plan(holders.plan) if sharing.covers(viewer, "plan") else "",
        "owed": work.lines(owed, today), "decisions": [_decision(one, names, opened) for one in reversed(made)],
        "others": [{"on": said.day(day, today), "who": names.worker(worker)} for day, worker in others],
        "manager": _managers(opened), "may_approve": viewer.may("approve"),
    }  # fmt: skip
    return render(request, "coworking/coworking.html", context)


class _Names:
    """What workers, people and agencies of the agreements are called, asked once for all."""

    def __init__(
        self, found: list[Agreement], made: list[decisions.Decision], others: list[tuple[dt.date, str]], viewer: Viewer
    ) -> None:
        every = [party.worker for one in found for party in one.parties]
        every += [task.worker for one in found for task in one.tasks.values()]
        every += (
            [line.worker for one in found for line in one.lines]
            + [one.by for one in made]
            + [worker for _day, worker in others]
        )
        given = [(name, key) for one in found for _on, name, key in one.given]
        every += [key for name, key in given if name == "worker"]
        self._workers = access.named([key for one in every if (key := uuid_of(one))])
        self._people = filters.names_by_id(viewer, [uuid.UUID(key) for name, key in given if name == "person"])
        self._agencies = register.named(uuid.UUID(key) for name, key in given if name == "agency")
        self.viewer = viewer

    def worker(self, one: str) -> str:
        """What a worker is called."""
        key = uuid_of(one) if one else None
        return (self._workers.get(key) or "") if key else ""

    def of(self, name: str, key: str) -> str:
        """What a worker, a person or an agency is called."""
        if name == "worker":
            return self.worker(key)
        if name == "agency":
            agency = self._agencies.get(uuid.UUID(key))
            return agency.name if agency else ""
        return self._people.get(uuid.UUID(key), "")


def _managers(opened: Opened) -> str:
    """Who manages the team that holds the child: the case is theirs to manage whatever an agreement delegates."""
    today = clock.today()
    managers = set(access.holders_of("team_manager", today))
    team = access.members([opened.team], today) if opened.team else ()
    return ", ".join(one.name for one in team if one in managers)


def _form(opened: Opened, form: str, on: str = "", **answers: str) -> str:
    return form_address(opened.id, form, on, answers)


def _words(form: str, key: str, value: Any) -> str:
    """An answer in the words of the form that asked for it."""
    spec: Form | None = forms.form(form)
    question = spec.question(key) if spec else None
    values = value if isinstance(value, list) else [value]
    return ", ".join(
        (question.options.get(str(one)) if question else "") or str(one).replace("_", " ") for one in values if one
    )


def _agreement(one: Agreement, opened: Opened, names: _Names, viewer: Viewer) -> dict[str, Any]:
    today = clock.today()
    unsigned = [names.worker(party.worker) for party in one.unsigned]
    state = _("In force")
    if one.ended:
        state = _("Ended on %(day)s") % {"day": said.day(one.ended, today)}
    elif unsigned or not one.there:
        state = _("A draft, until everyone has signed")
    acts = [
        ("coworking_party", _("Add somebody who takes part")), ("coworking_task", _("Give somebody a task")),
        ("coworking_question", _("Say that something is disagreed or unclear")), ("coworking_review", _("Review it")),
        ("coworking_give_out", _("Give somebody a copy")), ("coworking_views", _("Views of a manager who cannot come")),
        ("coworking_end", _("End it")),
    ]  # fmt: skip
    if any(party.worker == str(viewer.id) for party in one.unsigned):
        acts.insert(0, ("coworking_sign", _("Sign it")))
    if one.unsettled:
        acts.insert(0, ("coworking_decide", _("Decide what is disagreed or unclear")))
    return {
        "state": state, "version": one.version, "made": said.day(one.made, today), "goals": one.says.get("goals", ""), "unsigned": ", ".join(unsigned),
        "review": said.due(dt.date.fromisoformat(one.review_on), today) if one.review_on and not one.ended else "",
        "parties": [_party(party, names) for party in one.parties], "tasks": _tasks(one, opened, names),
        "lines": [_line(line, names) for line in reversed(one.lines)],
        "given": [{"on": said.day(on, today), "who": names.of(name, key), "old": on < one.since_version} for on, name, key in reversed(one.given)],
        "acts": [] if one.ended else [{"text": text, "href": _form(opened, form, one.id)} for form, text in acts],
    }  # fmt: skip


def _party(one: Party, names: _Names) -> dict[str, Any]:
    today = clock.today()
    signed = _("Signed on %(day)s") % {"day": said.day(one.signed, today)} if one.signed else _("Has not signed")
    return {
        "who": names.worker(one.worker), "as_whom": _words("coworking_party", "party", one.party), "title": one.says.get("job_title", ""),
        "delegated": _words("coworking_party", "delegated", one.says.get("delegated")), "supervised_by": one.says.get("supervised_by", ""),
        "joint": one.says.get("joint_work", ""), "signed": signed, "left": said.day(one.until, today) if one.until else "",
    }  # fmt: skip


def _tasks(one: Agreement, opened: Opened, names: _Names) -> list[dict[str, Any]]:
    """Every task that the procedure names, in its order, with who does it; a task nobody does says so."""
    spec = forms.form("coworking_task")
    question = spec.question("what") if spec else None
    by_what: dict[str, list[Task]] = {}
    for task in one.tasks.values():
        if task.stopped is None:
            by_what.setdefault(task.what, []).append(task)
    rows = []
    for key, text in (question.options if question else {}).items():
        theirs = by_what.get(key, [])
        rows += [_task(task, text, opened, names) for task in theirs] or [
            {
                "what": text,
                "who": "",
                "act": _form(opened, "coworking_task", one.id, what=key),
                "act_text": _("Say who"),
            }
        ]
    return rows


def _task(task: Task, text: str, opened: Opened, names: _Names) -> dict[str, Any]:
    return {
        "what": text, "detail": task.says.get("detail", ""), "who": names.worker(task.worker), "every": _words("coworking_task", "every", task.says.get("every")),
        "reports_to": _words("coworking_task", "reports_to", task.says.get("reports_to")), "on_behalf": _words("coworking_task", "on_behalf", task.says.get("on_behalf")),
        "last": said.day(task.last, clock.today()) if task.last else "", "act": _form(opened, "coworking_task_done", task.id, worker=task.worker), "act_text": _("It was done"),
    }  # fmt: skip


def _line(one: Line, names: _Names) -> dict[str, Any]:
    return {
        "on": said.day(one.on, clock.today()), "what": LINES[one.what], "who": names.worker(one.worker),
        "told": [str(one.says[key]) for key in TOLD if one.says.get(key)],
    }  # fmt: skip


def _decision(one: decisions.Decision, names: _Names, opened: Opened) -> Mapping[str, Any]:
    asked = one.form == "senior_request"
    return {
        "on": said.day(one.on, clock.today()), "who": names.worker(one.by), "role": stack_of(authorities.current()).role_title(one.role) if one.role else "",
        "what": _words("senior_request", "for", one.says.get("for")) if asked else _("Management decision"), "asked": asked,
        "told": [str(one.says[key]) for key in ("decided", "cost", "why") if one.says.get(key)],
        "answer": _words("senior_decision", "answer", one.answer.get("answer")) if one.answer else "", "answer_why": one.answer.get("why", ""),
        "act": _form(opened, "senior_decision", one.request) if asked and not one.answer else "",
    }  # fmt: skip
