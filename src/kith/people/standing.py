"""How the authority works with a child: who holds the case, who else is involved, what is open, and to whom the record is.

Pure: folded from the events about the child, as it stands or as it was known on any past day.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.record.selectors import Told

STEMS = (
    "case", "worker", "referral", "episode", "plan", "access", "child", "pregnancy", "agreement", "lead_professional",
)  # fmt: skip
GLASS_LASTS = dt.timedelta(hours=4)
ALLOCATED, CO_WORKING = "allocated_social_worker", "co_worker"
DECISIONS = (
    "decisions"  # what a team manager delegates, in an agreement, to one who may then act in the role they take part in
)


@dataclass
class Part:
    """A worker's part from a day to a day (ordinals)."""

    event: str
    worker: str
    role: str
    since: int
    until: int | None = None
    agreement: str = ""


@dataclass
class Doorway:
    """A record opened or closed to a worker. `until` is a moment, given for an emergency opening."""

    event: str
    worker: str
    how: str
    because: str = ""
    until: dt.datetime | None = None
    reviewed: bool = False


@dataclass
class Lead:
    """Whoever leads the help around a child and is not the worker who holds the case, and how the family reaches them."""

    who: str
    organisation: str
    telephone: str
    since: int


@dataclass
class Standing:
    """The child's standing. Days are ordinals, ids are text."""

    holder: str | None = None
    team: str | None = None
    is_open: bool = False
    opened: int | None = None
    closed: int | None = None
    plan: str = ""
    plan_since: int | None = None
    restricted: bool = False
    restricted_because: str = ""
    guardian: str | None = None
    lead: Lead | None = None
    parts: list[Part] = field(default_factory=list)
    doors: dict[tuple[str, str], Doorway] = field(default_factory=dict)


def standing(told: Sequence[Told]) -> Standing:
    """The standing of one child from the events about them."""
    now = Standing()
    for one in sorted(told, key=lambda told_: told_.event.order):
        kind, _, a_type = one.event.kind.partition("/")
        change = _CHANGES.get(kind)
        if change is not None:
            change(now, one, a_type)
    return now


def _end_parts(now: Standing, day: int, role: str, worker: str | None = None) -> None:
    for part in now.parts:
        if part.role == role and part.until is None and worker in (None, part.worker):
            part.until = day


def _allocated(now: Standing, told: Told, _type: str) -> None:
    _end_parts(now, told.event.day, ALLOCATED)
    for worker in told.ids("worker"):
        now.holder = worker
        now.parts.append(Part(told.event.id, worker, ALLOCATED, told.event.day))
    now.team = told.event.fields.get("team") or now.team


def _unallocated(now: Standing, told: Told, _type: str) -> None:
    _end_parts(now, told.event.day, ALLOCATED)
    now.holder = None


def _transferred(now: Standing, told: Told, _type: str) -> None:
    if told.event.fields.get("accepted") is not False:
        now.team = told.event.fields.get("to_team") or now.team


def _worker_joined(now: Standing, told: Told, _type: str) -> None:
    role = told.event.fields.get("worker_role") or CO_WORKING
    for worker in told.ids("worker"):
        now.parts.append(Part(told.event.id, worker, role, told.event.day))


def _worker_left(now: Standing, told: Told, _type: str) -> None:
    for worker in told.ids("worker"):
        for part in now.parts:
            if part.worker == worker and part.role != ALLOCATED and not part.agreement and part.until is None:
                part.until = told.event.day


def _party_joined(now: Standing, told: Told, _type: str) -> None:
    """Whoever takes part in an agreement works with the child for its term: in the role they take part in where decisions are delegated
    to them, as a co-worker otherwise."""
    says = told.event.fields
    role = str(says["party"]) if DECISIONS in (says.get("delegated") or ()) and says.get("party") else CO_WORKING
    for worker in told.ids("worker"):
        now.parts.append(
            Part(told.event.id, worker, role, told.event.day, agreement=next(iter(told.ids("agreement")), ""))
        )


def _party_left(now: Standing, told: Told, _type: str) -> None:
    """One leaves an agreement, or it ends for everybody."""
    for part in now.parts:
        if part.agreement and part.agreement in told.ids("agreement") and part.until is None:
            part.until = told.event.day if part.worker in (told.ids("worker") or (part.worker,)) else None


def _lead(now: Standing, told: Told, _type: str) -> None:
    who, organisation, telephone = (str(told.words.get(key, "")) for key in ("who", "organisation", "telephone"))
    now.lead = Lead(who, organisation, telephone, told.event.day)


def _no_lead(now: Standing, _told: Told, _type: str) -> None:
    now.lead = None


def _opened(now: Standing, told: Told, _type: str) -> None:
    if not now.is_open:
        now.is_open, now.opened, now.closed = True, told.event.day, None


def _closed(now: Standing, told: Told, _type: str) -> None:
    now.is_open, now.closed, now.plan, now.plan_since = False, told.event.day, "", None
    now.holder = None
    for part in now.parts:
        part.until = part.until or told.event.day


def _decided(now: Standing, told: Told, _type: str) -> None:
    if told.event.fields.get("further_work_needed") is False and not now.plan:
        now.is_open, now.closed = False, told.event.day
    if told.event.fields.get("further_work_needed") is True:
        _opened(now, told, "")


def _plan_started(now: Standing, told: Told, a_type: str) -> None:
    now.plan, now.plan_since = a_type, told.event.day
    _opened(now, told, "")


def _plan_ended(now: Standing, told: Told, a_type: str) -> None:
    if now.plan == a_type:
        now.plan, now.plan_since = "", None


def _restricted(now: Standing, told: Told, _type: str) -> None:
    now.restricted, now.restricted_because = True, told.event.fields.get("restricted_because", "")
    now.guardian = next(iter(told.ids("worker")), None)


def _restriction_ended(now: Standing, told: Told, _type: str) -> None:
    now.restricted, now.restricted_because, now.guardian = False, "", None


def _door(how: str, because: str = "") -> Callable[[Standing, Told, str], None]:
    def change(now: Standing, told: Told, _type: str) -> None:
        until = None if how != "glass" else dt.datetime.fromtimestamp(told.event.moment(), dt.UTC) + GLASS_LASTS
        for worker in told.ids("worker"):
            now.doors[how, worker] = Doorway(
                told.event.id, worker, how, because or told.event.fields.get("closed_because", ""),
                until,
            )  # fmt: skip

    return change


def _door_again(how: str) -> Callable[[Standing, Told, str], None]:
    def change(now: Standing, told: Told, _type: str) -> None:
        for worker in told.ids("worker"):
            now.doors.pop((how, worker), None)

    return change


def _reviewed(now: Standing, told: Told, _type: str) -> None:
    for worker in told.ids("worker"):
        if ("glass", worker) in now.doors:
            now.doors["glass", worker].reviewed = True


_CHANGES: Mapping[str, Callable[[Standing, Told, str], Any]] = {
    "case.allocated": _allocated, "case.unallocated": _unallocated, "case.transferred": _transferred,
    "agreement.party_joined": _party_joined, "agreement.party_left": _party_left, "agreement.ended": _party_left,
    "worker.joined_family": _worker_joined, "worker.left_family": _worker_left,
    "referral.received": _opened, "referral.decided": _decided, "episode.closed": _closed, "episode.reopened": _opened,
    "child.died": _closed, "child.moved_authority": _closed, "child.adopted": _closed, "pregnancy.ended": _closed,
    "plan.started": _plan_started, "plan.ended": _plan_ended,
    "lead_professional.named": _lead, "lead_professional.stepped_down": _no_lead,
    "access.restricted": _restricted, "access.restriction_ended": _restriction_ended,
    "access.opened_to": _door("opened"), "access.closed_to": _door("closed"),
    "access.conflict_declared": _door("closed", "conflict_declared"), "access.no_longer_closed_to": _door_again("closed"),
    "access.glass_broken": _door("glass"), "access.glass_reviewed": _reviewed,
}  # fmt: skip
