"""Open with each person in the family: what each was shown and when, why something is kept from them, and what nobody has said yet (LEI-023).

A person is one reader: what one has seen says nothing of what another may. It stands where the procedure asks for it.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.core import clock
from kith.forms import selectors as forms
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record.selectors import Told, told_about
from kith.web import said
from kith.web.acts import form_address
from kith.web.child import filters

SHOWN, WITHHELD = "openness.shown", "openness.withheld"
# What a copy of each kind shows its reader, whoever recorded it.
COPIES = {"assessment.shared": "assessment", "plan.shared": "plan", "meeting.record_sent": "meeting"}


def of_family(viewer: Viewer, opened: Opened, known_at: dt.datetime | None, day: dt.date | None) -> dict[str, Any]:
    """The table: a row for the child and each adult of the family, a cell for each thing there is to show. Empty where the procedure does not ask."""
    question = forms.question_of(SHOWN, "shown_of")
    if question is None or viewer.of_partner:
        return {}
    told = _latest(opened.id, known_at)
    whom = [opened.id, *_adults(opened)]
    names = filters.names_by_id(viewer, whom, day)
    return {
        "columns": list(question.options.values()),
        "rows": [
            {"name": names[one], "cells": [_cell(told.get((one, key)), opened, one, key, day) for key in question.options]}
            for one in whom if one in names
        ],
    }  # fmt: skip


def _adults(opened: Opened) -> Iterator[uuid.UUID]:
    if opened.person.family is not None:
        yield from (one.person_id for one in people.adults_of(opened.person.family))


def _latest(child: uuid.UUID, known_at: dt.datetime | None) -> Mapping[tuple[uuid.UUID, str], Told]:
    """The last thing said of each person and each thing; what was shown after it was kept back is shown."""
    found: dict[tuple[uuid.UUID, str], Told] = {}
    stems = {kind.partition(".")[0] for kind in (SHOWN, WITHHELD, *COPIES)}
    for one in sorted(told_about([child], stems, known_at)[child], key=lambda each: each.event.order):
        kind = one.event.kind.partition("/")[0]
        what = COPIES.get(kind) or (one.event.fields.get("shown_of") if kind in (SHOWN, WITHHELD) else None)
        if what:
            found |= {(uuid.UUID(person), str(what)): one for person in one.ids("person") or (str(child),)}
    return found


def _cell(one: Told | None, opened: Opened, person: uuid.UUID, what: str, day: dt.date | None) -> dict[str, str]:
    if one is None:
        answers = {"person": str(person), "shown_of": what}
        return {
            "state": _("Nothing recorded"),
            "show": "" if day else form_address(opened.id, "openness_show", answers=answers),
            "withhold": "" if day else form_address(opened.id, "openness_withhold", answers=answers),
        }
    on = said.day(dt.date.fromordinal(one.event.day), day or clock.today())
    if one.event.kind != WITHHELD:
        return {"state": _("Shown on %(day)s") % {"day": on}}
    question = forms.question_of(WITHHELD, "withheld_because")
    because = str(one.event.fields.get("withheld_because", ""))
    answers = {"person": str(person), "shown_of": what}
    return {
        "state": _("Kept back on %(day)s") % {"day": on}, "why": ": ".join(filter(None, (question.options.get(because, "") if question else "", str(one.words.get("why", ""))))),
        "show": "" if day else form_address(opened.id, "openness_show", answers=answers),
    }  # fmt: skip
