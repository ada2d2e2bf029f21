"""The brothers and sisters of a meeting that a form goes on with: it is about all of them again, unless somebody takes one out."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.casework.meetings import children_of
from kith.core.ids import uuid_of
from kith.meetings import selectors as meetings
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.rules.forms import Form


def going_on_with(form: Form) -> uuid.UUID | None:
    """The meeting that a form goes on with; None for a form of anything else, and where it makes a new one."""
    return uuid_of(form.names.get("meeting", "")) if form.records.startswith("meeting.") else None


def chosen(viewer: Viewer, opened: Opened, form: Form, siblings: list[dict[str, Any]]) -> set[str]:
    """Which of the brothers and sisters the form is about to begin with."""
    return {key for key, _name, why in _of_it(viewer, opened, form, siblings) if not why}


def left_out(viewer: Viewer, opened: Opened, form: Form, siblings: list[dict[str, Any]]) -> list[str]:
    """Who was in the meeting before and is left out, and why. Of a child whose record its reader may not open nothing is said."""
    return [why % {"name": name} for _key, name, why in _of_it(viewer, opened, form, siblings) if why]


def _of_it(
    viewer: Viewer, opened: Opened, form: Form, siblings: list[dict[str, Any]]
) -> Iterator[tuple[str, str, str]]:
    meeting = going_on_with(form)
    before = set(children_of(meeting)) if meeting and opened.child is not None else set()
    there = {one["id"]: one["name"] for one in siblings if one["id"] in before}
    if not meeting or not there:
        return
    found = meetings.one_for(viewer, opened.id, meeting)
    kept_out: Mapping[str, Any] = found.kept_out if found else {}
    rows = {
        one.person_id: one
        for one in people.children_for(viewer).filter(person__in=list(there)).select_related("person")
    }
    for key, name in there.items():
        row = rows.get(key)
        why = ""
        if row is None or row.person.died_on is not None:
            why = _("%(name)s has died, and is left out.")
        elif str(key) in kept_out:
            why = _("%(name)s is kept out of the meeting, and is left out.")
        elif not (row.is_open or row.held_by):
            why = _(
                "%(name)s’s case is closed, so %(name)s is left out. Tick the name if the meeting is about them too."
            )
        yield str(key), name, why
