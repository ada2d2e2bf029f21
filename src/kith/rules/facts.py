"""Facts: named readings of the record that conditions ask about, kept up to date as events go by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.rules.events import Heard
from kith.rules.state import Change, Condition, Key, State, key_reader

Update = Callable[[State, Heard], list[Change] | None]


@dataclass(frozen=True)
class Fact:
    """A named reading of the record: `latest` value, open `period`, or members of a `group`."""

    id: str
    is_a: str
    per: tuple[str, ...]
    member: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    key_of: Callable[[Mapping[str, str]], Key | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key_of", key_reader(self.per))


def latest_update(fact: Fact, value_field: str | None, where: Condition | None, *, clears: bool) -> Update:
    """Keeps a latest value: sets it from a field of the event (or the day it happened), or clears it."""
    key_of = fact.key_of

    def update(state: State, heard: Heard) -> list[Change] | None:
        key = key_of(heard.names)
        if key is None or (where is not None and where(state, heard) is not True):
            return None
        values = state.latest.setdefault(fact.id, {})
        if clears:
            return [Change("cleared", fact.id, key)] if values.pop(key, None) is not None else None
        value = _value(heard, value_field)
        if value is None or values.get(key) == value:
            return None
        values[key] = value
        return [Change("set", fact.id, key)]

    return update


def _value(heard: Heard, value_field: str | None) -> Any:
    if value_field is None:
        return heard.event.day
    if value_field == "type":
        return heard.event.kind.partition("/")[2] or None
    value = heard.fields.get(value_field)
    return heard.names.get(value_field) if value is None else value


def period_update(fact: Fact, where: Condition | None, *, opens: bool) -> Update:
    """Opens or closes a period. A closing event that names less than the fact closes everything under what it names."""
    key_of = fact.key_of

    def update(state: State, heard: Heard) -> list[Change] | None:
        if where is not None and where(state, heard) is not True:
            return None
        periods = state.periods.setdefault(fact.id, {})
        key = key_of(heard.names)
        if opens:
            if key is None or key in periods:
                return None
            periods[key] = heard.event.day
            return [Change("opened", fact.id, key)]
        closing = [key] if key is not None else keys_under(fact.per, periods, heard.names)
        return [Change("closed", fact.id, one) for one in closing if periods.pop(one, None) is not None]

    return update


def group_update(fact: Fact, where: Condition | None, *, joins: bool) -> Update:
    """Keeps who is in a group and since when. A leaving that names nobody empties the group."""
    key_of = fact.key_of

    def update(state: State, heard: Heard) -> list[Change] | None:
        key = key_of(heard.names)
        if key is None or (where is not None and where(state, heard) is not True):
            return None
        members = state.groups.setdefault(fact.id, {}).setdefault(key, {})
        member = heard.names.get(fact.member)
        if joins:
            if member is None or member in members:
                return None
            members[member] = heard.event.day
            return [Change("joined", fact.id, key, member)]
        leaving = list(members) if member is None else [member]
        return [Change("left", fact.id, key, one) for one in leaving if members.pop(one, None) is not None]

    return update


def keys_under(per: Sequence[str], keys: Mapping[Key, Any], names: Mapping[str, str]) -> list[Key]:
    """The keys that agree with the names given, when at least one of the fact's names is given."""
    given = [(place, names[name]) for place, name in enumerate(per) if name in names]
    if not given:
        return []
    return [key for key in keys if all((key[place] if isinstance(key, tuple) else key) == one for place, one in given)]
