"""Gates before an act: asked of the record just before it is recorded. None stands before protection or a person's right."""

import dataclasses
import uuid
from collections.abc import Mapping, Sequence

from kith.access.viewer import Viewer
from kith.core import authorities, units
from kith.record.fact import Fact, as_row_text
from kith.record.procedures import calendar, procedure_of, stack_of
from kith.record.selectors import circle_of, history_of
from kith.rules.asking import gates_before, stops
from kith.rules.events import Event
from kith.rules.gates import EXPLAIN, INSIST, Stop
from kith.rules.history import as_known


class Stopped(Exception):
    """Gates stand before an act. `stops` are all of them, in the order written: those that insist, and those that a reason opens."""

    def __init__(self, found: Sequence[Stop]) -> None:
        super().__init__("; ".join(one.gate.say for one in found))
        self.stops = list(found)

    @property
    def insists(self) -> bool:
        """Whether no reason opens one of them."""
        return any(one.gate.otherwise == INSIST for one in self.stops)


def through(fact: Fact, reasons: Mapping[str, str], *, by: Viewer) -> Fact:
    """The fact with the reasons that open its gates. Raises Stopped while a gate stands that insists, or has no reason from a role that
    may give one."""
    procedure = procedure_of(authorities.current())
    kind = procedure.vocabulary.kind(fact.kind)
    if kind is None or kind.protective or kind.right or not kind.act:
        return fact
    deputies = _deputies()
    explained = {}
    for one in _standing(fact, deputies):
        gate = one.gate
        allowed = {*gate.may_explain, *(deputy for role in gate.may_explain for deputy in deputies.get(role, ()))}
        role = next((role for role in by.roles if role in allowed), None)
        reason = reasons.get(gate.id, "").strip()
        if gate.otherwise == EXPLAIN and role is not None and reason:
            explained[gate.id] = {"by_role": role, "reason": reason}
    fact = dataclasses.replace(fact, explained={**fact.explained, **explained})
    refused = [one for one in _standing(fact, deputies) if one.refuses]
    if refused:
        raise Stopped(refused)
    return fact


def standing(fact: Fact) -> list[Stop]:
    """Every gate that stands before an act on what is recorded so far, whether or not a reason would open it."""
    return _standing(fact, _deputies())


def _standing(fact: Fact, deputies: Mapping[str, Sequence[str]]) -> list[Stop]:
    procedure = procedure_of(authorities.current())
    row = {
        "kind": fact.kind,
        "when": as_row_text(fact.when),
        **fact.about_as_text(),
        **fact.coded,
        "explained": dict(fact.explained),
    }
    act = procedure.reader().read(row)
    if not gates_before(procedure, act.kind, act.day):
        return []
    circles = {circle for _, one in fact.subjects() if (circle := _circle(one)) is not None}
    events = [event for circle in sorted(circles) for event in _history(circle)]
    return stops(procedure, events, act, calendar(), deputies)


def _circle(subject: uuid.UUID) -> uuid.UUID | None:
    """The circle of a subject, asked once for many acts that are looked at together."""
    before = units.read_before()
    key = (_circle, subject)
    if key not in before:
        before[key] = circle_of(subject)
    found: uuid.UUID | None = before[key]
    return found


def _history(circle: uuid.UUID) -> Sequence[Event]:
    """What is known of a circle, read once for many acts that are looked at together: never once anything is being written."""
    before = units.read_before()
    key = (_history, circle)
    if key not in before:
        before[key] = as_known(history_of(circle))
    found: Sequence[Event] = before[key]
    return found


def _deputies() -> Mapping[str, Sequence[str]]:
    roles = stack_of(authorities.current()).items["roles"]
    return {role: (str(item["deputy"]),) for role, item in roles.items() if item.get("deputy")}
