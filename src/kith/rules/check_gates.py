"""Checks gates and routes: the strength they stand on, who may go past them, and that none stands before a protected act."""

from typing import Any

from kith.rules.check_conditions import ConditionCheck, Hand
from kith.rules.check_duties import STRENGTHS
from kith.rules.gates import EXPLAIN, INSIST, PROMPT
from kith.rules.lines import listed
from kith.rules.pack_shapes import check_shape
from kith.rules.problems import Problems
from kith.rules.routes import SECTIONS
from kith.rules.stack import Stack
from kith.rules.vocabulary import Kind, nearest


def check_gate(gate: Any, stack: Stack, conditions: ConditionCheck, problems: Problems) -> None:
    """Adds a problem for everything wrong with a gate."""
    if not check_shape("gates", gate, problems):
        return
    kinds = []
    several = isinstance(gate["before"], list)
    for place in range(len(gate["before"])) if several else ("before",):
        kind = conditions.kind(gate["before"] if several else gate, place)
        if kind is not None:
            kinds.append(kind)
            _before(gate, kind, problems)
    _strength(gate, problems)
    names = tuple(set.intersection(*(set(kind.names) for kind in kinds))) if kinds else ()
    hand = Hand(tuple(kinds), names)
    for key in ("if", "needs"):
        if key in gate:
            conditions.check(gate[key], hand)
    _who_may_explain(gate, stack, problems)


def _before(gate: Any, kind: Kind, problems: Problems) -> None:
    if kind.protective:
        problems.add(gate, "before", f"{kind.id} is a protective act: nothing is asked before it")
    elif kind.right:
        problems.add(gate, "before", f"{kind.id} is a person's right: nothing is asked before it")
    elif gate["otherwise"] == INSIST and not kind.act:
        problems.add(
            gate,
            "otherwise",
            f"{kind.id} is a fact of the world: what happened can always be recorded, so a gate can only explain or prompt",
        )


def _strength(gate: Any, problems: Problems) -> None:
    if gate["strength"] not in STRENGTHS:
        problems.add(gate, "strength", f"“{gate['strength']}” is not one of {', '.join(STRENGTHS)}")
    if gate["otherwise"] not in (INSIST, EXPLAIN, PROMPT):
        problems.add(gate, "otherwise", f"“{gate['otherwise']}” is not one of insist, explain, prompt")
    if gate["otherwise"] == INSIST and gate["strength"] in ("should", "may"):
        problems.add(
            gate, "otherwise", f"the source says {gate['strength']}, so the gate cannot insist; use explain or prompt"
        )


def _who_may_explain(gate: Any, stack: Stack, problems: Problems) -> None:
    roles = stack.items["roles"]
    named = gate.get("may_explain")
    if gate["otherwise"] == EXPLAIN and not named:
        problems.add(gate, None, f"“{gate['id']}” asks for a reason: say whose, with may_explain:")
    for role in listed(named):
        if role not in roles:
            problems.add(gate, "may_explain", f"“{role}” is not a role{nearest(role, roles)}")
        elif not roles[role].get("deputy"):
            problems.add(
                gate, "may_explain", f"“{role}” has no deputy: a stop that nobody present can lift is a defect"
            )


def _line(line: Any, section: str, seen: set[str], problems: Problems) -> None:
    if line["id"] in seen:
        problems.add(line, "id", f"“{line['id']}” is a line of this route already")
    seen.add(line["id"])
    if not line.get("cites"):
        problems.add(line, None, f"“{line['id']}”: no citation: say which clause it comes from, with cites:")
    if section == "excluded" and not line.get("redirects_to"):
        problems.add(line, None, f"“{line['id']}” excludes: say where it leads, with redirects_to:")


def check_route(route: Any, stack: Stack, conditions: ConditionCheck, problems: Problems) -> None:
    """Adds a problem for everything wrong with a route."""
    if not check_shape("routes", route, problems):
        return
    hand = Hand((), ("child", "family", "person", "worker", "meeting", "plan", "assessment"), any_field=True)
    seen: set[str] = set()
    for section in SECTIONS:
        for line in route.get(section) or ():
            if check_shape("line", line, problems):
                conditions.check(line["if"], hand)
                _line(line, section, seen, problems)
    for role in listed(route.get("decided_by")):
        if role not in stack.items["roles"]:
            problems.add(route, "decided_by", f"“{role}” is not a role{nearest(role, stack.items['roles'])}")
    if not route.get("decided_by"):
        problems.add(route, None, f"“{route['id']}”: a named person decides: say who, with decided_by:")
