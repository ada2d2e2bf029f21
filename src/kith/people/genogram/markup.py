"""Writing SVG: elements with everything escaped, presentation attributes only, so that a strict policy lets it show."""

from collections.abc import Iterable
from html import escape
from typing import Literal

INK = "#0b0c0c"
"""The one colour. A genogram is printed and copied in black and white."""

FONT = "Arial, Liberation Sans, sans-serif"

Value = str | float | int | None


def element(tag: str, *inside: str, **attributes: Value) -> str:
    """An element with its attributes; those that are None are left out. `inside` is markup, made by these functions.

    An underscore in a name stands for a hyphen, and a last one is dropped: `stroke_width`, `class_`.
    """
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{written(_written(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{said}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{said}/>"


def written(text: str) -> str:
    """Text as content, with what SVG cannot hold (control characters) left out."""
    return escape("".join(one for one in text if one.isprintable() or one == " "))


def words_at(x: float, y: float, text: str, size: float = 14, **more: Value) -> str:
    """A line of writing, ringed with white so that it stays readable where a line runs beneath it."""
    return element(
        "text",
        written(text),
        x=x,
        y=y,
        text_anchor="middle",
        font_size=size,
        fill=INK,
        stroke="#fff",
        stroke_width=4,
        stroke_linejoin="round",
        paint_order="stroke",
        **more,
    )


def words_on_white(x: float, y: float, text: str, width: float, size: float = 14, **more: Value) -> str:
    """A line of writing centred upon a white ground as wide as itself, where a line may lie beneath it."""
    ground = element("rect", x=x - width / 2 - 2, y=y - size, width=width + 4, height=size + 4, fill="#fff")
    return ground + words_at(x, y, text, size, **more)


def polyline(points: Iterable[tuple[float, float]], **attributes: Value) -> str:
    """A line through the points."""
    path = "".join(f"{'L' if number else 'M'}{_written(x)} {_written(y)}" for number, (x, y) in enumerate(points))
    return element("path", d=path, **attributes)


def whole(
    inside: Iterable[str],
    size: tuple[float, float],
    title: str,
    described: str,
    prefix: str,
    *,
    fit: bool,
    role: Literal["img", "group"] = "img",
) -> str:
    """The drawing itself, with its title and description. `fit` makes it as wide as its place; else it keeps its size.

    `prefix` keeps the ids of two drawings in one page apart.
    """
    width, height = (round(side) for side in size)
    return element(
        "svg",
        element("title", written(title), id=f"{prefix}-title"),
        element("desc", written(described), id=f"{prefix}-desc"),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width="100%" if fit else width,
        height=None if fit else height,
        role=role,
        aria_labelledby=f"{prefix}-title",
        aria_describedby=f"{prefix}-desc",
        font_family=FONT,
        preserveAspectRatio="xMidYMin meet",
    )


def _written(value: Value) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
