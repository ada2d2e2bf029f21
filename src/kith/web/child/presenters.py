"""A child's pages in words."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.forms import selectors as forms
from kith.people import identifiers
from kith.people.portrait import Portrait, Thing
from kith.record.chronology import Entry
from kith.record.selectors import Told
from kith.web import said
from kith.web.answers import answered, kind_word
from kith.web.work.presenters import english_kind

SECTIONS = (
    ("child", lazy("Overview")), ("chronology", lazy("Chronology")), ("assessments", lazy("Assessments")), ("plans", lazy("Plans")), ("meetings", lazy("Meetings")), ("risks", lazy("Risks")), ("closing", lazy("Ending")), ("network", lazy("Family and network")),
    ("records", lazy("Records")), ("documents", lazy("Documents and shares")), ("looks", lazy("Who has looked")),
)  # fmt: skip
ALERTS = {"workers": lazy("Danger to workers"), "child": lazy("Danger to a child"), "adult": lazy("Danger to an adult")}
# What an event carries for the machine alone.
HIDDEN = frozenset(
    (
        "parts",
        "event",
        "team",
        "digest",
        "content",
        "records",
        "media_type",
        "reader_kind",
        "letter_kind",
        "approval_by",
    )
)
MAY_KNOW = {
    "those_working_with_family": lazy("May be known to those who work with the family"),
    "workers_only": lazy("Workers only: never tell another family member"),
    "named_workers_only": lazy("Only to workers of this child: never tell anyone else"),
}


def _date(day: int | None) -> dt.date | None:
    return None if day is None else dt.date.fromordinal(day)


@dataclass
class Who:
    """Who the child is, in finished words."""

    name: str
    called: list[str]
    age: str
    facts: list[tuple[str, str]]
    alerts: list[dict[str, Any]] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)


def who(picture: Portrait, on: dt.date, names: Mapping[uuid.UUID, str], lives_with: Iterable[str]) -> Who:
    """The child's first lines. `names` are the people whom the reader may see named here."""
    day = on.toordinal()
    name = picture.called(day)
    others = [f"{one.full} ({answered('name_use', one.use)})" for one in picture.names if one.full != name]
    age = said.age(_date(picture.born), _date(picture.expected), on, _date(picture.died))
    if picture.pregnancy_ended:
        age = _("the pregnancy ended on %(day)s") % {"day": said.day(dt.date.fromordinal(picture.pregnancy_ended))}
    return Who(
        name=name or said.nameless(unborn=picture.unborn), called=others, age=age, facts=_facts(picture, on, lives_with),
        alerts=[_alert(one, on) for one in picture.alerts.values() if one.until is None],
        limits=[_limit(one, names, on) for one in picture.limits.values() if one.until is None],
        apart=list(dict.fromkeys(_apart(one, names) for one in picture.apart.values() if one.until is None)),
    )  # fmt: skip


def _facts(picture: Portrait, on: dt.date, lives_with: Iterable[str]) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    if picture.born:
        about = _("about ") if picture.born_approximately else ""
        told.append((_("Born"), about + said.day(dt.date.fromordinal(picture.born))))
    stay = picture.stay_on(on.toordinal())
    if stay is not None:
        told.append((_("Lives at"), ", ".join(one for one in (stay.address, stay.postcode) if one) or kept_words()))
        told.append((_("Who may know this address"), str(MAY_KNOW[stay.may_know])))
    together = list(lives_with)
    if together:
        told.append((_("Lives with"), ", ".join(together)))
    for key, label in _DETAILS.items():
        if picture.details.get(key) not in (None, "", []):
            told.append((str(label), answered(key, picture.details[key])))
    for scheme, thing in picture.identifiers.items():
        told.append((answered("scheme", scheme), _number(scheme, str(thing.words.get("value", "")))))
    return told


_DETAILS = {
    "pronouns": lazy("Pronouns"), "first_language": lazy("First language"), "interpreter_needed": lazy("Interpreter needed"),
    "interpreter_language": lazy("Interpreter’s language"), "communication": lazy("How they communicate"),
    "disability": lazy("Disability"), "ethnicity": lazy("Ethnicity"), "religion": lazy("Religion or belief"),
    "chosen_language": lazy("Letters and messages in"),
}  # fmt: skip


def kept_words() -> str:
    """What stands in the place of an address or number that the reader may not know."""
    return _("Known only to the workers of this person")


def _number(scheme: str, value: str) -> str:
    return identifiers.shown(scheme, value) if scheme in identifiers.SCHEMES else value


def _alert(one: Thing, on: dt.date) -> dict[str, Any]:
    review = one.says.get("review_on")
    return {
        "to": str(ALERTS.get(str(one.says.get("danger_to")), _("Alert"))), "what": one.words.get("what", ""),
        "evidence": one.words.get("evidence", ""), "since": said.day(dt.date.fromordinal(one.since), on),
        "review": said.day(dt.date.fromisoformat(review), on) if review else "",
    }  # fmt: skip


def _limit(one: Thing, names: Mapping[uuid.UUID, str], on: dt.date) -> str:
    until = one.says.get("until")
    who = [names.get(uuid.UUID(i), _("someone")) for i in _listed(one.names.get("person"))]
    words = {
        "what": kind_word("contact_limit", one.a_type),
        "who": _(" and ").join(who),
        "says": one.words.get("says", ""),
    }
    ends = _(" Until %(day)s.") % {"day": said.day(dt.date.fromisoformat(until))} if until else ""
    return (_("%(what)s, %(who)s: %(says)s") if who else _("%(what)s: %(says)s")) % words + ends


def _apart(one: Thing, names: Mapping[uuid.UUID, str]) -> str:
    """Who must not meet whom, and why."""
    these = [names.get(uuid.UUID(i), _("someone")) for key in ("child", "person") for i in _listed(one.names.get(key))]
    those = [names.get(uuid.UUID(i), _("someone")) for i in _listed(one.names.get("other"))]
    words = {
        "these": ", ".join(dict.fromkeys(these)),
        "those": ", ".join(dict.fromkeys(those)),
        "why": one.words.get("why", ""),
    }
    return _("%(these)s must not meet %(those)s. %(why)s") % words


def _listed(ids: Any) -> tuple[str, ...]:
    return () if ids is None else ids if isinstance(ids, tuple) else (ids,)


def own_words(told: Told, child: uuid.UUID) -> str:
    """What a child said or showed, in their own words, in their own part of an entry or in what is said of all; empty where nothing."""
    part = told.words.get("parts", {}).get(str(child), {})
    return str(part.get("childs_words") or told.words.get("childs_words") or "")


@dataclass
class Line:
    """One line of the chronology, in finished words."""

    id: str
    day: str
    what: str
    text: list[tuple[str, str]]
    by: str
    recorded: str
    source: str
    weighty: bool
    impact: str
    withdrawn: str
    was: list[dict[str, Any]]
    stem: str


def line(entry: Entry, child: uuid.UUID, workers: Mapping[uuid.UUID, str]) -> Line:
    """An entry in words, with only this child's part of what was recorded of several."""
    stands = entry.stands
    return Line(
        id=entry.told.event.id, day=_when(stands), what=english_kind(stands.event.kind), text=says(stands, child),
        by=workers.get(entry.recorded_by, "") if entry.recorded_by else "", recorded=_known(entry.told),
        source=entry.told.source, weighty=bool(entry.significant), impact=entry.impact, stem=entry.stem,
        withdrawn=str(entry.withdrawn.words.get("reason", "")) if entry.withdrawn else "",
        was=[{"text": says(one, child), "recorded": _known(one)} for one in [entry.told, *entry.corrections][:-1]]
        if entry.corrections else [],
    )  # fmt: skip


def _labelled(kind: str, key: str, value: Any) -> tuple[str, str]:
    """An answer with what was asked, in the words of the form that asked it; else in plain words."""
    question = forms.question_of(kind, key)
    if question is None or answered.has_label(key):
        return answered.label(key), _answer(key, value)
    several = value if isinstance(value, list) else [value]
    if question.options:
        return question.asks, ", ".join(question.options.get(str(one)) or _answer(key, one) for one in several)
    return question.asks, _answer(key, value) if question.answer in ("yes_no", "date", "number") else str(value)


def _answer(key: str, value: Any) -> str:
    """A coded answer in words; a day written out."""
    if isinstance(value, str) and len(value) == 10:
        with suppress(ValueError):
            return said.day(dt.date.fromisoformat(value))
    return answered(key, value)


def _known(told: Told) -> str:
    """When it was known here: the moment of recording, or, of what was brought in, the moment it was known where it came from."""
    return said.moment(dt.datetime.fromtimestamp(told.event.known, dt.UTC))


def _when(told: Told) -> str:
    if told.event.at is None:
        return said.day(dt.date.fromordinal(told.event.day))
    return said.moment(dt.datetime.fromtimestamp(told.event.at, dt.UTC))


def says(told: Told, child: uuid.UUID) -> list[tuple[str, str]]:
    """What an event says, label by label: its coded answers for this child, then its words."""
    if told.words_destroyed:
        return [(_("Words"), _("These words were destroyed at the end of their time or by a person’s right."))]
    kind, part = told.event.kind, told.words.get("parts", {}).get(str(child), {})
    answers = {**told.part(child), **{key: value for key, value in {**told.words, **part}.items() if value}}
    asked = forms.in_order_asked(kind, (key for key in answers if key not in HIDDEN))
    labelled = [_labelled(kind, key, answers[key]) for key in asked]
    return [(label, text) for label, text in labelled if text]
