"""The typed rows of people, folded from the record."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kith.people import models
from kith.people.name_keys import keys_of
from kith.people.portrait import STEMS, Portrait, portrait, row_id
from kith.people.register_rows import Register
from kith.people.standing import STEMS as STANDING_STEMS
from kith.people.standing import Standing, standing
from kith.record.joining import MERGES, merges_of
from kith.record.models import EventAbout
from kith.record.projecting import Row, Touched, settle
from kith.record.selectors import Told, events_about, read_through, same_as, told

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
        people = {one: None for subject in named for one in read_through(subject)}
        for one in people:
            self.settle(one, write=True)

    def differences(self) -> Iterator[str]:
        """Every row of people that is not what the record says."""
        for one in self._everyone():
            yield from self.settle(one, write=False)

    def rebuild(self) -> int:
        """Folds everyone anew."""
        everyone = self._everyone()
        for one in everyone:
            self.settle(one, write=True)
        return len(everyone)

    def _everyone(self) -> list[uuid.UUID]:
        abouts = EventAbout.objects.filter(name__in=("child", "person")).order_by().values_list("subject", flat=True)
        return sorted(set(abouts.distinct()) | set(models.Person.objects.values_list("id", flat=True)))

    def settle(self, person: uuid.UUID, *, write: bool) -> list[str]:
        """Makes the rows of one person what the record says (or only tells the differences)."""
        picture, events = _picture(person, self.stems)
        now = standing(events)
        if picture.registered is None and not picture.names:
            return settle(models.Person, {"id": person}, {}, write=write)
        rows = _person_rows(picture, events)
        found = settle(models.Person, {"id": person}, {person: rows}, write=write)
        found += self._keys(person, picture, write=write)
        found += settle(models.FamilyMember, {"person": person}, _memberships(person, picture), write=write)
        child = {person: _child_row(now, events)} if picture.is_child else {}
        found += settle(models.Child, {"person": person}, child, write=write)
        found += settle(models.Involvement, {"child": person}, _involvements(person, now) if child else {}, write=write)
        found += settle(models.Door, {"child": person}, _doors(person, now) if child else {}, write=write)
        return found

    def _keys(self, person: uuid.UUID, picture: Portrait, *, write: bool) -> list[str]:
        wanted = set() if picture.merged_into else _search_keys(picture)
        have = set(models.SearchKey.objects.filter(person=person).values_list("key", flat=True))
        if wanted == have:
            return []
        if write:
            models.SearchKey.objects.filter(person=person, key__in=have - wanted).delete()
            models.SearchKey.objects.bulk_create(
                models.SearchKey(person_id=person, key=key) for key in sorted(wanted - have)
            )
        return [f"SearchKey of {person} differ"]


def _picture(person: uuid.UUID, stems: Iterable[str]) -> tuple[Portrait, list[Told]]:
    """The picture of a person and the events it is folded from; of a merged record too, whose events name the one it is in."""
    events, through = told(events_about(person, stems)), read_through(person)
    picture = portrait(events, {str(one) for one in (*same_as([person]), *through)}, str(person))
    picture.merged_into = str(through[1]) if len(through) > 1 else None
    return picture, events


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
