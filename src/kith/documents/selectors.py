"""Reading documents: letters that can be written and for whom, what was made of a child, what waits to be sent."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.core import authorities, clock
from kith.core.models import Authority
from kith.documents import copies, files, keeping, policies, word
from kith.documents.copies import Address, Reader
from kith.documents.models import Delivery, Document, DocumentChild, Share, Version
from kith.people import register, sharing
from kith.people import selectors as people
from kith.people.models import Agency
from kith.people.portrait import Portrait
from kith.people.selectors import Opened
from kith.record.models import EventAbout
from kith.record.procedures import stack_of
from kith.record.selectors import events_of
from kith.rules.days import spoken
from kith.rules.letters import Letter, letters_of

HALF_DONE_AFTER = dt.timedelta(minutes=5)
CARERS = ("foster_carer", "kinship_carer", "special_guardian")
RELATIONS = {"parental_responsibility": "parent", "agency": "professional", "referrer": "professional"}


def letters() -> dict[str, Letter]:
    """The letters of the authority's procedure that can be written."""
    return letters_of(stack_of(authorities.current()))


def documents_of(viewer: Viewer, child: uuid.UUID) -> list[Document]:
    """The documents about a child, the latest first: those whose every child's record the viewer may open."""
    if not sharing.covers(viewer, "document"):
        return []
    about = DocumentChild.objects.filter(document=OuterRef("pk"), child=child)
    found = list(Document.objects.filter(Exists(about)).order_by("-made_at", "-id"))
    shut = _shut(viewer, [one.id for one in found])
    return [one for one in found if one.id not in shut]


def _shut(viewer: Viewer, documents: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    pairs = list(DocumentChild.objects.filter(document__in=documents).values_list("document", "child"))
    may = people.may_open(viewer, list({child for _, child in pairs}))
    return {document for document, child in pairs if child not in may}


def document_of(viewer: Viewer, opened: Opened, document: uuid.UUID) -> Document | None:
    """A document about a child whose record is open to the viewer; None if it is not theirs to see."""
    about = DocumentChild.objects.filter(document=OuterRef("pk"), child=opened.id)
    found = Document.objects.filter(Exists(about), id=document).first()
    shut = found is None or not sharing.covers(viewer, "document") or _shut(viewer, [found.id])
    return None if shut else found


def children_of(document: uuid.UUID) -> list[uuid.UUID]:
    """Whom a document is about."""
    return list(DocumentChild.objects.filter(document=document).order_by("id").values_list("child", flat=True))


def versions_of(document: uuid.UUID) -> list[Version]:
    """Every version, the latest first."""
    return list(Version.objects.filter(document=document).order_by("-number"))


def shares_of(documents: Sequence[uuid.UUID]) -> list[Share]:
    """The ledger of some documents, the latest first."""
    return list(
        Share.objects.filter(document__in=documents).select_related("document").order_by("-shared_on", "-shared_at")
    )


def deliveries_of(documents: Sequence[uuid.UUID]) -> list[Delivery]:
    """What is on its way, or was stopped, the latest first."""
    return list(Delivery.objects.filter(document__in=documents).order_by("-asked_at"))


def file_of(viewer: Viewer, document: Document, version: uuid.UUID) -> tuple[Version, bytes] | None:
    """The bytes of a version. Raises NotAllowed where they hold an address that the viewer may not know, NotKept."""
    found = Version.objects.filter(document=document, id=version).first()
    if found is None:
        return None
    policies.check_may_read_file(viewer, document)
    return found, files.kept(found.digest)


@dataclass(frozen=True)
class Paper:
    """What a letter needs to be composed for one reader: its facts, where it is posted, and everybody around."""

    reader: Reader
    children: Sequence[uuid.UUID]
    facts: Mapping[str, Any]
    address: Address
    around: Mapping[uuid.UUID, Portrait]
    left_out: Sequence[str]
    kept: Sequence[str] = ()


def readers_of(viewer: Viewer, opened: Opened, letter: Letter) -> list[tuple[str, Reader]]:
    """Whom a letter about a child can be for, of those recorded, each with its key; an agency that is not in the register is typed in.

    A partner agency's staff are shown nobody here: whoever is recorded may be beyond their agreement.
    """
    if viewer.of_partner:
        return []
    picture = people.portrait_of(opened.id)
    found: list[tuple[str, Reader]] = []
    for kind in letter.to:
        found += [(f"{kind}:{one.person}", one) for one in _recorded(kind, opened, picture)]
    once = {one.person: (key, one) for key, one in reversed(found)}
    agencies = register.taking_part(opened.id, opened.person.family) if "agency" in letter.to else []
    known = [(f"agency:{one.id}", of_agency(one)) for one in agencies]
    at_work = _at_work(opened) if "agency" in letter.to else []
    return [*reversed(once.values()), *known, *at_work]


def agencies(viewer: Viewer, letter: Letter) -> list[Agency]:
    """The agencies of the register that a letter can be for; none for a partner agency's staff, who write as they are asked."""
    return [] if viewer.of_partner or not {"agency", "referrer"} & set(letter.to) else list(register.in_the_register())


def of_agency(agency: Agency) -> Reader:
    """An agency of the register as the reader of a letter."""
    return Reader("agency", agency.name, write_to=agency.address, agency=agency.id)


def _at_work(opened: Opened) -> list[tuple[str, Reader]]:
    """The professionals of the child's network, each where they work."""
    return [
        (f"professional:{one.person}", Reader("agency", one.name, None, one.agency.name, one.agency.address, one.agency.id, one.person))
        for one in register.helpers_of(opened.id) if one.until is None and one.agency is not None
    ]  # fmt: skip


def _recorded(kind: str, opened: Opened, picture: Portrait) -> list[Reader]:
    if kind == "child":
        return [] if picture.born is None else [Reader(kind, opened.person.name, opened.id)]
    if kind == "parental_responsibility":
        ids = [uuid.UUID(one) for one, thing in picture.responsibilities.items() if thing.until is None]
    elif kind == "carer":
        ids = [uuid.UUID(one.other) for one in picture.bonds.values() if one.relation in CARERS and one.until is None]
        ids += [one.person_id for one in _family(opened) if one.relation == "carer"]
    elif kind == "relative":
        ids = [one.person_id for one in _family(opened)]
    else:
        return []
    names = people.names_of(ids)
    return [Reader(kind, names[one], one) for one in dict.fromkeys(ids) if one in names]


def _family(opened: Opened) -> Sequence[Any]:
    return list(people.adults_of(opened.person.family)) if opened.person.family else []


def around_of(children: Sequence[uuid.UUID]) -> dict[uuid.UUID, Portrait]:
    """The pictures of everybody whose address or number a letter about these children could give away."""
    pictures = people.portraits_of(children)
    ids: set[uuid.UUID] = set(children)
    for one in people.people_named(list(children)).values():
        if one.family:
            ids |= set(people.children_in(one.family)) | {each.person_id for each in people.adults_of(one.family)}
    for picture in pictures.values():
        ids |= {uuid.UUID(bond.other) for bond in picture.bonds.values()}
        ids |= {uuid.UUID(one) for one in (*picture.responsibilities, *picture.apart)}
        ids |= {uuid.UUID(one) for one in picture.safe_adults if _is_id(one)}
    return pictures | people.portraits_of(ids - set(pictures))


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def paper(viewer: Viewer, opened: Opened, reader: Reader, children: Sequence[uuid.UUID]) -> Paper:
    """Everything a letter for this reader stands on, today."""
    around = around_of(children)
    theirs = around.get(reader.person) if reader.person else None
    if reader.person and theirs is None:
        theirs = around[reader.person] = people.portrait_of(reader.person)
    pictures = [around[one] for one in children]
    works_with = reader.person is None or people.works_with_person(viewer, reader.person)
    address = copies.address_of(reader, theirs, works_with=works_with)
    kept = keeping.kept_from(children, reader.person)
    left_out = [*copies.withheld(reader, pictures, around), *([str(keeping.LEFT_OUT)] if kept else [])]
    facts = _facts(viewer, opened, reader, pictures, theirs)
    return Paper(reader, tuple(children), facts, address, around, left_out, kept)


def _facts(
    viewer: Viewer, opened: Opened, reader: Reader, children: Sequence[Portrait], theirs: Portrait | None
) -> dict[str, Any]:
    today = clock.today().toordinal()
    team = access.team_named(opened.team)
    me = access.practitioner(viewer.id)
    stack = stack_of(authorities.current())
    telephone = team.telephone if team else ""
    stay = children[0].stay_on(today)
    may = stay is not None and bool(stay.address) and copies.may_know_home(reader, children[0], stay, theirs)
    return {
        "council": Authority.objects.get(id=authorities.current()).name, "team": team.name if team else "",
        "team_telephone": telephone, "worker": viewer.name, "worker_telephone": (me.telephone if me else "") or telephone,
        "worker_title": (me.job_title if me else "") or stack.role_title(next(iter(viewer.roles), "social_worker")),
        "children": _and([one.called(today) for one in children]), "children_born": "\n".join(map(_with_birth, children)),
        "reader": reader.kind, "reader_name": reader.name, "reader_called": _called(reader, theirs), "home": ", ".join((stay.address, stay.postcode)) if may and stay else "",
        "lead": _lead(opened, reader), "home_known": may, "local_offer": " ".join(str(one["says"]) for one in stack.local_offers(clock.today().isoformat())) if reader.kind in FAMILY else "", "several": len(children) > 1, "unborn": any(one.unborn for one in children),
    }  # fmt: skip


FAMILY = ("parental_responsibility", "carer", "relative", "child")


def _lead(opened: Opened, reader: Reader) -> str:
    """Whoever leads the help and how they are reached, on what the family is given; empty where the worker who holds the case does."""
    lead = people.standing_of(opened.id).lead if opened.child is not None and reader.kind in FAMILY else None
    return ", ".join(one for one in (lead.who, lead.organisation, lead.telephone) if one) if lead else ""


def _called(reader: Reader, theirs: Portrait | None) -> str:
    """How a letter greets its reader: a child by the name they go by."""
    name = theirs.name_on(clock.today().toordinal()) if theirs and reader.kind == "child" else None
    return name.given if name and name.given else reader.name


def _with_birth(one: Portrait) -> str:
    name = one.called(clock.today().toordinal())
    return f"{name}, born {spoken(one.born).partition(' ')[2]}" if one.born else f"{name}, not yet born"


def _and(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def word_of(viewer: Viewer, document: Document) -> bytes | None:
    """A letter as a Word file to change; None for what is no letter. Raises NotAllowed, NotKept."""
    policies.check_may_read_file(viewer, document)
    version = Version.objects.filter(document=document).exclude(content="").order_by("-number").first()
    return None if version is None else word.as_word(json.loads(files.kept(version.content)))


def reader_of(document: Document) -> Reader:
    """Whom a letter was made for."""
    return Reader(
        document.reader, document.reader_name, document.person, document.organisation, document.write_to, document.agency,
        document.professional,
    )  # fmt: skip


def made_as(document: uuid.UUID) -> tuple[dict[str, uuid.UUID], Mapping[str, Any]]:
    """The request, the assessment, the plan or the meeting that a letter was made for, and what is coded of its making."""
    event = next(iter(events_of(EventAbout.objects.filter(subject=document, kind="document.made"))), None)
    if event is None:
        return {}, {}
    named = {key: event.about[key] for key in ("request", "assessment", "plan", "meeting") if key in event.about}
    return {key: uuid.UUID(str(one)) for key, one in named.items()}, event.coded


def in_hand(viewer: Viewer, *states: str) -> list[tuple[Delivery, Document, uuid.UUID]]:
    """Deliveries in some states, the oldest first, each with its document and a child of it whose record the viewer may open."""
    rows = list(Delivery.objects.filter(state__in=states).order_by("asked_at")[:500])
    found = Document.objects.in_bulk({one.document for one in rows})
    shut = _shut(viewer, list(found))
    child = dict(DocumentChild.objects.filter(document__in=list(found)).order_by("id").values_list("document", "child"))
    return [
        (one, found[one.document], child[one.document])
        for one in rows if one.document in child and one.document not in shut
    ]  # fmt: skip


def half_done(row: Delivery) -> bool:
    """Whether a delivery has been “being sent” for longer than any sending takes."""
    return row.state == Delivery.SENDING and clock.now() - row.changed_at > HALF_DONE_AFTER


def calendar_of(document: uuid.UUID) -> bytes:
    """The calendar file that goes with an invitation; nothing for any other letter. Raises NotKept."""
    digest = str(made_as(document)[1].get("calendar", ""))
    return files.kept(digest) if digest else b""
