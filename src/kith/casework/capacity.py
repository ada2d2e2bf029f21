"""Each parent's capacity to change over time: every placing, whoever made it, and every lapse (WOR-102)."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from kith.forms import selectors as forms
from kith.record.selectors import Told, told_about
from kith.rules.forms import Form, Grid

FORM, SLIP = "capacity_to_change", "capacity_slip"


@dataclass
class Placing:
    """Where a parent stood on a day, by a worker or by themselves."""

    told: Told

    @property
    def day(self) -> dt.date:
        """The day."""
        return dt.date.fromordinal(self.told.event.day)

    @property
    def own(self) -> bool:
        """Whether they placed themselves."""
        return self.says("placed_by") == "parent"

    def says(self, key: str) -> str:
        """What is said under a key."""
        said: Any = self.told.event.fields.get(key, self.told.words.get(key, ""))
        return str(said or "")


@dataclass
class Capacity:
    """One parent: their placings in order, and when they slipped."""

    person: str
    placings: list[Placing] = field(default_factory=list)
    slips: list[Placing] = field(default_factory=list)

    @property
    def by_worker(self) -> list[Placing]:
        """The placings that a worker made."""
        return [one for one in self.placings if not one.own]

    @property
    def established(self) -> bool:
        """Whether something shows both that they are moved to change and that they are able to: without either, change will not
        come (WOR-103)."""
        return all(any(one.says(key) for one in self.by_worker) for key in ("motivation", "ability"))


def form() -> Form | None:
    """The form of the authority's procedure; None where it has none."""
    return forms.form(FORM)


def grid() -> Grid | None:
    """The picture that a parent is placed on."""
    found = form()
    return next(iter(found.grids), None) if found else None


def of_child(child: uuid.UUID, known_at: dt.datetime | None = None) -> dict[str, Capacity]:
    """The capacity to change of everyone who was placed about a child, by person."""
    found: dict[str, Capacity] = {}
    for one in sorted(told_about([child], (FORM,), known_at)[child], key=lambda told: told.event.order):
        for person in one.ids("person"):
            kept = found.setdefault(person, Capacity(person))
            (kept.slips if one.event.kind.endswith(".slipped") else kept.placings).append(Placing(one))
    return found


def waits_too_long(one: Placing) -> bool:
    """Whether a parent is likely to have changed only after the child can no longer wait (WOR-124)."""
    changed, waits = one.says("changed_by"), one.says("child_can_wait_until")
    return bool(changed and waits and changed > waits)
