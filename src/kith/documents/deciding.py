"""What a person decides about a delivery: release what was held, send again what may have gone, say that it went, drop it, post it."""

import uuid
from collections.abc import Mapping
from typing import Any

from kith.access.viewer import Viewer
from kith.core import clock, units
from kith.documents import holding, policies
from kith.documents.actions import Given, about_of, share_facts
from kith.documents.models import Delivery, Document, Version
from kith.record import actions as record
from kith.record.fact import Fact, NotRecorded


def release(delivery: uuid.UUID, document: Document, reason: str, *, by: Viewer) -> Delivery:
    """A named person lets something leave that was held: after a death, at a safe time. Raises NotAllowed, NotRecorded where it
    is not theirs to decide, such as a number that is not safe."""
    with units.write():
        row = _decided(delivery, document, reason, by, Delivery.HELD)
        codes, never = holding.soft_codes(row, document)
        if never is not None:
            raise NotRecorded(never.words)
        row.released_by, row.released_at, row.released_for = by.id, clock.now(), codes
        row.attempts = 0
        row.state = Delivery.TO_PRINT if row.how == "post" else Delivery.WAITING
        _tell(row, document, "delivery.released", reason, by)
    return row


def drop(delivery: uuid.UUID, document: Document, reason: str, *, by: Viewer) -> Delivery:
    """A person decides that it does not leave. Raises NotAllowed, NotRecorded."""
    with units.write():
        row = _decided(
            delivery, document, reason, by, Delivery.HELD, Delivery.UNSURE, Delivery.WAITING, Delivery.TO_PRINT
        )
        row.state = Delivery.DROPPED
        _tell(row, document, "delivery.dropped", reason, by)
    return row


def send_again(delivery: uuid.UUID, document: Document, reason: str, *, by: Viewer) -> Delivery:
    """A person sends again what may have gone, knowing that it may come twice. Raises NotAllowed, NotRecorded."""
    with units.write():
        row = _decided(delivery, document, reason, by, Delivery.UNSURE)
        row.attempts = 0
        row.version = Version.objects.filter(document=document).order_by("-number").values_list("id", flat=True)[0]
        row.state = Delivery.WAITING
        _tell(row, document, "delivery.released", reason, by)
    return row


def it_went(delivery: uuid.UUID, document: Document, reason: str, *, by: Viewer) -> Delivery:
    """A person says that what may have gone did go, and how they know. Raises NotAllowed, NotRecorded."""
    with units.write():
        row = _decided(delivery, document, reason, by, Delivery.UNSURE)
        _arrived(row, document, {"note": reason} if row.in_full else None, by)
    return row


def posted(delivery: uuid.UUID, document: Document, *, by: Viewer) -> Delivery:
    """A letter was printed and posted. Raises NotAllowed, NotRecorded when it may not leave any more."""
    policies.check_may_write(by)
    with units.write():
        row = _locked(delivery, document)
        policies.check_can_decide(row, Delivery.TO_PRINT)
        hold = holding.why_held(row, document)
        if hold is not None:
            raise NotRecorded(hold.words)
        _arrived(row, document, {}, by)
    return row


def _arrived(row: Delivery, document: Document, said: Mapping[str, str] | None, by: Viewer) -> None:
    row.state, row.because, row.changed_at = Delivery.SENT, "", clock.now()
    row.save()
    if said is not None:
        version = Version.objects.get(id=row.version)
        record.append(*share_facts(document, version, Given(row.how, note=said.get("note", ""))), by=by, under="outbox")


def _decided(delivery: uuid.UUID, document: Document, reason: str, by: Viewer, *states: str) -> Delivery:
    policies.check_may_write(by)
    if not reason.strip():
        raise NotRecorded("say why", "reason")
    row = _locked(delivery, document)
    policies.check_can_decide(row, *states)
    return row


def _locked(delivery: uuid.UUID, document: Document) -> Delivery:
    row: Delivery | None = Delivery.objects.select_for_update().filter(id=delivery, document=document.id).first()
    if row is None:
        raise NotRecorded("this is no longer on its way")
    return row


def _tell(row: Delivery, document: Document, kind: str, reason: str, by: Viewer) -> None:
    row.because, row.changed_at = "", clock.now()
    row.save()
    about: dict[str, Any] = {key: value for key, value in about_of(document).items() if key != "person"}
    fact = Fact(kind=kind, about=about, when=clock.now(), words={"reason": reason, "title": document.title})
    record.append(fact, by=by, under="outbox")
