"""Reading what is owed: how each obligation stands, and the words that depend on today."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from kith.access.viewer import Viewer
from kith.core import authorities, clock
from kith.core.questions import Question
from kith.obligations.models import Owed, WorkedOut
from kith.obligations.projectors import obligations_of, work_out
from kith.people.models import Child
from kith.record.models import Circle
from kith.record.procedures import reasoner_of
from kith.record.selectors import circle_of, history_of, words_standing
from kith.rules.history import as_known
from kith.rules.obligation import (
    CANNOT_BE_MET,
    CANNOT_TELL,
    DUE,
    MISSED,
    OVERDUE,
    STATES,
    UPCOMING,
    Obligation,
)  # fmt: skip


def state(row: Owed, today: dt.date) -> str:
    """The word for how an obligation stands on a day no earlier than it was last worked out."""
    if row.closed_on is not None:
        return row.closed_as
    if row.cannot_tell:
        return CANNOT_TELL
    if row.due_on is None:
        return UPCOMING
    if row.dated_on is not None and today > row.dated_on:
        return MISSED
    if row.cannot and row.dated_on is not None and today < row.dated_on:
        return CANNOT_BE_MET
    if today == row.due_on:
        return DUE
    return UPCOMING if today < row.due_on else OVERDUE


def open_rows() -> QuerySet[Owed]:
    """Everything still owed, and knowable."""
    return Owed.objects.filter(closed_on=None, cannot_tell=False).select_related("child__person")


def in_order(rows: QuerySet[Owed]) -> QuerySet[Owed]:
    """The earliest due first; what has no date last."""
    return rows.order_by(F("due_on").asc(nulls_last=True), "title", "id")


AGREED, SAYS = "action.done", "what"


def what_is_to_be_done(rows: Sequence[Owed]) -> dict[uuid.UUID, str]:
    """For each agreed action among the rows what was agreed, in the words in which it stands now. Only for rows its reader may see."""
    started = {uuid.UUID(row.started_by): row.id for row in rows if AGREED in row.meets and row.child_id is not None}
    said = words_standing(list(started))
    return {started[event]: str(words[SAYS]) for event, words in said.items() if words.get(SAYS)}


def of_child(child: uuid.UUID) -> QuerySet[Owed]:
    """What is owed for a child."""
    return Owed.objects.filter(child=child).select_related("child__person")


def still_owed(child: uuid.UUID) -> list[Owed]:
    """What is still owed for a child, the earliest due first."""
    return _STILL_OWED.ask(child=child)


_STILL_OWED = Question[Owed](lambda *, child: in_order(of_child(child).filter(closed_on=None)))


def as_known_on(child: uuid.UUID, day: dt.date, known_at: dt.datetime) -> list[Obligation]:
    """What was owed for a child on a past day, worked out from what was known then."""
    circle = circle_of(child)
    if circle is None:
        return []
    events = as_known(history_of(circle), int(known_at.timestamp()))
    every = obligations_of(events, day.toordinal())
    return [one for one in every if str(child) in (*one.children, one.named().get("child"), one.about.get("child"))]


def one_obligation(owed_id: uuid.UUID) -> Owed | None:
    """A stored obligation by id."""
    return Owed.objects.filter(id=owed_id).select_related("child__person").first()


def worked_out(row: Owed) -> Obligation | None:
    """The obligation itself, with all its reasons, worked out from the record now."""
    events = as_known(history_of(row.circle))
    every = obligations_of(events, clock.today().toordinal())
    return next((one for one in every if one.id == row.id), None)


def is_behind(today: dt.date) -> bool:
    """Whether any circle's duties change on or before today although nothing happened, and were not worked out since."""
    return _BEHIND.first(today=today) is not None


_BEHIND = Question[uuid.UUID](
    lambda *, today: WorkedOut.objects.filter(again_on__lte=today).values_list("circle", flat=True)[:1]
)


def bring_up_to_date(today: dt.date) -> int:
    """Works out anew the circles whose duties change on or before today although nothing happened; how many there were."""
    circles: Sequence[uuid.UUID] = list(
        WorkedOut.objects.filter(again_on__lte=today).order_by("circle").values_list("circle", flat=True)[:500]
    )
    for circle in circles:
        work_out(circle)
    return len(circles)


def tallies(viewer: Viewer, today: dt.date, team: uuid.UUID | None = None) -> list[dict[str, Any]]:
    """How the obligations of each duty stand, over the children whose records the viewer may open, most overdue first."""
    rows = _overseen(viewer, team)
    late = Q(closed_on=None, cannot_tell=False, due_on__lt=today) & (Q(dated_on=None) | Q(dated_on__gte=today))
    counted = rows.order_by().values("duty", "statutory").annotate(
        title=Max("title"), overdue=Count("id", filter=late), due=Count("id", filter=Q(closed_on=None, cannot_tell=False, due_on=today)),
        upcoming=Count("id", filter=Q(closed_on=None, cannot_tell=False) & (Q(due_on__gt=today) | Q(due_on=None))),
        met=Count("id", filter=Q(closed_as="met")), met_late=Count("id", filter=Q(closed_as="met late")),
        missed=Count("id", filter=Q(closed_as="missed") | Q(closed_on=None, cannot_tell=False, due_on__lt=today, dated_on__lt=today)),
        fell_away=Count("id", filter=Q(closed_as="fell away")), cannot_tell_=Count("id", filter=Q(closed_as="cannot tell") | Q(cannot_tell=True)),
    )  # fmt: skip
    found = [
        {**row, "met late": row["met_late"], "fell away": row["fell_away"], "cannot tell": row["cannot_tell_"]}
        for row in counted
    ]
    return sorted(found, key=lambda row: (-row["overdue"], row["title"]))


def overdue_by_team(viewer: Viewer, today: dt.date) -> dict[uuid.UUID | None, int]:
    """How many obligations are overdue in each team."""
    rows = _overseen(viewer, None).filter(closed_on=None, cannot_tell=False, due_on__lt=today)
    return dict(rows.order_by().values_list("child__team").annotate(count=Count("id")))


def of_duty(viewer: Viewer, duty: str, first: dt.date, last: dt.date, team: uuid.UUID | None = None) -> QuerySet[Owed]:
    """The obligations of one duty that were due from one day to another; those with no due day by the day they closed, or began."""
    due = Q(due_on__range=(first, last))
    due |= Q(due_on=None, closed_on__range=(first, last)) | Q(due_on=None, closed_on=None, from_on__range=(first, last))
    return _overseen(viewer, team).filter(due, duty=duty).select_related("child__person")


def _overseen(viewer: Viewer, team: uuid.UUID | None) -> QuerySet[Owed]:
    """What is counted: numbers over the whole authority, restricted records with them, for a number names nobody."""
    rows = Owed.objects.all()
    return rows.filter(child__team=team) if team else rows


def tallies_as_at(day: dt.date, team: uuid.UUID | None = None) -> list[dict[str, Any]]:
    """How the obligations of each duty stood on a past day, from everything known by now, worked out from the record itself.

    Up to the reference date of a return that was loaded, the numbers are those that the return itself gives.
    """
    at, counts, told = day.toordinal(), Counter[tuple[str, str]](), dict[str, Obligation]()
    circles = Circle.objects.all()
    if team is not None:
        circles = circles.filter(subject__in=Child.objects.filter(team=team).values("person"))
    for circle in circles.order_by("circle").values_list("circle", flat=True).distinct():
        for one in obligations_of(as_known(history_of(circle)), at):
            counts[one.duty.id, one.state(at)] += 1
            told.setdefault(one.duty.id, one)
    reasoner = reasoner_of(authorities.current())
    rows = [
        {"duty": duty, "title": reasoner.title(told[duty]), "statutory": told[duty].duty.statutory}
        | {state: counts[duty, state] for state in STATES}
        for duty in told
    ]
    return sorted(rows, key=lambda row: (-row[OVERDUE], row["title"]))
