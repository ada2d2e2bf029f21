"""Every worked example of every pack, run on the engine. Its name says which clauses it proves."""

import re

import pytest

from kith.rules.calendars import england_and_wales
from kith.rules.compiling import compiled
from kith.rules.examples import failures
from kith.rules.shipped import library
from kith.rules.stack import stack_of, with_settings

CLAUSE = re.compile(r"[A-Z]{3}-\d{3}")
SHELF = library()
STACKS = {folder.label: stack_of(SHELF, folder.label) for folder in SHELF.folders()}
PROCEDURES = {}


def _examples():
    for label, stack in STACKS.items():
        for example in stack.own.document["examples"]:
            clauses = [*CLAUSE.findall(example["name"]), *example.get("proves", ())]
            marks = [pytest.mark.clause(*clauses)] if clauses else []
            yield pytest.param(label, example, id=f"{label}: {example['name']}", marks=marks)


def _procedure(label, example):
    if "settings" in example:
        return compiled([(0, with_settings(STACKS[label], example["settings"]))])
    if label not in PROCEDURES:
        PROCEDURES[label] = compiled([(0, STACKS[label])])
    return PROCEDURES[label]


@pytest.mark.parametrize(("label", "example"), list(_examples()))
def test_the_pack_answers_as_its_example_says(label, example):
    assert failures(_procedure(label, example), example, england_and_wales().calendar()) == []
