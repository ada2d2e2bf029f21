"""Event files: JSON lines, one event a line, and the JSON Schema that describes them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kith.rules.days import iso, london
from kith.rules.events import BadEvent, Event, EventReader
from kith.rules.vocabulary import Field, Vocabulary


class EventFileError(ValueError):
    """A line of an event file that cannot be read: `str()` gives file, line, field, what is wrong and how to mend it."""

    def __init__(self, file: str, line: int, field: str, message: str) -> None:
        super().__init__(f"{file}:{line}: {f'{field}: ' if field else ''}{message}")
        self.file, self.line, self.field = file, line, field


def read_events(lines: Iterable[str | bytes], reader: EventReader, file: str) -> Iterator[Event]:
    """Each line as an event; empty lines are passed over. Raises EventFileError at a line that cannot be read."""
    decode = json.loads
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = decode(line)
        except ValueError as error:
            raise EventFileError(file, number, "", f"each line is one JSON object ({error})") from None
        if type(row) is not dict:
            raise EventFileError(file, number, "", "each line is one JSON object")
        try:
            yield reader.read(row)
        except BadEvent as error:
            raise EventFileError(file, number, error.field, str(error)) from None


def histories_in_order(events: Iterable[Event]) -> Iterator[list[Event]]:
    """The histories of a file in which the events of each child or family stand together, one at a time.

    Raises ValueError when a child or family comes back after another's events.
    """
    group: list[Event] = []
    linked: set[tuple[str, str]] = set()
    finished: set[int] = set()
    for event in events:
        ids = _subjects(event)
        if group and linked.isdisjoint(ids):
            finished.update(map(hash, linked))
            yield group
            group, linked = [], set()
        if not linked.issuperset(ids):
            back = [one for one in ids - linked if hash(one) in finished]
            if back:
                raise ValueError(f"the events of {back[0][0]} {back[0][1]} do not stand together; leave out --grouped")
            linked |= ids
        group.append(event)
    if group:
        yield group


def _subjects(event: Event) -> set[tuple[str, str]]:
    wanted: list[str] = [name for name in ("child", "family") if name in event.names] or list(event.names)
    return {(name, one) for name in wanted for one in _ids(event.names[name])}


def _ids(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def as_row(event: Event) -> dict[str, Any]:
    """An event as it stands in a file: the mapping that reads back as the same event."""
    row: dict[str, Any] = {"id": event.id, "kind": event.kind, "when": _when(event.day, event.at)}
    if event.ended is not None:
        row["ended"] = _when(*event.ended)
    row["known"] = f"{london(event.known):%Y-%m-%dT%H:%M:%S%z}" if event.known != event.moment() else None
    row |= {name: list(one) if isinstance(one, tuple) else one for name, one in event.names.items()} | dict(
        event.fields
    )
    row |= {"parts": event.parts or None, "explained": event.explained or None}
    row |= {"corrects": event.corrects, "withdraws": event.withdraws, "seals": event.seals}
    return {key: value for key, value in row.items() if value is not None}


def _when(day: int, at: int | None) -> str:
    return iso(day) if at is None else f"{london(at):%Y-%m-%dT%H:%M:%S%z}"


_TYPES: Mapping[str, Mapping[str, Any]] = {
    "yes_no": {"type": "boolean"}, "number": {"type": "number"}, "date": {"type": "string", "format": "date"},
    "moment": {"type": "string"}, "period": {"type": "string", "pattern": r"^\d+ (hour|day|working day|week|month|year)s?$"},
    "choices": {"type": "array", "items": {"type": "string"}}, "text": {},
}  # fmt: skip


def event_schema(vocabulary: Vocabulary, title: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one event under a procedure: every kind with its names and fields."""
    when = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T.*)?$"}
    ids = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
    common: dict[str, Any] = {
        "id": {"type": "string"}, "kind": {"type": "string"}, "when": when, "ended": when, "known": when,
        "sequence": {"type": "integer"}, "parts": {"type": "object"}, "explained": {"type": "object"}, "words": {"type": "object"},
        "corrects": {"type": "string"}, "withdraws": {"type": "string"}, "seals": {"type": "string"},
    }  # fmt: skip
    kinds = []
    for stem in vocabulary.stems.values():
        for verb in stem.kinds:
            kind = vocabulary.kind(f"{stem.id}.{verb}")
            if kind is not None:
                named = [kind.id, *(f"{kind.id}/{a_type}" for a_type in stem.types)]
                properties = {**common, "kind": {"enum": named}, **dict.fromkeys(kind.names, ids)}
                properties |= {name: _type(field) for name, field in kind.fields.items()}
                kinds.append({"properties": properties, "additionalProperties": False})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, "type": "object",
        "required": ["kind", "when"], "oneOf": kinds,
    }  # fmt: skip


def _type(field: Field) -> Mapping[str, Any]:
    if field.answer in _TYPES:
        return _TYPES[field.answer]
    return {"type": "string", "enum": list(field.options)} if field.options else {"type": "string"}
