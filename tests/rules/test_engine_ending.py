"""Meeting and ending, rules 16 to 22: each test is the least history that would come out wrong were the rule broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.rules.days import day_of, iso
from kith.rules.english import English
from kith.rules.reasons import Reasoner
from rules.small_pack import CALENDAR, on, run, small, told

DAY = "2025-01-06"
ASKED = on(DAY, "work.asked")
START = day_of(DAY)


def why(made, rows, as_at):
    reasoner = Reasoner(English(made.versions[-1].stack), CALENDAR)
    return [reasoner.reasons(one, day_of(as_at)) for one in run(made, rows, as_at)]


@given(st.integers(1, 60), st.integers(0, 80))
def test_met_by_the_due_day_is_met_and_after_it_met_late(days, later):
    """Rule 16."""
    rows = [ASKED, on(iso(START + later), "work.done")]
    state = "met" if later <= days else "met late"
    assert told(small(f"due: {days} days"), rows, "2025-06-01") == [(iso(START + days), state)]


def test_with_no_date_it_can_only_be_met():
    """Rule 16."""
    made = small("due: none")
    assert told(made, [ASKED], "2030-01-01") == [(None, "upcoming")]
    assert told(made, [ASKED, on("2030-01-01", "work.done")], "2030-01-01") == [(None, "met")]


def test_one_event_meets_every_open_obligation_it_matches():
    """Rule 17."""
    rows = [ASKED, on("2025-01-08", "work.asked"), on("2025-01-10", "work.done"), on("2025-01-13", "work.asked")]
    assert [state for _, state in told(small(""), rows, "2025-01-13")] == ["met", "met", "upcoming"]


@given(st.integers(1, 30), st.integers(0, 60))
def test_an_ending_by_the_due_day_falls_away_and_after_it_is_missed(days, later):
    """Rule 18: an ending never wipes out a breach."""
    made = small(f"due: {days} days, falls_away_on: work.ended")
    rows = [ASKED, on(iso(START + later + 1), "work.ended")]
    assert told(made, rows, "2025-06-01")[0][1] == ("fell away" if later + 1 <= days else "missed")


def test_a_closing_period_ends_as_an_ending_does():
    """Rule 18: `only_while` closing falls away, or is missed when it was late; a start outside it owes nothing."""
    made = small("only_while: case_open")
    opened = on("2025-01-02", "case.opened")
    assert told(made, [ASKED], DAY) == []
    assert told(made, [opened, ASKED, on("2025-01-16", "case.closed")], "2025-02-03")[0][1] == "fell away"
    assert told(made, [opened, ASKED, on("2025-01-17", "case.closed")], "2025-02-03")[0][1] == "missed"


@pytest.mark.parametrize("how", ["", "repeats: {every: 10 days}, goes_on_after: []", "due: {by: work.ended}"])
def test_when_the_child_is_gone_all_falls_away_silently_and_the_reasons_keep_how_late_it_was(how):
    """Rule 18."""
    made = small(how)
    rows = [ASKED, on("2025-01-20", "child.died"), on("2025-01-25", "work.ended"), on("2025-01-26", "work.done")]
    found = why(made, rows, "2025-02-03")
    assert [one.state for one in found] == ["fell away"]
    assert found[0].ended_by["how"] == "silent"
    if found[0].due:
        assert found[0].sentence.endswith(
            "Fell away: the child died on Monday 20 January 2025, when it was 4 days late."
        )


def test_an_always_ending_leaves_what_goes_on_after_it_and_what_is_closed():
    """Rule 18."""
    made = small("goes_on_after: child.died", "id: other", "id: done, met_by: work.seen", "id: theirs, per: [family]")
    rows = [
        {**ASKED, "family": "F1"},
        on("2025-01-07", "work.seen"),
        on("2025-01-08", "child.died"),
        on("2025-01-08", "work.wanted"),
    ]
    found = {one.duty.id: one.state(day_of("2025-01-09")) for one in run(made, rows, "2025-01-09")}
    assert found == {"duty": "upcoming", "other": "fell away", "done": "met", "theirs": "fell away"}


@pytest.mark.parametrize("order", [1, -1])
def test_met_and_ended_on_the_same_day_is_met(order):
    """Rule 19: whichever was recorded first, and after the due day too."""
    made = small("falls_away_on: work.ended")
    for day, state in (("2025-01-10", "met"), ("2025-01-20", "met late")):
        both = [on(day, "work.done"), on(day, "work.ended")][::order]
        assert [one[1] for one in told(made, [ASKED, *both], "2025-02-03")] == [state]
    apart = [on("2025-01-10", "work.ended"), on("2025-01-11", "work.done")]
    assert told(made, [ASKED, *apart], "2025-02-03")[0][1] == "fell away"


def test_by_an_event_has_no_date_and_is_missed_when_that_event_comes_first():
    """Rule 20."""
    made = small("due: {by: work.ended}")
    ended, done = on("2025-03-03", "work.ended"), on("2025-03-02", "work.done")
    assert told(made, [ASKED], "2030-01-01") == [(None, "upcoming")]
    assert told(made, [ASKED, done, ended], "2025-03-04") == [(None, "met")]
    assert told(made, [ASKED, ended, {**done, "when": "2025-03-04"}], "2025-03-04") == [(None, "missed")]
    assert told(made, [ASKED, on("2025-03-03", "work.ended", child="C2")], "2025-03-04") == [(None, "upcoming")]


def test_by_an_event_on_the_same_day_is_met_unless_both_have_times_and_it_came_after():
    """Rules 19 and 20."""
    made = small("due: {by: work.ended}")
    ended, done = on("2025-03-03T10:00", "work.ended"), on("2025-03-03T14:00", "work.done")
    assert told(made, [ASKED, ended, done], "2025-03-04") == [(None, "missed")]
    assert told(made, [ASKED, ended, {**done, "when": "2025-03-03T09:00"}], "2025-03-04") == [(None, "met")]
    assert told(made, [ASKED, ended, {**done, "when": "2025-03-03"}], "2025-03-04") == [(None, "met")]


def test_a_clauses_own_by_event_is_missed_and_the_other_starts_obligation_is_not():
    """Rule 20: only what is due by that event."""
    made = small(
        "per: [child, task], starts_from: [work.asked, {event: work.wanted, due: {by: work.ended}}], met_by: work.done"
    )
    rows = [
        on(DAY, "work.asked", child="C1", task="T1"),
        on(DAY, "work.wanted", child="C1", task="T2"),
        on("2025-01-07", "work.ended"),
    ]
    assert told(made, rows, "2025-01-08") == [(None, "missed"), ("2025-01-16", "upcoming")]


def test_an_extension_moves_the_date_from_the_day_it_was_given():
    """Rule 21: given late, the days between stay overdue in any earlier view, and the reasons say so."""
    made = small("extended_by: {event: work.extended, until: until, where: {field: ok, is: true}}")
    given_late = on("2025-01-20", "work.extended", until="2025-01-31", ok=True)
    assert told(made, [ASKED, given_late], "2025-01-19") == [("2025-01-16", "overdue")]
    assert told(made, [ASKED, given_late], "2025-01-20") == [("2025-01-31", "upcoming")]
    said = why(made, [ASKED, given_late], "2025-01-20")[0]
    assert (
        "extended to Friday 31 January 2025 from Thursday 16 January 2025, when it was 4 days overdue." in said.sentence
    )
    assert said.moves == [
        {"id": "event-2", "kind": "work.extended", "when": "2025-01-20", "from": "2025-01-16", "to": "2025-01-31"}
    ]
    in_time = why(made, [ASKED, {**given_late, "when": "2025-01-16"}], "2025-01-20")[0]
    assert "overdue" not in in_time.sentence


@pytest.mark.parametrize("more", [{"ok": False}, {}, {"ok": True, "child": "C2"}, {"ok": True, "until": None}])
def test_what_is_no_extension_of_it_moves_nothing(more):
    """Rules 10 and 21: refused, not known, about another child, with no new day."""
    made = small("extended_by: {event: work.extended, where: {field: ok, is: true}}")
    row = {
        key: one
        for key, one in {**on("2025-01-08", "work.extended", until="2025-01-31"), **more}.items()
        if one is not None
    }
    assert told(made, [ASKED, row], "2025-01-09") == [("2025-01-16", "upcoming")]
    done = on("2025-01-07", "work.done")
    assert told(made, [ASKED, done, {**row, "ok": True, "when": "2025-01-07"}], "2025-01-09")[0] == (
        "2025-01-16",
        "met",
    )


BEFORE = "per: [meeting], starts_from: work.dated, due: {before: 3 working days, date: day_of_meeting}"
M = {"meeting": "M1", "child": "C1"}
DATED = on(DAY, "work.dated", **M, on="2025-01-17")


@pytest.mark.parametrize(("moved_to", "due"), [("2025-01-24", "2025-01-21"), ("2025-01-15", "2025-01-10")])
def test_a_date_that_moves_moves_the_obligation_both_ways(moved_to, due):
    """Rule 22."""
    moved = on("2025-01-08", "work.moved", **M, on=moved_to)
    assert told(small(BEFORE), [DATED, moved], "2025-01-09") == [(due, "upcoming")]
    assert told(small(BEFORE), [DATED, moved], "2025-01-07") == [("2025-01-14", "upcoming")]
    assert [one["to"] for one in why(small(BEFORE), [DATED, moved], "2025-01-09")[0].moves] == [due]


def test_a_date_that_is_cancelled_takes_the_obligation_with_it():
    """Rule 22: falls away, late or not; but once the dated day has passed what was missed stays missed."""
    for day, state in (("2025-01-08", "fell away"), ("2025-01-16", "fell away"), ("2025-01-20", "missed")):
        assert told(small(BEFORE), [DATED, on(day, "work.cancelled", **M)], "2025-01-21")[0][1] == state


def test_a_day_already_gone_when_the_date_became_known_cannot_be_met():
    """Rule 22: done anyway it is met late; on the dated day it is overdue; once that has passed it is missed."""
    late = {**DATED, "when": "2025-01-15"}
    found = [told(small(BEFORE), [late], day)[0][1] for day in ("2025-01-15", "2025-01-16", "2025-01-17", "2025-01-18")]
    assert found == ["cannot be met", "cannot be met", "overdue", "missed"]
    done = on("2025-01-17", "work.done", **M)
    assert told(small(BEFORE), [late, done], "2025-01-20")[0][1] == "met late"
    too_late = {**done, "when": "2025-01-18"}
    assert told(small(BEFORE), [late, too_late], "2025-01-20")[0][1] == "missed"
    moved = on("2025-01-16", "work.moved", **M, on="2025-01-31")
    assert told(small(BEFORE), [late, moved], "2025-01-16") == [("2025-01-28", "upcoming")]
    sentence = why(small(BEFORE), [late], "2025-01-16")[0].sentence
    assert sentence.endswith("The day was already gone when the date became known.")
    assert why(small(BEFORE), [late], "2025-01-20")[0].sentence.endswith("Missed: Friday 17 January 2025 has passed.")


@pytest.mark.parametrize(("moved_to", "state"), [("2025-01-31", "met"), ("2025-01-15", "met late")])
def test_a_date_that_moves_later_may_turn_met_late_into_met(moved_to, state):
    """Rule 22, as settled in section 10."""
    rows = [DATED, on("2025-01-15", "work.done", **M), on("2025-01-15", "work.moved", **M, on=moved_to)]
    assert told(small(BEFORE), rows, "2025-02-03")[0][1] == state


@pytest.mark.parametrize("first", [{}, {"on": "2025-02-03"}])
def test_a_date_that_becomes_earlier_never_turns_met_into_met_late(first):
    """Rule 22, as settled in section 10: nor does a date first given after it was met."""
    made = small("per: [meeting], starts_from: work.dated, due: {date: day_of_meeting}")
    rows = [
        on(DAY, "work.dated", **M, **first),
        on("2025-01-20", "work.done", **M),
        on("2025-01-21", "work.moved", **M, on="2025-01-10"),
    ]
    assert told(made, rows, "2025-02-03")[0][1] == "met"


def test_a_date_given_later_dates_what_had_none_and_another_meetings_does_not():
    """Rule 22."""
    made = small("per: [meeting], starts_from: work.dated, due: {after: 1 week, date: day_of_meeting}")
    rows = [on(DAY, "work.dated", **M), on("2025-01-08", "work.moved", meeting="M2", child="C1", on="2025-03-03")]
    assert told(made, rows, "2025-01-09") == [(None, "upcoming")]
    assert told(made, [*rows, on("2025-01-08", "work.moved", **M, on="2025-01-20")], "2025-01-09") == [
        ("2025-01-27", "upcoming")
    ]


def test_the_earliest_of_several_days_moves_with_each_and_goes_on_without_a_cancelled_one():
    """Rule 22: it falls away only when no day is left."""
    made = small(
        "per: [meeting], starts_from: work.dated, due: {earliest: [{date: day_of_meeting}, 20 days, {field: until}]}"
    )
    assert told(made, [DATED], DAY) == [("2025-01-17", "upcoming")]
    assert told(made, [DATED, on("2025-01-07", "work.cancelled", **M)], "2025-01-07") == [("2025-01-26", "upcoming")]
    none = small("per: [meeting], starts_from: work.dated, due: {earliest: [{date: day_of_meeting}, {field: until}]}")
    assert told(none, [DATED, on("2025-01-07", "work.cancelled", **M)], "2025-01-07")[0][1] == "fell away"


def test_what_is_met_by_its_own_recording_is_owed_until_it_is_recorded():
    """Rules 16 and 32: as at a day before the recording it is not met yet."""
    made = small("due: 24 hours, met_by: {recording_of: work.asked}")
    asked = on("2025-01-06T10:00", "work.asked", known="2025-01-08T09:00")
    assert told(made, [asked], "2025-01-06") == [("2025-01-07 10:00", "upcoming")]
    assert told(made, [asked], "2025-01-07") == [("2025-01-07 10:00", "due")]
    assert told(made, [asked], "2025-01-08") == [("2025-01-07 10:00", "met late")]
    assert told(made, [{**asked, "known": "2025-01-07T10:00"}], "2025-01-08")[0][1] == "met"
