"""Meetings in numbers that name nobody: waits, who was heard, section 20 by who decided, and offers before care."""

import re

import pytest

import cast
import paperwork
from kith.core import ids

pytestmark = pytest.mark.django_db
OURS = "family_care_and_protect"


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    town = paperwork.household("leicestershire")
    with town.at_work():
        town.worker("Sal", "service_manager")
        town.worker("Zed", "service_manager")
        town.south = cast.another_team("Wolds team")
    return town


def in_a_team(town, *, team=None, born=None):
    amy = town.workers["Amy"]
    child = cast.child(amy, **({"born": born} if born else {}))
    cast.allocate(child, amy, team or town.team, by=amy, since=200)
    return child


def tell(town, kind, about, since, words=None, **coded):
    cast.recorded(cast.fact(kind, about, since=since, words=words or {}, **coded), by=town.workers["Amy"])


def met(town, child, *, asked=40, held=20, chair="Sal", reasons=("request_not_resolved",), words=None, **coded):
    """A meeting of a child, asked for and held."""
    about = {"child": child, "meeting": ids.new()}
    tell(town, f"meeting.requested/{OURS}", about, asked, referral_reasons=list(reasons))
    tell(
        town,
        f"meeting.arranged/{OURS}",
        {**about, "chair": town.workers[chair].id},
        asked - 3,
        held_on=cast.days_ago(held).isoformat(),
    )
    tell(town, f"meeting.held/{OURS}", about, held, words=words, **coded)
    return about


def table(page, title):
    """The rows of a table by their first cell; empty where there is no such table."""
    found = re.search(rf"<h2[^>]*>{re.escape(title)}</h2>(.*?)(<h2|</main>)", page, re.S)
    if found is None:
        return {}
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", found[1].partition("<tbody")[2], re.S)
    return {
        one[0]: one[1:]
        for row in rows
        if (
            one := [
                re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
            ]
        )
    }


def page(town, **sent):
    return paperwork.page(paperwork.desk(town.workers["Sal"]), "meetings-counted", **sent)


NAME = "Family Care and Protect Meeting"


@pytest.mark.clause("LEI-082")
def test_waits_reasons_papers_outcomes_and_what_was_not_held_are_counted(town):
    with town.at_work():
        for number in range(7):
            about = met(town, in_a_team(town), asked=30 + number, held=20, outcomes=["support_package"])
            tell(town, f"meeting.paper_noted/{OURS}", about, 21, paper="genogram", paper_stands="ready")
        for _number in range(6):
            about = {"child": in_a_team(town), "meeting": ids.new()}
            tell(town, f"meeting.arranged/{OURS}", about, 15, held_on=cast.days_ago(9).isoformat())
            tell(town, f"meeting.cancelled/{OURS}", about, 9, not_held_because="family_did_not_come")
            tell(town, f"meeting.refused/{OURS}", {"child": in_a_team(town), "meeting": ids.new()}, 9)
            tell(
                town,
                f"meeting.considered/{OURS}",
                {"child": in_a_team(town), "meeting": ids.new()},
                9,
                answer="not_now",
            )
        met(town, in_a_team(town), asked=500, held=480)
    shown = page(town)
    assert table(shown, "Meetings")[NAME] == ["7", "13", "7", "6", "6", "13", "16"]
    assert table(shown, "Why meetings were not held")[NAME] == ["6", "6"]
    assert table(shown, "What was decided when a meeting was considered")[NAME] == ["6", "6"]
    asked = table(shown, f"Why a meeting was asked for: {NAME}")
    assert asked == {"Accommodation is asked for, and other work has not resolved it": ["7"]}
    assert table(shown, f"Papers of the meetings held: {NAME}") == {"Genogram": ["7", "0", "0", "7"]}
    assert table(shown, f"What meetings came to: {NAME}") == {"Several agencies agreed a package of support": ["7"]}


@pytest.mark.clause("LEI-082")
def test_of_children_it_is_seen_who_was_not_heard_at_all(town):
    with town.at_work():
        for number in range(18):
            child = in_a_team(town)
            about = met(town, child, words={"childs_words": "I want to stay."} if number < 6 else {})
            if number >= 12:
                tell(town, f"meeting.guest_named/{OURS}", {**about, "person": child}, 30, guest_part="child")
                tell(town, f"meeting.invited/{OURS}", {**about, "person": child}, 29, how="in_person")
                tell(town, f"meeting.replied/{OURS}", {**about, "person": child}, 28, reply="not_coming")
    heard = table(page(town), f"Who was heard: {NAME}")
    assert heard["The child"] == ["6", "0", "6", "6", "6", "18"], (
        "neither on the list nor in its own words: not heard at all"
    )


@pytest.mark.clause("LEI-015")
def test_section_20_is_told_by_who_led_and_by_reason_so_that_a_difference_is_seen(town):
    with town.at_work():
        for chair, agreed in (("Sal", 6), ("Zed", 12)):
            for number in range(18):
                child = in_a_team(town, born=cast.days_ago(6 * 365))
                reason = "at_risk_without_support" if chair == "Sal" else "request_not_resolved"
                about = met(town, child, chair=chair, reasons=(reason,), outcomes=["support_package"])
                if number < agreed:
                    stay = {"child": child, "accommodation": ids.new()}
                    tell(
                        town,
                        "accommodation.agreed/section_20",
                        {**stay, "meeting": about["meeting"]},
                        20,
                        from_on=cast.days_ago(19).isoformat(),
                        until=cast.days_ago(6).isoformat(),
                    )
                    tell(town, "accommodation.reviewed/section_20", stay, 8, result="home")
                elif number >= 12 and chair == "Sal":
                    tell(
                        town,
                        "accommodation.started/section_20",
                        {"child": child, "accommodation": ids.new()},
                        5,
                        emergency=False,
                    )
    shown = page(town)
    assert table(shown, "Section 20, by who led the meeting") == {"Sal": ["6", "12", "18"], "Zed": ["12", "6", "18"]}
    reasons = table(shown, "Section 20, by the reason for asking")
    assert reasons["Accommodation is asked for, and other work has not resolved it"] == ["12", "6", "18"]
    assert table(shown, "Section 20, by age") == {"5 to 9": ["18", "18", "36"]}
    assert table(shown, "What followed where it was agreed")["Children"] == ["18", "0", "0", "0", "0", "0", "18"]
    assert table(shown, "Where it was not agreed") == {"Came into care later in this time": ["6"]}


@pytest.mark.clause("LEI-082")
def test_children_taken_in_in_an_emergency_are_home_again_or_not(town):
    with town.at_work():
        for number in range(12):
            child, stay = in_a_team(town), ids.new()
            tell(town, "accommodation.started/emergency", {"child": child, "accommodation": stay}, 30, emergency=True)
            if number < 6:
                tell(
                    town,
                    "reunification.planned",
                    {"child": child, "reunification": ids.new()},
                    25,
                    home_by=cast.days_ago(20).isoformat(),
                )
                tell(town, "accommodation.ended/emergency", {"child": child, "accommodation": stay}, 20)
    assert table(page(town), "Children taken in in an emergency")["Children"] == ["6", "0", "0", "0", "0", "6", "12"]


def offer(town, child, since, *answers):
    kind = "family_group_conference"
    tell(town, f"offer.made/{kind}", {"child": child, "person": ids.new()}, since)
    for answer in answers:
        tell(town, f"offer.answered/{kind}", {"child": child, "person": ids.new()}, since - 2, answer=answer)


@pytest.mark.clause("FRG-027")
def test_offers_before_care_are_told_by_team_with_emergencies_apart(town):
    with town.at_work():
        for stands in ("held", "accepted", "declined", "late", "emergency", "excused", "never"):
            for _number in range(6):
                child = in_a_team(town)
                if stands in ("held", "accepted", "declined"):
                    offer(town, child, 60, "declined", *(["accepted"] if stands != "declined" else []))
                if stands == "held":
                    tell(town, "meeting.held/family_group_decision_making", {"child": child, "meeting": ids.new()}, 45)
                if stands in ("emergency", "excused"):
                    reason = "emergency" if stands == "emergency" else "risk"
                    tell(town, "offer.excused/family_group_conference", {"child": child}, 25, reason=reason)
                tell(
                    town,
                    "accommodation.started/section_20",
                    {"child": child, "accommodation": ids.new()},
                    30,
                    emergency=False,
                )
                if stands == "late":
                    offer(town, child, 20, "accepted")
        for _number in range(6):
            offer(town, in_a_team(town, team=town.south), 40, "accepted")
    shown = page(town)
    assert table(shown, "Before children came into care") == {
        town.team.name: ["6", "6", "6", "0", "6", "6", "12", "42"]
    }, "an offer after the day is none before it"
    made = table(shown, "Offers of a family group conference")
    assert made[town.team.name] == ["6", "12", "6", "0", "24"]
    assert made["Wolds team"] == ["0", "6", "0", "0", "6"]
    assert table(page(town, team=str(town.south.id)), "Offers of a family group conference") == {
        "Wolds team": ["0", "6", "0", "0", "6"]
    }


def test_small_numbers_cannot_be_worked_out_again(town):
    with town.at_work():
        for _number in range(9):
            met(town, in_a_team(town))
        about = met(town, in_a_team(town))
        tell(town, f"meeting.guest_named/{OURS}", {**about, "person": (parent := ids.new())}, 30, guest_part="parent")
        tell(town, f"meeting.invited/{OURS}", {**about, "person": parent}, 29, how="letter")
        for _number in range(2):
            again = {"child": in_a_team(town), "meeting": ids.new()}
            tell(town, f"meeting.cancelled/{OURS}", again, 9, not_held_because="other")
        met(town, in_a_team(town), asked=9, held=9, chair="Zed")
    shown = page(town)
    assert table(shown, "Meetings")[NAME][3] == "fewer than 6"
    assert table(shown, "Why meetings were not held")[NAME] == ["not shown", "fewer than 6"]
    assert (
        table(shown, f"Who was heard: {NAME}")["Parent or somebody with parental responsibility"][-1] == "fewer than 6"
    )
    assert table(shown, "Section 20, by who led the meeting")["Zed"][-1] == "fewer than 6"


def several(town, number, *, team=None, cancelled=0, refused=0, why="other"):
    for _number in range(number):
        met(town, in_a_team(town, team=team), outcomes=["support_package"])
    for _number in range(cancelled):
        about = {"child": in_a_team(town, team=team), "meeting": ids.new()}
        tell(town, f"meeting.cancelled/{OURS}", about, 9, not_held_because=why)
    for _number in range(refused):
        tell(town, f"meeting.refused/{OURS}", {"child": in_a_team(town, team=team), "meeting": ids.new()}, 9)


def teams_apart(town, title, row):
    """What is shown of a row for the authority and for each team."""
    every = [page(town), page(town, team=str(town.team.id)), page(town, team=str(town.south.id))]
    return [table(one, title).get(row) for one in every]


def test_a_teams_small_number_cannot_be_worked_out_from_the_authoritys_and_the_other_teams(town):
    """Nine meetings in all of which seven were the North team's: seven shown would tell that the Wolds team had two."""
    with town.at_work():
        several(town, 7)
        several(town, 2, team=town.south)
    whole, north, south = teams_apart(town, "Meetings", NAME)
    assert whole[2] == "9"
    assert north[2] == "not shown"
    assert south[2] == "fewer than 6"
    came = teams_apart(town, f"What meetings came to: {NAME}", "Several agencies agreed a package of support")
    assert came == [["9"], ["not shown"], ["fewer than 6"]]


def test_a_large_team_is_given_up_so_that_the_others_can_still_be_read(town):
    with town.at_work():
        third = cast.another_team("Vale team")
        several(town, 14)
        several(town, 2, team=town.south)
        several(town, 15, team=third)
    whole, north, south = teams_apart(town, "Meetings", NAME)
    vale = table(page(town, team=str(third.id)), "Meetings")[NAME]
    assert (whole[2], south[2]) == ("31", "fewer than 6")
    assert sorted([north[2], vale[2]]) in (["14", "not shown"], ["15", "not shown"])


def test_a_row_that_adds_up_is_shown_of_a_team_only_where_no_team_has_a_small_number_in_it(town):
    with town.at_work():
        several(town, 0, cancelled=8)
        several(town, 0, cancelled=8, team=town.south)
    assert teams_apart(town, "Why meetings were not held", NAME) == [["16", "16"], ["8", "8"], ["8", "8"]]
    with town.at_work():
        several(town, 0, cancelled=3, team=town.south, why="adjourned")
        several(town, 0, cancelled=7, why="adjourned")
    whole, north, south = teams_apart(town, "Why meetings were not held", NAME)
    assert whole == ["10", "16", "26"]
    assert north == ["not shown"] * 3, "ten less seven is the Wolds team's three"
    assert set(south) <= {"not shown", "fewer than 6"}
    assert teams_apart(town, "Meetings", NAME)[1][3] == "not shown"


def test_children_whom_no_team_holds_are_not_told_by_what_the_teams_leave_over(town):
    with town.at_work():
        several(town, 7)
        for _number in range(2):
            met(town, cast.child(town.workers["Amy"]))
    whole, north, _south = teams_apart(town, "Meetings", NAME)
    assert (whole[2], north[2]) == ("9", "not shown")


def test_a_time_of_days_can_be_asked_about_and_nonsense_is_the_year(town):
    with town.at_work():
        for _number in range(6):
            met(town, in_a_team(town), asked=30, held=20)
    first, last = cast.days_ago(25).isoformat(), cast.days_ago(10).isoformat()
    assert table(page(town, first=first, last=last), "Meetings")[NAME][:3] == ["0", "0", "6"]
    assert table(page(town, first=cast.days_ago(9).isoformat(), last=last), "Meetings")[NAME][0] == "6"
    assert table(page(town, first="x"), "Meetings")[NAME][0] == "6"


def test_only_those_who_oversee_see_it(town):
    assert town.amy.get("/oversight/meetings").status_code == 403
