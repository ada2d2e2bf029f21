"""Why something was late: a reason recorded beside the obligation, by whoever can say. It meets nothing and moves no day."""

import uuid
from collections.abc import Iterable

from kith.access.viewer import Viewer
from kith.casework import policies
from kith.core import clock
from kith.obligations.models import Owed
from kith.obligations.selectors import state
from kith.people.selectors import Opened
from kith.record import actions as record
from kith.record.fact import Fact, NotRecorded
from kith.record.models import Event
from kith.record.procedures import stack_of
from kith.record.selectors import Told, told_about
from kith.rules.obligation import MET_LATE, MISSED, OVERDUE

LATE = frozenset((OVERDUE, MISSED, MET_LATE))
EXPLAINED = "duty.explained"


def is_late(row: Owed) -> bool:
    """Whether an obligation is overdue today, was missed, or was met after its day."""
    return state(row, clock.today()) in LATE


def is_asked(row: Owed) -> bool:
    """Whether the procedure asks for a reason where this duty is late (`if_late: explain`)."""
    duty = stack_of(row.authority).duties().get(row.duty)
    return duty is not None and duty.get("if_late") == "explain"


def explain(row: Owed, opened: Opened, reason: str, *, by: Viewer) -> Event:
    """Records why an obligation of a child is or was late. Raises NotAllowed, and NotRecorded for one that is not late or no reason."""
    policies.check_may_record(by, opened)
    if not is_late(row):
        raise NotRecorded("this is not late, so there is nothing to explain", "reason")
    if not reason.strip():
        raise NotRecorded("say why it is late", "reason")
    fact = Fact(
        kind=EXPLAINED, about={"child": opened.id}, when=clock.now(), coded={"obligation": str(row.id)}, words={"reason": reason.strip()}
    )  # fmt: skip
    return record.append(fact, by=by, under=opened.ground)[0]


def reasons_of(children: Iterable[uuid.UUID]) -> dict[str, list[Told]]:
    """The reasons given about some children, by the id of the obligation, in the order they were recorded."""
    found: dict[str, list[Told]] = {}
    for told in told_about(children, ("duty",)).values():
        for one in told:
            if one.event.kind == EXPLAINED:
                found.setdefault(str(one.event.fields.get("obligation")), []).append(one)
    return found
