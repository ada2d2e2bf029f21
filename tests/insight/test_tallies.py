"""Counting how duties stand, child by child."""

import datetime as dt

import pytest

from insight.made_up import AS_AT, CALENDAR, EVIDENCE, children, procedure, reasoner
from kith.insight.overdue import OverdueList
from kith.insight.standing import standing
from kith.insight.tallies import COUNTED, NOT_HELD, DutyTally, Tally
from kith.rules.obligation import CANNOT_TELL, MET, MET_LATE, MISSED, OVERDUE
from kith.rules.run import owed


def tally_of(rows: list[dict], as_at: str = "2022-03-31", name: str = "england") -> Tally:
    rules, day = procedure(name), dt.date.fromisoformat(as_at).toordinal()
    events = list(rules.reader().read_all(rows))
    tally = Tally(CALENDAR, OverdueList(reasoner(name)))
    tally.add("C1", owed(rules, events, day, CALENDAR, EVIDENCE), day)
    return tally


def of(tally: Tally, duty_id: str) -> DutyTally:
    return next(one for one in tally.duties if one.duty.id == duty_id)


REFERRED = {"when": "2021-12-20", "kind": "referral.received", "child": "C1", "referral": "R1"}


def authorised(when: str) -> dict:
    return {"when": when, "kind": "assessment.authorised/child_and_family", "child": "C1", "assessment": "A1"}


def test_an_assessment_over_christmas_is_counted_in_working_days():
    done = of(tally_of([REFERRED, authorised("2022-01-05")]), "assessment.complete")
    (taken,) = done.taken.values()
    assert done.counts[MET] == 1
    # 27 and 28 December and 3 January were bank holidays, so 21 to 24 and 29 to 31 December, 4 and 5 January.
    assert taken.working_days[MET] == {9: 1}
    assert taken.days[MET] == {16: 1}


def test_what_was_done_late_is_counted_apart_from_what_was_done_in_time():
    done = of(tally_of([REFERRED, authorised("2022-03-01")]), "assessment.complete")
    (limit,) = done.taken
    assert str(limit) == "45 working days"
    assert (done.counts[MET_LATE], done.taken[limit].count(MET_LATE), done.taken[limit].count(MET)) == (1, 1, 0)


def test_a_case_closed_after_the_day_is_missed_and_listed():
    tally = tally_of([REFERRED, {"when": "2022-03-10", "kind": "episode.closed", "child": "C1"}])
    assert of(tally, "assessment.complete").counts[MISSED] == 1
    assert [row.state for row in tally.overdue.rows] == [MISSED]


def test_a_duty_the_source_cannot_show_is_never_called_overdue():
    told = of(tally_of([REFERRED]), "referral.decide")
    assert told.counts[CANNOT_TELL] == 1
    assert told.cannot_tell == {NOT_HELD}
    assert not told.is_answered


def test_two_intervals_of_one_duty_are_not_mixed():
    plan = {"when": "2021-01-04", "kind": "plan.started/child_protection", "child": "C1", "plan": "P1"}
    review = {"kind": "meeting.held/child_protection_conference", "child": "C1", "stage": "review"}
    reviews = [{**review, "when": "2021-03-30", "meeting": "M1"}, {**review, "when": "2021-08-02", "meeting": "M2"}]
    done = of(tally_of([plan, *reviews]), "conference.review")
    assert {str(limit): dict(taken.days[MET]) for limit, taken in done.taken.items()} == {
        "3 months": {85: 1},
        "6 months": {125: 1},
    }


@pytest.mark.parametrize("name", ["england", "lincolnshire"])
def test_every_obligation_is_counted_once_and_every_late_one_is_listed(name):
    tally, total = Tally(CALENDAR, OverdueList(reasoner(name))), 0
    for child, obligations in children(120, name):
        tally.add(child, obligations, AS_AT.toordinal())
        total += len(obligations)
    counts = [one.counts for one in tally.duties]
    assert tally.children == 120
    assert sum(one.owed for one in tally.duties) == total == sum(sum(one.values()) for one in counts)
    assert all(set(one) == set(COUNTED) for one in counts)
    assert tally.overdue.how_many == sum(one[OVERDUE] + one[MISSED] for one in counts)


def test_the_percentage_rests_only_on_numbers_that_are_shown():
    tally = Tally(CALENDAR, OverdueList(reasoner("england")))
    for child, obligations in children(200):
        tally.add(child, obligations, AS_AT.toordinal())
    for one in tally.duties:
        how = standing(one)
        if how.judged is not None:
            shown = [number.value for number in how.row.cells.values() if number.is_shown]
            assert how.row.cells[MET].is_shown
            assert how.judged.how_many <= sum(value or 0 for value in shown)
