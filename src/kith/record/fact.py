"""What is to be recorded, before it is an event."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.rules.days import LONDON

Names = Mapping[str, uuid.UUID | Sequence[uuid.UUID]]
When = dt.date | dt.datetime


class NotRecorded(ValueError):
    """A fact that cannot be recorded as it is. `field` is the answer at fault; `str()` says what to mend."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact: what happened (`kind`, with its type), about whom, when it happened, and what is said of it.

    `when` is a day, or a moment with its time zone. `coded` and `parts` are read by rules; `words` never are. `known_at` is
    given only for what was known before it came here (an import), and then `recorded_by` if it is known who recorded it there;
    otherwise it is the moment of recording, by whoever records.
    """

    kind: str
    about: Names
    when: When
    ended: When | None = None
    coded: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    explained: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    corrects: uuid.UUID | None = None
    withdraws: uuid.UUID | None = None
    seals: uuid.UUID | None = None
    precision: str = "day"
    source: str = ""
    known_at: dt.datetime | None = None
    recorded_by: uuid.UUID | None = None
    id: uuid.UUID | None = None

    def subjects(self) -> list[tuple[str, uuid.UUID]]:
        """Every name with each of its ids, in order."""
        return [(name, one) for name, ids in self.about.items() for one in _several(ids)]

    def about_as_text(self) -> dict[str, Any]:
        """Its names as they are stored: one id as text, several as a list."""
        told: dict[str, Any] = {}
        for name, ids in self.about.items():
            several = [str(one) for one in _several(ids)]
            if several:
                told[name] = several[0] if len(several) == 1 else several
        return told


def _several(ids: uuid.UUID | Sequence[uuid.UUID] | None) -> Sequence[uuid.UUID]:
    if ids is None:
        return ()
    return (ids,) if isinstance(ids, uuid.UUID) else ids


def day_and_moment(when: When) -> tuple[dt.date, dt.datetime | None]:
    """The London day, and the moment if a time was given. Raises NotRecorded for a time without its zone."""
    if not isinstance(when, dt.datetime):
        return when, None
    if when.tzinfo is None:
        raise NotRecorded("a time is given with its time zone", "when")
    return when.astimezone(LONDON).date(), when


def as_row_text(when: When) -> str:
    """As the engine reads it: a day, or a moment to the second."""
    day, moment = day_and_moment(when)
    return day.isoformat() if moment is None else moment.isoformat(timespec="seconds")
