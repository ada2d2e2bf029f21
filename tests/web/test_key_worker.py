"""What rests with the key worker moves with the case: the plan's objectives, the core assessment, and what is said of each visit."""

import pytest

import cast
import paperwork
from kith.core import ids
from kith.obligations.models import Owed
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    return paperwork.household("worcestershire")


def holders(town, duty):
    with town.at_work(writing=False):
        return {one.holder for one in Owed.objects.filter(duty=duty, closed_on=None)}


def hand_over(town, to):
    with town.at_work():
        cast.allocate(town.kit, town.workers[to], town.team, by=town.workers["Moll"], since=0)


@pytest.mark.clause("WOR-379")
def test_what_the_plan_still_wants_is_the_key_workers_and_moves_with_the_case(town):
    with town.at_work():
        about = {"child": town.kit, "family": town.family, "action": ids.new()}
        cast.recorded(
            cast.fact("action.agreed", about, words={"what": "A bed"}, by_when="2026-12-24"), by=town.workers["Amy"]
        )
    assert holders(town, "plan.action") == {town.workers["Amy"].id}
    assert "Carry out the agreed action" in paperwork.page(town.amy, "my-work")
    hand_over(town, "Bea")
    assert holders(town, "plan.action") == {town.workers["Bea"].id}
    assert "Carry out the agreed action" not in paperwork.page(town.amy, "my-work")


@pytest.mark.clause("WOR-206")
def test_a_core_assessment_stays_with_whoever_holds_the_case(town):
    with town.at_work():
        about = {"child": town.kit, "family": town.family, "assessment": ids.new()}
        cast.recorded(cast.fact("assessment.started/core", about, since=5), by=town.workers["Bea"])
    assert holders(town, "assessment.core") == {town.workers["Amy"].id}
    hand_over(town, "Bea")
    assert holders(town, "assessment.core") == {town.workers["Bea"].id}


@pytest.mark.clause("WOR-397")
def test_a_visit_says_where_it_was_whether_statutory_and_whether_the_child_was_seen_alone(town):
    part = {f"{town.kit}-seen": "yes"}
    lacking = paperwork.record(town.amy, town.kit, "visit", part, place="home", statutory="yes")
    assert lacking.status_code == 422
    part[f"{town.kit}-alone"] = "yes"
    paperwork.recorded(town.amy, town.kit, "visit", part, place="home", statutory="yes")
    with town.at_work(writing=False):
        made = Event.objects.get(kind="visit.made")
    assert {key: made.coded[key] for key in ("statutory", "place", "seen", "alone")} == {
        "statutory": True,
        "place": "home",
        "seen": True,
        "alone": True,
    }
