"""A child's plans with their needs and actions, and apart from them what relatives offer: folded from the record."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kith.record.selectors import Told, told_about

STEMS = ("plan", "need", "action", "promise")


@dataclass
class Item:
    """A plan, a need, an action or a promise: what it says, of what type it is, and what has become of it."""

    id: str
    a_type: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    since: dt.date | None = None
    by_when: str = ""
    person: str = ""
    ended: dt.date | None = None
    ended_as: str = ""
    last: dt.date | None = None
    shared_with: list[str] = field(default_factory=list)


@dataclass
class Plans:
    """Everything planned for a child, each in the order it came about."""

    plans: dict[str, Item] = field(default_factory=dict)
    needs: dict[str, Item] = field(default_factory=dict)
    actions: dict[str, Item] = field(default_factory=dict)
    promises: dict[str, Item] = field(default_factory=dict)


BEGINS = {"plan.started": "plans", "need.identified": "needs", "action.agreed": "actions", "promise.made": "promises"}
ENDS = {"plan.ended", "need.withdrawn", "need.met_by", "action.done", "action.dropped", "promise.ended"}
LOOKED_AT = {"plan.reviewed", "promise.asked_about"}


def of_child(child: uuid.UUID, known_at: dt.datetime | None = None) -> Plans:
    """What is planned for a child, as it stands or as it was known at a moment."""
    found = Plans()
    for one in sorted(told_about([child], STEMS, known_at)[child], key=lambda told: told.event.order):
        _hear(found, one, str(child))
    return found


def _hear(found: Plans, one: Told, child: str) -> None:
    kind, _, a_type = one.event.kind.partition("/")
    stem = kind.partition(".")[0]
    kept: dict[str, Item] = getattr(found, f"{stem}s")
    day = dt.date.fromordinal(one.event.day)
    for key in one.ids(stem):
        if kind in BEGINS:
            words = {**one.words, **one.words.get("parts", {}).get(child, {})}
            kept[key] = Item(key, a_type, words, day, person=next(iter(one.ids("person")), ""))
        if key in kept:
            _note(kept[key], kind, one, day)


def _note(item: Item, kind: str, one: Told, day: dt.date) -> None:
    item.by_when = str(one.event.fields.get("by_when", item.by_when))
    if kind in ENDS:
        item.ended, item.ended_as = day, kind.partition(".")[2]
    elif kind in LOOKED_AT:
        item.last = day
    elif kind == "plan.shared":
        item.shared_with = list(dict.fromkeys([*item.shared_with, *one.ids("person")]))
