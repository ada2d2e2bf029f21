"""Order and starting, rules 8 to 15: each test is the least history that would come out wrong were the rule broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.rules.asking import stops
from kith.rules.days import day_of, iso
from rules.small_pack import CALENDAR, on, run, small, told

DAY = "2025-01-06"
GATE = {
    "id": "gate",
    "before": "work.ended",
    "strength": "must",
    "otherwise": "insist",
    "say": "No.",
    "cites": ["X-001"],
}


def states(made, rows, as_at):
    return {one.names: one.state(day_of(as_at)) for one in run(made, rows, as_at)}


def test_events_are_taken_by_time_those_without_last_then_by_recording():
    """Rule 8: the case is open when the timed start is heard, whichever was recorded first; a day with no time comes after."""
    made = small("only_if: {during: case_open}")
    asked = on(f"{DAY}T10:00", "work.asked")
    assert told(made, [asked, on(f"{DAY}T09:00", "case.opened")], DAY) != []
    assert told(made, [on(f"{DAY}T11:00", "case.opened"), asked], DAY) == []
    assert told(made, [on(DAY, "case.opened"), asked], DAY) == []
    untimed = [on(DAY, "case.opened"), on(DAY, "work.asked")]
    assert told(made, untimed, DAY) != []
    assert told(made, untimed[::-1], DAY) == []
    assert told(made, [{**untimed[0], "known": "2025-01-08"}, {**untimed[1], "known": "2025-01-07"}], DAY) == []


def test_an_event_changes_the_facts_before_the_duties_hear_it():
    """Rule 9: a condition sees the event itself."""
    assert told(small("only_if: {during: case_open}, starts_from: case.opened"), [on(DAY, "case.opened")], DAY) != []
    second = small("only_if: {count: work.asked, is: 2}")
    assert len(told(second, [on(DAY, "work.asked"), on("2025-01-07", "work.asked")], "2025-01-07")) == 1


def test_a_gate_is_asked_before_the_event_on_everything_recorded_so_far():
    """Rule 9: the closing that is being tried is not counted, and what was asked on another day is not today's."""
    once = {**GATE, "needs": {"count": "work.ended", "under": 1}}
    today = {**GATE, "id": "today", "needs": {"not": {"same_day": "work.done", "same": ["child"]}}}
    made = small("due: 10 days", gates=[once, today])
    reader = made.reader()
    act, done = reader.read(on("2025-01-08", "work.ended")), reader.read(on("2025-01-07", "work.done"))
    assert stops(made, [act, done], act, CALENDAR) == []
    earlier, same = reader.read(on(DAY, "work.ended")), reader.read(on("2025-01-08", "work.done"))
    assert [one.gate.id for one in stops(made, [earlier, same, act], act, CALENDAR)] == ["gate", "today"]


@pytest.mark.parametrize(
    ("met_by", "done", "met"),
    [
        ("work.done", {"child": "C1", "meeting": "M1"}, True), ("work.done", {"child": "C1", "meeting": "M2"}, False),
        ("work.done", {"child": "C1"}, False), ("{event: work.done, same: [child]}", {"child": "C1", "meeting": "M2"}, True),
        ("{event: work.done, same: [child]}", {"meeting": "M1"}, False), ("{event: work.done, same: [child, meeting]}", {"child": "C1"}, False),
    ],
)  # fmt: skip
def test_an_event_meets_only_where_every_name_that_must_agree_agrees(met_by, done, met):
    """Rule 10."""
    made = small(f"per: [child, meeting], met_by: {met_by}")
    rows = [on(DAY, "work.asked", child="C1", meeting="M1"), {"when": "2025-01-07", "kind": "work.done", **done}]
    assert told(made, rows, "2025-01-08")[0][1] == ("met" if met else "upcoming")


def test_an_extension_and_an_ending_agree_on_names_too():
    """Rule 10: an extension names all that must agree; an ending need carry only some of the names, but those must agree."""
    made = small(
        "per: [child, meeting], extended_by: {event: work.extended, same: [task]}, falls_away_on: work.ended, starts_from: work.asked"
    )
    asked = on(DAY, "work.asked", child="C1", meeting="M1")
    extended = on("2025-01-07", "work.extended", child="C1", until="2025-03-01")
    assert told(made, [asked, extended], "2025-01-08") == [("2025-01-16", "upcoming")]
    assert told(made, [asked, on("2025-01-07", "work.ended", child="C1")], "2025-01-08")[0][1] == "fell away"
    assert told(made, [asked, on("2025-01-07", "work.ended", child="C2")], "2025-01-08")[0][1] == "upcoming"
    other = on("2025-01-07", "work.ended", child="C1", meeting="M2")
    assert told(made, [asked, other], "2025-01-08")[0][1] == "upcoming"


def test_naming_three_children_is_three_events_each_with_its_own_part():
    """Rule 10: a part beats the common field, and a child with no part has the common one."""
    made = small("met_by: {event: work.done, where: {field: ok, is: true}}")
    children = ["C1", "C2", "C3"]
    done = on("2025-01-07", "work.done", child=children, ok=False, parts={"C1": {"ok": True}, "C2": {"ok": False}})
    assert states(made, [on(DAY, "work.asked", child=children), done], "2025-01-08") == {
        ("C1",): "met", ("C2",): "upcoming", ("C3",): "upcoming",
    }  # fmt: skip


def test_one_event_naming_two_children_happened_once_for_their_family():
    """Rule 10 is for matching: what is counted is how many times it happened."""
    made = small("per: [family], only_if: {count: work.seen, same: [family], is: 1}")
    seen = on(DAY, "work.seen", child=["C1", "C2"], family="F1")
    assert len(told(made, [seen, on(DAY, "work.asked", family="F1")], DAY)) == 1


@pytest.mark.parametrize("take", ["each", "first", "earliest", "latest"])
def test_what_a_family_owes_for_two_children_stands_while_one_of_them_is_there(take):
    """Rules 10 and 18: it is owed once, and falls away only when both children are gone."""
    made = small(f"per: [family], take: {take}, due: 300 days")
    rows = [on(DAY, "work.asked", family="F1", child=["C1", "C2"]), on("2025-02-03", "child.died", child="C1")]
    assert [one[1] for one in told(made, rows, "2025-02-04")] == ["upcoming"]
    assert told(made, [*rows, on("2025-02-05", "child.died", child="C2")], "2025-02-06")[0][1] == "fell away"


@pytest.mark.parametrize("every", ["2 months", "calendar month"])
def test_a_series_for_two_children_runs_while_one_of_them_is_there(every):
    """Rules 10, 18 and 27: before its first month has begun too."""
    made = small(f"per: [family], repeats: {{every: {every}}}")
    rows = [on(DAY, "work.asked", family="F1", child=["C1", "C2"]), on("2025-01-20", "child.died", child="C1")]
    assert [one[1] for one in told(made, rows, "2025-02-03")] == ["upcoming"]
    gone = told(made, [*rows, on("2025-01-25", "child.died", child="C2")], "2025-02-03")
    assert [one[1] for one in gone] == (["fell away"] if every == "2 months" else [])


def test_a_series_of_months_ends_with_what_names_none_of_its_names():
    """Rule 10: for each child of the start, or the family."""
    made = small("per: [meeting], repeats: {every: calendar month}, falls_away_on: work.ended")
    of_child, of_family = {"meeting": "M1", "child": "C1"}, {"meeting": "M2", "family": "F1"}
    rows = [on(DAY, "work.asked", **of_child), on(DAY, "work.asked", **of_family)]
    for named, left in (({"child": "C1"}, ["M2"]), ({"family": "F1"}, ["M1"]), ({"child": "C2"}, ["M1", "M2"])):
        found = run(made, [*rows, on("2025-01-20", "work.ended", **named)], "2025-02-03")
        assert [one.names[0] for one in found] == left


def test_no_obligation_arises_if_a_name_is_missing():
    """Rule 11."""
    made = small("per: [child, meeting]")
    assert told(made, [on(DAY, "work.asked")], DAY) == []
    repeats = small("per: [child, meeting], repeats: {every: 1 week}")
    assert told(repeats, [on(DAY, "work.asked")], DAY) == []
    each = small("per: [family, person], each: {person: people}")
    assert (
        told(
            each,
            [on(DAY, "member.joined", family="F1", person="P1"), on("2025-01-07", "work.asked", child="C1")],
            "2025-01-08",
        )
        == []
    )


STARTS = "starts_from: [work.asked, {event: work.wanted, due: 3 days}]"


@pytest.mark.parametrize(
    ("take", "due"), [("first", "2025-01-16"), ("earliest", "2025-01-10"), ("latest", "2025-01-16")]
)
def test_a_further_start_joins_and_may_move_the_date(take, due):
    """Rule 12."""
    made = small(f"take: {take}, {STARTS}")
    assert told(made, [on(DAY, "work.asked"), on("2025-01-07", "work.wanted")], "2025-01-08") == [(due, "upcoming")]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6), st.sampled_from(["first", "earliest", "latest"]))
def test_there_is_one_obligation_however_many_starts(days, take):
    """Rule 12: dated by the first, the earliest or the latest of them."""
    made = small(f"take: {take}, due: 300 days")
    rows = [on(iso(day_of(DAY) + one), "work.asked") for one in days]
    wanted = max(days) if take == "latest" else min(days)
    assert told(made, rows, iso(day_of(DAY) + 61)) == [(iso(day_of(DAY) + wanted + 300), "upcoming")]


@pytest.mark.parametrize("take", ["first", "earliest", "latest"])
@pytest.mark.parametrize(
    ("closing", "owed"), [("work.done", 1), ("missed", 1), ("work.ended", 2), ("again", 2), ("again of the family", 2), ("again elsewhere", 1)]
)  # fmt: skip
def test_once_met_or_missed_nothing_more_is_owed_until_it_may_be_owed_again(take, closing, owed):
    """Rule 12: but after falling away a new start owes it anew."""
    per = "[child, family]"
    made = small(f"per: {per}, take: {take}, falls_away_on: work.ended, again_after: work.again")
    both = {"child": "C1", "family": "F1"}
    rows = [on(DAY, "work.asked", **both)]
    if closing == "missed":
        rows.append(on("2025-02-03", "work.ended", **both))
    elif closing == "work.ended":
        rows.append(on("2025-01-08", "work.ended", **both))
    else:
        rows.append(on("2025-01-08", "work.done", **both))
    if closing.startswith("again"):
        who = {"again": both, "again of the family": {"family": "F1"}, "again elsewhere": {"family": "F2"}}[closing]
        rows.append(on("2025-02-04", "work.again", **who))
    rows.append(on("2025-03-03", "work.asked", **both))
    found = told(made, rows, "2025-03-04")
    assert len(found) == owed
    if owed == 2:
        assert found[1] == ("2025-03-13", "upcoming")


def test_what_falls_away_silently_is_owed_anew_too():
    """Rule 12, with rule 18."""
    made = small("take: first, due: 3 days")
    rows = [on(DAY, "work.asked"), on("2025-02-03", "child.died"), on("2025-03-03", "work.asked")]
    assert [one[1] for one in told(made, rows, "2025-03-03")] == ["fell away", "upcoming"]


@pytest.mark.parametrize("take", ["first", "earliest", "latest"])
def test_once_the_dated_day_has_passed_unmet_a_further_start_moves_nothing(take):
    """Rule 12 with rule 22: missed is missed."""
    made = small(
        f"per: [child], take: {take}, starts_from: work.dated, due: {{before: 3 working days, date: day_of_meeting}}"
    )
    rows = [
        on("2025-01-06", "work.dated", child="C1", meeting="M1", on="2025-01-17"),
        on("2025-02-03", "work.dated", child="C1", meeting="M2", on="2025-02-21"),
    ]
    assert told(made, rows, "2025-02-04") == [("2025-01-14", "missed")]


def test_an_event_never_meets_or_ends_what_it_starts_nor_meets_the_period_counted_from_it():
    """Rule 13."""
    same = small("met_by: work.asked, falls_away_on: work.asked")
    assert told(same, [on(DAY, "work.asked")], DAY) == [("2025-01-16", "upcoming")]
    assert told(same, [on(DAY, "work.asked"), on("2025-01-07", "work.asked")], "2025-01-07") == [
        ("2025-01-16", "met"), ("2025-01-17", "upcoming"),
    ]  # fmt: skip
    series = small("repeats: {every: 1 week}, starts_from: work.done")
    assert told(series, [on(DAY, "work.done"), on("2025-01-08", "work.done")], "2025-01-08") == [
        ("2025-01-13", "met"), ("2025-01-15", "upcoming"),
    ]  # fmt: skip


def test_a_death_starts_the_duty_to_notify_it_and_ends_the_rest():
    """Rule 13."""
    made = small("id: notify, starts_from: child.died", "due: 30 days")
    rows = [on(DAY, "work.asked"), on("2025-01-07", "child.died")]
    found = {one.duty.id: one.state(day_of("2025-01-08")) for one in run(made, rows, "2025-01-08")}
    assert found == {"notify": "upcoming", "duty": "fell away"}


@pytest.mark.parametrize(
    ("asked", "done", "met"),
    [
        (DAY, DAY, True), (f"{DAY}T10:00", DAY, True), (DAY, f"{DAY}T09:00", True), (f"{DAY}T10:00", f"{DAY}T10:00", True),
        (f"{DAY}T10:00", f"{DAY}T11:00", True), (f"{DAY}T10:00", f"{DAY}T09:00", False), (DAY, "2025-01-05", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("how", ["due: 10 days", "repeats: {every: 10 days}"])
@pytest.mark.parametrize("first", [0, 1])
def test_done_the_same_day_counts_unless_both_have_times_and_it_came_first(asked, done, met, how, first):
    """Rule 14: in whichever order they were recorded."""
    rows = [on(asked, "work.asked"), on(done, "work.done")]
    found = told(small(how), rows[first:] + rows[:first], DAY)
    assert found[0][1] == ("met" if met else "upcoming")


@pytest.mark.parametrize(("counts", "day", "met"), [
    ("true", "2020-01-01", True), ("10 days", "2024-12-27", True), ("10 days", "2024-12-26", False),
    ("2 working days", "2025-01-02", True), ("2 working days", "2025-01-01", False), ("10 days", f"{DAY}T09:00", True),
])  # fmt: skip
def test_something_done_before_the_start_counts_as_far_back_as_the_duty_says(counts, day, met):
    """Rule 14: `earlier_counts` looks further back."""
    made = small(f"earlier_counts: {counts}")
    rows = [on(day, "work.done"), on("2025-01-05", "work.done", child="C2"), on(f"{DAY}T10:00", "work.asked")]
    assert told(made, rows, DAY)[0][1] == ("met" if met else "upcoming")


JOINED = on("2025-01-02", "member.joined", family="F1", person=["P1", "P2"])
EACH = "per: [family, person], each: {person: people}, falls_away_on: work.ended"
OPENED = on(DAY, "work.asked", family="F1")


def of_people(made, rows, as_at):
    return {one.names[1]: (one.due_text, one.state(day_of(as_at))) for one in run(made, rows, as_at)}


def test_members_at_the_start_owe_it_and_a_joiner_from_the_day_they_join():
    """Rule 15: with a period of its own, or with no date."""
    rows = [
        JOINED,
        OPENED,
        on("2025-01-20", "member.joined", family="F1", person="P3"),
        on("2025-01-20", "member.joined", family="F2", person="P4"),
    ]
    assert of_people(small(EACH), rows, "2025-01-20") == {
        "P1": ("2025-01-16", "overdue"), "P2": ("2025-01-16", "overdue"), "P3": ("2025-01-30", "upcoming"),
    }  # fmt: skip
    assert of_people(small(EACH + ", due: none"), rows, "2025-01-20")["P3"] == (None, "upcoming")


@pytest.mark.parametrize("due", ["{field: on}", "{date: day_of_meeting}"])
def test_a_joiner_owes_a_date_fixed_otherwise_only_if_they_joined_by_then(due):
    """Rule 15."""
    made = small(f"{EACH}, starts_from: work.dated, due: {due}")
    start = on(DAY, "work.dated", family="F1", meeting="M1", on="2025-01-20")
    rows = [
        JOINED,
        start,
        *(
            on(day, "member.joined", family="F1", person=one)
            for day, one in (("2025-01-20", "IN"), ("2025-01-21", "LATE"))
        ),
    ]
    assert of_people(made, rows, "2025-01-21") == {one: ("2025-01-20", "overdue") for one in ("P1", "P2", "IN")}


def test_who_leaves_unmet_owes_it_no_more_or_has_missed_it():
    """Rule 15."""
    left = [
        on(day, "member.left", family="F1", person=one) for day, one in (("2025-01-16", "P1"), ("2025-01-17", "P2"))
    ]
    assert of_people(small(EACH), [JOINED, OPENED, *left], "2025-02-03") == {
        "P1": ("2025-01-16", "fell away"), "P2": ("2025-01-16", "missed"),
    }  # fmt: skip


@pytest.mark.parametrize("due", ["10 days", "{field: on}"])
def test_who_leaves_and_comes_back_owes_it_again(due):
    """Rule 15: they are somebody who joined later."""
    made = small(f"{EACH}, due: {due}")
    rows = [
        on("2025-01-02", "member.joined", family="F1", person="P1"), {**OPENED, "on": "2025-01-31", "child": ["C1", "C2"]},
        on("2025-01-08", "member.left", family="F1", person="P1"), on("2025-01-10", "member.joined", family="F1", person="P1"),
    ]  # fmt: skip
    found = told(made, rows, "2025-01-10")
    assert sorted(state for _, state in found) == ["fell away", "upcoming"]
    keys = [one.key for one in run(made, rows, "2025-01-10")]
    assert len(set(keys)) == 2
    assert any(key in keys for key in [one.key for one in run(made, rows[:2], "2025-01-07")])


@pytest.mark.parametrize("ending", [on("2025-01-08", "work.ended", family="F1"), on("2025-01-08", "child.died")])
def test_who_joins_after_it_ended_owes_nothing(ending):
    """Rules 15 and 18."""
    made = small(EACH)
    start = {**OPENED, "child": "C1"}
    rows = [JOINED, start, ending, on("2025-01-10", "member.joined", family="F1", person="P3")]
    assert {name: state for name, (_, state) in of_people(made, rows, "2025-01-10").items()} == {
        "P1": "fell away", "P2": "fell away",
    }  # fmt: skip
