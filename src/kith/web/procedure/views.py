"""The procedure as a page: whose it is, from when, what it asks and of whom, each with the clauses it comes from."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.core import clock
from kith.record.procedures import stack_of
from kith.rules.handbook import Handbook
from kith.rules.shipped import registers
from kith.rules.stack import Part, Stack, settled
from kith.web import said, visitor

SECTIONS = (
    ("duties", lazy("What is owed, and by when")), ("gates", lazy("What is asked before an act")),
    ("routes", lazy("Who it is for")), ("meetings", lazy("Meetings")),
)  # fmt: skip
CONTROL = {
    "chapter": lazy("Chapter"), "updated": lazy("Updated"),
    "status": lazy("Status"), "issue": lazy("New or revised"), "approved": lazy("Approved"), "approved_by": lazy("Approved by"),
    "owner": lazy("Responsible"), "next_review": lazy("Next review due"),
}  # fmt: skip


@dataclass
class Line:
    """One thing said of an item, and what stands under it."""

    text: str
    under: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Said:
    """A duty, a gate, a route or a meeting in words."""

    title: str
    owner: str
    lines: list[Line]

    def holds(self, words: str) -> bool:
        """Whether words somebody looks for stand anywhere in it."""
        every = [self.title, self.owner, *(one for line in self.lines for one in (line.text, *line.under))]
        return words in "\n".join(every).casefold()


@visitor.signed_in
def procedure(request: HttpRequest) -> HttpResponse:
    """The council's own part of the procedure, or a part beneath it; narrowed to what holds the words looked for."""
    stack = stack_of(visitor.viewer(request).authority)
    asked, words = request.GET.get("part", ""), request.GET.get("words", "").strip()
    part = next((one for one in stack.parts if one.name == asked), stack.own)
    book, today = Handbook(stack, registers()), clock.today()
    context = {
        "title": part.document["title"], "version": part.version, "since": _day(part.document["in_force_from"], today), "own": part is stack.own,
        "parts": [(one.name, one.document["title"], one is part) for one in reversed(stack.parts)], "part": asked, "words": words,
        "control": _control(stack, today) if part is stack.own else [], "links": [str(one["title"]) for one in part.document.get("links") or ()],
        "laws": [_law(one, today) for one in part.document.get("laws") or ()], "offers": [offer(one, stack) for one in part.document.get("local_offers") or ()],
        "review_overdue": review_overdue(stack, today) if part is stack.own else "",
        "sections": [(key, title, found) for key, title in SECTIONS if (found := list(_items(book, part, key, words.casefold())))],
    }  # fmt: skip
    return render(request, "procedure/procedure.html", context)


def review_overdue(stack: Stack, today: dt.date) -> str:
    """The day on which the document behind the procedure was to be looked at again, where that day has passed; otherwise empty (LEI-001)."""
    due = stack.control().get("next_review")
    return said.day(dt.date.fromisoformat(str(due))) if due and str(due) < today.isoformat() else ""


def _day(day: Any, today: dt.date) -> str:
    return said.day(dt.date.fromisoformat(str(day)), today)


def _control(stack: Stack, today: dt.date) -> list[tuple[str, str]]:
    control = stack.control()
    return [
        (str(title), _day(control[key], today) if key == "next_review" else str(control[key]))
        for key, title in CONTROL.items()
        if control.get(key)
    ]


def _law(law: Mapping[str, Any], today: dt.date) -> str:
    if not law.get("until"):
        return _("%(law)s, from %(day)s") % {"law": law["title"], "day": _day(law["from"], today)}
    return _("%(law)s, from %(day)s; replaced on %(until)s by %(by)s") % {
        "law": law["title"], "day": _day(law["from"], today), "until": _day(law["until"], today), "by": law["replaced_by"],
    }  # fmt: skip


def offer(one: Mapping[str, Any], stack: Stack) -> dict[str, str]:
    """What the council offers every family, from when, for whom, and in which words they are told (FRG-028)."""
    return {
        "title": stack.word(f"meeting/{one['of']}"), "from": said.day(dt.date.fromisoformat(str(one["from"]))),
        "until": said.day(dt.date.fromisoformat(str(one["until"]))) if one.get("until") else "", "eligible": str(one["eligible"]), "says": str(one["says"]),
    }  # fmt: skip


def _items(book: Handbook, part: Part, key: str, words: str) -> Iterator[Said]:
    say = {"duties": book.duty, "gates": book.gate, "routes": book.route, "meetings": book.meeting}[key]
    for item in part.document.get(key) or ():
        whole = book.stack.duties()[item["tightens"]] if "tightens" in item else item
        one = _said(list(say(settled(whole, book.stack.settings))))
        if words in ("", None) or one.holds(words):
            yield one


def _said(lines: list[str]) -> Said:
    """An item of the handbook as a title, whose it is, and its lines, without the marks of the handbook."""
    title = lines[0].removeprefix("### ")
    rest = [line for line in lines[1:] if line.strip()]
    owner = ""
    if rest and rest[0].startswith("`"):
        owner = rest.pop(0).partition(" · ")[2]
    told: list[Line] = []
    for line in rest:
        text = line.strip().removeprefix("- ").replace("`", "")
        if line.startswith(" ") and told:
            told[-1].under.append(text)
        else:
            told.append(Line(text))
    return Said(title, owner, told)
