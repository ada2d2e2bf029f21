"""Somebody kept out of a meeting: told that they are, why, and how else to be heard; and given no day, place or paper of it."""

import pytest
from django.urls import reverse

import cast
import gathering
import paperwork
from gathering import act, the_meeting
from kith.documents.models import Document
from kith.record.models import Event
from kith.web import said

pytestmark = pytest.mark.django_db
OUT = {
    "risk": "Fin hurt Ros in May; the police know.", "told_beforehand": "yes", "said_to_them": "Moll rings Fin on Monday.", "other_way": "Amy comes to hear him.",
    "afterwards": "What concerns him, and nothing else.", "by_role": "team_manager",
}  # fmt: skip
VENUE = "Loughborough Children and Family Centre"


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = gathering.ahead(gathering.leicestershire())
    with one.at_work():
        for person in (one.ros, one.fin):
            cast.recorded(
                cast.fact("parental_responsibility.gained", {"child": one.kit, "person": person}, since=80),
                by=one.workers["Amy"],
            )
    return one


def keep_out(town, **more):
    return act(town, "meeting_keep_out", town.moll_desk, person=str(town.fin), **{**OUT, **more})


def letter(town, name, person, act="preview", kind="parental_responsibility", **answers):
    address = reverse("write-letter", args=[town.kit, name])
    sent = {
        "meeting": str(the_meeting(town).meeting),
        "guest": str(person),
        "reader": f"{kind}:{person}",
        "layout": "standard",
        "act": act,
    }
    return town.amy.post(address, sent | paperwork.answers(**answers))


def invitation(town, person, **more):
    on = the_meeting(town).on
    return letter(
        town,
        "meeting_invitation",
        person,
        meeting="Family Care and Protect Meeting",
        held_on=on,
        starts_at="10am",
        venue=VENUE,
        purpose="That Kit can stay.",
        chair="Sal",
        **more,
    )


@pytest.mark.clause("WOR-432", "WOR-307")
def test_who_is_kept_out_is_off_the_list_and_their_reason_and_other_way_are_kept(town):
    keep_out(town)
    page = paperwork.page(town.amy, "meeting", town.kit, the_meeting(town).meeting)
    kept = page[page.index('id="kept-out"') : page.index('id="guests"')]
    for words in (
        "Fin Marsh",
        "Moll rings Fin on Monday.",
        "Amy comes to hear him.",
        "They get no day, place or paper of this meeting.",
    ):
        assert words in kept
    assert "Fin Marsh" not in page[page.index('id="guests"') : page.index('id="papers"')]


@pytest.mark.clause("WOR-432")
def test_no_invitation_bundle_record_or_calendar_file_can_be_made_for_somebody_kept_out(town):
    meeting = the_meeting(town).meeting
    assert town.amy.get(reverse("meeting-calendar", args=[town.kit, meeting, town.fin])).status_code == 200
    keep_out(town)
    assert town.amy.get(reverse("meeting-calendar", args=[town.kit, meeting, town.fin])).status_code == 404
    for answer in (
        invitation(town, town.fin),
        letter(town, "meeting_bundle", town.fin, meeting="Meeting", looked_at="yes"),
    ):
        assert answer.status_code == 422
        assert "This person is kept out of the meeting." in paperwork.said(answer)
    assert invitation(town, town.ros).status_code == 200


@pytest.mark.clause("WOR-432")
def test_the_letter_that_tells_them_says_why_and_how_else_they_are_heard_and_never_when_or_where(town):
    keep_out(town)
    answer = letter(
        town,
        "meeting_kept_out",
        town.fin,
        reasons="Being there would frighten others.",
        other_way="Amy comes to hear you.",
        afterwards="What concerns you.",
    )
    text = paperwork.said(answer)
    assert answer.status_code == 200
    shown = text[text.index('class="kith-paper"') :]
    assert "Being there would frighten others." in shown
    assert "Amy comes to hear you." in shown
    assert VENUE not in shown
    for telling in (f"We meet at {VENUE}.", f"It is on {said.day(the_meeting(town).on).partition(' ')[2]}."):
        answer = letter(
            town, "meeting_kept_out", town.fin, reasons=telling, other_way="Ring Amy.", afterwards="Nothing."
        )
        assert answer.status_code == 422
        assert "It was agreed that this reader does not learn of" in paperwork.said(answer)


@pytest.mark.clause("WOR-432")
def test_an_invitation_made_before_they_were_kept_out_can_no_longer_be_given(town):
    for person in (town.fin, town.ros):
        assert invitation(town, person, act="make").status_code == 302
    keep_out(town)
    with town.at_work(writing=False):
        documents = list(Document.objects.filter(letter="meeting_invitation"))
    assert len(documents) == 2
    for one in documents:
        town.amy.post(reverse("document-act", args=[town.kit, one.id]), {"act": "given", "how": "by_hand"})
    with town.at_work(writing=False):
        assert [one.about["person"] for one in Event.objects.filter(kind="share.made")] == [str(town.ros)]
        assert [one.about["person"] for one in Event.objects.filter(kind__startswith="meeting.invited")] == [
            str(town.ros)
        ]


@pytest.mark.clause("WOR-432")
def test_whoever_is_not_told_has_a_reason_recorded_why_telling_would_bring_risk(town):
    answer = gathering.tried(
        town,
        "meeting_keep_out",
        town.moll_desk,
        person=str(town.fin),
        **{**OUT, "told_beforehand": "no", "said_to_them": ""},
    )
    assert answer.status_code == 422
    assert "Say why telling them would bring risk" in paperwork.said(answer)
    keep_out(town, told_beforehand="no", said_to_them="", not_told_why="He has threatened to find out where.")
    page = paperwork.page(town.amy, "meeting", town.kit, the_meeting(town).meeting)
    assert "He has threatened to find out where." in page
    assert "Write to them" not in page[page.index('id="kept-out"') : page.index('id="guests"')]


def test_somebody_let_in_again_is_written_to_like_everybody_else(town):
    keep_out(town)
    act(town, "meeting_let_in", town.moll_desk, person=str(town.fin), why="The order ended; Gran comes with him.")
    gathering.guest(town, town.fin, "parent")
    assert invitation(town, town.fin).status_code == 200
