"""Working days about a family's today, as numbers of days from it."""

from kith.demo.telling import Family
from kith.record.procedures import calendar


def before(family: Family, day: int, count: int) -> int:
    """The day from which so many working days end on a day, or on the working day before it."""
    days, target = calendar(), family.day(day).toordinal()
    while not days.is_working_day(target):
        target -= 1
    return days.before(target, count) - family.today.toordinal()


def after(family: Family, day: int, count: int) -> int:
    """The day on which so many working days after a day end."""
    return calendar().add(family.day(day).toordinal(), count) - family.today.toordinal()
