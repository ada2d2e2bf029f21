"""Those who are to come to a meeting, or came: how each stands, what each needs, and what is to be done for them next."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.forms import selectors as forms
from kith.meetings.meeting import Guest, Meeting
from kith.people.selectors import Opened
from kith.web import said
from kith.web.acts import form_address
from kith.web.answers import answered
from kith.web.meetings import circulating
from kith.web.meetings.called import Called
from kith.web.meetings.words import CAME

Act = tuple[str, str]


def line(one: Guest, found: Meeting, names: Called, opened: Opened, today: dt.date) -> dict[str, Any]:
    """A guest's line on the page of the meeting; of what can be done for them, the next thing first."""
    acts = list(_acts(one, found, opened))
    stands = [
        _("Invited %(day)s") % {"day": said.day(one.invited, today)} if one.invited else "", answered("reply", one.reply), str(CAME.get(one.came, "")),
        _("Record sent %(day)s") % {"day": said.day(one.sent, today)} if one.sent else "",
        circulating.sent_under(one, found, names),
    ]  # fmt: skip
    notes = [
        f"{_('Needs')}: {'; '.join(one.needs)}" if one.needs else "",
        _("What they need is not in place yet") if one.in_place is False else "",
    ]
    notes += [
        _("The family does not agree that they come: %(why)s") % {"why": one.why_not_agreed}
        if one.agreed is False
        else ""
    ]
    notes += [
        f"{_('Wanted by')}: {one.named_by}" if one.named_by else "",
        f"{_('Want said for them')}: {one.views}" if one.views else "",
    ]
    notes += [
        _("Prepared %(day)s") % {"day": said.day(one.prepared, today)} if one.prepared else "",
        _("An advocate is wanted") if one.advocate == "accepted" else "",
    ]
    notes += [f"{_('Got in touch before')}: {text}" for text in one.heard]
    notes += [
        f"{_('Can come')}: {one.can_come}" if one.can_come else "",
        _("Asked when they can come, %(day)s") % {"day": said.day(one.asked_when, today)} if one.asked_when else "",
        answered("signs", one.signed),
    ]
    return {
        "name": names.guest(one), "part": answered("guest_part", one.part), "stands": [text for text in stands if text] or [_("Not invited yet") if found.state != "held" else ""],
        "notes": [text for text in notes if text], "acts": acts,
    }  # fmt: skip


def _acts(one: Guest, found: Meeting, opened: Opened) -> Iterator[Act]:
    if found.state == "arranged":
        yield from _of_inviting(one, found, opened)
    if found.state in ("asked", "arranged"):
        yield from _of_dates(one, found, opened)
        yield from _of_preparing(one, found, opened)
    if found.state == "not_held" and one.invited:
        yield _("Tell them"), _letter(opened, found, one, "meeting_not_held")
    elif found.state == "held" and one.came in ("came", "for_part", "otherwise"):
        on = {"person": one.key} if one.named_as == "person" else {}
        yield _("Send them the record"), _letter(opened, found, one, "meeting_record")
        if one.named_as in ("person", "guest"):
            yield _("Talk it over"), form_address(opened.id, "meeting_debrief", _about(found, one), on)
        yield _("What they thought"), form_address(opened.id, "meeting_feedback", found.id, on)
    if found.state in ("arranged", "held") and (form := forms.form("meeting_agreement_signed")):
        yield from _of_agreement(form.id, one, found, opened)


def _of_inviting(one: Guest, found: Meeting, opened: Opened) -> Iterator[Act]:
    named = {one.named_as: one.key} if one.named_as != "guest" else {}
    reply = (_("Their reply"), form_address(opened.id, "meeting_reply", _about(found, one), named))
    if one.invited:
        yield reply
    if one.named_as in ("person", "agency"):
        yield _("Write the invitation"), _letter(opened, found, one, "meeting_invitation")
        yield _("Put their papers together"), _letter(opened, found, one, "meeting_bundle")
    yield _("Invited already"), form_address(opened.id, "meeting_invite", _about(found, one), named)
    if not one.invited:
        yield reply
    yield _("File for a calendar"), reverse("meeting-calendar", args=[opened.id, found.id, one.key])


def _of_agreement(form: str, one: Guest, found: Meeting, opened: Opened) -> Iterator[Act]:
    """Where the council has an agreement on how the meeting goes: it is printed with every name, and each says whether they agree."""
    if found.a_type != "family_meeting":
        return
    named = {one.named_as: one.key} if one.named_as != "guest" else {}
    if one.named_as in ("person", "agency"):
        yield _("Print the agreement to sign"), _letter(opened, found, one, "meeting_agreement")
    yield _("They agree to how the meeting goes"), form_address(opened.id, form, _about(found, one), named)


def _of_dates(one: Guest, found: Meeting, opened: Opened) -> Iterator[Act]:
    named = {one.named_as: one.key} if one.named_as != "guest" else {}
    if one.named_as == "agency":
        yield _("Ask when they can come"), _letter(opened, found, one, "meeting_availability")
    yield _("When they can come"), form_address(opened.id, "meeting_availability_reply", _about(found, one), named)
    yield _("They got in touch"), form_address(opened.id, "meeting_heard", _about(found, one), named)


def _of_preparing(one: Guest, found: Meeting, opened: Opened) -> Iterator[Act]:
    if one.named_as == "person":
        on = {"person": one.key}
        yield _("Prepare them"), form_address(opened.id, "meeting_prepare", found.id, on)
        yield _("What is said of their matters"), form_address(opened.id, "meeting_information", found.id, on)
        yield _("Keep them out"), form_address(opened.id, "meeting_keep_out", found.id, on)
        yield _("Take them off"), form_address(opened.id, "meeting_guest_removed", _about(found, one), on)
    else:
        named = {one.named_as: one.key} if one.named_as != "guest" else {}
        yield _("Take them off"), form_address(opened.id, "meeting_guest_removed", _about(found, one), named)


def _about(found: Meeting, one: Guest) -> str:
    """What a form about a guest goes on with: the guest where the record knows them by nothing else, else the meeting."""
    return one.key if one.named_as == "guest" else found.id


def _letter(opened: Opened, found: Meeting, one: Guest, letter: str) -> str:
    return f"{reverse('write-letter', args=[opened.id, letter])}?meeting={found.id}&guest={one.key}"
