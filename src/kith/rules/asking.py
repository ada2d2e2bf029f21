"""Asking before an act: which gates stand before it, and what the criteria of a route say."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from kith.rules.birthdays import birthdays
from kith.rules.calendars import Calendar
from kith.rules.events import Event, Heard, heard_of
from kith.rules.gates import Gate, Stop
from kith.rules.procedure import Procedure
from kith.rules.routes import Answer, consider
from kith.rules.run import Run
from kith.rules.state import State


def state_before(procedure: Procedure, events: Iterable[Event], act: Event, calendar: Calendar) -> State:
    """Everything that was so before an act: what a gate or a route is asked on."""
    before = [event for event in events if event.day <= act.day and event is not act]
    before += birthdays(procedure, before, act.day)
    before.sort(key=attrgetter("order"))
    run = Run(procedure, calendar, every_fact=True)
    run.go(before, act.day)
    run.state.today = [one for one in run.state.today if one.event.day == act.day]
    return run.state


def gates_before(procedure: Procedure, kind: str, day: int) -> list[Gate]:
    """The gates in force on a day before acts of a kind, whether or not they stand; none before the first version."""
    version = procedure.version_on(day)
    heard_as = (kind, kind.partition("/")[0])
    return [] if version is None else [gate for gate in version.gates if any(one in heard_as for one in gate.before)]


def stops(
    procedure: Procedure,
    events: Iterable[Event],
    act: Event,
    calendar: Calendar,
    roles_in_place_of: Mapping[str, Sequence[str]] | None = None,
) -> list[Stop]:
    """Every gate that stands before an act, in the order written, asked of what was recorded before it.

    `events` are as known; those that happened after the act's day are left out. A reason counts when it comes from a role the gate
    names or that role's deputy, and is kept in the act as `explained: {GATE: {by_role, reason}}`.
    """
    gates = gates_before(procedure, act.kind, act.day)
    if not gates:
        return []
    state = state_before(procedure, events, act, calendar)
    found = []
    for gate in gates:
        for subject, heard in _subjects(gate, act):
            if gate.applies is not None and gate.applies(state, heard) is not True:
                continue
            answer = gate.needs(state, heard)
            if answer is not True:
                found.append(Stop(gate, subject, answer is not None, _explained(gate, act, roles_in_place_of or {})))
    return found


def answer_of(procedure: Procedure, route_id: str, events: Iterable[Event], asked: Event, calendar: Calendar) -> Answer:
    """What a route's criteria say, given the record and the answers carried by the question itself.

    `asked` is the question as an event: its day, whom it is about, and the answers given. Raises KeyError when the version in force that
    day has no such route.
    """
    version = procedure.version_on(asked.day)
    route = ({} if version is None else version.routes)[route_id]
    state = state_before(procedure, events, asked, calendar)
    return consider(route, state, heard_of(asked)[0])


def _subjects(gate: Gate, act: Event) -> list[tuple[tuple[str, str] | None, Heard]]:
    """A gate is asked per child if the act names children, else per family, unless it says otherwise."""
    seen: dict[tuple[str, str] | None, Heard] = {}
    for heard in heard_of(act):
        per = gate.per or ("child" if "child" in heard.names else "family")
        subject = (per, heard.names[per]) if per in heard.names else None
        seen.setdefault(subject, heard)
    return list(seen.items())


def _explained(gate: Gate, act: Event, deputies: Mapping[str, Sequence[str]]) -> str | None:
    given = act.explained.get(gate.id)
    if not given or not given.get("reason"):
        return None
    role = given.get("by_role")
    allowed = {*gate.may_explain, *(deputy for one in gate.may_explain for deputy in deputies.get(one, ()))}
    return role if role in allowed else None
