"""An assessment from its beginning to its sharing, by the pages: who may do what when, and what stands beside it afterwards."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.casework.models import Assessment
from kith.core import ids
from kith.obligations.models import Owed
from kith.record import actions, verifying
from kith.record.fact import Fact
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    return one


def begin(town, **said):
    answers = {"a_type": "core", "basis": "statutory_enquiry", "trigger": "enquiry", "when": cast.days_ago(9)} | said
    return paperwork.record(town.amy, town.kit, "assessment_start", **answers)


def write(town, sent=None, **said):
    answers = {
        "views_of_family": "Ros says that Kit is tired.", "evidence": "The school’s register, strong.", "unchecked": "Nothing was.",
        "analysis": "Kit misses lessons.", "gaps": "Nothing is missing.", "recommended": "Help in the mornings.", "statutory": "no", "parenting_change": "no",
        "when": cast.days_ago(4),
    } | said  # fmt: skip
    part = {
        f"{town.kit}-identity": "Considered with Kit.",
        f"{town.kit}-needs": "To sleep and to be at school.",
        f"{town.kit}-interaction": "Kit stays close to Robin.",
        f"{town.kit}-in_time": "Yes, with help before Easter.",
        **(sent or {}),
    }
    return paperwork.record(town.amy, town.kit, "assessment", part, **answers)


def heard(town):
    """Kit was seen alone, and what Kit and Ros say was written down."""
    with town.at_work():
        amy = town.workers["Amy"]
        visit = cast.visit(town.kit, by=amy, since=6, seen=True, alone=True)
        judged = cast.fact("significance.judged", {"child": town.kit}, event=str(visit.id), significant="significant")
        cast.recorded(judged, by=amy)
    for whose in ("child", "parent"):
        paperwork.recorded(town.amy, town.kit, "view", whose=whose, own_words="School is far.", when=cast.days_ago(6))


def authorise(town, **said):
    answers = {
        "outcome": "child_in_need",
        "planned_services": "needed",
        "why": "Kit needs help.",
        "agencies_told": "all",
        "when": cast.days_ago(2),
    } | said
    return paperwork.record(town.moll_desk, town.kit, "assessment_authorise", **answers)


def kinds(town):
    with town.at_work(writing=False):
        found = Event.objects.filter(kind__startswith="assessment.").order_by("sequence")
        return list(found.values_list("kind", flat=True))


def row(town):
    with town.at_work(writing=False):
        return Assessment.objects.get(child=town.kit)


def test_an_assessment_goes_from_beginning_to_sharing_and_keeps_its_kind(town):
    assert begin(town).status_code == 302
    heard(town)
    assert "Being written" in paperwork.page(town.amy, "assessments", town.kit)
    assert write(town).status_code == 302
    assert "Waits to be authorised" in paperwork.page(town.amy, "assessments", town.kit)
    assert "Assessments that wait to be authorised" in paperwork.page(town.moll_desk, "my-work")
    assert authorise(town).status_code == 302
    paperwork.recorded(town.amy, town.kit, "assessment_share", person=str(town.ros), how="visit", when=cast.days_ago(1))
    paperwork.recorded(
        town.amy,
        town.kit,
        "assessment_response",
        person=str(town.ros),
        agrees="no",
        corrections="He is nine.",
        when=cast.days_ago(1),
    )
    assert kinds(town) == [
        f"assessment.{verb}/core" for verb in ("started", "submitted", "authorised", "shared", "responded")
    ]
    page = paperwork.page(town.amy, "assessments", town.kit)
    assert "Core Assessment" in page
    assert page.count("Ros Marsh") == 2
    assert "Does not agree with it" in page
    with town.at_work():
        assert verifying.differences() == []


def test_what_was_sent_back_is_written_again_and_then_waits(town):
    begin(town)
    heard(town)
    write(town)
    paperwork.recorded(
        town.moll_desk, town.kit, "assessment_return", comment="What does Robin say?", when=cast.days_ago(3)
    )
    assert "Sent back to be changed" in paperwork.page(town.amy, "assessments", town.kit)
    assert "Assessments that wait" not in paperwork.page(town.moll_desk, "my-work")
    write(town, when=cast.days_ago(2))
    assert "Waits to be authorised" in paperwork.page(town.amy, "assessments", town.kit)


@pytest.mark.clause("WOR-082", "WOR-052")
def test_without_agreement_a_reason_is_asked_and_an_enquiry_about_harm_is_never_held_up(town):
    stopped = begin(town, basis="agreement", consent_held="no")
    assert stopped.status_code == 422
    assert "agree first. Nothing holds up an enquiry about harm" in stopped.content.decode()
    assert begin(town).status_code == 302


@pytest.mark.clause("WOR-095")
def test_agreement_counts_only_once_the_family_was_told_why_what_and_what_may_come(town):
    missing = begin(town, basis="agreement", consent_held="yes", explained="")
    assert missing.status_code == 422
    assert "Agreement is informed only once these were explained" in missing.content.decode()


@pytest.mark.clause("WOR-196")
def test_a_core_assessment_says_what_calls_for_it(town):
    assert "Select what calls for a core assessment" in begin(town, trigger="").content.decode()


@pytest.mark.clause("WOR-199")
def test_only_a_team_manager_calls_for_a_core_assessment_for_another_reason(town):
    refused = begin(town, trigger="team_manager_discretion", by_role="social_worker")
    assert refused.status_code == 422
    assert "at the Team Manager&#x27;s discretion" in refused.content.decode()
    claimed = begin(town, trigger="team_manager_discretion", by_role="team_manager")
    assert claimed.status_code == 422
    taken = paperwork.record(
        town.moll_desk, town.kit, "assessment_start", a_type="core", basis="statutory_enquiry", trigger="team_manager_discretion",
        by_role="team_manager", when=cast.days_ago(9),
    )  # fmt: skip
    assert taken.status_code == 302


@pytest.mark.clause("WOR-084", "WOR-083")
def test_a_child_not_seen_alone_holds_authorising_until_the_manager_says_why(town):
    begin(town)
    write(town)
    stopped = authorise(town)
    assert stopped.status_code == 422
    assert "The child was not seen alone" in stopped.content.decode()


@pytest.mark.clause("WOR-076", "WOR-093", "WOR-097", "WOR-159", "WOR-160")
def test_what_an_assessment_may_not_leave_out_is_asked_for(town):
    begin(town)
    missing = write(
        town, {f"{town.kit}-identity": "", f"{town.kit}-needs": ""}, views_of_family="", unchecked="", gaps="", statutory="", recommended=""
    ).content.decode()  # fmt: skip
    for said in (
        "Say how culture, ethnicity, language, disability, gender and sexuality were considered",
        "Say what was accepted without being checked",
        "Write what each of them says, or how it was sought",
        "Say what is not known, or that nothing is missing",
        "Say what this child needs",
        "Say whether the law may have to step in",
    ):
        assert said in missing


@pytest.mark.clause("WOR-161")
def test_what_is_recommended_stands_on_a_page_of_its_own_after_the_needs(town):
    from kith.record.procedures import forms_by_id

    pages = [page.id for page in forms_by_id(town.authority.id)["assessment"].pages]
    assert pages.index("recommended") == pages.index("needs") + 1
    needs = next(one for one in forms_by_id(town.authority.id)["assessment"].pages if one.id == "needs")
    assert not {"recommended", "changes_services"} & {one.key for one in needs.questions}


def test_of_two_assessments_each_is_gone_on_with_from_its_own_line(town):
    begin(town)
    first = row(town).assessment
    begin(town, a_type="parenting", trigger="", when=cast.days_ago(5))
    heard(town)
    address = reverse("record-form", args=[town.kit, "assessment"])
    sent = paperwork.answers(
        views_of_family="Ros agrees.", evidence="Strong.", unchecked="Nothing.", analysis="Well.", gaps="None.", recommended="Help.",
        statutory="no", parenting_change="no", when=cast.days_ago(3),
    )  # fmt: skip
    part = {f"{town.kit}-{key}": "Said." for key in ("identity", "needs", "interaction", "in_time")}
    taken = town.amy.post(f"{address}?for={first}", {"act": "record", "for": str(first), **sent, **part})
    assert taken.status_code == 302
    with town.at_work(writing=False):
        written = Event.objects.get(kind__startswith="assessment.submitted")
    assert (written.kind, written.about["assessment"]) == ("assessment.submitted/core", str(first))


def test_another_childs_assessment_cannot_be_gone_on_with(town):
    begin(town)
    first = row(town).assessment
    answer = town.amy.post(
        reverse("record-form", args=[town.robin, "assessment_return"]),
        {"act": "record", "for": str(first), **paperwork.answers(comment="No.", when=cast.days_ago(1))},
    )
    assert answer.status_code == 422
    assert kinds(town) == ["assessment.started/core"]


@pytest.mark.clause("WOR-077")
def test_urgent_action_can_be_taken_from_an_open_assessment_and_pauses_nothing(town):
    begin(town)
    assert "call a strategy discussion" in paperwork.page(town.amy, "assessments", town.kit)
    wanted = paperwork.record(town.amy, town.kit, "kind~meeting.wanted~strategy_discussion", when=cast.days_ago(0))
    assert wanted.status_code == 302
    assert "Being written" in paperwork.page(town.amy, "assessments", town.kit)


@pytest.mark.clause("WOR-180")
def test_the_worklist_leads_to_the_form_that_meets_what_is_owed(town):
    with town.at_work():
        amy, referral = town.workers["Amy"], ids.new()
        actions.append(
            Fact(kind="referral.received", about={"child": town.kit, "referral": referral}, when=cast.days_ago(5)),
            Fact(kind="referral.decided", about={"child": town.kit, "referral": referral}, when=cast.days_ago(4), coded={"decision": "initial_assessment", "further_work_needed": True}),
            by=amy,
        )  # fmt: skip
        owed = next(one for one in Owed.objects.filter(child=town.kit, closed_on=None) if "WOR-180" in one.cites)
    page = paperwork.page(town.amy, "child", town.kit)
    assert f"/record/{town.kit}/assessment_authorise?for={owed.id}" in page
