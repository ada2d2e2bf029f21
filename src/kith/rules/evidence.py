"""What a source can show: which kinds of event it holds, and from which day. A duty it cannot show met is never called late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kith.rules.days import day_of
from kith.rules.duty import Clause, Duty

NEVER = 1 << 40


@dataclass(frozen=True)
class Evidence:
    """The kinds a source holds, each with the day (an ordinal) from which it holds all of them; 0 means always."""

    kinds: Mapping[str, int]
    _seen: dict[Duty, int] = field(default_factory=dict, compare=False, repr=False)

    def seen_from(self, duty: Duty) -> int:
        """The day from which the source would show a duty met; 0 for always, NEVER if it cannot."""
        found = self._seen.get(duty)
        if found is None:
            counted = () if duty.quota is None else (duty.quota.of,)
            found = self._seen[duty] = self.shows_from((*duty.meets, *counted))
        return found

    @classmethod
    def read(cls, written: Mapping[str, object]) -> "Evidence":
        """From `{plan.started: always, visit.made: 2025-04-01}`. Raises NotADay for anything else."""
        return cls({kind: 0 if day == "always" else day_of(str(day)) for kind, day in written.items()})

    def holds(self, kind: str) -> int:
        """The day from which every event of the kind is held; 0 for always, NEVER if it is not held."""
        return min(self.kinds.get(kind, NEVER), self.kinds.get(kind.partition("/")[0], NEVER))

    def shows_from(self, clauses: Sequence[Clause]) -> int:
        """The day from which every one of the clauses that meet a duty would be seen."""
        return max((self.holds(clause.kind) for clause in clauses), default=0)

    def missing(self, clauses: Sequence[Clause]) -> list[str]:
        """The kinds among the clauses that the source does not hold."""
        return [clause.kind for clause in clauses if self.holds(clause.kind) == NEVER]
