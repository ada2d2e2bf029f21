"""Conditions and facts, section 4: each test, each comparison, and what is not known."""

import pytest

from kith.rules.days import day_of
from kith.rules.history import apart
from rules.small_pack import CALENDAR, on, run, small, told

DAY = "2025-01-06"
F1 = {"family": "F1"}


def starts(condition, rows, start=None):
    """Whether a start is owed under a condition, after other events."""
    made = small(f"starts_from: work.asked, per: [child], only_if: {condition}")
    return bool(told(made, [*rows, {**on(DAY, "work.asked", child="C1", family="F1"), **(start or {})}], "2030-01-01"))


SEEN = [
    on(day, "work.seen", child="C1", ok=ok)
    for day, ok in (("2024-11-01", True), ("2025-01-02", False), ("2025-01-03", True))
]
SCORES = [on(day, "work.done", child="C1", score=score) for day, score in (("2025-01-02", 3), ("2025-01-03", 4.5))]


@pytest.mark.parametrize(
    ("condition", "rows", "start", "expected"),
    [
        ("{field: score, at_least: 2, under: 5}", [], {"score": 3}, True), ("{field: score, at_least: 2, under: 5}", [], {"score": 5}, False),
        ("{field: score, at_least: 2, under: 5}", [], {}, False), ("{field: score, more_than: 2}", [], {"score": 2}, False),
        ("{field: score, at_most: 2}", [], {"score": 2}, True), ("{field: score, odd: true}", [], {"score": 3}, True),
        ("{field: score, even: false}", [], {"score": 3}, True), ("{field: score, in: [1, 2]}", [], {"score": 3}, False),
        ("{field: score, not_in: [1, 2]}", [], {"score": 3}, True), ("{field: score, not_in: [1, 2]}", [], {}, False),
        ("{field: score, known: false}", [], {}, True), ("{field: score, known: true}", [], {}, False),
        ("{field: score, at_least: {setting: none_set}}", [], {"score": 3}, False), ("{field: worker, is: W1}", [], {"worker": "W1"}, True),
        ("{field: when, is: 2025-01-06}", [], {}, True), ("{field: type, is: big}", [], {"kind": "work.asked/big"}, True),
        ("{field: type, known: false}", [], {}, True),
        ("{field: until, at_most: {after: 14 days, field: on}}", [], {"on": DAY, "until": "2025-01-20"}, True),
        ("{field: until, at_most: {after: 14 days, field: on}}", [], {"on": DAY, "until": "2025-01-21"}, False),
        ("{field: until, at_most: {after: 14 days, field: on}}", [], {"until": "2025-01-20"}, False),
        ("{field: until, at_least: {before: 3 days}}", [], {"until": "2025-01-03"}, True),
        ("{field: until, at_least: {before: 3 months}}", [], {"until": "2024-10-05"}, False),
        ("{field: until, at_least: {before: 3 days, field: when}}", [], {}, False),
        ("{during: case_open, lasted: 6 months}", [on("2024-07-06", "case.opened")], {}, True),
        ("{during: case_open, lasted: 6 months}", [on("2024-07-07", "case.opened")], {}, False),
        ("{not: {during: case_open}}", [], {}, True), ("{not: {field: score, is: 1}}", [], {}, False),
        ("{any: [{field: score, is: 1}, {during: case_open}]}", [on("2024-07-06", "case.opened")], {}, True),
        ("{any: [{field: score, is: 1}, {during: case_open}]}", [], {}, False),
        ("{all: [{field: score, is: 1}, {not: {during: case_open}}]}", [], {"score": 1}, True),
        ("{all: [{field: score, known: false}, {during: case_open}]}", [], {}, False),
        ("{happened: work.seen, where: {field: ok, is: true}, since: 2 weeks}", SEEN[:2], {}, False),
        ("{happened: work.seen, where: {field: ok, is: true}, since: 2 weeks}", SEEN, {}, True),
        ("{count: work.seen, is: 2, since: case.opened}", [on("2024-12-01", "case.opened"), *SEEN], {}, True),
        ("{count: work.seen, is: 3, since: case.opened}", SEEN, {}, True), ("{total: work.done, of: score, is: 7.5}", SCORES, {}, True),
        ("{total: work.done, of: score, at_least: 8}", SCORES, {}, False), ("{happened: work.seen, same: [child, meeting]}", SEEN, {}, False),
        ("{total: work.seen, of: score, at_least: 0, same: [meeting]}", [], {}, False),
        ("{count: work.seen, at_least: 0, same: [meeting]}", [], {}, False), ("{count: work.seen, at_least: 0, same: [meeting]}", [], {"meeting": "M1"}, True),
        ("{same_day: work.seen, same: [child]}", [on(DAY, "work.seen/big", child="C1")], {}, True),
        ("{same_day: work.seen, same: [child], where: {field: ok, is: true}}", [on(DAY, "work.seen", child="C1", ok=False)], {}, False),
        ("{not: {same_day: work.seen, same: [child, meeting]}}", [on(DAY, "work.seen", child="C1")], {"meeting": "M1"}, False),
        ("{fact: case_worker, is: W1}", [on("2024-12-01", "case.allocated", child="C1", worker="W1")], {}, True),
        ("{fact: case_worker, is: W1}", [on("2024-12-01", "case.allocated", child="C2", worker="W1")], {}, False),
    ],
)  # fmt: skip
def test_a_start_is_owed_only_where_the_condition_is_answered_yes(condition, rows, start, expected):
    """Section 4: not known never starts anything."""
    assert starts(condition.replace("{setting: none_set}", "null"), rows, start) is expected


PEOPLE = [on("2024-12-01", "member.joined", person=["P1", "P2"], **F1)]
ADULTS = {
    "facts": [
        {"id": "people", "is_a": "group", "of": "family", "member": "person", "joins": "member.joined", "leaves": "member.left"},
        {"id": "case_open", "is_a": "period", "per": "child", "opens": "case.opened", "closes": "case.closed"},
        {"id": "known_to", "is_a": "period", "per": ["family", "person"], "opens": "work.wanted", "closes": "work.ended"},
        {"id": "last_seen", "is_a": "latest", "per": "child", "from": {"event": "work.seen", "where": {"field": "ok", "is": True}}},
        {"id": "kind_of_work", "is_a": "latest", "per": "child", "from": "work.done", "field": "type"},
        {"id": "case_worker", "is_a": "latest", "per": "child", "from": "case.allocated", "field": "worker"},
    ]
}  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "closing", "expected"),
    [
        ("{open: known_to, across: people, is: 2}", None, True), ("{open: known_to, across: people, is: 1}", {"person": "P1", **F1}, True),
        ("{open: known_to, across: people, is: 0}", F1, True), ("{open: known_to, across: people, is: 2}", {"child": "C1"}, True),
        ("{each: people, satisfies: {during: known_to}}", None, True), ("{each: people, satisfies: {during: known_to}}", {"person": "P1", **F1}, False),
        ("{some: people, satisfies: {during: known_to}}", {"person": "P1", **F1}, True), ("{some: people, satisfies: {during: known_to}}", F1, False),
    ],
)  # fmt: skip
def test_what_is_asked_of_a_group_is_asked_of_every_member(condition, closing, expected):
    """Section 4: a closing event that names less than the fact closes everything under what it names."""
    made = small(f"per: [family], only_if: {condition}", **ADULTS)
    rows = [*PEOPLE, on("2024-12-02", "work.wanted", person=["P1", "P2"], **F1)]
    rows += [{"when": "2025-01-02", "kind": "work.ended", **closing}] if closing else []
    assert bool(told(made, [*rows, on(DAY, "work.asked", **F1)], DAY)) is expected


@pytest.mark.parametrize(("leaving", "each", "some"), [({}, True, False), ({"person": "P1"}, False, False)])
def test_each_over_nobody_is_yes_and_some_over_nobody_is_no(leaving, each, some):
    """Section 4: a leaving that names nobody empties the group."""
    rows = [*PEOPLE, on("2025-01-02", "member.left", **F1, **leaving), on(DAY, "work.asked", **F1)]
    for word, expected in (("each", each), ("some", some)):
        made = small(f"per: [family], only_if: {{{word}: people, satisfies: {{during: known_to}}}}", **ADULTS)
        assert bool(told(made, rows, DAY)) is expected


def test_a_group_of_no_known_family_is_not_known():
    """Section 4."""
    for condition in (
        "{each: people, satisfies: {during: known_to}}",
        "{open: known_to, across: people, at_least: 0}",
        "{during: known_to}",
    ):
        made = small(f"only_if: {condition}", **ADULTS)
        assert told(made, [on(DAY, "work.asked")], DAY) == []


def test_a_latest_value_may_be_the_day_or_the_type_and_only_where_its_condition_holds():
    """Section 4."""
    made = small("due: {after: 3 days, date: last_seen}", "id: typed, only_if: {fact: kind_of_work, is: big}", **ADULTS)
    rows = [
        on("2025-01-02", "work.seen", ok=True), on("2025-01-03", "work.seen", ok=False), on("2025-01-03", "work.seen", family="F1", ok=True),
        on("2025-01-03", "work.done/big"), on("2025-01-04", "work.done"), on(DAY, "work.asked"),
    ]  # fmt: skip
    assert [(one.duty.id, one.due_text) for one in run(made, rows, DAY)] == [
        ("duty", "2025-01-05"),
        ("typed", "2025-01-16"),
    ]


def test_an_ending_that_names_none_of_its_names_ends_it_for_the_child_or_the_family_of_its_start():
    """Rule 10: an ending need carry only some of the names."""
    made = small("per: [meeting], falls_away_on: work.ended")
    rows = [on(DAY, "work.asked", meeting="M1", child="C1"), on(DAY, "work.asked", meeting="M2", family="F1")]
    for named, ended in (({"child": "C1"}, "M1"), ({"family": "F1"}, "M2"), ({"worker": "W1"}, None)):
        found = run(made, [*rows, {"when": "2025-01-07", "kind": "work.ended", **named}], "2025-01-08")
        assert [one.names[0] for one in found if one.state(day_of("2025-01-08")) == "fell away"] == (
            [ended] if ended else []
        )


def test_a_date_of_a_meeting_that_is_not_named_moves_nothing():
    """Rule 22: and it has no date."""
    made = small("due: {date: day_of_meeting}")
    rows = [on(DAY, "work.asked"), on("2025-01-07", "work.moved", child="C1", meeting="M1", on="2025-02-03")]
    assert told(made, rows, "2025-01-08") == [(None, "upcoming")]


def test_a_repeat_whose_first_day_is_not_known_has_not_begun():
    """Rule 23."""
    assert told(small("repeats: {every: 1 week}, counts_from: on"), [on(DAY, "work.asked")], DAY) == []


def test_the_duty_in_force_on_a_day_and_what_an_obligation_is_called():
    """Rule 30."""
    made = small("", versions={"2025-02-01": ["due: 3 days, bites_on: starts"]})
    assert [str(made.duty("duty", day_of(day)).due.period) for day in ("2025-01-31", "2025-02-01")] == [
        "10 days",
        "3 days",
    ]
    assert repr(run(made, [on(DAY, "work.asked", id="a")], DAY)[0]) == "<duty|child=C1|a due 2025-01-16>"


def test_what_amends_an_event_belongs_to_its_history():
    """Rules 32 and 36: a correction, and a merge of two children of two families."""
    reader = small("").reader()
    rows = [
        on(DAY, "work.asked", id="a", child="C1"), on(DAY, "work.asked", child="C2", corrects="a"),
        on(DAY, "work.asked", child="C3"), on(DAY, "child.merged", child="C3", into="C1"), on(DAY, "work.asked", child="C4"),
    ]  # fmt: skip
    assert sorted(len(one) for one in apart([reader.read(row) for row in rows])) == [1, 4]
    assert CALENDAR.is_working_day(day_of(DAY))
