"""The procedure an authority works by, compiled once for each server process."""

import json
import uuid
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings

from kith.core.models import Authority
from kith.core.questions import Question
from kith.rules.calendars import Calendar, england_and_wales
from kith.rules.compiling import procedure
from kith.rules.days import day_of
from kith.rules.english import English
from kith.rules.evidence import Evidence
from kith.rules.forms import Form, forms_of
from kith.rules.procedure import Procedure
from kith.rules.reasons import Reasoner
from kith.rules.rooms import Room, rooms_of
from kith.rules.shipped import library
from kith.rules.stack import Stack


@lru_cache(maxsize=64)
def procedure_of(authority: uuid.UUID) -> Procedure:
    """The procedure of an authority over time."""
    one = Authority.objects.get(id=authority)
    return _compiled(one.pack, tuple(one.adopts))


@lru_cache(maxsize=32)
def _compiled(pack: str, adopts: Sequence[str]) -> Procedure:
    return procedure(library(settings.KITH_PACKS), pack, adopts)


def stack_of(authority: uuid.UUID) -> Stack:
    """The latest version of an authority's packs, merged: its words, roles and forms."""
    stack = procedure_of(authority).versions[-1].stack
    if stack is None:
        raise LookupError("a compiled procedure keeps its stacks")
    return stack


@lru_cache(maxsize=64)
def forms_by_id(authority: uuid.UUID) -> Mapping[str, Form]:
    """The forms of an authority's packs, each as the packs above alter it."""
    return forms_of(stack_of(authority))


@lru_cache(maxsize=4096)
def forms_recording(authority: uuid.UUID, kind: str) -> Sequence[Form]:
    """The forms of an authority's packs that record a kind of event, whatever its type."""
    return [one for one in forms_by_id(authority).values() if one.records in (kind, kind.partition("/")[0])]


@lru_cache(maxsize=64)
def rooms_by_type(authority: uuid.UUID) -> Mapping[str, Room]:
    """The kinds of meeting of an authority's packs, by type."""
    return rooms_of(stack_of(authority))


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """Working days in England and Wales."""
    return england_and_wales().calendar()


@lru_cache(maxsize=64)
def english_of(authority: uuid.UUID) -> English:
    """An authority's packs in plain English."""
    return English(stack_of(authority))


@lru_cache(maxsize=64)
def reasoner_of(authority: uuid.UUID) -> Reasoner:
    """What puts an authority's obligations into reasons."""
    return Reasoner(english_of(authority), calendar())


def evidence_of(authority: uuid.UUID, as_at: int) -> Evidence | None:
    """What an authority's record can show on a day (an ordinal), where it began with an import; None when it holds all.

    Up to the reference date of the return that was loaded, what that return held; after it, everything since Kith is used.
    """
    [written] = _EVIDENCE.ask(one=authority)
    if not written:
        return None
    return _evidence(json.dumps(written["loaded"] if as_at <= day_of(written["loaded_until"]) else written["in_use"]))


_EVIDENCE = Question[Mapping[str, Any]](
    lambda *, one: Authority.objects.filter(id=one).values_list("evidence", flat=True)
)


@lru_cache(maxsize=64)
def _evidence(written: str) -> Evidence:
    """Evidence keeps what it worked out for each duty, so it is made once."""
    return Evidence.read(json.loads(written))


@lru_cache(maxsize=64)
def unheard_by(authority: uuid.UUID) -> frozenset[str]:
    """The kinds of event that nothing in an authority's procedure hears: no fact, no count, no duty, no ending."""
    procedure = procedure_of(authority)
    kinds = procedure.vocabulary.all_kinds()
    amends = ("child.merged", "child.registered", "child.born")
    return frozenset(kind for kind in kinds if kind not in amends and procedure.listeners(kind, every=True).idle)


def forget() -> None:
    """Forgets what was compiled: a pack was published, or an authority took another."""
    for kept in (
        procedure_of,
        _compiled,
        english_of,
        reasoner_of,
        rights_by_role,
        unheard_by,
        forms_by_id,
        forms_recording,
        rooms_by_type,
    ):
        kept.cache_clear()


@lru_cache(maxsize=64)
def rights_by_role(authority: uuid.UUID) -> Mapping[str, frozenset[str]]:
    """What each role of an authority's procedure allows."""
    return {role: frozenset(item.get("may") or ()) for role, item in stack_of(authority).items["roles"].items()}
