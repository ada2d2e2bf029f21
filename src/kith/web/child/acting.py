"""Acts on a child's record beside its forms: allocate, restrict, break the glass, withdraw, seal."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.access import selectors as access
from kith.casework import actions as casework
from kith.casework.gates import Stopped
from kith.core import clock
from kith.people import actions as people_actions
from kith.people import policies, sharing
from kith.people import selectors as people
from kith.record import actions as record
from kith.record import chronology
from kith.record.fact import NotRecorded
from kith.record.joining import MERGES
from kith.record.procedures import rights_by_role, stack_of
from kith.record.selectors import one_event
from kith.rules.gates import EXPLAIN
from kith.web import said, visitor
from kith.web.answers import answered
from kith.web.child import filters, presenters
from kith.web.child.views import around


class Allocating(forms.Form):
    """To whom a child is allocated."""

    worker = forms.ChoiceField(label=lazy("Worker"), error_messages={"required": lazy("Choose a worker")})
    reason = forms.CharField(
        label=lazy("What the worker should know"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, workers: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", lazy("Choose a worker")), *workers]  # type: ignore[attr-defined]


@visitor.signed_in
def allocate(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Allocates a child to a worker from today; what is owed moves to them at once."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="allocate")
    policies.check_may(viewer, "allocate")
    held = access.roles_held(clock.today())
    stack, may = stack_of(viewer.authority), rights_by_role(viewer.authority)
    able = [
        (str(one.id), f"{one.name} ({', '.join(stack.role_title(role) for role in held.get(one.id, ()))})")
        for one in access.everyone()
        if not one.agency and any("record" in may.get(role, ()) for role in held.get(one.id, ()))
    ]
    form = Allocating(able, request.POST or None)
    if request.method == "POST" and form.is_valid():
        worker = uuid.UUID(form.cleaned_data["worker"])
        roles = held.get(worker, [])
        coded = {"student": "student" in roles, "newly_qualified": "newly_qualified" in roles}
        team = next(iter(access.teams_of(worker, clock.today())), None)
        reason = form.cleaned_data["reason"]
        try:
            answered_gates = dict.fromkeys(request.POST.getlist("gates"), reason)
            casework.allocate(opened, worker, team, coded, by=viewer, reason=reason, reasons=answered_gates)
        except Stopped as stopped:
            return _stopped(request, form, opened, stopped)
        for words in casework.said_of_allocating(opened, worker, by=viewer):
            messages.warning(request, words)
        messages.success(request, _("Allocated to %(name)s.") % {"name": dict(able)[str(worker)]})
        return redirect("child", opened.id)
    return render(
        request, "child/allocate.html", {"form": form, "opened": opened, "child": opened.id}, status=_status(form)
    )


def _stopped(request: HttpRequest, form: Allocating, opened: Any, stopped: Stopped) -> HttpResponse:
    """The page again with what the gates say: where a reason opens one, what is typed below is that reason."""
    for one in stopped.stops:
        form.add_error("reason" if one.gate.otherwise == EXPLAIN else "worker", one.gate.say)
    context = {"form": form, "opened": opened, "child": opened.id, "gates": [one.gate.id for one in stopped.stops]}
    return render(request, "child/allocate.html", context, status=422)


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200


ACTS = (
    ("restrict", lazy("Restrict it: only those named and those who work with the child")),
    ("lift", lazy("Lift the restriction")),
    ("open_to", lazy("Open it to a worker")),
    ("close_to", lazy("Close it to a worker, for example a relative")),
    ("no_longer_closed_to", lazy("No longer closed to a worker")),
)
BECAUSE = ("worker_or_relative", "high_profile", "danger_if_known", "adoption", "court", "other")


class Restricting(forms.Form):
    """What changes about who may open a record."""

    act = forms.ChoiceField(
        label=lazy("What changes?"),
        choices=ACTS,
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Say what changes")},
    )
    worker = forms.ChoiceField(
        label=lazy("Worker"),
        help_text=lazy("When restricting: who looks after the record and answers for it"),
        required=False,
    )
    because = forms.ChoiceField(label=lazy("Reason"), required=False)

    def __init__(self, workers: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", ""), *workers]  # type: ignore[attr-defined]
        self.fields["because"].choices = [("", ""), *((one, answered("because", one)) for one in BECAUSE)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Every change but lifting names a worker."""
        if self.cleaned_data.get("act") not in (None, "lift") and not self.cleaned_data.get("worker"):
            self.add_error("worker", str(_("Choose a worker")))
        return self.cleaned_data


@visitor.signed_in
def restrict(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Restricts a record, opens or closes it to a worker, or lifts that."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="restrict")
    policies.check_may(viewer, "restrict")
    workers = [(str(one.id), one.name) for one in access.everyone()]
    form = Restricting(workers, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        worker = uuid.UUID(given["worker"]) if given["worker"] else None
        people_actions.change_access(opened, given["act"], worker, given["because"], by=viewer)
        messages.success(request, _("Saved."))
        return redirect("my-work")
    doors = [
        f"{dict(workers).get(str(one.worker), '')}: {answered('how', one.how)}" for one in people.doors_of(opened.id)
    ]
    context = {"form": form, "opened": opened, "child": opened.id, "doors": doors}
    return render(request, "child/restrict.html", context, status=_status(form))


@visitor.signed_in
def break_glass(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Opens a restricted record in an emergency for four hours; its guardian and the data protection officer are told."""
    viewer = visitor.viewer(request)
    if request.method != "POST":
        people.child_for(viewer, child, page="emergency opening")
        return redirect("child", child)
    try:
        people_actions.break_glass(child, request.POST.get("reason", ""), by=viewer)
    except NotRecorded as problem:
        messages.error(request, str(problem))
    return redirect("child", child)


@visitor.signed_in
def declare(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Somebody says that they should not see a record, being related or otherwise not free: it is closed to them at once."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="conflict of interest")
    if request.method != "POST":
        return render(request, "child/declare.html", {"opened": opened, "child": opened.id})
    people_actions.declare_conflict(opened.id, by=viewer)
    messages.success(
        request,
        _("Thank you. The record is closed to you from now. Tell your manager, so that somebody else takes it on."),
    )
    return redirect("my-work")


@visitor.signed_in
def withdraw(request: HttpRequest, child: uuid.UUID, event: uuid.UUID) -> HttpResponse:
    """Records that an entry did not happen, or not so."""
    return _amend(
        request, child, event, record.withdraw, "record", _("Withdrawn. It stays readable, marked, with your reason.")
    )


@visitor.signed_in
def seal(request: HttpRequest, child: uuid.UUID, event: uuid.UUID) -> HttpResponse:
    """Takes an entry made on the wrong person out of every view."""
    return _amend(
        request, child, event, record.seal, "seal", _("Sealed. Only the records officer can see that it was here.")
    )


def _amend(request: HttpRequest, child: uuid.UUID, event: uuid.UUID, act: Any, right: str, done: str) -> HttpResponse:
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="amend")
    found = chronology.entry_of(event, opened.id)
    merged = found is not None and found.told.event.kind in MERGES
    policies.check_may(viewer, "merge" if merged and right == "record" else right)
    if found is None or not sharing.covers(viewer, found.stem):
        return visitor.not_found(request)
    if request.method == "POST":
        try:
            act(one_event(event), request.POST.get("reason", ""), by=viewer, under=opened.ground)
            messages.success(request, done)
            return redirect("chronology", opened.id)
        except NotRecorded as problem:
            messages.error(request, str(problem))
    return redirect("entry", opened.id, event)


@visitor.signed_in
def voice(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What the child said or showed, in their own words, the latest first."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="own words", known_on=day)
    said_then = []
    entries = [
        one
        for one in filters.readable(
            viewer, opened, chronology.chronology(opened.id, visitor.end_of(day) if day else None)
        )
        if not one.withdrawn
    ]
    workers = access.named(one.recorded_by for one in entries)
    for one in entries:
        words = presenters.own_words(one.stands, opened.id)
        if words:
            said_then.append(
                {
                    "words": words,
                    "day": said.day(_day(one)),
                    "by": workers.get(one.recorded_by) if one.recorded_by else "",
                }
            )
    return render(request, "child/voice.html", around(request, opened, "child") | {"said": said_then})


def _day(entry: Any) -> Any:
    return dt.date.fromordinal(entry.stands.event.day)
