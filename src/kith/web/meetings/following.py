"""What follows a meeting that was held: its record, the family's plan, what each outcome leads to."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.casework import plans
from kith.forms import selectors as forms
from kith.meetings.meeting import Meeting, Part
from kith.people.selectors import Opened
from kith.rules.rooms import Room
from kith.web import said
from kith.web.acts import form_address
from kith.web.answers import answered

LEADS_TO = {
    "section_20": ("accommodation_agree", "accommodation_told", "accommodation_start", "footing", "footing_told"), "panel": ("panel_ask", "panel_answer"), "not_reunification": ("reunification_not_now",), "referrals": ("service_refer",), "support_package": ("service_offer",),
    "reunification": ("reunification_plan",), "further_meeting": ("meeting_arrange",),
    "statutory_decision": ("plan_change",), "plan_changed": ("plan_change",),
}  # fmt: skip


def of(room: Room, found: Meeting, opened: Opened) -> Iterator[dict[str, str]]:
    """Each thing that follows, with the page where it is done."""
    if found.held is None:
        return
    yield from _of_family_plan(found, opened)
    for part in found.parts.values():
        yield from _of_part(part, opened)
    for outcome in found.held.event.fields.get("outcomes") or ():
        yield from _of_outcome(str(outcome), room, found, opened)
    yield from _of_choices(room, found, opened)
    if day := found.held.words.get("next", {}).get("day"):
        href = form_address(opened.id, "meeting_arrange", answers={"a_type": room.a_type})
        on = said.day(dt.date.fromisoformat(day))
        yield _line(_("The next meeting was agreed for %(day)s") % {"day": on}, href, _("Arrange it"))


def _of_family_plan(found: Meeting, opened: Opened) -> Iterator[dict[str, str]]:
    plan = found.family_plan
    if plan and not found.plan_approved:
        href = form_address(opened.id, "family_plan_approve", plan)
        yield _line(_("The family’s plan is not endorsed as safe yet"), href, _("Endorse it"))
    elif plan and not found.plan_started:
        href = form_address(opened.id, "family_plan_adopt", plan)
        yield _line(_("The family’s plan is not adopted yet"), href, _("Adopt it"))
    elif found.plan_started:
        href = reverse("plans", args=[opened.id])
        yield _line(_("Carry what the family agreed into the child’s plan"), href, _("Go to the plans"))


def _of_part(part: Part, opened: Opened) -> Iterator[dict[str, str]]:
    answer_it = form_address(opened.id, "proposal_answer", part.id, {"part": str(part.number)})
    told = {"number": part.number, "words": part.own_words}
    if not part.answer:
        yield _line(_("Part %(number)s of the family’s plan is not answered yet") % told, answer_it, _("Answer it"))
    elif part.answer == "agreed_in_principle":
        href = form_address(opened.id, "action", "", {"what": part.own_words[:200]})
        yield _line(_("Find the resources for part %(number)s: %(words)s") % told, href, _("Agree an action"))
    elif part.answer == "not_agreed" and part.words.get("explained_to_family") is not True:
        text = _("The family has not been given the reasons for part %(number)s") % told
        yield _line(text, answer_it, _("Write down that they were"))


def _of_choices(room: Room, found: Meeting, opened: Opened) -> Iterator[dict[str, str]]:
    """A meeting that was decided on in this one, by a question whose answer is a kind of meeting (LIN-048)."""
    fields = found.held.event.fields if found.held else {}
    ask = forms.form("meeting_ask")
    kinds = ask.question("a_type") if ask else None
    for one in room.questions:
        answer = str(fields.get(one.key, ""))
        a_type = answer.removesuffix("_meeting")
        if one.answer == "choice" and kinds and a_type in kinds.options and a_type != room.a_type:
            href = form_address(opened.id, "meeting_ask", answers={"a_type": a_type})
            yield _line(one.options.get(answer, answer), href, _("Ask for it"))


def _of_outcome(outcome: str, room: Room, found: Meeting, opened: Opened) -> Iterator[dict[str, str]]:
    for name in LEADS_TO.get(outcome, ()):
        form = forms.form(name)
        if form is None:
            continue
        again = name == "meeting_arrange"
        goes_on = (
            found.id
            if "meeting" in form.names and not again
            else _statutory_plan(opened)
            if "plan" in form.names
            else ""
        )
        href = form_address(opened.id, name, goes_on, {"a_type": room.a_type} if again else {})
        yield _line(answered("outcomes", outcome), href, form.title)


def _statutory_plan(opened: Opened) -> str:
    """The plan that a meeting of the council changes: never the family's own (WOR-327)."""
    return next((one.id for one in plans.of_child(opened.id).open_plans if one.a_type != "family"), "")


def _line(text: str, href: str, act: str) -> dict[str, str]:
    return {"text": text, "href": href, "act": act}
