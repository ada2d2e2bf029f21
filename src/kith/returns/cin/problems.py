"""What is wrong in a return, where, and how to mend it; and the count of what was read and what was refused."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a return.

    `line` counts from 1. `child` is the local id, empty where there is none or the fault is the file's. `field` is the
    element. `code` is the number of the department's own rule, with Q for a query that may be right after all, or one of
    Kith's words (`not_a_date`) where the department numbers none. `message` says what is wrong and how to mend it.
    `refused` is how many facts were left out because of it.
    """

    line: int
    child: str
    field: str
    code: str
    message: str
    refused: int = 0

    @property
    def query(self) -> bool:
        """Whether it only asks: what is written may be right."""
        return self.code.endswith("Q")

    def __str__(self) -> str:
        who = f", child {self.child}" if self.child else ""
        what = f", {self.field}" if self.field else ""
        return f"line {self.line}{who}{what}: {self.message} [{self.code}]"


@dataclass(slots=True)
class Ledger:
    """What a return holds, and what became of it. A fact is a day or a yes or no that can become an event.

    `facts_read + facts_refused == facts` and `children_read + children_refused == children`, always. `unknown` counts
    the elements that no collection, or not this one, asks for, by name.
    """

    children: int = 0
    children_read: int = 0
    children_refused: int = 0
    facts: int = 0
    facts_read: int = 0
    facts_refused: int = 0
    events: int = 0
    problems: int = 0
    unknown: Counter[str] = field(default_factory=Counter)


class CensusError(ValueError):
    """A return that cannot be read, or (when reading strictly) has a problem. `problem` says which."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class UnsafeMarkup(CensusError):
    """A file that declares a document type or entities, by which a small file can ask for endless memory or other files."""
