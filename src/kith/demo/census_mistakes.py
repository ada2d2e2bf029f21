"""The mistakes that can be put into an invented child of a census, each breaking one known rule."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from kith.demo.census_child import Collection, leaf
from kith.rules.days import day_of, iso

_LEAF = re.compile(r"<(\w+)>([^<]*)</")


@dataclass(frozen=True)
class Mistake:
    """A mistake: the line of the child it stands on (counted from 0), the field, and the code of the rule it breaks."""

    line: int
    field: str
    code: str


class Lines:
    """The lines of a child, found and changed by the names of their elements."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def find(self, tag: str) -> int | None:
        """The first line of an element, or None."""
        start = f"<{tag}>"
        return next((at for at, line in enumerate(self.lines) if line.startswith(start)), None)

    def value(self, at: int) -> str:
        """The value on a line."""
        found = _LEAF.match(self.lines[at])
        return found[2] if found else ""

    def set(self, at: int, tag: str, value: object) -> None:
        """Puts a value in place of the one on a line."""
        self.lines[at] = leaf(tag, value)


Plant = Callable[[random.Random, Lines, Collection, str], Mistake | None]


def plant(rng: random.Random, lines: list[str], collection: Collection, earlier: str) -> Mistake | None:
    """Puts one mistake, chosen at random among those the child has room for, into its lines.

    `earlier` is the id of a child before this one, for a duplicate. Gives None where no mistake fits.
    """
    choices: list[Plant] = [*MISTAKES]
    rng.shuffle(choices)
    for choice in choices:
        mistake = choice(rng, Lines(lines), collection, earlier)
        if mistake is not None:
            return mistake
    return None


def _replaces(tag: str, value: str, code: str) -> Plant:
    def put(rng: random.Random, lines: Lines, collection: Collection, earlier: str) -> Mistake | None:
        at = lines.find(tag)
        if at is None:
            return None
        lines.set(at, tag, value)
        return Mistake(at, tag, code)

    return put


def _moves(tag: str, other: str, by: int, code: str) -> Plant:
    """Puts the date of `tag` so many days after (or before) the date of `other`."""

    def put(rng: random.Random, lines: Lines, collection: Collection, earlier: str) -> Mistake | None:
        at, base = lines.find(tag), lines.find(other)
        if at is None or base is None:
            return None
        lines.set(at, tag, iso(day_of(lines.value(base)) + by))
        return Mistake(at, tag, code)

    return put


def _same_id(rng: random.Random, lines: Lines, collection: Collection, earlier: str) -> Mistake | None:
    at = lines.find("LAchildID")
    if at is None or not earlier:
        return None
    lines.set(at, "LAchildID", earlier)
    return Mistake(at, "LAchildID", "8510")


def _not_a_date(rng: random.Random, lines: Lines, collection: Collection, earlier: str) -> Mistake | None:
    dated = [at for at, line in enumerate(lines.lines) if re.fullmatch(r"<(\w+)>\d{4}-\d\d-\d\d</\1>", line)]
    at = rng.choice(dated)
    tag = lines.lines[at][1 : lines.lines[at].index(">")]
    year, month, day = lines.value(at).split("-")
    lines.set(
        at, tag, rng.choice((f"{day}/{month}/{year}", f"{year}-02-30", f"{year}-13-{day}", f"{year}{month}{day}"))
    )
    return Mistake(at, tag, "not_a_date")


def _after_the_year(rng: random.Random, lines: Lines, collection: Collection, earlier: str) -> Mistake | None:
    at = lines.find("AssessmentAuthorisationDate")
    if at is None:
        return None
    lines.set(at, "AssessmentAuthorisationDate", iso(collection.last + rng.randrange(1, 300)))
    return Mistake(at, "AssessmentAuthorisationDate", "8696")


def _no_reason(rng: random.Random, lines: Lines, collection: Collection, earlier: str) -> Mistake | None:
    at = lines.find("ReasonForClosure")
    if at is None:
        return None
    del lines.lines[at]
    return Mistake(at - 1, "CINclosureDate", "8805")


def _no_closure_date(rng: random.Random, lines: Lines, collection: Collection, earlier: str) -> Mistake | None:
    at = lines.find("CINclosureDate")
    if at is None:
        return None
    del lines.lines[at]
    return Mistake(at, "ReasonForClosure", "8810")


def _both_births(rng: random.Random, lines: Lines, collection: Collection, earlier: str) -> Mistake | None:
    at = lines.find("PersonBirthDate")
    if at is None:
        return None
    lines.lines.insert(at + 1, leaf("ExpectedPersonBirthDate", iso(collection.last + 40)))
    return Mistake(at + 1, "ExpectedPersonBirthDate", "8525Q")


MISTAKES: tuple[Plant, ...] = (
    _not_a_date,
    _not_a_date,
    _after_the_year,
    _same_id,
    _no_reason,
    _no_closure_date,
    _both_births,
    _replaces("LAchildID", "", "8500"),
    _replaces("ReferralSource", "11", "8866"),
    _replaces("Ethnicity", "XXXX", "4220"),
    _replaces("Disability", "OTHER", "8540"),
    _replaces("PrimaryNeedCode", "N10", "8650"),
    _replaces("ReasonForClosure", "RC10", "8640"),
    _replaces("InitialCategoryOfAbuse", "BAD", "8905"),
    _replaces("AssessmentFactors", "99Z", "factor"),
    _replaces("ReferralNFA", "perhaps", "8568"),
    _moves("AssessmentActualStartDate", "CINreferralDate", -3, "1103"),
    _moves("AssessmentAuthorisationDate", "AssessmentActualStartDate", -1, "8608"),
    _moves("CINclosureDate", "CINreferralDate", -2, "8630"),
    _moves("S47ActualStartDate", "CINreferralDate", -4, "2889"),
    _moves("CINPlanStartDate", "CINreferralDate", -5, "4015"),
    _moves("CINPlanEndDate", "CINPlanStartDate", -6, "4011"),
    _moves("CPPendDate", "CPPstartDate", -7, "8925"),
    _moves("CPPreviewDate", "CPPstartDate", 0, "8841"),
)
