"""Proving that the record is whole: every digest in its chain, every derived row as the record says."""

import datetime as dt
import hmac
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kith.core import keeping
from kith.record import joining
from kith.record.chain import digest_of, words_digest
from kith.record.models import Event, EventAbout, EventWords, File
from kith.record.projecting import projectors


@dataclass
class Verified:
    """How much was gone through, and everything that is wrong, in words."""

    files: int = 0
    events: int = 0
    destroyed: int = 0
    wrong: list[str] = field(default_factory=list)


def verify_chain(
    after: uuid.UUID | None = None, say: Callable[[str], None] = lambda _: None, seventh: int | None = None
) -> Verified:
    """Goes through every file of the authority in the order of their ids, after one if given, telling now and then how far it is.

    `seventh` (0 to 6) goes through a seventh of the files: seven nights go through all.
    """
    told = Verified()
    files = File.objects.order_by("id")
    for file in files.filter(id__gt=after) if after else files:
        if seventh is not None and file.id.int % 7 != seventh:
            continue
        told.files += 1
        _verify_file(file, told)
        if told.files % 1000 == 0:
            say(f"Verified to file {file.id}")
    return told


def _verify_file(file: File, told: Verified) -> None:
    previous, sequence = b"", 0
    # The ids are asked for first: joined to their file, rows can be planned as a walk through every event.
    ids = list(Event.objects.filter(file=file).values_list("id", flat=True))
    words = {one.event_id: one for one in EventWords.objects.filter(event__in=ids)}
    abouts = _abouts(ids)
    for event in Event.objects.filter(file=file).order_by("sequence").iterator(1000):
        told.events += 1
        sequence += 1
        if event.sequence != sequence:
            told.wrong.append(f"File {file.id}: event {sequence} is missing before {event.id}")
            sequence = event.sequence
        if bytes(event.previous_digest) != previous:
            told.wrong.append(f"Event {event.id} ({event.kind}) does not follow the one before it")
        if not hmac.compare_digest(digest_of(event), bytes(event.digest)):
            told.wrong.append(f"Event {event.id} ({event.kind}) is not what was recorded")
        if abouts.get(event.id) != _named(event):
            told.wrong.append(f"Event {event.id} ({event.kind}) is not found under those it is about")
        _verify_words(event, words.get(event.id), told)
        previous = bytes(event.digest)
    if sequence != file.sequence or bytes(file.digest) != previous:
        told.wrong.append(f"File {file.id}: the last events are missing: it says {file.sequence}, there are {sequence}")


Abouts = set[tuple[str, str, str, dt.date]]


def _abouts(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Abouts]:
    """Under what each event of a file is found."""
    found: dict[uuid.UUID, Abouts] = {}
    columns = ("event", "name", "subject", "kind", "happened_on")
    for event, name, subject, kind, day in EventAbout.objects.filter(event__in=ids).values_list(*columns):
        found.setdefault(event, set()).add((name, str(subject), kind, day))
    return found


def _named(event: Event) -> Abouts:
    several = ((name, ids if isinstance(ids, list) else [ids]) for name, ids in event.about.items())
    return {(name, one, event.kind, event.happened_on) for name, ids in several for one in ids}


def _verify_words(event: Event, words: EventWords | None, told: Verified) -> None:
    if words is None:
        told.destroyed += bool(event.words_digest)
    elif words_digest(words.words, words.salt) != event.words_digest:
        told.wrong.append(f"The words of event {event.id} ({event.kind}) are not what was recorded")


def heads() -> Iterator[str]:
    """The head of every file as a line of JSON, to be kept each day where this database cannot reach."""
    for one in File.objects.order_by("id"):
        yield json.dumps({"file": str(one.id), "sequence": one.sequence, "digest": bytes(one.digest).hex()})


def compare_heads(lines: Iterable[str]) -> Iterator[str]:
    """Everything of which heads kept on another day say otherwise: a file that is gone, shorter, or not what it was."""
    for line in lines:
        kept = json.loads(line)
        event = (
            Event.objects.filter(file=kept["file"], sequence=kept["sequence"]).values_list("digest", flat=True).first()
        )
        if event is None:
            yield f"File {kept['file']} is shorter than it was: event {kept['sequence']} is missing"
        elif bytes(event).hex() != kept["digest"]:
            yield f"File {kept['file']} is not what it was at event {kept['sequence']}"


def differences() -> list[str]:
    """Every derived row that is not what the record says: as it stands in the database, whatever this process had kept of it."""
    keeping.forget_everything()
    return [*joining.differences(), *(one for projector in projectors() for one in projector.differences())]


def rebuild() -> Iterator[tuple[str, int]]:
    """Makes every derived row anew; each projector with how many subjects it went through."""
    keeping.forget_everything()
    yield "Joining", joining.rebuild()
    for projector in projectors():
        yield type(projector).__name__, projector.rebuild()
