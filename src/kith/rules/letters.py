"""Letters of a pack: for whom, what is asked of their author, and paragraphs with named fields and conditions.

A letter is composed for one reader. What it says is the pack's words with facts put in; nothing in a fact is ever read as
anything but text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.rules.calendars import Calendar
from kith.rules.days import spoken
from kith.rules.durations import period
from kith.rules.forms import Question, asked, holds, missing, question_of
from kith.rules.stack import Stack, settled

READERS: Mapping[str, str] = {
    "parental_responsibility": "each person with parental responsibility",
    "carer": "each carer",
    "child": "the child",
    "relative": "another relative",
    "agency": "an agency or professional",
    "referrer": "whoever made the referral",
}
FAMILY = ("parental_responsibility", "carer", "child", "relative")
FACTS: Mapping[str, str] = {
    "council": "the council",
    "team": "the team that holds the child",
    "team_telephone": "the team's telephone",
    "worker": "the worker who writes",
    "worker_title": "what the worker is",
    "worker_telephone": "the worker's telephone",
    "children": "the children's names, as they are called",
    "children_born": "the children's names with their dates of birth",
    "reader": "whom the letter is for: one of the readers",
    "reader_name": "the reader's name",
    "reader_called": "how the letter greets its reader",
    "home": "where the child lives, if this reader may know it",
    "home_known": "whether this reader may know where the child lives",
    "several": "whether the letter is about several children",
    "local_offer": "what the council offers every family of its own accord, in its words; empty where it offers nothing",
    "unborn": "whether a child of the letter is not yet born",
}
LAYOUTS = ("standard", "large_print", "plain")
_FIELD = re.compile(r"\{([a-z_]+)\}")


class Lacking(ValueError):
    """A letter that cannot be written yet. `fields` are what it lacks."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = tuple(fields)


@dataclass(frozen=True)
class Says:
    """One part of a letter: a paragraph, a heading, an answer as a list, or what is drawn from the record. `plainly` is the same in
    plainer words."""

    kind: str
    text: str
    plainly: str = ""
    condition: Any = None


@dataclass(frozen=True)
class Letter:
    """A letter at a version of a pack."""

    id: str
    title: str
    offered: str
    records: str
    to: tuple[str, ...]
    asks: tuple[Question, ...]
    days: Mapping[str, str]
    subject: tuple[Says, ...]
    says: tuple[Says, ...]
    encloses: tuple[Says, ...]
    approved_by: str
    cites: tuple[str, ...]

    def questions(self, reader: str, answers: Mapping[str, Any]) -> list[Question]:
        """What is asked of the author, for this reader, after these answers."""
        return [one for one in self.asks if asked(one, {**answers, "reader": reader})]


@dataclass(frozen=True)
class Block:
    """A part of a letter as it stands: `paragraph`, `heading`, one `bullet`, or a `picture` with its SVG and in `text` what it shows."""

    kind: str
    text: str
    drawing: str = ""


@dataclass(frozen=True)
class Composed:
    """A letter as it will be read."""

    subject: str
    blocks: tuple[Block, ...]
    encloses: tuple[str, ...] = field(default_factory=tuple)

    def text(self) -> str:
        """All of it, for looking through."""
        return "\n".join((self.subject, *(one.text for one in self.blocks), *self.encloses))


def letters_of(stack: Stack) -> dict[str, Letter]:
    """Every letter of a stack of packs that says something; a letter with a title alone is none yet."""
    items = (settled(item, stack.settings) for item in stack.items["letters"].values())
    return {str(item["id"]): _letter(item) for item in items if item.get("says")}


def _letter(item: Mapping[str, Any]) -> Letter:
    approved = str(item.get("approved_by") or "none")
    return Letter(
        id=str(item["id"]), title=str(item["title"]), offered=str(item.get("offered", "")), records=str(item["records"]),
        to=tuple(item["to"]), asks=tuple(question_of(one) for one in item.get("asks") or ()),
        days={str(key): str(value) for key, value in (item.get("days") or {}).items()},
        subject=tuple(map(says_of, item["subject"])), says=tuple(map(says_of, item["says"])),
        encloses=tuple(map(says_of, item.get("encloses") or ())), approved_by="" if approved == "none" else approved,
        cites=tuple(item.get("cites") or ()),
    )  # fmt: skip


def says_of(one: Any) -> Says:
    """A part of a letter as it is written in a pack: text alone, or a mapping with its condition."""
    if not isinstance(one, Mapping):
        return Says("paragraph", str(one))
    if "drawn" in one:
        named = one["drawn"]
        return Says("drawn", named if isinstance(named, str) else ",".join(named), condition=one.get("if"))
    kind = next((key for key in ("heading", "list") if key in one), "paragraph")
    text = one[kind] if kind != "paragraph" else one.get("say", "")
    return Says(kind, str(text), str(one.get("plainly", "")), one.get("if"))


def fields_in(text: str) -> list[str]:
    """The fields named in a text: `{worker}`."""
    return _FIELD.findall(text)


def compose(
    letter: Letter,
    facts: Mapping[str, Any],
    answers: Mapping[str, Any],
    *,
    on: int,
    calendar: Calendar,
    plainly: bool = False,
) -> Composed:
    """The letter for the reader of `facts`, on a day. Raises Lacking when an answer is missing, or a field has nothing to say."""
    known = {**facts, **_given(letter, answers, facts)}
    wanting = [one.asks for one in missing(letter.asks, known)]
    if wanting:
        raise Lacking(wanting)
    texts = _texts(letter, known) | {
        key: spoken(period(length).after(on, calendar)) for key, length in letter.days.items()
    }
    chosen = [one for one in letter.says if one.condition is None or holds(one.condition, known)]
    subject = next((one for one in letter.subject if one.condition is None or holds(one.condition, known)), None)
    lacking = list(dict.fromkeys(name for one in (*chosen, *filter(None, [subject])) for name in _lacks(one, texts)))
    if lacking or subject is None:
        raise Lacking(lacking or ["subject"])
    blocks = [
        block for one in chosen
        for block in (_drawn(one, known) if one.kind == "drawn" else _blocks(one, texts, plainly))
    ]  # fmt: skip
    enclosed = [one for one in letter.encloses if one.condition is None or holds(one.condition, known)]
    return Composed(_filled(subject.text, texts), tuple(blocks), tuple(_filled(one.text, texts) for one in enclosed))


def _given(letter: Letter, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to what is asked: an answer to a question that is not asked says nothing."""
    told: dict[str, Any] = {}
    for one in letter.asks:
        if one.key in answers and asked(one, {**facts, **told}):
            told[one.key] = answers[one.key]
    return told


def _texts(letter: Letter, known: Mapping[str, Any]) -> dict[str, str]:
    by_key = {one.key: one for one in letter.asks}
    return {key: _as_text(by_key.get(key), value) for key, value in known.items() if key != "drawn"}


def _as_text(question: Question | None, value: Any) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(_as_text(question, one) for one in value)
    if question is not None and question.options:
        return str(question.options.get(str(value), value))
    if question is not None and question.answer in ("date", "moment") and value:
        return spoken(_ordinal(str(value)))
    return "" if value is None else str(value).strip()


def _ordinal(text: str) -> int:
    from kith.rules.days import day_of

    return day_of(text.partition("T")[0])


def _lacks(one: Says, texts: Mapping[str, str]) -> list[str]:
    if one.kind in ("list", "drawn"):
        return []
    return [name for text in (one.text, one.plainly) for name in fields_in(text) if not texts.get(name)]


def _drawn(one: Says, known: Mapping[str, Any]) -> Iterator[Block]:
    """Parts of the record, as they were drawn for this reader: those a pack names, or those its author chose."""
    chosen = known.get(one.text, one.text.split(","))
    for part in chosen if isinstance(chosen, list | tuple) else [chosen]:
        yield from (known.get("drawn") or {}).get(part, ())


def _blocks(one: Says, texts: Mapping[str, str], plainly: bool) -> Iterator[Block]:
    if one.kind == "list":
        yield from (Block("bullet", line.strip()) for line in texts.get(one.text, "").splitlines() if line.strip())
        return
    said = _filled(one.plainly if plainly and one.plainly else one.text, texts)
    yield from (Block(one.kind, part.strip()) for part in said.split("\n") if part.strip())


def _filled(text: str, texts: Mapping[str, str]) -> str:
    """A text with facts in its fields, in one pass: braces in a fact stay braces."""
    return _FIELD.sub(lambda found: texts.get(found[1], ""), text)
