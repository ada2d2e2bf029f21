"""Reading practitioners and teams."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from kith.access.models import Practitioner, RoleHeld, Team
from kith.core import authorities
from kith.core.questions import Question


def practitioner(one: uuid.UUID | None) -> Practitioner | None:
    """A practitioner of this authority by id."""
    return None if one is None else Practitioner.objects.filter(id=one, authority=authorities.current()).first()


def practitioners(many: Iterable[uuid.UUID | None]) -> Mapping[uuid.UUID, Practitioner]:
    """Practitioners of this authority by id."""
    wanted = {one for one in many if one is not None}
    return {one.id: one for one in _PRACTITIONERS.ask(ids=wanted)} if wanted else {}


_PRACTITIONERS = Question[Practitioner](
    lambda *, ids: Practitioner.objects.filter(id__among=ids, authority=authorities.current())
)


def named(many: Iterable[uuid.UUID | None]) -> Mapping[uuid.UUID, str]:
    """The names of practitioners by id."""
    wanted = {one for one in many if one is not None}
    return dict(_NAMED.ask(ids=wanted)) if wanted else {}


_NAMED = Question[tuple[uuid.UUID, str]](
    lambda *, ids: Practitioner.objects.filter(id__among=ids).values_list("id", "name")
)


def teams() -> list[Team]:
    """The teams that have not been disbanded, by name."""
    return _TEAMS.ask()


_TEAMS = Question[Team](lambda: Team.objects.filter(disbanded_on=None).order_by("name"))


def team_named(one: uuid.UUID | None) -> Team | None:
    """A team by id."""
    return None if one is None else _TEAM.first(team=one)


_TEAM = Question[Team](lambda *, team: Team.objects.filter(id=team))


def teams_of_id(many: Iterable[uuid.UUID | None]) -> Mapping[uuid.UUID, Team]:
    """Teams by id."""
    wanted = {one for one in many if one is not None}
    return {one.id: one for one in _TEAMS_OF_ID.ask(ids=wanted)} if wanted else {}


_TEAMS_OF_ID = Question[Team](lambda *, ids: Team.objects.filter(id__among=ids))


def team_names() -> Mapping[uuid.UUID, str]:
    """The names of every team."""
    return dict(Team.objects.values_list("id", "name"))


def members(team_ids: Iterable[uuid.UUID], on: dt.date) -> list[Practitioner]:
    """Who holds a role in any of the teams on a day."""
    return _MEMBERS.ask(teams=list(team_ids), on=on)


def _members(*, teams: Any, on: Any) -> QuerySet[Practitioner]:
    held = RoleHeld.objects.filter(team__among=teams, from_on__lte=on).filter(Q(until_on=None) | Q(until_on__gte=on))
    return Practitioner.objects.filter(id__in=held.values("practitioner"), is_active=True).order_by("name")


_MEMBERS = Question[Practitioner](_members)


def roles_held(on: dt.date) -> Mapping[uuid.UUID, list[str]]:
    """The roles each practitioner of the authority holds on a day."""
    held: dict[uuid.UUID, list[str]] = {}
    now = RoleHeld.objects.filter(from_on__lte=on).filter(Q(until_on=None) | Q(until_on__gte=on)).order_by("role")
    for one, role in now.values_list("practitioner", "role"):
        held.setdefault(one, []).append(role)
    return held


def everyone() -> QuerySet[Practitioner]:
    """Every practitioner of this authority, by name."""
    return Practitioner.objects.filter(authority=authorities.current(), is_active=True).order_by("name")


def anyone_here(words: str = "") -> QuerySet[Practitioner]:
    """Every practitioner of this authority, those who no longer sign in too, or those whose name or address holds the words."""
    found = Practitioner.objects.filter(authority=authorities.current()).order_by("-is_active", "name")
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found


def roles_of(one: uuid.UUID) -> QuerySet[RoleHeld]:
    """Every role a practitioner holds, held or will hold, the latest first."""
    return RoleHeld.objects.filter(practitioner=one).select_related("team", "practitioner").order_by("-from_on", "role")


def holders_of(role: str, on: dt.date) -> QuerySet[Practitioner]:
    """Who holds a role on a day."""
    held = RoleHeld.objects.filter(role=role, from_on__lte=on).filter(Q(until_on=None) | Q(until_on__gte=on))
    return Practitioner.objects.filter(id__in=held.values("practitioner"), is_active=True).order_by("name")


def teams_of(one: uuid.UUID, on: dt.date) -> list[uuid.UUID]:
    """The teams a practitioner belongs to on a day."""
    held = RoleHeld.objects.filter(practitioner=one, from_on__lte=on, team__isnull=False).filter(
        Q(until_on=None) | Q(until_on__gte=on)
    )
    return list(held.order_by("from_on").values_list("team", flat=True))


def anyone(one: uuid.UUID) -> Practitioner | None:
    """A practitioner of any authority by id: for signing in, before an authority is known."""
    return Practitioner.objects.filter(id=one).first()


def with_email(email: str) -> Practitioner | None:
    """A practitioner by e-mail address."""
    return Practitioner.objects.filter(email__iexact=email, is_active=True).first() if email else None
