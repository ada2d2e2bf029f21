"""A parent ends the help: the case is closed and everyone is told, in a real browser at two widths."""

import re

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


def open_case(town):
    """Kit is referred; Ros has parental responsibility; the school takes part; Moll manages the team."""
    with town.at_work():
        amy = town.workers["Amy"]
        family = Person.objects.get(id=town.kit).family
        town.ros = paperwork.adult(amy, "Ros", family, town.kit)
        school = register.enter_agency(
            {"name": "Sarn Primary School", "kind": "school"}, cast.days_ago(90), by=cast.viewer(amy)
        )
        actions.append(
            Fact(kind="referral.received", about={"child": town.kit, "referral": ids.new()}, when=cast.days_ago(80)),
            Fact(kind="parental_responsibility.gained", about={"person": town.ros, "child": town.kit}, when=cast.days_ago(80), coded={"through": "mother"}),
            Fact(kind="agency.joined", about={"child": town.kit, "agency": school}, when=cast.days_ago(30), coded={"part_taken": "plan"}),
            Fact(kind="need.identified", about={"child": town.kit, "need": ids.new()}, when=cast.days_ago(20), words={"need": "Help with speech", "different": "Kit is understood."}),
            by=amy,
        )  # fmt: skip


@pytest.mark.clause("WOR-344", "WOR-345", "WOR-346", "WOR-349")
def test_a_parent_ends_the_help_and_everyone_is_told(town, desk):
    open_case(town)
    page = desk()
    sign_in(page, "Amy")
    closing = f"{page.home}/child/{town.kit}/closing"
    page.goto(closing)
    expect(page.get_by_text("That is their choice, and no concern by itself.")).to_be_visible()
    looks_well(page, "closing-before")
    for whose in ("The child’s", "A parent’s"):
        page.get_by_role("button", name=f"Record a view: Ending the work, {whose}").click()
        expect(page.get_by_label(whose)).to_be_checked()
        fill_day(page, clock.today())
        page.get_by_label("What did they say, in their own words?").fill("Enough now.")
        page.get_by_role("button", name="Record it").click()
        page.goto(closing)
    page.get_by_role("link", name="Say who goes on meeting it").click()
    fill_day(page, clock.today())
    page.get_by_label("A health service").check()
    page.get_by_role("button", name="Record it").click()
    page.goto(closing)
    page.get_by_role("button", name="Explain what ending help may mean").click()
    fill_day(page, clock.today())
    page.get_by_label("To whom?").select_option(label="Ros Marsh")
    page.get_by_label("What may ending the help mean for the child", exact=False).fill("The nursery place ends in May.")
    looks_well(page, "consequences")
    page.get_by_role("button", name="Record it").click()

    manager = desk()
    sign_in(manager, "Moll")
    manager.goto(closing.replace(page.home, manager.home))
    manager.get_by_role("button", name="Close the case").click()
    fill_day(manager, clock.today())
    manager.get_by_label("The parents end the help").check()
    manager.get_by_label("Team manager").check()
    manager.get_by_label("What is different for the child now?").fill("Kit sleeps at night.")
    manager.get_by_label("Something else").check()
    for asked, answer in (
        ("fear that things will get worse", "No"), ("several services still needed", "Yes"), ("considered that others lead", "Yes"),
        ("no grounds for child protection", "Yes"),
    ):  # fmt: skip
        manager.get_by_role("group", name=re.compile(asked)).get_by_label(answer, exact=True).check()
    looks_well(manager, "close-the-case")
    manager.get_by_role("button", name="Record it").click()
    expect(manager.get_by_text("Recorded.")).to_be_visible()

    page.goto(closing)
    looks_well(page, "closing-after")
    page.get_by_role("button", name="Say why not Kit Marsh").click()
    fill_day(page, clock.today())
    expect(page.get_by_label("As the child")).to_be_checked()
    page.get_by_label("They were told in person").check()
    page.get_by_role("button", name="Record it").click()
    page.goto(closing)
    expect(page.get_by_text("Not written to: They were told in person")).to_be_visible()
    page.get_by_role("button", name="Write the letter to Ros Marsh").click()
    expect(page.get_by_label("Ros Marsh", exact=False)).to_be_checked()
    looks_well(page, "closing-letter-for-whom")
