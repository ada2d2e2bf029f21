"""Mappings and lists that know where in a file they stand, so that a mistake can be told by line and column."""

from typing import Any


class Map(dict[str, Any]):
    """A mapping that knows where each of its keys stands."""

    file = ""
    line = 0
    column = 0

    def __init__(self, *items: Any) -> None:
        super().__init__(*items)
        self.at: dict[str, tuple[int, int]] = {}

    def stands_with(self, other: "Map") -> None:
        """Takes the place in a file of another mapping."""
        self.at, self.file, self.line, self.column = other.at, other.file, other.line, other.column


class Seq(list[Any]):
    """A list that knows where each of its items stands."""

    file = ""
    line = 0
    column = 0

    def __init__(self, *items: Any) -> None:
        super().__init__(*items)
        self.at: dict[int, tuple[int, int]] = {}


def where(node: Any, key: Any = None) -> tuple[str, int, int]:
    """The file, line and column of a node, or of one of its keys."""
    at = getattr(node, "at", None)
    if at is None:
        return ("", 0, 0)
    line, column = at.get(key, (node.line, node.column))
    return (node.file, line, column)


def listed(value: Any) -> list[Any]:
    """One or several, as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
