"""The line round a household: about its members and nobody else, wherever there is a way round the others.

The page is cut at the edges of everyone's place into a few unequal cells. Members' cells are filled, then joined by
the cheapest way through free cells, and the edge of what is filled is drawn with rounded corners.
"""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import pairwise, product

from kith.people.genogram.layout import HALF, Layout

Cell = tuple[int, int]
Point = tuple[float, float]

_WIDE, _OVER, _UNDER, _INSET, _ROUND = 60.0, 22.0, 9.0, 6.0, 16.0
_THROUGH_SOMEONE, _SQUEEZED, _PASSABLE = 600.0, 25.0, 14.0


def around(layout: Layout, members: Iterable[str], number: int = 0) -> list[list[Point]]:
    """The corners of the line round these members: one closed ring, or more if some circle others.

    `number` is the household's place among those drawn: each further one is drawn a little closer, so that the lines
    of two homes that share a child do not lie on one another.
    """
    return list(_Ground(layout, frozenset(members), _INSET * number).rings())


def rounded(ring: list[Point]) -> str:
    """The path of a ring, its corners rounded."""
    parts = []
    for number, (x, y) in enumerate(ring):
        (ax, ay), (bx, by) = ring[number - 1], ring[(number + 1) % len(ring)]
        before, after = abs(ax - x) + abs(ay - y), abs(bx - x) + abs(by - y)
        turn = min(_ROUND, before / 2, after / 2)
        into = (x + (ax - x) * turn / before, y + (ay - y) * turn / before)
        out = (x + (bx - x) * turn / after, y + (by - y) * turn / after)
        parts.append(f"{'L' if number else 'M'}{into[0]:.1f} {into[1]:.1f}Q{x:.1f} {y:.1f} {out[0]:.1f} {out[1]:.1f}")
    return "".join(parts) + "Z"


class _Ground:
    """The page in cells: whose each is, what is filled, and what it costs to cross."""

    def __init__(self, layout: Layout, members: frozenset[str], inset: float) -> None:
        self.layout, self.members = layout, members
        wide, over, under = _WIDE - inset, _OVER - inset * 0.8, _UNDER - inset * 0.6
        feet = [max((layout.spots[one].foot for one in row), default=0.0) for row in layout.rows]
        self.boxes = {
            one: (spot.x - wide, spot.y - HALF - over, spot.x + wide, feet[spot.row] + under)
            if one in members
            else (spot.x - _WIDE + 6, spot.y - HALF - 10, spot.x + _WIDE - 6, spot.foot + 2)
            for one, spot in layout.spots.items()
        }
        self.xs = sorted({0.0, layout.width, *(side for box in self.boxes.values() for side in (box[0], box[2]))})
        self.ys = sorted({0.0, layout.height, *(side for box in self.boxes.values() for side in (box[1], box[3]))})
        self.others = {cell for one in self.boxes if one not in members for cell in self._cells(self.boxes[one])}
        self.filled: set[Cell] = set()

    def _cells(self, box: tuple[float, float, float, float]) -> Iterator[Cell]:
        left, top, right, bottom = box
        columns = [n for n, (a, b) in enumerate(pairwise(self.xs)) if a >= left and b <= right]
        for row, (a, b) in enumerate(pairwise(self.ys)):
            if a >= top and b <= bottom:
                yield from ((column, row) for column in columns)

    def rings(self) -> Iterator[list[Point]]:
        """Fills and joins the members' places, then follows the edge."""
        parts = [set(self._cells(self.boxes[one])) for one in sorted(self.members)]
        parts += [set(self._cells(box)) for box in self._bridges()]
        self.filled = set().union(*parts) if parts else set()
        while len(pieces := _pieces(self.filled)) > 1:
            self.filled |= self._widened(self._way(pieces[0]))
        self._close_holes()
        return _edges(self.filled, self.xs, self.ys)

    def _bridges(self) -> Iterator[tuple[float, float, float, float]]:
        """The room between neighbours in a row, and between two rows where members stand above one another."""
        spans = [self._spans(row) for row in self.layout.rows]
        for here in spans:
            yield from here
        for above, below in pairwise(spans):
            for top, under in product(above, below):
                left, right = max(top[0], under[0]), min(top[2], under[2])
                if right - left > HALF:
                    yield (left, top[3], right, under[1])

    def _spans(self, row: tuple[str, ...]) -> list[tuple[float, float, float, float]]:
        """The row's members, neighbours taken together."""
        here: list[tuple[float, float, float, float]] = []
        for number, one in enumerate(row):
            if one in self.members:
                box = self.boxes[one]
                if number and row[number - 1] in self.members:
                    before = here.pop()
                    box = (before[0], before[1], box[2], box[3])
                here.append(box)
        return here

    def _way(self, start: set[Cell]) -> set[Cell]:
        """The cheapest cells that join this piece to another."""
        heap = [(0.0, cell) for cell in sorted(start)]
        cost = dict.fromkeys(start, 0.0)
        came: dict[Cell, Cell] = {}
        while heap:
            spent, cell = heappop(heap)
            if cell in self.filled and cell not in start:
                return set(_walked_back(cell, came))
            for near in _neighbours(cell):
                if 0 <= near[0] < len(self.xs) - 1 and 0 <= near[1] < len(self.ys) - 1:
                    total = spent + self._cost(near, level=near[1] == cell[1])
                    if total < cost.get(near, float("inf")):
                        cost[near], came[near] = total, cell
                        heappush(heap, (total, near))
        return set()

    def _cost(self, cell: Cell, *, level: bool) -> float:
        """How far it is across the cell, more where it is narrow, and very much more where someone else stands."""
        column, row = cell
        wide, high = self.xs[column + 1] - self.xs[column], self.ys[row + 1] - self.ys[row]
        across, narrow = (wide, high) if level else (high, wide)
        return across + (_SQUEEZED if narrow < _PASSABLE else 0) + (_THROUGH_SOMEONE if cell in self.others else 0)

    def _widened(self, way: set[Cell]) -> set[Cell]:
        """The way with free cells beside it where it would be too narrow to read as a room."""
        wider = set(way)
        for column, row in way:
            if self.xs[column + 1] - self.xs[column] < _PASSABLE:
                wider |= {(column - 1, row), (column + 1, row)}
            if self.ys[row + 1] - self.ys[row] < _PASSABLE:
                wider |= {(column, row - 1), (column, row + 1)}
        return {
            (column, row)
            for column, row in wider
            if (column, row) in way
            or (
                (column, row) not in self.others
                and 0 <= column < len(self.xs) - 1
                and 0 <= row < len(self.ys) - 1
                and (self.xs[column + 1] - self.xs[column] < _WIDE)
            )
        }

    def _close_holes(self) -> None:
        """Fills a hole in which nobody stands, which would look like a room of its own."""
        free = {(x, y) for x in range(-1, len(self.xs)) for y in range(-1, len(self.ys))} - self.filled
        for piece in _pieces(free):
            if (-1, -1) not in piece and not piece & self.others:
                self.filled |= piece


def _neighbours(cell: Cell) -> tuple[Cell, Cell, Cell, Cell]:
    x, y = cell
    return (x, y - 1), (x + 1, y), (x, y + 1), (x - 1, y)


def _walked_back(cell: Cell, came: dict[Cell, Cell]) -> Iterator[Cell]:
    at: Cell | None = cell
    while at is not None:
        yield at
        at = came.get(at)


def _pieces(cells: set[Cell]) -> list[set[Cell]]:
    """The cells in pieces that hang together by their sides, in reading order."""
    left, pieces = set(cells), []
    for cell in sorted(cells):
        if cell not in left:
            continue
        left.discard(cell)
        piece, waiting = {cell}, [cell]
        while waiting:
            for near in _neighbours(waiting.pop()):
                if near in left:
                    left.discard(near)
                    piece.add(near)
                    waiting.append(near)
        pieces.append(piece)
    return pieces


def _edges(filled: set[Cell], xs: list[float], ys: list[float]) -> Iterator[list[Point]]:
    """The rings along the edge of what is filled, walked with the filled side on the right."""
    leaving: dict[Cell, list[Cell]] = {}
    for x, y in sorted(filled):
        up, right, down, left = (near in filled for near in _neighbours((x, y)))
        corners = ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
        for number, inner in enumerate((up, right, down, left)):
            if not inner:
                leaving.setdefault(corners[number], []).append(corners[(number + 1) % 4])
    while leaving:
        start = min(leaving)
        ring, at = [start], leaving[start].pop()
        while at != start:
            ring.append(at)
            ways = leaving[at]
            ways.sort(key=lambda to, a=ring[-2], b=at: -_right_turn(a, b, to))  # type: ignore[misc]
            at = ways.pop(0)
        leaving = {corner: ways for corner, ways in leaving.items() if ways}
        yield _straightened([(xs[x], ys[y]) for x, y in ring])


def _right_turn(a: Cell, b: Cell, c: Cell) -> int:
    """More than 0 for a turn to the right: where two rings touch, each keeps to itself."""
    first = (_sign(b[0] - a[0]), _sign(b[1] - a[1]))
    second = (_sign(c[0] - b[0]), _sign(c[1] - b[1]))
    return first[0] * second[1] - first[1] * second[0]


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _straightened(ring: list[Point]) -> list[Point]:
    """Without the corners at which nothing turns."""
    return [
        point
        for number, point in enumerate(ring)
        for before, after in [(ring[number - 1], ring[(number + 1) % len(ring)])]
        if not (before[0] == point[0] == after[0] or before[1] == point[1] == after[1])
    ]
