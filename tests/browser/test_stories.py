"""From the referral on, in a real browser and in a council's words: three brothers and sisters, one not yet born; and a disabled child."""

import datetime as dt

import pytest
from playwright.sync_api import expect
from test_days import a_loop_of_its_own, desk, looks_well

import cast
from kith.core import clock, ids
from kith.people.models import Child
from kith.record import actions
from kith.record.fact import Fact
from kith.record.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["a_loop_of_its_own", "desk"]
PASSWORD = "brass-kettle-Tuesday"


@pytest.fixture(autouse=True)
def by_password_alone(settings):
    settings.KITH_SECOND_FACTOR = False


def at_desk(town, desk, name):
    page = desk()
    page.goto(page.home + "/account/login/")
    page.get_by_label("E-mail address").fill(town.workers[name].email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()
    return page


def council(pack, **roles):
    one = cast.council(pack)
    with one.at_work():
        for name, role in roles.items():
            worker = one.worker(name, role)
            worker.set_password(PASSWORD)
            worker.save(update_fields=["password"])
    return one


def answer(page, told):
    """Answers a page of a form: a day, a choice under its question, words under theirs."""
    for asked, value in told.items():
        if isinstance(value, dt.date):
            for part, number in (("Day", value.day), ("Month", value.month), ("Year", value.year)):
                page.get_by_role("group", name=asked).get_by_label(part, exact=True).fill(str(number))
            continue
        group = page.get_by_role("group", name=asked)
        if group.count():
            for one in value if isinstance(value, list) else [value]:
                for place in range(group.count()):
                    group.nth(place).get_by_label(one, exact=True).check()
        else:
            fields = page.get_by_label(asked, exact=False)
            for place in range(fields.count()):
                fields.nth(place).fill(value)


def record(page, address, *pages, choose=()):
    """Opens a form, answers it page by page, and records it."""
    page.goto(page.home + address)
    for name in choose:
        page.get_by_label(name, exact=False).first.check()
    if choose and page.get_by_role("button", name="Show a part for each child").count():
        page.get_by_role("button", name="Show a part for each child").click()
    for place, told in enumerate(pages):
        answer(page, told)
        if page.get_by_role("button", name="Continue").count():
            page.get_by_role("button", name="Continue").click()
        if place == len(pages) - 1:
            page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded.").first).to_be_visible()


TODAY = clock.today


def referred(page, child, siblings):
    record(
        page, f"/record/{child}/referral",
        {"When did it reach us?": TODAY(), "Who made the referral?": "School or nursery", "Their name and how to reach them": "Mrs Bell",
         "Does the family agree to it?": "Yes"},
        {"What are people worried about?": "The children come to school tired, and a baby is on the way.",
         "Which level of need does it point to?": "Tier 3, complex needs", "Is the difficulty urgent or lasting?": "It goes on, although help has been tried"},
        choose=siblings,
    )  # fmt: skip


def decided(page, child):
    record(
        page, f"/record/{child}/referral_decision",
        {"When was this decided?": TODAY(), "What matters most for this child": "Sleep, and somebody at home.", "What was decided?": "An Initial Assessment",
         "Is further work by children’s social care needed?": "Yes", "Why was this decided?": "Too much for one parent at present.",
         "Which level of need was found?": "Tier 3, complex needs", "Without an assessment or help, what is likely for this child?": "Welfare significantly impaired",
         "What would happen to the child’s health or development without extra services?": "More tiredness.", "What effect are services likely to have?": "Rest."},
        {"Which earlier contacts, assessments and plans were read": "There are none."},
    )  # fmt: skip


def test_three_brothers_and_sisters_one_of_them_unborn_from_the_referral_to_the_plan(desk):
    town = council("worcestershire", Ira="initial_response", Amy="key_worker", Moll="team_manager")
    with town.at_work():
        ira, family = town.workers["Ira"], ids.new()
        kit, robin, bump = cast.child(ira, family=family), cast.child(ira, "Robin", family=family), ids.new()
        actions.append(
            Fact(kind="child.registered", about={"child": bump, "family": family}, when=cast.days_ago(9), coded={"expected_on": cast.days_ago(-60).isoformat()}),
            by=ira,
        )  # fmt: skip
    page = at_desk(town, desk, "Ira")
    referred(page, kit, ["Robin Marsh", "A baby not yet born"])
    with town.at_work(writing=False):
        event = Event.objects.get(kind="referral.received")
        assert sorted(event.about["child"]) == sorted(map(str, (kit, robin, bump)))
    manager = at_desk(town, desk, "Moll")
    for child in (kit, robin, bump):
        decided(manager, child)
        manager.goto(f"{manager.home}/child/{child}/allocate")
        manager.get_by_label("Worker", exact=True).select_option(label="Amy (Key worker)")
        manager.get_by_role("button", name="Allocate").click()
        expect(manager.get_by_text("Allocated to Amy", exact=False)).to_be_visible()
    with town.at_work(writing=False):
        assert set(Child.objects.values_list("held_by", flat=True)) == {town.workers["Amy"].id}
    amy = at_desk(town, desk, "Amy")
    expect(amy.get_by_text("Complete the initial assessment").first).to_be_visible()
    record(
        amy, f"/record/{kit}/assessment_start",
        {"When does it begin?": TODAY(), "What kind of assessment is it?": "Initial Assessment", "On which footing does it begin?": "Those who care for the child agree",
         "Is their agreement held?": "Yes", "What was the family told about why": "Why school is worried, and what may come of it."},
        {},
        choose=["Robin Marsh", "A baby not yet born"],
    )  # fmt: skip
    amy.goto(f"{amy.home}/child/{bump}/assessments")
    expect(amy.get_by_text("Initial Assessment").first).to_be_visible()
    looks_well(amy, "story-assessments-unborn")
    record(
        amy, f"/record/{kit}/visit",
        {"When did the visit begin?": TODAY(), "Where was the visit?": "At home", "Was the child seen?": "Yes", "Was the child seen alone?": "Yes",
         "What did the child say or show you?": "I share a bed."},
        choose=["Robin Marsh", "A baby not yet born"],
    )  # fmt: skip
    with town.at_work(writing=False):
        made = Event.objects.get(kind="visit.made")
        assert made.parts[str(kit)]["seen"] is True
        assert "seen" not in made.parts.get(str(bump), {}), "nothing of the kind is asked of an unborn child"
    record(
        amy, f"/record/{kit}/plan_start",
        {"When does the plan begin?": TODAY(), "What kind of plan is it?": "Child in need plan", "What does the plan follow?": "An Initial Assessment",
         "What do we want to be different for the child?": "Each child has a bed."},
        {"Is there a concern about the care the child gets?": "No concern about care"}, {},
        choose=["Robin Marsh", "A baby not yet born"],
    )  # fmt: skip
