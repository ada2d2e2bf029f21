"""What a meeting still wants before it can begin well, said plainly: prompts, never locks."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.core.ids import uuid_of
from kith.meetings import guests, selectors
from kith.meetings.meeting import Guest, Meeting
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.rules.rooms import Room
from kith.web.acts import form_address
from kith.web.answers import answered
from kith.web.meetings import briefing, called
from kith.web.meetings.called import Called

FAMILY = ("parent", "carer", "relative", "friend")


def wanting(
    room: Room, found: Meeting, opened: Opened, names: Called, before: Meeting | None = None
) -> Iterator[dict[str, str]]:
    """Each thing still to be done before the meeting, with the page that does it and the clauses it comes from."""
    if found.state not in ("asked", "arranged"):
        return

    def form(name: str, **answers: str) -> str:
        return form_address(opened.id, name, found.id, answers or None)

    if found.asked is not None and not found.answered:
        yield _line(_("Whoever asked for the meeting has not been answered"), form("meeting_answer"))
    for part, cites in guests.missing(room, found, opened):
        yield _line(
            _("Not on the list: %(who)s") % {"who": answered("guest_part", part)},
            form("meeting_guest", guest_part=part),
            ", ".join(cites),
        )
    yield from _of_last_time(before, found, opened, names)
    yield from _of_child(found, opened, form)
    for one in found.guests.values():
        yield from _of_guest(one, names.guest(one), found, opened)
    if found.state == "arranged" and not (found.room_booked and found.chair_confirmed):
        missing = [
            text
            for yes, text in (
                (found.room_booked, _("the room is not booked")),
                (found.chair_confirmed, _("the chair has not confirmed")),
            )
            if not yes
        ]
        yield _line(_("Before anybody is invited: %(what)s") % {"what": ", ".join(missing)}, form("meeting_book"))
    yield from _of_papers(room, found, form)
    if found.safe is None:
        yield _line(_("Nobody has looked at health and safety yet"), form("meeting_safe"))


def _of_last_time(before: Meeting | None, found: Meeting, opened: Opened, names: Called) -> Iterator[dict[str, str]]:
    """Whoever was kept out of the meeting before is asked about again: nobody comes, or stays away, by an oversight."""
    for key in before.kept_out if before else ():
        if key not in found.kept_out:
            text = _("%(name)s was kept out of the meeting before. Decide on this one") % {"name": names(key)}
            yield _line(
                text, form_address(opened.id, "meeting_keep_out", found.id, {"person": key}), "WOR-307, WOR-432"
            )


def _of_guest(one: Guest, name: str, found: Meeting, opened: Opened) -> Iterator[dict[str, str]]:
    prepare = form_address(opened.id, "meeting_prepare", found.id, {"person": one.key})
    if found.state == "arranged" and one.invited is None:
        letter = reverse("write-letter", args=[opened.id, "meeting_invitation"])
        yield _line(_("Not invited yet: %(name)s") % {"name": name}, f"{letter}?meeting={found.id}&guest={one.key}")
    if one.needs and one.in_place is not True:
        told = {"name": name, "needs": "; ".join(one.needs)}
        yield _line(_("Not sure that it is in place for %(name)s: %(needs)s") % told, prepare)
    if one.part in FAMILY and one.prepared is None and one.named_as == "person":
        yield _line(_("Nobody has prepared %(name)s yet") % {"name": name}, prepare)


def _line(text: str, href: str, cites: str = "") -> dict[str, str]:
    return {"text": text, "href": href, "cites": cites}


def _of_child(found: Meeting, opened: Opened, form: Any) -> Iterator[dict[str, str]]:
    if people.portrait_of(opened.id).unborn:
        return
    if found.state == "arranged" and not found.words.get("access") and _disabled(opened):
        yield _line(
            _("The child has a disability: say what the place has for them"),
            form("meeting_arrange", a_type=found.a_type),
        )
    theirs = found.guests.get(str(opened.id))
    settled = found.arranged is not None and found.arranged.part(str(opened.id)).get("child_takes_part") not in (
        None,
        "not_yet_settled",
    )
    if found.state == "arranged" and not settled:
        yield _line(_("How the child takes part is not settled yet"), form("meeting_arrange", a_type=found.a_type))
    if theirs is None or not theirs.advocate:
        yield _line(
            _("Nobody has offered the child an advocate for this meeting"),
            form("meeting_prepare", person=str(opened.id)),
        )
    elif theirs.advocate == "accepted" and not any(one.part == "advocate" for one in found.guests.values()):
        yield _line(
            _("The child wants an advocate, and none is on the list"), form("meeting_guest", guest_part="advocate")
        )


def _disabled(opened: Opened) -> bool:
    told = people.portrait_of(opened.id).details.get("disability")
    return bool(told) and told not in ("NONE", ["NONE"], ("NONE",))


def _of_papers(room: Room, found: Meeting, form: Any) -> Iterator[dict[str, str]]:
    for paper in room.papers:
        key = str(paper["what"])
        if found.papers.get(key, ("", ""))[0] not in ("ready", "not_possible"):
            yield _line(
                _("Not ready yet: %(paper)s") % {"paper": answered("paper", key)},
                form("meeting_paper", paper=key),
                ", ".join(paper.get("cites", ())),
            )


def clashes(found: Meeting) -> list[str]:
    """Other meetings at the same time that the same worker leads, or in the same place, without saying about whom."""
    if found.on is None or (key := uuid_of(found.id)) is None:
        return []
    workers = [one for one in (uuid_of(found.chair), uuid_of(found.coordinator)) if one]
    told = []
    for one in selectors.clashes(key, found.on, found.starts_at, workers, found.venue):
        what = called.title(one.a_type)
        told.append(
            _("%(what)s, same place") % {"what": what}
            if one.venue == found.venue
            else _("%(what)s, led by the same person") % {"what": what}
        )
    return list(dict.fromkeys(told))


def paper_address(key: str, opened: Opened, room: Room, found: Meeting) -> str:
    """Where a paper that Kith makes itself is looked at or written; empty for those that people bring."""
    if key == "workers_briefing" and found.held is None and briefing.headings(room):
        return reverse("meeting-briefing", args=[opened.id, found.id])
    pages = {"genogram": "network", "chronology": "chronology", "latest_authorised_assessment": "assessments"}
    return reverse(pages[key], args=[opened.id]) if key in pages else ""
