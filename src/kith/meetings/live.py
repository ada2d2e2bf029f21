"""What is typed in the room while a meeting runs: saved field by field, so that several people can write at once and lose nothing.

Whoever saves sends the version their page was made from. A field that only they changed is kept; one that only somebody else changed
stays as it stands; of one that both changed both texts are kept, the second beside the first, until a person puts one away.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from kith.access.viewer import Viewer
from kith.core import clock, units
from kith.meetings.models import Notes

KEPT_OF_LOG = 2000
PRIVATE = "private_time"


@dataclass(frozen=True)
class Saved:
    """What became of a save: the version now, the fields that others changed since the writer's page was made, and those that both
    changed, of which both texts are kept."""

    version: int
    changed: Mapping[str, str] = field(default_factory=dict)
    both: tuple[str, ...] = ()


class Alone(Exception):
    """The family is by itself: nothing is written in that time (WOR-433)."""


class Recorded(Exception):
    """The meeting is in the record: its notes are over."""


def notes_of(meeting: uuid.UUID) -> Notes | None:
    """The notes of a meeting, if anybody has begun to write."""
    return Notes.objects.filter(id=meeting).first()


def save(meeting: uuid.UUID, typed: Mapping[str, str], version: int, *, by: Viewer) -> Saved:
    """Keeps what was typed of a meeting. `version` is the one the writer's page was made from; `typed` may hold some of the fields
    alone. Raises Alone while the family is by itself, Recorded where the meeting is in the record already."""
    with units.write():
        notes = _locked(meeting)
        if notes.recorded_as is not None:
            raise Recorded
        if notes.alone:
            raise Alone
        before = _at(notes, version)
        since = {name for entry in notes.log if entry[0] > version for name in [entry[1]]}
        both, changed = [], False
        now = notes.version + 1
        for name, text in typed.items():
            stands, was = notes.typed.get(name, ""), before.get(name, notes.typed.get(name, ""))
            if text in (was, stands):
                continue
            changed = True
            if stands == was:
                notes.log.append([now, name, stands])
                notes.typed[name] = text
            else:
                notes.beside.setdefault(name, []).append([text, by.name, clock.now().isoformat()])
                both.append(name)
        if changed:
            notes.version, notes.saved_by = now, by.id
            notes.log = notes.log[-KEPT_OF_LOG:]
            _store(notes)
        news = {
            name: notes.typed.get(name, "")
            for name in since
            if name not in typed or typed[name] != notes.typed.get(name, "")
        }
    return Saved(notes.version, {name: text for name, text in news.items() if name not in both}, tuple(both))


def put_away(meeting: uuid.UUID, name: str, *, instead: bool, by: Viewer) -> None:
    """Of two texts of one field, keeps the one that stands or, with `instead`, the one beside it. Raises Recorded, Alone."""
    with units.write():
        notes = _locked(meeting)
        if notes.recorded_as is not None:
            raise Recorded
        if notes.alone:
            raise Alone
        texts = notes.beside.pop(name, [])
        if not texts:
            return
        notes.version += 1
        if instead:
            notes.log.append([notes.version, name, notes.typed.get(name, "")])
            notes.typed[name] = texts[0][0]
        if texts[1:]:
            notes.beside[name] = texts[1:]
        notes.saved_by = by.id
        _store(notes)


def leave_alone(meeting: uuid.UUID, *, alone: bool, how: str = "", by: Viewer) -> None:
    """The family is by itself from now, or everybody is back. All that is kept is that it happened, and who was with them
    (WOR-318, WOR-433)."""
    with units.write():
        notes = _locked(meeting)
        if notes.recorded_as is not None:
            raise Recorded
        notes.alone, notes.version, notes.saved_by = alone, notes.version + 1, by.id
        notes.typed[PRIVATE] = how or notes.typed.get(PRIVATE, "alone")
        _store(notes)


def finished(meeting: uuid.UUID, event: uuid.UUID) -> None:
    """The meeting is in the record: the notes are emptied."""
    Notes.objects.filter(id=meeting).update(
        typed={}, log=[], beside={}, alone=False, recorded_as=event, saved_at=clock.now()
    )


def since(notes: Notes, version: int) -> dict[str, str]:
    """The fields that changed after a version, as they stand."""
    return {entry[1]: notes.typed.get(entry[1], "") for entry in notes.log if entry[0] > version}


def saved_at(notes: Notes) -> dt.datetime:
    """When anybody last wrote."""
    return notes.saved_at


def _locked(meeting: uuid.UUID) -> Notes:
    Notes.objects.bulk_create([Notes(id=meeting, saved_at=clock.now())], ignore_conflicts=True)
    notes: Notes = Notes.objects.select_for_update().get(id=meeting)
    return notes


def _store(notes: Notes) -> None:
    notes.saved_at = clock.now()
    notes.save(update_fields=["version", "typed", "log", "beside", "alone", "saved_at", "saved_by"])


def _at(notes: Notes, version: int) -> dict[str, str]:
    """What each field that changed since said at a version: what it said before its first change after it."""
    found: dict[str, str] = {}
    for number, name, was in notes.log:
        if number > version:
            found.setdefault(name, was)
    return found
