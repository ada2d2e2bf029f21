"""The rows of meetings, folded from the record: one for each child of each meeting."""

import datetime as dt
import uuid
from typing import Any

from kith.casework.projectors import ForEachChild, Main, Rows
from kith.core.ids import uuid_of
from kith.meetings.models import Meeting
from kith.people.portrait import row_id
from kith.record.selectors import Told

BECOMES = {
    "meeting.requested": Meeting.ASKED, "meeting.arranged": Meeting.ARRANGED, "meeting.held": Meeting.HELD, "meeting.refused": Meeting.REFUSED,
    "meeting.cancelled": Meeting.NOT_HELD,
}  # fmt: skip


class Meetings(ForEachChild):
    """Keeps `Meeting`."""

    name, model = "meeting", Meeting

    def hear(self, rows: Rows, one: uuid.UUID, event: Told, children: Main) -> None:
        """A meeting was asked for, arranged, moved, held, refused or not held."""
        kind, _slash, a_type = event.event.kind.partition("/")
        if kind in BECOMES:
            for child in children:
                key = row_id(str(one), str(children[child]))
                rows.setdefault(key, _blank(one, children[child]))
        for row in rows.values():
            if row["child_id"] not in children.values():
                continue
            row["a_type"] = a_type or row["a_type"]
            row["state"] = BECOMES.get(kind, row["state"])
            _set(row, kind, event)


def _blank(one: uuid.UUID, child: uuid.UUID) -> dict[str, Any]:
    return {
        "meeting": one, "child_id": child, "a_type": "", "state": "", "asked_on": None, "on": None, "starts_at": "", "minutes": None, "venue": "",
        "chair": None, "coordinator": None, "recorded": False,
    }  # fmt: skip


def _set(row: dict[str, Any], kind: str, event: Told) -> None:
    says, day = event.event.fields, dt.date.fromordinal(event.event.day)
    if kind == "meeting.requested":
        row["asked_on"] = row["asked_on"] or day
    elif kind in ("meeting.arranged", "meeting.moved"):
        row["on"] = dt.date.fromisoformat(str(says["held_on"])) if says.get("held_on") else row["on"]
        row["on"] = row["on"] or day  # arranged with no day said: known at least from then
        row["starts_at"] = str(event.words.get("starts_at") or row["starts_at"])
        row["venue"] = str(event.words.get("venue") or row["venue"])
        row["minutes"] = int(float(str(says["minutes"]))) if says.get("minutes") else row["minutes"]
        for name in ("chair", "coordinator"):
            row[name] = uuid_of(next(iter(event.ids(name)), "")) or row[name]
    elif kind == "meeting.held":
        row["on"] = day
    elif kind == "meeting.record_approved":
        row["recorded"] = True


PROJECTORS = (Meetings(),)
