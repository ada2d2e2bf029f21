"""Checks the letters of a pack by line: whom they are for, what they ask, and that every field they name is known."""

from collections.abc import Iterator, Mapping
from typing import Any

from kith.rules.check_questions import check_condition, check_question
from kith.rules.durations import NotAPeriod, period
from kith.rules.letters import FACTS, READERS, fields_in
from kith.rules.pack_shapes import check_shape
from kith.rules.problems import Problems
from kith.rules.stack import Part, Stack, settled
from kith.rules.vocabulary import nearest

PARTS = ("subject", "says", "encloses")


def check_letters(own: Part, stack: Stack, problems: Problems) -> None:
    """Adds a problem for everything in the letters of a pack that could not be written."""
    for letter in own.document.get("letters", ()):
        if isinstance(letter, Mapping) and check_shape("letters", letter, problems):
            _check(letter, stack, problems)


def _check(letter: Any, stack: Stack, problems: Problems) -> None:
    for place, reader in enumerate(letter.get("to") or ()):
        if reader not in READERS:
            problems.add(letter["to"], place, f"“{reader}” is not a reader of letters{nearest(reader, READERS)}")
    roles = stack.items["roles"]
    if letter.get("approved_by", "none") not in ("none", *roles):
        hint = nearest(letter["approved_by"], roles)
        problems.add(letter, "approved_by", f"“{letter['approved_by']}” is not a role, nor “none”{hint}")
    if letter.get("says"):
        _check_records(letter, stack, problems)
        _check_text(letter, stack, problems)


def _check_records(letter: Any, stack: Stack, problems: Problems) -> None:
    for key in ("offered", "records", "to", "subject"):
        if not letter.get(key):
            problems.add(letter, None, f"letter “{letter.get('id')}” needs “{key}”")
    if "records" in letter and stack.vocabulary.kind(letter["records"]) is None:
        hint = nearest(letter["records"], stack.vocabulary.all_kinds())
        problems.add(letter, "records", f"“{letter['records']}” is not a kind of event{hint}")


def _check_text(letter: Any, stack: Stack, problems: Problems) -> None:
    keys = {str(one.get("key")) for one in letter.get("asks") or ()} | set(FACTS)
    for question in letter.get("asks") or ():
        check_question(question, keys, problems)
    _check_days(letter, stack, problems)
    for part in PARTS:
        for said in _mappings(letter.get(part)):
            _check_said(said, keys, problems)
        _check_fields(letter, part, keys | set(letter.get("days") or ()), problems)


def _mappings(node: Any) -> Iterator[Any]:
    return (one for one in node or () if isinstance(one, Mapping))


def _check_days(letter: Any, stack: Stack, problems: Problems) -> None:
    for key, length in (settled(letter.get("days") or {}, stack.settings)).items():
        try:
            period(str(length))
        except NotAPeriod as error:
            problems.add(letter["days"], key, str(error))


def _check_said(said: Any, keys: set[str], problems: Problems) -> None:
    if not check_shape("says", said, problems):
        return
    if sum(key in said for key in ("say", "heading", "list", "drawn")) != 1:
        problems.add(said, None, "a part of a letter is one of say, heading, list and drawn")
    if "list" in said and said["list"] not in keys:
        problems.add(said, "list", f"no question has the key “{said['list']}”{nearest(str(said['list']), keys)}")
    if isinstance(said.get("drawn"), str) and said["drawn"] not in keys:
        problems.add(said, "drawn", f"no question has the key “{said['drawn']}”{nearest(str(said['drawn']), keys)}")
    if "if" in said:
        check_condition(said["if"], keys, said, "if", problems)


def _check_fields(letter: Any, part: str, known: set[str], problems: Problems) -> None:
    for place, one in enumerate(letter.get(part) or ()):
        texts = [one] if isinstance(one, str) else [str(one.get(key, "")) for key in ("say", "plainly", "heading")]
        for name in (name for text in texts for name in fields_in(text)):
            if name not in known:
                problems.add(letter[part], place, f"“{{{name}}}” is nothing a letter knows{nearest(name, known)}")
