"""A child's plans with their needs and actions, and apart from them what relatives offer: folded from the record."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kith.record.selectors import Told, told_about

STEMS = ("plan", "need", "action", "promise", "other_plan")


@dataclass
class Item:
    """A plan, a need, an action or a promise: what it says, of what type it is, and what has become of it."""

    id: str
    a_type: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    since: dt.date | None = None
    by_when: str = ""
    person: str = ""
    need: str = ""
    agency: str = ""
    ended: dt.date | None = None
    ended_as: str = ""
    last: dt.date | None = None
    approved: dt.date | None = None
    team_confirmed: dt.date | None = None
    shared_with: list[str] = field(default_factory=list)
    signed_by: list[str] = field(default_factory=list)
    outdated_for: list[str] = field(default_factory=list)
    contributions: dict[str, str] = field(default_factory=dict)


@dataclass
class Plans:
    """Everything planned for a child, each in the order it came about; and the plans of other agencies beside it."""

    plans: dict[str, Item] = field(default_factory=dict)
    needs: dict[str, Item] = field(default_factory=dict)
    actions: dict[str, Item] = field(default_factory=dict)
    promises: dict[str, Item] = field(default_factory=dict)
    other_plans: dict[str, Item] = field(default_factory=dict)

    @property
    def open_plans(self) -> list[Item]:
        """The plans that have not ended, the latest first."""
        return [one for one in reversed(self.plans.values()) if one.ended is None]

    @property
    def without_action(self) -> list[Item]:
        """The needs that nobody yet does anything about."""
        met = {one.need for one in self.actions.values() if one.ended_as != "dropped"}
        return [one for one in self.needs.values() if one.ended is None and one.id not in met]


BEGINS = {
    "plan.started": "plans", "need.identified": "needs", "action.agreed": "actions", "promise.made": "promises", "other_plan.noted": "other_plans",
}  # fmt: skip
ENDS = {
    "plan.ended",
    "need.withdrawn",
    "need.met_by",
    "action.done",
    "action.dropped",
    "promise.ended",
    "other_plan.ended",
}
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
            words = {**one.part(child), **one.words, **one.words.get("parts", {}).get(child, {})}
            kept[key] = Item(
                key,
                a_type,
                words,
                day,
                person=_first(one, "person"),
                need=_first(one, "need"),
                agency=_first(one, "agency"),
            )
        if key in kept:
            _note(kept[key], kind, one, day)


def _first(one: Told, name: str) -> str:
    return next(iter(one.ids(name)), "")


def _note(item: Item, kind: str, one: Told, day: dt.date) -> None:
    item.by_when = str(one.event.fields.get("by_when", item.by_when))
    if kind in ENDS:
        item.ended, item.ended_as = day, kind.partition(".")[2]
    elif kind in LOOKED_AT:
        item.last = day
    elif kind == "plan.shared":
        item.shared_with = list(dict.fromkeys([*item.shared_with, *one.ids("person"), *one.ids("agency")]))
        item.signed_by += [person for person in one.ids("person") if one.words.get("signed") is True]
        item.outdated_for = [key for key in item.outdated_for if key not in (*one.ids("person"), *one.ids("agency"))]
    elif kind in _OF_PLAN:
        _OF_PLAN[kind](item, one, day)


def _changed(item: Item, one: Told, _day: dt.date) -> None:
    """What a part of the plan says from now on; what it said stays in the record."""
    part, now = str(one.event.fields.get("part", "")), one.words.get("now")
    if part and now:
        item.words = {**item.words, part: now}
        item.outdated_for = list(item.shared_with)


def _approved(item: Item, _one: Told, day: dt.date) -> None:
    item.approved = day


def _team_confirmed(item: Item, _one: Told, day: dt.date) -> None:
    item.team_confirmed = day


def _contribution(item: Item, one: Told, _day: dt.date) -> None:
    for key in (*one.ids("person"), *one.ids("agency")):
        item.contributions[key] = str(one.words.get("contributes", ""))


_OF_PLAN = {
    "plan.changed": _changed, "plan.approved": _approved, "plan.team_confirmed": _team_confirmed, "plan.contribution_agreed": _contribution,
}  # fmt: skip
