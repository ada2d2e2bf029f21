"""Who may record, confirm and allocate."""

from kith.access.viewer import Viewer
from kith.casework import agreements
from kith.people.policies import ROLE, NotAllowed
from kith.people.selectors import Opened
from kith.record.models import Event
from kith.rules.forms import SignOff, holds


def check_may_record(viewer: Viewer, opened: Opened) -> None:
    """Recording is for those who work with the child or whose role records. A person's own part is never refused by role alone."""
    if not viewer.may("record"):
        raise NotAllowed("Your role reads records but does not record. Ask the worker who holds the case to record it.")


def may_organise(viewer: Viewer) -> bool:
    """A meeting's list of addresses and numbers is for the authority's own staff who record, never for a partner agency's (WOR-359, WOR-367)."""
    return viewer.may("record") and not viewer.of_partner


def check_may_organise(viewer: Viewer) -> None:
    """Raises NotAllowed where the list of those invited is not this reader's."""
    if not may_organise(viewer):
        raise NotAllowed("This list is for whoever organises the meeting. Ask them for what you need from it.")


def check_may_confirm(viewer: Viewer, opened: Opened) -> None:
    """Confirming is a manager's, in the team that holds the child or above it, or that of one to whom an agreement delegates it for this child."""
    teams = viewer.teams("approve")
    of_team = viewer.may("approve") and (not teams or opened.team in teams or opened.ground == ROLE)
    if not of_team and not agreements.may_decide(viewer, opened.id):
        raise NotAllowed("A manager of the team that holds the child decides this.")


def check_may_allocate(viewer: Viewer, opened: Opened) -> None:
    """Allocating is a manager's."""
    if not viewer.may("allocate"):
        raise NotAllowed("A team manager allocates. Ask the manager of the team that holds the child.")


def role_for(viewer: Viewer, right: str) -> str:
    """The role under which somebody uses a right."""
    return next((role for role, rights in viewer.rights.items() if right in rights), "")


def awaits(sign: SignOff, event: Event) -> bool:
    """Whether what was recorded must be confirmed by somebody else: for any child of the record."""
    return any(holds(sign.when, {**event.coded, **part}) for part in (list(event.parts.values()) or [{}]))
