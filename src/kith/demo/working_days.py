"""Working days about a family's today, as numbers of days from it."""

import datetime as dt

from kith.demo.telling import Family
from kith.record.procedures import calendar

THURSDAY = 3


def before(family: Family, day: int, count: int) -> int:
    """The day from which so many working days end on a day, or on the working day before it."""
    days, target = calendar(), family.day(day).toordinal()
    while not days.is_working_day(target):
        target -= 1
    return days.before(target, count) - family.today.toordinal()


def after(family: Family, day: int, count: int) -> int:
    """The day on which so many working days after a day end."""
    return calendar().add(family.day(day).toordinal(), count) - family.today.toordinal()


def thursday(family: Family, day: int) -> int:
    """The first Thursday after a day that is no bank holiday, as a number of days from today."""
    days = calendar()
    on = family.day(day + 1).toordinal()
    while dt.date.fromordinal(on).weekday() != THURSDAY or not days.is_working_day(on):
        on += 1
    return on - family.today.toordinal()
