"""What stands beside the questions of a room from the rest of the record: brothers and sisters, and what was told to us lately."""

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.access import selectors as access
from kith.core import clock
from kith.people import selectors as people
from kith.record.selectors import told_about
from kith.web.answers import answered
from kith.web.child import filters

if TYPE_CHECKING:
    from kith.web.meetings.room import Standing

LATELY = dt.timedelta(days=365)
CONCERNS = ("contact.received", "referral.received", "incident.recorded")


def siblings(here: "Standing") -> list[str]:
    """The brothers and sisters who are not in this meeting, of those whose records its reader may open, and with which team each is
    open (LIN-052)."""
    found = filters.siblings(here.viewer, here.opened, clock.today())
    found = [one for one in found if str(one["id"]) not in here.meeting.children]
    rows = {
        one.person_id: one for one in people.children_for(here.viewer).filter(person__in=[one["id"] for one in found])
    }
    teams, told = access.team_names(), []
    for one in found:
        row = rows.get(one["id"])
        if row is None or not (row.is_open or row.held_by):
            told.append(_("%(name)s: not open to us") % {"name": one["name"]})
        else:
            team = (teams.get(row.team) if row.team else "") or _("no team yet")
            told.append(_("%(name)s: open, %(team)s") % {"name": one["name"], "team": team})
    return told


def seen_so_far(here: "Standing") -> list[str]:
    """How many contacts and referrals about this child came in the last 12 months, and from whom: many small things together may be one
    concern (WOR-270)."""
    since = (clock.today() - LATELY).toordinal()
    stems = tuple(one.partition(".")[0] for one in CONCERNS)
    every = [
        one
        for one in told_about([here.opened.id], stems)[here.opened.id]
        if one.event.kind.partition("/")[0] in CONCERNS and one.event.day >= since
    ]
    from_whom = Counter(
        answered("source", one.event.fields.get("source", "")) or _("Not said from whom") for one in every
    )
    if not every:
        return [_("Nothing was told to us in the last 12 months")]
    total = ngettext("%(count)s contact or referral", "%(count)s contacts and referrals", len(every)) % {
        "count": len(every)
    }
    return [total, *(f"{who}: {count}" for who, count in from_whom.most_common())]
