"""Who may open a child's record, on what ground, and who is told that there is one.

Three rights are kept apart: to see that a record exists, to open it, and to open what is restricted. A record closed to
somebody is closed whatever else they hold. Nothing here asks the database more than it must: one child's rows, or one filter.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from kith.access.viewer import Viewer
from kith.core import clock
from kith.people.models import Child, Door, Involvement

ALLOCATED, INVOLVED, GUARDIAN, OPENED, GLASS, TEAM, ROLE = (
    "allocated", "involved", "guardian", "opened", "emergency", "team", "role",
)  # fmt: skip


class NotAllowed(Exception):
    """Someone may not do this; `str()` is a sentence for them."""


def ground_for(
    viewer: Viewer, child: Child, involvements: Iterable[Involvement], doors: Iterable[Door], now: dt.datetime
) -> str | None:
    """The ground on which somebody may open a record; None if they may not. Involvement comes first: it is the narrowest."""
    mine = [door for door in doors if door.worker == viewer.id]
    if any(door.how == Door.CLOSED for door in mine):
        return None
    if child.held_by == viewer.id:
        return ALLOCATED
    if any(part.worker == viewer.id and _current(part.until_on, today_of(now)) for part in involvements):
        return INVOLVED
    if child.restricted and child.guardian == viewer.id:
        return GUARDIAN
    return _by_door(mine, now) or _by_role(viewer, child)


def _by_door(mine: Iterable[Door], now: dt.datetime) -> str | None:
    for door in mine:
        if door.how == Door.OPENED:
            return OPENED
        if door.how == Door.GLASS and door.until_at is not None and door.until_at > now:
            return GLASS
    return None


def _by_role(viewer: Viewer, child: Child) -> str | None:
    if child.restricted or viewer.of_partner:
        return None
    if child.team in viewer.teams("open_team") if child.team is not None else _allocates(viewer):
        return TEAM
    return ROLE if viewer.may("open_all") else None


def _allocates(viewer: Viewer) -> bool:
    """A child whom no team holds yet is opened by whoever allocates in a team: nobody else would take them up."""
    return viewer.may("allocate") and bool(viewer.teams("open_team"))


def today_of(now: dt.datetime) -> dt.date:
    """The London day of a moment."""
    return now.astimezone(clock.LONDON).date()


def _current(until: dt.date | None, today: dt.date) -> bool:
    return until is None or until > today


class Ways(NamedTuple):
    """By which ways, besides their own name, somebody may open records: by a team of theirs, by taking up what no team holds yet, by
    a role that opens every record that is not restricted."""

    team: bool
    allocates: bool
    every: bool


def ways_of(viewer: Viewer) -> Ways:
    """The ways of a viewer; a partner agency's staff have none."""
    if viewer.of_partner:
        return Ways(team=False, allocates=False, every=False)
    return Ways(team=bool(viewer.teams("open_team")), allocates=_allocates(viewer), every=viewer.may("open_all"))


def seeing(viewer: Viewer, now: dt.datetime) -> dict[str, Any]:
    """The values with which `openable_by` is asked for a viewer."""
    return {"viewer": viewer.id, "teams": viewer.teams("open_team"), "now": now, "today": today_of(now)}


def openable(viewer: Viewer, now: dt.datetime) -> Q:
    """The same as `ground_for`, as a filter on `Child`: a property test holds the two equal."""
    return openable_by(ways_of(viewer), **seeing(viewer, now))


def openable_by(by: Ways, *, viewer: Any, teams: Any, now: Any, today: Any) -> Q:
    """`openable`, of values or of their places in a question."""
    ways: Any = _by_name(viewer, now, today)
    if by.team:
        ways |= Q(restricted=False, team__among=teams)
    if by.allocates:
        ways |= Q(restricted=False, team=None)
    if by.every:
        ways |= Q(restricted=False)
    return Q(ways & ~_closed(viewer))


def worked_with(viewer: Viewer, now: dt.datetime) -> Q:
    """The children whose record somebody opens as themselves, by a part in the work or by name, and not by team or role alone."""
    return Q(_by_name(viewer.id, now, today_of(now)) & ~_closed(viewer.id))


def _by_name(viewer: Any, now: Any, today: Any) -> Any:
    mine = Door.objects.filter(child=OuterRef("pk"), worker=viewer)
    part = Involvement.objects.filter(child=OuterRef("pk"), worker=viewer).filter(
        Q(until_on=None) | Q(until_on__gt=today)
    )
    opened = mine.filter(Q(how=Door.OPENED) | Q(how=Door.GLASS, until_at__gt=now))
    return Q(held_by=viewer) | Exists(part) | Q(restricted=True, guardian=viewer) | Exists(opened)


def _closed(viewer: Any) -> Any:
    return Exists(Door.objects.filter(child=OuterRef("pk"), worker=viewer, how=Door.CLOSED))


def is_told(viewer: Viewer, child: Child) -> bool:
    """Whether somebody who may not open a record learns that there is one. A person whose record it is closed to because it
    is their relative's learns no more than that there is a record; a silent “no result” is for nobody who answers the door."""
    if viewer.of_partner:
        return False
    if child.restricted:
        return viewer.may("told_of_restricted")
    return viewer.may("search")


def may_break_glass(viewer: Viewer, doors: Iterable[Door]) -> bool:
    """Whether somebody may open a restricted record in an emergency: those who are told of it, and never one closed to them."""
    closed = any(door.how == Door.CLOSED and door.worker == viewer.id for door in doors)
    return viewer.may("break_glass") and viewer.may("told_of_restricted") and not closed


def check_may(viewer: Viewer, right: str) -> None:
    """Raises NotAllowed unless a role held allows it."""
    if not viewer.may(right):
        raise NotAllowed("Your role does not allow this. If you need it for your work, ask your manager.")


@dataclass(eq=False)
class Shut(Exception):
    """A record that the viewer may not open. `told` says whether they learn that there is one, and then whom to ring;
    `not_shared` that they work with the child, and that no agreement with their agency is in force."""

    told: bool
    guardian: str = ""
    telephone: str = ""
    may_break: bool = False
    child: uuid.UUID | None = None
    not_shared: bool = False
