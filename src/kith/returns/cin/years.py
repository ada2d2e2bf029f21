"""The collections: which years there are, what each asks for, and what each can show."""

import datetime as dt
from dataclasses import dataclass

from kith.returns.cin.elements import FIRST_ASKED, LAST_ASKED
from kith.rules.evidence import Evidence

FIRST_YEAR, LAST_YEAR = 2017, 2027

# What each block becomes, with the first collection that asks for it.
_HELD = {
    "referral.received": 2017,
    "assessment.started/child_and_family": 2017,
    "assessment.authorised/child_and_family": 2017,
    "plan.started/child_in_need": 2022,
    "plan.ended/child_in_need": 2022,
    "section_47.started": 2017,
    "meeting.held/child_protection_conference": 2017,
    "plan.started/child_protection": 2017,
    "plan.ended/child_protection": 2017,
    "episode.closed": 2017,
    "pre_proceedings.started": 2027,
    "pre_proceedings.counted": 2027,
    "pre_proceedings.ended": 2027,
    "letter.sent/before_proceedings": 2027,
}
# Since April 2013 there is one statutory assessment, and every one is in the return: so the older kinds, which some duties
# take instead, are known not to have happened. They are held, and never found.
_NONE_SINCE_2013 = ("assessment.started/core", "assessment.authorised/core")
# Recorded, but not held: the return has some of them and says nothing of the rest. It knows only the referrals that were
# decided to need nothing more and the enquiries that needed no conference; only the first meeting before proceedings, and
# only the applications that such work led to; and a child's death, adoption or move only where it closed the case.
_IN_PART = {
    "child.registered": 2017,
    "child.died": 2017,
    "child.adopted": 2017,
    "child.moved_authority": 2017,
    "referral.decided": 2017,
    "section_47.ended": 2017,
    "meeting.held/pre_proceedings": 2027,
    "proceedings.issued": 2027,
}


@dataclass(frozen=True, slots=True)
class Collection:
    """One year's collection: the year it closes in, and its first and last day (ordinals)."""

    year: int
    first: int
    last: int

    @classmethod
    def of(cls, year: int, last: int | None = None) -> "Collection":
        """The collection that closes in `year`; `last` where the return names another reference date than 31 March."""
        return cls(year, dt.date(year - 1, 4, 1).toordinal(), last or dt.date(year, 3, 31).toordinal())

    def asks_for(self, element: str) -> bool:
        """Whether this year's collection has the element."""
        return FIRST_ASKED.get(element, 0) <= self.year <= LAST_ASKED.get(element, LAST_YEAR)


def evidence(collection: Collection) -> Evidence:
    """What a return of this collection can show: each kind from the first day of its year.

    What was over by then is in earlier returns; of what is older, this one has only what was still open.
    """
    held = [kind for kind, since in _HELD.items() if since <= collection.year]
    return Evidence(dict.fromkeys([*held, *_NONE_SINCE_2013], collection.first))


def kinds_recorded(year: int = LAST_YEAR) -> tuple[str, ...]:
    """Every kind of event that a return of a year can give, in part or in full."""
    return tuple(kind for kind, since in {**_IN_PART, **_HELD}.items() if since <= year)


RECORDABLE = frozenset(kinds_recorded())
