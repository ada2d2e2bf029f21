"""The three public samples, all knowingly wrong: what is counted, and where exactly some of the faults are."""

from collections import Counter
from pathlib import Path

import pytest

from kith.returns.cin import Census

SAMPLES = Path(__file__).parent.parent / "samples" / "cin_xml"


def read(name):
    with (SAMPLES / name).open("rb") as file:
        census = Census(file)
        return census, list(census)


def found(children):
    return [
        (problem.line, problem.child, problem.field, problem.code) for child in children for problem in child.problems
    ]


def test_the_large_sample_is_read_whole():
    census, children = read("d2i_fake_CIN_data.xml")
    ledger = census.ledger
    assert (ledger.children, ledger.children_refused, len(children)) == (332, 0, 332)
    assert sum(child.id.startswith("RND") for child in children) == 332
    assert (ledger.facts, ledger.facts_read, ledger.facts_refused) == (1759, 1728, 31)
    assert census.header.authority == "975"


def test_the_faults_of_the_large_sample_are_those_the_sectors_validator_counts():
    _, children = read("d2i_fake_CIN_data.xml")
    assert Counter(code for _, _, _, code in found(children)) == {
        "8831": 350, "8715": 279, "8620": 192, "8585Q": 35, "8555Q": 25, "8545Q": 20, "8600": 8, "no_day": 8, "8794": 5,
        "8790": 3,
    }  # fmt: skip


def test_faults_of_the_large_sample_are_shown_where_they_are():
    _, children = read("d2i_fake_CIN_data.xml")
    assert found(children)[:3] == [
        (35, "RND000215205141", "ReferralNFA", "8831"),
        (34, "RND000215205141", "DateOfInitialCPC", "8715"),
        (32, "RND000215205141", "ReasonForClosure", "8585Q"),
    ]


def test_a_reference_date_that_is_not_31_march_is_reported_and_used():
    census, _ = read("d2i_fake_CIN_data.xml")
    assert [(problem.line, problem.code) for problem in census.problems] == [(6, "100")]
    assert (census.collection.year, census.header.reference_date) == (2022, "2022-07-21")


@pytest.mark.parametrize(
    "fault",
    [
        (42, "DfEX0000001", "AssessmentActualStartDate", "after_reference_date"),
        (46, "DfEX0000001", "AssessmentFactors", "factor"),
        (55, "DfEX0000001", "S47ActualStartDate", "2889"),
        (57, "DfEX0000001", "DateOfInitialCPC", "1104"),
        (62, "DfEX0000001", "CPPstartDate", "1105"),
        (23, "DfEX0000001", "UPNunknown", "loose_text"),
        (87, "child_fails_assessments", "CINreferralDate", "8600"),
        (94, "child_fails_assessments", "AssessmentFactors", "8897Q"),
    ],
)
def test_a_fault_of_the_2024_sample_is_shown_where_it_is(fault):
    assert fault in found(read("d2i_CIN_Census_2024.xml")[1])


def test_the_2024_sample_says_that_its_year_has_no_sex_element():
    census, _ = read("d2i_CIN_Census_2024.xml")
    assert [(problem.line, problem.field, problem.code) for problem in census.problems] == [
        (6, "ReferenceDate", "100"),
        (25, "Sex", "not_asked_for"),
    ]


def test_the_2021_sample_keeps_what_it_can_and_refuses_one_day():
    census, (child,) = read("d2i_CIN_Census_2021.xml")
    ledger = census.ledger
    assert (ledger.facts, ledger.facts_read, ledger.facts_refused, len(child.events)) == (17, 16, 1, 15)
    (refused,) = [problem for problem in child.problems if problem.refused]
    assert (refused.line, refused.field, refused.code) == (25, "ExpectedPersonBirthDate", "too_early")
