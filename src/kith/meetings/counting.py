"""Meetings counted over a time: how long families waited, what came of it, and who was heard (LEI-082).

What is counted names nobody; whether a number may be shown is for whoever shows it.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from kith.core.ids import uuid_of
from kith.meetings import story
from kith.meetings.meeting import Guest, Meeting
from kith.people.models import Child, Person
from kith.record.selectors import Told, told_about

STEMS = ("meeting", "offer", "accommodation", "reunification")
CAME, OTHERWISE, APOLOGIES, NOT_HEARD = "came", "otherwise", "apologies", "not_heard"
HOW = (CAME, OTHERWISE, APOLOGIES, NOT_HEARD)


@dataclass(frozen=True)
class Period:
    """From one day to another, both of them in it."""

    first: dt.date
    last: dt.date

    def has(self, day: dt.date | None) -> bool:
        """Whether a day is in it."""
        return day is not None and self.first <= day <= self.last


@dataclass
class Heard:
    """What was read to count: the children of an authority or one team with their days of birth and their teams, what is recorded of
    them, and each of their meetings once."""

    period: Period
    told: Mapping[uuid.UUID, list[Told]]
    meetings: Mapping[str, Meeting]
    born: Mapping[uuid.UUID, dt.date | None]
    team: Mapping[uuid.UUID, uuid.UUID | None]

    def once(self) -> Iterator[Told]:
        """Every event once, however many children it is about."""
        return iter({one.event.id: one for listed in self.told.values() for one in listed}.values())

    def held(self) -> list[Meeting]:
        """The meetings held in this time."""
        return [one for one in self.meetings.values() if one.held and self.period.has(day_of(one.held))]


@dataclass
class OfKind:
    """One kind of meeting in a time. `days` are the calendar days from asking to the day it was held, of those held in it."""

    asked: int = 0
    arranged: int = 0
    held: int = 0
    refused: int = 0
    days: list[int] = field(default_factory=list)
    not_held: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    considered: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    papers: dict[str, Counter[str]] = field(default_factory=dict)
    heard: dict[str, Counter[str]] = field(default_factory=dict)
    invited: Counter[str] = field(default_factory=Counter)


def day_of(one: Told) -> dt.date:
    """The day on which something happened."""
    return dt.date.fromordinal(one.event.day)


def read(period: Period) -> Heard:
    """Reads what is to be counted, in a few questions whatever the number of children: all but those whose case was closed before the
    time and not since opened."""
    rows = Child.objects.filter(Q(is_open=True) | Q(closed_on=None) | Q(closed_on__gte=period.first))
    teams = dict(rows.values_list("person", "team"))
    told = told_about(teams, STEMS)
    meetings: dict[str, Meeting] = {}
    for child, listed in told.items():
        for key, one in story.folded(child, listed).items():
            meetings.setdefault(key, one)
    born = dict(Person.objects.filter(id__in=list(teams)).values_list("id", "born_on"))
    return Heard(period, told, meetings, born, teams)


def of_team(heard: Heard, team: uuid.UUID | None) -> Heard:
    """What is to be counted of one team: the children it holds today, or those whom no team holds, and their meetings."""
    theirs = {child for child, one in heard.team.items() if one == team}
    keys = {str(child) for child in theirs}
    return Heard(
        heard.period, {child: told for child, told in heard.told.items() if child in theirs},
        {key: one for key, one in heard.meetings.items() if keys & set(one.children)},
        {child: day for child, day in heard.born.items() if child in theirs}, dict.fromkeys(theirs, team),
    )  # fmt: skip


def by_kind(heard: Heard) -> dict[str, OfKind]:
    """Every kind of meeting of which something falls in the time."""
    found: dict[str, OfKind] = {}
    for one in heard.meetings.values():
        _of_meeting(heard, one, found)
    arranged: set[str] = set()
    for told in heard.once():
        kind, _slash, a_type = told.event.kind.partition("/")
        if not (a_type and heard.period.has(day_of(told))):
            continue
        if kind == "meeting.arranged":
            new = set(told.ids("meeting")) - arranged
            arranged |= new
            found.setdefault(a_type, OfKind()).arranged += len(new)
        elif kind == "meeting.cancelled":
            found.setdefault(a_type, OfKind()).not_held[_said(told, "not_held_because")] += 1
        elif kind == "meeting.considered":
            found.setdefault(a_type, OfKind()).considered[_said(told, "answer")] += 1
    return found


def _said(told: Told, name: str) -> str:
    return str(told.event.fields.get(name) or "")


def _of_meeting(heard: Heard, one: Meeting, found: dict[str, OfKind]) -> None:
    has = heard.period.has
    if one.asked and has(day_of(one.asked)):
        kind = found.setdefault(one.a_type, OfKind())
        kind.asked += 1
        kind.reasons.update(reasons_of(one))
    if one.refused and has(day_of(one.refused)):
        found.setdefault(one.a_type, OfKind()).refused += 1
    if one.held and has(day_of(one.held)):
        _of_held(heard, one, found.setdefault(one.a_type, OfKind()))


def reasons_of(one: Meeting) -> list[str]:
    """Why a meeting was asked for, where the pack lists reasons."""
    return _many(one.asked.event.fields.get("referral_reasons")) if one.asked else []


def outcomes_of(one: Meeting) -> list[str]:
    """What a meeting came to."""
    return _many(one.held.event.fields.get("outcomes")) if one.held else []


def _many(said: Any) -> list[str]:
    return [str(key) for key in said] if isinstance(said, list | tuple) else [str(said)] if said else []


def _of_held(heard: Heard, one: Meeting, kind: OfKind) -> None:
    assert one.held is not None  # noqa: S101  whoever calls has looked
    kind.held += 1
    if one.asked:
        kind.days.append((day_of(one.held) - day_of(one.asked)).days)
    kind.outcomes.update(outcomes_of(one))
    for paper, (stands, _why) in one.papers.items():
        kind.papers.setdefault(paper, Counter())[stands] += 1
    for part, invited, how in _everybody(heard, one):
        kind.heard.setdefault(part, Counter())[how] += 1
        kind.invited[part] += invited


def _everybody(heard: Heard, one: Meeting) -> Iterator[tuple[str, bool, str]]:
    """Each person of a meeting's list, and each child it is about whether or not they are on it: what they are to the child, whether
    they were invited, and how they were heard. A child not yet born on the day is passed over."""
    assert one.held is not None  # noqa: S101  whoever calls has looked
    on, children = day_of(one.held), set(one.children)
    for key in (*one.guests, *(key for key in one.children if key not in one.guests)):
        guest = one.guests.get(key)
        if key in children and not _born(heard, key, on):
            continue
        part = "child" if key in children else _part(guest)
        yield part, bool(guest and guest.invited), _how(one, key, guest)


def _born(heard: Heard, key: str, on: dt.date) -> bool:
    child = uuid_of(key)
    born = heard.born.get(child) if child else None
    return born is not None and born <= on


def _part(guest: Guest | None) -> str:
    if guest is None or guest.part:
        return guest.part if guest else "other"
    return {"worker": "social_worker", "agency": "agency"}.get(guest.named_as, "other")


def _how(one: Meeting, key: str, guest: Guest | None) -> str:
    if guest is not None:
        if guest.came in ("came", "for_part"):
            return CAME
        if guest.came == "otherwise" or guest.views or guest.reply == "sends_views":
            return OTHERWISE
    if _own_words(one, key):
        return OTHERWISE
    told = guest is not None and (guest.came == "apologies" or guest.reply == "not_coming")
    return APOLOGIES if told else NOT_HEARD


def _own_words(one: Meeting, key: str) -> bool:
    """Whether a child's own words were brought to a meeting."""
    if one.held is None or key not in one.children:
        return False
    parts = one.held.words.get("parts")
    said = parts.get(key, {}) if isinstance(parts, Mapping) else one.held.words if len(one.children) == 1 else {}
    return bool(said.get("childs_words"))
