"""Gates and routes: what stands before an act, who may go past it, and what never stands."""

import pytest

from kith.rules.asking import answer_of, stops
from kith.rules.calendars import england_and_wales
from kith.rules.compiling import procedure
from kith.rules.examples import question
from kith.rules.shipped import library
from rules.worked_pack import plain

CALENDAR = england_and_wales().calendar()
CLOSING = {"when": "2025-04-15", "kind": "episode.closed", "child": "C2", "meeting": "M9"}
SUPERVISOR = {"close.everyone_scores_seven": {"by_role": "practice_supervisor", "reason": "The family asked to stop."}}


def standing(act, events=(), deputies=None):
    reader = plain().reader()
    return stops(plain(), [reader.read(row) for row in events], reader.read(act), CALENDAR, deputies)


def test_a_reason_from_a_role_the_gate_names_lets_the_act_go_on():
    assert [one.refuses for one in standing(CLOSING)] == [True]
    assert [one.refuses for one in standing({**CLOSING, "explained": SUPERVISOR})] == [False]


def test_a_reason_from_anyone_else_does_not_unless_they_are_the_deputy():
    by_admin = {"close.everyone_scores_seven": {"by_role": "team_administrator", "reason": "Told to."}}
    assert [one.refuses for one in standing({**CLOSING, "explained": by_admin})] == [True]
    deputies = {"team_manager": ["team_administrator"]}
    assert [one.refuses for one in standing({**CLOSING, "explained": by_admin}, deputies=deputies)] == [False]


def test_a_reason_with_no_words_is_no_reason():
    empty = {"close.everyone_scores_seven": {"by_role": "practice_supervisor", "reason": ""}}
    assert [one.refuses for one in standing({**CLOSING, "explained": empty})] == [True]


def test_a_gate_that_insists_cannot_be_explained_away():
    act = {"when": "2025-07-03", "kind": "accommodation.agreed/section_20", "child": "C2", "accommodation": "A2", "from_on": "2025-07-03",
           "until": "2025-07-18", "review_on": "2025-07-15", "explained": {"stay.fourteen_days": {"by_role": "director", "reason": "x"}}}  # fmt: skip
    assert [(one.gate.id, one.refuses) for one in standing(act)] == [("stay.fourteen_days", True)]


def test_each_child_an_act_names_is_asked_about():
    together = {**CLOSING, "child": ["C1", "C2"]}
    scored = [
        {"when": "2025-04-15", "kind": "safety.scored", "child": "C1", "meeting": "M9", "person": "P1", "score": 8}
    ]
    assert [one.subject for one in standing(together, scored)] == [("child", "C2")]


PROCEDURES = {name: procedure(library(), name, as_if=True) for name in library().names()}


@pytest.mark.parametrize("name", PROCEDURES)
def test_no_gate_of_any_pack_stands_before_a_protective_act_or_a_persons_right(name):
    made = PROCEDURES[name]
    protected = [
        kind for kind in made.vocabulary.all_kinds() if (k := made.vocabulary.kind(kind)) and (k.protective or k.right)
    ]
    assert "section_47.started" in protected
    assert "agrees.withdrawn" in protected
    for kind in protected:
        known = made.vocabulary.kind(kind)
        act = {"when": "2025-06-02", "kind": kind, **{one: f"{one}-1" for one in known.names}}
        assert stops(made, [], made.reader().read(act), CALENDAR) == [], kind


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_gate_has_the_strength_to_stand(name):
    for gate in PROCEDURES[name].versions[-1].gates:
        if gate.otherwise == "insist":
            assert gate.strength in ("must", "states"), gate.id
            for kind in gate.before:
                assert PROCEDURES[name].vocabulary.kind(kind).act, gate.id
        if gate.otherwise == "explain":
            assert gate.may_explain, gate.id


def test_a_blank_box_is_never_a_no():
    answer = answer_of(plain(), "family_care_and_protect", [], question("2025-06-02", {"child": "C1"}, {}), CALENDAR)
    assert answer.answer == "not known"
    assert answer.missing == ["excluded.significant_harm", "excluded.under_eleven"]


@pytest.mark.clause("LEI-047", "LEI-048")
def test_an_exclusion_says_where_it_leads_and_which_clauses_fired():
    given = {"asked_by": "child", "tried_to_resolve": True, "risk_of_significant_harm": True}
    reader = PROCEDURES["leicestershire"].reader()
    born = [
        reader.read({"when": "2020-01-01", "kind": "child.registered", "child": "C1", "date_of_birth": "2010-01-01"})
    ]
    answer = answer_of(
        PROCEDURES["leicestershire"],
        "family_care_and_protect",
        born,
        question("2025-06-02", {"child": "C1"}, given),
        CALENDAR,
    )
    assert answer.answer == "appears not to"
    assert answer.redirects_to == "safeguarding"
    assert any("LEI-048" in line.cites for line in answer.fired)


def test_a_number_that_was_not_recorded_adds_nothing_and_brings_nothing_down():
    made = PROCEDURES["england"]
    reader = made.reader()
    ended = {"kind": "accommodation.ended/short_break", "child": "C1", "accommodation": "A1"}
    rows = [
        {**ended, "when": "2025-01-10", "days": None},
        {**ended, "when": "2025-02-10", "accommodation": "A2", "days": 80},
    ]
    act = {"when": "2025-03-03", "kind": "accommodation.agreed/short_break", "child": "C1", "accommodation": "A3"}
    standing = stops(made, [reader.read(row) for row in rows], reader.read(act), CALENDAR)
    assert [one.gate.id for one in standing] == ["short_break.days_in_a_year"]
    assert stops(made, [reader.read(rows[0])], reader.read(act), CALENDAR) == []
