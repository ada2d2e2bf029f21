"""The fields of a meeting's room: for whoever writes, and, less what is not for everybody, for the screen on the wall."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.core import clock
from kith.forms import selectors as forms
from kith.meetings import typed
from kith.meetings.typed import ROWS, SPARE, Problem, Row
from kith.people import selectors as people
from kith.record.procedures import stack_of
from kith.rules.forms import Question
from kith.rules.rooms import (
    ACTIONS,
    ATTENDANCE,
    CONTRIBUTIONS,
    GROUND_RULES,
    NEXT,
    OFFERS,
    PROPOSALS,
    SCORES,
    SEEN,
    SIBLINGS,
    Stage,
)
from kith.web import said
from kith.web.answers import answered
from kith.web.meetings import beside
from kith.web.meetings.called import part_answer

if TYPE_CHECKING:
    from kith.web.meetings.room import Standing

CAME = (
    ("", gettext_lazy("Not said")), ("came", gettext_lazy("Here")), ("for_part", gettext_lazy("Here for part of it")), ("apologies", gettext_lazy("Sent apologies")),
    ("absent", gettext_lazy("Not here")), ("otherwise", gettext_lazy("Heard in another way")),
)  # fmt: skip
HOW = (
    ("aloud", gettext_lazy("Aloud")),
    ("apart", gettext_lazy("Apart, to one of us")),
    ("beforehand", gettext_lazy("Before the meeting")),
    ("own_means", gettext_lazy("By their own means")),
)
PRIVATE = ("", "alone", "everybody", "some_professionals", "coordinator", "none")
PARTS = ("agreed", "agreed_in_principle", "not_agreed")


def of(here: "Standing") -> dict[str, Any]:
    """Everything the page of the room shows."""
    people_here = _guests(here)
    stages = [_stage(one, here, people_here) for one in here.room.stages]
    return {
        "stages": stages, "guests": people_here, "limits": limits(here), "boxes": " ".join(_boxes(here)), "beside": _beside(here), "came": CAME, "how": HOW,
        "outcomes": [(key, answered("outcomes", key), here.typed.get(f"outcome.{key}") == "yes") for key in here.room.outcomes],
        "held_day": here.typed.get("held.day", "") or _day(here), "not_covered": here.typed.get("held.not_covered", ""), "place": here.typed.get("held.place", "") or here.meeting.venue,
        "saved": said.moment(here.notes.saved_at) if here.notes else "", "last_day": said.day(here.last.on) if here.last and here.last.on else "",
    }  # fmt: skip


def _day(here: "Standing") -> str:
    today = clock.today()
    return (here.meeting.on if here.meeting.on and here.meeting.on <= today else today).isoformat()


def _guests(here: "Standing") -> list[dict[str, Any]]:
    """Whoever is to come, with what they agreed and their score; and how each scored last time, if the room saw it then."""
    before = {one.person: one for one in here.last.scores} if here.last else {}
    found = []
    for one in here.meeting.guests.values():
        key, last = one.key, before.get(one.key)
        found.append({
            "key": key, "name": here.names.guest(one), "part": answered("guest_part", one.part), "came": here.typed.get(f"came.{key}", ""), "rules": here.typed.get(f"rules.{key}") == "yes",
            "score": here.typed.get(f"score.{key}", ""), "how": here.typed.get(f"how.{key}", "aloud"), "shown": here.typed.get(f"shown.{key}") == "yes", "why": here.typed.get(f"why.{key}", ""),
            "last": last.score if last and last.shown else None, "views": one.views,
        })  # fmt: skip
    return found


def _stage(stage: Stage, here: "Standing", people_here: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": stage.id, "title": stage.title, "hint": stage.hint, "private": stage.private, "questions": [_question(one, here) for one in stage.questions if not one.for_each],
        "each": [{"child": str(key), "name": name, "questions": [_question(one, here, str(key)) for one in stage.questions if one.for_each]} for key, name in here.children.items()]
        if any(one.for_each for one in stage.questions) else [],
        "attendance": ATTENDANCE in stage.lists, "rules": here.room.ground_rules if GROUND_RULES in stage.lists else (), "scores": SCORES in stage.lists,
        "contributions": _rows(here, "said") if CONTRIBUTIONS in stage.lists else [], "siblings": beside.siblings(here) if SIBLINGS in stage.lists else None, "seen": beside.seen_so_far(here) if SEEN in stage.lists else None,
        "offers": _rows(here, "offer") if OFFERS in stage.lists else [], "parts": [_part(one, here, people_here) for one in _rows(here, "part")] if PROPOSALS in stage.lists else [],
        "actions": _with_people(_rows(here, "act"), people_here) if ACTIONS in stage.lists else [], "promises": _with_people(_rows(here, "promise"), people_here) if PROPOSALS in stage.lists else [],
        "new": _rows(here, "new") if ATTENDANCE in stage.lists else [], "next": NEXT in stage.lists and {key: here.typed.get(f"next.{key}", "") for key in ("day", "time", "place", "route")},
        "ticked": here.typed.get(f"stage.{stage.id}") == "yes", "addressed": typed.addressed(stage, here.typed),
        "private_time": [(key, answered("family_alone", key) if key else _("Not yet"), here.typed.get("private_time", "") == key) for key in PRIVATE],
    }  # fmt: skip


def _question(one: Question, here: "Standing", child: str = "") -> dict[str, Any]:
    name = f"q.{one.key}.{child}" if child else f"q.{one.key}"
    return {
        "name": name, "id": name.replace(".", "-"), "asks": one.asks, "hint": one.hint, "answer": one.answer, "value": here.typed.get(name, ""), "last": _last(one, here, child),
        "options": [(key, text, here.typed.get(name) == key) for key, text in one.options.items()], "rows": 4 if one.answer == "long_text" else 2, "kept": one.family_sees == "never",
    }  # fmt: skip


def _last(one: Question, here: "Standing", child: str) -> str:
    """What was written of the same thing last time (LIN-051)."""
    if here.last is None or here.last.held is None or one.answer not in ("long_text", "text"):
        return ""
    words = here.last.held.words
    parts = words.get("parts", {})
    return str((parts.get(child, {}) if child and parts else words).get(one.key, "") or "")


def _rows(here: "Standing", a_list: str) -> list[dict[str, Any]]:
    """The lines of a list as typed, and some empty ones after them."""
    filled = typed.rows(here.typed, a_list)
    after = max((one.number for one in filled), default=0) + 1
    every = [*filled, *(Row(number, {}) for number in range(after, after + SPARE))]
    boxes = [box if box != "name" else "called" for box in ROWS[a_list]]
    return [
        {
            "number": one.number,
            "name": f"{a_list}.{one.number}",
            **{key: one[box] for key, box in zip(boxes, ROWS[a_list], strict=True)},
        }
        for one in every
    ]


def _with_people(rows: list[dict[str, Any]], people_here: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one | {"people": _people(one["who"], people_here)} for one in rows]


def _people(chosen: str, people_here: list[dict[str, Any]]) -> list[tuple[str, str, bool]]:
    found = [(one["key"], one["name"], one["key"] == chosen) for one in people_here]
    if chosen and not any(picked for _key, _name, picked in found):
        found.append((chosen, chosen, True))
    return found


def _part(one: dict[str, Any], here: "Standing", people_here: list[dict[str, Any]]) -> dict[str, Any]:
    stage = next((each for each in here.room.stages if each.parts), None)
    answers = stage.parts if stage else PARTS
    question = forms.question_of("plan.part_answered/family", "ground")
    return one | {
        "people": _people(one["who"], people_here), "answers": [(key, part_answer(key), one["answer"] == key) for key in answers],
        "grounds": [(key, text, one["ground"] == key) for key, text in (question.options if question else {}).items()],
    }  # fmt: skip


def _boxes(here: "Standing") -> list[str]:
    """The names of the boxes that can be ticked: one that is not ticked is not sent."""
    keys = list(here.meeting.guests)
    names = (
        [f"rules.{key}" for key in keys]
        + [f"shown.{key}" for key in keys]
        + [f"stage.{one.id}" for one in here.room.stages]
    )
    return (
        names
        + [f"outcome.{key}" for key in here.room.outcomes]
        + [f"part.{row['number']}.told" for row in _rows(here, "part")]
    )


def _beside(here: "Standing") -> list[dict[str, Any]]:
    """Places where two people wrote at once: both texts, until one is chosen."""
    if here.notes is None:
        return []
    found = []
    for name, texts in here.notes.beside.items():
        text, who, _at = texts[0]
        found.append(
            {"name": name, "what": _called(here, name), "stands": here.typed.get(name, ""), "other": text, "who": who}
        )
    return found


def _called(here: "Standing", name: str) -> str:
    start, _dot, rest = name.partition(".")
    question = next((one for one in here.room.questions if start == "q" and rest.partition(".")[0] == one.key), None)
    return question.asks if question else _("A line of a list")


def gaps(here: "Standing") -> list[Problem]:
    """What was not gone through, for whoever ends the meeting: a reason is enough for all of it."""
    found = list(typed.gaps(here.room, here.typed))
    for key, name in here.children.items():
        heard = here.typed.get(f"came.{key}", "") or any(
            here.typed.get(f"q.{one.key}.{key}", "").strip() for one in here.room.questions if one.voice_of == "child"
        )
        if not heard and not people.portrait_of(key).unborn:
            found.append(
                Problem(
                    "attendance", _("How %(name)s took part: here, heard in another way, or why not") % {"name": name}
                )
            )
    if here.room.outcomes and not typed.keyed(here.typed, "outcome"):
        found.append(Problem("outcomes", _("What the meeting came to")))
    if here.room.has(NEXT) and not any(here.typed.get(f"next.{key}", "").strip() for key in ("day", "route")):
        found.append(Problem("next", _("When the next meeting is, or how the family can ask for one")))
    return found


def while_alone(here: "Standing") -> dict[str, Any]:
    """What a co-ordinator may be asked while the family is by itself: what was offered, and what only others can decide (WOR-320)."""
    offers = [
        {"who": _who(here, one["who"]), "what": one["what"], "limits": one["limits"]}
        for one in typed.rows(here.typed, "offer")
    ]
    return {"offers": offers, "limits": limits(here)}


def limits(here: "Standing") -> list[str]:
    """What this meeting cannot change, as the child's plans and the court stand today (WOR-327, WOR-328)."""
    plan = people.standing_of(here.opened.id).plan
    words = stack_of(here.viewer.authority).words
    told = []
    if plan in ("child_protection", "care"):
        told.append(
            words.get(f"limits/{plan}")
            or _(
                "Only a core group, a conference or a review can change the plan the child has now. What the family agrees is taken there."
            )
        )
    return [str(one) for one in told]


def _who(here: "Standing", key: str) -> str:
    return here.names(key, key) if key else ""


def for_the_room(here: "Standing") -> list[dict[str, Any]]:
    """The columns of the screen on the wall: what was written, without what is not for everybody."""
    columns = []
    for one in here.room.questions:
        text = here.typed.get(f"q.{one.key}", "").strip()
        if text and not one.for_each and one.family_sees != "never" and one.answer == "long_text":
            columns.append({"asks": one.asks, "text": text})
    return columns


def scores_shown(here: "Standing") -> list[tuple[str, str]]:
    """The scores whose givers let the room see them."""
    guests: Mapping[str, Any] = here.meeting.guests
    return [
        (here.names.guest(guests[key]), text)
        for key, text in typed.keyed(here.typed, "score").items()
        if key in guests and here.typed.get(f"shown.{key}") == "yes"
    ]


def parts_shown(here: "Standing") -> list[dict[str, str]]:
    """The family's plan, part by part."""
    return [
        {"words": one["words"], "who": _who(here, one["who"]), "answer": part_answer(one["answer"])}
        for one in typed.rows(here.typed, "part")
        if one["words"]
    ]


def actions_shown(here: "Standing") -> list[dict[str, str]]:
    """Who does what by when."""
    acts = [one for one in typed.rows(here.typed, "act") if one["what"]]
    return [{"what": one["what"], "who": _who(here, one["who"]), "by": one["by_when"]} for one in acts]
