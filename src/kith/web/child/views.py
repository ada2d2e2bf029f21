"""A child's pages: overview, chronology, one entry, who has looked."""

import datetime as dt
import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.audit import entries as audit
from kith.casework import selectors as casework
from kith.core import authorities, clock
from kith.forms import selectors as forms
from kith.meetings import selectors as meetings
from kith.obligations import selectors as obligations
from kith.people import policies, sharing
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record import chronology as record
from kith.record.joining import MERGES
from kith.record.procedures import procedure_of, stack_of
from kith.web import said, visitor
from kith.web.addresses import address
from kith.web.child import filters, presenters
from kith.web.child.consistency import consistency
from kith.web.work import presenters as work

RECENT = 8


def around(request: HttpRequest, opened: Opened, section: str) -> dict[str, Any]:
    """What every page of a child has: the sections, and the day it is seen as known on."""
    day = visitor.known_on(request)
    viewer = visitor.viewer(request)
    asked = f"?known_on={day.isoformat()}" if day else ""
    shown = [(name, title) for name, title in presenters.SECTIONS if name != "looks" or viewer.may("see_looks")]
    return {
        "opened": opened, "child": opened.id, "known_on": day, "known_on_ends": request.path, "section": section,
        "sections": [(str(title), address(name, opened.id) + asked, name == section) for name, title in shown],
        "may_record": viewer.may("record") and day is None, "name": _called(opened, day),
        "day_parts": (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4)),
    }  # fmt: skip


def _called(opened: Opened, day: dt.date | None) -> str:
    """What the child is called, or was on a past day as it was known then."""
    if day is None:
        one = opened.person
        return one.name or said.nameless(unborn=one.is_child and one.born_on is None and one.pregnancy_ended_on is None)
    return people.names_known([opened.id], day, visitor.end_of(day)).get(opened.id, _("Name not recorded"))


@visitor.signed_in
def overview(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Who the child is, who holds the case, alerts, what is due and why, what happened last."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="overview", known_on=day)
    on, known_at = day or clock.today(), visitor.end_of(day) if day else None
    everything = record.chronology(opened.id, known_at)  # read first: what is asked below is answered from what it read
    picture = people.shown_to(viewer, opened, people.portrait_of(opened.id, known_at))
    now = people.standing_of(opened.id, known_at)
    together = filters.living_with(viewer, opened, picture, on, known_at)
    names = filters.names_for(viewer, picture, on, known_at)
    entries = [one for one in filters.readable(viewer, opened, everything) if not one.about_the_record][:RECENT]
    workers = access.named([*(uuid.UUID(one.worker) for one in now.parts), *(one.recorded_by for one in entries)])
    context = around(request, opened, "child") | {
        "who": presenters.who(picture, on, names, together), "holder": workers.get(uuid.UUID(now.holder)) if now.holder else None,
        "team": access.team_named(uuid.UUID(now.team)) if now.team else None, "standing": now, "plan": said.plan(now.plan, now.plan_since),
        "parts": _parts(now, workers), "due": [] if viewer.of_partner else _due(opened.id, day, known_at),
        "shows_due": not viewer.of_partner, "shows_plan": sharing.covers(viewer, "plan"), "shows_visits": sharing.covers(viewer, "visit"),
        "visits": casework.last_visits(opened.id, known_at),
        "recent": [presenters.line(one, opened.id, workers) for one in entries], "siblings": filters.siblings(viewer, opened, on, known_at),
        "may_allocate": viewer.may("allocate") and day is None, "may_restrict": viewer.may("restrict") and day is None,
        "ground": opened.ground, "meeting": _next_meeting(viewer, opened) if day is None else None,
        "nothing_known": day is not None and picture.registered is None,
    }  # fmt: skip
    return render(request, "child/overview.html", context)


def _next_meeting(viewer: Viewer, opened: Opened) -> dict[str, str] | None:
    """The next meeting about a child, for whoever may know of meetings."""
    one = meetings.next_of(opened.id) if meetings.covered(viewer) else None
    if one is None or one.on is None:
        return None
    title = str(stack_of(authorities.current()).items["meetings"].get(one.a_type, {}).get("title", ""))
    return {
        "title": title,
        "when": said.day(one.on, clock.today()),
        "href": address("meeting", opened.id, one.meeting),
    }


def _parts(now: Any, workers: Any) -> list[tuple[str, str]]:
    stack = stack_of(authorities.current())
    return [
        (workers.get(uuid.UUID(one.worker), ""), stack.role_title(one.role)) for one in now.parts if one.until is None
    ]


def _due(child: uuid.UUID, day: dt.date | None, known_at: dt.datetime | None) -> list[Any]:
    if day is None:
        return due_of(child)
    return [
        work.past_line(one, day)
        for one in obligations.as_known_on(child, day, known_at or clock.now())
        if not one.closed
    ]


def due_of(child: uuid.UUID) -> list[work.Line]:
    """What is owed for a child today, in words, the earliest due first."""
    rows = obligations.still_owed(child)
    return work.lines(rows, clock.today(), doing=obligations.what_is_to_be_done(rows))


@visitor.signed_in
def chronology(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Everything that happened, as it stands or as it was known on a past day."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="chronology", known_on=day)
    every = filters.readable(viewer, opened, record.chronology(opened.id, visitor.end_of(day) if day else None))
    chosen = filters.Chosen.of(request)
    entries = [one for one in every if chosen.lets(one, opened.id)]
    workers = access.named(one.recorded_by for one in every)
    page = Paginator(entries, 50 if not request.GET.get("print") else 100_000).get_page(request.GET.get("page"))
    context = around(request, opened, "chronology") | {
        "page": page, "lines": [presenters.line(one, opened.id, workers) for one in page.object_list], "chosen": chosen,
        "kinds": filters.kinds_of(every), "workers": sorted(workers.items(), key=lambda one: one[1]), "total": len(every),
        "found": len(entries), "consistency": "" if viewer.of_partner else consistency(every),
    }  # fmt: skip
    return render(request, "child/chronology.html", context)


@visitor.signed_in
def entry(request: HttpRequest, child: uuid.UUID, event: uuid.UUID) -> HttpResponse:
    """One entry of the record, whole, with everything that amended it, as it stands or as it was known on a past day."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="entry", known_on=day)
    found = record.entry_of(event, opened.id, visitor.end_of(day) if day else None)
    readable = filters.readable(viewer, opened, [found] if found else [])
    if found is None or not readable:
        return visitor.not_found(request)
    [shown] = readable
    workers = access.named([found.recorded_by, *(one.by for one in found.corrections)])
    context = around(request, opened, "chronology") | {
        "line": presenters.line(shown, opened.id, workers), "may_seal": viewer.may("seal") and day is None,
        "may_correct": viewer.may("record") and not found.withdrawn and day is None, "event": event,
        "correct_href": _correct_href(opened, found) if shown is found else "", "judge_href": f"{address('record-form', opened.id, 'significance')}?event={event}",
        "procedure": _procedure_on(dt.date.fromordinal(found.told.event.day)), "others": filters.others_in(viewer, found, opened.id, day), "merged": found.told.event.kind in MERGES, "may_merge": viewer.may("merge") and day is None,
    }  # fmt: skip
    return render(request, "child/entry.html", context)


def _procedure_on(day: dt.date) -> str:
    """Which version of the council's procedure was in force on a day, as `worcestershire@2012-04`; empty before the first."""
    version = procedure_of(authorities.current()).version_on(day.toordinal())
    return version.stack.label if version is not None and version.stack is not None else ""


def _correct_href(opened: Opened, found: record.Entry) -> str:
    """Where an entry made by a form is corrected; nothing for kinds that no form records."""
    kind, _slash, a_type = found.told.event.kind.partition("/")
    if kind == "meeting.held" and found.told.words.get("attendance"):
        return ""  # written up in the room: what is wrong in it is added beside it, on the page of the meeting
    every = [one for one in forms.forms().values() if one.records == kind]
    form = next((one.id for one in every if not a_type or one.question("a_type")), "")
    latest = found.corrections[-1].event.id if found.corrections else found.told.event.id
    return f"{address('record-form', opened.id, form)}?corrects={latest}" if form else ""


@visitor.signed_in
def records(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What was recorded by a form: visits, contacts, notes, the latest first; and drafts of one's own."""
    viewer, day = visitor.viewer(request), visitor.known_on(request)
    opened = people.child_for(viewer, child, page="records", known_on=day)
    every = record.chronology(opened.id, visitor.end_of(day) if day else None)
    chosen = [
        one for one in every if one.stem in ("visit", "note", "contact", "assessment", "plan", "meeting", "letter")
    ]
    chosen = filters.readable(viewer, opened, chosen)
    workers = access.named(one.recorded_by for one in chosen)
    context = around(request, opened, "records") | {
        "lines": [presenters.line(one, opened.id, workers) for one in chosen],
        "drafts": filters.drafts(viewer, opened.id) if day is None else [],
    }  # fmt: skip
    return render(request, "child/records.html", context)


@visitor.signed_in
def looks(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Who looked at the record, when and on what ground."""
    viewer = visitor.viewer(request)
    policies.check_may(viewer, "see_looks")
    opened = _for_looks(viewer, child)
    page = Paginator(audit.looks_at(opened.id), 50).get_page(request.GET.get("page"))
    context = around(request, opened, "looks") | {
        "page": page,
        "entries": [filters.look(one) for one in page.object_list],
    }
    return render(request, "child/looks.html", context)


def _for_looks(viewer: Any, child: uuid.UUID) -> Opened:
    """The data protection officer may see who looked at a record without opening it."""
    return (
        people.child_for(viewer, child, page="who has looked")
        if not viewer.may("review_glass")
        else people.without_opening(viewer, child)
    )
