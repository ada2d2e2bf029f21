"""The agencies of the demonstration, and who works there."""

import datetime as dt
from dataclasses import replace
from typing import Any

from kith.access.models import Practitioner
from kith.core import clock, ids
from kith.demo.councils import Council, data
from kith.people.models import Agency, Child
from kith.record import actions
from kith.record.fact import Fact

COVERS = ["alert", "contact_limit", "meeting", "plan", "relationship", "safety", "visit"]


def enter(council: Council) -> None:
    """Enters the agencies, each with one professional, as the front door entered them some years ago."""
    when = clock.today() - dt.timedelta(days=900)
    known = dt.datetime.combine(when, dt.time(10), clock.LONDON)
    facts = []
    for one in data("agencies"):
        agency, person, who = ids.new(), ids.new(), one["who"]
        said = {key: one[key] for key in ("name", "ring", "telephone")}
        named = {"given": who["given"], "family": who["family"]}
        works = {"person": person, "agency": agency}
        facts += [
            Fact(kind="agency.entered", about={"agency": agency}, when=when, coded={"agency_kind": one["kind"]}, words=said),
            Fact(kind="person.registered", about={"person": person}, when=when, coded={"person_kind": "professional"}),
            Fact(kind="name.given", about={"person": person}, when=when, coded={"name_use": "full", "name_order": "given_first"}, words=named),
            Fact(kind="professional.joined_agency", about=works, when=when, words={key: who[key] for key in ("title", "telephone")}),
        ]  # fmt: skip
    facts.append(_agreement(facts[0].about["agency"], when))
    actions.append(*(replace(one, known_at=known) for one in facts), by=council.workers["front"], under="record")


def _agreement(agency: Any, when: dt.date) -> Fact:
    """What the school's staff may see."""
    return Fact(
        kind="sharing.agreed",
        about={"agency": agency},
        when=when,
        coded={"covers": COVERS, "agreed_from": when.isoformat()},
    )


def join(council: Council) -> None:
    """The staff of a partner agency are tied to it, and work with the children of three families of their school."""
    for key, worker in council.workers.items():
        if not worker.agency:
            continue
        school = Agency.objects.get(name=worker.agency)
        Practitioner.objects.filter(id=worker.id).update(agency_id=school.id)
        open_now = Child.objects.filter(is_open=True, restricted=False, held_by__isnull=False).select_related("person")
        at_school = [one.person for one in open_now if one.person.born_on and 5 <= _age(one.person.born_on) < 11]
        for family in sorted({one.family for one in at_school if one.family})[:3]:
            children = [one.id for one in at_school if one.family == family]
            fact = Fact(
                kind="worker.joined_family", about={"family": family, "child": children, "worker": council.workers[key].id},
                when=clock.today() - dt.timedelta(days=1), coded={"worker_role": "lead_professional"},
            )  # fmt: skip
            actions.append(fact, by=council.workers["tm"])


def _age(born: dt.date) -> float:
    return (clock.today() - born).days / 365.25
