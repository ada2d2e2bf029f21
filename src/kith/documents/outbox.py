"""Sending what waits, one at a time, after the transaction that asked for it: nothing is ever sent twice by itself.

A row is marked as being sent and that is committed before anything leaves. Whoever finds it so later, because the process was
killed or the line broke, cannot know whether it went: it may have gone, and only a person sends it again.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import connection

from kith.access import selectors as access
from kith.core import authorities, clock, units
from kith.core.models import Authority
from kith.documents import channels, files, holding
from kith.documents.actions import Given, share_facts
from kith.documents.channels import Message, NotTaken
from kith.documents.models import Delivery, Document, DocumentChild, Version
from kith.documents.selectors import HALF_DONE_AFTER, calendar_of
from kith.people.models import Child
from kith.record import actions as record

TRIES, PAUSE = 3, dt.timedelta(minutes=2)


@dataclass(frozen=True)
class Taken:
    """A delivery marked as being sent, with its message; or one that was held, and has none."""

    id: uuid.UUID
    message: Message | None


def send_all(authority: uuid.UUID) -> int:
    """Sends everything of an authority that waits and may leave now. How many were gone through."""
    with units.of_work(authority, writing=True):
        mark_half_done()
        hold_what_is_to_be_printed()
    count = 0
    while send_one(authority):
        count += 1
    return count


def send_one(authority: uuid.UUID) -> bool:
    """Takes the delivery that has waited longest, and sends or holds it. False when none waits."""
    with units.of_work(authority, writing=True):
        taken = take()
    if taken is None:
        return False
    if taken.message is None:
        return True
    try:
        channels.send(taken.message)
    except NotTaken as refusal:
        with units.of_work(authority, writing=True):
            _not_taken(taken.id, refusal)
        return True
    except Exception as error:  # whatever it was, nobody knows whether the message went
        with units.of_work(authority, writing=True):
            _move(taken.id, Delivery.UNSURE, str(error)[:300])
        return True
    with units.of_work(authority, writing=True):
        _sent(taken.id)
    return True


def take() -> Taken | None:
    """Marks the longest waiting delivery as being sent, or as held. To be committed before anything leaves."""
    with units.write():
        waiting = Delivery.objects.filter(state=Delivery.WAITING).exclude(
            attempts__gt=0, changed_at__gt=clock.now() - PAUSE
        )
        # Another sender's row is passed over. SQLite has one writer at a time, and no such locks.
        passing = connection.vendor == "postgresql"
        row = waiting.order_by("asked_at", "id").select_for_update(skip_locked=passing).first()
        if row is None:
            return None
        document = Document.objects.filter(id=row.document).first()
        if document is None:
            _set(row, Delivery.DROPPED, "the document is no longer on this record")
            return Taken(row.id, None)
        hold = holding.why_held(row, document)
        if hold is not None:
            _set(row, Delivery.HELD, hold.words)
            return Taken(row.id, None)
        row.attempts += 1
        message = _message(row, document)
        _set(row, Delivery.SENDING, "")
    return Taken(row.id, message)


def _message(row: Delivery, document: Document) -> Message:
    version = Version.objects.get(id=row.version)
    attached = (version.file_name, version.media_type, files.kept(version.digest)) if row.in_full else None
    return Message(
        str(row.id), row.how, holding.address_to(row, document), Authority.objects.get(id=authorities.current()).name,
        _telephone(row, document), attached, calendar_of(document.id) if row.in_full else b"",
    )  # fmt: skip


def _telephone(row: Delivery, document: Document) -> str:
    worker = access.practitioner(row.asked_by)
    if worker and worker.telephone:
        return worker.telephone
    children = DocumentChild.objects.filter(document=document).values("child")
    team = access.team_named(
        Child.objects.filter(person__in=children, team__isnull=False).values_list("team", flat=True).first()
    )
    return team.telephone if team else ""


def _set(row: Delivery, state: str, because: str) -> None:
    row.state, row.because, row.changed_at = state, because, clock.now()
    row.save(update_fields=["state", "because", "changed_at", "attempts"])


def _move(one: uuid.UUID, state: str, because: str) -> bool:
    """From being sent to what became of it; not where a person has decided meanwhile."""
    changed = Delivery.objects.filter(id=one, state=Delivery.SENDING)
    return bool(changed.update(state=state, because=because, changed_at=clock.now()))


def _not_taken(one: uuid.UUID, refusal: NotTaken) -> None:
    row = Delivery.objects.get(id=one)
    again = refusal.again and row.attempts < TRIES
    _move(one, Delivery.WAITING if again else Delivery.HELD, str(refusal)[:300])


def _sent(one: uuid.UUID) -> None:
    """Marks it sent, and records the share, in one transaction."""
    if not _move(one, Delivery.SENT, ""):
        return
    row = Delivery.objects.get(id=one)
    document, version = Document.objects.get(id=row.document), Version.objects.get(id=row.version)
    # Word that there is something to read is no share: the document was given only where it went itself.
    if row.in_full:
        facts = share_facts(document, version, Given(row.how), recorded_by=row.asked_by)
        record.append(*facts, by=access.practitioner(row.asked_by), under="outbox")


def mark_half_done() -> int:
    """What has been “being sent” for longer than any sending takes may have gone: from now on a person decides. How many."""
    found = Delivery.objects.filter(state=Delivery.SENDING, changed_at__lt=clock.now() - HALF_DONE_AFTER)
    return found.update(state=Delivery.UNSURE, because="", changed_at=clock.now())


def hold_what_is_to_be_printed() -> int:
    """Letters waiting to be printed that may not leave any more are held for a person. How many."""
    held = 0
    for row in Delivery.objects.filter(state=Delivery.TO_PRINT):
        document = Document.objects.filter(id=row.document).first()
        hold = holding.why_held(row, document) if document else None
        if hold is not None:
            _set(row, Delivery.HELD, hold.words)
            held += 1
    return held
