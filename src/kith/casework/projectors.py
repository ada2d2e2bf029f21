"""Visits as typed rows, folded from the record."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kith.casework.models import Visit
from kith.core import authorities
from kith.people.models import Person
from kith.people.portrait import row_id
from kith.record.joining import MERGES, merges_of
from kith.record.models import EventAbout
from kith.record.procedures import stack_of
from kith.record.projecting import Row, Touched, settle
from kith.record.selectors import Told, events_of, read_through_each, same_as, told
from kith.rules.forms import forms_of, holds

STEMS = ("visit",)
CHANGES_CHILDREN = (*MERGES, "child.registered")


class Visits:
    """Keeps `Visit`."""

    def refresh(self, touched: Touched) -> None:
        """Folds each visit touched anew."""
        visits = dict.fromkeys(touched.subjects(("visit",), STEMS))
        if any(event.kind in CHANGES_CHILDREN for event in touched.events):
            children = same_as(
                [into for one in touched.subjects(("child",), ("child",)) for into in (one, *merges_of(one))]
            )
            visits |= dict.fromkeys(_visits_of(children))
        self._settle(list(visits), write=True)

    def differences(self) -> Iterator[str]:
        """Every row of a visit that is not what the record says."""
        for some in _some(self._every()):
            yield from self._settle(some, write=False)

    def rebuild(self) -> int:
        """Folds every visit anew."""
        every = self._every()
        for some in _some(every):
            self._settle(some, write=True)
        return len(every)

    def _every(self) -> list[uuid.UUID]:
        recorded = EventAbout.objects.filter(name="visit").values_list("subject", flat=True).distinct()
        return sorted({*recorded, *Visit.objects.values_list("visit", flat=True)})

    def _settle(self, visits: Sequence[uuid.UUID], *, write: bool) -> list[str]:
        """Makes the rows of some visits what the record says, in a few questions however many they are."""
        if not visits:
            return []
        abouts = EventAbout.objects.filter(subject__in=visits, kind__startswith="visit.")
        by_visit: dict[str, dict[Any, dict[str, Any]]] = {str(one): {} for one in visits}
        every = told(events_of(abouts))
        main = read_through_each({uuid.UUID(child) for one in every for child in one.ids("child")})
        for one in every:
            # Each child of the event, with the record that theirs is now read as part of.
            children = {child: main[uuid.UUID(child)][-1] for child in one.ids("child")}
            for visit in one.ids("visit"):
                if visit in by_visit:
                    _hear(by_visit[visit], uuid.UUID(visit), one, children)
        rows = {key: row for those in by_visit.values() for key, row in those.items()}
        wanted = {row["child_id"] for row in rows.values()}
        known = set(Person.objects.filter(id__in=wanted).values_list("id", flat=True))
        kept: Mapping[Any, Row] = {key: row for key, row in rows.items() if row["child_id"] in known}
        return settle(Visit, {"visit__in": visits}, kept, write=write)


def _some(every: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    return (every[first : first + 500] for first in range(0, len(every), 500))


def _hear(rows: dict[Any, dict[str, Any]], visit: uuid.UUID, one: Told, children: Mapping[str, uuid.UUID]) -> None:
    if one.event.kind == "visit.made":
        rows |= _made(visit, one, children)
        return
    for row in [row for row in rows.values() if row["child_id"] in children.values()]:
        if one.event.kind == "visit.confirmed":
            row["confirmed_on"], row["returned_with"] = dt.date.fromordinal(one.event.day), ""
        elif one.event.kind == "visit.returned":
            row["returned_with"] = str(one.words.get("comment", ""))


def _visits_of(children: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    made = EventAbout.objects.filter(subject__in=list(children), name="child", kind__startswith="visit.")
    events = list(made.order_by().values_list("event", flat=True))
    return list(
        EventAbout.objects.filter(event__in=events, name="visit")
        .order_by()
        .values_list("subject", flat=True)
        .distinct()
    )


def _made(visit: uuid.UUID, one: Told, main: Mapping[str, uuid.UUID]) -> dict[Any, dict[str, Any]]:
    worker = next(iter(one.ids("worker")), None)
    rows = {}
    form = forms_of(stack_of(authorities.current())).get("visit")
    signs = [sign for sign in (form.signed_off if form and not one.source else ()) if sign.records == "visit.confirmed"]
    for child in one.ids("child"):
        says = one.part(child)
        rows[row_id(str(visit), str(main[child]))] = {
            "visit": visit, "child_id": main[child], "made_on": dt.date.fromordinal(one.event.day),
            "worker": uuid.UUID(worker) if worker else None, "place": str(says.get("place", "")), "seen": says.get("seen"),
            "alone": says.get("alone"), "not_seen_reason": str(says.get("not_seen_reason", "")), "confirmed_on": None,
            "returned_with": "", "awaits": any(holds(sign.when, says) for sign in signs),
        }  # fmt: skip
    return rows


PROJECTORS = (Visits(),)
