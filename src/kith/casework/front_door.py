"""Reading the front door: what waits for a decision, what was decided before, and small worries that add up."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from kith.access import selectors as access
from kith.access.models import Practitioner
from kith.access.viewer import Viewer
from kith.casework.models import Contact, Referral
from kith.core import authorities, clock
from kith.people.selectors import Opened, children_for
from kith.record.procedures import calendar, english_of, procedure_of, stack_of
from kith.record.selectors import circle_of, history_of
from kith.rules.asking import answer_of
from kith.rules.examples import question
from kith.rules.history import as_known
from kith.rules.routes import SECTIONS, Answer, Line, Route
from kith.rules.vocabulary import Field

TOLD_SINCE = dt.timedelta(
    days=90
)  # an older referral whose referrer was never told is no longer on the front door's list
LOOKED_BACK = dt.timedelta(days=365)
TIER_2, NOBODY = "tier_2", "anonymous"


def contacts_waiting(viewer: Viewer) -> QuerySet[Contact]:
    """Contacts with no decision, about children whose records the viewer may open, the oldest first (WOR-034).

    A referral of the same child on that day or later is what became of a contact, whether or not somebody wrote so.
    """
    became = Referral.objects.filter(child=OuterRef("child"), received_on__gte=OuterRef("received_on"))
    waiting = Contact.objects.filter(decided_on=None).exclude(Exists(became))
    return _open_to(viewer, waiting).order_by("received_on", "id")


def referrals_waiting(viewer: Viewer) -> QuerySet[Referral]:
    """Referrals with no decision, the oldest first (WOR-034)."""
    return _open_to(viewer, Referral.objects.filter(decided_on=None)).order_by("received_on", "id")


def referrers_to_tell(viewer: Viewer, today: dt.date) -> QuerySet[Referral]:
    """Referrals decided lately whose maker, if they said who they are, has not been told what happened."""
    decided = Referral.objects.filter(decided_on__gte=today - TOLD_SINCE, told_on=None).exclude(source__in=("", NOBODY))
    return _open_to(viewer, decided).order_by("decided_on", "id")


def _open_to(viewer: Viewer, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(child__in=children_for(viewer).values("person")).select_related("child")


@dataclass(frozen=True)
class Before:
    """One earlier contact or referral of the child or of a brother or sister."""

    child: uuid.UUID
    on: dt.date
    what: str
    source: str
    tier: str
    decision: str


def before(children: Sequence[uuid.UUID]) -> list[Before]:
    """Every contact and referral about some children, the latest first (WOR-035)."""
    contacts = Contact.objects.filter(child__in=children).values_list(
        "child", "received_on", "source", "tier", "outcome"
    )
    referrals = Referral.objects.filter(child__in=children).values_list(
        "child", "received_on", "source", "tier", "decision"
    )
    found = [Before(child, day, "contact", *said) for child, day, *said in contacts]
    found += [Before(child, day, "referral", *said) for child, day, *said in referrals]
    return sorted(found, key=lambda one: (one.on, one.what), reverse=True)


def small_worries(known: Sequence[Before], today: dt.date) -> list[Before]:
    """Those at tier 2 in the last year: several together may be an early sign of neglect or growing risk (WOR-044)."""
    return [one for one in known if one.tier == TIER_2 and one.on > today - LOOKED_BACK]


def contacts_by_need(since: dt.date, team: uuid.UUID | None) -> list[tuple[str, str, int]]:
    """How many contacts there were since a day, by tier and outcome: over the whole authority, for a number names nobody."""
    return _by_need(Contact, "outcome", since, team)


def referrals_by_need(since: dt.date, team: uuid.UUID | None) -> list[tuple[str, str, int]]:
    """How many referrals there were since a day, by tier and decision."""
    return _by_need(Referral, "decision", since, team)


def _by_need(model: Any, outcome: str, since: dt.date, team: uuid.UUID | None) -> list[tuple[str, str, int]]:
    rows = model.objects.filter(received_on__gte=since)
    if team is not None:
        rows = rows.filter(child__as_child__team=team)
    return list(rows.order_by().values_list("tier", outcome).annotate(number=Count("id")))


def routes() -> Mapping[str, Route]:
    """The criteria in force today that are asked of one child."""
    version = procedure_of(authorities.current()).version_on(clock.today().toordinal())
    return {} if version is None else {key: one for key, one in version.routes.items() if one.per == "child"}


def asked_by(route: Route) -> list[Field]:
    """What a route asks that a person answers, in order: the fields its conditions name."""
    vocabulary = procedure_of(authorities.current()).vocabulary
    named = dict.fromkeys(
        field
        for section in SECTIONS
        for line in route.lines.get(section, ())
        for field in _fields(line.written.get("if"))
    )
    return [vocabulary.fields[one] for one in named if one in vocabulary.fields]


def _fields(condition: Any) -> Iterator[str]:
    if isinstance(condition, Mapping):
        if isinstance(condition.get("field"), str) and "count" not in condition and "happened" not in condition:
            yield condition["field"]
        for key in ("all", "any"):
            for one in condition.get(key) or ():
                yield from _fields(one)
        yield from _fields(condition.get("not"))


EARLY_HELP = "early_help"


def early_help_leads(opened: Opened) -> list[Practitioner]:
    """Whoever advises on early help here: those of the child's team, or where it has none those of the authority (WOR-020)."""
    roles = [
        key for key, item in stack_of(authorities.current()).items["roles"].items() if item.get("advises") == EARLY_HELP
    ]
    every = [one for role in roles for one in access.holders_of(role, clock.today())]
    of_team = {one.id for one in access.members([opened.team], clock.today())} if opened.team else set()
    return [one for one in every if one.id in of_team] or every


def guidance(route: Route, opened: Opened, given: Mapping[str, Any]) -> Answer:
    """What the criteria say of this child today, given the record and what a person answered. A named person decides (WOR-041)."""
    about = {"child": str(opened.id)} | ({"family": str(opened.person.family)} if opened.person.family else {})
    circle = circle_of(opened.id)
    events = as_known(history_of(circle)) if circle else []
    asked = question(clock.today().isoformat(), about, given)
    return answer_of(procedure_of(authorities.current()), route.id, events, asked, calendar())


def in_words(line: Line) -> str:
    """A line of the criteria as a sentence."""
    return line.say or english_of(authorities.current()).condition(line.written["if"])
