"""Reading assessments: where each stands, and what waits to be authorised."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import F, Q, QuerySet

from kith.access.viewer import Viewer
from kith.casework.models import Assessment
from kith.casework.projectors import Assessments
from kith.core.questions import Question
from kith.people.selectors import children_by, seeing, ways_of
from kith.record.selectors import told_about

BEING_WRITTEN, SENT_BACK, WAITS, AUTHORISED, ENDED = "being written", "sent back", "waits", "authorised", "ended"


def of_child(child: uuid.UUID) -> QuerySet[Assessment]:
    """A child's assessments, the latest first."""
    return Assessment.objects.filter(child=child).order_by(
        F("started_on").desc(nulls_last=True), "-authorised_on", "id"
    )


def as_known(child: uuid.UUID, known_at: dt.datetime | None) -> list[Assessment]:
    """A child's assessments as they stand, or as they were known at a moment: rows folded for that moment and never kept."""
    if known_at is None:
        return list(of_child(child))
    rows: dict[Any, dict[str, Any]] = {}
    for one in sorted(told_about([child], ("assessment",), known_at)[child], key=lambda told: told.event.order):
        for key in one.ids("assessment"):
            Assessments().hear(rows, uuid.UUID(key), one, {str(child): child})
    found = [Assessment(id=key, **row) for key, row in rows.items()]
    return sorted(found, key=lambda one: one.started_on or dt.date.min, reverse=True)


def one_of(child: uuid.UUID, assessment: uuid.UUID, known_at: dt.datetime | None = None) -> Assessment | None:
    """One assessment of a child, as it stands or as it was known at a moment; None for what is not one of theirs."""
    if known_at is not None:
        return next((one for one in as_known(child, known_at) if one.assessment == assessment), None)
    return Assessment.objects.filter(child=child, assessment=assessment).first()


def enquiries(child: uuid.UUID, known_at: dt.datetime | None = None) -> list[tuple[str, dt.date]]:
    """The section 47 enquiries about a child, each with the day it began, the latest first."""
    began = [
        one for one in told_about([child], ("section_47",), known_at)[child] if one.event.kind == "section_47.started"
    ]
    return [(key, dt.date.fromordinal(one.event.day)) for one in reversed(began) for key in one.ids("enquiry")]


def standing(one: Assessment) -> str:
    """Where an assessment stands."""
    if one.authorised_on is not None:
        return AUTHORISED
    if one.ended_on is not None:
        return ENDED
    if one.submitted_on is None:
        return BEING_WRITTEN
    return SENT_BACK if one.returned_on is not None else WAITS


def waiting(viewer: Viewer) -> list[dict[str, Any]]:
    """Assessments written and not yet authorised, in the teams where this person approves, the oldest first."""
    teams = viewer.teams("approve")
    return [
        {"assessment": one.assessment, "child": one.child_id, "name": one.child.name, "a_type": one.a_type, "submitted_on": one.submitted_on}
        for one in _WAITING.ask(ways_of(viewer), bool(teams), of_teams=teams, **seeing(viewer))
    ]  # fmt: skip


def _waiting(ways: Any, narrowed: bool, *, of_teams: Any, **who: Any) -> QuerySet[Assessment]:
    may = children_by(ways, **who)
    may = may.filter(team__among=of_teams) if narrowed else may
    rows = Assessment.objects.filter(
        Q(submitted_on__isnull=False), authorised_on=None, ended_on=None, returned_on=None, child__in=may.values("person")
    )  # fmt: skip
    return rows.select_related("child").order_by("submitted_on", "id")


_WAITING = Question[Assessment](_waiting)
