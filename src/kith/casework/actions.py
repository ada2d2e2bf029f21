"""Recording casework: a form's answers become an event; a manager confirms or returns; children are allocated."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.casework import gates, homes, policies
from kith.casework.kinds import GIVEN, GIVEN_OR_NEW, LATEST, type_gone_on_with
from kith.casework.meetings import children_of
from kith.core import authorities, clock, ids, units
from kith.people.identifiers import NotAnIdentifier, cleaned
from kith.people.selectors import Opened
from kith.record import actions as record
from kith.record.fact import Fact, NotRecorded
from kith.record.models import Event
from kith.record.procedures import procedure_of, stack_of
from kith.record.selectors import latest_named
from kith.rules.forms import NAMED, Form, Question, divided, holds
from kith.rules.vocabulary import Kind

Answers = Mapping[str, Any]
A_TYPE = "a_type"  # the question by which a form asks for the type of what it records


@dataclass(frozen=True)
class Filled:
    """A form filled in: whom it is about, what is said of all of them, and each child's part by the child's id as text."""

    form: Form
    children: Sequence[uuid.UUID]
    shared: Answers
    parts: Mapping[str, Answers] = field(default_factory=dict)


def record_form(
    filled: Filled,
    opened: Opened,
    *,
    by: Viewer,
    corrects: Event | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Event:
    """Records what was answered on a form, about one child or several with a part for each. `reasons` open the gates that ask for one.

    Raises NotAllowed, NotRecorded, and Stopped while a gate of the procedure stands before an act.
    """
    policies.check_may_record(by, opened)
    form, children, shared, parts = filled.form, filled.children, filled.shared, filled.parts
    kind = _kind(form, shared, opened)
    questions = [one for one in form.questions if one.key not in ("when", A_TYPE)]
    coded, words = divided([one for one in questions if not one.for_each], shared, kind)
    part_coded, part_words = _parts(questions, children, parts, kind)
    if len(children) == 1:
        coded |= part_coded.pop(str(children[0]), {})
        words |= part_words.pop(str(children[0]), {})
    if part_words:
        words["parts"] = part_words
    about = _about(_naming(form, shared), opened, children, by, corrects) | _chosen(questions, shared)
    if form.records == "home.moved_in" and shared.get("together"):
        homes.join(about, coded, words, shared["together"], by)
    if "value" in words and "scheme" in coded:
        words["value"] = _number(str(coded["scheme"]), str(words["value"]))
    coded |= _written_by(kind, by)
    fact = Fact(
        kind=kind.id, about=_all_of_the_meeting(about, kind, questions), when=_when(shared), coded=coded, parts=part_coded, words=words, ended=_ended(shared),
    )  # fmt: skip
    with units.write():
        if corrects is not None:
            event = record.correct(corrects, fact, by=by, under=opened.ground)
        else:
            event = record.append(gates.through(fact, reasons or {}, by=by), by=by, under=opened.ground)[0]
        if form.records == "home.moved_in" and (others := homes.kept_for_all(about, coded)):
            record.append(*others, by=by, under=opened.ground)
    return event


def _written_by(kind: Kind, by: Viewer) -> dict[str, str]:
    """As whom somebody writes, where the procedure asks it of a kind: as a social worker in any role that makes them one, else in the
    first role they hold. A part taken in one case (key worker) or a training says nothing of a profession, and then nothing is said."""
    if "author_role" not in kind.fields:
        return {}
    roles = {role: stack_of(authorities.current()).items["roles"].get(role, {}) for role in by.roles}
    if any(one.get("qualified") is True for one in roles.values()):
        return {"author_role": "social_worker"}
    held = [role for role, one in roles.items() if not one.get("held_by") and not one.get("training")]
    return {"author_role": held[0]} if held else {}


def _all_of_the_meeting(about: dict[str, Any], kind: Kind, questions: Sequence[Question]) -> dict[str, Any]:
    """What is said of a meeting is said of every child it is about, from whichever of their records it is written; but where something is
    asked of each child, those chosen in the form."""
    if "meeting" not in about or not kind.id.startswith("meeting.") or any(one.for_each for one in questions):
        return about
    return {**about, "child": list(dict.fromkeys([*about["child"], *children_of(about["meeting"])]))}


def _kind(form: Form, shared: Answers, opened: Opened) -> Kind:
    """The kind of event that a form records: of the type chosen where it asks for one, or that the latest of its kind has, where the
    form goes on with that. Raises NotRecorded."""
    a_type = shared.get(A_TYPE) or type_gone_on_with(form, opened.id)
    chosen = f"{form.records}/{a_type}" if a_type and "/" not in form.records else form.records
    kind = procedure_of(authorities.current()).vocabulary.kind(chosen)
    if kind is None:
        raise NotRecorded(f"the procedure has no kind of event “{chosen}” for this form", A_TYPE)
    return kind


def _parts(
    questions: Sequence[Question], children: Sequence[uuid.UUID], parts: Mapping[str, Answers], kind: Kind
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    each = [one for one in questions if one.for_each]
    coded, words = {}, {}
    for child in map(str, children):
        coded[child], words[child] = divided(each, parts.get(child, {}), kind)
    return {k: v for k, v in coded.items() if v}, {k: v for k, v in words.items() if v}


def _naming(form: Form, shared: Answers) -> Form:
    """The form without what its answers give it no reason to name."""
    out = {name for name, condition in form.named_if.items() if not holds(condition, shared)}
    return replace(form, names={name: how for name, how in form.names.items() if name not in out}) if out else form


def _about(
    form: Form, opened: Opened, children: Sequence[uuid.UUID], by: Viewer, corrects: Event | None
) -> dict[str, Any]:
    about: dict[str, Any] = {opened.named: list(children)}
    for name, how in form.names.items():
        if how == "new":
            there = corrects.about.get(name) if corrects is not None else None
            about[name] = uuid.UUID(there) if there else ids.new()
        elif how == "recorder":
            about[name] = by.id if corrects is None else uuid.UUID(corrects.about[name])
        elif how == "family" and opened.person.family:
            about[name] = opened.person.family
        elif (given := _the_one(name, how, opened, corrects)) is not None:
            about[name] = given
    return about


def _the_one(name: str, how: str, opened: Opened, corrects: Event | None) -> uuid.UUID | None:
    """The id that a form names: given as it is, what it was opened from, or the latest of its kind about the child (that of the entry
    it corrects)."""
    if how not in (LATEST, GIVEN, GIVEN_OR_NEW):
        return ids.uuid_of(how)
    if corrects is not None and name in corrects.about:
        return uuid.UUID(str(corrects.about[name]))
    if how == GIVEN_OR_NEW:
        return ids.new()
    if how == GIVEN:
        return None
    found = latest_named(opened.id, name)
    if found is None:
        raise NotRecorded(f"there is no {name.replace('_', ' ')} on this record yet; record that first", "when")
    return found


def _chosen(questions: Sequence[Question], shared: Answers) -> dict[str, uuid.UUID]:
    """People, agencies, workers and meetings chosen in answers, named in the event under the question's key."""
    return {
        one.key: uuid.UUID(shared[one.key])
        for one in questions
        if one.answer in NAMED and one.key != "together" and shared.get(one.key)
    }


def _number(scheme: str, value: str) -> str:
    try:
        return cleaned("upn" if scheme == "former_upn" else scheme, value)
    except NotAnIdentifier as wrong:
        raise NotRecorded(str(wrong), "value") from None


def _when(shared: Answers) -> dt.date | dt.datetime:
    when = shared.get("when")
    if not isinstance(when, str) or not when:
        raise NotRecorded("enter the day it happened", "when")
    if "T" not in when:
        return dt.date.fromisoformat(when)
    return dt.datetime.fromisoformat(when).replace(tzinfo=clock.LONDON)


def _ended(shared: Answers) -> dt.datetime | None:
    when, minutes = _when(shared), shared.get("minutes")
    if not minutes or not isinstance(when, dt.datetime):
        return None
    return when + dt.timedelta(minutes=float(minutes))


def confirm_visit(visit: uuid.UUID, opened: Opened, comment: str, *, by: Viewer) -> Event:
    """A manager confirms why a child was not seen, or not seen alone. Raises NotAllowed (WOR-084)."""
    policies.check_may_confirm(by, opened)
    return record.append(
        Fact(
            kind="visit.confirmed", about={"child": opened.id, "visit": visit}, when=clock.now(),
            coded={"by_role": policies.role_for(by, "approve")}, words={"comment": comment} if comment else {},
        ),
        by=by, under=opened.ground,
    )[0]  # fmt: skip


def return_visit(visit: uuid.UUID, opened: Opened, comment: str, *, by: Viewer) -> Event:
    """A manager asks for more, in words. Raises NotAllowed, NotRecorded without words."""
    policies.check_may_confirm(by, opened)
    if not comment.strip():
        raise NotRecorded("say what you need to know", "comment")
    return record.append(
        Fact(
            kind="visit.returned", about={"child": opened.id, "visit": visit}, when=clock.now(),
            coded={"by_role": policies.role_for(by, "approve")}, words={"comment": comment},
        ),
        by=by, under=opened.ground,
    )[0]  # fmt: skip


def allocate(
    opened: Opened, worker: uuid.UUID, team: uuid.UUID | None, coded: Mapping[str, Any], *, by: Viewer, reason: str = "",
    reasons: Mapping[str, str] | None = None,
) -> Event:  # fmt: skip
    """Allocates a child to a worker, from today. Raises NotAllowed, NotRecorded, and Stopped while a gate stands before it."""
    policies.check_may_allocate(by, opened)
    fact = _allocation(opened, worker, team, coded, by=by, reason=reason)
    return record.append(gates.through(fact, reasons or {}, by=by), by=by, under=opened.ground)[0]


def said_of_allocating(opened: Opened, worker: uuid.UUID, *, by: Viewer) -> list[str]:
    """What the procedure has a manager know of giving a child's case to a worker, which holds nothing up (WOR-072)."""
    fact = _allocation(opened, worker, None, {}, by=by, reason="")
    return [one.gate.say for one in gates.standing(fact) if one.gate.otherwise == "prompt"]


def _allocation(
    opened: Opened, worker: uuid.UUID, team: uuid.UUID | None, coded: Mapping[str, Any], *, by: Viewer, reason: str
) -> Fact:
    about: dict[str, Any] = {"child": opened.id, "worker": worker}
    if opened.person.family:
        about["family"] = opened.person.family
    roles = stack_of(authorities.current()).items["roles"]
    every = access.roles_held(clock.today()).get(worker, [])
    theirs = [role for role in every if not roles.get(role, {}).get("training")]
    said: dict[str, Any] = {role: role in every for role, item in roles.items() if item.get("training")}
    said |= {
        "worker_role": theirs[0] if theirs else "", "by_role": policies.role_for(by, "allocate"),
        "qualified": any(roles.get(role, {}).get("qualified") is True for role in theirs),
    }  # fmt: skip
    kind = procedure_of(authorities.current()).vocabulary.kind("case.allocated")
    said = {key: value for key, value in said.items() if value != "" and kind is not None and key in kind.fields}
    said |= dict(coded) | ({"team": str(team)} if team else {})
    return Fact(
        kind="case.allocated", about=about, when=clock.today(), coded=said, words={"reason": reason} if reason else {}
    )
