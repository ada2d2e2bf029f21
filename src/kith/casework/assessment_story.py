"""One assessment whole, folded from the record: its text, what it rests on, whose views are in it, and what people say of it."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kith.record.selectors import Told, told_about

STEMS = ("assessment", "evidence", "prognosis", "agreement", "sensitive", "view", "visit")


@dataclass
class Piece:
    """A piece of evidence, and every time it was talked through."""

    first: Told
    talked: list[Told] = field(default_factory=list)

    def says(self, key: str) -> str:
        """What is said of it under a key."""
        said: Any = self.first.event.fields.get(key, self.first.words.get(key, ""))
        return str(said or "")


@dataclass
class Seen:
    """When a child was seen in the assessment, and seen alone."""

    seen: list[dt.date] = field(default_factory=list)
    alone: list[dt.date] = field(default_factory=list)
    why_not: list[str] = field(default_factory=list)


@dataclass
class Story:
    """Everything about one assessment. `text` is the latest that was written; `kept` what is kept from whom, of the child's whole record."""

    begun: Told | None = None
    text: Told | None = None
    authorised: Told | None = None
    responses: list[Told] = field(default_factory=list)
    shares: list[Told] = field(default_factory=list)
    agreements: list[Told] = field(default_factory=list)
    views: list[Told] = field(default_factory=list)
    pieces: dict[str, Piece] = field(default_factory=dict)
    kept: dict[str, Told] = field(default_factory=dict)
    outlook: Told | None = None
    visits: list[Told] = field(default_factory=list)

    @property
    def children(self) -> tuple[str, ...]:
        """Whom it is about."""
        told = self.text or self.begun
        return told.ids("child") if told else ()

    def by_issue(self) -> Mapping[str, list[Piece]]:
        """The evidence, what is about the same thing side by side (WOR-144)."""
        found: dict[str, list[Piece]] = {}
        for one in self.pieces.values():
            found.setdefault(one.says("issue"), []).append(one)
        return found

    def seen(self, child: str) -> Seen:
        """When a child was seen since it began (WOR-083)."""
        found, since = Seen(), self.begun.event.day if self.begun else 0
        for one in self.visits:
            if one.event.day < since or child not in one.ids("child"):
                continue
            says, day = one.part(child), dt.date.fromordinal(one.event.day)
            found.seen += [day] if says.get("seen") else []
            found.alone += [day] if says.get("alone") else []
            if not says.get("alone"):
                part = one.words.get("parts", {}).get(child, one.words)
                words = (part.get("not_seen_words"), part.get("not_seen_evidence"))
                found.why_not += [str(text) for text in words if text]
        return found


def story_of(child: uuid.UUID, assessment: uuid.UUID, known_at: dt.datetime | None = None) -> Story:
    """One assessment of a child, as it stands or as it was known at a moment."""
    found, key = Story(), str(assessment)
    for one in sorted(told_about([child], STEMS, known_at)[child], key=lambda told: told.event.order):
        stem, _, verb = one.event.kind.partition("/")[0].partition(".")
        if stem == "visit":
            found.visits += [one] if verb == "made" else []
        elif stem == "sensitive":
            _kept(found, verb, one)
        elif stem == "evidence":
            _evidence(found, verb, one, key)
        elif key in one.ids("assessment"):
            _hear(found, stem, verb, one)
    if found.begun is not None:
        found.views += _views_since(told_about([child], ("view",), known_at)[child], found)
    return found


KEPT_BY_STEM: Mapping[str, tuple[str, Any]] = {
    "evidence": ("pieces", {}), "view": ("views", []), "agreement": ("agreements", []), "sensitive": ("kept", {}), "prognosis": ("outlook", None),
    "visit": ("visits", []),
}  # fmt: skip


def narrowed(story: Story, covers: Callable[[str], bool]) -> Story:
    """The story for a reader to whom only some kinds of entries are shown: a partner agency's staff see what is agreed with it."""
    return replace(story, **{name: none for stem, (name, none) in KEPT_BY_STEM.items() if not covers(stem)})


def _views_since(every: Iterable[Told], found: Story) -> list[Told]:
    """Views that name no assessment, said since this one began: they were sought for it."""
    since = found.begun.event.day if found.begun else 0
    return [one for one in every if not one.ids("assessment") and one.event.day >= since]


def _kept(found: Story, verb: str, one: Told) -> None:
    for key in one.ids("sensitive"):
        if verb == "agreed":
            found.kept[key] = one
        else:
            found.kept.pop(key, None)


def _evidence(found: Story, verb: str, one: Told, assessment: str) -> None:
    for key in one.ids("evidence"):
        if verb == "recorded" and assessment in one.ids("assessment"):
            found.pieces[key] = Piece(one)
        elif verb == "challenged" and key in found.pieces:
            found.pieces[key].talked.append(one)


_LISTS = {
    ("assessment", "responded"): "responses", ("assessment", "shared"): "shares", ("agreement", "made"): "agreements",
    ("view", "recorded"): "views",
}  # fmt: skip
_ONES = {
    ("assessment", "started"): "begun", ("assessment", "submitted"): "text", ("assessment", "authorised"): "authorised",
    ("prognosis", "considered"): "outlook",
}  # fmt: skip


def _hear(found: Story, stem: str, verb: str, one: Told) -> None:
    if (stem, verb) in _ONES:
        setattr(found, _ONES[stem, verb], one)
    elif (stem, verb) in _LISTS:
        getattr(found, _LISTS[stem, verb]).append(one)


def alike(text: Told | None, children: Sequence[str]) -> list[str]:
    """The questions to which the same was written of every child: each child is a person of their own (WOR-136)."""
    parts = text.words.get("parts", {}) if text else {}
    told = [parts.get(one, {}) for one in children]
    if len(told) < 2:
        return []
    return [key for key, said in told[0].items() if said and all(one.get(key) == said for one in told[1:])]
