"""Invented returns: valid against their schema, read without a word, and every planted mistake found where it is."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from kith.demo.census import invent, main, write
from kith.returns.cin import FIRST_YEAR, LAST_YEAR, Census

SCHEMAS = Path(__file__).parent.parent / "samples" / "cin_xsd"
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
MISTAKEN = {}


def read(path):
    with path.open("rb") as file:
        census = Census(file)
        return census, list(census)


@pytest.fixture(params=YEARS)
def clean(request, tmp_path):
    path = tmp_path / "clean.xml"
    write(path, 300, request.param, seed=request.param)
    return request.param, path


def test_a_return_without_mistakes_is_valid_and_reads_without_a_problem(clean):
    year, path = clean
    if year <= 2026:  # no schema of 2026-27 has been published
        schema = etree.XMLSchema(etree.parse(SCHEMAS / f"CIN_schema_{year}.xsd"))
        schema.assertValid(etree.parse(path))
    census, children = read(path)
    assert census.problems + [problem for child in children for problem in child.problems] == []
    assert census.ledger.facts == census.ledger.facts_read > 0
    assert census.ledger.children_read == 300


def test_every_year_has_every_block_it_asks_for(clean):
    year, path = clean
    kinds = {event.kind for child in read(path)[1] for event in child.events}
    assert ("plan.started/child_in_need" in kinds) == (year >= 2022)
    assert ("pre_proceedings.started" in kinds) == (year >= 2027)
    assert {"assessment.authorised/child_and_family", "section_47.started", "plan.started/child_protection"} <= kinds


@pytest.fixture(scope="module", params=(2017, 2021, 2025, 2027))
def mistaken(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("returns") / "mistaken.xml"
    planted = write(path, 1500, request.param, seed=11, errors=0.25)
    return planted, *read(path)


def test_each_planted_mistake_is_reported_with_its_line_child_field_and_rule(mistaken):
    planted, _, children = mistaken
    reported = {(one.line, one.child, one.field, one.code) for child in children for one in child.problems}
    assert len(planted) > 200
    assert [one for one in planted if (one.line, one.child, one.field, one.code) not in reported] == []


def test_nothing_is_reported_of_a_child_without_a_mistake(mistaken):
    planted, census, children = mistaken
    guilty = {one.child for one in planted}
    assert [problem for child in children for problem in child.problems if problem.child not in guilty] == []
    assert census.problems == []


def test_what_was_read_and_what_was_refused_make_up_the_file(mistaken):
    _, census, children = mistaken
    ledger = census.ledger
    assert ledger.facts == ledger.facts_read + ledger.facts_refused
    assert ledger.facts_refused == sum(problem.refused for child in children for problem in child.problems) > 0
    assert ledger.children == ledger.children_read + ledger.children_refused == 1500
    assert ledger.events == sum(len(child.events) for child in children)


def test_the_same_seed_gives_the_same_return():
    assert "".join(invent(50, 2025, 3, 0.3).chunks) == "".join(invent(50, 2025, 3, 0.3).chunks)
    assert "".join(invent(50, 2025, 3).chunks) != "".join(invent(50, 2025, 4).chunks)


def test_a_child_takes_some_eight_hundred_characters():
    assert 700 < len("".join(invent(2000, 2025, 1).chunks)) / 2000 < 950


def test_the_command_writes_a_return(tmp_path):
    path = tmp_path / "out.xml"
    result = CliRunner().invoke(main, ["20", str(path), "--year", "2024", "--seed", "7", "--errors", "0.5"])
    assert result.exit_code == 0, result.output
    assert "20 children" in result.output
    assert read(path)[0].collection.year == 2024
