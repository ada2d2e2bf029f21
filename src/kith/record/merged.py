"""Which records are read as part of another: two that turned out to be one person. Read once in a unit of work."""

import uuid
from collections.abc import Iterable

from kith.core import units
from kith.core.questions import Question
from kith.record.models import Merged

_SAME, _THROUGH = "read as part of it", "read through"


Pair = tuple[uuid.UUID, uuid.UUID]
_INTO = Question[Pair](lambda *, into: Merged.objects.filter(into__among=into).values_list("subject", "into"))
_MERGED = Question[Pair](
    lambda *, subjects: Merged.objects.filter(subject__among=subjects).values_list("subject", "into")
)


def same_as(subjects: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """The subjects, with every record that is read as part of theirs."""
    return set[uuid.UUID]().union(*same_as_each(subjects).values())


def same_as_each(subjects: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """For each subject what `same_as` says of it, in one question where nothing was merged."""
    before, subjects = units.read_before(), list(subjects)
    new = [one for one in dict.fromkeys(subjects) if (_SAME, one) not in before]
    found = _parts_of(new)
    before |= {(_SAME, one): frozenset(same) for one, same in found.items()}
    return {one: found[one] if one in found else set(before[_SAME, one]) for one in subjects}


def _parts_of(subjects: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    same = {one: {one} for one in subjects}
    into: dict[uuid.UUID, set[uuid.UUID]] = {}
    more = set(same)
    seen = set(more)
    while more:
        found = _INTO.ask(into=more)
        for subject, main in found:
            into.setdefault(main, set()).add(subject)
        more = {subject for subject, _ in found} - seen
        seen |= more
    for members in same.values():
        edge = set(members)
        while edge:
            edge = set[uuid.UUID]().union(*(into.get(one, set()) for one in edge)) - members
            members |= edge
    return same


def read_through(subject: uuid.UUID) -> list[uuid.UUID]:
    """The record itself, and each that it is read as part of, to the last."""
    return read_through_each([subject])[subject]


def read_through_each(subjects: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """For each subject what `read_through` says of it, in one question where nothing was merged."""
    before, subjects = units.read_before(), list(subjects)
    found = _paths([one for one in dict.fromkeys(subjects) if (_THROUGH, one) not in before])
    before |= {(_THROUGH, one): tuple(path) for one, path in found.items()}
    return {one: found[one] if one in found else list(before[_THROUGH, one]) for one in subjects}


def _paths(subjects: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    paths = {one: [one] for one in subjects}
    into: dict[uuid.UUID, uuid.UUID] = {}
    asked, edge = set[uuid.UUID](), set(paths)
    while edge:
        into |= dict(_MERGED.ask(subjects=edge))
        asked |= edge
        edge = {into[one] for one in edge if one in into} - asked
    for path in paths.values():
        while path[-1] in into and into[path[-1]] not in path:
            path.append(into[path[-1]])
    return paths


def read_as(subject: uuid.UUID) -> uuid.UUID:
    """The record that this one is now read as part of; itself if it was never merged."""
    return read_through(subject)[-1]
