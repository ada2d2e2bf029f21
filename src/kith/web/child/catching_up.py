"""Catching up with a child: what changed since the reader last looked, and a summary for whoever takes the work on."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.audit import entries as audit
from kith.casework import assessments, plans
from kith.casework import selectors as seen
from kith.core import clock
from kith.core.ids import uuid_of
from kith.obligations import selectors as obligations
from kith.people import selectors as people
from kith.people import sharing
from kith.people.selectors import Opened
from kith.record import chronology as record
from kith.record.chronology import Entry
from kith.rules.obligation import CANNOT_BE_MET, DUE, MET, MET_LATE, MISSED, OVERDUE, UPCOMING, Obligation
from kith.web import said, visitor
from kith.web.answers import answered, type_title
from kith.web.assessments.views import STANDS
from kith.web.child import filters, presenters
from kith.web.child.consistency import consistency
from kith.web.child.views import around, due_of
from kith.web.work import presenters as work

# How far back somebody is taken who has never looked before, in days.
NEVER_LOOKED = 28
WEIGHTY = 30
OPEN = (UPCOMING, DUE, OVERDUE, CANNOT_BE_MET)


@dataclass(frozen=True)
class Since:
    """From when changes are shown; `looked` says whether that is when the reader last looked."""

    at: dt.datetime
    looked: bool


def _since(request: HttpRequest, viewer: Viewer, child: uuid.UUID) -> Since:
    day = visitor.day_asked(request, "since")
    if day is not None and day <= clock.today():
        return Since(dt.datetime.combine(day, dt.time(), clock.LONDON), looked=False)
    last = audit.looked_before(viewer.id, child, clock.now())
    return Since(last or clock.now() - dt.timedelta(days=NEVER_LOOKED), looked=last is not None)


def new_since(entries: Iterable[Entry], at: dt.datetime, by: uuid.UUID | None) -> list[Entry]:
    """The entries recorded, corrected or withdrawn after a moment by anybody else."""
    return [
        one for one in entries
        if any(told.recorded_at > at and told.by != by for told in (one.told, *one.corrections, *([one.withdrawn] if one.withdrawn else [])))
    ]  # fmt: skip


@visitor.signed_in
def changes(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What others recorded since the reader last looked: the child's own words first, then what happened, what was met and what was not."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="what changed")
    since = _since(request, viewer, opened.id)
    every = filters.readable(viewer, opened, record.chronology(opened.id))
    found = new_since(every, since.at, viewer.id)
    workers = access.named(one.recorded_by for one in found)
    lines = {one.told.event.id: presenters.line(one, opened.id, workers) for one in found}
    context = around(request, opened, "changes") | {
        "since": said.moment(since.at), "looked": since.looked,
        "voices": [line for one in found if (line := _voice(one, opened.id, workers))],
        "happened": [lines[one.told.event.id] for one in found if not one.about_the_record],
        "about": [lines[one.told.event.id] for one in found if one.about_the_record],
        "duties": [] if viewer.of_partner else _duties(opened.id, since.at), "shows_due": not viewer.of_partner,
    }  # fmt: skip
    return render(request, "child/changes.html", context)


def _voice(entry: Entry, child: uuid.UUID, workers: Any) -> dict[str, str] | None:
    told = entry.stands
    words = presenters.own_words(told, child)
    if not words or entry.withdrawn:
        return None
    by = workers.get(entry.recorded_by, "") if entry.recorded_by else ""
    return {"words": words, "day": said.day(dt.date.fromordinal(told.event.day)), "by": by}


def _duties(child: uuid.UUID, since: dt.datetime) -> list[tuple[str, list[str]]]:
    """What was met, missed, has fallen due or is newly owed, by comparing what was owed then with what is owed now."""
    today, then_day = clock.today(), since.astimezone(clock.LONDON).date()
    now = {one.id: one for one in obligations.as_known_on(child, today, clock.now())}
    then = {one.id: one.state(then_day.toordinal()) for one in obligations.as_known_on(child, then_day, since)}
    groups: dict[str, list[str]] = {}
    for one in now.values():
        group = _became(then.get(one.id), one.state(today.toordinal()))
        if group:
            line = work.past_line(one, today)
            groups.setdefault(group, []).append(_what(line, one))
    return [(title, groups[key]) for key, title in _groups() if key in groups]


def _groups() -> Sequence[tuple[str, str]]:
    return (
        ("late", _("Became overdue")), ("missed", _("Was missed")), ("met", _("Was done")), ("new", _("Is newly owed")),
    )  # fmt: skip


def _became(before: str | None, now: str) -> str:
    """The group of a change: `before` is how it stood then, None if it was not owed yet."""
    if now == before:
        return ""
    if now in (MET, MET_LATE):
        return "met"
    if now == MISSED:
        return "missed"
    if now == OVERDUE:
        return "late"
    return "new" if before is None and now in OPEN else ""


def _what(line: work.Line, one: Obligation) -> str:
    return f"{line.what}: {line.due}" if not one.closed else line.what


@visitor.signed_in
def summary(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Who the child is and where the work stands, on paper too: for a worker who takes it on."""
    viewer, today = visitor.viewer(request), clock.today()
    opened = people.child_for(viewer, child, page="summary")
    every = [one for one in filters.readable(viewer, opened, record.chronology(opened.id)) if not one.withdrawn]
    picture = people.shown_to(viewer, opened, people.portrait_of(opened.id))
    now, names = people.standing_of(opened.id), filters.names_for(viewer, picture)
    workers = access.named([*(uuid.UUID(one.worker) for one in now.parts), *(one.recorded_by for one in every)])
    voices = [line for one in every if (line := _voice(one, opened.id, workers))]
    context = around(request, opened, "summary") | {
        "who": presenters.who(picture, today, names, filters.living_with(viewer, opened, picture, today)), "standing": now,
        "consistency": "" if viewer.of_partner else consistency(every),
        "holder": workers.get(uuid.UUID(now.holder)) if now.holder else "", "team": access.team_named(uuid.UUID(now.team)) if now.team else None,
        "plan": said.plan(now.plan, now.plan_since), "visits": seen.last_visits(opened.id), "voices": voices[:3],
        "siblings": filters.siblings(viewer, opened, today), "people": _people(picture, names),
        "weighty": [presenters.line(one, opened.id, workers) for one in every if one.significant or one.impact][:WEIGHTY],
        "due": [] if viewer.of_partner else due_of(opened.id),
        "today": said.day(today), "shows": _covered(viewer), **_work_in_hand(viewer, opened),
    }  # fmt: skip
    return render(request, "child/summary.html", context)


def _covered(viewer: Viewer) -> dict[str, bool]:
    return {one: sharing.covers(viewer, one) for one in ("plan", "visit", "assessment", "relationship")}


def _work_in_hand(viewer: Viewer, opened: Opened) -> dict[str, Any]:
    """The assessments, the plans and what is agreed, without what the reader's agreement does not cover."""
    rows = list(assessments.of_child(opened.id)) if sharing.covers(viewer, "assessment") else []
    found = plans.of_child(opened.id) if sharing.covers(viewer, "plan") else plans.Plans()
    open_actions = [one for one in found.actions.values() if one.ended is None]
    offers = [one for one in found.promises.values() if one.ended is None]
    ids = [key for one in (*open_actions, *offers) if (key := uuid_of(one.person))]
    names = filters.names_by_id(viewer, ids)
    return {
        "assessments": [_assessment(one) for one in rows], "plans": [_plan(one) for one in found.plans.values() if one.ended is None],
        "needs": [one.words.get("need", "") for one in found.needs.values() if one.ended is None],
        "actions": [_action(one, names) for one in open_actions], "offers": [(_name(one, names), one.words.get("own_words", "")) for one in offers],
    }  # fmt: skip


def _assessment(one: Any) -> dict[str, str]:
    return {
        "title": type_title("assessment", one.a_type), "stands": str(STANDS[assessments.standing(one)]),
        "since": said.day(one.started_on) if one.started_on else "", "outcome": answered("outcome", one.outcome) if one.outcome else "",
    }  # fmt: skip


def _plan(one: plans.Item) -> dict[str, str]:
    return {
        "title": type_title("plan", one.a_type), "since": said.day(one.since) if one.since else "",
        "different": one.words.get("different", ""), "worry": one.words.get("would_worry", ""), "contingency": one.words.get("contingency", ""),
    }  # fmt: skip


def _action(one: plans.Item, names: Mapping[uuid.UUID, str]) -> dict[str, str]:
    by = said.day(dt.date.fromisoformat(one.by_when)) if one.by_when else ""
    return {"who": _name(one, names) or one.words.get("who", ""), "what": one.words.get("what", ""), "by": by}


def _name(one: plans.Item, names: Mapping[uuid.UUID, str]) -> str:
    key = uuid_of(one.person)
    return names.get(key, "") if key else ""


def _people(picture: Any, names: Any) -> list[tuple[str, str]]:
    """Whom the child is related to, by name and how."""
    told = []
    for bond in picture.bonds.values():
        name = names.get(uuid.UUID(bond.other))
        if name and bond.until is None:
            told.append((name, answered("relation", bond.relation)))
    return sorted(told)
