"""From the referral on, in a real browser and in a council's words: three brothers and sisters, one not yet born; and a disabled child."""

import datetime as dt
import re

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


def fill(field, value):
    """A box is filled; of a list that opens, the line is chosen."""
    if field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(label=value)
    else:
        field.fill(value)


def answer(page, told):
    """Answers a page of a form: a day, a choice under its question, words under theirs."""
    for asked, value in told.items():
        if isinstance(value, dt.date):
            for part, number in (("Day", value.day), ("Month", value.month), ("Year", value.year)):
                page.get_by_role("group", name=asked).get_by_label(part, exact=True).fill(str(number))
            continue
        group = page.get_by_role("group", name=re.compile(re.escape(asked)))
        if group.count():
            for one in value if isinstance(value, list) else [value]:
                for place in range(group.count()):
                    group.nth(place).get_by_label(one, exact=True).check()
        else:
            fields = page.get_by_label(asked, exact=False)
            for place in range(fields.count()):
                fill(fields.nth(place), value)


def record(page, address, *pages, choose=(), because=""):
    """Opens a form, answers it page by page, and records it."""
    page.goto(page.home + address)
    for name in choose:
        page.get_by_label(name, exact=False).first.check()
    if choose and page.get_by_role("button", name="Show a part for each child").count():
        page.get_by_role("button", name="Show a part for each child").click()
    for told in pages:
        answer(page, told)
        if page.get_by_role("button", name="Continue").count():
            page.get_by_role("button", name="Continue").click()
    while page.get_by_role("button", name="Continue").count():
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record it").click()
    if because:
        for field in page.locator("textarea[name^='gate:']").all():
            field.fill(because)
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
        {"Is there a concern about the care the child gets?": "No concern about care"},
        {"On what law does the plan stand?": "The child is in need (section 17)", "What in this plan is for this child alone?": "A bed of their own.",
         "Which services and support, and from which professional": "A sitter from Home-Start.", "When and how are professionals and family in contact?": "A visit every two weeks.",
         "What are the services and the contact for?": "Rest.", "What do the professionals commit themselves to?": "To come when we say.",
         "What can be done another way as experience shows": "The days can change.", "What care would be unacceptable": "No concern about care"},
        choose=["Robin Marsh", "A baby not yet born"],
    )  # fmt: skip
    amy.goto(f"{amy.home}/child/{bump}/plans")
    expect(amy.get_by_text("Each child has a bed.").first).to_be_visible()
    looks_well(amy, "story-plan-unborn")
    closed(town, manager, amy, kit)


def closed(town, manager, amy, child):
    """The parents and the child are heard, the manager closes, and everyone who must be told stands on the page."""
    for whose in ("The child’s", "A parent’s"):
        amy.goto(f"{amy.home}/child/{child}/closing")
        amy.get_by_role("button", name=f"Record a view: Ending the work, {whose}").click()
        answer(amy, {"What did they say, in their own words?": "It is good now."})
        for part, number in (("Day", TODAY().day), ("Month", TODAY().month), ("Year", TODAY().year)):
            amy.get_by_label(part, exact=True).first.fill(str(number))
        amy.get_by_role("button", name="Record it").click()
        expect(amy.get_by_text("Recorded.").first).to_be_visible()
    manager.goto(f"{manager.home}/child/{child}/closing")
    looks_well(manager, "story-closing")
    record(
        manager, f"/record/{child}/episode_close",
        {"When does the work end?": TODAY(), "Why does it end?": "The child’s needs are met", "As whom do you close it?": "Team manager",
         "What is different for the child now?": "Each child has a bed.", "What does the ending follow?": "A plan",
         "Did the child have a plan: in need, protection or care?": "Yes", "fear that things will get worse": "No", "several services still needed": "No",
         "considered that others lead the help": "Yes"},
        because="The family did not want another meeting; we settled it at the visit.",
    )  # fmt: skip
    with town.at_work(writing=False):
        assert Child.objects.get(person=child).is_open is False
    amy.goto(f"{amy.home}/child/{child}/closing")
    expect(amy.get_by_text("Write the letter to Kit Marsh")).to_be_visible()
    looks_well(amy, "story-closed")


def test_a_disabled_child_in_lincolnshires_words_from_the_referral_to_the_progress_plan(desk):
    town = council("lincolnshire", Ira="initial_response", Quinn="qualified_social_worker", Moll="team_manager")
    with town.at_work():
        tobi = cast.child(town.workers["Ira"], "Tobi")
    page = at_desk(town, desk, "Ira")
    record(
        page, f"/record/{tobi}/referral",
        {"When did it reach us?": TODAY(), "Who made the referral?": "A family member", "Does the family agree to it?": "Yes"},
        {"What are people worried about?": "Nights are long, and Nan is ill.", "What does the family want?": "Somebody for one night a week."},
    )  # fmt: skip
    manager = at_desk(town, desk, "Moll")
    record(
        manager, f"/record/{tobi}/referral_decision",
        {"When was this decided?": TODAY(), "What was decided?": "An assessment", "Is further work by children’s social care needed?": "Yes",
         "Why was this decided?": "Tobi’s care is more than two people can do."},
        {},
    )  # fmt: skip
    manager.goto(f"{manager.home}/child/{tobi}/allocate")
    manager.get_by_label("Worker", exact=True).select_option(label="Quinn (Qualified social worker)")
    manager.get_by_role("button", name="Allocate").click()
    expect(manager.get_by_text("Allocated to Quinn", exact=False)).to_be_visible()
    quinn = at_desk(town, desk, "Quinn")
    expect(quinn.get_by_text("Complete the assessment").first).to_be_visible()
    record(
        quinn, f"/record/{tobi}/details", {"From when is this so?": TODAY()},
        {"How do they communicate best?": "Eyes up is yes.", "Disability": ["Mobility", "Communication"]},
    )  # fmt: skip
    record(
        quinn,
        f"/record/{tobi}/assessment_start",
        {"When does it begin?": TODAY(), "What kind of assessment is it?": "Child and family assessment"},
        {},
    )
    record(
        quinn, f"/record/{tobi}/visit",
        {"When did the visit begin?": TODAY(), "Where was the visit?": "At home", "Was the child seen?": "Yes", "Was the child seen alone?": "Yes",
         "Which communication aids were used?": "His eye chart", "What did the child say or show you?": "Eyes up for drums."},
    )  # fmt: skip
    quinn.goto(f"{quinn.home}/child/{tobi}/plans")
    looks_well(quinn, "story-lincolnshire-before")
    record(
        quinn, f"/record/{tobi}/plan_start",
        {"When does the plan begin?": TODAY(), "What kind of plan is it?": "Child in need plan", "What do we want to be different for the child?": "Mum sleeps one night a week."},
        {"Is there a concern about the care the child gets?": "No concern about care"},
        {"When can family life become dangerous?": "When nobody has slept.", "What does each person do then?": "Dad takes the night, Mum rings Gran.", "Whom can they call?": "Gran, then the night line."},
    )  # fmt: skip
    quinn.goto(f"{quinn.home}/child/{tobi}/plans")
    expect(quinn.get_by_role("heading", name="Child and Family Progress Plan")).to_be_visible()
    looks_well(quinn, "story-lincolnshire-plan")
    quinn.goto(f"{quinn.home}/child/{tobi}")
    expect(quinn.get_by_role("heading", name="What is due, and why").first).to_be_visible()
    quinn.goto(f"{quinn.home}/child/{tobi}/own-words")
    expect(quinn.get_by_text("Eyes up for drums.")).to_be_visible()
