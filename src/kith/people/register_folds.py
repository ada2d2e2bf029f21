"""Agencies, professionals and a child's network of them, folded from events: as they stand, or as known on a past day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kith.record.selectors import Told
from kith.rules.days import day_of

STEMS = ("agency", "professional")
SHARING = "sharing"


@dataclass
class Spell:
    """Something from a day to a day (ordinals), with what was said of it."""

    event: str
    since: int
    until: int | None = None
    says: dict[str, Any] = field(default_factory=dict)


def agency(told: Iterable[Told]) -> Spell | None:
    """An agency from the events about it; None before it was entered. What is changed stands from its change on."""
    found: Spell | None = None
    for one in _in_order(told):
        if one.event.kind == "agency.entered":
            found = Spell(one.event.id, one.event.day)
        if found is None or not one.event.kind.startswith("agency."):
            continue
        if one.event.kind == "agency.ended":
            found.until = one.event.day
        elif one.event.kind in ("agency.entered", "agency.changed"):
            found.says |= {**one.words, "kind": one.event.fields.get("agency_kind", "other")}
    return found


def agreements(told: Iterable[Told]) -> list[Spell]:
    """The sharing agreements with an agency from the events about it; the day one ends is the first on which it is not in force."""
    found: list[Spell] = []
    for one in _in_order(told):
        if one.event.kind == "sharing.agreed":
            until = one.event.fields.get("until")
            covers = sorted(one.event.fields.get("covers", ()))
            starts = one.event.fields.get("agreed_from")
            since = day_of(starts) if starts else one.event.day
            found.append(Spell(one.event.id, since, day_of(until) + 1 if until else None, {"covers": covers}))
        elif one.event.kind == "sharing.ended":
            for spell in found:
                if spell.until is None or spell.until > one.event.day:
                    spell.until = max(spell.since, one.event.day)
    return found


def posts(told: Iterable[Told]) -> list[tuple[str, Spell]]:
    """A professional's posts from the events about them: each with the id of its agency. What is changed stands from its change on."""
    told = _in_order(told)
    found = _spells(told, "agency", "professional.joined_agency", "professional.left_agency")
    for one in told:
        if one.event.kind == "professional.changed_post":
            for agency_id, spell in found:
                if agency_id in one.ids("agency") and spell.until is None:
                    spell.says = dict(one.words)
    return found


def network(told: Iterable[Told]) -> list[tuple[str, Spell]]:
    """The professionals of a child's network from the events about the child: each with the id of the person."""
    return _spells(told, "person", "professional.joined_network", "professional.left_network")


def _spells(told: Iterable[Told], name: str, begins: str, ends: str) -> list[tuple[str, Spell]]:
    found: list[tuple[str, Spell]] = []
    for one in _in_order(told):
        for other in one.ids(name):
            if one.event.kind == begins:
                found.append((other, Spell(one.event.id, one.event.day, says=dict(one.words))))
            if one.event.kind == ends:
                for there, spell in found:
                    if there == other and spell.until is None:
                        spell.until = one.event.day
    return found


def _in_order(told: Iterable[Told]) -> list[Told]:
    return sorted(told, key=lambda one: one.event.order)
