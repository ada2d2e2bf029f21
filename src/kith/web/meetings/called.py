"""What those whom a meeting names are called, as far as its reader may see them named."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.core import authorities
from kith.core.ids import uuid_of
from kith.forms import selectors as forms
from kith.meetings import selectors
from kith.meetings.meeting import Guest, Meeting
from kith.meetings.story import keys_of
from kith.people import register
from kith.record.procedures import stack_of
from kith.web import said, visitor
from kith.web.answers import answered, type_title
from kith.web.child import filters


class Called:
    """Names by id, for the people, workers and agencies of some meetings."""

    def __init__(
        self, viewer: Viewer, meetings: Iterable[Meeting], day: dt.date | None = None, also: Iterable[str] = ()
    ) -> None:
        keys = {key for one in meetings for key in keys_of(one)} | {key for one in also if (key := uuid_of(one))}
        known_at = None if day is None else visitor.end_of(day)
        self.names: dict[uuid.UUID, str] = dict(access.named(keys))
        self.names |= {one.id: one.name for one in register.agencies().filter(id__in=keys)}
        self.names |= filters.names_by_id(viewer, keys, day, known_at)

    def __call__(self, key: str, who: str = "") -> str:
        """What somebody is called; what was written of them where the record names nobody."""
        one = uuid_of(key)
        return (self.names.get(one, "") if one else "") or who or _("Somebody")

    def guest(self, one: Guest) -> str:
        """What a guest is called."""
        return self(one.key, one.who)


def time(text: str) -> str:
    """A time of day as people say it: 2:30pm."""
    try:
        at = dt.time.fromisoformat(text)
    except ValueError:
        return text
    hour, half = at.hour % 12 or 12, "am" if at.hour < 12 else "pm"
    return f"{hour}:{at.minute:02d}{half}" if at.minute else f"{hour}{half}"


def when(day: dt.date | None, starts_at: str, today: dt.date) -> str:
    """The day and time of a meeting; that there is none yet."""
    if day is None:
        return _("No day yet")
    return f"{said.day(day, today)}, {time(starts_at)}" if starts_at else said.day(day, today)


def title(a_type: str) -> str:
    """What a kind of meeting is called here: as the council's pack calls it."""
    room = selectors.room_of(a_type)
    word = stack_of(authorities.current()).words.get(f"meeting/{a_type}") or (
        room.title if room else type_title("meeting", a_type)
    )
    return str(word)[:1].upper() + str(word)[1:]


def part_answer(key: str) -> str:
    """What was answered to a part of a family's plan, as the form that answers it says it."""
    question = forms.question_of("plan.part_answered/family", "answer")
    return (question.options.get(key) if question else "") or answered("answer", key)
