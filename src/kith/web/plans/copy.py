"""What is drawn from a plan for one reader: what it says, what is done and what is offered, and what is left out and why (WOR-431).

A plan is made with everybody, and read by each alone. What another member of the family does or offers is theirs to tell; where two
people are kept apart, who helps the one would tell the other where to look.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.casework import plans as casework
from kith.casework.plans import Item, Plans
from kith.core import clock
from kith.core.ids import uuid_of
from kith.documents.selectors import Paper
from kith.forms import selectors as forms
from kith.people import register
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.rules.letters import Block
from kith.web import said
from kith.web.answers import type_title
from kith.web.assessments.report import Drawn, For, children_named
from kith.web.plans.team import PARTS

GROUPS: Mapping[str, tuple[str, ...]] = {
    "different": ("trigger", "beside_reason", "different", "individual", "know"),
    "working": ("services", "professional_contact", "purpose", "commitments", "negotiable_parts", "contact", "family_plan", "protocols"),
    "safety": ("unacceptable", "would_worry", "danger", "signs", "each_does", "who_to_call", "contingency", "urgent_if"),
    "heard": ("family_says",),
}  # fmt: skip
SEVERAL_SAY = ("family_says",)
WHERE_TO_LOOK = ("danger", "signs", "each_does", "who_to_call", "services", "professional_contact")
PLAINLY: Mapping[str, Any] = {
    "trigger": lazy("Why there is a plan"), "beside_reason": lazy("Why there are two plans"), "different": lazy("What we want to change"),
    "individual": lazy("Only for this child"), "know": lazy("How we will see that it works"), "family_says": lazy("What the family says"),
    "services": lazy("Who helps, and with what"), "professional_contact": lazy("When we meet and talk"), "purpose": lazy("What the help is for"),
    "commitments": lazy("What we promise to do"), "negotiable_parts": lazy("What can change, and what cannot"), "contact": lazy("Whom the child sees"),
    "family_plan": lazy("What the family agreed"), "protocols": lazy("Who may tell what to whom"), "unacceptable": lazy("What must not happen"),
    "would_worry": lazy("What would worry us"), "danger": lazy("When it can get dangerous"), "signs": lazy("The first signs"),
    "each_does": lazy("What each person does then"), "who_to_call": lazy("Whom to ring"), "contingency": lazy("If the plan does not work"),
    "urgent_if": lazy("When we look at it again at once"),
}  # fmt: skip
TO_CHILD: Mapping[str, Any] = {"individual": lazy("Only for you"), "contact": lazy("Whom you see")}


@dataclass
class Copy:
    """A plan on its way to one reader: whom it is for, whether they are kept apart from somebody, and what it leaves out."""

    whom: For
    apart: bool
    plainly: bool
    found: Drawn = field(default_factory=Drawn)

    def label(self, key: str) -> str:
        """What a part is headed with: to a child, it is about them."""
        if key in TO_CHILD and self.to_child:
            return str(TO_CHILD[key])
        return str(PLAINLY.get(key, PARTS[key]) if self.plainly or self.to_child else PARTS[key])

    @property
    def to_child(self) -> bool:
        """Whether it is for the one child it is about."""
        return len(self.whom.children) == 1 and self.whom.is_theirs(self.whom.children[0][0])


def drawn(opened: Opened, plan: uuid.UUID, paper: Paper, *, plainly: bool) -> Drawn:
    """Everything of a plan that may be told to one reader."""
    reader = paper.reader
    whom = For(reader, children_named(paper.children))
    copy = Copy(whom, whom.in_family and _kept_apart(paper), plainly)
    of_each = {key: casework.of_child(uuid.UUID(key)) for key, _name in whom.children}
    theirs = {key: (found.plans[str(plan)], found) for key, found in of_each.items() if str(plan) in found.plans}
    parts = copy.found.parts
    parts["about"] = [*_about(theirs, copy)]
    parts |= {group: [*_group(keys, theirs, copy)] for group, keys in GROUPS.items()}
    parts["heard"] += _childs_words(theirs, copy)
    parts["needs"] = [*_needs(theirs, copy)]
    parts["actions"] = [*_actions(opened, [found for _one, found in theirs.values()], copy)]
    parts["offers"] = [*_offers([found for _one, found in theirs.values()], copy)]
    return copy.found


def _kept_apart(paper: Paper) -> bool:
    """Whether the reader and somebody around the child are kept apart, whichever of the two it was recorded of."""
    person = paper.reader.person
    return any(
        thing.until is None and (key == person or uuid_of(one) == person)
        for key, picture in paper.around.items() for one, thing in picture.apart.items()
    )  # fmt: skip


Theirs = Mapping[str, tuple[Item, Plans]]


def _about(theirs: Theirs, copy: Copy) -> Iterator[Block]:
    one = next((item for item, _found in theirs.values()), None)
    if one is None:
        return
    question = forms.question_of("plan.started", "legal_status")
    law = str(one.words.get("legal_status", ""))
    told = [
        (_("The plan"), type_title("plan", one.a_type)), (_("Began"), said.day(one.since) if one.since else ""),
        (_("The law it stands on"), question.options.get(law, law) if question else law),
        (_("Last looked at"), said.day(one.last) if one.last else ""), (_("Ended"), said.day(one.ended) if one.ended else ""),
    ]  # fmt: skip
    yield from (Block("bullet", f"{label}: {text}") for label, text in told if text)


def _group(keys: Iterable[str], theirs: Theirs, copy: Copy) -> Iterator[Block]:
    for key in keys:
        texts = {child: str(item.words.get(key) or "").strip() for child, (item, _found) in theirs.items()}
        if not any(texts.values()) or not _may_read(key, copy):
            continue
        yield Block("heading", copy.label(key))
        same = len(set(texts.values())) == 1
        for child, name in copy.whom.children:
            lines = [line.strip() for line in texts.get(child, "").splitlines() if line.strip()]
            yield from (Block("paragraph", line if same else f"{name}: {line}") for line in lines)
            if same:
                break


def _may_read(key: str, copy: Copy) -> bool:
    question = forms.question_of("plan.started", key)
    if question is not None and question.family_sees == "never" and copy.whom.in_family:
        return False
    if copy.whom.in_family and key in SEVERAL_SAY:
        copy.found.leave(_("What each relative says: a copy for one person holds their own words and nobody else’s."))
        return False
    if copy.apart and key in WHERE_TO_LOOK:
        copy.found.leave(_("Who helps, when, and what each does in danger: this reader and somebody around the child are kept apart."))  # fmt: skip
        return False
    return True


def _childs_words(theirs: Theirs, copy: Copy) -> Iterator[Block]:
    """A child's own words are in their own copy and in no other."""
    for item, _found in theirs.values():
        words = str(item.words.get("childs_words") or "").strip()
        if words and copy.to_child:
            yield Block("heading", _("What you said"))
            yield from (Block("paragraph", line) for line in words.splitlines() if line.strip())
        elif words:
            copy.found.leave(_("What a child said or showed: it is shared with care, by the worker."))


def _once(kept: Iterable[Mapping[str, Item]]) -> list[Item]:
    """What is planned, each once, though it may be for several children."""
    return list({one.id: one for some in kept for one in some.values()}.values())


def _needs(theirs: Theirs, copy: Copy) -> Iterator[Block]:
    names = dict(copy.whom.children)
    lines = []
    for child, (_item, found) in theirs.items():
        for one in found.needs.values():
            if one.ended is None:
                name = f"{names[child]}: " if len(theirs) > 1 else ""
                what = str(one.words.get("need", "")).rstrip(".")
                lines.append(Block("bullet", f"{name}{what}. {one.words.get('different', '')}".strip()))
    if lines:
        told = _("What you need, and what should be different") if copy.to_child else _("What the child needs, and what should be different")  # fmt: skip
        yield Block("heading", told)
        yield from lines


def _actions(opened: Opened, every: list[Plans], copy: Copy) -> Iterator[Block]:
    standing = [one for one in _once(each.actions for each in every) if one.ended_as != "dropped"]
    helpers = {str(one.person) for one in register.helpers_of(opened.id)}
    names = people.names_of([key for one in standing if (key := uuid_of(one.person))])
    lines = [
        Block("bullet", _action(one, names)) for one in standing if _may_read_action(one, helpers, copy)
    ]  # fmt: skip
    if lines:
        yield Block("heading", _("What is done, by whom and by when"))
        yield from lines


def _may_read_action(one: Item, helpers: set[str], copy: Copy) -> bool:
    whom = copy.whom
    if not whom.in_family or whom.is_theirs(one.person):
        return True
    if one.person and one.person not in helpers and one.person not in dict(whom.children):
        copy.found.leave(_("What another member of the family is to do."))
        return False
    if copy.apart and one.person not in dict(whom.children):
        copy.found.leave(_("What other people and agencies do: this reader and somebody around the child are kept apart."))  # fmt: skip
        return False
    return True


def _action(one: Item, names: Mapping[uuid.UUID, str]) -> str:
    key = uuid_of(one.person)
    who = (names.get(key, "") if key else "") or str(one.words.get("who", ""))
    what = str(one.words.get("what", "")).rstrip(".")
    by = _("by %(day)s") % {"day": said.day(dt.date.fromisoformat(one.by_when))} if one.by_when else ""
    done = _("done %(day)s") % {"day": said.day(one.ended, clock.today())} if one.ended else ""
    return f"{who}: {what}, {done or by}".removeprefix(": ").removesuffix(", ") + "."


def _offers(every: list[Plans], copy: Copy) -> Iterator[Block]:
    """What relatives offer, in their own words: for an agency, and each relative's own for them."""
    standing = [one for one in _once(each.promises for each in every) if one.ended is None]
    names = people.names_of([key for one in standing if (key := uuid_of(one.person))])
    lines = []
    for one in standing:
        if copy.whom.in_family and not copy.whom.is_theirs(one.person):
            copy.found.leave(_("What another member of the family offers, in their words."))
            continue
        key = uuid_of(one.person)
        lines.append(Block("bullet", f"{names.get(key, '') if key else ''}: {one.words.get('own_words', '')}"))
    if lines:
        yield Block("heading", _("What the family offers"))
        yield from lines
