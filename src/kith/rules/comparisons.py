"""Comparisons of a value with what a condition wants: a literal, or a day worked out from another."""

from collections.abc import Callable, Mapping
from typing import Any

from kith.rules.days import NotADay, day_of, iso
from kith.rules.durations import period
from kith.rules.events import Heard
from kith.rules.state import State

COMPARISONS = ("is", "is_not", "in", "not_in", "at_least", "at_most", "more_than", "under", "odd", "even", "known")
Operand = Callable[[State, Heard], Any]
Compare = Callable[[Any, State, Heard], bool | None]


def comparison(condition: Mapping[str, Any]) -> Compare:
    """The comparison of a test as a function of the value: all of its words must hold."""
    compares = [_compare(word, condition[word]) for word in COMPARISONS if word in condition]
    if len(compares) == 1:
        return compares[0]

    def compare(value: Any, state: State, heard: Heard) -> bool | None:
        return settle_all([one(value, state, heard) for one in compares])

    return compare


def _compare(word: str, wanted: Any) -> Compare:
    if word == "known":
        return lambda value, state, heard: (value is not None) is wanted
    judge = _JUDGES[word]
    if isinstance(wanted, dict):
        operand = day_operand(wanted)

        def compare(value: Any, state: State, heard: Heard) -> bool | None:
            other = operand(state, heard)
            if value is None or other is None:
                return None
            return judge(value[:10], other)

        return compare
    if wanted is None:
        return lambda value, state, heard: None

    def judged(value: Any, _state: State, _heard: Heard) -> bool | None:
        return None if value is None else judge(value, wanted)

    return judged


def day_operand(written: Mapping[str, Any]) -> Operand:
    """A day worked out from another: `{after: 14 days, field: from_on}`; without a field, from the event's own day."""
    forwards = "after" in written
    length = period(written["after" if forwards else "before"])
    from_field = written.get("field")

    def operand(state: State, heard: Heard) -> str | None:
        if from_field is None or from_field == "when":
            day = heard.event.day
        else:
            text = heard.fields.get(from_field)
            if text is None:
                return None
            try:
                day = day_of(text[:10])
            except NotADay:
                return None
        return iso(length.after(day, state.calendar) if forwards else length.before(day, state.calendar))

    return operand


def _is(value: Any, wanted: Any) -> bool:
    return wanted in value if isinstance(value, list) else value == wanted


def _in(value: Any, wanted: Any) -> bool:
    return any(one in wanted for one in value) if isinstance(value, list) else value in wanted


_JUDGES: dict[str, Callable[[Any, Any], bool]] = {
    "is": _is,
    "is_not": lambda value, wanted: not _is(value, wanted),
    "in": _in,
    "not_in": lambda value, wanted: not _in(value, wanted),
    "at_least": lambda value, wanted: value >= wanted,
    "at_most": lambda value, wanted: value <= wanted,
    "more_than": lambda value, wanted: value > wanted,
    "under": lambda value, wanted: value < wanted,
    "odd": lambda value, wanted: (value % 2 == 1) is wanted,
    "even": lambda value, wanted: (value % 2 == 0) is wanted,
}


def settle_all(answers: list[bool | None]) -> bool | None:
    """Yes if all are yes, no if one is no, otherwise not known."""
    if False in answers:
        return False
    return None if None in answers else True
