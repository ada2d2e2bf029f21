"""What Worcestershire's front door asks and shows, and that it is kept: each at the moment it is of use."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.casework.models import Contact
from kith.record import actions
from kith.record.fact import Fact
from kith.record.models import Event
from kith.record.procedures import forms_by_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    return paperwork.household("worcestershire")


REFERRAL = {
    "source": "school", "who": "The head of year", "worries": "Kit comes to school hungry.", "tier": "tier_3", "difficulty": "enduring",
}  # fmt: skip
DECISION = {
    "decision": "initial_assessment", "further_work_needed": "yes", "tier": "tier_3", "likely_without": "impaired",
    "without_services": "Kit would go on being hungry.", "with_services": "Kit would eat.", "why": "Kit needs help.",
    "welfare": "That somebody cooks for Kit.", "earlier": "There are none.",
}  # fmt: skip


def refer(town, **said):
    return paperwork.record(town.amy, town.kit, "referral", **{**REFERRAL, **said})


def decide(town, **said):
    return paperwork.record(town.amy, town.kit, "referral_decision", **{**DECISION, **said})


def entry(town, kind):
    with town.at_work(writing=False):
        event = Event.objects.filter(kind=kind).latest("recorded_at")
    return paperwork.page(town.amy, "entry", town.kit, event.id)


@pytest.mark.clause("WOR-012", "WOR-021", "WOR-022")
def test_a_referral_says_whether_it_is_urgent_or_lasting_and_may_come_straight_with_no_caf(town):
    missing = refer(town, difficulty="")
    assert missing.status_code == 422
    assert "Select whether it is urgent or lasting" in paperwork.said(missing)
    taken = refer(
        town, direct=["complex_needs", "harm"], tried="A breakfast club, which Kit left.", wishes="Help in the mornings"
    )
    assert taken.status_code == 302
    shown = entry(town, "referral.received")
    for said in (
        "It goes on, although help has been tried",
        "Risk of significant harm or abuse",
        "A breakfast club, which Kit left.",
    ):
        assert said in shown


@pytest.mark.clause("WOR-011")
def test_what_was_tried_before_is_asked_at_the_contact_and_stands_where_the_decision_is_made(town):
    paperwork.recorded(
        town.amy, town.kit, "contact", source="health", says="Tired.", tier="tier_2", tried="Gran comes on Mondays, which helps."
    )  # fmt: skip
    page = paperwork.page(town.amy, "deciding", town.kit)
    assert "Which help was looked for already, and what came of it?" in page
    assert "Gran comes on Mondays, which helps." in page


@pytest.mark.clause("WOR-009")
def test_needs_that_one_service_meets_are_recorded_and_no_case_is_opened(town):
    paperwork.recorded(town.amy, town.kit, "contact", source="school", says="New school.", tier="tier_2")
    refused = paperwork.record(
        town.amy, town.kit, "contact_decision", outcome="single_agency", why="One service is enough."
    )
    assert refused.status_code == 422
    assert "Say which needs there are and what is done" in paperwork.said(refused)
    paperwork.recorded(
        town.amy, town.kit, "contact_decision", outcome="single_agency", why="One service is enough.", needs_arose="transition",
        needs_and_help="Kit is lonely at the new school: a lunchtime group.",
    )  # fmt: skip
    shown = entry(town, "contact.decided")
    assert "A change from one stage or service to another" in shown
    assert "a lunchtime group" in shown
    with town.at_work(writing=False):
        assert Contact.objects.get().outcome == "single_agency"
        assert not Event.objects.filter(kind="referral.received").exists()


@pytest.mark.clause("WOR-010")
def test_who_does_each_action_of_early_help_is_named_and_how_it_goes_is_seen(town):
    paperwork.recorded(
        town.amy, town.kit, "action", what="Take Kit to the lunchtime group", who="Ros, Kit's mother", by_when=cast.days_ago(-10)
    )  # fmt: skip
    page = paperwork.page(town.amy, "plans", town.kit)
    assert "Take Kit to the lunchtime group" in page
    assert "Ros, Kit&#x27;s mother" in page
    assert "It is done" in page


@pytest.mark.clause("WOR-018", "WOR-045", "WOR-351")
def test_a_caf_and_dated_events_that_came_with_the_referral_are_read_before_anybody_asks_again(town):
    refer(
        town,
        source="early_help",
        caf="Needs help with sleep; speech is met.",
        chronology_sent="3 March: Kit fell asleep in class.",
    )
    page = paperwork.page(town.amy, "deciding", town.kit)
    assert "Needs help with sleep; speech is met." in page
    assert "3 March: Kit fell asleep in class." in page
    form = paperwork.page(town.amy, "record-form", town.kit, "referral")
    assert "What dated events did the referrer send?" not in form or "Ask for them where small worries add up" in form


@pytest.mark.clause("WOR-019")
def test_a_caf_as_the_outcome_names_who_leads_it(town):
    refer(town)
    refused = decide(
        town, decision="caf", further_work_needed="no", tier="tier_2", likely_without="neither", service=""
    )
    assert refused.status_code == 422
    assert "who there leads or has accepted the work" in paperwork.said(refused)
    paperwork.recorded(town.amy, town.kit, "contact", source="school", says="Lonely.", tier="tier_2")
    contact = paperwork.record(town.amy, town.kit, "contact_decision", outcome="caf", why="A team helps.")
    assert "Enter who leads the help" in paperwork.said(contact)


@pytest.mark.clause("WOR-020")
def test_the_caf_coordinator_of_the_childs_team_is_named_where_it_is_decided(town):
    with town.at_work():
        far = cast.another_team("Far area")
        here = town.worker("Cora", "caf_coordinator")
        town.worker("Colin", "caf_coordinator", far)
        here.telephone = "01905 111111"
        here.save(update_fields=["telephone"])
    page = paperwork.page(town.amy, "deciding", town.kit)
    assert "Cora" in page
    assert "01905 111111" in page
    assert "Colin" not in page


@pytest.mark.clause("WOR-006", "WOR-031", "WOR-040")
@pytest.mark.parametrize(
    ("form", "titles"),
    [
        ("case_note", ["D/1 Recording with Care", "D/2 Information Sharing Guidance"]),
        ("referrer_told", ["D/2 Information Sharing Guidance"]),
        (
            "referral_decision",
            ["C/1 Child Protection", "E/4 Private Fostering", "WSCB Inter-Agency Child Protection Procedures"],
        ),
        ("contact", ["IWP Practitioner&#x27;s Toolkit", "Each agency&#x27;s own safeguarding policies and procedures"]),
        ("assessment_start", ["B/7 Carer&#x27;s Assessment", "E/1 Viability"]),
    ],
)
def test_the_companion_guidance_stands_beside_the_step_it_is_for(town, form, titles):
    page = paperwork.page(town.amy, "record-form", town.kit, form)
    assert [one for one in titles if one not in page] == []
    with town.at_work():
        other = paperwork.household("lincolnshire")
    assert "D/1 Recording with Care" not in paperwork.page(other.amy, "record-form", other.kit, form)


@pytest.mark.clause("WOR-035")
def test_the_assessments_and_plans_there_are_stand_beside_the_decision_and_what_was_read_is_said(town):
    with town.at_work():
        cast.in_need(town.kit, by=town.workers["Amy"])
    refer(town)
    page = paperwork.page(town.amy, "deciding", town.kit)
    assert "Young Person&#x27;s Plan was started" in page
    refused = decide(town, earlier="")
    assert refused.status_code == 422
    assert "Say which were read, or that there are none" in paperwork.said(refused)


@pytest.mark.clause("WOR-039")
def test_contacts_referrals_and_decisions_ask_for_one_and_the_same_levels_of_need(town):
    with town.at_work(writing=False):
        asked = [
            forms_by_id(town.authority.id)[form].question("tier")
            for form in ("contact", "referral", "referral_decision")
        ]
    levels = [dict(question.options) for question in asked]
    assert list(levels[0]) == ["tier_1", "tier_2", "tier_3", "tier_4"]
    assert levels[0] == levels[1] == levels[2]
    page = paperwork.page(town.amy, "record-form", town.kit, "referral_decision")
    assert all(said in page for said in levels[0].values())


@pytest.mark.clause("WOR-047")
def test_a_child_who_might_be_overlooked_is_marked_and_whose_knowledge_was_put_together_is_asked(town):
    refer(town, overlooked=["long_history", "communication", "together"])
    shown = entry(town, "referral.received")
    assert "There is a long history of contact" in shown
    assert "No need alone meets the criteria but together they may" in shown
    assert decide(town, together="The school nurse, the surgery and housing").status_code == 302
    assert "The school nurse, the surgery and housing" in entry(town, "referral.decided")


@pytest.mark.clause("WOR-048")
def test_a_child_with_a_protection_plan_is_in_need_without_anybody_having_to_say_so(town):
    with town.at_work():
        actions.append(
            Fact(kind="plan.started/child_protection", about={"child": town.kit, "plan": cast.ids.new()}, when=cast.days_ago(3)),
            by=town.workers["Amy"],
        )  # fmt: skip
    page = town.amy.post(reverse("deciding", args=[town.kit]), {"route": "child_in_need"}).content.decode()
    assert "Child in need: The guidance points to yes" in page


@pytest.mark.clause("WOR-049")
def test_need_is_open_until_it_was_assessed_and_urgent_protection_waits_for_none_of_it(town):
    asked = town.amy.post(reverse("deciding", args=[town.kit]), {"route": "child_in_need"}).content.decode()
    assert "Not enough is known to say" in asked
    refer(town, tier="tier_4")
    urgent = dict.fromkeys(
        ("further_work_needed", "tier", "likely_without", "without_services", "with_services", "welfare", "earlier"), ""
    )
    acted = decide(town, **urgent, decision="urgent_protection", why="Kit was found alone at night. Police protection.")
    assert acted.status_code == 302, paperwork.said(acted)


@pytest.mark.clause("WOR-051")
def test_what_is_best_for_the_child_is_asked_and_stands_first_in_the_decision(town):
    refer(town)
    refused = decide(town, welfare="")
    assert "Say what would be best for this child" in paperwork.said(refused)
    assert decide(town).status_code == 302
    shown = entry(town, "referral.decided")
    assert shown.index("That somebody cooks for Kit.") < shown.index("An Initial Assessment")


@pytest.mark.clause("WOR-053")
def test_where_the_child_usually_lives_and_how_each_help_supports_growing_up_at_home_are_kept(town):
    refer(town, usual_area="Redditch")
    assert "Redditch" in entry(town, "referral.received")
    paperwork.recorded(
        town.amy, town.kit, "action", what="A sitter on Fridays", who="Home-Start", supports_home="Ros can rest, and Kit stays at home.",
        by_when=cast.days_ago(-10),
    )  # fmt: skip
    assert "Ros can rest, and Kit stays at home." in entry(town, "action.agreed")


@pytest.mark.clause("WOR-054")
def test_a_contact_that_ends_with_another_service_names_it_and_who_was_told(town):
    paperwork.recorded(town.amy, town.kit, "contact", source="school", says="Hungry.", tier="tier_1")
    refused = paperwork.record(
        town.amy, town.kit, "contact_decision", outcome="signpost", why="They can help.", services="", told=""
    )
    said = paperwork.said(refused)
    assert "Name the services that were suggested" in said
    assert "Say who was told" in said
    assert "the Family Information Service among them" in said


@pytest.mark.clause("WOR-057")
def test_the_seven_causes_of_special_need_can_be_chosen_together(town):
    refused = paperwork.record(
        town.amy, town.kit, "details", special_needs=["sensory", "autism", "delay"], when=cast.days_ago(0)
    )
    assert refused.status_code == 302, paperwork.said(refused)
    shown = entry(town, "details.recorded")
    for said in (
        "A sensory impairment",
        "Autism or a communication disorder",
        "A significant delay in development before school",
    ):
        assert said in shown
