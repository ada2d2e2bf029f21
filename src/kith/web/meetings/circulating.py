"""Who should be given the record of a meeting and has not been: the child, each parent, whoever came, whoever has a part in the plan or an
action (LIN-085). Nobody who was kept out of it: what they are given was decided with that."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.casework import teams
from kith.forms import selectors as forms
from kith.meetings.meeting import Guest, Meeting
from kith.people.selectors import Opened
from kith.rules.forms import Form
from kith.web import said
from kith.web.acts import form_address
from kith.web.meetings.called import Called


def form_that_confirms(found: Meeting) -> Form | None:
    """The form by which a social worker confirms who is given the record, where the procedure wants it of this kind of meeting."""
    return forms.recording(f"meeting.circulation_confirmed/{found.a_type}") if found.held else None


def warning(found: Meeting) -> str:
    """What whoever makes or sends a copy should know: it is never held up."""
    if form_that_confirms(found) is None or found.confirmed:
        return ""
    return _(
        "No social worker has confirmed who is given this record. It can be sent all the same, and the page of the meeting then says that nobody had confirmed it."
    )


def confirming(found: Meeting, opened: Opened, names: Called, today: dt.date) -> dict[str, str] | None:
    """Who confirmed the list and when, or that nobody has, and the page on which it is done; None where the procedure asks for none."""
    form = form_that_confirms(found)
    if form is None:
        return None
    done = found.confirmed[-1] if found.confirmed else None
    told = ""
    if done is not None:
        who = {
            "name": names(str(done.by)) if done.by else _("Somebody"),
            "day": said.day(dt.date.fromordinal(done.event.day), today),
        }
        told = _("Confirmed by %(name)s, %(day)s.") % who
    return {
        "told": told, "left_out": str(done.words.get("left_out", "")) if done else "", "warning": warning(found),
        "act": form.title, "href": form_address(opened.id, form.id, found.id),
    }  # fmt: skip


def sent_under(one: Guest, found: Meeting, names: Called) -> str:
    """Of a copy that was sent, whose confirmation of the list there was when it went (LIN-085)."""
    if one.sent is None or form_that_confirms(found) is None:
        return ""
    by = found.confirmed_when_sent(one)
    if by is None:
        return _("No social worker had confirmed it then")
    return _("Confirmed before by %(name)s") % {"name": names(str(by.by)) if by.by else _("Somebody")}


def of(
    found: Meeting, opened: Opened, names: Called, around: Sequence[tuple[str, str]]
) -> Iterator[dict[str, str]]:  # fmt: skip
    """Each of them with why, and the page on which their copy is made. `around` are the people whom the reader may see named."""
    known = dict(around)
    address = reverse("write-letter", args=[opened.id, "meeting_record"])
    for key, why in _why(found, opened, known).items():
        guest = found.guests.get(key)
        if key in found.kept_out or (guest and (guest.sent or guest.named_as in ("worker", "guest"))):
            continue
        yield {
            "name": names(key, known.get(key, guest.who if guest else "")),
            "why": ", ".join(dict.fromkeys(why)),
            "href": f"{address}?meeting={found.id}" + (f"&guest={key}" if guest else ""),
        }


def _why(found: Meeting, opened: Opened, known: dict[str, str]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for key, why in chain(_of_family(found, opened, known), _of_meeting(found)):
        told.setdefault(key, []).append(why)
    return told


def _of_family(found: Meeting, opened: Opened, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((key, _("The child")) for key in found.children)
    for member in teams.around(opened, lambda key: known.get(str(key), "")):
        if member.what == teams.PARENTS and member.key:
            yield member.key, _("Parent")


def _of_meeting(found: Meeting) -> Iterator[tuple[str, str]]:
    yield from ((one.key, _("Came")) for one in found.guests.values() if one.came in ("came", "for_part"))
    yield from ((key, _("Has a part in the plan")) for part in found.parts.values() for key in part.who)
    for one in chain(found.actions, found.promises):
        yield from ((key, _("Has something to do")) for key in chain(one.ids("person"), one.ids("agency")))
