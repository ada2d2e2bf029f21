"""`kith pack check`: everything that can be wrong with a pack, told at once."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from kith.rules.check_conditions import ConditionCheck
from kith.rules.check_duties import DutyCheck, kinds_of
from kith.rules.check_examples import check_examples
from kith.rules.check_gates import check_gate, check_route
from kith.rules.check_letters import check_letters
from kith.rules.check_pack import check_birthdays, check_fact, check_head, check_the_rest, check_vocabulary
from kith.rules.check_questions import (
    check_control,
    check_laws,
    check_links,
    check_local_offers,
    check_questions,
    check_tools,
)
from kith.rules.check_sources import Register, SourceCheck
from kith.rules.pack_files import Library, PackFolder, UnknownPack, canonical, changed_after_publishing
from kith.rules.problems import PackError, Problems
from kith.rules.stack import Stack, settled, stack_of


def check(library: Library, label: str, registers: Mapping[str, Register], *, run_examples: bool = True) -> Problems:
    """Every mistake in one version of a pack, in its own files. Raises UnknownPack when there is no such pack."""
    folder = library.find(label)
    problems = Problems()
    try:
        stack = stack_of(library, folder.label, problems)
    except PackError as error:
        problems.extend(one for one in error.problems if one not in problems)
        return problems
    own = stack.own
    check_head(own, library, problems)
    check_vocabulary(own, stack, problems)
    conditions = ConditionCheck(stack, problems)
    check_birthdays(own, conditions, problems)
    for fact in own.document.get("facts", ()):
        check_fact(fact, conditions, problems)
    duties = DutyCheck(stack, conditions, problems)
    for duty in own.document.get("duties", ()):
        duties.check(duty)
    for gate in own.document.get("gates", ()):
        check_gate(gate, stack, conditions, problems)
    for route in own.document.get("routes", ()):
        check_route(route, stack, conditions, problems)
    check_the_rest(own, stack, conditions, problems)
    check_questions(own, stack, problems)
    check_links(own, stack, problems)
    check_control(own, problems)
    check_laws(own, problems)
    check_local_offers(own, stack, problems)
    check_tools(own, stack, problems)
    check_letters(own, stack, problems)
    sources = SourceCheck(stack, registers, problems)
    for part in ("settings", "facts", "duties", "gates", "routes", "roles", "meetings", "letters", "measures"):
        sources.citations(own.document.get(part))
    sources.map(own.document)
    _versions(library, folder, stack, problems)
    if run_examples and not problems.errors:
        check_examples(own, stack, problems)
    return problems


def _versions(library: Library, folder: PackFolder, stack: Stack, problems: Problems) -> None:
    versions = library.versions(folder.name)
    dates = [library.in_force_from(one) for one in versions]
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
    try:
        before = stack_of(library, versions[place - 1].label)
    except (PackError, UnknownPack) as error:
        problems.add(stack.own.document, "version", f"the version before this one cannot be read: {error}")
        return
    for duty in stack.own.document.get("duties", ()):
        old = before.duties().get(duty.get("id", ""))
        changed = old is None or _text(old, before) != _text(duty, stack)
        if changed and "bites_on" not in duty:
            problems.add(
                duty,
                "id",
                f"“{duty.get('id')}” is new or changed in this version: say on what it bites, with bites_on:",
            )


def _text(duty: Mapping[str, Any], stack: Stack) -> str:
    return json.dumps({k: v for k, v in settled(duty, stack.settings).items() if k != "bites_on"}, sort_keys=True)


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
