"""The text of an assessment as it was written: page by page, what is said of all and of each child, in the words of what was asked."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kith.forms import selectors as forms
from kith.record.selectors import Told
from kith.rules.forms import Form, Page, Question
from kith.web import said

Children = Sequence[tuple[str, str]]


def pages_of(one: Told | None, form: str | Form, children: Children) -> list[dict[str, Any]]:
    """What was written on each page of a form that has something on it. `children` are their ids with their names."""
    spec = forms.form(form) if isinstance(form, str) else form
    if one is None or spec is None:
        return []
    pages = [_page(page, one, children) for page in spec.pages]
    return [page for page in pages if page["rows"] or page["each"]]


def _page(page: Page, one: Told, children: Children) -> dict[str, Any]:
    shared = [question for question in page.questions if not question.for_each and question.key != "when"]
    each = [question for question in page.questions if question.for_each]
    parts = [{"name": name, "rows": _rows(each, _part(one, key))} for key, name in children]
    alone = _rows(each, _part(one, children[0][0] if children else "")) if len(children) == 1 else []
    several = [part for part in parts if part["rows"]] if len(children) > 1 else []
    return {"id": page.id, "title": page.title, "rows": [*_rows(shared, _all(one)), *alone], "each": several}


def _all(one: Told) -> Mapping[str, Any]:
    return {**one.event.fields, **{key: value for key, value in one.words.items() if key != "parts"}}


def _part(one: Told, child: str) -> Mapping[str, Any]:
    """What is said of one child: where it was about that child alone it stands among the common answers."""
    return {**_all(one), **one.event.parts.get(child, {}), **one.words.get("parts", {}).get(child, {})}


def _rows(questions: Sequence[Question], answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    told = [(one.asks, in_words(one, answers.get(one.key))) for one in questions]
    return [(asks, text) for asks, text in told if text]


def in_words(one: Question, value: Any) -> str:
    """An answer in the words of its question."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "\n".join(one.options.get(str(each), str(each)) for each in value)
    if one.answer == "date":
        return said.day(dt.date.fromisoformat(str(value)))
    return one.options.get(str(value), str(value))


def not_ticked(one: Told, form: str, key: str) -> list[str]:
    """The choices that were not ticked, in words: what somebody did not acknowledge."""
    spec = forms.form(form)
    question = spec.question(key) if spec else None
    ticked = _all(one).get(key, [])
    return [words for each, words in question.options.items() if each not in ticked] if question else []


def day_of(one: Told) -> str:
    """The day of an entry in words."""
    return said.day(dt.date.fromordinal(one.event.day))
