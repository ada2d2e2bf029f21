"""The demonstration: four invented councils with invented families, made once."""

from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from typing import Any

from kith.core import installation, units
from kith.core.models import Authority
from kith.demo.councils import Council, authority_of, data, staff
from kith.demo.courses import COURSES
from kith.demo.telling import Family

HOLDERS = ("sw1", "sw2", "sw3", "sw4", "nqsw", "sw1", "sw2", "student", "sw3")
DUE = (-12, -5, -3, 0, 0, 1, 2, 4, 6, 9, 15, 24)
COUNCILS = ("leicestershire", "worcestershire", "walsall", "lincolnshire")


class NotADemonstration(RuntimeError):
    """This database was not marked for a demonstration: nothing invented goes into it."""


def load(say: Callable[[str], Any], councils: tuple[str, ...] = COUNCILS) -> int:
    """Makes the councils that are not there yet; how many there were to make. Raises NotADemonstration."""
    if not installation.is_demonstration():
        raise NotADemonstration("this database is not marked as a demonstration; nothing invented is loaded into it")
    made = 0
    for slug in councils:
        if Authority.objects.filter(slug=slug).exists():
            continue
        one = authority_of(slug)
        with units.of_work(one.id, writing=True):
            families, facts = _families(staff(one, data("councils")[slug]))
        say(f"{one.name}: {families} families, {facts} entries.")
        made += 1
    return made


def _families(council: Council) -> tuple[int, int]:
    families = facts = 0
    for family in _invented(council):
        facts += family.record()
        families += 1
    return families, facts


def _invented(council: Council) -> Iterator[Family]:
    mix: Mapping[str, int] = data("mix")[council.slug]
    holders, due = cycle(HOLDERS), cycle(DUE)
    for course, count in mix.items():
        for place in range(count):
            family = Family(council, f"{course} {place}")
            COURSES[course](family, next(due), next(holders))
            yield family
