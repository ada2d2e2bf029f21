"""A council of full size, for measuring: as many open children, people and events as asked for, in an authority of its own."""
# Stories read better as lines than as columns of arguments.
# fmt: off

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from kith.access.models import Practitioner, RoleHeld, Team
from kith.core import authority, installation, units
from kith.core.models import Authority
from kith.demo.councils import Council, data, staff
from kith.demo.courses import COURSES
from kith.demo.loading import DUE, NotADemonstration
from kith.demo.telling import Family
from kith.record import actions
from kith.record.fact import Fact
from kith.record.models import EventAbout
from kith.record.procedures import procedure_of

OPEN = ("in_need", "assessing", "in_need", "looked_after", "in_need", "protected", "in_need", "assessing", "kinship", "in_court")
PAST = ("closed", "guardian", "closed", "nowhere", "declined")
TOGETHER = 20  # families recorded in one act
CHILDREN_IN_FAMILY, PEOPLE_IN_FAMILY, CHILDREN_OF_WORKER, WORKERS_OF_TEAM = 1.6, 4.2, 16, 10
NOTES = ("Telephone call", "Message from the school", "Talk at the door", "Letter read together", "Plan for the week")


@dataclass(frozen=True)
class Size:
    """How large a council: open children, people known, events in all; and which share of it to make (the second of two)."""

    children: int
    people: int
    events: int
    share: int = 0
    shares: int = 1

    @property
    def families(self) -> int:
        """How many families that is."""
        return max(round(self.people / PEOPLE_IN_FAMILY), self.open_families)

    @property
    def open_families(self) -> int:
        """How many of them have open children."""
        return round(self.children / CHILDREN_IN_FAMILY)


def fill(slug: str, pack: str, size: Size, say: Callable[[str], Any]) -> int:
    """Makes the families that are not there yet; how many events were recorded. Raises NotADemonstration."""
    if not installation.is_demonstration():
        raise NotADemonstration("this database is not marked as a demonstration; nothing invented is loaded into it")
    council = _council(slug, pack, size)
    begun, events, families = perf_counter(), 0, 0
    places = range(size.share, size.families, size.shares)
    for first in range(0, len(places), TOGETHER):
        some = places[first : first + TOGETHER]
        with units.of_work(council.authority.id, writing=True):
            events += _record(council, [fact for place in some for fact in _family(council, place, size)])
        families += len(some)
        if families % 200 == 0:
            say(f"{families} families, {events} events, {events / (perf_counter() - begun):.0f} a second")
    spent = perf_counter() - begun
    say(f"{families} families and {events} events in {spent:.0f} seconds: {events / max(spent, 0.001):.0f} events a second.")
    return events


def _council(slug: str, pack: str, size: Size) -> Council:
    says = _grown(data("councils")[pack], size)
    there = Authority.objects.filter(slug=slug).first()
    one = there or authority.make(slug, f"Farhaven Council ({slug})", pack, code="995")
    with units.of_work(one.id, writing=True):
        if there is not None:
            return _found(one, says)
        return staff(one, says | {"mail": f"{slug}.example"})


def _grown(says: Mapping[str, Any], size: Size) -> dict[str, Any]:
    """The council's own people and teams, and as many more teams of ten workers with their manager as its children need."""
    people, teams = dict(says["people"]), dict(says["teams"])
    for place in range(size.children // CHILDREN_OF_WORKER):
        number = place // WORKERS_OF_TEAM + 1
        team = f"team{number}"
        if team not in teams:
            teams[team] = {"name": f"Team {number}", "telephone": "0113 496 0090"}
            people[f"manager{number}"] = {"name": f"Manager {number}", "title": "Team manager", "roles": ["team_manager"], "team": team}
        people[f"more{place}"] = {"name": f"Worker {place + 1}", "title": "Social worker", "roles": ["social_worker"], "team": team}
    return {**says, "people": people, "teams": teams}


def _found(one: Authority, says: Mapping[str, Any]) -> Council:
    """A council made before, its workers told by the order in which they were made."""
    people = list(Practitioner.objects.filter(authority=one.id).order_by("id"))
    workers = dict(zip(says["people"], people, strict=True))
    teams = {key: Team.objects.get(name=team["name"]) for key, team in says["teams"].items()}
    key_of = {team.id: key for key, team in teams.items()}
    held = dict(RoleHeld.objects.exclude(team=None).values_list("practitioner", "team"))
    of_team = {key: key_of.get(held.get(worker.id), "north") for key, worker in workers.items()}
    ids = {key: worker.id for key, worker in workers.items()} | {key: team.id for key, team in teams.items()}
    return Council(one.slug, one, procedure_of(one.id).vocabulary, workers, of_team, ids)


def _record(council: Council, facts: list[Fact]) -> int:
    if facts:
        actions.append(*facts, by=council.workers["front"], under="enter_people")
    return len(facts)


def _family(council: Council, place: int, size: Size) -> list[Fact]:
    """What there is to record of a family; nothing if it is there already."""
    family = Family(council, f"family {place}")
    if EventAbout.objects.filter(subject=family.id("family")).exists():
        return []
    is_open = place < size.open_families
    courses = OPEN if is_open else PAST
    holders = [key for key in council.workers if key.startswith(("more", "sw"))]
    due = DUE[place % len(DUE)] + family.random.randrange(0, 60) * (0 if is_open else 1)
    COURSES[courses[place % len(courses)]](family, due, holders[place % len(holders)])
    _more(family, round(size.events / size.families))
    return family.in_order()


def _more(family: Family, wanted: int) -> None:
    """Case notes, until the family has as many events as an average one should."""
    first = min((fact.when for fact in family.facts), key=str)
    days = max(1, (family.today - (first if type(first) is type(family.today) else family.today)).days)
    for place in range(len(family.facts), wanted):
        title = NOTES[place % len(NOTES)]
        family.tell(
            "note.recorded", -family.random.randrange(0, days), at="11:00", child=family.children, note=f"further note {place}",
            note_kind="telephone_call", significant="routine",
            words={"title": title, "text": f"{title}: what was said, what was agreed, and who does it by when. {place}"},
        )  # fmt: skip
