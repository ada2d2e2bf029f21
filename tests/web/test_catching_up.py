"""Catching up: what others recorded since one last looked, and a summary for whoever takes the work on."""

import pytest

import cast
import paperwork
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    town = paperwork.household("worcestershire")
    with town.at_work(), cast.on(-9):
        cast.in_need(town.kit, by=town.workers["Amy"], since=0)
    return town


def visit(town, client, days=1, **more):
    sent = {f"{town.kit}-seen": "yes", f"{town.kit}-alone": "yes", f"{town.kit}-childs_words": "I want Gran to come."}
    return paperwork.recorded(client, town.kit, "visit", sent | more, place="home", when=cast.days_ago(days))


def test_what_others_recorded_since_i_last_looked_is_shown_the_childs_words_first(town):
    with cast.on(-3):
        paperwork.page(paperwork.desk(town.workers["Bea"]), "child", town.kit)
    with cast.on(-1):
        visit(town, paperwork.desk(town.workers["Amy"]), days=0)
    page = paperwork.page(town.bea, "changes", town.kit)
    assert "What others recorded since you last looked" in page
    assert page.index("I want Gran to come.") < page.index("What happened")
    assert "A visit was made" in page
    assert "A child in need plan began" not in page


def test_what_i_recorded_myself_is_no_news_to_me(town):
    with cast.on(-3):
        paperwork.page(paperwork.desk(town.workers["Amy"]), "child", town.kit)
    visit(town, town.amy)
    assert "I want Gran to come." not in paperwork.page(town.amy, "changes", town.kit)
    assert "I want Gran to come." in paperwork.page(town.bea, "changes", town.kit)


def test_looking_twice_within_the_hour_is_one_sitting_and_loses_nothing(town):
    visit(town, town.amy)
    paperwork.page(town.bea, "child", town.kit)
    page = paperwork.page(town.bea, "changes", town.kit)
    assert "I want Gran to come." in page
    assert "since you last looked" not in page.split("<h1", 1)[1].split("</p>", 1)[0]


def test_a_correction_made_since_is_shown_with_what_was_first_written(town):
    with cast.on(-5):
        visit(town, paperwork.desk(town.workers["Amy"]), days=0)
    with cast.on(-3):
        paperwork.page(paperwork.desk(town.workers["Bea"]), "child", town.kit)
    with town.at_work(writing=False):
        first = Event.objects.get(kind="visit.made")
    changed = {
        f"{town.kit}-seen": "yes",
        f"{town.kit}-alone": "yes",
        f"{town.kit}-childs_words": "I want Gran and Grandad.",
    }
    answer = paperwork.record(
        town.amy, town.kit, "visit", changed | {"corrects": str(first.id)}, place="home", when=cast.days_ago(5)
    )
    assert answer.status_code == 302, paperwork.said(answer)
    page = paperwork.page(town.bea, "changes", town.kit)
    assert "I want Gran and Grandad." in page
    assert "As first recorded" in page


def test_what_was_met_and_what_became_overdue_since_is_told(town):
    answer = paperwork.record(
        town.amy, town.kit, "referral", source="school", who="Mrs Bell", worries="Kit is hungry.", tier="tier_3", difficulty="enduring", when=cast.days_ago(0)
    )  # fmt: skip
    assert answer.status_code == 302
    since = {"since": cast.days_ago(0).isoformat()}
    with cast.on(8):
        bea = paperwork.desk(town.workers["Bea"])
        assert "Became overdue" in paperwork.page(bea, "changes", town.kit, **since)
        decided = paperwork.record(
            paperwork.desk(town.workers["Amy"]), town.kit, "referral_decision", decision="initial_assessment", further_work_needed="yes", tier="tier_3",
            likely_without="impaired", without_services="Hunger.", with_services="Food.", why="Kit needs help.", welfare="To eat.", earlier="None.", when=cast.days_ago(0),
        )  # fmt: skip
        assert decided.status_code == 302
        page = paperwork.page(bea, "changes", town.kit, **since)
        assert "Became overdue" not in page
        assert "Was done" in page


def test_the_summary_holds_the_child_the_work_and_what_is_due_for_a_new_worker(town):
    visit(town, town.amy)
    paperwork.recorded(
        town.amy, town.kit, "action", what="Ask the school about breakfast club", who="Mrs Bell, head of year",
        by_when=cast.days_ago(-7),
    )  # fmt: skip
    page = paperwork.page(town.bea, "summary", town.kit)
    for said in (
        "Kit Marsh",
        "Robin Marsh",
        "Ros",
        "I want Gran to come.",
        "Mrs Bell, head of year: Ask the school about breakfast club",
        "What is due",
    ):
        assert said in page


def test_a_brother_whose_record_is_shut_to_the_reader_is_not_named_in_the_summary(town):
    with town.at_work():
        amy = town.workers["Amy"]
        cast.recorded(
            cast.fact("access.restricted", {"child": town.robin, "worker": amy.id}, since=0, restricted_because="court"), by=amy
        )  # fmt: skip
    assert "Robin" not in paperwork.page(town.bea, "summary", town.kit)
    assert "Robin" in paperwork.page(town.amy, "summary", town.kit)
