"""What can be chosen in a form from the record itself: one's own roles, agencies, workers, meetings; and what its address already says."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.casework import meetings, plans
from kith.core import authorities, clock
from kith.core.ids import uuid_of
from kith.meetings import selectors as gatherings
from kith.people import register, sharing
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record.procedures import stack_of
from kith.rules.forms import OWN_ROLE, ROLE, Form, Question
from kith.web import said
from kith.web.answers import type_title
from kith.web.child import filters

LAW = "law"  # the question on which law something rests


def with_choices(form: Form, viewer: Viewer, opened: Opened) -> Form:
    """The form with what can be chosen for its writer, where a question is answered with something of the record."""
    form = _with_laws(form)
    asked = {one.answer for one in form.questions} & CHOICES.keys()
    if not asked:
        return form
    found = {answer: CHOICES[answer](viewer, opened) for answer in asked}
    pages = tuple(
        replace(
            page,
            questions=tuple(
                one if one.answer not in found
                else replace(one, answer="choice" if one.answer in (OWN_ROLE, ROLE) else one.answer, options=found[one.answer])
                for one in page.questions
            ),
        )
        for page in form.pages
    )  # fmt: skip
    return replace(form, pages=pages)


def _with_laws(form: Form) -> Form:
    """The form whose laws say which of them have been replaced since, by what and from when."""
    laws = stack_of(authorities.current()).laws()
    replaced = {key: law for key, law in laws.items() if law.get("until") and str(law["until"]) <= clock.today().isoformat()}  # fmt: skip
    if not replaced or not any(one.key == LAW for one in form.questions):
        return form
    pages = tuple(replace(page, questions=tuple(map(partial(_flagged, replaced), page.questions))) for page in form.pages)  # fmt: skip
    return replace(form, pages=pages)


def _flagged(replaced: Mapping[str, Any], one: Question) -> Question:
    if one.key != LAW:
        return one
    told = {
        key: _("%(title)s (replaced by %(by)s on %(day)s)")
        % {"title": title, "by": replaced[key]["replaced_by"], "day": said.day(dt.date.fromisoformat(str(replaced[key]["until"])))}
        if key in replaced else title
        for key, title in one.options.items()
    }  # fmt: skip
    return replace(one, options=told)


def _own_roles(viewer: Viewer, opened: Opened) -> Mapping[str, str]:
    stack = stack_of(authorities.current())
    roles = stack.items["roles"]
    held = [role for role in people.roles_of(viewer, opened.id) if not roles.get(role, {}).get("training")]
    return {role: stack.role_title(role) for role in held}


def _roles(_viewer: Viewer, _opened: Opened) -> Mapping[str, str]:
    """Every role of the packs that somebody here can hold, by title."""
    stack = stack_of(authorities.current())
    held = {role: stack.role_title(role) for role, item in stack.items["roles"].items() if item.get("may")}
    return dict(sorted(held.items(), key=lambda pair: pair[1]))


def _agencies(viewer: Viewer, _opened: Opened) -> Mapping[str, str]:
    """The agencies of the register that are still there; a partner's staff choose from none, for the register is not theirs."""
    return {} if viewer.of_partner else {str(one.id): one.name for one in register.agencies().filter(until_on=None)}


def _workers(_viewer: Viewer, _opened: Opened) -> Mapping[str, str]:
    return {str(one.id): one.name for one in access.everyone()}


def _meetings(viewer: Viewer, opened: Opened) -> Mapping[str, str]:
    if not sharing.covers(viewer, "meeting"):
        return {}
    return {
        str(one.id): f"{type_title('meeting', one.a_type)}, {said.day(one.on)}" for one in meetings.held_with(opened.id)
    }


def _needs(viewer: Viewer, opened: Opened) -> Mapping[str, str]:
    if not sharing.covers(viewer, "need"):
        return {}
    needs = plans.of_child(opened.id).needs.values()
    return {one.id: str(one.words.get("need", "")) for one in needs if one.ended is None}


CHOICES: Mapping[str, Callable[[Viewer, Opened], Mapping[str, str]]] = {
    OWN_ROLE: _own_roles, ROLE: _roles, "agency": _agencies, "worker": _workers, "meeting": _meetings,
    "need": _needs,
}  # fmt: skip


WITH_THE_CHILD = frozenset(("meeting", "offer", "accommodation", "proposal"))


def people_for(form: Form, viewer: Viewer, opened: Opened) -> list[tuple[str, str]]:
    """Who can be chosen where a form asks for a person: those around the child, and the child where it may be the child who is meant."""
    around = filters.people_around(viewer, opened)
    if opened.child is None or form.records.partition(".")[0] not in WITH_THE_CHILD:
        return around
    return [(str(opened.id), opened.person.name or said.nameless(unborn=opened.person.born_on is None)), *around]


def given(request: HttpRequest, form: Form) -> dict[str, str]:
    """The answers that the page a form was opened from chose already: `with=of:police`. They are shown, and theirs to change."""
    told = dict(one.split(":", 1) for one in request.GET.getlist("with") if ":" in one)
    found = {
        one.key: told[one.key]
        for one in form.questions
        if not one.for_each and one.key in told and _fits(one, told[one.key])
    }
    if request.GET.get("event"):
        found["event"] = request.GET["event"]
    return found | _free_time(form, found)


def _free_time(form: Form, found: Mapping[str, str]) -> dict[str, str]:
    """The next free time of a kind of meeting that has a time of its own in the week (LEI-059)."""
    asked = [one.key for one in form.questions if one.prefill == "next_slot"]
    room = gatherings.room_of(found.get("a_type", "")) if asked else None
    free = gatherings.free_slots(room, 1) if room else []
    if not free or room is None:
        return {}
    told = {"held_on": free[0].isoformat(), "starts_at": "14:00" if room.slots.get("part") == "afternoon" else "10:00"}
    return {key: told[key] for key in asked if key in told}


def _fits(question: Question, value: str) -> bool:
    if question.answer == "person":
        return uuid_of(value) is not None
    return value in question.options if question.options else question.answer in ("yes_no", "line", "text", "long_text")
