"""Worklists: what is owed by somebody or in some teams, group by group, the earliest due first."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from kith.access.viewer import Viewer
from kith.core.questions import Question
from kith.obligations.models import Owed
from kith.obligations.selectors import in_order, open_rows
from kith.people.policies import Ways
from kith.people.selectors import children_by, open_by, seeing, ways_of

GROUPS = ("overdue", "today", "week", "fortnight", "later", "undated")
FIRST = 25  # so many rows of a list are asked for at once, and nearly always no more


@dataclass(frozen=True)
class Worklist:
    """A list of what is owed: whose (by which question, with which values), on which day it is read, and what of it is asked for."""

    whose: tuple[Any, ...]
    who: Mapping[str, Any]
    today: dt.date
    group: str = ""
    child: uuid.UUID | None = None
    holder: uuid.UUID | None = None
    statutory: bool = False
    empty: bool = False
    values: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        ends = {
            "on": self.today,
            "week": self.today + dt.timedelta(days=7),
            "fortnight": self.today + dt.timedelta(days=21),
        }
        narrowed = {"of_child": self.child, "of_holder": self.holder}
        object.__setattr__(self, "values", {**self.who, **ends, **{name: one for name, one in narrowed.items() if one}})

    @property
    def narrowed(self) -> bool:
        """Whether its groups do not tell how many rows it is of."""
        return self.empty or self.statutory or self.child is not None or self.holder is not None

    def counts(self) -> dict[str, int]:
        """How many stand in each group of the whole list, in one question."""
        counted = _COUNTS.first(self.whose, **self.values)
        return counted or dict.fromkeys(GROUPS, 0)

    def rows(self) -> QuerySet[Owed]:
        """Its rows in order."""
        return _listed(*self._shape(), **self.values)

    def count(self) -> int:
        """How many rows it is of."""
        return 0 if self.empty else self.rows().count()

    def __getitem__(self, part: slice) -> list[Owed]:
        if self.empty:
            return []
        if not part.start and part.stop is not None and part.stop <= FIRST:
            return _FIRST.ask(*self._shape(), **self.values)[part]
        return list(self.rows()[part])

    def _shape(self) -> tuple[Any, ...]:
        return self.whose, self.group, self.statutory


def owed_by(viewer: Viewer, today: dt.date) -> Worklist:
    """What is owed by somebody: as the named holder, or as one of those who hold the role where the child's team is."""
    roles = list(viewer.roles.items())
    who = seeing(viewer) | {f"role{number}": role for number, (role, _) in enumerate(roles)}
    who |= {f"teams{number}": teams for number, (_, teams) in enumerate(roles)}
    return Worklist((_of_person, ways_of(viewer), tuple(bool(teams) for _, teams in roles)), who, today)


def owed_in(viewer: Viewer, teams: Collection[uuid.UUID], today: dt.date) -> Worklist:
    """What is owed for the open children of some teams whose records somebody may open, whoever owes it."""
    return Worklist((_of_teams, ways_of(viewer), bool(teams)), seeing(viewer) | {"of_teams": teams}, today)


def _of_person(ways: Ways | None, roles: tuple[bool, ...], *, viewer: Any, **who: Any) -> QuerySet[Owed]:
    mine = Q(holder=viewer)
    for number, in_teams in enumerate(roles):
        of_role = Q(holder=None, role=who[f"role{number}"])
        here = Q(child__team__among=who[f"teams{number}"]) | Q(child__team=None)
        mine |= of_role & here if in_teams else of_role
    # Asked of each row that is theirs: the other way round, every child of the authority is gone through first.
    children = children_by(ways, viewer=viewer, teams=who["teams"], now=who["now"], today=who["today"])
    return open_rows().filter(mine).filter(Q(child=None) | Exists(children.filter(person=OuterRef("child"))))


def _of_teams(ways: Ways | None, narrowed: bool, *, of_teams: Any, **who: Any) -> QuerySet[Owed]:
    seen_by = {name: who[name] for name in ("viewer", "teams", "now", "today")}
    return open_rows().filter(child__in=open_by(ways, narrowed, of_teams=of_teams, **seen_by).values("person"))


def _whole(whose: tuple[Any, ...], **values: Any) -> QuerySet[Owed]:
    found: QuerySet[Owed] = whose[0](*whose[1:], **values)
    return found


def _split(on: Any, week: Any, fortnight: Any) -> dict[str, Q]:
    """The groups of a worklist: overdue, today, the next 7 days, the two weeks after, later, and without a date."""
    return {
        "overdue": Q(due_on__lt=on), "today": Q(due_on=on), "week": Q(due_on__gt=on, due_on__lte=week),
        "fortnight": Q(due_on__gt=week, due_on__lte=fortnight), "later": Q(due_on__gt=fortnight), "undated": Q(due_on=None),
    }  # fmt: skip


def _ends(values: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    return values["on"], values["week"], values["fortnight"]


def _listed(whose: tuple[Any, ...], group: str, statutory: bool, **values: Any) -> QuerySet[Owed]:
    rows = _whole(whose, **values)
    if group:
        rows = rows.filter(_split(*_ends(values))[group])
    if statutory:
        rows = rows.filter(statutory=True)
    if "of_child" in values:
        rows = rows.filter(child=values["of_child"])
    if "of_holder" in values:
        rows = rows.filter(holder=values["of_holder"])
    return in_order(rows)


def _counted(whose: tuple[Any, ...], **values: Any) -> QuerySet[Owed]:
    groups = {name: Count("id", filter=these) for name, these in _split(*_ends(values)).items()}
    whole: Any = _whole(whose, **values).order_by().annotate(all=Value(1)).values("all").annotate(**groups)
    rows: QuerySet[Owed] = whole.values(*groups)
    return rows


_FIRST = Question[Owed](lambda *shape, **values: _listed(*shape, **values)[:FIRST])
_COUNTS = Question[dict[str, int]](_counted)


def loads(teams: Collection[uuid.UUID], today: dt.date) -> dict[uuid.UUID | None, tuple[int, int]]:
    """For each holder how much is overdue, and how much is due in the next 7 days, of the children of some teams."""
    rows = _LOADS.ask(of_teams=teams, today=today, week=today + dt.timedelta(days=7))
    return {holder: (overdue, soon) for holder, overdue, soon in rows}


_LOADS = Question[tuple[uuid.UUID | None, int, int]](
    lambda *, of_teams, today, week: (
        open_rows()
        .filter(child__team__among=of_teams)
        .order_by()
        .values_list("holder")
        .annotate(
            overdue=Count("id", filter=Q(due_on__lt=today)),
            soon=Count("id", filter=Q(due_on__gte=today, due_on__lte=week)),
        )
    )
)
