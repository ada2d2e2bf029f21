"""Gates: what must be true before an act, asked before it on everything recorded so far.

A gate insists, asks for a reason, or only shows. None stands before a protective act or a person's right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kith.rules.state import Condition

INSIST, EXPLAIN, PROMPT = "insist", "explain", "prompt"


@dataclass(frozen=True)
class Gate:
    """One gate of a pack."""

    id: str
    before: tuple[str, ...]
    applies: Condition | None
    needs: Condition
    strength: str
    otherwise: str
    say: str
    cites: tuple[str, ...]
    per: str = ""
    may_explain: tuple[str, ...] = ()
    written: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Stop:
    """A gate that stands before an act, for one child or family. `explained_by` is the role that gave a reason, if one did."""

    gate: Gate
    subject: tuple[str, str] | None
    known: bool
    explained_by: str | None = None

    @property
    def refuses(self) -> bool:
        """Whether the act cannot go on as it is: the gate insists, or asks for a reason that nobody entitled has given."""
        return self.gate.otherwise == INSIST or (self.gate.otherwise == EXPLAIN and self.explained_by is None)
