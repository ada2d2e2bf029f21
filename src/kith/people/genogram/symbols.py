"""The signs themselves: a shape for a person or a pregnancy, and the strokes for how people are joined."""

from kith.people.genogram.family import Couple, CoupleKind, How, Member, Sex
from kith.people.genogram.markup import INK, Value, element, polyline

HALF = 28.0
_SMALL = 15.0

COUPLE_DASHES: dict[CoupleKind, str | None] = {
    "married": None,
    "civil_partnership": None,
    "separated": None,
    "divorced": None,
    "living_together": "9 5",
    "relationship": "2 5",
    "brief": "2 10",
}
"""How the line between two people is broken, by what they are to each other."""

CHILD_DASHES: dict[How, str | None] = {
    "birth": None,
    "adopted": None,
    "fostered": "1 6",
    "step": "5 5",
    "kinship": "12 4 2 4",
    "special_guardianship": "14 6",
    "donor": "1 11",
}
"""How the line from parents to a child is broken, by how the child is theirs."""


def person(member: Member, x: float, y: float, *, adopted: bool = False) -> str:
    """The symbol of a member, its middle at x, y: everything but the writing."""
    if member.pregnancy_ended:
        return _ended(member, x, y - HALF + _SMALL)
    marks = [_shape(member.sex, x, y, HALF, triangle=member.unborn)]
    if member.index:
        marks.append(_shape(member.sex, x, y + (2 if member.unborn else 0), HALF - 6, triangle=member.unborn))
    if member.died:
        marks.append(_cross(x, y, HALF * _reach(member)))
    if adopted:
        marks += [_bracket(x, y, side) for side in (-1, 1)]
    return "".join(marks)


def _reach(member: Member) -> float:
    """How far a cross goes from the middle towards the corners, to stay within the shape."""
    if member.unborn:
        return 0.5
    return {"male": 1.0, "female": 0.71, "other": 0.5, "unknown": 0.5}[member.sex]


def _shape(sex: Sex, x: float, y: float, half: float, *, triangle: bool = False) -> str:
    paint: dict[str, Value] = {"fill": "#fff", "stroke": INK, "stroke_width": 2.5}
    if triangle:
        return element("path", d=f"M{x:.1f} {y - half:.1f}L{x + half:.1f} {y + half:.1f}H{x - half:.1f}Z", **paint)
    if sex == "male":
        return element("rect", x=x - half, y=y - half, width=half * 2, height=half * 2, **paint)
    if sex == "female":
        return element("circle", cx=x, cy=y, r=half, **paint)
    return element("path", d=f"M{x:.1f} {y - half:.1f}l{half} {half}l-{half} {half}l-{half} -{half}Z", **paint)


def _cross(x: float, y: float, reach: float) -> str:
    lines = f"M{x - reach:.1f} {y - reach:.1f}L{x + reach:.1f} {y + reach:.1f}"
    lines += f"M{x + reach:.1f} {y - reach:.1f}L{x - reach:.1f} {y + reach:.1f}"
    return element("path", d=lines, stroke=INK, stroke_width=2, fill="none")


def _ended(member: Member, x: float, y: float) -> str:
    """A pregnancy that ended: smaller than a person, crossed; with a bar beneath the cross if it was terminated."""
    still = member.pregnancy_ended == "stillbirth"
    marks = [_shape(member.sex, x, y, _SMALL, triangle=not still)]
    centre = y if still else y + 3
    marks.append(_cross(x, centre, _SMALL if still and member.sex == "male" else 10 if still else 11))
    if member.pregnancy_ended == "termination":
        marks.append(polyline([(x - 20, centre), (x + 20, centre)], stroke=INK, stroke_width=2))
    return "".join(marks)


def _bracket(x: float, y: float, side: int) -> str:
    out, top = x + side * (HALF + 8), HALF + 3
    points = [(out - side * 7, y - top), (out, y - top), (out, y + top), (out - side * 7, y + top)]
    return polyline(points, stroke=INK, stroke_width=2.5, fill="none")


def couple_line(points: tuple[tuple[float, float], ...], couple: Couple | None) -> str:
    """The line between two people; a thin one when only their being parents of one child is known."""
    return polyline(
        points,
        stroke=INK,
        stroke_width=2.5 if couple else 1.2,
        stroke_dasharray=COUPLE_DASHES[couple.kind] if couple else None,
        fill="none",
    )


def slashes(couple: Couple, *, over: bool) -> int:
    """How many strokes cross the couple's line: two for divorced, one for any other parting."""
    if couple.kind == "divorced":
        return 2
    return 1 if couple.kind == "separated" or (over and couple.kind != "brief") else 0


def parting(x: float, y: float, count: int) -> str:
    """The strokes across a couple's line."""
    start = x - 3.5 * (count - 1)
    return "".join(
        polyline([(start + 7 * one - 5, y + 9), (start + 7 * one + 5, y - 9)], stroke=INK, stroke_width=2.5)
        for one in range(count)
    )


def child_line(points: tuple[tuple[float, float], ...], how: How, *, last: bool = False) -> str:
    """A line from parents to a child; for adoption its last stretch is a whole line with a broken one beside it."""
    paint: dict[str, Value] = {
        "stroke": INK,
        "fill": "none",
        "stroke_linecap": "round" if how in ("fostered", "donor") else None,
    }
    width = 2.8 if how in ("fostered", "donor") else 2
    line = polyline(points, stroke_dasharray=CHILD_DASHES[how], stroke_width=width, **paint)
    if how == "adopted" and last:
        line += polyline([(x + 6, y) for x, y in points], stroke_dasharray="6 4", stroke_width=2, **paint)
    return line


def sibling_line(points: tuple[tuple[float, float], ...]) -> str:
    """The line over brothers and sisters, broken because their parents are not drawn."""
    return polyline(points, stroke=INK, stroke_width=2, stroke_dasharray="5 4", fill="none")


def home_line(path: str, number: int) -> str:
    """The line round those who live together; each further household's is broken differently."""
    dashes = ("10 7", "3 5", "16 5 3 5")[number % 3]
    return element("path", d=path, fill="none", stroke=INK, stroke_width=1.4, stroke_dasharray=dashes)
