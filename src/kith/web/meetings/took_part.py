"""At which steps of the work something is recorded of how the child was heard, told and involved, and at which nothing is (LIN-043)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.forms import selectors as forms
from kith.meetings.meeting import Meeting
from kith.people.selectors import Opened
from kith.record.chronology import Entry
from kith.record.selectors import Told
from kith.web import said
from kith.web.answers import type_title

INVOLVED = "child_involved"  # the question, wherever a pack asks it
STEPS = {
    "assessment.submitted": lazy("Assessment"), "visit.made": lazy("Visit"), "meeting.held": lazy("Meeting"), "plan.started": lazy("Plan"),
    "plan.reviewed": lazy("Review of the plan"), "episode.closed": lazy("Closing"),
}  # fmt: skip
OPENS = ("referral.received", "episode.reopened")
HERE = ("came", "for_part", "otherwise")


def of_child(
    opened: Opened, entries: Sequence[Entry], meetings: Mapping[str, Meeting], today: dt.date
) -> dict[str, Any] | None:
    """The steps of the work that goes on now, or went on last, at which nothing is recorded of the child's part, the latest first, and
    how many steps there were. None where the procedure does not ask for it, and for a child who was not born."""
    born = opened.person.born_on
    if born is None or not any(one.question(INVOLVED) for one in forms.forms().values()):
        return None
    steps = [one for one in _steps(entries) if one.stands.event.day >= born.toordinal()]
    child = str(opened.id)
    without = [one for one in steps if not _is_told(one.stands, child, meetings)]
    return {
        "steps": len(steps), "with": len(steps) - len(without),
        "without": [
            {"what": _called(one.stands), "day": said.day(dt.date.fromordinal(one.stands.event.day), today), "href": reverse("entry", args=[opened.id, one.told.event.id])}
            for one in reversed(without)
        ],
    }  # fmt: skip


def _steps(entries: Sequence[Entry]) -> list[Entry]:
    """The steps since the case was last opened, the earliest first; of an assessment written more than once the last text."""
    found: dict[str, Entry] = {}
    closed = False
    for one in sorted((each for each in entries if each.withdrawn is None), key=lambda each: each.stands.event.order):
        told = one.stands
        kind = told.event.kind.partition("/")[0]
        if kind in OPENS and closed:
            found, closed = {}, False
        elif kind in STEPS:
            key = next(iter(told.ids("assessment")), "") if kind == "assessment.submitted" else ""
            found.pop(key, None)
            found[key or str(one.told.event.id)] = one
            closed = kind == "episode.closed"
    return list(found.values())


def _is_told(one: Told, child: str, meetings: Mapping[str, Meeting]) -> bool:
    if one.words_destroyed:
        return True
    shared = one.words if len(one.ids("child")) == 1 else {}
    said_of = {**shared, **one.part(child), **one.words.get("parts", {}).get(child, {})}
    return any(said_of.get(key) for key in _keys(one.event.kind)) or any(_was_there(one, child, meetings))


def _was_there(one: Told, child: str, meetings: Mapping[str, Meeting]) -> Iterator[bool]:
    for key in one.ids("meeting") if one.event.kind.startswith("meeting.held") else ():
        guest = meetings[key].guests.get(child) if key in meetings else None
        yield guest is not None and (guest.came in HERE or bool(guest.views))


def _keys(kind: str) -> set[str]:
    """The questions about a step whose answers are the child's own, or tell how the child was involved."""
    base = kind.partition("/")[0]
    asked = (q for one in forms.forms().values() if one.records in (kind, base) for q in one.questions)
    return {one.key for one in asked if one.voice_of == "child" or one.key == INVOLVED}


def _called(one: Told) -> str:
    kind, _slash, a_type = one.event.kind.partition("/")
    stem = kind.partition(".")[0]
    if kind == "visit.made" and one.event.fields.get("seen") is False:
        return _("Visit, the child was not seen")
    return type_title(stem, a_type) if a_type and kind != "plan.reviewed" and stem != "visit" else str(STEPS[kind])
