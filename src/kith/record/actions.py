"""The one way into the record: append. Nothing is edited and nothing deleted."""

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from kith.audit import entries
from kith.core import authorities, clock, ids, units
from kith.record.chain import digest_of, words_digest
from kith.record.fact import Fact, NotRecorded, as_row_text, day_and_moment
from kith.record.models import Circle, Event, EventAbout, EventWords, File, Merged
from kith.record.procedures import procedure_of
from kith.record.projecting import Touched, projectors
from kith.record.selectors import ALONE
from kith.rules.events import BadEvent

SCHEMA = 1


def append(*facts: Fact, by: entries.Reader | None, under: str = "") -> list[Event]:
    """Records facts, in one transaction with everything derived from them. All are recorded, or none.

    `by` is whoever records; `under` the role or ground they act under. Raises NotRecorded for a fact that has not yet
    happened, or that the authority's procedure has no words for.
    """
    now = clock.now()
    for fact in facts:
        _check(fact, now)
    with units.write():
        files = _locked_files(facts)
        events = [_add(fact, files[_subject_of_file(fact)], by, under, now) for fact in facts]
        for file in files.values():
            file.save(update_fields=["sequence", "digest"])
        absorbed: dict[uuid.UUID, uuid.UUID] = {}
        joined = [_joined(event, absorbed) for event in events]
        circles = frozenset(absorbed.get(one, one) for one in joined if one is not None)
        _one_at_a_time(circles)
        touched = Touched(events, circles, absorbed)
        for projector in projectors():
            projector.refresh(touched)
    return events


def _check(fact: Fact, now: dt.datetime) -> None:
    day, moment = day_and_moment(fact.when)
    if moment is not None and moment > now + dt.timedelta(minutes=2) or day > now.astimezone(clock.LONDON).date():
        raise NotRecorded("the record holds what has happened; this day or time has not come yet", "when")
    row: dict[str, Any] = {"kind": fact.kind, "when": as_row_text(fact.when), **fact.about_as_text(), **fact.coded}
    if fact.ended is not None:
        row["ended"] = as_row_text(fact.ended)
    if fact.parts:
        row["parts"] = fact.parts
    if not fact.subjects():
        raise NotRecorded("an event is about somebody", "about")
    try:
        procedure_of(authorities.current()).reader().read(row)
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
    return list(File.objects.filter(subject__in=subjects).order_by("id").select_for_update())


def _add(fact: Fact, file: File, by: entries.Reader | None, under: str, now: dt.datetime) -> Event:
    day, moment = day_and_moment(fact.when)
    ended_on, ended_at = (None, None) if fact.ended is None else day_and_moment(fact.ended)
    salt = secrets.token_hex(16) if fact.words else ""
    event = Event(
        id=fact.id or ids.new(), file=file, sequence=file.sequence + 1, kind=fact.kind, schema=SCHEMA, happened_on=day,
        happened_at=moment, ended_on=ended_on, ended_at=ended_at, precision="moment" if moment else fact.precision,
        known_at=fact.known_at or now, recorded_at=now, recorded_by=by.id if by else None, recorded_under=under,
        about=fact.about_as_text(), coded=dict(fact.coded), parts={one: dict(part) for one, part in fact.parts.items()},
        explained=dict(fact.explained), words_digest=words_digest(fact.words, salt) if fact.words else "",
        corrects=fact.corrects, withdraws=fact.withdraws, seals=fact.seals, source=fact.source, previous_digest=bytes(file.digest),
    )  # fmt: skip
    event.digest = digest_of(event)
    event.save(force_insert=True)
    file.sequence, file.digest = event.sequence, event.digest
    EventAbout.objects.bulk_create(
        EventAbout(event=event, name=name, subject=one, kind=event.kind, happened_on=day) for name, one in fact.subjects()
    )
    if fact.words:
        EventWords(event=event, salt=salt, words=dict(fact.words)).save(force_insert=True)
    entries.note(f"recorded {event.kind}", by=by, on=(file.name, file.subject), details={"event": str(event.id)})
    _note_merge(event)
    return event


def _note_merge(event: Event) -> None:
    """Keeps which records are read as part of another: a merge opens that, withdrawing the merge closes it."""
    if event.withdraws or event.seals:
        Merged.objects.filter(event=event.withdraws or event.seals).delete()
    elif event.kind in ("child.merged", "person.merged") and "into" in event.coded:
        name = event.kind.partition(".")[0]
        Merged(subject=uuid.UUID(event.about[name]), into=uuid.UUID(event.coded["into"]), event=event).save(force_insert=True)


def _joined(event: Event, absorbed: dict[uuid.UUID, uuid.UUID]) -> uuid.UUID | None:
    """The circle of an event's subjects: joined into one if it names several that were apart, the others noted as absorbed."""
    named = {
        uuid.UUID(one): name
        for name, ids_ in event.about.items()
        if name not in ALONE
        for one in (ids_ if isinstance(ids_, list) else [ids_])
    }
    if "into" in event.coded:
        named[uuid.UUID(event.coded["into"])] = "child"
    if not named:
        return _circle_of_person(event)
    rows = {row.subject: row for row in Circle.objects.filter(subject__in=named)}
    circles = sorted({row.circle for row in rows.values()}) or [min(named)]
    if len(circles) > 1:
        Circle.objects.filter(circle__in=circles[1:]).update(circle=circles[0])
        absorbed |= dict.fromkeys(circles[1:], circles[0])
    new = [Circle(subject=one, name=name, circle=circles[0]) for one, name in named.items() if one not in rows]
    if new:
        Circle.objects.bulk_create(new, ignore_conflicts=True)
    return circles[0]


def _circle_of_person(event: Event) -> uuid.UUID | None:
    """What is recorded of a person alone touches the circle of the family they belong to."""
    people = event.about.get("person")
    if not people:
        return None
    one = uuid.UUID(people if isinstance(people, str) else people[0])
    joined = EventAbout.objects.filter(subject=one, kind="person.joined_family").values("event")
    family = EventAbout.objects.filter(event__in=joined, name="family").values_list("subject", flat=True).first()
    return Circle.objects.filter(subject=family).values_list("circle", flat=True).first()


def _one_at_a_time(circles: frozenset[uuid.UUID]) -> None:
    """Two recordings about one family work out its duties one after the other, so that the later sees both."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for circle in sorted(circles):
            cursor.execute("select pg_advisory_xact_lock(%s)", [circle.int >> 65])


def correct(event: Event, fact: Fact, *, by: entries.Reader, under: str = "") -> Event:
    """Records a correction beside the event it corrects: the same kind, about the same people. Raises NotRecorded."""
    if fact.kind.partition(".")[0] != event.kind.partition(".")[0]:
        raise NotRecorded(f"a correction of {event.kind} is of the same kind; withdraw it and record the other", "kind")
    return append(replace(fact, corrects=event.id), by=by, under=under)[0]


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
    about = {name: [uuid.UUID(one) for one in (ids_ if isinstance(ids_, list) else [ids_])] for name, ids_ in event.about.items()}
    when = event.happened_at or event.happened_on
    return Fact(kind=event.kind, about=about, when=when, coded=event.coded, words={"reason": reason}, **amends)  # type: ignore[arg-type]

