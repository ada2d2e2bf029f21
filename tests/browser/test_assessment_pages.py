"""An assessment in a real browser: asking agencies, placing a parent, a parent who disagrees, sharing without agreement, and urgent
protection in the middle of it."""

import re
import uuid

import pytest
from playwright.sync_api import expect
from test_days import a_loop_of_its_own, desk, fill_day, looks_well, sign_in, town

import cast
import paperwork
from kith.core import clock, ids
from kith.record.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["a_loop_of_its_own", "desk", "town"]


@pytest.fixture
def assessed(town):
    """A core assessment of Kit, written, with Ros and Fin as parents."""
    town.assessment = ids.new()
    with town.at_work():
        amy = town.workers["Amy"]
        family = uuid.UUID(Event.objects.filter(kind="child.registered")[0].about["family"])
        town.ros = paperwork.adult(amy, "Ros", family, town.kit)
        town.fin = paperwork.adult(amy, "Fin", family, town.kit, "birth_father")
        town.team.telephone = "01905 555 019"
        town.team.save(update_fields=["telephone"])
        for person in (town.ros, town.fin):
            cast.recorded(cast.fact("parental_responsibility.gained", {"child": town.kit, "person": person}), by=amy)
        about = {"child": town.kit, "family": family, "assessment": town.assessment}
        cast.recorded(cast.fact("assessment.started/core", about, since=20), by=amy)
        said = {
            "views_of_family": "Ros says that nights are hard.", "evidence": "Three evenings.", "unchecked": "Nothing was.", "analysis": "Kit does not sleep.",
            "gaps": "Nothing is missing.", "recommended": "Nana stays on weekdays.", "needs": "Sleep.", "housing": "Two rooms.",
        }  # fmt: skip
        cast.recorded(cast.fact("assessment.submitted/core", about, since=3, words=said), by=amy)
    return town


def record(page):
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded.").first).to_be_visible()


def test_an_agency_is_asked_from_its_row_and_what_it_answers_stands_there(assessed, desk):
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{assessed.kit}/assessments/{assessed.assessment}")
    looks_well(page, "assessment-one-empty")
    page.get_by_role("link", name="Agency checks").click()
    page.get_by_role("link", name="Ask Health visitor").click()
    fill_day(page, clock.today())
    expect(page.get_by_label("Health visitor")).to_be_checked()
    page.get_by_label("Who there, by name?").fill("Nia Rees")
    page.get_by_label("By telephone").check()
    page.get_by_label("The person agrees").check()
    page.get_by_label("Who agrees?").fill("Ros Marsh")
    page.get_by_label("Why does this child need you to know?").fill("To know how Kit grows.")
    for part, value in (("Day", 1), ("Month", 2), ("Year", 2027)):
        page.get_by_label(part, exact=True).nth(1).fill(str(value))
    looks_well(page, "agency-ask")
    record(page)
    page.goto(f"{page.home}/child/{assessed.kit}/checks/{assessed.assessment}")
    page.get_by_label("Ofsted has no bearing").check()
    page.get_by_label("Housing has no bearing").check()
    page.get_by_role("button", name="Asking those I ticked has no bearing").click()
    expect(page.get_by_role("row", name="Ofsted")).to_contain_text("No bearing")
    looks_well(page, "agency-checks")
    page.get_by_role("link", name=re.compile("Record the answer")).click()
    fill_day(page, clock.today())
    page.get_by_label("By telephone").check()
    page.get_by_label("They told us what they know").check()
    page.get_by_label("What did they tell you?").fill("Kit grows well.")
    looks_well(page, "agency-answer")
    record(page)
    page.goto(f"{page.home}/child/{assessed.kit}/checks/{assessed.assessment}")
    expect(page.get_by_text("What they told: Kit grows well.")).to_be_visible()


def test_a_parent_is_placed_and_places_themselves_on_the_same_picture(assessed, desk):
    with assessed.at_work():
        amy = assessed.workers["Amy"]
        for since, stage, effort, commitment in (
            (60, "pre_contemplation", "low", "low"),
            (30, "contemplation", "high", "low"),
        ):
            about = {"child": assessed.kit, "assessment": assessed.assessment, "person": assessed.ros}
            coded = {"stage": stage, "effort": effort, "commitment": commitment, "placed_by": "worker"}
            cast.recorded(
                cast.fact(
                    "capacity_to_change.recorded", about, since=since, words={"evidence": "She came twice."}, **coded
                ),
                by=amy,
            )
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{assessed.kit}/capacity?for={assessed.assessment}")
    page.get_by_role("button", name=re.compile("They place themselves.*Ros")).click()
    fill_day(page, clock.today())
    expect(page.get_by_label("They do, of themselves")).to_be_checked()
    page.get_by_label("Determination", exact=True).check()
    page.get_by_role("group", name="How much effort do they make?").get_by_label("Much").check()
    page.get_by_role("group", name="How committed are they to change?").get_by_label("Very").check()
    page.get_by_label("What do they say of it, in their words?").fill("I go every week.")
    looks_well(page, "capacity-place")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1, name="What they can put into words")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Can the child wait?").fill("Until Easter.")
    page.get_by_role("button", name="Continue").click()
    record(page)
    page.goto(f"{page.home}/child/{assessed.kit}/capacity?for={assessed.assessment}")
    expect(page.get_by_role("img", name="Where Ros Marsh was placed by effort and commitment")).to_be_visible()
    expect(page.get_by_text("I go every week.")).to_be_visible()
    looks_well(page, "capacity")


def test_a_parent_who_disagrees_reads_their_words_beside_the_text_in_their_own_copy(assessed, desk):
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{assessed.kit}/assessments/{assessed.assessment}")
    page.get_by_role("button", name="What a person says of it").click()
    fill_day(page, clock.today())
    page.get_by_label("Who?").select_option(label="Fin Marsh")
    page.get_by_role("group", name="Do they agree with it?").get_by_label("No").check()
    page.get_by_label("What is wrong in it?").fill("I was never late.")
    looks_well(page, "assessment-response")
    record(page)
    page.goto(f"{page.home}/child/{assessed.kit}/assessments/{assessed.assessment}")
    expect(page.get_by_text("I was never late.")).to_be_visible()
    looks_well(page, "assessment-one")
    page.get_by_role("button", name="Make a copy for one reader").click()
    page.get_by_label("Fin Marsh, holds parental responsibility").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("The whole assessment").check()
    page.get_by_role("button", name="See what this person will see").click()
    paper = page.locator(".kith-paper")
    expect(paper).to_contain_text("I was never late.")
    expect(paper).to_contain_text("Nana stays on weekdays.")
    expect(paper).not_to_contain_text("Ros says that nights are hard.")
    looks_well(page, "assessment-copy")
    page.get_by_role("button", name="Make this copy").click()
    expect(page.get_by_text("Made and kept.")).to_be_visible()
    page.get_by_label("By hand").first.check()
    page.get_by_role("button", name="Record that it was given").click()
    page.goto(f"{page.home}/child/{assessed.kit}/assessments/{assessed.assessment}")
    expect(page.get_by_role("link", name="The copy they were given")).to_be_visible()


def test_at_night_the_police_are_told_at_once_and_the_reasons_are_written_in_the_morning(assessed, desk):
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{assessed.kit}/checks/{assessed.assessment}")
    page.get_by_role("button", name="Record what was shared with an agency").click()
    fill_day(page, clock.today())
    page.get_by_label("With which agency?").fill("Police")
    page.get_by_label("By telephone").check()
    page.get_by_label("What was shared?").fill("Kit is not at home.")
    page.get_by_role("group", name="Was it shared at once to keep a child safe?").get_by_label("Yes").check()
    expect(page.get_by_role("group", name="Do those it concerns agree?")).to_be_hidden()
    looks_well(page, "agency-shared")
    record(page)
    page.goto(page.home + "/")
    owed = page.locator("li", has_text="Write down why it was shared without asking first")
    owed.get_by_role("button").first.click()
    fill_day(page, clock.today())
    page.get_by_label("Somebody’s life or safety is at stake").check()
    page.get_by_label("Why, in this case?").fill("Kit was missing at night.")
    looks_well(page, "agency-ground")
    record(page)
    page.goto(f"{page.home}/child/{assessed.kit}/checks/{assessed.assessment}")
    expect(page.get_by_text("Kit was missing at night.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Why a person was not told")).click()
    fill_day(page, clock.today())
    page.get_by_label("Who was not told?").select_option(label="Fin Marsh")
    page.get_by_label("Why not?").fill("He might have warned them.")
    record(page)
    page.goto(f"{page.home}/child/{assessed.kit}/checks/{assessed.assessment}")
    expect(page.get_by_text("Fin Marsh was not told: He might have warned them.")).to_be_visible()
    looks_well(page, "agency-three-facts")


@pytest.mark.clause("WOR-077", "WOR-078")
def test_urgent_protection_in_the_middle_of_an_assessment_waits_for_nothing_and_ends_nothing(assessed, desk):
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{assessed.kit}/assessments")
    expect(page.get_by_text("Where a child may be in danger, these hold:")).to_be_visible()
    page.get_by_role("button", name="The child may be in danger: call a strategy discussion").click()
    fill_day(page, clock.today())
    record(page)
    page.goto(f"{page.home}/record/{assessed.kit}/kind~section_47.started")
    fill_day(page, clock.today())
    record(page)
    page.goto(f"{page.home}/child/{assessed.kit}/assessments")
    expect(page.get_by_text("Waits to be authorised")).to_be_visible()
    looks_well(page, "assessments-with-enquiry")
    page.get_by_role("link", name="Agency checks for the enquiry that began").click()
    expect(page.get_by_role("heading", level=1, name="Agency checks for this enquiry")).to_be_visible()


def test_an_assessment_stands_whole_with_what_it_rests_on_before_what_is_made_of_it(assessed, desk):
    about = {"child": assessed.kit, "assessment": assessed.assessment}
    with assessed.at_work():
        amy = assessed.workers["Amy"]
        for source, stands, what in (
            ("worker", "supported", "Kit was awake at eleven."),
            ("person", "contradicted", "Kit sleeps at eight."),
        ):
            said = {
                "issue": "Nights",
                "what": what,
                "why_weight": "Seen three times.",
                "checked_by": "Three visits.",
                "judgement": "Nobody settles Kit.",
            }
            coded = {"source": source, "stands": stands, "weight": "strong", "bears": "risk", "acknowledged": "no"}
            named = {"evidence": ids.new(), "person": assessed.fin} if source == "person" else {"evidence": ids.new()}
            cast.recorded(cast.fact("evidence.recorded", about | named, since=9, words=said, **coded), by=amy)
        kept = {"exact_words": "Wednesday group", "risk": "He waits there."}
        cast.recorded(
            cast.fact(
                "sensitive.agreed",
                about | {"sensitive": ids.new(), "person": assessed.fin, "other": assessed.ros},
                words=kept,
                kept_from="person",
            ),
            by=amy,
        )
        signed = {
            "leaflet": "in_need",
            "leaflet_form": "English",
            "acknowledged_statements": ["leaflet", "reason"],
            "objects_to": ["police"],
        }
        cast.recorded(
            cast.fact(
                "agreement.made/assessment",
                about | {"agreement": ids.new(), "person": assessed.ros},
                words=signed,
                standing="signed",
                language="English",
            ),
            by=amy,
        )
    page = desk()
    sign_in(page, "Amy")
    page.goto(f"{page.home}/child/{assessed.kit}/assessments/{assessed.assessment}")
    expect(page.get_by_text("Accounts differ", exact=True)).to_be_visible()
    expect(page.get_by_text("Never in a copy for:")).to_be_visible()
    looks_well(page, "assessment-whole")
    page.get_by_role("link", name="Add a piece of evidence").click()
    fill_day(page, clock.today())
    page.get_by_label("What is it about?").fill("Nights")
    page.get_by_label("What was seen, said or found?").fill("Ros sings to Kit.")
    page.get_by_label("I saw it").check()
    looks_well(page, "evidence-seen")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("A strength of the family").check()
    page.get_by_label("Yes, and it holds").check()
    page.get_by_role("group", name="How much does it weigh?").get_by_label("Something").check()
    page.get_by_label("Why?").fill("Once.")
    looks_well(page, "evidence-weight")
    page.get_by_role("button", name="Continue").click()
    record(page)
    page.goto(f"{page.home}/child/{assessed.kit}/assessments/{assessed.assessment}")
    expect(page.get_by_text("Ros sings to Kit.").first).to_be_visible()
