"""The demonstration: four invented councils with invented families, made once."""
# Stories read better as lines than as columns of arguments.
# fmt: off

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, cycle
from typing import Any

from kith.core import installation, units
from kith.core.models import Authority
from kith.demo import agencies, gatherings, stays
from kith.demo.councils import Council, authority_of, data, staff
from kith.demo.courses import COURSES
from kith.demo.letters import letters
from kith.demo.stories import stories
from kith.demo.telling import Family

HOLDERS = {"sw1": 1.1, "sw2": 1.0, "sw3": 1.1, "sw4": 1.0, "nqsw": 0.7, "student": 0.35}
DUE = (0, 3, -4, 0, 8, 1, 0, 16, -9, 5, 2, 27, 0, 6)
DUE_OF = {"waiting": (-5, -1, 1), "assessing": (2, -6, 4, 11, 1, 20, 5, 33), "closed": (9, 40, 100, 3)}
QUIET = ("nowhere", "waiting", "declined", "guardian", "closed")
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
            council = staff(one, data("councils")[slug])
            families, facts = _families(council)
            letters(council)
            agencies.join(council)
        say(f"{one.name}: {families} families, {facts} entries.")
        made += 1
    return made


def _families(council: Council) -> tuple[int, int]:
    families = facts = 0
    agencies.enter(council)
    for family in chain(stories(council), _invented(council)):
        facts += family.record()
        families += 1
    return families, facts


def _invented(council: Council) -> Iterator[Family]:
    """Families by course; each goes to the worker who has the fewest children for the time they have."""
    mix: Mapping[str, int] = data("mix")[council.slug]
    load = dict.fromkeys(HOLDERS, 0.0) | ({"sw1": 5.0, "sw2": 1.0, "sw3": 5.0} if council.slug == "worcestershire" else {"sw1": 3.0, "sw2": 2.0})
    for course, count in mix.items():
        due = cycle(DUE_OF.get(course, DUE))
        for place in range(count):
            worker = min(_may_hold(course), key=lambda one: load[one] / HOLDERS[one])
            family = Family(council, f"{course} {place}")
            seen = COURSES[course](family, next(due), worker)
            meets = gatherings.tell(seen, course, place)
            stays.tell(seen, course, place)
            if course not in QUIET:
                load[worker] += len(family.children) + meets
            yield family


def _may_hold(course: str) -> list[str]:
    """A student holds no child who is looked after or protected."""
    return [one for one in HOLDERS if one != "student" or course in ("assessing", "in_need")]
