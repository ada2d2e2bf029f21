"""Something is late: the worker says why, and oversight reads it beside the numbers. Openness and permanence, in a real browser."""

import pytest
from playwright.sync_api import expect
from test_days import a_loop_of_its_own, desk, looks_well, sign_in, town
from test_meeting_stories import at_desk, by_password_alone, council, family

import cast
import paperwork
from kith.core import ids
from kith.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["a_loop_of_its_own", "by_password_alone", "desk", "town"]


def test_why_something_is_late_is_said_on_a_phone_and_read_in_oversight(town, desk):
    with town.at_work():
        head = town.worker("Hana", "head_of_service")
        head.set_password("brass-kettle-Tuesday")
        head.save(update_fields=["password"])
    phone = desk(390)
    sign_in(phone, "Amy")
    row = phone.locator("li", has_text="Visit a privately fostered child within the first week")
    row.get_by_text("Why?").click()
    row.get_by_role("link", name="Every step").click()
    phone.get_by_role("link", name="Say why it is late").click()
    phone.get_by_role("button", name="Record the reason").click()
    expect(phone.get_by_role("link", name="Say why it is late")).to_be_visible()
    looks_well(phone, "why-late-empty")
    phone.get_by_label("The reason").fill("The carer was abroad. We go on Friday.")
    phone.get_by_role("button", name="Record the reason").click()
    expect(phone.get_by_text("The carer was abroad. We go on Friday.")).to_be_visible()
    looks_well(phone, "why-late-said")
    page = desk()
    sign_in(page, "Hana")
    page.goto(f"{page.home}/oversight")
    page.get_by_role("link", name="Done in time").click()
    looks_well(page, "in-time")
    page.get_by_role("link", name="Privately fostered children seen in the first week").click()
    expect(page.get_by_text("The carer was abroad. We go on Friday.")).to_be_visible()
    looks_well(page, "in-time-one")


def test_relatives_to_tell_of_a_plan_for_permanence_stand_on_the_plans_page(town, desk):
    with town.at_work():
        amy = town.workers["Amy"]
        gran = paperwork.adult(amy, "Gran", Person.objects.get(id=town.kit).family, town.kit, "grandmother")
        plan = {"child": town.kit, "permanence": ids.new()}
        words = {"what": "With foster carers who adopt.", "why": "Nobody in the family can."}
        cast.recorded(cast.fact("permanence.proposed", plan, since=9, words=words, away_from_family=True), by=amy)
        named = {**plan, "person": gran}
        cast.recorded(cast.fact("permanence.to_tell", named, since=8, tell_by=cast.days_ago(-3).isoformat()), by=amy)
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{town.kit}/plans")
    looks_well(page, "plans-permanence")
    page.get_by_role("listitem").filter(has_text="Gran Marsh").get_by_role("link", name="Told").first.click()
    expect(page.get_by_role("heading", name="Record that somebody was told of the plan for permanence")).to_be_visible()


def test_what_each_person_was_shown_stands_person_by_person(desk):
    town = family(council("leicestershire", Amy="social_worker"))
    page = at_desk(town, desk, "Amy")
    page.goto(f"{page.home}/child/{town.kit}/documents")
    expect(page.get_by_role("heading", name="Open with each person in the family")).to_be_visible()
    looks_well(page, "openness")
    page.get_by_role("row", name="Fin Marsh").get_by_role("link", name="Kept back, and why").first.click()
    looks_well(page, "openness-withhold")
