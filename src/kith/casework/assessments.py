"""Reading assessments: where each stands, and what waits to be authorised."""

import uuid
from typing import Any

from django.db.models import F, Q, QuerySet

from kith.access.viewer import Viewer
from kith.casework.models import Assessment
from kith.people.selectors import children_for

BEING_WRITTEN, SENT_BACK, WAITS, AUTHORISED, ENDED = "being written", "sent back", "waits", "authorised", "ended"


def of_child(child: uuid.UUID) -> QuerySet[Assessment]:
    """A child's assessments, the latest first."""
    return Assessment.objects.filter(child=child).order_by(
        F("started_on").desc(nulls_last=True), "-authorised_on", "id"
    )


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
    may = children_for(viewer)
    may = may.filter(team__in=teams) if teams else may
    rows = Assessment.objects.filter(
        Q(submitted_on__isnull=False), authorised_on=None, ended_on=None, returned_on=None, child__in=may.values("person")
    )  # fmt: skip
    return [
        {"assessment": one.assessment, "child": one.child_id, "name": one.child.name, "a_type": one.a_type, "submitted_on": one.submitted_on}
        for one in rows.select_related("child").order_by("submitted_on", "id")
    ]  # fmt: skip
