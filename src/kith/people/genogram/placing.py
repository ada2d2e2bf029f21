"""How far along its row each member stands: children under the middle of their parents, and nobody on anyone's toes."""

from collections.abc import Mapping, Sequence

from kith.people.genogram.family import Siblings
from kith.people.genogram.unions import Union

COLUMN = 128.0
"""The least distance between the middles of two neighbours: a symbol, its name, and room for a line to pass."""

_APART = 22.0
_TURNS = 120


def spread(
    rows: Sequence[Sequence[str]], unions: Sequence[Union], siblings: Sequence[Siblings] = ()
) -> dict[str, float]:
    """How far right each member stands, the leftmost at 0. Neighbours are never nearer than COLUMN."""
    kin = _kin([union.all_children for union in unions] + [group.ids for group in siblings])
    kin |= {frozenset(union.parents) for union in unions}
    gaps = [_gaps(row, kin) for row in rows]
    x = {one: at for row, gap in zip(rows, gaps, strict=True) for one, at in zip(row, gap, strict=True)}
    row_of = {one: number for number, row in enumerate(rows) for one in row}
    families = [
        (union.parents, children)
        for union in unions
        if union.all_children
        for children in [tuple(one for one in union.all_children if row_of[one] > row_of[union.parents[0]])]
        if children
    ]
    for turn in range(_TURNS):
        order = range(len(rows)) if turn % 2 == 0 else range(len(rows) - 1, -1, -1)
        for number in order:
            wanted = _wanted(rows[number], families, unions, x)
            x.update(zip(rows[number], _projected(wanted, gaps[number]), strict=True))
    least = min(x.values(), default=0.0)
    return {one: round(at - least, 1) for one, at in x.items()}


def _kin(groups: Sequence[tuple[str, ...]]) -> set[frozenset[str]]:
    """The pairs who are brothers and sisters, who may stand closer than strangers, as partners may."""
    return {frozenset((a, b)) for group in groups for a in group for b in group if a != b}


def _gaps(row: Sequence[str], kin: set[frozenset[str]]) -> list[float]:
    """The least distance of each from the first of the row."""
    at, places = 0.0, []
    for number, one in enumerate(row):
        if number:
            at += COLUMN + (0 if frozenset((row[number - 1], one)) in kin else _APART)
        places.append(at)
    return places


def _wanted(
    row: Sequence[str],
    families: Sequence[tuple[tuple[str, ...], tuple[str, ...]]],
    unions: Sequence[Union],
    x: Mapping[str, float],
) -> list[float]:
    """Where each would stand if nobody else were in the row: by its parents, by its children, near its partner."""
    pulls: dict[str, list[tuple[float, float]]] = {one: [(x[one], 0.2)] for one in row}
    for parents, children in families:
        middle = sum(x[one] for one in parents) / len(parents)
        below = sum(x[one] for one in children) / len(children)
        for one in children:
            if one in pulls:
                pulls[one].append((x[one] + middle - below, 1.0))
        for one in parents:
            if one in pulls:
                pulls[one].append((x[one] + below - middle, 1.0))
    for union in unions:
        if len(union.parents) == 2 and all(one in pulls for one in union.parents):
            a, b = sorted(union.parents, key=lambda one: x[one])
            slack = (x[b] - x[a] - COLUMN) / 2
            pulls[a].append((x[a] + slack, 0.6))
            pulls[b].append((x[b] - slack, 0.6))
    return [sum(at * weight for at, weight in pulls[one]) / sum(weight for _at, weight in pulls[one]) for one in row]


def _projected(wanted: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """The places nearest to those wanted that keep every gap: isotonic regression, by pooling those who collide."""
    pools: list[list[float]] = []
    for at, gap in zip(wanted, gaps, strict=True):
        pools.append([at - gap, 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, count = pools.pop()
            before = pools[-1]
            before[0] = (before[0] * before[1] + mean * count) / (before[1] + count)
            before[1] += count
    offsets = [mean for mean, count in pools for _one in range(int(count))]
    return [offset + gap for offset, gap in zip(offsets, gaps, strict=True)]
