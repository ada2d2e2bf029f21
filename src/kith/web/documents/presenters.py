"""Documents, shares and deliveries in words."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.web import said

HOWS = {
    "by_hand": lazy("By hand"), "post": lazy("By post"), "e_mail": lazy("By e-mail"), "text": lazy("By text message"),
    "read_out": lazy("Read out to them"), "secure_link": lazy("By a secure system"),
}  # fmt: skip
LAYOUTS = {"standard": lazy("Standard"), "large_print": lazy("Large print"), "plain": lazy("Plain language, larger")}
LANGUAGES = {"en": lazy("English")}
READERS = {
    "parental_responsibility": lazy("holds parental responsibility"), "carer": lazy("carer"), "child": lazy("the child"),
    "relative": lazy("relative"), "agency": lazy("agency or professional"), "referrer": lazy("made the referral"),
}  # fmt: skip
STATES = {
    "waiting": lazy("Waiting to be sent"), "sending": lazy("Being sent"), "sent": lazy("Sent"), "held": lazy("Held for a person to decide"),
    "may_have_gone": lazy("May have gone: left in the middle"), "dropped": lazy("Not sent"), "to_print": lazy("To be printed and posted"),
}  # fmt: skip
REFUSED = {"person": lazy("They did not want it"), "council": lazy("The council did not give it")}
UNDERSTOOD = {True: lazy("Understood"), False: lazy("Not understood"), None: lazy("Not known whether understood")}


def standing(one: Any) -> str:
    """Where a document stands, in a few words."""
    if not one.letter:
        return _("File")
    if not one.approval_by:
        return _("Ready")
    if one.returned_with:
        return _("Sent back to its author")
    return _("Approved") if one.approved_at else _("Waiting for approval")


def row(one: Any, workers: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    """A document as a line of the list."""
    return {
        "id": one.id, "title": one.subject or one.title, "kind": one.title if one.subject else "", "reader": one.reader_name,
        "made": said.moment(one.made_at), "by": workers.get(one.made_by, ""), "standing": standing(one),
        "layout": LAYOUTS.get(one.layout, "") if one.layout not in ("", "standard") else "",
    }  # fmt: skip


def share(one: Any, workers: Mapping[uuid.UUID, str], numbers: Mapping[str, int]) -> dict[str, Any]:
    """A line of the ledger: to whom, what, which version, when, how, in which language and layout, and whether understood."""
    refused = REFUSED.get(one.refused_by)
    return {
        "id": one.id, "document": one.document_id, "title": one.document.subject or one.document.title,
        "reader": one.reader_name or _("Not said"), "organisation": one.organisation, "day": said.day(one.shared_on), "version": numbers.get(one.digest),
        "how": refused or HOWS.get(one.how, one.how), "by": workers.get(one.by, ""), "refused": bool(refused), "reason": one.reason,
        "language": LANGUAGES.get(one.language, one.language), "layout": LAYOUTS.get(one.layout, ""),
        "understood": "" if refused else UNDERSTOOD[one.understood], "note": one.understood_note,
    }  # fmt: skip


def delivery(one: Any, document: Any, workers: Mapping[uuid.UUID, str], *, half_done: bool = False) -> dict[str, Any]:
    """A delivery in words. What was left in the middle is said to be so as soon as that is known."""
    state = "may_have_gone" if half_done else one.state
    return {
        "id": one.id, "document": one.document, "title": document.subject or document.title, "reader": document.reader_name,
        "how": HOWS.get(one.how, one.how), "state": state, "state_words": STATES[state], "because": one.because,
        "asked": said.moment(one.asked_at), "by": workers.get(one.asked_by, ""), "full": one.in_full,
    }  # fmt: skip


def workers_in(*many: Iterable[Any]) -> set[uuid.UUID]:
    """The workers named in some rows."""
    names = ("made_by", "by", "asked_by", "approved_by")
    return {found for rows in many for one in rows for name in names if (found := getattr(one, name, None))}


def version(one: Any, workers: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    """A version in words."""
    return {
        "id": one.id, "number": one.number, "name": one.file_name, "made": said.moment(one.made_at),
        "by": workers.get(one.made_by, ""), "digest": one.digest[:12],
    }  # fmt: skip


def until(day: dt.date | None, rows: Iterable[Any], name: str) -> list[Any]:
    """Of some rows, those there were by the end of a day; all where no day is asked about."""
    if day is None:
        return list(rows)
    return [one for one in rows if _day_of(getattr(one, name)) <= day]


def _day_of(when: dt.date | dt.datetime) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when
