"""Setting a meeting up: what is owed about it and by whom, and each step as whoever does it has noted it (WOR-298, LIN-057)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from kith.meetings.meeting import Meeting
from kith.obligations import selectors as obligations
from kith.people.selectors import Opened
from kith.web import said
from kith.web.answers import answered
from kith.web.meetings.called import Called
from kith.web.work import presenters as work


def owed(found: Meeting, opened: Opened, names: Called, today: dt.date) -> list[dict[str, Any]]:
    """What the procedure wants done about this meeting, by whom, and how it stands; what is owed to several people told once for each."""
    rows = [
        row
        for row in obligations.in_order(obligations.of_child(opened.id))
        if row.names.get("meeting") == found.id and row.closed_on is None
    ]
    lines = work.lines(rows, today)
    return [
        {
            "line": line,
            "by": answered("by_role", row.owed_by),
            "name": _whom(row.names, found, names),
        }
        for line, row in zip(lines, rows, strict=True)
    ]


def _whom(named: Mapping[str, str], found: Meeting, names: Called) -> str:
    """With whom or to whom it is owed, where it is owed for each of several."""
    if named.get("person"):
        return names(named["person"])
    guest = found.guests.get(named.get("guest", ""))
    return names.guest(guest) if guest else ""


def steps(found: Meeting, today: dt.date) -> Iterator[dict[str, str]]:
    """The steps that were noted, each as it stands."""
    for step, told in found.steps.items():
        yield {
            "what": answered("step", step),
            "stands": answered("step_stands", told.event.fields.get("step_stands", "")),
            "day": said.day(dt.date.fromordinal(told.event.day), today),
            "note": str(told.words.get("note", "")),
        }
