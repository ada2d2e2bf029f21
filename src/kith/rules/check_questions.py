"""Checks the forms of a pack by line: their questions, conditions and sign-offs."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kith.rules.forms import ALWAYS, ANSWERS, FAMILY_ALONE, FROM_ASSESSMENT
from kith.rules.lines import Map, listed
from kith.rules.problems import Problems
from kith.rules.stack import Part, Stack
from kith.rules.vocabulary import nearest

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

FORM = frozenset(
    (
        "id", "title", "records", "names", "pages", "one_page", "several", "signed_off", "cites", "alters", "note", "replaces",
        "because", "grids", "named_if",
    )
)  # fmt: skip
GRID = frozenset(("key", "across", "down", "cells", "cites"))
PAGE = frozenset(("id", "title", "hint", "shown_when", "of_types", "fields"))
QUESTION = frozenset(
    (
        "key", "asks", "answer", "hint", "required", "asked_if", "if_missing", "for_each", "voice_of", "asked_of_unborn",
        "prefill", "family_sees", "cites",
    )
)  # fmt: skip
CONDITION = frozenset(("field", "is", "is_not", "in", "all", "any", "not"))


def check_questions(own: Part, stack: Stack, problems: Problems) -> None:
    """Adds a problem for everything in the forms of a pack that could not work."""
    for form in own.document.get("forms", ()):
        if not isinstance(form, Map):
            continue
        _unknown(form, FORM, problems)
        _check_head(form, stack, problems)
        keys = {str(one.get("key")) for one in _questions(form)} | _keys_below(form, stack) | _of_room(form, stack)
        for question in _questions(form):
            check_question(question, keys, problems)
            _check_prefill(question, stack, problems)
        _check_pages(form, stack, problems)
        _check_named_if(form, keys, problems)
        for grid in form.get("grids") or ():
            _check_grid(grid, form, problems)
        _check_sign_off(form, keys, stack, problems)


def check_links(own: Part, stack: Stack, problems: Problems) -> None:
    """A companion guidance stands beside forms that there are."""
    for link in own.document.get("links") or ():
        for form in listed(link.get("beside")):
            if form not in stack.items["forms"]:
                problems.add(link, "beside", f"there is no form “{form}”{nearest(str(form), stack.items['forms'])}")


PAGES = ("assessments", "coworking", "meetings", "plans", "risks", "closing")


def check_tools(own: Part, stack: Stack, problems: Problems) -> None:
    """A tool of the procedure has a title and says when it is used, and opens a form, a letter or a page there is; or says why none."""
    for tool in own.document.get("tools") or ():
        for key in ("title", "when"):
            if not tool.get(key):
                problems.add(tool, None, f"a tool needs “{key}”")
        what, _colon, which = str(tool.get("opens", "")).partition(".")
        every: Mapping[str, Any] = {
            "form": stack.items["forms"], "letter": stack.items["letters"], "page": dict.fromkeys(PAGES),
        }  # fmt: skip
        known = every.get(what)
        if "opens" in tool and (known is None or which not in known):
            problems.add(tool, "opens", f"“{tool['opens']}” is no form.ID, letter.ID or page.NAME of this stack")


def check_laws(own: Part, problems: Problems) -> None:
    """A law has a day on which it came in, and one that was replaced a later day and what replaced it."""
    for law in own.document.get("laws") or ():
        since, until = str(law.get("from", "")), str(law.get("until", ""))
        if not all(_DAY.fullmatch(day) for day in (since, *([until] if until else []))):
            problems.add(
                law, "from", "a law has the day on which it came in, such as 2004-11-15, and the day it was replaced"
            )
        if bool(until) != bool(law.get("replaced_by")) or (until and until <= since):
            problems.add(law, "until", "a law that was replaced says by what, and on a day after it came in")


CONTROL = ("chapter", "updated", "status", "issue", "approved", "approved_by", "owner", "next_review")


def check_control(own: Part, problems: Problems) -> None:
    """What a document says of itself, in words that are known, with its clause; the day on which it is next looked at is a day."""
    control = own.document.get("control")
    if control is None:
        return
    for key in control:
        if key not in (*CONTROL, "cites"):
            problems.add(control, key, f"unknown key “{key}”{nearest(str(key), CONTROL)}")
    if not control.get("cites"):
        problems.add(control, None, "control needs “cites”")
    if control.get("next_review") and not _DAY.fullmatch(str(control["next_review"])):
        problems.add(control, "next_review", "the next review is a day, such as 2024-09-30")


def check_local_offers(own: Part, stack: Stack, problems: Problems) -> None:
    """A local offer is of a kind of meeting there is, from a day, for somebody, in words a family can read."""
    for offer in own.document.get("local_offers") or ():
        for key in ("of", "from", "eligible", "says", "cites"):
            if not offer.get(key):
                problems.add(offer, None, f"a local offer needs “{key}”")
        if offer.get("of") and offer["of"] not in stack.items["meetings"]:
            problems.add(
                offer, "of", f"there is no meeting “{offer['of']}”{nearest(str(offer['of']), stack.items['meetings'])}"
            )
        if not all(_DAY.fullmatch(str(offer[key])) for key in ("from", "until") if offer.get(key)):
            problems.add(offer, "from", "a local offer begins on a day, such as 2026-04-01, and may end on one")


def _questions(form: Mapping[str, Any]) -> Iterator[Any]:
    for page in form.get("pages") or ():
        yield from (one for one in page.get("fields") or () if isinstance(one, Mapping))


def _keys_below(form: Mapping[str, Any], stack: Stack) -> set[str]:
    below = stack.items["forms"].get(str(form.get("alters", "")), {})
    return {str(one.get("key")) for one in _questions(below)}


def _check_named_if(form: Any, keys: set[str], problems: Problems) -> None:
    """What is named only where the answers say so is named at all, and hangs on a question."""
    told, names = form.get("named_if") or {}, form.get("names") or {}
    for name, condition in told.items():
        if name not in names:
            problems.add(form, "named_if", f"the form names no “{name}”{nearest(str(name), names)}")
        check_condition(condition, keys, form, "named_if", problems)


def _of_room(form: Mapping[str, Any], stack: Stack) -> set[str]:
    """What the form of a room knows without a question."""
    below = stack.items["forms"].get(str(form.get("alters", "")), form)
    return {FAMILY_ALONE} if str(below.get("records", "")).startswith("meeting.held") else set()


def _check_prefill(question: Any, stack: Stack, problems: Problems) -> None:
    """What is filled in from an assessment is asked in one."""
    told = str(question.get("prefill", ""))
    if not told.startswith(FROM_ASSESSMENT):
        return
    every = stack.items["forms"].items()
    asked = {
        str(one.get("key"))
        for key, form in every
        if "assessment" in (key, form.get("alters"))
        for one in _questions(form)
    }
    for key in told.removeprefix(FROM_ASSESSMENT).split("+"):
        if key not in asked:
            problems.add(question, "prefill", f"an assessment is not asked “{key}”{nearest(key, asked)}")


def _check_pages(form: Any, stack: Stack, problems: Problems) -> None:
    """Pages: an id and a title each where there are several, and conditions that look back and never ahead."""
    below = stack.items["forms"].get(str(form.get("alters", "")), {})
    there = {str(page.get("id")) for page in below.get("pages") or ()}
    pages = [page for page in form.get("pages") or () if isinstance(page, Map)]
    one_page, before = form.get("one_page", below.get("one_page")), _keys_below(form, stack)
    walked = not one_page and len(pages) + len(there) > 1
    for page in pages:
        _unknown(page, PAGE, problems)
        if walked and "title" not in page and str(page.get("id")) not in there:
            problems.add(page, None, f"page “{page.get('id')}” needs “title”: it is a page of its own")
        if "shown_when" in page and one_page:
            problems.add(
                page, "shown_when", "a form on one page has no page to leave out; use “asked_if” on its questions"
            )
        check_condition(page.get("shown_when"), before, page, "shown_when", problems)
        _check_types(page, below or form, stack, problems)
        before = before | {str(one.get("key")) for one in _questions({"pages": [page]})}


def _check_types(page: Any, form: Mapping[str, Any], stack: Stack, problems: Problems) -> None:
    """A page for some types only names types that what its form records can have."""
    stem = stack.vocabulary.stems.get(str(form.get("records", "")).partition(".")[0])
    types = stem.types if stem else {}
    for one in page.get("of_types") or ():
        if one not in types:
            problems.add(page, "of_types", f"“{one}” is not a type of what the form records{nearest(str(one), types)}")


def _unknown(node: Any, known: frozenset[str], problems: Problems) -> None:
    for key in node:
        if key not in known:
            problems.add(node, key, f"unknown key “{key}”{nearest(key, known)}")


def _check_head(form: Any, stack: Stack, problems: Problems) -> None:
    if "alters" in form:
        if form["alters"] not in stack.items["forms"]:
            problems.add(
                form,
                "alters",
                f"there is no form “{form['alters']}”{nearest(str(form['alters']), stack.items['forms'])}",
            )
        return
    for key in ("title", "records", "pages"):
        if key not in form:
            problems.add(form, None, f"form “{form.get('id')}” needs “{key}”")
    if "records" in form and stack.vocabulary.kind(str(form["records"])) is None:
        hint = nearest(str(form["records"]), stack.vocabulary.all_kinds())
        problems.add(form, "records", f"“{form['records']}” is not a kind of event{hint}")


def check_question(question: Any, keys: set[str], problems: Problems) -> None:
    """Adds a problem for everything wrong with one question; its conditions may name the given keys."""
    _unknown(question, QUESTION, problems)
    for key in ("key", "asks", "answer"):
        if key not in question:
            problems.add(question, None, f"a question needs “{key}”")
    answer = question.get("answer")
    kind = next(iter(answer), None) if isinstance(answer, Mapping) else answer
    if kind is not None and kind not in ANSWERS:
        problems.add(question, "answer", f"“{kind}” is not a kind of answer{nearest(str(kind), ANSWERS)}")
    for key in ("required", "asked_if"):
        check_condition(question.get(key), keys, question, key, problems)


def check_condition(condition: Any, keys: set[str], node: Any, key: str, problems: Problems) -> None:
    """Adds a problem for everything wrong with a condition over answers, which stands in `node` under `key`."""
    if condition is None or condition == ALWAYS:
        return
    if not isinstance(condition, Mapping):
        problems.add(node, key, f"“{key}” is “always”, or a condition such as {{field: seen, is: false}}")
        return
    _unknown(condition, CONDITION, problems)
    for inner in ("all", "any"):
        for one in condition.get(inner) or ():
            check_condition(one, keys, condition, inner, problems)
    if "not" in condition:
        check_condition(condition["not"], keys, condition, "not", problems)
    if "field" in condition and condition["field"] not in keys:
        problems.add(
            condition,
            "field",
            f"no question has the key “{condition['field']}”{nearest(str(condition['field']), keys)}",
        )


def _check_grid(grid: Any, form: Mapping[str, Any], problems: Problems) -> None:
    """A grid is drawn over two choices of its form, and has a cell for every pair of their options."""
    _unknown(grid, GRID, problems)
    options = []
    for way in ("across", "down"):
        answer = next((one.get("answer") for one in _questions(form) if one.get("key") == grid.get(way)), None)
        if not isinstance(answer, Mapping) or "choice" not in answer:
            problems.add(grid, way, f"“{grid.get(way)}” is no choice of this form: a grid is drawn over two choices")
            return
        options.append([str(one) for one in answer["choice"]])
    wanted = {f"{across},{down}" for across in options[0] for down in options[1]}
    for one in sorted(wanted ^ set(grid.get("cells") or ())):
        problems.add(grid, "cells", f"the grid has a cell for every pair of answers and no other: look at “{one}”")


def _check_sign_off(form: Any, keys: set[str], stack: Stack, problems: Problems) -> None:
    signed = form.get("signed_off")
    if not isinstance(signed, Mapping):
        return
    for role in signed.get("by") or ():
        if role not in stack.items["roles"]:
            problems.add(signed, "by", f"“{role}” is not a role{nearest(str(role), stack.items['roles'])}")
    if stack.vocabulary.kind(str(signed.get("with"))) is None:
        problems.add(signed, "with", f"“{signed.get('with')}” is not a kind of event")
    check_condition(signed.get("when"), keys, signed, "when", problems)
