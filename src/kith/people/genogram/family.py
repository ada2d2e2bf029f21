"""What a genogram is drawn from: the members, who is with whom, whose child is whose, and who lives together.

A Picture is made elsewhere, for one reader and one day. Nothing here looks anything up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

Sex = Literal["male", "female", "other", "unknown"]
Ended = Literal["miscarriage", "termination", "stillbirth"]
CoupleKind = Literal[
    "married", "civil_partnership", "living_together", "relationship", "separated", "divorced", "brief"
]
How = Literal["birth", "adopted", "fostered", "step", "kinship", "special_guardianship", "donor"]

OVER: frozenset[CoupleKind] = frozenset({"separated", "divorced", "brief"})
"""The couples that are no longer together."""


@dataclass(frozen=True)
class Member:
    """One person, or one pregnancy (`expected_on`, or `pregnancy_ended`). `name` is drawn as given.

    `age_text` is said in place of an age worked out from `born`; the index child is who the picture is about.
    """

    id: str
    name: str
    sex: Sex = "unknown"
    born: date | None = None
    died: date | None = None
    expected_on: date | None = None
    age_text: str | None = None
    pregnancy_ended: Ended | None = None
    index: bool = False
    approximate_birth: bool = False

    @property
    def unborn(self) -> bool:
        """Whether this is a pregnancy that has not ended."""
        return self.expected_on is not None and self.born is None and self.pregnancy_ended is None

    def age(self, on: date) -> int | None:
        """Whole years on that day, or at death if that came first; None if not known or not yet born."""
        end = min(on, self.died) if self.died else on
        if self.born is None or self.born > end:
            return None
        return end.year - self.born.year - ((end.month, end.day) < (self.born.month, self.born.day))


@dataclass(frozen=True)
class Couple:
    """Two members who are or were together."""

    a: str
    b: str
    kind: CoupleKind
    from_on: date | None = None
    until_on: date | None = None

    def over(self, on: date) -> bool:
        """Whether they are no longer together on that day."""
        return self.kind in OVER or (self.until_on is not None and self.until_on <= on)


@dataclass(frozen=True)
class ChildOf:
    """A child and the one or two people it is a child of, and how. A child may be in several of these."""

    child: str
    parents: tuple[str, ...]
    how: How = "birth"


@dataclass(frozen=True)
class Twins:
    """Children of one birth: two or more. `identical` is None when it is not known."""

    ids: tuple[str, ...]
    identical: bool | None = None


@dataclass(frozen=True)
class Siblings:
    """Brothers and sisters of whom no shared parent is in the picture: two or more, each a sibling of each."""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class Household:
    """Those who live together now, and what their home is called. A child of two homes is in two households."""

    name: str
    members: frozenset[str] | tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A whole genogram. Raises ValueError when an id is given twice or something names a member who is not there."""

    members: tuple[Member, ...]
    couples: tuple[Couple, ...] = ()
    children: tuple[ChildOf, ...] = ()
    twins: tuple[Twins, ...] = ()
    households: tuple[Household, ...] = ()
    siblings: tuple[Siblings, ...] = ()

    def __post_init__(self) -> None:
        ids = [member.id for member in self.members]
        if len(set(ids)) != len(ids):
            raise ValueError("two members have one id")
        named = [one for couple in self.couples for one in (couple.a, couple.b)]
        named += [one for link in self.children for one in (link.child, *link.parents)]
        named += [one for ids in self.of_one_row for one in ids]
        named += [one for home in self.households for one in home.members]
        if missing := sorted(set(named) - set(ids)):
            raise ValueError(f"not among the members: {', '.join(missing)}")
        if any(couple.a == couple.b for couple in self.couples):
            raise ValueError("a couple is two people")
        if any(not 1 <= len(set(link.parents)) == len(link.parents) <= 2 for link in self.children):
            raise ValueError("a child is a child of one or two people")
        if any(link.child in link.parents for link in self.children):
            raise ValueError("nobody is their own parent")

    @cached_property
    def by_id(self) -> Mapping[str, Member]:
        """The members by their ids."""
        return {member.id: member for member in self.members}

    @property
    def of_one_row(self) -> list[tuple[str, ...]]:
        """Those who stand in one row because they are twins, or brothers and sisters without a shared parent here."""
        return [*(twins.ids for twins in self.twins), *(group.ids for group in self.siblings)]

    @property
    def index(self) -> Member | None:
        """The child the picture is about, if one is marked."""
        return next((member for member in self.members if member.index), None)
