"""Duties put into words for the report: what starts one, by when it is due, what meets it, and where that is written."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any, NamedTuple

from kith.rules.days import day_of, spoken
from kith.rules.duty import (
    AfterPeriod,
    ByEvent,
    Clause,
    Due,
    Duty,
    Earliest,
    FromFact,
    FromField,
    Phase,
    Repeats,
    SameDay,
)
from kith.rules.english import English
from kith.rules.shipped import registers

STRENGTHS = {
    "must": "Must: the law or the procedure requires it.",
    "should": "Should: it is done unless there is a good reason not to.",
    "may": "May: it is allowed, and owed once decided.",
    "states": "States: the procedure describes it as what is done.",
}


LONGEST_ASIDE = 60


class Citation(NamedTuple):
    """One document a duty is written in, and each of its clauses or provisions: the id, and what it says in our own words."""

    document: str
    clauses: list[tuple[str, str]]


def written_out(day: dt.date | None) -> str:
    """A day for a reader: Friday 11 April 2025; `not given` where there is none."""
    return "not given" if day is None else spoken(day.toordinal())


def joined(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence: `a, b and c`."""
    every = list(words)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} {last} {every[-1]}" if every else ""


def days_text(days: float, unit: str) -> str:
    """So many days of a unit (`days`, `working days`), to one decimal place where they are not whole."""
    if days == 0:
        return "the same day"
    number = f"{days:.0f}" if abs(days - round(days)) < 0.05 else f"{days:.1f}"
    return f"{number} {unit[:-1] if number == '1' else unit}"


def whole_days(days: float, unit: str) -> str:
    """The whole number of days within which so many were done."""
    return days_text(ceil(days - 1e-9), unit)


def title(duty: Duty) -> str:
    """The duty's title; a field that is filled in for each child stands as its own name."""
    return re.sub(r"\{(\w+)\}", lambda found: found[1].replace("_", " "), duty.title)


def what_it_says(duty: Duty, english: English) -> list[str]:
    """The duty as sentences: by when it is due and after what, what it depends on, and what meets it."""
    sentences = [*_due_sentences(duty, english)]
    only_if = duty.written.get("only_if")
    condition = english.condition(only_if) if only_if else ""
    if condition and "\n" not in condition:
        sentences.append(f"Only if {condition}.")
    if duty.meets:
        sentences.append(f"Met when {joined(_kinds(duty.meets, english), 'or')}.")
    return sentences


def citations(duty: Duty, english: English) -> list[Citation]:
    """Where the duty is written, document by document, in the order the pack cites them."""
    documents: dict[str, list[tuple[str, str]]] = {}
    for cited in duty.cites:
        document, says = _cited(cited, english)
        documents.setdefault(document, []).append((cited, says))
    return [Citation(document, clauses) for document, clauses in documents.items()]


def missing_facts(kinds: Iterable[str], english: English) -> str:
    """The facts a source does not hold, as the end of a sentence: `whether a visit was made or a letter was sent`."""
    return f"whether {joined(dict.fromkeys(english.kind(kind) for kind in kinds), 'or')}"


def starts_of(duty: Duty, english: English) -> str:
    """What would start the duty: `the referral was received or the enquiry was started`."""
    return joined(_kinds(duty.starts, english), "or")


def _kinds(clauses: Sequence[Clause], english: English) -> list[str]:
    return list(dict.fromkeys(_clause(clause, english) for clause in clauses))


def _clause(clause: Clause, english: English) -> str:
    """What happened, and which of them counts where that is quickly said; the pack has the rest."""
    where = english.condition(clause.written["where"]) if clause.written.get("where") else ""
    said = english.the(clause.kind)
    return f"{said} ({where})" if where and "\n" not in where and len(where) <= LONGEST_ASIDE else said


def _due_sentences(duty: Duty, english: English) -> list[str]:
    if duty.repeats is not None:
        return [f"{_sentence(_repeating(duty.repeats, english))}, beginning when {starts_of(duty, english)}."]
    ways: dict[int, tuple[Due, dict[str, None]]] = {}
    for clause in duty.starts:
        rule = clause.due or duty.due
        ways.setdefault(id(rule), (rule, {}))[1][_clause(clause, english)] = None
    choice = {"earliest": ", whichever comes first", "latest": ", whichever comes last"}.get(duty.take, "")
    said = []
    for rule, kinds in ways.values():
        said.append(_rule(rule, joined(kinds, "or"), english) + (choice if len(kinds) > 1 else ""))
    beginning = " The day it counts from is the first day." if duty.beginning_with else ""
    return [f"{_sentence('; or '.join(said))}{choice if len(ways) > 1 else ''}.{beginning}"]


def _rule(rule: Due, start: str, english: English) -> str:
    match rule:
        case AfterPeriod():
            return f"within {rule.period} after {start}"
        case SameDay():
            return f"on the same day as {start}"
        case FromField():
            return f"by {english.called(rule.field)} recorded when {start}"
        case FromFact():
            return f"{_dated(rule)}, once {start}"
        case ByEvent():
            return f"before {english.the(rule.by)}, once {start}"
        case Earliest():
            return f"{joined([_rule(one, start, english) for one in rule.parts], 'or')}, whichever comes first"
    return f"with no day of its own, once {start}"


def _dated(rule: FromFact) -> str:
    called = rule.fact.words.get("called", f"the {rule.fact.id.replace('_', ' ')}")
    if rule.period is None:
        return f"by {called}"
    return f"{rule.period} {'before' if rule.before else 'after'} {called}"


def _repeating(repeats: Repeats, english: English) -> str:
    if repeats.calendar_month:
        return "in every calendar month"
    if repeats.every_field is not None:
        return f"as often as {english.called(repeats.every_field)} says"
    return ", then ".join(_phase(phase, english) for phase in repeats.phases)


def _phase(phase: Phase, english: English) -> str:
    if phase.times == 1:
        return f"within {phase.every}"
    every = f"every {str(phase.every).removeprefix('1 ')}"
    if phase.times is not None:
        return f"{every}, {phase.times} times"
    if phase.lasts is not None:
        return f"{every} for {phase.lasts}"
    return f"{every} until {english.the(phase.until)}" if phase.until is not None else every


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cited(cited: str, english: English) -> tuple[str, str]:
    source: Mapping[str, Any] = english.stack.sources.get(cited, {})
    if source:
        document = ", ".join(str(source[key]) for key in ("instrument", "provision") if source.get(key))
        checked = source.get("last_checked_on")
        on = f"Last checked on {spoken(day_of(str(checked)))}." if checked else ""
        return document, " ".join(part for part in (on, str(source.get("note", ""))) if part)
    prefix = cited.rpartition("-")[0]
    clause = registers().get(prefix, {}).get(cited, {})
    return str(english.stack.sources.get(prefix, {}).get("title", "")) or prefix, str(clause.get("text", ""))
