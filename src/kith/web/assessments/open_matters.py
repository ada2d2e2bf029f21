"""What is still open in an assessment, for whoever writes it and whoever is asked to authorise it. It holds up nothing."""

import uuid
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.access.viewer import Viewer
from kith.casework import agency_checks
from kith.casework.assessment_story import Story
from kith.core import clock
from kith.forms import selectors as forms
from kith.people import selectors as people
from kith.people import sharing
from kith.people.selectors import Opened
from kith.web.assessments import taking_part


def of(viewer: Viewer, opened: Opened, assessment: uuid.UUID, story: Story, row: Any) -> list[str]:
    """What a reader should know before it is authorised."""
    if row.authorised_on is not None:
        return []
    told = _agencies(opened, assessment) if sharing.covers(viewer, "information") else []
    told += taking_part.gaps(viewer, opened, story)
    told += _agreement(story)
    if story.pieces and not any(one.says("bears") in ("strength", "resilience") for one in story.pieces.values()):
        told.append(_("The evidence names no strength of the family and nothing that helps the child to do well."))
    for piece in story.pieces.values():
        if piece.says("bears") == "risk" and piece.says("acknowledged") == "no":
            told.append(_("The family does not acknowledge: %(what)s. It keeps its weight.") % {"what": piece.says("issue")})  # fmt: skip
        if piece.says("stands") == "contradicted" and not piece.talked:
            told.append(_("Accounts differ and were not talked through yet: %(what)s") % {"what": piece.says("issue")})
    told += _helped(opened) if sharing.covers(viewer, "details") else []
    return list(dict.fromkeys(told))


def _agencies(opened: Opened, assessment: uuid.UUID) -> list[str]:
    checks, told = agency_checks.checks_of(opened.id, assessment), []
    left = len(checks.not_considered(agency_checks.rows()))
    if left:
        told.append(ngettext("%(count)s row of the prompt sheet is not considered yet.", "%(count)s rows of the prompt sheet are not considered yet.", left) % {"count": left})  # fmt: skip
    names = agency_checks.rows()
    for one in checks.sharings.values():
        who = names.get(one.of, one.of)
        if one.waits:
            told.append(_("Asked and not answered yet: %(who)s") % {"who": who})
        elif one.answer is not None and one.answer.event.fields.get("answer") == "refused":
            told.append(_("Would not tell us: %(who)s") % {"who": who})
    return told


def _agreement(story: Story) -> list[str]:
    if forms.form("agreement_for_assessment") is None or story.agreements:
        return []
    since = story.begun.event.day if story.begun else 0
    visited = any(one.event.day >= since for one in story.visits)
    told = [_("The agreement for the assessment was not gone through with anybody yet.")]
    return told + ([_("The child was visited before anything was signed.")] if visited else [])


def _helped(opened: Opened) -> list[str]:
    """Who needs an interpreter or another way to be heard (WOR-099)."""
    adults = people.adults_of(opened.person.family) if opened.person.family else []
    pictures = people.portraits_of([opened.id, *(one.person_id for one in adults)])
    today = clock.today().toordinal()
    needs = [one for one in pictures.values() if one.details.get("interpreter_needed")]
    return [
        _("%(name)s needs an interpreter: %(language)s.")
        % {"name": one.called(today), "language": one.details.get("interpreter_language") or one.details.get("first_language") or _("language not recorded")}
        for one in needs
    ]  # fmt: skip
