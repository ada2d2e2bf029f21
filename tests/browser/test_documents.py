"""A letter in a real browser, from choosing it to the ledger: nothing that axe finds, at a desk and on a phone."""

import pytest
from playwright.sync_api import expect
from test_days import a_loop_of_its_own, desk, looks_well, sign_in  # noqa: F401  fixtures

import cast
import paperwork
from kith.core import ids
from kith.record import actions
from kith.record.fact import Fact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(settings, tmp_path):
    """Worcestershire, where Amy holds Kit, whose mother Ros holds parental responsibility."""
    settings.KITH_SECOND_FACTOR, settings.KITH_FILES = False, str(tmp_path)
    one = paperwork.household("worcestershire")
    with one.at_work():
        amy = one.workers["Amy"]
        type(one.team).objects.filter(id=one.team.id).update(telephone="01632 960100")
        actions.append(
            Fact(kind="parental_responsibility.gained", about={"person": one.ros, "child": one.kit}, when=cast.days_ago(80), coded={"through": "mother"}),
            Fact(kind="home.moved_in", about={"home": ids.new(), "child": one.kit, "person": one.ros}, when=cast.days_ago(80), coded={"home_use": "home"},
                 words={"address": "12 Elm Road, Sarn", "postcode": "ZZ99 1AA"}),
            by=amy,
        )  # fmt: skip
        amy.set_password("brass-kettle-Tuesday")
        amy.save(update_fields=["password"])
    return one


def test_a_letter_is_written_seen_made_given_and_posted(town, desk):  # noqa: F811
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{town.kit}/documents")
    looks_well(page, "documents-empty")
    page.get_by_role("button", name="Write a letter").click()
    looks_well(page, "choose-letter")
    page.get_by_role("link", name="Closing letter").click()
    page.get_by_label("Ros Marsh, holds parental responsibility").check()
    looks_well(page, "for-whom")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("the core assessment")).to_be_hidden()
    page.get_by_label("Our work with the family").check()
    page.get_by_label("No further action is needed now").check()
    page.get_by_label("the core assessment").check()
    page.get_by_role("button", name="See what this person will see").click()
    expect(page.get_by_role("heading", name="What Ros Marsh will see")).to_be_visible()
    looks_well(page, "preview")
    page.get_by_role("button", name="Make this copy").click()
    expect(page.get_by_role("heading", name="Our work with Kit Marsh has ended")).to_be_visible()
    looks_well(page, "document")
    page.get_by_label("By hand", exact=True).check()
    page.get_by_label("Yes", exact=True).first.check()
    page.get_by_role("button", name="Record that it was given").click()
    expect(page.get_by_role("cell", name="Understood")).to_be_visible()
    page.get_by_role("radio", name="By post").first.check()
    page.get_by_role("button", name="Send it", exact=True).click()
    page.goto(f"{page.home}/to-print")
    looks_well(page, "print-queue")
    page.get_by_role("button", name="Posted").click()
    expect(page.get_by_text("Nothing waits to be printed")).to_be_visible()
    for name in ("held", f"child/{town.kit}/documents", f"child/{town.kit}/documents/add"):
        page.goto(f"{page.home}/{name}")
        looks_well(page, name.rpartition("/")[2])
