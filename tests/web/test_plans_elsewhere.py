"""Plans and endings in other councils' words, by the same pages: what each asks that the others do not."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.access.models import Team
from kith.core import ids
from kith.obligations.models import Owed
from kith.record.models import Event

pytestmark = pytest.mark.django_db
SAFETY = {
    "a_type": "child_in_need",
    "worry": "none",
    "danger": "When Kit bolts.",
    "each_does": "Nana locks the gate.",
    "who_to_call": "Nana.",
}


def town_of(settings, slug):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household(slug)
    with one.at_work():
        amy = one.workers["Amy"]
        Team.objects.filter(id=one.team.id).update(telephone="01632 960100")
        cast.recorded(
            cast.fact("referral.received", {"child": one.kit, "family": one.family, "referral": ids.new()}, since=80),
            by=amy,
        )
        cast.recorded(
            cast.fact("parental_responsibility.gained", {"person": one.ros, "child": one.kit}, through="mother"), by=amy
        )
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    return one


@pytest.fixture
def lincolnshire(settings):
    return town_of(settings, "lincolnshire")


def plan(town, **more):
    return paperwork.record(
        town.amy,
        town.kit,
        "plan_start",
        {f"{town.kit}-different": "Kit is safe."},
        when=cast.days_ago(20),
        **(SAFETY | more),
    )


@pytest.mark.clause("LIN-008", "LIN-045", "LIN-032")
def test_a_progress_plan_is_a_safety_plan_in_the_familys_words_with_service_actions_apart(lincolnshire):
    assert "Say what each person does" in paperwork.said(plan(lincolnshire, each_does=""))
    assert plan(lincolnshire).status_code == 302
    lacking = paperwork.record(lincolnshire.amy, lincolnshire.kit, "action", what="A gate", by_when=cast.days_ago(-5))
    assert "Select who proposed it" in paperwork.said(lacking)
    paperwork.recorded(
        lincolnshire.amy, lincolnshire.kit, "action", what="A gate", by_when=cast.days_ago(-5), proposed_by="parent"
    )
    shown = paperwork.page(lincolnshire.amy, "plans", lincolnshire.kit)
    assert "Nana locks the gate." in shown[: shown.index("What we and our partners do")]
    assert "A gate" in shown[shown.index("What we and our partners do") :]


@pytest.mark.clause("LIN-044", "LIN-049", "LIN-051")
def test_the_plan_changes_between_meetings_and_a_review_asks_what_worked_and_whether_it_was_used(lincolnshire):
    plan(lincolnshire)
    lacking = paperwork.record(lincolnshire.amy, lincolnshire.kit, "plan_change", part="contact", now="Nana daily")
    assert "Say why" in paperwork.said(lacking)
    paperwork.recorded(
        lincolnshire.amy, lincolnshire.kit, "plan_change", part="contact", now="Nana daily", why="She moved near."
    )
    assert "Nana daily" in paperwork.page(lincolnshire.amy, "plans", lincolnshire.kit)
    review = {
        "with_family": "yes",
        "changed": "Calmer.",
        "not_changed": "Nothing.",
        "worries": "None.",
        "plan_used": "yes",
    }
    wrong = paperwork.said(paperwork.record(lincolnshire.amy, lincolnshire.kit, "plan_review", **review))
    assert "Say what has worked well" in wrong
    assert "Say how it was used" in wrong


@pytest.mark.clause("LIN-067", "LIN-073", "LIN-074", "LIN-076")
def test_closing_weighs_early_help_and_child_and_parents_have_a_letter_of_their_own(lincolnshire):
    closing = {
        "reason": "needs_met",
        "closed_by_role": "team_manager",
        "what_changed": "Kit is safe.",
        "when": cast.days_ago(0),
    }
    lacking = paperwork.said(
        paperwork.record(lincolnshire.moll_desk, lincolnshire.kit, "episode_close", additional_needs="yes", **closing)
    )
    assert "Select which would help" in lacking
    by_amy = closing | {"closed_by_role": "social_worker", "additional_needs": "no"}
    assert paperwork.record(lincolnshire.amy, lincolnshire.kit, "episode_close", **by_amy).status_code == 422
    paperwork.recorded(lincolnshire.moll_desk, lincolnshire.kit, "episode_close", additional_needs="no", **closing)
    shown = paperwork.page(lincolnshire.amy, "closing", lincolnshire.kit)
    tell = shown[shown.index("Everyone to be told") :]
    assert "Ros Marsh" in tell
    assert "Kit Marsh" in tell
    sent = {"reader": f"child:{lincolnshire.kit}", "layout": "plain", "act": "preview"}
    preview = paperwork.said(lincolnshire.amy.post(reverse("write-letter", args=[lincolnshire.kit, "closure"]), sent))
    assert "made your own plan for staying safe" in preview


@pytest.mark.clause("LIN-084")
def test_a_plan_running_when_the_assessment_finds_no_need_is_ended_with_that_reason(lincolnshire):
    plan(lincolnshire)
    with lincolnshire.at_work():
        cast.recorded(cast.fact("assessment.authorised/child_and_family", {"child": lincolnshire.kit, "assessment": ids.new()}, since=1, outcome="no_further_action"), by=lincolnshire.workers["Moll"])  # fmt: skip
        assert Owed.objects.filter(duty="plan.end_if_not_in_need", closed_on=None).exists()
    paperwork.recorded(
        lincolnshire.amy, lincolnshire.kit, "plan_end", why="Not in need.", reason="not_in_need", when=cast.days_ago(0)
    )
    with lincolnshire.at_work(writing=False):
        assert not Owed.objects.filter(duty="plan.end_if_not_in_need", closed_on=None).exists()
        assert Event.objects.get(kind="plan.ended/child_in_need").coded["reason"] == "not_in_need"
    shown = paperwork.page(lincolnshire.amy, "plans", lincolnshire.kit)
    assert "Nana locks the gate." in shown
    assert "Ended" in shown


@pytest.mark.clause("WAL-032", "WAL-146")
def test_walsall_asks_for_the_familys_part_and_the_managers_agreement(settings):
    town = town_of(settings, "walsall")
    closing = {
        "reason": "early_help",
        "closed_by_role": "team_manager",
        "what_changed": "Kit is safe.",
        "when": cast.days_ago(0),
    }
    wrong = paperwork.said(paperwork.record(town.moll_desk, town.kit, "episode_close", **closing))
    for words in ("Say whether the manager agrees", "Say whether the family took part", "Say what their view is"):
        assert words in wrong
    wrong = paperwork.said(
        paperwork.record(
            town.moll_desk, town.kit, "threshold", by_role="team_manager", level="in_need", rests_on="Health."
        )
    )
    assert "Say how their view was taken into account" in wrong
    heard = {"family_involved": "yes", "family_view": "Ros agrees."}
    refused = paperwork.record(town.moll_desk, town.kit, "episode_close", manager_agrees="no", **closing, **heard)
    assert "agrees the step-down to Early Help" in paperwork.said(refused)
