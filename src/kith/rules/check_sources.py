"""Checks citations and the clause map: every clause of a council's document is coded, planned, or not coded for a reason."""

from collections.abc import Iterator, Mapping
from typing import Any

from kith.rules.problems import Problems
from kith.rules.stack import ITEMS, Stack
from kith.rules.vocabulary import nearest

CAPABILITIES = (
    "record", "people", "access", "forms", "documents", "casework", "meetings", "teamwork", "family", "insight", "returns",
)  # fmt: skip
Register = Mapping[str, Mapping[str, Any]]


class SourceCheck:
    """Checks one pack against the registers of clauses and its own list of sources."""

    def __init__(self, stack: Stack, registers: Mapping[str, Register], problems: Problems) -> None:
        self.stack, self.registers, self.problems = stack, registers, problems
        self.cited = {clause for register in registers.values() for clause in register} | set(stack.sources)

    def citations(self, node: Any) -> None:
        """Every `cites` in a node, however deep, names clauses or sources that exist."""
        if isinstance(node, dict):
            for key, value in node.items():
                if key == "cites":
                    self._cites(node, value)
                else:
                    self.citations(value)
        elif isinstance(node, list):
            for one in node:
                self.citations(one)

    def _cites(self, node: Any, cites: Any) -> None:
        if not isinstance(cites, list) or not cites:
            self.problems.add(node, "cites", "no citation: cites is a list of clause or source ids")
            return
        for one in cites:
            if one not in self.cited:
                self.problems.add(
                    node, "cites", f"“{one}” is neither a clause of a register nor a source{nearest(one, self.cited)}"
                )

    def map(self, document: Mapping[str, Any]) -> None:
        """The clause map of each register the pack works from is complete, and every id in it exists."""
        for source in document.get("sources", ()):
            if not isinstance(source, dict) or "register" not in source:
                continue
            register = self.registers.get(source["register"])
            if register is None:
                self.problems.add(
                    source,
                    "register",
                    f"there is no register “{source['register']}”{nearest(source['register'], self.registers)}",
                )
                continue
            clauses = source.get("clauses") or {}
            for clause, row in clauses.items():
                if clause not in register:
                    self.problems.add(clauses, clause, f"“{clause}” is not in the register{nearest(clause, register)}")
                else:
                    self._row(clauses, clause, row, register[clause])
            missing = [clause for clause in register if clause not in clauses]
            if missing:
                self.problems.add(
                    source,
                    "clauses",
                    f"the map leaves out {len(missing)} clauses: {', '.join(missing[:8])}{' ...' if len(missing) > 8 else ''}",
                )

    def _row(self, clauses: Any, clause: str, row: Any, said: Mapping[str, Any]) -> None:
        if not isinstance(row, dict) or len(row) != 1 or next(iter(row)) not in ("coded_as", "planned", "not_coded"):
            self.problems.add(clauses, clause, f"“{clause}”: say coded_as, planned or not_coded, one of them")
            return
        how, value = next(iter(row.items()))
        if how != "coded_as" and (said.get("kind") == "timescale" or "timescale" in said):
            self.problems.add(clauses, clause, f"“{clause}” is a timescale: it has to be coded")
        if how == "planned" and value not in CAPABILITIES:
            self.problems.add(row, "planned", f"“{value}” is not a capability{nearest(value, CAPABILITIES)}")
        elif how == "not_coded" and not (isinstance(value, str) and value.strip()):
            self.problems.add(row, "not_coded", f"“{clause}”: say why it is not coded")
        elif how == "coded_as":
            for one in value if isinstance(value, list) else [value]:
                if not self.exists(one):
                    self.problems.add(
                        row,
                        "coded_as",
                        f"“{clause}” is coded as “{one}”, which is not in this stack{nearest(one, self._every())}",
                    )

    def exists(self, name: Any) -> bool:
        """Whether an id of a clause map names something in the stack."""
        return isinstance(name, str) and (name in self._every() or self._line(name))

    def _line(self, name: str) -> bool:
        route, _, line = name.partition(".")
        found = self.stack.items["routes"].get(route) or self.stack.items["routes"].get(name.rpartition(".")[0])
        if found is None:
            return False
        wanted = line if route in self.stack.items["routes"] else name.rpartition(".")[2]
        lines = [one for value in found.values() if isinstance(value, list) for one in value if isinstance(one, dict)]
        return any(one.get("id") == wanted for one in lines)

    def _every(self) -> set[str]:
        if not hasattr(self, "_all"):
            stack = self.stack
            self._all = {one for kind in ITEMS for one in stack.items[kind]}
            self._all |= {
                f"{kind[:-1]}.{one}"
                for kind in ("meetings", "roles", "letters", "measures")
                for one in stack.items[kind]
            }
            self._all |= set(_questions(stack))
            self._all |= {f"word.{one}" for one in stack.words} | {f"setting.{one}" for one in stack.settings}
            self._all |= (
                {f"field.{one}" for one in stack.vocabulary.fields}
                | set(stack.vocabulary.all_kinds())
                | {"pack.title", "pack.control", "pack.local_offers", "pack.links", "pack.laws", "pack.tools"}
            )
        return self._all


def _questions(stack: Stack) -> Iterator[str]:
    """Every question of every form, as `form.FORM.KEY`: of a form that alters another, under the form it alters."""
    for key, item in stack.items["forms"].items():
        for page in item.get("pages") or ():
            for one in page.get("fields") or ():
                yield f"form.{item.get('alters', key)}.{one.get('key')}"


def is_timescale(clause: Mapping[str, Any]) -> bool:
    """Whether a clause of a register sets a time: its kind says so, or it has a timescale."""
    return clause.get("kind") == "timescale" or "timescale" in clause
