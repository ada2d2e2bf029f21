"""Worked examples of a pack: run as a practice lead wrote them, with what came out beside what was expected."""

from collections.abc import Iterable, Mapping
from typing import Any

from kith.rules.asking import answer_of, stops
from kith.rules.calendars import Calendar
from kith.rules.days import day_of, end_of_day, iso
from kith.rules.events import BadEvent, Event, event_of_day
from kith.rules.evidence import Evidence
from kith.rules.history import FOR_EVER, as_known
from kith.rules.obligation import Obligation
from kith.rules.procedure import Procedure
from kith.rules.run import owed
from kith.rules.slots import next_slot

ROUTE_KEYS = frozenset(("route", "when", "answer", "given", "known"))


def failures(procedure: Procedure, example: Mapping[str, Any], calendar: Calendar) -> list[str]:
    """What an example expected and did not get, one sentence each; nothing when it holds."""
    reader = procedure.reader()
    try:
        events = [reader.read(row) for row in example.get("events", ())]
    except BadEvent as error:
        return [f"an event cannot be read: {error}"]
    found: list[str] = []
    for ask in example["ask"]:
        try:
            found += _ask(procedure, events, ask, calendar)
        except (LookupError, TypeError, ValueError) as error:
            found.append(f"{_unanswerable(error)} when asked {dict(ask)}")
    return found


def _unanswerable(error: Exception) -> str:
    if isinstance(error, LookupError):
        return f"there is no {error.args[0]}"
    return "something given is not of the kind its field carries" if isinstance(error, TypeError) else str(error)


def _ask(procedure: Procedure, events: list[Event], ask: Mapping[str, Any], calendar: Calendar) -> list[str]:
    if "before" in ask:
        return _ask_gates(procedure, events, ask, calendar)
    if "route" in ask:
        return _ask_route(procedure, events, ask, calendar)
    if "slot" in ask:
        return _ask_slot(procedure, ask, calendar)
    as_at = day_of(ask["as_at"])
    known_at = end_of_day(day_of(ask["known"])) if "known" in ask else FOR_EVER
    evidence = Evidence.read(ask["evidence"]) if "evidence" in ask else None
    wanted = [ask["duty"]] if isinstance(ask["duty"], str) else list(ask["duty"])
    unknown = [one for one in wanted if procedure.duty(one) is None]
    if unknown:
        return [f"there is no duty {', '.join(unknown)}"]
    every = owed(procedure, as_known(events, known_at), as_at, calendar, evidence)
    answer = [told(one, as_at) for one in every if one.duty.id in wanted]
    expected = ask["expect"]
    if _same(answer, expected, wanted):
        return []
    return [f"as at {ask['as_at']} expected {_said(expected)} but got {_said(_short(one) for one in answer)}"]


def told(obligation: Obligation, as_at: int) -> dict[str, Any]:
    """An obligation as an example writes it: duty, names, due, state, what it counts from, and how far a quota has come."""
    return {
        "duty": obligation.duty.id,
        **obligation.named(),
        "due": obligation.due_text,
        "state": obligation.state(as_at),
        "from": obligation.from_id,
        "progress": obligation.progress,
        "holder": obligation.holder,
    }


def _same(answer: list[dict[str, Any]], expected: list[Mapping[str, Any]], wanted: list[str]) -> bool:
    """Whether each expected line has an answer of its own and no answer is left over."""
    left = sorted(answer, key=lambda one: (wanted.index(one["duty"]), one["due"] or "9999"))
    for line in sorted(expected, key=len, reverse=True):
        match = next((one for one in left if all(one.get(key) == value for key, value in line.items())), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _ask_gates(procedure: Procedure, events: list[Event], ask: Mapping[str, Any], calendar: Calendar) -> list[str]:
    act = procedure.reader().read(ask["before"])
    standing = [[stop.gate.id, stop.gate.otherwise] for stop in stops(procedure, events, act, calendar)]
    expected = [list(one) for one in ask["stops"]]
    if sorted(standing) == sorted(expected):
        return []
    return [f"before {act.kind} expected {expected} to stand, but {standing} do"]


def _ask_route(procedure: Procedure, events: list[Event], ask: Mapping[str, Any], calendar: Calendar) -> list[str]:
    about = {key: value for key, value in ask.items() if key not in ROUTE_KEYS}
    asked = question(ask["when"], about, ask.get("given") or {})
    answer = answer_of(procedure, ask["route"], events, asked, calendar)
    got: dict[str, Any] = {
        "answer": answer.answer,
        "fired": [line.id for line in answer.fired],
        "missing": answer.missing,
        "redirects_to": answer.redirects_to,
        "leans": answer.leans,
        "also": [line.id for line in answer.also],
    }
    expected = ask["answer"] if isinstance(ask["answer"], Mapping) else {"answer": ask["answer"]}
    wrong = {key: got.get(key) for key, value in expected.items() if got.get(key) != value}
    return [f"{ask['route']} on {ask['when']} expected {dict(expected)} but got {wrong}"] if wrong else []


def _ask_slot(procedure: Procedure, ask: Mapping[str, Any], calendar: Calendar) -> list[str]:
    stack = procedure.versions[-1].stack
    meeting = {} if stack is None else stack.items["meetings"][ask["slot"]]
    slot = iso(next_slot(meeting, day_of(ask["after"]), {day_of(one) for one in ask.get("taken", ())}, calendar))
    return [] if slot == ask["expect"] else [f"the slot after {ask['after']} is {slot}, not {ask['expect']}"]


def question(when: str, about: Mapping[str, str], given: Mapping[str, Any]) -> Event:
    """The question a route answers, as an event of its own: the day, whom it is about, and the answers given."""
    asked = event_of_day("route.asked", day_of(when), "question", 0, dict(about), dict(given))
    asked.several = any(isinstance(one, list | tuple) for one in about.values())
    return asked


def _short(one: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in one.items() if value is not None}


def _said(lines: Iterable[Mapping[str, Any]]) -> str:
    return "[" + "; ".join(", ".join(f"{key}: {value}" for key, value in line.items()) for line in lines) + "]"
