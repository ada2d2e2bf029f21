"""Reasons: every date can say why, in data and in one plain sentence."""

from kith.rules.calendars import england_and_wales
from kith.rules.compiling import procedure
from kith.rules.days import day_of
from kith.rules.english import English
from kith.rules.evidence import Evidence
from kith.rules.history import as_known
from kith.rules.reasons import Reasoner
from kith.rules.run import owed
from kith.rules.shipped import library

CALENDAR = england_and_wales().calendar()
LINCOLNSHIRE = procedure(library(), "lincolnshire")
ENGLAND = procedure(library(), "england")


def told(made, rows, as_at, duty, evidence=None):
    reader = made.reader()
    day = day_of(as_at)
    reasoner = Reasoner(English(made.versions[-1].stack), CALENDAR)
    found = owed(made, as_known([reader.read(row) for row in rows]), day, CALENDAR, evidence)
    return [reasoner.reasons(one, day) for one in found if one.duty.id == duty]


STRATEGY = {
    "id": "s1",
    "when": "2025-04-11",
    "kind": "meeting.held/strategy_discussion",
    "child": "C1",
    "meeting": "M1",
    "decision": "child_in_need",
}


def test_a_date_over_easter_names_the_start_the_skipped_days_and_the_clauses():
    why = told(LINCOLNSHIRE, [STRATEGY], "2025-04-30", "meeting.first")[0]
    assert why.due == "2025-04-29"
    assert why.starts[0]["id"] == "s1"
    assert ("2025-04-18", "Good Friday") in why.skipped
    assert ("2025-04-21", "Easter Monday") in why.skipped
    assert len(why.skipped) == 8
    assert why.pack == "lincolnshire@2021-08"
    assert why.sentence == (
        "Due by Tuesday 29 April 2025: 10 working days after the strategy discussion was held on Friday 11 April 2025, "
        "not counting 6 weekend days, Friday 18 April (Good Friday) and Monday 21 April (Easter Monday) "
        f"({', '.join(why.cites)}). Overdue by 1 day."
    )


def test_what_looked_as_if_it_met_it_is_told_with_the_test_it_failed():
    plan = {"id": "p", "when": "2025-01-06", "kind": "plan.started/child_in_need", "child": "C1", "plan": "P1"}
    meeting = {
        "when": "2025-01-20",
        "kind": "meeting.held/child_in_need",
        "child": "C1",
        "meeting": "M1",
        "place": "home",
    }
    visit = {
        "id": "v",
        "when": "2025-01-20",
        "kind": "visit.made",
        "child": "C1",
        "visit": "V1",
        "seen": True,
        "place": "home",
    }
    why = told(LINCOLNSHIRE, [plan, meeting, visit], "2025-01-21", "visits")[0]
    assert [one["id"] for one in why.did_not_count] == ["v"]
    assert (
        "no Child and Family Progress Meeting was held on the same day at the same place"
        in why.did_not_count[0]["because"]
    )


def test_met_late_says_by_how_much_and_what_met_it():
    rows = [
        {"when": "2025-03-03", "kind": "referral.received", "child": "C1", "referral": "R1"},
        {"when": "2025-05-09", "kind": "assessment.authorised/child_and_family", "child": "C1", "assessment": "A1"},
    ]
    why = told(ENGLAND, rows, "2025-06-01", "assessment.complete")[0]
    assert why.state == "met late"
    assert why.sentence.endswith(
        "Met, 1 day late: the child and family assessment was authorised on Friday 9 May 2025."
    )


def test_an_extension_is_told_with_the_day_it_moved_from():
    rows = [
        {"when": "2025-01-20", "kind": "proceedings.issued", "child": "C1", "proceedings": "L1"},
        {
            "when": "2025-07-10",
            "kind": "proceedings.extended",
            "child": "C1",
            "proceedings": "L1",
            "until": "2025-09-15",
        },
    ]
    why = told(ENGLAND, rows, "2025-07-15", "proceedings.conclude")[0]
    assert why.due == "2025-09-15"
    assert "26 weeks beginning with the day" in why.sentence
    assert (
        "On Thursday 10 July 2025 it was extended to Monday 15 September 2025 from Sunday 20 July 2025." in why.sentence
    )


def test_cannot_tell_names_the_missing_fact():
    rows = [{"when": "2025-03-03", "kind": "referral.received", "child": "C1", "referral": "R1"}]
    evidence = Evidence.read({"referral.received": "always"})
    why = told(ENGLAND, rows, "2025-06-01", "referral.decide", evidence)[0]
    assert why.state == "cannot tell"
    assert "the source does not say whether a referral was decided" in why.sentence


def test_a_date_beyond_the_calendar_is_refused_and_says_so():
    rows = [{"when": "2028-12-20", "kind": "referral.received", "child": "C1", "referral": "R1"}]
    why = told(ENGLAND, rows, "2028-12-31", "assessment.complete")[0]
    assert (why.due, why.state) == (None, "cannot tell")
    assert "outside the calendar, which covers 1990-01-01 to 2028-12-31" in why.sentence


def test_every_condition_of_every_pack_can_be_said():
    for name in library().names():
        stack = procedure(library(), name).versions[-1].stack
        english = English(stack)
        for gate in stack.items["gates"].values():
            said = english.condition(gate["needs"])
            assert said
            assert "_" not in said, (gate["id"], said)
            assert "it is not the case that" not in said
