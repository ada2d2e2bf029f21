"""A meeting from being asked for to its record: arranged, written up in the room as it goes, and what becomes of it."""

import json

import pytest
from django.urls import reverse

import cast
import gathering
import paperwork
from gathering import a_thursday, arranged, asked, everything, room, the_meeting
from kith.meetings import live
from kith.meetings.models import Notes
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    return gathering.leicestershire()


@pytest.fixture
def ready(town):
    return gathering.ready(town)


def test_a_meeting_asked_for_stands_in_the_diary_until_it_is_arranged(town):
    asked(town)
    meeting = the_meeting(town)
    assert (meeting.state, meeting.a_type) == ("asked", "family_care_and_protect")
    page = paperwork.page(town.moll_desk, "diary")
    assert "Waiting for a meeting" in page
    assert "Kit Marsh" in page
    assert arranged(town, meeting.meeting).status_code == 302
    now = the_meeting(town)
    assert (now.state, now.on, now.starts_at, now.meeting) == ("arranged", a_thursday(), "10:00", meeting.meeting)
    assert "I cannot do this any more." in paperwork.page(town.amy, "meeting", town.kit, meeting.meeting)


@pytest.mark.clause("LEI-067", "LEI-074", "LEI-013")
def test_what_was_typed_in_the_room_becomes_the_record_with_the_familys_words_as_they_were_said(ready):
    answer = room(ready, act="finish", **{name.replace(".", "__"): text for name, text in everything(ready).items()})
    page = answer.content.decode()
    assert "The meeting is in the record." in page
    with ready.at_work(writing=False):
        held = Event.objects.get(kind="meeting.held/family_care_and_protect")
        assert held.happened_on == a_thursday()
        assert held.about["person"] == str(ready.ros)  # only who was there
        assert held.coded["outcomes"] == ["family_plan"]
        made = [one for one in Event.objects.filter(kind="proposal.made").order_by("sequence")]
        assert len(made) == 2
        answered = {
            one.coded["part"]: one.coded["answer"] for one in Event.objects.filter(kind="plan.part_answered/family")
        }
        assert answered == {"1": "agreed", "2": "agreed_in_principle"}
        [action] = Event.objects.filter(kind="action.agreed")
        assert action.coded["by_when"] == cast.days_ago(-7).isoformat()
        assert [one.kind for one in Event.objects.filter(kind__startswith="promise.made")] == ["promise.made"]
        assert {one.coded["stage"] for one in Event.objects.filter(kind="stage.addressed")} == {
            "opening",
            "information",
            "agree_the_plan",
        }
        assert Notes.objects.get().typed == {}
    for words in (
        "Gran has Kit on Fridays.",
        "Ros gets Kit to school.",
        "I want to stay with Mum.",
        "A worker at bedtime",
        "Sent apologies",
    ):
        assert words in page
    assert the_meeting(ready).state == "held"


def test_ending_a_meeting_says_what_was_not_gone_through_and_takes_a_reason(ready):
    page = room(ready, act="finish", **{f"came__{ready.ros}": "came"}).content.decode()
    assert "Not gone through yet" in page
    assert "What the meeting came to" in page
    assert the_meeting(ready).state == "arranged"
    page = room(
        ready, act="finish", **{f"came__{ready.ros}": "came", "held__not_covered": "Ros was taken ill."}
    ).content.decode()
    assert "The meeting is in the record." in page


def test_a_meeting_where_nobody_was_is_not_recorded_as_held(ready):
    answer = room(ready, act="finish", held__not_covered="Nobody came.")
    assert answer.status_code == 422
    assert "Say who was there" in answer.content.decode()


def test_two_people_writing_in_different_places_both_keep_what_they_wrote(ready):
    meeting = the_meeting(ready).meeting
    address = reverse("meeting-room", args=[ready.kit, meeting])
    quiet = {"X-Kith-Autosave": "1"}
    first = ready.sal.post(address, {"version": "0", "q.worries": "Nights."}, headers=quiet).json()
    second = ready.amy.post(address, {"version": "0", "q.working_well": "School."}, headers=quiet).json()
    assert first["version"] == 1
    assert second["changed"] == {"q.worries": "Nights."}
    assert second["both"] == []
    with ready.at_work(writing=False):
        assert live.notes_of(meeting).typed == {"q.worries": "Nights.", "q.working_well": "School."}


def test_two_people_writing_in_one_place_lose_neither_text_until_one_is_chosen(ready):
    meeting = the_meeting(ready).meeting
    address = reverse("meeting-room", args=[ready.kit, meeting])
    quiet = {"X-Kith-Autosave": "1"}
    ready.sal.post(address, {"version": "0", "q.worries": "Nights are hard."}, headers=quiet)
    told = ready.amy.post(address, {"version": "0", "q.worries": "Ros is tired."}, headers=quiet).json()
    assert told["both"] == ["q.worries"]
    page = paperwork.page(ready.sal, "meeting-room", ready.kit, meeting)
    assert "Nights are hard." in page
    assert "Ros is tired." in page
    assert "Amy wrote:" in page
    ready.sal.post(address, {"act": "instead", "name": "q.worries"})
    with ready.at_work(writing=False):
        assert live.notes_of(meeting).typed["q.worries"] == "Ros is tired."
        assert live.notes_of(meeting).beside == {}


def test_while_the_family_is_by_itself_nothing_can_be_written(ready):
    meeting = the_meeting(ready).meeting
    address = reverse("meeting-room", args=[ready.kit, meeting])
    ready.sal.post(address, {"act": "alone", "private_time": "alone"})
    page = paperwork.page(ready.sal, "meeting-room", ready.kit, meeting)
    assert "<textarea" not in page
    assert "The family is by itself" in page
    told = ready.amy.post(address, {"version": "1", "q.worries": "I heard them say"}, headers={"X-Kith-Autosave": "1"})
    assert told.status_code == 409
    assert json.loads(told.content)["alone"]
    with ready.at_work(writing=False):
        assert "q.worries" not in live.notes_of(meeting).typed
    ready.sal.post(address, {"act": "back"})
    assert "<textarea" in paperwork.page(ready.sal, "meeting-room", ready.kit, meeting)


def test_the_screen_on_the_wall_shows_no_childs_words_and_no_score_kept_apart(ready):
    typed = {name.replace(".", "__"): text for name, text in everything(ready).items()}
    room(ready, **typed)
    page = paperwork.page(ready.sal, "meeting-shown", ready.kit, the_meeting(ready).meeting)
    assert "Nights are hard." in page
    assert "Gran has Kit on Fridays." in page
    assert "I want to stay with Mum." not in page
    assert "<strong>6</strong>" in page
    assert "<strong>3</strong>" not in page
