"""Recording by the pages: brothers and sisters together, corrections, drafts, two windows, and gates before an act."""

import datetime as dt

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import clock
from kith.forms import actions as drafts
from kith.forms.models import Draft
from kith.record import actions
from kith.record.fact import Fact
from kith.record.models import Event
from kith.record.procedures import procedure_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    return paperwork.household("lincolnshire")


def both(town, **shared):
    """A visit to Kit and Robin, each with a part of their own."""
    sent = {"children": [str(town.robin)]}
    for child, words in ((town.kit, "I like my den."), (town.robin, "I miss Dad.")):
        sent |= {f"{child}-seen": "yes", f"{child}-alone": "yes", f"{child}-childs_words": words}
    return paperwork.record(town.amy, town.kit, "visit", sent, place="home", **shared)


def made(town, kind="visit.made"):
    with town.at_work(writing=False):
        return Event.objects.filter(kind=kind).latest("recorded_at")


def count(town, kind):
    with town.at_work(writing=False):
        return Event.objects.filter(kind=kind).count()


def test_one_record_of_several_siblings_has_a_part_for_each_and_each_page_shows_its_own(town):
    assert both(town).status_code == 302
    event = made(town)
    assert set(event.about["child"]) == {str(town.kit), str(town.robin)}
    assert set(event.parts) == {str(town.kit), str(town.robin)}
    kit, robin = (paperwork.page(town.amy, "chronology", one) for one in (town.kit, town.robin))
    assert "I like my den." in kit
    assert "I miss Dad." not in kit
    assert "I miss Dad." in robin
    assert "I like my den." not in robin


def test_another_worker_sees_only_the_children_they_may_open_of_a_shared_record(town):
    both(town)
    with town.at_work():
        amy = town.workers["Amy"]
        actions.append(
            Fact(
                kind="access.restricted",
                about={"child": town.robin, "worker": amy.id},
                when=cast.days_ago(0),
                coded={"restricted_because": "court"},
            ),
            by=amy,
        )
    event = made(town)
    for name, args in (
        ("entry", [town.kit, event.id]),
        ("chronology", [town.kit]),
        ("child", [town.kit]),
        ("record-form", [town.kit, "visit"]),
    ):
        page = paperwork.page(town.bea, name, *args)
        assert "Robin" not in page, name
        assert "I miss Dad." not in page, name
    assert "Robin" in paperwork.page(town.amy, "entry", town.kit, event.id)
    assert town.bea.get(reverse("entry", args=[town.robin, event.id])).status_code == 404


def test_a_sibling_whose_record_the_recorder_may_not_open_is_not_recorded_about(town):
    with town.at_work():
        amy = town.workers["Amy"]
        actions.append(
            Fact(
                kind="access.closed_to",
                about={"child": town.robin, "worker": town.workers["Bea"].id},
                when=cast.days_ago(0),
                coded={"closed_because": "other"},
            ),
            by=amy,
        )
    sent = {
        "children": [str(town.robin)],
        f"{town.kit}-seen": "yes",
        f"{town.kit}-alone": "yes",
        f"{town.robin}-seen": "yes",
    }
    assert paperwork.record(town.bea, town.kit, "visit", sent, place="home").status_code == 302
    assert made(town).about["child"] == str(town.kit)


def test_a_correction_stands_beside_the_original_and_keeps_its_children(town):
    both(town, what_next="Ring Nana on Friday")
    event = made(town)
    form = paperwork.page(town.amy, "record-form", town.kit, "visit", corrects=str(event.id))
    for words in ("I like my den.", "I miss Dad.", "Ring Nana on Friday"):
        assert words in form
    sent = {"corrects": str(event.id)}
    for child, words in ((town.kit, "I love my den."), (town.robin, "I miss Dad.")):
        sent |= {f"{child}-seen": "yes", f"{child}-alone": "yes", f"{child}-childs_words": words}
    assert (
        paperwork.record(town.amy, town.kit, "visit", sent, place="school", not_home_why="Kit asked.").status_code
        == 302
    )
    correction = made(town)
    assert (correction.corrects, set(correction.about["child"])) == (event.id, {str(town.kit), str(town.robin)})
    assert correction.about["visit"] == event.about["visit"]
    page = paperwork.page(town.amy, "entry", town.kit, event.id)
    assert "I love my den." in page
    assert "I like my den." in page.split("As it stood when recorded")[1]
    assert count(town, "visit.made") == 2


def saved(town, client=None, **given):
    """Saves a case note for later."""
    sent = {"act": "save", **paperwork.answers(**given)}
    return (client or town.amy).post(reverse("record-form", args=[town.kit, "case_note"]), sent)


def the_draft(town):
    with town.at_work(writing=False):
        return Draft.objects.get()


def test_a_draft_is_kept_half_answered_and_resumed_by_its_author(town):
    assert saved(town, text="Nana rang. She").status_code == 302
    assert count(town, "note.recorded") == 0
    resumed = paperwork.page(town.amy, "record-form", town.kit, "case_note", draft=str(the_draft(town).id))
    assert "Nana rang. She" in resumed
    assert str(the_draft(town).id) in paperwork.page(town.amy, "records", town.kit)


def test_a_draft_is_resumed_by_a_colleague_who_works_with_the_child_and_by_nobody_else(town):
    saved(town, town.bea, text="Nana rang. She")
    address, asked = reverse("record-form", args=[town.kit, "case_note"]), {"draft": str(the_draft(town).id)}
    assert "Nana rang. She" in town.amy.get(address, asked).content.decode()
    with town.at_work():
        town.worker("Cal")
    cal = paperwork.desk(town.workers["Cal"])
    assert cal.get(address, asked).status_code == 404
    assert cal.post(address, {**asked, "act": "save", "version": "1"}).status_code == 404
    assert town.olu.get(address, asked).status_code == 403
    other = reverse("record-form", args=[town.robin, "case_note"])
    assert town.amy.get(other, asked).status_code == 404


def test_drafts_that_nobody_touched_for_four_weeks_are_removed_and_no_others(town):
    saved(town, text="Old")
    with town.at_work():
        Draft.objects.update(saved_at=cast.moment_ago(28) - dt.timedelta(minutes=1))
    saved(town, text="Nearly old")
    with town.at_work():
        Draft.objects.filter(answers__all__text="Nearly old").update(saved_at=cast.moment_ago(27))
        assert drafts.expire() == 1
        assert [one.answers["all"]["text"] for one in Draft.objects.all()] == ["Nearly old"]


def test_a_draft_is_thrown_away_at_its_authors_word_and_nothing_is_recorded(town):
    saved(town, text="Never mind")
    draft = the_draft(town)
    sent = {"act": "give_up", "draft": str(draft.id), "version": "1"}
    assert town.amy.post(reverse("record-form", args=[town.kit, "case_note"]), sent).status_code == 302
    with town.at_work(writing=False):
        assert not Draft.objects.exists()
    assert count(town, "note.recorded") == 0


def test_a_page_that_saves_itself_is_told_the_draft_and_when_another_window_was_first(town):
    address = reverse("record-form", args=[town.kit, "case_note"])
    autosave = {"HTTP_X_KITH_AUTOSAVE": "1"}
    first = town.amy.post(address, {"act": "save", **paperwork.answers(text="One")}, **autosave)
    told = first.json()
    assert (first.status_code, told["version"]) == (200, 1)
    sent = {"act": "save", "draft": told["draft"], "version": "1"}
    assert town.amy.post(address, {**sent, **paperwork.answers(text="Two")}, **autosave).json()["version"] == 2
    stale = town.amy.post(address, {**sent, **paperwork.answers(text="Three")}, **autosave)
    assert (stale.status_code, stale.json()) == (409, {"stale": True, "version": 2})
    assert the_draft(town).answers["all"]["text"] == "Two"


def test_recording_from_a_window_that_was_overtaken_is_refused_with_both_texts(town):
    saved(town, text="One")
    draft = the_draft(town)
    town.bea.post(reverse("record-form", args=[town.kit, "case_note"]), {})
    sent = {"draft": str(draft.id), "version": "1", "act": "save"}
    town.amy.post(
        reverse("record-form", args=[town.kit, "case_note"]), {**sent, **paperwork.answers(text="Said elsewhere")}
    )
    typed = {"note_kind": "meeting", "title": "Tea", "text": "Typed here", "when": cast.days_ago(2)}
    answer = paperwork.record(town.amy, town.kit, "case_note", {**sent, "act": "record"}, **typed)
    assert answer.status_code == 409
    for words in ("Said elsewhere", "Typed here"):
        assert words in paperwork.said(answer)
    assert count(town, "note.recorded") == 0
    assert (
        paperwork.record(
            town.amy, town.kit, "case_note", {**sent, "act": "record", "version": "2"}, **typed
        ).status_code
        == 302
    )
    with town.at_work(writing=False):
        kept = Draft.objects.get(id=draft.id)
    assert (kept.submitted_as, kept.answers) == (made(town, "note.recorded").id, {})


def test_what_has_not_happened_yet_is_not_recorded(town):
    answer = paperwork.record(
        town.amy,
        town.kit,
        "case_note",
        when=clock.today() + dt.timedelta(days=1),
        note_kind="meeting",
        title="Tea",
        text="Tea",
    )
    assert answer.status_code == 422
    assert "has not happened yet" in paperwork.said(answer)


def close(town, client, role, **reasons):
    """Closing Kit's episode, as decided by a role."""
    sent = {
        "act": "record",
        **paperwork.answers(
            when=cast.days_ago(1),
            closed_by_role=role,
            reason="needs_met",
            what_changed="Kit sleeps.",
            additional_needs="no",
        ),
        **{f"gate:{key}": value for key, value in reasons.items()},
    }
    return client.post(reverse("record-form", args=[town.kit, "episode_close"]), sent)


@pytest.mark.clause("LIN-076")
def test_an_act_stopped_by_a_gate_that_insists_says_why_with_its_clause_and_nothing_is_recorded(town):
    answer = close(town, town.amy, "social_worker", **{"close.who": "Everyone agreed."})
    page = paperwork.said(answer)
    assert answer.status_code == 422
    for said in (
        "A Team Manager or Practice Supervisor closes the plan and the referral.",
        "LIN-076",
        "This cannot be recorded as it is",
    ):
        assert said in page
    assert count(town, "episode.closed") == 0
    moll = paperwork.desk(town.workers["Moll"])
    assert close(town, moll, "team_manager").status_code == 302
    assert count(town, "episode.closed") == 1


GATE = "visiting_pattern.below_minimum"


def pattern(town, client, reason=""):
    sent = {"act": "record", **paperwork.answers(when=cast.days_ago(1), below_minimum="yes"), f"gate:{GATE}": reason}
    return client.post(reverse("record-form", args=[town.kit, "kind~visiting_pattern.agreed"]), sent)


def test_a_gate_that_asks_for_a_reason_goes_on_with_one_from_a_role_that_may_and_from_no_other(town):
    moll = paperwork.desk(town.workers["Moll"])
    for client, reason in ((moll, ""), (moll, "   "), (town.amy, "Nana sees her daily.")):
        answer = pattern(town, client, reason)
        assert answer.status_code == 422
        for said in ("record the reason for it", "LIN-022", "Team manager", "Before this goes on"):
            assert said.casefold() in paperwork.said(answer).casefold(), said
    assert count(town, "visiting_pattern.agreed") == 0
    assert pattern(town, moll, "Nana sees her daily.").status_code == 302
    assert made(town, "visiting_pattern.agreed").explained == {
        GATE: {"by_role": "team_manager", "reason": "Nana sees her daily."}
    }


@pytest.mark.parametrize("pack", ["lincolnshire", "walsall", "worcestershire", "leicestershire"])
def test_no_gate_of_any_council_stands_before_protection_or_a_persons_right(town, pack):
    other = town if pack == "lincolnshire" else cast.council(pack)
    with other.at_work(writing=False):
        procedure = procedure_of(other.authority.id)
        never = {kind for kind in procedure.vocabulary.all_kinds() if is_never_stopped(procedure.vocabulary.kind(kind))}
        gated = {kind for version in procedure.versions for gate in version.gates for kind in gate.before}
    assert never
    assert not {kind for kind in never for gate in gated if kind == gate or kind.startswith(f"{gate}/")}


def is_never_stopped(kind):
    return kind.protective or kind.right


def test_a_protective_act_is_recorded_at_once_from_a_page(town):
    answer = town.amy.post(
        reverse("record-form", args=[town.kit, "kind~section_47.started"]),
        {"act": "record", **paperwork.answers(when=cast.days_ago(0))},
    )
    assert answer.status_code == 302, paperwork.said(answer)
    assert count(town, "section_47.started") == 1
