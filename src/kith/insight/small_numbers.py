"""Small numbers are withheld, and enough beside them that they cannot be worked out again.

A count from 1 to 5 is shown as "fewer than 6". In a row that adds up to a total that is not enough: the reader subtracts.
So another cell of the row is withheld too, and another, until what the hidden cells add up to says nothing of any one of
them; and where no such choice exists, the total itself is withheld. Which cell is given up next is a fixed order among
those of ten or more, never the smallest that will do: a choice that looked closer would tell something of the numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

SMALLEST_SHOWN = 6
SMALLEST_GIVEN_UP = 10
FEWER, WITHHELD = "fewer than 6", "not shown"


class Number(NamedTuple):
    """A count as it may be shown: `value` is None when it is withheld, and `text` is always fit to print."""

    value: int | None
    text: str

    @property
    def is_shown(self) -> bool:
        """Whether the count itself may be read."""
        return self.value is not None


@dataclass(frozen=True)
class Row:
    """The cells of a row and their total, as they may be shown."""

    cells: Mapping[str, Number]
    total: Number


def is_small(count: int) -> bool:
    """Whether a count is too small to show; nought is not."""
    return 0 < count < SMALLEST_SHOWN


def shown(count: int) -> Number:
    """A count that stands alone, in no row and no total."""
    return Number(None, FEWER) if is_small(count) else Number(count, f"{count:,}")


def shown_row(counts: Mapping[str, int], give_up: Sequence[str]) -> Row:
    """A row of counts that add up to its total. `give_up` names every cell, those that can best be missed first."""
    total = sum(counts.values())
    if is_small(total):
        return Row(dict.fromkeys(counts, Number(None, WITHHELD)), Number(None, FEWER))
    small = [key for key in give_up if is_small(counts[key])]
    if not small:
        return Row({key: shown(count) for key, count in counts.items()}, shown(total))
    withheld = _given_up(counts, give_up, len(small), sum(counts[key] for key in small))
    cells = {key: Number(None, WITHHELD) if key in withheld else shown(count) for key, count in counts.items()}
    return Row(cells, shown(total) if _is_safe(counts, small, withheld) else Number(None, WITHHELD))


def _given_up(counts: Mapping[str, int], give_up: Sequence[str], small: int, hidden: int) -> list[str]:
    withheld: list[str] = []
    for key in give_up:
        if counts[key] >= SMALLEST_GIVEN_UP:
            withheld.append(key)
            hidden += counts[key]
            if hidden >= _least(small, len(withheld)):
                break
    return withheld


def _is_safe(counts: Mapping[str, int], small: Sequence[str], withheld: Sequence[str]) -> bool:
    hidden = sum(counts[key] for key in (*small, *withheld))
    return bool(withheld) and hidden >= _least(len(small), len(withheld))


def _least(small: int, withheld: int) -> int:
    """The least that the hidden cells must add up to, so that any small one of them could still be anything from 1 to 5.

    Each withheld cell is known to be 10 or more and each small one 1 or more; one small cell at 5 is 4 more than its least.
    """
    return SMALLEST_GIVEN_UP * withheld + small + (SMALLEST_SHOWN - 2)
