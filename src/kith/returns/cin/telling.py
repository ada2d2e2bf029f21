"""One child's telling: reading answers, checking them, and making events of them."""

from dataclasses import dataclass

from kith.returns.cin.codes import YES_NO, codes_of
from kith.returns.cin.elements import Block
from kith.returns.cin.markup import Piece
from kith.returns.cin.messages import RULES
from kith.returns.cin.problems import Problem
from kith.returns.cin.years import Collection
from kith.rules.days import NotADay, day_of, iso
from kith.rules.events import Event, event_of_day

EARLIEST = day_of("1900-01-01")
NO_DAY, TOO_EARLY = 0, -1
# The rule that a day after the reference date breaks; other days break `after_reference_date`.
AFTER = {
    "PersonBirthDate": "8520",
    "PersonDeathDate": "8545Q",
    "CINreferralDate": "8600",
    "CINclosureDate": "8620",
    "AssessmentAuthorisationDate": "8696",
    "CINPlanStartDate": "4010",
    "CINPlanEndDate": "4013",
    "DateOfInitialCPC": "8715",
    "CPPstartDate": "8720",
    "CPPendDate": "8930",
}
# The days that must also fall on or after the first day of the collection year.
IN_YEAR = frozenset(
    (
        "PersonDeathDate",
        "CINclosureDate",
        "AssessmentAuthorisationDate",
        "CINPlanEndDate",
        "DateOfInitialCPC",
        "CPPendDate",
    )
)
_NOTHING: dict[str, object] = {}


class Days(dict[str, int]):
    """The ordinal of each day as written, worked out once: NO_DAY for what is none, TOO_EARLY for one before 1900."""

    def __missing__(self, text: str) -> int:
        try:
            # A schema's day may carry a zone; a return's days are all English, so it says nothing.
            day = day_of(text.strip().removesuffix("Z"))
        except NotADay:
            day = NO_DAY
        if 0 < day < EARLIEST:
            day = TOO_EARLY
        if len(self) > 50_000:
            self.clear()
        self[text] = day
        return day


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of every child of a return: the collection, its codes, and the days read so far."""

    collection: Collection
    codes: dict[str, frozenset[str]]
    days: Days

    @classmethod
    def of(cls, collection: Collection) -> "Asked":
        """For one collection."""
        return cls(collection, codes_of(collection.year), Days())


class Telling:
    """What is told of one child: the events so far, the problems, and how many facts were read and refused.

    A day that cannot be one is refused, and so is one after the reference date. Two days in an impossible order are both
    kept and the order reported: which of them is wrong cannot be known here.
    """

    __slots__ = (
        "_codes", "_days", "_first", "_last", "_names", "_numbers", "_texts", "asked", "child", "collection", "died", "events",
        "piece", "problems", "read", "refused",
    )  # fmt: skip

    def __init__(self, asked: Asked, piece: Piece, child: str) -> None:
        self.asked, self.collection, self.piece, self.child = asked, asked.collection, piece, child
        self._texts, self._days, self._codes = piece.texts, asked.days, asked.codes
        self._first, self._last = asked.collection.first, asked.collection.last
        self.events: list[Event] = []
        self.problems: list[Problem] = []
        self.read = self.refused = 0
        self.died = 0
        self._names = {"child": child}
        self._numbers: dict[str, int] = {}

    # Answers

    def text(self, block: Block, field: str) -> str | None:
        """An answer as written, without the blanks around it; None where there is none."""
        at = block.values.get(field)
        return None if at is None else self.piece.texts[at].strip()

    def day(self, block: Block, field: str) -> int:
        """A day as an ordinal; 0 where there is none, or where it was refused."""
        at = block.values.get(field)
        if at is None:
            return 0
        day = self._days[self._texts[at]]
        if self._first <= day <= self._last:
            self.read += 1
            return day
        return self.day_at(at, field)

    def day_at(self, at: int, field: str) -> int:
        """The day in tag number `at`, likewise."""
        day = self.asked.days[self.piece.texts[at]]
        collection = self.collection
        if day <= 0 or day > collection.last:
            self._refuse_day(at, field, day)
            return 0
        self.read += 1
        if day < collection.first and field in IN_YEAR:
            self.problem(AFTER[field], at, field, iso(day))
        return day

    def _refuse_day(self, at: int, field: str, day: int) -> None:
        text = self.piece.texts[at].strip()
        if day > 0:
            code = AFTER.get(field, "after_reference_date")
        else:
            code = "too_early" if day == TOO_EARLY else "not_a_date"
        other = iso(self.collection.last)
        self.refuse(code, at, field, text, other)

    def check_day(self, block: Block, field: str) -> int:
        """A day that becomes no event, as an ordinal; 0 where there is none, or where it is not one, which is reported."""
        at = block.values.get(field)
        day = 0 if at is None else self.asked.days[self.piece.texts[at]]
        if at is not None and day <= 0:
            code = "too_early" if day == TOO_EARLY else "not_a_date"
            self.problem(code, at, field, self.piece.texts[at].strip(), iso(self.collection.last))
        return max(day, 0)

    def flag(self, block: Block, field: str, code: str = "flag") -> bool | None:
        """Yes, no, or None where there is no answer or it was refused. Not counted as read: see `use`."""
        at = block.values.get(field)
        if at is None:
            return None
        text = self._texts[at]
        answer = YES_NO.get(text)
        if answer is None:
            answer = YES_NO.get(text.strip().lower())
        if answer is None:
            self.refuse(code, at, field, text.strip())
        return answer

    def use(self, block: Block, field: str, *, day: int, other: str) -> bool:
        """Whether a flag has a day to stand on; counts it as read, or refuses it naming the field of the `other` day."""
        if day:
            self.read += 1
            return True
        self.refuse("no_day", block.values[field], field, other)
        return False

    def code(
        self, block: Block, field: str, rule: str, codes: str = "", *, needed: bool = False, mend: str = ""
    ) -> str | None:
        """A coded answer, or None where it is missing or unknown; reported by `rule` if it is unknown, or needed."""
        at = block.values.get(field)
        if at is None:
            if needed:
                self.problem(rule, block.at, field, "", mend)
            return None
        allowed = self._codes[codes or field]
        text = self._texts[at]
        if text not in allowed:
            text = text.strip()
            if text not in allowed:
                self.problem(rule, at, field, text, mend)
                return None
        return text

    # Problems

    def problem(
        self, code: str, at: int, field: str, value: object = "", other: object = "", *, refused: int = 0
    ) -> None:
        """Something wrong at tag number `at`."""
        message = RULES[code].format(value=value, other=other)
        self.problems.append(Problem(self.piece.line_of(at), self.child, field, code, message, refused))

    def refuse(self, code: str, at: int, field: str, value: object = "", other: object = "") -> None:
        """A fact left out, and why."""
        self.refused += 1
        self.problem(code, at, field, value, other, refused=1)

    def order(self, code: str, block: Block, field: str, day: int, other: int) -> None:
        """Two days in an order that cannot be; the fault is shown at the first of them."""
        self.problem(code, block.values.get(field, block.at), field, iso(day), iso(other))

    # Events

    def number(self, what: str) -> int:
        """The next number of something, counted through the child's whole record."""
        number = self._numbers[what] = self._numbers.get(what, 0) + 1
        return number

    def named(self, name: str, an_id: str) -> dict[str, str]:
        """The child and one thing more."""
        return {"child": self.child, name: an_id}

    def event(
        self,
        kind: str,
        day: int,
        event_id: str,
        names: dict[str, str] | None = None,
        fields: dict[str, object] | None = None,
    ) -> Event:
        """An event of a day, known on that day. Taken in the order in which they are made, within a day."""
        event = event_of_day(kind, day, event_id, len(self.events) + 1, names or self._names, fields or _NOTHING)
        self.events.append(event)
        return event
