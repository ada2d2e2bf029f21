"""What Lincolnshire asks of a visit, a plan and its review; the families' own safety plan on a page; and Walsall's help, by consent."""

import pytest
from django.urls import reverse
from test_plans_elsewhere import SAFETY, plan, town_of

import cast
import paperwork
from kith.forms import selectors as forms
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def lincolnshire(settings):
    return town_of(settings, "lincolnshire")


@pytest.fixture
def walsall(settings):
    return town_of(settings, "walsall")


def visited(town, seen="yes", alone="yes", **said):
    each = {
        f"{town.kit}-seen": seen,
        f"{town.kit}-alone": alone,
        f"{town.kit}-not_seen_reason": said.pop("why_not", ""),
    }
    return paperwork.record(town.amy, town.kit, "visit", each, **({"place": "home", "planned_visit": "yes"} | said))


@pytest.mark.clause("LIN-023")
def test_a_visit_elsewhere_than_at_home_says_why(lincolnshire):
    assert "Say why the visit was not at home" in paperwork.said(visited(lincolnshire, place="school"))
    assert visited(lincolnshire, place="school", not_home_why="Kit asked for it.").status_code == 302
    assert visited(lincolnshire).status_code == 302
    with lincolnshire.at_work(writing=False):
        assert sorted(Event.objects.filter(kind="visit.made").values_list("coded__place", flat=True)) == [
            "home",
            "school",
        ]


@pytest.mark.clause("LIN-024")
def test_a_visit_says_whether_the_child_was_seen_alone_or_why_not_and_the_last_time_stands_on_their_page(lincolnshire):
    assert "Say whether the child was seen alone" in paperwork.said(visited(lincolnshire, alone=""))
    assert "Select why the child was not seen or not seen alone" in paperwork.said(visited(lincolnshire, alone="no"))
    assert visited(lincolnshire, when=cast.days_ago(12)).status_code == 302
    assert visited(lincolnshire, alone="no", why_not="asleep", when=cast.days_ago(2)).status_code == 302
    page = paperwork.page(lincolnshire.amy, "child", lincolnshire.kit)
    day = cast.days_ago(12)
    assert f"{day.day} {day:%B}" in page[page.index("alone") - 300 : page.index("alone") + 300]


@pytest.mark.clause("LIN-003", "LIN-030", "LIN-038", "LIN-078")
@pytest.mark.parametrize(
    ("form", "titles"),
    [
        ("plan_start", ["Child and Family Progress Plans and Meetings Procedure", "Grow Roses in Concrete"]),
        ("visit", ["Visits to Children Procedure", "Casework Procedures for Supervised Students"]),
        ("case_note", ["Casework Procedures for Supervised Students"]),
    ],
)
def test_the_chapters_beside_this_one_are_named_at_the_step_they_are_for(lincolnshire, form, titles):
    page = paperwork.page(lincolnshire.amy, "record-form", lincolnshire.kit, form)
    assert [one for one in titles if one not in page] == []
    assert "Visits to Children Procedure" not in paperwork.page(lincolnshire.amy, "record-form", lincolnshire.kit, "action")  # fmt: skip


@pytest.mark.clause("LIN-004")
def test_the_plan_bears_its_new_name_on_the_page_and_its_national_kind_in_the_record(lincolnshire):
    assert plan(lincolnshire).status_code == 302
    page = paperwork.page(lincolnshire.amy, "plans", lincolnshire.kit)
    assert "Child and Family Progress Plan" in page
    assert "Child in need plan" not in page
    with lincolnshire.at_work(writing=False):
        assert Event.objects.filter(kind="plan.started/child_in_need").count() == 1


@pytest.mark.clause("LIN-050")
def test_each_open_service_action_stands_in_the_review_and_wants_its_progress(lincolnshire):
    plan(lincolnshire)
    for what in ("A gate", "A buggy"):
        paperwork.recorded(lincolnshire.amy, lincolnshire.kit, "action", what=what, who="The council", by_when=cast.days_ago(-5), proposed_by="parent")  # fmt: skip
    with lincolnshire.at_work(writing=False):
        done = Event.objects.filter(kind="action.agreed").order_by("sequence").first().about["action"]
    sent = {"act": "record", "for": str(done), **paperwork.answers(when=cast.days_ago(1))}
    assert (
        lincolnshire.amy.post(reverse("record-form", args=[lincolnshire.kit, "action_done"]), sent).status_code == 302
    )
    page = paperwork.page(lincolnshire.amy, "record-form", lincolnshire.kit, "plan_review")
    assert "The council: A buggy" in page
    assert "The council: A gate" not in page
    review = {"with_family": "yes", "changed": "Calmer.", "not_changed": "Nothing.", "worked_well": "The gate.", "worries": "None.", "plan_used": "no"}  # fmt: skip
    lacking = paperwork.record(lincolnshire.amy, lincolnshire.kit, "plan_review", actions_progress="", **review)
    assert "Say what came of each service action" in paperwork.said(lacking)
    assert paperwork.record(lincolnshire.amy, lincolnshire.kit, "plan_review", actions_progress="A buggy: ordered.", **review).status_code == 302  # fmt: skip


@pytest.mark.clause("LIN-047")
def test_what_somebody_of_the_familys_network_offers_says_whether_they_know_the_plan(lincolnshire):
    offer = {"person": str(lincolnshire.ros), "own_words": "I sit with Kit.", "ask_on": cast.days_ago(-9)}
    assert "Say whether they know the safety plan" in paperwork.said(paperwork.record(lincolnshire.amy, lincolnshire.kit, "promise", **offer))  # fmt: skip
    paperwork.recorded(lincolnshire.amy, lincolnshire.kit, "promise", told_plan="no", **offer)
    assert "I sit with Kit." in paperwork.page(lincolnshire.amy, "plans", lincolnshire.kit)


@pytest.mark.clause("LIN-083")
def test_the_safety_plan_is_a_page_for_each_who_uses_it_and_says_who_holds_which(lincolnshire):
    town = lincolnshire
    plan(town, signs="Kit hums.", family_says="Fin never listens, says Ros.")
    write = reverse("write-letter", args=[town.kit, "safety_plan"])
    sent = {
        "reader": f"parental_responsibility:{town.ros}",
        "layout": "plain",
        "act": "preview",
        **paperwork.answers(pictures="yes"),
    }
    page = paperwork.said(town.amy.post(write, sent))
    paper = page[page.index('class="kith-paper"') :]
    for words in (
        "When it can get dangerous",
        "When Kit bolts.",
        "Kit hums.",
        "Nana locks the gate.",
        "Whom to ring",
        "The same in pictures",
    ):
        assert words in paper, words
    assert "Fin never listens" not in paper
    assert SAFETY["danger"] in paper
    made = town.amy.post(write, sent | {"act": "make"})
    town.amy.post(f"{made.url}/act", {"act": "given", "how": "by_hand"})
    team = paperwork.page(town.amy, "plans", town.kit)
    assert "Has it, and has not signed" in team
    with town.at_work(writing=False):
        started = Event.objects.get(kind="plan.started/child_in_need").about["plan"]
    changed = {"act": "record", "for": started, **paperwork.answers(part="other", now="Nana has moved.", why="She said so.", when=cast.days_ago(0))}  # fmt: skip
    assert town.amy.post(reverse("record-form", args=[town.kit, "plan_change"]), changed).status_code == 302
    assert "Has it as it was before it changed" in paperwork.page(town.amy, "plans", town.kit)


@pytest.mark.clause("WAL-022", "WAL-147")
def test_what_was_agreed_is_written_down_for_each_person_or_why_it_was_not_needed(walsall):
    said = {"person": str(walsall.ros), "agrees_to": "referral", "exactly": "To you hearing from the school."}
    for answer, words in (({}, "Say whether they agree"), ({"agreed_or_not": "given"}, "Select how they said so"), ({"agreed_or_not": "not_required"}, "Select why it is not required")):  # fmt: skip
        assert words in paperwork.said(paperwork.record(walsall.amy, walsall.kit, "consent", **said, **answer))
    paperwork.recorded(walsall.amy, walsall.kit, "consent", agreed_or_not="given", how="written", **said)
    paperwork.recorded(walsall.amy, walsall.kit, "consent", agreed_or_not="not_required", not_required_ground="danger", not_required_why="He reads her post.", **said)  # fmt: skip
    page = paperwork.page(walsall.amy, "chronology", walsall.kit)
    for words in (
        "To you hearing from the school.",
        "They agree",
        "Asking would put a child in danger",
        "He reads her post.",
    ):
        assert words in page, words


@pytest.mark.clause("WAL-145", "WAL-158", "WAL-069", "WAL-070")
def test_help_for_a_parent_says_its_kind_its_issues_and_what_it_is_for_and_rests_on_agreement(walsall):
    help_ = {"person": str(walsall.ros), "service_kind": "one_to_one", "issues": ["mental_health"], "for_children": "Kit is got to school.", "when": cast.days_ago(0)}  # fmt: skip
    shown = paperwork.page(walsall.amy, "record-form", walsall.kit, "intervention")
    for words in ("Direct work to engage parents", "One to one support", "Group work", "Risk assessment", "Mental health needs", "Substance misuse", "Domestic abuse"):  # fmt: skip
        assert words in shown
    assert "Say what it should change for the children" in paperwork.said(paperwork.record(walsall.amy, walsall.kit, "intervention", **(help_ | {"for_children": ""})))  # fmt: skip
    asked = "Nobody has recorded that the family agrees to this help"
    assert asked in paperwork.said(paperwork.record(walsall.amy, walsall.kit, "intervention", **help_))
    yes = {
        "person": str(walsall.ros),
        "agrees_to": "intervention",
        "exactly": "Talking with Dee.",
        "agreed_or_not": "given",
        "how": "spoken",
    }
    paperwork.recorded(walsall.amy, walsall.kit, "consent", **yes)
    assert paperwork.record(walsall.amy, walsall.kit, "intervention", **help_).status_code == 302
    taken_back = {
        "person": str(walsall.ros),
        "agrees_to": "intervention",
        "stops": "The talks.",
        "when": cast.days_ago(0),
    }
    assert paperwork.record(walsall.amy, walsall.kit, "consent_withdrawn", **taken_back).status_code == 302
    assert asked in paperwork.said(paperwork.record(walsall.amy, walsall.kit, "intervention", **help_))
    paperwork.recorded(walsall.amy, walsall.kit, "intervention_end", which="Talks", sessions="4", came_of_it="Kit is at school.")  # fmt: skip


@pytest.mark.clause("WAL-004")
def test_an_action_names_the_need_it_answers_and_risk_has_a_place_of_its_own(walsall):
    wrong = paperwork.record(walsall.amy, walsall.kit, "action", what="A bed", by_when=cast.days_ago(-5))
    assert "Select which need it answers" in paperwork.said(wrong)
    with walsall.at_work(writing=False):
        asked = forms.form("assessment").questions
    assert [one.asks for one in asked if one.key in ("needs", "risks")] == [
        "What does this child need?",
        "What are the risks, apart from the needs?",
    ]


@pytest.mark.clause("WAL-002", "WAL-003", "WAL-053", "WAL-054", "WAL-012", "WAL-051")
@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("episode_close", ["Human rights and empowerment", "Choice", "Managing our anxieties and working with uncertainty", "Having difficult conversations", "Sharing risks and responsibilities", "Working with resistance"]),
        ("visit", ["Express empathy", "Develop discrepancy", "Roll with resistance", "Support self-efficacy", "How did the parent respond?"]),
        ("need", ["Being a young carer", "Being privately fostered", "Living with kinship carers without a care order", "Living in a family with no recourse to public funds"]),
        ("case_note", ["which system and of which day?", "Where it is, and nothing of what it says"]),
    ],
)  # fmt: skip
def test_the_principles_and_words_of_the_procedure_stand_where_they_are_used_on_whichever_pathway(walsall, form, words):
    """The family of this test is on no pathway at all."""
    page = paperwork.page(walsall.moll_desk, "record-form", walsall.kit, form)
    assert [one for one in words if one not in page] == []
