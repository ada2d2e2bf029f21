"""The worked examples are proof only if they would fail were the pack wrong: change a duty or gate, and one of them must."""

import copy
import re
from dataclasses import replace

import pytest

from kith.rules.calendars import england_and_wales
from kith.rules.compiling import compiled
from kith.rules.durations import UNITS
from kith.rules.examples import failures
from kith.rules.shipped import library
from kith.rules.stack import settled, stack_of, with_settings

SHELF = library()
STACKS = {folder.label: stack_of(SHELF, folder.label) for folder in SHELF.folders()}
PERIOD = re.compile(rf"(\d+) ({'|'.join(unit[:-1] for unit in UNITS)})s?")


def longer(written):
    """The same rule with every period one unit longer."""
    if isinstance(written, dict):
        return {
            key: longer(value) if key not in ("date", "field", "by", "until") else value
            for key, value in written.items()
        }
    if isinstance(written, list):
        return [longer(one) for one in written]
    match = PERIOD.fullmatch(written) if isinstance(written, str) else None
    return f"{int(match[1]) + 1} {match[2]}s" if match else written


def _asks(example, item_id):
    for ask in example["ask"]:
        duties = [ask["duty"]] if isinstance(ask.get("duty"), str) else ask.get("duty", ())
        if item_id in duties or any(stop[0] == item_id for stop in ask.get("stops", ())):
            return True
    return False


def _notices(stack, kind, item_id, changed):
    items = {**stack.items, kind: {**stack.items[kind], item_id: changed}}
    wrong = replace(stack, items=items)
    for example in stack.own.document["examples"]:
        if _asks(example, item_id):
            tried = with_settings(wrong, example["settings"]) if "settings" in example else wrong
            if failures(compiled([(0, tried)]), example, england_and_wales().calendar()):
                return True
    return False


def _timed():
    for label, stack in STACKS.items():
        for duty in stack.own.document["duties"]:
            whole = settled(duty, stack.settings)
            changed = copy.deepcopy(whole)
            for key in ("due", "repeats"):
                if key in changed:
                    changed[key] = longer(changed[key])
            if isinstance(changed["starts_from"], list):
                changed["starts_from"] = [
                    longer(one) if isinstance(one, dict) and "due" in one else one for one in changed["starts_from"]
                ]
            if changed != whole:
                yield pytest.param(label, duty["id"], changed, id=f"{label}: {duty['id']}")


@pytest.mark.parametrize(("label", "duty", "changed"), list(_timed()))
def test_a_duty_with_a_longer_period_fails_one_of_its_examples(label, duty, changed):
    assert _notices(STACKS[label], "duties", duty, changed)


def _untimed():
    for label, stack in STACKS.items():
        for duty in stack.own.document["duties"]:
            whole = settled(duty, stack.settings)
            if "met_by" in whole:
                yield pytest.param(
                    label, duty["id"], {**whole, "met_by": "duty.explained"}, id=f"{label}: {duty['id']}"
                )


@pytest.mark.parametrize(("label", "duty", "changed"), list(_untimed()))
def test_a_duty_that_nothing_meets_fails_one_of_its_examples(label, duty, changed):
    assert _notices(STACKS[label], "duties", duty, changed)


def _gates():
    for label, stack in STACKS.items():
        for gate in stack.own.document["gates"]:
            whole = settled(gate, stack.settings)
            never = {**whole, "if": {"all": [{"field": "when", "known": False}]}}
            yield pytest.param(label, gate["id"], never, id=f"{label}: {gate['id']}")


@pytest.mark.parametrize(("label", "gate", "changed"), list(_gates()))
def test_a_gate_that_never_stands_fails_one_of_its_examples(label, gate, changed):
    assert _notices(STACKS[label], "gates", gate, changed)
