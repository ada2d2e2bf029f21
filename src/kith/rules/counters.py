"""The things that conditions count: how often something has happened, and what a number adds up to."""

from collections.abc import Callable, Sequence

from kith.rules.events import Heard
from kith.rules.state import Condition, Occurrence, State, key_reader


class Counters:
    """The things that conditions count, each kept as events go by and never counted again."""

    def __init__(self) -> None:
        self.heard_by: dict[str, list[tuple[int, Callable[[State, Heard], None]]]] = {}
        self.number = 0
        self._known: dict[str, int] = {}

    def add(self, kind: str, same: Sequence[str], where: Condition | None, amount: str | None, written: str) -> int:
        """The number of a counter of one kind of event, per the names that must agree; shared if it is already kept."""
        label = f"{kind}|{','.join(same)}|{amount}|{written}"
        if label in self._known:
            return self._known[label]
        counter = self._known[label] = self.number
        self.number += 1
        key_of = key_reader(same)

        def count(state: State, heard: Heard) -> None:
            key = key_of(heard.names)
            if key is None or (where is not None and where(state, heard) is not True):
                return
            times = state.counts[counter].setdefault(key, [])
            if amount is None and times and times[-1].place == state.place:
                return  # one event that names several children happened once
            value = (heard.fields.get(amount) or 0) if amount else 1
            times.append(Occurrence(state.place, heard.event.day, value))

        self.heard_by.setdefault(kind, []).append((counter, count))
        return counter
