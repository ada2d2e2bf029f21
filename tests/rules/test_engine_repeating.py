"""Repeating, rules 23 to 28: each test is the least history that would come out wrong were the rule broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.rules.days import day_of, iso
from rules.small_pack import on, run, small, told

DAY = "2025-01-06"
ASKED = on(DAY, "work.asked")
START = day_of(DAY)
PATTERN = "pattern: {event: rhythm.agreed, field: every, from: on, where: {field: ok, is_not: false}}"
FORTNIGHTLY = f"repeats: {{every: 2 weeks, {PATTERN}}}"


def agreed(when, every, **more):
    return on(when, "rhythm.agreed", every=every, ok=True, **more)


@given(st.lists(st.integers(1, 40), max_size=8), st.lists(st.integers(0, 90), max_size=3))
def test_one_period_is_open_at_a_time_and_counts_from_the_last_time_it_was_met(gaps, again):
    """Rule 23: however early or late that was, and however often the series is started again."""
    days = [START + sum(gaps[: place + 1]) for place in range(len(gaps))]
    rows = [ASKED, *(on(iso(day), "work.done") for day in days), *(on(iso(START + one), "work.asked") for one in again)]
    found = told(small("repeats: {every: 2 weeks}"), rows, "2026-12-31")
    assert [due for due, _ in found] == [iso(day + 14) for day in (START, *days)]
    assert [state for _, state in found if state in ("upcoming", "due", "overdue")] == ["overdue"]


def test_what_did_not_truly_meet_it_is_counted_from_by_nothing():
    """Rule 23."""
    made = small("repeats: {every: 2 weeks}, met_by: {event: work.done, where: {field: ok, is: true}}")
    rows = [ASKED, on("2025-01-10", "work.done", ok=False), on("2025-01-11", "work.done")]
    assert told(made, rows, "2025-01-12") == [("2025-01-20", "upcoming")]


def test_a_series_that_ended_starts_anew_and_one_that_runs_does_not():
    """Rule 23: an ending closes the open period and lets the next start begin another series."""
    made = small("repeats: {every: 2 weeks}, falls_away_on: work.ended")
    rows = [
        ASKED,
        on("2025-01-08", "work.ended"),
        on("2025-01-09", "work.done"),
        on("2025-01-10", "work.asked"),
        on("2025-01-13", "work.asked"),
    ]
    assert told(made, rows, "2025-01-14") == [("2025-01-20", "fell away"), ("2025-01-24", "upcoming")]


@pytest.mark.parametrize(("last", "weeks"), [("2025-04-06", 1), ("2025-04-07", 3)])
def test_the_phase_is_the_one_in_force_on_the_day_the_period_counts_from(last, weeks):
    """Rule 24: a phase for 3 months includes its last day."""
    made = small("repeats: {phases: [{every: 1 week, for: 3 months}, {every: 3 weeks}]}")
    assert told(made, [ASKED, on(last, "work.done")], last)[-1][0] == iso(day_of(last) + 7 * weeks)


def test_a_phase_never_changes_inside_a_period():
    """Rule 24: the period opened in the first phase keeps its week though the second begins meanwhile."""
    made = small("repeats: {phases: [{every: 10 days, for: 5 days}, {every: 1 month}]}")
    assert told(made, [ASKED], "2025-01-14") == [("2025-01-16", "upcoming")]


def test_phases_of_so_many_times_come_one_after_another():
    """Rule 24."""
    made = small("repeats: {phases: [{every: 1 week, for: 1 time}, {every: 2 weeks, for: 2 times}, {every: 4 weeks}]}")
    rows = [ASKED, *(on(day, "work.done") for day in ("2025-01-07", "2025-01-08", "2025-01-09", "2025-01-10"))]
    assert [day_of(due) - START for due, _ in told(made, rows, "2025-01-11")] == [7, 15, 16, 31, 32]


def test_a_phase_until_something_lasts_to_the_day_it_first_happens():
    """Rule 24: and when every phase has run out the last one holds."""
    made = small("repeats: {phases: [{every: 1 week, until: work.seen}, {every: 3 weeks, for: 1 month}]}")
    rows = [
        ASKED,
        on("2025-01-08", "work.seen"),
        on("2025-01-08", "work.done"),
        on("2025-01-09", "work.done"),
        on("2025-01-20", "work.seen"),
    ]
    assert [due for due, _ in told(made, rows, "2025-01-21")] == ["2025-01-13", "2025-01-15", "2025-01-30"]
    late = [*rows, on("2025-03-03", "work.done")]
    assert told(made, late, "2025-03-03")[-1][0] == "2025-03-24"


@pytest.mark.parametrize(("more", "due"), [({"every": "3 days"}, "2025-01-09"), ({}, None)])
def test_the_interval_may_be_a_field_of_the_start(more, due):
    """Rule 23: with none recorded there is no date."""
    assert told(small("repeats: {every: {field: every}}"), [on(DAY, "work.asked", **more)], DAY) == [(due, "upcoming")]


@pytest.mark.parametrize(
    ("when", "every", "starts_on", "due"),
    [
        ("2025-01-08", "1 week", None, "2025-01-13"),        # from its first day
        ("2025-01-13", "1 week", None, "2025-01-20"),        # not after the day of effect: that day + the interval, or the old end
        ("2025-01-17", "1 week", None, "2025-01-20"),        # never later than the old end
        ("2025-01-08", "4 weeks", None, "2025-02-03"),       # looser
        ("2025-01-20", "4 weeks", None, "2025-02-03"),       # on the due day it is not overdue yet
        ("2025-01-21", "4 weeks", None, "2025-01-20"),       # what is overdue is not cured
        ("2025-01-08", "3 weeks", "2025-01-10", "2025-01-27"),  # from the later day it names
        ("2025-01-08", "3 weeks", "2025-01-02", "2025-01-27"),  # an earlier day is no earlier
        ("2025-01-08", "3 weeks", "2025-01-21", "2025-01-20"),  # by then it was overdue
        ("2025-01-08", None, None, "2025-01-20"),            # how often was not said
    ],
)  # fmt: skip
def test_a_pattern_takes_effect_on_its_day_and_never_backwards(when, every, starts_on, due):
    """Rule 25."""
    row = {key: one for key, one in agreed(when, every, on=starts_on).items() if one is not None}
    assert told(small(FORTNIGHTLY), [ASKED, row], "2025-01-30")[0][0] == due


def test_a_pattern_holds_until_the_next_and_touches_no_earlier_period():
    """Rule 25: one named for later waits its turn, even through a period that is met meanwhile."""
    rows = [
        ASKED, on("2025-01-08", "work.done"), agreed("2025-01-09", "5 days", on="2025-01-20"), agreed("2025-01-10", "1 week"),
        on("2025-01-14", "work.done"), on("2025-01-20", "work.done"), on("2025-01-26", "work.done"),
    ]  # fmt: skip
    found = [due for due, _ in told(small(FORTNIGHTLY), rows, "2025-01-26")]
    assert found == ["2025-01-20", "2025-01-15", "2025-01-21", "2025-01-25", "2025-01-31"] or sorted(found) == sorted(
        ["2025-01-20", "2025-01-15", "2025-01-21", "2025-01-25", "2025-01-31"]
    )


def test_a_pattern_counts_only_where_it_is_one_and_for_whom():
    """Rules 10 and 25: refused, or another child's."""
    for more in ({"ok": False}, {"child": "C2"}):
        assert (
            told(small(FORTNIGHTLY), [ASKED, {**agreed("2025-01-08", "1 week"), **more}], "2025-01-09")[0][0]
            == "2025-01-20"
        )


def test_a_pattern_agreed_before_the_series_for_a_day_within_it_takes_effect_then():
    """Rule 25: and one agreed the same day, whichever was recorded first."""
    made = small(FORTNIGHTLY)
    early = agreed("2025-01-02", "3 weeks", on="2025-01-10")
    assert told(made, [early, ASKED], "2025-01-09") == [("2025-01-20", "upcoming")]
    assert told(made, [early, ASKED], "2025-01-10") == [("2025-01-27", "upcoming")]
    for order in (1, -1):
        assert told(made, [ASKED, agreed(DAY, "1 week")][::order], DAY) == [("2025-01-13", "upcoming")]


def test_a_pattern_in_working_days_beyond_the_table_is_refused_and_not_guessed():
    """Rules 3 and 25."""
    rows = [on("2028-12-18", "work.asked"), agreed("2028-12-19", "30 working days")]
    assert told(small(FORTNIGHTLY), rows, "2028-12-20") == [(None, "cannot tell")]


def test_a_pattern_says_nothing_of_what_is_not_dated():
    """Rule 25: with no interval there is no open end to move; the next period has one."""
    made = small(f"repeats: {{every: {{field: every}}, {PATTERN}}}")
    rows = [ASKED, agreed("2025-01-08", "1 week"), on("2025-01-10", "work.done")]
    assert told(made, rows, "2025-01-10") == [(None, "met"), ("2025-01-17", "upcoming")]


def test_twice_in_any_stretch_counts_from_the_last_but_one_time():
    """Rule 26."""
    made = small("repeats: {every: 1 month, times: 2}")
    rows = [ASKED, on("2025-01-10", "work.done"), on("2025-01-20", "work.done"), on("2025-02-03", "work.done")]
    assert told(made, rows[:2], "2025-01-12") == [("2025-02-06", "upcoming")]
    assert told(made, rows[:3], "2025-01-21") == [("2025-02-06", "met"), ("2025-02-10", "upcoming")]
    assert told(made, rows, "2025-02-03") == [("2025-02-06", "met"), ("2025-02-10", "met"), ("2025-02-20", "upcoming")]


def test_one_event_naming_two_children_is_one_time():
    """Rules 10 and 26."""
    made = small("per: [family], repeats: {every: 1 month, times: 2}")
    rows = [on(DAY, "work.asked", family="F1"), on("2025-01-10", "work.done", family="F1", child=["C1", "C2"])]
    assert told(made, rows, "2025-01-11") == [("2025-02-06", "upcoming")]
    assert told(made, [*rows, on("2025-01-12", "work.done", family="F1")], "2025-01-12")[0][1] == "met"


MONTHLY = "repeats: {every: calendar month}, falls_away_on: work.ended"


def test_a_calendar_month_is_owed_for_each_month_that_begins_while_the_series_runs():
    """Rule 27: due on its last day, met by any time in it, and missed months stay as they were when the series ends."""
    rows = [ASKED, on("2025-02-01", "work.done"), on("2025-04-30", "work.done"), on("2025-05-06", "work.ended")]
    assert told(small(MONTHLY), rows, "2025-06-30") == [
        ("2025-02-28", "met"), ("2025-03-31", "overdue"), ("2025-04-30", "met"), ("2025-05-31", "fell away"),
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["work.ended", "child.died", "case.closed"])
@pytest.mark.parametrize("met", [None, "2025-02-05"])
def test_a_calendar_month_begins_no_more_once_the_series_has_ended(ending, met):
    """Rule 27: before its first month has begun, or in a month that was met already."""
    made = small(MONTHLY + ", only_while: case_open", "id: other, starts_from: work.wanted")
    rows = [on("2025-01-02", "case.opened"), ASKED, on("2025-01-20" if met is None else "2025-02-20", ending)]
    rows += [] if met is None else [on(met, "work.done")]
    assert told(made, rows, "2025-06-30") == ([] if met is None else [("2025-02-28", "met")])
    again = [on("2025-03-10", "case.opened"), on("2025-03-10", "work.asked")]
    assert told(made, [*rows, *again], "2025-04-02")[-1] == ("2025-04-30", "upcoming")


def test_a_member_who_leaves_owes_no_further_month():
    """Rules 15 and 27."""
    made = small("per: [family, person], each: {person: people}, repeats: {every: calendar month}")
    rows = [
        on("2025-01-02", "member.joined", family="F1", person=["P1", "P2"]), on(DAY, "work.asked", family="F1"),
        on("2025-01-20", "member.left", family="F1", person="P1"),
    ]  # fmt: skip
    assert [one.names for one in run(made, rows, "2025-02-03")] == [("F1", "P2")]


def test_an_ending_that_is_not_one_ends_no_months():
    """Rules 10 and 27: another child's, or one that fails its test; nor does the event that starts them."""
    made = small("repeats: {every: calendar month}, falls_away_on: {event: work.ended, where: {field: ok, is: true}}")
    for ended in (
        on("2025-01-20", "work.ended", ok=False),
        on("2025-01-20", "work.ended", ok=True, child="C2"),
        on("2025-01-20", "work.ended"),
    ):
        assert len(told(made, [ASKED, ended], "2025-02-03")) == 1
    same = small("repeats: {every: calendar month}, falls_away_on: work.asked")
    assert len(told(same, [ASKED], "2025-02-03")) == 1


@pytest.mark.parametrize("order", [1, -1])
def test_the_month_of_the_start_counts_only_if_it_starts_on_the_first(order):
    """Rule 27: and then by anything done that same day."""
    both = [on("2025-02-01", "work.asked"), on("2025-02-01", "work.done")][::order]
    assert told(small(MONTHLY), both, "2025-02-27") == [("2025-02-28", "met")]
    assert told(small(MONTHLY), [on("2025-02-02", "work.asked")], "2025-02-28") == []


QUOTA = "falls_away_on: work.ended, quota: {of: {event: work.seen, where: {field: place, is: home}}, share: 20%, counts: {field: ok, is: true}}"


@pytest.mark.parametrize(
    ("total", "done", "state"),
    [(6, 1, "missed"), (6, 2, "met"), (5, 1, "met"), (0, 0, "met"), (10, 1, "missed"), (1, 0, "missed")],
)
def test_a_quota_has_no_date_and_is_settled_when_the_obligation_ends(total, done, state):
    """Rule 28: the share of the total, rounded up."""
    rows = [ASKED, *(on("2025-01-08", "work.seen", place="home", ok=place < done) for place in range(total))]
    rows += [
        on("2025-01-08", "work.seen", place="school", ok=True),
        on("2025-01-08", "work.seen", place="home", ok=True, child="C2"),
    ]
    one = run(small(QUOTA), rows, "2025-01-08")[0]
    assert (one.due, one.state(day_of("2025-01-08"))) == (None, "upcoming")
    assert one.progress == f"{done} of {total}, needs {-(-total // 5)}"
    assert told(small(QUOTA), [*rows, on("2025-03-03", "work.ended")], "2025-03-03") == [(None, state)]
    after = [*rows, on("2025-03-03", "work.ended"), *[on("2025-03-04", "work.seen", place="home", ok=True)] * 9]
    assert told(small(QUOTA), after, "2025-03-05") == [(None, state)]


def test_a_quota_falls_away_when_the_child_is_gone():
    """Rules 18 and 28: silently, whatever was done; and what names none of its names counts for nobody."""
    rows = [ASKED, on("2025-01-08", "work.seen", place="home", ok=False), on("2025-01-09", "child.died")]
    assert told(small(QUOTA), rows, "2025-01-10") == [(None, "fell away")]
    other = {**on("2025-01-08", "work.seen", place="home", family="F1", ok=False)}
    assert run(small(QUOTA), [ASKED, other], "2025-01-10")[0].progress == "0 of 0, needs 0"


def test_a_quota_of_what_the_source_does_not_hold_cannot_be_told():
    """Rules 28 and 34."""
    rows = [ASKED, on("2025-03-03", "work.ended")]
    evidence = {"work.asked": "always", "work.ended": "always"}
    assert told(small(QUOTA), rows, "2025-03-04", evidence=evidence) == [(None, "cannot tell")]
    assert told(small(QUOTA), rows, "2025-03-04", evidence={**evidence, "work.seen": "always"}) == [(None, "met")]
