"""A plan by the pages: needs, actions with whoever does them, what relatives offer, reviews and their past."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.obligations.models import Owed
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    return one


CLEAR = {
    "legal_status": "child_in_need", "services": "Nia, school nurse.", "professional_contact": "Amy comes on Mondays.", "purpose": "So that Kit sleeps.",
    "commitments": "Amy rings back the same day.", "negotiable_parts": "The day of the visit; not the visit.", "unacceptable": "No concern about care.",
}  # fmt: skip


def plan(town, sent=None, **said):
    answers = {
        "a_type": "child_in_need",
        "follows": "initial_assessment",
        "meet_every": "6 weeks",
        "worry": "none",
        "when": cast.days_ago(20),
        **CLEAR,
    } | said
    part = {f"{town.kit}-different": "Kit sleeps at night.", f"{town.kit}-individual": "Kit’s own room."} | (sent or {})
    return paperwork.record(town.amy, town.kit, "plan_start", part, **answers)


def act(client, town, form, about, **said):
    address = reverse("record-form", args=[town.kit, form])
    return client.post(address, {"act": "record", "for": str(about), **paperwork.answers(**said)})


def named(town, kind, name):
    with town.at_work(writing=False):
        return [one.about[name] for one in Event.objects.filter(kind__startswith=kind).order_by("sequence")]


def owed(town, duty):
    with town.at_work(writing=False):
        return [(one.due_on, one.closed_as) for one in Owed.objects.filter(duty=duty).order_by("due_on")]


def test_a_plan_in_local_words_shows_what_should_be_different_and_is_reviewed(town):
    assert plan(town).status_code == 302
    page = paperwork.page(town.amy, "plans", town.kit)
    assert "Child &amp; Young Person" in page
    assert "Kit sleeps at night." in page
    assert "There is no concern about the care the child gets." in page
    [one] = named(town, "plan.started", "plan")
    done = act(
        town.amy,
        town,
        "plan_review",
        one,
        with_family="yes",
        with_social_worker="yes",
        changed="Kit sleeps more.",
        not_changed="Nothing.",
        circumstances_changed="no",
        unacceptable_met="no",
        when=cast.days_ago(2),
    )
    assert done.status_code == 302
    with town.at_work(writing=False):
        assert Event.objects.get(kind__startswith="plan.reviewed").kind == "plan.reviewed/child_in_need"
    assert "Last reviewed" in paperwork.page(town.amy, "plans", town.kit)


@pytest.mark.clause("WOR-255", "WOR-261")
def test_an_agreed_action_is_on_a_worklist_until_it_is_done_and_moves_with_its_day(town):
    plan(town)
    agreed = paperwork.record(
        town.amy, town.kit, "action", what="Look at Kit’s hearing", who="Nia Rees, school nurse", by_when=cast.days_ago(-10), when=cast.days_ago(5)
    )  # fmt: skip
    assert agreed.status_code == 302
    assert owed(town, "plan.action") == [(cast.days_ago(-10), "")]
    [one] = named(town, "action.agreed", "action")
    act(town.amy, town, "action_moved", one, by_when=cast.days_ago(-20), why="She is ill.", when=cast.days_ago(4))
    assert owed(town, "plan.action") == [(cast.days_ago(-20), "")]
    page = paperwork.page(town.amy, "plans", town.kit)
    assert "Nia Rees, school nurse" in page
    act(town.amy, town, "action_done", one, when=cast.days_ago(1))
    assert owed(town, "plan.action") == [(cast.days_ago(-20), "met")]
    assert "<strong>Done</strong>" in paperwork.page(town.amy, "plans", town.kit)


@pytest.mark.clause("WOR-337")
def test_what_a_relative_offers_is_never_overdue_and_only_reminds_us_to_ask(town):
    plan(town)
    offered = paperwork.record(
        town.amy, town.kit, "promise", person=str(town.ros), own_words="I will be home on Tuesdays.", ask_on=cast.days_ago(3), when=cast.days_ago(12)
    )  # fmt: skip
    assert offered.status_code == 302
    page = paperwork.page(town.amy, "plans", town.kit)
    offers = page[page.index("What the family offers") :]
    assert "Ros Marsh: I will be home on Tuesdays." in offers
    assert "Overdue" not in offers
    assert owed(town, "promise.ask") == [(cast.days_ago(3), "")]
    [one] = named(town, "promise.made", "promise")
    act(town.amy, town, "promise_asked", one, own_words="It goes well.", when=cast.days_ago(0))
    assert owed(town, "promise.ask") == [(cast.days_ago(3), "met late")]


@pytest.mark.clause("WOR-162")
def test_an_action_later_than_the_child_needs_it_asks_for_a_reason(town):
    plan(town)
    late = paperwork.record(
        town.amy, town.kit, "action", what="A bed of Kit’s own", by_when=cast.days_ago(-30), needed_by=cast.days_ago(-5), when=cast.days_ago(1)
    )  # fmt: skip
    assert late.status_code == 422
    assert "The child needs this sooner than it is planned." in paperwork.said(late)


@pytest.mark.clause("WOR-271")
def test_a_review_says_what_has_not_changed_although_there_was_help(town):
    plan(town)
    [one] = named(town, "plan.started", "plan")
    missing = act(town.amy, town, "plan_review", one, with_family="yes", changed="More sleep.", when=cast.days_ago(2))
    assert missing.status_code == 422
    assert "Say what has not changed" in paperwork.said(missing)


@pytest.mark.clause("WOR-248")
def test_a_plan_that_follows_nothing_is_for_the_team_manager_to_decide(town):
    stopped = plan(town, follows="other")
    assert stopped.status_code == 422
    assert "the Team Manager decides that it is needed" in paperwork.said(stopped)


def test_escalating_to_child_protection_is_never_held_up(town):
    plan(town)
    assert (
        plan(
            town,
            a_type="child_protection",
            worry="some",
            would_worry="Nobody is home at night: ring the duty desk.",
            decided_by="conference",
            when=cast.days_ago(1),
        ).status_code
        == 302
    )


def test_a_plan_as_known_on_a_past_day_shows_nothing_that_came_later_and_no_act(town):
    plan(town, when=cast.days_ago(20))
    page = paperwork.page(town.amy, "plans", town.kit, known_on=cast.days_ago(1).isoformat())
    assert "No plan is recorded." in page
    assert "Make a plan" not in page


def test_a_brothers_words_in_a_shared_plan_stay_on_his_page(town):
    sent = {
        "children": [str(town.robin)],
        f"{town.robin}-different": "Robin is at school.",
        f"{town.robin}-individual": "His club.",
    }
    plan(town, sent)
    kit, robin = (paperwork.page(town.amy, "plans", one) for one in (town.kit, town.robin))
    assert "Robin is at school." not in kit
    assert "Robin is at school." in robin
    assert "Kit sleeps at night." not in robin
