"""The genogram drawn: the signs social workers know, in black and white, for a screen of any width and for print."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import cast

from django.utils.translation import gettext as _

from kith.people.genogram.family import Couple, CoupleKind, Household, Member, Picture
from kith.people.genogram.hull import around, rounded
from kith.people.genogram.labels import LINE, age_in_words, dates_line, inside, name_lines, width_of
from kith.people.genogram.layout import HALF, Layout, Line, Spot, layout
from kith.people.genogram.markup import INK, element, polyline, whole, words_at, words_on_white
from kith.people.genogram.symbols import (
    CHILD_DASHES,
    child_line,
    couple_line,
    home_line,
    parting,
    person,
    sibling_line,
    slashes,
)
from kith.people.genogram.words import as_list

Href = Callable[[str], str | None]


def draw(picture: Picture, on: date, *, href: Href | None = None, fit: bool = True, prefix: str = "genogram") -> str:
    """The picture as one SVG element, with nothing in it that is not in the picture.

    `on` is the day ages are worked out for. `href` gives the address of a member's page by id, or None for no link.
    `fit` draws it as wide as its place; otherwise it keeps its natural size, for a place that scrolls. With links it
    is a group and not an image, for what is inside an image cannot be reached by keyboard and screen reader.
    """
    placed = layout(picture)
    adopted = {link.child for link in picture.children if link.how == "adopted"}
    marks = [element("rect", width=placed.width, height=placed.height, fill="#fff")]
    marks += _homes(picture, placed)
    marks += [_line(line, placed, on, picture) for line in placed.lines]
    linked = False
    for member in picture.members:
        drawn = _member(member, placed.spots[member.id], on, adopted=member.id in adopted)
        address = href(member.id) if href else None
        if address:
            linked = True
            drawn = element("a", drawn, href=address, aria_label=_named(member, on))
        marks.append(element("g", drawn, data_person=member.id))
    about = picture.index
    title = _("Genogram of %(name)s") % {"name": about.name} if about else _("Genogram")
    size = (max(placed.width, 200.0), max(placed.height, 60.0))
    role = "group" if linked else "img"
    return whole(marks, size, title, " ".join(as_list(picture, on)), prefix, fit=fit, role=role)  # type: ignore[arg-type]


def _named(member: Member, on: date) -> str:
    age = age_in_words(member, on)
    return f"{member.name}, {age}" if age and not member.died else member.name


def _member(member: Member, spot: Spot, on: date, *, adopted: bool) -> str:
    marks = [person(member, spot.x, spot.y, adopted=adopted)]
    age = inside(member, on)
    if age:
        size = 15 if width_of(age, 15) < HALF * 1.4 else 11
        if member.died:  # so that the cross does not run through the figures
            marks.append(words_on_white(spot.x, spot.y + size * 0.36, age, width_of(age, size), size))
        else:
            marks.append(words_at(spot.x, spot.y + size * 0.36, age, size))
    bold = "bold" if member.index else None
    lines = name_lines(member)
    foot = spot.y + HALF + 4
    for number, line in enumerate(lines, start=1):
        marks.append(words_on_white(spot.x, foot + LINE * number - 2, line, width_of(line), font_weight=bold))
    years = dates_line(member)
    if years:
        marks.append(words_on_white(spot.x, foot + LINE * (len(lines) + 1) - 2, years, width_of(years, 13), 13))
    return "".join(marks)


def _line(line: Line, placed: Layout, on: date, picture: Picture) -> str:
    route = line.route
    if route.kind == "couple":
        drawn = couple_line(line.points, route.couple)
        if route.couple and line.sign_at:
            # A death ends a marriage without a parting.
            dead = any(picture.by_id[one].died for one in route.members)
            count = slashes(route.couple, over=route.couple.over(on) and not dead)
            drawn += parting(*line.sign_at, count)
        return drawn + _years_together(line, picture)
    if route.kind == "siblings":
        return sibling_line(line.points)
    if route.kind == "bar":
        return _bar(line)
    return child_line(line.points, route.how or "birth", last=route.kind in ("drop", "twin"))


def _years_together(line: Line, picture: Picture) -> str:
    """The years of a couple who stand side by side, over their line, when there is room for them."""
    couple = line.route.couple
    if couple is None or len(line.points) != 2 or not (couple.from_on or couple.until_on):
        return ""
    (ax, y), (bx, _y) = line.points
    ends = [one.died for one in (picture.by_id[couple.a], picture.by_id[couple.b]) if one.died]
    end = couple.until_on or min(ends, default=None)
    text = f"{couple.from_on.year if couple.from_on else ''}–{end.year if end else ''}"
    room = abs(bx - ax) - HALF * 2 - 6
    return words_at((ax + bx) / 2, y - 12, text, 12) if width_of(text, 12) <= room else ""


def _bar(line: Line) -> str:
    """Across the lines of identical twins, halfway down."""
    (x, y), *ends = line.points
    halves = sorted(((x + ax) / 2, (y + ay) / 2) for ax, ay in ends)
    return polyline([halves[0], halves[-1]], stroke=INK, stroke_width=2)


def _homes(picture: Picture, placed: Layout) -> Iterator[str]:
    written: list[tuple[float, float, float, float]] = []
    names = []
    for number, home in enumerate(home for home in picture.households if home.members):
        rings = around(placed, home.members, number)
        yield from (home_line(rounded(ring), number) for ring in rings)
        names.append(_home_name(home, rings[0], placed, written) if home.name else "")
    yield from names


def _home_name(
    home: Household, ring: list[tuple[float, float]], placed: Layout, written: list[tuple[float, float, float, float]]
) -> str:
    """The household's name upon its line, where it lies over the fewest other marks."""
    width = width_of(home.name, 13)
    best: tuple[float, float, float] | None = None
    for number, (x, y) in enumerate(ring):
        to_x, to_y = ring[(number + 1) % len(ring)]
        if y != to_y or abs(to_x - x) < width + 24:
            continue
        low, high = min(x, to_x) + 16, max(x, to_x) - 16 - width
        for step in range(9):
            left = low + (high - low) * step / 8
            box = (left - 4, y - 9, left + width + 4, y + 9)
            trouble = _trouble(box, placed, written)
            if best is None or trouble < best[0]:
                best = (trouble, left, y)
    if best is None:
        best = (0.0, min(x for x, _y in ring) + 16, min(y for _x, y in ring))
    _worst, left, y = best
    written.append((left - 4, y - 9, left + width + 4, y + 9))
    return words_on_white(left + width / 2, y + 4, home.name, width, 13, font_style="italic")


def _trouble(
    box: tuple[float, float, float, float], placed: Layout, written: list[tuple[float, float, float, float]]
) -> float:
    """How many lines and words the box would lie over."""
    left, top, right, bottom = box
    count = 0.0
    for line in placed.lines:
        for (ax, ay), (bx, by) in zip(line.points, line.points[1:], strict=False):
            count += min(ax, bx) <= right and left <= max(ax, bx) and min(ay, by) <= bottom and top <= max(ay, by)
    for spot in placed.spots.values():
        near = spot.x - 56 <= right and left <= spot.x + 56
        count += 5 * (near and spot.y - HALF <= bottom and top <= spot.foot)
    return count + 5 * sum(a <= right and left <= c and b <= bottom and top <= d for a, b, c, d in written)


def sign(name: str) -> str:
    """A small drawing of one sign of the key, for beside its words; hidden from those who hear the page."""
    x, y = 32.0, 32.0
    across = ((2.0, y), (62.0, y))
    if name in _PEOPLE:
        inside = person(_PEOPLE[name], x, y)
    elif name in ("twins", "identical"):
        points = [((x, 6.0), (x + side * 22, 56.0)) for side in (-1, 1)]
        inside = "".join(child_line(ends, "birth") for ends in points)
        inside += polyline([(x - 11, 31), (x + 11, 31)], stroke=INK, stroke_width=2) if name == "identical" else ""
    elif name == "household":
        inside = home_line("M18 8H46Q60 8 60 22V42Q60 56 46 56H18Q4 56 4 42V22Q4 8 18 8Z", 0)
    elif name == "siblings":
        inside = sibling_line(((8.0, 12.0), (56.0, 12.0)))
        inside += "".join(child_line(((at, 12.0), (at, 56.0)), "birth") for at in (8.0, 56.0))
    elif name in CHILD_DASHES:
        inside = child_line(((x, 2.0), (x, 62.0)), name, last=True)
    elif name == "parents":
        inside = couple_line(across, None)
    else:
        couple = Couple("a", "b", cast(CoupleKind, name))
        inside = couple_line(across, couple) + parting(x, y, slashes(couple, over=False))
    return element("svg", inside, viewBox="0 0 64 64", width=40, height=40, aria_hidden="true", focusable="false")


_PEOPLE = {
    "index": Member("", "", "unknown", index=True),
    "male": Member("", "", "male"),
    "female": Member("", "", "female"),
    "other": Member("", "", "other"),
    "unknown": Member("", "", "unknown"),
    "died": Member("", "", "male", died=date.min),
    "pregnancy": Member("", "", expected_on=date.max),
    "miscarriage": Member("", "", pregnancy_ended="miscarriage"),
    "termination": Member("", "", pregnancy_ended="termination"),
    "stillbirth": Member("", "", "female", pregnancy_ended="stillbirth"),
}
