"""Checks the rest of a pack by line: its head, its vocabulary, facts, meetings, roles, measures and words."""

from collections.abc import Mapping
from typing import Any

from kith.rules.check_conditions import ConditionCheck, Hand
from kith.rules.compiling import clause_list
from kith.rules.days import NotADay, day_of
from kith.rules.lines import listed
from kith.rules.pack_files import Library
from kith.rules.pack_shapes import check_shape
from kith.rules.problems import Problems
from kith.rules.stack import Part, Stack
from kith.rules.vocabulary import ANSWERS, Stem, nearest

FACT_KEYS: Mapping[str, tuple[str, ...]] = {
    "latest": ("per", "from"),
    "period": ("per", "opens", "closes"),
    "group": ("of", "member", "joins", "leaves"),
}


def check_head(own: Part, library: Library, problems: Problems) -> None:
    """pack.yaml: what it is called, from when it is in force, and what it stands on."""
    document = own.document
    for key in ("pack", "version", "title", "in_force_from"):
        if not document.get(key):
            problems.add(document, None, f"pack.yaml needs “{key}”")
    for key, folder in (("pack", own.name), ("version", own.version)):
        if document.get(key) not in (None, folder):
            problems.add(
                document, key, f"the {key} is “{document[key]}” but its folder “{folder}”; write a version in quotes"
            )
    try:
        day_of(str(document.get("in_force_from", "")))
    except NotADay as error:
        problems.add(document, "in_force_from", str(error))
    _stands_on(document, [folder.label for folder in library.folders()], problems)
    _settings(document, problems)


def _stands_on(document: Mapping[str, Any], labels: list[str], problems: Problems) -> None:
    for key in ("based_on", "adopts"):
        for label in listed(document.get(key)):
            if label not in labels:
                problems.add(document, key, f"there is no pack “{label}”{nearest(label, labels)}")


def _settings(document: Mapping[str, Any], problems: Problems) -> None:
    for name, setting in (document.get("settings") or {}).items():
        if not isinstance(setting, dict) or not {"value", "cites", "because"} <= set(setting):
            problems.add(document["settings"], name, f"setting “{name}” needs value, cites and because")


def check_vocabulary(own: Part, stack: Stack, problems: Problems) -> None:
    """Fields and kinds of event."""
    for field in own.document.get("fields", ()):
        if isinstance(field, dict) and field.get("answer") not in ANSWERS:
            hint = nearest(str(field.get("answer")), ANSWERS)
            problems.add(field, "answer", f"“{field.get('answer')}” is not a kind of answer{hint}")
    for item in own.document.get("events", ()):
        if isinstance(item, dict):
            _kinds(item, stack, problems)
            stem = stack.vocabulary.stems.get(item.get("stem", ""))
            if stem is not None:
                _verbs(item, stem, problems)


def _kinds(item: Any, stack: Stack, problems: Problems) -> None:
    for verb, says in (item.get("kinds") or {}).items():
        for field in (says or {}).get("fields", ()):
            name = field["id"] if isinstance(field, dict) else field
            if name not in stack.vocabulary.fields and not (isinstance(field, dict) and "answer" in field):
                problems.add(item["kinds"], verb, f"“{name}” is not a field{nearest(name, stack.vocabulary.fields)}")


def _verbs(item: Any, stem: Stem, problems: Problems) -> None:
    for key in ("acts", "protective", "rights"):
        for verb in item.get(key) or ():
            base, _, a_type = str(verb).partition("/")
            if base not in stem.kinds or (a_type and a_type not in stem.types):
                problems.add(item, key, f"{stem.id} has no “{verb}”{nearest(verb, stem.kinds)}")


def check_fact(fact: Any, conditions: ConditionCheck, problems: Problems) -> None:
    """A fact: its keys, the events it is read from, and the field it keeps."""
    if not check_shape("facts", fact, problems):
        return
    if fact["is_a"] not in FACT_KEYS:
        hint = nearest(fact["is_a"], FACT_KEYS)
        problems.add(fact, "is_a", f"“{fact['is_a']}” is not one of {', '.join(FACT_KEYS)}{hint}")
        return
    for key in FACT_KEYS[fact["is_a"]]:
        if key not in fact:
            problems.add(fact, None, f"“{fact['id']}”: a {fact['is_a']} fact needs “{key}”")
    for key in ("from", "cleared_by", "opens", "closes", "joins", "leaves"):
        for place, written in enumerate(clause_list(fact.get(key))):
            _read_from(fact, key, place, written, conditions)


def _read_from(fact: Any, key: str, place: int, written: Any, conditions: ConditionCheck) -> None:
    if hasattr(written, "at"):
        kind = conditions.kind(written, "event")
    elif isinstance(fact[key], list):
        kind = conditions.kind(fact[key], place)
    else:
        kind = conditions.kind(fact, key)
    if kind is None:
        return
    if "where" in written:
        conditions.check(written["where"], Hand((kind,), kind.names))
    if key == "from" and fact.get("field", "type") not in ("type", *kind.fields, *kind.names):
        hint = nearest(fact["field"], kind.fields)
        conditions.problems.add(fact, "field", f"{kind.id} has no field “{fact['field']}”{hint}")


def check_the_rest(own: Part, stack: Stack, conditions: ConditionCheck, problems: Problems) -> None:
    """Meetings, roles, letters, measures, sources and words."""
    document = own.document
    for meeting in document.get("meetings", ()):
        _meeting(meeting, stack, conditions, problems)
    for kind, key, known in (("roles", "deputy", stack.items["roles"]), ("measures", "of_duty", stack.duties())):
        for item in document.get(kind, ()):
            if check_shape(kind, item, problems) and item.get(key) not in (None, *known):
                what = "a duty" if key == "of_duty" else "a role"
                problems.add(item, key, f"“{item[key]}” is not {what}{nearest(item[key], known)}")
    for kind in ("letters", "sources"):
        for item in document.get(kind, ()):
            check_shape(kind, item, problems)
    words = document.get("words") or {}
    for name in [name for name, word in words.items() if not isinstance(word, str)]:
        problems.add(words, name, f"the word for “{name}” is text")


def _meeting(meeting: Any, stack: Stack, conditions: ConditionCheck, problems: Problems) -> None:
    if not check_shape("meetings", meeting, problems):
        return
    types = stack.vocabulary.stems["meeting"].types
    if meeting["type"] not in types:
        problems.add(meeting, "type", f"“{meeting['type']}” is not a type of meeting{nearest(meeting['type'], types)}")
    hand = Hand((), ("child", "family", "meeting", "person", "worker", "plan"), any_field=True)
    for wanted in meeting.get("must_invite") or ():
        if isinstance(wanted, dict) and "if" in wanted:
            conditions.check(wanted["if"], hand)
