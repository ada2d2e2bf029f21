"""What was wrong in the data, as it is shown: counts by kind for everybody, lines and ids only for those who may see them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kith.insight.sheets import ENCODING, Sheet
from kith.insight.small_numbers import Number, is_small, shown

_VALUE, _NUMBER = re.compile(r"“[^”]*”|\d{4}-\d\d-\d\d"), re.compile(r"\d+")
HEADINGS = ("line", "child_id", "field", "code", "message")


@dataclass(frozen=True)
class ProblemRow:
    """One thing wrong in a source: on which line, about which child (local id), in which field, and what.

    `code` is a permanent word for its kind and `kind` the same for people, with nothing of the child in it; without one the
    words that all problems of the code have in common are shown, or the code itself.
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
    counts: Counter[tuple[str, str, str]] = Counter()
    words: dict[tuple[str, str, str], str] = {}
    for one in problems:
        key = (one.kind, one.code, one.field)
        counts[key] += 1
        words[key] = _in_common(words.get(key), _VALUE.sub("…", one.message))
    made = [
        ProblemKind(kind or _named(code, words[kind, code, field], count), field, shown(count))
        for (kind, code, field), count in counts.items()
    ]
    return sorted(made, key=lambda one: (-(one.number.value or 0), one.kind, one.field))


def _in_common(before: str | None, message: str) -> str:
    """The words of the problems so far that this one has too, numbers left out where they differ; none if they differ still."""
    if before is None or before == message:
        return message
    masked = _NUMBER.sub("…", message)
    return masked if masked == _NUMBER.sub("…", before) else ""


def _named(code: str, words: str, count: int) -> str:
    """A kind of problem for people: the words every one of so many has in common say nothing of any of them."""
    rule = f"rule {code}" if code.rstrip("Q").isdigit() else ""
    if words and not is_small(count):
        return f"{words} ({rule})" if rule else words
    plain = rule or code.replace("_", " ").replace(".", " ")
    return plain[:1].upper() + plain[1:]


def write_sheet(path: Path, problems: Iterable[ProblemRow]) -> None:
    """Every problem, one to a line."""
    with path.open("w", newline="", encoding=ENCODING) as file:
        sheet = Sheet(file, HEADINGS)
        for one in problems:
            sheet.write((one.line, one.child, one.field, one.code, one.message))
