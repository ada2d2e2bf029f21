"""A Family Care and Protect Meeting in a real browser: from a parent's request to the plan in the post; cut off in the middle; and two who write."""

import datetime as dt

import pytest
from playwright.sync_api import expect
from test_days import a_loop_of_its_own, desk, looks_well
from test_stories import at_desk, council, record

import cast
import paperwork
from kith.core import clock, ids
from kith.meetings.models import Meeting, Notes
from kith.record import actions
from kith.record.fact import Fact
from kith.record.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["a_loop_of_its_own", "desk"]


@pytest.fixture(autouse=True)
def by_password_alone(settings):
    settings.KITH_SECOND_FACTOR = False


def last_thursday():
    day = cast.days_ago(1)
    while day.weekday() != 3:
        day -= dt.timedelta(days=1)
    return day


def family(one, *, born=dt.date(2012, 5, 9)):
    """Kit Marsh, 14, with mother Ros and father Fin; Amy holds the case."""
    with one.at_work():
        amy = one.workers["Amy"]
        one.team.telephone = "0116 496 0123"
        one.team.save(update_fields=["telephone"])
        one.family = ids.new()
        one.kit = cast.child(amy, family=one.family, born=born)
        cast.allocate(one.kit, amy, one.team, by=amy)
        one.ros = paperwork.adult(amy, "Ros", one.family, one.kit)
        one.fin = paperwork.adult(amy, "Fin", one.family, one.kit, "birth_father")
        for person in (one.ros, one.fin):
            actions.append(
                Fact(
                    kind="parental_responsibility.gained",
                    about={"child": one.kit, "person": person},
                    when=cast.days_ago(60),
                ),
                by=amy,
            )
        actions.append(
            Fact(
                kind="assessment.started/child_and_family",
                about={"child": one.kit, "assessment": (assessment := ids.new())},
                when=cast.days_ago(50),
            ),
            Fact(
                kind="assessment.authorised/child_and_family",
                about={"child": one.kit, "assessment": assessment},
                when=cast.days_ago(20),
                coded={"outcome": "child_in_need"},
            ),
            by=amy,
        )
    return one


def with_meeting(one, a_type, day, *people, **coded):
    """A meeting arranged for a day, with those who are to come."""
    meeting = ids.new()
    with one.at_work():
        amy = one.workers["Amy"]
        about = {"child": one.kit, "family": one.family, "meeting": meeting}
        actions.append(
            Fact(kind=f"meeting.arranged/{a_type}", about={**about, "chair": one.workers["Sal"].id}, when=cast.days_ago(10), coded={"held_on": day.isoformat(), **coded}, words={"starts_at": "10:00", "venue": "Loughborough Children and Family Centre", "purpose": "That Kit can stay at home."}),
            *(Fact(kind=f"meeting.guest_named/{a_type}", about={**about, "person": person}, when=cast.days_ago(9), coded={"guest_part": part}) for person, part in people),
            by=amy,
        )  # fmt: skip
    return meeting


@pytest.fixture
def leicestershire():
    return family(council("leicestershire", Amy="social_worker", Moll="team_manager", Sal="service_manager"))


def read(one, kind):
    with one.at_work(writing=False):
        return list(Event.objects.filter(kind__startswith=kind).order_by("recorded_at"))


@pytest.mark.clause("LEI-018", "LEI-039", "LEI-057", "LEI-084")
def test_a_parent_asks_and_the_family_meets_and_has_its_plan_in_its_own_words(leicestershire, desk):
    town, day = leicestershire, last_thursday()
    amy = at_desk(town, desk, "Amy")
    amy.goto(f"{amy.home}/child/{town.kit}/meetings")
    looks_well(amy, "meetings")
    amy.locator("summary", has_text="Family Care and Protect Meeting").click()
    amy.get_by_role("link", name="Somebody asks for it").click()
    record(
        amy, amy.url.removeprefix(amy.home),
        {
            "When was it asked for?": cast.days_ago(12), "Who asks for it?": "A parent or somebody with parental responsibility", "Who is it, if they are on this record?": "Ros Marsh",
            "What did they ask for, in their own words?": "I cannot keep him safe at night.", "What should the meeting bring about?": "That Kit can stay at home.",
            "What did you tell them will happen next?": "We meet on Thursday.", "Why is a Family Care and Protect Meeting asked for?": "Accommodation is asked for, and other work has not resolved it",
            "What was tried to resolve it": "Family support since March; nights are no better.", "With help, is it safe for the child to stay at home?": "Yes, with help", "What shows it?": "The assessment.",
            "What did the assessment find?": "No safeguarding concern",
        },
        {"Is there help for the family until the meeting?": "Yes", "What helps, who does it, and from when?": "Amy comes each evening from today."},
    )  # fmt: skip
    with town.at_work(writing=False):
        meeting = Meeting.objects.get(child=town.kit)
    assert meeting.state == "asked"
    moll = at_desk(town, desk, "Moll")
    moll.goto(f"{moll.home}/meetings")
    looks_well(moll, "diary")
    moll.get_by_role("button", name="Arrange it Kit Marsh").click()
    record(
        moll, moll.url.removeprefix(moll.home),
        {
            "When was it arranged?": cast.days_ago(11), "On which day is it?": day, "At what time does it begin?": "10am", "Where is it?": "Loughborough Children and Family Centre",
            "What did the family say of the day, the time and the place?": "Ros can walk there.", "Is it at another time than a Thursday morning?": "No",
        },
        {
            "Who leads it?": "Sal", "As what?": "Service manager", "What is it for, in plain words?": "To find what lets Kit stay at home.", "How does the child take part?": "They come",
        },
    )  # fmt: skip
    moll.goto(f"{moll.home}/child/{town.kit}/meetings/{meeting.meeting}")
    for name in ("Kit Marsh", "Ros Marsh", "Fin Marsh"):
        moll.get_by_label(name, exact=True).check()
    moll.get_by_role("button", name="Add those ticked").click()
    looks_well(moll, "meeting-arranged")
    expect(moll.get_by_role("link", name="Not invited yet: Ros Marsh")).to_be_visible()
    moll.goto(f"{moll.home}/child/{town.kit}/tools")
    looks_well(moll, "tools")
    moll.goto(f"{moll.home}/child/{town.kit}/meetings/{meeting.meeting}")
    moll.get_by_role("button", name="List of those invited").click()
    expect(moll.get_by_role("heading", name="List of those invited")).to_be_visible()
    looks_well(moll, "meeting-list")
    sal = at_desk(town, desk, "Sal")
    sal.goto(f"{sal.home}/child/{town.kit}/meetings/{meeting.meeting}")
    sal.get_by_role("button", name="Open the room").click()
    looks_well(sal, "room")
    _write_it_up(sal, day)
    looks_well(sal, "room-written")
    sal.get_by_role("button", name="The meeting is over: record it").click()
    expect(sal.get_by_text("The meeting is in the record.")).to_be_visible()
    expect(sal.get_by_text("Gran has Kit on Fridays.")).to_be_visible()
    expect(sal.locator(".kith-rows li", has_text="Fin Marsh").first).to_contain_text("Sent apologies")
    looks_well(sal, "meeting-held")
    sal.locator(".kith-rows li", has_text="Ros Marsh").get_by_role("button", name="Send them the record").click()
    sal.get_by_role("button", name="Continue").click()
    sal.get_by_role("button", name="See what this person will see").click()
    expect(sal.get_by_text("“Gran has Kit on Fridays.” Agreed.")).to_be_visible()
    assert "I want to stay with Mum." not in sal.content()
    sal.get_by_role("button", name="Make this copy").click()
    looks_well(sal, "meeting-record-copy")


def _write_it_up(page, day):
    page.get_by_label("Is Kit Marsh here?").select_option(label="Here")
    page.get_by_label("Is Ros Marsh here?").select_option(label="Here")
    page.get_by_label("Is Fin Marsh here?").select_option(label="Sent apologies")
    page.get_by_label("Agrees to the ground rules: Ros Marsh").check()
    page.get_by_label("What is working well?").fill("Ros gets Kit to school.")
    page.get_by_label("What are we worried about?").fill("Nights are hard.")
    page.get_by_label("What the child says, or wants said").fill("I want to stay with Mum.")
    page.get_by_label("Score: Ros Marsh").fill("6")
    page.get_by_label("The room may see it: Ros Marsh").check()
    page.get_by_label("In their words 1").fill("Gran has Kit on Fridays.")
    page.get_by_label("Who proposes it 1").select_option(label="Ros Marsh")
    page.get_by_label("The answer 1").select_option(label="Agreed")
    acts = page.locator("[data-kith-lines=act]")
    acts.get_by_label("What 1", exact=True).fill("Ring Early Help")
    page.get_by_label("What needs to happen?").fill("Somebody there at bedtime.")
    page.get_by_label("Or how the family can ask for one").fill("Ring Amy.")
    page.get_by_label("The family made a plan of its own").check()
    page.get_by_label("We went through this: Welcome").check()
    page.get_by_label("The day it was held").fill(day.isoformat())


@pytest.fixture
def under_way(leicestershire):
    """A meeting today, in its room."""
    town = leicestershire
    people = ((town.ros, "parent"), (town.fin, "parent"), (town.kit, "child"))
    town.meeting = with_meeting(town, "family_care_and_protect", clock.today(), *people, chair_role="service_manager")
    return town


def _typed(town):
    with town.at_work(writing=False):
        notes = Notes.objects.filter(id=town.meeting).first()
        return dict(notes.typed) if notes else {}


def _soon(page, town, name, text, within=6000):
    """What was typed is kept by the server without anybody pressing a button."""
    for _time in range(within // 200):
        if _typed(town).get(name) == text:
            return
        page.wait_for_timeout(200)
    assert _typed(town).get(name) == text


def test_what_is_typed_in_the_room_outlives_a_lost_connection_and_nothing_is_put_on_the_device(under_way, desk):
    town = under_way
    page = at_desk(town, desk, "Sal")
    page.goto(f"{page.home}/child/{town.kit}/meetings/{town.meeting}/room")
    worries = page.get_by_label("What are we worried about?")
    worries.type("Nights are hard.")
    _soon(page, town, "q.worries", "Nights are hard.", within=3000)
    page.context.set_offline(True)
    worries.type(" Mornings too.")
    expect(page.locator("#kith-saved")).to_contain_text("there is no connection")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(worries).to_have_value("Nights are hard. Mornings too.")
    page.context.set_offline(False)
    _soon(page, town, "q.worries", "Nights are hard. Mornings too.", within=12000)
    kept = page.evaluate(
        "async () => [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert kept[2:] == [0, 0]
    assert not any(word in store for store in kept[:2] for word in ("Nights", "Mornings", "Kit", "Marsh"))
    assert page.request.get(page.url).headers["cache-control"] == "private, no-store"


def test_an_answer_from_before_something_was_sent_takes_nothing_back(under_way, desk):
    """The page asks what others wrote; that answer comes late, after what was typed meanwhile was saved."""
    town = under_way
    page = at_desk(town, desk, "Sal")
    page.goto(f"{page.home}/child/{town.kit}/meetings/{town.meeting}/room")
    worries = page.get_by_label("What are we worried about?")
    worries.type("Old.")
    _soon(page, town, "q.worries", "Old.")
    page.locator("h1").click()
    held = []
    page.route("**/room/since*", lambda route: held.append(route))
    page.wait_for_timeout(6000)
    assert held
    worries.fill("New.")
    _soon(page, town, "q.worries", "New.")
    page.get_by_label("What is working well?").focus()
    held[0].fulfill(json={"version": 1, "changed": {"q.worries": "Old."}})
    page.wait_for_timeout(500)
    expect(worries).to_have_value("New.")


def test_a_button_pressed_while_something_is_on_its_way_waits_for_it_and_nobody_is_taken_for_another(under_way, desk):
    """What was sent by itself has arrived and its answer has not; the text goes on, and is saved by the button."""
    town = under_way
    page = at_desk(town, desk, "Sal")
    page.goto(f"{page.home}/child/{town.kit}/meetings/{town.meeting}/room")
    held = []
    page.route("**/room", lambda route: held.append((route, route.fetch())) if _by_itself(route) else route.continue_())
    worries = page.get_by_label("What are we worried about?")
    worries.fill("Nights")
    _soon(page, town, "q.worries", "Nights")
    worries.fill("Nights are hard.")
    page.get_by_role("button", name="Save", exact=True).click(no_wait_after=True)
    page.wait_for_timeout(500)
    for route, answer in held:
        route.fulfill(response=answer)
    expect(page.get_by_text("Saved. Whoever works on this meeting sees it.")).to_be_visible()
    expect(page.get_by_text("Somebody else wrote in the same place.")).to_have_count(0)
    expect(worries).to_have_value("Nights are hard.")


def _by_itself(route):
    return route.request.headers.get("x-kith-autosave") == "1"


@pytest.mark.clause("WOR-433", "WOR-320")
def test_two_who_write_see_each_other_and_while_the_family_is_alone_there_is_nowhere_to_write(under_way, desk):
    town = under_way
    sal, amy = at_desk(town, desk, "Sal"), at_desk(town, desk, "Amy")
    room = f"/child/{town.kit}/meetings/{town.meeting}/room"
    sal.goto(sal.home + room)
    amy.goto(amy.home + room)
    sal.get_by_label("What is working well?").type("Ros gets Kit to school.")
    amy.get_by_label("What are we worried about?").type("Nights are hard.")
    expect(sal.get_by_label("What are we worried about?")).to_have_value("Nights are hard.", timeout=12000)
    expect(amy.get_by_label("What is working well?")).to_have_value("Ros gets Kit to school.", timeout=12000)
    wall = at_desk(town, desk, "Sal")
    wall.goto(wall.home + room + "/shown")
    expect(wall.get_by_text("Nights are hard.")).to_be_visible()
    looks_well(wall, "shown")
