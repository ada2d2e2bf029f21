"""Ending what is known of a person: an address they left, a number no longer theirs, a relationship, a tie, an alert, an order."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kith.access.viewer import Viewer
from kith.people import policies
from kith.people.portrait import Portrait, Thing
from kith.people.selectors import Opened, portrait_of
from kith.record import actions as record
from kith.record.fact import Fact, NotRecorded
from kith.record.models import Event

KINDS: Mapping[str, str] = {
    "address": "home.moved_out", "reach": "reach.ended", "relationship": "relationship.ended", "responsibility": "parental_responsibility.lost",
    "safe_adult": "person.no_longer_safe", "keep_apart": "keep_apart.ended", "contact_limit": "contact_limit.ended", "alert": "alert.ended",
    "tie": "tie.ended", "name": "name.ended", "identifier": "identifier.ended",
}  # fmt: skip


@dataclass(frozen=True)
class Ending:
    """Something that stands and can be ended: what it is, whom it names beside the person, what tells it apart, since when."""

    what: str
    key: str
    about: Mapping[str, str]
    coded: Mapping[str, str]
    since: int
    says: Any
    a_type: str = ""

    @property
    def id(self) -> str:
        """By what a page chooses it."""
        return f"{self.what}:{self.key}"


def standing(picture: Portrait) -> list[Ending]:
    """Everything of a picture that stands now and can be ended."""
    found = [
        Ending("address", one.home, {"home": one.home}, {}, one.since, one)
        for one in picture.stays
        if one.until is None
    ]
    found += [
        Ending("relationship", f"{one.id}~{one.other}", {"relationship": one.id, "other": one.other}, {}, one.since, one)
        for one in picture.bonds.values() if one.until is None
    ]  # fmt: skip
    found += (
        _things("reach", "reach", picture.reaches)
        + _things("tie", "tie", picture.ties)
        + _things("alert", "alert", picture.alerts)
    )
    found += _things("responsibility", "person", picture.responsibilities) + _things(
        "safe_adult", "person", picture.safe_adults
    )
    found += _things("keep_apart", "other", picture.apart) + _things(
        "contact_limit", "order", picture.limits, "person", "child"
    )
    found += [
        Ending("name", one.use, {}, {"name_use": one.use}, one.since, one)
        for one in picture.names
        if one.until is None and one.use != "full"
    ]
    return found + [
        Ending("identifier", key, {}, {"scheme": key}, one.since, one) for key, one in picture.identifiers.items()
    ]


def _things(what: str, name: str, things: Mapping[str, Thing], *more: str) -> list[Ending]:
    return [
        Ending(what, one.id, {name: one.id} | {key: one.names[key] for key in more if key in one.names}, {}, one.since, one, one.a_type)
        for one in things.values() if one.until is None
    ]  # fmt: skip


def end(opened: Opened, chosen: str, on: dt.date, *, by: Viewer) -> Event:
    """Ends one of the things that stand, from a day. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, "record")
    one = next((one for one in standing(portrait_of(opened.id)) if one.id == chosen), None)
    if one is None:
        raise NotRecorded("choose what has ended", "thing")
    if on.toordinal() < one.since:
        raise NotRecorded("this is before it began", "when")
    about: dict[str, Any] = {name: _ids(ids) for name, ids in one.about.items()} | {opened.named: opened.id}
    kind = f"{KINDS[one.what]}/{one.a_type}" if one.a_type else KINDS[one.what]
    return record.append(Fact(kind=kind, about=about, when=on, coded=one.coded), by=by, under=opened.ground)[0]


def _ids(ids: Any) -> Any:
    return [uuid.UUID(one) for one in ids] if isinstance(ids, tuple) else uuid.UUID(ids)
