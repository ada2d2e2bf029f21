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


@pytest.mark.clause("WOR-001")
def test_every_entry_says_which_version_of_the_procedure_was_in_force(town):
    begun(town, "initial")
    assert "Procedure in force that day: worcestershire@2012-04." in entry(town, "assessment.started/initial")


@pytest.mark.clause("WOR-002")
def test_the_ten_kinds_of_assessment_are_offered(town):
    page = paperwork.page(town.amy, "record-form", town.kit, "assessment_start")
    for kind in (
        "Initial Assessment", "Core Assessment", "Parenting Assessment", "Carer&#x27;s Assessment", "Private Fostering Assessment", "Viability Assessment",
        "UASC Age Assessment", "DASH Risk Assessment", "Assessment of a person who may pose a risk to children", "Court Statement with its assessments",
    ):  # fmt: skip
        assert kind in page or kind.replace("&#x27;", "&#39;") in page, kind


@pytest.mark.clause("WOR-015", "WOR-016")
def test_an_action_says_what_comes_of_it_for_the_child_and_what_the_family_said_when_it_was_chosen(town):
    page = paperwork.page(town.amy, "record-form", town.kit, "action")
    assert "What will be different for the child through it, and how will we know?" in page
    assert "Not what is supplied but what comes of it" in page
    paperwork.recorded(
        town.amy, town.kit, "action", what="A breakfast club", who="Mrs Bell", outcome="Kit is not hungry at ten: Kit says so.",
        helped_choose="Kit chose the club with the piano.", by_when=cast.days_ago(-5),
    )  # fmt: skip
    shown = entry(town, "action.agreed")
    assert "Kit is not hungry at ten: Kit says so." in shown
    assert "Kit chose the club with the piano." in shown


@pytest.mark.clause("WOR-033")
def test_the_day_an_assessment_is_due_stands_with_worker_and_manager_alike(town):
    with town.at_work():
        about = {"child": town.kit, "family": town.family, "referral": ids.new()}
        cast.recorded(cast.fact("referral.received", about, since=2), by=town.workers["Amy"])
        cast.recorded(
            cast.fact("referral.decided", about, since=1, decision="initial_assessment", further_work_needed=True),
            by=town.workers["Amy"],
        )
    assert "initial assessment" in paperwork.page(town.amy, "child", town.kit).lower()
    team = paperwork.page(town.moll_desk, "team", group="fortnight")
    assert "Kit Marsh" in team
    assert "initial assessment" in team.lower()


@pytest.mark.clause("WOR-399")
def test_a_manager_sees_who_records_later_than_the_next_day(town):
    seen = {f"{town.kit}-seen": "yes", f"{town.kit}-alone": "yes"}
    paperwork.recorded(town.amy, town.kit, "visit", seen, place="home", when=cast.days_ago(1))
    assert "Recorded later than the next day" not in paperwork.page(town.moll_desk, "team")
    paperwork.recorded(town.amy, town.kit, "visit", seen, place="home", when=cast.days_ago(6))
    page = paperwork.page(town.moll_desk, "team")
    assert "Recorded later than the next day" in page
    assert "Amy: 1 entry" in page


def test_a_worklist_says_what_was_agreed_to_be_done_as_it_stands_now(town):
    told = {"what": "Ask about the breakfast club", "who": "", "by_when": cast.days_ago(-5), "when": cast.days_ago(2)}
    paperwork.recorded(town.amy, town.kit, "action", **told)
    assert "Ask about the breakfast club" in paperwork.page(town.amy, "child", town.kit)
    with town.at_work(writing=False):
        first = Event.objects.get(kind="action.agreed")
    told["what"] = "Ask about the lunch club"
    changed = paperwork.record(town.amy, town.kit, "action", {"corrects": str(first.id)}, **told)
    assert changed.status_code == 302, paperwork.said(changed)
    for name, args in (("child", [town.kit]), ("my-work", []), ("summary", [town.kit])):
        page = paperwork.page(town.amy, name, *args)
        assert "Carry out the agreed action: Ask about the lunch club" in page, name
        assert "{what}" not in page, name
    assert "{what}" not in paperwork.page(town.moll_desk, "team", group="week")
