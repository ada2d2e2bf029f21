"""Family Meetings and TACiN meetings in Worcestershire, Progress Meetings in Lincolnshire, the offer of a conference: each in its council's words."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import ids
from kith.meetings.models import Meeting
from kith.obligations.models import Owed
from kith.record import procedures
from kith.record.models import Event
from kith.web import said

pytestmark = pytest.mark.django_db
ARRANGED = {
    "starts_at": "5pm", "venue": "Gran’s house", "family_said": "After school.", "purpose": "That Kit is looked after.", "agreed_with_family": "yes", "planned_with": "Ros and Kit.",
    "part_of": "by_itself", "coordinator_chosen_by": "team_manager", "why_coordinator": "independence", "conflict_of_interest": "Nobody of Amy’s team knows the family.", "safety_weighed": "yes", "place_and_notice": "They know the place; two weeks are enough.", "childs_part_agreed": "yes", "person_of_risk": "no",
    "handling": "Amy speaks with each of them afterwards.",
}  # fmt: skip


@pytest.fixture
def worcestershire(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    return one


@pytest.fixture
def lincolnshire(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("lincolnshire")
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    return one


def send(town, form, client=None, about="", sent=None, **said):
    said.setdefault("when", cast.days_ago(5))
    address = reverse("record-form", args=[town.kit, form])
    return (client or town.amy).post(
        address, {"act": "record", "for": str(about), **paperwork.answers(**said), **(sent or {})}
    )


def taken(answer):
    assert answer.status_code == 302, paperwork.wrong(answer)
    return answer


def meeting_of(town):
    with town.at_work(writing=False):
        return Meeting.objects.filter(child=town.kit).order_by("-asked_on", "-on").first()


def arrange(town, a_type="family_meeting", client=None, **said):
    told = {
        **ARRANGED,
        "a_type": a_type,
        "held_on": cast.days_ago(1),
        "chair": str(town.workers["Amy"].id),
        "chair_role": "key_worker",
        "coordinator_role": "key_worker",
        **said,
    }
    return send(
        town,
        "meeting_arrange",
        client,
        sent={f"{town.kit}-child_takes_part": "comes", f"{town.kit}-childs_part": "Gran sits with Kit."},
        **told,
    )


def room(town, act="finish", client=None, **typed):
    meeting = meeting_of(town).meeting
    address = reverse("meeting-room", args=[town.kit, meeting])
    return (client or town.amy).post(
        address, {"act": act, **{name.replace("__", "."): text for name, text in typed.items()}}, follow=True
    )


def kinds(town, kind):
    with town.at_work(writing=False):
        return list(Event.objects.filter(kind__startswith=kind).order_by("recorded_at"))


def stopped(answer, words):
    assert answer.status_code == 422
    assert words in paperwork.said(answer)


@pytest.mark.clause("WOR-280", "WOR-277", "WOR-278")
def test_a_family_meeting_is_considered_yes_or_no_with_a_reason(worcestershire):
    town = worcestershire
    stopped(send(town, "meeting_consider", a_type="family_meeting", answer="not_now"), "Say why")
    taken(
        send(
            town,
            "meeting_consider",
            a_type="family_meeting",
            answer="not_now",
            why="Ros wants to wait until Gran is well.",
        )
    )
    [one] = kinds(town, "meeting.considered/family_meeting")
    assert one.coded["answer"] == "not_now"


@pytest.mark.clause("WOR-286", "WOR-287")
def test_a_meeting_the_family_asked_for_is_refused_only_after_talking_with_the_operational_manager_and_is_explained(
    worcestershire,
):
    town = worcestershire
    told = {
        "a_type": "family_meeting",
        "by_role": "team_manager",
        "reasons": "It would frighten Kit.",
        "family_asked": "yes",
    }
    stopped(
        send(town, "meeting_refuse", town.moll_desk, consulted="nobody", **told), "talk with the Operational Manager"
    )
    taken(
        send(
            town,
            "meeting_refuse",
            town.moll_desk,
            consulted="operational_manager",
            their_view="On Monday. She agrees.",
            **told,
        )
    )
    meeting = meeting_of(town)
    assert meeting.state == "refused"
    with town.at_work(writing=False):
        assert Owed.objects.filter(duty="family_meeting.explain_refusal", closed_on=None).count() == 2
    taken(
        send(
            town,
            "meeting_explain",
            about=meeting.meeting,
            person=str(town.ros),
            told_how="in_person",
            explained_to_child="no",
        )
    )
    with town.at_work(writing=False):
        assert Owed.objects.filter(duty="family_meeting.explain_refusal", closed_on=None).count() == 1


@pytest.mark.clause("WOR-275", "WOR-284", "WOR-295", "WOR-297", "WOR-305")
def test_arranging_a_family_meeting_asks_who_chose_the_coordinator_how_the_child_takes_part_and_whom_it_was_planned_with(
    worcestershire,
):
    town = worcestershire
    stopped(
        arrange(town, coordinator_chosen_by="key_worker"),
        "The Team Manager chooses who co-ordinates the Family Meeting.",
    )
    stopped(arrange(town, planned_with=""), "Say with whom it was planned")
    stopped(arrange(town, part_of=""), "Say whether it is by itself")
    stopped(
        arrange(town, coordinator_role="independent_reviewing_officer"),
        "A reviewing officer co-ordinates only in exceptional circumstances.",
    )
    stopped(
        arrange(town, childs_part_agreed="no"),
        "Before the meeting, settle with the family how the child takes part and stays safe.",
    )
    taken(arrange(town))
    assert meeting_of(town).state == "arranged"


@pytest.mark.clause("WOR-285", "WOR-288", "WOR-289")
def test_where_somebody_poses_a_risk_a_manager_decides_whether_and_how_the_meeting_goes_ahead(worcestershire):
    town = worcestershire
    risky = {"person_of_risk": "yes", "risk_decided": "Fin comes for the first hour, with Moll beside him."}
    stopped(
        arrange(town, by_role="social_worker", **risky),
        "The Team Manager or the Consultant Social Worker decides whether and how the meeting goes ahead.",
    )
    taken(arrange(town, client=town.moll_desk, by_role="team_manager", **risky))


def family_meeting(town, **more):
    taken(arrange(town))
    meeting = meeting_of(town).meeting
    for person, part in ((town.ros, "parent"), (town.kit, "child")):
        taken(send(town, "meeting_guest", about=meeting, person=str(person), guest_part=part))
    typed = {
        f"came.{town.ros}": "came", f"came.{town.kit}": "came", f"rules.{town.ros}": "yes", "stage.opening": "yes", "q.relevant_information": "Kit is often alone.", "private_time": "alone",
        "q.safeguards_child": "Gran is there.", "q.meets_needs": "Kit rests.", "q.contingency": "We ring Amy.", "q.monitoring": "Gran asks on Sundays.",
        "part.1.words": "Gran has Kit on Fridays.", "part.1.who": str(town.ros), "part.1.answer": "agreed", "outcome.family_plan": "yes", "next.route": "Ring Amy.",
        "held.day": cast.days_ago(1).isoformat(), **more,
    }  # fmt: skip
    return room(town, **{name.replace(".", "__"): text for name, text in typed.items()})


@pytest.mark.clause("WOR-311", "WOR-318", "WOR-433")
def test_all_three_stages_are_gone_through_and_of_family_time_only_that_it_happened_is_in_the_record(worcestershire):
    town = worcestershire
    page = family_meeting(town).content.decode()
    assert "The meeting is in the record." in page
    assert {one.coded["stage"] for one in kinds(town, "stage.addressed")} == {
        "opening",
        "information",
        "family_time",
        "agree_the_plan",
    }
    [held] = kinds(town, "meeting.held/family_meeting")
    assert held.coded["family_alone"] == "alone"
    approved = send(
        town,
        "meeting_approve",
        town.moll_desk,
        about=meeting_of(town).meeting,
        by_role="team_manager",
        when=cast.days_ago(0),
    )
    taken(approved)


@pytest.mark.clause("WOR-311")
def test_a_record_whose_stages_were_not_gone_through_is_approved_only_with_a_reason(worcestershire):
    town = worcestershire
    family_meeting(town, private_time="", **{"held.not_covered": "The family did not want its own time."})
    about = meeting_of(town).meeting
    told = {"about": about, "by_role": "team_manager", "when": cast.days_ago(0)}
    stopped(send(town, "meeting_approve", town.moll_desk, **told), "Each of the three stages is addressed")
    taken(
        send(town, "meeting_approve", town.moll_desk, sent={"gate:family_meeting.stages": "They wished it so."}, **told)
    )


@pytest.mark.clause("WOR-273", "WOR-317", "WOR-324")
def test_a_part_of_the_familys_plan_stays_in_their_words_whoever_answers_it(worcestershire):
    town = worcestershire
    family_meeting(town, **{"part.2.words": "Fin has Kit at weekends.", "part.2.answer": "agreed_in_principle"})
    page = paperwork.page(town.amy, "meeting", town.kit, meeting_of(town).meeting)
    assert "Gran has Kit on Fridays." in page
    assert "Find the resources for part 2: Fin has Kit at weekends." in page
    made = {one.about["proposal"] for one in kinds(town, "proposal.made")}
    assert {one.about["proposal"] for one in kinds(town, "plan.part_answered/family")} == made


@pytest.mark.clause("WOR-329", "WOR-330")
def test_a_part_is_turned_down_only_on_a_ground_with_evidence_and_the_reasons_are_given(worcestershire):
    town = worcestershire
    turned = {
        "part.2.words": "Fin lives with us.",
        "part.2.answer": "not_agreed",
        "part.2.ground": "other",
        "part.2.reasons": "We would do it otherwise.",
    }
    page = family_meeting(town, **turned).content.decode()
    assert (
        "Not recorded yet, for somebody else to decide: “Fin lives with us.” A part of the family&#39;s plan is turned down only for a risk that the evidence shows."
        in page
    )
    assert [one.coded["part"] for one in kinds(town, "plan.part_answered/family")] == ["1"]
    proposal = next(
        one.about["proposal"]
        for one in kinds(town, "proposal.made")
        if one.about["proposal"] not in {each.about["proposal"] for each in kinds(town, "plan.part_answered/family")}
    )
    answer = {
        "part": "2",
        "answer": "not_agreed",
        "ground": "risk_not_acknowledged",
        "evidence": "yes",
        "evidence_is": "The police report of May.",
        "reasons": "Fin hurt Ros.",
        "when": cast.days_ago(0),
    }
    stopped(
        send(town, "proposal_answer", about=proposal, explained_to_family="no", **answer),
        "Give the family the reasons in plain words.",
    )
    taken(send(town, "proposal_answer", about=proposal, explained_to_family="yes", **answer))
    page = paperwork.page(town.amy, "meeting", town.kit, meeting_of(town).meeting)
    assert "Fin hurt Ros." in page
    assert "Fin lives with us." in page


@pytest.mark.clause("WOR-325", "WOR-326", "WOR-338")
def test_the_familys_plan_is_endorsed_as_safe_then_adopted_then_carried_into_the_plan_there_is(worcestershire):
    town = worcestershire
    with town.at_work():
        cast.in_need(town.kit, by=town.workers["Amy"])
    family_meeting(town)
    [made] = kinds(town, "proposal.made")
    plan, today = made.about["plan"], cast.days_ago(0)
    told = {
        "different": "Kit is looked after.",
        "family_checks": "Gran asks on Sundays.",
        "others_check": "Amy, monthly.",
        "coordinator_is_key_worker": "yes",
        "when": today,
    }
    refused = send(town, "family_plan_adopt", about=plan, **told)
    assert refused.status_code == 422
    assert "as safe before it is adopted" in paperwork.said(refused)
    taken(
        send(
            town,
            "family_plan_approve",
            town.moll_desk,
            about=plan,
            by_role="team_manager",
            safe_because="Gran is known to us.",
            when=today,
        )
    )
    taken(send(town, "family_plan_adopt", about=plan, **told))
    with town.at_work(writing=False):
        assert Owed.objects.filter(duty="family_plan.into_plan", closed_on=None).exists()
    assert "Carry what the family agreed into the child’s plan" in paperwork.page(
        town.amy, "meeting", town.kit, meeting_of(town).meeting
    )


@pytest.mark.clause("WOR-333", "WOR-334", "WOR-339")
def test_after_it_the_record_is_sent_for_approval_to_all_who_came_and_stepping_down_is_thought_of(worcestershire):
    town = worcestershire
    family_meeting(town)
    with town.at_work(writing=False):
        owed = {one.duty for one in Owed.objects.filter(closed_on=None)}
        sent_to = {one.names["person"] for one in Owed.objects.filter(duty="family_meeting.send_record")}
    assert {"family_meeting.record", "family_meeting.send_record", "step_down.consider"} <= owed
    assert sent_to == {str(town.ros), str(town.kit)}
    taken(send(town, "meeting_submit", about=meeting_of(town).meeting, when=cast.days_ago(0)))
    with town.at_work(writing=False):
        assert not Owed.objects.filter(duty="family_meeting.record", closed_on=None).exists()


@pytest.mark.clause("WOR-292", "WOR-293")
def test_what_may_be_said_of_somebodys_own_matters_is_settled_person_by_person(worcestershire):
    town = worcestershire
    taken(arrange(town))
    about = meeting_of(town).meeting
    told = {"about": about, "person": str(town.ros), "matter": "Her stay in hospital", "shares": "part"}
    stopped(send(town, "meeting_information", **told), "Say what may be said")
    taken(send(town, "meeting_information", may_be_said="That she was ill.", **told))
    page = paperwork.page(town.amy, "meeting", town.kit, about)
    assert "That she was ill." in page


@pytest.mark.clause("WOR-299")
def test_the_allocated_worker_gives_the_team_administrator_the_practical_details(worcestershire):
    town = worcestershire
    asked = {
        "a_type": "family_meeting",
        "by": "parent",
        "purpose": "A plan.",
        "help_meanwhile": "no",
        "no_help": "None is needed.",
        "asked_for_by_family": "yes",
    }
    taken(send(town, "meeting_ask", practical="Gran has no car; Ros works mornings.", **asked))
    entry = kinds(town, "meeting.requested/family_meeting")[0]
    page = paperwork.page(town.moll_desk, "entry", town.kit, entry.id)
    assert "Gran has no car; Ros works mornings." in page


@pytest.mark.clause("WOR-246", "WOR-254")
def test_a_tacin_meeting_is_for_a_plan_there_is_or_a_new_one_and_its_record_has_the_chairs_four_headings(
    worcestershire,
):
    town = worcestershire
    told = {"a_type": "child_in_need", "chair_chosen_by": "team_manager"}
    stopped(arrange(town, purpose_of_team_meeting="", **told), "Select what it is for")
    taken(arrange(town, purpose_of_team_meeting="make_new_plan", **told))
    page = paperwork.page(town.amy, "meeting-room", town.kit, meeting_of(town).meeting)
    for heading in (
        "What is the plan for?",
        "What came out of the assessments?",
        "What are the concerns?",
        "What does the child need?",
    ):
        assert heading in page


def progress_meeting(town, on, **typed):
    told = {
        "a_type": "child_in_need",
        "held_on": on,
        "starts_at": "10am",
        "venue": "School",
        "family_said": "It suits them.",
        "chair": str(town.workers["Amy"].id),
        "chair_role": "social_worker",
        "purpose": "The plan.",
        "access": "Nothing.",
        "not_combined_why": "There is no other review.",
        "combined_review": "none",
    }
    taken(send(town, "meeting_arrange", sent={f"{town.kit}-child_takes_part": "comes"}, **told))
    with town.at_work(writing=False):
        meeting = Meeting.objects.filter(child=town.kit, state="arranged").get().meeting
    for person, part in ((town.ros, "parent"), (town.kit, "child")):
        taken(send(town, "meeting_guest", about=meeting, person=str(person), guest_part=part))
    said = {
        f"came.{town.ros}": "came",
        f"came.{town.kit}": "came",
        "held.day": on.isoformat(),
        "held.not_covered": "Time.",
        **typed,
    }
    address = reverse("meeting-room", args=[town.kit, meeting])
    return meeting, town.amy.post(address, {"act": "finish", **said}, follow=True)


@pytest.mark.clause("LIN-046", "LIN-081")
def test_each_scores_safety_and_their_scores_are_shown_over_the_meetings_against_the_closing_level(lincolnshire):
    town = lincolnshire
    with town.at_work():
        cast.in_need(town.kit, by=town.workers["Amy"])
    progress_meeting(
        town,
        cast.days_ago(40),
        **{
            f"score.{town.ros}": "4",
            f"shown.{town.ros}": "yes",
            f"score.{town.kit}": "3",
            f"how.{town.kit}": "own_means",
        },
    )
    meeting, answer = progress_meeting(town, cast.days_ago(2), **{f"score.{town.ros}": "7", f"shown.{town.ros}": "yes"})
    page = answer.content.decode()
    scores = page[page.index('id="scores"') :]
    assert "Closing is usually thought of when everybody scores 7 or more." in scores
    assert scores.index("1. Kit Marsh") < scores.index("2. Ros Marsh")
    row = scores[scores.index("2. Ros Marsh") :]
    row = row[: row.index("</tr>")]
    assert row.index("<strong>4</strong>") < row.index("<strong>7</strong>")
    given = [(one.about["person"], one.coded["score"], one.coded["given_how"]) for one in kinds(town, "safety.scored")]
    # Those of one meeting are recorded in one moment, and stand in no order of their own.
    assert set(given[:2]) == {(str(town.ros), 4, "aloud"), (str(town.kit), 3, "own_means")}
    assert given[2:] == [(str(town.ros), 7, "aloud")]
    assert meeting


def test_a_score_that_is_no_number_from_nought_to_ten_is_not_taken_and_what_was_typed_is_kept(lincolnshire):
    town = lincolnshire
    _meeting, answer = progress_meeting(town, cast.days_ago(2), **{f"score.{town.ros}": "eleven"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "A score is a number from 0 to 10" in page
    assert 'value="eleven"' in page


@pytest.mark.clause("LIN-051")
def test_what_was_written_last_time_stands_beside_what_is_asked_now(lincolnshire):
    town = lincolnshire
    progress_meeting(town, cast.days_ago(40), **{"q.worries": "Nights are hard.", "q.working_well": "School."})
    told = {
        "a_type": "child_in_need",
        "held_on": cast.days_ago(0),
        "starts_at": "10am",
        "venue": "School",
        "family_said": "Fine.",
        "chair": str(town.workers["Amy"].id),
        "chair_role": "social_worker",
        "purpose": "The plan.",
        "access": "Nothing.",
        "not_combined_why": "There is no other review.",
        "combined_review": "none",
    }
    taken(send(town, "meeting_arrange", sent={f"{town.kit}-child_takes_part": "comes"}, **told))
    with town.at_work(writing=False):
        meeting = Meeting.objects.get(child=town.kit, state="arranged").meeting
    page = paperwork.page(town.amy, "meeting-room", town.kit, meeting)
    worries = page[page.index("What are the worries?") :]
    assert "Nights are hard." in worries[: worries.index("</textarea>")]


@pytest.mark.clause("LIN-055", "LIN-079")
def test_each_of_the_eleven_objectives_is_gone_through_or_a_reason_is_given_and_the_next_date_is_asked_for(
    lincolnshire,
):
    town = lincolnshire
    _meeting, answer = progress_meeting(town, cast.days_ago(2), **{"held.not_covered": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    for objective in (
        "Listening to the child",
        "The safety plan for every day",
        "Support people",
        "Using the safety plan",
        "Service actions",
        "What has worked well, and worries",
        "Brothers and sisters",
        "Growing up",
        "The next meeting",
    ):
        assert f">{objective}</a></li>" in page
    assert "When the next meeting is, or how the family can ask for one" in page


@pytest.mark.clause("LIN-041", "LIN-042")
def test_the_plan_and_the_record_of_a_progress_meeting_are_one(lincolnshire):
    town = lincolnshire
    _meeting, answer = progress_meeting(
        town, cast.days_ago(2), **{"q.danger": "When Fin comes at night.", "act.1.what": "Ring the school"}
    )
    page = answer.content.decode()
    record = page[page.index("The plan and the record, in one") :]
    assert "When Fin comes at night." in record
    assert "Ring the school" in record


@pytest.mark.clause("LIN-054")
def test_adult_social_care_is_looked_for_on_the_list_from_the_age_of_the_pack(lincolnshire):
    town = lincolnshire
    with town.at_work():
        amy = town.workers["Amy"]
        old = cast.child(amy, "Jo", family=town.family, born=cast.days_ago(15 * 366))
        cast.allocate(old, amy, town.team, by=amy)
        for child in (town.kit, old):
            about = {"child": child, "family": town.family, "meeting": ids.new()}
            cast.recorded(
                cast.fact("meeting.arranged/child_in_need", about, held_on=cast.days_ago(-9).isoformat()), by=amy
            )
        meetings = {one.child_id: one.meeting for one in Meeting.objects.all()}
    assert "Not on the list: Adult social care" in paperwork.page(town.amy, "meeting", old, meetings[old])
    assert "Not on the list: Adult social care" not in paperwork.page(town.amy, "meeting", town.kit, meetings[town.kit])


@pytest.mark.clause("FRG-080", "FRG-081")
def test_an_offer_is_made_to_each_person_and_nobody_has_to_say_why_they_decline(lincolnshire):
    town = lincolnshire
    offered = {"a_type": "family_group_conference", "offered_how": "in_person"}
    for person in (town.ros, town.fin, town.kit):
        taken(send(town, "offer_make", person=str(person), **offered))
    taken(send(town, "offer_answer", a_type="family_group_conference", person=str(town.fin), answer="declined"))
    taken(
        send(
            town,
            "offer_answer",
            a_type="family_group_conference",
            person=str(town.ros),
            answer="accepted",
            own_words="Gran will come.",
        )
    )
    page = paperwork.page(town.amy, "meetings", town.kit)
    offers = page[page.index("Offered so far") :]
    assert "Fin Marsh" in offers
    assert "No, thank you" in offers


@pytest.fixture
def adopting(lincolnshire):
    """Lincolnshire, which has taken over what the Care Crisis Review recommends, with a co-ordinator of conferences."""
    town = lincolnshire
    town.authority.adopts = ["care_crisis_review@2018-06"]
    town.authority.save(update_fields=["adopts"])
    procedures.forget()
    with town.at_work():
        town.cora = town.worker("Cora", "family_group_coordinator")
    return town


@pytest.mark.clause("FRG-030")
def test_a_conference_goes_from_who_asked_for_it_to_what_the_wider_family_made_of_it_all_on_one_page(adopting):
    town, kind = adopting, {"a_type": "family_group_conference"}
    taken(
        send(
            town, "meeting_ask", when=cast.days_ago(20), by="parent", person=str(town.ros), own_words="Let my family try.",
            purpose="A plan of the family’s own.", help_meanwhile="yes", help="Gran has Kit on Fridays, from today.", **kind,
        )
    )  # fmt: skip
    meeting = meeting_of(town).meeting
    led = {
        "chair": str(town.cora.id),
        "chair_role": "family_group_coordinator",
        "purpose": "The family’s own plan.",
        "access": "Step-free.",
        "joined_with": "No other review.",
    }
    when_and_where = {
        "held_on": cast.days_ago(1),
        "starts_at": "5pm",
        "venue": "The village hall",
        "family_said": "After work.",
        **led,
    }
    taken(
        send(
            town,
            "meeting_arrange",
            about=meeting,
            when=cast.days_ago(15),
            sent={f"{town.kit}-child_takes_part": "comes"},
            **kind,
            **when_and_where,
        )
    )
    for who in (
        {"person": str(town.ros), "guest_part": "parent"},
        {"person": str(town.kit), "guest_part": "child"},
        {"who": "Aunt Jo", "guest_part": "relative", "named_by": "Ros"},
    ):
        taken(send(town, "meeting_guest", about=meeting, when=cast.days_ago(12), **who))
    taken(
        send(
            town,
            "meeting_prepare",
            about=meeting,
            person=str(town.ros),
            told="Who comes, and that the plan is theirs.",
            advocate_offered="declined",
        )
    )
    typed = {
        f"came.{town.ros}": "came", f"came.{town.kit}": "came", "private_time": "alone", "part.1.words": "Aunt Jo has Kit at weekends.", "part.1.who": str(town.ros),
        "part.1.answer": "adopted", "outcome.family_plan": "yes", "next.day": cast.days_ago(-40).isoformat(), "held.day": cast.days_ago(1).isoformat(), "held.not_covered": "Nothing more.",
    }  # fmt: skip
    answer = room(town, **{name.replace(".", "__"): text for name, text in typed.items()})
    assert answer.status_code == 200, paperwork.wrong(answer)
    page = paperwork.page(town.amy, "meeting", town.kit, meeting)
    for words in (
        "Let my family try.",
        "Cora",
        "Aunt Jo",
        f"Prepared {said.day(cast.days_ago(5), cast.days_ago(0))}",
        "Aunt Jo has Kit at weekends.",
        "Ros Marsh",
    ):
        assert words in page, words
    assert said.day(cast.days_ago(-40), cast.days_ago(0)) in page
    [held] = kinds(town, "meeting.held/family_group_conference")
    assert held.coded["family_alone"] == "alone"
    assert held.coded["outcomes"] == ["family_plan"]
    [part] = kinds(town, "plan.part_answered")
    assert part.coded["answer"] == "adopted"
