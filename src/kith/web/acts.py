"""The act beside the need: which page meets an obligation."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from kith.forms import selectors as forms
from kith.web.addresses import address


@dataclass(frozen=True)
class Act:
    """A link that would meet what is owed."""

    text: str
    href: str


def acts_for(row: Any, child: uuid.UUID | None) -> Sequence[Act]:
    """The pages that record what would meet an obligation, the likeliest first."""
    if child is None:
        return ()
    stems = [kind.partition("/")[0] for kind in row.meets]
    if "visit.made" in stems:
        return (Act(_("Record visit"), f"{address('record-form', child, 'visit')}?for={row.id}"),)
    if row.meets and row.meets[0].startswith("meeting.held/"):
        return (Act(_("Go to the meetings"), address("meetings", child)),)
    if row.meets:
        form = forms.recording(row.meets[0])
        a_type = row.meets[0].partition("/")[2]
        if form is not None and a_type and "/" not in form.records and form.question("a_type") is not None:
            return (Act(form.title, form_address(child, form.id, str(row.id), {"a_type": a_type})),)
        which = form.id if form else "kind~" + row.meets[0].replace("/", "~")
        said = form.title if form else _("Record it")
        person = row.names.get("person") if form and form.question("person") else None
        return (Act(said, form_address(child, which, str(row.id), {"person": person} if person else None)),)
    return ()


def form_address(child: uuid.UUID, form: str, goes_on: str = "", answers: Mapping[str, str] | None = None) -> str:
    """Where a form about a child is opened: for what it goes on with, and with the answers that the page it is opened from knows."""
    asked = [("for", goes_on)] if goes_on else []
    asked += [("with", f"{key}:{value}") for key, value in (answers or {}).items()]
    page = address("record-form", child, form)
    return f"{page}?{urlencode(asked, safe=':')}" if asked else page
