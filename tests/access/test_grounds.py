"""Who may open a record, and on what ground: what is listed is what can be opened, whoever looks."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cast
import database
from kith.access.models import RoleHeld, Team
from kith.audit import entries
from kith.core import clock, ids
from kith.people import actions as people
from kith.people import policies
from kith.people.models import Child, Door, Involvement
from kith.people.policies import Shut
from kith.people.selectors import child_for, children_for, worked_with
from kith.record.fact import Fact, NotRecorded

pytestmark = pytest.mark.django_db
ROLES = (
    "social_worker",
    "team_manager",
    "initial_response",
    "records_officer",
    "student",
    "director",
    "adults_worker",
    "duty_worker",
)
ACTS = st.sampled_from(
    ("held", "joined", "left", "restricted", "lifted", "opened", "closed", "conflict", "closed no more", "glass", "team", "other team", "case closed")
)  # fmt: skip


@pytest.fixture
def council(db):
    return cast.council("lincolnshire")


def done(act, child, worker, council, other):
    """One act upon a child's record, by somebody who has nothing to do with what is tested."""
    by, mine, named = council.worker("Zoe", "head_of_service"), {"child": child, "worker": worker.id}, {"child": child}
    facts = {
        "held": Fact(kind="case.allocated", about=mine, when=cast.days_ago(9), coded={"student": False}),
        "joined": Fact(kind="worker.joined_family", about=mine, when=cast.days_ago(8)),
        "left": Fact(kind="worker.left_family", about=mine, when=cast.days_ago(7)),
        "restricted": Fact(kind="access.restricted", about={"child": child, "worker": by.id}, when=cast.days_ago(6), coded={"restricted_because": "court"}),
        "lifted": Fact(kind="access.restriction_ended", about=named, when=cast.days_ago(5)),
        "opened": Fact(kind="access.opened_to", about=mine, when=cast.days_ago(4)),
        "closed": Fact(kind="access.closed_to", about=mine, when=cast.days_ago(4)),
        "conflict": Fact(kind="access.conflict_declared", about=mine, when=cast.days_ago(3)),
        "closed no more": Fact(kind="access.no_longer_closed_to", about=mine, when=cast.days_ago(2)),
        "glass": Fact(kind="access.glass_broken", about=mine, when=clock.now() - dt.timedelta(hours=2)),
        "team": Fact(kind="case.transferred", about=named, when=cast.days_ago(2), coded={"to_team": str(council.team.id)}),
        "other team": Fact(kind="case.transferred", about=named, when=cast.days_ago(1), coded={"to_team": str(other.id)}),
        "case closed": Fact(kind="episode.closed", about=named, when=cast.days_ago(1)),
    }  # fmt: skip
    cast.recorded(facts[act], by=by)


@settings(max_examples=max(10, settings.default.max_examples // 3))
@given(
    st.lists(st.tuples(st.integers(0, 2), ACTS), max_size=10), st.lists(st.sampled_from(ROLES), min_size=1, max_size=2),
    st.booleans(), st.sampled_from(("", "unshared", "shared")), st.sampled_from((0, 1, 3, 5)),
)  # fmt: skip
def test_the_records_listed_are_those_that_can_be_opened(council, acts, roles, in_team, agency, hours):
    with council.at_work(), database.forgotten():
        other, amy = Team.objects.create(name="South team"), council.worker("Amy", roles[0], council.team)
        RoleHeld.objects.filter(practitioner=amy).update(team=council.team if in_team else None)
        for role in roles[1:]:
            RoleHeld.objects.create(practitioner=amy, role=role, team=other, from_on=cast.days_ago(99))
        amy.agency = agency and "Hill School"
        amy.agency_id = in_agreement(council) if agency == "shared" else None
        zoe = council.worker("Zoe", "head_of_service")
        children = [cast.child(zoe, name) for name in ("Kit", "Ash", "Bo")]
        for number, act in acts:
            done(act, children[number], amy, council, other)
        viewer, later = cast.viewer(amy), clock.now() + dt.timedelta(hours=hours)
        openable = {
            child.pk
            for child in Child.objects.all()
            if policies.ground_for(
                viewer, child, Involvement.objects.filter(child=child.pk), Door.objects.filter(child=child.pk), later
            )
        }
        assert set(Child.objects.filter(policies.openable(viewer, later)).values_list("pk", flat=True)) == openable
        with cast.at(later):
            shown = set() if agency == "unshared" else openable
            assert set(children_for(viewer).values_list("pk", flat=True)) == shown
            assert {one for one in children if opens(viewer, one)} == shown
            assert worked_with(viewer, children) <= shown
    council.workers.clear()


def in_agreement(council):
    """An agency with which an agreement is in force."""
    agency, by = ids.new(), council.worker("Zoe", "head_of_service")
    entered = cast.fact("agency.entered", {"agency": agency}, agency_kind="school", words={"name": "Hill School"})
    agreed = cast.fact("sharing.agreed", {"agency": agency}, covers=["visit"])
    for fact in (entered, agreed):
        cast.recorded(fact, by=by)
    return agency


def opens(worker, child):
    viewer = worker if hasattr(worker, "rights") else cast.viewer(worker)
    try:
        return child_for(viewer, child, page="record").ground
    except Shut:
        return None


def shut_to(worker, child):
    with pytest.raises(Shut) as caught:
        child_for(cast.viewer(worker), child, page="record")
    return caught.value


@pytest.fixture
def kit(council):
    with council.at_work():
        one = cast.child(council.worker("Amy"))
        cast.allocate(one, council.worker("Amy"), council.team, by=council.worker("Amy"))
        return one


def restricted(council, kit):
    boss = council.worker("Boss", "head_of_service")
    people.change_access(
        child_for(cast.viewer(boss), kit, page="access"), "restrict", boss.id, "court", by=cast.viewer(boss)
    )
    return boss


def test_a_partner_agencys_worker_opens_what_they_work_on_and_nothing_else(council, kit):
    with council.at_work():
        nurse = council.worker("Nia", "social_worker")
        nurse.agency = "health"
        told = shut_to(nurse, kit)
        assert (opens(nurse, kit), told.told) == (None, False)
        done("joined", kit, nurse, council, council.team)
        shut = shut_to(nurse, kit)
        assert (shut.told, shut.not_shared, shut.guardian) == (True, True, "Amy")
        nurse.agency_id = in_agreement(council)
        assert opens(nurse, kit) == "involved"


def test_a_record_closed_to_somebody_is_closed_whatever_else_they_hold(council, kit):
    with council.at_work():
        amy = council.worker("Amy")
        assert opens(amy, kit) == "allocated"
        done("opened", kit, amy, council, council.team)
        people.declare_conflict(kit, by=cast.viewer(amy))
        assert opens(amy, kit) is None
        assert kit not in set(children_for(cast.viewer(amy)).values_list("pk", flat=True))
        with pytest.raises(Shut):
            people.break_glass(kit, "I must see my nephew's record tonight.", by=cast.viewer(amy))


def test_the_front_door_is_told_of_a_restricted_record_and_whom_to_ring(council, kit):
    with council.at_work():
        boss = restricted(council, kit)
        boss.telephone = "01522 000000"
        boss.save()
        told = shut_to(council.worker("Dot", "emergency_duty"), kit)
        assert (told.told, told.guardian, told.telephone, told.may_break) == (True, "Boss", "01522 000000", True)
        assert shut_to(council.worker("Sam"), kit).told is False
        assert (opens(boss, kit), opens(council.worker("Amy"), kit)) == ("guardian", "allocated")


def test_an_emergency_opening_lasts_four_hours_and_asks_why(council, kit):
    with council.at_work():
        restricted(council, kit)
        dot = cast.viewer(council.worker("Dot", "emergency_duty"))
        with pytest.raises(NotRecorded, match="why it cannot wait"):
            people.break_glass(kit, "urgent", by=dot)
        now = clock.now()
        people.break_glass(kit, "Police are at the door with the mother.", by=dot)
        assert opens(dot, kit) == "emergency"
        with cast.at(now + dt.timedelta(hours=3, minutes=59)):
            assert opens(dot, kit) == "emergency"
        with cast.at(now + dt.timedelta(hours=4, seconds=1)):
            assert opens(dot, kit) is None
            assert not children_for(dot).exists()
        assert "broke the glass" in {one.did for one in entries.looks_at(kit)}


def test_every_look_and_every_refusal_is_written_down(council, kit):
    with council.at_work():
        opens(council.worker("Amy"), kit)
        opens(council.worker("Stu", "student"), kit)
        told = {(one.by_name, one.did, one.ground) for one in entries.looks_at(kit)}
        assert {("Amy", "looked", "allocated"), ("Stu", "was refused", "")} <= told
