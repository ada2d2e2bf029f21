"""The people of the tests: two councils, their workers, and families to tell stories about."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from kith.access.models import Practitioner, RoleHeld, Team
from kith.access.viewer import Viewer, viewer_of
from kith.core import clock, ids, units
from kith.core.models import Authority
from kith.record import actions
from kith.record.fact import Fact
from kith.record.models import Event
from kith.record.procedures import rights_by_role


@dataclass
class Council:
    """A council with one team, and workers made as they are asked for."""

    authority: Authority
    team: Team
    workers: dict[str, Practitioner] = field(default_factory=dict)

    @contextmanager
    def at_work(self, *, writing: bool = True) -> Iterator[None]:
        """A unit of work of this council."""
        with units.of_work(self.authority.id, writing=writing):
            yield

    def worker(self, name: str, role: str = "social_worker", team: Team | None = None) -> Practitioner:
        """A worker of a role, in the council's team unless another is given."""
        if name not in self.workers:
            one = Practitioner.objects.create_user(
                f"{name.lower()}.{self.authority.slug}@example.org", authority=self.authority.id, name=name
            )
            RoleHeld.objects.create(practitioner=one, role=role, team=team or self.team, from_on=dt.date(2020, 1, 1))
            self.workers[name] = one
        return self.workers[name]


def council(slug: str = "lincolnshire", pack: str = "") -> Council:
    """A council that works by a pack. Its rows are made inside a unit of its own."""
    authority = Authority.objects.create(slug=slug, name=slug.title(), pack=pack or slug)
    with units.of_work(authority.id, writing=True):
        team = Team.objects.create(name="North team")
    return Council(authority, team)


def days_ago(number: int) -> dt.date:
    """A day before today."""
    return clock.today() - dt.timedelta(days=number)


def child(
    by: Practitioner, given: str = "Kit", family_name: str = "Marsh", *, family: uuid.UUID | None = None,
    born: dt.date | None = None, since: int = 100,
) -> uuid.UUID:  # fmt: skip
    """A child entered in the record, with a name."""
    one, family = ids.new(), family or ids.new()
    born = born or dt.date(2016, 5, 9)
    actions.append(
        Fact(kind="child.registered", about={"child": one, "family": family}, when=days_ago(since), coded={"date_of_birth": born.isoformat()}),
        Fact(kind="name.given", about={"child": one}, when=days_ago(since), coded={"name_use": "full"}, words={"given": given, "family": family_name}),
        by=by,
    )  # fmt: skip
    return one


def allocate(child: uuid.UUID, worker: Practitioner, team: Team, *, by: Practitioner, since: int = 90) -> None:
    """Allocates a child."""
    actions.append(
        Fact(
            kind="case.allocated", about={"child": child, "worker": worker.id}, when=days_ago(since),
            coded={"team": str(team.id), "student": False},
        ),
        by=by,
    )  # fmt: skip


def in_need(child: uuid.UUID, *, by: Practitioner, since: int = 60) -> uuid.UUID:
    """A child in need plan begins."""
    plan = ids.new()
    actions.append(
        Fact(kind="plan.started/child_in_need", about={"child": child, "plan": plan}, when=days_ago(since)), by=by
    )
    return plan


def fact(
    kind: str, about: dict[str, Any], *, since: int = 30, words: dict[str, Any] | None = None, **coded: Any
) -> Fact:
    """A fact of some days ago."""
    return Fact(kind=kind, about=about, when=days_ago(since), coded=coded, words=words or {})


def recorded(one: Fact, *, by: Practitioner) -> Event:
    """Records one fact."""
    return actions.append(one, by=by)[0]


def visit(child: uuid.UUID, *, by: Practitioner, since: int = 30, said: str = "", **coded: Any) -> Event:
    """A visit made, the child seen alone unless it says otherwise."""
    about = {"child": child, "visit": ids.new(), "worker": by.id}
    words = {"what_i_saw": said} if said else {}
    return recorded(
        fact("visit.made", about, since=since, words=words, **{"seen": True, "alone": True, **coded}), by=by
    )


def again(event: Event, *, since: int | None = None, words: dict[str, Any] | None = None, **coded: Any) -> Fact:
    """The fact of an event told again, with something else said of it: for a correction."""
    about = {name: [uuid.UUID(one) for one in _several(ids_)] for name, ids_ in event.about.items()}
    when = event.happened_on if since is None else days_ago(since)
    return Fact(kind=event.kind, about=about, when=when, coded={**event.coded, **coded}, words=words or {})


def _several(ids_: str | list[str]) -> list[str]:
    return ids_ if isinstance(ids_, list) else [ids_]


def viewer(worker: Practitioner) -> Viewer:
    """A worker as whoever is looking, today."""
    return viewer_of(worker, clock.today(), rights_by_role(worker.authority))


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """The clock stands at a moment."""
    before = clock.now, clock.today
    clock.now, clock.today = lambda: moment.astimezone(dt.UTC), lambda: moment.astimezone(clock.LONDON).date()
    try:
        yield
    finally:
        clock.now, clock.today = before


def on(days: int) -> Any:
    """Noon so many days from today; before today where it is less than nothing."""
    return at(dt.datetime.combine(days_ago(-days), dt.time(12), clock.LONDON))


def another_team(name: str) -> Team:
    """Another team of the council of this unit of work."""
    return Team.objects.create(name=name)


def moment_ago(days: int) -> dt.datetime:
    """This moment some days ago."""
    return clock.now() - dt.timedelta(days=days)
