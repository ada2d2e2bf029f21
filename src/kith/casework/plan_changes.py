"""What changed in a child's plans between two days: told line by line, from two pictures of the record. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kith.casework.plans import Item, Plans

BEGAN, ENDED, CHANGED, MOVED, SHARED = "began", "ended", "changed", "moved", "shared"
SAYS = {"plans": "different", "needs": "need", "actions": "what", "promises": "own_words", "other_plans": "plan_kind"}


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was: of what (`plans`, `actions` ...), how, which part of it, what it said, and what it says."""

    of: str
    how: str
    item: Item
    part: str = ""
    was: str = ""
    now: str = ""


def between(before: Plans, after: Plans) -> list[Change]:
    """Every change from one picture to a later one, in the order of the plan's page."""
    return [change for of in SAYS for change in _of_kind(of, getattr(before, of), getattr(after, of))]


def _of_kind(of: str, before: Mapping[str, Item], after: Mapping[str, Item]) -> Iterator[Change]:
    for key, item in after.items():
        earlier = before.get(key)
        if earlier is None:
            yield Change(of, BEGAN, item, now=str(item.words.get(SAYS[of], "")))
            continue
        yield from _of_item(of, earlier, item)
        if earlier.ended is None and item.ended is not None:
            yield Change(of, ENDED, item, part=item.ended_as, was=str(item.words.get(SAYS[of], "")))


def _of_item(of: str, earlier: Item, item: Item) -> Iterator[Change]:
    for part in dict.fromkeys([*earlier.words, *item.words]):
        was, now = str(earlier.words.get(part, "")), str(item.words.get(part, ""))
        if was != now:
            yield Change(of, CHANGED, item, part, was, now)
    if earlier.by_when != item.by_when:
        yield Change(of, MOVED, item, was=earlier.by_when, now=item.by_when)
    for person in item.shared_with:
        if person not in earlier.shared_with:
            yield Change(of, SHARED, item, now=person)
