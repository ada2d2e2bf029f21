"""A document's story, folded from the events about it: what it is, its versions, and who was given what. Pure."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.documents.copies import PROFESSIONAL
from kith.record.selectors import Told

STEMS = ("document", "share")
Rows = dict[uuid.UUID, dict[str, Any]]


@dataclass
class Story:
    """One document: its row, the children it is about, its versions and its shares, each by id. None of it before it was made."""

    id: uuid.UUID
    row: dict[str, Any] | None = None
    children: list[str] = field(default_factory=list)
    versions: Rows = field(default_factory=dict)
    shares: Rows = field(default_factory=dict)


def story(document: uuid.UUID, told: Sequence[Told]) -> Story:
    """The story of one document."""
    one = Story(document)
    for event in sorted(told, key=lambda each: each.event.order):
        hear = _HEARS.get(event.event.kind)
        if hear is not None and (one.row is not None or event.event.kind in ("document.made", "document.attached")):
            hear(one, event)
    return one


def _moment(one: Told) -> dt.datetime:
    return dt.datetime.fromtimestamp(one.event.moment(), dt.UTC) if one.event.at is not None else one.recorded_at


def _first(one: Told, name: str) -> uuid.UUID | None:
    return next((uuid.UUID(each) for each in one.ids(name)), None)


def _begun(one: Story, told: Told) -> None:
    says, words = told.event.fields, told.words
    one.children = list(told.ids("child"))
    one.row = {
        "letter": str(says.get("letter_kind", "")), "records": str(words.get("records", "")),
        "title": str(words.get("title", "")), "subject": str(words.get("subject", "")),
        "reader": str(words.get("reader_kind", "")), "reader_name": str(words.get("reader_name", "")),
        "organisation": str(words.get("organisation", "")), "write_to": str(words.get("write_to", "")),
        **_reader(told), "home": _first(told, "home"), "may_know": str(says.get("may_know", "")),
        "layout": str(says.get("layout", "")), "language": str(says.get("language", "")),
        "left_out": str(words.get("left_out", "")), "family": _first(told, "family"), "made_at": _moment(told),
        "made_by": told.by, "approval_by": str(says.get("approval_by", "")), "approved_at": None, "approved_by": None,
        "returned_with": "",
    }  # fmt: skip
    _version(one, told)


def _reader(told: Told) -> dict[str, uuid.UUID | None]:
    """Somebody of the register is at work: their letters go to their agency, and never by what is known of them at home."""
    who, at_work = _first(told, "person"), told.words.get("reader_kind") in PROFESSIONAL
    return {
        "person": None if at_work else who,
        "professional": who if at_work else None,
        "agency": _first(told, "agency"),
    }


def _version(one: Story, told: Told) -> None:
    says, words = told.event.fields, told.words
    one.versions[uuid.UUID(told.event.id)] = {
        "document_id": one.id, "number": len(one.versions) + 1, "digest": str(says.get("digest", "")),
        "content": str(says.get("content", "")), "media_type": str(words.get("media_type", "application/pdf")),
        "file_name": str(words.get("file_name", "")), "made_at": _moment(told), "made_by": told.by,
    }  # fmt: skip


def _changed(one: Story, told: Told) -> None:
    """Changed words are approved anew."""
    _version(one, told)
    _row(one).update(approved_at=None, approved_by=None, returned_with="")


def _row(one: Story) -> dict[str, Any]:
    return one.row if one.row is not None else {}


def _approved(one: Story, told: Told) -> None:
    _row(one).update(approved_at=_moment(told), approved_by=told.by, returned_with="")


def _returned(one: Story, told: Told) -> None:
    _row(one).update(approved_at=None, approved_by=None, returned_with=str(told.words.get("comment", "")))


def _shared(one: Story, told: Told) -> None:
    says, words = told.event.fields, told.words
    one.shares[uuid.UUID(told.event.id)] = {
        "document_id": one.id, "person": _first(told, "person"), "agency": _first(told, "agency"),
        "reader_name": str(words.get("reader_name", "")), "organisation": str(words.get("organisation", "")), "digest": str(says.get("digest", "")), "how": str(says.get("how", "")), "language": str(says.get("language", "")),
        "layout": str(says.get("layout", "")), "shared_on": dt.date.fromordinal(told.event.day),
        "shared_at": _moment(told) if told.event.at is not None else None, "by": told.by, "understood": says.get("understood"),
        "understood_note": str(words.get("note", "")), "refused_by": str(says.get("refused_by", "")),
        "reason": str(words.get("reason", "")),
    }  # fmt: skip


def _understood(one: Story, told: Told) -> None:
    """What is said of understanding is said of the latest time this person was given it."""
    person = _first(told, "person")
    theirs = [row for row in one.shares.values() if row["person"] == person and not row["refused_by"]]
    if theirs:
        theirs[-1].update(
            understood=told.event.fields.get("understood"), understood_note=str(told.words.get("note", ""))
        )


_HEARS: Mapping[str, Callable[[Story, Told], None]] = {
    "document.made": _begun, "document.attached": _begun, "document.changed": _changed, "document.approved": _approved,
    "document.returned": _returned, "share.made": _shared, "share.refused": _shared, "share.understood": _understood,
}  # fmt: skip
