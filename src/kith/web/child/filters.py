"""What a reader sees of a child's page: who may be named, which entries are asked for."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.access.viewer import Viewer
from kith.audit import entries as audit
from kith.forms import selectors as forms
from kith.meetings import selectors as meetings
from kith.people import register, sharing
from kith.people import selectors as people
from kith.people.knowing import Marks, is_kept, veiled, without_expected
from kith.people.portrait import Portrait
from kith.people.selectors import Opened
from kith.record.chronology import Entry, chronology
from kith.web import said, visitor
from kith.web.child.presenters import kept_words, says
from kith.web.work.presenters import english_kind

GROUNDS = {
    "allocated": lazy("holds the case"), "involved": lazy("works with the child"), "guardian": lazy("looks after the restricted record"),
    "opened": lazy("the record was opened to them"), "emergency": lazy("emergency opening"), "team": lazy("the child is with their team"),
    "role": lazy("their role"), "review": lazy("review"),
}  # fmt: skip


# What tells where somebody lives.
HOMES = ("child", "person", "home")


def named_in(picture: Portrait) -> set[str]:
    """The ids of the people whom a picture names."""
    ids = {bond.other for bond in picture.bonds.values()}
    for thing in (*picture.apart.values(), *picture.limits.values()):
        for key in ("child", "person", "other"):
            told = thing.names.get(key)
            ids |= set(told) if isinstance(told, tuple) else {told} if told else set()
    return ids | set(picture.responsibilities) | set(picture.safe_adults)


def names_for(
    viewer: Viewer, picture: Portrait, on: dt.date | None = None, known_at: dt.datetime | None = None
) -> Mapping[uuid.UUID, str]:
    """The names of the people whom a picture names: of children, only those whose records the viewer may open.

    Of a past day, the names they had then, as known at a moment, and nobody whose name was not known yet.
    """
    return names_by_id(viewer, [uuid.UUID(one) for one in named_in(picture)], on, known_at, also=picture.id)


def names_by_id(
    viewer: Viewer, ids: Iterable[uuid.UUID], on: dt.date | None = None, known_at: dt.datetime | None = None, also: str = ""
) -> Mapping[uuid.UUID, str]:  # fmt: skip
    """The names of people on a page: of children, only those whose records the viewer may open, and the one `also` names."""
    found = people.people_named(list(ids))
    may = people.may_open(viewer, [one.id for one in found.values() if one.is_child])
    shown = {key: one.name for key, one in found.items() if not one.is_child or key in may or str(key) == also}
    return people.names_known(shown, on, known_at) if on and known_at else shown


def siblings(viewer: Viewer, opened: Opened, on: dt.date, known_at: dt.datetime | None = None) -> list[dict[str, Any]]:
    """The other children of the family whose records the viewer may open, of those known at a moment."""
    found = people.siblings(opened.person)
    may = people.may_open(viewer, [one.id for one in found])
    if known_at is None:
        return [
            {"id": one.id, "name": one.name or said.nameless(unborn=one.born_on is None and one.expected_on is not None), "age": said.age(one.born_on, one.expected_on, on, one.died_on)}
            for one in found if one.id in may
        ]  # fmt: skip
    then = people.portraits_of([one.id for one in found if one.id in may], known_at)
    lost = {one.id for one in found if one.pregnancy_ended_on is not None}
    return [
        {"id": one, "name": told.called(on.toordinal()) or _("Name not recorded"), "age": _age_then(told, on, lost=one in lost)}
        for one, told in then.items() if told.registered is not None
    ]  # fmt: skip


def _age_then(told: Portrait, on: dt.date, *, lost: bool) -> str:
    """An age as it was known; never the day on which a baby was expected who will not come."""
    born, expected, died = (
        None if day is None else dt.date.fromordinal(day) for day in (told.born, told.expected, told.died)
    )
    return said.age(born, None if lost else expected, on, died)


def living_with(
    viewer: Viewer, opened: Opened, picture: Portrait, on: dt.date, known_at: dt.datetime | None = None
) -> list[str]:
    """Who lives where the child lives on a day, of those the viewer may see: family adults, and children they may open."""
    stay = picture.stay_on(on.toordinal())
    if stay is None or opened.person.family is None:
        return []
    adults = [one.person for one in people.adults_of(opened.person.family)]
    children = people.siblings(opened.person)
    may = people.may_open(viewer, [one.id for one in children])
    those = [*adults, *(one for one in children if one.id in may)]
    asked = [one.id for one in those]
    pictures = people.portraits_of(asked, known_at) if known_at else people.portraits_of(asked, stems=HOMES)
    stays = {one: told.stay_on(on.toordinal()) for one, told in pictures.items()}
    names = {one: told.called(on.toordinal()) for one, told in pictures.items()} if known_at else {}
    return [
        names.get(one.id, one.name)
        for one in those
        if (theirs := stays[one.id]) is not None and theirs.home == stay.home
    ]


@dataclass(frozen=True)
class Chosen:
    """What of a chronology is asked for."""

    kind: str = ""
    by: str = ""
    words: str = ""
    layer: str = "life"
    significant: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> "Chosen":
        """From the address of the page."""
        get = request.GET.get
        return cls(
            get("kind", ""),
            get("by", ""),
            get("words", "").strip(),
            get("layer", "life"),
            get("weight") == "significant",
        )

    def lets(self, entry: Entry, child: uuid.UUID) -> bool:
        """Whether an entry is among those asked for. Words are looked for only in what the page would show of this child."""
        if self.layer == "life" and entry.about_the_record:
            return False
        if self.layer == "curated" and not (entry.significant or entry.impact):
            return False
        if (self.kind and entry.stem != self.kind) or (self.by and str(entry.recorded_by) != self.by):
            return False
        if self.significant and not entry.significant:
            return False
        return not self.words or self.words.casefold() in _text_of(entry, child)


def readable(viewer: Viewer, opened: Opened, entries: list[Entry]) -> list[Entry]:
    """Entries without the addresses and numbers that the viewer may not know, nor the day a lost baby was expected; each of the
    others is itself. For a partner agency's staff only those of the kinds that their agreement covers."""
    stems = sharing.covered(viewer)
    entries = [one for one in entries if stems is None or one.stem in stems]
    if opened.person.pregnancy_ended_on is not None:
        entries = [without_expected(one) for one in entries]
    if people.works_with(viewer, opened) or not any(one.stem in ("home", "reach") for one in entries):
        return entries
    marks = Marks.of(people.portrait_of(opened.id))
    return [veiled(one, marks, kept_words()) for one in entries]


def keeps(viewer: Viewer, opened: Opened, event: Any) -> bool:
    """Whether an event is of a kind, or tells an address or number, that the viewer may not know, so that they may not correct it."""
    if not sharing.covers(viewer, event.kind.partition(".")[0]):
        return True
    if event.kind.partition(".")[0] not in ("home", "reach") or people.works_with(viewer, opened):
        return False
    marks = Marks.of(people.portrait_of(opened.id))
    found = [
        one
        for one in chronology(opened.id)
        if str(event.id) in {told.event.id for told in (one.told, *one.corrections)}
    ]
    return any(is_kept(one, marks) for one in found)


def _text_of(entry: Entry, child: uuid.UUID) -> str:
    shown = [text for pair in says(entry.stands, child) for text in pair]
    return " ".join((english_kind(entry.stands.event.kind), *_former_names(entry), entry.impact, *shown)).casefold()


def _former_names(entry: Entry) -> Sequence[str]:
    """What a kind of meeting was called before, so that whoever looks for it by the old name finds it (LIN-005)."""
    room = meetings.room_of(entry.stands.event.kind.partition("/")[2]) if entry.stem == "meeting" else None
    return room.also_called if room else ()


def kinds_of(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """The stems that stand in a chronology, for its filter."""
    stems = sorted({one.stem for one in entries if not one.about_the_record})
    return [(stem, stem.replace("_", " ").capitalize()) for stem in stems]


def others_in(
    viewer: Viewer, entry: Entry, child: uuid.UUID, day: dt.date | None = None
) -> list[tuple[uuid.UUID, str]]:
    """The other children an entry is about, of those whose records the viewer may open; of a past day, as called then."""
    ids = [uuid.UUID(one) for one in entry.told.ids("child") if one != str(child)]
    may = people.may_open(viewer, ids)
    names = people.names_known(sorted(may), day, visitor.end_of(day)) if day else people.names_of(sorted(may))
    return [(one, name or _("Name not recorded")) for one, name in names.items()]


def drafts(viewer: Viewer, child: uuid.UUID) -> list[Any]:
    """The drafts of the viewer's own about a child."""
    return list(forms.drafts_of(viewer.id, child))


def look(one: Any) -> dict[str, str]:
    """One look, in words."""
    known = one.details.get("known_on", "")
    page = one.details.get("page", "")
    did = {audit.LOOKED: _("looked at"), "was refused": _("was refused"), audit.PRINTED: _("printed")}.get(
        one.did, one.did
    )
    return {
        "at": said.moment(one.at), "by": one.by_name or _("Kith itself"), "did": f"{did} {page}".strip(),
        "ground": str(GROUNDS.get(one.ground, one.ground)), "known_on": known,
    }  # fmt: skip


def people_around(viewer: Viewer, opened: Opened) -> list[tuple[str, str]]:
    """Who can be chosen where a form asks for a person: the family, the network with its professionals, and siblings whose records the viewer may open."""
    picture = sharing.narrowed(viewer, people.portrait_of(opened.id))
    ids = {uuid.UUID(bond.other) for bond in picture.bonds.values()}
    families = ({opened.person.family} if sharing.covers(viewer, "relationship") else set()) | {
        uuid.UUID(one) for one in picture.families
    }
    for family in sorted(one for one in families if one is not None):
        ids |= {one.person_id for one in people.adults_of(family)} | set(people.children_in(family))
    if opened.child is not None and sharing.covers(viewer, "professional"):
        ids |= {one.person for one in register.helpers_of(opened.id) if one.until is None}
    found = people.people_named(sorted(ids - {opened.id}))
    may = people.may_open(viewer, [one.id for one in found.values() if one.is_child])
    return sorted(
        (
            (str(one.id), one.name or _("Name not recorded"))
            for one in found.values()
            if not one.is_child or one.id in may
        ),
        key=lambda pair: pair[1],
    )
