"""Reading casework: what waits for a decision, when a child was last heard of."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate

from kith.access.viewer import Viewer
from kith.casework.models import Visit
from kith.core import authorities, clock
from kith.core.questions import Question
from kith.people.selectors import children_by, seeing, ways_of
from kith.record.joining import MERGES
from kith.record.merged import same_as_each
from kith.record.models import Event, EventAbout
from kith.record.procedures import procedure_of
from kith.record.selectors import told_about


def last_recorded(children: Sequence[uuid.UUID]) -> dict[uuid.UUID, dt.date]:
    """The day of the latest event about each child, in whichever of the records that are read as the child's. To have merged two
    records is no news of the child."""
    same = same_as_each(children)
    every = {one for those in same.values() for one in those}
    last = dict(_LAST.ask(subjects=every))
    days = {child: [last[one] for one in those if one in last] for child, those in same.items()}
    return {child: max(those) for child, those in days.items() if those}


_LAST = Question[tuple[uuid.UUID, dt.date]](
    lambda *, subjects: (
        EventAbout.objects.filter(subject__among=subjects, name="child")
        .exclude(kind__in=MERGES)
        .order_by()
        .values_list("subject")
        .annotate(last=Max("happened_on"))
    )
)


def last_visits(child: uuid.UUID, known_at: dt.datetime | None = None) -> dict[str, dt.date | None]:
    """When a child was last seen, and last seen alone, as far as was known at a moment (default: now)."""
    last: dict[str, dt.date | None] = {"seen": None, "alone": None}
    for one in told_about([child], ("visit",), known_at)[child]:
        says, day = one.part(child), dt.date.fromordinal(one.event.day)
        if one.event.kind == "visit.made" and says.get("seen"):
            last["seen"] = max(day, last["seen"] or day)
            if says.get("alone"):
                last["alone"] = max(day, last["alone"] or day)
    return last


# What happens on a day and is to be on the record soon after.
WRITTEN_UP = ("visit.made", "note.recorded", "contact.received", "meeting.held")


def recorded_late(workers: Sequence[uuid.UUID], since: dt.date, days: int) -> dict[uuid.UUID, int]:
    """How many visits, notes, contacts and meetings each of the workers recorded more than so many days after the day they tell of,
    of those recorded since a day (WOR-399). What was brought in from elsewhere is not counted."""
    start = dt.datetime.combine(since, dt.time(), clock.LONDON)
    late: dict[uuid.UUID, int] = {}
    by_day = _RECORDED.ask(workers=list(workers), since=start, kinds=_with_types())
    for worker, happened, recorded, count in by_day:
        if (recorded - happened).days > days:
            late[worker] = late.get(worker, 0) + count
    return late


_RECORDED = Question[tuple[uuid.UUID, dt.date, dt.date, int]](
    lambda *, workers, since, kinds: (
        Event.objects.filter(
            recorded_by__among=workers, recorded_at__gte=since, kind__among=kinds, source="", corrects=None
        )
        .order_by()
        .values_list("recorded_by", "happened_on", TruncDate("recorded_at", tzinfo=clock.LONDON))
        .annotate(count=Count("id"))
    )
)


def _with_types() -> list[str]:
    kinds = procedure_of(authorities.current()).vocabulary.all_kinds()
    return [kind for kind in kinds if kind.partition("/")[0] in WRITTEN_UP]


def waiting_for(viewer: Viewer) -> list[dict[str, Any]]:
    """Visits whose reason waits for this person's confirmation, the oldest first."""
    teams = viewer.teams("approve")
    return [
        {"visit": one.visit, "child": one.child_id, "name": one.child.name, "made_on": one.made_on, "seen": one.seen,
         "reason": one.not_seen_reason}
        for one in _WAITING.ask(ways_of(viewer), bool(teams), of_teams=teams, **seeing(viewer))
    ]  # fmt: skip


def _waiting(ways: Any, narrowed: bool, *, viewer: Any, of_teams: Any, **who: Any) -> QuerySet[Visit]:
    may = children_by(ways, viewer=viewer, **who)
    may = may.filter(team__among=of_teams) if narrowed else may
    waiting = Visit.objects.filter(confirmed_on=None, awaits=True).exclude(worker=viewer).select_related("child")
    return waiting.filter(child__in=may.values("person")).order_by("made_on")


_WAITING = Question[Visit](_waiting)
