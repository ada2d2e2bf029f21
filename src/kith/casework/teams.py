"""The team around a child: everyone whose part the plan needs, by what they are to the child, and what is missing."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from kith.access import selectors as access
from kith.people import register
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.people.standing import ALLOCATED

CHILD, PARENTS, CARERS, LEAD, WORKERS, OTHERS, INTERPRETER = (
    "child",
    "parents",
    "carers",
    "lead",
    "workers",
    "others",
    "interpreter",
)
WANTED = (CHILD, PARENTS, LEAD, OTHERS)  # whoever else is in a team, there is somebody of each of these


@dataclass(frozen=True)
class Member:
    """One of the team: what they are to the child, who they are, what they are called, since when if that is known."""

    what: str
    key: str
    name: str
    detail: str = ""
    since: dt.date | None = None


def around(opened: Opened, called: Callable[[uuid.UUID], str]) -> list[Member]:
    """The team as the record has it. `called` names the people whom the reader may see named, and nobody else."""
    picture = people.portrait_of(opened.id)
    now = people.standing_of(opened.id)
    family = list(people.adults_of(opened.person.family)) if opened.person.family else []
    parents = [uuid.UUID(one) for one, thing in picture.responsibilities.items() if thing.until is None]
    parents += [one.person_id for one in family if one.relation == "parent"]
    carers = [one.person_id for one in family if one.relation == "carer"]
    found = [] if picture.unborn else [Member(CHILD, str(opened.id), opened.person.name)]
    found += [Member(PARENTS, str(one), called(one)) for one in dict.fromkeys(parents)]
    found += [Member(CARERS, str(one), called(one)) for one in dict.fromkeys(carers)]
    parts = [one for one in now.parts if one.until is None]
    names = access.named([uuid.UUID(one.worker) for one in parts])
    for one in parts:
        what = LEAD if one.role == ALLOCATED else WORKERS
        found.append(
            Member(what, one.worker, names.get(uuid.UUID(one.worker), ""), one.role, dt.date.fromordinal(one.since))
        )
    helpers = [one for one in register.helpers_of(opened.id) if one.until is None]
    found += [Member(OTHERS, str(one.person), one.name, one.part, one.since) for one in helpers]
    at = {one.agency.id for one in helpers if one.agency}
    found += [
        Member(OTHERS, str(one.id), one.name)
        for one in register.taking_part(opened.id, opened.person.family)
        if one.id not in at
    ]
    if picture.details.get("interpreter_needed"):
        found.append(Member(INTERPRETER, "", "", str(picture.details.get("interpreter_language", ""))))
    return [one for one in found if one.name or one.what == INTERPRETER]


def missing(team: list[Member], *, unborn: bool) -> list[str]:
    """The kinds of member of whom the team has nobody yet."""
    there = {one.what for one in team}
    return [what for what in WANTED if what not in there and not (what == CHILD and unborn)]
