"""Days and moments as numbers, and back again.

A day is an ordinal (1 = 1 January of year 1). A moment is whole seconds since 1970 in UTC. Every moment is written and
read as London time unless it carries an offset of its own.
"""

import datetime as dt
import re
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class NotADay(ValueError):
    """The text is not a day that exists, written year-month-day."""


class NotAMoment(ValueError):
    """The text is neither a day nor a day with a time."""


def day_of(text: str) -> int:
    """The ordinal of a day written `2025-04-11`. Raises NotADay for anything else."""
    if not _DAY.fullmatch(text):
        raise NotADay(f"“{text}” is not a day; write it year-month-day, as 2025-04-11")
    try:
        return dt.date.fromisoformat(text).toordinal()
    except ValueError as error:
        raise NotADay(f"“{text}” is not a day that exists ({error})") from None


@lru_cache(maxsize=65536)
def iso(day: int) -> str:
    """The day as text, `2025-04-11`."""
    return dt.date.fromordinal(day).isoformat()


@lru_cache(maxsize=65536)
def end_of_day(day: int) -> int:
    """The last second of the day in London, as a moment."""
    midnight = dt.datetime.combine(dt.date.fromordinal(day + 1), dt.time(), LONDON)
    return int(midnight.timestamp()) - 1


def day_and_moment(text: str) -> tuple[int, int | None]:
    """The day, and the moment if the text gives a time. Raises NotADay or NotAMoment.

    A time without an offset is London time; when the clocks go back, the first of the two hours is meant.
    """
    if len(text) == 10:
        return day_of(text), None
    try:
        stamp = dt.datetime.fromisoformat(text)
    except ValueError:
        raise NotAMoment(f"“{text}” is neither a day nor a moment; write 2025-04-11 or 2025-04-11T14:00") from None
    local = stamp.astimezone(LONDON) if stamp.tzinfo else stamp.replace(tzinfo=LONDON)
    return local.date().toordinal(), int(local.timestamp())


def moment_of(text: str) -> int:
    """The moment; a day without a time stands for the end of that day."""
    day, moment = day_and_moment(text)
    return end_of_day(day) if moment is None else moment


def london(moment: int) -> dt.datetime:
    """The moment as a London date and time."""
    return dt.datetime.fromtimestamp(moment, LONDON)


def day_of_moment(moment: int) -> int:
    """The London day on which the moment falls."""
    return london(moment).toordinal()


@lru_cache(maxsize=65536)
def spoken(day: int) -> str:
    """The day written out for a reader: Friday 11 April 2025."""
    date = dt.date.fromordinal(day)
    return f"{date:%A} {date.day} {date:%B %Y}"


def spoken_moment(moment: int) -> str:
    """The moment written out for a reader: 17:30 on Friday 11 April 2025."""
    stamp = london(moment)
    return f"{stamp:%H:%M} on {spoken(stamp.toordinal())}"


@lru_cache(maxsize=65536)
def add_months(day: int, months: int) -> int:
    """The same day number that many months on (or back), or that month's last day if it has no such number."""
    date = dt.date.fromordinal(day)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return dt.date(year, month + 1, min(date.day, days_in_month(year, month + 1))).toordinal()


def days_in_month(year: int, month: int) -> int:
    """How many days the month has."""
    return (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day


def month_of(day: int) -> str:
    """The month of a day as text, `2025-04`."""
    return iso(day)[:7]


def next_month(day: int) -> int:
    """The first day of the month after the one the day is in."""
    return add_months(dt.date.fromordinal(day).replace(day=1).toordinal(), 1)


def last_of_month(day: int) -> int:
    """The last day of the month the day is in."""
    return next_month(day) - 1


def age_on(born: int, day: int) -> int:
    """Whole years of age on a day. A birthday counts from its start; 29 February is reached on 1 March in a common year."""
    birth, on = dt.date.fromordinal(born), dt.date.fromordinal(day)
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def birthday(born: int, age: int) -> int:
    """The day on which somebody born on `born` reaches an age."""
    birth = dt.date.fromordinal(born)
    if (birth.month, birth.day) == (2, 29) and days_in_month(birth.year + age, 2) == 28:
        return dt.date(birth.year + age, 3, 1).toordinal()
    return birth.replace(year=birth.year + age).toordinal()
