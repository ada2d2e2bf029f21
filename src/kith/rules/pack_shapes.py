"""Which keys each thing in a pack may have, and which it must."""

from collections.abc import Mapping
from typing import Any

from kith.rules.problems import Problems
from kith.rules.vocabulary import nearest

_EVERY = frozenset(("cites", "note", "replaces", "because", "title"))
SHAPES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "duties": (
        frozenset(("id", "title", "cites", "strength", "owed_by", "per", "starts_from")),
        _EVERY | frozenset((
            "met_by", "each", "take", "only_if", "only_while", "counts_from", "counting", "due", "repeats", "quota",
            "earlier_counts", "extended_by", "falls_away_on", "again_after", "remind", "if_late", "goes_on_after", "bites_on",
            "statutory", "beside", "tightens", "tightened_by",
        )),
    ),
    "tightens": (frozenset(("id", "tightens", "due", "cites")), frozenset(("note", "title", "bites_on"))),
    "gates": (
        frozenset(("id", "before", "needs", "strength", "otherwise", "say", "cites")),
        _EVERY | frozenset(("if", "per", "may_explain")),
    ),
    "routes": (
        frozenset(("id",)),
        _EVERY | frozenset(("per", "population", "reasons", "excluded", "silent", "excused", "decided_by")),
    ),
    "fields": (frozenset(("id", "answer")), frozenset(("options", "called", "yes", "no", "note"))),
    "events": (frozenset(("stem",)), frozenset(("noun", "names", "types", "kinds", "acts", "protective", "rights", "note"))),
    "kind": (frozenset(), frozenset(("names", "fields", "was", "phrase", "note"))),
    "birthdays": (frozenset(("age", "event", "fact")), frozenset()),
    "held_by": (frozenset(("fact",)), frozenset()),
    "facts": (
        frozenset(("id", "is_a")),
        _EVERY | frozenset((
            "per", "of", "member", "from", "field", "cleared_by", "opens", "closes", "joins", "leaves", "is", "is_not", "one",
            "many", "called",
        )),
    ),
    "roles": (
        frozenset(("id", "title")),
        _EVERY | frozenset(("deputy", "login", "held_by", "may", "words", "also_called", "employer", "qualified", "advises", "training")),
    ),
    "meetings": (
        frozenset(("type", "title", "cites")),
        _EVERY | frozenset((
            "asks_route", "chair", "invites", "must_invite", "not_invited", "slots", "venues", "papers", "stages", "record",
            "outcomes", "counts_as", "purposes", "minutes", "papers_due", "prepares", "also_called", "joined_with", "decided_by",
            "scale", "ground_rules", "purpose", "counts_as_family_decision_making",
        )),
    ),
    "letters": (
        frozenset(("id", "title", "cites")),
        _EVERY | frozenset(("offered", "records", "to", "asks", "days", "subject", "says", "encloses", "tone_for", "approved_by")),
    ),
    "says": (frozenset(), frozenset(("say", "plainly", "heading", "list", "drawn", "if", "cites", "note"))),
    "measures": (
        frozenset(("id", "title", "cites")),
        _EVERY | frozenset(("of_duty", "counts", "out_of", "by", "leaves_out", "of")),
    ),
    "sources": (frozenset(("id",)), frozenset((
        "instrument", "provision", "title", "register", "clauses", "last_checked_on", "url", "note", "date", "publisher", "file",
    ))),
    "examples": (frozenset(("name", "ask")), frozenset(("events", "note", "settings", "proves"))),
    "clause": (frozenset(("event",)), frozenset(("where", "same", "due", "counts_from", "until", "note"))),
    "pattern": (frozenset(("event", "field")), frozenset(("from", "where"))),
    "repeats": (frozenset(), frozenset(("every", "times", "phases", "pattern"))),
    "phase": (frozenset(("every",)), frozenset(("for", "until"))),
    "quota": (frozenset(("of", "share", "counts")), frozenset()),
    "line": (frozenset(("id", "if")), frozenset(("cites", "say", "redirects_to", "leans", "note", "title", "decided_by"))),
}  # fmt: skip


def check_shape(kind: str, node: Any, problems: Problems) -> bool:
    """Whether a mapping has the keys of its kind; what is missing or unknown is told."""
    needed, allowed = SHAPES[kind]
    called = node.get("id") or node.get("stem") or node.get("type") or node.get("name") or kind
    for key in node:
        if key not in needed and key not in allowed:
            problems.add(node, key, f"“{called}”: unknown key “{key}”{nearest(key, needed | allowed)}")
    missing = sorted(key for key in needed if key not in node)
    for key in missing:
        what = "no citation: say which clause it comes from, with cites:" if key == "cites" else f"“{key}” is missing"
        problems.add(node, None, f"“{called}”: {what}")
    return not missing
