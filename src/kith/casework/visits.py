"""Visits to a child, as far as it matters who made them."""

import datetime as dt
import uuid

from kith.record.selectors import told_about


def statutory_by_others(child: uuid.UUID, holder: str | None) -> list[tuple[dt.date, str]]:
    """The days of statutory visits since the child's case is its holder's that somebody else made without them, the latest first (WOR-382).

    A day on which the holder went too is none: they may go with a co-worker."""
    if holder is None:
        return []
    events = sorted(told_about([child], ("visit", "case"))[child], key=lambda one: one.event.order)
    since = max(
        (one.event.day for one in events if one.event.kind == "case.allocated" and holder in one.ids("worker")),
        default=0,
    )
    made = [
        (one.event.day, worker) for one in events
        if one.event.kind == "visit.made" and one.event.day >= since and one.part(child).get("statutory") is True
        for worker in one.ids("worker")
    ]  # fmt: skip
    theirs = {day for day, worker in made if worker == holder}
    return [(dt.date.fromordinal(day), worker) for day, worker in reversed(made) if day not in theirs]
