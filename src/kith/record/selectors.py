"""Reading the record: the events about somebody, as the engine reads them and as people do."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from kith.core.keeping import Kept
from kith.core.questions import Question
from kith.record.amending import amended, in_order, known_by
from kith.record.lines import ENGINE, Line, engine_event, engine_events, lines, lines_of, read_whole
from kith.record.merged import same_as, same_as_each
from kith.record.models import Circle, Event, EventAbout, EventWords
from kith.rules import events as engine
from kith.rules.history import FOR_EVER, as_known

# Names that join nobody's duties: people and workers belong to many families, whoever leads their meetings among them, and a home or a
# telephone number is no duty's. A school is many families' too.
ALONE = frozenset(
    (
        "person",
        "worker",
        "chair",
        "coordinator",
        "other",
        "document",
        "home",
        "reach",
        "relationship",
        "tie",
        "alert",
        "order",
        "note",
        "contact",
        "agency",
    )
)
_NOTHING: Mapping[str, Any] = {}


def events_of(abouts: QuerySet[EventAbout]) -> QuerySet[Event]:
    """The events that some lines of the index name.

    The ids are asked for first: as one question inside another it can be planned as a walk through every event.
    """
    return Event.objects.filter(id__in=_events_named(abouts))


def _events_named(abouts: QuerySet[EventAbout]) -> set[uuid.UUID]:
    return set(_named(abouts))


def _named(abouts: QuerySet[EventAbout]) -> QuerySet[Any, uuid.UUID]:
    return abouts.order_by().values_list("event", flat=True).distinct()


def _of_stems(stems: Iterable[str]) -> Q:
    wanted = Q()
    for stem in stems:
        wanted |= Q(kind__startswith=f"{stem}.")
    return wanted


def circle_of(subject: uuid.UUID) -> uuid.UUID | None:
    """The circle a child, family or plan stands in; None before anything joined it."""
    return _CIRCLE.first(subject=subject)


_CIRCLE = Question[uuid.UUID](
    lambda *, subject: Circle.objects.filter(subject=subject).values_list("circle", flat=True)
)


def history_of(circle: uuid.UUID, unheard: Iterable[str] = ()) -> list[engine.Event]:
    """Every event of a circle, and what is recorded of its people alone, as the engine reads them, in order.

    `unheard` are kinds that nothing in the procedure hears: they are not read.
    """
    known = _EVENTS.get(circle) or {}
    unheard = frozenset(unheard)
    ids = set(_OF_CIRCLE.ask(circle=circle, unheard=unheard))
    events = _by_id(ids, known)
    people = {uuid.UUID(one) for event in events.values() for one in _ids(event.names.get("person"))}
    alone = _by_id(set(_OF_PEOPLE.ask(people=people, unheard=unheard)) - ids, known) if people else {}
    if not known.keys() >= events.keys() | alone.keys():
        every = {**known, **events, **alone}
        _EVENTS.keep_once_committed(circle, every, len(every))
    history = [*events.values(), *(one for one in alone.values() if all(name in ALONE for name in one.names))]
    return sorted(history, key=_order)


_OF_CIRCLE = Question[uuid.UUID](
    lambda *, circle, unheard: _named(
        EventAbout.objects.exclude(kind__among=unheard).filter(
            subject__among=Circle.objects.filter(circle=circle).values("subject")
        )
    )
)
_OF_PEOPLE = Question[uuid.UUID](
    lambda *, people, unheard: _named(EventAbout.objects.exclude(kind__among=unheard).filter(subject__among=people))
)
_ROWS = Question[Sequence[Any]](lambda *, ids: Event.objects.filter(id__among=ids).values_list(*ENGINE))

# What events of a circle say to the engine, by their ids: an event is never changed. No words are among it.
_EVENTS = Kept[Mapping[uuid.UUID, engine.Event]](settings.KITH_KEPT_EVENTS)
_order = attrgetter("order")


def _by_id(ids: set[uuid.UUID], known: Mapping[uuid.UUID, engine.Event]) -> dict[uuid.UUID, engine.Event]:
    found = {one: known[one] for one in ids if one in known}
    if len(found) < len(ids):
        found |= {row[0]: engine_event(row) for row in _ROWS.ask(ids=ids - found.keys())}
    return found


def _ids(ids: Any) -> tuple[str, ...]:
    return () if ids is None else ids if isinstance(ids, tuple) else (ids,)


@dataclass(frozen=True)
class Told:
    """An event as it stood at a moment, for people to read: the engine's event, its words, and what amended it.

    `id` is the entry itself; `event.id` the place it stands in when it corrects an earlier one.
    """

    event: engine.Event
    words: Mapping[str, Any]
    by: uuid.UUID | None
    recorded_at: dt.datetime
    source: str
    words_destroyed: bool = False
    corrections: Sequence["Told"] = field(default_factory=tuple)
    withdrawn: "Told | None" = None

    def ids(self, name: str) -> tuple[str, ...]:
        """The ids under one of its names."""
        return _ids(self.event.names.get(name))

    def part(self, subject: uuid.UUID | str) -> Mapping[str, Any]:
        """Its answers for one child or person: their own part over what is said of all."""
        return {**self.event.fields, **self.event.parts.get(str(subject), {})}


def told(queryset: Any, known_at: dt.datetime | None = None) -> list[Told]:
    """Events with their words as known at a moment (default: now), corrected in place and without what was withdrawn."""
    return _as_known(lines(queryset), known_at)


def told_of(ids: Iterable[uuid.UUID]) -> list[Told]:
    """`told`, of the events of these ids."""
    return _as_known(lines_of(ids), None)


def told_about(
    subjects: Iterable[uuid.UUID], kinds: Iterable[str] = (), known_at: dt.datetime | None = None
) -> dict[uuid.UUID, list[Told]]:
    """For each subject every event about them, whatever its file, as `told` tells it; with `kinds`, only those whose stem (`visit`)
    is among them. In a few questions whatever the number of subjects."""
    wanted, stems = same_as_each(subjects), tuple(kinds)
    chosen = {one: whole_of.of_stems(stems) for one in wanted if (whole_of := read_whole(one)) is not None}
    new = {one: same for one, same in wanted.items() if one not in chosen}
    return {one: _as_known(those, known_at) for one, those in (chosen | _lines_about(new, stems)).items()}


_ABOUT = Question[tuple[uuid.UUID, uuid.UUID]](
    lambda stems, *, subjects: (
        EventAbout.objects.filter(subject__among=subjects)
        .filter(_of_stems(stems))
        .order_by()
        .values_list("subject", "event")
    )
)


def _lines_about(
    wanted: Mapping[uuid.UUID, Iterable[uuid.UUID]], stems: Sequence[str]
) -> dict[uuid.UUID, Sequence[Line]]:
    if not wanted:
        return {}
    everyone = {one for same in wanted.values() for one in same}
    ids: dict[uuid.UUID, set[uuid.UUID]] = {}
    for subject, event in _ABOUT.ask(stems, subjects=everyone):
        ids.setdefault(subject, set()).add(event)
    every = lines_of(set[uuid.UUID]().union(*ids.values()))
    theirs = {
        one: set[uuid.UUID]().union(*(ids.get(subject, set()) for subject in same)) for one, same in wanted.items()
    }
    # Each subject's lines in the order of all: one walk over what is theirs, not over everybody's for each of them.
    place = {line.id: number for number, line in enumerate(every)}
    return {
        one: [every[number] for number in sorted(place[event] for event in those if event in place)]
        for one, those in theirs.items()
    }


def _as_known(listed: Sequence[Line], known_at: dt.datetime | None) -> list[Told]:
    rows = {str(one.id): one for one in listed}
    known = FOR_EVER if known_at is None else int(known_at.timestamp())
    standing = as_known(engine_events(rows.values()), known)
    latest = _latest_text(rows, known)
    return [as_told(event, rows[latest.get(event.id, event.id)]) for event in standing]


def _latest_text(rows: Mapping[str, Line], known: int) -> dict[str, str]:
    """For each corrected event, the correction whose words stand."""
    if not any(one.corrects for one in rows.values()):
        return {}
    every = in_order(list(rows.values()))
    amends = amended(every, known)
    return {
        str(amends.first[one.id]): str(one.id)
        for one in every
        if one.corrects and not one.withdraws and not one.seals and one.id not in amends.gone and known_by(one, known)
    }


def as_told(event: engine.Event, line: Line) -> Told:
    """An event for people to read, with the words of one line."""
    told = object.__new__(Told)  # hundreds are made for a page, and a frozen one is put together value by value
    told.__dict__.update(
        event=event, words=line.words or _NOTHING, by=line.recorded_by, recorded_at=line.recorded_at, source=line.source,
        words_destroyed=line.words is None and bool(line.words_digest), corrections=(), withdrawn=None,
    )  # fmt: skip
    return told


def one_event(event_id: uuid.UUID) -> Event | None:
    """One event by its id."""
    return Event.objects.filter(id=event_id).first()


def words_of(event_id: uuid.UUID) -> Mapping[str, Any]:
    """The words of one event; empty if it has none or they were destroyed."""
    found: Mapping[str, Any] | None = EventWords.objects.filter(event=event_id).values_list("words", flat=True).first()
    return found or _NOTHING


def words_standing(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Mapping[str, Any]]:
    """The words of some events, each as last corrected; without those that were destroyed."""
    if not ids:
        return {}
    corrected = Event.objects.filter(corrects__in=ids).order_by("known_at", "id").values_list("id", "corrects")
    stands = dict.fromkeys(ids) | {first: latest for latest, first in corrected}
    words = dict(
        EventWords.objects.filter(event__in=[latest or one for one, latest in stands.items()]).values_list(
            "event", "words"
        )
    )
    return {one: words[latest or one] for one, latest in stands.items() if (latest or one) in words}


def which_are_recorded(ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the events that are on the record already."""
    return set(Event.objects.filter(id__in=ids).values_list("id", flat=True))


def latest_named(subject: uuid.UUID, name: str) -> uuid.UUID | None:
    """What the latest event about somebody calls by a name (their latest `referral`); None where nothing does."""
    stem = f"{name}."
    about = EventAbout.objects.filter(subject__in=same_as([subject]), kind__startswith=stem)
    latest = about.order_by("-happened_on", "-event").values_list("event", flat=True).first()
    if latest is None:
        return None
    found: uuid.UUID | None = (
        EventAbout.objects.filter(event=latest, name=name).values_list("subject", flat=True).first()
    )
    return found


def type_of(name: str, subject: uuid.UUID) -> str:
    """The type of what events call by a name: `core` of an assessment that was started as one; empty without one. What
    other kinds of things say of it gives it no type."""
    own = EventAbout.objects.filter(subject=subject, name=name, kind__startswith=f"{name}.", kind__contains="/")
    kinds = own.order_by("-happened_on", "-event")
    found: str = kinds.values_list("kind", flat=True).first() or ""
    return found.partition("/")[2]
