"""Projectors: the one mechanism by which typed rows come from events.

A projector keeps the rows of one kind of subject. It folds the events about a subject, as now known, into the rows that
should stand, and writes only the differences. Appending, correcting, withdrawing, merging, rebuilding and verifying are all
this same fold, so none can drift from another. The list is `settings.KITH_PROJECTORS`, in order; obligations are last.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, Protocol

from django.conf import settings
from django.db import models

from kith.core.adding import add
from kith.core.questions import Question
from kith.record.models import Event


@dataclass(frozen=True)
class Touched:
    """What one recording touched: its events, the circles of their subjects, and the circles that became part of another."""

    events: Sequence[Event]
    circles: frozenset[uuid.UUID]
    absorbed: Mapping[uuid.UUID, uuid.UUID]

    def subjects(self, names: Iterable[str], stems: Iterable[str] = ()) -> list[uuid.UUID]:
        """The subjects under some of the names, of events whose stem is among the wanted."""
        wanted, kinds = set(names), set(stems)
        found: dict[uuid.UUID, None] = {}
        for event in self.events:
            if kinds and event.kind.partition(".")[0] not in kinds:
                continue
            for name, ids in event.about.items():
                if name in wanted:
                    found |= dict.fromkeys(map(uuid.UUID, ids if isinstance(ids, list) else [ids]))
        return list(found)


class Projector(Protocol):
    """Keeps typed rows true to the record."""

    def refresh(self, touched: Touched) -> None:
        """Brings the rows of every subject touched up to date."""

    def differences(self) -> Iterator[str]:
        """Every row that is not what the record says, in words: nothing when all is well."""

    def rebuild(self) -> int:
        """Makes every row anew from the record; how many subjects were gone through."""


@lru_cache(maxsize=1)
def projectors() -> tuple[Projector, ...]:
    """Every projector, in order."""
    return tuple(one for path in settings.KITH_PROJECTORS for one in import_module(path).PROJECTORS)


Row = Mapping[str, Any]
_OWNED = Question[Any](lambda model, **owned: model._default_manager.filter(**owned))


def _among(owned: Mapping[str, Any]) -> Row:
    return {name.replace("__in", "__among"): one for name, one in owned.items()}


def settle(
    model: type[models.Model], owned: Mapping[str, Any], rows: Mapping[Any, Row], *, write: bool = True
) -> list[str]:
    """Makes the rows of a table that a subject owns be exactly these, by id, writing only what differs.

    `owned` are the filters that find the subject's rows. Returns the differences found, in words; with `write` false they
    are only told.
    """
    manager = model._default_manager
    stand = {row.pk: row for row in _OWNED.ask(model, **_among(owned))}
    told, new = list[str](), list[models.Model]()
    for key, row in rows.items():
        there = stand.pop(key, None)
        changed = [name for name, value in row.items() if there is None or getattr(there, name) != value]
        if there is None:
            told.append(f"{model.__name__} {key} is missing")
            new.append(model(pk=key, **row))
        elif changed:
            told.append(f"{model.__name__} {key} differs in {', '.join(changed)}")
            if write:
                manager.filter(pk=key).update(**{name: row[name] for name in changed})
    if new and write:
        add(new)
    if stand:
        told += [f"{model.__name__} {key} should not be there" for key in stand]
        if write:
            manager.filter(pk__in=list(stand)).delete()
    return told
