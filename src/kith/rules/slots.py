"""Slots: the next time a kind of meeting can be held, such as the first free Thursday morning after it was asked for."""

from collections.abc import Collection, Mapping
from typing import Any

from kith.rules.calendars import Calendar, next_weekday

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def next_slot(meeting: Mapping[str, Any], after: int, taken: Collection[int], calendar: Calendar) -> int:
    """The first day after `after` that is a slot of this kind of meeting and is not taken. A bank holiday is never a slot.

    `meeting` is a meeting of a pack with `slots: {every: Thursday}`. Raises KeyError when the kind has no slots, and
    CalendarHorizonError beyond the calendar.
    """
    weekday = WEEKDAYS.index(meeting["slots"]["every"])
    day = next_weekday(after, weekday)
    while day in taken or not calendar.is_working_day(day):
        day = next_weekday(day, weekday)
    return day
