"""Decisions of managers about a child, and what was asked of a senior manager with the answer: folded from the record."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kith.record.selectors import told_about

MANAGEMENT, ASKED, ANSWERED = "decision.recorded/management", "senior_request.made", "senior_request.decided"


@dataclass
class Decision:
    """A decision with its reason, or a request with its answer once there is one."""

    on: dt.date
    by: str
    role: str
    form: str
    says: Mapping[str, Any]
    request: str = ""
    answer: Mapping[str, Any] = field(default_factory=dict)


def of_child(child: uuid.UUID) -> list[Decision]:
    """The decisions and requests about a child, in the order they came about."""
    found: list[Decision] = []
    asked: dict[str, Decision] = {}
    events = told_about([child], ("decision", "senior_request"))[child]
    for one in sorted(events, key=lambda told: told.event.order):
        says, day = {**one.words, **one.event.fields}, dt.date.fromordinal(one.event.day)
        request = next(iter(one.ids("request")), "")
        if one.event.kind == ANSWERED and request in asked:
            asked[request].answer = says
        elif one.event.kind in (MANAGEMENT, ASKED):
            form = "senior_request" if one.event.kind == ASKED else "management_decision"
            found.append(Decision(day, str(one.by or ""), str(says.get("by_role", "")), form, says, request))
            asked |= {request: found[-1]} if request else {}
    return found
