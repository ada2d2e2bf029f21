"""Identity, versions, two times, evidence, people, reasons: rules 29 to 37, each with the least history that would betray it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.rules.days import day_of, iso
from kith.rules.english import English
from kith.rules.reasons import Reasoner
from kith.rules.rehearsal import Rehearsal
from rules.small_pack import CALENDAR, on, run, small, told

DAY = "2025-01-06"
ASKED = on(DAY, "work.asked", id="a")
START = day_of(DAY)


def keys(made, rows, as_at, **asked):
    return [one.key for one in run(made, rows, as_at, **asked)]


def why(made, rows, as_at, **asked):
    reasoner = Reasoner(English(made.versions[-1].stack), CALENDAR)
    return [reasoner.reasons(one, day_of(as_at)) for one in run(made, rows, as_at, **asked)]


def test_an_obligation_is_its_duty_its_names_and_the_event_it_counts_from():
    """Rule 29: the start; the last meeting event for a repeat; the month."""
    done = on("2025-02-03", "work.done", id="d")
    assert keys(small(""), [ASKED], DAY) == ["duty|child=C1|a"]
    assert keys(small("repeats: {every: 1 week}"), [ASKED, done], "2025-02-03") == [
        "duty|child=C1|a",
        "duty|child=C1|d",
    ]
    assert keys(small("repeats: {every: calendar month}"), [ASKED], "2025-02-03") == ["duty|child=C1|2025-02"]


@pytest.mark.parametrize("take", ["first", "earliest", "latest"])
def test_joined_starts_are_known_by_the_earliest_recorded_of_them(take):
    """Rule 29: whatever day each happened on."""
    made = small(f"take: {take}")
    early, late = {**ASKED, "known": "2025-03-03"}, on("2025-01-08", "work.asked", id="b", known="2025-02-03")
    assert keys(made, [early, late], "2025-04-01") == keys(made, [late], "2025-02-04") == ["duty|child=C1|b"]


def test_a_series_is_known_by_the_earliest_recorded_of_its_starts_and_a_meeting_keeps_its_own_period():
    """Rule 29."""
    made = small("repeats: {every: 1 week}, starts_from: [work.asked, work.done]")
    early, late = {**ASKED, "known": "2025-03-03"}, on("2025-01-08", "work.asked", id="b", known="2025-02-03")
    assert keys(made, [early, late], "2025-04-01") == ["duty|child=C1|b"]
    met = on("2025-01-09", "work.done", id="m", known="2025-02-01")
    assert sorted(keys(made, [early, met], "2025-04-01")) == ["duty|child=C1|a", "duty|child=C1|m"]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.integers(0, 5))
def test_a_fact_recorded_late_adds_periods_between_others_and_renames_none(days, place):
    """Rule 29."""
    made = small("repeats: {every: 1 week}")
    rows = [ASKED, *(on(iso(START + day), "work.done", id=f"d{n}") for n, day in enumerate(days))]
    late = {**rows[1 + place % len(days)], "known": "2026-01-01"}
    with_it = [late if one["id"] == late["id"] else one for one in rows]
    assert set(keys(made, with_it, "2025-12-31", known="2025-12-31")) <= set(keys(made, with_it, "2025-12-31"))


def test_a_correction_keeps_the_id_of_the_event_it_corrects():
    """Rules 29 and 32: a corrected event stands in the original's place and keeps its `known`."""
    wrong = on("2025-01-10", "work.asked", id="w", known="2025-01-10")
    right = on("2025-01-08", "work.asked", id="r", corrects="w", known="2025-02-03")
    again = on("2025-01-07", "work.asked", id="r2", corrects="r", known="2025-02-05")
    rows, made = [wrong, right, again], small("")
    found = {day: (keys(made, rows, "2025-01-20", known=day), told(made, rows, "2025-01-20", known=day)[0][0]) for day in
             ("2025-02-02", "2025-02-03", "2025-02-05")}  # fmt: skip
    assert {one[0][0] for one in found.values()} == {"duty|child=C1|w"}
    assert [one[1] for one in found.values()] == ["2025-01-20", "2025-01-18", "2025-01-17"]
    back = [*rows, on("2025-02-06", "work.asked", withdraws="r2")]
    assert told(made, back, "2025-01-20")[0][0] == "2025-01-18"


def test_each_obligation_is_judged_for_its_whole_life_by_the_version_of_its_start():
    """Rule 30: and a duty the version then in force no longer has starts nothing more."""
    shorter, gone = "due: 5 days, bites_on: starts", "id: another"
    made = small("", versions={"2025-02-01": [shorter], "2025-03-01": [gone]})
    rows = [on(day, "work.asked") for day in ("2025-01-31", "2025-02-01", "2025-03-01")]
    assert [one.due_text for one in run(made, rows, "2025-03-01") if one.duty.id == "duty"] == [
        "2025-02-10",
        "2025-02-06",
    ]


@pytest.mark.parametrize(
    ("bites", "due"), [("next_interval", "2025-02-13"), ("acts", "2025-02-13"), ("starts", "2025-02-24")]
)
def test_each_period_is_judged_by_the_version_of_the_day_it_counts_from_unless_the_change_bites_on_starts(bites, due):
    """Rule 30."""
    made = small(
        "repeats: {every: 2 weeks}", versions={"2025-02-01": [f"repeats: {{every: 3 days}}, bites_on: {bites}"]}
    )
    rows = [on("2025-01-27", "work.asked"), on("2025-02-10", "work.done")]
    assert told(made, rows, "2025-02-10")[-1][0] == due
    assert told(made, rows, "2025-02-10")[0][0] == "2025-02-10"


@pytest.mark.parametrize("how", ["repeats: {every: 2 weeks}", "repeats: {every: calendar month}"])
@pytest.mark.parametrize("returns", [False, True])
def test_a_duty_that_is_gone_opens_no_further_period(how, returns):
    """Rule 30: though a later version has it again."""
    versions = {
        "2025-03-01": ["id: another"],
        **({"2025-05-01": [how + ", bites_on: next_interval"]} if returns else {}),
    }
    made = small(how, versions=versions)
    rows = [ASKED, on("2025-02-27", "work.done"), on("2025-03-03", "work.done"), on("2025-03-05", "work.done")]
    assert [one.base.day for one in run(made, rows, "2025-04-30") if one.base.day >= day_of("2025-03-01")] == []


def test_nothing_before_the_first_version_is_judged_unless_it_bites_on_acts():
    """Rule 31: owed from that day for earlier starts not ended by then, the period counted from that day; nothing met is judged again."""
    for bites, owed in (("starts", []), ("acts", [("2025-02-10", "upcoming")])):
        made = small("id: another", versions={"2025-02-01": ["id: another", f"bites_on: {bites}"]})
        found = [
            (one.due_text, one.state(day_of("2025-02-01")))
            for one in run(made, [ASKED], "2025-02-01")
            if one.duty.id == "duty"
        ]
        assert found == owed
    made = small(
        "id: another, met_by: work.seen",
        versions={"2025-02-01": ["id: another, met_by: work.seen", "bites_on: acts, falls_away_on: work.ended"]},
    )
    for kind in ("work.done", "work.ended"):
        assert [one.duty.id for one in run(made, [ASKED, on("2025-01-20", kind)], "2025-02-03")] == ["another"]
    assert [one.duty.id for one in run(made, [ASKED], "2025-01-31")] == ["another"]


def test_a_repeat_that_bites_on_acts_counts_its_first_period_from_that_day():
    """Rule 31: whatever was done before it."""
    made = small("id: another", versions={"2025-02-01": ["id: another", "bites_on: acts, repeats: {every: 1 week}"]})
    rows = [ASKED, on("2025-01-13", "work.done"), on("2025-02-05", "work.done")]
    found = [
        (one.due_text, one.state(day_of("2025-02-05")))
        for one in run(made, rows, "2025-02-05")
        if one.duty.id == "duty"
    ]
    assert found == [("2025-02-08", "met"), ("2025-02-12", "upcoming")]


@pytest.mark.parametrize("take", ["each", "first", "earliest", "latest"])
def test_a_changed_duty_that_bites_on_acts_takes_the_place_of_the_old_one(take):
    """Rule 31: from its day, under the same id; what was met before it bit stays as it was judged."""
    made = small(f"take: {take}, due: 60 days", versions={"2025-02-01": [f"take: {take}, due: 3 days, bites_on: acts"]})
    assert told(made, [ASKED], "2025-01-31") == [("2025-03-07", "upcoming")]
    assert told(made, [ASKED], "2025-02-01") == [("2025-02-03", "upcoming")]
    assert keys(made, [ASKED], "2025-01-31") == keys(made, [ASKED], "2025-02-01")
    assert told(made, [ASKED, on("2025-02-03", "work.done")], "2025-02-06") == [("2025-02-03", "met")]
    assert told(made, [ASKED, on("2025-01-30", "work.done")], "2025-02-06") == [("2025-03-07", "met")]


@pytest.mark.parametrize("take", ["first", "earliest", "latest"])
def test_a_start_after_a_version_bites_joins_what_bit(take):
    """Rules 12, 29 and 31: one obligation, known by the earliest recorded of its starts, whichever version judges."""
    whole = f"take: {take}"
    early, late = {**ASKED, "known": "2025-04-01"}, on("2025-02-05", "work.asked", id="b", known="2025-02-05")
    for before in ("id: another", whole):
        made = small(before, versions={"2025-02-01": [f"{whole}, bites_on: acts"]})
        found = [one.key for one in run(made, [early, late], "2025-02-06") if one.duty.id == "duty"]
        assert found == ["duty|child=C1|b"]


def test_a_by_event_duty_that_bites_on_acts_is_judged_at_acts_from_that_day():
    """Rule 31."""
    made = small("id: another", versions={"2025-02-01": ["id: another", "bites_on: acts, due: {by: work.ended}"]})
    for day, states in (("2025-01-31", []), ("2025-02-01", ["missed"])):
        found = run(made, [ASKED, on(day, "work.ended")], "2025-02-03")
        assert [one.state(day_of("2025-02-03")) for one in found if one.duty.id == "duty"] == states


def test_as_at_and_known_at_are_two_times():
    """Rule 32."""
    made = small("")
    done = on("2025-01-10", "work.done", known="2025-02-03")
    assert told(made, [ASKED, done], "2025-01-20", known="2025-02-02") == [("2025-01-16", "overdue")]
    assert told(made, [ASKED, done], "2025-01-20", known="2025-02-03") == [("2025-01-16", "met")]
    assert told(made, [ASKED, done], "2025-01-09", known="2025-02-03") == [("2025-01-16", "upcoming")]


def test_a_withdrawn_event_is_gone_from_the_moment_that_was_known_and_withdrawing_that_brings_it_back():
    """Rule 32."""
    rows = [
        ASKED, on("2025-01-10", "work.asked", id="w", withdraws="a", known="2025-02-03"),
        on("2025-01-10", "work.asked", id="w2", withdraws="w", known="2025-02-10"),
    ]  # fmt: skip
    found = [len(told(small(""), rows, "2025-01-20", known=day)) for day in ("2025-02-02", "2025-02-03", "2025-02-10")]
    assert found == [1, 0, 1]
    corrected = [*rows[:2], on("2025-01-09", "work.asked", id="c", corrects="a", known="2025-02-04")]
    assert told(small(""), corrected, "2025-01-20") == []


def test_a_sealed_event_is_gone_from_every_answer_whatever_is_asked():
    """Rule 32: with its corrections, before the sealing was known too."""
    rows = [
        ASKED, on("2025-01-08", "work.asked", id="c", corrects="a", known="2025-01-09"),
        on("2025-01-10", "work.asked", id="s", seals="a", known="2025-02-03"),
    ]  # fmt: skip
    for known in ("2025-01-08", "2025-01-20", "2025-02-03"):
        assert told(small(""), rows, "2025-01-20", known=known) == []
    other = [*rows[:2], on("2025-01-10", "work.asked", id="s", seals="c", known="2025-02-03")]
    assert told(small(""), other, "2025-01-20")[0][0] == "2025-01-16"


@pytest.mark.parametrize(
    ("day", "state"), [("2025-01-15", "upcoming"), ("2025-01-16", "due"), ("2025-01-17", "overdue")]
)
def test_the_words_that_depend_on_today_are_worked_out_when_asked(day, state):
    """Rule 33: of one and the same stored obligation."""
    stored = run(small(""), [ASKED], DAY)[0]
    assert stored.state(day_of(day)) == state


SOURCE = {"work.asked": "always"}


@pytest.mark.parametrize(
    ("evidence", "state"),
    [
        ({}, "cannot tell"), ({"work.done": "always"}, "overdue"), ({"work.done": DAY}, "overdue"),
        ({"work.done": "2025-01-07"}, "cannot tell"), ({"work": "always"}, "cannot tell"),
    ],
)  # fmt: skip
def test_what_a_source_cannot_show_met_cannot_be_told(evidence, state):
    """Rule 34: nor where it holds the kind only from a later day; never overdue or missed."""
    made = small("falls_away_on: work.ended")
    assert told(made, [ASKED], "2025-02-03", evidence={**SOURCE, **evidence})[0][1] == state
    ended = [ASKED, on("2025-02-03", "work.ended")]
    missed = "missed" if state == "overdue" else state
    assert told(made, ended, "2025-02-03", evidence={**SOURCE, **evidence})[0][1] == missed
    assert (
        told(made, [ASKED, on("2025-01-08", "work.done")], "2025-02-03", evidence={**SOURCE, **evidence})[0][1] == "met"
    )


def test_a_source_that_holds_only_some_of_what_meets_it_cannot_tell():
    """Rule 34: held with a type or for the kind alone."""
    made = small("met_by: [work.done/big, work.seen]")
    for held, state in (({"work.done/big": "always"}, "cannot tell"), ({"work.done": "always", "work.seen": "always"}, "overdue"),
                        ({"work.done": "always", "work.seen": "2025-03-03"}, "cannot tell")):  # fmt: skip
        assert told(made, [ASKED], "2025-02-03", evidence={**SOURCE, **held})[0][1] == state
    sentence = why(made, [ASKED], "2025-02-03", evidence=SOURCE)[0].sentence
    assert "the source does not say whether" in sentence


def test_a_condition_the_source_cannot_answer_makes_what_is_unmet_cannot_tell():
    """Rule 34, as settled in section 10: for what meets it and for what ends it."""
    made = small(
        "met_by: {event: work.done, where: {field: ok, is: true}}, falls_away_on: {event: work.ended, where: {field: ok, is: true}}"
    )
    held = {kind: "always" for kind in ("work.asked", "work.done", "work.ended")}
    for kind in ("work.done", "work.ended"):
        rows = [ASKED, on("2025-01-08", kind)]
        assert told(made, rows, "2025-02-03", evidence=held)[0][1] == "cannot tell"
        assert told(made, rows, "2025-02-03")[0][1] == "overdue"
        assert "does not say enough of" in why(made, rows, "2025-02-03", evidence=held)[0].sentence


def test_for_a_repeat_the_first_day_covered_opens_a_fresh_period():
    """Rule 34: known as evidence-from-DAY; one that had ended, or began later, gets none."""
    made = small("repeats: {every: 2 weeks}, falls_away_on: work.ended")
    held = {**SOURCE, "work.done": "2025-03-03"}
    assert told(made, [ASKED], "2025-03-02", evidence=held) == [("2025-01-20", "cannot tell")]
    rows = [ASKED, on("2025-03-10", "work.done", id="d")]
    assert told(made, rows, "2025-03-10", evidence=held) == [
        ("2025-01-20", "cannot tell"),
        ("2025-03-17", "met"),
        ("2025-03-24", "upcoming"),
    ]
    assert [one.rpartition("|")[2] for one in keys(made, rows, "2025-03-10", evidence=held)] == [
        "a",
        "evidence-from-2025-03-03",
        "d",
    ]
    assert "the first day the source holds" in why(made, rows, "2025-03-10", evidence=held)[1].sentence
    ended = [ASKED, on("2025-01-10", "work.ended")]
    assert told(made, ended, "2025-03-10", evidence=held) == [("2025-01-20", "fell away")]
    assert told(made, [on("2025-03-04", "work.asked")], "2025-03-30", evidence=held) == [("2025-03-18", "overdue")]
    monthly = small("repeats: {every: calendar month}")
    assert told(monthly, [ASKED], "2025-04-02", evidence=held) == [
        ("2025-02-28", "cannot tell"), ("2025-03-31", "cannot tell"), ("2025-04-30", "upcoming"),
    ]  # fmt: skip


def test_a_period_met_before_the_evidence_begins_counts_on_until_it_does():
    """Rule 34."""
    made = small("repeats: {every: 2 weeks}")
    held = {**SOURCE, "work.done": "2025-03-03"}
    rows = [ASKED, on("2025-02-24", "work.done")]
    assert told(made, rows, "2025-03-03", evidence=held) == [
        ("2025-01-20", "met late"),
        ("2025-03-10", "cannot tell"),
        ("2025-03-17", "upcoming"),
    ]


def test_who_owes_it_is_whoever_holds_the_role_on_the_day_asked_about():
    """Rule 35: a handover moves the worklist at once, and renames nothing."""
    made = small(
        "",
        "id: named, per: [child, worker], owed_by: worker",
        "id: field, owed_by: {field: owner}",
        "id: other, owed_by: head",
    )
    start = on(DAY, "work.asked", child="C1", worker="W9", owner="P1")
    rows = [
        start,
        on("2025-01-07", "case.allocated", worker="W1", child="C1"),
        on("2025-01-20", "case.allocated", worker="W2", child="C1"),
    ]
    for as_at, holder in ((DAY, None), ("2025-01-07", "W1"), ("2025-01-20", "W2")):
        found = {one.duty.id: one.holder for one in run(made, rows, as_at)}
        assert found == {"duty": holder, "named": "W9", "field": "P1", "other": None}
    assert keys(made, rows, DAY) == keys(made, rows, "2025-01-20")


def test_ids_are_read_through_a_merge_before_anything_else_and_withdrawing_it_undoes_it():
    """Rule 36: through two merges, in parts and in lists; one that leads round in a ring does not hang."""
    made = small("met_by: {event: work.done, where: {field: ok, is: true}}")
    merged = [
        on("2025-01-20", "child.merged", id="m", child="OLD", into="MID"),
        on("2025-01-20", "child.merged", child="MID", into="C1"),
    ]
    rows = [
        on(DAY, "work.asked", child="OLD"),
        on("2025-01-08", "work.done", child=["C1", "C2"], parts={"C1": {"ok": True}}),
        *merged,
    ]
    assert [(one.names, one.state(day_of("2025-01-20"))) for one in run(made, rows, "2025-01-20")] == [(("C1",), "met")]
    assert run(made, rows, "2025-01-20", known="2025-01-19")[0].names == ("OLD",)
    undone = [*rows, on("2025-01-21", "child.merged", child="OLD", withdraws="m")]
    assert run(made, undone, "2025-01-21")[0].names == ("OLD",)
    ring = [rows[0], merged[0], on("2025-01-21", "child.merged", child="MID", into="OLD")]
    assert len(run(made, ring, "2025-01-21")) == 1
    both = on("2025-01-08", "work.asked", child=["OLD", "MID"])
    assert [one.names for one in run(made, [both, merged[0]], "2025-01-20")] == [("MID",)]
    of_family = on("2025-01-08", "work.asked", family="F1")
    assert run(made, [of_family, *merged], "2025-01-20") == []


REASONS = 'met_by: {event: work.done, where: {field: ok, is: true}}, title: "About {place}"'


def test_the_reasons_say_what_looked_as_if_it_met_it_and_the_test_it_failed():
    """Rule 37."""
    told_why = why(
        small(REASONS),
        [ASKED, on("2025-01-08", "work.done", ok=False, id="d"), on("2025-01-09", "work.done", ok=True, id="e")],
        "2025-01-20",
    )[0]
    assert [one["id"] for one in told_why.did_not_count] == ["d"]
    assert "it counts only when it was right" in told_why.did_not_count[0]["because"]
    assert told_why.met_by == {"id": "e", "kind": "work.done", "when": "2025-01-09"}
    assert told_why.as_json()["state"] == "met"


@pytest.mark.parametrize(
    ("how", "rows", "said"),
    [
        ("due: 24 hours", [on(f"{DAY}T09:00", "work.asked")], "Due by 09:00 on Tuesday 7 January 2025: 24 hours after the work was asked on 09:00 on"),
        ("due: same day", [ASKED], "the same day as the work was asked on Monday 6 January 2025"),
        ("due: none", [ASKED], "Owed, with no date: since the work was asked"),
        ("due: {by: work.ended}", [ASKED], "Owed: before"),
        ("due: {field: on}", [{**ASKED, "on": "2025-01-31"}], "Due by Friday 31 January 2025: the day recorded when"),
        ("due: {field: on}", [ASKED], "the day was not recorded when"),
        ("due: {earliest: [{field: on}, 3 days]}", [ASKED], "the earliest of: the day was not recorded"),
        ("counts_from: on", [{**ASKED, "on": "2025-01-03"}], "10 days after Friday 3 January 2025, as recorded when"),
        ("counts_from: end", [{**ASKED, "ended": "2025-01-08"}], "Due by Saturday 18 January 2025"),
        ("counts_from: on", [ASKED], "Owed, with no date"),
        ("due: 26 weeks, counting: beginning_with", [ASKED], "26 weeks beginning with the day the work was asked"),
        ("due: 4 working days", [ASKED], "4 working days after the work was asked on Monday 6 January 2025 (X-001)"),
        ("due: 6 working days", [ASKED], "not counting 2 weekend days"),
        ("repeats: {every: 5 working days}", [on("2025-04-16", "work.asked")], "not counting 2 weekend days, Friday 18 April (Good Friday) and Monday 21 April (Easter Monday)"),
        ("repeats: {every: calendar month}", [ASKED], "once in every calendar month, since the work was asked"),
        ("repeats: {every: {field: every}}", [ASKED], "from Monday 6 January 2025, when the work was asked"),
        ("repeats: {every: 1 week}", [ASKED, on("2025-01-08", "work.done")], "1 week from Wednesday 8 January 2025, the last time it was done"),
        ("falls_away_on: work.ended, quota: {of: work.seen, share: 20%, counts: {field: ok, is: true}}", [ASKED], "20% of those since the work was asked"),
    ],
)  # fmt: skip
def test_the_arithmetic_is_said(how, rows, said):
    """Rule 37: the starts, the day it counts from, each day not counted."""
    found = why(small(how), rows, "2025-04-20" if "5 working" in how else "2025-02-03")
    assert any(said in one.sentence for one in found), [one.sentence for one in found]


def test_every_move_is_said():
    """Rule 37: of a date, and of a pattern."""
    made = small(
        'per: [meeting], starts_from: work.dated, due: {before: 3 working days, date: day_of_meeting}, title: "On {on}"'
    )
    rows = [
        on(DAY, "work.dated", meeting="M1", child="C1", on="2025-01-17"),
        on("2025-01-07", "work.moved", meeting="M1", child="C1", on="2025-01-24"),
    ]
    found = why(made, rows, "2025-01-08")[0]
    assert "It moved from Tuesday 14 January 2025 on Tuesday 7 January 2025." in found.sentence
    assert found.title == "On 2025-01-17"
    assert found.skipped == []
    again = why(made, [rows[0], {**rows[1], "on": "2025-01-28"}], "2025-01-08")[0]
    assert [day for day, _ in again.skipped] == ["2025-01-25", "2025-01-26"]
    undated = [{key: one for key, one in rows[0].items() if key != "on"}, rows[1]]
    assert "It moved on Tuesday 7 January 2025." in why(made, undated, "2025-01-08")[0].sentence
    assert why(made, undated[:1], "2025-01-08")[0].sentence.startswith(
        "Owed, with no date: 3 working days before the day of meeting"
    )
    late = small("due: 6 working days, extended_by: work.extended")
    extended = why(late, [ASKED, on("2025-01-07", "work.extended", until="2025-01-31")], "2025-01-08")[0]
    assert extended.skipped == []


def test_rehearsal_compares_two_packs_by_id():
    """Rule 29: the version of the pack is no part of it."""
    rows = [ASKED, on("2025-01-08", "work.wanted")]
    now = run(small("", "id: gone", "id: fixed, due: none"), rows, "2025-01-14")
    then = run(small("due: 3 days", "id: new, owed_by: {field: owner}", "id: fixed, due: none"), rows, "2025-01-14")
    found = Rehearsal(day_of("2025-01-14"))
    found.compare(now, then)
    assert [[one.duty.id for one in several] for several in (found.appears, found.vanishes)] == [["new"], ["gone"]]
    assert [old.duty.id for old, _ in found.moves] == [new.duty.id for _, new in found.becomes_late] == ["duty"]
    assert (found.same, sum(found.load_now.values()), sorted(role for role, _ in found.load_then)) == (
        1,
        2,
        ["key_worker", "named"],
    )
