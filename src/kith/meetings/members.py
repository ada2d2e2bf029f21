"""Those whom a meeting is made of, and what each brings: guests, people kept out of it, parts of the family's plan, scores."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Guest:
    """Somebody who is to come, or came. `key` is the id by which the record names them, `named_as` under which name."""

    key: str
    named_as: str
    part: str = ""
    who: str = ""
    named_by: str = ""
    agreed: bool | None = None
    why_not_agreed: str = ""
    needs: list[str] = field(default_factory=list)
    invited: dt.date | None = None
    reply: str = ""
    views: str = ""
    prepared: dt.date | None = None
    advocate: str = ""
    in_place: bool | None = None
    came: str = ""
    sent: dt.date | None = None
    signed: str = ""
    heard: list[str] = field(default_factory=list)
    asked_when: dt.date | None = None
    can_come: str = ""


@dataclass
class KeptOut:
    """Somebody kept out of a meeting: whether they are told, why, and how else they are heard (WOR-432)."""

    person: str
    on: dt.date
    told: bool
    words: Mapping[str, Any]
    by_role: str = ""


@dataclass
class Part:
    """A part of the family's own plan, in their words, and what was answered."""

    id: str
    number: int
    own_words: str
    who: list[str]
    answer: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Score:
    """What somebody said on the scale, how they gave it, and whether the room saw it (LIN-081)."""

    person: str
    score: float
    how: str
    shown: bool
    why: str = ""
