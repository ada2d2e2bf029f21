"""Worklists in words."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.core import authorities
from kith.obligations.selectors import state
from kith.record.procedures import english_of, reasoner_of
from kith.rules.shipped import registers
from kith.web import said
from kith.web.acts import Act, acts_for

GROUPS = (
    ("overdue", _("Overdue")), ("today", _("Today")), ("week", _("In the next 7 days")), ("fortnight", _("The two weeks after that")),
    ("later", _("Later")), ("undated", _("With no date")),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of a worklist, in finished words."""

    id: uuid.UUID
    who: str
    age: str
    child: uuid.UUID | None
    what: str
    due: str
    state: str
    state_words: str
    statutory: bool
    why: str
    cites: list[tuple[str, str]]
    acts: Iterable[Act]
    holder: str


def lines(
    rows: Iterable[Any], today: dt.date, names: Mapping[uuid.UUID, str] | None = None, doing: Mapping[uuid.UUID, str] | None = None
) -> list[Line]:  # fmt: skip
    """Worklist rows in words. `names` are the names of holders, where the list says whose each is; `doing` what agreed actions say."""
    return [_line(row, today, names or {}, (doing or {}).get(row.id, "")) for row in rows]


def _line(row: Any, today: dt.date, names: Mapping[uuid.UUID, str], doing: str) -> Line:
    person = row.child.person if row.child else None
    how = state(row, today)
    return Line(
        id=row.id, who=person.name if person else "", child=row.child_id,
        age=said.short_age(person.born_on, person.expected_on, today) if person else "",
        what=f"{row.title}: {doing}" if doing else row.title, due=said.due(row.due_on, today) if row.closed_on is None else said.day(row.due_on or row.closed_on),
        state=how, state_words=str(said.STATES[how]), statutory=row.statutory, why=row.why,
        cites=[(one, clause_title(one)) for one in row.cites], acts=acts_for(row, row.child_id),
        holder=names.get(row.holder, ""),
    )  # fmt: skip


def clause_title(clause: str) -> str:
    """What a clause of a local document says, in the register's words; empty for a provision of the law."""
    found = registers().get(clause.partition("-")[0], {}).get(clause)
    return str(found.get("text", "")) if isinstance(found, dict) else ""


def group_of(row: Any, today: dt.date) -> str:
    """The group of a worklist that a row stands in."""
    week = today + dt.timedelta(days=7)
    if row.due_on is None:
        return "undated"
    if row.due_on <= today:
        return "today" if row.due_on == today else "overdue"
    return "week" if row.due_on <= week else "fortnight" if row.due_on <= week + dt.timedelta(days=14) else "later"


def grouped(rows: Iterable[Any], told: list[Line], today: dt.date) -> list[tuple[str, list[Line]]]:
    """The lines of one page under the headings of their groups, in order."""
    under: dict[str, list[Line]] = {}
    for row, line in zip(rows, told, strict=True):
        under.setdefault(group_of(row, today), []).append(line)
    return [(str(title), under[key]) for key, title in GROUPS if key in under]


def steps(reasons: Any) -> list[tuple[str, list[str]]]:
    """The steps of a reason, each with what is said of it."""
    if reasons is None:
        return []
    told: list[tuple[str, list[str]]] = [(str(_("In short")), [reasons.sentence])]
    if reasons.starts:
        told.append((str(_("What it counts from")), [_spoken(one) for one in reasons.starts]))
    if reasons.skipped:
        told.append((str(_("Days not counted")), [f"{_day(one)}: {because}" for one, because in reasons.skipped]))
    if reasons.moves:
        told.append((str(_("How it moved")), [_spoken(one) for one in reasons.moves]))
    if reasons.met_by:
        told.append((str(_("What met it")), [_spoken(reasons.met_by)]))
    if reasons.did_not_count:
        told.append(
            (str(_("What did not count")), [f"{_spoken(one)}: {one['because']}" for one in reasons.did_not_count])
        )
    return told


def _spoken(one: Mapping[str, Any]) -> str:
    return f"{english_kind(one['kind'])}, {_day(one['when'])}"


def _day(written: str) -> str:
    return said.day(dt.date.fromisoformat(written))


def english_kind(kind: str) -> str:
    """A kind of event in the words of the authority: A visit was made."""
    said_of = english_of(authorities.current()).kind(kind)
    return said_of[:1].upper() + said_of[1:]


def past_line(one: Any, day: dt.date) -> Line:
    """An obligation as it stood on a past day, for a page that shows the past: nothing can be recorded from it."""
    reasoner = reasoner_of(authorities.current())
    how = one.state(day.toordinal())
    due = None if one.due is None else dt.date.fromordinal(one.due)
    return Line(
        id=one.id, who="", age="", child=None, what=reasoner.title(one), due=said.due(due, day), state=how,
        state_words=str(said.STATES[how]), statutory=one.duty.statutory, why=reasoner.sentence(one, day.toordinal()),
        cites=[(clause, clause_title(clause)) for clause in one.duty.cites], acts=(), holder="",
    )  # fmt: skip
