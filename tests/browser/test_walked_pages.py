"""A form of several pages in a real browser: by the keyboard, at two widths, with what it says of what is wanting."""

import pytest
from playwright.sync_api import expect
from test_days import a_loop_of_its_own, desk, looks_well, sign_in, town

from kith.record.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["a_loop_of_its_own", "desk", "town"]


def test_a_contact_is_recorded_page_by_page_from_the_keyboard(town, desk):
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/record/{town.kit}/contact")
    expect(page.get_by_role("heading", level=1, name="Who is in touch")).to_be_visible()
    looks_well(page, "walked-first")
    page.get_by_label("Their name and how to reach them").fill("Nana, at her home")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="What they say")).to_be_visible()
    expect(page.get_by_role("navigation", name="Pages of this form")).to_contain_text("2 answers wanted")
    looks_well(page, "walked-second")
    page.get_by_label("What do they tell us?").fill("Kit has not slept at home this week.")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1, name="Check your answers")).to_be_visible()
    expect(page.get_by_text("Nana, at her home")).to_be_visible()
    looks_well(page, "walked-check")
    page.get_by_role("button", name="Record it").click()
    looks_well(page, "walked-check-wrong")
    page.get_by_role("link", name="Enter the day they got in touch").click()
    expect(page.get_by_label("Day", exact=True)).to_be_focused()
    looks_well(page, "walked-first-wrong")
    for part, value in (("Day", "2"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("A family member").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded.")).to_be_visible()
    with town.at_work(writing=False):
        assert Event.objects.get(kind="contact.received").told.words["says"] == "Kit has not slept at home this week."


def test_what_is_typed_on_a_page_saves_itself_and_the_next_page_knows_what_was_said(town, desk):
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/record/{town.kit}/details")
    page.get_by_label("Religion or belief").fill("Quaker")
    expect(page.get_by_text("Saved at")).to_be_visible(timeout=10_000)
    page.reload()
    page.goto(f"{page.home}/child/{town.kit}/records")
    page.get_by_role("link", name="Details").click()
    expect(page.get_by_label("Religion or belief")).to_have_value("Quaker")
