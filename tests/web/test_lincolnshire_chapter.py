"""What Lincolnshire's chapter says of itself, the names it gives things, and its first meetings: in its own words, on the pages people use."""

import pytest
from django.urls import reverse
from test_meetings_elsewhere import room, send, taken

import cast
import paperwork
from kith.core import ids
from kith.documents import writing
from kith.meetings import story
from kith.meetings.models import Meeting
from kith.obligations.models import Owed
from kith.record.models import Event
from kith.web import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("lincolnshire")
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    return one


@pytest.mark.clause("LIN-001")
def test_the_chapter_its_title_and_its_update_stand_on_the_procedure_and_at_the_foot_of_papers(town):
    page = paperwork.page(town.amy, "procedure")
    for words in ("Child and Family Progress Meetings for Children with Disability", "2.1.2", "August 2021"):
        assert words in page
    with town.at_work(writing=False):
        line = writing.procedure_line()
    assert (
        line == "Child and Family Progress Meetings for Children with Disability: chapter 2.1.2, updated August 2021."
    )


@pytest.mark.clause("LIN-005")
def test_the_meeting_has_its_new_name_and_is_found_by_the_old_one(town):
    with town.at_work():
        about = {"child": town.kit, "family": town.family, "meeting": ids.new()}
        cast.recorded(cast.fact("meeting.held/child_in_need", about, since=20), by=town.workers["Amy"])
    assert "Child in Need Meeting, Child in Need Review" in paperwork.page(town.amy, "meetings", town.kit)
    found = paperwork.page(town.amy, "chronology", town.kit, words="child in need review")
    assert "Child and Family Progress Meeting" in found
    assert "Child in Need Review" not in paperwork.page(town.amy, "chronology", town.kit)
    assert "Child and Family Progress Meeting" in paperwork.page(town.amy, "procedure", words="Child in Need Review")
    with town.at_work(writing=False):
        assert Event.objects.get(kind__startswith="meeting.held").kind == "meeting.held/child_in_need"


@pytest.mark.clause("LIN-013")
def test_a_family_network_meeting_tells_who_was_asked_who_came_and_what_they_offer_and_the_plan_has_it(town):
    with town.at_work():
        amy = town.workers["Amy"]
        cast.recorded(cast.fact("plan.started/child_in_need", {"child": town.kit, "plan": ids.new()}, since=40), by=amy)
    told = {
        "a_type": "family_network", "held_on": cast.days_ago(2), "starts_at": "5pm", "venue": "Gran’s house", "family_said": "After work.",
        "chair": str(town.workers["Amy"].id), "chair_role": "social_worker", "purpose": "Who can do what.", "access": "Nothing.", "joined_with": "No other review.",
    }  # fmt: skip
    taken(send(town, "meeting_arrange", sent={f"{town.kit}-child_takes_part": "comes"}, **told))
    with town.at_work(writing=False):
        meeting = Meeting.objects.get(child=town.kit, state="arranged").meeting
    for who in ({"person": str(town.ros), "guest_part": "parent"}, {"person": str(town.fin), "guest_part": "parent"}):
        taken(send(town, "meeting_guest", about=meeting, **who))
    typed = {
        f"came.{town.ros}": "came", f"came.{town.fin}": "apologies", "private_time": "alone", "promise.1.words": "I have Kit every Friday night.", "promise.1.who": str(town.ros),
        "outcome.family_plan": "yes", "held.day": cast.days_ago(2).isoformat(), "held.not_covered": "Nothing more.", "next.route": "Ring Amy.",
    }  # fmt: skip
    answer = room(town, **{name.replace(".", "__"): text for name, text in typed.items()})
    assert answer.status_code == 200, paperwork.wrong(answer)
    page = paperwork.page(town.amy, "meeting", town.kit, meeting)
    for words in ("Ros Marsh", "Fin Marsh", "Sent apologies", "I have Kit every Friday night."):
        assert words in page, words
    assert "I have Kit every Friday night." in paperwork.page(town.amy, "plans", town.kit)


@pytest.mark.clause("LIN-015")
def test_a_strategy_discussion_looks_at_services_and_at_protection_apart_and_has_its_outcome(town):
    with town.at_work():
        about = {"child": town.kit, "family": town.family, "meeting": ids.new()}
        arranged = cast.fact(
            "meeting.arranged/strategy_discussion", about, since=3, held_on=cast.days_ago(2).isoformat()
        )
        cast.recorded(arranged, by=town.workers["Amy"])
    police = "A police officer"
    taken(send(town, "meeting_guest", about=about["meeting"], who=police, guest_part="agency", when=cast.days_ago(3)))
    with town.at_work(writing=False):
        [guest] = story.of_child(town.kit)[str(about["meeting"])].guests
    opened = paperwork.page(town.moll_desk, "meeting-room", town.kit, about["meeting"])
    for words in ("Steps to provide services", "Steps to protect the child", "What was decided?"):
        assert words in opened
    typed = {
        f"came.{guest}": "came", "q.steps_services": "A nurse comes on Mondays.", "q.steps_protect": "Gran stays tonight.", "q.decision": "child_in_need", "q.reasons": "With help Kit is safe.",
        "held.day": cast.days_ago(2).isoformat(), "held.not_covered": "Nothing.", "outcome.statutory_decision": "yes", "act": "finish",
    }  # fmt: skip
    answer = town.moll_desk.post(reverse("meeting-room", args=[town.kit, about["meeting"]]), typed, follow=True)
    assert answer.status_code == 200, paperwork.wrong(answer)
    page = paperwork.page(town.moll_desk, "meeting", town.kit, about["meeting"])
    for words in ("A nurse comes on Mondays.", "Gran stays tonight.", "Help as a child in need"):
        assert words in page, words


@pytest.mark.clause("LIN-002")
def test_the_chapter_begins_for_a_child_with_the_day_they_are_in_need_and_the_record_says_since_when(town):
    with town.at_work(writing=False):
        assert not Owed.objects.filter(child=town.kit, duty__in=("visits", "meeting.first"), closed_on=None).exists()
    assert "since" not in paperwork.page(town.amy, "child", town.kit).partition("govuk-body-s")[2][:200]
    with town.at_work():
        cast.in_need(town.kit, by=town.workers["Amy"], since=12)
        duties = set(Owed.objects.filter(child=town.kit, closed_on=None).values_list("duty", flat=True))
    assert {"visits", "meeting.first"} <= duties
    assert f"since {said.day(cast.days_ago(12))}" in paperwork.page(town.amy, "child", town.kit)
