"""Letters of a meeting, each made for one reader: the invitation, that somebody is kept out, that it is not held, the bundle of papers
before it and the record after it. A person kept out of a meeting gets only the letter that says so (WOR-432)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.core import clock
from kith.core.ids import uuid_of
from kith.documents.copies import PROFESSIONAL
from kith.documents.selectors import Paper
from kith.meetings import calendar, selectors, story
from kith.meetings.meeting import Meeting
from kith.people.selectors import Opened
from kith.record.fact import NotRecorded
from kith.rules.forms import Question
from kith.rules.letters import Block, Letter
from kith.rules.rooms import Room
from kith.web import said
from kith.web.answers import answered
from kith.web.assessments import report
from kith.web.meetings import called, circulating, written
from kith.web.meetings.called import Called, part_answer
from kith.web.meetings.words import CAME

INVITATION, KEPT_OUT, NOT_HELD, RECORD, BUNDLE, NO_MEETING, AVAILABILITY, AGREEMENT = (
    "meeting_invitation", "meeting_kept_out", "meeting_not_held", "meeting_record", "meeting_bundle", "meeting_refused", "meeting_availability", "meeting_agreement",
)  # fmt: skip
LETTERS = frozenset((INVITATION, KEPT_OUT, NOT_HELD, RECORD, BUNDLE, NO_MEETING, AVAILABILITY, AGREEMENT))
FOR_KEPT_OUT = frozenset((KEPT_OUT, NO_MEETING))


@dataclass
class MeetingCopy:
    """A letter of a meeting as it is begun: whom for, what its author need not type, and what is drawn from the record."""

    viewer: Viewer
    opened: Opened
    letter: Letter
    meeting: Meeting
    room: Room
    guest: str = ""
    reader: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def unconfirmed(self) -> str:
        """Of the record, that no social worker has confirmed who is given it."""
        return circulating.warning(self.meeting) if self.letter.id == RECORD else ""

    def drawn(self, paper: Paper, drawing: type["Drawing"]) -> Paper:
        """The paper with what `drawing` draws for its reader. Raises NotRecorded for a person who is kept out of the meeting."""
        person = str(paper.reader.person or "")
        if person in self.meeting.kept_out and self.letter.id not in FOR_KEPT_OUT:
            raise NotRecorded(
                _(
                    "This person is kept out of the meeting. They get no day, place or paper of it; write to them that they are kept out, or let them in first."
                )
            )
        if self.letter.id not in (RECORD, BUNDLE):
            return paper
        found = drawing(self, paper).everything()
        return replace(paper, facts={**paper.facts, "drawn": found.parts}, left_out=[*paper.left_out, *found.left_out])

    def calendar(self, paper: Paper) -> bytes:
        """The calendar file that goes with it: with an invitation, and with word that a meeting is not held."""
        if self.letter.id not in (INVITATION, NOT_HELD) or self.meeting.on is None:
            return b""
        return file_for(
            self.meeting, self.guest or str(paper.reader.person or paper.reader.name), paper.reader.name, self.viewer
        )


def file_for(meeting: Meeting, key: str, name: str, viewer: Viewer) -> bytes:
    """The calendar file of a meeting for one person."""
    council = selectors.council()
    me = access.practitioner(viewer.id)
    title = _("Meeting with %(council)s") % {"council": council}
    return calendar.file_for(
        meeting, calendar.Invited(key, name), council, title, me.telephone if me else "", clock.now()
    )


def can_begin(viewer: Viewer, opened: Opened) -> bool:
    """Whether there is a meeting to write about."""
    return not viewer.of_partner and bool(story.of_child(opened.id))


def begun(viewer: Viewer, opened: Opened, letter: Letter, meeting: str, guest: str) -> MeetingCopy | None:
    """A letter of a meeting as it begins: of the one it was asked for, else of the child's latest; None where there is none."""
    every = {} if viewer.of_partner else story.of_child(opened.id)
    found = every.get(meeting) or next(iter(reversed(every.values())), None)
    room = selectors.room_of(found.a_type) if found else None
    if found is None or room is None:
        return None
    copy = MeetingCopy(
        viewer, opened, letter, found, room, guest if guest in found.guests or guest in found.kept_out else ""
    )
    copy.reader, copy.answers = _reader(copy), _answers(copy)
    return copy


KINDS = {
    "child": ("child",),
    "parent": ("parental_responsibility", "relative"),
    "carer": ("carer", "relative"),
    "agency": ("agency",),
}


def _reader(copy: MeetingCopy) -> dict[str, str]:
    """Whom the letter is for, where it was opened from their line of the meeting."""
    if not copy.guest:
        return {}
    one = copy.meeting.guests.get(copy.guest)
    names = Called(copy.viewer, [copy.meeting])
    if one is not None and one.named_as in ("agency", "worker", "guest"):
        return (
            {"reader": "agency", "agency": one.key}
            if one.named_as == "agency"
            else {"reader": "agency", "name": names.guest(one)}
        )
    part = "child" if copy.guest == str(copy.opened.id) else (one.part if one else "parent")
    for kind in KINDS.get(part, ("relative",)):
        if kind in copy.letter.to:
            return {"reader": f"{kind}:{copy.guest}"}
    return {}


def _answers(copy: MeetingCopy) -> dict[str, Any]:
    """What the record says already of what the letter asks."""
    found, names = copy.meeting, Called(copy.viewer, [copy.meeting])
    kept, leads = found.kept_out.get(copy.guest), found.coordinator or found.chair
    told: dict[str, Any] = {
        "meeting": called.title(found.a_type), "held_on": found.on.isoformat() if found.on else "", "starts_at": called.time(found.starts_at), "venue": found.venue,
        "access": found.words.get("access", ""), "purpose": found.words.get("purpose", "") or (found.asked.words.get("purpose", "") if found.asked else ""),
        "about_meetings": copy.room.purpose, "chair": names(leads) if leads else "", "who_comes": _who_comes(found, names),
        "ground_rules": "\n".join(copy.room.ground_rules), "moved": found.changes > 0, "was_there": found.guests[copy.guest].came in ("came", "for_part", "otherwise") if copy.guest in found.guests else None,
    }  # fmt: skip
    if kept is not None:
        told |= {
            "reasons": kept.words.get("said_to_them", ""),
            "other_way": kept.words.get("other_way", ""),
            "afterwards": kept.words.get("afterwards", ""),
        }
    if found.refused is not None:
        told |= {"reasons": found.refused.words.get("reasons", ""), "instead": found.refused.words.get("instead", "")}
    asks = {one.key: one for one in copy.letter.asks}
    told |= _told_of_leader(asks, found.a_type, leads)
    # As a page has them: a box for yes and a box for no.
    said_so = {True: "yes", False: "no"}
    shown = {key: said_so[value] if isinstance(value, bool) else value for key, value in told.items()}
    return {key: value for key, value in shown.items() if value not in ("", [], None) and key in asks}


def _told_of_leader(asks: Mapping[str, Question], a_type: str, leads: str) -> dict[str, str]:
    """Which kind of meeting it is, where a letter asks, and the number of whoever leads or co-ordinates it."""
    kind, one = asks.get("meeting_kind"), None
    if "coordinator_telephone" in asks:
        one = access.practitioner(uuid_of(leads))
    return {
        "meeting_kind": (a_type if a_type in kind.options else "other") if kind else "",
        "coordinator_telephone": one.telephone if one else "",
    }


def _who_comes(found: Meeting, names: Called) -> str:
    return "\n".join(
        f"{names.guest(one)}, {answered('guest_part', one.part).lower()}" if one.part else names.guest(one)
        for one in found.guests.values()
    )


@dataclass
class Drawn:
    """The parts by their keys, and what this reader's copy leaves out."""

    parts: dict[str, list[Block]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


class Drawing:
    """What is drawn of a meeting for one reader: nobody else's own words, no score its giver keeps, no matter of another."""

    def __init__(self, copy: MeetingCopy, paper: Paper) -> None:
        self.copy, self.paper, self.found = copy, paper, Drawn()
        self.meeting, self.names = copy.meeting, Called(copy.viewer, [copy.meeting])
        self.reader = str(paper.reader.person or "")
        self.in_family = paper.reader.kind not in PROFESSIONAL
        self.children = dict(report.children_named(paper.children))

    def everything(self) -> Drawn:
        """Every part of the letter that is drawn."""
        parts = {
            "attendance": self._attendance(), "stages": self._stages(), "scores": self._scores(), "offers": self._offers(), "contributions": self._contributions(), "plan": self._plan(),
            "added": self._added(), "actions": self._actions(), "promises": self._promises(), "next": self._next(),
        }  # fmt: skip
        self.found.parts = {key: list(blocks) for key, blocks in parts.items()}
        return self.found

    def _leave(self, words: str) -> None:
        if words not in self.found.left_out:
            self.found.left_out.append(words)

    def _headed(self, words: str, blocks: Iterator[Block]) -> Iterator[Block]:
        listed = list(blocks)
        if listed:
            yield Block("heading", words)
            yield from listed

    def _attendance(self) -> Iterator[Block]:
        def lines() -> Iterator[Block]:
            for one in self.meeting.guests.values():
                yield Block("bullet", ": ".join(filter(None, (self.names.guest(one), str(CAME.get(one.came, ""))))))

        yield from self._headed(_("Who was there"), lines())

    def _stages(self) -> Iterator[Block]:
        held = self.meeting.held
        if held is None:
            return
        for stage in self.copy.room.stages:
            if stage.private:
                yield Block("heading", stage.title)
                yield Block(
                    "paragraph",
                    answered("family_alone", held.event.fields.get("family_alone")) or _("It did not take place."),
                )
                continue
            for one in stage.questions:
                if one.family_sees == "never" or one.voice_of:
                    yield from self._own_words(one, held)
                    continue
                for key, name in self.children.items() if one.for_each else (("", ""),):
                    words = (
                        held.words.get("parts", {}).get(key, {})
                        if one.for_each and held.words.get("parts")
                        else {**held.event.fields, **held.words}
                    )
                    text = words.get(one.key)
                    if text not in (None, "", []):
                        yield Block(
                            "heading",
                            f"{one.asks} {name}".strip() if one.for_each and len(self.children) > 1 else one.asks,
                        )
                        yield Block(
                            "paragraph",
                            one.options.get(
                                str(text), answered(one.key, text) if isinstance(text, bool) else str(text)
                            ),
                        )

    def _own_words(self, one: Any, held: Any) -> Iterator[Block]:
        """A child's own words: in that child's copy alone."""
        parts = held.words.get("parts", {})
        words = (
            parts.get(self.reader, {}) if parts else held.words if self.reader in self.meeting.children else {}
        ).get(one.key)
        if words and self.reader in self.meeting.children:
            yield Block("heading", _("What you said"))
            yield Block("paragraph", str(words))
        elif any(each.get(one.key) for each in ([*parts.values()] if parts else [held.words])):
            self._leave(_("What a child said in their own words: it is the child’s."))

    def _scores(self) -> Iterator[Block]:
        def lines() -> Iterator[Block]:
            for one in self.meeting.scores:
                if one.shown or one.person == self.reader:
                    number = int(one.score) if one.score == int(one.score) else one.score
                    why = f": {one.why}" if one.why else ""
                    yield Block("bullet", f"{self.names(one.person)}: {number}{why}")
                else:
                    self._leave(_("A score that its giver did not want the room to see."))

        yield from self._headed(_("How safe things are, from 0 to 10"), lines())

    def _offers(self) -> Iterator[Block]:
        offers = self.meeting.held.words.get("offers", ()) if self.meeting.held else ()
        lines = (
            Block(
                "bullet",
                "; ".join(
                    filter(
                        None,
                        (f"{one.get('who', '')}: {one.get('what', '')}", one.get("limits", ""), one.get("from", "")),
                    )
                ),
            )
            for one in offers
        )
        yield from self._headed(_("What was offered"), lines)

    def _contributions(self) -> Iterator[Block]:
        for one in written.contributions(self.meeting.held, self.names) if self.meeting.held else ():
            lines = (Block("bullet", f"{asks}: {text}") for asks, text in one["rows"])
            yield from self._headed(_("%(who)s said") % {"who": one["who"]}, lines)

    def _plan(self) -> Iterator[Block]:
        def lines() -> Iterator[Block]:
            for one in self.meeting.parts.values():
                answer = part_answer(one.answer) if one.answer else _("Not answered yet")
                reasons = one.words.get("reasons", "")
                needs = one.said.get("needs", "")
                more = [
                    reasons,
                    _("What there is to do it with: %(what)s.") % {"what": needs} if needs else "",
                    _("By when: %(when)s.") % {"when": one.said["by_when"]} if one.said.get("by_when") else "",
                ]
                yield Block("bullet", " ".join(filter(None, (f"“{one.own_words}” {answer}.", *more))))

        yield from self._headed(_("The family’s plan, in the family’s words"), lines())

    def _actions(self) -> Iterator[Block]:
        def lines() -> Iterator[Block]:
            for one in self.meeting.actions:
                who = ", ".join(self.names(key) for name in story.NAMES for key in one.ids(name)) or str(
                    one.words.get("who", "")
                )
                by = one.event.fields.get("by_when")
                day = _(", by %(day)s") % {"day": said.day(dt.date.fromisoformat(str(by)))} if by else ""
                yield Block("bullet", ": ".join(filter(None, (who, str(one.words.get("what", ""))))) + day)

        yield from self._headed(_("Who does what"), lines())

    def _promises(self) -> Iterator[Block]:
        def lines() -> Iterator[Block]:
            for one in self.meeting.promises:
                who = ", ".join(self.names(key) for key in one.ids("person"))
                yield Block("bullet", f"{who}: “{one.words.get('own_words', '')}”")

        yield from self._headed(_("What relatives and friends offer"), lines())

    def _added(self) -> Iterator[Block]:
        lines = (Block("paragraph", str(one.words.get("added", ""))) for one in self.meeting.added)
        yield from self._headed(_("Added to the record since"), lines)

    def _next(self) -> Iterator[Block]:
        told = self.meeting.held.words.get("next", {}) if self.meeting.held else {}
        if told.get("day"):
            when = ", ".join(
                filter(
                    None, (said.day(dt.date.fromisoformat(told["day"])), told.get("time", ""), told.get("place", ""))
                )
            )
            yield from self._headed(_("The next meeting"), iter([Block("paragraph", when)]))
        elif told.get("route"):
            yield from self._headed(_("If you want another meeting"), iter([Block("paragraph", told["route"])]))
