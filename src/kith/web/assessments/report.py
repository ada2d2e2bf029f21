"""What is drawn from an assessment for one reader: the parts as they may be told to them, and what is left out and why (WOR-431)."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from kith.casework import capacity
from kith.casework.assessment_story import Story, story_of
from kith.core import clock
from kith.documents.copies import PROFESSIONAL, Reader
from kith.forms import selectors as forms
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record import chronology
from kith.rules.forms import Form, Page, Question
from kith.rules.letters import Block
from kith.web import said
from kith.web.answers import answered
from kith.web.assessments import evidence, text

FORM = "assessment"
OTHERS_SAY = "views_of_family"  # what several relatives say, each by name: no one of them is given the others'
SOMEBODY_ELSES = frozenset(("child", "person", "eyewitness", "hearsay"))


@dataclass
class Drawn:
    """The parts by their keys, and what this reader's copy leaves out."""

    parts: dict[str, list[Block]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def leave(self, words: str) -> None:
        """Says once that something is left out."""
        if words not in self.left_out:
            self.left_out.append(words)


@dataclass(frozen=True)
class For:
    """For whom it is drawn: the reader, and the children whose part they are given, by id with their names."""

    reader: Reader
    children: Sequence[tuple[str, str]]

    @property
    def in_family(self) -> bool:
        """Whether the reader belongs to the family: no worker and no agency."""
        return self.reader.kind not in PROFESSIONAL

    def is_theirs(self, person: str) -> bool:
        """Whether something is the reader's own."""
        return self.reader.person is not None and str(self.reader.person) == person


def drawn(opened: Opened, assessment: uuid.UUID, whom: For) -> Drawn:
    """Everything of an assessment that may be told to one reader."""
    found, story = Drawn(), story_of(opened.id, assessment)
    found.parts["seen"] = [*_seen(story, whom, found)]
    found.parts |= _pages(story, whom, found)
    found.parts.setdefault("heard", [])
    found.parts["heard"] += _views(story, whom, found)
    found.parts["evidence"] = [*_evidence(story, whom, found)]
    found.parts["capacity"] = [*_capacity(opened, whom, found)]
    found.parts["events"] = [*_events(opened)]
    found.parts["responses"] = [*_responses(story, whom, found)]
    return found


def _heading(words: str, blocks: Iterable[Block]) -> Iterator[Block]:
    listed = list(blocks)
    if listed:
        yield Block("heading", words)
        yield from listed


def _seen(story: Story, whom: For, found: Drawn) -> Iterator[Block]:
    lines = []
    for key, name in whom.children:
        seen = story.seen(key)
        days = _("seen %(days)s") % {"days": ", ".join(map(said.day, seen.seen))} if seen.seen else _("not seen")
        alone = _("alone %(days)s") % {"days": ", ".join(map(said.day, seen.alone))} if seen.alone else _("not alone")
        # What a visitor wrote of a closed door may tell one parent what the other did.
        why_not = () if whom.in_family else seen.why_not
        if len(why_not) < len(seen.why_not):
            found.leave(_("Why a child was not seen, as the visitor wrote it."))
        lines.append(Block("bullet", "; ".join([f"{name}: {days}", alone, *why_not])))
    yield from _heading(_("Who was seen"), lines)


def _pages(story: Story, whom: For, found: Drawn) -> dict[str, list[Block]]:
    spec = forms.form(FORM)
    if spec is None or story.text is None:
        return {}
    may = _without(spec, whom, found)
    written = text.pages_of(story.text, may, whom.children)
    return {page["id"]: [*_heading(page["title"], _page(page))] for page in written}


def _page(page: Mapping[str, Any]) -> Iterator[Block]:
    yield from _rows(page["rows"])
    for part in page["each"]:
        yield Block("heading", part["name"])
        yield from _rows(part["rows"])


def _rows(rows: Iterable[tuple[str, str]]) -> Iterator[Block]:
    for asks, words in rows:
        said_of = asks if asks.endswith("?") else f"{asks}:"
        yield Block("paragraph", f"{said_of} {words}" if "\n" not in words else said_of)
        if "\n" in words:
            yield from (Block("paragraph", line) for line in words.splitlines() if line.strip())


def _without(spec: Form, whom: For, found: Drawn) -> Form:
    """The form without the questions whose answers this reader is not given."""
    pages = []
    for page in spec.pages:
        kept = [one for one in page.questions if _may_read(one, whom, found)]
        pages.append(replace(page, questions=tuple(kept)))
    return replace(spec, pages=tuple[Page, ...](pages))


def _may_read(one: Question, whom: For, found: Drawn) -> bool:
    if one.family_sees == "never" and not one.voice_of:
        return False  # it is about the work, and in nobody's copy
    if not whom.in_family:
        return True
    if one.family_sees == "never" and not (one.voice_of == "child" and _is_child(whom)):
        found.leave(_("What a child said or showed: it is shared with care, by the worker."))
        return False
    if one.key == OTHERS_SAY:
        found.leave(_("What each relative says: a copy for one person holds their own words and nobody else’s."))
        return False
    return True


def _is_child(whom: For) -> bool:
    """Whether the reader is the one child it is drawn about: then their own words are theirs."""
    return len(whom.children) == 1 and whom.is_theirs(whom.children[0][0])


def _views(story: Story, whom: For, found: Drawn) -> Iterator[Block]:
    for one in story.views:
        theirs = any(map(whom.is_theirs, one.ids("person"))) or (one.event.fields.get("whose") == "child" and _is_child(whom))  # fmt: skip
        if not theirs and whom.in_family:
            found.leave(_("What each relative says: a copy for one person holds their own words and nobody else’s."))
            continue
        whose = answered("whose", one.event.fields.get("whose", ""))
        yield Block("paragraph", _("%(whose)s, %(day)s: %(words)s") % {"whose": whose, "day": text.day_of(one), "words": one.words.get("own_words", "")})  # fmt: skip


def _evidence(story: Story, whom: For, found: Drawn) -> Iterator[Block]:
    lines = []
    for issue, pieces in story.by_issue().items():
        shown = []
        for one in pieces:
            others = one.says("source") in SOMEBODY_ELSES and not any(map(whom.is_theirs, one.first.ids("person")))
            if whom.in_family and others:
                found.leave(_("Evidence that rests on what somebody else in the family said."))
                continue
            shown.append(one)
        lines += [Block("heading", issue)] if shown else []
        lines += [_piece(one) for one in shown]
        # What is made of it follows what was seen, and is left out where a piece it rests on is.
        if len(shown) == len(pieces):
            lines += [Block("paragraph", judged) for one in shown if (judged := one.says("judgement"))]
    yield from _heading(_("What it rests on"), lines)


def _piece(one: Any) -> Block:
    words = {"what": one.says("what"), "source": evidence.word("source", one), "stands": evidence.word("stands", one), "weight": evidence.word("weight", one)}  # fmt: skip
    return Block("bullet", _("%(what)s (%(source)s. Checked: %(stands)s. Weight: %(weight)s)") % words)


def _capacity(opened: Opened, whom: For, found: Drawn) -> Iterator[Block]:
    """Where a parent stands is told to that parent, and to those who work with the child."""
    form, grid = capacity.form(), capacity.grid()
    lines = []
    for person, one in capacity.of_child(opened.id).items() if form and grid else ():
        if whom.in_family and not whom.is_theirs(person):
            found.leave(_("Where another parent stands with what has to change."))
            continue
        names = people.names_of([uuid.UUID(person)])
        for placing in one.placings:
            cell = grid.cell({key: placing.says(key) for key in (grid.across, grid.down)}) if grid else ""
            words = {"name": names.get(uuid.UUID(person), ""), "day": said.day(placing.day), "evidence": placing.says("evidence") or placing.says("own_words"), "cell": answered(grid.key, cell) if grid and cell else ""}  # fmt: skip
            lines.append(Block("bullet", _("%(name)s, %(day)s: %(evidence)s: %(cell)s") % words))
    yield from _heading(_("Capacity to change"), lines)


def _events(opened: Opened) -> Iterator[Block]:
    """The significant events with their impact on the child: the worker's words on each, never the entry itself."""
    every = [one for one in chronology.chronology(opened.id) if one.significant and one.impact and not one.withdrawn]
    lines = [Block("bullet", f"{text.day_of(one.stands)}: {one.impact}") for one in reversed(every)]
    yield from _heading(_("Significant events"), lines)


def _responses(story: Story, whom: For, found: Drawn) -> Iterator[Block]:
    """Corrections and disagreements stand beside the text wherever it is printed: the reader's own in full, of others that there are."""
    lines, others = [], False
    for one in story.responses:
        theirs = any(map(whom.is_theirs, one.ids("person")))
        if whom.in_family and not theirs:
            others = others or one.event.fields.get("agrees") is False or bool(one.words.get("corrections"))
            continue
        lines += _response(one)
    if others:
        lines.append(Block("paragraph", _("Somebody else does not agree with it, or says that something in it is wrong.")))  # fmt: skip
        found.leave(_("What somebody else says of the assessment, in their words."))
    yield from _heading(_("What people say of it"), lines)


def _response(one: Any) -> list[Block]:
    names = people.names_of([uuid.UUID(each) for each in one.ids("person")])
    agrees = {True: _("agrees"), False: _("does not agree")}.get(one.event.fields.get("agrees"), _("says"))
    lines = [f"{', '.join(names.values())}, {text.day_of(one)}: {agrees}"]
    lines += [_("Wrong in it: %(words)s") % {"words": words}] if (words := one.words.get("corrections")) else []
    lines += [str(words)] if (words := one.words.get("own_words")) else []
    return [Block("paragraph", line) for line in lines]


def children_named(ids: Sequence[uuid.UUID]) -> list[tuple[str, str]]:
    """Children by id with what they are called today."""
    today = clock.today().toordinal()
    return [(str(one), picture.called(today) or "") for one, picture in people.portraits_of(ids).items()]
