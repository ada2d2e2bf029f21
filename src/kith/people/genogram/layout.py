"""Where everyone stands: generations in rows, families in order, and those joined to nobody apart at the right.

`layout(picture)` is all there is to it: a pure function of the picture, the same picture always giving the same places.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kith.people.genogram.family import Picture
from kith.people.genogram.labels import height_of_label
from kith.people.genogram.lanes import Run, assign_lanes
from kith.people.genogram.order import ordered
from kith.people.genogram.placing import COLUMN, spread
from kith.people.genogram.routes import Route, routes_of
from kith.people.genogram.unions import Union, generations, unions_of

HALF = 28.0
"""Half the width of a symbol."""

LANE = 13.0
"""From one line that runs along between two rows to the next."""

_MARGIN_X, _MARGIN_Y, _UNDER_NAMES, _OVER_SYMBOLS, _BETWEEN_PARTS = 82.0, 66.0, 16.0, 40.0, 60.0


@dataclass(frozen=True)
class Spot:
    """The middle of a member's symbol, its row (0 at the top), and where the writing under it ends."""

    x: float
    y: float
    row: int
    foot: float


@dataclass(frozen=True)
class Line:
    """A line to draw: what it is for, its corners in order, and where along it the signs of parting go."""

    route: Route
    points: tuple[tuple[float, float], ...]
    sign_at: tuple[float, float] | None


@dataclass(frozen=True)
class Layout:
    """A whole drawing, measured: where each member is, every line, and how large it comes out."""

    spots: dict[str, Spot]
    lines: tuple[Line, ...]
    rows: tuple[tuple[str, ...], ...]
    width: float
    height: float


def layout(picture: Picture) -> Layout:
    """Places every member and line of the picture. A picture of nobody comes out empty."""
    unions = unions_of(picture)
    rows, x = _placed(picture, unions)
    routes, runs = routes_of(picture, unions, rows, x)
    lanes = assign_lanes(runs, len(rows))
    heights = [max((height_of_label(picture.by_id[one]) for one in row), default=0) for row in rows]
    middles: list[float] = []
    at = _MARGIN_Y
    for row, height in enumerate(heights):
        middles.append(at)
        at += HALF + 6 + height + _UNDER_NAMES + LANE * lanes[row] + _OVER_SYMBOLS + HALF
    # The last row has nothing to make room for beneath it but its own names, couples and a household's edge.
    bottom = at - HALF - (_OVER_SYMBOLS if lanes and lanes[-1] else _OVER_SYMBOLS - 14) + 10 if rows else 0.0
    spots = {
        one: Spot(x[one] + _MARGIN_X, middles[row], row, middles[row] + HALF + 6 + height_of_label(picture.by_id[one]))
        for row, ids in enumerate(rows)
        for one in ids
    }
    lines = tuple(_drawn(route, middles, heights) for route in routes)
    width = max((spot.x for spot in spots.values()), default=0.0) + _MARGIN_X
    return Layout(spots, lines, tuple(map(tuple, rows)), width, bottom)


def _drawn(route: Route, middles: list[float], heights: list[int]) -> Line:
    def at(place: tuple[float, Run | tuple[int, float]]) -> tuple[float, float]:
        x, ref = place
        if isinstance(ref, Run):
            top = middles[ref.channel] + HALF + 6 + heights[ref.channel] + _UNDER_NAMES
            return x + _MARGIN_X, top + LANE * ref.lane
        return x + _MARGIN_X, middles[ref[0]] + ref[1]

    return Line(route, _tidied([at(place) for place in route.path]), at(route.sign_at) if route.sign_at else None)


def _tidied(points: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Without the corners at which nothing turns."""
    kept: list[tuple[float, float]] = []
    for point in points:
        if not kept or abs(kept[-1][0] - point[0]) + abs(kept[-1][1] - point[1]) > 0.05:
            kept.append(point)
    return tuple(kept)


def _placed(picture: Picture, unions: tuple[Union, ...]) -> tuple[list[list[str]], dict[str, float]]:
    """The rows and how far along each member stands, part by part: the index child's first, then the rest."""
    rank = generations(picture)
    rows: list[list[str]] = []
    x: dict[str, float] = {}
    parts = _parts(picture, unions)
    depth = max((1 + max(rank[one] for one in part) - min(rank[one] for one in part) for part in parts), default=0)
    edge, alone = 0.0, 0
    for part in parts:
        least = min(rank[one] for one in part)
        # Those joined to nobody fill the rows downwards, so that they do not stretch the picture one column each.
        base = alone % depth if len(part) == 1 else 0
        row_of = {one: rank[one] - least + base for one in part}
        mine = [union for union in unions if union.parents[0] in row_of]
        lined = ordered(picture, mine, row_of)
        places = spread(lined, mine, picture.siblings)
        if len(part) > 1 or base == 0:
            edge = max(x.values()) + COLUMN + _BETWEEN_PARTS * (alone == 0 or len(part) > 1) if x else 0.0
        alone += len(part) == 1
        rows += [[] for _row in range(len(lined) - len(rows))]
        for row, ids in zip(rows, lined, strict=False):
            row.extend(ids)
        x.update({one: at + edge for one, at in places.items()})
    return rows, x


def _parts(picture: Picture, unions: Iterable[Union]) -> list[list[str]]:
    """The members by who is joined to whom: the index child's part first, then the larger, those alone last."""
    part_of = {member.id: [member.id] for member in picture.members}
    for group in [
        *((*union.parents, *union.all_children) for union in unions),
        *picture.of_one_row,
    ]:
        for one in group[1:]:
            first, other = part_of[group[0]], part_of[one]
            if first is not other:
                first += other
                for moved in other:
                    part_of[moved] = first
    parts = list({id(part): part for part in part_of.values()}.values())
    index = picture.index.id if picture.index else None
    return sorted(parts, key=lambda part: (index not in part, len(part) == 1, -len(part)))
