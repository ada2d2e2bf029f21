"""Obligations stored as an index: worked out anew for the circle of people an event is about, in its transaction."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from kith.core import authorities, clock
from kith.obligations.models import Owed, WorkedOut
from kith.people.models import Child
from kith.record.models import Circle, Event
from kith.record.procedures import calendar, evidence_of, procedure_of, reasoner_of, unheard_by
from kith.record.projecting import Touched
from kith.record.selectors import history_of
from kith.rules import days
from kith.rules.events import Event as EngineEvent
from kith.rules.history import as_known
from kith.rules.obligation import CANNOT_TELL, FELL_AWAY, MET, MET_LATE, MISSED, Obligation
from kith.rules.procedure import Procedure
from kith.rules.run import owed

Row = Mapping[str, Any]
SETTLED = frozenset((MET, MET_LATE, FELL_AWAY, MISSED, CANNOT_TELL))
UNALLOCATED_FALLS_TO = "team_manager"


class Obligations:
    """Keeps `Owed` true to the record."""

    def refresh(self, touched: Touched) -> None:
        """Works out anew the duties of the circles touched; what no duty hears changes nothing and is passed over."""
        for gone, into in touched.absorbed.items():
            Owed.objects.filter(circle=gone).update(circle=into)
            WorkedOut.objects.filter(circle=gone).delete()
        procedure = procedure_of(authorities.current())
        if not touched.absorbed and all(_idle(event, procedure) for event in touched.events):
            return
        for circle in touched.circles:
            work_out(circle)

    def differences(self) -> Iterator[str]:
        """Every stored obligation that is not what the record says."""
        for circle in _circles():
            yield from _difference(circle, _should_be(circle)[0])

    def rebuild(self) -> int:
        """Works out everything anew."""
        circles = _circles()
        Owed.objects.exclude(circle__in=circles).delete()
        WorkedOut.objects.exclude(circle__in=circles).delete()
        for circle in circles:
            work_out(circle)
        return len(circles)


def _circles() -> list[uuid.UUID]:
    return list(Circle.objects.order_by("circle").values_list("circle", flat=True).distinct())


def _idle(event: Event, procedure: Procedure) -> bool:
    amends = event.corrects or event.withdraws or event.seals or event.kind.endswith(".merged")
    return not amends and procedure.listeners(event.kind).idle and not event.kind.startswith("child.")


def work_out(circle: uuid.UUID) -> None:
    """Works out the duties of a circle as at today, and writes what differs."""
    stored = _stored(circle)
    rows, again_on = _should_be(circle, stored)
    changed = [Owed(id=key, **row) for key, row in rows.items() if stored.get(key) != row]
    if changed:
        Owed.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["id"], update_fields=[*_COLUMNS], batch_size=500
        )
    gone = stored.keys() - rows.keys()
    if gone:
        Owed.objects.filter(id__in=gone).delete()
    WorkedOut.objects.update_or_create(circle=circle, defaults={"again_on": again_on})


_COLUMNS = (
    "circle", "duty", "title", "cites", "statutory", "pack", "names", "child_id", "children", "owed_by", "role", "holder",
    "due_on", "due_at", "dated_on", "cannot", "cannot_tell", "from_on", "closed_on", "closed_as", "started_by", "met_by",
    "meets", "why",
)  # fmt: skip


def _stored(circle: uuid.UUID) -> dict[uuid.UUID, Row]:
    columns = ("id", *_COLUMNS)
    return {
        row[0]: dict(zip(_COLUMNS, row[1:], strict=True))
        for row in Owed.objects.filter(circle=circle).values_list(*columns)
    }


def _difference(circle: uuid.UUID, rows: Mapping[uuid.UUID, Row]) -> Iterator[str]:
    stored = _stored(circle)
    for key in rows.keys() | stored.keys():
        if key not in stored:
            yield f"Owed {key} ({rows[key]['duty']}) is missing"
        elif key not in rows:
            yield f"Owed {key} ({stored[key]['duty']}) should not be there"
        elif rows[key] != stored[key]:
            differ = [name for name in _COLUMNS if rows[key][name] != stored[key][name]]
            yield f"Owed {key} ({rows[key]['duty']}) differs in {', '.join(differ)}"


def obligations_of(events: Sequence[EngineEvent], as_at: int) -> list[Obligation]:
    """What a history owes under the procedure of this authority."""
    authority = authorities.current()
    return owed(procedure_of(authority), events, as_at, calendar(), evidence_of(authority, as_at))


def _should_be(
    circle: uuid.UUID, stored: Mapping[uuid.UUID, Row] = MappingProxyType({})
) -> tuple[dict[uuid.UUID, Row], dt.date | None]:
    today = clock.today().toordinal()
    events = as_known(history_of(circle, unheard_by(authorities.current())))
    obligations = obligations_of(events, today)
    known = set(Child.objects.filter(person__in=_children(obligations)).values_list("person", flat=True))
    _held_by_family(obligations)
    rows = {}
    for one in obligations:
        key = one.id
        rows[key] = _closed_as_stored(one, stored.get(key), circle, today) or _row(one, circle, today, known)
    return rows, _again_on(events, obligations, today)


def _closed_as_stored(one: Obligation, row: Row | None, circle: uuid.UUID, today: int) -> Row | None:
    """The stored row of an obligation that closed as it did before: nothing of it needs to be put into words again."""
    if row is None or row["closed_on"] is None or not one.closed:
        return None
    same = (
        row["circle"] == circle and row["closed_as"] == one.state(today) and row["closed_on"] == _date(one.closed_day)
        and row["due_on"] == _date(one.due) and row["holder"] == _uuid(one.holder) and row["children"] == list(_children_of(one))
        and row["from_on"] == _date(one.start.event.day) and row["started_by"] == one.from_id and row["names"] == one.named()
        and row["met_by"] == (one.met.event.id if one.met is not None and one.met_day is not None else "")
    )  # fmt: skip
    return row if same else None


def _held_by_family(obligations: Sequence[Obligation]) -> None:
    """A duty owed for a family, and not for one child, is held by whoever holds every open child of that family."""
    held_roles = procedure_of(authorities.current()).holders
    families: dict[str, list[Obligation]] = {}
    for one in obligations:
        family = one.about.get("family")
        if one.holder is None and one.duty.owed_by in held_roles and not _children_of(one) and isinstance(family, str):
            families.setdefault(family, []).append(one)
    if not families:
        return
    holders: dict[str, set[uuid.UUID | None]] = {}
    for family_id, holder in Child.objects.filter(person__family__in=families, is_open=True).values_list(
        "person__family", "held_by"
    ):
        holders.setdefault(str(family_id), set()).add(holder)
    for family, those in families.items():
        held = holders.get(family, set())
        if len(held) == 1 and None not in held:
            for one in those:
                one.holder = str(next(iter(held)))


def _children(obligations: Sequence[Obligation]) -> set[uuid.UUID]:
    return {uuid.UUID(one) for obligation in obligations for one in _children_of(obligation)}


def _children_of(obligation: Obligation) -> tuple[str, ...]:
    named = obligation.named().get("child") or obligation.about.get("child")
    return obligation.children or ((named,) if isinstance(named, str) else tuple(named or ()))


def _row(one: Obligation, circle: uuid.UUID, today: int, known: set[uuid.UUID]) -> Row:
    state = one.state(today)
    closed = one.closed_day if state in SETTLED else None
    children = [child for child in _children_of(one) if uuid.UUID(child) in known]
    owed_by = one.duty.owed_by if isinstance(one.duty.owed_by, str) else ""
    reasoner = reasoner_of(authorities.current())
    return {
        "circle": circle, "duty": one.duty.id, "title": reasoner.title(one), "cites": list(one.duty.cites),
        "statutory": one.duty.statutory, "pack": one.duty.pack, "names": one.named(),
        "child_id": uuid.UUID(children[0]) if children else None, "children": children, "owed_by": owed_by,
        "role": _role(one, owed_by), "holder": _uuid(one.holder), "due_on": _date(one.due),
        "due_at": None if one.due_at is None else dt.datetime.fromtimestamp(one.due_at, dt.UTC), "dated_on": _date(one.dated),
        "cannot": one.cannot, "cannot_tell": closed is None and state == CANNOT_TELL,
        "from_on": dt.date.fromordinal(one.start.event.day), "closed_on": _date(closed),
        "closed_as": state if closed is not None else "", "started_by": one.from_id,
        "met_by": one.met.event.id if one.met is not None and one.met_day is not None else "",
        "meets": list(dict.fromkeys(clause.kind for clause in one.duty.meets if clause.kind)),
        "why": reasoner.due_sentence(one) if closed is None else "",
    }  # fmt: skip


def _role(one: Obligation, owed_by: str) -> str:
    """Whose worklist it stands on: an allocated worker's duties are the team manager's while nobody is allocated."""
    held = owed_by in procedure_of(authorities.current()).holders
    return UNALLOCATED_FALLS_TO if held and one.holder is None else owed_by


def _again_on(events: Sequence[EngineEvent], obligations: Sequence[Obligation], today: int) -> dt.date | None:
    """The next day on which something changes although nothing happens: a month begins, a child turns 18."""
    ahead = [
        days.next_month(today)
        for one in obligations
        if one.series is not None and one.series.month is not None and not one.closed
    ]
    ahead += [one.dated + 1 for one in obligations if one.dated is not None and not one.closed and one.dated >= today]
    for event in events:
        born = event.fields.get("date_of_birth")
        if born:
            ahead.append(days.birthday(days.day_of(born), 18))
    ahead += [
        one.due + 1
        for one in obligations
        if one.series is not None and one.due is not None and not one.closed and one.due >= today
    ]
    later = [day for day in ahead if day > today]
    return _date(min(later)) if later else None


def _date(day: int | None) -> dt.date | None:
    return None if day is None else dt.date.fromordinal(day)


def _uuid(written: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(written) if written else None
    except ValueError:
        return None


PROJECTORS = (Obligations(),)
