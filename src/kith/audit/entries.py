"""The one writer of audit entries, and the few questions asked of them."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.db.models import QuerySet

from kith.audit.models import Entry
from kith.core import clock, units
from kith.core.adding import add

LOOKED, SEARCHED, PRINTED = "looked", "searched", "printed"
SITTING = dt.timedelta(hours=1)


class Reader(Protocol):
    """Whoever did or looked."""

    @property
    def id(self) -> uuid.UUID:
        """Their id."""

    @property
    def name(self) -> str:
        """Their name, as it stands in the entry."""


def note(
    did: str,
    *,
    by: Reader | None,
    on: tuple[str, uuid.UUID] | None = None,
    ground: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Writes one entry, in the transaction of what it tells of."""
    name, subject = on or ("", None)
    with units.beside_reading():
        entry = Entry(
            at=clock.now(), by=by.id if by else None, by_name=by.name if by else "", did=did, name=name, subject=subject,
            ground=ground, details=dict(details or {}),
        )  # fmt: skip
        add([entry])


def note_all(acts: Iterable[tuple[str, tuple[str, uuid.UUID], Mapping[str, Any]]], *, by: Reader | None) -> None:
    """Writes an entry for each act, in one statement."""
    now = clock.now()
    add(
        [
            Entry(
                at=now, by=by.id if by else None, by_name=by.name if by else "", did=did, name=name, subject=subject,
                details=dict(details),
            )
            for did, (name, subject), details in acts
        ]
    )  # fmt: skip


def looks_at(subject: uuid.UUID) -> QuerySet[Entry]:
    """Who looked at a person's record or did anything on it, latest first."""
    return Entry.objects.filter(subject=subject).order_by("-at", "-id")


def searches() -> QuerySet[Entry]:
    """Every search, latest first."""
    return Entry.objects.filter(did=SEARCHED).order_by("-at", "-id")


def looked_before(by: uuid.UUID, subject: uuid.UUID, now: dt.datetime) -> dt.datetime | None:
    """When somebody last looked at a record before they sat down to it this time; None if they never had. Looks of which each is
    within an hour of the next are one sitting."""
    looks = Entry.objects.filter(by=by, subject=subject, did=LOOKED, at__lte=now).order_by("-at", "-id")
    later = now
    at: dt.datetime
    for at in looks.values_list("at", flat=True)[:200]:
        if later - at > SITTING:
            return at
        later = at
    return None
