"""Co-working agreements: who takes part and has signed, who does which task, what is unclear, and who has a copy. Folded from the record."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kith.access.viewer import Viewer
from kith.core import authorities
from kith.people.standing import DECISIONS
from kith.record.procedures import rights_by_role
from kith.record.selectors import Told, told_about

COWORKING = "coworking"


@dataclass
class Party:
    """One who takes part: as whom, what is delegated to them, and when they signed."""

    worker: str
    party: str
    says: Mapping[str, Any]
    since: dt.date
    until: dt.date | None = None
    signed: dt.date | None = None


@dataclass
class Task:
    """A task of the agreement: who does it, how often, to whom they report, and when it was last done."""

    id: str
    what: str
    worker: str
    says: Mapping[str, Any]
    since: dt.date
    last: dt.date | None = None
    stopped: dt.date | None = None


@dataclass
class Line:
    """Something said about the agreement on a day: a question, a decision, a review, a manager's views."""

    on: dt.date
    what: str
    worker: str
    says: Mapping[str, Any]


@dataclass
class Agreement:
    """A co-working agreement. Each review makes its next version."""

    id: str
    made: dt.date
    says: Mapping[str, Any]
    children: tuple[str, ...]
    review_on: str = ""
    ended: dt.date | None = None
    parties: list[Party] = field(default_factory=list)
    tasks: dict[str, Task] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    given: list[tuple[dt.date, str, str]] = field(default_factory=list)

    @property
    def there(self) -> list[Party]:
        """Those who take part now."""
        return [one for one in self.parties if one.until is None]

    @property
    def unsigned(self) -> list[Party]:
        """Those who have still to sign: while there are any it is a draft."""
        return [one for one in self.there if one.signed is None]

    @property
    def version(self) -> int:
        """Its version: one more after each review."""
        return 1 + sum(one.what == "reviewed" for one in self.lines)

    @property
    def since_version(self) -> dt.date:
        """The day of the version that stands."""
        return max((one.on for one in self.lines if one.what == "reviewed"), default=self.made)

    @property
    def unsettled(self) -> bool:
        """Whether a question waits for the team manager."""
        asked = [one.what for one in self.lines if one.what in ("questioned", "question_decided")]
        return bool(asked) and asked[-1] == "questioned"


def of_child(child: uuid.UUID, known_at: dt.datetime | None = None) -> list[Agreement]:
    """The co-working agreements about a child, in the order they were made, as they stand or as they were known at a moment."""
    found: dict[str, Agreement] = {}
    for one in sorted(told_about([child], ("agreement",), known_at)[child], key=lambda told: told.event.order):
        kind, _, a_type = one.event.kind.partition("/")
        if a_type in ("", COWORKING):
            _hear(found, kind.partition(".")[2], one)
    return list(found.values())


def may_decide(viewer: Viewer, child: uuid.UUID) -> bool:
    """Whether an agreement in force delegates decisions about this child to somebody, whose part in it may decide (WOR-374)."""
    rights = rights_by_role(authorities.current())
    mine = [
        party for one in of_child(child) if one.ended is None
        for party in one.there if party.worker == str(viewer.id) and DECISIONS in (party.says.get("delegated") or ())
    ]  # fmt: skip
    return any("approve" in rights.get(one.party, ()) for one in mine)


def _hear(found: dict[str, Agreement], verb: str, one: Told) -> None:
    for key in one.ids("agreement"):
        if verb == "made" and one.event.kind.endswith(COWORKING):
            review_on = str(one.event.fields.get("review_on", ""))
            found[key] = Agreement(key, _day(one), _says(one), one.ids("child"), review_on)
        elif key in found and verb in _HEARS:
            _HEARS[verb](found[key], one)


def _day(one: Told) -> dt.date:
    return dt.date.fromordinal(one.event.day)


def _says(one: Told) -> dict[str, Any]:
    return {**one.words, **one.event.fields}


def _worker(one: Told) -> str:
    return next(iter(one.ids("worker")), "")


def _joined(it: Agreement, one: Told) -> None:
    _left(it, one)
    says = _says(one)
    it.parties.append(Party(_worker(one), str(says.get("party", "")), says, _day(one)))


def _left(it: Agreement, one: Told) -> None:
    for party in it.there:
        if party.worker == _worker(one):
            party.until = _day(one)


def _signed(it: Agreement, one: Told) -> None:
    for party in it.there:
        if party.worker == _worker(one):
            party.signed = _day(one)


def _task_set(it: Agreement, one: Told) -> None:
    for key in one.ids("task"):
        says = _says(one)
        it.tasks[key] = Task(key, str(says.get("what", "")), _worker(one), says, _day(one))


def _task(change: str) -> Callable[[Agreement, Told], None]:
    def hear(it: Agreement, one: Told) -> None:
        for key in one.ids("task"):
            if key in it.tasks:
                setattr(it.tasks[key], change, _day(one))

    return hear


def _line(it: Agreement, one: Told) -> None:
    verb = one.event.kind.partition("/")[0].partition(".")[2]
    it.lines.append(Line(_day(one), verb, _worker(one) or str(one.by or ""), _says(one)))


def _reviewed(it: Agreement, one: Told) -> None:
    _line(it, one)
    it.review_on = str(one.event.fields.get("review_on", it.review_on))


def _sent(it: Agreement, one: Told) -> None:
    it.given += [(_day(one), name, key) for name in ("person", "agency", "worker") for key in one.ids(name)]


def _ended(it: Agreement, one: Told) -> None:
    it.ended = _day(one)


_HEARS: Mapping[str, Callable[[Agreement, Told], None]] = {
    "party_joined": _joined, "party_left": _left, "signed": _signed, "task_set": _task_set, "task_done": _task("last"),
    "task_stopped": _task("stopped"), "reviewed": _reviewed, "questioned": _line, "question_decided": _line, "views_given": _line,
    "sent": _sent, "ended": _ended,
}  # fmt: skip
