"""From the assessment on: what it was found to rest on, the disabled child's family, the way to urgent protection at any point."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import ids
from kith.record.models import Event
from kith.record.procedures import forms_by_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    town = paperwork.household("worcestershire")
    town.moll_desk = paperwork.desk(town.workers["Moll"])
    return town


def begun(town, a_type):
    with town.at_work():
        about = {"child": town.kit, "family": town.family, "assessment": ids.new()}
        cast.recorded(cast.fact(f"assessment.started/{a_type}", about, since=5), by=town.workers["Amy"])
    return about["assessment"]


def entry(town, kind):
    with town.at_work(writing=False):
        event = Event.objects.filter(kind=kind).latest("recorded_at")
    return paperwork.page(town.amy, "entry", town.kit, event.id)


@pytest.mark.clause("WOR-028")
def test_what_family_and_child_were_told_of_its_purpose_and_the_decisions_to_come_is_asked_when_a_plan_is_made(town):
    page = paperwork.page(town.amy, "record-form", town.kit, "plan_start")
    assert (
        "What were the child and parents told of its purpose, the decisions still to be made and what it should bring, when and how?"
        in page
    )


@pytest.mark.clause("WOR-059")
def test_the_leaflet_on_help_for_disabled_children_is_offered_and_to_whom_it_was_given_is_kept(town):
    with town.at_work(writing=False):
        asked = forms_by_id(town.authority.id)["details"].question("leaflet_given")
    assert asked.hint == "Offer it to every family of a disabled child"
    paperwork.recorded(
        town.amy, town.kit, "details", disability=["MOB"], leaflet_given="To Ros on Monday, in large print.", when=cast.days_ago(0)
    )  # fmt: skip
    assert "To Ros on Monday, in large print." in entry(town, "details.recorded")


@pytest.mark.clause("WOR-060")
def test_how_caring_for_a_disabled_child_affects_carers_brothers_and_sisters_is_not_left_out(town):
    begun(town, "initial")
    answer = paperwork.record(town.amy, town.kit, "assessment", child_disabled="yes", when=cast.days_ago(1))
    said = paperwork.said(answer)
    assert "Say how caring affects the parents or carers" in said
    assert "Say how it affects each brother and sister" in said
    said = paperwork.said(
        paperwork.record(town.amy, town.kit, "assessment", child_disabled="no", when=cast.days_ago(1))
    )
    assert "Say how caring affects the parents or carers" not in said


@pytest.mark.clause("WOR-181")
def test_an_action_says_which_part_of_the_analysis_calls_for_it(town):
    paperwork.recorded(
        town.amy, town.kit, "action", what="A breakfast club", who="Mrs Bell", analysis_says="Kit goes without breakfast when Ros works nights.",
        by_when=cast.days_ago(-5),
    )  # fmt: skip
    assert "Kit goes without breakfast when Ros works nights." in entry(town, "action.agreed")


@pytest.mark.clause("WOR-187")
def test_a_strategy_discussion_is_an_outcome_and_can_be_wanted_at_any_point_before(town):
    begun(town, "initial")
    page = paperwork.page(town.amy, "assessments", town.kit)
    href = reverse("record-form", args=[town.kit, "kind~meeting.wanted~strategy_discussion"])
    assert href in page
    assert town.amy.get(href).status_code == 200
    assert "A strategy discussion" in paperwork.page(town.moll_desk, "record-form", town.kit, "assessment_authorise")


@pytest.mark.clause("WOR-192")
def test_a_core_assessment_takes_what_is_found_until_it_is_authorised(town):
    assessment = begun(town, "core")
    with town.at_work():
        for number, said in enumerate(("Kit sleeps badly.", "The nurse weighed Kit.")):
            about = {"child": town.kit, "assessment": assessment, "evidence": ids.new()}
            worker = town.workers["Amy" if number == 0 else "Bea"]
            cast.recorded(cast.fact("evidence.recorded", about, since=3 - number, words={"what": said}), by=worker)
    shown = paperwork.page(town.amy, "assessment", town.kit, assessment)
    assert "Kit sleeps badly." in shown
    assert "The nurse weighed Kit." in shown
