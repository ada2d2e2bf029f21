"""What amends what: which events are sealed or withdrawn, and which correction stands. The engine reads its histories alike
(kith.rules.history); here it is told of rows, for people to read."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kith.record.lines import Line


@dataclass(frozen=True)
class Amended:
    """As known at a moment: `sealed` is gone from every day, `gone` is that and what was withdrawn; `first` gives for each
    correction the entry it stands beside."""

    sealed: Collection[uuid.UUID]
    gone: Collection[uuid.UUID]
    first: Mapping[uuid.UUID, uuid.UUID]


def amended(rows: Sequence[Line], known: int) -> Amended:
    """What amends what among the rows, as known at a moment in whole seconds. A seal counts whenever it was known."""
    sealed = _with_corrections(rows, {one.seals for one in rows if one.seals})
    gone = set(sealed)
    withdrawals = [one for one in rows if one.withdraws and known_by(one, known)]
    for one in sorted(withdrawals, key=_order, reverse=True):
        if one.id not in gone and one.withdraws:
            gone.add(one.withdraws)
    by_id = {one.id: one for one in rows}
    return Amended(sealed, gone, {one.id: _original(one, by_id) for one in rows if one.corrects})


def known_by(row: Line, known: int) -> bool:
    """Whether an event was known at a moment in whole seconds."""
    return int(row.known_at.timestamp()) <= known


def _order(row: Line) -> tuple[int, int]:
    return int(row.known_at.timestamp()), row.sequence


def in_order(rows: Sequence[Line]) -> list[Line]:
    """In the order in which they were known."""
    return sorted(rows, key=_order)


def _with_corrections(rows: Sequence[Line], ids: set[uuid.UUID]) -> set[uuid.UUID]:
    grown = True
    while grown:
        more = {one.id for one in rows if one.corrects in ids} - ids
        ids, grown = ids | more, bool(more)
    return ids


def _original(row: Line, by_id: Mapping[uuid.UUID, Line]) -> uuid.UUID:
    seen = {row.id}
    while row.corrects is not None and row.corrects in by_id and row.corrects not in seen:
        row = by_id[row.corrects]
        seen.add(row.id)
    return row.corrects or row.id
