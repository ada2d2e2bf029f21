"""The twenty-five worked examples of the pack language, whole."""

import pytest

from kith.rules.calendars import england_and_wales
from kith.rules.examples import failures
from rules.worked_pack import procedure, read

EXAMPLES = read("examples")


@pytest.mark.parametrize("example", EXAMPLES, ids=[one["name"] for one in EXAMPLES])
def test_the_engine_answers_as_the_worked_example_says(example):
    assert failures(procedure(example.get("versions")), example, england_and_wales().calendar()) == []
