"""Who may write, read, approve and decide about documents, and what the state of one allows."""

from kith.access.viewer import Viewer
from kith.documents.models import Delivery, Document
from kith.people.knowing import NAMED
from kith.people.policies import ROLE, NotAllowed
from kith.people.selectors import Opened, works_with_person
from kith.record.fact import NotRecorded


def check_may_write(viewer: Viewer) -> None:
    """Writing, giving and adding documents is for those who record. Raises NotAllowed."""
    if not viewer.may("record"):
        raise NotAllowed("Your role reads records but does not record. Ask the worker who holds the case to write it.")


def check_may_read_file(viewer: Viewer, document: Document) -> None:
    """The file itself holds its reader's address: where that is for their workers alone, so is the file. Raises NotAllowed."""
    if document.may_know == NAMED and document.person and not works_with_person(viewer, document.person):
        raise NotAllowed(
            "This copy holds an address that only the workers of this person may know. Ask one of them to read it with you."
        )


def check_may_approve(viewer: Viewer, opened: Opened, document: Document) -> None:
    """Approving is a manager's, of the team that holds the child, and never the author's own. Raises NotAllowed."""
    teams = viewer.teams("approve")
    if not viewer.may("approve") or (teams and opened.team not in teams and opened.ground != ROLE):
        raise NotAllowed("A manager of the team that holds the child approves this.")
    if viewer.id == document.made_by:
        raise NotAllowed("You wrote this, so somebody else approves it.")


def check_can_give(document: Document) -> None:
    """A letter that wants approval is given once it is approved. Raises NotRecorded."""
    if not document.is_ready:
        raise NotRecorded("this is not approved yet", "how")


def check_can_decide(delivery: Delivery, *states: str) -> None:
    """A decision is about a delivery as it stands now. Raises NotRecorded."""
    if delivery.state not in states:
        raise NotRecorded("somebody has already decided about this")
