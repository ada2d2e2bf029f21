"""Obligations stored as an index: worked out anew for the circle of people an event is about, in its transaction."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from kith.core import authorities, clock, ids
from kith.core.adding import add
from kith.core.keeping import Kept
from kith.core.questions import Question
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
from kith.rules.resume import Past, owed_after
from kith.rules.run import owed

Row = Mapping[str, Any]
Over = tuple[Any, ...]
SETTLED = frozenset((MET, MET_LATE, FELL_AWAY, MISSED, CANNOT_TELL))
UNALLOCATED_FALLS_TO = "team_manager"


class Obligations:
    """Keeps `Owed` true to the record."""

    def refresh(self, touched: Touched) -> None:
        """Works out anew the duties of the circles touched; what no duty hears changes nothing and is passed over."""
        for gone, into in touched.absorbed.items():
            Owed.objects.filter(circle=gone).update(circle=into)
            WorkedOut.objects.filter(circle=gone).delete()
            WorkedOut.objects.filter(circle=into).update(mark=None)
        procedure = procedure_of(authorities.current())
        if not touched.absorbed and all(_idle(event, procedure) for event in touched.events):
            return
        for circle in sorted(touched.circles):
            work_out(circle)

    def differences(self) -> Iterator[str]:
        """Every stored obligation that is not what the record says."""
        for circle in _circles():
            yield from _difference(circle, _should_be(circle))

    def rebuild(self) -> int:
        """Works out everything anew."""
        circles = _circles()
        Owed.objects.exclude(circle__in=circles).delete()
        WorkedOut.objects.exclude(circle__in=circles).delete()
        for circle in circles:
            work_out(circle, afresh=True)
        return len(circles)


def _circles() -> list[uuid.UUID]:
    return list(Circle.objects.order_by("circle").values_list("circle", flat=True).distinct())


def _idle(event: Event, procedure: Procedure) -> bool:
    amends = event.corrects or event.withdraws or event.seals or event.kind.endswith(".merged")
    return not amends and procedure.listeners(event.kind).idle and not event.kind.startswith("child.")


def work_out(circle: uuid.UUID, *, afresh: bool = False) -> None:
    """Works out the duties of a circle as at today, and writes what differs. `afresh`: nothing that was kept is relied on."""
    last = _locked(circle)
    before = None if afresh else _STOOD.get(circle)
    if before is None or last.mark is None or before.mark != last.mark:
        before = Stood(None, _as_stood(_stored(circle)), None)
    found = _work_out(circle, before)
    add(found.changed, over="id")
    gone = before.rows.keys() - found.rows.keys()
    if gone:
        Owed.objects.filter(id__in=gone).delete()
    mark = ids.new() if found.changed or gone or last.mark is None else last.mark
    if (mark, found.again_on) != (last.mark, last.again_on):
        WorkedOut.objects.filter(circle=circle).update(again_on=found.again_on, mark=mark)
    _STOOD.keep_once_committed(circle, Stood(mark, found.rows, found.past), len(found.rows))


def _locked(circle: uuid.UUID) -> WorkedOut:
    """When the circle was last worked out. Whoever works it out at the same moment waits here, and then reads what was written."""
    found = _LAST.first(circle=circle)
    if found is None:
        WorkedOut.objects.bulk_create([WorkedOut(circle=circle)], ignore_conflicts=True)
        [found] = _LAST.ask(circle=circle)
    return found


_LAST = Question[WorkedOut](lambda *, circle: WorkedOut.objects.filter(circle=circle).select_for_update())


@dataclass(frozen=True)
class Stood:
    """How the duties of a circle were left: the mark under which they are stored, each row (of one that is over what tells whether
    it is over in the same way), and how far the history was gone through."""

    mark: uuid.UUID | None
    rows: Mapping[uuid.UUID, Row | Over]
    past: Past | None


_STOOD = Kept[Stood](settings.KITH_KEPT_EVENTS)


@dataclass(frozen=True)
class _Found:
    rows: Mapping[uuid.UUID, Row | Over]
    changed: Sequence[Owed]
    again_on: dt.date | None
    past: Past | None


def _work_out(circle: uuid.UUID, before: Stood) -> _Found:
    today, authority = clock.today().toordinal(), authorities.current()
    events = as_known(history_of(circle, unheard_by(authority)))
    obligations, past = owed_after(
        before.past, procedure_of(authority), events, today, calendar(), evidence_of(authority, today)
    )
    known = _known_children(obligations)
    _held_by_family(obligations)
    rows, changed = dict[uuid.UUID, Row | Over](), list[Owed]()
    for one in obligations:
        key, over = one.id, _over(one, today) if one.closed else None
        stored = before.rows.get(key)
        if over is None or stored != over:
            row = _row(one, circle, today, known)
            if stored != row:
                changed.append(Owed(id=key, **row))
            rows[key] = row if over is None or row["closed_on"] is None else over
        else:
            rows[key] = over
    return _Found(rows, changed, _again_on(events, obligations, today), past)


def _over(one: Obligation, today: int) -> Over:
    """Of an obligation that is over: where all this is as it was, nothing of its row is to be put into words again. Its duty, its
    names and the event it counts from are its id."""
    met = one.met.event.id if one.met is not None and one.met_day is not None else ""
    return (one.closed_day, one.state(today), one.due, _uuid(one.holder), _children_of(one), one.start.event.day, met)


def _as_stood(stored: Mapping[uuid.UUID, Row]) -> Mapping[uuid.UUID, Row | Over]:
    return {key: row if row["closed_on"] is None else _over_as_stored(row) for key, row in stored.items()}


def _over_as_stored(row: Row) -> Over:
    due = row["due_on"]
    return (
        row["closed_on"].toordinal(), row["closed_as"], due and due.toordinal(), row["holder"], tuple(row["children"]),
        row["from_on"].toordinal(), row["met_by"],
    )  # fmt: skip


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


def _should_be(circle: uuid.UUID) -> dict[uuid.UUID, Row]:
    """Every row of a circle as the record says, from the beginning."""
    today = clock.today().toordinal()
    obligations = obligations_of(as_known(history_of(circle, unheard_by(authorities.current()))), today)
    known = _known_children(obligations)
    _held_by_family(obligations)
    return {one.id: _row(one, circle, today, known) for one in obligations}


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


def _known_children(obligations: Sequence[Obligation]) -> set[uuid.UUID]:
    wanted = {child for one in obligations for child in _children_of(one)}
    return set(_KNOWN.ask(ids=[uuid.UUID(one) for one in wanted]))


_KNOWN = Question[uuid.UUID](lambda *, ids: Child.objects.filter(person__among=ids).values_list("person", flat=True))


def _children_of(obligation: Obligation) -> tuple[str, ...]:
    if obligation.children:
        return obligation.children
    named = obligation.named().get("child") or obligation.about.get("child")
    return (named,) if isinstance(named, str) else tuple(named or ())


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


@lru_cache(maxsize=1024)
def _uuid(written: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(written) if written else None
    except ValueError:
        return None


PROJECTORS = (Obligations(),)
