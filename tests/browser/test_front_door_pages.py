"""The front door in a real browser: a referral waits, what came before is seen, the criteria are asked, and somebody decides."""

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
    page.get_by_label("Who was talked with before deciding?").fill("Kit and Kit’s mother.")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1, name="Check your answers")).to_be_visible()
    looks_well(page, "referral-decision-check")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded.")).to_be_visible()
    with town.at_work(writing=False):
        assert list(Referral.objects.values_list("decision", "tier")) == [("initial_assessment", "tier_3")]
