"""Checks worked examples by line: that each asks something, that what it asks about exists, and that it comes out as written."""

from collections.abc import Iterable, Mapping
from typing import Any

from kith.rules.calendars import england_and_wales
from kith.rules.compiling import compiled
from kith.rules.examples import failures
from kith.rules.lines import listed
from kith.rules.pack_shapes import check_shape
from kith.rules.problems import Problems
from kith.rules.stack import Part, Stack, with_settings
from kith.rules.vocabulary import nearest

ASKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "before": ("", ("stops",)),
    "route": ("routes", ("when", "answer")),
    "slot": ("meetings", ("after", "expect")),
    "duty": ("duties", ("as_at", "expect")),
}


def check_examples(own: Part, stack: Stack, problems: Problems) -> None:
    """Every example is shaped as it should be and holds, and every duty, gate and route has one."""
    asked: set[str] = set()
    procedure, calendar = compiled([(0, stack)]), england_and_wales().calendar()
    for example in own.document.get("examples", ()):
        if not _is_whole(example, stack, problems):
            continue
        asked |= set(_asked(example))
        try:
            values = example.get("settings")
            here = compiled([(0, with_settings(stack, values))]) if values else procedure
        except (LookupError, ValueError):
            problems.add(example, "settings", f"“{example['name']}”: the pack cannot be read with these settings")
            continue
        for failure in failures(here, example, calendar):
            problems.add(example, "name", f"“{example['name']}”: {failure}")
    for kind in ("duties", "gates", "routes"):
        for item in own.document.get(kind, ()):
            asked_as = item.get("tightens", item["id"])
            if asked_as not in asked:
                problems.add(item, "id", f"“{asked_as}” has no worked example")


def _is_whole(example: Any, stack: Stack, problems: Problems) -> bool:
    before = len(problems)
    if check_shape("examples", example, problems):
        for name in example.get("settings", ()):
            if name not in stack.settings:
                hint = nearest(name, stack.settings)
                problems.add(example["settings"], name, f"there is no setting “{name}”{hint}")
        for ask in example["ask"]:
            _ask(ask, stack, problems)
    return len(problems) == before


def _ask(ask: Any, stack: Stack, problems: Problems) -> None:
    how = next((one for one in ASKS if one in ask), None)
    if how is None:
        problems.add(ask, None, "an example asks about a duty, before an act, about a route or for a slot")
        return
    kind, needed = ASKS[how]
    for key in needed:
        if key not in ask:
            problems.add(ask, how, f"“{key}” is missing: say what is asked and what is expected")
    if how == "duty" and isinstance(ask.get("expect"), str):
        problems.add(ask, "expect", "what is expected of a duty is a list, such as [{state: due}]")
    for one in listed(ask[how]) if kind else ():
        if one not in stack.items[kind]:
            problems.add(ask, how, f"there is no {how} “{one}”{nearest(one, stack.items[kind])}")


def _asked(example: Mapping[str, Any]) -> Iterable[str]:
    for ask in example["ask"]:
        yield from listed(ask.get("duty"))
        yield from listed(ask.get("route"))
        yield from (stop[0] for stop in ask.get("stops", ()))
