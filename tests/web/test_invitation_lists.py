"""The organiser's list of a meeting, what is settled before anybody is invited, who came over time, and the notes a closing letter goes with."""

import re

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import ids
from kith.meetings.models import Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    with one.at_work():
        amy = one.workers["Amy"]
        cast.in_need(one.kit, by=amy)
        home = {"person": one.ros, "home": ids.new()}
        cast.recorded(
            cast.fact("home.moved_in", home, words={"address": "9 Quiet Lane", "postcode": "WR1 1AA"}), by=amy
        )
        cast.recorded(
            cast.fact(
                "reach.recorded",
                {"person": one.ros, "reach": ids.new()},
                reach_by="mobile",
                words={"value": "07700 900123"},
            ),
            by=amy,
        )
        one.meeting = ids.new()
        about = {"child": [one.kit, one.robin], "family": one.family, "meeting": one.meeting}
        cast.recorded(
            cast.fact(
                "meeting.arranged/child_in_need",
                {**about, "chair": amy.id},
                since=9,
                held_on=cast.days_ago(2).isoformat(),
                words={"venue": "School", "purpose": "The plan.", "starts_at": "10:00"},
            ),
            by=amy,
        )
        for person, part in ((one.ros, "parent"), (one.kit, "child")):
            cast.recorded(
                cast.fact(
                    "meeting.guest_named/child_in_need",
                    {**about, "person": person},
                    since=8,
                    guest_part=part,
                    words={"needs": "A lift"} if part == "parent" else {},
                ),
                by=amy,
            )
    return one


def send(town, form, **said):
    said.setdefault("when", cast.days_ago(1))
    answer = (said.pop("client", None) or town.amy).post(
        reverse("record-form", args=[town.kit, form]),
        {"act": "record", "for": str(town.meeting), **paperwork.answers(**said)},
    )
    assert answer.status_code == 302, paperwork.wrong(answer)


def listed(town, client=None):
    return paperwork.page(client or town.amy, "meeting-list", town.kit, town.meeting)


@pytest.mark.clause("WOR-367")
def test_the_organisers_list_has_the_children_the_day_the_place_and_two_tables_of_those_invited(town):
    page = listed(town)
    for words in (
        "Kit Marsh",
        "Robin Marsh",
        "9 May 2016",
        "School",
        "The plan.",
        "Ros Marsh",
        "9 Quiet Lane",
        "07700 900123",
        "A lift",
    ):
        assert words in page
    assert page.index("Family members") < page.index("Representatives")
    letter = reverse("write-letter", args=[town.kit, "meeting_bundle"])
    sent = {
        "meeting": str(town.meeting),
        "reader": f"relative:{town.fin}",
        "layout": "standard",
        "act": "preview",
        **paperwork.answers(meeting="The meeting", looked_at="yes"),
    }
    answer = town.amy.post(letter, sent)
    assert "Quiet Lane" not in paperwork.said(answer)
    assert "07700 900123" not in paperwork.said(answer)


@pytest.mark.clause("WOR-367")
def test_an_address_for_named_workers_alone_is_on_nobody_elses_list(town):
    with town.at_work():
        hidden = {"person": town.ros, "home": ids.new()}
        cast.recorded(
            cast.fact(
                "home.moved_in", hidden, since=1, may_know="named_workers_only", words={"address": "1 Refuge Row"}
            ),
            by=town.workers["Amy"],
        )
    assert "1 Refuge Row" in listed(town)
    assert "1 Refuge Row" not in listed(town, town.bea)


@pytest.mark.clause("WOR-368")
def test_a_room_not_booked_and_a_chair_not_confirmed_are_said_before_anybody_is_invited(town):
    page = paperwork.page(town.amy, "meeting", town.kit, town.meeting)
    assert "Before anybody is invited: the room is not booked, the chair has not confirmed" in page
    send(town, "meeting_book", room_booked="yes", chair_confirmed="no")
    assert "Before anybody is invited: the chair has not confirmed" in paperwork.page(
        town.amy, "meeting", town.kit, town.meeting
    )
    send(town, "meeting_book", room_booked="yes", chair_confirmed="yes", when=cast.days_ago(0))
    assert "Before anybody is invited" not in paperwork.page(town.amy, "meeting", town.kit, town.meeting)


def held(town, **typed):
    said = {
        f"came.{town.ros}": "came",
        f"came.{town.kit}": "apologies",
        "held.not_covered": "Time.",
        "held.day": cast.days_ago(2).isoformat(),
        **typed,
    }
    answer = town.amy.post(
        reverse("meeting-room", args=[town.kit, town.meeting]), {"act": "finish", **said}, follow=True
    )
    assert "The meeting is in the record." in answer.content.decode()


@pytest.mark.clause("WOR-369")
def test_who_was_invited_replied_and_came_is_on_the_list_and_shown_over_the_meetings(town):
    send(town, "meeting_reply", person=str(town.ros), reply="coming", when=cast.days_ago(3))
    assert "Coming" in listed(town)
    held(town)
    assert "Sent apologies" in listed(town)
    page = paperwork.page(town.amy, "meetings", town.kit)
    table = page[page.index('id="attendance"') :]
    ros = table[table.index("Ros Marsh") :]
    assert "Came" in ros[: ros.index("</tr>")]
    kit = table[table.index(">Kit Marsh<") :]
    assert "Sent apologies" in kit[: kit.index("</tr>")]


@pytest.mark.clause("WOR-408")
def test_the_notes_of_the_last_team_meeting_stand_where_the_work_ends_with_whether_they_are_approved(town):
    assert "No meeting of the team around the child is in the record." in paperwork.page(
        town.moll_desk, "closing", town.kit
    )
    held(town, **{"q.support_remaining": "Early Help on Mondays.", "q.aims": "Sleep."})
    assert "not approved yet: have them approved before they are enclosed" in paperwork.page(
        town.moll_desk, "closing", town.kit
    )
    send(town, "meeting_approve", client=town.moll_desk, by_role="team_manager", when=cast.days_ago(0))
    page = paperwork.page(town.moll_desk, "closing", town.kit)
    assert ": approved" in page
    assert reverse("meeting", args=[town.kit, town.meeting]) in page
    assert "Early Help on Mondays." in paperwork.page(town.amy, "meeting", town.kit, town.meeting)
    with town.at_work(writing=False):
        assert Meeting.objects.filter(meeting=town.meeting, recorded=True).count() == 2


@pytest.mark.clause("WOR-003")
def test_the_thirteen_tools_stand_in_one_place_and_each_opens_where_it_is_used(town):
    page = paperwork.page(town.amy, "tools", town.kit)
    for title in (
        "Step-Up Process", "Step-Down Process", "Standard Assessment Agreement", "Prompt Sheet", "Standard Notification Letter", "Meeting Invitation List", "Co-Working Agreement",
        "Agreement for Family Meetings", "Standard Outcome and Closure Letter", "Equality Impact Tool", "Risk Management Tool", "Feedback Sheet", "Glossary of Abbreviations",
    ):  # fmt: skip
        assert title in page
    hrefs = re.findall(r'<a class="govuk-link" href="(/[^"]+)">', page[page.index("Tools of the procedure</h1>") :])
    assert len(hrefs) == 12
    assert {town.amy.get(href).status_code for href in hrefs} == {200}
