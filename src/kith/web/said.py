"""Days, ages and states in words, as every page says them."""

import datetime as dt
from functools import lru_cache

from django.utils.dateformat import format as formatted
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.core import authorities
from kith.core.clock import LONDON
from kith.record.procedures import calendar, stack_of
from kith.rules.calendars import CalendarHorizonError
from kith.rules.days import age_on


def nameless(*, unborn: bool) -> str:
    """What stands in the place of a name that is not recorded."""
    return _("A baby not yet born") if unborn else _("Name not recorded")


def day(on: dt.date, today: dt.date | None = None) -> str:
    """A day written out: Tuesday 14 April, with its year where that is not this year."""
    return _written(on, get_language(), with_year=today is None or on.year != today.year)


@lru_cache(maxsize=10_000)
def _written(on: dt.date, _language: str | None, *, with_year: bool) -> str:
    return formatted(on, "l j F Y" if with_year else "l j F")


def month(on: dt.date) -> str:
    """A month written out: April 2026."""
    return formatted(on, "F Y")


def moment(at: dt.datetime) -> str:
    """A moment written out: 2:30pm on Tuesday 14 April 2026."""
    local = at.astimezone(LONDON)
    return _("%(time)s on %(day)s") % {"time": formatted(local, "g:ia").replace(".", ""), "day": day(local.date())}


def due(on: dt.date | None, today: dt.date) -> str:
    """A due day in words, with how far off it is: in working days when ahead, in days when past."""
    if on is None:
        return _("No date")
    if on == today:
        return _("Today")
    if on < today:
        late = (today - on).days
        ago = ngettext("%(count)s day ago", "%(count)s days ago", late) % {"count": late}
        return _("%(day)s, %(ago)s") % {"day": day(on, today), "ago": ago}
    return _("%(day)s, %(ahead)s") % {"day": day(on, today), "ahead": _ahead(on, today)}


def _ahead(on: dt.date, today: dt.date) -> str:
    if (on - today).days == 1:
        return _("tomorrow")
    try:
        working = calendar().working_days_between(today.toordinal() + 1, on.toordinal())
    except CalendarHorizonError:
        working = 0
    if not 0 < working <= 30:
        weeks = (on - today).days // 7
        return ngettext("in %(count)s week", "in %(count)s weeks", weeks) % {"count": weeks}
    return ngettext("in %(count)s working day", "in %(count)s working days", working) % {"count": working}


def age(born: dt.date | None, expected: dt.date | None, on: dt.date, died: dt.date | None = None) -> str:
    """An age in words: years, months under two, weeks under two months; unborn with the month expected."""
    if born is None:
        return (
            _("unborn, expected in %(month)s") % {"month": formatted(expected, "F Y")}
            if expected
            else _("age not known")
        )
    if died is not None:
        return _("died on %(day)s") % {"day": day(died)}
    years = age_on(born.toordinal(), on.toordinal())
    if years >= 2:
        return ngettext("%(count)s year old", "%(count)s years old", years) % {"count": years}
    days = (on - born).days
    if days < 60:
        weeks = max(days // 7, 0)
        return ngettext("%(count)s week old", "%(count)s weeks old", weeks) % {"count": weeks}
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return ngettext("%(count)s month old", "%(count)s months old", months) % {"count": months}


def short_age(born: dt.date | None, expected: dt.date | None, on: dt.date) -> str:
    """An age for a list: 9, 7 months, unborn."""
    if born is None:
        return _("unborn") if expected else ""
    years = age_on(born.toordinal(), on.toordinal())
    if years >= 2:
        return str(years)
    months = max((on.year - born.year) * 12 + on.month - born.month - (on.day < born.day), 0)
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


STATES = {
    "upcoming": lazy("Coming up"), "due": lazy("Due today"), "overdue": lazy("Overdue"), "met": lazy("Met"), "met late": lazy("Met late"),
    "fell away": lazy("No longer needed"), "missed": lazy("Missed"), "cannot be met": lazy("Notice was too short"),
    "cannot tell": lazy("The record cannot tell"),
}  # fmt: skip


def plan(kind: str, since: int | None = None) -> str:
    """A kind of plan in the authority's word, with the day it began where that is asked for; its absence in ours."""
    if not kind:
        return _("with no plan")
    word = stack_of(authorities.current()).word(f"plan/{kind}", kind.replace("_", " "))
    if since is None:
        return word
    return _("%(plan)s since %(day)s") % {"plan": word, "day": day(dt.date.fromordinal(since))}
