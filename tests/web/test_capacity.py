"""A parent's capacity to change: placed over time, by a worker and by themselves, and what was agreed early looked at again."""

import re

import pytest
from django.urls import reverse
from test_agency_checks import send, words

import cast
import paperwork
from kith.core import ids
from kith.obligations.models import Owed
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    one.assessment = ids.new()
    with one.at_work():
        about = {"child": one.kit, "family": one.family, "assessment": one.assessment}
        cast.recorded(cast.fact("assessment.started/core", about, since=90), by=one.workers["Amy"])
    return one


def answers(town, **said):
    return {
        "person": str(town.ros), "placed_by": "worker", "stage": "pre_contemplation", "evidence": "She says that nothing is wrong.", "effort": "low",
        "commitment": "low", "can_wait": "No, not past Easter.", "when": cast.days_ago(60),
    } | said  # fmt: skip


def place(town, **said):
    send(town, "capacity_to_change", town.assessment, **answers(town, **said))


def seen(town, **asked):
    return words(paperwork.page(town.amy, "capacity-to-change", town.kit, **asked))


def asked(town, **said):
    """Everything the form asks once these answers are given: the check of the answers lists it all."""
    said = answers(town, **said) | {"can_wait": ""}
    address = reverse("record-form", args=[town.kit, "capacity_to_change"])
    answer = town.amy.post(address, {"act": "record", "for": str(town.assessment), **paperwork.answers(**said)})
    assert answer.status_code == 422
    return words(paperwork.said(answer))


def owed(town, duty):
    with town.at_work(writing=False):
        return list(Owed.objects.filter(duty=duty).order_by("due_on").values_list("closed_as", flat=True))


@pytest.mark.clause("WOR-102", "WOR-109", "WOR-123")
def test_each_parent_stands_by_themselves_and_one_look_is_not_change_over_time(town):
    page = seen(town)
    assert "Nothing is recorded of Ros Marsh yet." in page
    assert "Nothing is recorded of Fin Marsh yet." in page
    place(town)
    page = seen(town)
    assert "Seen once only. Whether somebody changes is seen over time." in page
    assert "Nothing is recorded of Fin Marsh yet." in page
    place(town, stage="contemplation", when=cast.days_ago(20))
    place(
        town,
        person=str(town.fin),
        stage="action",
        demands="Two courses.",
        aims_plainly="Sleep at home.",
        when=cast.days_ago(20),
    )
    page = seen(town)
    assert "Contemplation" in page
    assert page.count("Seen once only") == 1


@pytest.mark.clause("WOR-120", "WOR-121")
def test_effort_and_commitment_are_a_picture_with_the_same_as_a_table_and_every_move_is_told(town):
    place(town, effort="high", commitment="low")
    place(town, effort="high", commitment="high", stage="contemplation", when=cast.days_ago(20))
    page = paperwork.page(town.amy, "capacity-to-change", town.kit)
    [picture] = re.findall(r'<svg class="kith-grid".*?</svg>', page, re.S)
    assert 'role="img"' in picture
    assert re.findall(r"<title>(\d): [^<]+, by a worker</title>", picture) == ["1", "2"]
    for cell in ("Genuine commitment", "Tokenism", "Compliance", "Dissent"):
        assert cell in picture
    table = words(re.findall(r"<table.*?</table>", page, re.S)[0])
    assert re.search(r"1\. .* A worker Much Little Compliance, imitation, approval seeking", table)
    assert re.search(r"2\. .* A worker Much Very Genuine commitment", table)
    assert "Moved from Compliance, imitation, approval seeking to Genuine commitment" in words(page)


def test_a_parent_places_themselves_on_the_same_picture_and_it_is_marked_as_theirs(town):
    place(town)
    place(
        town,
        placed_by="parent",
        evidence="",
        effort="high",
        commitment="high",
        own_words="I go to every session.",
        when=cast.days_ago(50),
    )
    page = paperwork.page(town.amy, "capacity-to-change", town.kit)
    assert re.search(r"<title>2: [^<]+, by themselves</title><rect", page)
    assert "I go to every session." in page
    assert re.search(r"2\. .* Themselves Much Very Genuine commitment", words(page))
    assert "Moved from" not in page


@pytest.mark.clause("WOR-143")
def test_what_shows_it_stands_before_what_it_is_called(town):
    place(town)
    page = seen(town)
    assert page.index("She says that nothing is wrong.") < page.index("Dissent, avoidance")


@pytest.mark.clause("WOR-103")
def test_without_both_motivation_and_ability_capacity_is_not_established(town):
    place(town, motivation="She wants Kit home.")
    assert "Capacity to change is not established" in seen(town)
    place(town, ability="She has stopped before.", when=cast.days_ago(20))
    assert "Capacity to change is not established" not in seen(town)


@pytest.mark.clause("WOR-105")
def test_the_two_blocks_to_change_are_pointed_out(town):
    place(town)
    assert "Pre-contemplation. This is one of the two blocks to change." in seen(town)
    place(town, stage="relapse", triggers="Pay day.", when=cast.days_ago(20))
    assert "Lapse or relapse. This is one of the two blocks to change." in seen(town)
    place(town, stage="determination", when=cast.days_ago(2))
    assert seen(town).count("one of the two blocks") == 2


@pytest.mark.clause("WOR-124")
def test_a_child_who_cannot_wait_as_long_as_a_parent_needs_is_said_to(town):
    place(town, changed_by=cast.days_ago(-90), child_can_wait_until=cast.days_ago(-30))
    assert "The child cannot wait that long" in seen(town)
    place(town, changed_by=cast.days_ago(-20), child_can_wait_until=cast.days_ago(-30), when=cast.days_ago(1))
    assert "The child cannot wait that long" not in seen(town)


@pytest.mark.clause("WOR-101")
def test_where_the_care_has_to_change_each_parents_capacity_is_owed(town):
    with town.at_work():
        about = {"child": town.kit, "family": town.family, "assessment": town.assessment}
        cast.recorded(
            cast.fact("assessment.submitted/core", about, since=3, parenting_change=True), by=town.workers["Amy"]
        )
    assert owed(town, "capacity.assess") == ["", ""]
    place(town, when=cast.days_ago(1))
    assert sorted(owed(town, "capacity.assess")) == ["", "met"]


def agree(town, since):
    said = {
        "person": str(town.ros),
        "standing": "signed",
        "language": "English",
        "leaflet": "none",
        "when": cast.days_ago(since),
    }
    send(town, "agreement_for_assessment", town.assessment, **said)
    with town.at_work(writing=False):
        return Event.objects.get(kind="agreement.made/assessment").about["agreement"]


@pytest.mark.clause("WOR-106", "WOR-114")
def test_what_was_signed_before_change_was_thought_of_is_looked_at_again(town):
    place(town)
    agreement = agree(town, 59)
    assert owed(town, "capacity.agreement_in_change") == []
    place(town, stage="contemplation", when=cast.days_ago(30))
    assert owed(town, "capacity.agreement_in_change") == [""]
    said = {
        "person": str(town.ros),
        "result": "amended",
        "what_now": "Nana comes on Mondays.",
        "when": cast.days_ago(28),
    }
    send(town, "agreement_reviewed", agreement, **said)
    assert owed(town, "capacity.agreement_in_change") == ["met"]
    place(town, stage="action", demands="One course.", aims_plainly="Kit sleeps.", when=cast.days_ago(2))
    assert owed(town, "capacity.agreement_at_action") == [""]


@pytest.mark.clause("WOR-118")
def test_a_lapse_is_kept_and_a_relapse_asks_for_the_risk_and_the_plan_again(town):
    slip = {"person": str(town.ros), "what": "Drank on Friday."}
    send(town, "capacity_slip", town.assessment, slip="lapse", **slip)
    assert owed(town, "capacity.after_relapse") == []
    send(town, "capacity_slip", town.assessment, slip="relapse", **slip)
    assert owed(town, "capacity.after_relapse") == [""]
    assert seen(town).count("Drank on Friday.") == 2


PROMPTS = [
    pytest.param("pre_contemplation", "What speaks for change to them, and how strongly?", id="forces", marks=pytest.mark.clause("WOR-104")),
    pytest.param("pre_contemplation", "Which agreements are made now?", id="early", marks=pytest.mark.clause("WOR-106")),
    pytest.param("contemplation", "What from outside makes them consider change?", id="outside", marks=pytest.mark.clause("WOR-107")),
    pytest.param("contemplation", "What do they want for themselves?", id="inside", marks=pytest.mark.clause("WOR-107")),
    pytest.param("contemplation", "For which of these did they find time so far?", id="work", marks=pytest.mark.clause("WOR-108")),
    pytest.param("contemplation", "Which of the seven steps have they come to?", id="steps", marks=pytest.mark.clause("WOR-110")),
    pytest.param("determination", "What is wrong, and what does it do to the child?", id="words", marks=pytest.mark.clause("WOR-111")),
    pytest.param("determination", "What follows if nothing changes?", id="if not", marks=pytest.mark.clause("WOR-111")),
    pytest.param("action", "What is asked of this parent at present, by everyone?", id="demands", marks=pytest.mark.clause("WOR-113")),
    pytest.param("action", "as you would say it to them?", id="plainly", marks=pytest.mark.clause("WOR-113")),
    pytest.param("maintenance", "What could set them back", id="triggers", marks=pytest.mark.clause("WOR-115")),
    pytest.param("maintenance", "What work is done with each parent", id="both", marks=pytest.mark.clause("WOR-116")),
    pytest.param("maintenance", "Which pressure from outside was eased", id="relaxed", marks=pytest.mark.clause("WOR-117")),
    pytest.param("action", "Where in the wider family, among friends, neighbours", id="network", marks=pytest.mark.clause("WOR-109", "WOR-119")),
    pytest.param("action", "Where are they in two minds, and how do they deal with it?", id="two minds", marks=pytest.mark.clause("WOR-122")),
    pytest.param("action", "Can the child wait?", id="wait", marks=pytest.mark.clause("WOR-124")),
]  # fmt: skip
OF_A_STAGE = {
    "Which agreements are made now?": "pre_contemplation", "Which of the seven steps have they come to?": "contemplation",
    "What follows if nothing changes?": "determination", "What is asked of this parent at present, by everyone?": "action",
    "What could set them back": "maintenance",
}  # fmt: skip


@pytest.mark.parametrize(("stage", "question"), PROMPTS)
def test_at_each_stage_the_worker_is_asked_what_belongs_to_it(town, stage, question):
    page = asked(town, stage=stage)
    assert question in page
    assert [one for one, theirs in OF_A_STAGE.items() if theirs != stage and one in page] == []


@pytest.mark.clause("WOR-110")
def test_the_seven_steps_come_in_their_order_and_can_be_ticked_one_by_one(town):
    place(town, stage="contemplation", steps=["problem", "responsible", "discomfort"], when=cast.days_ago(5))
    page = seen(town)
    assert "1. There is a problem 2. Some of it is theirs to answer for 3. It troubles them" in page
    assert "4. Things have to change" not in page


@pytest.mark.clause("WOR-092", "WOR-125")
def test_where_somebody_is_made_to_engage_the_worker_is_asked_what_was_tried_and_what_gives_confidence(town):
    willing, compelled = (asked(town, engagement=one) for one in ("willing", "made_to"))
    assert "What are we doing so that they feel surer of themselves?" in compelled
    assert "Say what has been tried" in compelled
    assert "What has been tried" not in willing


def test_a_page_of_the_past_shows_what_was_known_then(town):
    place(town)
    before = (cast.days_ago(1)).isoformat()
    assert "She says that nothing is wrong." not in seen(town, known_on=before)
    assert "She says that nothing is wrong." in seen(town)


def test_a_procedure_without_the_form_says_so(settings):
    settings.KITH_SECOND_FACTOR = False
    other = paperwork.household("lincolnshire")
    assert "has no form for it" in paperwork.page(other.amy, "capacity-to-change", other.kit)
