"""Meetings of other councils in a real browser: a Family Meeting, two Progress Meetings, a Family Group Conference, a core group."""

import pytest
from playwright.sync_api import expect
from test_days import a_loop_of_its_own, desk, looks_well
from test_meeting_pages import family, read
from test_stories import at_desk, council, record

import cast
from kith.core import clock, ids
from kith.meetings.models import Meeting
from kith.obligations.models import Owed
from kith.record import actions
from kith.record.fact import Fact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["a_loop_of_its_own", "desk"]
YESTERDAY = 1


@pytest.fixture(autouse=True)
def by_password_alone(settings):
    settings.KITH_SECOND_FACTOR = False


def meeting_of(town, **which):
    with town.at_work(writing=False):
        return Meeting.objects.get(child=town.kit, **which).meeting


def arranged(town, a_type, day, people, *, chair="Amy", asked=None, **coded):
    """A meeting arranged for a day, with those who are to come."""
    meeting = ids.new()
    with town.at_work():
        about = {"child": town.kit, "family": town.family, "meeting": meeting}
        words = {"starts_at": "10:00", "venue": "Gran’s house", "purpose": "That Kit is looked after."}
        actions.append(
            Fact(kind=f"meeting.arranged/{a_type}", about={**about, "chair": town.workers[chair].id}, when=cast.days_ago(10), coded={"held_on": day.isoformat(), **coded}, words=words),
            *(Fact(kind=f"meeting.guest_named/{a_type}", about={**about, "person": person}, when=cast.days_ago(9), coded={"guest_part": part}) for person, part in people),
            by=town.workers["Amy"],
        )  # fmt: skip
    return meeting


def room_of(page, town, meeting):
    page.goto(f"{page.home}/child/{town.kit}/meetings/{meeting}/room")


def here(page, *names, absent=()):
    for name in names:
        page.get_by_label(f"Is {name} here?").select_option(label="Here")
    for name in absent:
        page.get_by_label(f"Is {name} here?").select_option(label="Sent apologies")


def over(page, day, why=""):
    page.get_by_label("The day it was held").fill(day.isoformat())
    page.get_by_label("If something was not gone through, why?").fill(why)
    page.get_by_role("button", name="The meeting is over: record it").click()
    expect(page.get_by_text("The meeting is in the record.")).to_be_visible()


def line(page, text):
    return page.locator(".kith-rows > li", has_text=text)


@pytest.mark.clause("WOR-285", "WOR-305", "WOR-307", "WOR-311", "WOR-320", "WOR-324", "WOR-325", "WOR-326", "WOR-433")
def test_a_family_meeting_from_the_familys_request_to_its_plan_in_the_childs_plan(desk):
    town = family(council("worcestershire", Amy="key_worker", Moll="team_manager"))
    with town.at_work():
        cast.in_need(town.kit, by=town.workers["Amy"])
    amy, day = at_desk(town, desk, "Amy"), cast.days_ago(YESTERDAY)
    asked_and_arranged(amy, town, day)
    meeting = meeting_of(town)
    moll = at_desk(town, desk, "Moll")
    kept_out(moll, town, meeting)
    amy.goto(f"{amy.home}/child/{town.kit}/meetings/{meeting}")
    looks_well(amy, "family-meeting-arranged")
    expect(amy.get_by_text("They get no day, place or paper of this meeting.")).to_be_visible()
    expect(amy.get_by_text("Amy sits with Ros afterwards.")).to_be_visible()
    briefed(amy, town, meeting)
    expect(amy.locator("#guests ~ .kith-rows").first).not_to_contain_text("Fin Marsh")
    amy.get_by_role("button", name="Open the room").click()
    written_up(amy, town, meeting)
    over(amy, day)
    looks_well(amy, "family-meeting-held")
    expect(amy.get_by_text("The family was by itself")).to_be_visible()
    turned_down(amy, town, meeting)
    endorsed(amy, moll, town, meeting)


def asked_and_arranged(amy, town, day):
    amy.goto(f"{amy.home}/child/{town.kit}/meetings")
    amy.locator("summary", has_text="Family Meeting").first.click()
    amy.locator("details[open]").get_by_role("link", name="Somebody asks for it").click()
    record(
        amy, amy.url.removeprefix(amy.home),
        {"When was it asked for?": cast.days_ago(12), "Who asks for it?": "A parent or somebody with parental responsibility", "Who is it, if they are on this record?": "Ros Marsh",
         "What did they ask for, in their own words?": "Let us sort this out ourselves.", "What should the meeting bring about?": "That Kit is looked after on Fridays.",
         "Did the family ask for it?": "Yes"},
        {"Is there help for the family until the meeting?": "Yes", "What helps, who does it, and from when?": "Gran has Kit tonight."},
    )  # fmt: skip
    amy.goto(f"{amy.home}/child/{town.kit}/meetings/{meeting_of(town)}")
    looks_well(amy, "family-meeting-asked")
    amy.get_by_role("button", name="Arrange it").click()
    record(
        amy, amy.url.removeprefix(amy.home),
        {"When was it arranged?": cast.days_ago(11), "On which day is it?": day, "At what time does it begin?": "5pm", "Where is it?": "Gran’s house",
         "What did the family say of the day, the time and the place?": "After school.", "Is it by itself or part of a review of the plan?": "By itself",
         "Are the day, the time and the place agreed with the family?": "Yes", "With which parents, carers and young people was it planned": "Ros and Kit.",
         "Were health and safety weighed": "Yes", "why are they safe and enough?": "They know the place."},
        {"Who leads it?": "Amy", "As what?": "Key worker", "What is it for, in plain words, and what should come of it?": "A plan for Fridays.", "How does the child take part?": "They come",
         "As what does the co-ordinator do it?": "Key worker", "Who chose the co-ordinator?": "Team manager", "Why this co-ordinator?": "They are the allocated worker",
         "The relationship with the family, the purpose": "They get on; there is no conflict.", "Is it settled with the family how the child takes part": "Yes",
         "Does somebody who may come pose a risk of significant harm?": "No", "How is what is said handled": "Amy sits with Ros afterwards."},
    )  # fmt: skip
    amy.goto(f"{amy.home}/child/{town.kit}/meetings/{meeting_of(town)}")
    for name in ("Kit Marsh", "Ros Marsh", "Fin Marsh"):
        amy.get_by_label(name, exact=True).check()
    amy.get_by_role("button", name="Add those ticked").click()


def briefed(amy, town, meeting):
    """Amy looks through what the assessment says, changes it, and it stands in the room."""
    about = {"child": town.kit, "assessment": ids.new()}
    words = {"analysis": "Kit is alone on Fridays.", "giving_and_willing": "Gran is near."}
    with town.at_work():
        actions.append(
            Fact(kind="assessment.started/core", about=about, when=cast.days_ago(60)),
            Fact(kind="assessment.submitted/core", about=about, when=cast.days_ago(30), words=words),
            by=town.workers["Amy"],
        )
    amy.get_by_role("button", name="Write the briefing").click()
    looks_well(amy, "family-meeting-briefing")
    expect(amy.get_by_label("Strengths of the family")).to_have_value("Gran is near.")
    amy.get_by_label("What everybody needs to know").fill("Kit is alone on some Fridays.")
    amy.get_by_role("button", name="Save the briefing").click()
    expect(amy.get_by_text("It stands in the room")).to_be_visible()


def kept_out(moll, town, meeting):
    moll.goto(f"{moll.home}/child/{town.kit}/meetings/{meeting}")
    row = line(moll, "Fin Marsh").first
    row.locator("summary").click()
    row.get_by_role("link", name="Keep them out").click()
    record(
        moll, moll.url.removeprefix(moll.home),
        {"When was it decided?": cast.days_ago(8), "As whom do you decide?": "Team manager", "What is the risk, to whom, and what shows it?": "He has threatened Ros.", "Will they be told?": "Yes",
         "What are they told, by whom and how?": "Moll rings him on Monday.", "How else can they be heard?": "He writes what he wants said.", "What will they be given afterwards": "What is agreed for Fridays."},
    )  # fmt: skip


def written_up(amy, town, meeting):
    expect(amy.get_by_label("What everybody needs to know")).to_have_value("Kit is alone on some Fridays.")
    here(amy, "Kit Marsh", "Ros Marsh")
    assert amy.get_by_label("Is Fin Marsh here?").count() == 0
    amy.get_by_label("Agrees to the ground rules: Ros Marsh").check()
    amy.get_by_label("Were the purpose and the principles of the meeting explained?").select_option(label="Yes")
    amy.get_by_label("What everybody needs to know").fill("Kit is often alone on Fridays.")
    amy.get_by_label("Who speaks 1").fill("Mrs Hart, school")
    amy.get_by_label("What worries them 1").fill("Kit is tired on Mondays.")
    amy.get_by_label("Who offers it, and which named worker 1").fill("Mrs Hart")
    offers = amy.locator("[data-kith-lines=offer]")
    offers.get_by_label("What 1", exact=True).fill("Breakfast club")
    looks_well(amy, "family-meeting-room")
    amy.get_by_label("How does the family use its own time?").select_option(value="alone")
    amy.get_by_role("button", name="Save", exact=True).click()
    amy.get_by_role("button", name="The family is by itself now").click()
    expect(amy.get_by_text("The family is by itself").first).to_be_visible()
    assert amy.locator("textarea, input[type=text], input:not([type])").count() == 0
    looks_well(amy, "family-meeting-alone")
    amy.get_by_role("button", name="back", exact=False).click()
    for number, words, answer in ((1, "Gran has Kit on Fridays.", "agreed"), (2, "Fin lives with us.", "not_agreed")):
        amy.get_by_label(f"In their words {number}").fill(words)
        amy.get_by_label(f"Who proposes it {number}").select_option(label="Ros Marsh")
        amy.get_by_label(f"The answer {number}").select_option(value=answer)
    plan = amy.locator("[data-kith-lines=part]")
    plan.get_by_label("What there is to do it with 1").fill("Gran’s spare room")
    plan.locator("summary").nth(1).click()
    amy.get_by_label("On what ground 2").select_option(label="Something else")
    for asked, words in (
        ("How does the plan keep the child safe?", "Gran is there."), ("How does it meet what the child needs?", "Kit rests."), ("What if it does not work?", "We ring Amy."),
        ("How will the family check itself, and how will others check", "Gran asks on Sundays."), ("Or how the family can ask for one", "Ring Amy."),
    ):  # fmt: skip
        amy.get_by_label(asked).first.fill(words)
    amy.get_by_label("The family made a plan of its own").check()
    looks_well(amy, "family-meeting-written")


def turned_down(amy, town, meeting):
    """What may not be turned down on that ground waits for an answer with evidence, and with the reasons told to the family."""
    expect(amy.get_by_text("Not recorded yet, for somebody else to decide: “Fin lives with us.”")).to_be_visible()
    line(amy, "Part 2 of the family’s plan is not answered yet").get_by_role("button").click()
    record(
        amy, amy.url.removeprefix(amy.home),
        {"When was it answered?": clock.today(), "What is the answer?": "Not agreed", "On what ground is it not agreed?": "The evidence shows a risk that is not acknowledged, or is made much smaller than it is",
         "Is there evidence for it on this record?": "Yes", "Which evidence?": "The police report of May.", "The reasons, as you gave them to the family": "Fin has threatened Ros.",
         "Were they explained to the family?": "Yes"},
    )  # fmt: skip
    answered = {one.coded["part"]: one.coded["answer"] for one in read(town, "plan.part_answered/family")}
    assert answered == {"1": "agreed", "2": "not_agreed"}


def endorsed(amy, moll, town, meeting):
    moll.goto(f"{moll.home}/child/{town.kit}/meetings/{meeting}")
    line(moll, "The family’s plan is not endorsed as safe yet").get_by_role("button").click()
    record(
        moll, moll.url.removeprefix(moll.home),
        {"When?": clock.today(), "As whom do you endorse it?": "Team manager", "What makes it safe for the child?": "Gran is known to us."},
    )  # fmt: skip
    amy.goto(f"{amy.home}/child/{town.kit}/meetings/{meeting}")
    line(amy, "The family’s plan is not adopted yet").get_by_role("button").click()
    record(
        amy, amy.url.removeprefix(amy.home),
        {"From which day?": clock.today(), "What should be different for the child?": "Kit is never alone on Fridays.", "How does the family check itself?": "Gran asks on Sundays.",
         "How do professionals check": "Amy comes monthly.", "Did the case worker co-ordinate the meeting?": "Yes", "is it agreed how the family can ask for a review?": "Yes"},
    )  # fmt: skip
    amy.goto(f"{amy.home}/child/{town.kit}/meetings/{meeting}")
    expect(amy.get_by_text("Carry what the family agreed into the child’s plan").first).to_be_visible()
    with town.at_work(writing=False):
        assert Owed.objects.filter(duty="family_plan.into_plan", closed_on=None).exists()


@pytest.mark.clause("LIN-041", "LIN-046", "LIN-081", "LIN-031")
def test_two_progress_meetings_whose_scores_are_shown_over_time_and_whose_record_is_the_plan(desk):
    town = family(council("lincolnshire", Amy="social_worker", Moll="team_manager"))
    with town.at_work():
        cast.in_need(town.kit, by=town.workers["Amy"])
    amy = at_desk(town, desk, "Amy")
    for days, score, danger in ((40, "3", "When Fin comes at night."), (1, "7", "When Ros is alone.")):
        day = cast.days_ago(days)
        meeting = arranged(
            town, "child_in_need", day, ((town.ros, "parent"), (town.kit, "child")), chair_role="social_worker"
        )
        room_of(amy, town, meeting)
        here(amy, "Ros Marsh", "Kit Marsh")
        amy.get_by_label("When can family life become dangerous?").fill(danger)
        amy.get_by_label("Score: Ros Marsh").fill(score)
        amy.get_by_label("The room may see it: Ros Marsh").check()
        amy.get_by_label("What are the worries?").fill("Nights are hard.")
        amy.get_by_label("The plan was changed" if days == 1 else "The plan goes on").check()
        looks_well(amy, f"progress-room-{days}")
        over(amy, day, "The rest was gone through at home.")
    looks_well(amy, "progress-held")
    expect(amy.get_by_role("heading", name="The plan and the record, in one")).to_be_visible()
    expect(amy.get_by_text("Last time: When Fin comes at night.")).to_be_visible()
    amy.goto(f"{amy.home}/child/{town.kit}/meetings")
    row = amy.get_by_role("row", name="Ros Marsh 3")
    expect(row).to_contain_text("3")
    expect(row).to_contain_text("7")
    expect(amy.locator("#took-part")).to_be_visible()
    looks_well(amy, "progress-scores")
    amy.goto(f"{amy.home}/record/{town.kit}/meeting_arrange?with=a_type:child_in_need")
    looks_well(amy, "progress-arrange")
    assert [one.coded["score"] for one in read(town, "safety.scored")] == [3, 7]


@pytest.mark.clause("FRG-025", "FRG-029", "FRG-080")
def test_a_family_group_conference_from_the_offer_to_the_day_it_is_looked_at_again(desk):
    town = council("lincolnshire", Amy="social_worker", Moll="team_manager")
    town.authority.adopts = ["care_crisis_review@2018-06"]
    town.authority.save(update_fields=["adopts"])
    family(town)
    amy, day = at_desk(town, desk, "Amy"), cast.days_ago(YESTERDAY)
    for person, answer in (("Ros Marsh", "Yes"), ("Fin Marsh", "No, thank you")):
        record(
            amy, f"/record/{town.kit}/offer_make",
            {"When was it offered?": cast.days_ago(20), "What was offered?": "A family group conference", "To whom?": person, "How?": "In person"},
        )  # fmt: skip
        record(
            amy, f"/record/{town.kit}/offer_answer",
            {"When did they answer?": cast.days_ago(19), "What had been offered?": "A family group conference", "Who answered?": person, "What did they say?": answer},
        )  # fmt: skip
    amy.goto(f"{amy.home}/child/{town.kit}/meetings")
    expect(amy.get_by_text("No, thank you")).to_be_visible()
    looks_well(amy, "conference-offered")
    meeting = arranged(
        town,
        "family_group_conference",
        day,
        ((town.ros, "parent"), (town.kit, "child")),
        chair="Moll",
        chair_role="team_manager",
    )
    room_of(amy, town, meeting)
    here(amy, "Ros Marsh", "Kit Marsh")
    amy.get_by_label("How does the family use its own time?").select_option(value="alone")
    amy.get_by_label("In their words 1").fill("Aunt Jo has Kit at weekends.")
    amy.get_by_label("Who proposes it 1").select_option(label="Ros Marsh")
    amy.get_by_label("The answer 1").select_option(index=1)
    amy.get_by_label("The family made a plan of its own").check()
    amy.locator("#next-day").fill(cast.days_ago(-60).isoformat())
    looks_well(amy, "conference-room")
    over(amy, day, "Nobody had more to say.")
    looks_well(amy, "conference-held")
    expect(amy.get_by_text("Aunt Jo has Kit at weekends.").first).to_be_visible()
    row = line(amy, "The next meeting was agreed for")
    row.get_by_role("button").click()
    expect(amy.get_by_text("Kit Marsh: Arrange a meeting")).to_be_visible()
    expect(amy.get_by_label("Family Group Conference", exact=True)).to_be_checked()
    [made] = read(town, "proposal.made")
    assert made.about["person"] == str(town.ros)


@pytest.mark.clause("WOR-327", "WOR-328", "WOR-326")
def test_only_the_core_group_changes_the_protection_plan_and_until_then_the_familys_plan_waits(desk):
    town = family(council("worcestershire", Amy="key_worker", Moll="team_manager"))
    with town.at_work():
        plan, moll = ids.new(), town.workers["Moll"]
        actions.append(
            Fact(kind="plan.started/child_protection", about={"child": town.kit, "plan": plan}, when=cast.days_ago(40), words={"different": "Kit is safe at night."}),
            by=moll,
        )  # fmt: skip
    amy, day = at_desk(town, desk, "Amy"), cast.days_ago(YESTERDAY)
    families_plan_waits(amy, at_desk(town, desk, "Moll"), town, cast.days_ago(3))
    meeting = arranged(town, "core_group", day, ((town.ros, "parent"), (town.kit, "child")), chair_role="key_worker")
    room_of(amy, town, meeting)
    expect(amy.get_by_text("Only this meeting, or the court, changes the plan it is about.")).to_be_visible()
    here(amy, "Ros Marsh", "Kit Marsh")
    amy.get_by_label("What was decided?").select_option(label="The plan is changed")
    amy.get_by_label("Which parts of the family’s own plan go into the plan").fill("Gran has Kit on Fridays: taken up.")
    amy.get_by_label("The meeting took its own decision").check()
    looks_well(amy, "core-group-room")
    over(amy, day, "Nothing else changed.")
    looks_well(amy, "core-group-held")
    line(amy, "The meeting took its own decision").get_by_role("button").click()
    record(
        amy, amy.url.removeprefix(amy.home),
        {"When was it agreed?": clock.today(), "Which part changes?": "What the family agreed", "What does it say now?": "Gran has Kit on Fridays.", "Why, and what does the family say?": "The core group took it up."},
    )  # fmt: skip
    with town.at_work(writing=False):
        assert not Owed.objects.filter(duty="family_plan.into_plan", closed_on=None).exists()
    [changed] = read(town, "plan.changed/child_protection")
    assert changed.about["plan"] == str(plan)


def families_plan_waits(amy, moll, town, day):
    """The family's plan is adopted only when the family was told what it cannot change; the protection plan is as it was."""
    meeting = arranged(
        town, "family_meeting", day, ((town.ros, "parent"), (town.kit, "child")), chair_role="key_worker"
    )
    room_of(amy, town, meeting)
    here(amy, "Ros Marsh", "Kit Marsh")
    amy.get_by_label("How does the family use its own time?").select_option(value="alone")
    amy.get_by_label("In their words 1").fill("Gran has Kit on Fridays.")
    amy.get_by_label("The answer 1").select_option(label="Agreed")
    amy.get_by_label("The family made a plan of its own").check()
    amy.get_by_role("button", name="Save", exact=True).click()
    amy.get_by_role("button", name="The family is by itself now").click()
    expect(
        amy.get_by_text(
            "Only a core group, a conference or a review can change the plan the child has now.", exact=False
        )
    ).to_be_visible()
    looks_well(amy, "core-group-family-alone")
    amy.get_by_role("button", name="back", exact=False).click()
    over(amy, day, "The rest is in the plan.")
    [made] = read(town, "proposal.made")
    record(
        moll, f"/record/{town.kit}/family_plan_approve?for={made.about['plan']}",
        {"When?": clock.today(), "As whom do you endorse it?": "Team manager", "What makes it safe for the child?": "Gran is known to us."},
    )  # fmt: skip
    amy.goto(f"{amy.home}/child/{town.kit}/meetings/{meeting}")
    line(amy, "The family’s plan is not adopted yet").get_by_role("button").click()
    adopt = {
        "From which day?": clock.today(), "What should be different for the child?": "Kit is never alone.", "How does the family check itself?": "Gran asks.", "How do professionals check": "Amy comes.",
        "Did the case worker co-ordinate the meeting?": "Yes", "was the family told that only the core group": "Yes", "is it agreed how the family can ask for a review?": "Yes",
    }  # fmt: skip
    record(amy, amy.url.removeprefix(amy.home), adopt)
    with town.at_work(writing=False):
        assert Owed.objects.filter(duty="family_plan.into_plan", closed_on=None).exists()
    assert read(town, "plan.changed") == []
