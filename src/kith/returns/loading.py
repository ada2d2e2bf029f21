"""A council's history brought in from its children in need return: events marked as imported, their own dates kept.

Each child is one transaction, and every id is made from the return's own, so a load that was interrupted goes on where it
stopped and a load run twice changes nothing.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kith.core import authorities, clock
from kith.core.authority import set_evidence
from kith.record import actions
from kith.record.fact import Fact
from kith.record.procedures import procedure_of
from kith.record.selectors import which_are_recorded
from kith.returns.cin import Census, Child
from kith.rules.days import iso
from kith.rules.events import Event

SOURCE = "children in need census {year}"
SEX = {"M": "male", "F": "female", "U": "not_known", "1": "male", "2": "female", "0": "not_known", "9": "not_known"}


@dataclass
class Loaded:
    """How much was brought in: children new to the record, those already there, and those the reader refused."""

    children: int = 0
    there_already: int = 0
    refused: int = 0
    events: int = 0
    not_recorded: list[str] = field(default_factory=list)


class Loading:
    """One return being loaded for the authority of this unit of work. `restricted` are local ids whose records are restricted at
    once, in the same transaction as their first event, with `guardian` to answer for them."""

    def __init__(self, census: Census, restricted: Collection[str] = (), guardian: uuid.UUID | None = None) -> None:
        self.census, self.restricted, self.guardian = census, frozenset(restricted), guardian
        self.source = SOURCE.format(year=census.collection.year)
        self.authority = authorities.current()
        self.told = Loaded()

    def child(self, child: Child) -> None:
        """Brings in one child's history."""
        if child.refused or not child.events:
            self.told.refused += 1
            return
        facts = list(self._facts(child))
        there = which_are_recorded([fact.id for fact in facts if fact.id])
        new = [fact for fact in facts if fact.id not in there]
        if not new:
            self.told.there_already += 1
            return
        actions.append(*new, by=None, under=self.source)
        self.told.children += 1
        self.told.events += len(new)

    def _facts(self, child: Child) -> Iterator[Fact]:
        first = min(event.day for event in child.events)
        known = self._known(first)
        one = self.id("child", child.id)
        about = {"child": one}
        if not any(event.kind == "child.registered" for event in child.events):
            yield Fact(
                kind="child.registered",
                about=about,
                when=_date(first),
                source=self.source,
                known_at=known,
                id=self.id("entered", child.id),
            )
        if child.id in self.restricted and self.guardian is not None:
            yield Fact(
                kind="access.restricted", about={"child": one, "worker": self.guardian}, when=clock.today(), source=self.source,
                coded={"restricted_because": "other"}, id=self.id("restricted", child.id),
            )  # fmt: skip
        yield from self._described(child, one, _date(first), known)
        for event in child.events:
            yield self._fact(event)

    def _described(self, child: Child, one: uuid.UUID, day: dt.date, known: dt.datetime) -> Iterator[Fact]:
        codes = child.codes()
        numbers = {
            "la_child_id": child.id,
            "upn": str(codes.get("UPN", "")),
            "former_upn": str(codes.get("FormerUPN", "")),
        }
        for scheme, value in numbers.items():
            if value:
                yield Fact(
                    kind="identifier.recorded", about={"child": one}, when=day, coded={"scheme": scheme}, words={"value": value},
                    source=self.source, known_at=known, id=self.id(scheme, child.id),
                )  # fmt: skip
        options = procedure_of(self.authority).vocabulary.fields
        said: dict[str, Any] = {"sex": SEX.get(str(codes.get("Sex") or codes.get("GenderCurrent")))}
        if codes.get("Ethnicity") in options["ethnicity"].options:
            said["ethnicity"] = codes["Ethnicity"]
        disabled = codes.get("Disability", [])
        said["disability"] = [
            code
            for code in (disabled if isinstance(disabled, list) else [disabled])
            if code in options["disability"].options
        ]
        yield Fact(
            kind="details.recorded", about={"child": one}, when=day, coded={key: value for key, value in said.items() if value},
            source=self.source, known_at=known, id=self.id("details", child.id),
        )  # fmt: skip

    def _fact(self, event: Event) -> Fact:
        about = {name: self._ids(name, ids) for name, ids in event.names.items()}
        return Fact(
            kind=event.kind, about=about, when=_date(event.day), coded=event.fields, source=self.source, known_at=self._known(event.day),
            id=self.id("event", event.id),
        )  # fmt: skip

    def _ids(self, name: str, ids: Any) -> list[uuid.UUID]:
        return [self.id(name, one) for one in (ids if isinstance(ids, tuple) else (ids,))]

    def id(self, name: str, local: str) -> uuid.UUID:
        """The permanent id of something the return names, in this authority."""
        return uuid.uuid5(self.authority, f"census|{name}|{local}")

    def _known(self, day: int) -> dt.datetime:
        """An imported fact counts as known at the end of its day; the day it came here is its recorded day."""
        return min(dt.datetime.combine(_date(day), dt.time(23, 59, 59), clock.LONDON), clock.now())

    def settle_evidence(self, in_use_from: dt.date) -> None:
        """Sets from when the record holds each kind of event, so that nothing from before reads as late for want of evidence."""
        held = self.census.evidence().kinds
        every = procedure_of(self.authority).vocabulary.all_kinds()
        loaded: Mapping[str, str] = {kind: iso(day) for kind, day in held.items()}
        in_use = {kind: in_use_from.isoformat() for kind in every if "/" not in kind}
        set_evidence(
            self.authority, {"loaded": loaded, "loaded_until": iso(self.census.collection.last), "in_use": in_use}
        )


def _date(day: int) -> dt.date:
    return dt.date.fromordinal(day)
