"""Who came to the meetings of a child over time, person by person (WOR-369)."""

from collections.abc import Sequence
from typing import Any

from kith.meetings.meeting import Meeting
from kith.web import said
from kith.web.meetings.called import Called
from kith.web.meetings.words import CAME


def over_time(meetings: Sequence[Meeting], names: Called) -> dict[str, Any] | None:
    """A line for each person on the list of any meeting held, the earliest meeting first; None before any was held."""
    held = sorted((one for one in meetings if one.held and one.on), key=lambda one: (str(one.on), one.id))
    if not held:
        return None
    guests = {key: guest for one in held for key, guest in one.guests.items()}
    rows = [{"name": names.guest(guest), "cells": [_cell(one, key) for one in held]} for key, guest in guests.items()]
    return {"days": [said.day(one.on) for one in held if one.on], "rows": rows}


def _cell(one: Meeting, key: str) -> str:
    guest = one.guests.get(key)
    return str(CAME.get(guest.came, "")) if guest else ""
