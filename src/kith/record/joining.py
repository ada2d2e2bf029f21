"""How subjects hang together: the circles whose duties are worked out together, and records that are read as part of another.

Both are derived from the events, and can be made anew from them: a circle is named by the least id of its members.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db import connection

from kith.core.questions import Question
from kith.record.models import Circle, Event, EventAbout, Merged
from kith.record.projecting import settle
from kith.record.selectors import ALONE, told

MERGES = ("child.merged", "person.merged")
Named = Mapping[uuid.UUID, str]


def _circling(kind: str, about: Mapping[str, Any], coded: Mapping[str, Any]) -> dict[uuid.UUID, str]:
    """The subjects that an event joins, each with its name."""
    named = {uuid.UUID(one): name for name, ids in about.items() if name not in ALONE for one in _several(ids)}
    if kind == "child.merged" and "into" in coded:
        named[uuid.UUID(coded["into"])] = "child"
    return named


def _several(ids: Any) -> Sequence[str]:
    return ids if isinstance(ids, list) else [ids]


def one_at_a_time(events: Iterable[tuple[str, Mapping[str, Any], Mapping[str, Any]]]) -> None:
    """Two recordings about one family wait for each other here, before either has locked anything else: so the later works
    out its duties from both. Takes the kind, names and coded answers of what is to be recorded."""
    if connection.vendor != "postgresql":
        return
    coming, held = list(events), set[uuid.UUID]()
    # While waiting, another may have joined the circle to a further one: then that is waited for too.
    while wanted := _circles(coming) - held:
        with connection.cursor() as cursor:
            keys = [one.int >> 65 for one in sorted(wanted)]
            cursor.execute("select pg_advisory_xact_lock(one) from unnest(%s::bigint[]) one", [keys])
        held |= wanted


def _circles(events: Sequence[tuple[str, Mapping[str, Any], Mapping[str, Any]]]) -> set[uuid.UUID]:
    named = [_circling(*one) for one in events]
    known = _known({one for those in named for one in those})
    found = {min([min(those), *(known[one] for one in those if one in known)]) for those in named if those}
    found |= {known[one] for those in named for one in those if one in known}
    return found | _alone([about for (_, about, _), those in zip(events, named, strict=True) if not those])


def _known(subjects: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    wanted = set(subjects)
    return dict(_CIRCLES.ask(subjects=wanted)) if wanted else {}


_CIRCLES = Question[tuple[uuid.UUID, uuid.UUID]](
    lambda *, subjects: Circle.objects.filter(subject__among=subjects).values_list("subject", "circle")
)


def _alone(abouts: Iterable[Mapping[str, Any]]) -> set[uuid.UUID]:
    """What is recorded of people alone touches the circles of the families they belong to."""
    people = {uuid.UUID(one) for about in abouts for one in _several(about.get("person", []))}
    if not people:
        return set()
    # One question after another, each answered by its own index: joined into one, the planner goes through whole authorities.
    joined = EventAbout.objects.filter(subject__in=people, kind="person.joined_family").values_list("event", flat=True)
    families = EventAbout.objects.filter(event__in=list(joined), name="family").values_list("subject", flat=True)
    return set(_known(families).values())


def join(events: Sequence[Event], absorbed: dict[uuid.UUID, uuid.UUID]) -> set[uuid.UUID]:
    """Joins the subjects that each event names together; the circles touched. `absorbed` is told which became part of which."""
    named = [_circling(event.kind, event.about, event.coded) for event in events]
    every = {one: name for those in named for one, name in those.items()}
    known = _known(every)
    now = dict(known)
    for those in named:
        if not those:
            continue
        circles = {now[one] for one in those if one in now}
        into = min([min(those), *circles])
        for gone in circles - {into}:
            absorbed[gone] = into
            now = {one: into if circle == gone else circle for one, circle in now.items()}
        now |= dict.fromkeys(those, into)
    for gone, into in absorbed.items():
        while into in absorbed:
            into = absorbed[into]
        absorbed[gone] = into
        Circle.objects.filter(circle=gone).update(circle=into)
    new = [Circle(subject=one, name=every[one], circle=circle) for one, circle in now.items() if one not in known]
    if new:
        Circle.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    alone = _alone([event.about for event, those in zip(events, named, strict=True) if not those])
    return {absorbed.get(one, one) for one in set(now.values()) | alone}


def merge(events: Iterable[Event]) -> None:
    """Keeps which records are read as part of another, after a merge was recorded, corrected or withdrawn."""
    for event in events:
        if event.kind in MERGES:
            for one in _several(event.about.get(event.kind.partition(".")[0], [])):
                _settle_merge(uuid.UUID(one), write=True)


def merges_of(subject: uuid.UUID) -> list[uuid.UUID]:
    """Every record that this one was ever said to be part of, whether or not that stands."""
    coded = _merging(subject).values_list("coded", flat=True)
    return [uuid.UUID(one["into"]) for one in coded if "into" in one]


def _merging(subject: uuid.UUID) -> Any:
    # Asked for first: as one question inside another it can be planned as a walk through every event.
    merges = EventAbout.objects.filter(subject=subject, kind__in=MERGES).values_list("event", flat=True)
    return Event.objects.filter(id__in=list(merges))


def _settle_merge(subject: uuid.UUID, *, write: bool) -> list[str]:
    standing = [one for one in told(_merging(subject)) if "into" in one.event.fields]
    if not standing:
        return settle(Merged, {"subject": subject}, {}, write=write)
    last = max(standing, key=lambda one: one.event.order)
    row = {"subject": subject, "into": uuid.UUID(last.event.fields["into"]), "event_id": uuid.UUID(last.event.id)}
    have = Merged.objects.filter(subject=subject).first()
    return settle(Merged, {"subject": subject}, {have.pk if have else None: row}, write=write)


def differences() -> Iterator[str]:
    """Every circle and every merge that is not what the events say."""
    stored, wanted = _stored(), _wanted()
    for one in sorted(stored.keys() | wanted.keys()):
        if stored.get(one, (None, None)) != wanted.get(one, (None, None)):
            yield f"Circle of {one} is not the one that the events join it to"
    for one in _ever_merged():
        yield from _settle_merge(one, write=False)


def rebuild() -> int:
    """Makes every circle and merge anew; how many subjects there are."""
    stored, wanted = _stored(), _wanted()
    if stored != wanted:
        Circle.objects.all().delete()
        rows = (Circle(subject=one, name=name, circle=circle) for one, (name, circle) in wanted.items())
        Circle.objects.bulk_create(rows, batch_size=1000)
    for one in _ever_merged():
        _settle_merge(one, write=True)
    return len(wanted)


def _ever_merged() -> list[uuid.UUID]:
    said = EventAbout.objects.filter(kind__in=MERGES, name__in=("child", "person")).values_list("subject", flat=True)
    return sorted({*said, *Merged.objects.values_list("subject", flat=True)})


def _stored() -> dict[uuid.UUID, tuple[str, uuid.UUID]]:
    return {one: (name, circle) for one, name, circle in Circle.objects.values_list("subject", "name", "circle")}


def _wanted() -> dict[uuid.UUID, tuple[str, uuid.UUID]]:
    """Every subject with its name and the circle that the events join it to."""
    parent: dict[uuid.UUID, uuid.UUID] = {}
    names: dict[uuid.UUID, str] = {}
    for those in _every_naming():
        roots = {_root(parent, one) for one in those}
        for one in roots:
            parent[one] = min(roots)
        for one, name in those.items():
            names.setdefault(one, name)
    return {one: (name, _root(parent, one)) for one, name in names.items()}


def _every_naming() -> Iterator[Named]:
    abouts = EventAbout.objects.order_by("event", "id").values_list("event", "name", "subject")
    for _, rows in groupby(abouts.iterator(5000), key=lambda row: row[0]):
        those = {one: name for _, name, one in rows if name not in ALONE}
        if those:
            yield those
    for about, coded in Event.objects.filter(kind="child.merged").values_list("about", "coded"):
        yield _circling("child.merged", about, coded)


def _root(parent: dict[uuid.UUID, uuid.UUID], one: uuid.UUID) -> uuid.UUID:
    while parent.setdefault(one, one) != one:
        parent[one] = parent[parent[one]]
        one = parent[one]
    return one
