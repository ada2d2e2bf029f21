"""The typed rows of people, folded from the record."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kith.core.adding import add
from kith.core.questions import Question
from kith.people import models
from kith.people.name_keys import keys_of
from kith.people.portrait import STEMS, Portrait, portrait, row_id
from kith.people.register_rows import Register
from kith.people.standing import STEMS as STANDING_STEMS
from kith.people.standing import Standing, standing
from kith.record.joining import MERGES, merges_of
from kith.record.merged import read_through_each, same_as_each
from kith.record.models import EventAbout
from kith.record.projecting import Row, Touched, settle
from kith.record.selectors import Told, told_about

ABOUT_PEOPLE = ("child", "person", "other")


class People:
    """Keeps `Person`, its search keys and family memberships, and for a child how the authority works with them."""

    stems = frozenset((*STEMS, *STANDING_STEMS))

    def refresh(self, touched: Touched) -> None:
        """Folds each person touched anew."""
        named = dict.fromkeys(touched.subjects(ABOUT_PEOPLE, self.stems))
        if any(event.kind in MERGES for event in touched.events):
            # A merge, or one undone or corrected, changes every record that it names or named.
            named |= {into: None for one in list(named) for into in merges_of(one)}
        through = read_through_each(named)
        people = {one: None for subject in named for one in through[subject]}
        for some in _some(list(people)):
            self.settle(some, write=True)

    def differences(self) -> Iterator[str]:
        """Every row of people that is not what the record says."""
        for some in _some(self._everyone()):
            yield from self.settle(some, write=False)

    def rebuild(self) -> int:
        """Folds everyone anew."""
        everyone = self._everyone()
        for some in _some(everyone):
            self.settle(some, write=True)
        return len(everyone)

    def _everyone(self) -> list[uuid.UUID]:
        abouts = EventAbout.objects.filter(name__in=("child", "person")).order_by().values_list("subject", flat=True)
        return sorted(set(abouts.distinct()) | set(models.Person.objects.values_list("id", flat=True)))

    def settle(self, people: Sequence[uuid.UUID], *, write: bool) -> list[str]:
        """Makes the rows of some people what the record says (or only tells the differences), in a few questions in all."""
        if not people:
            return []
        rows: dict[Any, dict[Any, Row]] = {model: {} for model in _OWNED}
        keys: dict[uuid.UUID, set[str]] = {}
        for person, (picture, events) in _pictures(people, self.stems).items():
            keys[person] = set[str]()
            if picture.registered is None and not picture.names:
                continue
            rows[models.Person][person] = _person_rows(picture, events)
            rows[models.FamilyMember] |= _memberships(person, picture)
            if not picture.merged_into:
                keys[person] = _search_keys(picture)
            if picture.is_child:
                now = standing(events)
                rows[models.Child][person] = _child_row(now, events)
                rows[models.Involvement] |= _involvements(person, now)
                rows[models.Door] |= _doors(person, now)
        found = [
            line for model, owned in _OWNED.items() for line in settle(model, {owned: people}, rows[model], write=write)
        ]
        return found + _settle_keys(keys, write=write)


# Each table of people, in the order their keys ask for, with the filter that finds the rows of some people.
_OWNED: Mapping[Any, str] = {
    models.Person: "id__in", models.FamilyMember: "person__in", models.Child: "person__in", models.Involvement: "child__in",
    models.Door: "child__in",
}  # fmt: skip


def _some(every: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    return (every[first : first + 200] for first in range(0, len(every), 200))


_KEYS = Question[tuple[uuid.UUID, str]](
    lambda *, people: models.SearchKey.objects.filter(person__among=people).values_list("person", "key")
)


def _settle_keys(wanted: Mapping[uuid.UUID, set[str]], *, write: bool) -> list[str]:
    have: dict[uuid.UUID, set[str]] = {person: set() for person in wanted}
    for person, key in _KEYS.ask(people=list(wanted)):
        have[person].add(key)
    differ = [person for person in wanted if wanted[person] != have[person]]
    if write and differ:
        for person in differ:
            if have[person] - wanted[person]:
                models.SearchKey.objects.filter(person=person, key__in=have[person] - wanted[person]).delete()
        add(
            [
                models.SearchKey(person_id=person, key=key)
                for person in differ
                for key in sorted(wanted[person] - have[person])
            ]
        )
    return [f"SearchKey of {person} differ" for person in differ]


def _pictures(people: Sequence[uuid.UUID], stems: Iterable[str]) -> dict[uuid.UUID, tuple[Portrait, list[Told]]]:
    """The picture of each and the events it is folded from; of a merged record too, whose events name the one it is in."""
    said, through, same = told_about(people, stems), read_through_each(people), same_as_each(people)
    pictures = {}
    for person in people:
        path = through[person]
        picture = portrait(said[person], {str(one) for one in (*same[person], *path)}, str(person))
        picture.merged_into = str(path[1]) if len(path) > 1 else None
        pictures[person] = (picture, said[person])
    return pictures


def _search_keys(picture: Portrait) -> set[str]:
    keys = {key for name in picture.names for key in keys_of(name.full)}
    keys |= {f"id:{thing.words.get('value', '')}".lower() for thing in picture.identifiers.values()}
    if picture.born:
        keys.add(f"born:{_date(picture.born)}")
    return keys


def _person_rows(picture: Portrait, events: list[Told]) -> Row:
    last = max((one.event.day for one in events), default=1)
    name = picture.name_on(last)
    current = [thing.id for thing in picture.families.values() if thing.until is None]
    family = next((one for told_ in events for one in told_.ids("family")), None) if picture.is_child else None
    return {
        "is_child": picture.is_child, "name": name.full if name else "", "sort_name": name.sorted_by if name else "",
        "born_on": _date(picture.born), "born_approximately": picture.born_approximately,
        "expected_on": _date(picture.expected), "pregnancy_ended_on": _date(picture.pregnancy_ended),
        "died_on": _date(picture.died), "sex": str(picture.details.get("sex", "")),
        "family": uuid.UUID(family or current[0]) if family or current else None,
        "merged_into": uuid.UUID(picture.merged_into) if picture.merged_into else None,
    }  # fmt: skip


def _memberships(person: uuid.UUID, picture: Portrait) -> Mapping[Any, Row]:
    return {
        row_id(thing.event, family, str(person)): {
            "family": uuid.UUID(family), "person_id": person, "relation": str(thing.says.get("relation", "")),
            "from_on": _date(thing.since), "until_on": _date(thing.until),
        }
        for family, thing in picture.families.items()
    }  # fmt: skip


def _child_row(now: Standing, events: list[Told]) -> Row:
    return {
        "held_by": _uuid(now.holder), "team": _uuid(now.team), "is_open": now.is_open, "opened_on": _date(now.opened),
        "closed_on": _date(now.closed), "plan": now.plan, "restricted": now.restricted,
        "restricted_because": now.restricted_because, "guardian": _uuid(now.guardian),
    }  # fmt: skip


def _involvements(child: uuid.UUID, now: Standing) -> Mapping[Any, Row]:
    return {
        row_id(part.event, part.worker, str(child)): {
            "child_id": child, "worker": uuid.UUID(part.worker), "role": part.role, "from_on": _date(part.since),
            "until_on": _date(part.until),
        }
        for part in now.parts
    }  # fmt: skip


def _doors(child: uuid.UUID, now: Standing) -> Mapping[Any, Row]:
    return {
        row_id(door.event, door.worker, str(child), door.how): {
            "child_id": child, "worker": uuid.UUID(door.worker), "how": door.how, "because": door.because,
            "until_at": door.until, "reviewed": door.reviewed,
        }
        for door in now.doors.values()
    }  # fmt: skip


def _date(day: int | None) -> dt.date | None:
    return None if day is None else dt.date.fromordinal(day)


def _uuid(written: str | None) -> uuid.UUID | None:
    return None if not written else uuid.UUID(written)


PROJECTORS = (People(), Register())
