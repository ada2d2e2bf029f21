"""The risks of a child, and what adds disadvantage: each one record, folded from the events about it, shown wherever it is needed."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.record.selectors import Told, told_about

HIGH = ("high", "very_high")


@dataclass
class Risk:
    """A risk: what was said of it, how great it is now and with every measure in place, and when it is looked at again."""

    id: str
    since: dt.date
    says: Mapping[str, Any]
    level_now: str = ""
    level_with: str = ""
    review_on: str = ""
    looks: list[tuple[dt.date, str, Mapping[str, Any]]] = field(default_factory=list)
    ended: dt.date | None = None

    @property
    def stays_high(self) -> bool:
        """Whether it is high even with every measure in place."""
        return self.level_with in HIGH

    @property
    def has_grown(self) -> bool:
        """Whether the last look found it greater than the one before: whoever is to be told must be told."""
        order = ("low", "medium", "high", "very_high")
        levels = [order.index(level) for _on, level, _says in self.looks if level in order]
        return len(levels) > 1 and levels[-1] > levels[-2]


@dataclass(frozen=True)
class Fairness:
    """A look at what adds disadvantage: the areas that do, and everything said."""

    id: str
    on: dt.date
    areas: Sequence[str]
    says: Mapping[str, Any]


@dataclass
class Risks:
    """What is known of both."""

    risks: dict[str, Risk] = field(default_factory=dict)
    fairness: list[Fairness] = field(default_factory=list)


def of_child(child: uuid.UUID, known_at: dt.datetime | None = None) -> Risks:
    """The risks of a child and what adds disadvantage, in the order they came about, as they stand or as they were known at a moment."""
    found = Risks()
    for one in sorted(told_about([child], ("risk", "equality"), known_at)[child], key=lambda told: told.event.order):
        says = {**one.words, **one.words.get("parts", {}).get(str(child), {}), **one.part(child)}
        says.pop("parts", None)
        if one.event.kind == "equality.considered":
            areas = [key for key, value in one.event.fields.items() if value == "adds"]
            found.fairness += [Fairness(key, _day(one), areas, says) for key in one.ids("equality")]
        for key in one.ids("risk"):
            _hear(found, key, one, says)
    return found


def _day(one: Told) -> dt.date:
    return dt.date.fromordinal(one.event.day)


def _hear(found: Risks, key: str, one: Told, says: Mapping[str, Any]) -> None:
    if one.event.kind == "risk.identified":
        found.risks[key] = Risk(key, _day(one), says)
    risk = found.risks.get(key)
    if risk is None:
        return
    if one.event.kind == "risk.ended":
        risk.ended = _day(one)
        return
    risk.level_now, risk.level_with = str(says.get("level_now", "")), str(says.get("level_with", ""))
    risk.review_on = str(says.get("review_on", ""))
    risk.looks.append((_day(one), risk.level_now, says))
