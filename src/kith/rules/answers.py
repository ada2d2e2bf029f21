"""Whether a coded answer is one its field can carry."""

from collections.abc import Callable
from typing import Any

from kith.rules.days import NotADay, NotAMoment, day_and_moment, day_of
from kith.rules.durations import NotAPeriod, period
from kith.rules.vocabulary import Field, nearest

RIGHT = ""


def answer_check(field: Field) -> Callable[[Any], str]:
    """A function that says what is wrong with an answer of this field: nothing, or a sentence on how to mend it."""
    if field.answer == "choice" and field.options:
        return _one_of(field.options)
    return _CHECKS[field.answer]


def _one_of(options: tuple[str, ...]) -> Callable[[Any], str]:
    known = frozenset(options)

    def check(value: Any) -> str:
        if value is None or (type(value) is str and value in known):
            return RIGHT
        return f"“{value}” is not one of {', '.join(options)}{nearest(str(value), options)}"

    return check


def _yes_no(value: Any) -> str:
    return RIGHT if value is None or value is True or value is False else f"answer true or false, not {value!r}"


def _number(value: Any) -> str:
    return (
        RIGHT
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool))
        else f"a number, not {value!r}"
    )


def _date(value: Any) -> str:
    if value is None:
        return RIGHT
    try:
        day_of(value)
    except NotADay as error:
        return str(error)
    except TypeError:
        return f"a day such as 2025-04-11, not {value!r}"
    return RIGHT


def _moment(value: Any) -> str:
    if value is None:
        return RIGHT
    try:
        day_and_moment(value)
    except (NotADay, NotAMoment) as error:
        return str(error)
    except TypeError:
        return f"a moment such as 2025-04-11T14:00, not {value!r}"
    return RIGHT


def _period(value: Any) -> str:
    if value is None:
        return RIGHT
    try:
        period(value if isinstance(value, str) else str(value))
    except NotAPeriod as error:
        return str(error)
    return RIGHT


def _code(value: Any) -> str:
    return RIGHT if value is None or type(value) is str else f"a code, not {value!r}"


def _codes(value: Any) -> str:
    if value is None or type(value) is str or (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        return RIGHT
    return f"a list of codes, not {value!r}"


def _text(_value: Any) -> str:
    return RIGHT


_CHECKS: dict[str, Callable[[Any], str]] = {
    "yes_no": _yes_no,
    "number": _number,
    "date": _date,
    "moment": _moment,
    "period": _period,
    "choice": _code,
    "choices": _codes,
    "person": _code,
    "link": _code,
    "text": _text,
}
