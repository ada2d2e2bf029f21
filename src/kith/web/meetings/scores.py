"""Scores on the safety scale, meeting by meeting and person by person: as a table, and as a picture of the same numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kith.meetings.meeting import Meeting, Score
from kith.rules.rooms import Room
from kith.web import said
from kith.web.meetings.called import Called

WIDTH, HEIGHT, LEFT, TOP = 640, 220, 40, 10


def over_time(meetings: Sequence[Meeting], names: Called, rooms: Mapping[str, Room]) -> dict[str, Any] | None:
    """Everybody's scores over the meetings held, the earliest first; None where nobody gave one (LIN-046, LIN-081)."""
    held = sorted((one for one in meetings if one.scores and one.on), key=lambda one: (one.on, one.id))
    if not held:
        return None
    people = sorted({score.person for one in held for score in one.scores}, key=lambda one: (names(one), one))
    rows: list[dict[str, Any]] = [
        {"name": names(person), "cells": [_cell(one, person) for one in held]} for person in people
    ]
    scale = next((room.scale for one in reversed(held) if (room := rooms.get(one.a_type)) and room.scale), {})
    closes = scale.get("usual_closing")
    return {
        "days": [said.day(one.on) for one in held if one.on], "rows": rows, "lines": [_line(row["cells"], place, len(held)) for place, row in enumerate(rows)],
        "lowest": scale.get("lowest", _("As bad as it can be")), "highest": scale.get("highest", _("As safe as it can be")), "closes": closes,
        "closes_at": _y(float(closes)) if closes is not None else None, "width": WIDTH, "height": HEIGHT, "grid": [(number, _y(number)) for number in (0, 2, 4, 6, 8, 10)],
    }  # fmt: skip


def _cell(one: Meeting, person: str) -> dict[str, Any]:
    given: Score | None = next((score for score in one.scores if score.person == person), None)
    if given is None:
        return {"score": "", "value": None, "why": ""}
    number = int(given.score) if given.score == int(given.score) else given.score
    return {"score": str(number), "value": given.score, "why": given.why, "kept": not given.shown}


def _y(value: float) -> float:
    return round(TOP + (10 - value) / 10 * (HEIGHT - TOP - 30), 1)


def _line(cells: Sequence[Mapping[str, Any]], place: int, count: int) -> dict[str, Any]:
    step = (WIDTH - LEFT - 40) / max(count - 1, 1)
    points = [
        (round(LEFT + 10 + number * step, 1), _y(cell["value"]))
        for number, cell in enumerate(cells)
        if cell["value"] is not None
    ]
    return {
        "points": points,
        "path": " ".join(f"{x},{y}" for x, y in points),
        "place": place % 6 + 1,
        "last": points[-1] if points else None,
    }
