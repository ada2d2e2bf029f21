"""The one way into the record: append. Nothing is edited and nothing deleted."""

import datetime as dt
import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kith.audit import entries
from kith.core import authorities, clock, ids, units
from kith.core.adding import add
from kith.core.questions import Question
from kith.record.chain import digest_of, words_digest
from kith.record.fact import Fact, NotRecorded, as_row_text, day_and_moment
from kith.record.joining import join, merge, one_at_a_time
from kith.record.models import Event, EventAbout, EventWords, File
from kith.record.procedures import procedure_of
from kith.record.projecting import Touched, projectors
from kith.rules.events import BadEvent, EventReader

SCHEMA = 1


def append(*facts: Fact, by: entries.Reader | None, under: str = "") -> list[Event]:
    """Records facts, in one transaction with everything derived from them. All are recorded, or none.

    `by` is whoever records; `under` the role or ground they act under. Raises NotRecorded for a fact that has not yet
    happened, or that the authority's procedure has no words for.
    """
    now = clock.now()
    reader = procedure_of(authorities.current()).reader()
    for fact in facts:
        _check(fact, now, reader)
    with units.write():
        one_at_a_time((fact.kind, fact.about_as_text(), fact.coded) for fact in facts)
        files = _locked_files(facts)
        # The moment is read once nobody else can write to these files, so that it rises along each of them.
        adding = _Adding(by, under, clock.now())
        events = [adding.add(fact, files[_subject_of_file(fact)]) for fact in facts]
        adding.write(files.values())
        absorbed: dict[uuid.UUID, uuid.UUID] = {}
        circles = frozenset(join(events, absorbed))
        merge(events)
        touched = Touched(events, circles, absorbed)
        for projector in projectors():
            projector.refresh(touched)
    return events


def _check(fact: Fact, now: dt.datetime, reader: EventReader) -> None:
    day, moment = day_and_moment(fact.when)
    if (moment is not None and moment > now + dt.timedelta(minutes=2)) or day > now.astimezone(clock.LONDON).date():
        raise NotRecorded("the record holds what has happened; this day or time has not come yet", "when")
    row: dict[str, Any] = {"kind": fact.kind, "when": as_row_text(fact.when), **fact.about_as_text(), **fact.coded}
    if fact.ended is not None:
        row["ended"] = as_row_text(fact.ended)
    if fact.parts:
        row["parts"] = fact.parts
    if not fact.subjects():
        raise NotRecorded("an event is about somebody", "about")
    try:
        reader.read(row)
    except BadEvent as error:
        raise NotRecorded(str(error), error.field) from None


def _subject_of_file(fact: Fact) -> tuple[str, uuid.UUID]:
    """One child's file for what is about one child; the family's for what is about several; else the first named."""
    by_name: dict[str, list[uuid.UUID]] = {}
    for name, one in fact.subjects():
        by_name.setdefault(name, []).append(one)
    if len(by_name.get("child", ())) == 1:
        return "child", by_name["child"][0]
    name = next((name for name in ("family", "child", "person") if name in by_name), next(iter(by_name)))
    return name, min(by_name[name])


def _locked_files(facts: Sequence[Fact]) -> dict[tuple[str, uuid.UUID], File]:
    """The files of the facts, made where there were none, locked in the order of their ids."""
    wanted = dict.fromkeys(map(_subject_of_file, facts))
    subjects = [subject for _, subject in wanted]
    have = {one.subject: one for one in _lock(subjects)}
    missing = [(name, subject) for name, subject in wanted if subject not in have]
    if missing:
        File.objects.bulk_create([File(name=name, subject=subject) for name, subject in missing], ignore_conflicts=True)
        have = {one.subject: one for one in _lock(subjects)}
    return {(name, subject): have[subject] for name, subject in wanted}


def _lock(subjects: Sequence[uuid.UUID]) -> list[File]:
    return _FILES.ask(subjects=subjects)


_FILES = Question[File](
    lambda *, subjects: File.objects.filter(subject__among=subjects).order_by("id").select_for_update()
)


class _Adding:
    """Events being added together: made one by one in the order of their files, written in a few statements."""

    def __init__(self, by: entries.Reader | None, under: str, now: dt.datetime) -> None:
        self.by, self.under, self.now = by, under, now
        self.events: list[Event] = []
        self.abouts: list[EventAbout] = []
        self.words: list[EventWords] = []

    def add(self, fact: Fact, file: File) -> Event:
        """Makes the event of a fact, at the end of its file."""
        day, moment = day_and_moment(fact.when)
        ended_on, ended_at = (None, None) if fact.ended is None else day_and_moment(fact.ended)
        salt = secrets.token_hex(16) if fact.words else ""
        event = Event(
            id=fact.id or ids.new(), file=file, sequence=file.sequence + 1, kind=fact.kind, schema=SCHEMA, happened_on=day,
            happened_at=moment, ended_on=ended_on, ended_at=ended_at, precision="moment" if moment else fact.precision,
            known_at=fact.known_at or self.now, recorded_at=self.now,
            recorded_by=fact.recorded_by or (self.by.id if self.by else None), recorded_under=self.under,
            about=fact.about_as_text(), coded=dict(fact.coded), parts={one: dict(part) for one, part in fact.parts.items()},
            explained=dict(fact.explained), words_digest=words_digest(fact.words, salt) if fact.words else "",
            corrects=fact.corrects, withdraws=fact.withdraws, seals=fact.seals, source=fact.source,
            previous_digest=bytes(file.digest),
        )  # fmt: skip
        event.digest = digest_of(event)
        file.sequence, file.digest = event.sequence, event.digest
        self.events.append(event)
        self.abouts += [
            EventAbout(event=event, name=name, subject=one, kind=event.kind, happened_on=day)
            for name, one in fact.subjects()
        ]
        if fact.words:
            self.words.append(EventWords(event=event, salt=salt, words=dict(fact.words)))
        return event

    def write(self, files: Iterable[File]) -> None:
        """Writes the events, whom they are about, their words, the audit entries and the heads of their files."""
        add(self.events)
        add(self.abouts)
        add(self.words)
        acts = (
            (f"recorded {one.kind}", (one.file.name, one.file.subject), {"event": str(one.id)}) for one in self.events
        )
        entries.note_all(acts, by=self.by)
        for file in files:
            File.objects.filter(id=file.id).update(sequence=file.sequence, digest=file.digest)


def correct(event: Event, fact: Fact, *, by: entries.Reader, under: str = "") -> Event:
    """Records a correction beside the event it corrects: the same kind, about the same people. Raises NotRecorded."""
    if fact.kind.partition(".")[0] != event.kind.partition(".")[0]:
        raise NotRecorded(f"a correction of {event.kind} is of the same kind; withdraw it and record the other", "kind")
    if _people(fact.about_as_text()) != _people(event.about):
        raise NotRecorded("a correction is about the same people; withdraw this, and record it of the others", "child")
    return append(replace(fact, corrects=event.id), by=by, under=under)[0]


def _people(about: Mapping[str, Any]) -> set[tuple[str, str]]:
    named = ((name, about.get(name, [])) for name in ("child", "person"))
    return {(name, one) for name, ids_ in named for one in (ids_ if isinstance(ids_, list) else [ids_])}


def withdraw(event: Event, reason: str, *, by: entries.Reader, under: str = "") -> Event:
    """Records that an event did not happen, or not so. It stays readable, marked, with the reason. Raises NotRecorded."""
    if not reason.strip():
        raise NotRecorded("say why it is withdrawn", "reason")
    return append(_amending(event, reason, withdraws=event.id), by=by, under=under)[0]


def seal(event: Event, reason: str, *, by: entries.Reader, under: str = "") -> Event:
    """Takes an entry made on the wrong person out of every view, whatever day is asked about. Raises NotRecorded."""
    if not reason.strip():
        raise NotRecorded("say how it came to be on the wrong record", "reason")
    return append(_amending(event, reason, seals=event.id), by=by, under=under)[0]


def _amending(event: Event, reason: str, **amends: uuid.UUID) -> Fact:
    about = {
        name: [uuid.UUID(one) for one in (ids_ if isinstance(ids_, list) else [ids_])]
        for name, ids_ in event.about.items()
    }
    when = event.happened_at or event.happened_on
    return Fact(kind=event.kind, about=about, when=when, coded=event.coded, words={"reason": reason}, **amends)  # type: ignore[arg-type]
