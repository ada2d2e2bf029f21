"""A plan is escalated to child protection while an assistant holds the case; risks, who does what and what changed, in a real browser."""

import pytest
from playwright.sync_api import expect
from test_days import a_loop_of_its_own, desk, fill_day, looks_well, sign_in, town

import cast
import paperwork
from kith.core import clock, ids
from kith.people import register
from kith.people.models import Person
from kith.record import actions
from kith.record.fact import Fact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["a_loop_of_its_own", "desk", "town"]
PLAN = {
    "different": "Kit sleeps at night.", "services": "Nia, school nurse.", "professional_contact": "Amy comes on Mondays.", "purpose": "So that Kit sleeps.",
    "commitments": "Amy rings back the same day.", "negotiable_parts": "The day of the visit.", "unacceptable": "No concern about care.",
    "contingency": "Nana takes Kit.", "individual": "Kit’s own room.",
}  # fmt: skip


@pytest.fixture
def planned(town):
    """Kit has a plan with a need and an action; a support worker holds the case; Asa is an assistant."""
    with town.at_work():
        amy, moll = town.workers["Amy"], town.workers["Moll"]
        one = town.worker("Asa", "social_work_assistant")
        one.set_password("brass-kettle-Tuesday")
        one.save(update_fields=["password"])
        family = Person.objects.get(id=town.kit).family
        town.ros = paperwork.adult(amy, "Ros", family, town.kit)
        plan, need = ids.new(), ids.new()
        actions.append(
            Fact(kind="plan.started/child_in_need", about={"child": town.kit, "plan": plan}, when=cast.days_ago(20), words=PLAN, coded={"legal_status": "child_in_need"}),
            Fact(kind="need.identified", about={"child": town.kit, "need": need}, when=cast.days_ago(20), words={"need": "Sleep", "different": "Kit sleeps."}, coded={"domain": "health"}),
            Fact(kind="action.agreed", about={"child": town.kit, "action": ids.new(), "need": need, "person": town.ros}, when=cast.days_ago(20), words={"what": "A bed of Kit’s own"}, coded={"by_when": cast.days_ago(-9).isoformat()}),
            by=moll,
        )  # fmt: skip
    return town


@pytest.mark.clause("WOR-234", "WOR-380")
def test_a_plan_is_escalated_and_the_key_worker_rule_bites(planned, desk):
    manager = desk()
    sign_in(manager, "Moll")
    manager.goto(f"{manager.home}/child/{planned.kit}/allocate")
    manager.get_by_label("Worker", exact=True).select_option(label="Asa (Social work assistant)")
    manager.get_by_label("What the worker should know").fill("Asa knows Kit.")
    manager.get_by_role("button", name="Allocate").click()
    page = desk()
    sign_in(page, "Asa")
    page.goto(f"{page.home}/child/{planned.kit}/plans")
    looks_well(page, "plans-team")
    page.get_by_role("button", name="Escalate it to child protection").click()
    expect(page.get_by_label("Child protection plan")).to_be_checked()
    fill_day(page, clock.today())
    page.get_by_label("What do we want to be different for the child?").fill("Kit is safe at night.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("group", name="Is there a concern about the care the child gets?").get_by_label("Yes").check()
    page.get_by_label("What would worry us, and what would we do then?").fill(
        "Nobody home at night: ring the duty desk."
    )
    expect(page.get_by_label("What if the plan does not work?")).to_have_value("Nana takes Kit.")
    looks_well(page, "escalate-safety")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Child protection", exact=True).check()
    page.get_by_label("A conference").check()
    page.get_by_label("What in this plan is for this child alone?").fill("A key.")
    page.get_by_label("Which services and support", exact=False).fill("The same, and the duty desk.")
    page.get_by_label("What care would be unacceptable", exact=False).fill(
        "Kit alone at night: we come the same night."
    )
    looks_well(page, "escalate-clear")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded.")).to_be_visible()
    page.goto(f"{page.home}/child/{planned.kit}/plans")
    expect(page.get_by_text("Pass the case to a qualified social worker", exact=False)).to_be_visible()
    expect(page.get_by_role("heading", name="Side by side")).to_be_visible()
    looks_well(page, "plans-side-by-side")
    page.get_by_role("link", name="What changed between two days").click()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("Plan: Child protection plan", exact=False)).to_be_visible()
    looks_well(page, "plans-compared")
    manager.goto(f"{manager.home}/child/{planned.kit}/allocate")
    manager.get_by_label("Worker", exact=True).select_option(label="Asa (Social work assistant)")
    manager.get_by_role("button", name="Allocate").click()
    expect(manager.get_by_text("has a qualified social worker as key worker", exact=False).first).to_be_visible()
    manager.get_by_label("Worker", exact=True).select_option(label="Moll (Team manager)")
    manager.get_by_role("button", name="Allocate").click()
    manager.goto(f"{manager.home}/child/{planned.kit}/plans")
    expect(manager.get_by_text("Pass the case to a qualified social worker", exact=False)).to_have_count(0)


def test_two_who_write_the_same_plan_see_both_texts_and_nothing_is_lost(planned, desk):
    one, two = desk(), desk()
    sign_in(one, "Amy")
    one.goto(f"{one.home}/record/{planned.kit}/plan_review")
    one.get_by_label("What has changed for the child?").fill("Kit sleeps more.")
    one.get_by_role("button", name="Save and finish later").click()
    sign_in(two, "Amy")
    for each in (one, two):
        each.goto(f"{each.home}/child/{planned.kit}/records")
        each.get_by_role("link", name="Plan_review").click()
    one.get_by_label("What has changed for the child?").fill("Kit sleeps much more.")
    one.get_by_role("button", name="Save and finish later").click()
    two.get_by_label("What has changed for the child?").fill("Kit sleeps every night.")
    two.get_by_role("button", name="Save and finish later").click()
    for words in ("Kit sleeps much more.", "Kit sleeps every night."):
        expect(two.get_by_text(words).first).to_be_visible()


def test_a_risk_is_recorded_and_who_does_what_is_agreed(planned, desk):
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{planned.kit}/risks")
    looks_well(page, "risks-none")
    page.get_by_role("button", name="Record a risk").click()
    fill_day(page, clock.today())
    for asked in (
        "What makes harm more likely?",
        "What protects the child?",
        "What harm could come",
    ):
        page.get_by_label(asked, exact=False).fill("Kit is alone on Saturdays.")
    page.get_by_label("High", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What reduces the risk", exact=False).fill("Nana sleeps there\nA key for Kit")
    page.get_by_label("High", exact=True).check()
    for part, value in (("Day", "1"), ("Month", "3"), ("Year", "2027")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("What happens if the measures do not hold?").fill("Kit goes to Nana’s.")
    page.get_by_label("Who is told if the risk grows, and how?").fill("The duty desk.")
    page.get_by_label("The plan").check()
    looks_well(page, "risk-measures")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record it").click()
    page.goto(f"{page.home}/child/{planned.kit}/risks")
    expect(page.get_by_text("It stays high even with every measure in place.")).to_be_visible()
    looks_well(page, "risks")
    page.goto(f"{page.home}/child/{planned.kit}/who-does-what")
    page.get_by_role("button", name="Begin a co-working agreement").click()
    fill_day(page, clock.today())
    for place, value in enumerate(("1", "3", "2027")):
        page.get_by_role("group", name="When is it reviewed?").get_by_role("textbox").nth(place).fill(value)
    page.get_by_role("button", name="Record it").click()
    page.goto(f"{page.home}/child/{planned.kit}/who-does-what")
    expect(page.get_by_text("A draft, until everyone has signed")).to_be_visible()
    looks_well(page, "who-does-what")
    page.get_by_role("button", name="Give somebody a task").click()
    looks_well(page, "coworking-task")


def test_a_copy_of_the_plan_is_made_for_an_agency_of_the_register(planned, desk, settings, tmp_path):
    settings.KITH_FILES = str(tmp_path)
    with planned.at_work():
        amy = planned.workers["Amy"]
        register.enter_agency({"name": "Sarn Primary School", "kind": "school", "address": "School Lane\nSarn"}, cast.days_ago(90), by=cast.viewer(amy))  # fmt: skip
        amy.telephone = "01632 960111"
        amy.save(update_fields=["telephone"])
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{planned.kit}/plans")
    page.get_by_role("link", name="Make a copy for one reader").first.click()
    page.get_by_role("radio", name="Agency or professional").check()
    page.get_by_label("Their agency", exact=True).select_option(label="Sarn Primary School")
    page.get_by_label("Large print").check()
    looks_well(page, "plan-copy-for-whom")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("The whole plan").check()
    page.get_by_role("button", name="See what this person will see").click()
    expect(page.get_by_role("heading", name="What Sarn Primary School will see")).to_be_visible()
    expect(page.get_by_text("Ros Marsh: A bed of Kit’s own", exact=False).first).to_be_visible()
    looks_well(page, "plan-copy")
    page.get_by_role("button", name="Make this copy").click()
    expect(page.get_by_role("heading", name="The plan for Kit Marsh")).to_be_visible()
    looks_well(page, "plan-copy-made")
