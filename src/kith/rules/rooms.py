"""The room of a meeting: what a pack says of a kind of meeting, stage by stage, for whoever leads it and whoever writes.

A stage is a page of the meeting's form, with the same id, and may have lists beside its questions: who came, the ground rules,
scores, what agencies offer, what the family proposes, who does what. Of a stage that `records_nothing_but: that_it_happened`
nothing is written but that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kith.rules.forms import Form, Page, Question, forms_of
from kith.rules.lines import listed
from kith.rules.stack import Stack, settled

ATTENDANCE, GROUND_RULES, SCORES, CONTRIBUTIONS, OFFERS, PROPOSALS, ACTIONS, NEXT, SIBLINGS, SEEN = (
    "attendance", "ground_rules", "scores", "contributions", "offers", "proposals", "actions", "next_meeting", "brothers_and_sisters", "seen_so_far",
)  # fmt: skip
LISTS = (ATTENDANCE, GROUND_RULES, SCORES, CONTRIBUTIONS, OFFERS, PROPOSALS, ACTIONS, NEXT, SIBLINGS, SEEN)
ROOM = "meeting_room"  # the form of a meeting whose pack has none for it


@dataclass(frozen=True)
class Stage:
    """A stage of a meeting. `private` is the family's own time; `parts` are the answers that a part of its plan can have."""

    id: str
    title: str
    hint: str = ""
    questions: tuple[Question, ...] = ()
    lists: tuple[str, ...] = ()
    private: bool = False
    parts: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Room:
    """Everything a pack says of a kind of meeting, as whoever leads it needs it."""

    a_type: str
    title: str
    stages: tuple[Stage, ...]
    chair: Mapping[str, Any] = field(default_factory=dict)
    invites: tuple[str, ...] = ()
    must_invite: tuple[Mapping[str, Any], ...] = ()
    papers: tuple[Mapping[str, Any], ...] = ()
    venues: tuple[str, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    scale: Mapping[str, Any] = field(default_factory=dict)
    ground_rules: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    route: str = ""
    purpose: str = ""
    record: Mapping[str, Any] = field(default_factory=dict)
    also_called: tuple[str, ...] = ()
    family_decides: Mapping[str, Any] = field(
        default_factory=dict
    )  # from when, and why, it counts as family group decision-making
    cites: tuple[str, ...] = ()

    @property
    def no_minutes(self) -> bool:
        """Whether the plan and the record are one document, and there are no separate minutes (LIN-041, LIN-042)."""
        return self.record.get("minutes") == "none"

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question of every stage."""
        return tuple(one for stage in self.stages for one in stage.questions)

    def has(self, a_list: str) -> bool:
        """Whether any stage has a list."""
        return any(a_list in stage.lists for stage in self.stages)


def rooms_of(stack: Stack) -> dict[str, Room]:
    """Every kind of meeting of a stack of packs, by its type."""
    forms = forms_of(stack)
    return {
        key: _room(settled(item, stack.settings), forms)
        for key, item in stack.items["meetings"].items()
        if _form(item, forms) is not None
    }


def _form(item: Mapping[str, Any], forms: Mapping[str, Form]) -> Form | None:
    return forms.get(str((item.get("record") or {}).get("form", ROOM))) or forms.get(ROOM)


def _room(item: Mapping[str, Any], forms: Mapping[str, Form]) -> Room:
    form = _form(item, forms)
    pages = form.pages if form else ()
    written = {str(one["id"]): one for one in item.get("stages") or ()}
    asked = [page for page in pages if not written or page.id in written]
    venues = item.get("venues") or {}
    return Room(
        a_type=str(item["type"]), title=str(item["title"]), stages=tuple(_stage(page, written.get(page.id, {})) for page in asked),
        chair=dict(item.get("chair") or {}), invites=tuple(item.get("invites") or ()), must_invite=tuple(item.get("must_invite") or ()),
        papers=tuple(item.get("papers") or ()), venues=tuple(venues.get("offered") or ()), slots=dict(item.get("slots") or {}),
        scale=dict(item.get("scale") or {}), ground_rules=tuple(map(str, item.get("ground_rules") or ())),
        outcomes=tuple((item.get("outcomes") or {}).get("at_least_one_of") or ()), route=str(item.get("asks_route", "")),
        purpose=str(item.get("purpose", "")), record=dict(item.get("record") or {}), also_called=tuple(item.get("also_called") or ()), family_decides=dict(item.get("counts_as_family_decision_making") or {}), cites=tuple(item.get("cites") or ()),
    )  # fmt: skip


DEFAULT_LISTS: Mapping[str, tuple[str, ...]] = {
    "opening": (ATTENDANCE, GROUND_RULES), "information": (OFFERS,), "agree_the_plan": (PROPOSALS, ACTIONS, NEXT),
}  # fmt: skip


def _stage(page: Page, item: Mapping[str, Any]) -> Stage:
    return Stage(
        page.id, page.title, page.hint, page.questions, tuple(listed(item["lists"]) if "lists" in item else DEFAULT_LISTS.get(page.id, ())),
        private="records_nothing_but" in item, parts=tuple(item.get("parts") or ()), cites=tuple(item.get("cites") or ()),
    )  # fmt: skip
