"""Whom a meeting should invite, as its pack says and as the record knows them; and adding them to those who are to come."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.casework import teams
from kith.casework.policies import check_may_record
from kith.core import clock
from kith.core.ids import uuid_of
from kith.meetings import selectors
from kith.meetings.meeting import Meeting
from kith.people import register
from kith.people.selectors import Opened
from kith.record import actions as record
from kith.record.fact import Fact, NotRecorded
from kith.rules.rooms import Room


@dataclass(frozen=True)
class Suggested:
    """Somebody whom the procedure wants invited: their id, under which name the record names them, what they are to the child."""

    key: str
    named_as: str
    name: str
    part: str
    again: bool = False  # they were at the meeting before this one


PARTS: Mapping[str, tuple[str, str]] = {
    teams.CHILD: ("person", "child"), teams.PARENTS: ("person", "parent"), teams.CARERS: ("person", "carer"), teams.LEAD: ("worker", "social_worker"),
    teams.WORKERS: ("worker", "social_worker"), teams.OTHERS: ("person", "agency"),
}  # fmt: skip
INVITES: Mapping[str, tuple[str, ...]] = {
    "child": (teams.CHILD,), "parents": (teams.PARENTS,), "carers": (teams.CARERS,), "allocated_social_worker": (teams.LEAD,), "key_worker": (teams.LEAD,),
    "key_agencies": (teams.OTHERS,), "other_professionals": (teams.OTHERS,), "early_help_lead": (teams.OTHERS,), "team_manager": (teams.WORKERS,),
    "support_people": (), "relatives_chosen_by_family": (),
}  # fmt: skip


def suggested(
    room: Room, meeting: Meeting, opened: Opened, around: Sequence[tuple[str, str]], before: Meeting | None = None
) -> list[Suggested]:
    """Those whom the pack wants at this kind of meeting and who are not on its list yet, nor kept out of it (WOR-251); first those who
    were to be at the one `before` it (WOR-336). Whoever was kept out of that one is not suggested: that is decided anew. `around` are
    the people whom the reader may see named."""
    kept_out = {**meeting.kept_out, **(before.kept_out if before else {})}
    names = dict(around)
    agencies = {str(one.id) for one in register.taking_part(opened.id, opened.person.family)}
    wanted = {what for one in room.invites for what in INVITES.get(one, ())} or {
        teams.CHILD,
        teams.PARENTS,
        teams.LEAD,
        teams.OTHERS,
    }
    found, around_them = [], teams.around(opened, lambda key: names.get(str(key), ""))
    for member in around_them:
        if member.what not in wanted or not member.key or member.key in meeting.guests or member.key in kept_out:
            continue
        named_as, part = PARTS[member.what]
        found.append(Suggested(member.key, "agency" if member.key in agencies else named_as, member.name, part))
    again = [
        one
        for one in _again(before, names | {member.key: member.name for member in around_them if member.key})
        if one.key not in meeting.guests and one.key not in kept_out
    ]
    every = {one.key: one for one in found} | {one.key: one for one in again}
    return sorted(every.values(), key=lambda one: not one.again)


def _again(before: Meeting | None, names: Mapping[str, str]) -> list[Suggested]:
    """Those of the meeting before whom the record knows; nobody whose name the reader may not see."""
    found = []
    for one in before.guests.values() if before else ():
        name = names.get(one.key, "")
        if one.named_as == "worker" and (key := uuid_of(one.key)):
            name = access.named([key]).get(key, "")
        elif one.named_as == "agency" and (key := uuid_of(one.key)):
            name = next((row.name for row in register.agencies().filter(id=key)), "")
        if name and one.named_as != "guest":
            found.append(Suggested(one.key, one.named_as, name, one.part, again=True))
    return found


def missing(room: Room, meeting: Meeting, opened: Opened) -> list[tuple[str, tuple[str, ...]]]:
    """Who must be invited and is not on the list: what they are to the child, with the clauses that say so (LIN-054, LEI-073)."""
    there = {one.part for one in meeting.guests.values()}
    return [(line.id, line.cites) for line in selectors.must_invite(room, opened) if line.id not in there]


def add(meeting: Meeting, opened: Opened, chosen: Sequence[Suggested], *, by: Viewer) -> None:
    """Names those chosen as coming. Raises NotAllowed, NotRecorded where nobody is chosen."""
    check_may_record(by, opened)
    if not chosen:
        raise NotRecorded("tick whom to add", "guest")
    children = [key for one in meeting.children if (key := uuid_of(one))] or [opened.id]
    facts = []
    for one in chosen:
        about: dict[str, Any] = {"child": children, "meeting": uuid.UUID(meeting.id), one.named_as: uuid.UUID(one.key)}
        about |= {"family": opened.person.family} if opened.person.family else {}
        facts.append(
            Fact(
                kind=f"meeting.guest_named/{meeting.a_type}",
                about=about,
                when=clock.today(),
                coded={"guest_part": one.part},
            )
        )
    record.append(*facts, by=by, under=opened.ground)
