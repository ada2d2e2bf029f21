"""Answers that the record knows already: filled in and marked with where they came from, to be checked before they are recorded."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.casework import ending, plans
from kith.people import sharing
from kith.people.selectors import Opened
from kith.rules.forms import Question
from kith.web import said
from kith.web.answers import answered


def answers(questions: Iterable[Question], viewer: Viewer, opened: Opened) -> dict[str, Any]:
    """What is known of the answers to questions that say where they are filled in from."""
    asked = [one for one in questions if one.prefill in KNOWN]
    found = {one.key: KNOWN[one.prefill](viewer, opened) for one in asked}
    return {key: value for key, value in found.items() if value}


def where_from(question: Question) -> str:
    """Where an answer was filled in from, for whoever checks it."""
    if question.prefill == "needs_outstanding":
        return _("From the needs on this record that nobody yet goes on meeting. Check it before you record.")
    return _("From this record. Check it before you record.")


def _needs_outstanding(viewer: Viewer, opened: Opened) -> str:
    """The child's needs that nobody yet goes on meeting, one on each line."""
    if opened.child is None or not sharing.covers(viewer, "need"):
        return ""
    needs = plans.of_child(opened.id).needs.values()
    return "\n".join(str(one.words.get("need", "")) for one in needs if one.ended is None)


def _earlier_work(viewer: Viewer, opened: Opened) -> str:
    """How the last time of work with a child ended, so that it is in view when the case is opened again."""
    if opened.child is None or not sharing.covers(viewer, "episode"):
        return ""
    last = ending.of_child(opened.id).latest
    if last is None or last.closed is None:
        return ""
    told = [_("Closed on %(day)s") % {"day": said.day(last.closed)}, answered("reason", last.reason)]
    told += [str(last.closed_with[key]) for key in ("what_changed", "goes_on") if last.closed_with.get(key)]
    return "\n".join(filter(None, told))


KNOWN: Mapping[str, Callable[[Viewer, Opened], Any]] = {
    "needs_outstanding": _needs_outstanding, "earlier_work": _earlier_work,
}  # fmt: skip
