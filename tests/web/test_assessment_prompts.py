"""What whoever writes, begins, authorises or visits is asked, at the moment when it can still be answered."""

import pytest
from django.urls import reverse
from test_agency_checks import words

import cast
import paperwork
from kith.core import ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    one.assessment = ids.new()
    with one.at_work():
        about = {"child": one.kit, "family": one.family, "assessment": one.assessment}
        cast.recorded(cast.fact("assessment.started/core", about, since=9), by=one.workers["Amy"])
    return one


def asked(town, form, client=None, sent=None, **said):
    """Everything a form asks once these answers are given, before it is recorded."""
    address = reverse("record-form", args=[town.kit, form])
    given = {"act": "record", "for": str(town.assessment), **paperwork.answers(**said), **(sent or {})}
    answer = (client or town.amy).post(f"{address}?for={town.assessment}", given)
    assert answer.status_code == 422
    return words(paperwork.said(answer))


WRITING = [
    pytest.param("How did the child tell or show what they feel?", marks=pytest.mark.clause("WOR-140")),
    pytest.param("What or who helped them to tell it?", marks=pytest.mark.clause("WOR-138")),
    pytest.param("Say how the child gets on with the family and their surroundings", marks=pytest.mark.clause("WOR-137")),
    pytest.param("What do others say who see and know the child?", marks=pytest.mark.clause("WOR-141")),
    pytest.param("Does how the child behaves fit what they say?", marks=pytest.mark.clause("WOR-142")),
    pytest.param("How do these things act on each other?", marks=pytest.mark.clause("WOR-075")),
    pytest.param("Which tools, scales or research were used, and what did each add?", marks=pytest.mark.clause("WOR-073", "WOR-146")),
    pytest.param("Does anybody go along on the surface only?", marks=pytest.mark.clause("WOR-154")),
    pytest.param("What can each adult give, and how willing is each to give it and to take help?", marks=pytest.mark.clause("WOR-155", "WOR-156")),
    pytest.param("How far is the family able to change?", marks=pytest.mark.clause("WOR-149")),
    pytest.param("What would be expected of a child of this age, and who advised you?", marks=pytest.mark.clause("WOR-157")),
    pytest.param("Say whether the family can meet the needs in the child’s own time", marks=pytest.mark.clause("WOR-158")),
    pytest.param("What happens to the child if adults’ time is followed instead of the child’s?", marks=pytest.mark.clause("WOR-162")),
    pytest.param("What has to change in the care the child gets?", marks=pytest.mark.clause("WOR-100")),
    pytest.param("What has to change in the help the family gets?", marks=pytest.mark.clause("WOR-100")),
]  # fmt: skip


@pytest.mark.parametrize("question", WRITING)
def test_whoever_writes_the_assessment_is_asked(town, question):
    assert question in asked(town, "assessment", when=cast.days_ago(1))


DOMAINS = {
    "What the child needs": ("Health", "Education and learning", "Feelings and behaviour", "Identity", "Family and friendships", "How the child comes across to others", "Looking after themselves"),
    "What the parents can give": ("Basic care", "Keeping the child safe", "Emotional warmth", "Interest, play and learning", "Guidance and boundaries", "Stability"),
    "Family and surroundings": ("The family’s history and how it works", "The wider family and network", "Housing", "Work", "Money", "Neighbours and community", "Help there is nearby"),
}  # fmt: skip


@pytest.mark.clause("WOR-038", "WOR-069", "WOR-070", "WOR-190")
@pytest.mark.parametrize("a_type", ["initial", "core", "parenting"])
def test_every_assessment_has_the_three_domains_with_every_dimension_and_shows_what_is_blank(town, a_type):
    with town.at_work():
        about = {"child": town.kit, "family": town.family, "assessment": ids.new()}
        cast.recorded(cast.fact(f"assessment.started/{a_type}", about, since=5), by=town.workers["Amy"])
    town.assessment = about["assessment"]
    page = asked(town, "assessment", when=cast.days_ago(1), basic_care="Meals are on time.")
    places = [page.index(f" {domain} ") for domain in DOMAINS]
    assert places == sorted(places)
    for dimensions in DOMAINS.values():
        for one in dimensions:
            assert f" {one}" in page, one
    assert "Money Not answered" in page
    assert "Basic care Meals are on time." in page


@pytest.mark.clause("WOR-142")
def test_behaviour_that_does_not_fit_the_words_wants_its_likely_reasons(town):
    wanted = "Say what may be the reasons"
    assert wanted in asked(town, "assessment", sent={f"{town.kit}-fits": "no"}, when=cast.days_ago(1))
    assert wanted not in asked(town, "assessment", sent={f"{town.kit}-fits": "yes"}, when=cast.days_ago(1))


def test_a_child_not_yet_born_is_never_asked_how_they_told_what_they_feel(town):
    with town.at_work():
        unborn, amy = ids.new(), town.workers["Amy"]
        about = {"child": unborn, "family": town.family}
        cast.recorded(cast.fact("child.registered", about, expected_on=cast.days_ago(-60).isoformat()), by=amy)
        cast.recorded(
            cast.fact("name.given", {"child": unborn}, words={"given": "Baby", "family": "Marsh"}, name_use="full"),
            by=amy,
        )
        cast.allocate(unborn, amy, town.team, by=amy)
        begun = about | {"assessment": ids.new()}
        cast.recorded(cast.fact("assessment.started/core", begun, since=5), by=amy)
    town.kit, town.assessment = unborn, begun["assessment"]
    page = asked(town, "assessment", when=cast.days_ago(1))
    assert "How did the child tell or show what they feel?" not in page
    assert "Say whether the family can meet the needs in the child’s own time" in page


@pytest.mark.clause("WOR-086")
def test_an_enquiry_asks_whether_the_parents_were_told_first_or_what_the_strategy_discussion_decided(town):
    question = "Were the parents told before the child is seen and asked to agree to the interview?"
    said = {"a_type": "", "when": cast.days_ago(1)}
    assert question not in asked(town, "assessment_start", basis="agreement", **said)
    page = asked(town, "assessment_start", basis="statutory_enquiry", parents_told="dispensed", **said)
    assert question in page
    assert "Say what the strategy discussion decided" in page


@pytest.mark.clause("WOR-071")
def test_whoever_authorises_reads_it_against_the_ten_principles_and_nothing_is_counted(town):
    form = town.moll_desk.get(reverse("record-form", args=[town.kit, "assessment_authorise"])).content.decode()
    page = words(form)
    for one in (
        "The child stands at its centre", "It rests on how children develop", "It looks at family and surroundings too", "Everyone had an equal chance in it",
        "It was done with the child and the family", "It builds on strengths as well as naming difficulties", "Agencies took part in it",
        "It goes on and is no single event", "Help and action went on beside it", "It rests on evidence", "Nothing is counted",
    ):  # fmt: skip
        assert one in page


@pytest.mark.clause("WOR-167")
def test_authorising_says_which_agencies_are_told_and_why_not_all(town):
    said = {"when": cast.days_ago(1)}
    assert "Say which agencies are told what came of it" in asked(town, "assessment_authorise", town.moll_desk, **said)
    assert "Say which agencies and why" in asked(
        town, "assessment_authorise", town.moll_desk, agencies_told="none", **said
    )


@pytest.mark.clause("WOR-126", "WOR-360")
def test_whoever_authorises_sees_what_is_still_open_beside_the_decision(town):
    form = words(
        town.moll_desk.get(
            reverse("record-form", args=[town.kit, "assessment_authorise"]) + f"?for={town.assessment}"
        ).content.decode()
    )
    assert "Still open" in form
    assert "27 rows of the prompt sheet are not considered yet." in form
    assert "None of this holds anything up." in form
    assert "Still open" not in words(
        town.amy.get(reverse("record-form", args=[town.kit, "assessment"]) + f"?for={town.assessment}").content.decode()
    )


VISITING = [
    pytest.param("What was the visit for?", marks=pytest.mark.clause("WOR-081", "WOR-176")),
    pytest.param("Was that reached?", marks=pytest.mark.clause("WOR-081")),
    pytest.param("What was learned, and what was talked about?", marks=pytest.mark.clause("WOR-176")),
    pytest.param("Was the child seen alone?", marks=pytest.mark.clause("WOR-176")),
    pytest.param("respect them as people worth working with", marks=pytest.mark.clause("WOR-090")),
    pytest.param("keep what happened apart from what you think of it", marks=pytest.mark.clause("WOR-090")),
    pytest.param("take all of these as aims, not as given", marks=pytest.mark.clause("WOR-090")),
    pytest.param("Was an interpreter used?", marks=pytest.mark.clause("WOR-099")),
]  # fmt: skip


@pytest.mark.parametrize("question", VISITING)
def test_whoever_visits_is_asked(town, question):
    assert question in words(town.amy.get(reverse("record-form", args=[town.kit, "visit"])).content.decode())


@pytest.mark.clause("WOR-074", "WOR-075")
def test_a_need_has_its_kinds_its_greatness_and_what_shows_it(town):
    said = {
        "need": "Sleep",
        "different": "Kit sleeps.",
        "dimensions": ["health", "learning"],
        "need_level": "much",
        "need_evidence": "Three evenings.",
        "domain": "health",
        "is_concern": "no",
    }
    paperwork.recorded(town.amy, town.kit, "need", when=cast.days_ago(1), **said)
    page = words(paperwork.page(town.amy, "chronology", town.kit))
    assert "Health, Education and learning" in page
    assert "Much help" in page
    assert "Three evenings." in page


@pytest.mark.clause("WOR-078")
def test_the_way_to_urgent_protection_names_the_procedures_that_hold_there(town):
    page = words(paperwork.page(town.amy, "assessments", town.kit))
    for one in (
        "Leaflet C/1 Child Protection",
        "Safeguarding Children Board",
        "Working Together to Safeguard Children",
    ):
        assert one in page


@pytest.mark.clause("WOR-112")
def test_an_action_says_who_does_it_by_when_and_how_it_is_followed(town):
    page = words(town.amy.get(reverse("record-form", args=[town.kit, "action"])).content.decode())
    for one in (
        "What will be done?",
        "Or who else, and of which agency?",
        "By when?",
        "How is it followed?",
        "When is it looked at again?",
    ):
        assert one in page


@pytest.mark.clause("WOR-177")
def test_an_initial_assessment_has_a_summary_of_sources_analysis_needs_and_then_the_managers_decision(town):
    with town.at_work():
        about = {"child": town.kit, "family": town.family, "assessment": ids.new()}
        cast.recorded(cast.fact("assessment.started/initial", about, since=5), by=town.workers["Amy"])
    town.assessment = about["assessment"]
    page = asked(town, "assessment", when=cast.days_ago(1))
    order = [
        page.index(one)
        for one in (
            "What does it rest on?",
            "How do these together affect each child?",
            "What does this child need?",
            "What should happen?",
        )
    ]
    assert order == sorted(order)
    assert "What comes of it?" in asked(town, "assessment_authorise", town.moll_desk, when=cast.days_ago(1))


KINDS = [
    pytest.param("parenting", "Whose care is looked at?", id="parenting", marks=pytest.mark.clause("WOR-172", "WOR-213")),
    pytest.param("parenting", "Was the Parenting Assessment Manual used, and what did it add?", id="manual", marks=pytest.mark.clause("WOR-214", "WOR-215")),
    pytest.param("carers", "What do they do, and how much of their day does it take?", id="carers", marks=pytest.mark.clause("WOR-216")),
    pytest.param("private_fostering", "Who arranged it, why, and for how long?", id="private fostering", marks=pytest.mark.clause("WOR-217")),
    pytest.param("viability", "What do you judge at first sight?", id="viability", marks=pytest.mark.clause("WOR-219")),
    pytest.param("age", "When did they come to the area?", id="age", marks=pytest.mark.clause("WOR-220")),
    pytest.param("dash", "Who is the adult at risk?", id="dash", marks=pytest.mark.clause("WOR-221")),
    pytest.param("risk_person", "Which children could they reach, and what limits the risk?", id="risk", marks=pytest.mark.clause("WOR-223")),
    pytest.param("court", "Which assessments are appended?", id="court", marks=pytest.mark.clause("WOR-212")),
]  # fmt: skip
OF_ONE_KIND = {
    "parenting": "Whose care is looked at?", "carers": "Who is it? ", "private_fostering": "Who arranged it", "viability": "What do you judge at first sight?",
    "age": "When did they come to the area?", "dash": "Who is the adult at risk?", "risk_person": "Which children could they reach", "court": "Which assessments are appended?",
}  # fmt: skip


@pytest.mark.parametrize(("a_type", "question"), KINDS)
def test_a_kind_of_assessment_asks_what_it_is_for_and_nothing_of_another_kind(town, a_type, question):
    with town.at_work():
        about = {"child": town.kit, "family": town.family, "assessment": ids.new()}
        cast.recorded(cast.fact(f"assessment.started/{a_type}", about, since=5), by=town.workers["Amy"])
    town.assessment = about["assessment"]
    page = words(
        town.amy.get(f"{reverse('record-form', args=[town.kit, 'assessment'])}?for={town.assessment}").content.decode()
    )
    assert "Who was seen and heard" in page
    page = asked(town, "assessment", when=cast.days_ago(1))
    assert question in page
    others = [one for kind, one in OF_ONE_KIND.items() if kind not in (a_type, "carers") and one in page]
    assert others == []


@pytest.mark.clause("WOR-222")
def test_part_two_of_the_tool_is_for_whoever_is_trained_in_it(town):
    said = {
        "a_type": "dash",
        "basis": "statutory_enquiry",
        "dash_part": "part_2",
        "trained": "no",
        "when": cast.days_ago(1),
    }
    assert "Part 2 is for workers trained in it." in asked(town, "assessment_start", **said)


@pytest.mark.clause("WOR-204")
def test_a_view_says_whether_they_wrote_it_themselves(town):
    answer = paperwork.record(
        town.amy,
        town.kit,
        "view",
        whose="parent",
        person="",
        written_by="self",
        own_words="I am tired.",
        when=cast.days_ago(1),
    )
    assert answer.status_code == 302
    assert "They did themselves" in words(paperwork.page(town.amy, "chronology", town.kit))


@pytest.mark.clause("WOR-203", "WOR-097")
def test_the_views_of_parents_and_child_stand_under_headings_of_their_own(town):
    for whose, said in (("parent", "Nights are hard."), ("child", "The stairs are dark.")):
        paperwork.recorded(town.amy, town.kit, "view", whose=whose, own_words=said, when=cast.days_ago(1))
    page = words(paperwork.page(town.amy, "assessment", town.kit, town.assessment))
    assert page.index("In their own words") < page.index("Nights are hard.") < page.index("Significant events")
    assert "The child’s" in page


@pytest.mark.clause("WOR-145")
def test_authorising_without_a_significant_event_asks_why_there_is_none(town):
    said = {
        "outcome": "child_in_need",
        "planned_services": "needed",
        "why": "Kit needs help.",
        "agencies_told": "all",
        "when": cast.days_ago(1),
    }
    page = asked(town, "assessment_authorise", town.moll_desk, **said)
    assert "No event was judged significant for the child yet" in page
