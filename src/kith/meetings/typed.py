"""What was typed in the room, read as what it means: who came, scores, what agencies offer, the family's plan, who does what.

Every field has a name: `q.worries`, `q.childs_words.CHILD`, `came.KEY`, `rules.KEY`, `score.KEY`, `offer.1.what`, `part.2.words`,
`act.3.by_when`, `promise.1.words`, `stage.ID`, `outcome.ID`, `next.day`.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kith.rules.forms import FAMILY_ALONE, Question, asked, missing
from kith.rules.rooms import Room, Stage

CAME, APOLOGIES, ABSENT, FOR_PART, OTHERWISE = "came", "apologies", "absent", "for_part", "otherwise"
ROWS: Mapping[str, tuple[str, ...]] = {
    "offer": ("who", "what", "limits", "from"), "part": ("who", "words", "answer", "needs", "by_when", "ground", "evidence", "reasons", "told"),
    "act": ("what", "who", "by_when"), "promise": ("who", "words", "ask_on"), "new": ("name", "what"),
    "said": ("who", "role", "knows", "strengths", "concerns"),
}  # fmt: skip
SPARE = 2  # empty rows offered after those filled in


@dataclass(frozen=True)
class Row:
    """A line of a list as typed: its number, and each of its boxes."""

    number: int
    boxes: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.boxes.get(name, "").strip()


def rows(typed: Mapping[str, str], a_list: str) -> list[Row]:
    """The lines of a list that hold anything, in order."""
    found: dict[int, dict[str, str]] = {}
    for name, text in typed.items():
        start, _dot, rest = name.partition(".")
        number, _dot, box = rest.partition(".")
        if start == a_list and number.isdigit() and box in ROWS[a_list] and text.strip():
            found.setdefault(int(number), {})[box] = text
    return [Row(number, boxes) for number, boxes in sorted(found.items())]


def keyed(typed: Mapping[str, str], start: str) -> dict[str, str]:
    """What was typed for each person, stage or outcome under one beginning."""
    return {
        name.partition(".")[2]: text for name, text in typed.items() if name.startswith(f"{start}.") and text.strip()
    }


def came(typed: Mapping[str, str]) -> list[str]:
    """The keys of those who were there, for all of it or part."""
    return [key for key, how in keyed(typed, "came").items() if how in (CAME, FOR_PART)]


def answers(typed: Mapping[str, str], questions: Sequence[Question], child: str = "") -> dict[str, object]:
    """The answers to the questions of a room: those said of all, or one child's part."""
    found: dict[str, object] = {}
    for one in questions:
        if bool(one.for_each) != bool(child):
            continue
        name = f"q.{one.key}.{child}" if child else f"q.{one.key}"
        text = typed.get(name, "").strip()
        if text:
            found[one.key] = _value(one, text)
    known = found | _of_private_time(typed)
    return {one.key: found[one.key] for one in questions if one.key in found and asked(one, known)}


def _of_private_time(typed: Mapping[str, str]) -> dict[str, object]:
    """How the family used its own time: a question may hang on it, and does not ask for it again (WOR-321)."""
    return {FAMILY_ALONE: typed.get("private_time", "")}


def _value(one: Question, text: str) -> object:
    if one.answer == "yes_no":
        return text == "yes"
    if one.answer == "choices":
        return [key for key in text.split("\n") if key in one.options]
    return text


def day(text: str) -> str:
    """A date typed in a box of type date; empty where it is none."""
    try:
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return ""


@dataclass(frozen=True)
class Problem:
    """What is still to be done before the meeting is recorded; what `stops` must be put right, of the rest a reason is enough."""

    where: str
    text: str
    stops: bool = False


def addressed(stage: Stage, typed: Mapping[str, str]) -> bool:
    """Whether a stage was gone through: it was ticked, something was written in it, or the family had its own time."""
    if stage.private:
        return bool(typed.get("private_time"))
    own = [
        name for one in stage.questions for name in typed if name == f"q.{one.key}" or name.startswith(f"q.{one.key}.")
    ]
    lists = {"offers": "offer", "proposals": "part", "actions": "act", "contributions": "said"}
    has_rows = any(rows(typed, lists[one]) for one in stage.lists if one in lists)
    return typed.get(f"stage.{stage.id}") == "yes" or has_rows or any(typed[name].strip() for name in own)


def gaps(room: Room, typed: Mapping[str, str]) -> Iterator[Problem]:
    """What was not gone through, said to whoever ends the meeting: they may go on with a reason (LIN-079, WOR-311)."""
    shared = answers(typed, room.questions)
    for stage in room.stages:
        if not addressed(stage, typed):
            yield Problem(f"stage-{stage.id}", stage.title)
            continue
        for one in missing([each for each in stage.questions if not each.for_each], shared | _of_private_time(typed)):
            yield Problem(f"q-{one.key}", one.if_missing or one.asks)
