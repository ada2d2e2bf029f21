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
from kith.rules.rights import RIGHTS
from kith.rules.stack import Part, Stack
from kith.rules.vocabulary import ANSWERS, Stem, nearest

ANYONE = Hand((), ("child", "family", "meeting", "person", "worker", "plan"), any_field=True)
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
    for name, setting in document.get("settings", {}).items():
        if not {"value", "cites", "because"} <= set(setting):
            problems.add(document["settings"], name, f"setting “{name}” needs value, cites and because")


def check_vocabulary(own: Part, stack: Stack, problems: Problems) -> None:
    """Fields and kinds of event, and what the pack says of them in its head."""
    for field in own.document.get("fields", ()):
        if check_shape("fields", field, problems):
            _answer(field, problems)
    for item in own.document.get("events", ()):
        if check_shape("events", item, problems):
            _kinds(item, stack, problems)
            _verbs(item, stack.vocabulary.stems[item["stem"]], problems)
    for place, kind in enumerate(own.document.get("always_ends", ())):
        if stack.vocabulary.kind(kind) is None:
            hint = nearest(kind, stack.vocabulary.all_kinds())
            problems.add(own.document["always_ends"], place, f"“{kind}” is not a kind of event{hint}")


def check_birthdays(own: Part, conditions: ConditionCheck, problems: Problems) -> None:
    """Events made from a date of birth."""
    for birthday in own.document.get("birthdays", ()):
        if check_shape("birthdays", birthday, problems):
            conditions.kind(birthday, "event")
            conditions.fact(birthday, "fact", "latest", Hand((), ("child",)))


def _answer(field: Any, problems: Problems) -> None:
    if field["answer"] not in ANSWERS:
        hint = nearest(field["answer"], ANSWERS)
        problems.add(field, "answer", f"“{field['answer']}” is not a kind of answer{hint}")


def _kinds(item: Any, stack: Stack, problems: Problems) -> None:
    for verb, says in item.get("kinds", {}).items():
        if says is not None:
            check_shape("kind", says, problems)
        for field in (says or {}).get("fields", ()):
            name = field["id"] if isinstance(field, dict) else field
            if isinstance(field, dict) and "answer" in field:
                _answer(field, problems)
            elif name not in stack.vocabulary.fields:
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
        if not check_shape("clause", written, conditions.problems):
            return
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
    """Meetings, roles, measures, sources and words."""
    document = own.document
    for meeting in document.get("meetings", ()):
        _meeting(meeting, stack, conditions, problems)
    for role in document.get("roles", ()):
        _role(role, stack, conditions, problems)
    for measure in document.get("measures", ()):
        if check_shape("measures", measure, problems):
            _known(measure, "of_duty", "a duty", stack.duties(), problems)
    for item in document.get("sources", ()):
        check_shape("sources", item, problems)


def _role(role: Any, stack: Stack, conditions: ConditionCheck, problems: Problems) -> None:
    if not check_shape("roles", role, problems):
        return
    _known(role, "deputy", "a role", stack.items["roles"], problems)
    for right in role.get("may", ()):
        if right not in RIGHTS:
            problems.add(role, "may", f"“{right}” is not a right{nearest(right, RIGHTS)}")
    if "held_by" in role and check_shape("held_by", role["held_by"], problems):
        conditions.fact(role["held_by"], "fact", "latest", ANYONE)


def _known(item: Any, key: str, what: str, known: Mapping[str, Any], problems: Problems) -> None:
    if item.get(key) not in (None, *known):
        problems.add(item, key, f"“{item[key]}” is not {what}{nearest(item[key], known)}")


def _meeting(meeting: Any, stack: Stack, conditions: ConditionCheck, problems: Problems) -> None:
    if not check_shape("meetings", meeting, problems):
        return
    stem = stack.vocabulary.stems.get("meeting")
    types = stem.types if stem is not None else {}
    if meeting["type"] not in types:
        problems.add(meeting, "type", f"“{meeting['type']}” is not a type of meeting{nearest(meeting['type'], types)}")
    route = meeting.get("asks_route")
    if route is not None and route not in stack.items["routes"]:
        problems.add(meeting, "asks_route", f"there is no route “{route}”{nearest(route, stack.items['routes'])}")
    for wanted in meeting.get("must_invite", ()):
        if "if" in wanted:
            conditions.check(wanted["if"], ANYONE)
