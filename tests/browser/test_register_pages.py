"""An agency's page and a child's network with a professional on it, in a real browser."""

import pytest
from playwright.sync_api import expect
from test_days import a_loop_of_its_own, desk, fill_day, looks_well, sign_in, town

import cast
from kith.core import clock, ids

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["a_loop_of_its_own", "desk", "town"]


def test_a_worker_enters_a_school_and_its_nurse_and_puts_her_on_the_network(town, desk):
    page = desk()
    sign_in(page, "Amy")
    page.goto(page.home + "/agencies/new")
    page.get_by_label("Name", exact=True).fill("Hill School")
    page.get_by_label("What kind of agency is it?").select_option("school")
    page.get_by_label("Whom to ring").fill("Mrs Bell")
    page.get_by_role("button", name="Enter the agency").click()
    page.get_by_text("Add somebody who works there").click()
    page.get_by_label("Given names").fill("Nia")
    page.get_by_label("Family name").fill("Rees")
    page.get_by_label("What is their work?").fill("School nurse")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_text("Nia Rees").first).to_be_visible()
    looks_well(page, "agency")
    page.goto(f"{page.home}/child/{town.kit}/professionals")
    page.get_by_label("Name of a professional or an agency").fill("nia")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Nia Rees, School nurse, Hill School").check()
    page.get_by_label("What do they do for the child?").fill("Weighs Kit each month")
    looks_well(page, "professionals-found")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_text("Weighs Kit each month")).to_be_visible()
    looks_well(page, "network-professional")


def test_a_service_manager_agrees_what_a_schools_staff_may_see(town, desk):
    with town.at_work():
        sal = town.worker("Sal", "service_manager")
        sal.set_password("brass-kettle-Tuesday")
        sal.save(update_fields=["password"])
        school = ids.new()
        entered = cast.fact(
            "agency.entered", {"agency": school}, since=300, agency_kind="school", words={"name": "Hill School"}
        )
        cast.recorded(entered, by=sal)
    page = desk()
    sign_in(page, "Sal")
    page.goto(f"{page.home}/agencies/{school}/sharing")
    expect(page.get_by_text("Nothing is agreed yet.")).to_be_visible()
    looks_well(page, "sharing")
    page.get_by_role("button", name="Record the agreement").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    looks_well(page, "sharing-wrong")
    page.get_by_label("Visit", exact=True).check()
    fill_day(page, clock.today())
    page.get_by_role("button", name="Record the agreement").click()
    expect(page.get_by_text("In force", exact=True)).to_be_visible()
    looks_well(page, "sharing-in-force")


def test_an_access_administrator_enters_somebody_and_gives_them_a_role(town, desk):
    with town.at_work():
        ada = town.worker("Ada", "access_administrator")
        ada.set_password("brass-kettle-Tuesday")
        ada.save(update_fields=["password"])
    page = desk()
    sign_in(page, "Ada")
    page.get_by_role("link", name="Who works here").click()
    looks_well(page, "who-works-here")
    page.get_by_role("link", name="Enter somebody new").click()
    page.get_by_role("button", name="Enter them").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    looks_well(page, "enter-practitioner-wrong")
    page.get_by_label("Name", exact=True).fill("Nell Price")
    page.get_by_label("Work e-mail address").fill("nell.price@example.org")
    page.get_by_role("button", name="Enter them").click()
    expect(page.get_by_text("They hold no role, so they see nothing.")).to_be_visible()
    page.get_by_label("Role", exact=True).select_option("social_worker")
    page.get_by_label("In which team?").select_option(label=town.team.name)
    fill_day(page, clock.today())
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_text("Gave a role: Social worker")).to_be_visible()
    page.get_by_text("Signing in", exact=True).click()
    looks_well(page, "practitioner")
    page.goto(page.home + "/teams")
    looks_well(page, "teams")
    page.get_by_role("link", name=town.team.name).click()
    looks_well(page, "one-team")


def test_a_service_manager_reads_what_children_needed_in_numbers(town, desk):
    with town.at_work():
        sal = town.worker("Sal", "service_manager")
        sal.set_password("brass-kettle-Tuesday")
        sal.save(update_fields=["password"])
    page = desk()
    sign_in(page, "Sal")
    page.get_by_role("link", name="Oversight").click()
    page.get_by_role("link", name="What children needed, in numbers").click()
    expect(page.get_by_role("heading", name="Referrals", exact=True)).to_be_visible()
    expect(page.get_by_text("fewer than 6").first).to_be_visible()
    looks_well(page, "needs")


def test_a_service_manager_reads_meetings_in_numbers(town, desk):
    with town.at_work():
        sal = town.worker("Sal", "service_manager")
        sal.set_password("brass-kettle-Tuesday")
        sal.save(update_fields=["password"])
        amy = town.workers["Amy"]
        for number in range(8):
            child = cast.child(amy)
            about = {"child": child, "family": ids.new(), "meeting": ids.new()}
            cast.recorded(cast.fact("meeting.requested/family_network", about, since=40 + number), by=amy)
            cast.recorded(cast.fact("meeting.held/family_network", about, since=20, outcomes=["family_plan"]), by=amy)
            cast.recorded(cast.fact("offer.made/family_group_conference", {"child": child}, since=30), by=amy)
    page = desk()
    sign_in(page, "Sal")
    page.get_by_role("link", name="Oversight").click()
    page.get_by_role("link", name="Meetings, in numbers").click()
    row = page.get_by_role("row", name="Family Network Meeting").first
    expect(row.get_by_role("cell").nth(2)).to_have_text("8")
    expect(page.get_by_role("heading", name="Offers of a family group conference")).to_be_visible()
    looks_well(page, "meetings-counted")
    page.get_by_label("From").fill(cast.days_ago(10).isoformat())
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Meetings", exact=True)).to_be_visible()
    expect(page.get_by_text("None is recorded in this time.").first).to_be_visible()
