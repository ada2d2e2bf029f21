"""The meetings held about a child, as far as other casework leans on them."""

import datetime as dt
import uuid
from dataclasses import dataclass

from kith.record.models import EventAbout
from kith.record.selectors import told_about


@dataclass(frozen=True)
class Held:
    """A meeting that was held: of what type, and when."""

    id: uuid.UUID
    a_type: str
    on: dt.date


def held_with(child: uuid.UUID) -> list[Held]:
    """The meetings held about a child, the latest first."""
    events = [one for one in told_about([child], ("meeting",))[child] if one.event.kind.startswith("meeting.held")]
    found = [
        Held(uuid.UUID(key), one.event.kind.partition("/")[2], dt.date.fromordinal(one.event.day))
        for one in events for key in one.ids("meeting")
    ]  # fmt: skip
    return sorted(found, key=lambda held: held.on, reverse=True)


def children_of(meeting: uuid.UUID) -> list[uuid.UUID]:
    """The children that a meeting is about, as far as anything is recorded of it: those for whom it was last arranged, and whoever is
    named since."""
    told = EventAbout.objects.filter(subject=meeting, name="meeting", kind__startswith="meeting.").order_by("event_id")
    events = list(told.values_list("event", "kind"))
    arranged = [place for place, (_event, kind) in enumerate(events) if kind.startswith("meeting.arranged")]
    named = [event for event, _kind in events[arranged[-1] if arranged else 0 :]]
    children = EventAbout.objects.filter(event__in=named, name="child").order_by()
    return sorted(set(children.values_list("subject", flat=True)))
