"""The hard clauses of the pack language, as a procedure to run: the YAML of the design, on the national vocabulary."""

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

from kith.rules.compiling import compiled
from kith.rules.days import day_of
from kith.rules.problems import Problems
from kith.rules.procedure import Procedure
from kith.rules.shipped import library
from kith.rules.stack import Part, Stack, merge
from kith.rules.yaml_lines import read_yaml

HERE = Path(__file__).parent / "worked"
FILLED_IN = {"title": "As written", "strength": "states", "owed_by": "allocated_social_worker"}
LOCAL_KINDS = """
events:
- {stem: pathway, names: [family], types: {family_safeguarding: family safeguarding, exploitation: exploitation}, kinds: {decided: {fields: [main_concern, harm_outside_home]}}}
- {stem: workbook, names: [family], kinds: {opened: {}, locked: {}}}
- {stem: monthly_summary, names: [family, meeting, worker], kinds: {submitted: {fields: [rating]}}}
- {stem: parenting_assessment, names: [family, person], kinds: {opened: {}}}
- {stem: meeting, types: {group_supervision: group supervision}}
"""


def read(name: str) -> list[dict[str, Any]]:
    """One list of the worked pack."""
    return read_yaml((HERE / f"{name}.yaml").read_text("utf-8"), name)[name]


def _vocabulary() -> dict[str, Any]:
    england = library().document(library().find("england@2013-04"))
    return {"fields": england["fields"], "events": [*england["events"], *read_yaml(LOCAL_KINDS, "local")["events"]]}


def stack(extra_duties: list[dict[str, Any]] = ()) -> Stack:
    """The worked pack as a stack; `extra_duties` stand in place of those with the same id."""
    duties = {duty["id"]: {**FILLED_IN, **duty} for duty in [*read("duties"), *extra_duties]}
    document = {
        **_vocabulary(),
        "in_force_from": "1990-01-01",
        "always_ends": ["child.died", "child.adopted", "child.moved_authority", "child.turned_18", "pregnancy.ended"],
        "birthdays": [{"age": 18, "event": "child.turned_18", "fact": "date_of_birth"}],
        "settings": {"youngest_age": {"value": 11}},
        "facts": read("facts"),
        "duties": [{**duty, "replaces": False} for duty in duties.values()],
        "gates": read("gates"),
        "routes": read("routes"),
    }
    problems = Problems()
    made = merge([Part("worked", "1", document, own=True)], problems)
    assert not problems, problems
    return made


@lru_cache(maxsize=1)
def plain() -> Procedure:
    """The worked pack with no later versions."""
    return procedure()


def procedure(versions: dict[str, list[dict[str, Any]]] | None = None) -> Procedure:
    """The worked pack, with later versions of some duties from the days given."""
    stacks = [(day_of("1990-01-01"), stack())]
    for day, duties in (versions or {}).items():
        stacks.append((dt.date.fromisoformat(day).toordinal(), stack(duties)))
    return compiled(stacks)
