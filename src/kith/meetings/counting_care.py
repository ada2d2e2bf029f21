"""What came of meetings for where children live, and of offers of a family's own meeting before it came to that (LEI-015, FRG-027)."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from kith.core.ids import uuid_of
from kith.meetings.counting import Heard, day_of, outcomes_of, reasons_of
from kith.meetings.meeting import Meeting
from kith.record.selectors import Told

SECTION_20 = "accommodation.agreed/section_20"
AGREED, NOT_AGREED = "agreed", "not_agreed"
GOES_ON, ENDED, HOME = "goes_on", "ended", "home"
OFFERS = ("family_group_conference", "family_group_decision_making")
HELD, ACCEPTED, DECLINED, UNANSWERED = "held", "accepted", "declined", "unanswered"
EMERGENCY, EXCUSED, NOT_OFFERED = "emergency", "excused", "not_offered"
STOOD = (HELD, ACCEPTED, DECLINED, UNANSWERED)
BEFORE_CARE = (*STOOD, EMERGENCY, EXCUSED, NOT_OFFERED)
AGES = ((1, "under_1"), (5, "1_to_4"), (10, "5_to_9"), (16, "10_to_15"), (18, "16_or_17"))


@dataclass
class Stays:
    """Of children whose meeting could agree to accommodation under section 20: whether it did, by who led it, by the reasons for asking
    and by the child's age; what became of those agreed; and how many of the others came into care later in the time counted."""

    by_chair: dict[uuid.UUID | None, Counter[str]] = field(default_factory=dict)
    by_reason: dict[str, Counter[str]] = field(default_factory=dict)
    by_age: dict[str, Counter[str]] = field(default_factory=dict)
    followed: Counter[str] = field(default_factory=Counter)
    later: int = 0


def stays(heard: Heard, kinds: Collection[str]) -> Stays:
    """Counts the decisions of the meetings held in the time, of those kinds that can agree to such a stay: each child of each meeting."""
    found = Stays()
    for one in heard.held():
        for child in _children(heard, one) if one.a_type in kinds else ():
            agreed = _agreed(heard, one, child)
            decision = NOT_AGREED if agreed is None else AGREED
            found.by_chair.setdefault(uuid_of(one.chair), Counter())[decision] += 1
            found.by_age.setdefault(_age(heard, one, child), Counter())[decision] += 1
            for reason in reasons_of(one) or [""]:
                found.by_reason.setdefault(reason, Counter())[decision] += 1
            if agreed is not None:
                found.followed[_followed(heard.told[child], agreed)] += 1
            elif any(_day(one) < day for day, _told in _into_care(heard, child) if heard.period.has(day)):
                found.later += 1
    return found


def _children(heard: Heard, one: Meeting) -> Iterator[uuid.UUID]:
    for key in one.children:
        child = uuid_of(key)
        if child is not None and child in heard.told:
            yield child


def _day(one: Meeting) -> dt.date:
    return day_of(one.held) if one.held else dt.date.max


def _agreed(heard: Heard, one: Meeting, child: uuid.UUID) -> str | None:
    """The accommodation that a meeting agreed to for a child, empty where the record says no more than that it did; None for none."""
    for told in heard.told[child]:
        if told.event.kind == SECTION_20 and one.id in told.ids("meeting"):
            return next(iter(told.ids("accommodation")), "")
    return "" if "section_20" in outcomes_of(one) and len(one.children) == 1 else None


def _followed(told: Sequence[Told], accommodation: str) -> str:
    """What became of a stay: the latest decision on it, else whether it ended or goes on."""
    result = GOES_ON
    for one in sorted(told, key=lambda told: told.event.order):
        kind = one.event.kind.partition("/")[0]
        if accommodation not in one.ids("accommodation"):
            continue
        if kind == "accommodation.reviewed":
            result = str(one.event.fields.get("result") or result)
        elif kind == "accommodation.ended" and result in (GOES_ON, "continued"):
            result = ENDED
    return result


def _age(heard: Heard, one: Meeting, child: uuid.UUID) -> str:
    born, on = heard.born.get(child), _day(one)
    if born is None or born > on:
        return "unborn"
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next((name for under, name in AGES if years < under), AGES[-1][1])


def _into_care(heard: Heard, child: uuid.UUID) -> list[tuple[dt.date, Told]]:
    """The days on which a child came into care, the earliest first; a short break is none."""
    starts = (one for one in heard.told[child] if one.event.kind.startswith("accommodation.started/"))
    return sorted(
        ((day_of(one), one) for one in starts if one.event.kind != "accommodation.started/short_break"),
        key=lambda found: found[0],
    )


def emergencies(heard: Heard) -> Counter[str]:
    """The emergencies that began in the time, child by child: home again, ended in another way, or going on (LEI-082)."""
    found: Counter[str] = Counter()
    for child, told in heard.told.items():
        for day, start in _into_care(heard, child):
            if start.event.kind.endswith("/emergency") and heard.period.has(day):
                followed = _followed(told, next(iter(start.ids("accommodation")), ""))
                planned = any(one.event.kind == "reunification.planned" and day_of(one) >= day for one in told)
                found[HOME if followed == ENDED and planned else followed] += 1
    return found


def offers_made(heard: Heard) -> dict[uuid.UUID | None, Counter[str]]:
    """By team, the children whose family was offered a meeting of its own in the time, and how it stands."""
    found: dict[uuid.UUID | None, Counter[str]] = {}
    for child in heard.told:
        first = min(
            (day_of(one) for one in _offers(heard, child, "made") if heard.period.has(day_of(one))), default=None
        )
        if first is not None:
            stands = _stands(heard, child, first, dt.date.max)
            found.setdefault(heard.team[child], Counter())[stands] += 1
    return found


def before_care(heard: Heard) -> dict[uuid.UUID | None, Counter[str]]:
    """By team, the children who first came into care in the time: what had been offered before, and what came of it by that day. What was
    not offered because it was an emergency is counted apart, whenever that was written down."""
    found: dict[uuid.UUID | None, Counter[str]] = {}
    for child in heard.told:
        entered = next((day for day, _told in _into_care(heard, child)), None)
        if entered is None or not heard.period.has(entered):
            continue
        offered = [day_of(one) for one in _offers(heard, child, "made") if day_of(one) <= entered]
        stands = _stands(heard, child, min(offered), entered) if offered else _excused(heard, child)
        found.setdefault(heard.team[child], Counter())[stands] += 1
    return found


def _offers(heard: Heard, child: uuid.UUID, what: str) -> list[Told]:
    kinds = {f"offer.{what}/{one}" for one in OFFERS}
    return [one for one in heard.told[child] if one.event.kind in kinds]


def _stands(heard: Heard, child: uuid.UUID, since: dt.date, until: dt.date) -> str:
    """How offers to a child's family stand on a day: one person saying yes is enough; a meeting that was held says more than any answer."""
    held = (one for one in heard.told[child] if one.event.kind in {f"meeting.held/{kind}" for kind in OFFERS})
    if any(since <= day_of(one) <= until for one in held):
        return HELD
    answers = {
        str(one.event.fields.get("answer"))
        for one in _offers(heard, child, "answered")
        if since <= day_of(one) <= until
    }
    return next((one for one in (ACCEPTED, DECLINED) if one in answers), UNANSWERED)


def _excused(heard: Heard, child: uuid.UUID) -> str:
    reasons = [str(one.event.fields.get("reason")) for one in _offers(heard, child, "excused")]
    if not reasons:
        return NOT_OFFERED
    return EMERGENCY if EMERGENCY in reasons else EXCUSED
