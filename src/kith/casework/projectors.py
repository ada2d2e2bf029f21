"""What statute counts as typed rows, folded from the record: visits, contacts, referrals and assessments, a row for each child."""

import datetime as dt
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kith.casework.models import Assessment, Contact, Referral, Visit
from kith.core import authorities
from kith.core.questions import Question
from kith.people.models import Person
from kith.people.portrait import row_id
from kith.record.joining import MERGES, merges_of
from kith.record.merged import read_through_each, same_as
from kith.record.models import EventAbout
from kith.record.procedures import forms_by_id
from kith.record.projecting import Row, Touched, settle
from kith.record.selectors import Told, told_of
from kith.rules.forms import SignOff, holds

CHANGES_CHILDREN = (*MERGES, "child.registered")
Rows = dict[Any, dict[str, Any]]
Main = Mapping[str, uuid.UUID]
"""Each child of an event, with the record that theirs is now read as part of."""


_ABOUT = Question[uuid.UUID](
    lambda name, *, subjects: (
        EventAbout.objects.filter(subject__among=subjects, kind__startswith=f"{name}.")
        .order_by()
        .values_list("event", flat=True)
    )
)
_KNOWN = Question[uuid.UUID](lambda *, ids: Person.objects.filter(id__among=ids).values_list("id", flat=True))


class ForEachChild(ABC):
    """Keeps the rows of one kind of thing that happens with children: a row for each child of each one."""

    name: str
    model: Any

    @abstractmethod
    def hear(self, rows: Rows, one: uuid.UUID, event: Told, children: Main) -> None:
        """Lets the rows of one visit, contact or referral be what they are after an event."""

    def refresh(self, touched: Touched) -> None:
        """Folds each one touched anew."""
        ours = dict.fromkeys(touched.subjects((self.name,), (self.name,)))
        if any(event.kind in CHANGES_CHILDREN for event in touched.events):
            children = same_as(
                [into for one in touched.subjects(("child",), ("child",)) for into in (one, *merges_of(one))]
            )
            ours |= dict.fromkeys(self._of_children(children))
        self._settle(list(ours), write=True)

    def differences(self) -> Iterator[str]:
        """Every row that is not what the record says."""
        for some in _some(self._every()):
            yield from self._settle(some, write=False)

    def rebuild(self) -> int:
        """Folds every one anew."""
        every = self._every()
        for some in _some(every):
            self._settle(some, write=True)
        return len(every)

    def _every(self) -> list[uuid.UUID]:
        recorded = EventAbout.objects.filter(name=self.name).values_list("subject", flat=True).distinct()
        return sorted({*recorded, *self.model.objects.values_list(self.name, flat=True)})

    def _settle(self, ours: Sequence[uuid.UUID], *, write: bool) -> list[str]:
        """Makes the rows of some of them what the record says, in a few questions however many they are."""
        if not ours:
            return []
        rows_of: dict[str, Rows] = {str(one): {} for one in ours}
        every = told_of(_ABOUT.ask(self.name, subjects=ours))
        main = read_through_each({uuid.UUID(child) for event in every for child in event.ids("child")})
        for event in every:
            children = {child: main[uuid.UUID(child)][-1] for child in event.ids("child")}
            for one in event.ids(self.name):
                if one in rows_of:
                    self.hear(rows_of[one], uuid.UUID(one), event, children)
        rows = {key: row for those in rows_of.values() for key, row in those.items()}
        wanted = {row["child_id"] for row in rows.values()}
        known = set(_KNOWN.ask(ids=wanted)) if wanted else set()
        kept: Mapping[Any, Row] = {key: row for key, row in rows.items() if row["child_id"] in known}
        return settle(self.model, {f"{self.name}__in": ours}, kept, write=write)

    def _of_children(self, children: Iterable[uuid.UUID]) -> list[uuid.UUID]:
        about = EventAbout.objects.filter(subject__in=list(children), name="child", kind__startswith=f"{self.name}.")
        events = list(about.order_by().values_list("event", flat=True))
        named = EventAbout.objects.filter(event__in=events, name=self.name).order_by()
        return list(named.values_list("subject", flat=True).distinct())


class Visits(ForEachChild):
    """Keeps `Visit`."""

    name, model = "visit", Visit

    def hear(self, rows: Rows, one: uuid.UUID, event: Told, children: Main) -> None:
        """A visit was made, confirmed or returned."""
        if event.event.kind == "visit.made":
            rows |= _made(one, event, children)
            return
        for row in _of(rows, children):
            if event.event.kind == "visit.confirmed":
                row["confirmed_on"], row["returned_with"] = _day(event), ""
            elif event.event.kind == "visit.returned":
                row["returned_with"] = str(event.words.get("comment", ""))


class Contacts(ForEachChild):
    """Keeps `Contact`."""

    name, model = "contact", Contact

    def hear(self, rows: Rows, one: uuid.UUID, event: Told, children: Main) -> None:
        """Somebody got in touch, or it was decided what happens with it."""
        if event.event.kind == "contact.received":
            for child in children:
                says = event.part(child)
                rows[row_id(str(one), str(children[child]))] = {
                    "contact": one, "child_id": children[child], "received_on": _day(event), "source": str(says.get("source", "")),
                    "tier": str(says.get("tier", "")), "decided_on": None, "outcome": "",
                }  # fmt: skip
        elif event.event.kind == "contact.decided":
            for row in _of(rows, children):
                row["decided_on"], row["outcome"] = _day(event), str(event.event.fields.get("outcome", ""))


class Referrals(ForEachChild):
    """Keeps `Referral`."""

    name, model = "referral", Referral

    def hear(self, rows: Rows, one: uuid.UUID, event: Told, children: Main) -> None:
        """A referral came in, was decided on, or whoever made it was told."""
        kind, says = event.event.kind, event.event.fields
        if kind == "referral.received":
            for child in children:
                said = event.part(child)
                rows[row_id(str(one), str(children[child]))] = {
                    "referral": one, "child_id": children[child], "received_on": _day(event), "source": str(said.get("source", "")),
                    "tier": str(said.get("tier", "")), "decided_on": None, "decision": "", "told_on": None,
                }  # fmt: skip
        elif kind == "referral.decided":
            for row in _of(rows, children):
                row["decided_on"], row["decision"] = _day(event), str(says.get("decision", ""))
                row["tier"] = str(says.get("tier", "")) or row["tier"]
        elif kind == "referral.outcome_told":
            for row in _of(rows, children):
                row["told_on"] = _day(event)


class Assessments(ForEachChild):
    """Keeps `Assessment`."""

    name, model = "assessment", Assessment

    def hear(self, rows: Rows, one: uuid.UUID, event: Told, children: Main) -> None:
        """An assessment began, was written, sent back, signed, authorised, shared, answered, or ended."""
        _, _, verb = event.event.kind.partition(".")
        verb, _, a_type = verb.partition("/")
        for main in children.values():
            # A return brings what was authorised without its beginning: the row stands from whatever is known first.
            row = rows.setdefault(row_id(str(one), str(main)), _assessment(one, main))
            row["a_type"] = a_type or row["a_type"]
            _note(row, verb, event)


def _assessment(one: uuid.UUID, child: uuid.UUID) -> dict[str, Any]:
    return {
        "assessment": one, "child_id": child, "a_type": "", "started_on": None, "agreed_end": None, "submitted_on": None,
        "returned_on": None, "countersigned_by": [], "authorised_on": None, "outcome": "", "shared_with": [], "disagreed": [],
        "ended_on": None,
    }  # fmt: skip


DAY_OF = {"started": "started_on", "submitted": "submitted_on", "returned": "returned_on", "authorised": "authorised_on",
          "ended": "ended_on", "excused": "ended_on"}  # fmt: skip


def _note(row: dict[str, Any], verb: str, event: Told) -> None:
    says = event.event.fields
    if verb in DAY_OF:
        row[DAY_OF[verb]] = _day(event)
    if verb == "started" and says.get("agreed_end"):
        row["agreed_end"] = dt.date.fromisoformat(str(says["agreed_end"]))
    elif verb == "submitted":
        row["returned_on"], row["countersigned_by"] = None, []
    elif verb == "countersigned":
        row["countersigned_by"] = [*row["countersigned_by"], str(says.get("by_role", ""))]
    elif verb == "authorised":
        row["outcome"] = str(says.get("outcome", ""))
    elif verb == "shared":
        row["shared_with"] = list(dict.fromkeys([*row["shared_with"], *event.ids("person")]))
    elif verb == "responded":
        people = event.ids("person") if says.get("agrees") is False else ()
        row["disagreed"] = list(dict.fromkeys([*row["disagreed"], *people]))


def _some(every: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    return (every[first : first + 500] for first in range(0, len(every), 500))


def _day(one: Told) -> dt.date:
    return dt.date.fromordinal(one.event.day)


def _of(rows: Rows, children: Main) -> list[dict[str, Any]]:
    return [row for row in rows.values() if row["child_id"] in children.values()]


def _made(visit: uuid.UUID, one: Told, main: Main) -> Rows:
    worker = next(iter(one.ids("worker")), None)
    rows: Rows = {}
    signs = [] if one.source else _confirmed_by()
    for child in one.ids("child"):
        says = one.part(child)
        rows[row_id(str(visit), str(main[child]))] = {
            "visit": visit, "child_id": main[child], "made_on": _day(one),
            "worker": uuid.UUID(worker) if worker else None, "place": str(says.get("place", "")), "seen": says.get("seen"),
            "alone": says.get("alone"), "not_seen_reason": str(says.get("not_seen_reason", "")), "confirmed_on": None,
            "returned_with": "", "awaits": any(holds(sign.when, says) for sign in signs),
        }  # fmt: skip
    return rows


def _confirmed_by() -> list[SignOff]:
    form = forms_by_id(authorities.current()).get("visit")
    return [sign for sign in (form.signed_off if form else ()) if sign.records == "visit.confirmed"]


PROJECTORS = (Visits(), Contacts(), Referrals(), Assessments())
