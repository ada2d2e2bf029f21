"""Events: what happened, when, when it became known, whom it is about, and the coded answers it carries."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from kith.rules.answers import answer_check
from kith.rules.days import NotADay, NotAMoment, day_and_moment, end_of_day, moment_of
from kith.rules.vocabulary import Vocabulary, nearest

RESERVED = frozenset(
    (
        "id",
        "kind",
        "when",
        "ended",
        "known",
        "sequence",
        "parts",
        "corrects",
        "withdraws",
        "seals",
        "explained",
        "words",
    )
)
NO_TIME = 1 << 62
Order = tuple[int, int, int, int, str]
Shape = tuple[frozenset[str], Mapping[str, Callable[[Any], str]]]


class BadEvent(ValueError):
    """An event that cannot be read. `field` names the key at fault."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Event:
    """One fact on the record.

    `day` is the day it happened and `at` the moment, if a time was given. `known` is the moment the authority knew of it.
    `names` maps each name to one id or a tuple of ids; `fields` the coded answers; `parts` the answers of one child or
    person, by their id.
    """

    __slots__ = (
        "amends", "at", "corrects", "day", "ended", "explained", "fields", "id", "kind", "known", "names", "order", "parts", "seals",
        "sequence", "several", "withdraws",
    )  # fmt: skip

    id: str
    kind: str
    day: int
    at: int | None
    ended: tuple[int, int | None] | None
    known: int
    sequence: int
    names: dict[str, Any]
    fields: dict[str, Any]
    parts: Mapping[str, Mapping[str, Any]]
    corrects: str | None
    withdraws: str | None
    seals: str | None
    explained: Mapping[str, Mapping[str, Any]]
    several: bool
    order: Order
    amends: bool

    def put_in_order(self) -> "Event":
        """Notes its place: events are taken by day; within a day by time, those without a time last; then by recording."""
        self.order = (self.day, NO_TIME if self.at is None else self.at, self.known, self.sequence, self.id)
        return self

    def moment(self) -> int:
        """The moment it happened; an event without a time happened at the end of its day."""
        return end_of_day(self.day) if self.at is None else self.at

    def moment_begun(self) -> int:
        """The earliest moment it can have happened: its own, or the start of its day."""
        return end_of_day(self.day - 1) + 1 if self.at is None else self.at

    def moved_to(self, event_id: str, known: int, sequence: int) -> "Event":
        """This event standing in another's place on the record: a correction."""
        other = Event()
        for slot in Event.__slots__:
            setattr(other, slot, getattr(self, slot))
        other.id, other.known, other.sequence = event_id, known, sequence
        return other.put_in_order()

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}>"


def event_of_day(
    kind: str, day: int, event_id: str, sequence: int, names: dict[str, Any], fields: dict[str, Any]
) -> Event:
    """An event that only a day is known of, known on that day: from a return, or made by the engine."""
    event = Event()
    event.id, event.kind, event.day, event.at, event.ended = event_id, kind, day, None, None
    event.known = end_of_day(day)
    event.sequence, event.names, event.fields = sequence, names, fields
    event.parts = event.explained = _NOTHING
    event.corrects = event.withdraws = event.seals = None
    event.several = event.amends = False
    event.order = (day, NO_TIME, event.known, sequence, event_id)
    return event


_NOTHING: Mapping[str, Mapping[str, Any]] = {}


class Heard:
    """An event as one child (or person, or worker) is touched by it: every name has one id, and a part beats the rest."""

    __slots__ = ("event", "fields", "names")

    def __init__(self, event: Event, names: dict[str, str], fields: Mapping[str, Any]) -> None:
        self.event = event
        self.names = names
        self.fields = fields

    def also(self, name: str, member: str) -> "Heard":
        """The same event with one more name: a member of a group."""
        return Heard(self.event, {**self.names, name: member}, self.fields)


def heard_of(event: Event) -> list[Heard]:
    """Naming three children is three events for matching, each with its own part."""
    if not event.several and not event.parts:
        return [Heard(event, event.names, event.fields)]
    keys = list(event.names)
    choices = [ids if isinstance(ids, tuple) else (ids,) for ids in event.names.values()]
    heard = []
    for ids in product(*choices):
        fields = event.fields
        for one in ids:
            if one in event.parts:
                fields = {**fields, **event.parts[one]}
        heard.append(Heard(event, dict(zip(keys, ids, strict=True)), fields))
    return heard


class EventReader:
    """Makes events out of plain mappings, checking each against the vocabulary of a procedure."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._shapes: dict[str, Shape] = {}
        self._count = 0

    def read_all(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[Event]:
        """Each row as an event. Raises BadEvent at the first that cannot be read."""
        return map(self.read, rows)

    def read(self, row: Mapping[str, Any]) -> Event:
        """One event from one mapping, the keys as in the published JSON Schema. Raises BadEvent saying what to mend."""
        self._count += 1
        event = Event()
        try:
            kind = row["kind"]
            shape = self._shapes.get(kind) or self._shape(kind)
            event.day, event.at = day_and_moment(row["when"])
        except KeyError as missing:
            raise BadEvent(f"an event needs “{missing.args[0]}”", str(missing.args[0])) from None
        except (NotADay, NotAMoment) as error:
            raise BadEvent(str(error), "when") from None
        except TypeError:
            raise BadEvent("“kind” and “when” are text", "when") from None
        event.kind = kind
        get = row.get
        event.sequence = get("sequence", self._count)
        event.id = get("id") or f"event-{self._count}"
        event.corrects, event.withdraws, event.seals = get("corrects"), get("withdraws"), get("seals")
        event.parts = get("parts") or {}
        event.explained = get("explained") or {}
        self._times(event, row)
        self._contents(event, row, *shape)
        event.amends = bool(event.corrects or event.withdraws or event.seals) or kind == "child.merged"
        event.order = (event.day, NO_TIME if event.at is None else event.at, event.known, event.sequence, event.id)
        return event

    def _times(self, event: Event, row: Mapping[str, Any]) -> None:
        known, ended = row.get("known"), row.get("ended")
        key = "known"
        try:
            event.known = event.moment() if known is None else moment_of(known)
            key = "ended"
            event.ended = None if ended is None else day_and_moment(ended)
        except (NotADay, NotAMoment) as error:
            raise BadEvent(str(error), key) from None
        except TypeError:
            raise BadEvent(f"“{key}” is a day or a moment, written as text", key) from None
        if known is not None and event.known < (end_of_day(event.day) if len(known) == 10 else event.moment_begun()):
            raise BadEvent(
                f"known ({known}) comes before when ({row['when']}): nothing is known before it happens", "known"
            )
        if event.ended is not None and event.ended[0] < event.day:
            raise BadEvent(f"ended ({ended}) comes before when ({row['when']})", "ended")

    def _contents(
        self, event: Event, row: Mapping[str, Any], names: frozenset[str], checks: Mapping[str, Callable[[Any], str]]
    ) -> None:
        event.names, event.fields, event.several = {}, {}, False
        for key, value in row.items():
            if key in names:
                if type(value) is str:
                    event.names[key] = value
                else:
                    self._several(event, key, value)
            elif key in checks:
                wrong = checks[key](value)
                if wrong:
                    raise BadEvent(f"“{key}” of {event.kind}: {wrong}", key)
                event.fields[key] = value
            elif key not in RESERVED:
                raise BadEvent(f"{event.kind} has no “{key}”{nearest(key, names | checks.keys() | RESERVED)}", key)
        if event.parts:
            _check_parts(event, checks)

    def _several(self, event: Event, key: str, value: Any) -> None:
        if value is None:
            return
        if not (isinstance(value, list | tuple) and value and all(isinstance(one, str) for one in value)):
            raise BadEvent(f"“{key}” is an id or a list of ids, not {value!r}", key)
        ids = tuple(dict.fromkeys(value))
        event.names[key] = ids if len(ids) > 1 else ids[0]
        event.several = event.several or len(ids) > 1

    def _shape(self, kind: str) -> Shape:
        if not isinstance(kind, str):
            raise TypeError(kind)
        known = self._vocabulary.kind(kind)
        if known is None:
            raise BadEvent(f"“{kind}” is not a kind of event{nearest(kind, self._vocabulary.all_kinds())}", "kind")
        shape = (frozenset(known.names), {name: answer_check(field) for name, field in known.fields.items()})
        self._shapes[kind] = shape
        return shape


def _check_parts(event: Event, checks: Mapping[str, Callable[[Any], str]]) -> None:
    if not (isinstance(event.parts, Mapping) and all(isinstance(part, Mapping) for part in event.parts.values())):
        raise BadEvent("“parts” holds the answers of each child or person, by their id", "parts")
    for one, part in event.parts.items():
        for key, value in part.items():
            wrong = checks[key](value) if key in checks else f"{event.kind} has no “{key}”{nearest(key, checks)}"
            if wrong:
                raise BadEvent(f"“{key}” in the part of {one}: {wrong}", "parts")
