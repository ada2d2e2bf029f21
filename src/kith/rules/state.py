"""What is known part-way through a history: latest values, open periods, groups, and how often things have happened."""

from collections.abc import Callable, Mapping, Sequence
from operator import eq
from typing import Any, NamedTuple

from kith.rules.calendars import Calendar
from kith.rules.events import Heard

Key = str | tuple[str, ...]
Condition = Callable[["State", Heard], bool | None]


class Change(NamedTuple):
    """One change to a fact: `set`, `cleared`, `opened`, `closed`, `joined` or `left`."""

    how: str
    fact: str
    key: Key
    member: str = ""


class Occurrence(NamedTuple):
    """One time a counted thing happened: its place in the history, its day, and the number it carried."""

    place: int
    day: int
    amount: float


class State:
    """The running state of one history. Only `Facts` and `Counters` write to it."""

    __slots__ = ("calendar", "counts", "groups", "latest", "periods", "place", "today")

    def __init__(self, calendar: Calendar, counters: int) -> None:
        self.calendar = calendar
        self.latest: dict[str, dict[Key, Any]] = {}
        self.periods: dict[str, dict[Key, int]] = {}
        self.groups: dict[str, dict[Key, dict[str, int]]] = {}
        self.counts: list[dict[Key, list[Occurrence]]] = [{} for _ in range(counters)] if counters else []
        self.today: list[Heard] = []
        self.place = 0

    def take_over(self, other: "State") -> None:
        """Knows from here on what another knows; what either learns later is its own."""
        self.latest = {fact: dict(values) for fact, values in other.latest.items()}
        self.periods = {fact: dict(values) for fact, values in other.periods.items()}
        self.groups = {
            fact: {key: dict(members) for key, members in groups.items()} for fact, groups in other.groups.items()
        }
        self.counts = [{key: list(times) for key, times in counted.items()} for counted in other.counts]
        self.today, self.place = other.today, other.place


def key_reader(per: Sequence[str]) -> Callable[[Mapping[str, str]], Key | None]:
    """A function from names to the key they make for `per`, or None when one of the names is missing."""
    if len(per) == 1:
        name = per[0]
        return lambda names: names.get(name)
    wanted = tuple(per)

    def read(names: Mapping[str, str]) -> Key | None:
        try:
            return tuple([names[name] for name in wanted])
        except KeyError:
            return None

    return read


def agrees(one: Mapping[str, str], names: Sequence[str], ids: Sequence[str | None]) -> bool:
    """Whether these are the ids that stand under these names."""
    return all(map(eq, map(one.get, names), ids))
