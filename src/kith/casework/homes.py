"""Addresses shared by those who live together: one home, and as protected for all of them as for the one it must be protected for."""

import uuid
from collections.abc import Mapping
from typing import Any

from kith.access.viewer import Viewer
from kith.core import clock
from kith.people import selectors as people
from kith.people.knowing import NAMED, OPEN_TO_ALL, strictest
from kith.record.fact import Fact, NotRecorded


def join(about: dict[str, Any], coded: dict[str, Any], words: dict[str, Any], together: str, by: Viewer) -> None:
    """Living with somebody is living at their home: one id for the household, their address where none was typed, and never
    known to more people than theirs. Raises NotRecorded where the recorder may not know that address."""
    other = uuid.UUID(together)
    stay = people.portrait_of(other).stay_on(clock.today().toordinal())
    if stay is None:
        raise NotRecorded("no address is recorded for that person yet: enter theirs first", "together")
    if strictest(stay.may_know) == NAMED and not people.works_with_person(by, other):
        raise NotRecorded(
            "only the workers of that person may know where they live: ask one of them to record this", "together"
        )
    about["home"] = uuid.UUID(stay.home)
    words.setdefault("address", stay.address)
    words.setdefault("postcode", stay.postcode)
    coded["may_know"] = strictest(coded.get("may_know"), stay.may_know)
    if stay.safe_to_write is False:
        coded["safe_to_write"] = False


def kept_for_all(about: Mapping[str, Any], coded: Mapping[str, Any]) -> list[Fact]:
    """The mark of an address, laid on the record of each other person who lives there and whose own mark lets more people know."""
    level, home = strictest(coded.get("may_know")), about.get("home")
    if level == OPEN_TO_ALL or home is None:
        return []
    named: dict[str, list[uuid.UUID]] = {}
    for one, picture in people.living_at(home).items():
        stay = picture.stay_on(clock.today().toordinal())
        if stay is not None and stay.home == str(home) and strictest(stay.may_know, level) != stay.may_know:
            named.setdefault("child" if picture.is_child else "person", []).append(one)
    if not named:
        return []
    return [Fact(kind="home.recorded", about={"home": home, **named}, when=clock.today(), coded={"may_know": level})]
