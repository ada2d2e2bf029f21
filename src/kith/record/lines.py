"""The lines of the record as they are stored: an event, who recorded it, and what it says in words while that is kept."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kith.core import units
from kith.core.questions import Question
from kith.record.models import Event, EventAbout
from kith.rules import events as engine

_NOTHING: Mapping[str, Any] = {}
_WHOLE, _READ = "everything about", "as the engine reads it"


class Line(NamedTuple):
    """One event as stored, the columns that the engine reads first; `words` is None where there are none or they were destroyed."""

    id: uuid.UUID
    kind: str
    happened_on: dt.date
    happened_at: dt.datetime | None
    ended_on: dt.date | None
    ended_at: dt.datetime | None
    known_at: dt.datetime
    sequence: int
    about: Mapping[str, Any]
    coded: Mapping[str, Any]
    parts: Mapping[str, Any]
    explained: Mapping[str, Any]
    corrects: uuid.UUID | None
    withdraws: uuid.UUID | None
    seals: uuid.UUID | None
    recorded_by: uuid.UUID | None
    recorded_at: dt.datetime
    source: str
    words_digest: bytes
    words: Mapping[str, Any] | None

    @property
    def stem(self) -> str:
        """The stem of its kind: `visit`."""
        return self.kind.partition(".")[0]


_COLUMNS = (*Line._fields[:-1], "told__words")
ENGINE = Line._fields[:15]


def _moment(at: dt.datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def engine_events(listed: Iterable[Line]) -> list[engine.Event]:
    """Lines as the engine reads them, each read once in a unit of work."""
    before = units.read_before()
    found = []
    for one in listed:
        event = before.get((_READ, one.id))
        if event is None:
            event = before[_READ, one.id] = engine_event(one)
        found.append(event)
    return found


def engine_event(row: Sequence[Any]) -> engine.Event:
    """One line, or the first of its columns (`ENGINE`), as the engine reads it."""
    (event_id, kind, day, at, ended_on, ended_at, known, sequence, about, coded, parts, explained, *amends) = row[:15]
    event = engine.Event()
    event.id, event.kind, event.day, event.at = str(event_id), kind, day.toordinal(), _moment(at)
    event.known, event.sequence = int(known.timestamp()), sequence
    event.ended = None if ended_on is None else (ended_on.toordinal(), _moment(ended_at))
    event.several = False
    event.names = {}
    for name, ids in about.items():
        if type(ids) is list:
            event.names[name], event.several = tuple(ids), True
        else:
            event.names[name] = ids
    event.fields, event.parts, event.explained = coded, parts or _NOTHING, explained or _NOTHING
    event.corrects, event.withdraws, event.seals = (None if one is None else str(one) for one in amends)
    event.amends = any(amends) or kind == "child.merged"
    return event.put_in_order()


def lines(queryset: Any) -> list[Line]:
    """Events as stored with their words, in one question, in the order they became known."""
    return [Line._make(row) for row in queryset.order_by("known_at", "id").values_list(*_COLUMNS)]


def lines_of(ids: Iterable[uuid.UUID]) -> list[Line]:
    """The events of these ids, in the order they became known."""
    return [Line._make(row) for row in _LINES.ask(ids=set(ids))]


_LINES = Question[Sequence[Any]](
    lambda *, ids: Event.objects.filter(id__among=ids).order_by("known_at", "id").values_list(*_COLUMNS)
)


@dataclass(frozen=True)
class Whole:
    """Every line about somebody."""

    lines: Sequence[Line]

    def of_stems(self, stems: Sequence[str]) -> Sequence[Line]:
        """Those whose kind has one of the stems; all of them without stems."""
        return [one for one in self.lines if one.stem in stems] if stems else self.lines


def whole(subject: uuid.UUID, same: Iterable[uuid.UUID]) -> Whole:
    """Every line about somebody (`same`: the records read as theirs), whatever its file. Read once in a unit of work: whatever is
    asked of them afterwards is answered from it."""
    before = units.read_before()
    found: Whole | None = before.get((_WHOLE, subject))
    if found is None:
        # Asked for first: as one question inside another it can be planned as a walk through every event.
        found = before[_WHOLE, subject] = Whole(lines_of(_ABOUT.ask(subjects=set(same))))
    return found


_ABOUT = Question[uuid.UUID](
    lambda *, subjects: EventAbout.objects.filter(subject__among=subjects).order_by().values_list("event", flat=True)
)


def read_whole(subject: uuid.UUID) -> Whole | None:
    """Every line about somebody if this unit of work has read them already."""
    found: Whole | None = units.read_before().get((_WHOLE, subject))
    return found
