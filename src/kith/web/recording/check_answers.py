"""The last step of a form of several pages: every answer in words, with the way back to change it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kith.core import clock
from kith.rules.forms import Page, Question, asked
from kith.web import said
from kith.web.recording.fields import Part, Sections
from kith.web.templatetags.gds import href_of


@dataclass(frozen=True)
class Row:
    """One question, its answer in words, where to change it, and what is wrong with it."""

    asks: str
    answer: str
    field: str
    problem: str


def told(sections: Sections, people: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """The answers page by page: those shared by all, then each child's under the child's name."""
    names = {str(child.id): child.name for child in sections.children}
    parts = [("", sections.shared), *((names[key], part) for key, part in sections.parts.items())]
    return [
        {"page": page, "groups": [group for name, part in parts if (group := _group(page, name, part, dict(people)))]}
        for page in sections.shown
    ]


def _group(page: Page, name: str, part: Part, people: Mapping[str, str]) -> dict[str, Any] | None:
    given = part.answers()
    of_part = [one for one in page.questions if one in part.questions and one.answer != "hidden"]
    rows = [
        Row(one.asks, _words(one, part, given, people), href_of(part, one.key), "; ".join(_wrong(part, one)))
        for one in of_part
        if asked(one, given, unborn=part.unborn)
    ]
    return {"name": name, "rows": rows} if rows else None


def _wrong(part: Part, one: Question) -> list[str]:
    return [str(text) for text in part.errors.get(one.key, [])]


def _words(one: Question, part: Part, given: Mapping[str, Any], people: Mapping[str, str]) -> str:
    """An answer in words; what was typed and cannot be read, as it was typed."""
    if one.key not in given:
        return str(part[one.key].value() or "") if one.key in part.errors else ""
    value = given[one.key]
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if one.answer in ("date", "moment"):
        return _day(str(value))
    if isinstance(value, list):
        return ", ".join(one.options.get(str(key), str(key)) for key in value)
    return people.get(str(value), str(value)) if one.answer == "person" else one.options.get(str(value), str(value))


def _day(value: str) -> str:
    day, _t, time = value.partition("T")
    if not time:
        return said.day(dt.date.fromisoformat(day))
    return said.moment(dt.datetime.fromisoformat(value).replace(tzinfo=clock.LONDON))
