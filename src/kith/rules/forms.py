"""Forms of a pack: pages of questions with permanent keys, what is asked when, and who signs off. Wording is the pack's.

A form records one kind of event. Answers become that event's coded fields where its kind has such a field, and words
otherwise. `for_each: child` asks a question once for every child the record is about; those answers become parts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kith.rules.stack import Stack
from kith.rules.vocabulary import Field, Kind

ANSWERS = (
    "yes_no",
    "choice",
    "choices",
    "date",
    "moment",
    "number",
    "line",
    "text",
    "long_text",
    "person",
    "time",
    "own_role",
    "role",
    "agency",
    "worker",
    "meeting",
    "need",
    "hidden",
)
WORDS = ("line", "text", "long_text", "time")
ALWAYS = "always"
# Answered with somebody or something of the record, which the event then names under the key of the question.
NAMED = frozenset(("person", "agency", "worker", "meeting", "need"))
OWN_ROLE = "own_role"  # answered with a role that whoever fills the form in holds
ROLE = "role"  # answered with any role of the packs, such as who leads a meeting
UNBORN = "unborn"
FAMILY_ALONE = "family_alone"  # what a room knows of the family's own time, on which its questions may hang
FROM_ASSESSMENT = (
    "assessment."  # a prefill with what the child's latest assessment says: assessment.KEY, or several keys with a plus
)


@dataclass(frozen=True)
class Question:
    """One question. `required` and `asked_if` are conditions over the answers so far (`always`: without condition)."""

    key: str
    asks: str
    answer: str
    options: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    required: Any = None
    asked_if: Any = None
    if_missing: str = ""
    for_each: str = ""
    voice_of: str = ""
    unborn: bool = True
    prefill: str = ""
    family_sees: str = "when_shared"
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page of a form. `shown_when` is a condition over the answers of the pages before it; without one it is always shown.
    `of_types` are the types of what the form goes on with that it is for; without them it is for every type."""

    id: str
    title: str
    questions: tuple[Question, ...]
    shown_when: Any = None
    hint: str = ""
    of_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """Two questions of a form whose answers are drawn across and down, and what each cell of that picture is called."""

    key: str
    across: str
    down: str
    cells: Mapping[tuple[str, str], str]

    def cell(self, answers: Mapping[str, Any]) -> str:
        """The cell that two answers fall in; empty where one is wanting."""
        return self.cells.get((str(answers.get(self.across)), str(answers.get(self.down))), "")


@dataclass(frozen=True)
class SignOff:
    """Who confirms what was recorded, by which event, and when that is needed."""

    by: tuple[str, ...]
    records: str
    when: Any
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """A form at a version of a pack. With `one_page` its pages stand under one another as the parts of a single page.
    `several` offers brothers and sisters although nothing is asked of each alone. What is in `named_if` is named only where the answers
    say so."""

    id: str
    title: str
    records: str
    names: Mapping[str, str]
    pages: tuple[Page, ...]
    signed_off: tuple[SignOff, ...] = ()
    cites: tuple[str, ...] = ()
    pack: str = ""
    one_page: bool = False
    several: bool = False
    grids: tuple[Grid, ...] = ()
    named_if: Mapping[str, Any] = field(default_factory=dict)

    @property
    def walked(self) -> bool:
        """Whether it is filled in a page at a time."""
        return len(self.pages) > 1 and not self.one_page

    @property
    def questions(self) -> Iterator[Question]:
        """Every question, in order."""
        return (question for page in self.pages for question in page.questions)

    def question(self, key: str) -> Question | None:
        """The question of a key."""
        return next((one for one in self.questions if one.key == key), None)


def forms_of(stack: Stack) -> dict[str, Form]:
    """Every form of a stack of packs, each with what the packs above altered in it."""
    items = stack.items["forms"]
    forms = {key: _form(item, stack) for key, item in items.items() if "alters" not in item}
    for item in items.values():
        if "alters" in item and item["alters"] in forms:
            forms[item["alters"]] = _altered(forms[item["alters"]], item)
    return forms


def _form(item: Mapping[str, Any], stack: Stack) -> Form:
    return Form(
        id=str(item["id"]), title=str(item["title"]), records=str(item["records"]), names=dict(item.get("names") or {}),
        pages=tuple(_page(page) for page in item["pages"]), signed_off=_sign_offs(item), cites=tuple(item.get("cites") or ()),
        pack=stack.label, one_page=bool(item.get("one_page")), several=bool(item.get("several")), grids=tuple(map(_grid, item.get("grids") or ())),
        named_if=dict(item.get("named_if") or {}),
    )  # fmt: skip


def _grid(item: Mapping[str, Any]) -> Grid:
    cells = {(across, down): str(cell) for key, cell in item["cells"].items() for across, _comma, down in [key.partition(",")]}  # fmt: skip
    return Grid(str(item["key"]), str(item["across"]), str(item["down"]), cells)


def _page(page: Mapping[str, Any]) -> Page:
    questions = tuple(question_of(one) for one in page["fields"])
    return Page(
        str(page["id"]), str(page.get("title", "")), questions, page.get("shown_when"), str(page.get("hint", "")),
        tuple(page.get("of_types") or ()),
    )  # fmt: skip


def question_of(one: Mapping[str, Any]) -> Question:
    """A question as a pack has it."""
    answer, options = one["answer"], dict[str, str]()
    if isinstance(answer, Mapping):
        answer, options = next(iter(answer.items()))
        options = (
            dict(options) if isinstance(options, Mapping) else {str(key): str(key).replace("_", " ") for key in options}
        )
    return Question(
        key=str(one["key"]), asks=str(one["asks"]), answer=str(answer), options=options, hint=str(one.get("hint", "")),
        required=one.get("required"), asked_if=one.get("asked_if"), if_missing=str(one.get("if_missing", "")),
        for_each=str(one.get("for_each", "")), voice_of=str(one.get("voice_of", "")), unborn=bool(one.get("asked_of_unborn", True)),
        prefill=str(one.get("prefill", "")), family_sees=str(one.get("family_sees", "when_shared")), cites=tuple(one.get("cites") or ()),
    )  # fmt: skip


def keys_of_assessment(one: Question) -> list[str]:
    """Which answers of an assessment a question is filled in from."""
    return one.prefill.removeprefix(FROM_ASSESSMENT).split("+") if one.prefill.startswith(FROM_ASSESSMENT) else []


def _sign_offs(item: Mapping[str, Any]) -> tuple[SignOff, ...]:
    signed = item.get("signed_off")
    if not signed:
        return ()
    return (SignOff(tuple(signed["by"]), str(signed["with"]), signed.get("when"), tuple(item.get("cites") or ())),)


def _altered(form: Form, item: Mapping[str, Any]) -> Form:
    """A form with what a pack above says: questions in the place of those with their keys, or after the last of their page; pages after
    the last; sign-offs."""
    more = {page.id: page for page in map(_page, item.get("pages") or ())}
    instead = {one.key: one for page in more.values() for one in page.questions if form.question(one.key)}
    more = {
        key: replace(page, questions=tuple(one for one in page.questions if one.key not in instead))
        for key, page in more.items()
    }
    pages = tuple(
        replace(
            page,
            questions=tuple(instead.get(one.key, one) for one in page.questions)
            + (more.pop(page.id).questions if page.id in more else ()),
        )
        for page in form.pages
    )
    pages += tuple(more.values())
    return replace(
        form,
        pages=pages,
        signed_off=form.signed_off + _sign_offs(item),
        cites=form.cites + tuple(item.get("cites") or ()),
    )


Answers = Mapping[str, Any]


def holds(condition: Any, answers: Answers) -> bool:
    """Whether a condition over answers holds: `always`, {field, is / is_not / in}, all, any, not. A blank answer holds nothing."""
    if condition in (None, False):
        return False
    if condition in (ALWAYS, True):
        return True
    if "all" in condition:
        return all(holds(one, answers) for one in condition["all"])
    if "any" in condition:
        return any(holds(one, answers) for one in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers)
    return _compared(condition, answers.get(str(condition["field"])))


def _compared(condition: Mapping[str, Any], given: Any) -> bool:
    if given in (None, "", []):
        return False
    if "is" in condition:
        return bool(given == condition["is"])
    if "is_not" in condition:
        return bool(given != condition["is_not"])
    return bool(given in condition.get("in", ()))


def fields_of(condition: Any) -> frozenset[str]:
    """The keys of the questions that a condition asks about."""
    if not isinstance(condition, Mapping):
        return frozenset()
    inner = [*condition.get("all", ()), *condition.get("any", ()), condition.get("not")]
    own = {str(condition["field"])} if "field" in condition else set()
    return frozenset(own.union(*(fields_of(one) for one in inner)))


def pages_shown(form: Form, shared: Answers, parts: Sequence[Answers] = ()) -> tuple[Page, ...]:
    """The pages that these answers call for, in order: a page is shown when its condition holds for the answers shared by all
    with those of at least one child. What was answered on a page left out counts as not answered, so it opens no later page."""
    together, each, shown = dict(shared), [dict(part) for part in parts] or [{}], []
    for page in form.pages:
        if page.shown_when is None or any(holds(page.shown_when, {**together, **part}) for part in each):
            shown.append(page)
            continue
        for answers in (together, *each):
            for one in page.questions:
                answers.pop(one.key, None)
    return tuple(shown)


def asked(question: Question, answers: Answers, *, unborn: bool = False) -> bool:
    """Whether a question is asked: never one that makes no sense of an unborn child."""
    if unborn and not question.unborn:
        return False
    return question.asked_if is None or holds(question.asked_if, answers)


def missing(questions: Sequence[Question], answers: Answers, *, unborn: bool = False) -> list[Question]:
    """The questions that want an answer and have none."""
    return [
        one
        for one in questions
        if asked(one, answers, unborn=unborn)
        and holds(one.required, answers)
        and answers.get(one.key) in (None, "", [])
    ]


def divided(questions: Sequence[Question], answers: Answers, kind: Kind) -> tuple[dict[str, Any], dict[str, Any]]:
    """Answers as the coded fields of a kind of event, and the rest as words."""
    coded, words = dict[str, Any](), dict[str, Any]()
    for one in questions:
        value = answers.get(one.key)
        if value in (None, "", []) or one.answer in NAMED:
            continue
        # A line may be a coded answer whose options are the council's own, such as a language.
        is_coded = one.key in kind.fields and (one.answer not in WORDS or kind.fields[one.key].answer == "choice")
        (coded if is_coded else words)[one.key] = value
    return coded, words


@dataclass(frozen=True)
class Asking:
    """What every form made from the vocabulary asks, in the reader's language."""

    title: str
    when: str
    when_missing: str
    more: str


def form_of_kind(kind: Kind, asking: Asking, options: Mapping[str, Mapping[str, str]]) -> Form:
    """A form for any kind of event, made from the vocabulary, for what no pack has a form of its own for."""
    questions = [Question("when", asking.when, "moment", required=ALWAYS, if_missing=asking.when_missing)]
    questions += [_plain_question(one, options.get(one.id) or {}) for one in kind.fields.values()]
    questions.append(Question("text", asking.more, "long_text"))
    names = {"family": "family", "worker": "recorder"}
    return Form(
        f"kind~{kind.id.replace('/', '~')}",
        asking.title,
        kind.id,
        {key: how for key, how in names.items() if key in kind.names},
        (Page("all", "", tuple(questions)),),
    )


def _plain_question(one: Field, options: Mapping[str, str]) -> Question:
    asks = one.called[:1].upper() + one.called[1:]
    if one.answer in ("yes_no", "date", "number"):
        said = one.yes[:1].upper() + one.yes[1:] if one.yes else asks
        return Question(one.id, said if one.answer == "yes_no" else asks, one.answer)
    if options or one.options:
        return Question(one.id, asks, "choice", options or {key: key.replace("_", " ") for key in one.options})
    return Question(one.id, asks, "line")
