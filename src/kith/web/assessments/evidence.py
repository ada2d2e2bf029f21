"""What an assessment rests on, in words: issue by issue, with source, weight and what speaks against it; the outlook as prompts only."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kith.casework.assessment_story import Piece, Story
from kith.core.ids import uuid_of
from kith.forms import selectors as forms
from kith.web.assessments import text

FORM = "evidence"


def issues(story: Story, names: Mapping[uuid.UUID, str]) -> list[dict[str, Any]]:
    """Each issue with its pieces: what was seen or said stands first, and what is made of it after all of them (WOR-143, WOR-144)."""
    return [
        {
            "issue": issue, "pieces": [_piece(one, names) for one in pieces],
            "judgements": [said for one in pieces if (said := one.says("judgement"))],
            "conflict": len({one.says("stands") for one in pieces}) > 1 or any(one.says("stands") == "contradicted" for one in pieces),
        }
        for issue, pieces in story.by_issue().items()
    ]  # fmt: skip


def _piece(one: Piece, names: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    people = [names.get(key, _("someone")) for each in one.first.ids("person") if (key := uuid_of(each))]
    return {
        "id": one.first.ids("evidence")[0], "what": one.says("what"), "day": text.day_of(one.first), "source": word("source", one),
        "who": ", ".join([*people, one.says("who")]).strip(", "), "weight": word("weight", one), "why_weight": one.says("why_weight"),
        "stands": word("stands", one), "checked_by": one.says("checked_by"), "bears": word("bears", one),
        "denied": one.says("bears") == "risk" and one.says("acknowledged") in ("no", "partly"), "acknowledged": word("acknowledged", one),
        "talked": [(text.day_of(told), told.words.get("with_whom", ""), told.words.get("came_of_it", "")) for told in one.talked],
    }  # fmt: skip


def word(key: str, one: Piece) -> str:
    """A coded answer of a piece of evidence in the words of its question."""
    spec = forms.form(FORM)
    question = spec.question(key) if spec else None
    return question.options.get(one.says(key), one.says(key)) if question else one.says(key)


def unchecked(story: Story) -> list[tuple[str, str]]:
    """What was accepted without being checked, and what was seen instead (WOR-093, WOR-094)."""
    pieces = [one for one in story.pieces.values() if one.says("stands") == "not_checked"]
    return [(one.says("what"), one.says("seen_instead")) for one in pieces]


def outlook(story: Story) -> list[dict[str, Any]]:
    """What was marked of the outlook, page by page: prompts that are never added up (WOR-147, WOR-148)."""
    return text.pages_of(story.outlook, "prognosis", [])
