"""Who should be given the record of a meeting and has not been: the child, each parent, whoever came, whoever has a part in the plan or an
action (LIN-085). Nobody who was kept out of it: what they are given was decided with that."""

from collections.abc import Iterator, Sequence
from itertools import chain

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.casework import teams
from kith.meetings.meeting import Meeting
from kith.people.selectors import Opened
from kith.web.meetings.called import Called


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
