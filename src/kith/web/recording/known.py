"""Answers that the record knows already: filled in and marked with where they came from, to be checked before they are recorded."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.casework import ending, plans
from kith.core.ids import uuid_of
from kith.people import selectors as people
from kith.people import sharing
from kith.people.selectors import Opened
from kith.rules.forms import Question
from kith.web import said
from kith.web.answers import answered


def answers(questions: Iterable[Question], viewer: Viewer, opened: Opened) -> dict[str, Any]:
    """What is known of the answers to questions that say where they are filled in from."""
    asked = [one for one in questions if one.prefill in KNOWN]
    found = {one.key: KNOWN[one.prefill](viewer, opened, one.key) for one in asked}
    return {key: value for key, value in found.items() if value}


def where_from(question: Question) -> str:
    """Where an answer was filled in from, for whoever checks it."""
    if question.prefill == "needs_outstanding":
        return _("From the needs on this record that nobody yet goes on meeting. Check it before you record.")
    if question.prefill == "latest_plan":
        return _("Carried forward from the plan that is open now. Check it before you record.")
    return _("From this record. Check it before you record.")


def _needs_outstanding(viewer: Viewer, opened: Opened, _key: str) -> str:
    """The child's needs that nobody yet goes on meeting, one on each line."""
    if opened.child is None or not sharing.covers(viewer, "need"):
        return ""
    needs = plans.of_child(opened.id).needs.values()
    return "\n".join(str(one.words.get("need", "")) for one in needs if one.ended is None)


def _earlier_work(viewer: Viewer, opened: Opened, _key: str) -> str:
    """How the last time of work with a child ended, so that it is in view when the case is opened again."""
    if opened.child is None or not sharing.covers(viewer, "episode"):
        return ""
    last = ending.of_child(opened.id).latest
    if last is None or last.closed is None:
        return ""
    told = [_("Closed on %(day)s") % {"day": said.day(last.closed)}, answered("reason", last.reason)]
    told += [str(last.closed_with[key]) for key in ("what_changed", "goes_on") if last.closed_with.get(key)]
    return "\n".join(filter(None, told))


def _latest_plan(viewer: Viewer, opened: Opened, key: str) -> str:
    """What the child's open plan says of the same thing: a plan of another kind carries it forward, and the earlier stays as it was."""
    if opened.child is None or not sharing.covers(viewer, "plan"):
        return ""
    there = plans.of_child(opened.id).open_plans
    return str(there[0].words.get(key, "")) if there else ""


def _plan_different(viewer: Viewer, opened: Opened, _key: str) -> str:
    return _latest_plan(viewer, opened, "different")


def _actions_open(viewer: Viewer, opened: Opened, _key: str) -> str:
    """Every action still to be done, one on each line, with its day: its writer takes out what others do."""
    if opened.child is None or not sharing.covers(viewer, "plan"):
        return ""
    there = [one for one in plans.of_child(opened.id).actions.values() if one.ended is None]
    names = people.names_of([key for one in there if (key := uuid_of(one.person))])
    return "\n".join(_action_line(one, names) for one in there)


def _action_line(one: plans.Item, names: Mapping[Any, str]) -> str:
    key = uuid_of(one.person)
    who = (names.get(key, "") if key else "") or str(one.words.get("who", ""))
    by = said.day(dt.date.fromisoformat(one.by_when)) if one.by_when else ""
    what = str(one.words.get("what", ""))
    return ": ".join(filter(None, (who, what))) + (_(", by %(day)s") % {"day": by} if by else "")


KNOWN: Mapping[str, Callable[[Viewer, Opened, str], Any]] = {
    "needs_outstanding": _needs_outstanding, "earlier_work": _earlier_work, "latest_plan": _latest_plan, "plan_different": _plan_different,
    "actions_open": _actions_open,
}  # fmt: skip
