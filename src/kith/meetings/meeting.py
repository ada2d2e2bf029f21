"""A meeting as people speak of it: who asked, when and where, who is to come or is kept out, what was said, scored and agreed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kith.record.selectors import Told


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
    sent_told: Told | None = None
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


@dataclass
class Meeting:
    """A meeting of a child, from being asked for to what became of it."""

    id: str
    a_type: str = ""
    children: tuple[str, ...] = ()
    asked: Told | None = None
    answered: list[Told] = field(default_factory=list)
    arranged: Told | None = None
    on: dt.date | None = None
    starts_at: str = ""
    changes: int = 0
    minutes: int | None = None
    venue: str = ""
    chair: str = ""
    coordinator: str = ""
    words: dict[str, Any] = field(default_factory=dict)
    room_booked: bool | None = None
    chair_confirmed: bool | None = None
    guests: dict[str, Guest] = field(default_factory=dict)
    kept_out: dict[str, KeptOut] = field(default_factory=dict)
    papers: dict[str, tuple[str, str]] = field(default_factory=dict)
    steps: dict[str, Told] = field(default_factory=dict)
    settled: list[Told] = field(default_factory=list)
    safe: Told | None = None
    refused: Told | None = None
    explained: list[Told] = field(default_factory=list)
    not_held: Told | None = None
    held: Told | None = None
    stages: list[str] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)
    family_plan: str = ""
    plan_approved: bool = False
    plan_started: bool = False
    actions: list[Told] = field(default_factory=list)
    promises: list[Told] = field(default_factory=list)
    submitted: dt.date | None = None
    approved: dt.date | None = None
    returned: str = ""
    added: list[Told] = field(default_factory=list)
    debriefs: list[Told] = field(default_factory=list)
    feedback: list[Told] = field(default_factory=list)
    stopped: list[Told] = field(default_factory=list)
    confirmed: list[Told] = field(default_factory=list)
    own_words: bool = True

    @property
    def state(self) -> str:
        """Where it stands: asked, arranged, held, refused or not_held; empty where nothing was decided."""
        order = (
            ("held", self.held),
            ("refused", self.refused),
            ("not_held", self.not_held),
            ("arranged", self.arranged),
            ("asked", self.asked),
        )
        return next((name for name, there in order if there is not None), "")

    def confirmed_when_sent(self, guest: Guest) -> Told | None:
        """The confirmation that there was of who is given the record, when this guest was sent theirs: by when each was recorded."""
        if guest.sent_told is None:
            return None
        at = guest.sent_told.recorded_at
        return next((one for one in reversed(self.confirmed) if one.recorded_at <= at), None)

    def guest(self, key: str, named_as: str = "person") -> Guest:
        """A guest by their id, added where the record names somebody who was not on the list."""
        return self.guests.setdefault(key, Guest(key, named_as))
