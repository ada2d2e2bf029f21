"""`kith pack check`: everything that can be wrong with a pack, told at once."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from kith.rules.calendars import england_and_wales
from kith.rules.check_conditions import ConditionCheck, Hand
from kith.rules.check_duties import DutyCheck, kinds_of
from kith.rules.check_gates import check_gate, check_route
from kith.rules.check_sources import Register, SourceCheck
from kith.rules.compiling import clause_list, compiled
from kith.rules.days import NotADay, day_of
from kith.rules.examples import failures
from kith.rules.pack_files import Library, PackFolder, canonical, changed_after_publishing
from kith.rules.pack_shapes import check_shape
from kith.rules.problems import PackError, Problems
from kith.rules.stack import Part, Stack, settled, stack_of, with_settings
from kith.rules.vocabulary import ANSWERS, nearest


def check(library: Library, label: str, registers: Mapping[str, Register], *, run_examples: bool = True) -> Problems:
    """Every mistake in one version of a pack, in its own files. Raises UnknownPack when there is no such pack."""
    folder = library.find(label)
    problems = Problems()
    try:
        stack = stack_of(library, folder.label, problems)
    except PackError as error:
        problems.extend(error.problems)
        return problems
    own = stack.own
    _head(own, library, problems)
    _vocabulary(own, stack, problems)
    conditions = ConditionCheck(stack.vocabulary, stack.facts(), stack.settings, problems)
    for fact in own.document.get("facts", ()):
        _fact(fact, conditions, problems)
    duties = DutyCheck(stack, conditions, problems)
    for duty in own.document.get("duties", ()):
        duties.check(duty)
    for gate in own.document.get("gates", ()):
        check_gate(gate, stack, conditions, problems)
    for route in own.document.get("routes", ()):
        check_route(route, stack, conditions, problems)
    _the_rest(own, stack, conditions, problems)
    sources = SourceCheck(stack, registers, problems)
    for part in ("settings", "facts", "duties", "gates", "routes", "roles", "meetings", "letters", "measures"):
        sources.citations(own.document.get(part))
    sources.map(own.document)
    _versions(library, folder, stack, problems)
    if run_examples and not problems.errors:
        _examples(own, stack, problems)
    return problems


def _head(own: Part, library: Library, problems: Problems) -> None:
    document = own.document
    for key in ("pack", "version", "title", "in_force_from"):
        if not document.get(key):
            problems.add(document, None, f"pack.yaml needs “{key}”")
    if document.get("pack") not in (None, own.name):
        problems.add(document, "pack", f"the pack is called “{document['pack']}” but its folder “{own.name}”")
    if document.get("version") not in (None, own.version):
        problems.add(
            document,
            "version",
            f"the version is “{document['version']}” but its folder “{own.version}”; write it in quotes",
        )
    try:
        day_of(str(document.get("in_force_from", "")))
    except NotADay as error:
        problems.add(document, "in_force_from", str(error))
    labels = [folder.label for folder in library.folders()]
    for key in ("based_on", "adopts"):
        for label in [document[key]] if isinstance(document.get(key), str) else document.get(key) or ():
            if label not in labels:
                problems.add(document, key, f"there is no pack “{label}”{nearest(label, labels)}")
    for name, setting in (document.get("settings") or {}).items():
        if not isinstance(setting, dict) or not {"value", "cites", "because"} <= set(setting):
            problems.add(document["settings"], name, f"setting “{name}” needs value, cites and because")


def _vocabulary(own: Part, stack: Stack, problems: Problems) -> None:
    for field in own.document.get("fields", ()):
        if isinstance(field, dict) and field.get("answer") not in ANSWERS:
            problems.add(
                field,
                "answer",
                f"“{field.get('answer')}” is not a kind of answer{nearest(str(field.get('answer')), ANSWERS)}",
            )
    for item in own.document.get("events", ()):
        if not isinstance(item, dict):
            continue
        for verb, says in (item.get("kinds") or {}).items():
            for field in (says or {}).get("fields", ()):
                name = field["id"] if isinstance(field, dict) else field
                if name not in stack.vocabulary.fields and not (isinstance(field, dict) and "answer" in field):
                    problems.add(
                        item["kinds"], verb, f"“{name}” is not a field{nearest(name, stack.vocabulary.fields)}"
                    )
        stem = stack.vocabulary.stems.get(item.get("stem", ""))
        for key in ("acts", "protective", "rights"):
            for verb in item.get(key) or ():
                base, _, a_type = str(verb).partition("/")
                if stem is not None and (base not in stem.kinds or (a_type and a_type not in stem.types)):
                    problems.add(item, key, f"{stem.id} has no “{verb}”{nearest(verb, stem.kinds)}")


def _fact(fact: Any, conditions: ConditionCheck, problems: Problems) -> None:
    if not check_shape("facts", fact, problems):
        return
    wanted = {
        "latest": ("per", "from"),
        "period": ("per", "opens", "closes"),
        "group": ("of", "member", "joins", "leaves"),
    }
    if fact["is_a"] not in wanted:
        problems.add(fact, "is_a", f"“{fact['is_a']}” is not one of {', '.join(wanted)}{nearest(fact['is_a'], wanted)}")
        return
    for key in wanted[fact["is_a"]]:
        if key not in fact:
            problems.add(fact, None, f"“{fact['id']}”: a {fact['is_a']} fact needs “{key}”")
    for key in ("from", "cleared_by", "opens", "closes", "joins", "leaves"):
        for place, written in enumerate(clause_list(fact.get(key))):
            node = fact[key] if isinstance(fact[key], list) else fact
            kind = conditions.kind(written if hasattr(written, "at") else {"event": written["event"]}, "event")
            if kind is None:
                if not hasattr(written, "at"):
                    hint = nearest(written["event"], conditions.vocabulary.all_kinds())
                    problems.add(
                        node, place if node is not fact else key, f"“{written['event']}” is not a kind of event{hint}"
                    )
                continue
            if "where" in written:
                conditions.check(written["where"], Hand((kind,), kind.names))
            if key == "from" and fact.get("field", "type") not in ("type", *kind.fields, *kind.names):
                problems.add(
                    fact, "field", f"{kind.id} has no field “{fact['field']}”{nearest(fact['field'], kind.fields)}"
                )


def _the_rest(own: Part, stack: Stack, conditions: ConditionCheck, problems: Problems) -> None:
    meeting_types = stack.vocabulary.stems["meeting"].types if "meeting" in stack.vocabulary.stems else {}
    for meeting in own.document.get("meetings", ()):
        if check_shape("meetings", meeting, problems) and meeting["type"] not in meeting_types:
            problems.add(
                meeting,
                "type",
                f"“{meeting['type']}” is not a type of meeting{nearest(meeting['type'], meeting_types)}",
            )
        for wanted in meeting.get("must_invite") or ():
            if isinstance(wanted, dict) and "if" in wanted:
                conditions.check(
                    wanted["if"], Hand((), ("child", "family", "meeting", "person", "worker", "plan"), any_field=True)
                )
    roles = stack.items["roles"]
    for role in own.document.get("roles", ()):
        if check_shape("roles", role, problems) and role.get("deputy") is not None and role["deputy"] not in roles:
            problems.add(role, "deputy", f"“{role['deputy']}” is not a role{nearest(role['deputy'], roles)}")
    for kind in ("letters", "measures", "sources"):
        for item in own.document.get(kind, ()):
            check_shape(kind, item, problems)
    for measure in own.document.get("measures", ()):
        if isinstance(measure, dict) and measure.get("of_duty") not in (None, *stack.duties()):
            problems.add(
                measure,
                "of_duty",
                f"there is no duty “{measure['of_duty']}”{nearest(measure['of_duty'], stack.duties())}",
            )
    for name, word in (own.document.get("words") or {}).items():
        if not isinstance(word, str):
            problems.add(own.document["words"], name, f"the word for “{name}” is text")


def _versions(library: Library, folder: PackFolder, stack: Stack, problems: Problems) -> None:
    versions = library.versions(folder.name)
    dates = [str(library.document(one).get("in_force_from")) for one in versions]
    place = versions.index(folder)
    if dates.count(dates[place]) > 1:
        problems.add(
            stack.own.document, "in_force_from", f"another version of {folder.name} is in force from the same day"
        )
    lock = library.lock(folder).get(folder.label)
    if lock is not None and lock["status"] == "published":
        digest = hashlib.sha256(canonical(stack.own.document).encode()).hexdigest()
        if digest != lock["digest"]:
            problems.append(changed_after_publishing(folder))
    if place == 0:
        return
    before = stack_of(library, versions[place - 1].label)
    for duty in stack.own.document.get("duties", ()):
        old = before.duties().get(duty.get("id", "")) if isinstance(duty, dict) else None
        changed = old is None or _text(old, before) != _text(duty, stack)
        if isinstance(duty, dict) and changed and "bites_on" not in duty:
            problems.add(
                duty,
                "id",
                f"“{duty.get('id')}” is new or changed in this version: say on what it bites, with bites_on:",
            )


def _text(duty: Mapping[str, Any], stack: Stack) -> str:
    return json.dumps({k: v for k, v in settled(duty, stack.settings).items() if k != "bites_on"}, sort_keys=True)


def _examples(own: Part, stack: Stack, problems: Problems) -> None:
    examples = own.document.get("examples", ())
    asked: set[str] = set()
    procedure, calendar = compiled([(0, stack)]), england_and_wales().calendar()
    for example in examples:
        if not check_shape("examples", example, problems):
            continue
        asked |= set(_asked(example))
        settled_here = (
            procedure if "settings" not in example else compiled([(0, with_settings(stack, example["settings"]))])
        )
        for failure in failures(settled_here, example, calendar):
            problems.add(example, "name", f"“{example['name']}”: {failure}")
    for kind in ("duties", "gates", "routes"):
        for item in own.document.get(kind, ()):
            if item["id"] not in asked:
                problems.add(item, "id", f"“{item['id']}” has no worked example")


def _asked(example: Mapping[str, Any]) -> Iterable[str]:
    for ask in example["ask"]:
        yield from [ask["duty"]] if isinstance(ask.get("duty"), str) else ask.get("duty", ())
        yield from [ask["route"]] if "route" in ask else ()
        yield from (stop[0] for stop in ask.get("stops", ()))


def out_of_reach(stack: Stack, recordable: Iterable[str]) -> list[tuple[str, str, list[str]]]:
    """The duties that no form or import can yet start, or meet: the duty, which of the two, and the kinds wanted."""
    known = set(recordable)

    def reached(kind: str) -> bool:
        return kind in known or kind.partition("/")[0] in known or any(one.startswith(kind + "/") for one in known)

    found = []
    for duty in stack.duties().values():
        for how, keys in (("started", ("starts_from",)), ("met", ("met_by",))):
            kinds = kinds_of(duty, keys)
            if kinds and not any(reached(kind) for kind in kinds):
                found.append((duty["id"], how, kinds))
    return found
