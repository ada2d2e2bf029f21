"""The ecomap drawn: the family in the middle, everyone else around, and lines that say how each tie is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, cos, hypot, pi, sin

from django.utils.translation import gettext as _

from kith.people.ecomap.ties import Ecomap, Strength, Tie
from kith.people.ecomap.words import KINDS, as_list
from kith.people.genogram.labels import LINE, width_of, wrapped
from kith.people.genogram.markup import INK, element, polyline, whole, words_at

Point = tuple[float, float]

_MIDDLE, _WIDE, _CLEAR, _LONGEST_TIE = 62.0, 118.0, 14.0, 74.0
_WIDTHS: dict[Strength, float] = {"strong": 6, "ordinary": 2, "weak": 1.6, "stressful": 2, "broken": 2}


@dataclass(frozen=True)
class Place:
    """An oval around the middle: its own middle, its half width and half height, and what is written in it."""

    tie: Tie
    x: float
    y: float
    wide: float
    high: float
    lines: tuple[tuple[str, float], ...]


def draw(ecomap: Ecomap, *, fit: bool = True, prefix: str = "ecomap") -> str:
    """The ecomap as one SVG element. `fit` makes it as wide as its place; else it keeps its size, for one that scrolls."""
    places, (width, height) = arranged(ecomap)
    middle = (width / 2, height / 2)
    marks = [element("rect", width=width, height=height, fill="#fff")]
    for place in places:
        marks += _tie(place, middle)
    marks.append(element("circle", cx=middle[0], cy=middle[1], r=_MIDDLE, fill="#fff", stroke=INK, stroke_width=3))
    marks += _writing([(line, 15.0) for line in wrapped(ecomap.middle, _MIDDLE * 1.6, 4, 15)], *middle, bold=True)
    for place in places:
        oval = element(
            "ellipse", cx=place.x, cy=place.y, rx=place.wide, ry=place.high, fill="#fff", stroke=INK, stroke_width=1.6
        )
        marks.append(element("g", oval, *_writing(list(place.lines), place.x, place.y)))
    title = _("Ecomap of %(name)s") % {"name": ecomap.middle}
    return whole(marks, (width, height), title, " ".join(as_list(ecomap)), prefix, fit=fit)


def arranged(ecomap: Ecomap) -> tuple[list[Place], tuple[float, float]]:
    """Where each tie's oval goes, and how large the drawing comes out: no two ovals touch, nor does any the middle.

    More than nine stand on two rings, in turn nearer and farther, so that no line runs through another's oval.
    """
    sizes = [_sized(tie) for tie in ecomap.ties]
    rings = 2 if len(sizes) > 9 else 1
    radius = _MIDDLE + _LONGEST_TIE + 50
    while not _clear(places := _around(ecomap.ties, sizes, radius, rings)):
        radius += 12
    reach_x = max((abs(place.x) + place.wide for place in places), default=_MIDDLE) + 16
    reach_y = max((abs(place.y) + place.high for place in places), default=_MIDDLE) + 16
    moved = [
        Place(place.tie, place.x + reach_x, place.y + reach_y, place.wide, place.high, place.lines) for place in places
    ]
    return moved, (reach_x * 2, reach_y * 2)


def _sized(tie: Tie) -> tuple[float, float, tuple[tuple[str, float], ...]]:
    lines = [(line, 14.0) for line in wrapped(tie.to_name, _WIDE, 4)]
    if KINDS[tie.kind]:
        lines.append((_(KINDS[tie.kind]), 12.0))
    lines += [(line, 12.0) for line in wrapped(tie.words, _WIDE, 2, 12)] if tie.words else []
    widest = max((width_of(line, size) for line, size in lines), default=20.0)
    high = len(lines) * LINE
    # An oval about a box must be wider than it, by the square root of two when both ways are stretched alike.
    return max(46.0, widest * 0.62 + 8), max(28.0, high * 0.66 + 6), tuple(lines)


def _around(
    ties: tuple[Tie, ...], sizes: list[tuple[float, float, tuple[tuple[str, float], ...]]], radius: float, rings: int
) -> list[Place]:
    places = []
    for number, (tie, (wide, high, lines)) in enumerate(zip(ties, sizes, strict=True)):
        angle = -pi / 2 + 2 * pi * number / len(ties)
        far = radius * (1.0 if rings == 1 or number % 2 == 0 else 1.62)
        places.append(Place(tie, far * 1.18 * cos(angle), far * sin(angle), wide, high, lines))
    return places


def _clear(places: list[Place]) -> bool:
    """Whether no oval comes near another, the middle, or another's line. Boxes stand for ovals: safe, and simple."""
    for number, one in enumerate(places):
        if hypot(one.x / (one.wide + _MIDDLE + 40), one.y / (one.high + _MIDDLE + 40)) < 1:
            return False
        for other in places[:number]:
            if abs(one.x - other.x) < one.wide + other.wide + _CLEAR and abs(one.y - other.y) < (
                one.high + other.high + _CLEAR
            ):
                return False
        if any(_passes(other, one) for other in places if other is not one):
            return False
    return True


def _passes(line_of: Place, over: Place) -> bool:
    """Whether the line from the middle to one oval passes over another."""
    steps = 24
    return any(
        hypot(
            (line_of.x * step / steps - over.x) / (over.wide + 8), (line_of.y * step / steps - over.y) / (over.high + 8)
        )
        < 1
        for step in range(4, steps)
    )


def _writing(lines: list[tuple[str, float]], x: float, y: float, *, bold: bool = False) -> Iterator[str]:
    top = y - len(lines) * LINE / 2 + LINE * 0.76
    for number, (line, size) in enumerate(lines):
        yield words_at(x, top + LINE * number, line, size, font_weight="bold" if bold else None)


def _tie(place: Place, middle: Point) -> Iterator[str]:
    """The line from the middle's edge to the oval's, by how strong it is, with arrows for the way support goes."""
    dx, dy = place.x - middle[0], place.y - middle[1]
    length = hypot(dx, dy)
    start = _MIDDLE / length
    end = 1 - 1 / hypot(dx / place.wide, dy / place.high)
    near = (middle[0] + dx * start, middle[1] + dy * start)
    far = (middle[0] + dx * end, middle[1] + dy * end)
    # A head stands on the end of its line, which stops short of the tip so that a thick line does not blunt it.
    gives = place.tie.gives
    yield line_of(
        place.tie.strength,
        _short(near, far, gives in ("to_family", "both")),
        _short(far, near, gives in ("from_family", "both")),
    )
    if gives in ("to_family", "both"):
        yield _head(near, far)
    if gives in ("from_family", "both"):
        yield _head(far, near)


def _short(tip: Point, other: Point, head: bool) -> Point:
    length = hypot(other[0] - tip[0], other[1] - tip[1]) or 1.0
    back = 12 / length if head else 0
    return tip[0] + (other[0] - tip[0]) * back, tip[1] + (other[1] - tip[1]) * back


def _head(tip: Point, back: Point) -> str:
    length = hypot(back[0] - tip[0], back[1] - tip[1]) or 1.0
    ux, uy = (back[0] - tip[0]) / length, (back[1] - tip[1]) / length
    corners = [tip, *((tip[0] + ux * 16 + side * uy * 8, tip[1] + uy * 16 - side * ux * 8) for side in (-1, 1)), tip]
    return polyline(corners, fill=INK)


def line_of(strength: Strength, a: Point, b: Point) -> str:
    """The stroke from one point to another that shows a tie of this strength."""
    paint = {"stroke": INK, "fill": "none", "stroke_width": _WIDTHS[strength]}
    draw_it: Callable[..., str] = polyline
    if strength == "weak":
        return draw_it([a, b], stroke_dasharray="7 6", **paint)
    if strength == "stressful":
        return draw_it(_zigzag(a, b), stroke_linejoin="round", **paint)
    if strength == "broken":
        return "".join(draw_it(points, **paint) for points in _broken(a, b))
    return draw_it([a, b], **paint)


def _zigzag(a: Point, b: Point) -> list[Point]:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = hypot(dx, dy) or 1.0
    teeth = max(4, ceil(length / 9))
    side = (-dy / length * 6, dx / length * 6)
    return [
        a,
        *(
            (
                a[0] + dx * (one + 0.5) / teeth + side[0] * (1 if one % 2 else -1),
                a[1] + dy * (one + 0.5) / teeth + side[1] * (1 if one % 2 else -1),
            )
            for one in range(teeth)
        ),
        b,
    ]


def _broken(a: Point, b: Point) -> list[list[Point]]:
    """Two halves with a gap between them, and a bar across each end of the gap."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = hypot(dx, dy) or 1.0
    gap = min(7 / length, 0.2)
    side = (-dy / length * 9, dx / length * 9)
    before, after = ((a[0] + dx * (0.5 + way * gap), a[1] + dy * (0.5 + way * gap)) for way in (-1, 1))
    bars = [[(x - side[0], y - side[1]), (x + side[0], y + side[1])] for x, y in (before, after)]
    return [[a, before], [after, b], *bars]


def sign(name: str) -> str:
    """A small drawing of one sign of the key, for beside its words; hidden from those who hear the page."""
    a, b = (2.0, 16.0), (62.0, 16.0)
    inside = (
        line_of("ordinary", a, (50.0, 16.0)) + _head(b, a) if name == "arrow" else line_of(_STRENGTH_OF[name], a, b)
    )
    return element("svg", inside, viewBox="0 0 64 32", width=64, height=32, aria_hidden="true", focusable="false")


_STRENGTH_OF: dict[str, Strength] = {strength: strength for strength in _WIDTHS}
