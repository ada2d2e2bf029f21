"""A calendar file for one person invited to a meeting: ordinary calendar programs take it in, move it and take it out again.

It says no more than that there is a meeting, when and where, and whom to ring: never what about, never who else comes.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

import icalendar

from kith.core.clock import LONDON
from kith.meetings.meeting import Meeting

REQUEST, CANCEL = "REQUEST", "CANCEL"
USUAL_LENGTH = 90  # minutes, where nobody said how long it may take


@dataclass(frozen=True)
class Invited:
    """For whom a file is: their id on the meeting's list, their name, and an address if there is one that it goes to."""

    key: str
    name: str
    e_mail: str = ""


def file_for(meeting: Meeting, invited: Invited, council: str, title: str, telephone: str, at: dt.datetime) -> bytes:
    """The file as it stands at a moment. Its times are in UTC, which no program reads wrongly: a description of London time made for one
    half of the year was read an hour wrong in the other. A file made after the meeting was moved or put off has the
    same identity and a higher number, so that a calendar changes or removes what it took in before. Raises ValueError where the meeting
    has no day."""
    if meeting.on is None:
        raise ValueError("the meeting has no day yet")
    cancelled = meeting.not_held is not None or invited.key in meeting.kept_out
    starts = dt.datetime.combine(meeting.on, _time(meeting.starts_at), LONDON).astimezone(dt.UTC)
    event = icalendar.Event()
    event.add("uid", f"{uuid.uuid5(uuid.UUID(meeting.id), invited.key)}@kith.invalid")
    event.add("sequence", meeting.changes)
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("dtstart", starts)
    event.add("dtend", starts + dt.timedelta(minutes=meeting.minutes or USUAL_LENGTH))
    event.add("summary", title)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    if not cancelled:
        event.add("location", meeting.venue)
        event.add("description", f"{council}. {telephone}".strip())
    organizer = icalendar.vCalAddress("mailto:no-reply@kith.invalid")
    organizer.params["cn"] = icalendar.vText(council)
    event["organizer"] = organizer
    if invited.e_mail:
        attendee = icalendar.vCalAddress(f"mailto:{invited.e_mail}")
        attendee.params["cn"] = icalendar.vText(invited.name)
        attendee.params["partstat"] = icalendar.vText("NEEDS-ACTION")
        event.add("attendee", attendee, encode=False)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Kith//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", CANCEL if cancelled else REQUEST)
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _time(text: str) -> dt.time:
    try:
        return dt.time.fromisoformat(text)
    except ValueError:
        return dt.time(9)
