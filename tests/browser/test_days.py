"""Stories of a day, in a real browser: a social worker's, a manager's, a stranger's, and a page that loses its connection."""

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from playwright.sync_api import expect

import cast
from kith.casework.models import Visit
from kith.core import clock, ids
from kith.forms.models import Draft
from kith.people.models import Person
from kith.record import actions
from kith.record.fact import Fact
from kith.record.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
WIDTHS = (1280, 390) if os.environ.get("KITH_BOTH_WIDTHS") else (1280,)
SHOTS = os.environ.get("KITH_SHOTS", "")
WATCHED = re.compile(r"status of 4|ERR_INTERNET_DISCONNECTED|ERR_FAILED")


@pytest.fixture(scope="session", autouse=True)
def a_loop_of_its_own():
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    configured.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture
def town(settings):
    """Worcestershire, where a child not seen alone is a manager's to confirm: Kit and Robin Marsh, held by Amy."""
    settings.KITH_SECOND_FACTOR = False
    one = cast.council("worcestershire")
    with one.at_work():
        amy, moll = one.worker("Amy", "key_worker"), one.worker("Moll", "team_manager")
        one.worker("Olu", "family_support_worker", cast.another_team("South team"))
        family = ids.new()
        one.kit, one.robin = cast.child(amy, family=family), cast.child(amy, "Robin", family=family)
        for child in (one.kit, one.robin):
            cast.allocate(child, amy, one.team, by=moll, since=50)
        started = ids.new()
        actions.append(
            Fact(kind="referral.received", about={"child": one.kit, "family": family, "referral": ids.new()}, when=cast.days_ago(20)),
            Fact(kind="private_fostering.notified", about={"child": one.kit, "family": family, "arrangement": started}, when=cast.days_ago(9)),
            by=amy,
        )  # fmt: skip
        for person in (amy, moll, *one.workers.values()):
            person.set_password("brass-kettle-Tuesday")
            person.save(update_fields=["password"])
    return one


@pytest.fixture
def desk(browser, live_server):
    """Pages at a desk or on a phone; what a page complains of fails the test."""
    complaints, contexts = [], []

    def sit(width=1280, **more):
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.home = live_server.url
        return page

    yield sit
    for context in contexts:
        context.close()
    assert [one for one in complaints if not WATCHED.search(one)] == []


def sign_in(page, name):
    page.goto(page.home + "/account/login/")
    page.get_by_label("E-mail address").fill(f"{name.lower()}.worcestershire@example.org")
    page.get_by_label("Password", exact=True).fill("brass-kettle-Tuesday")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()


def looks_well(page, name):
    """axe finds nothing; with KITH_SHOTS set, a picture is kept to be looked at."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options=RULES)
        assert found.response["violations"] == [], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{name} is wider than {width}"
        )
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def fill_day(page, day):
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part, exact=True).first.fill(str(value))


@pytest.mark.both
def test_a_social_worker_works_through_my_work_and_records_a_visit_that_meets_a_duty(town, desk):
    page = desk()
    sign_in(page, "Amy")
    row = page.locator("li", has_text="Visit a privately fostered child within the first week")
    expect(row).to_contain_text("Overdue")
    row.get_by_text("Why?").click()
    expect(row).to_contain_text("WOR-218")
    looks_well(page, "my-work")
    row.get_by_role("button", name="Record visit").click()
    page.get_by_label("Robin Marsh", exact=False).check()
    page.get_by_role("button", name="Show a part for each child").click()
    fill_day(page, clock.today())
    page.get_by_role("group", name="Where was the visit?").get_by_label("At home").check()
    for place, name in enumerate(("Kit", "Robin")):
        page.get_by_role("group", name="Was the child seen?").nth(place).get_by_label("Yes").check()
        page.get_by_role("group", name="Was the child seen alone?").nth(place).get_by_label("Yes").check()
        page.get_by_label("What did the child say or show you?").nth(place).fill(f"{name} likes the dog next door.")
    looks_well(page, "visit")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded.")).to_be_visible()
    page.goto(page.home + "/")
    expect(page.locator("li", has_text="Visit a privately fostered child within the first week")).to_have_count(0)
    with town.at_work(writing=False):
        assert sorted(Visit.objects.values_list("child__name", "seen", "alone")) == [
            ("Kit Marsh", True, True),
            ("Robin Marsh", True, True),
        ]
        words = Event.objects.get(kind="visit.made").told.words["parts"]
        assert words[str(town.robin)] == {"childs_words": "Robin likes the dog next door."}


def test_one_childs_words_are_not_on_the_others_page(town, desk):
    test_a_social_worker_works_through_my_work_and_records_a_visit_that_meets_a_duty(town, desk)
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{town.robin}/own-words")
    expect(page.get_by_text("Robin likes the dog next door.")).to_be_visible()
    expect(page.get_by_text("Kit likes the dog next door.")).to_have_count(0)


@pytest.mark.both
@pytest.mark.clause("WOR-084")
def test_a_manager_confirms_why_a_child_was_not_seen_alone(town, desk):
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/record/{town.kit}/visit")
    fill_day(page, clock.today())
    page.get_by_role("group", name="Where was the visit?").get_by_label("At home").check()
    page.get_by_role("group", name="Was the child seen?").get_by_label("Yes").check()
    page.get_by_role("group", name="Was the child seen alone?").get_by_label("No").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("Select why the child was not seen or not seen alone")
    looks_well(page, "visit-sent-back")
    page.get_by_role("group", name="Why not?").get_by_label("The child did not wish it").check()
    page.get_by_label("What shows that seeing the child alone was not right or not possible?").fill(
        "Kit held on to Nana and said no."
    )
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("A manager will read why and confirm it.")).to_be_visible()
    manager = desk()
    sign_in(manager, "Moll")
    manager.get_by_role("button", name=re.compile("Read and decide")).click()
    expect(manager.get_by_text("Kit held on to Nana and said no.")).to_be_visible()
    looks_well(manager, "confirm")
    manager.get_by_role("button", name="Confirm the reason").click()
    expect(manager.get_by_text("Confirmed.")).to_be_visible()
    expect(manager.get_by_role("button", name=re.compile("Read and decide"))).to_have_count(0)


@pytest.mark.both
def test_a_stranger_cannot_tell_that_a_restricted_child_exists(town, desk):
    with town.at_work():
        moll = town.workers["Moll"]
        for child in (town.kit, town.robin):
            actions.append(
                Fact(kind="access.restricted", about={"child": child, "worker": moll.id}, when=cast.days_ago(1), coded={"restricted_because": "other"}),
                by=moll,
            )  # fmt: skip
    page = desk()
    sign_in(page, "Olu")
    page.get_by_role("link", name="Find a child").click()
    page.get_by_label("Name or number").fill("Kit Marsh")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_text("Nobody of that name is known here.")).to_be_visible()
    looks_well(page, "find-nobody")
    page.goto(f"{page.home}/child/{town.kit}")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    nowhere = page.inner_text("main")
    page.goto(f"{page.home}/child/{ids.new()}")
    assert page.inner_text("main") == nowhere


def test_the_front_door_is_told_whom_to_ring_and_opens_it_in_an_emergency_with_a_reason(town, desk):
    with town.at_work():
        moll = town.workers["Moll"]
        moll.telephone = "0113 496 0123"
        moll.save(update_fields=["telephone"])
        door = town.worker("Fay", "initial_response")
        door.set_password("brass-kettle-Tuesday")
        door.save(update_fields=["password"])
        about = {"child": town.kit, "worker": moll.id}
        actions.append(
            Fact(kind="access.restricted", about=about, when=cast.days_ago(1), coded={"restricted_because": "other"}),
            by=moll,
        )
    page = desk()
    sign_in(page, "Fay")
    page.goto(f"{page.home}/find?words=kit+marsh")
    expect(page.get_by_text("Ring Moll 0113 496 0123")).to_be_visible()
    page.get_by_role("link", name="If it cannot wait").click()
    expect(page.get_by_role("heading", name="There is a record you cannot open")).to_be_visible()
    looks_well(page, "shut")
    page.get_by_label("Why can it not wait?").fill("The police are at the door with Kit and ask who is safe.")
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("heading", name="Kit Marsh")).to_be_visible()
    guardian = desk()
    sign_in(guardian, "Moll")
    expect(guardian.get_by_text("Fay opened the restricted record of Kit Marsh in an emergency.")).to_be_visible()


@pytest.mark.both
def test_as_known_on_hides_what_came_later_and_cannot_be_mistaken_for_today(town, desk):
    with town.at_work():
        for title, known in (("Tea with Nana", 30), ("A letter from school", 2)):
            actions.append(
                Fact(kind="note.recorded", about={"child": town.kit, "note": ids.new()}, when=cast.days_ago(40), coded={"note_kind": "meeting"},
                     words={"title": title, "text": "As it was."}, known_at=cast.moment_ago(known)),
                by=town.workers["Amy"],
            )  # fmt: skip
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{town.kit}/chronology")
    expect(page.get_by_text("A letter from school")).to_be_visible()
    fill_day(page, cast.days_ago(10))
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_text("Tea with Nana")).to_be_visible()
    expect(page.get_by_text("A letter from school")).to_have_count(0)
    expect(page.get_by_text("Nothing can be recorded on this page.")).to_be_visible()
    looks_well(page, "as-known-on")
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("button", name="Record a visit")).to_have_count(0)
    page.get_by_role("link", name="Go back to today").click()
    expect(page.get_by_role("button", name="Record a visit")).to_be_visible()


@pytest.mark.both
def test_two_windows_on_one_draft_lose_nothing_and_the_second_is_told_and_shown_both(town, desk):
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/record/{town.kit}/case_note")
    page.get_by_label("In a few words").fill("First words")
    page.get_by_role("button", name="Save and finish later").click()
    expect(page.get_by_role("heading", name="Records")).to_be_visible()
    page.get_by_role("link", name="Case_note").click()
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_label("In a few words").fill("Typed at the desk")
    page.get_by_role("button", name="Save and finish later").click()
    other.get_by_label("In a few words").fill("Typed on the bus")
    other.get_by_role("button", name="Save and finish later").click()
    expect(other.get_by_role("heading", name="This draft was saved elsewhere while you typed")).to_be_visible()
    expect(other.get_by_text("Typed at the desk")).to_be_visible()
    expect(other.get_by_text("Typed on the bus")).to_be_visible()
    looks_well(other, "both-texts")
    other.get_by_role("button", name="Go on with what I typed").click()
    expect(other.get_by_label("In a few words")).to_have_value("Typed on the bus")


def test_a_lost_connection_keeps_what_was_typed_and_says_so(town, desk):
    page = desk(390)
    sign_in(page, "Amy")
    page.goto(f"{page.home}/record/{town.kit}/case_note")
    page.get_by_label("What happened").fill("A long talk in the kitchen.")
    expect(page.locator("#kith-saved")).to_contain_text("Saved at", timeout=15_000)
    page.context.set_offline(True)
    page.get_by_label("What happened").fill("A long talk in the kitchen. Kit drew the dog.")
    expect(page.locator("#kith-saved")).to_contain_text("there is no connection", timeout=15_000)
    expect(page.get_by_label("What happened")).to_have_value("A long talk in the kitchen. Kit drew the dog.")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_label("What happened")).to_have_value("A long talk in the kitchen. Kit drew the dog.")
    expect(page.locator("#kith-saved")).to_contain_text("there is no connection")
    page.context.set_offline(False)
    expect(page.locator("#kith-saved")).to_contain_text("Saved at", timeout=20_000)
    with town.at_work(writing=False):
        assert Draft.objects.get().answers["all"]["text"] == "A long talk in the kitchen. Kit drew the dog."


def test_the_main_path_by_keyboard_alone(town, desk):
    page = desk()
    sign_in(page, "Amy")

    def go_to(name, role="link"):
        for _ in range(120):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || ''"
            )
            if name in here:
                return
        raise AssertionError(f"{name} cannot be reached by keyboard")

    go_to("Record visit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Record a visit")).to_be_visible()
    page.get_by_label("Day", exact=True).first.focus()
    today = clock.today()
    for value in (today.day, today.month, today.year):
        page.keyboard.type(str(value))
        page.keyboard.press("Tab")
    page.get_by_role("group", name="Where was the visit?").get_by_label("At home").focus()
    page.keyboard.press("Space")
    page.get_by_role("group", name="Was the child seen?").get_by_label("Yes").focus()
    page.keyboard.press("Space")
    page.get_by_role("group", name="Was the child seen alone?").get_by_label("Yes").focus()
    page.keyboard.press("Space")
    go_to("Record it", "button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Recorded.")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["child/{kit}", "child/{kit}/chronology", "child/{kit}/records", "child/{kit}/network", "child/{kit}/own-words", "child/{kit}/details",
             "record/{kit}/address", "record/{kit}/relationship", "record/{kit}/alert", "child/{kit}/network?room=1", "family/{family}", "find?words=marsh",
             "record/{kit}/kind~plan.shared", "find/new-person/{kit}",
        "child/{kit}/conflict",
        "record/{kit}/contact",
        "record/{kit}/details",
        "agencies",
        "procedure",
        "procedure?words=visit",
        "agencies/new",
        "child/{kit}/professionals",
        "child/{kit}/network?room=1&looked=1"]
)  # fmt: skip
def test_every_page_of_a_worker_is_clean(town, desk, path):
    page = desk()
    sign_in(page, "Amy")
    with town.at_work(writing=False):
        family = Person.objects.get(id=town.kit).family
    page.goto(f"{page.home}/{path.format(kit=town.kit, family=family)}")
    expect(page.locator("h1")).to_have_count(1)
    looks_well(page, re.sub(r"\W+", "-", path))


@pytest.mark.parametrize(
    "path",
    [
        "team",
        "child/{kit}/allocate",
        "child/{kit}/restrict",
        "child/{kit}/looks",
        "find/new-child",
        "child/{kit}/merge/{robin}",
    ],
)
def test_every_page_of_a_manager_is_clean(town, desk, path):
    page = desk()
    sign_in(page, "Moll")
    page.goto(f"{page.home}/{path.format(kit=town.kit, robin=town.robin)}")
    expect(page.locator("h1")).to_have_count(1)
    looks_well(page, re.sub(r"\W+", "-", path))


@pytest.mark.parametrize(
    ("role", "path"), [("head_of_service", "oversight"), ("head_of_service", "openings"), ("student", "team")]
)
def test_every_page_of_oversight_is_clean(town, desk, role, path):
    with town.at_work():
        one = town.worker("Hana", role)
        one.set_password("brass-kettle-Tuesday")
        one.save(update_fields=["password"])
    page = desk()
    sign_in(page, "Hana")
    page.goto(f"{page.home}/{path}")
    looks_well(page, f"{path}-{role}")
