"""The lines that run along between two rows, each kept clear of the others in a lane of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, field

_CLEAR = 12.0


@dataclass(eq=False)
class Run:
    """A stretch along the channel under a row. Its lane, 0 at the top, is known once all runs are."""

    channel: int
    places: list[float] = field(default_factory=list)
    lane: int = 0
    first: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """The leftmost and the rightmost place it must reach."""
        return min(self.places), max(self.places)


Path = list[tuple[float, Run | tuple[int, float]]]
"""The corners of a line: how far along, and at what height: on a run, or so far under the middle of a row."""


def assign_lanes(runs: Iterable[Run], rows: int) -> list[int]:
    """Gives each run a lane where it touches no other, couples' lines above the lines to children.

    Returns how many lanes there are under each row.
    """
    taken: list[list[list[tuple[float, float]]]] = [[] for _row in range(rows)]
    for run in sorted(runs, key=lambda run: (not run.first, run.ends[1] - run.ends[0])):
        low, high = run.ends
        lanes = taken[run.channel]
        run.lane = next(
            (n for n, lane in enumerate(lanes) if all(high + _CLEAR < a or b + _CLEAR < low for a, b in lane)),
            len(lanes),
        )
        if run.lane == len(lanes):
            lanes.append([])
        lanes[run.lane].append((low, high))
    return [len(lanes) for lanes in taken]
