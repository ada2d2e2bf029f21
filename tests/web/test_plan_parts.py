"""What a plan is clear about, who belongs to it, how it escalates and changes, by the pages in one council's words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from test_plans import act, named, owed, plan

import cast
import paperwork
from kith.people import register
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    return one


def page(town, **asked):
    return paperwork.page(town.amy, "plans", town.kit, **asked)


def need(town, **more):
    said = {
        "need": "Help with speech",
        "different": "Kit is understood.",
        "domain": "health",
        "is_concern": "no",
        "when": cast.days_ago(9),
    }
    paperwork.recorded(town.amy, town.kit, "need", **(said | more))
    return named(town, "need.identified", "need")[-1]


@pytest.mark.clause("WOR-030", "WOR-228", "WOR-229", "WOR-230", "WOR-231", "WOR-232", "WOR-225")
def test_a_plan_is_clear_in_all_nine_areas_and_says_what_is_for_this_child_alone(town):
    for key, words in (
        ("services", "Say which services and from whom"), ("professional_contact", "Say when and how professionals and family are in contact"),
        ("purpose", "Say what they are for"), ("commitments", "Say what the professionals commit themselves to"),
        ("negotiable_parts", "Say what is negotiable, and what is not"), ("unacceptable", "or that there is no concern about care"),
    ):  # fmt: skip
        assert words in paperwork.said(plan(town, **{key: ""}))
    alone = {f"{town.kit}-individual": ""}
    assert "Say what is for this child alone" in paperwork.said(plan(town, alone))
    assert plan(town).status_code == 302
    shown = page(town)
    for words in ("Amy comes on Mondays.", "Amy rings back the same day.", "The day of the visit; not the visit.", "No concern about care.", "Kit’s own room.", "The child is in need (section 17)"):  # fmt: skip
        assert words in shown


@pytest.mark.clause("WOR-026")
def test_the_seven_headings_say_which_the_plan_names(town):
    plan(town)
    shown = page(town)
    part = shown[shown.index("What a plan is clear about") : shown.index("Team around the child")]
    assert part.count("<li>") == 7
    assert part.count("Not yet") == 4
    one = need(town)
    paperwork.recorded(
        town.amy, town.kit, "action", what="A speech therapist", who="Nia Rees", need=one, by_when=cast.days_ago(-9)
    )
    act(town.amy, town, "plan_team", named(town, "plan.started", "plan")[0], when=cast.days_ago(1))
    shown = page(town)
    part = shown[shown.index("What a plan is clear about") : shown.index("Team around the child")]
    assert part.count("Not yet") == 1
    assert "How information is shared and recorded" in part


@pytest.mark.clause("WOR-014", "WOR-029", "WOR-224", "WOR-233")
def test_a_need_with_no_action_is_shown_and_asks_for_a_reason_before_the_plan_is_approved(town):
    plan(town)
    one = need(town, is_concern="yes", outcomes_sought="healthy")
    shown = page(town)
    needs = shown[shown.index("What the child needs") :]
    assert "A concern." in needs
    assert "No action yet." in needs
    assert "Being Healthy" in needs
    [it] = named(town, "plan.started", "plan")
    act(town.amy, town, "plan_team", it, when=cast.days_ago(2))
    approve = {"by_role": "team_manager", "when": cast.days_ago(1)}
    stopped = act(town.moll_desk, town, "plan_approve", it, **approve)
    assert "A need or a concern has no action yet" in paperwork.said(stopped)
    paperwork.recorded(town.amy, town.kit, "action", what="A speech therapist", need=one, by_when=cast.days_ago(-9))
    assert "No action yet." not in page(town)
    assert act(town.moll_desk, town, "plan_approve", it, **approve).status_code == 302
    assert "Approved" in page(town)


@pytest.mark.clause("WOR-025", "WOR-032", "WOR-235", "WOR-237", "WOR-238", "WOR-239")
def test_the_team_around_the_child_is_listed_with_what_each_has_said_and_is_confirmed_before_approval(town):
    plan(town)
    with town.at_work():
        amy = cast.viewer(town.workers["Amy"])
        school = register.enter_agency({"name": "Sarn Primary School", "kind": "school"}, cast.days_ago(90), by=amy)
        nia = register.add_professional(register.one_agency(school), {"given": "Nia", "family_name": "Rees", "title": "School nurse"}, cast.days_ago(80), by=amy)  # fmt: skip
    shown = page(town)
    assert "Nobody yet: Other professionals." in shown
    join = {
        "act": "join",
        "words": "Nia",
        "person": str(nia),
        "part": "School nurse",
        "when-day": 1,
        "when-month": 10,
        "when-year": 2026,
    }
    town.amy.post(reverse("professionals", args=[town.kit]), join)
    shown = page(town)
    team = shown[shown.index("Team around the child") : shown.index("What the child needs")]
    for words in (
        "Nia Rees",
        "Ros Marsh",
        "Fin Marsh",
        "Amy",
        "Lead professional",
        "Kit Marsh",
        "Not yet confirmed by the lead professional.",
    ):
        assert words in team
    [it] = named(town, "plan.started", "plan")
    stopped = act(town.moll_desk, town, "plan_approve", it, by_role="team_manager", when=cast.days_ago(1))
    assert "has not yet confirmed who is in the team" in paperwork.said(stopped)
    act(town.amy, town, "plan_team", it, when=cast.days_ago(2))
    said = act(town.amy, town, "plan_contribution", it, person=str(nia), contributes="Weighs Kit each month", clear_about_it="yes", when=cast.days_ago(1))  # fmt: skip
    assert said.status_code == 302
    act(town.amy, town, "plan_share", it, person=str(town.ros), signed="yes", when=cast.days_ago(1))
    act(town.amy, town, "plan_share", it, person=str(town.fin), signed="no", when=cast.days_ago(1))
    shown = page(town)
    team = shown[shown.index("Team around the child") : shown.index("What the child needs")]
    for words in ("Confirmed by the lead professional", "Weighs Kit each month", "Has signed it", "Has it, and has not signed", "Has not been given the plan"):  # fmt: skip
        assert words in team


@pytest.mark.clause("WOR-236")
def test_whoever_puts_a_professional_on_the_network_is_offered_the_kinds_that_the_procedure_names(town):
    with town.at_work():
        amy = cast.viewer(town.workers["Amy"])
        agency = register.enter_agency({"name": "Sarn School", "kind": "school"}, cast.days_ago(90), by=amy)
        register.add_professional(
            register.one_agency(agency), {"given": "Nia", "family_name": "Rees"}, cast.days_ago(80), by=amy
        )
    shown = paperwork.page(town.amy, "professionals", town.kit, words="Nia")
    for kind in (
        "School or nursery",
        "EP",
        "EWO",
        "CAFCASS",
        "Health Visitor",
        "School nurse",
        "SPACE",
        "Homestart",
        "EIFSW",
        "Housing",
    ):
        assert kind in shown


@pytest.mark.clause("WOR-234", "WOR-380", "WOR-250")
def test_an_escalation_takes_effect_whoever_holds_the_case_and_the_mismatch_is_owed_at_once(town):
    plan(town, contingency="Nana takes Kit.")
    with town.at_work():
        town.worker("Asa", "social_work_assistant")
    asa = str(town.workers["Asa"].id)
    assert (
        town.moll_desk.post(
            reverse("allocate", args=[town.kit]), {"worker": asa, "reason": "She knows him."}
        ).status_code
        == 302
    )
    form = paperwork.page(town.amy, "record-form", town.kit, "plan_start", **{"with": "a_type:child_protection"})
    assert 'value="child_protection" checked' in form
    turn = {"act": "continue", "page": "plan", "all-a_type": "child_protection"}
    safety = town.amy.post(reverse("record-form", args=[town.kit, "plan_start"]), turn, follow=True)
    assert "Carried forward from the plan that is open now." in paperwork.said(safety)
    assert "Nana takes Kit." in paperwork.said(safety)
    done = plan(town, a_type="child_protection", worry="some", would_worry="Ring the desk.", decided_by="conference", trigger="A fall.", when=cast.days_ago(0))  # fmt: skip
    assert done.status_code == 302
    assert owed(town, "key_worker.qualified") == [(cast.days_ago(0), "")]
    shown = page(town)
    assert "Pass the case to a qualified social worker" in shown
    assert "Side by side" in shown
    again = town.moll_desk.post(reverse("allocate", args=[town.kit]), {"worker": asa, "reason": "Again."})
    assert "has a qualified social worker as key worker" in paperwork.said(again)
    amy = {"worker": str(town.workers["Amy"].id), "reason": "Qualified."}
    assert town.moll_desk.post(reverse("allocate", args=[town.kit]), amy).status_code == 302
    assert owed(town, "key_worker.qualified") == [(cast.days_ago(0), "met")]


@pytest.mark.clause("WOR-226")
def test_several_plans_stand_side_by_side_with_what_does_not_agree(town):
    plan(town)
    plan(town, a_type="child_protection", worry="some", would_worry="Ring.", decided_by="conference", professional_contact="Amy comes on Fridays.", when=cast.days_ago(1))  # fmt: skip
    shown = page(town)
    table = shown[shown.index("Side by side") : shown.index("What the child needs")]
    row = table[table.index("When and how professionals and family are in contact") :][:400]
    assert "Not the same" in row
    assert "Amy comes on Mondays." in row
    assert "Amy comes on Fridays." in row
    assert "Not the same" not in table[table.index("What the professionals commit themselves to") :][:120]


@pytest.mark.clause("WOR-227", "WOR-189", "WOR-188")
def test_plans_of_other_agencies_are_kept_in_step_while_an_enquiry_runs(town):
    with town.at_work():
        cast.recorded(
            cast.fact("section_47.started", {"child": town.kit, "enquiry": cast.ids.new()}), by=town.workers["Amy"]
        )
    paperwork.recorded(
        town.amy, town.kit, "other_plan", plan_kind="Individual Education Plan", in_step="Amy goes to its review."
    )
    need(town)
    plan(town)
    shown = page(town)
    assert "Individual Education Plan" in shown
    assert "Amy goes to its review." in shown


@pytest.mark.clause("WOR-231")
def test_what_is_not_negotiable_is_dropped_by_a_manager_or_with_a_reason(town):
    plan(town)
    paperwork.recorded(
        town.amy, town.kit, "action", what="Kit is never alone at night", negotiable="no", by_when=cast.days_ago(-9)
    )
    [one] = named(town, "action.agreed", "action")
    stopped = act(town.amy, town, "action_dropped", one, why="Hard.", by_role="social_worker", when=cast.days_ago(0))
    assert "This action was not negotiable." in paperwork.said(stopped)
    assert act(town.moll_desk, town, "action_dropped", one, why="Nana came.", by_role="team_manager", when=cast.days_ago(0)).status_code == 302  # fmt: skip


@pytest.mark.clause("WOR-269", "WOR-183")
def test_a_review_says_what_is_new_and_what_that_means_for_the_plan(town):
    plan(town)
    [it] = named(town, "plan.started", "plan")
    said = {
        "with_family": "yes",
        "changed": "More sleep.",
        "not_changed": "Nothing.",
        "unacceptable_met": "no",
        "when": cast.days_ago(2),
    }
    assert "Say whether there are new or changed circumstances" in paperwork.said(
        act(town.amy, town, "plan_review", it, **said)
    )
    lacking = act(town.amy, town, "plan_review", it, circumstances_changed="yes", **said)
    assert "Say what they mean for the plan" in paperwork.said(lacking)


@pytest.mark.clause("WOR-260")
def test_each_has_their_own_part_of_the_plan_in_a_letter_of_their_own(town):
    plan(town)
    with town.at_work():
        cast.recorded(cast.fact("parental_responsibility.gained", {"person": town.ros, "child": town.kit}, through="mother"), by=town.workers["Amy"])  # fmt: skip
    paperwork.recorded(
        town.amy, town.kit, "action", what="Book the dentist", person=str(town.ros), by_when=cast.days_ago(-9)
    )
    address = reverse("write-letter", args=[town.kit, "plan_part"])
    asked = town.amy.post(
        address, {"reader": f"parental_responsibility:{town.ros}", "layout": "standard", "act": "reader"}
    )
    assert "Ros Marsh: Book the dentist, by" in paperwork.said(asked)


def test_what_changed_between_two_days_is_told_line_by_line(town):
    with cast.on(-30):
        plan(town, when=cast.days_ago(0))
        need(town, when=cast.days_ago(0))
    town.amy = paperwork.desk(town.workers["Amy"])
    [it] = named(town, "plan.started", "plan")
    act(
        town.amy,
        town,
        "plan_change",
        it,
        part="professional_contact",
        now="Amy comes on Fridays.",
        why="Ros works.",
        when=cast.days_ago(1),
    )
    paperwork.recorded(
        town.amy, town.kit, "action", what="A speech therapist", by_when=cast.days_ago(-9), when=cast.days_ago(1)
    )
    asked = {
        f"{name}-{part}": getattr(day, part) for name, day in (("since", cast.days_ago(20)), ("until", cast.days_ago(0))) for part in ("day", "month", "year")
    }  # fmt: skip
    shown = paperwork.page(town.amy, "compare-plans", town.kit, **asked)
    assert "<del>Amy comes on Mondays.</del>" in shown
    assert "<ins>Amy comes on Fridays.</ins>" in shown
    assert "A speech therapist" in shown
    assert "Help with speech" not in shown
    assert "Amy comes on Fridays." in page(town)
    wrong = town.amy.get(reverse("compare-plans", args=[town.kit]), asked | {"until-year": "2025"})
    assert "The second day comes before the first" in paperwork.said(wrong)


def test_a_plan_with_sixty_actions_asks_the_database_no_more_than_one_with_three(town):
    plan(town)

    def questions():
        client = paperwork.desk(town.workers["Amy"])
        client.get(reverse("plans", args=[town.kit]))
        with CaptureQueriesContext(connection) as told:
            assert client.get(reverse("plans", args=[town.kit])).status_code == 200
        return len(told)

    def agree(number):
        with town.at_work():
            for _each in range(number):
                about = {"child": town.kit, "family": town.family, "action": cast.ids.new(), "person": town.ros}
                cast.recorded(
                    cast.fact("action.agreed", about, words={"what": "Something"}, by_when="2026-12-24"),
                    by=town.workers["Amy"],
                )

    agree(3)
    few = questions()
    agree(57)
    with town.at_work(writing=False):
        assert Event.objects.filter(kind="action.agreed").count() == 60
    assert questions() <= few
    assert few <= 60
