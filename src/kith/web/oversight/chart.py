"""A bar chart as svg: presentation attributes only, readable in black and white, its numbers in its own words."""

from collections.abc import Sequence
from html import escape

BAR, GAP, LABEL, WIDTH = 26, 12, 20, 720


def bars(title: str, values: Sequence[tuple[str, int]]) -> str:
    """Horizontal bars, each under its label with its number beside it. The table beside the chart says the same."""
    most = max((count for _, count in values), default=0) or 1
    height = len(values) * (BAR + GAP + LABEL) + 10
    said = "; ".join(f"{label}: {count}" for label, count in values)
    drawn = []
    for place, (label, count) in enumerate(values):
        y = place * (BAR + GAP + LABEL) + LABEL
        length = max(round((WIDTH - 70) * count / most), 2)
        drawn.append(
            f'<text x="0" y="{y - 5}" font-size="16">{escape(label)}</text>'
            f'<rect x="0" y="{y}" width="{length}" height="{BAR}" fill="#143c46" stroke="#0b0c0c"/>'
            f'<text x="{length + 8}" y="{y + 19}" font-size="16" font-weight="700">{count}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" role="img" '
        f'aria-label="{escape(title)}: {escape(said)}" font-family="arial, sans-serif" fill="#0b0c0c">{"".join(drawn)}</svg>'
    )
