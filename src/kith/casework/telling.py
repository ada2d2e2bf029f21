"""Everyone who must be told that the work has ended: who they are by the record, and which of them were written to, or why not."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from kith.access.viewer import Viewer
from kith.documents import selectors as documents
from kith.documents.copies import Reader
from kith.people.selectors import Opened
from kith.record.selectors import Told, told_about
from kith.rules.letters import Letter

SENT, EXCUSED = "letter.sent/closure", "letter.excused/closure"


@dataclass(frozen=True)
class ToTell:
    """Somebody to tell: the letter they would have, and whether they were sent one, excused with a reason, or one is made for them."""

    letter: str
    key: str
    reader: Reader
    sent_on: dt.date | None = None
    excused: str = ""
    document: uuid.UUID | None = None

    @property
    def done(self) -> bool:
        """Whether nothing more is wanted for them."""
        return self.sent_on is not None or bool(self.excused)


def everyone(viewer: Viewer, opened: Opened, since: dt.date) -> list[ToTell]:
    """Everybody whom the procedure's closing letters are for, by the record, with what happened since a day."""
    closing = [one for one in documents.letters().values() if one.records == SENT]
    if not closing:
        return []
    events = [one for one in told_about([opened.id], ("letter",))[opened.id] if _counts(one, since)]
    made = [one for one in documents.documents_of(viewer, opened.id) if one.made_at.date() >= since]
    return [
        _to_tell(letter, key, reader, events, made)
        for letter in closing for key, reader in documents.readers_of(viewer, opened, letter)
        if reader.professional is None  # whoever works at an agency hears as that agency
    ]  # fmt: skip


def _counts(one: Told, since: dt.date) -> bool:
    return one.event.kind in (SENT, EXCUSED) and dt.date.fromordinal(one.event.day) >= since


def _to_tell(letter: Letter, key: str, reader: Reader, events: list[Told], made: list[Any]) -> ToTell:
    theirs = [one for one in events if _is_theirs(one, key, reader)]
    sent = [one for one in theirs if one.event.kind == SENT]
    excused = [one for one in theirs if one.event.kind == EXCUSED]
    copies = [one for one in made if one.letter == letter.id and _is_for(one, reader)]
    return ToTell(
        letter.id, key, reader, sent_on=dt.date.fromordinal(sent[-1].event.day) if sent else None,
        excused=str(excused[-1].event.fields.get("reason", "")) if excused else "", document=copies[0].id if copies else None,
    )  # fmt: skip


def _is_theirs(one: Told, key: str, reader: Reader) -> bool:
    if reader.person is None:
        return key.partition(":")[2] in one.ids("agency")
    if reader.kind == "child" and not one.ids("person"):
        return one.event.fields.get("sent_to", one.event.fields.get("reader")) == "child"
    return str(reader.person) in one.ids("person")


def _is_for(document: Any, reader: Reader) -> bool:
    if reader.person is not None:
        return bool(document.person == reader.person)
    return reader.agency is not None and bool(document.agency == reader.agency)
