"""The children in need census: the return each council sends once a year, read as events.

`Census` reads a file child by child; `RECORDABLE` holds every kind of event that a return can give, `kinds_recorded`
those of one year.
"""

from kith.returns.cin.header import Header
from kith.returns.cin.problems import CensusError, Ledger, Problem, UnsafeMarkup
from kith.returns.cin.reader import Census, Child
from kith.returns.cin.years import FIRST_YEAR, LAST_YEAR, RECORDABLE, Collection, evidence, kinds_recorded

__all__ = [
    "FIRST_YEAR", "LAST_YEAR", "RECORDABLE", "Census", "CensusError", "Child", "Collection", "Header", "Ledger", "Problem",
    "UnsafeMarkup", "evidence", "kinds_recorded",
]  # fmt: skip
