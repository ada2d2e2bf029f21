"""What happened before it was owed: things done that a later start may find, and patterns decided beforehand."""

from kith.rules.calendars import Calendar
from kith.rules.durations import Period
from kith.rules.duty import Clause, Duty
from kith.rules.events import Heard
from kith.rules.obligation import Obligation
from kith.rules.state import agrees

Names = tuple[str, ...]


class Earlier:
    """Keeps what may count for an obligation or a series that starts later."""

    __slots__ = ("_done", "_patterns")

    def __init__(self) -> None:
        self._done: dict[Duty, list[tuple[Clause, Heard]]] = {}
        self._patterns: dict[str, list[Heard]] = {}

    def take_over(self, other: "Earlier") -> None:
        """Remembers from here on what another remembers."""
        self._done = {duty: list(done) for duty, done in other._done.items()}
        self._patterns = {duty: list(patterns) for duty, patterns in other._patterns.items()}

    def remember(self, duty: Duty, clause: Clause, heard: Heard) -> None:
        """Keeps an event that would meet a duty, for a start that comes later: that day, or as far back as counts."""
        kept = self._done.setdefault(duty, [])
        if duty.earlier is False and kept and kept[-1][1].event.day != heard.event.day:
            kept.clear()
        kept.append((clause, heard))

    def done_before(self, obligation: Obligation, start: Heard, calendar: Calendar) -> list[Heard]:
        """The events, latest first, that were done before the start and still count."""
        duty = obligation.duty
        if duty not in self._done:
            return []
        found = []
        for clause, done in reversed(self._done.get(duty, ())):
            names = clause.same or duty.per
            ids = [obligation.about.get(name) for name in names]
            if agrees(done.names, names, [one or "" for one in ids]) and _counts(duty.earlier, done, start, calendar):
                found.append(done)
        return found

    def remember_pattern(self, duty: Duty, heard: Heard) -> None:
        """Keeps a decided pattern for a series that starts later that day, or before the day the pattern names."""
        self._patterns.setdefault(duty.id, []).append(heard)

    def patterns_for(self, duty: Duty, names: Names) -> list[Heard]:
        """The patterns decided so far for these names."""
        return [heard for heard in self._patterns.get(duty.id, ()) if shares_names(duty.per, names, heard)]


def shares_names(per: Names, ids: Names, heard: Heard) -> bool:
    """Whether an event agrees on every name it carries of those given, and carries at least one."""
    shared = [(name, one) for name, one in zip(per, ids, strict=True) if name in heard.names]
    return bool(shared) and all(heard.names[name] == one for name, one in shared)


def _counts(earlier: bool | Period, done: Heard, start: Heard, calendar: Calendar) -> bool:
    day = start.event.day
    if earlier is True:
        return True
    if done.event.day == day:
        return (
            earlier is not False or done.event.at is None or start.event.at is None or done.event.at >= start.event.at
        )
    return isinstance(earlier, Period) and earlier.before(day, calendar) <= done.event.day
