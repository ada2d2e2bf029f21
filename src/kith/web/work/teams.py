"""What a manager is shown of a team: caseloads, unallocated children, decisions waiting, children gone quiet."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.casework import assessments
from kith.casework import selectors as casework
from kith.obligations import worklists
from kith.people import selectors as people
from kith.web import said


@dataclass(frozen=True)
class Caseload:
    """One worker's children by plan, and what is overdue."""

    worker: uuid.UUID
    name: str
    children: int
    plans: str
    overdue: int
    this_week: int


def caseloads(viewer: Viewer, teams: Collection[uuid.UUID], today: dt.date) -> list[Caseload]:
    """Each member of the teams who holds children, most overdue first."""
    children = [(one.held_by, one.plan) for one in people.open_children(viewer, teams) if one.held_by is not None]
    names = access.named(worker for worker, _ in children)
    owed = worklists.loads(teams, today)
    found = []
    for worker, name in names.items():
        plans: dict[str, int] = {}
        for held_by, plan in children:
            if held_by == worker:
                plans[plan] = plans.get(plan, 0) + 1
        overdue, soon = owed.get(worker, (0, 0))
        mix = ", ".join(f"{said.plan(plan)}: {count}" for plan, count in sorted(plans.items(), reverse=True))
        found.append(Caseload(worker, name, sum(plans.values()), mix, overdue, soon))
    return sorted(found, key=lambda one: (-one.overdue, one.name))


LATE_AFTER, LATE_LOOKED_BACK = 1, 28


def recorded_late(teams: Collection[uuid.UUID], today: dt.date) -> list[tuple[str, int]]:
    """Who of the teams recorded something later than the day after it happened in the last four weeks, and how often."""
    names = {one.id: one.name for one in access.members(teams, today)}
    late = casework.recorded_late(list(names), today - dt.timedelta(days=LATE_LOOKED_BACK), LATE_AFTER)
    return sorted(((names[worker], count) for worker, count in late.items()), key=lambda one: (-one[1], one[0]))


def unallocated(viewer: Viewer, teams: Collection[uuid.UUID], today: dt.date) -> list[dict[str, Any]]:
    """Open children whom nobody holds, longest first."""
    nobodys = [one for one in people.open_children(viewer, teams) if one.held_by is None]
    waiting = sorted(nobodys, key=lambda one: (one.opened_on or dt.date.max, one.person.sort_name))
    return [
        {"child": one.pk, "name": one.person.name, "age": said.short_age(one.person.born_on, one.person.expected_on, today),
         "since": said.day(one.opened_on, today) if one.opened_on else "", "days": (today - one.opened_on).days if one.opened_on else 0}
        for one in waiting
    ]  # fmt: skip


def quiet(viewer: Viewer, teams: Collection[uuid.UUID], today: dt.date, days: int = 30) -> list[dict[str, Any]]:
    """Open children of whom nothing was recorded for some days, the longest first (at most ten)."""
    children = people.open_children(viewer, teams)
    last = casework.last_recorded([one.pk for one in children])
    since = [(last.get(one.pk), one) for one in children]
    gone = sorted(
        ((on, one.person.sort_name, one.pk, one) for on, one in since if on and (today - on).days > days),
        key=lambda quiet: quiet[:3],
    )
    return [
        {"child": one.pk, "name": one.person.name, "since": said.day(on, today), "days": (today - on).days}
        for on, _, _, one in gone[:10]
    ]


def waiting_for(viewer: Viewer) -> list[dict[str, Any]]:
    """What waits for this person's decision."""
    return casework.waiting_for(viewer) if viewer.may("approve") else []


def assessments_waiting(viewer: Viewer) -> list[dict[str, Any]]:
    """Assessments that wait for this person to authorise or send back."""
    return assessments.waiting(viewer) if viewer.may("approve") else []


def opened_in_emergency(viewer: Viewer) -> list[dict[str, Any]]:
    """Emergency openings of the restricted records that this person looks after: they are told of each."""
    doors = people.openings_of_records_kept_by(viewer.id)
    names = access.named(one.worker for one in doors)
    return [
        {"child": one.child_id, "name": one.child.name, "by": names.get(one.worker, ""), "reason": people.reason_of_opening(one.child_id, one.worker)[0]}
        for one in doors
    ]  # fmt: skip
