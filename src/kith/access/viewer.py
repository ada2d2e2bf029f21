"""Whoever is looking: the roles they hold today, where, and what those roles allow. Made once for each request."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from kith.access.models import Practitioner, RoleHeld
from kith.core.questions import Question


@dataclass(frozen=True)
class Viewer:
    """A practitioner on a day: `roles` maps each role held to the teams it is held in (none: the whole authority)."""

    id: uuid.UUID
    name: str
    authority: uuid.UUID
    agency: str = ""
    agency_id: uuid.UUID | None = None
    roles: Mapping[str, frozenset[uuid.UUID]] = field(default_factory=dict)
    rights: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def of_partner(self) -> bool:
        """Whether a partner agency employs them, and not the authority."""
        return bool(self.agency) or self.agency_id is not None

    def may(self, right: str) -> bool:
        """Whether any role held allows it."""
        return any(right in rights for rights in self.rights.values())

    def teams(self, right: str) -> frozenset[uuid.UUID]:
        """The teams in which a role that allows it is held."""
        return frozenset(team for role, rights in self.rights.items() if right in rights for team in self.roles[role])

    @property
    def all_teams(self) -> frozenset[uuid.UUID]:
        """Every team they belong to."""
        return frozenset(team for teams in self.roles.values() for team in teams)


_HELD = Question[tuple[str, uuid.UUID | None, dt.date | None]](
    lambda *, practitioner, on: RoleHeld.objects.filter(practitioner=practitioner, from_on__lte=on).values_list(
        "role", "team", "until_on"
    )
)


def viewer_of(practitioner: Practitioner, on: dt.date, may: Mapping[str, frozenset[str]]) -> Viewer:
    """The viewer a practitioner is on a day. `may` maps each role of the authority's procedure to the rights it carries."""
    roles: dict[str, set[uuid.UUID]] = {}
    for role, team, until in _HELD.ask(practitioner=practitioner.id, on=on):
        if until is None or until >= on:
            roles.setdefault(role, set()).update(() if team is None else (team,))
    if practitioner.authority is None:
        raise LookupError("someone who belongs to no authority sees nothing")
    return Viewer(
        id=practitioner.id, name=practitioner.name, authority=practitioner.authority, agency=practitioner.agency,
        agency_id=practitioner.agency_id,
        roles={role: frozenset(teams) for role, teams in roles.items()},
        rights={role: may.get(role, frozenset()) for role in roles},
    )  # fmt: skip
