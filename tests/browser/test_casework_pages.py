"""Casework in a real browser: a referral is weighed and decided on; an assessment begins, is written and waits."""

import pytest
from playwright.sync_api import expect
from test_days import a_loop_of_its_own, desk, fill_day, looks_well, sign_in, town

from kith.casework.models import Referral
from kith.core import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["a_loop_of_its_own", "desk", "town"]


def test_a_manager_weighs_a_referral_and_decides_on_it(town, desk):
    page = desk()
    sign_in(page, "Moll")
    page.get_by_role("link", name="Front door").click()
    expect(page.get_by_role("heading", name="Referrals with no decision (1)")).to_be_visible()
    looks_well(page, "front-door")
    page.get_by_role("button", name="Help to decide").click()
    page.get_by_label("Which criteria?").select_option(label="Child in need")
    page.get_by_role("button", name="Show these criteria").click()
    page.get_by_label("The law's definition of disability is met").check()
    page.get_by_role("button", name="See what the criteria say").click()
    expect(page.get_by_text("Child in need: The guidance points to yes")).to_be_visible()
    looks_well(page, "deciding")
    page.get_by_role("button", name="Decide on the referral").click()
    fill_day(page, clock.today())
    page.get_by_label("What matters most for this child, and what would be best for them?").fill("Somebody at home.")
    page.get_by_label("An Initial Assessment").check()
    page.get_by_role("group", name="Is further work by children’s social care needed?").get_by_label("Yes").check()
    page.get_by_label("Why was this decided?").fill("Kit is often alone, and the school is worried.")
    page.get_by_label("Tier 3, complex needs").check()
    page.get_by_label("Welfare significantly impaired").check()
    page.get_by_label("What would happen to the child’s health or development without extra services?").fill(
        "Kit falls behind."
    )
    page.get_by_label("What effect are services likely to have?").fill("Somebody is home after school.")
    page.get_by_label("The child is disabled").check()
    looks_well(page, "referral-decision")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Which earlier contacts, assessments and plans were read, a CAF among them?").fill("None.")
    page.get_by_label("Who was talked with before deciding?").fill("Kit and Kit’s mother.")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1, name="Check your answers")).to_be_visible()
    looks_well(page, "referral-decision-check")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded.")).to_be_visible()
    with town.at_work(writing=False):
        assert list(Referral.objects.values_list("decision", "tier")) == [("initial_assessment", "tier_3")]


def test_an_assessment_begins_is_written_page_by_page_and_waits_for_the_manager(town, desk):
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{town.kit}/assessments")
    expect(page.get_by_text("No assessment is recorded.")).to_be_visible()
    page.get_by_role("button", name="Begin an assessment").click()
    fill_day(page, clock.today())
    page.get_by_label("Initial Assessment", exact=True).check()
    page.get_by_label("An enquiry about harm, which waits for no agreement").check()
    looks_well(page, "assessment-begin")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Why are we doing this, and what should be better for the child?").fill(
        "So that Kit is not alone at night."
    )
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded.")).to_be_visible()
    page.goto(f"{page.home}/child/{town.kit}/assessments")
    expect(page.get_by_text("Being written")).to_be_visible()
    looks_well(page, "assessments")
    page.get_by_role("button", name="Write it").click()
    fill_day(page, clock.today())
    page.get_by_label("What do the parents and other relatives say?").fill("Ros says that nights are hard.")
    page.get_by_label("How does the child get on with the family and their surroundings?").fill(
        "Kit stays close to Robin."
    )
    looks_well(page, "assessment-heard")
    for title in ("What the child needs", "What the parents can give", "Family and surroundings", "What it means"):
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        if title == "What the child needs":
            page.get_by_label("Identity: culture, ethnicity", exact=False).fill("Considered with Kit.")
            looks_well(page, "assessment-development")
    page.get_by_label("What is the evidence", exact=False).fill("Seen on three evenings: strong.")
    page.get_by_label("What was accepted without being checked", exact=False).fill("Nothing was.")
    page.get_by_label("How do these together affect each child?").fill("Kit does not sleep.")
    page.get_by_label("What do we still not know", exact=False).fill("Nothing is missing.")
    page.get_by_label("Can the family meet this child’s needs in the child’s own time?").fill(
        "With help before Easter."
    )
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What does this child need?").fill("Somebody at home at night.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What should happen?").fill("Nana stays on weekdays.")
    page.get_by_role("group", name="May the law have to step in?").get_by_label("No").check()
    page.get_by_role("group", name="Does something have to change in the care the child gets?").get_by_label(
        "No"
    ).check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1, name="Check your answers")).to_be_visible()
    looks_well(page, "assessment-check")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded.")).to_be_visible()
    page.goto(f"{page.home}/child/{town.kit}/assessments")
    expect(page.get_by_text("Waits to be authorised")).to_be_visible()


def clear(page):
    """Says what a plan is clear about."""
    page.get_by_label("The child is in need (section 17)").check()
    for asked in (
        "What in this plan is for this child alone?", "Which services and support", "When and how are professionals and family in contact?",
        "What are the services and the contact for?", "What do the professionals commit themselves to?", "What can be done another way",
        "What care would be unacceptable",
    ):  # fmt: skip
        page.get_by_label(asked, exact=False).fill("Amy comes on Mondays and rings before.")


def test_a_plan_is_made_and_an_action_agreed_beside_what_a_relative_offers(town, desk):
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{town.kit}/plans")
    expect(page.get_by_text("No plan is recorded.")).to_be_visible()
    page.get_by_role("button", name="Make a plan").click()
    fill_day(page, clock.today())
    page.get_by_label("Child in need plan").check()
    page.get_by_label("An Initial Assessment").check()
    page.get_by_label("What do we want to be different for the child?").fill("Kit sleeps at night.")
    looks_well(page, "plan-make")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("No concern about care").check()
    page.get_by_role("button", name="Continue").click()
    clear(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded.")).to_be_visible()
    page.goto(f"{page.home}/child/{town.kit}/plans")
    page.get_by_role("button", name="Agree an action").click()
    fill_day(page, clock.today())
    page.get_by_label("What will be done?").fill("A bed of Kit’s own")
    page.get_by_label("Or who else, and of which agency?").fill("Housing team")
    looks_well(page, "plan-action")
    page.get_by_role("button", name="Record it").click()
    page.goto(f"{page.home}/child/{town.kit}/plans")
    expect(page.get_by_text("Housing team")).to_be_visible()
    expect(page.get_by_text("Nothing is offered yet.")).to_be_visible()
    looks_well(page, "plans")


def test_a_new_worker_catches_up_with_what_changed_and_reads_the_summary(town, desk):
    page = desk()
    sign_in(page, "Moll")
    page.goto(f"{page.home}/child/{town.kit}")
    page.get_by_role("link", name="What changed since you last looked").click()
    expect(page.get_by_role("heading", name="What changed", exact=True)).to_be_visible()
    looks_well(page, "changes")
    page.get_by_role("link", name="A summary of everything").click()
    expect(page.get_by_role("heading", name="Where the work stands")).to_be_visible()
    looks_well(page, "summary")
