"""Who works here: entered, changed, given roles and teams, and no longer let in. Everything done is written down."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from kith.access.models import Practitioner, RoleHeld, Team
from kith.access.viewer import Viewer
from kith.audit import entries
from kith.core import authorities, clock, units

DETAILS = ("name", "email", "job_title", "telephone", "agency", "agency_id")


class Refused(Exception):
    """What cannot be done as asked; `str()` is a sentence for whoever asked, `field` what it is about."""

    def __init__(self, said: str, field: str = "") -> None:
        super().__init__(said)
        self.field = field


def enter(says: Mapping[str, Any], *, by: Viewer | None) -> Practitioner:
    """A new practitioner of this authority, who comes in by single sign-on or by a password they choose through a letter to their
    own e-mail address. Raises Refused where the address is somebody's already."""
    with units.write():
        _check_address(says["email"], None)
        # Nobody knows this password: it only lets them ask for one of their own.
        one = Practitioner.objects.create_user(
            says["email"], get_random_string(64), authority=authorities.current(), joined_at=clock.now(),
            **{key: says.get(key) or ("" if key != "agency_id" else None) for key in DETAILS if key != "email"},
        )  # fmt: skip
        _note("entered a practitioner", one.id, by, {"name": one.name})
        return one


def change(one: Practitioner, says: Mapping[str, Any], *, by: Viewer) -> None:
    """Changes what is known of a practitioner. Raises Refused."""
    with units.write():
        _check_address(says["email"], one)
        before = {key: getattr(one, key) for key in DETAILS}
        for key in DETAILS:
            setattr(one, key, says.get(key) or ("" if key != "agency_id" else None))
        one.email = one.email.lower()
        one.save(update_fields=DETAILS)
        if before["email"] != one.email:
            # Whoever holds the old address does not come in by it any longer.
            EmailAddress.objects.filter(user=one).delete()
        changed = [key for key in DETAILS if before[key] != getattr(one, key)]
        _note("changed a practitioner", one.id, by, {"changed": changed})


def _check_address(email: str, one: Practitioner | None) -> None:
    taken = Practitioner.objects.filter(email__iexact=email).exclude(pk=one.pk if one else uuid.UUID(int=0))
    if taken.exists():
        raise Refused(_("Somebody has this e-mail address already. Each person needs their own."), "email")


def give_role(
    one: Practitioner, role: str, team: Team | None, since: dt.date, until: dt.date | None, *, by: Viewer | None
) -> None:
    """Gives a role from a day, to the last day if there is one. Raises Refused for one's own, and for one held already."""
    _check_not_oneself(one, by)
    if until is not None and until < since:
        raise Refused(_("The last day is before the first"), "until")
    with units.write():
        for held in RoleHeld.objects.filter(practitioner=one, role=role, team=team):
            if (held.until_on is None or held.until_on >= since) and (until is None or held.from_on <= until):
                raise Refused(_("They hold this role there already at that time"), "role")
        RoleHeld.objects.create(practitioner=one, role=role, team=team, from_on=since, until_on=until)
        _note("gave a role", one.id, by, {"role": role, "team": team.name if team else "", "from": since.isoformat()})


def end_role(held: RoleHeld, last: dt.date, *, by: Viewer) -> None:
    """Ends a role after a last day. Raises Refused for one's own, and for a day before it began."""
    _check_not_oneself(held.practitioner, by)
    if last < held.from_on:
        raise Refused(_("The last day is before the role began"), "until")
    with units.write():
        held.until_on = last
        held.save(update_fields=["until_on"])
        details = {"role": held.role, "team": held.team.name if held.team else "", "until": last.isoformat()}
        _note("ended a role", held.practitioner_id, by, details)


def let_in(one: Practitioner, let: bool, *, by: Viewer) -> None:
    """Lets somebody sign in, or no longer: whoever is signed in is out with the next page. Nothing they recorded changes."""
    _check_not_oneself(one, by)
    with units.write():
        one.is_active = let
        one.save(update_fields=["is_active"])
        _note("let sign in again" if let else "stopped from signing in", one.id, by, {})


def enter_team(name: str, telephone: str, *, by: Viewer | None) -> Team:
    """A new team. Raises Refused where there is one of that name."""
    with units.write():
        _check_team_name(name, None)
        team: Team = Team.objects.create(name=name, telephone=telephone)
        _note("entered a team", team.id, by, {"name": name}, about="team")
        return team


def change_team(team: Team, name: str, telephone: str, *, by: Viewer) -> None:
    """Changes a team's name or telephone number. Raises Refused."""
    with units.write():
        _check_team_name(name, team)
        before, team.name, team.telephone = team.name, name, telephone
        team.save(update_fields=["name", "telephone"])
        _note("changed a team", team.id, by, {"was": before, "name": name}, about="team")


def _check_team_name(name: str, team: Team | None) -> None:
    if Team.objects.filter(name__iexact=name).exclude(pk=team.pk if team else uuid.UUID(int=0)).exists():
        raise Refused(_("There is a team of this name already"), "name")


def disband(team: Team, *, open_children: int, by: Viewer) -> None:
    """Ends a team from today. Raises Refused while it holds open children: somebody must be answerable for each."""
    if open_children:
        said = _("%(number)s open children are with this team. Allocate them to another team first.")
        raise Refused(said % {"number": open_children})
    with units.write():
        team.disbanded_on = clock.today()
        team.save(update_fields=["disbanded_on"])
        for held in RoleHeld.objects.filter(team=team, until_on=None).select_related("practitioner"):
            held.until_on = max(clock.today(), held.from_on)
            held.save(update_fields=["until_on"])
        _note("disbanded a team", team.id, by, {"name": team.name}, about="team")


def _check_not_oneself(one: Practitioner, by: Viewer | None) -> None:
    if by is not None and one.id == by.id:
        raise Refused(_("You cannot change what you yourself may do. Another access administrator can."))


def _note(did: str, on: uuid.UUID, by: Viewer | None, details: Mapping[str, Any], about: str = "practitioner") -> None:
    entries.note(did, by=by, on=(about, on), details=details)
