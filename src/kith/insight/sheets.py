"""Comma-separated files that a spreadsheet opens as they are."""

import csv
from collections.abc import Iterable, Sequence
from typing import IO

ENCODING = "utf-8-sig"
# A spreadsheet takes a cell that begins with one of these for a formula, and a local id may be anything.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Sheet:
    """A file written row by row, headings first; None stands for an empty cell."""

    def __init__(self, file: IO[str], headings: Sequence[str]) -> None:
        self._rows = csv.writer(file)
        self._rows.writerow(headings)

    def write(self, cells: Iterable[object]) -> None:
        """One row."""
        self._rows.writerow(
            [f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in cells]
        )
