"""Numbers of one team beside those of the others: whoever sees the authority's number and those of the other teams subtracts.

Each part of a row says how it may be shown for the whole authority, and how for one team, given the same part of every team.
"""

import statistics
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kith.insight import small_numbers
from kith.insight.small_numbers import FEWER, WITHHELD, is_small, shown, shown_row

Team = uuid.UUID | None  # None for the children whom no team holds


class Part(Protocol):
    """Some cells of a row."""

    def whole(self) -> list[str]:
        """As they may be shown for the whole authority."""

    def of_team(self, every: Mapping[Team, "Part"], team: Team) -> list[str]:
        """As they may be shown for one team; `every` has the same cells of each team, this one among them."""


@dataclass(frozen=True)
class One:
    """A count that adds up to nothing in its row: only over the teams, to the authority's."""

    count: int

    def whole(self) -> list[str]:
        """The count."""
        return [shown(self.count).text]

    def of_team(self, every: Mapping[Team, Part], team: Team) -> list[str]:
        """The count, unless another team's small one could be worked out with it."""
        counts = {str(key): one.count for key, one in every.items() if isinstance(one, One)}
        row = shown_row(counts, sorted(counts))
        # Where nothing can be given up so that the authority's number may stand, no team's stands.
        safe = row.total.is_shown or is_small(sum(counts.values()))
        return [row.cells[str(team)].text if safe else FEWER if is_small(self.count) else WITHHELD]


@dataclass(frozen=True)
class Adds:
    """Counts that add up to the total of their row, and the total; with `only_total` that alone."""

    counts: Counter[str]
    columns: Sequence[str]
    only_total: bool = False

    def whole(self) -> list[str]:
        """The counts and the total, without those that are too small and what would tell them."""
        row = shown_row({one: self.counts[one] for one in self.columns}, self.columns)
        cells = [] if self.only_total else [row.cells[one].text for one in self.columns]
        return [*cells, row.total.text]

    def of_team(self, every: Mapping[Team, Part], team: Team) -> list[str]:
        """The row where no team has a small number in it: with one, it is worked out along the row or across the teams."""
        return _unless_small(self, every)


@dataclass(frozen=True)
class Invited:
    """How many were invited of those whom a row adds up: how many were not could be worked out from its total."""

    count: int
    out_of: int

    def whole(self) -> list[str]:
        """The count, unless those who were not invited are too few."""
        return [WITHHELD if is_small(self.out_of - self.count) else shown(self.count).text]

    def of_team(self, every: Mapping[Team, Part], team: Team) -> list[str]:
        """The count where that holds of every team."""
        return _unless_small(self, every)


@dataclass(frozen=True)
class Days:
    """The middle and the longest of some waits: of enough of them that they are nobody's."""

    days: list[int]

    def whole(self) -> list[str]:
        """Both, or neither."""
        if len(self.days) < small_numbers.SMALLEST_SHOWN:
            return [WITHHELD if self.days else ""] * 2
        return [f"{statistics.median(self.days):g}", str(max(self.days))]

    def of_team(self, every: Mapping[Team, Part], team: Team) -> list[str]:
        """Both, or neither: they add up to nothing."""
        return self.whole()


def _unless_small(own: Part, every: Mapping[Team, Part]) -> list[str]:
    cells = own.whole()
    if any(text in (FEWER, WITHHELD) for one in every.values() for text in one.whole()):
        return [text if text == FEWER else WITHHELD for text in cells]
    return cells


@dataclass(frozen=True)
class Table:
    """A table before it is known for whom it is: rows by what they are called. `by_team` where the rows are the teams themselves."""

    title: str
    first: str
    columns: Sequence[str]
    rows: Mapping[str, Sequence[Part]]
    hint: str = ""
    by_team: bool = False
    cells: dict[str, list[str]] = field(default_factory=dict)


def for_authority(tables: Iterable[Table]) -> list[dict[str, object]]:
    """The tables of the whole authority."""
    return [
        _told(one, {name: _joined(part.whole() for part in parts) for name, parts in one.rows.items()})
        for one in tables
    ]


def for_team(team: Team, every: Mapping[Team, Sequence[Table]]) -> list[dict[str, object]]:
    """The tables of one team. What stands in the same place for the other teams decides what may be shown."""
    placed = {
        key: {(one.title, name): parts for one in tables for name, parts in one.rows.items()}
        for key, tables in every.items()
    }
    found = []
    for table in every.get(team, ()):
        rows = {}
        for name, parts in table.rows.items():
            others = {} if table.by_team else {key: there.get((table.title, name)) for key, there in placed.items()}
            rows[name] = _joined(
                part.of_team({key: one[place] for key, one in others.items() if one} or {team: part}, team)
                for place, part in enumerate(parts)
            )
        found.append(_told(table, rows))
    return found


def _joined(cells: Iterable[list[str]]) -> list[str]:
    return [text for each in cells for text in each]


def _told(table: Table, rows: Mapping[str, list[str]]) -> dict[str, object]:
    return {
        "title": table.title, "first": table.first, "columns": list(table.columns), "rows": list(rows.items()), "hint": table.hint,
    }  # fmt: skip
