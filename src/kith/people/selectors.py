"""Reaching people: a child only through `child_for`, lists only through `children_for`. Every look is logged."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.audit import entries
from kith.core import clock, units
from kith.core.questions import Question
from kith.people import policies, sharing
from kith.people.knowing import WORKS_WITH, Marks, for_reader
from kith.people.models import Child, Door, FamilyMember, Involvement, Person
from kith.people.policies import Shut
from kith.people.portrait import STEMS, Portrait, portrait
from kith.people.standing import STEMS as STANDING_STEMS
from kith.people.standing import Standing, standing
from kith.record.merged import read_as, same_as_each
from kith.record.models import EventAbout
from kith.record.selectors import told_about

_PICTURE = "picture of"


@dataclass(frozen=True)
class Opened:
    """A record opened by somebody on a ground: a child's, or an adult's page beside the children they belong to."""

    id: uuid.UUID
    child: Child | None
    person: Person
    ground: str

    @property
    def named(self) -> str:
        """The name under which events are about them: child, or person."""
        return "child" if self.child is not None else "person"

    @property
    def team(self) -> uuid.UUID | None:
        """The team that holds a child."""
        return self.child.team if self.child is not None else None


def child_for(viewer: Viewer, child_id: uuid.UUID, *, page: str, known_on: dt.date | None = None) -> Opened:
    """The only way to a child's record. Logs the look. Raises Shut when the viewer may not open it, saying what they may know."""
    main = read_as(child_id)
    child = _CHILD.first(child=main)
    if child is None:
        raise Shut(told=False)
    doors = _DOORS.ask(child=main, worker=viewer.id)
    ground = policies.ground_for(viewer, child, _parts(main, viewer.id), doors, clock.now())
    details = {"page": page} | ({"known_on": known_on.isoformat()} if known_on else {})
    if ground is None:
        entries.note("was refused", by=viewer, on=("child", main), details=details)
        raise _shut(viewer, child, doors)
    if sharing.sees_nothing(viewer):
        entries.note("was refused", by=viewer, on=("child", main), ground=ground, details=details)
        raise replace(_whom_to_ring(child), not_shared=True)
    entries.note(entries.LOOKED, by=viewer, on=("child", main), ground=ground, details=details)
    return Opened(main, child, child.person, ground)


_CHILD = Question[Child](lambda *, child: Child.objects.select_related("person").filter(person=child))
_DOORS = Question[Door](lambda *, child, worker: Door.objects.filter(child=child, worker=worker))
_INVOLVED = Question[Involvement](lambda *, child, worker: Involvement.objects.filter(child=child, worker=worker))


def _parts(child: uuid.UUID, worker: uuid.UUID) -> Iterator[Involvement]:
    """The parts of somebody in the work with a child, asked for when the first is looked at."""
    yield from _INVOLVED.ask(child=child, worker=worker)


def _shut(viewer: Viewer, child: Child, doors: Sequence[Door]) -> Shut:
    if not policies.is_told(viewer, child):
        return Shut(told=False)
    may_break = child.restricted and policies.may_break_glass(viewer, doors)
    return replace(_whom_to_ring(child), may_break=may_break, child=child.pk)


def _whom_to_ring(child: Child) -> Shut:
    ring = access.practitioner(child.guardian if child.restricted else child.held_by)
    team = access.team_named(child.team)
    telephone = (ring.telephone if ring else "") or (team.telephone if team else "")
    name = ring.name if ring else team.name if team else ""
    return Shut(True, name, telephone)


def children_for(viewer: Viewer) -> QuerySet[Child]:
    """Every child whose record the viewer may open."""
    return children_by(ways_of(viewer), **seeing(viewer))


def ways_of(viewer: Viewer) -> policies.Ways | None:
    """By which ways somebody may open records; None for whom sees nothing of any, however they work with the child."""
    return None if sharing.sees_nothing(viewer) else policies.ways_of(viewer)


def seeing(viewer: Viewer) -> dict[str, Any]:
    """The values with which `children_by` is asked for a viewer."""
    return policies.seeing(viewer, clock.now())


def children_by(ways: policies.Ways | None, **who: Any) -> QuerySet[Child]:
    """`children_for`, for a question: of a viewer's ways and of the places for what `seeing` tells."""
    if ways is None:
        return Child.objects.none()
    return Child.objects.filter(policies.openable_by(ways, **who), person__merged_into=None)


def may_open(viewer: Viewer, ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the children whose record the viewer may open."""
    return set(_MAY_OPEN.ask(ways_of(viewer), ids=set(ids), **seeing(viewer))) if ids else set()


_MAY_OPEN = Question[uuid.UUID](
    lambda ways, *, ids, **who: children_by(ways, **who).filter(person__among=ids).values_list("person", flat=True)
)


def worked_with(viewer: Viewer, ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the children whom the viewer works with, or whose record was opened to them by name."""
    if not ids or sharing.sees_nothing(viewer):
        return set()
    found = Child.objects.filter(policies.worked_with(viewer, clock.now()), person__in=ids)
    return set(found.values_list("person", flat=True))


def works_with(viewer: Viewer, opened: Opened) -> bool:
    """Whether the viewer is one of the workers of a child, or of a child to whom an adult belongs."""
    if opened.child is not None:
        return opened.ground in WORKS_WITH
    return works_with_person(viewer, opened.id)


def works_with_person(viewer: Viewer, person: uuid.UUID) -> bool:
    """Whether the viewer is one of the workers of a child, or of a child to whom an adult belongs."""
    is_child = Person.objects.filter(id=person, is_child=True).exists()
    return bool(worked_with(viewer, [person] if is_child else children_around(person)))


def living_at(home: uuid.UUID) -> dict[uuid.UUID, Portrait]:
    """The pictures of everyone of whom it was recorded that they came to live at a home."""
    moved = EventAbout.objects.filter(subject=home, kind__startswith="home.moved_in").values("event")
    named = EventAbout.objects.filter(event__in=moved, name__in=("child", "person")).order_by()
    return portraits_of({read_as(one) for one in named.values_list("subject", flat=True).distinct()})


def shown_to(viewer: Viewer, opened: Opened, picture: Portrait) -> Portrait:
    """A picture, of today or of a past day, without the addresses and numbers that its reader may not know; for a partner
    agency's staff without whatever their agreement does not cover."""
    picture = sharing.narrowed(viewer, picture)
    if opened.person.pregnancy_ended_on is not None:
        picture = replace(picture, expected=None)
    if works_with(viewer, opened):
        return picture
    return for_reader(picture, Marks.of(portrait_of(opened.id)), works_with=False)


def portrait_of(person: uuid.UUID, known_at: dt.datetime | None = None) -> Portrait:
    """The picture of a person, as it stands or as it was known at a moment."""
    return portraits_of([person], known_at)[person]


def portraits_of(
    ids: Iterable[uuid.UUID], known_at: dt.datetime | None = None, stems: tuple[str, ...] = STEMS
) -> dict[uuid.UUID, Portrait]:
    """The pictures of many people, in a few questions whatever their number; with `stems`, only as far as these kinds tell."""
    before, ids = units.read_before(), list(dict.fromkeys(ids))
    same = same_as_each(one for one in ids if (_PICTURE, one, known_at, stems) not in before)
    every = told_about(same, stems, known_at)
    for one, those in same.items():
        before[_PICTURE, one, known_at, stems] = portrait(every[one], {str(subject) for subject in those}, str(one))
    return {one: before[_PICTURE, one, known_at, stems] for one in ids}


def standing_of(child: uuid.UUID, known_at: dt.datetime | None = None) -> Standing:
    """How the authority works with a child, as it stands or as it was known at a moment."""
    return standing(told_about([child], STANDING_STEMS, known_at)[child])


def roles_of(viewer: Viewer, child: uuid.UUID) -> list[str]:
    """The roles somebody holds, and their part with this child: the roles as which they may act here."""
    today = clock.today()
    parts = Involvement.objects.filter(child=child, worker=viewer.id).filter(Q(until_on=None) | Q(until_on__gt=today))
    return list(dict.fromkeys([*viewer.roles, *parts.order_by("role").values_list("role", flat=True)]))


def siblings(child: Person) -> list[Person]:
    """The other children of the family: read once in a unit of work."""
    if child.family is None:
        return []
    return [one for one in _children_of(child.family) if one.id != child.id]


def _children_of(family: uuid.UUID) -> list[Person]:
    before, key = units.read_before(), ("children of", family)
    if key not in before:
        before[key] = _CHILDREN.ask(family=family)
    return list(before[key])


_CHILDREN = Question[Person](lambda *, family: Person.objects.filter(family=family, is_child=True, merged_into=None))


def adults_of(family: uuid.UUID) -> list[FamilyMember]:
    """The people who belong to a family now, by name: read once in a unit of work."""
    before, key = units.read_before(), ("adults of", family)
    if key not in before:
        before[key] = _ADULTS.ask(family=family)
    return list(before[key])


_ADULTS = Question[FamilyMember](
    lambda *, family: (
        FamilyMember.objects.filter(family=family, until_on=None, person__merged_into=None)
        .select_related("person")
        .order_by("person__sort_name")
    )
)


def names_of(ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """What people are called, by id. Only for people already on a page the viewer may see."""
    return dict(_NAMES.ask(ids=ids))


_NAMES = Question[tuple[uuid.UUID, str]](lambda *, ids: Person.objects.filter(id__among=ids).values_list("id", "name"))


def names_known(ids: Iterable[uuid.UUID], on: dt.date, known_at: dt.datetime) -> Mapping[uuid.UUID, str]:
    """What people were called on a day, as was known at a moment, by id; without anyone of whom no name was known then."""
    then = portraits_of(ids, known_at)
    return {one: name for one, told_then in then.items() if (name := told_then.called(on.toordinal()))}


def people_named(ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Person]:
    """People by id. Only for people already on a page the viewer may see."""
    return {one.id: one for one in _PEOPLE.ask(ids=set(ids))} if ids else {}


_PEOPLE = Question[Person](lambda *, ids: Person.objects.filter(id__among=ids))


def open_children(viewer: Viewer, teams: Collection[uuid.UUID] = ()) -> list[Child]:
    """The open children a viewer may see, of some teams or of all: read once in a unit of work."""
    before, ways = units.read_before(), ways_of(viewer)
    key = ("open children", viewer.id, ways, viewer.teams("open_team"), frozenset(teams))
    if key not in before:
        before[key] = _OPEN.ask(ways, bool(teams), of_teams=teams, **seeing(viewer))
    return list(before[key])


def open_by(ways: policies.Ways | None, narrowed: bool, *, of_teams: Any, **who: Any) -> QuerySet[Child]:
    """`open_children`, for a question."""
    found = children_by(ways, **who).filter(is_open=True)
    return found.filter(team__among=of_teams) if narrowed else found


_OPEN = Question[Child](lambda *shape, **places: open_by(*shape, **places).select_related("person"))


def held_by_team(team: uuid.UUID) -> int:
    """How many open children a team holds, whoever may open their records."""
    return Child.objects.filter(team=team, is_open=True).count()


def involved_with(worker: uuid.UUID) -> list[Child]:
    """The open children a worker is allocated to or works with."""
    # Asked for first: with a question inside it, this one is planned as a walk through every child.
    theirs = _THEIRS.ask(worker=worker, today=clock.today())
    return _WITH.ask(worker=worker, theirs=theirs)


_THEIRS = Question[uuid.UUID](
    lambda *, worker, today: (
        Involvement.objects.filter(worker=worker)
        .filter(Q(until_on=None) | Q(until_on__gt=today))
        .values_list("child", flat=True)
    )
)
_WITH = Question[Child](
    lambda *, worker, theirs: Child.objects.filter(
        Q(held_by=worker) | Q(person__among=theirs), is_open=True
    ).select_related("person")
)


def without_opening(viewer: Viewer, child_id: uuid.UUID) -> Opened:
    """A child's name and reference, for whoever looks into who looked: the record itself stays shut. Raises Shut, and always for
    somebody to whom the record is closed."""
    child = Child.objects.select_related("person").filter(person=read_as(child_id)).first()
    closed = Door.objects.filter(child=child.pk, worker=viewer.id, how=Door.CLOSED) if child else Door.objects.none()
    if child is None or closed.exists():
        raise Shut(told=False)
    return Opened(child.pk, child, child.person, "review")


def doors_of(child: uuid.UUID) -> QuerySet[Door]:
    """To whom a record was opened or closed, apart from role and team."""
    return Door.objects.filter(child=child).order_by("how")


def person_for(viewer: Viewer, person_id: uuid.UUID, *, page: str) -> Opened:
    """An adult's page: for those who may open the record of a child whose family or network they belong to. Logs the look.

    Raises Shut.
    """
    person = Person.objects.filter(id=read_as(person_id), is_child=False).first()
    if person is None:
        raise Shut(told=False)
    around = children_around(person.id)
    opens = may_open(viewer, around)
    if not opens and not (not around and viewer.may("enter_people")):
        entries.note("was refused", by=viewer, on=("person", person.id), details={"page": page})
        raise Shut(told=False)
    entries.note(entries.LOOKED, by=viewer, on=("person", person.id), ground="network", details={"page": page})
    return Opened(person.id, None, person, "network")


def children_around(person: uuid.UUID) -> list[uuid.UUID]:
    """The children of the families a person belongs to, and those they are related to."""
    families = FamilyMember.objects.filter(person=person).values("family")
    ids = set(Person.objects.filter(is_child=True, family__in=families).values_list("id", flat=True))
    ids |= {uuid.UUID(bond.other) for bond in portrait_of(person).bonds.values()}
    return list(Person.objects.filter(id__in=ids, is_child=True).values_list("id", flat=True))


def opened_for(viewer: Viewer, one: uuid.UUID, *, page: str) -> Opened:
    """A child's record or an adult's page, whichever the id is of. Raises Shut."""
    is_child = _IS_CHILD.first(person=read_as(one))
    return child_for(viewer, one, page=page) if is_child is not False else person_for(viewer, one, page=page)


_IS_CHILD = Question[bool](lambda *, person: Person.objects.filter(id=person).values_list("is_child", flat=True))


def children_in(family: uuid.UUID) -> list[uuid.UUID]:
    """The children of a family, whoever may open their records: for asking which of them a reader may see."""
    return [one.id for one in _children_of(family)]


def openings_to_review() -> QuerySet[Door]:
    """Emergency openings that nobody has reviewed yet."""
    return Door.objects.filter(how=Door.GLASS, reviewed=False).order_by("until_at")


def reason_of_opening(child: uuid.UUID, worker: uuid.UUID) -> tuple[str, dt.datetime | None]:
    """The reason given for the latest emergency opening of a record by a worker, and when."""
    broken = [
        one
        for one in told_about([child], ("access",))[child]
        if one.event.kind == "access.glass_broken" and str(worker) in one.ids("worker")
    ]
    if not broken:
        return "", None
    return str(broken[-1].words.get("reason", "")), broken[-1].recorded_at


def openings_of_records_kept_by(guardian: uuid.UUID) -> list[Door]:
    """Emergency openings, not yet reviewed, of the restricted records that somebody looks after."""
    return _OPENINGS.ask(guardian=guardian)


_OPENINGS = Question[Door](
    lambda *, guardian: openings_to_review().filter(child__as_child__guardian=guardian).select_related("child")
)
