"""Who may know an address or a number: a picture without what its reader may not know.

An address marked for the workers of a person only is shown on the grounds that make somebody one of those workers, and on
no other. What is so marked today is kept from a page of the past too.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace

from kith.people.policies import ALLOCATED, GLASS, GUARDIAN, INVOLVED, OPENED
from kith.people.portrait import Portrait, Stay, Thing
from kith.record.chronology import Entry
from kith.record.selectors import Told

WORKS_WITH = frozenset((ALLOCATED, INVOLVED, GUARDIAN, OPENED, GLASS))
LEVELS = ("those_working_with_family", "workers_only", "named_workers_only")
OPEN_TO_ALL, _, NAMED = LEVELS
EXPECTED = "expected_on"
KEPT = ("address", "postcode", "value", "when_safe", "note")


def strictest(*levels: str | None) -> str:
    """Of some marks, the one that lets the fewest know; a mark nobody knows lets nobody."""
    told = [one for one in levels if one]
    unknown = [one for one in told if one not in LEVELS]
    return NAMED if unknown else max(told, key=LEVELS.index, default=OPEN_TO_ALL)


@dataclass(frozen=True)
class Marks:
    """How each home and each way to reach somebody is marked today, by id."""

    homes: Mapping[str, str]
    reaches: Mapping[str, str]

    @classmethod
    def of(cls, picture: Portrait) -> "Marks":
        """The marks of a picture as it stands."""
        homes: dict[str, str] = {}
        for stay in picture.stays:
            homes[stay.home] = strictest(homes.get(stay.home), stay.may_know)
        return cls(homes, {one.id: strictest(one.says.get("may_know")) for one in picture.reaches.values()})


def for_reader(picture: Portrait, marks: Marks, *, works_with: bool) -> Portrait:
    """A picture without the addresses and numbers that its reader may not know."""
    if works_with:
        return picture
    stays = [_stay(one, marks) for one in picture.stays]
    return replace(picture, stays=stays, reaches={key: _reach(one, marks) for key, one in picture.reaches.items()})


def _stay(stay: Stay, marks: Marks) -> Stay:
    level = strictest(stay.may_know, marks.homes.get(stay.home))
    marked = replace(stay, may_know=level)
    return replace(marked, address="", postcode="", note="") if level == NAMED else marked


def _reach(thing: Thing, marks: Marks) -> Thing:
    level = strictest(thing.says.get("may_know"), marks.reaches.get(thing.id))
    return replace(thing, says={**thing.says, "may_know": level}, words={} if level == NAMED else thing.words)


def is_kept(entry: Entry, marks: Marks) -> bool:
    """Whether an entry tells an address or number that only a person's workers may know, as first recorded or as corrected."""
    if entry.stem not in ("home", "reach"):
        return False
    by_id = marks.homes if entry.stem == "home" else marks.reaches
    every = (entry.told, *entry.corrections)
    levels = [one.event.fields.get("may_know") for one in every] + [
        by_id.get(i) for one in every for i in one.ids(entry.stem)
    ]
    return strictest(*levels) == NAMED


def veiled(entry: Entry, marks: Marks, instead: str) -> Entry:
    """An entry whose address or number its reader may not know, with other words in their place; any other as it is."""
    if not is_kept(entry, marks):
        return entry
    return replace(
        entry, told=_without(entry.told, instead), corrections=[_without(one, instead) for one in entry.corrections]
    )


def without_expected(entry: Entry) -> Entry:
    """An entry without the day a baby was expected, for whom it will not come (WOR-430)."""
    every = (entry.told, *entry.corrections)
    if not any(
        EXPECTED in one.event.fields or any(EXPECTED in part for part in one.event.parts.values()) for one in every
    ):
        return entry
    return replace(entry, told=_not_expected(entry.told), corrections=[_not_expected(one) for one in entry.corrections])


def _not_expected(told: Told) -> Told:
    event = copy(told.event)
    event.fields = {key: value for key, value in event.fields.items() if key != EXPECTED}
    event.parts = {
        one: {key: value for key, value in part.items() if key != EXPECTED} for one, part in event.parts.items()
    }
    return replace(told, event=event)


def _without(told: Told, instead: str) -> Told:
    words = {key: value for key, value in told.words.items() if key not in KEPT}
    return replace(told, words={**words, "who_knows": instead} if told.words else words)
