"""What a letter is begun from: a request to an agency, an assessment, a plan or a meeting. It fills in what is known, and the copy belongs to it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.casework import agency_checks, assessments, plans
from kith.casework.agency_checks import words_of
from kith.core.ids import uuid_of
from kith.documents.selectors import Paper
from kith.people import selectors as people
from kith.people import sharing
from kith.people.selectors import Opened
from kith.record.selectors import told_about
from kith.rules.days import spoken
from kith.rules.letters import Letter
from kith.web.assessments import report
from kith.web.meetings import copies as meeting_copies
from kith.web.meetings.bundle import Bundle
from kith.web.meetings.copies import MeetingCopy
from kith.web.plans import copy as plan_copy

SAME = ("basis", "agreed_by", "questions", "reply_time")


@dataclass
class Begun:
    """Where a letter begins: whom it is for, what its author has answered already, and what the copy belongs to."""

    kept: Sequence[tuple[str, str]] = ()
    about: Mapping[str, uuid.UUID] = field(default_factory=dict)
    reader: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    records: str = ""
    opened: Opened | None = None
    meeting: MeetingCopy | None = None

    def drawn(self, paper: Paper, *, plainly: bool = False) -> Paper:
        """The paper with what is drawn for its reader, and with what that leaves out said beside it."""
        if self.meeting is not None:
            papers = self.meeting.letter.id == meeting_copies.BUNDLE
            return self.meeting.drawn(paper, Bundle if papers else meeting_copies.Drawing)
        if self.opened is None:
            return paper
        if plan := self.about.get("plan"):
            found = plan_copy.drawn(self.opened, plan, paper, plainly=plainly)
        else:
            whom = report.For(paper.reader, report.children_named(paper.children))
            found = report.drawn(self.opened, self.about["assessment"], whom)
        facts = {**paper.facts, "drawn": found.parts}
        return replace(paper, facts=facts, left_out=[*paper.left_out, *found.left_out])

    def calendar_for(self, paper: Paper) -> bytes:
        """The calendar file that goes with an invitation; nothing with any other letter."""
        return self.meeting.calendar(paper) if self.meeting is not None else b""


def begun(request: HttpRequest, viewer: Viewer, opened: Opened, letter: Letter) -> Begun:
    """What a letter was begun from; nothing for what is not of this child's record or not covered."""
    given = request.POST if request.method == "POST" else request.GET
    if key := uuid_of(given.get("request", "")):
        return _from_request(key, viewer, opened, letter)
    if letter.records.startswith("assessment."):
        return _from_assessment(uuid_of(given.get("assessment", "")), viewer, opened)
    if letter.records.startswith("plan."):
        return _from_plan(given.get("plan", ""), viewer, opened, letter)
    if letter.id in meeting_copies.LETTERS:
        return _from_meeting(request, viewer, opened, letter)
    return Begun()


def _from_meeting(request: HttpRequest, viewer: Viewer, opened: Opened, letter: Letter) -> Begun:
    given = request.POST if request.method == "POST" else request.GET
    copy = meeting_copies.begun(viewer, opened, letter, given.get("meeting", ""), given.get("guest", ""))
    if copy is None:
        return Begun()
    kept = [("meeting", copy.meeting.id), *([("guest", copy.guest)] if copy.guest else [])]
    # What is owed of one kind of meeting is met by a letter of that kind.
    records = f"{letter.records}/{copy.meeting.a_type}" if letter.records.startswith("meeting.") else ""
    about = {"meeting": uuid.UUID(copy.meeting.id)}
    return Begun(kept, about, copy.reader, copy.answers, records, opened=opened, meeting=copy)


def can_begin(viewer: Viewer, opened: Opened, letter: Letter) -> bool:
    """Whether there is what a letter is drawn from: a copy of an assessment or of a plan is made by those who may read all of it."""
    if letter.id in meeting_copies.LETTERS:
        return meeting_copies.can_begin(viewer, opened)
    stem = letter.records.partition(".")[0]
    if stem not in ("assessment", "plan"):
        return True
    if viewer.of_partner:
        return False
    return assessments.of_child(opened.id).exists() if stem == "assessment" else bool(plans.of_child(opened.id).plans)


def _from_plan(key: str, viewer: Viewer, opened: Opened, letter: Letter) -> Begun:
    """The plan that a copy is drawn from: the one it was asked for, else the latest that has not ended, else the latest."""
    found = plans.Plans() if viewer.of_partner else plans.of_child(opened.id)
    latest = [*found.open_plans, *reversed(found.plans.values())]
    one = found.plans.get(key) or next(iter(latest), None)
    if one is None:
        return Begun()
    records = f"{letter.records}/{one.a_type}" if one.a_type else letter.records
    return Begun([("plan", one.id)], {"plan": uuid.UUID(one.id)}, records=records, opened=opened)


def _from_assessment(key: uuid.UUID | None, viewer: Viewer, opened: Opened) -> Begun:
    """The assessment that a copy is drawn from: the one it was asked for, else the child's latest."""
    every = {} if viewer.of_partner else {one.assessment: one for one in assessments.of_child(opened.id)}
    chosen = key if key in every else next(iter(every), None)
    if chosen is None:
        return Begun()
    return Begun([("assessment", str(chosen))], {"assessment": chosen}, opened=opened)


def _from_request(key: uuid.UUID, viewer: Viewer, opened: Opened, letter: Letter) -> Begun:
    every = told_about([opened.id], ("information",))[opened.id] if sharing.covers(viewer, "information") else []
    asked = next((one for one in every if one.event.kind == "information.requested" and str(key) in one.ids("request")), None)  # fmt: skip
    if asked is None:
        return Begun()
    agency = words_of(asked, agency_checks.ROWS)
    called = agency_checks.rows().get(agency, agency)
    answers = {one: words_of(asked, one) for one in SAME} | {"reply_on": words_of(asked, "reply_by")}
    born = people.portrait_of(opened.id).born
    name = opened.person.name
    answers["about"] = name if born is None else f"{name}, {born_words(born)}"
    reader = {"reader": "agency", "name": words_of(asked, "contact") or called, "organisation": called}
    asks = {one.key for one in letter.asks}
    kept = {key: value for key, value in answers.items() if value and key in asks}
    return Begun([("request", str(key))], {"request": key}, reader, kept)


def born_words(day: int) -> str:
    """A date of birth as a letter says it."""
    return _("born %(day)s") % {"day": spoken(day).partition(" ")[2]}
