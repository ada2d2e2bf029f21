"""What was wrong in the data, as it is shown: counts by kind for everybody, lines and ids only for those who may see them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kith.insight.sheets import ENCODING, Sheet
from kith.insight.small_numbers import Number, shown

HEADINGS = ("line", "child_id", "field", "code", "message")


@dataclass(frozen=True)
class ProblemRow:
    """One thing wrong in a source: on which line, about which child (local id), in which field, and what.

    `code` is a permanent word for its kind and `kind` the same for people, with nothing of the child in it; without one the
    code is shown in plain letters.
    """

    line: int | None
    child: str
    field: str
    code: str
    message: str
    kind: str = ""


@dataclass(frozen=True)
class ProblemKind:
    """How often one thing was wrong in one field."""

    kind: str
    field: str
    number: Number


def kinds(problems: Iterable[ProblemRow]) -> list[ProblemKind]:
    """The problems by kind and field, the most frequent first; in the order of their names where they are too few to show."""
    counts = Counter((one.kind or _plain(one.code), one.field) for one in problems)
    made = [ProblemKind(kind, field, shown(count)) for (kind, field), count in counts.items()]
    return sorted(made, key=lambda one: (-(one.number.value or 0), one.kind, one.field))


def write_sheet(path: Path, problems: Iterable[ProblemRow]) -> None:
    """Every problem, one to a line."""
    with path.open("w", newline="", encoding=ENCODING) as file:
        sheet = Sheet(file, HEADINGS)
        for one in problems:
            sheet.write((one.line, one.child, one.field, one.code, one.message))


def _plain(code: str) -> str:
    if code.rstrip("Q").isdigit():
        return f"Rule {code} of the return"
    words = code.replace("_", " ").replace(".", " ")
    return words[:1].upper() + words[1:]
