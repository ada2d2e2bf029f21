"""The header of a return: which collection it is, and whose."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kith.returns.cin.markup import Piece
from kith.returns.cin.messages import RULES
from kith.returns.cin.problems import Problem
from kith.returns.cin.years import FIRST_YEAR, LAST_YEAR, Collection
from kith.rules.days import NotADay, day_of, iso

_FIELDS = ("Collection", "Year", "ReferenceDate", "LEA", "SoftwareCode", "DateTime")


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says. `collection` is what the return is read as, also where the header says it badly.

    `year` and `reference_date` are as written, and so are the authority's number and the software's name; each empty where
    it is not given.
    """

    collection: Collection
    year: str = ""
    reference_date: str = ""
    authority: str = ""
    software: str = ""
    problems: list[Problem] = field(default_factory=list)


def read_header(pieces: Iterable[Piece]) -> Header:
    """The header from the markup before the first child.

    The year decides which codes and elements belong to the collection, and when its year began. The reference date, where
    it is a day within a year of that collection's 31 March, decides which days are too late, as in the department's rules.
    """
    found: dict[str, tuple[str, int]] = {}
    for piece in pieces:
        for at, tag in enumerate(piece.tags):
            if tag in _FIELDS and piece.texts[at].strip():
                found.setdefault(tag, (piece.texts[at].strip(), piece.line_of(at)))
    problems: list[Problem] = []
    year, line = found.get("Year", ("", 1))
    date, date_line = found.get("ReferenceDate", ("", 1))
    collection = Collection.of(_year(year, line, date, problems))
    last = _reference_date(date, date_line, collection, problems)
    return Header(
        collection=Collection.of(collection.year, last),
        year=year,
        reference_date=date,
        authority=found.get("LEA", ("", 0))[0],
        software=found.get("SoftwareCode", ("", 0))[0],
        problems=problems,
    )


def _year(text: str, line: int, date: str, problems: list[Problem]) -> int:
    for written in (text, date[:4]):
        if written.isdecimal() and FIRST_YEAR <= int(written) <= LAST_YEAR:
            year = int(written)
            break
    else:
        year = min(max(int(text), FIRST_YEAR), LAST_YEAR) if text.isdecimal() and len(text) == 4 else LAST_YEAR
    if text != str(year):
        message = RULES["no_header"].format(value=f"“{text}”" if text else "none is given", other=year)
        problems.append(Problem(line, "", "Year", "no_header", message))
    return year


def _reference_date(text: str, line: int, collection: Collection, problems: list[Problem]) -> int:
    right = collection.last
    try:
        day = day_of(text)
    except NotADay:
        day = 0
    if day != right:
        message = RULES["100"].format(value=f"“{text}”" if text else "not given", other=iso(right))
        problems.append(Problem(line, "", "ReferenceDate", "100", message))
    return day if abs(day - right) <= 366 else right
