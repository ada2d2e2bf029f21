"""Mistakes in a pack, each with the file, line and column it stands on, what is wrong and the nearest valid word."""

from dataclasses import dataclass
from typing import Any

from kith.rules.lines import where


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake. `str()` gives `file:line:column what is wrong`."""

    file: str
    line: int
    column: int
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column} {'warning: ' if self.warning else ''}{self.message}"


class Problems(list[Problem]):
    """All the mistakes of a pack, gathered so that they are told at once."""

    def add(self, node: Any, key: Any, message: str, *, warning: bool = False) -> None:
        """A mistake at a key of a node (or at the node itself)."""
        problem = Problem(*where(node, key), message, warning)
        if problem not in self:
            self.append(problem)

    @property
    def errors(self) -> list[Problem]:
        """Those that are not warnings, in the order of the files."""
        return sorted(one for one in self if not one.warning)


class PackError(ValueError):
    """A pack that cannot be used. `problems` holds every mistake found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(one) for one in problems))
        self.problems = problems
