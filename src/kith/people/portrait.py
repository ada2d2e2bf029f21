"""Who a person is, folded from the events about them: as it stands, or as it was known on any past day.

Pure: events in, a picture out. What is typed in the database is written from this picture, so it can hold nothing else.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.record.selectors import Told
from kith.rules.days import day_of

STEMS = (
    "child", "pregnancy", "person", "name", "details", "identifier", "home", "reach", "relationship",
    "parental_responsibility", "contact_limit", "keep_apart", "tie", "alert",
)  # fmt: skip
DETAILS = (
    "sex", "ethnicity", "first_language", "chosen_language", "interpreter_needed", "disability",
)  # fmt: skip
WORDS = ("pronouns", "interpreter_language", "communication", "religion", "nationality", "about")


@dataclass
class Name:
    """A name in use from a day: which use, in which order it is said, its parts."""

    event: str
    use: str
    order: str
    given: str
    family: str
    since: int
    until: int | None = None

    @property
    def full(self) -> str:
        """As the person says it: the family name first where that is the order."""
        parts = (self.family, self.given) if self.order == "family_first" else (self.given, self.family)
        return " ".join(one for one in parts if one)

    @property
    def sorted_by(self) -> str:
        """As a list puts it in order."""
        return f"{self.family or self.given}, {self.given}".casefold()


@dataclass
class Stay:
    """Living at an address from a day; those with the same `home` live together."""

    home: str
    use: str
    address: str
    postcode: str
    since: int
    until: int | None = None
    may_know: str = "those_working_with_family"
    safe_to_write: bool | None = None
    note: str = ""


@dataclass
class Thing:
    """Anything else that begins, says something and may end: a number, a tie, an order, an alert."""

    id: str
    event: str
    says: Mapping[str, Any]
    words: Mapping[str, Any]
    since: int
    until: int | None = None
    names: Mapping[str, Any] = field(default_factory=dict)
    a_type: str = ""


@dataclass
class Bond:
    """A relationship: what the other is to this person (`relation`), from a day to a day."""

    id: str
    other: str
    relation: str
    since: int
    until: int | None = None
    note: str = ""


@dataclass
class Portrait:
    """A person's picture. Days are ordinals; ids are text."""

    id: str
    is_child: bool = False
    names: list[Name] = field(default_factory=list)
    born: int | None = None
    born_approximately: bool = False
    expected: int | None = None
    pregnancy_ended: int | None = None
    died: int | None = None
    details: dict[str, Any] = field(default_factory=dict)
    identifiers: dict[str, Thing] = field(default_factory=dict)
    stays: list[Stay] = field(default_factory=list)
    reaches: dict[str, Thing] = field(default_factory=dict)
    bonds: dict[str, Bond] = field(default_factory=dict)
    responsibilities: dict[str, Thing] = field(default_factory=dict)
    limits: dict[str, Thing] = field(default_factory=dict)
    apart: dict[str, Thing] = field(default_factory=dict)
    ties: dict[str, Thing] = field(default_factory=dict)
    alerts: dict[str, Thing] = field(default_factory=dict)
    safe_adults: dict[str, Thing] = field(default_factory=dict)
    families: dict[str, Thing] = field(default_factory=dict)
    merged_into: str | None = None
    registered: int | None = None

    @property
    def unborn(self) -> bool:
        """Whether this is a child not yet born, whose pregnancy goes on."""
        return self.is_child and self.born is None and self.expected is not None and self.pregnancy_ended is None

    def name_on(self, day: int) -> Name | None:
        """The name a person is known by on a day: what they are called, else their full name, else any."""
        there = [one for one in self.names if one.since <= day and (one.until is None or day < one.until)] or self.names
        order = ("known_as", "full", "married", "adoptive", "birth", "former", "alias")
        return min(there, key=lambda one: (order.index(one.use), -one.since), default=None)

    def called(self, day: int) -> str:
        """What to call them; empty if no name is recorded."""
        name = self.name_on(day)
        return name.full if name else ""

    def stay_on(self, day: int) -> Stay | None:
        """Where they lived on a day."""
        there = [one for one in self.stays if one.since <= day and (one.until is None or day < one.until)]
        return max(there, key=lambda one: one.since, default=None)


def portrait(told: Sequence[Told], subjects: set[str], main: str) -> Portrait:
    """The picture of one person. `subjects` are their id and the ids of records read as part of theirs."""
    picture = Portrait(main)
    for one in sorted(told, key=lambda told_: told_.event.order):
        draw = _DRAWS.get(one.event.kind.partition("/")[0])
        if draw is not None:
            draw(picture, one, subjects)
    picture.stays.sort(key=lambda stay: stay.since)
    return picture


def _mine(told: Told, subjects: set[str], *names: str) -> bool:
    return any(not subjects.isdisjoint(told.ids(name)) for name in names)


def _registered(picture: Portrait, told: Told, subjects: set[str]) -> None:
    if not _mine(told, subjects, "child"):
        return
    picture.is_child = True
    picture.registered = picture.registered or told.event.day
    _birth(picture, told.part(picture.id))


def _birth(picture: Portrait, says: Mapping[str, Any]) -> None:
    if says.get("date_of_birth"):
        picture.born = _day(says["date_of_birth"])
    if says.get("expected_on"):
        picture.expected = _day(says["expected_on"])
    if says.get("birth_approximate") is not None:
        picture.born_approximately = bool(says["birth_approximate"])


def _born(picture: Portrait, told: Told, subjects: set[str]) -> None:
    if _mine(told, subjects, "child"):
        picture.is_child, picture.expected = True, None
        picture.born = _day(told.event.fields.get("date_of_birth")) or told.event.day


def _died(picture: Portrait, told: Told, subjects: set[str]) -> None:
    name = "child" if told.event.kind.startswith("child") else "person"
    if _mine(told, subjects, name):
        picture.died = told.event.day


def _pregnancy_ended(picture: Portrait, told: Told, subjects: set[str]) -> None:
    if _mine(told, subjects, "child"):
        picture.pregnancy_ended, picture.expected = told.event.day, None


def _person(picture: Portrait, told: Told, subjects: set[str]) -> None:
    if _mine(told, subjects, "person"):
        picture.registered = picture.registered or told.event.day
        picture.details.update(told.event.fields)
        _birth(picture, told.event.fields)


def _name(picture: Portrait, told: Told, subjects: set[str]) -> None:
    says, words, use = told.event.fields, told.words, told.event.fields.get("name_use", "full")
    for one in picture.names:
        if one.use == use and one.until is None and use in ("full", "known_as"):
            one.until = told.event.day
    picture.names.append(
        Name(told.event.id, use, says.get("name_order", "given_first"), str(words.get("given", "")), str(words.get("family", "")), told.event.day)
    )  # fmt: skip


def _name_ended(picture: Portrait, told: Told, subjects: set[str]) -> None:
    for one in picture.names:
        if one.use == told.event.fields.get("name_use") and one.until is None:
            one.until = told.event.day


def _details(picture: Portrait, told: Told, subjects: set[str]) -> None:
    says = told.part(picture.id)
    picture.details.update({key: says[key] for key in DETAILS if says.get(key) is not None})
    picture.details.update({key: told.words[key] for key in WORDS if told.words.get(key)})
    _birth(picture, says)


def _moved_in(picture: Portrait, told: Told, subjects: set[str]) -> None:
    says, words, day = told.event.fields, told.words, told.event.day
    use = says.get("home_use", "home")
    for one in picture.stays:
        if one.until is None and one.use == use:
            one.until = day
    for home in told.ids("home"):
        picture.stays.append(
            Stay(home, use, str(words.get("address", "")), str(words.get("postcode", "")), day, None,
                 says.get("may_know", "those_working_with_family"), says.get("safe_to_write"), str(words.get("note", "")))
        )  # fmt: skip


def _home_recorded(picture: Portrait, told: Told, subjects: set[str]) -> None:
    for one in picture.stays:
        if one.home in told.ids("home"):
            one.may_know = told.event.fields.get("may_know", one.may_know)
            one.safe_to_write = told.event.fields.get("safe_to_write", one.safe_to_write)
            one.address, one.postcode = told.words.get("address", one.address), told.words.get("postcode", one.postcode)


def _moved_out(picture: Portrait, told: Told, subjects: set[str]) -> None:
    for one in picture.stays:
        if one.home in told.ids("home") and one.until is None:
            one.until = told.event.day


def _bond(picture: Portrait, told: Told, subjects: set[str]) -> None:
    relation = str(told.event.fields.get("relation", "other"))
    others = told.ids("other")
    me_first = _mine(told, subjects, "child", "person") and subjects.isdisjoint(others)
    if me_first:
        for other in others:
            _add_bond(picture, told, other, relation)
    else:
        for one in (*told.ids("child"), *told.ids("person")):
            _add_bond(picture, told, one, INVERSE.get(relation, relation))


def _add_bond(picture: Portrait, told: Told, other: str, relation: str) -> None:
    for identity in told.ids("relationship"):
        key = f"{identity}|{other}"
        picture.bonds[key] = Bond(identity, other, relation, told.event.day, None, str(told.words.get("note", "")))


def _bond_ended(picture: Portrait, told: Told, subjects: set[str]) -> None:
    for one in picture.bonds.values():
        if one.id in told.ids("relationship"):
            one.until = told.event.day


def _begins(where: str, key: str, *names: str) -> Callable[[Portrait, Told, set[str]], None]:
    """Something that begins: kept in the picture's `where` by the id (or ids) under `key`."""

    def draw(picture: Portrait, told: Told, subjects: set[str]) -> None:
        if names and not _mine(told, subjects, *names):
            return
        for identity in told.ids(key) or (told.event.id,):
            getattr(picture, where)[identity] = Thing(
                identity, told.event.id, told.event.fields, told.words, told.event.day, None, told.event.names,
                told.event.kind.partition("/")[2],
            )  # fmt: skip

    return draw


def _ends(where: str, key: str) -> Callable[[Portrait, Told, set[str]], None]:
    def draw(picture: Portrait, told: Told, subjects: set[str]) -> None:
        for identity in told.ids(key):
            if identity in getattr(picture, where):
                getattr(picture, where)[identity].until = told.event.day

    return draw


def _apart(picture: Portrait, told: Told, subjects: set[str]) -> None:
    for one in _others(told, subjects):
        picture.apart[one] = Thing(
            one, told.event.id, told.event.fields, told.words, told.event.day, None, told.event.names
        )


def _no_longer_apart(picture: Portrait, told: Told, subjects: set[str]) -> None:
    for one in _others(told, subjects):
        if one in picture.apart:
            picture.apart[one].until = told.event.day


def _others(told: Told, subjects: set[str]) -> list[str]:
    """Everyone an event names but the person themselves."""
    return [one for name in ("child", "person", "other") for one in told.ids(name) if one not in subjects]


def _identifier(picture: Portrait, told: Told, subjects: set[str]) -> None:
    scheme = str(told.event.fields.get("scheme", ""))
    picture.identifiers[scheme] = Thing(scheme, told.event.id, told.event.fields, told.words, told.event.day)


def _identifier_ended(picture: Portrait, told: Told, subjects: set[str]) -> None:
    picture.identifiers.pop(str(told.event.fields.get("scheme", "")), None)


def _merged(picture: Portrait, told: Told, subjects: set[str]) -> None:
    into = str(told.event.fields.get("into", ""))
    if into and into not in subjects:
        picture.merged_into = into


def _day(written: Any) -> int | None:
    return day_of(str(written)) if written else None


_DRAWS: Mapping[str, Callable[[Portrait, Told, set[str]], None]] = {
    "child.registered": _registered, "child.born": _born, "child.died": _died, "pregnancy.ended": _pregnancy_ended,
    "child.merged": _merged, "person.merged": _merged,
    "person.registered": _person, "person.died": _died,
    "person.joined_family": _begins("families", "family", "person"), "person.left_family": _ends("families", "family"),
    "person.marked_safe": _begins("safe_adults", "person", "child"), "person.no_longer_safe": _ends("safe_adults", "person"),
    "name.given": _name, "name.ended": _name_ended, "details.recorded": _details,
    "identifier.recorded": _identifier, "identifier.ended": _identifier_ended,
    "home.moved_in": _moved_in, "home.moved_out": _moved_out, "home.recorded": _home_recorded,
    "reach.recorded": _begins("reaches", "reach"), "reach.ended": _ends("reaches", "reach"),
    "relationship.recorded": _bond, "relationship.ended": _bond_ended,
    "parental_responsibility.gained": _begins("responsibilities", "person", "child"),
    "parental_responsibility.lost": _ends("responsibilities", "person"),
    "contact_limit.made": _begins("limits", "order"), "contact_limit.ended": _ends("limits", "order"),
    "keep_apart.recorded": _apart, "keep_apart.ended": _no_longer_apart,
    "tie.recorded": _begins("ties", "tie"), "tie.ended": _ends("ties", "tie"),
    "alert.raised": _begins("alerts", "alert"), "alert.ended": _ends("alerts", "alert"),
}  # fmt: skip

INVERSE: Mapping[str, str] = {
    "birth_mother": "child",
    "birth_father": "child",
    "parent": "child",
    "adoptive_parent": "adopted_child",
    "step_parent": "step_child",
    "foster_carer": "fostered_child",
    "kinship_carer": "child_in_kinship_care",
    "special_guardian": "child_under_special_guardianship",
    "grandparent": "grandchild",
    "aunt_or_uncle": "niece_or_nephew",
    "godparent": "godchild",
}
INVERSE = {**INVERSE, **{after: before for before, after in INVERSE.items() if after != "child"}, "child": "parent"}


def row_id(*parts: str) -> uuid.UUID:
    """The permanent id of a row folded from an event."""
    return uuid.uuid5(_ROWS, "|".join(parts))


_ROWS = uuid.UUID("6b697468-726f-7773-8761-74696f6e7300")
