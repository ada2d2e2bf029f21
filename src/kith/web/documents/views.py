"""A child's documents and shares; choosing a letter, for whom, and seeing what this person will see before it is made."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.core import clock
from kith.documents import actions, policies, selectors
from kith.documents.copies import Reader
from kith.documents.rendering import NotRendered
from kith.documents.writing import Written, written
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record.fact import NotRecorded
from kith.rules.letters import Letter
from kith.web import visitor
from kith.web.answers import answered
from kith.web.child import filters
from kith.web.child.views import around
from kith.web.documents import beginnings, openness, presenters
from kith.web.recording import known
from kith.web.recording.fields import Part, condition_of

TYPED = ("agency", "referrer")


@visitor.signed_in
def documents(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What was written or added, who was given what, and what is on its way."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="documents", known_on=day)
    found = presenters.until(day, selectors.documents_of(viewer, opened.id), "made_at")
    by_id = {one.id: one for one in found}
    shares = presenters.until(day, selectors.shares_of(list(by_id)), "shared_on")
    moving = [] if day else selectors.deliveries_of(list(by_id))
    workers = access.named(presenters.workers_in(found, shares, moving))
    numbers = {one.digest: one.number for key in by_id for one in selectors.versions_of(key)}
    context = around(request, opened, "documents") | {
        "rows": [presenters.row(one, workers) for one in found],
        "shares": [presenters.share(one, workers, numbers) for one in shares],
        "openness": openness.of_family(viewer, opened, visitor.end_of(day) if day else None, day),
        "moving": [
            presenters.delivery(one, by_id[one.document], workers, half_done=selectors.half_done(one))
            for one in moving if one.state not in ("sent", "dropped")
        ],
    }  # fmt: skip
    return render(request, "documents/documents.html", context)


@visitor.signed_in
def choose(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The letters of the council's procedure, each with when it is sent and what it follows."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="choose a letter")
    policies.check_may_write(viewer)
    every = [one for one in selectors.letters().values() if beginnings.can_begin(viewer, opened, one)]
    letters = sorted(every, key=lambda one: one.title)
    return render(request, "documents/choose.html", {"opened": opened, "child": opened.id, "letters": letters})


class ForWhom(forms.Form):
    """Whom a letter is for, about which children, and how it is laid out."""

    reader = forms.ChoiceField(
        label=lazy("Whom is it for?"), help_text=lazy("Each copy is made for one reader"), widget=forms.RadioSelect,
        error_messages={"required": lazy("Choose whom it is for")},
    )  # fmt: skip
    name = forms.CharField(
        label=lazy("Their name, if it is for an agency or professional"), required=False, max_length=200
    )
    agency = forms.ChoiceField(
        label=lazy("Their agency"), required=False,
        help_text=lazy("Choose it where it is in the register: its address is known then, and the record knows which agency was written to"),
    )  # fmt: skip
    organisation = forms.CharField(
        label=lazy("Their organisation, if it is not in the register"), required=False, max_length=200
    )
    write_to = forms.CharField(
        label=lazy("Their work address"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    layout = forms.ChoiceField(label=lazy("How is it laid out?"), widget=forms.RadioSelect, initial="standard", choices=list(presenters.LAYOUTS.items()))  # fmt: skip

    def __init__(
        self, readers: Sequence[tuple[str, Reader]], agencies: Sequence[Any], letter: Letter, data: Any = None, begun: Any = None
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"layout": "standard", **(begun or {})})
        self.readers, self.agencies = dict(readers), {str(one.id): one for one in agencies}
        choices = [(key, f"{one.name}, {one.organisation or presenters.READERS[one.kind]}") for key, one in readers]
        typed = [(one, str(presenters.READERS[one]).capitalize()) for one in TYPED if one in letter.to]
        self.fields["reader"].choices = [*choices, *typed]  # type: ignore[attr-defined]
        if not typed:
            for name in ("name", "agency", "organisation", "write_to"):
                del self.fields[name]
        elif not agencies:
            del self.fields["agency"]
        else:
            named = [(key, one.name) for key, one in self.agencies.items()]
            self.fields["agency"].choices = [("", _("It is not in the register")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody who is not recorded is named here, unless it is for an agency of the register as such."""
        given = self.cleaned_data
        if given.get("reader") in TYPED and not given.get("name") and not given.get("agency"):
            self.add_error("name", str(_("Enter the name of the person it is for")))
        if given.get("agency") and given.get("organisation"):
            self.add_error("organisation", str(_("Choose the agency of the register, or enter another organisation: not both")))  # fmt: skip
        return self.cleaned_data

    def chosen(self) -> Reader:
        """The reader."""
        given = self.cleaned_data
        if given["reader"] not in TYPED:
            return self.readers[given["reader"]]
        agency = self.agencies.get(given.get("agency", ""))
        if agency is None:
            return Reader(given["reader"], given["name"], None, given["organisation"], given["write_to"])
        write_to = given["write_to"] or agency.address
        if not given["name"]:
            return Reader(given["reader"], agency.name, write_to=write_to, agency=agency.id)
        return Reader(given["reader"], given["name"], None, agency.name, write_to, agency.id)


@visitor.signed_in
def write(request: HttpRequest, child: uuid.UUID, letter: str) -> HttpResponse:
    """Writes a letter: for whom, then what is asked of its author, then exactly what this person will see, then it is made."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="write a letter")
    policies.check_may_write(viewer)
    spec = selectors.letters().get(letter)
    if spec is None or not beginnings.can_begin(viewer, opened, spec):
        return visitor.not_found(request)
    begun = beginnings.begun(request, viewer, opened, spec)
    readers = selectors.readers_of(viewer, opened, spec)
    chosen_reader = {"reader": request.GET["reader"]} if request.GET.get("reader") else {}
    agencies = selectors.agencies(viewer, spec)
    for_whom = ForWhom(readers, agencies, spec, request.POST or None, begun.reader or chosen_reader)
    siblings = filters.siblings(viewer, opened, clock.today())
    chosen = [one["id"] for one in siblings if str(one["id"]) in request.POST.getlist("children")]
    context: dict[str, Any] = {
        "opened": opened, "child": opened.id, "letter": spec, "for_whom": for_whom, "siblings": siblings,
        "begun": begun, "unconfirmed": begun.meeting.unconfirmed if begun.meeting else "", "chosen": {str(one) for one in chosen}, "nobody": not for_whom.fields["reader"].choices,  # type: ignore[attr-defined]
    }  # fmt: skip
    if not for_whom.is_bound or not for_whom.is_valid():
        context["form"] = for_whom
        return render(request, "documents/for_whom.html", context, status=422 if for_whom.errors else 200)
    return _answering(request, viewer, opened, context, [opened.id, *chosen])


def _answering(
    request: HttpRequest, viewer: Viewer, opened: Opened, context: dict[str, Any], children: list[uuid.UUID]
) -> HttpResponse:
    spec, for_whom = context["letter"], context["for_whom"]
    act, reader = request.POST.get("act"), for_whom.chosen()
    begun = context["begun"]
    layout = for_whom.cleaned_data["layout"]
    try:
        paper = begun.drawn(selectors.paper(viewer, opened, reader, children), plainly=layout == "plain")
    except NotRecorded as problem:
        for_whom.add_error("reader", str(problem))
        return render(request, "documents/for_whom.html", context | {"form": for_whom}, status=422)
    sent = request.POST if act in ("preview", "make") else None
    part = Part(spec.asks, sent, prefix="all", initial=known.answers(spec.asks, viewer, opened) | dict(begun.answers))
    context |= {
        "part": part, "asked": [(part[one.key], condition_of(one, part)) for one in spec.asks], "reader": reader, "paper": paper, "layout": presenters.LAYOUTS[layout],
        "names": list(people.names_of(children).values()), "needs": _needs(paper),
    }  # fmt: skip
    status = 200
    if part.is_bound and part.is_valid():
        try:
            shown = written(
                spec, paper, part.answers(), layout=layout, about=begun.about, for_calendar=begun.calendar_for(paper)
            )
            shown = replace(shown, records=begun.records)
            if act == "make":
                return _make(request, viewer, opened, shown)
            context["preview"] = shown.composed
        except (NotRecorded, NotRendered) as problem:
            part.add_error(None, str(problem))
    if part.errors:
        status = 422
    return render(request, "documents/write.html", context, status=status)


def _needs(paper: Any) -> list[str]:
    """What is known of how this reader reads."""
    theirs = paper.around.get(paper.reader.person) if paper.reader.person else None
    if theirs is None:
        return []
    told = []
    if theirs.details.get("chosen_language") not in (None, "", "English", "english", "en"):
        told.append(_("Letters and messages in: %(language)s") % {"language": answered("chosen_language", theirs.details["chosen_language"])})  # fmt: skip
    if theirs.details.get("interpreter_needed"):
        told.append(_("They need an interpreter. Read it with them, or have it translated."))
    if theirs.details.get("communication"):
        told.append(str(theirs.details["communication"]))
    return told


def _make(request: HttpRequest, viewer: Viewer, opened: Opened, shown: Written) -> HttpResponse:
    document = actions.make_letter(shown, opened, by=viewer)
    if shown.letter.approved_by:
        messages.success(request, _("Made. A manager approves it before it is given."))
    else:
        messages.success(request, _("Made and kept. Say how it is given."))
    return redirect("document", opened.id, document)


class Adding(forms.Form):
    """A file added to a record."""

    title = forms.CharField(
        label=lazy("What is it?"), max_length=200, error_messages={"required": lazy("Say what it is")}
    )
    file = forms.FileField(
        label=lazy("The file"), help_text=lazy("PDF, Word, a photograph or plain text"),
        error_messages={"required": lazy("Choose the file")},
    )  # fmt: skip


@visitor.signed_in
def add(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Adds a file to the record, once it is known what it is."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="add a file")
    policies.check_may_write(viewer)
    form = Adding(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            document = actions.attach(opened, form.cleaned_data["title"], sent.read(), sent.name, by=viewer)
            messages.success(request, _("Added to the record."))
            return redirect("document", opened.id, document)
        except NotRecorded as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
    context = {"opened": opened, "child": opened.id, "form": form}
    return render(request, "documents/add.html", context, status=422 if form.errors else 200)
