"""Routes: who a procedure is for. A route never decides; it says what the guidance says, and a named person decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kith.rules.events import Heard
from kith.rules.state import Condition, State

APPEARS_TO = "appears to qualify"
APPEARS_NOT_TO = "appears not to"
SILENT = "silent"
NOT_KNOWN = "not known"
SECTIONS = ("population", "reasons", "excluded", "silent", "excused")


@dataclass(frozen=True)
class Line:
    """One line of a route: its test, the clauses it comes from, and where an exclusion leads or how a silence leans."""

    id: str
    test: Condition
    cites: tuple[str, ...]
    redirects_to: str = ""
    leans: str = ""
    say: str = ""
    written: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """The criteria of one route."""

    id: str
    title: str
    per: str
    lines: Mapping[str, tuple[Line, ...]]
    decided_by: tuple[str, ...]
    cites: tuple[str, ...] = ()


@dataclass
class Answer:
    """What the guidance says of one child or family: the answer, the lines that gave it, and what is missing.

    `fired` are the lines that decided; `also` every other line that holds; `missing` the lines that could not be told.
    """

    answer: str
    fired: list[Line] = field(default_factory=list)
    also: list[Line] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unknown: list[Line] = field(default_factory=list)
    redirects_to: str = ""
    leans: str = ""


def consider(route: Route, state: State, heard: Heard) -> Answer:
    """The answer of a route, in this order: an exclusion that holds; an exclusion not known; the population or every reason
    false; anything else not known; a silence that holds; else it appears to qualify."""
    told = {section: [(line, line.test(state, heard)) for line in route.lines.get(section, ())] for section in SECTIONS}
    answer = _answer(told)
    holding = [line for section in SECTIONS for line, value in told[section] if value]
    answer.also = [line for line in holding if line not in answer.fired]
    return answer


Told = Mapping[str, list[tuple[Line, bool | None]]]


def _answer(told: Told) -> Answer:
    excluded = [line for line, value in told["excluded"] if value]
    if excluded:
        return Answer(APPEARS_NOT_TO, excluded, redirects_to=excluded[0].redirects_to)
    unknown = _unknown(told, "excluded")
    if unknown:
        return _not_known(unknown)
    in_population = [value for _, value in told["population"]]
    for_a_reason = [value for _, value in told["reasons"]]
    if False in in_population or (for_a_reason and set(for_a_reason) == {False}):
        return Answer(APPEARS_NOT_TO)
    unknown = _unknown(told, "population")
    if for_a_reason and True not in for_a_reason:
        unknown += _unknown(told, "reasons")
    if unknown:
        return _not_known(unknown)
    silent = [line for line, value in told["silent"] if value]
    if silent:
        return Answer(SILENT, silent, leans=silent[0].leans)
    fired = [line for section in ("population", "reasons") for line, value in told[section] if value]
    return Answer(APPEARS_TO, fired)


def _unknown(told: Told, section: str) -> list[tuple[str, Line]]:
    return [(section, line) for line, value in told[section] if value is None]


def _not_known(unknown: list[tuple[str, Line]]) -> Answer:
    missing = [f"{section}.{line.id}" for section, line in unknown]
    return Answer(NOT_KNOWN, missing=missing, unknown=[line for _, line in unknown])
