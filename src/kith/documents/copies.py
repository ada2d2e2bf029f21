"""Every copy is made for one reader: what it may tell them, and whose address or number must not be in it (WOR-431).

Addresses reach nobody by default. A reader knows their own, and that of the home they live in; an agency knows what is marked
as known to those who work with the family, and nothing else.
"""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kith.core import clock
from kith.people.knowing import NAMED, OPEN_TO_ALL, Marks, strictest
from kith.people.portrait import Portrait, Stay

PROFESSIONAL = ("agency", "referrer")
ENGLISH = "en"


@dataclass(frozen=True)
class Reader:
    """The one person or agency a copy is made for. `agency` and `professional` are ids of the register, where they were chosen from it:
    somebody at work, so that their own home and numbers are never a letter's business."""

    kind: str
    name: str
    person: uuid.UUID | None = None
    organisation: str = ""
    write_to: str = ""
    agency: uuid.UUID | None = None
    professional: uuid.UUID | None = None


@dataclass(frozen=True)
class Address:
    """Where a letter is posted: the lines, the home they are of, how the home is marked; or why there are no lines."""

    lines: tuple[str, ...] = ()
    home: uuid.UUID | None = None
    may_know: str = ""
    why_not: str = ""


def address_of(reader: Reader, picture: Portrait | None, *, works_with: bool) -> Address:
    """Where a letter to a reader may be posted, for a writer who works with them or does not."""
    if reader.person is None or picture is None:
        lines = tuple(line.strip() for line in reader.write_to.splitlines() if line.strip())
        return Address(lines) if lines else Address(why_not="no address was given")
    stay = _stay(picture)
    if stay is None or not stay.address:
        return Address(why_not="no address is recorded")
    level = level_of(picture, stay)
    if stay.safe_to_write is False:
        return Address(why_not="it is not safe to write to where they live")
    if level == NAMED and not works_with:
        return Address(why_not="only the workers of this person may know where they live")
    lines = tuple(line.strip() for line in re.split(r"[,\n]", stay.address) if line.strip())
    return Address((*lines, stay.postcode) if stay.postcode else lines, uuid.UUID(stay.home), level)


def _stay(picture: Portrait) -> Stay | None:
    """For letters only, where they asked for that; else where they live."""
    today = clock.today().toordinal()
    current = [one for one in picture.stays if one.since <= today and (one.until is None or today < one.until)]
    return next((one for one in reversed(current) if one.use == "letters"), None) or (current[-1] if current else None)


def level_of(picture: Portrait, stay: Stay) -> str:
    """How strictly an address is marked today."""
    return strictest(stay.may_know, Marks.of(picture).homes.get(stay.home))


def may_know_home(reader: Reader, owner: Portrait, stay: Stay, theirs: Portrait | None) -> bool:
    """Whether a copy for this reader may say where somebody lives (WOR-431)."""
    if reader.person is not None and str(reader.person) == owner.id:
        return True
    if reader.person is None or reader.kind in PROFESSIONAL:
        return reader.kind == "agency" and level_of(owner, stay) == OPEN_TO_ALL
    return theirs is not None and any(one.home == stay.home and one.until is None for one in theirs.stays)


def leaks(text: str, reader: Reader, around: Mapping[uuid.UUID, Portrait]) -> list[str]:
    """The lines of a text that hold somebody's address, number or e-mail address that this reader may not know (WOR-431)."""
    theirs = around.get(reader.person) if reader.person else None
    kept = [secret for one in around.values() for secret in _secrets(reader, one, theirs)]
    known = set(_known_to(reader, theirs))
    wanted = [one for one in dict.fromkeys(kept) if one not in known]
    found = [line.strip() for line in text.splitlines() if any(one in _plain(line) for one in wanted)]
    if not found and any(one in _plain(text) for one in wanted):
        found = [text.strip().splitlines()[0]]
    return found


def _known_to(reader: Reader, theirs: Portrait | None) -> Iterable[str]:
    if theirs is None:
        return
    for stay in theirs.stays:
        if stay.until is None:
            yield from _of_address(stay)
    for thing in theirs.reaches.values():
        yield from _of_reach(str(thing.words.get("value", "")))


def _secrets(reader: Reader, owner: Portrait, theirs: Portrait | None) -> Iterable[str]:
    if reader.person is not None and str(reader.person) == owner.id:
        return
    for stay in owner.stays:
        if not may_know_home(reader, owner, stay, theirs):
            yield from _of_address(stay)
    marks = Marks.of(owner)
    for key, thing in owner.reaches.items():
        if not (reader.kind == "agency" and marks.reaches.get(key) == OPEN_TO_ALL):
            yield from _of_reach(str(thing.words.get("value", "")))


def _of_address(stay: Stay) -> Iterable[str]:
    """The postcode, and each line of an address that has a number and a name in it: the town alone tells nobody where."""
    for part in (stay.postcode, *re.split(r"[,\n]", stay.address)):
        plain = _plain(part)
        if len(plain) >= 5 and any(one.isdigit() for one in plain) and any(one.isalpha() for one in plain):
            yield plain


def _of_reach(value: str) -> Iterable[str]:
    """A number however it is spaced or prefixed; an e-mail address."""
    digits = re.sub(r"\D", "", value)
    if "@" in value:
        yield _plain(value)
    elif len(digits) >= 9:
        yield digits[-9:]


def _plain(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.casefold())


def withheld(reader: Reader, children: Sequence[Portrait], around: Mapping[uuid.UUID, Portrait]) -> list[str]:
    """What a copy leaves out for this reader, and why, for its writer to see before it is made."""
    theirs = around.get(reader.person) if reader.person else None
    told = []
    for child in children:
        stay = child.stay_on(clock.today().toordinal())
        if stay is not None and not may_know_home(reader, child, stay, theirs):
            name = child.called(clock.today().toordinal())
            told.append(f"Where {name} lives: this reader is not one of those who may know it.")
    if reader.kind not in PROFESSIONAL:
        told.append("Addresses and numbers of everybody else: a copy for one person never holds another’s.")
    else:
        told.append("Addresses and numbers that are for the council’s workers alone.")
    return told
