"""The meeting is over: what was typed in the room becomes the record, in one transaction."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.access.viewer import Viewer
from kith.casework import gates
from kith.casework.policies import check_may_record
from kith.core import authorities, clock, ids, units
from kith.core.ids import uuid_of
from kith.meetings import live, selectors, typed
from kith.meetings.meeting import Meeting
from kith.meetings.typed import Row
from kith.people.policies import NotAllowed
from kith.people.portrait import row_id
from kith.people.selectors import Opened
from kith.record import actions as record
from kith.record.fact import Fact, NotRecorded
from kith.record.models import Event
from kith.record.procedures import procedure_of
from kith.rules.forms import divided
from kith.rules.gates import EXPLAIN
from kith.rules.rooms import Room

PRIVATE_TIME = "private_time"


@dataclass
class Finished:
    """What became of ending a meeting: the event that says it was held, and what the record could not take yet, in words."""

    event: Event
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Ending:
    """A meeting being written into the record."""

    room: Room
    meeting: Meeting
    opened: Opened
    said: Mapping[str, str]
    when: dt.date
    by: Viewer

    @property
    def about(self) -> dict[str, Any]:
        """Whom everything of the meeting is about."""
        children = [key for one in self.meeting.children if (key := uuid_of(one))] or [self.opened.id]
        named: dict[str, Any] = {"child": children, "meeting": uuid.UUID(self.meeting.id)}
        return named | ({"family": self.opened.person.family} if self.opened.person.family else {})

    def who(self, key: str) -> dict[str, uuid.UUID]:
        """How the record names somebody of the meeting: under what they are on its list as."""
        guest, one = self.meeting.guests.get(key), uuid_of(key)
        if one is None:
            return {}
        return {guest.named_as if guest else "person": one}

    def fact(self, kind: str, about: Mapping[str, Any], coded: Mapping[str, Any], words: Mapping[str, Any]) -> Fact:
        """A fact of this meeting: with the names and the coded answers that its kind knows."""
        known = procedure_of(authorities.current()).vocabulary.kind(kind)
        names = known.names if known else ()
        fields = known.fields if known else {}
        return Fact(
            kind=kind, about={key: one for key, one in {**self.about, **about}.items() if key in names}, when=self.when,
            coded={key: one for key, one in coded.items() if one not in (None, "", []) and key in fields},
            words={key: one for key, one in words.items() if one not in (None, "", [], {})},
        )  # fmt: skip


def finish(room: Room, meeting: Meeting, opened: Opened, said: Mapping[str, str], *, by: Viewer) -> Finished:
    """Records that a meeting was held, with everything typed in the room: who came, what was said, each score, the family's plan part by
    part in their words, and who does what. What a gate stands before is left for whoever may do it, and told.

    Raises NotAllowed, and NotRecorded where it is not said when it was held or who was there, or it is in the record already.
    """
    check_may_record(by, opened)
    notes = live.notes_of(uuid.UUID(meeting.id))
    if meeting.held is not None or (notes is not None and notes.recorded_as is not None):
        raise NotRecorded("this meeting is in the record already")
    ending = _Ending(room, meeting, opened, said, _day(meeting, said), by)
    if not typed.came(said):
        raise NotRecorded("say who was there", "attendance")
    facts = [_held(ending), *_stages(ending), *_scores(ending), *_proposals(ending)]
    # Every gate is asked of the record as it stands before the meeting is in it, which is so read once for all of them.
    taken, left = _through_gates(ending)
    facts += [*taken, *_promises(ending)]
    with units.write():
        events = record.append(*facts, by=by, under=opened.ground)
        live.finished(uuid.UUID(meeting.id), events[0].id)
    return Finished(events[0], left)


def _through_gates(ending: _Ending) -> tuple[list[Fact], list[str]]:
    """The answers to the family's plan and the actions that may be recorded, and in words what waits for somebody else to decide."""
    taken, left = list[Fact](), list[str]()
    for fact, reasons in [*_answers(ending), *_actions(ending)]:
        try:
            taken.append(gates.through(fact, reasons, by=ending.by))
        except gates.Stopped as stopped:
            left.append(f"“{_named(fact)}” {' '.join(stop.gate.say for stop in stopped.stops)}")
    return taken, left


def _named(fact: Fact) -> str:
    return str(fact.words.get("own_words") or fact.words.get("what") or fact.kind)


def _day(meeting: Meeting, said: Mapping[str, str]) -> dt.date:
    day = typed.day(said.get("held.day", "")) or (meeting.on.isoformat() if meeting.on else "")
    if not day:
        raise NotRecorded("enter the day it was held", "held.day")
    when = dt.date.fromisoformat(day)
    if when > clock.today():
        raise NotRecorded("this day has not come yet: enter the day it was held", "held.day")
    return when


def _held(ending: _Ending) -> Fact:
    said, room = ending.said, ending.room
    kind = procedure_of(authorities.current()).vocabulary.kind(f"meeting.held/{room.a_type}")
    if kind is None:
        raise NotRecorded("the procedure has no such meeting")
    shared = typed.answers(said, room.questions)
    coded, words = divided([one for one in room.questions if not one.for_each], shared, kind)
    each = {str(child): typed.answers(said, room.questions, str(child)) for child in ending.about["child"]}
    parts = {child: one for child, one in each.items() if one}
    came = typed.came(said)
    about: dict[str, Any] = {}
    for key in came:
        for name, one in ending.who(key).items():
            about.setdefault(name, []).append(one)
    if chair := uuid_of(ending.meeting.chair):
        about["chair"] = chair
    arranged = ending.meeting.arranged.event.fields if ending.meeting.arranged else {}
    coded |= {
        "chair_role": said.get("held.chair_role") or arranged.get("chair_role"), "outcomes": list(typed.keyed(said, "outcome")),
        "family_alone": said.get(PRIVATE_TIME), "place": said.get("held.place"),
    }  # fmt: skip
    told: dict[str, Any] = {
        **words, "attendance": typed.keyed(said, "came"), "ground_rules": list(typed.keyed(said, "rules")), "others": [dict(one.boxes) for one in typed.rows(said, "new")],
        "offers": [dict(one.boxes) for one in typed.rows(said, "offer")], "contributions": [dict(one.boxes) for one in typed.rows(said, "said")], "not_covered": said.get("held.not_covered", ""),
        "next": {key: said[f"next.{key}"] for key in ("day", "time", "place", "route") if said.get(f"next.{key}")},
    }  # fmt: skip
    if parts:
        if len(parts) == 1 and len(each) == 1:
            told |= next(iter(parts.values()))
        else:
            told["parts"] = parts
    return ending.fact(kind.id, about, coded, told)


def _stages(ending: _Ending) -> Iterator[Fact]:
    for stage in ending.room.stages:
        if typed.addressed(stage, ending.said):
            yield ending.fact("stage.addressed", {}, {"stage": stage.id}, {})


def _scores(ending: _Ending) -> Iterator[Fact]:
    for key, text in typed.keyed(ending.said, "score").items():
        try:
            score = float(text)
        except ValueError:
            raise NotRecorded("a score is a number from 0 to 10", f"score.{key}") from None
        if not 0 <= score <= 10:
            raise NotRecorded("a score is a number from 0 to 10", f"score.{key}")
        how = ending.said.get(f"how.{key}", "aloud")
        shown = ending.said.get(f"shown.{key}") == "yes"
        coded = {"score": int(score) if score == int(score) else score, "given_how": how, "shown_to_room": shown}
        yield ending.fact("safety.scored", ending.who(key), coded, {"why": ending.said.get(f"why.{key}", "")})


def _plan(ending: _Ending) -> uuid.UUID:
    return row_id("family_plan", ending.meeting.id)


def _proposal(ending: _Ending, part: Row) -> uuid.UUID:
    return row_id("proposal", ending.meeting.id, str(part.number))


def _proposals(ending: _Ending) -> Iterator[Fact]:
    for part in typed.rows(ending.said, "part"):
        if part["words"]:
            about = {"plan": _plan(ending), "proposal": _proposal(ending, part)} | ending.who(part["who"])
            yield ending.fact(
                "proposal.made",
                about,
                {},
                {
                    "own_words": part["words"],
                    "who": "" if uuid_of(part["who"]) else part["who"],
                    "needs": part["needs"],
                    "by_when": part["by_when"],
                },
            )


def _answers(ending: _Ending) -> Iterator[tuple[Fact, Mapping[str, str]]]:
    for part in typed.rows(ending.said, "part"):
        if not (part["words"] and part["answer"]):
            continue
        about = {"plan": _plan(ending), "proposal": _proposal(ending, part)}
        coded: dict[str, Any] = {"part": str(part.number), "answer": part["answer"]}
        if part["answer"] == "not_agreed":
            coded |= {
                "ground": part["ground"],
                "evidence": bool(part["evidence"]),
                "explained_to_family": part["told"] == "yes",
            }
        words = {"own_words": part["words"], "evidence_is": part["evidence"], "reasons": part["reasons"]}
        fact = ending.fact("plan.part_answered/family", about, coded, words)
        yield fact, {stop.gate.id: part["reasons"] for stop in gates.standing(fact) if stop.gate.otherwise == EXPLAIN}


def _actions(ending: _Ending) -> Iterator[tuple[Fact, Mapping[str, str]]]:
    for act in typed.rows(ending.said, "act"):
        if act["what"]:
            who = ending.who(act["who"])
            words = {"what": act["what"], "who": "" if who else act["who"]}
            about = {"action": ids.new()} | who
            yield ending.fact("action.agreed", about, {"by_when": typed.day(act["by_when"])}, words), {}


def _promises(ending: _Ending) -> Sequence[Fact]:
    found = []
    for one in typed.rows(ending.said, "promise"):
        if one["words"]:
            ask_on = typed.day(one["ask_on"]) or (ending.when + dt.timedelta(days=28)).isoformat()
            about = {"promise": ids.new()} | ending.who(one["who"])
            found.append(ending.fact("promise.made", about, {"ask_on": ask_on}, {"own_words": one["words"]}))
    return found


def close_slot(a_type: str, day: dt.date, *, by: Viewer) -> Event:
    """On this day there is no meeting of a kind that has a time of its own: it is offered to nobody (LEI-060). Raises NotAllowed,
    NotRecorded for a day that is no free time of that kind."""
    if not by.may("record"):
        raise NotAllowed("Your role reads records but does not record.")
    room = selectors.room_of(a_type)
    if room is None or day not in selectors.free_slots(room, 1, day - dt.timedelta(days=1)):
        raise NotRecorded("this is no free time of that kind of meeting", "slot")
    about = {"meeting": ids.new(), "chair": by.id}
    closed = Fact(
        kind=f"meeting.slot_closed/{a_type}", about=about, when=clock.today(), coded={"slot_on": day.isoformat()}
    )
    return record.append(closed, by=by, under="record")[0]
