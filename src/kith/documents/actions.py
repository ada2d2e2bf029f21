"""Acts on documents: make a letter for one reader, change it, have it approved, give it, and keep the ledger of what was given."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kith.access.viewer import Viewer
from kith.core import authorities, clock, ids, units
from kith.documents import arriving, files, keeping, policies, rendering, word
from kith.documents.models import Delivery, Document, Version
from kith.documents.selectors import RELATIONS, children_of, made_as, paper, reader_of
from kith.documents.writing import Written, check_copy, data_of, reference
from kith.people.selectors import Opened
from kith.record import actions as record
from kith.record.fact import Fact, NotRecorded
from kith.record.models import Event
from kith.record.procedures import procedure_of

PDF = "application/pdf"
HOWS = ("by_hand", "post", "e_mail", "text", "read_out", "secure_link")


@dataclass(frozen=True)
class Given:
    """How a document reached its reader, when (now unless said), and whether they understood it, as far as that is known."""

    how: str
    when: dt.date | dt.datetime | None = None
    understood: bool | None = None
    note: str = ""
    language: str = ""


@dataclass(frozen=True)
class Way:
    """By which way a document is sent: `reach` a recorded number or address of its reader, or one typed in; `in_full` where the
    reader chose to have the letter itself and not word that there is one."""

    how: str
    reach: uuid.UUID | None = None
    write_to: str = ""
    in_full: bool = False


def make_letter(one: Written, opened: Opened, *, by: Viewer) -> uuid.UUID:
    """Makes a letter for its reader and keeps it byte for byte. Raises NotAllowed, NotRecorded, NotRendered."""
    policies.check_may_write(by)
    document, at = ids.new(), clock.now()
    data = data_of(one, document, at)
    content = files.keep(json.dumps(data, ensure_ascii=False, sort_keys=True).encode())
    digest = files.keep(rendering.pdf(data, at))
    reader = one.paper.reader
    about: dict[str, Any] = {"child": list(one.paper.children), "document": document}
    about |= _named(reader.person, reader.professional, reader.agency)
    about |= {"family": opened.person.family} if opened.person.family else {}
    about |= one.about
    about |= {"home": one.paper.address.home} if one.paper.address.home else {}
    coded = {
        "letter_kind": one.letter.id, "reader": RELATIONS.get(reader.kind, reader.kind), "layout": one.layout,
        "language": one.language, "digest": digest, "content": content,
    }  # fmt: skip
    coded |= {"may_know": one.paper.address.may_know} if one.paper.address.may_know else {}
    coded |= {"approval_by": one.letter.approved_by} if one.letter.approved_by else {}
    coded |= {"reply_by": one.answers["reply_on"]} if one.answers.get("reply_on") else {}
    coded |= {"calendar": files.keep(one.for_calendar)} if one.for_calendar else {}
    words = {
        "title": one.letter.title, "subject": one.composed.subject, "reader_name": reader.name, "reader_kind": reader.kind,
        "records": one.records or one.letter.records, "file_name": f"{one.letter.id}-{reference(document)}.pdf", "media_type": PDF,
        "organisation": reader.organisation, "write_to": reader.write_to, "left_out": "\n".join(one.paper.left_out),
    }  # fmt: skip
    fact = Fact(kind="document.made", about=about, when=at, coded=coded, words={k: v for k, v in words.items() if v})
    record.append(fact, by=by, under=opened.ground)
    return document


def about_of(document: Document) -> dict[str, Any]:
    """Whom an event about a document is about: its children, and its reader where that is a person or an agency of the record."""
    about: dict[str, Any] = {"document": document.id, "child": children_of(document.id)}
    return about | _named(document.person, document.professional, document.agency)


def _named(person: uuid.UUID | None, professional: uuid.UUID | None, agency: uuid.UUID | None) -> dict[str, uuid.UUID]:
    """The reader as the record names them: a person, be it one of the register, and their agency by its id in the register."""
    who = person or professional
    return ({"person": who} if who else {}) | ({"agency": agency} if agency else {})


def _of_children(document: Document) -> dict[str, Any]:
    return {"document": document.id, "child": children_of(document.id)}


def approve(document: Document, opened: Opened, *, by: Viewer) -> Event:
    """A manager approves a letter. Raises NotAllowed."""
    return _judge("document.approved", document, opened, {}, by)


def send_back(document: Document, opened: Opened, comment: str, *, by: Viewer) -> Event:
    """A manager asks for changes, in words. Raises NotAllowed, NotRecorded without words."""
    if not comment.strip():
        raise NotRecorded("say what should change", "comment")
    return _judge("document.returned", document, opened, {"comment": comment}, by)


def _judge(kind: str, document: Document, opened: Opened, words: Mapping[str, Any], by: Viewer) -> Event:
    policies.check_may_approve(by, opened, document)
    role = next((role for role, rights in by.rights.items() if "approve" in rights), "")
    fact = Fact(kind=kind, about=_of_children(document), when=clock.now(), coded={"by_role": role}, words=words)
    return record.append(fact, by=by, under=opened.ground)[0]


def give(
    document: Document, version: Version, opened: Opened, given: Given, *, by: Viewer
) -> list[Event]:  # fmt: skip
    """Records that a document was given: the ledger's line, and what the pack says that giving it records. Raises NotAllowed, NotRecorded."""
    policies.check_may_write(by)
    policies.check_can_give(document)
    if given.how not in HOWS:
        raise NotRecorded("say how it was given", "how")
    if keeping.kept_in(document, version):
        raise NotRecorded(str(keeping.SINCE))
    facts = share_facts(document, version, given)
    return record.append(*facts, by=by, under=opened.ground)


def share_facts(document: Document, version: Version, given: Given, recorded_by: uuid.UUID | None = None) -> list[Fact]:
    """What is recorded when a document reaches its reader."""
    about, when = about_of(document), given.when or clock.now()
    language = given.language or document.language
    coded = {"how": given.how, "layout": document.layout, "language": language, "digest": version.digest}
    coded = {key: value for key, value in coded.items() if value}
    said = {} if given.understood is None else {"understood": given.understood}
    words = {
        "title": document.title, "reader_name": document.reader_name, "organisation": document.organisation, "note": given.note.strip(),
    }  # fmt: skip
    words = {key: value for key, value in words.items() if value}
    facts = [
        Fact(kind="share.made", about=about, when=when, coded={**coded, **said}, words=words, recorded_by=recorded_by)
    ]
    sent = _sent(document, coded, when, about, recorded_by)
    return [*facts, sent] if sent else facts


def _sent(
    document: Document, how: Mapping[str, Any], when: dt.date | dt.datetime, about: Mapping[str, Any],
    recorded_by: uuid.UUID | None,
) -> Fact | None:  # fmt: skip
    """The event that the pack's letter records when it is given: with what its kind can say, and no more."""
    kind = procedure_of(authorities.current()).vocabulary.kind(document.records) if document.records else None
    if kind is None:
        return None
    named = {**about, "letter": document.id}
    named |= {"family": document.family} if document.family else {}
    belongs, made = made_as(document.id)
    named |= belongs
    says = {
        "how": how["how"],
        "language": how.get("language"),
        "reader": RELATIONS.get(document.reader, document.reader),
        "sent_to": document.reader,
        "reply_by": made.get("reply_by"),
        "with_child": document.reader == "child",
    }
    return Fact(
        kind=kind.id, about={key: value for key, value in named.items() if key in kind.names}, when=when,
        coded={key: value for key, value in says.items() if value and key in kind.fields}, recorded_by=recorded_by,
    )  # fmt: skip


def understood(document: Document, opened: Opened, yes: bool, note: str, *, by: Viewer) -> Event:
    """Records whether the reader understood what they were given. Raises NotAllowed."""
    policies.check_may_write(by)
    words = {"note": note} if note.strip() else {}
    fact = Fact(
        kind="share.understood", about=about_of(document), when=clock.now(), coded={"understood": yes}, words=words
    )
    return record.append(fact, by=by, under=opened.ground)[0]


def refuse(document: Document, opened: Opened, refused_by: str, reason: str, *, by: Viewer) -> Event:
    """Records that it was not given, by whose choice, and why. Raises NotAllowed, NotRecorded."""
    policies.check_may_write(by)
    if refused_by not in ("person", "council"):
        raise NotRecorded("say whose choice it was", "refused_by")
    if not reason.strip():
        raise NotRecorded("say why it was not given", "reason")
    words = {
        "title": document.title, "reader_name": document.reader_name, "organisation": document.organisation, "reason": reason,
    }  # fmt: skip
    words = {key: value for key, value in words.items() if value}
    fact = Fact(
        kind="share.refused", about=about_of(document), when=clock.now(), coded={"refused_by": refused_by}, words=words
    )
    return record.append(fact, by=by, under=opened.ground)[0]


def ask_delivery(
    document: Document, version: Version, opened: Opened, way: Way, *, by: Viewer
) -> Delivery:  # fmt: skip
    """Puts a document on its way, in the transaction that records that it was asked for. Nothing leaves before it commits.

    Raises NotAllowed, NotRecorded."""
    policies.check_may_write(by)
    policies.check_can_give(document)
    about = _of_children(document)
    with units.write():
        record.append(
            Fact(kind="delivery.asked", about=about, when=clock.now(), coded={"how": way.how}),
            by=by,
            under=opened.ground,
        )
        delivery: Delivery = Delivery.objects.create(
            document=document.id, version=version.id, how=way.how, reach=way.reach, write_to=way.write_to,
            in_full=way.in_full, state=Delivery.TO_PRINT if way.how == "post" else Delivery.WAITING, asked_by=by.id, asked_at=clock.now(),
            changed_at=clock.now(),
        )  # fmt: skip
    return delivery


def change(document: Document, opened: Opened, content: bytes, name: str, *, by: Viewer) -> Event:
    """Keeps a changed Word file as the version that is given from now on; what was approved wants approving again.

    Raises NotAllowed, and NotRecorded where the changed words would tell what their reader may not know (WOR-431)."""
    policies.check_may_write(by)
    media_type, name = arriving.checked(content, name)
    if media_type != arriving.WORD or not document.letter:
        raise NotRecorded("a letter is changed by a Word file: take the one offered here, and change that", "file")
    check_copy(word.text_of(content), paper(by, opened, reader_of(document), children_of(document.id)))
    digest = files.keep(content)
    fact = Fact(
        kind="document.changed", about=_of_children(document), when=clock.now(), coded={"digest": digest},
        words={"title": document.title, "file_name": name, "media_type": media_type},
    )  # fmt: skip
    return record.append(fact, by=by, under=opened.ground)[0]


def attach(
    opened: Opened, title: str, content: bytes, name: str, *, by: Viewer, children: Sequence[uuid.UUID] = ()
) -> uuid.UUID:  # fmt: skip
    """Adds a file to a child's record, once it is known what it is and that it is harmless. Raises NotAllowed, NotRecorded."""
    policies.check_may_write(by)
    media_type, name = arriving.checked(content, name)
    if not title.strip():
        raise NotRecorded("say what the file is", "title")
    document, digest = ids.new(), files.keep(content)
    fact = Fact(
        kind="document.attached", about={"child": list(children) or [opened.id], "document": document}, when=clock.now(),
        coded={"digest": digest}, words={"title": title, "file_name": name, "media_type": media_type},
    )  # fmt: skip
    record.append(fact, by=by, under=opened.ground)
    return document
