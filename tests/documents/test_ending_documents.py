"""Ending the work, or passing it to others, by the pages: what is asked, who is told, and that a family's no keeps no case open."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import ids
from kith.obligations.models import Owed
from kith.people import register
from kith.record.models import Event

pytestmark = pytest.mark.django_db
CLOSING = {
    "reason": "needs_met", "closed_by_role": "team_manager", "what_changed": "Kit sleeps at night.", "closes_after": "plan", "had_plan": "no",
    "deterioration_feared": "no", "services_still_needed": "no", "step_down_considered": "no",
}  # fmt: skip


@pytest.fixture
def open_case(town):
    """Kit is referred, the school takes part, and Moll manages the team."""
    with town.at_work():
        amy = town.workers["Amy"]
        town.worker("Moll", "team_manager")
        town.school = register.enter_agency({"name": "Sarn Primary School", "kind": "school"}, cast.days_ago(90), by=cast.viewer(amy))  # fmt: skip
        cast.recorded(cast.fact("referral.received", {"child": town.kit, "referral": ids.new()}, since=80), by=amy)
    town.moll_desk = paperwork.desk(town.workers["Moll"])
    paperwork.recorded(town.amy, town.kit, "agency_joins", agency=str(town.school), part_taken="assessment")
    return town


def close(client, town, reasons=None, **more):
    return paperwork.record(client, town.kit, "episode_close", reasons, when=cast.days_ago(0), **(CLOSING | more))


def views(town):
    for whose, person in (("child", ""), ("parent", str(town.ros))):
        paperwork.recorded(
            town.amy, town.kit, "view", whose=whose, person=person, about="closing", own_words="All right."
        )


def named(town, kind, name):
    with town.at_work(writing=False):
        return Event.objects.filter(kind=kind).order_by("sequence").last().about[name]


def go_on(client, town, form, about, **said):
    sent = {"act": "record", "for": str(about), **paperwork.answers(**({"when": cast.days_ago(1)} | said))}
    answer = client.post(reverse("record-form", args=[town.kit, form]), sent)
    assert answer.status_code == 302, paperwork.said(answer)


@pytest.mark.clause("WOR-348")
def test_a_worker_cannot_close_and_a_consultant_only_with_the_managers_agreement(open_case):
    views(open_case)
    page = paperwork.page(open_case.amy, "closing", open_case.kit)
    assert "The Team Manager closes, or the Consultant Social Worker" in page
    assert "Close the case" not in page
    stopped = close(open_case.amy, open_case, closed_by_role="social_worker")
    assert stopped.status_code == 422
    with open_case.at_work():
        open_case.worker("Con", "consultant_social_worker")
    con = paperwork.desk(open_case.workers["Con"])
    assert close(con, open_case, closed_by_role="consultant_social_worker", manager_agrees="no").status_code == 422
    assert close(con, open_case, closed_by_role="consultant_social_worker", manager_agrees="yes").status_code == 302


@pytest.mark.clause("WOR-344", "WOR-340")
def test_what_closing_asks_stands_on_the_page_until_the_record_answers_it(open_case):
    paperwork.recorded(
        open_case.amy,
        open_case.kit,
        "need",
        need="Help with speech",
        different="Kit is understood.",
        domain="health",
        is_concern="no",
    )
    page = paperwork.page(open_case.amy, "closing", open_case.kit)
    asked = page[page.index("What closing asks") : page.index("Needs that nobody")]
    assert asked.count("Not yet") == 2
    assert "with=about:closing&amp;with=whose:parent" in asked
    assert "Help with speech" in page
    views(open_case)
    need = named(open_case, "need.identified", "need")
    go_on(open_case.amy, open_case, "need_met", need, by="health", who="The speech therapist")
    page = paperwork.page(open_case.amy, "closing", open_case.kit)
    assert "Not yet</strong>" not in page
    assert "Help with speech" not in page


@pytest.mark.clause("WOR-349", "WOR-406", "WOR-407")
def test_everyone_to_be_told_is_listed_from_the_record_and_has_a_letter_of_their_own_or_a_reason(open_case):
    town = open_case
    page = paperwork.page(town.amy, "closing", town.kit)
    tell = page[page.index("Everyone to be told") :]
    for name in ("Ros Marsh", "Fin Marsh", "Kit Marsh", "Sarn Primary School"):
        assert name in tell
    assert "4 still to be told" in tell
    views(town)
    assert close(town.moll_desk, town).status_code == 302
    letter = reverse("write-letter", args=[town.kit, "closure"])
    asked = paperwork.said(town.amy.get(letter, {"reader": f"agency:{town.school}"}))
    assert f'value="agency:{town.school}" checked' in asked
    says = {"all-ended": "involvement", "all-outcome": "no_action", "all-concluded_by": "last_meeting", "layout": "standard", "act": "make"}  # fmt: skip
    for reader in (f"agency:{town.school}", f"parental_responsibility:{town.ros}"):
        made = town.amy.post(letter, {"reader": reader, **says})
        assert made.status_code == 302
        town.amy.post(f"{made.url}/act", {"act": "given", "how": "by_hand"})
    paperwork.recorded(town.amy, town.kit, "letter_excused", sent_to="child", reason="told_in_person", when=cast.days_ago(0))  # fmt: skip
    paperwork.recorded(town.amy, town.kit, "letter_excused", sent_to="parental_responsibility", person=str(town.fin), reason="not_safe", when=cast.days_ago(0))  # fmt: skip
    page = paperwork.page(town.amy, "closing", town.kit)
    assert "Everyone was told, or there is a reason why not." in page
    assert "It is not safe to write to them" in page
    with town.at_work(writing=False):
        assert {one.closed_as for one in Owed.objects.filter(duty="closing.tell_agencies")} == {"met"}


@pytest.mark.clause("WOR-345", "WOR-346")
def test_a_parent_ends_the_help_which_is_no_concern_and_the_level_of_help_is_decided_apart(open_case):
    views(open_case)
    page = paperwork.page(open_case.amy, "closing", open_case.kit)
    assert "A parent may end our help. That is their choice, and no concern by itself." in page
    lacking = paperwork.record(
        open_case.moll_desk, open_case.kit, "threshold", by_role="team_manager", level="early_help"
    )
    assert "Say on what it rests, apart from the family’s wish" in paperwork.said(lacking)
    ended = {
        "reason": "parents_decision",
        "services_still_needed": "yes",
        "step_down_considered": "yes",
        "no_protection_grounds": "yes",
    }
    stopped = close(open_case.moll_desk, open_case, **ended)
    assert "Make clear to the parents what ending the help may mean" in paperwork.said(stopped)
    paperwork.recorded(open_case.amy, open_case.kit, "consequences", person=str(open_case.ros), explained="Nursery stops in May.", own_words="I know.")  # fmt: skip
    assert close(open_case.moll_desk, open_case, **ended).status_code == 302
    with open_case.at_work(writing=False):
        assert not Event.objects.filter(kind__startswith="threshold.").exists()


@pytest.mark.clause("WOR-352", "WOR-353", "WOR-207")
def test_others_lead_the_help_once_they_accept_and_until_then_closing_asks_for_a_reason(open_case):
    town = open_case
    views(town)
    paperwork.recorded(
        town.amy,
        town.kit,
        "need",
        need="Help with speech",
        different="Kit is understood.",
        domain="health",
        is_concern="no",
    )
    form = paperwork.page(town.amy, "record-form", town.kit, "step_down")
    assert "Help with speech" in form
    assert "From the needs on this record that nobody yet goes on meeting." in form
    paperwork.recorded(town.amy, town.kit, "step_down", why="Kit is well.", lead="Nia Rees, asked on Monday", needs="Help with speech", caf="caf", agency=str(town.school))  # fmt: skip
    one = named(town, "step_down.proposed", "step_down")
    go_on(town.amy, town, "step_down_answer", one, person=str(town.ros), agrees="yes", own_words="I like Nia.")
    go_on(town.amy, town, "step_down_handover", one, present="Ros, Nia, Amy", handed="The plan.")
    page = paperwork.page(town.amy, "closing", town.kit)
    assert "Handed over, and not yet accepted. We stay responsible" in page
    assert "I like Nia." in page
    why = {"gate:close.needs_met": "The speech therapist goes on.", "gate:close.step_down_accepted": ""}
    assert "While a step-down is being arranged we stay responsible" in paperwork.said(
        close(town.moll_desk, town, why, reason="early_help")
    )
    go_on(town.amy, town, "step_down_accept", one, lead="Nia Rees", when=cast.days_ago(0))
    assert close(town.moll_desk, town, why, reason="early_help").status_code == 302
    with town.at_work(writing=False):
        assert {one.duty for one in Owed.objects.filter(duty__startswith="step_down.", closed_on=None)} <= {"step_down.give_plan"}  # fmt: skip


@pytest.mark.clause("WOR-352")
def test_a_step_down_that_the_family_declines_keeps_no_case_open(open_case):
    town = open_case
    views(town)
    paperwork.recorded(town.amy, town.kit, "step_down", why="Kit is well.", lead="Nia Rees", needs="None", caf="caf")
    one = named(town, "step_down.proposed", "step_down")
    go_on(town.amy, town, "step_down_decline", one, person=str(town.ros), own_words="We will manage.")
    assert "Declined by the family, which keeps no case open" in paperwork.page(town.amy, "closing", town.kit)
    assert close(town.moll_desk, town, step_down_considered="yes").status_code == 302


def test_a_case_opened_again_has_the_earlier_time_in_view(open_case):
    views(open_case)
    close(open_case.moll_desk, open_case, goes_on="The health visitor.")
    page = paperwork.page(open_case.amy, "closing", open_case.kit)
    assert "The case was closed on" in page
    form = paperwork.page(open_case.amy, "record-form", open_case.kit, "episode_reopen")
    assert "Kit sleeps at night.\nThe health visitor." in form
    paperwork.recorded(open_case.amy, open_case.kit, "episode_reopen", why="Kit is at home alone.", earlier="Ask sooner.", when=cast.days_ago(0))  # fmt: skip
    page = paperwork.page(open_case.amy, "closing", open_case.kit)
    assert "The case is open." in page
    times = page[page.index("The times we worked with this child") :]
    assert times.index("Ask sooner.") < times.index("Kit sleeps at night.")


@pytest.mark.clause("WOR-342")
def test_closing_says_why_and_which_help_goes_on_and_the_record_keeps_both(open_case):
    views(open_case)
    wrong = paperwork.said(close(open_case.moll_desk, open_case, reason="", services_still_needed=""))
    assert "Select why it ends" in wrong
    assert "Say whether several services are still needed" in wrong
    told = {
        "reason": "early_help",
        "goes_on": "Speech therapy until July.",
        "services_still_needed": "yes",
        "step_down_considered": "yes",
    }
    assert close(open_case.moll_desk, open_case, **told).status_code == 302
    page = paperwork.page(open_case.amy, "closing", open_case.kit)
    times = page[page.index("The times we worked with this child") :]
    assert "Others go on helping the family" in times
    assert "Speech therapy until July." in times
