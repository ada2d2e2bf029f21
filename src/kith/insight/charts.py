"""Charts as shapes for a template to draw: every number worked out here, nothing drawn that may not be shown.

Units are those of the picture (it is 400 wide). Late is hatched as well as coloured, so that it prints in black and white.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kith.insight.spread import Bar, added, bars, quantile, width_for
from kith.insight.wording import days_text

WIDTH, HEIGHT = 400, 236
_LEFT, _RIGHT, _TOP, _BOTTOM = 6, 6, 58, 40
_NARROWEST_TICKS, _ROOM_FOR_WORDS, _FEWEST_BARS = 24, 165, 3


class Shape(NamedTuple):
    """One bar as drawn, the words over it and where they stand, and what it stands for in the table beside it."""

    x: float
    y: float
    width: float
    height: float
    late: bool
    middle: float
    how_many: int
    days: str


class Mark(NamedTuple):
    """A place on the line of days with words; `anchor` is which end of the words stands there."""

    x: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Histogram:
    """How long those done took: bars of days, the limit, and the middle one."""

    shapes: Sequence[Shape]
    ticks: Sequence[Mark]
    unit: str
    limit: Mark | None = None
    median: Mark | None = None
    width: int = WIDTH
    height: int = HEIGHT
    floor: float = HEIGHT - _BOTTOM
    top: float = _TOP

    @property
    def has_late(self) -> bool:
        """Whether any bar is of those done late."""
        return any(shape.late for shape in self.shapes)

    @property
    def described(self) -> str:
        """The whole picture in one sentence."""
        said = [f"{shape.days}: {shape.how_many:,}{' late' if shape.late else ''}" for shape in self.shapes]
        return f"How many took how many {self.unit}. " + "; ".join(said) + "."


@dataclass(frozen=True)
class Share:
    """One part of a bar that is a whole: how it is filled, where it stands (of 100), and what it is."""

    fill: str
    x: float
    width: float
    words: str


class Limit(NamedTuple):
    """What was allowed: in the days the chart counts in, and as the duty says it."""

    days: int
    words: str


class _Scale:
    """From days to places across the picture: from the first day shown to the one after the last."""

    def __init__(self, first: int, after: int) -> None:
        self.first, self._after = first, after
        self._across = (WIDTH - _LEFT - _RIGHT) / (after - first)

    def place(self, day: float) -> float:
        """Where a day begins."""
        return round(_LEFT + (min(max(day, self.first), self._after) - self.first) * self._across, 1)


def histogram(
    in_time: Mapping[int, int], late: Mapping[int, int], limit: Limit | None, unit: str, middle: float | None
) -> Histogram | None:
    """Those done in time, and late, by how many days they took, and the middle one of all; None if too few to draw.

    A side that may not be shown is given empty. Without a limit the two count as one side.
    """
    counts = added((in_time, late))
    if not counts:
        return None
    step = width_for(None if limit is None else limit.days, int(quantile(counts, 0.95)))
    if limit is None:
        made = [(bar, False) for bar in bars(counts, None, step, late=True)]
    else:
        made = [(bar, False) for bar in bars(in_time, limit.days, step, late=False)]
        made += [(bar, True) for bar in bars(late, limit.days, step, late=True)]
    if len(made) < _FEWEST_BARS:
        return None
    ends = [_end(bar, step) for bar, _ in made] + ([] if limit is None else [limit.days])
    scale = _Scale(min(bar.first for bar, _ in made), max(ends) + 1)
    return Histogram(
        shapes=_shapes(made, step, scale), ticks=_ticks([bar for bar, _ in made], limit, scale), unit=unit,
        limit=None if limit is None else _mark(scale.place(limit.days + 1), f"Limit: {limit.words}"),
        median=None if middle is None else _mark(scale.place(middle + 0.5), f"Half by {days_text(middle, unit)}"),
    )  # fmt: skip


def shares(parts: Sequence[tuple[str, int, str]]) -> list[Share]:
    """Parts of a whole as one bar: each its fill, its count and its words. Nothing where there is nothing to share."""
    whole, x, made = sum(count for _, count, _ in parts), 0.0, []
    for fill, count, words in parts:
        if count:
            made.append(Share(fill, round(x, 2), round(100 * count / whole, 2), words))
            x += 100 * count / whole
    return made


def _end(bar: Bar, step: int) -> int:
    return bar.first + step - 1 if bar.last is None else bar.last


def _steps(bar: Bar, step: int) -> float:
    return max((_end(bar, step) - bar.first + 1) / step, 1)


def _shapes(made: Sequence[tuple[Bar, bool]], step: int, scale: _Scale) -> list[Shape]:
    # A bar that joins several steps stands as high as they would together, so that its area says how many it holds.
    tallest = max(bar.how_many / _steps(bar, step) for bar, _ in made)
    shapes = []
    for bar, late in made:
        x, end = scale.place(bar.first), scale.place(_end(bar, step) + 1)
        height = round((HEIGHT - _BOTTOM - _TOP) * bar.how_many / _steps(bar, step) / tallest, 1)
        top = round(HEIGHT - _BOTTOM - height, 1)
        shapes.append(Shape(x + 1, top, max(end - x - 2, 1), height, late, (x + end) / 2, bar.how_many, _days(bar)))
    return shapes


def _days(bar: Bar) -> str:
    if bar.last is None:
        return f"{bar.first} or more"
    return str(bar.first) if bar.first == bar.last else f"{bar.first} to {bar.last}"


def _ticks(made: Sequence[Bar], limit: Limit | None, scale: _Scale) -> list[Mark]:
    """The last day of each bar under its end, leaving out those that would run into their neighbour."""
    last_days = {bar.last for bar in made if bar.last is not None}
    ends = sorted(
        last_days | ({limit.days} if limit is not None else set()) | ({scale.first - 1} if scale.first else set())
    )
    ticks: list[Mark] = []
    for day in ends:
        place = scale.place(day + 1)
        if ticks and place - ticks[-1].x < _NARROWEST_TICKS:
            if limit is None or day != limit.days:
                continue
            ticks.pop()
        ticks.append(Mark(place, str(day), "end" if place > WIDTH - 12 else "start" if place < 12 else "middle"))
    rest = made[-1]
    if rest.last is None and ticks and ticks[-1].words == str(rest.first - 1):
        ticks[-1] = ticks[-1]._replace(words=f"{rest.first - 1}+")
    return ticks


def _mark(x: float, words: str) -> Mark:
    return Mark(x, words, "end" if x > _ROOM_FOR_WORDS else "start")
