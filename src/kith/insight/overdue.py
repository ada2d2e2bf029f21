"""What is overdue or was missed, row by row: all of it to a CSV file, and the longest overdue kept for the page."""

import heapq
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple

from kith.insight.sheets import ENCODING, Sheet
from kith.rules.days import spoken, spoken_moment
from kith.rules.obligation import OVERDUE, Obligation
from kith.rules.reasons import Reasoner

ROWS_KEPT = 2000
HEADINGS = (
    "child_id", "duty_id", "title", "due", "days_overdue", "state", "owed_by", "reason", "clauses", "pack",
)  # fmt: skip


class OverdueRow(NamedTuple):
    """One obligation that is overdue (or was missed), in words.

    `due` is for people, `due_text` for machines and `due_order` (the ordinal) for sorting; `days_overdue` runs to the day asked about, or to the day it ended, and
    is None when it had no day of its own.
    """

    child: str
    duty: str
    title: str
    due: str
    due_text: str
    due_order: int
    days_overdue: int | None
    state: str
    owed_by: str
    reason: str
    clauses: str
    pack: str

    @property
    def is_overdue(self) -> bool:
        """Whether it is overdue now; otherwise it ended or passed without being met."""
        return self.state == OVERDUE


Ranked = tuple[bool, int, int, OverdueRow]


class OverdueList:
    """Every overdue or missed obligation goes to the file as it comes; the `keep` that matter most stay in memory.

    Those overdue now come before those missed, and the longest overdue first.
    """

    def __init__(self, reasoner: Reasoner, file: IO[str] | None = None, keep: int = ROWS_KEPT) -> None:
        self.reasoner, self.keep, self.how_many = reasoner, keep, 0
        self.kept: list[Ranked] = []
        self._titles: dict[str, str] = {}
        self._file = file
        self._sheet = None if file is None else Sheet(file, HEADINGS)

    def add(self, subject_id: str, obligation: Obligation, state: str, as_at: int) -> None:
        """Takes in one obligation in the state given, as at a day (an ordinal)."""
        row = self._row(subject_id, obligation, state, as_at)
        self.how_many += 1
        if self._sheet is not None:
            self._sheet.write(_cells(row))
        # The count, counted down, keeps the earlier of two alike and the rows themselves from being compared.
        rank = (row.is_overdue, -1 if row.days_overdue is None else row.days_overdue, -self.how_many, row)
        self._rank(rank)

    def take_in(self, kept: Sequence[Ranked], how_many: int, sheet: Path) -> None:
        """Adds the rows of later children, and the file that holds all of them."""
        for overdue, days, earlier, row in kept:
            self._rank((overdue, days, earlier - self.how_many, row))
        self.how_many += how_many
        if self._file is not None:
            with sheet.open(newline="", encoding=ENCODING) as other:
                other.readline()
                shutil.copyfileobj(other, self._file)

    def _rank(self, rank: Ranked) -> None:
        if len(self.kept) < self.keep:
            heapq.heappush(self.kept, rank)
        else:
            heapq.heappushpop(self.kept, rank)

    @property
    def rows(self) -> list[OverdueRow]:
        """The rows kept: overdue now, then missed; in each, the longest overdue first."""
        return [row for *_, row in sorted(self.kept, reverse=True)]

    def _row(self, subject_id: str, obligation: Obligation, state: str, as_at: int) -> OverdueRow:
        duty = obligation.duty
        return OverdueRow(
            child=subject_id, duty=duty.id, title=self.reasoner.title(obligation), due=_due(obligation),
            due_text=obligation.due_text or "", due_order=obligation.due or 0, days_overdue=_days_overdue(obligation, as_at), state=state,
            owed_by=self._owed_by(duty.owed_by), reason=self.reasoner.sentence(obligation, as_at),
            clauses=", ".join(duty.cites), pack=duty.pack,
        )  # fmt: skip

    def _owed_by(self, role: object) -> str:
        if not isinstance(role, str):
            return self.reasoner.english.stack.role_title(role)
        if role not in self._titles:
            self._titles[role] = self.reasoner.english.stack.role_title(role)
        return self._titles[role]


def _due(obligation: Obligation) -> str:
    if obligation.due_at is not None:
        return spoken_moment(obligation.due_at)
    return "no day of its own" if obligation.due is None else spoken(obligation.due)


def _days_overdue(obligation: Obligation, as_at: int) -> int | None:
    if obligation.due is None:
        return None
    ended = obligation.ended_day if obligation.ended_day is not None else obligation.dated
    return max((as_at if ended is None else min(ended, as_at)) - obligation.due, 0)


def _cells(row: OverdueRow) -> tuple[object, ...]:
    return (
        row.child, row.duty, row.title, row.due_text, row.days_overdue, row.state, row.owed_by, row.reason, row.clauses,
        row.pack,
    )  # fmt: skip
