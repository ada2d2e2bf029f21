"""The way each line takes: between partners, from parents to children, always through the gaps between symbols."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kith.people.genogram.family import Couple, How, Picture
from kith.people.genogram.lanes import Path, Run
from kith.people.genogram.placing import COLUMN
from kith.people.genogram.unions import Union

_ASIDE = 13.0
_OVER = 44.0
_NEARLY_UNDER = 22.0
_OFFSETS = (0.0, 9.0, -9.0, 17.0, -17.0)


@dataclass(frozen=True)
class Route:
    """A line by its corners. `kind` is what it shows; `members` are those it joins; `how` a child's, `couple` a pair's.

    "drop" is the last stretch to a child; "twin" the same from the point twins share; "bar" joins identical twins;
    "siblings" runs over brothers and sisters whose parents are not drawn, with a "drop" to each.
    """

    kind: Literal["couple", "stem", "drop", "twin", "bar", "siblings"]
    members: tuple[str, ...]
    path: Path
    couple: Couple | None = None
    how: How | None = None
    sign_at: tuple[float, Run | tuple[int, float]] | None = None


def routes_of(
    picture: Picture, unions: Sequence[Union], rows: Sequence[Sequence[str]], x: Mapping[str, float]
) -> tuple[list[Route], list[Run]]:
    """Every line of the picture, and the runs they use, whose lanes are still to be given."""
    ways = _Ways(picture, rows, x)
    ways.lines_to.update(child for union in unions for child in union.all_children)
    for union in unions:
        ways.draw(union)
    for number, group in enumerate(picture.siblings):
        ways.join(group.ids, _OVER + 6 * (number % 3))
    return ways.routes, ways.runs


class _Ways:
    """Finds the ways, remembering which gaps and which sides of a symbol are used already."""

    def __init__(self, picture: Picture, rows: Sequence[Sequence[str]], x: Mapping[str, float]) -> None:
        self.picture, self.rows, self.x = picture, rows, x
        self.at = {one: (row, place) for row, ids in enumerate(rows) for place, one in enumerate(ids)}
        self.routes: list[Route] = []
        self.runs: list[Run] = []
        self.used: dict[tuple[int, int], int] = {}
        self.lines_to: Counter[str] = Counter()
        self.arrived: dict[str, int] = {}
        self.sides: dict[str, int] = {}

    def draw(self, union: Union) -> None:
        """The line between the parents, then one to the children for each way they are theirs."""
        start = self._single(union) if len(union.parents) == 1 else self._couple(union)
        for number, (hows, children) in enumerate(_stems(union)):
            self._children(union, hows, children, (start[0] + _OFFSETS[number % 5] * 0.7, start[1]))

    def join(self, ids: tuple[str, ...], over: float) -> None:
        """The line over brothers and sisters whose parents are not drawn; each has a place of its own on their symbol.

        Where one descends from another, as a mistake in what was recorded can have it, no level line can be drawn.
        """
        ends = []
        if len({self.at[one][0] for one in ids}) > 1:
            return
        for one in sorted(ids, key=lambda one: self.x[one]):
            number = self.arrived.get(one, 0)
            self.arrived[one] = number + 1
            ends.append((one, self.x[one] + _OFFSETS[number % 5], self.at[one][0]))
        for one, x, row in ends:
            self.routes.append(Route("drop", (one,), [(x, (row, -over)), (x, (row, 0.0))], how="birth"))
        self.routes.append(Route("siblings", ids, [(x, (row, -over)) for _one, x, row in ends]))

    def _run(self, channel: int, *places: float, first: bool = False) -> Run:
        run = Run(channel, list(places), first=first)
        self.runs.append(run)
        return run

    def _gap(self, row: int, left: int) -> float:
        """A free place between the member at `left` (-1 for before the first) and the next, its own for each line."""
        ids = self.rows[row]
        if not ids:
            return 0.0
        if left < 0:
            middle = self.x[ids[0]] - COLUMN / 2
        elif left >= len(ids) - 1:
            middle = self.x[ids[-1]] + COLUMN / 2
        else:
            before, after = self.x[ids[left]], self.x[ids[left + 1]]
            middle = (before + after) / 2
        number = self.used.get((row, left), 0)
        self.used[row, left] = number + 1
        return middle + _OFFSETS[number % 5]

    def _beside(self, one: str, towards: float) -> tuple[float, float]:
        """A place in the gap at that side of a member, and how far under its middle the line leaves the symbol."""
        row, place = self.at[one]
        number = self.sides.get(one, 0)
        self.sides[one] = number + 1
        return self._gap(row, place if towards >= self.x[one] else place - 1), _ASIDE + 5 * (number % 3)

    def _middle_of(self, members: Iterable[str]) -> float:
        places = [self.x[one] for one in members]
        return sum(places) / len(places)

    def _single(self, union: Union) -> tuple[float, Run | tuple[int, float]]:
        """From under the one parent known. The line passes behind their name, which is written on white."""
        parent = union.parents[0]
        number = self.sides.get(f"under {parent}", 0)
        self.sides[f"under {parent}"] = number + len(union.children)
        return self.x[parent] + _OFFSETS[number % 5] * 0.7, (self.at[parent][0], 0.0)

    def _couple(self, union: Union) -> tuple[float, Run | tuple[int, float]]:
        a, b = sorted(union.parents, key=lambda one: (self.at[one][0], self.x[one]))
        (row, place), (its_row, its_place) = self.at[a], self.at[b]
        if row != its_row:
            return self._across_rows(union, a, b)
        if its_place == place + 1:
            middle = self._gap(row, place)
            path: Path = [(self.x[a], (row, 0.0)), (self.x[b], (row, 0.0))]
            sign = (middle - 18, (row, 0.0)) if union.children else (middle, (row, 0.0))
            self.routes.append(Route("couple", (a, b), path, union.couple, sign_at=sign))
            return middle, (row, 0.0)
        left, under = self._beside(a, self.x[b])
        right, its_under = self._beside(b, self.x[a])
        run = self._run(row, left, right, first=True)
        path = [(self.x[a], (row, under)), (left, (row, under)), (left, run), (right, run)]
        path += [(right, (row, its_under)), (self.x[b], (row, its_under))]
        wanted = self._middle_of(union.all_children) if union.children else left
        start = max(left + 26, min(right - 8, wanted))
        sign_x = start - 18 if start - 18 > left + 6 else (start + right) / 2
        self.routes.append(Route("couple", (a, b), path, union.couple, sign_at=(sign_x, run)))
        return start, run

    def _across_rows(self, union: Union, a: str, b: str) -> tuple[float, Run | tuple[int, float]]:
        """Partners of whom one stands lower: out of the upper's side, down, and into the lower's side."""
        out, under = self._beside(a, self.x[b])
        into, its_under = self._beside(b, self.x[a])
        row, its_row = self.at[a][0], self.at[b][0]
        path: Path = [(self.x[a], (row, under)), (out, (row, under))]
        path += self._down(out, row, its_row)
        run = self._run(its_row - 1, path[-1][0], into, first=True)
        path += [(path[-1][0], run), (into, run), (into, (its_row, its_under)), (self.x[b], (its_row, its_under))]
        self.routes.append(Route("couple", (a, b), path, union.couple, sign_at=((path[-5][0] + into) / 2, run)))
        return into, (its_row, its_under)

    def _down(self, x: float, row: int, to_row: int) -> Path:
        """From a place in one row to the channel above another, through a gap in each row between."""
        path: Path = []
        for between in range(row + 1, to_row):
            gap = self._nearest_gap(between, x)
            run = self._run(between - 1, x, gap)
            path += [(x, run), (gap, run)]
            x = gap
        return path

    def _nearest_gap(self, row: int, x: float) -> float:
        ids = self.rows[row]
        if all(abs(self.x[one] - x) > COLUMN * 0.55 for one in ids):
            return x
        left = sum(self.x[one] < x for one in ids) - 1
        return self._gap(row, left)

    def _children(
        self,
        union: Union,
        hows: Mapping[str, How],
        children: tuple[str, ...],
        start: tuple[float, Run | tuple[int, float]],
    ) -> None:
        """A stem from the parents, a run along above the children, and a drop to each: one such for each row."""
        row, how = max(self.at[one][0] for one in union.parents), hows[children[0]]
        for child_row in sorted({self.at[one][0] for one in children}):
            here = [one for one in children if self.at[one][0] == child_row]
            if child_row <= row:
                self._upwards(union, how, here, start)
                continue
            tops = {one: self.x[one] + self._top(one) for one in here}
            points = self._twin_points(here, tops)
            ends = [points.get(one, tops[one]) for one in here]
            middle = (min(ends) + max(ends)) / 2
            if child_row == row + 1 and abs(middle - start[0]) < _NEARLY_UNDER:
                start = (middle, start[1])  # rather than a line with a kink
            path: Path = [start, *self._down(start[0], row, child_row)]
            run = self._run(child_row - 1, path[-1][0], *ends)
            path.append((path[-1][0], run))
            self.routes.append(Route("stem", union.parents, path, how=how))
            low, high = run.ends
            if high - low > 0.05:
                self.routes.append(Route("stem", union.parents, [(low, run), (high, run)], how=how))
            for one in here:
                self._drop(one, hows[one], run, (points.get(one, tops[one]), tops[one]))
            self._bars(here, run, child_row, points)

    def _top(self, child: str) -> float:
        """How far from the middle of its symbol a line comes in to a child that has more than one."""
        number, count = self.arrived.get(child, 0), self.lines_to[child]
        self.arrived[child] = number + 1
        return (number - (count - 1) / 2) * min(18.0, 36.0 / count)

    def _drop(self, child: str, how: How, run: Run, ends: tuple[float, float]) -> None:
        row = self.at[child][0]
        kind: Literal["twin", "drop"] = "twin" if ends[0] != ends[1] else "drop"
        # A drop ends under the symbol, which covers it whatever its shape; twins' lines meet its top, where they lean to.
        end = -24.0 if kind == "twin" else -8.0
        self.routes.append(Route(kind, (child,), [(ends[0], run), (ends[1], (row, end))], how=how))

    def _twin_points(self, here: list[str], tops: Mapping[str, float]) -> dict[str, float]:
        """For each child of a shared birth, the one point on the run that all of them hang from."""
        points: dict[str, float] = {}
        for twins in self.picture.twins:
            ids = [one for one in twins.ids if one in here]
            if len(ids) > 1:
                points.update(dict.fromkeys(ids, sum(tops[one] for one in ids) / len(ids)))
        return points

    def _bars(self, here: list[str], run: Run, row: int, points: Mapping[str, float]) -> None:
        """Across the two lines of identical twins. Its ends are halfway down each; the drawing works them out."""
        for twins in self.picture.twins:
            ids = tuple(one for one in twins.ids if one in here and one in points)
            if twins.identical and len(ids) > 1:
                path: Path = [(points[ids[0]], run), *((self.x[one], (row, -24.0)) for one in ids)]
                self.routes.append(Route("bar", ids, path))

    def _upwards(self, union: Union, how: How, here: list[str], start: tuple[float, Run | tuple[int, float]]) -> None:
        """To a child who does not stand lower, as can only be when what was recorded goes round in a circle."""
        for one in here:
            row = self.at[one][0]
            gap, under = self._beside(one, start[0])
            run = self._run(max(self.at[parent][0] for parent in union.parents), start[0], gap)
            path: Path = [start, (start[0], run), (gap, run), (gap, (row, under)), (self.x[one], (row, under))]
            self.routes.append(Route("stem", (*union.parents, one), path, how=how))


def _stems(union: Union) -> list[tuple[dict[str, How], tuple[str, ...]]]:
    """The children by the stems they hang from: those born to and adopted by the same people are one family."""
    stems: dict[str, dict[str, How]] = {}
    for how, children in union.children:
        hows = stems.setdefault("birth" if how == "adopted" else how, {})
        hows.update({child: how for child in children if child not in hows})
    return [(hows, tuple(hows)) for hows in stems.values()]
