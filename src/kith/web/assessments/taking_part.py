"""Who takes part in an assessment and when they last did: each child, parent, carer and agency, and who has not been heard for a time."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.casework import teams
from kith.casework.assessment_story import Story
from kith.core import authorities, clock
from kith.people import sharing
from kith.people.selectors import Opened
from kith.record import chronology
from kith.record.procedures import calendar, stack_of
from kith.rules.durations import period
from kith.web import said
from kith.web.child import filters

OF_FAMILY = (teams.CHILD, teams.PARENTS, teams.CARERS)
HEARS = (
    "visit",
    "view",
    "contact",
    "evidence",
    "agreement",
    "information",
    "meeting",
    "note",
    "agency",
    "capacity_to_change",
    "assessment",
)


@dataclass(frozen=True)
class Part:
    """Somebody who takes part, what they are to the child, and the last day that anything was heard of or from them."""

    what: str
    name: str
    last: dt.date | None
    quiet: bool


def parts(viewer: Viewer, opened: Opened, story: Story) -> list[Part]:
    """Everyone who takes part, of a team that this reader may see, since the assessment began (WOR-205)."""
    if story.begun is None or not all(
        sharing.covers(viewer, stem) for stem in ("relationship", "professional", "visit")
    ):
        return []
    names = dict(filters.people_around(viewer, opened))
    team = [
        one
        for one in teams.around(opened, lambda key: names.get(str(key), ""))
        if one.what in (*OF_FAMILY, teams.OTHERS)
    ]
    last = _last_days(opened.id, story.begun.event.day)
    after = _quiet_before()
    return [
        Part(one.what, one.name, last.get(one.key), after is not None and (last.get(one.key) or _began(story)) < after)
        for one in team
    ]  # fmt: skip


def _began(story: Story) -> dt.date:
    return dt.date.fromordinal(story.begun.event.day) if story.begun else clock.today()


def _quiet_before() -> dt.date | None:
    """The day before which silence is long, where the procedure says how long that is."""
    setting = stack_of(authorities.current()).settings.get("quiet_after")
    if setting is None:
        return None
    return dt.date.fromordinal(period(str(setting["value"])).before(clock.today().toordinal(), calendar()))


def _last_days(child: uuid.UUID, since: int) -> dict[str, dt.date]:
    """The last day on which each was seen, heard or asked: a child who was visited and not seen was not."""
    found: dict[str, dt.date] = {}
    for one in chronology.chronology(child):
        told = one.told
        if one.withdrawn is not None or one.stem not in HEARS or told.event.day < since:
            continue
        day = dt.date.fromordinal(told.event.day)
        for key in _heard(told, one.stem, str(child)):
            found[key] = max(found.get(key, day), day)
    return found


def _heard(told: Any, stem: str, child: str) -> Iterator[str]:
    yield from (*told.ids("person"), *told.ids("agency"))
    if (stem == "visit" and told.part(child).get("seen")) or told.event.fields.get("whose") == "child":
        yield child


def lines(viewer: Viewer, opened: Opened, story: Story) -> list[dict[str, str]]:
    """Who takes part, in words."""
    today = clock.today()
    return [
        {
            "name": one.name, "last": said.day(one.last, today) if one.last else _("Not yet"),
            "quiet": _("Nothing for a while") if one.quiet else "",
        }
        for one in parts(viewer, opened, story)
    ]  # fmt: skip


def gaps(viewer: Viewer, opened: Opened, story: Story) -> list[str]:
    """Who of child, family and agencies has had no part yet, for whoever signs it off (WOR-194)."""
    every = parts(viewer, opened, story)
    told = [_("%(name)s has had no part in it yet.") % {"name": one.name} for one in every if one.last is None]
    if every and not any(one.what == teams.OTHERS for one in every):
        told.append(_("No other agency takes part or was consulted."))
    return told
