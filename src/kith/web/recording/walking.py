"""Walking through a form of several pages: where its writer stands, where they may go, and on which page what is wrong stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from kith.rules.forms import Form, Page, Question
from kith.web.date_field import PARTS, DateParts
from kith.web.recording.fields import Part, Sections, names_of
from kith.web.templatetags.gds import href_of

CHECK = "check"
PREFIX = len("00000000-0000-0000-0000-000000000000-")  # a child's part is named by the child's id
CONTINUE, BACK, TO = "continue", "back", "to:"


@dataclass(frozen=True)
class Problem:
    """Something to put right: on which page, at which field, and whether it is only that nothing was answered yet."""

    page: str
    text: str
    field: str
    wanting: bool


@dataclass(frozen=True)
class Walk:
    """Where a writer stands: the pages their answers call for, the one they are on, and those they have come to."""

    pages: tuple[Page, ...]
    at: str
    reached: tuple[str, ...]

    @property
    def order(self) -> list[str]:
        """The ids of the pages in order, the check of the answers last."""
        return [*(page.id for page in self.pages), CHECK]

    @property
    def page(self) -> Page | None:
        """The page they are on; None where they check their answers."""
        return next((page for page in self.pages if page.id == self.at), None)

    @property
    def checked(self) -> bool:
        """Whether they have come to the check of the answers, from where every page is open."""
        return CHECK in self.reached

    def may_go(self, page: str) -> bool:
        """Whether a page is one they have come to."""
        return page in self.order and (self.checked or page == self.order[0] or page in self.reached)

    def going(self, act: str) -> str:
        """The page that an act leads to: on, back, or to one they have come to."""
        if act.startswith(TO):
            page = act.removeprefix(TO)
            return page if self.may_go(page) else self.at
        place = self.order.index(self.at) if self.at in self.order else 0
        if act == BACK:
            return self.order[max(place - 1, 0)]
        if self.checked:
            return next((one for one in self.order[1:] if one not in self.reached), CHECK)
        return self.order[min(place + 1, len(self.order) - 1)]


def walk(request: HttpRequest, sections: Sections, reached: Sequence[str]) -> Walk:
    """Where somebody is: on the page that was sent, else the one asked for, else the one they came to last."""
    pages = sections.shown
    standing = Walk(pages, pages[0].id, tuple(reached))
    if request.method == "POST":
        sent = request.POST.get("page", CHECK)
        return Walk(pages, sent if sent in standing.order else pages[0].id, standing.reached)
    wanted = [request.GET.get("page", ""), *reversed(reached), pages[0].id]
    return Walk(pages, next(one for one in wanted if standing.may_go(one)), standing.reached)


def sent(form: Form, initial: Mapping[str, Mapping[str, Any]], posted: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The answers of every page as one page would send them: what was kept, and over it the page that was sent. A form sent
    whole, with no page named, is taken as it is."""
    if posted is not None and "page" not in posted:
        return posted
    data = QueryDict(mutable=True)
    for prefix, typed in initial.items():
        for name, value in typed.items():
            _put(data, f"{prefix}-{name}", value, form.question(name))
    if isinstance(posted, QueryDict):
        here = next((page for page in form.pages if page.id == posted["page"]), None)
        _forget(data, here)
        for key, values in posted.lists():
            data.setlist(key, values)
    return data


def _put(data: QueryDict, key: str, value: Any, question: Question | None) -> None:
    if question is not None and question.answer in ("date", "moment"):
        for part, typed in zip(PARTS, DateParts.parts_of(value), strict=True):
            data[f"{key}-{part}"] = typed
    elif isinstance(value, list | tuple):
        data.setlist(key, [str(one) for one in value])
    else:
        data[key] = str(value)


def _forget(data: QueryDict, page: Page | None) -> None:
    """What was kept of a page that is sent again: a box no longer ticked is not sent at all."""
    names = {name for one in page.questions for name in names_of(one)} if page else set()
    for key in list(data):
        name = key.removeprefix("all-") if key.startswith("all-") else key[PREFIX:]
        if name.partition("-")[0] in names:
            del data[key]


def problems(sections: Sections) -> list[Problem]:
    """What is to be put right on the pages that are asked, in their order; what is wrong with the whole comes last."""
    found = []
    for page in sections.shown:
        for part, name in _with_names(sections):
            for one in page.questions:
                found += _of_question(page, part, one, name)
    of_whole = [str(text) for part in sections.every for text in part.non_field_errors()]
    return found + [Problem("", text, "", wanting=False) for text in of_whole]


def _with_names(sections: Sections) -> list[tuple[Part, str]]:
    """The parts, each child's with the child's name where there are several."""
    several = len(sections.parts) > 1
    names = {str(child.id): child.name for child in sections.children}
    return [(sections.shared, ""), *((part, names[key] if several else "") for key, part in sections.parts.items())]


def _of_question(page: Page, part: Part, one: Question, name: str) -> list[Problem]:
    fields = [key for key in names_of(one) if key in part.fields]
    return [
        Problem(page.id, f"{name}: {text}" if name else str(text), href_of(part, key), wanting=part.wanting(key))
        for key in fields
        for text in part.errors.get(key, [])
    ]


def stays(found: Collection[Problem], page: str) -> bool:
    """Whether a page must be put right before it is turned: something typed cannot be read. What is only wanting can wait."""
    return any(one.page == page and not one.wanting for one in found)
