"""A plan for permanence away from the birth family, where the procedure has one: what is proposed, and which relatives and friends were told of it."""

import datetime as dt
import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.forms import selectors as forms
from kith.people.selectors import Opened
from kith.record.selectors import Told, told_about
from kith.web import said
from kith.web.acts import form_address
from kith.web.child import filters


def of_child(viewer: Viewer, opened: Opened, today: dt.date, known_at: dt.datetime | None) -> dict[str, Any]:
    """The proposal that stands with everybody named to be told of it; empty where the procedure does not ask, and for a partner agency's staff."""
    if forms.form("permanence_propose") is None or viewer.of_partner:
        return {}
    told = sorted(told_about([opened.id], ("permanence",), known_at)[opened.id], key=lambda one: one.event.order)
    proposed = _standing(told)
    propose = "" if known_at or proposed else reverse("record-form", args=[opened.id, "permanence_propose"])
    if proposed is None:
        return {"propose": propose}
    since = [one for one in told if one.event.order >= proposed.event.order]
    away = proposed.event.fields.get("away_from_family") is True
    people = dict.fromkeys(person for one in since for person in one.ids("person"))
    names = filters.names_by_id(viewer, [uuid.UUID(one) for one in people])
    return {
        "propose": propose, "what": proposed.words.get("what", ""), "why": proposed.words.get("why", ""), "away": away,
        "since": said.day(dt.date.fromordinal(proposed.event.day), today), "nobody": [str(one.words.get("how_looked", "")) for one in since if _is(one, "nobody_to_tell")],
        "people": [_person(one, since, names.get(uuid.UUID(one), ""), opened, today) for one in people],
        "acts": _acts(opened, away=away) if not known_at else [],
    }  # fmt: skip


def _is(one: Told, what: str) -> bool:
    return one.event.kind == f"permanence.{what}"


def _standing(told: list[Told]) -> Told | None:
    """The last proposal, unless it was given up."""
    last = next((one for one in reversed(told) if _is(one, "proposed") or _is(one, "ended")), None)
    return last if last is not None and _is(last, "proposed") else None


def _person(person: str, since: list[Told], name: str, opened: Opened, today: dt.date) -> dict[str, Any]:
    theirs = [one for one in since if person in one.ids("person")]
    last = theirs[-1]
    by = next((str(one.event.fields["tell_by"]) for one in reversed(theirs) if one.event.fields.get("tell_by")), "")
    on = said.day(dt.date.fromordinal(last.event.day), today)
    stands = _("To be told")
    if _is(last, "told"):
        stands = _("Told on %(day)s. %(how)s") % {"day": on, "how": _how(last)}
    elif _is(last, "not_told"):
        stands = _("Not told: %(why)s") % {"why": last.words.get("why", "")}
    waits = _is(last, "to_tell")
    answers = {"person": person}
    return {
        "name": name or _("Name not recorded"), "by": said.day(dt.date.fromisoformat(by), today) if by else "", "stands": stands, "said": last.words.get("said", ""),
        "acts": [(_("Told"), form_address(opened.id, "permanence_told", answers=answers)), (_("Not told, and why"), form_address(opened.id, "permanence_not_told", answers=answers))] if waits else [],
    }  # fmt: skip


def _how(one: Told) -> str:
    question = forms.question_of("permanence.told", "how")
    return question.options.get(str(one.event.fields.get("how", "")), "") if question else ""


def _acts(opened: Opened, *, away: bool) -> list[tuple[str, str]]:
    found = [(_("It is given up"), reverse("record-form", args=[opened.id, "permanence_end"]))]
    if away:
        found = [
            (_("Name somebody to tell"), reverse("record-form", args=[opened.id, "permanence_to_tell"])),
            (_("There is nobody to tell"), reverse("record-form", args=[opened.id, "permanence_nobody"])), *found,
        ]  # fmt: skip
    return found
