"""Ending or moving on: what closing asks, whether others go on helping, who is told, and the times before this one."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.access.viewer import Viewer
from kith.casework import beforehand, ending, plans, telling
from kith.casework.ending import Episode, StepDown
from kith.core import authorities, clock
from kith.core.ids import uuid_of
from kith.forms import selectors as forms
from kith.meetings import selectors as meetings
from kith.meetings import story
from kith.people import register, sharing
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record.fact import Fact
from kith.record.procedures import stack_of
from kith.rules.gates import INSIST, PROMPT
from kith.web import said, visitor
from kith.web.acts import form_address
from kith.web.answers import answered
from kith.web.child import filters
from kith.web.child.views import around
from kith.web.documents import presenters

STATES = {
    ending.PROPOSED: gettext_lazy("Proposed. We stay responsible"), ending.HANDED_OVER: gettext_lazy("Handed over, and not yet accepted. We stay responsible"),
    ending.ACCEPTED: gettext_lazy("Accepted by the new lead professional"), ending.DECLINED: gettext_lazy("Declined by the family, which keeps no case open"),
    ending.WITHDRAWN: gettext_lazy("Withdrawn"),
}  # fmt: skip
TEAM_MEETINGS = ("child_in_need", "core_group")
COUNTED = ("child_in_need", "child_protection", "care")  # plans after which a last meeting is asked for


@visitor.signed_in
def closing(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Everything that ends the work with a child or passes it on, on one page. Nothing here decides."""
    viewer, today = visitor.viewer(request), clock.today()
    opened = people.child_for(viewer, child, page="ending")
    found = ending.of_child(opened.id) if sharing.covers(viewer, "episode") else ending.Ending()
    planned = plans.of_child(opened.id) if sharing.covers(viewer, "plan") else plans.Plans()
    had_plan = any(one.a_type in COUNTED and _during(one, found.latest) for one in planned.plans.values())
    since = found.latest.opened if found.latest else today
    told = telling.everyone(viewer, opened, since) if sharing.covers(viewer, "letter") else []
    needs = [one for one in planned.needs.values() if one.ended is None]
    context = around(request, opened, "closing") | {
        "current": found.current, "episodes": [_episode(one) for one in reversed(found.episodes)], "had_plan": had_plan,
        # What the gates say is worked out from the whole record.
        "asked": [] if viewer.of_partner else [_asked(one, opened) for one in _before_closing(opened, today, had_plan=had_plan)],
        "last_meeting": _last_meeting(viewer, opened) if had_plan else None,
        "needs": [{"need": one.words.get("need", ""), "href": _form(opened, "need_met", goes_on=one.id)} for one in needs],
        "step_down": _step_down(found.step_down, viewer, opened), "tell": [_tell(one, opened, today) for one in told],
        "left_to_tell": sum(not one.done for one in told), "may_close": viewer.may("approve"), "close_href": _close_href(opened, had_plan=had_plan),
    }  # fmt: skip
    return render(request, "ending/closing.html", context)


def _last_meeting(viewer: Viewer, opened: Opened) -> dict[str, str] | None:
    """The notes of the last meeting of the team around the child, that a closing letter to somebody who had a plan goes with (WOR-407,
    WOR-408): of when they are, and whether they are approved."""
    if not meetings.covered(viewer):
        return None
    held = [one for one in story.of_child(opened.id).values() if one.held is not None and one.a_type in TEAM_MEETINGS]
    if not held:
        return {"text": _("No meeting of the team around the child is in the record."), "href": ""}
    last = max(held, key=lambda one: str(one.on))
    day = said.day(last.on) if last.on else ""
    stands = _("approved") if last.approved else _("not approved yet: have them approved before they are enclosed")
    text = _("Notes of the last meeting of the team, %(day)s: %(stands)s") % {"day": day, "stands": stands}
    return {"text": text, "href": reverse("meeting", args=[opened.id, last.id])}


def _during(plan: plans.Item, episode: Episode | None) -> bool:
    return plan.since is not None and (episode is None or plan.ended is None or plan.ended >= episode.opened)


def _form(opened: Opened, form: str, answers: Mapping[str, str] | None = None, *, goes_on: str = "") -> str:
    return form_address(opened.id, form, goes_on, answers)


def _close_href(opened: Opened, *, had_plan: bool) -> str:
    return _form(opened, "episode_close", {"had_plan": "yes" if had_plan else "no"})


def _before_closing(opened: Opened, today: dt.date, *, had_plan: bool) -> list[beforehand.Asked]:
    about: dict[str, Any] = {"child": opened.id}
    about |= {"family": opened.person.family} if opened.person.family else {}
    return beforehand.asked_before(Fact(kind="episode.closed", about=about, when=today, coded={"had_plan": had_plan}))


STANDS = {True: gettext_lazy("Not yet"), False: gettext_lazy("In order"), None: gettext_lazy("You will be asked")}


def _asked(one: beforehand.Asked, opened: Opened) -> dict[str, Any]:
    stack = stack_of(authorities.current())
    who = ", ".join(stack.role_title(role) for role in one.gate.may_explain)
    strength = {INSIST: _("It cannot be closed without this."), PROMPT: _("A reminder.")}.get(one.gate.otherwise, _("Or %(who)s gives a reason.") % {"who": who})  # fmt: skip
    return {
        "say": one.gate.say, "cites": ", ".join(one.gate.cites), "stands": STANDS[one.stands], "strength": "" if one.stands is False else strength,
        "acts": [act for step in one.steps if (act := _act(step, opened))] if one.stands else [],
    }  # fmt: skip


def _act(step: beforehand.Step, opened: Opened) -> dict[str, str] | None:
    form = forms.recording(step.kind)
    if form is None or "latest" in form.names.values():
        return None
    words = [form.question(key).options.get(value, "") for key, value in step.answers.items() if form.question(key)]  # type: ignore[union-attr]
    return {
        "text": ": ".join(filter(None, (form.title, ", ".join(filter(None, words))))),
        "href": _form(opened, form.id, step.answers),
    }


def _episode(one: Episode) -> dict[str, Any]:
    words: Iterable[tuple[str, str, Any]] = (
        ("what_changed", _("What was different"), one.closed_with), ("goes_on", _("Who went on helping"), one.closed_with),
        ("why", _("Why it was opened again"), one.opened_with), ("earlier", _("What was learned the time before"), one.opened_with),
    )  # fmt: skip
    question = forms.question_of("episode.closed", "reason")
    reason = (question.options.get(one.reason) if question else "") or answered("reason", one.reason)
    return {
        "opened": said.day(one.opened), "closed": said.day(one.closed) if one.closed else "", "reason": reason,
        "told": [(label, told[key]) for key, label, told in words if told.get(key)],
    }  # fmt: skip


def _step_down(one: StepDown | None, viewer: Viewer, opened: Opened) -> dict[str, Any] | None:
    if one is None or not sharing.covers(viewer, "plan"):
        return None
    names = filters.names_by_id(viewer, [key for person, _agrees, _words in one.answers if (key := uuid_of(person))])
    key = uuid_of(one.agency) if one.agency else None
    agency = register.one_agency(key) if key else None
    told = [
        (_("Why others lead"), one.words.get("why")), (_("Who would lead"), one.words.get("lead")),
        (_("Agency"), agency.name if agency else ""), (_("Needs they take over"), one.words.get("needs")),
        (_("Help that goes on"), one.words.get("support")), (_("What of the assessment goes with it"), one.words.get("from_assessment")),
        (_("New agencies"), one.words.get("new_agencies")),
    ]  # fmt: skip
    acts = [
        ("step_down_answer", _("What a person says of it")), ("step_down_handover", _("Record the handover meeting")),
        ("step_down_accept", _("The new lead accepts")), ("step_down_decline", _("The family declines")),
    ]  # fmt: skip
    return {
        "state": STATES[one.state], "on": said.day(one.state_on or one.on), "told": [(label, text) for label, text in told if text],
        "answers": [
            {"who": names.get(uuid.UUID(person), ""), "agrees": _("Agrees") if agrees else _("Does not agree"), "words": words}
            for person, agrees, words in one.answers
        ],
        "acts": [{"text": text, "href": _form(opened, form, goes_on=one.id)} for form, text in acts] if one.is_open else [],
    }  # fmt: skip


def _tell(one: telling.ToTell, opened: Opened, today: dt.date) -> dict[str, Any]:
    stands = _("Not yet told")
    if one.sent_on:
        stands = _("Told on %(day)s") % {"day": said.day(one.sent_on, today)}
    elif one.excused:
        question = forms.question_of(telling.EXCUSED, "reason")
        reason = (question.options.get(one.excused) if question else "") or answered("reason", one.excused)
        stands = _("Not written to: %(reason)s") % {"reason": reason}
    elif one.document:
        stands = _("The letter is made, and not yet given")
    write = f"{reverse('write-letter', args=[opened.id, one.letter])}?{urlencode({'reader': one.key})}"
    if one.document:
        write = reverse("document", args=[opened.id, one.document])
    return {
        "name": one.reader.name, "as_whom": presenters.READERS[one.reader.kind], "stands": stands, "done": one.done, "write": write,
        "write_text": _("Give it") if one.document else _("Write the letter"), "excuse": _excuse(one, opened),
    }  # fmt: skip


def _excuse(one: telling.ToTell, opened: Opened) -> str:
    reader = {"parental_responsibility": "parent", "agency": "professional"}.get(one.reader.kind, one.reader.kind)
    answers = {"sent_to": one.reader.kind, "reader": reader}
    if one.reader.kind == "agency":
        answers["agency"] = one.key.partition(":")[2]
    elif one.reader.kind != "child":
        answers["person"] = str(one.reader.person)
    return _form(opened, "letter_excused", answers)
