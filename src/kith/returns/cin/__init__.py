"""The children in need census: the return each council sends once a year, read as events.

`Census` reads a file child by child; `kinds_recorded` names the kinds of event a return can give.
"""

from kith.returns.cin.header import Header
from kith.returns.cin.problems import CensusError, Ledger, Problem, UnsafeMarkup
from kith.returns.cin.reader import Census, Child
from kith.returns.cin.years import FIRST_YEAR, LAST_YEAR, Collection, evidence, kinds_recorded

__all__ = [
    "FIRST_YEAR", "LAST_YEAR", "Census", "CensusError", "Child", "Collection", "Header", "Ledger", "Problem",
    "UnsafeMarkup", "evidence", "kinds_recorded",
]  # fmt: skip
