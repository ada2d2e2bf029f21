"""Reading meetings: the rooms of the procedure, diaries, free times, and who may see what of a meeting."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from functools import partial

from django.db.models import Q, QuerySet

from kith.access.viewer import Viewer
from kith.core import authorities, clock
from kith.core.models import Authority
from kith.core.questions import Question
from kith.meetings import meeting as whole
from kith.meetings import story
from kith.meetings.models import Meeting
from kith.people import selectors as people
from kith.people import sharing
from kith.people.selectors import Opened
from kith.record.models import EventAbout
from kith.record.procedures import calendar, procedure_of, rooms_by_type
from kith.record.selectors import Told, circle_of, events_of, history_of, told_about
from kith.rules.asking import answer_of
from kith.rules.compiling import MUST_INVITE
from kith.rules.examples import question
from kith.rules.history import as_known
from kith.rules.rooms import Room
from kith.rules.routes import Line
from kith.rules.slots import next_slot

OPEN = (Meeting.ASKED, Meeting.ARRANGED)


def rooms() -> Mapping[str, Room]:
    """Every kind of meeting of the authority's procedure."""
    return rooms_by_type(authorities.current())


def room_of(a_type: str) -> Room | None:
    """What the procedure says of a kind of meeting."""
    return rooms().get(a_type)


def council() -> str:
    """The name of the council."""
    return str(Authority.objects.get(id=authorities.current()).name)


def covered(viewer: Viewer) -> bool:
    """Whether somebody may see meetings: a partner agency's staff, where it is agreed."""
    return sharing.covers(viewer, "meeting")


def one_for(
    viewer: Viewer, child: uuid.UUID, meeting: uuid.UUID, known_at: dt.datetime | None = None
) -> whole.Meeting | None:
    """A meeting of a child as its reader may see it; None for what is none of theirs, or not covered."""
    found = story.one_of(child, meeting, known_at) if covered(viewer) else None
    return story.narrowed(found, partial(sharing.covers, viewer)) if found and viewer.of_partner else found


def lives_away(child: uuid.UUID, known_at: dt.datetime | None = None) -> bool:
    """Whether a child is accommodated, or it was agreed that they will be."""
    told = sorted(told_about([child], ("accommodation",), known_at)[child], key=lambda one: one.event.order)
    away: dict[str, bool] = {}
    for one in told:
        for key in one.ids("accommodation"):
            away[key] = not one.event.kind.startswith("accommodation.ended")
    return any(away.values())


def offers(child: uuid.UUID, known_at: dt.datetime | None = None) -> list[Told]:
    """Every offer of a meeting of the family's own, answered or set aside, in the order they came about (FRG-080, FRG-081)."""
    kinds = (
        "offer.made/family_group",
        "offer.answered/family_group",
        "offer.excused/family_group",
        "offer.made/family_meeting",
    )
    told = told_about([child], ("offer",), known_at)[child]
    return sorted((one for one in told if one.event.kind.startswith(kinds)), key=lambda one: one.event.order)


def offers_covered(viewer: Viewer) -> bool:
    """Whether somebody may see offers: the authority's own staff."""
    return not viewer.of_partner


def may_write(viewer: Viewer) -> bool:
    """Whether somebody may be in the room: of a partner agency's staff, whose agreement covers all that is written there."""
    return all(sharing.covers(viewer, stem) for stem in ("meeting", "view", "safety", "plan"))


def diary(viewer: Viewer, first: dt.date, last: dt.date) -> list[Meeting]:
    """The meetings from one day to another about children whose records the viewer may open, the earliest first; those of a child
    whose meeting somebody else of the family shares are told once."""
    if not covered(viewer):
        return []
    rows = list(
        Meeting.objects.filter(on__range=(first, last), state__in=(Meeting.ARRANGED, Meeting.HELD))
        .select_related("child")
        .order_by("on", "starts_at", "id")
    )
    may = people.may_open(viewer, [one.child_id for one in rows])
    return [one for one in rows if one.child_id in may]


def mine(viewer: Viewer) -> QuerySet[Meeting]:
    """The meetings still to be held that somebody leads or co-ordinates."""
    return Meeting.objects.filter(Q(chair=viewer.id) | Q(coordinator=viewer.id), state__in=OPEN).order_by("on")


def waiting(viewer: Viewer) -> list[Meeting]:
    """Meetings asked for and not yet arranged, the longest waiting first, of children whose records the viewer may open."""
    if not covered(viewer):
        return []
    rows = list(Meeting.objects.filter(state=Meeting.ASKED).select_related("child").order_by("asked_on"))
    may = people.may_open(viewer, [one.child_id for one in rows])
    return [one for one in rows if one.child_id in may]


def taken(a_type: str, after: dt.date) -> set[int]:
    """The days after one on which a meeting of this kind is arranged already, or that were closed for it."""
    rows = Meeting.objects.filter(a_type=a_type, state=Meeting.ARRANGED, on__gt=after)
    return {one.toordinal() for one in rows.values_list("on", flat=True)} | closed_slots(a_type, after)


def closed_slots(a_type: str, after: dt.date) -> set[int]:
    """The days after one that were closed for a kind of meeting (LEI-060)."""
    abouts = EventAbout.objects.filter(kind=f"meeting.slot_closed/{a_type}", name="meeting")
    days = {str(one.coded.get("slot_on", "")) for one in events_of(abouts)}
    return {dt.date.fromisoformat(day).toordinal() for day in days if day > after.isoformat()}


def free_slots(room: Room, count: int = 4, after: dt.date | None = None) -> list[dt.date]:
    """The next free times of a kind of meeting that has a time of its own in the week; none where it has none. A bank holiday is never
    one (LEI-059, LEI-060, LEI-085)."""
    if not room.slots.get("every"):
        return []
    after = after or clock.today()
    there, found, day = taken(room.a_type, after), list[dt.date](), after.toordinal()
    for _time in range(count):
        day = next_slot({"slots": room.slots}, day, there, calendar())
        found.append(dt.date.fromordinal(day))
    return found


def clashes(meeting: uuid.UUID, on: dt.date, starts_at: str, workers: Sequence[uuid.UUID], venue: str) -> list[Meeting]:
    """Other meetings of that day at the same time that somebody of the workers leads, or that are in the same place."""
    rows = Meeting.objects.filter(on=on, state=Meeting.ARRANGED).exclude(meeting=meeting)
    same = Q(chair__in=workers) | Q(coordinator__in=workers)
    same = same | Q(venue=venue) if venue else same
    return [one for one in rows.filter(same) if _overlap(one, starts_at)]


def _overlap(one: Meeting, starts_at: str) -> bool:
    first, second = minutes_of(one.starts_at), minutes_of(starts_at)
    if first is None or second is None:
        return True
    return abs(first - second) < (one.minutes or 90)


def minutes_of(text: str) -> int | None:
    """A time of day as minutes after midnight; None for what is no time."""
    hours, _colon, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes) if hours.isdigit() and minutes.isdigit() else None


def next_of(child: uuid.UUID) -> Meeting | None:
    """The next meeting arranged about a child, from today on."""
    return _NEXT.first(child=child, today=clock.today())


_NEXT = Question[Meeting](
    lambda *, child, today: Meeting.objects.filter(child=child, state=Meeting.ARRANGED, on__gte=today).order_by(
        "on", "starts_at"
    )[:1]
)


def of_child(child: uuid.UUID) -> list[Meeting]:
    """The rows of a child's meetings, the latest first; what has no day yet first of all."""
    return list(Meeting.objects.filter(child=child).order_by("-on", "-asked_on"))


def must_invite(room: Room, opened: Opened) -> list[Line]:
    """Who must be invited to a meeting about this child as things stand today, each with the clauses that say so."""
    key = f"{MUST_INVITE}/{room.a_type}"
    procedure = procedure_of(authorities.current())
    version = procedure.version_on(clock.today().toordinal())
    if version is None or key not in version.routes:
        return []
    about = {"child": str(opened.id)} | ({"family": str(opened.person.family)} if opened.person.family else {})
    circle = circle_of(opened.id)
    events = as_known(history_of(circle)) if circle else []
    answer = answer_of(procedure, key, events, question(clock.today().isoformat(), about, {}), calendar())
    return [*answer.fired, *answer.also]
