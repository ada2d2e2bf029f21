"""A letter from its pack, its reader and its author's answers: previewed, and put into the layout the reader needs."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from kith.core import authorities, clock
from kith.documents import copies, keeping
from kith.documents.selectors import Paper
from kith.record.fact import NotRecorded
from kith.record.procedures import calendar, stack_of
from kith.rules.days import day_of, spoken
from kith.rules.letters import LAYOUTS, Block, Composed, Lacking, Letter, compose


@dataclass(frozen=True)
class Written:
    """A letter composed for one reader: what it says, and where it would be posted."""

    letter: Letter
    paper: Paper
    composed: Composed
    layout: str
    language: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, uuid.UUID] = field(default_factory=dict)
    for_calendar: bytes = b""
    records: str = ""


def written(
    letter: Letter, paper: Paper, answers: Mapping[str, Any], *, layout: str = "standard", language: str = "en",
    about: Mapping[str, uuid.UUID] = MappingProxyType({}), for_calendar: bytes = b"",
) -> Written:  # fmt: skip
    """The letter as this reader would have it; `about` names the request, the assessment, the plan or the meeting that it
    belongs to, `for_calendar` is a file that goes with it for the reader's calendar. Raises NotRecorded where an answer is wanting, or where a copy would give away
    somebody's address or number (WOR-431)."""
    if layout not in LAYOUTS:
        raise NotRecorded("choose how it is laid out", "layout")
    if paper.reader.kind not in letter.to:
        raise NotRecorded("this letter is not for that reader", "reader")
    try:
        composed = compose(
            letter, paper.facts, answers, on=clock.today().toordinal(), calendar=calendar(), plainly=layout == "plain"
        )
    except Lacking as lacking:
        wanting = "; ".join(_FIELDS.get(one, one) for one in lacking.fields)
        raise NotRecorded(_("The letter still needs: %(wanting)s") % {"wanting": wanting}) from None
    check_copy(composed.text(), paper)
    return Written(letter, paper, composed, layout, language, answers, about, for_calendar)


_FIELDS = {"team": "the team that holds the child", "team_telephone": "the team’s telephone number", "worker_telephone": "your telephone number, or the team’s",
           "home": "where the child lives", "children": "the child’s name"}  # fmt: skip


def check_copy(text: str, paper: Paper) -> None:
    """Raises NotRecorded where a text holds an address or number that its reader may not know (WOR-431)."""
    told = copies.leaks(text, paper.reader, paper.around)
    if told:
        raise NotRecorded(
            _("This copy would tell its reader somebody else’s address or number. Take it out of this line: “%(line)s”")
            % {"line": told[0][:200]}
        )
    if kept := keeping.found_in(text, paper.kept):
        raise NotRecorded(keeping.refusal(kept))


def data_of(one: Written, document: uuid.UUID, at: dt.datetime) -> dict[str, Any]:
    """Everything the layout needs, as data."""
    facts, reader = one.paper.facts, one.paper.reader
    to = [reader.name, *([reader.organisation] if reader.organisation else []), *one.paper.address.lines]
    return {
        "layout": one.layout, "language": one.language, "subject": one.composed.subject, "council": facts["council"],
        "team": facts["team"], "telephone": facts["team_telephone"], "recipient": [line for line in to if line],
        "date": spoken(at.astimezone(clock.LONDON).date().toordinal()).partition(" ")[2],
        "reference": reference(document), "reference_label": _("Our reference:"),
        "confidential": _("Private and confidential"), "page": _("Page"), "salutation": _("Dear %(name)s,") % {"name": facts["reader_called"]},
        "blocks": [_block(block) for block in one.composed.blocks],
        "closing": _("Yours sincerely"), "worker": facts["worker"], "worker_title": facts["worker_title"],
        "lead": facts["lead"], "lead_label": _("Who leads the help around the child:"), "encloses": list(one.composed.encloses), "encloses_label": _("With this letter"), "procedure": procedure_line(),
    }  # fmt: skip


def _block(block: Block) -> dict[str, str]:
    told = {"kind": block.kind, "text": block.text}
    return told | {"drawing": block.drawing} if block.drawing else told


def procedure_line() -> str:
    """What the document behind the procedure says of itself, in one line for the foot of a paper; empty where it says nothing (LEI-001)."""
    stack = stack_of(authorities.current())
    control = stack.control()
    if not control:
        return ""
    said = [
        _("chapter %(chapter)s") % control if control.get("chapter") else "", _("updated %(updated)s") % control if control.get("updated") else "",
        str(control.get("status", "")), str(control.get("issue", "")).lower(),
        _("approved %(approved)s by %(approved_by)s") % control if control.get("approved") else "",
    ]  # fmt: skip
    due = control.get("next_review")
    review = spoken(day_of(str(due))).partition(" ")[2] if due else ""
    lines = [
        f"{stack.own.document['title']}: {', '.join(filter(None, said))}.", _("Responsible: %(owner)s.") % control if control.get("owner") else "",
        _("Next review due %(day)s.") % {"day": review} if review else "",
    ]  # fmt: skip
    return " ".join(filter(None, lines))


def reference(document: uuid.UUID) -> str:
    """The short reference by which people speak of a letter."""
    return document.hex[-8:].upper()
