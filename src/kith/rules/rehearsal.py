"""Rehearsal: what would be owed under another procedure, obligation by obligation, before anybody decides to change."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kith.rules.obligation import MET_LATE, MISSED, OVERDUE, Obligation

LATE = frozenset((OVERDUE, MISSED, MET_LATE))


@dataclass
class Rehearsal:
    """The differences between two answers: what would appear, vanish, move, or become late, and the load by role and week."""

    as_at: int
    appears: list[Obligation] = field(default_factory=list)
    vanishes: list[Obligation] = field(default_factory=list)
    moves: list[tuple[Obligation, Obligation]] = field(default_factory=list)
    becomes_late: list[tuple[Obligation, Obligation]] = field(default_factory=list)
    same: int = 0
    load_now: Counter[tuple[str, str]] = field(default_factory=Counter)
    load_then: Counter[tuple[str, str]] = field(default_factory=Counter)

    def compare(self, now: Iterable[Obligation], then: Iterable[Obligation]) -> None:
        """Adds the obligations of one history under the two procedures. They are matched by identity."""
        before = {one.identity: one for one in now}
        after = {one.identity: one for one in then}
        self.load_now.update(_role_and_week(one) for one in before.values() if one.due is not None)
        self.load_then.update(_role_and_week(one) for one in after.values() if one.due is not None)
        self.appears += [one for key, one in after.items() if key not in before]
        self.vanishes += [one for key, one in before.items() if key not in after]
        for key in before.keys() & after.keys():
            self._pair(before[key], after[key])

    def _pair(self, old: Obligation, new: Obligation) -> None:
        moved = old.due_text != new.due_text
        late = new.state(self.as_at) in LATE and old.state(self.as_at) not in LATE
        if moved:
            self.moves.append((old, new))
        if late:
            self.becomes_late.append((old, new))
        self.same += not moved and not late


def _role_and_week(one: Obligation) -> tuple[str, str]:
    role = one.duty.owed_by if isinstance(one.duty.owed_by, str) else "named"
    year, week, _ = dt.date.fromordinal(one.due or 1).isocalendar()
    return role, f"{year}-W{week:02}"
