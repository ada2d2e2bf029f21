"""Events the engine makes itself: a child reaches an age on a day worked out from the date of birth."""

from collections.abc import Iterable, Mapping
from typing import Any

from kith.rules.days import NotADay, birthday, day_of
from kith.rules.events import Event, event_of_day
from kith.rules.procedure import Procedure

_NOTHING: Mapping[str, Any] = {}


def birthdays(procedure: Procedure, events: Iterable[Event], as_at: int) -> list[Event]:
    """The birthdays reached by a day, one for each child with a known date of birth; at the start of that day."""
    born: dict[str, tuple[tuple[int, int, int, int, str], str]] = {}
    for event in events:
        common = event.fields.get("date_of_birth")
        if common is None and not event.parts:
            continue
        for child in _ids(event):
            text = event.parts.get(child, _NOTHING).get("date_of_birth", common)
            if text is not None and (child not in born or born[child][0] < event.order):
                born[child] = (event.order, text)
    made = []
    for kept in procedure.birthdays:
        for child, (_, text) in born.items():
            day = _reached(text, kept.age)
            if day is not None and day <= as_at:
                made.append(_event(kept.event, child, day))
    return made


def _ids(event: Event) -> tuple[str, ...]:
    child = event.names.get("child", ())
    return child if isinstance(child, tuple) else (child,)


def _reached(text: str, age: int) -> int | None:
    try:
        return birthday(day_of(text[:10]), age)
    except NotADay:
        return None


def _event(kind: str, child: str, day: int) -> Event:
    event = event_of_day(kind, day, f"{kind}-{child}", 0, {"child": child}, {})
    event.at, event.known = 0, 0  # at the very start of its day, and known to anybody who can count
    return event.put_in_order()
