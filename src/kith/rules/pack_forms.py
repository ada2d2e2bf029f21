"""Which form each thing in a pack file has: text, a list, a mapping. Told before anything else, because nothing can be made
of a list of duties that is a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from kith.rules.lines import Map
from kith.rules.problems import Problems
from kith.rules.slots import WEEKDAYS


class Form:
    """What a value may be, and how to say so. The mappings in it, if it may hold any, have keys of their `inner` kind."""

    def __init__(self, said: str, holds: Callable[[Any], bool], inner: str = "") -> None:
        self.said, self.holds, self.inner = said, holds, inner

    def of(self, inner: str) -> "Form":
        """The same form, each mapping in it of a kind."""
        return Form(self.said, self.holds, inner)


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _map(value: Any) -> bool:
    return isinstance(value, dict)


def _either(value: Any) -> bool:
    return isinstance(value, str | dict)


def _list_of(holds: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(holds(one) for one in value)


def _one_or_list(holds: Callable[[Any], bool]) -> Callable[[Any], bool]:
    several = _list_of(holds)
    return lambda value: holds(value) or several(value)


def _values(holds: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, dict) and all(holds(one) for one in value.values())


def _only(key: str, value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {key} and isinstance(value[key], str)


def _whole(value: Any) -> bool:
    return type(value) is int and value > 0


TEXT = Form("text", _text)
FLAG = Form("true or false", lambda value: isinstance(value, bool))
WHOLE = Form("a whole number, 1 or more", _whole)
MAP = Form("a mapping", _map)
SAYS = Form("a mapping, or nothing", lambda value: value is None or _map(value), "kind")
TEXTS = Form("a list of ids, such as [child]", _list_of(_text))
WORDS = Form("an id, or a list of ids", _one_or_list(_text))
MAPS = Form("a list of mappings", _list_of(_map))
NAMED = Form("a mapping of ids", _values(_text))
SETTINGS = Form("a mapping of settings, each with value, cites and because", _values(_map), "settings")
CONDITION = MAP.of("condition")
CLAUSES = Form("a kind of event, a mapping with its event, or a list of these", _one_or_list(_either), "clause")
DUE = Form("a period, same day, none, or a mapping such as {field: reply_by}", _either, "due")
LENGTH = Form(
    "a period such as 10 working days, or {setting: S}", lambda value: _text(value) or _only("setting", value)
)
FIELDS = Form(
    "a list of fields, each an id or a mapping with its id",
    _list_of(lambda one: _text(one) or (_map(one) and _text(one.get("id")))),
    "fields",
)  # fmt: skip
EVERY = Form(
    "a period, calendar month, {field: F} or {setting: S}",
    lambda value: LENGTH.holds(value) or _only("field", value),
)
OPERAND = Form(
    "a value, {setting: S}, or a day such as {after: 14 days}", lambda value: not isinstance(value, list), "operand"
)
CHOICES = Form("a list of values, or {setting: S}", lambda value: isinstance(value, list | dict))
SAYINGS = Form("a list of texts, or of mappings such as {say: .., if: ..}", _list_of(_either))
PAIRS = Form(
    "a list of pairs such as [[close.plan, explain]]",
    _list_of(lambda one: isinstance(one, list) and len(one) == 2 and all(map(_text, one))),
)

_CLAUSE = {"event": TEXT, "where": CONDITION, "same": WORDS, "due": DUE, "counts_from": TEXT, "until": TEXT}
_LINES = MAPS.of("line")
FORMS: Mapping[str, Mapping[str, Form]] = {
    "head": {
        "title": TEXT, "based_on": TEXT, "adopts": WORDS, "removes": MAPS.of("removed"), "control": MAP.of("control"), "links": MAPS, "laws": MAPS.of("law"), "tools": MAPS, "local_offers": MAPS.of("local_offer"), "settings": SETTINGS,
        "always_ends": TEXTS, "birthdays": MAPS.of("birthday"), "words": NAMED, "defaults": MAP.of("defaults"), "sources": MAPS,
        "fields": MAPS.of("fields"), "events": MAPS.of("events"), "facts": MAPS.of("facts"), "duties": MAPS.of("duties"),
        "gates": MAPS.of("gates"), "routes": MAPS.of("routes"), "roles": MAPS.of("roles"), "forms": MAPS,
        "meetings": MAPS.of("meetings"), "letters": MAPS.of("letters"), "measures": MAPS.of("measures"),
        "examples": MAPS.of("examples"),
    },
    "setting": {"because": TEXT},
    "law": {"id": TEXT, "title": TEXT, "from": TEXT, "until": TEXT, "replaced_by": TEXT},
    "control": {"chapter": TEXT, "updated": TEXT, "status": TEXT, "issue": TEXT, "approved": TEXT, "approved_by": TEXT, "owner": TEXT, "next_review": TEXT},
    "local_offer": {"of": TEXT, "from": TEXT, "until": TEXT, "eligible": TEXT, "says": TEXT},
    "removed": {"id": TEXT, "because": TEXT},
    "birthday": {"age": WHOLE, "event": TEXT, "fact": TEXT},
    "defaults": {"only_while": WORDS, "falls_away_on": CLAUSES},
    "fields": {"id": TEXT, "answer": TEXT, "options": TEXTS, "called": TEXT, "yes": TEXT, "no": TEXT},
    "events": {
        "stem": TEXT, "noun": TEXT, "names": TEXTS, "types": NAMED, "kinds": MAP.of("kinds"),
        "acts": TEXTS, "protective": TEXTS, "rights": TEXTS,
    },
    "kind": {"names": TEXTS, "fields": FIELDS, "was": TEXT, "phrase": TEXT},
    "facts": {
        "id": TEXT, "is_a": TEXT, "per": WORDS, "of": WORDS, "member": TEXT, "from": CLAUSES, "field": TEXT,
        "cleared_by": CLAUSES, "opens": CLAUSES, "closes": CLAUSES, "joins": CLAUSES, "leaves": CLAUSES, "is": TEXT,
        "is_not": TEXT, "one": TEXT, "many": TEXT, "called": TEXT,
    },
    "clause": _CLAUSE,
    "duties": {
        "id": TEXT, "title": TEXT, "strength": TEXT, "per": TEXTS, "each": NAMED, "starts_from": CLAUSES, "take": TEXT,
        "owed_by": Form("a role, or {field: F}", lambda value: _text(value) or _only("field", value)), "only_if": CONDITION, "only_while": WORDS, "counts_from": TEXT,
        "counting": TEXT, "due": DUE, "repeats": MAP.of("repeats"), "quota": MAP.of("quota"), "met_by": CLAUSES,
        "earlier_counts": Form("true or false, or a period", lambda value: isinstance(value, bool) or LENGTH.holds(value)),
        "extended_by": CLAUSES, "falls_away_on": CLAUSES, "again_after": CLAUSES, "goes_on_after": WORDS, "bites_on": TEXT,
        "statutory": FLAG, "beside": TEXT, "tightens": TEXT, "replaces": FLAG, "because": TEXT, "note": TEXT,
    },
    "due": {"field": TEXT, "date": TEXT, "by": TEXT, "before": LENGTH, "after": LENGTH, "setting": TEXT,
            "earliest": Form("a list of due days", _list_of(_either), "due")},
    "repeats": {"every": EVERY, "times": WHOLE, "phases": MAPS.of("phase"), "pattern": MAP.of("pattern")},
    "phase": {"every": LENGTH, "for": LENGTH, "until": TEXT},
    "pattern": {"event": TEXT, "field": TEXT, "from": TEXT, "where": CONDITION},
    "quota": {"of": Form("a kind of event, or a mapping with its event", _either, "clause"), "counts": CONDITION},
    "condition": {
        "all": MAPS.of("condition"), "any": MAPS.of("condition"), "not": CONDITION, "where": CONDITION,
        "satisfies": CONDITION, "field": TEXT, "fact": TEXT, "during": TEXT, "happened": TEXT, "count": TEXT, "total": TEXT,
        "each": TEXT, "some": TEXT, "open": TEXT, "across": TEXT, "age_of": TEXT, "same_day": TEXT, "of": TEXT, "same": WORDS,
        "lasted": LENGTH, "since": LENGTH, "odd": FLAG, "even": FLAG, "known": FLAG, "in": CHOICES, "not_in": CHOICES,
        "is": OPERAND, "is_not": OPERAND, "at_least": OPERAND, "at_most": OPERAND, "more_than": OPERAND, "under": OPERAND,
    },
    "operand": {"field": TEXT, "before": LENGTH, "after": LENGTH, "setting": TEXT},
    "gates": {
        "id": TEXT, "before": WORDS, "if": CONDITION, "needs": CONDITION, "strength": TEXT, "otherwise": TEXT, "say": TEXT,
        "per": TEXT, "may_explain": WORDS, "replaces": FLAG, "because": TEXT,
    },
    "routes": {
        "id": TEXT, "title": TEXT, "per": TEXT, "population": _LINES, "reasons": _LINES, "excluded": _LINES, "silent": _LINES,
        "excused": _LINES, "decided_by": WORDS,
    },
    "line": {"id": TEXT, "if": CONDITION, "say": TEXT, "redirects_to": TEXT, "leans": TEXT},
    "roles": {"id": TEXT, "title": TEXT, "deputy": TEXT, "held_by": MAP.of("held_by"), "may": TEXTS, "advises": TEXT, "training": FLAG},
    "held_by": {"fact": TEXT},
    "meetings": {"type": TEXT, "title": TEXT, "asks_route": TEXT, "must_invite": MAPS.of("line"), "slots": MAP.of("slots")},
    "slots": {"every": Form(f"one of {', '.join(WEEKDAYS)}", lambda value: _text(value) and value in WEEKDAYS)},
    "letters": {
        "id": TEXT, "title": TEXT, "offered": TEXT, "records": TEXT, "to": TEXTS, "asks": MAPS, "approved_by": TEXT,
        "days": Form("a mapping of periods, such as answer_by: 5 working days", _values(LENGTH.holds)),
        "subject": SAYINGS, "says": SAYINGS, "encloses": SAYINGS,
    },
    "measures": {"id": TEXT, "title": TEXT, "of_duty": TEXT},
    "examples": {"name": TEXT, "events": MAPS.of("event"), "ask": MAPS.of("ask"), "settings": MAP},
    "event": {"when": TEXT, "kind": TEXT},
    "ask": {
        "duty": WORDS, "as_at": TEXT, "known": TEXT, "evidence": NAMED, "before": MAP.of("event"), "stops": PAIRS,
        "route": TEXT, "when": TEXT, "given": MAP, "expect": Form("a list of mappings, or a day", lambda value: _text(value) or MAPS.holds(value)), "slot": TEXT, "after": TEXT, "taken": TEXTS,
    },
}  # fmt: skip


EVERY_KEY = {"kinds": SAYS, "settings": MAP.of("setting")}  # their keys are ids of the pack's own


def check_forms(node: Map, problems: Problems, kind: str = "head") -> None:
    """Adds a problem for every value in a mapping, however deep, that has not the form of its key."""
    for key, value in node.items():
        form = EVERY_KEY.get(kind) or (TEXTS if key == "cites" else FORMS[kind].get(key))
        if form is None:
            continue
        if not form.holds(value):
            problems.add(node, key, f"“{key}” is {form.said}")
            continue
        for one in value if isinstance(value, list) else [value]:
            if form.inner and isinstance(one, Map):
                check_forms(one, problems, form.inner)
