"""A grid of two answers drawn as a picture: each placing stands in its cell with its number, a worker's round, a person's own square.

Colour says nothing, and the same stands in a table beside it.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kith.casework.capacity import Placing
from kith.rules.forms import Form, Grid
from kith.web import said
from kith.web.answers import answered

LEFT, TOP, WIDE, HIGH, STEP = 90, 34, 190, 120, 34
IN_A_ROW = 5


def picture(grid: Grid, form: Form, placings: Sequence[Placing], name: str) -> SafeString:
    """The grid as SVG, with every placing of one person in it."""
    across, down = (_options(form, key) for key in (grid.across, grid.down))
    width, height = LEFT + WIDE * len(across) + 4, TOP + HIGH * len(down) + 4
    title = _("Where %(name)s was placed by effort and commitment") % {"name": name}
    parts = [*_heads(form, grid, across, down), *_cells(grid, across, down), *_points(grid, across, down, placings)]
    return format_html(
        '<svg class="kith-grid" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">{}</svg>',
        title, width, height, width, height, format_html_join("", "{}", ((one,) for one in parts)),
    )  # fmt: skip


def _options(form: Form, key: str) -> list[tuple[str, str]]:
    question = form.question(key)
    return list(question.options.items()) if question else []


def _heads(form: Form, grid: Grid, across: Sequence[tuple[str, str]], down: Sequence[tuple[str, str]]) -> list[SafeString]:  # fmt: skip
    text = '<text x="{}" y="{}" font-size="14"{}>{}</text>'
    middle = SafeString(' text-anchor="middle"')
    heads = [
        format_html(text, LEFT + WIDE * place + WIDE // 2, 22, middle, f"{answered.label(grid.across)}: {word}")
        for place, (_key, word) in enumerate(across)
    ]
    for place, (_key, word) in enumerate(down):
        at = TOP + HIGH * place + HIGH // 2
        heads.append(format_html(text, 0, at - 8, "", f"{answered.label(grid.down)[:11]}:"))
        heads.append(format_html(text, 0, at + 10, "", word))
    return heads


def _cells(grid: Grid, across: Sequence[tuple[str, str]], down: Sequence[tuple[str, str]]) -> list[SafeString]:
    cells = []
    for column, (over, _word) in enumerate(across):
        for line, (beside, _word) in enumerate(down):
            x, y = LEFT + WIDE * column, TOP + HIGH * line
            name = answered(grid.key, grid.cells.get((over, beside), ""))
            cells.append(format_html('<rect x="{}" y="{}" width="{}" height="{}" fill="#fff" stroke="#0b0c0c"/>', x, y, WIDE, HIGH))  # fmt: skip
            for row, words in enumerate(_wrapped(name)):
                cells.append(format_html('<text x="{}" y="{}" font-size="13">{}</text>', x + 8, y + 18 + 16 * row, words))  # fmt: skip
    return cells


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > 24:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _points(
    grid: Grid, across: Sequence[tuple[str, str]], down: Sequence[tuple[str, str]], placings: Sequence[Placing]
) -> list[SafeString]:
    columns, lines = [key for key, _word in across], [key for key, _word in down]
    taken: dict[tuple[str, str], int] = {}
    points = []
    for number, one in enumerate(placings, start=1):
        cell = (one.says(grid.across), one.says(grid.down))
        if cell[0] not in columns or cell[1] not in lines:
            continue
        place = taken[cell] = taken.get(cell, -1) + 1
        x = LEFT + WIDE * columns.index(cell[0]) + 22 + STEP * (place % IN_A_ROW)
        y = TOP + HIGH * lines.index(cell[1]) + 62 + STEP * (place // IN_A_ROW)
        points.append(_point(number, one, x, y))
    return points


def _point(number: int, one: Placing, x: int, y: int) -> SafeString:
    who = _("by themselves") if one.own else _("by a worker")
    mark = '<rect x="{0}" y="{1}" width="28" height="28"' if one.own else '<circle cx="{2}" cy="{3}" r="15"'
    shape = format_html(mark + ' fill="#fff" stroke="#0b0c0c" stroke-width="2"/>', x - 14, y - 14, x, y)
    return format_html(
        '<g><title>{}</title>{}<text x="{}" y="{}" font-size="14" text-anchor="middle">{}</text></g>',
        f"{number}: {said.day(one.day)}, {who}", shape, x, y + 5, number,
    )  # fmt: skip
