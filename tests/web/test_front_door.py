"""The front door: contacts and referrals wait until somebody decides, and whoever decides sees what came before."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.casework import front_door
from kith.casework.models import Contact, Referral
from kith.core import clock, ids
from kith.record import actions, verifying
from kith.record.fact import Fact
from kith.record.models import Event
from kith.record.selectors import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    return paperwork.household("worcestershire")


def words(town, kind):
    with town.at_work(writing=False):
        return words_of(Event.objects.filter(kind=kind).latest("recorded_at").id)


def latest(town, kind):
    with town.at_work(writing=False):
        return Event.objects.filter(kind=kind).latest("recorded_at")


def refer(town, child=None, **said):
    answers = {
        "source": "school",
        "who": "The head of year",
        "worries": "Kit comes to school hungry.",
        "tier": "tier_3",
        "difficulty": "enduring",
    } | said
    return paperwork.record(town.amy, child or town.kit, "referral", **answers)


def decide(town, **said):
    answers = {
        "decision": "initial_assessment", "further_work_needed": "yes", "tier": "tier_3", "likely_without": "impaired",
        "without_services": "Kit would go on being hungry.", "with_services": "Kit would eat.", "why": "Kit needs help.",
        "welfare": "That Kit eats.", "earlier": "There are none.",
    } | said  # fmt: skip
    return paperwork.record(town.amy, town.kit, "referral_decision", **answers)


def ask(client, child, sent):
    return client.post(reverse("deciding", args=[child]), sent)


def test_a_referral_waits_until_it_is_decided_and_then_the_school_waits_to_be_told(town):
    assert refer(town).status_code == 302
    manager = paperwork.desk(town.workers["Moll"])
    page = paperwork.page(manager, "front-door")
    assert "Referrals with no decision (1)" in page
    assert "Kit" in page
    assert decide(town).status_code == 302
    page = paperwork.page(manager, "front-door")
    assert "Referrals with no decision" not in page
    assert "Tell whoever made the referral (1)" in page
    assert "Decided: An Initial Assessment" in page
    assert "School or nursery" in page
    told = paperwork.record(
        town.amy, town.kit, "referrer_told", how="telephone", said="We are assessing what Kit needs."
    )
    assert told.status_code == 302
    assert "Nothing waits at the front door." in paperwork.page(manager, "front-door")
    with town.at_work():
        row = Referral.objects.get()
        assert (row.decision, row.tier, row.source) == ("initial_assessment", "tier_3", "school")
        assert row.decided_on is not None
        assert row.told_on is not None
        assert verifying.differences() == []


def test_whoever_did_not_say_who_they_are_is_not_to_be_told(town):
    refer(town, source="anonymous")
    decide(town)
    assert "Nothing waits" in paperwork.page(paperwork.desk(town.workers["Moll"]), "front-door")


@pytest.mark.clause("WOR-034")
def test_a_contact_with_no_decision_stays_on_the_list_until_it_has_one(town):
    paperwork.record(
        town.amy, town.kit, "contact", source="health", says="The health visitor is worried.", tier="tier_2"
    )
    manager = paperwork.desk(town.workers["Moll"])
    assert "Contacts with no decision (1)" in paperwork.page(manager, "front-door")
    outcome = paperwork.record(
        town.amy,
        town.kit,
        "contact_decision",
        outcome="signpost",
        why="The clinic can help.",
        services="The clinic",
        told="Ros",
    )
    assert outcome.status_code == 302
    assert "Nothing waits" in paperwork.page(manager, "front-door")
    with town.at_work():
        assert Contact.objects.get().outcome == "signpost"


def test_a_contact_that_became_a_referral_no_longer_waits(town):
    paperwork.record(town.amy, town.kit, "contact", source="school", says="Kit comes to school hungry.", tier="tier_3")
    refer(town)
    page = paperwork.page(paperwork.desk(town.workers["Moll"]), "front-door")
    assert "Contacts with no decision" not in page
    assert "Referrals with no decision (1)" in page


def test_deciding_on_a_referral_that_is_not_there_says_to_record_it_first(town):
    refused = decide(town)
    assert refused.status_code == 422
    assert "there is no referral on this record yet" in refused.content.decode()


@pytest.mark.clause("WOR-036", "WOR-042", "WOR-064")
def test_the_decision_wants_the_tier_the_test_and_both_questions(town):
    refer(town)
    missing = decide(town, tier="", likely_without="", without_services="", with_services="").content.decode()
    for said in (
        "Select the level of need",
        "Select what is likely for this child",
        "Say what would happen without extra services",
        "Say what effect services are likely to have",
    ):
        assert said in missing
    assert decide(town).status_code == 302
    assert words(town, "referral.decided")["likely_without"] == "impaired"


@pytest.mark.clause("WOR-055", "WOR-061", "WOR-063")
def test_the_grounds_are_chosen_each_for_itself(town):
    refer(town)
    decide(town, in_need_because=["disabled", "young_carer", "carer_cannot"])
    assert words(town, "referral.decided")["in_need_because"] == [
        "disabled",
        "young_carer",
        "carer_cannot",
    ]
    entry = paperwork.page(town.amy, "entry", town.kit, latest(town, "referral.decided").id)
    assert "On which grounds is the child in need?" in entry
    assert "Caring for someone significantly affects the child" in entry


@pytest.mark.clause("WOR-043")
def test_turning_away_a_child_at_tier_3_asks_a_manager_why(town):
    refer(town)
    turned_away = {"decision": "no_further_action", "further_work_needed": "no", "reason": "support_in_place"}
    stopped = decide(town, **turned_away)
    assert stopped.status_code == 422
    assert "Children at Tier 3 or 4 are the ones most likely to need an assessment" in stopped.content.decode()


def test_urgent_protection_is_recorded_whatever_else_is_missing_from_the_record(town):
    refer(town, tier="tier_4")
    assert decide(town, decision="urgent_protection", tier="tier_4", likely_without="harm").status_code == 302


@pytest.mark.clause("WOR-044")
def test_small_worries_about_a_child_and_a_sister_are_shown_together(town):
    for child in (town.kit, town.robin):
        paperwork.record(town.amy, child, "contact", source="school", says="Hungry again.", tier="tier_2")
    page = paperwork.page(town.amy, "deciding", town.kit)
    assert "2 times in the last year the need was at Tier 2" in page
    assert "Robin" in page


def test_worries_about_a_brother_whose_record_is_shut_to_the_reader_are_neither_shown_nor_counted(town):
    for child in (town.kit, town.robin):
        paperwork.record(town.amy, child, "contact", source="school", says="Hungry again.", tier="tier_2")
    with town.at_work():
        amy = town.workers["Amy"]
        actions.append(
            Fact(kind="access.restricted", about={"child": town.robin, "worker": amy.id}, when=cast.days_ago(0), coded={"restricted_because": "court"}),
            by=amy,
        )  # fmt: skip
    page = paperwork.page(town.bea, "deciding", town.kit)
    assert "Robin" not in page
    assert "in the last year the need was at Tier 2" not in page


@pytest.mark.clause("WOR-041", "WOR-055")
def test_the_criteria_are_answered_with_their_clauses_and_a_person_decides(town):
    asked = paperwork.page(town.amy, "deciding", town.kit, route="child_in_need")
    assert "Without services, health or development is likely to be significantly impaired" in asked
    answered = ask(town.amy, town.kit, {"route": "child_in_need", "answer:without_services_impaired": "yes"})
    page = answered.content.decode()
    assert "Child in need: The guidance points to yes" in page
    assert "WOR-055" in page
    assert "A person decides: Team manager" in page
    before = latest(town, "child.registered").recorded_at
    with town.at_work():
        assert not Event.objects.filter(recorded_at__gt=before, kind__startswith="referral").exists()


def test_a_question_left_open_is_never_a_no(town):
    page = ask(town.amy, town.kit, {"route": "child_in_need"}).content.decode()
    assert "Not enough is known to say" in page


def test_a_merged_record_brings_its_referrals_with_it(town):
    with town.at_work():
        amy = town.workers["Amy"]
        twice = cast.child(amy)
        actions.append(
            Fact(kind="referral.received", about={"child": twice, "referral": ids.new()}, when=cast.days_ago(3), coded={"source": "police"}), by=amy
        )  # fmt: skip
        actions.append(
            Fact(kind="child.merged", about={"child": twice}, when=clock.today(), coded={"into": str(town.kit)}), by=amy
        )
        assert [one.source for one in front_door.before([town.kit])] == ["police"]
        assert verifying.differences() == []
