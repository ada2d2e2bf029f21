"""Whom an assessment or an enquiry asks, what was shared, and of each sharing three things apart: whether a person agrees, the ground
the council relies on, and what the person was told (WOR-088, WOR-132, WOR-360)."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.access.viewer import Viewer
from kith.casework import policies
from kith.core import clock, ids
from kith.forms import selectors as forms
from kith.people.selectors import Opened
from kith.record import actions as record
from kith.record.fact import Fact, NotRecorded
from kith.record.merged import same_as
from kith.record.models import EventAbout
from kith.record.selectors import Told, told_about

STEMS = ("information", "agrees", "ground", "told", "letter", "agreement")
FORM, ROWS = "information_request", "of"


@dataclass
class Sharing:
    """One agency that was asked or told something, and what is known of that."""

    id: str
    of: str
    given: bool
    first: Told
    reply_by: str = ""
    letters: list[dt.date] = field(default_factory=list)
    reminders: list[Told] = field(default_factory=list)
    answer: Told | None = None
    agrees: dict[str, Told] = field(default_factory=dict)
    grounds: list[Told] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return not self.given and self.answer is None


@dataclass
class Checks:
    """The prompt sheet of one assessment or enquiry: rows set aside, whoever was asked or told, systems looked into, and who objects to
    which row (WOR-357)."""

    set_aside: dict[str, Told] = field(default_factory=dict)
    sharings: dict[str, Sharing] = field(default_factory=dict)
    looked_up: list[Told] = field(default_factory=list)
    objections: dict[str, list[str]] = field(default_factory=dict)

    def asked(self, row: str) -> list[Sharing]:
        """Those of one row who were asked."""
        return [one for one in self.sharings.values() if one.of == row and not one.given]

    def not_considered(self, rows: Mapping[str, str]) -> list[str]:
        """The rows on which nobody has said anything yet. They hold up nothing (WOR-361)."""
        return [row for row in rows if row not in self.set_aside and not self.asked(row)]


def rows() -> Mapping[str, str]:
    """The prompt sheet of the authority's procedure: each agency by its key (WOR-360)."""
    form = forms.form(FORM)
    question = form.question(ROWS) if form else None
    return question.options if question else {}


def checks_of(
    child: uuid.UUID, about: uuid.UUID, covers: Callable[[str], bool] = bool, known_at: dt.datetime | None = None
) -> Checks:
    """What was asked and shared for one assessment or enquiry about a child, of the kinds of entries that its reader is shown, as it
    stands or as it was known at a moment."""
    found, stems = Checks(), [stem for stem in STEMS if covers(stem)]
    for one in sorted(told_about([child], stems, known_at)[child] if stems else (), key=lambda told: told.event.order):
        stem, _, verb = one.event.kind.partition("/")[0].partition(".")
        if stem == "information" and str(about) in (*one.ids("assessment"), *one.ids("enquiry")):
            _begun(found, verb, one)
        elif stem == "agreement" and str(about) in one.ids("assessment"):
            for of in one.words.get("objects_to", ()):
                found.objections.setdefault(of, []).extend(one.ids("person"))
        for key in one.ids("request"):
            if key in found.sharings:
                _note(found.sharings[key], stem, verb, one)
    return found


def _begun(found: Checks, verb: str, one: Told) -> None:
    of = str(one.event.fields.get(ROWS, ""))
    if verb == "looked_up":
        found.looked_up.append(one)
    elif verb == "set_aside":
        found.set_aside[of] = one
    elif verb in ("requested", "given"):
        for key in one.ids("request"):
            by = str(one.event.fields.get("reply_by", ""))
            found.sharings[key] = Sharing(key, of, verb == "given", one, by)
        found.set_aside.pop(of, None)


def _note(sharing: Sharing, stem: str, verb: str, one: Told) -> None:
    day = dt.date.fromordinal(one.event.day)
    if stem == "letter" and verb == "sent":
        sharing.letters.append(day)
        sharing.reply_by = str(one.event.fields.get("reply_by", "")) or sharing.reply_by
    elif stem == "agrees":
        sharing.agrees |= dict.fromkeys(one.ids("person"), one)
    elif stem == "ground":
        sharing.grounds.append(one)
    elif stem == "told":
        sharing.told.append(one)
    elif verb == "received":
        sharing.answer = one
    elif verb == "chased":
        sharing.reminders.append(one)


def named_as(child: uuid.UUID, about: uuid.UUID) -> str:
    """Whether an id is that of an assessment or of an enquiry about this child; empty for anything else."""
    abouts = EventAbout.objects.filter(subject=about, name__in=("assessment", "enquiry"))
    names = dict(abouts.order_by().values_list("event", "name"))
    theirs = EventAbout.objects.filter(event__in=list(names), name="child", subject__in=same_as([child]))
    event = theirs.order_by().values_list("event", flat=True).first()
    return names[event] if event is not None else ""


def made_for(request: uuid.UUID) -> uuid.UUID | None:
    """The assessment or the enquiry for which an agency was asked or told something."""
    events = list(EventAbout.objects.filter(subject=request, name="request").order_by().values_list("event", flat=True))
    about = EventAbout.objects.filter(event__in=events, name__in=("assessment", "enquiry")).order_by("event")
    found: uuid.UUID | None = about.values_list("subject", flat=True).first()
    return found


def set_aside(opened: Opened, about: uuid.UUID, which: Sequence[str], *, by: Viewer) -> None:
    """Records that asking some agencies was considered and has no bearing. Raises NotAllowed, NotRecorded where none is chosen."""
    policies.check_may_record(by, opened)
    chosen = [one for one in which if one in rows()]
    named = named_as(opened.id, about)
    if not chosen or not named:
        raise NotRecorded("tick the agencies whose knowledge has no bearing", ROWS)
    facts = [
        Fact(
            kind="information.set_aside", about={"child": opened.id, "request": ids.new(), named: about}, when=clock.today(),
            coded={ROWS: one},
        )
        for one in chosen
    ]  # fmt: skip
    record.append(*facts, by=by, under=opened.ground)


def words_of(one: Told | None, key: str) -> str:
    """What an entry says under a key, coded or in words."""
    if one is None:
        return ""
    said: Any = one.event.fields.get(key, one.words.get(key, ""))
    return "" if said is None else str(said)
