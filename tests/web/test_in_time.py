"""Done in time: the clocks of the procedure by team and month, down to each child with the reason given; and saying why something is late."""

import re

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import ids
from kith.obligations.models import Owed
from kith.record.models import Event

pytestmark = pytest.mark.django_db
CLOCKS = (
    "Visits made in time", "First Family Network Meetings in time", "First Progress Meetings in time", "Later Progress Meetings in time",
    "Plans sent in time", "Closure letters sent when the case closed", "Assessments completed in 45 working days", "Referrals decided in one working day",
)  # fmt: skip


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("lincolnshire")
    with one.at_work():
        one.head = paperwork.desk(one.worker("Hal", "head_of_service"))
        amy = one.workers["Amy"]
        for child, days in ((one.kit, 90), (one.robin, 30)):
            plan = {"child": child, "plan": ids.new()}
            cast.recorded(cast.fact("plan.started/child_in_need", plan, since=days), by=amy)
        visit = {"child": one.robin, "visit": ids.new(), "worker": amy.id}
        cast.recorded(cast.fact("visit.made", visit, since=25, seen=True, alone=True), by=amy)
    return one


def first_meeting(town, child):
    with town.at_work(writing=False):
        return Owed.objects.get(child=child, duty="meeting.first")


def table(page, heading):
    """The rows of the table under a heading, each as the words of its cells."""
    part = page.partition(f'id="{heading}"')[2].partition("</table>")[0].partition("<tbody>")[2]
    rows = re.findall(r"<tr>.*?</tr>", part, re.DOTALL)
    return [
        [
            re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", one)).strip()
            for one in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


@pytest.mark.clause("LIN-077")
def test_every_clock_of_the_chapter_is_there_with_its_share(town):
    page = paperwork.page(town.head, "in-time")
    for title in CLOCKS:
        assert title in page


@pytest.mark.clause("LIN-077")
def test_one_clock_is_told_by_team_and_by_month_down_to_each_child_and_the_reason_given(town):
    late = first_meeting(town, town.kit)
    asked = {"measure": "first_meetings_in_time", "months": "12"}
    page = paperwork.page(town.head, "in-time", **asked)
    assert table(page, "teams") == [["North team", "0%", "0", "0", "2", "2"]]
    assert sum(int(row[5]) for row in table(page, "by-month")) == 2
    assert [row[0] for row in table(page, "late")] == ["Robin Marsh", "Kit Marsh"]
    assert table(page, "late")[1][3] == "None given"
    answer = town.amy.post(reverse("why-late", args=[late.id]), {"reason": "Ros was in hospital; we meet on Friday."})
    assert answer.status_code == 302
    page = paperwork.page(town.head, "in-time", **asked)
    assert table(page, "late")[1][3] == "Ros was in hospital; we meet on Friday."


@pytest.mark.clause("LIN-077")
def test_what_is_done_moves_from_not_done_to_late_and_another_teams_numbers_are_its_own(town):
    with town.at_work():
        held = {"child": town.kit, "meeting": ids.new()}
        cast.recorded(cast.fact("meeting.held/child_in_need", held, since=2), by=town.workers["Amy"])
        other = cast.another_team("Far team")
    page = paperwork.page(town.head, "in-time", measure="first_meetings_in_time")
    assert table(page, "teams") == [["North team", "0%", "0", "1", "1", "2"]]
    page = paperwork.page(town.head, "in-time", measure="first_meetings_in_time", team=str(other.id))
    assert table(page, "teams") == [["None was due."]]
    assert "Everything that was due was done in time." in page


def test_a_reason_closes_nothing_stands_on_the_page_of_the_duty_and_needs_words(town):
    late = first_meeting(town, town.kit)
    refused = town.amy.post(reverse("why-late", args=[late.id]), {"reason": "  "})
    assert refused.status_code == 422
    assert "Say why it is late" in refused.content.decode()
    assert "The procedure asks for the reason" in paperwork.page(town.amy, "why", late.id)
    town.amy.post(reverse("why-late", args=[late.id]), {"reason": "The school was shut."})
    assert "The school was shut." in paperwork.page(town.amy, "why", late.id)
    assert first_meeting(town, town.kit).closed_on is None
    with town.at_work(writing=False):
        assert Event.objects.get(kind="duty.explained").coded["obligation"] == str(late.id)


def test_what_is_not_late_is_not_explained_and_no_reason_is_given_on_a_record_that_is_shut(town):
    with town.at_work(writing=False):
        ahead = Owed.objects.filter(child=town.robin, closed_on=None, due_on__gt=cast.days_ago(0)).first()
    assert town.amy.post(reverse("why-late", args=[ahead.id]), {"reason": "Why not"}).status_code == 422
    late = first_meeting(town, town.kit)
    assert town.olu.post(reverse("why-late", args=[late.id]), {"reason": "I looked"}).status_code == 403
    with town.at_work(writing=False):
        assert not Event.objects.filter(kind="duty.explained").exists()


def test_the_name_of_a_child_whose_record_is_closed_to_the_reader_is_not_told_and_the_number_is(town):
    with town.at_work():
        fact = cast.fact(
            "access.closed_to", {"child": town.kit, "worker": town.workers["Hal"].id}, since=1, closed_because="other"
        )
        cast.recorded(fact, by=town.workers["Moll"])
    page = paperwork.page(town.head, "in-time", measure="first_meetings_in_time")
    assert "Kit Marsh" not in page
    assert "A child whose record you may not open" in page
    assert table(page, "teams")[0][5] == "2"
