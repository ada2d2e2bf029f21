"""The risk tool and the fairness tool by the pages: one record, seen from wherever the child is worked with, made into actions."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.obligations.models import Owed
from kith.record.models import Event

pytestmark = pytest.mark.django_db
RISK = {
    "risk_factors": "Ros drinks at weekends.", "protective": "Nana lives next door.", "impact": "Kit is alone at night and afraid.",
    "level_now": "high", "measures": "Nana sleeps there on Saturdays\nA key for Kit", "level_with": "high", "contingency": "Kit goes to Nana’s.",
    "escalate_to": "The duty desk, by telephone", "placed_in": ["risk_assessment", "plan"],
}  # fmt: skip
AREAS = ("age", "gender", "ethnicity", "language", "disability", "poverty", "social")


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    return paperwork.household("worcestershire")


def risk(town, **more):
    said = {"review_on": cast.days_ago(-14), "when": cast.days_ago(9)} | RISK | more
    return paperwork.record(town.amy, town.kit, "risk", **said)


def page(town):
    return paperwork.page(town.amy, "risks", town.kit)


@pytest.mark.clause("WOR-417", "WOR-419", "WOR-420", "WOR-421", "WOR-422")
def test_a_risk_has_its_seven_parts_two_levels_and_is_flagged_where_it_stays_high(town):
    for key, words in (
        ("contingency", "Say what happens if the measures do not hold"), ("level_with", "Select how great it is with all of that in place"),
        ("escalate_to", "Say who is told if the risk grows"), ("placed_in", "Select where it should be shown"),
    ):  # fmt: skip
        without = {one: value for one, value in RISK.items() if one != key}
        answer = paperwork.record(
            town.amy, town.kit, "risk", review_on=cast.days_ago(-14), when=cast.days_ago(9), **without
        )
        assert words in paperwork.said(answer)
    assert risk(town).status_code == 302
    shown = page(town)
    for words in (*(text for text in RISK.values() if isinstance(text, str) and " " in text and "\n" not in text), "As things are: High. With every measure in place: High.", "It stays high even with every measure in place.", "The risk assessment, The plan"):  # fmt: skip
        assert words in shown
    with town.at_work(writing=False):
        assert [one.due_on for one in Owed.objects.filter(duty="risk.review", closed_on=None)] == [cast.days_ago(-14)]


@pytest.mark.clause("WOR-420", "WOR-422")
def test_a_look_that_finds_it_greater_says_who_must_be_told_and_one_overdue_says_so(town):
    risk(town, level_now="low", level_with="low", review_on=cast.days_ago(2))
    assert "Overdue to be looked at again:" in page(town)
    with town.at_work(writing=False):
        one = Event.objects.get(kind="risk.identified").about["risk"]
    sent = {"act": "record", "for": one, **paperwork.answers(changed="Nana is ill.", level_now="high", level_with="medium", review_on=cast.days_ago(-7), when=cast.days_ago(0))}  # fmt: skip
    assert town.amy.post(reverse("record-form", args=[town.kit, "risk_again"]), sent).status_code == 302
    shown = page(town)
    assert "It has grown since the look before." in shown
    assert "To be told: The duty desk, by telephone" in shown
    assert "Nana is ill." in shown
    with town.at_work(writing=False):
        assert [one.closed_as for one in Owed.objects.filter(duty="risk.review").order_by("due_on")] == ["met late", ""]


@pytest.mark.clause("WOR-418", "WOR-421")
def test_the_one_record_is_reached_from_recording_assessment_plan_review_and_supervision_with_no_copy(town):
    risk(town)
    with town.at_work():
        cast.in_need(town.kit, by=town.workers["Amy"])
    here = f'href="{reverse("risks", args=[town.kit])}"'
    for name, args in (
        ("record-form", [town.kit, "case_note"]), ("record-form", [town.kit, "assessment"]), ("assessments", [town.kit]), ("plans", [town.kit]),
        ("record-form", [town.kit, "plan_review"]), ("coworking", [town.kit]),
    ):  # fmt: skip
        assert here in paperwork.page(town.amy, name, *args), name
    with town.at_work(writing=False):
        assert Event.objects.filter(kind__startswith="risk.").count() == 1


@pytest.mark.clause("WOR-414")
def test_what_would_help_becomes_an_action_of_the_plan_from_the_tool(town):
    risk(town)
    shown = page(town)
    assert shown.count("Make it an action") == 2
    assert "with=what:A+key+for+Kit" in shown
    form = town.amy.get(reverse("record-form", args=[town.kit, "action"]), {"with": "what:A key for Kit"})
    assert "A key for Kit</textarea>" in paperwork.said(form)
    paperwork.recorded(town.amy, town.kit, "action", what="A key for Kit", by_when=cast.days_ago(-5))
    shown = page(town)
    assert shown.count("Make it an action") == 1
    assert "In the plan" in shown


@pytest.mark.clause("WOR-412", "WOR-413", "WOR-414", "WOR-415", "WOR-416")
def test_all_eight_areas_are_considered_and_what_adds_disadvantage_says_what_it_means_for_the_child(town):
    answers = {f"{key}_matters": "no_effect" for key in AREAS} | {
        "beliefs_matter": "no_effect",
        "language_matters": "adds",
    }
    said = {"parents_need": "An interpreter.", "recognise": "Ros reads to Kit.", "nurture": "We say so.", "consistency": "Bedtime.", "supports": "An interpreter at school", "when": cast.days_ago(3)}  # fmt: skip
    part = {f"{town.kit}-empowered": "Kit speaks for himself."}
    lacking = paperwork.record(town.amy, town.kit, "equality", part, **answers, **said)
    assert "Say what it means for the child’s life day by day" in paperwork.said(lacking)
    part[f"{town.kit}-lived"] = "Kit interprets for Ros at the doctor’s."
    lacking = paperwork.record(town.amy, town.kit, "equality", part, **(answers | said | {"poverty_matters": ""}))
    assert "Say whether money has an effect" in paperwork.said(lacking)
    paperwork.recorded(town.amy, town.kit, "equality", part, **answers, **said)
    shown = page(town)
    for words in (
        ": Language",
        "Kit interprets for Ros at the doctor’s.",
        "Ros reads to Kit.",
        "An interpreter at school",
        "Bedtime.",
    ):
        assert words in shown


def test_a_risk_of_a_past_day_is_shown_as_it_was_known_and_nothing_can_be_recorded(town):
    risk(town)
    shown = paperwork.page(town.amy, "risks", town.kit, known_on=cast.days_ago(1).isoformat())
    assert "No risk is recorded." in shown
    assert "Record a risk" not in shown
