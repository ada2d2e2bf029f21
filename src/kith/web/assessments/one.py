"""One assessment whole: where it stands, what is still open, what it rests on, its text, and beside it what people say of it."""

import datetime as dt
import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.casework import assessment_story as casework
from kith.casework import assessments as rows
from kith.casework.assessment_story import Story
from kith.core.ids import uuid_of
from kith.documents import keeping
from kith.forms import selectors as forms
from kith.people import selectors as people
from kith.people import sharing
from kith.people.selectors import Opened
from kith.record import chronology
from kith.web import said, visitor
from kith.web.answers import answered, type_title
from kith.web.assessments import evidence, open_matters, taking_part, text
from kith.web.assessments.views import STANDS, acts_of
from kith.web.child import filters, presenters
from kith.web.child.views import around

Names = Mapping[uuid.UUID, str]


@visitor.signed_in
def assessment(request: HttpRequest, child: uuid.UUID, assessment: uuid.UUID) -> HttpResponse:
    """One assessment of a child."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="assessment", known_on=day)
    known_at = visitor.end_of(day) if day else None
    row = rows.one_of(opened.id, assessment, known_at) if sharing.covers(viewer, "assessment") else None
    if row is None:
        return visitor.not_found(request)
    story = casework.narrowed(casework.story_of(opened.id, assessment, known_at), partial(sharing.covers, viewer))
    names = filters.names_by_id(viewer, _people(story), day, known_at)
    children = [(one, names[key]) for one in story.children if (key := uuid_of(one)) and key in names]
    stands = rows.standing(row)
    context = around(request, opened, "assessments") | {
        "title": type_title("assessment", row.a_type), "assessment": assessment, "stands": STANDS[stands], "acts": acts_of(row, stands, viewer),
        "children": [_child(one, name, story) for one, name in children],
        "open": open_matters.of(viewer, opened, assessment, story, row) if stands != rows.ENDED and day is None else [],
        "begun": text.pages_of(story.begun, "assessment_start", children), "text": text.pages_of(story.text, "assessment", children),
        "alike": _alike(story, opened), "issues": evidence.issues(story, names), "unchecked": evidence.unchecked(story),
        "outlook": evidence.outlook(story), "responses": [_response(one, names) for one in story.responses],
        "views": [_view(one, names) for one in story.views], "agreements": [_agreement(one, names, opened) for one in story.agreements],
        "kept": [_kept(key, one, names, opened) for key, one in story.kept.items()], "shares": [_shared(one, names, opened) for one in story.shares],
        "taking_part": taking_part.lines(viewer, opened, story) if day is None else [], "events": _significant(viewer, opened, known_at), "links": _links(opened, assessment), "may_report": not viewer.of_partner, "report": _report(opened, assessment),
    }  # fmt: skip
    return render(request, "assessments/one.html", context)


def _people(story: Story) -> list[uuid.UUID]:
    told = [*story.responses, *story.views, *story.agreements, *story.kept.values(), *story.shares]
    told += [piece.first for piece in story.pieces.values()]
    ids = {person for one in told for name in ("person", "other") for person in one.ids(name)} | set(story.children)
    return [key for one in ids if (key := uuid_of(one))]


def _child(one: str, name: str, story: Story) -> dict[str, Any]:
    seen = story.seen(one)
    return {
        "name": name, "seen": ", ".join(map(said.day, seen.seen)), "alone": ", ".join(map(said.day, seen.alone)),
        "why_not": [] if seen.alone else seen.why_not,
    }  # fmt: skip


def _alike(story: Story, opened: Opened) -> list[str]:
    form = forms.form("assessment")
    asked = [form.question(key) for key in casework.alike(story.text, story.children)] if form else []
    return [one.asks for one in asked if one is not None]


def _name(one: Any, names: Names, role: str = "person") -> str:
    found = [names.get(key, _("someone")) for each in one.ids(role) if (key := uuid_of(each))]
    return ", ".join(found)


def _response(one: Any, names: Names) -> dict[str, Any]:
    """What a person says of the assessment: it stands beside the text wherever that is shown."""
    agrees = one.event.fields.get("agrees")
    return {
        "name": _name(one, names), "day": text.day_of(one), "agrees": agrees, "corrections": one.words.get("corrections", ""),
        "own_words": one.words.get("own_words", ""),
    }  # fmt: skip


def _view(one: Any, names: Names) -> dict[str, Any]:
    question = forms.question_of("view.recorded", "whose")
    whose = str(one.event.fields.get("whose", ""))
    called = question.options.get(whose, whose) if question else whose
    return {"whose": _name(one, names) or called, "day": text.day_of(one), "own_words": one.words.get("own_words", "")}


def _agreement(one: Any, names: Names, opened: Opened) -> dict[str, Any]:
    key = next(iter(one.ids("agreement")), "")
    review = f"{reverse('record-form', args=[opened.id, 'agreement_reviewed'])}?for={key}"
    told = text.pages_of(one, "agreement_for_assessment", [])
    return {
        "name": _name(one, names), "day": text.day_of(one), "standing": answered("standing", one.event.fields.get("standing", "")),
        "rows": [row for page in told for row in page["rows"]], "not_acknowledged": text.not_ticked(one, "agreement_for_assessment", "acknowledged_statements"),
        "review": review,
    }  # fmt: skip


def _kept(key: str, one: Any, names: Names, opened: Opened) -> dict[str, Any]:
    whom = _name(one, names) or _("Everyone in the family but whoever it was agreed with")
    end = f"{reverse('record-form', args=[opened.id, 'sensitive_end'])}?for={key}"
    return {
        "whom": whom, "lines": keeping.lines_of(one), "risk": one.words.get("risk", ""), "with": _name(one, names, "other"),
        "end": end,
    }  # fmt: skip


def _shared(one: Any, names: Names, opened: Opened) -> dict[str, str]:
    """Who was given it, and the very copy they were given where one was made (WOR-163)."""
    question, how = forms.question_of("assessment.shared", "how"), str(one.event.fields.get("how", ""))
    called = question.options.get(how) if question else ""
    words = {"name": _name(one, names), "day": text.day_of(one), "how": called or answered("how", how)}
    document = next(iter(one.ids("document")), "")
    return {
        "text": _("%(name)s, %(day)s: %(how)s") % words,
        "href": reverse("document", args=[opened.id, document]) if document else "",
    }


def _significant(viewer: Any, opened: Opened, known_at: dt.datetime | None) -> list[dict[str, str]]:
    """The events judged significant for the child, the earliest first, each with its impact (WOR-145)."""
    every = filters.readable(viewer, opened, chronology.chronology(opened.id, known_at))
    lines = [presenters.line(one, opened.id, {}) for one in every if one.significant and one.withdrawn is None]
    return [{"day": one.day, "what": one.what, "impact": one.impact} for one in reversed(lines)]


def _links(opened: Opened, assessment: uuid.UUID) -> list[dict[str, str]]:
    """The forms and pages that belong to this assessment, where the procedure has them."""
    wanted = (
        ("evidence", _("Add a piece of evidence")), ("agreement_for_assessment", _("Go through the agreement")), ("prognosis", _("Consider the outlook")),
        ("view", _("Record a view")), ("sensitive", _("Agree what is kept from whom")), ("family_account", _("Record the family’s history")),
    )  # fmt: skip
    known = forms.forms()
    forms_here = [
        {"text": words, "href": f"{reverse('record-form', args=[opened.id, form])}?for={assessment}"}
        for form, words in wanted if form in known
    ]  # fmt: skip
    pages = [{"text": _("Agency checks"), "href": reverse("agency-checks", args=[opened.id, assessment])}]
    if "capacity_to_change" in known:
        pages.append({"text": _("Capacity to change"), "href": f"{reverse('capacity-to-change', args=[opened.id])}?for={assessment}"})  # fmt: skip
    return pages + forms_here


def _report(opened: Opened, assessment: uuid.UUID) -> str:
    return f"{reverse('write-letter', args=[opened.id, 'assessment_report'])}?assessment={assessment}"
