"""How long things took: whole numbers of days, counted, with the middle, the quarters and the tenths."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kith.insight.small_numbers import SMALLEST_SHOWN

STEPS_OVER, STEPS_WITHOUT_LIMIT = 5, 9
SHARES = ((0.1, "One in ten"), (0.25, "A quarter"), (0.5, "Half"), (0.75, "Three quarters"), (0.9, "Nine in ten"))


class Bar(NamedTuple):
    """How many took from `first` to `last` days, both included; `last` is None for the rest."""

    first: int
    last: int | None
    how_many: int


class Quantile(NamedTuple):
    """A share of them (0 to 1) in words, and within how many days that share was done; None when they are too few."""

    share: float
    words: str
    days: float | None


def quantile(counts: Mapping[int, int], share: float) -> float:
    """The number of days below which a share lies, between two neighbours in proportion: a share of 0.5 is the median.

    `counts` maps days to how many; at least one. Agrees with `statistics.median` and its inclusive quantiles.
    """
    total = sum(counts.values())
    place = share * (total - 1)
    lower = int(place)
    below = _at(counts, lower)
    return below + (place - lower) * (_at(counts, min(lower + 1, total - 1)) - below)


def _at(counts: Mapping[int, int], place: int) -> int:
    """The days at a place in the whole sorted list, the first being 0."""
    seen = 0
    for days in sorted(counts):
        seen += counts[days]
        if seen > place:
            return days
    raise IndexError(place)


def quantiles(counts: Mapping[int, int]) -> list[Quantile]:
    """The tenths, quarters and middle, each only where at least six lie on either side of it."""
    total = sum(counts.values())
    return [
        Quantile(share, words, quantile(counts, share) if is_told(total, share) else None) for share, words in SHARES
    ]


def is_told(total: int, share: float) -> bool:
    """Whether so many are enough to tell where a share lies without pointing at anybody."""
    return total * min(share, 1 - share) >= SMALLEST_SHOWN - 1e-9


def bars(counts: Mapping[int, int], limit: int | None, width: int, *, late: bool) -> list[Bar]:
    """Those in time (or those late) in steps of `width` days that meet at the limit; without a limit, steps from 0.

    Neighbouring steps are joined until none holds 1 to 5, so each can be shown as it is. The last one of those late, or of
    a duty without a limit, is open-ended. Fewer than six in all give no bars.
    """
    edge = -1 if limit is None else limit
    first_step, last_step = (0, STEPS_WITHOUT_LIMIT if limit is None else STEPS_OVER) if late else (-edge, -1)
    steps = Counter[int]()
    for days, count in counts.items():
        steps[min(max((days - edge - 1) // width, first_step), last_step)] += count
    made = [
        Bar(max(0, edge + 1 + first * width), edge + (last + 1) * width, count) for first, last, count in _joined(steps)
    ]
    if made and late:
        made[-1] = made[-1]._replace(last=None)
    return made


def _joined(steps: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """Runs of steps, each with six or more; a run too small at the end joins the one before it."""
    runs: list[tuple[int, int, int]] = []
    first, so_far = None, 0
    for step in sorted(steps):
        first = step if first is None else first
        so_far += steps[step]
        if so_far >= SMALLEST_SHOWN:
            runs.append((first, step, so_far))
            first, so_far = None, 0
    if so_far and runs:
        before_first, _, before = runs.pop()
        runs.append((before_first, max(steps), before + so_far))
    return runs


def width_for(limit: int | None, longest: int) -> int:
    """A step that gives some nine bars within the limit, and is a number people count in."""
    aim = (longest if limit is None else limit) / 9
    return next((width for width in (1, 2, 5, 7, 10, 14, 20, 28, 30, 60, 90) if width >= aim), 180)


def added(several: Iterable[Mapping[int, int]]) -> Counter[int]:
    """Several counts as one."""
    whole = Counter[int]()
    for counts in several:
        whole.update(counts)
    return whole
