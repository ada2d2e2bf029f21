"""Periods: a whole number of hours, days, working days, weeks, months or years, and how each is counted.

The day a period counts from does not count and its last day does, unless the instrument says "beginning with". Only
working-day periods avoid weekends and bank holidays; no other date is ever moved.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from kith.rules.calendars import Calendar
from kith.rules.days import add_months

UNITS = ("hours", "days", "working days", "weeks", "months", "years")
_PERIOD = re.compile(r"(\d+) (hour|day|working day|week|month|year)s?")


class NotAPeriod(ValueError):
    """The text is not a period that can be counted."""


@dataclass(frozen=True)
class Period:
    """A number of one unit. `str()` gives it as it is written in a pack: 10 working days."""

    number: int
    unit: str

    def __str__(self) -> str:
        return f"{self.number} {self.unit[:-1] if self.number == 1 else self.unit}"

    def after(self, day: int, calendar: Calendar, *, beginning_with: bool = False) -> int:
        """The last day of the period that counts from a day. Hours have no last day: see `seconds`.

        Raises CalendarHorizonError when working days run off the calendar.
        """
        if self.unit == "working days":
            return calendar.add(day, self.number, beginning_with=beginning_with)
        first_day_counts = 1 if beginning_with else 0
        if self.unit in ("months", "years"):
            return add_months(day, self.months) - first_day_counts
        return day + self.days - first_day_counts

    def before(self, day: int, calendar: Calendar) -> int:
        """The day that lies this period before a dated day, which itself is never counted."""
        if self.unit == "working days":
            return calendar.before(day, self.number)
        if self.unit in ("months", "years"):
            return add_months(day, -self.months)
        return day - self.days

    @property
    def days(self) -> int:
        """The length in days, for days and weeks."""
        return self.number * 7 if self.unit == "weeks" else self.number

    @property
    def months(self) -> int:
        """The length in months, for months and years."""
        return self.number * (12 if self.unit == "years" else 1)

    @property
    def seconds(self) -> int:
        """The elapsed seconds of a period in hours, straight through clock changes."""
        return self.number * 3600

    def no_longer_than(self, other: "Period") -> bool | None:
        """Whether this period is as short as the other or shorter; None where the units cannot be compared."""
        if self.unit == other.unit:
            return self.number <= other.number
        if {self.unit, other.unit} <= {"days", "weeks"}:
            return self.days <= other.days
        if {self.unit, other.unit} <= {"months", "years"}:
            return self.months <= other.months
        return None


@lru_cache(maxsize=1024)
def period(text: str) -> Period:
    """The period written as text: `10 working days`, `24 hours`, `3 months`. Raises NotAPeriod."""
    match = _PERIOD.fullmatch(text) if isinstance(text, str) else None
    if not match or int(match[1]) == 0:
        raise NotAPeriod(f"“{text}” is not a period: write a whole number and one of {', '.join(UNITS)}")
    return Period(int(match[1]), match[2] + "s")
