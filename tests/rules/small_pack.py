"""Small procedures made on the spot, to hold one rule of the pack language at a time."""

from collections.abc import Mapping
from typing import Any

from kith.rules.calendars import england_and_wales
from kith.rules.compiling import compiled
from kith.rules.days import day_of, end_of_day
from kith.rules.evidence import Evidence
from kith.rules.history import FOR_EVER, as_known
from kith.rules.obligation import Obligation
from kith.rules.problems import Problems
from kith.rules.procedure import Procedure
from kith.rules.run import owed
from kith.rules.stack import Part, Stack, merge
from kith.rules.yaml_lines import read_yaml

CALENDAR = england_and_wales().calendar()
C = {"child": "C1"}
F = {"family": "F1"}
WORDS = """
fields:
- {id: ok, answer: yes_no, yes: it was right, no: it was wrong}
- {id: on, answer: date, called: the day}
- {id: until, answer: date, called: the new day}
- {id: every, answer: period}
- {id: score, answer: number}
- {id: date_of_birth, answer: date}
- {id: expected_on, answer: date}
- {id: place, answer: choice, options: [home, school]}
- {id: owner, answer: person}
- {id: into, answer: link}
events:
- {stem: child, names: [child, family], kinds: {registered: {fields: [date_of_birth, expected_on]}, born: {fields: [date_of_birth]}, died: {was: died}, turned_18: {was: turned 18}, merged: {fields: [into]}}}
- {stem: case, names: [child, family, worker], kinds: {opened: {}, closed: {}, allocated: {}}}
- {stem: member, names: [family, person, child], kinds: {joined: {}, left: {}}}
- {stem: rhythm, names: [child, family], kinds: {agreed: {fields: [every, on, ok]}}}
- stem: work
  names: [child, family, person, worker, meeting, task]
  types: {big: big work, small: small work}
  kinds:
    asked: {fields: [ok, on, until, every, score, owner]}
    wanted: {fields: [on, ok]}
    done: {fields: [ok, score, place]}
    seen: {fields: [ok, place]}
    ended: {fields: [ok]}
    again: {}
    extended: {fields: [until, ok]}
    dated: {fields: [on]}
    moved: {fields: [on]}
    cancelled: {}
"""
FACTS = """
facts:
- {id: date_of_birth, is_a: latest, per: child, from: [child.registered, child.born], field: date_of_birth}
- {id: expected_date_of_birth, is_a: latest, per: child, from: child.registered, field: expected_on, cleared_by: child.born}
- {id: day_of_meeting, is_a: latest, per: meeting, from: [work.dated, work.moved], field: on, cleared_by: work.cancelled}
- {id: case_open, is_a: period, per: child, opens: case.opened, closes: case.closed, is: the case is open, is_not: the case is closed}
- {id: people, is_a: group, of: family, member: person, joins: member.joined, leaves: member.left}
- {id: case_worker, is_a: latest, per: child, from: case.allocated, field: worker}
"""
FILLED_IN = {
    "id": "duty", "title": "The duty", "cites": ["X-001"], "strength": "states", "owed_by": "key_worker",
    "per": ["child"], "starts_from": "work.asked", "due": "10 days", "met_by": "work.done",
}  # fmt: skip


def duty(written: str) -> dict[str, Any]:
    """A duty from a line of YAML; what it does not say is filled in."""
    said = read_yaml(f"duty: {{{written}}}", "duty")["duty"]
    left_out = {"due", "met_by"} if "quota" in said else {"due"} if "repeats" in said else set()
    filled = {key: value for key, value in FILLED_IN.items() if key not in left_out}
    return {**filled, **said}


def _stack(duties: list[dict[str, Any]], more: Mapping[str, Any]) -> Stack:
    document = {
        **read_yaml(WORDS, "words"), **read_yaml(FACTS, "facts"),
        "in_force_from": "1990-01-01",
        "always_ends": ["child.died", "child.turned_18"],
        "birthdays": [{"age": 18, "event": "child.turned_18", "fact": "date_of_birth"}],
        "roles": [{"id": "key_worker", "held_by": {"fact": "case_worker"}}],
        "duties": duties, **more,
    }  # fmt: skip
    problems = Problems()
    made = merge([Part("small", "1", document, own=True)], problems)
    assert not problems, problems
    return made


def small(*duties: str, versions: Mapping[str, list[str]] | None = None, **more: Any) -> Procedure:
    """A procedure of these duties; `versions` gives all the duties there are from each later day."""
    stacks = [(day_of("1990-01-01"), _stack([duty(one) for one in duties], more))]
    for day, later in (versions or {}).items():
        stacks.append((day_of(day), _stack([duty(one) for one in later], more)))
    return compiled(stacks)


def on(when: str, kind: str, **more: Any) -> dict[str, Any]:
    """One event, about the child C1 unless it says otherwise."""
    return {"when": when, "kind": kind, **({} if {"child", "family"} & set(more) else C), **more}


def run(made: Procedure, rows: list[dict[str, Any]], as_at: str, **asked: Any) -> list[Obligation]:
    """The obligations on a day, `known` by the end of another, by what the `evidence` can show."""
    reader = made.reader()
    known_at = end_of_day(day_of(asked["known"])) if "known" in asked else FOR_EVER
    evidence = Evidence.read(asked["evidence"]) if "evidence" in asked else None
    return owed(made, as_known([reader.read(row) for row in rows], known_at), day_of(as_at), CALENDAR, evidence)


def told(made: Procedure, rows: list[dict[str, Any]], as_at: str, **asked: Any) -> list[tuple[str | None, str]]:
    """The due day and the state of each obligation, the earliest first."""
    found = [(one.due_text, one.state(day_of(as_at))) for one in run(made, rows, as_at, **asked)]
    return sorted(found, key=lambda one: one[0] or "")
