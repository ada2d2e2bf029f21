"""The prompt sheet of an assessment or an enquiry: whom to ask, what they answered, and what was shared on which ground."""

import datetime as dt
import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.casework import agency_checks as casework
from kith.casework import policies
from kith.casework.agency_checks import Checks, Sharing, words_of
from kith.core import clock
from kith.core.ids import uuid_of
from kith.forms import selectors as forms
from kith.people import selectors as people
from kith.people import sharing
from kith.people.selectors import Opened
from kith.record.fact import NotRecorded
from kith.record.selectors import Told
from kith.web import said, visitor
from kith.web.child import filters
from kith.web.child.views import around

Names = Mapping[uuid.UUID, str]


@visitor.signed_in
def checks(request: HttpRequest, child: uuid.UUID, about: uuid.UUID) -> HttpResponse:
    """Every agency of the prompt sheet and where it stands, and whoever was asked or told."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="agency checks", known_on=day)
    return _shown(request, viewer, opened, about)


@visitor.signed_in
def set_aside(request: HttpRequest, child: uuid.UUID, about: uuid.UUID) -> HttpResponse:
    """The ticks that say that asking some of them has no bearing."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="agency checks")
    policies.check_may_record(viewer, opened)
    if request.method != "POST":
        return redirect("agency-checks", opened.id, about)
    try:
        casework.set_aside(opened, about, request.POST.getlist("of"), by=viewer)
    except NotRecorded as problem:
        return _shown(request, viewer, opened, about, str(problem))
    messages.success(request, _("Recorded."))
    return redirect("agency-checks", opened.id, about)


def _shown(request: HttpRequest, viewer: Viewer, opened: Opened, about: uuid.UUID, error: str = "") -> HttpResponse:
    covered = all(sharing.covers(viewer, stem) for stem in ("assessment", "information"))
    named = casework.named_as(opened.id, about) if covered else ""
    if not named:
        return visitor.not_found(request)
    day, rows = visitor.known_on(request), casework.rows()
    known_at = visitor.end_of(day) if day else None
    found = casework.checks_of(opened.id, about, partial(sharing.covers, viewer), known_at)
    names = filters.names_by_id(viewer, _people(found), day, known_at)
    context = around(request, opened, "assessments") | {
        "about": about, "of_assessment": named == "assessment", "error": error, "rows": [_row(key, text, found, opened, about, names) for key, text in rows.items()],
        "left": len(found.not_considered(rows)), "sharings": [_sharing(one, rows, names, opened) for one in found.sharings.values()],
        "looked_up": [(said.day(_day(one)), words_of(one, "of"), words_of(one, "found")) for one in found.looked_up],
        "give": _form(opened, "information_given", about), "look_up": _form(opened, "information_looked_up", about),
        "other": _form(opened, casework.FORM, about),
    }  # fmt: skip
    return render(request, "assessments/checks.html", context, status=422 if error else 200)


def _people(found: Checks) -> list[uuid.UUID]:
    ids = {person for one in found.sharings.values() for person in one.agrees}
    ids |= {person for one in found.sharings.values() for told in one.told for person in told.ids("person")}
    ids |= {person for several in found.objections.values() for person in several}
    return [key for one in ids if (key := uuid_of(one))]


def _day(one: Told) -> dt.date:
    return dt.date.fromordinal(one.event.day)


def _form(opened: Opened, form: str, about: uuid.UUID | str, **chosen: str) -> str:
    asked = "".join(f"&with={key}:{value}" for key, value in chosen.items())
    return f"{reverse('record-form', args=[opened.id, form])}?for={about}{asked}"


def _row(key: str, text: str, found: Checks, opened: Opened, about: uuid.UUID, names: Names) -> dict[str, Any]:
    asked, aside = found.asked(key), found.set_aside.get(key)
    if asked:
        waits = sum(one.waits for one in asked)
        state = _("Asked, and the answer waits") if waits else _("Asked, and answered")
    elif aside is not None:
        state = _("No bearing, %(day)s") % {"day": said.day(_day(aside))}
    else:
        state = _("Not considered yet")
    return {
        "key": key, "text": text, "state": state, "open": not asked and aside is None, "objects": ", ".join(_name(one, names) for one in found.objections.get(key, ())),
        "ask": _form(opened, casework.FORM, about, of=key),
    }  # fmt: skip


def _sharing(one: Sharing, rows: Mapping[str, str], names: Names, opened: Opened) -> dict[str, Any]:
    today, by = clock.today(), dt.date.fromisoformat(one.reply_by) if one.reply_by else None
    late = one.waits and by is not None and by < today
    return {
        "who": rows.get(one.of, one.of), "contact": words_of(one.first, "contact"), "given": one.given, "day": said.day(_day(one.first)),
        "how": _chosen(one.first, "how"), "what": words_of(one.first, "what_given") or words_of(one.first, "questions"),
        "why": words_of(one.first, "necessary") or words_of(one.first, "need_met"), "basis": _chosen(one.first, "basis"),
        "why_without": words_of(one.first, "why_without"), "urgent": one.first.event.fields.get("shared_urgently") is True,
        "due": said.due(by, today) if one.waits else "", "late": late, "letters": [said.day(day) for day in one.letters],
        "reminders": [said.day(_day(told)) for told in one.reminders], "answer": _answer(one),
        "agrees": [_agrees(person, told, names) for person, told in one.agrees.items()],
        "grounds": [(_chosen(told, "ground"), words_of(told, "why"), said.day(_day(told))) for told in one.grounds],
        "told": [_told(told, names) for told in one.told], "acts": _acts(one, opened),
    }  # fmt: skip


def _chosen(one: Told, key: str) -> str:
    """An answer in the words of the question it was chosen for."""
    value, question = words_of(one, key), forms.question_of(one.event.kind, key)
    return question.options.get(value, value) if question else value


def _answer(one: Sharing) -> list[str]:
    if one.answer is None:
        return []
    told = one.answer
    lines = [f"{_chosen(told, 'answer')}: {said.day(_day(told))}, {_chosen(told, 'how')}"]
    keys = (
        ("reply", _("What they told")), ("their_view", _("Their view")), ("their_evidence", _("What it rests on")),
        ("their_assessments", _("Assessments of their own")), ("why_refused", _("Why not")), ("taken_up_with", _("Taken up with")),
    )  # fmt: skip
    return lines + [f"{label}: {text}" for key, label in keys if (text := words_of(told, key))]


def _name(one: str, names: Names) -> str:
    key = uuid_of(one)
    return names.get(key, _("someone")) if key else _("someone")


def _agrees(person: str, one: Told, names: Names) -> str:
    words = {"name": _name(person, names), "day": said.day(_day(one)), "how": _chosen(one, "how")}
    if one.event.kind == "agrees.withdrawn":
        return _("%(name)s no longer agrees: %(day)s, %(how)s") % words
    return _("%(name)s: %(answer)s: %(day)s, %(how)s") % (words | {"answer": _chosen(one, "answer")})


def _told(one: Told, names: Names) -> str:
    words = {"name": ", ".join(_name(each, names) for each in one.ids("person")), "day": said.day(_day(one))}
    if one.event.kind == "told.not_told":
        return _("%(name)s was not told: %(why)s (%(day)s)") % (words | {"why": words_of(one, "why")})
    return _("%(name)s was told: %(what)s (%(day)s)") % (words | {"what": words_of(one, "what")})


def _acts(one: Sharing, opened: Opened) -> list[dict[str, str]]:
    """What can be done next with an agency that was asked, or with what was shared."""
    acts = []
    if one.waits:
        letter = f"{reverse('write-letter', args=[opened.id, 'information_request'])}?request={one.id}"
        acts = [
            {"text": _("Record the answer"), "href": _form(opened, "information_reply", one.id)},
            {"text": _("Write the letter"), "href": letter},
            {"text": _("Remind them"), "href": _form(opened, "information_chase", one.id)},
            {"text": _("Record a question they asked"), "href": _form(opened, "information_query", one.id)},
        ]
    apart = (
        ("share_agrees", _("Whether a person agrees")), ("share_agreement_withdrawn", _("A person no longer agrees")),
        ("share_ground", _("The ground we rely on")), ("share_told", _("What a person was told")), ("share_not_told", _("Why a person was not told")),
    )  # fmt: skip
    return acts + [{"text": text, "href": _form(opened, form, one.id)} for form, text in apart]
