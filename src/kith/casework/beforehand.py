"""What a procedure asks before an act, shown before anybody begins it: which gates the record answers already, and which will be asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.casework import gates
from kith.core import authorities, clock
from kith.record.fact import Fact
from kith.record.procedures import procedure_of
from kith.rules.gates import Gate


@dataclass(frozen=True)
class Step:
    """What would answer a gate: a kind of event, with the answers it would have."""

    kind: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A gate before an act. `stands` is None where it depends on an answer that is given only when the act is recorded."""

    gate: Gate
    stands: bool | None
    steps: Sequence[Step] = ()


def asked_before(fact: Fact) -> list[Asked]:
    """Every gate of the procedure before an act, in the order written: `fact` is the act as far as it is known beforehand."""
    version = procedure_of(authorities.current()).version_on(clock.today().toordinal())
    if version is None:
        return []
    heard_as = (fact.kind, fact.kind.partition("/")[0])
    standing = {one.gate.id for one in gates.standing(fact)}
    found = []
    for gate in version.gates:
        if any(kind in heard_as for kind in gate.before):
            unknown = _fields(gate.written.get("if")) | _fields(gate.written.get("needs"))
            stands = None if unknown - fact.coded.keys() - fact.about.keys() else gate.id in standing
            found.append(Asked(gate, stands, tuple(_steps(gate.written.get("needs")))))
    return found


def _fields(condition: Any) -> set[str]:
    """The answers of the act itself that a condition reads: not those of earlier events that it looks for."""
    if isinstance(condition, Mapping):
        own = {str(condition["field"])} if "field" in condition else set()
        return own.union(*(_fields(inner) for key, inner in condition.items() if key != "where"))
    return set[str]().union(*map(_fields, condition)) if isinstance(condition, list) else set()


def _steps(condition: Any) -> Iterator[Step]:
    if isinstance(condition, Mapping):
        if "happened" in condition:
            yield Step(str(condition["happened"]), dict(_answers(condition.get("where"))))
        for key, inner in condition.items():
            if key not in ("where", "not"):
                yield from _steps(inner)
    elif isinstance(condition, list):
        for inner in condition:
            yield from _steps(inner)


def _answers(where: Any) -> Iterator[tuple[str, str]]:
    if isinstance(where, Mapping):
        if isinstance(where.get("is"), str):
            yield str(where["field"]), str(where["is"])
        for inner in where.get("all") or ():
            yield from _answers(inner)
