"""Where somebody stands after they recorded something: where they came from, for what belongs to an assessment."""

import uuid
from typing import Any

from django.urls import reverse

from kith.casework import agency_checks
from kith.core.ids import uuid_of
from kith.people.selectors import Opened

CHECKS = frozenset(("information", "agrees", "ground", "told"))
WHOLE = frozenset(("evidence", "prognosis", "sensitive"))


def after(opened: Opened, event: Any) -> str:
    """The page to go to: the agency checks, the assessment or where parents stand; else whom the record is about."""
    stem = event.kind.partition(".")[0]
    if stem == "capacity_to_change":
        return reverse("capacity-to-change", args=[opened.id])
    if stem in CHECKS and (about := _checked(event)):
        return reverse("agency-checks", args=[opened.id, about])
    if (stem == "meeting" or event.kind.startswith("plan.part_answered")) and (about := _named(event, "meeting")):
        return reverse("meeting", args=[opened.id, about])
    if stem in WHOLE and (about := _named(event, "assessment")):
        return reverse("assessment", args=[opened.id, about])
    return reverse(opened.named, args=[opened.id])


def _checked(event: Any) -> uuid.UUID | None:
    about = _named(event, "assessment") or _named(event, "enquiry")
    request = _named(event, "request")
    return about or (agency_checks.made_for(request) if request else None)


def _named(event: Any, name: str) -> uuid.UUID | None:
    told = event.about.get(name)
    return uuid_of(str(told)) if told and not isinstance(told, list) else None
