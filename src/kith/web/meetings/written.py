"""What was written of a meeting, stage by stage, as it stands in the record; and the family's plan part by part."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.meetings.meeting import Meeting, Part
from kith.people.selectors import Opened
from kith.rules.forms import Question
from kith.rules.rooms import Room
from kith.web.acts import form_address
from kith.web.answers import answered
from kith.web.meetings.called import Called, part_answer

ANSWERS = ("agreed", "agreed_in_principle", "not_agreed")


def of(
    found: Meeting, room: Room, names: Called, children: Mapping[uuid.UUID, str], before: Meeting | None = None
) -> list[dict[str, Any]]:
    """The stages of a meeting that was held, each with what was written in it, and beside what has changed what stood there after the
    one `before` it (LIN-031). Of private time only that it happened (WOR-433)."""
    if found.held is None:
        return []
    told = found.held
    stages = []
    for stage in room.stages:
        rows = [
            (one.asks, text, _changed(one, text, before))
            for one in stage.questions
            if not one.for_each and (text := _said(told, one))
        ]
        each = [
            (name, [(one.asks, text) for one in stage.questions if one.for_each and (found.own_words or not one.voice_of) and (text := _text(_part(told, str(key), one.key), one.options))])
            for key, name in children.items()
        ]  # fmt: skip
        stages.append({
            "title": stage.title, "rows": rows, "each": [(name, lines) for name, lines in each if lines], "addressed": stage.id in found.stages,
            "private": _private(told) if stage.private else "", "offers": _offers(told, names) if "offers" in stage.lists else [], "contributions": contributions(told, names) if "contributions" in stage.lists else [],
        })  # fmt: skip
    return stages


def _said(told: Any, one: Question) -> str:
    return _text(told.words.get(one.key, told.event.fields.get(one.key)), one.options)


def _changed(one: Question, text: str, before: Meeting | None) -> str:
    was = _said(before.held, one) if before and before.held else ""
    return was if was != text else ""


def _part(told: Any, child: str, key: str) -> Any:
    parts = told.words.get("parts", {})
    return parts.get(child, {}).get(key) if parts else told.words.get(key)


def _text(value: Any, options: Mapping[str, str]) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return options.get(str(value), str(value))


def _private(told: Any) -> str:
    how = told.event.fields.get("family_alone")
    return answered("family_alone", how) if how else _("Not recorded that it took place")


def _offers(told: Any, names: Called) -> list[dict[str, str]]:
    return [
        {"who": names(one.get("who", ""), one.get("who", "")), "what": one.get("what", ""), "limits": one.get("limits", ""), "from": one.get("from", "")}
        for one in told.words.get("offers", ())
    ]  # fmt: skip


SAID = (
    ("role", gettext_lazy("Role")),
    ("knows", gettext_lazy("What they know")),
    ("strengths", gettext_lazy("Strengths")),
    ("concerns", gettext_lazy("Concerns")),
)


def contributions(told: Any, names: Called) -> list[dict[str, Any]]:
    """What each professional said, under the four points (WOR-314)."""
    return [
        {"who": names(one.get("who", ""), one.get("who", "")), "rows": [(asks, one[key]) for key, asks in SAID if one.get(key)]}
        for one in told.words.get("contributions", ())
    ]  # fmt: skip


def part(one: Part, found: Meeting, opened: Opened, names: Called) -> dict[str, Any]:
    """A part of the family's plan: their words, whose they are, what was answered, and the page that answers it."""
    said = one.words
    who = ", ".join(names(key) for key in one.who) or str(one.said.get("who", ""))
    return {
        "number": one.number, "own_words": one.own_words, "who": who, "answer": part_answer(one.answer) if one.answer else _("Not answered yet"), "agreed": one.answer,
        "ground": answered("ground", said.get("ground", "")), "evidence": said.get("evidence_is", ""), "reasons": said.get("reasons", ""),
        "needs": one.said.get("needs", ""), "by_when": one.said.get("by_when", ""), "told": said.get("explained_to_family"), "answer_it": form_address(opened.id, "proposal_answer", one.id, {"part": str(one.number)}),
    }  # fmt: skip
