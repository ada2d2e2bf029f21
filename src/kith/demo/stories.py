"""Families told by hand, in `stories/`, one file a council: who they are, and what happened, with days counted from today."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from kith.demo.beginnings import allocated, assessment, begun
from kith.demo.councils import Council
from kith.demo.courses import care, close
from kith.demo.household import enter
from kith.demo.local import pathway, supervisions
from kith.demo.seeing import Seen, notes, ties, visits
from kith.demo.telling import Family

STORIES = Path(__file__).parent / "stories"
SHORT: Mapping[str, Callable[..., None]] = {
    "allocated": allocated, "assessment": assessment, "begun": begun, "care": care, "close": close, "notes": notes,
    "pathway": pathway, "supervisions": supervisions, "ties": ties, "visits": visits,
}  # fmt: skip


def stories(council: Council) -> Iterator[Family]:
    """Each family told by hand for a council."""
    for says in YAML(typ="safe").load((STORIES / f"{council.slug}.yaml").read_text("utf-8")):
        yield _told(council, says)


def _told(council: Council, says: Mapping[str, Any]) -> Family:
    family = Family(council, says["title"])
    enter(family, says["household"])
    seen = Seen(family, says["household"])
    for entry in says["events"]:
        one = dict(entry)
        family.holder = one.pop("holder", family.holder)
        if "do" in one:
            SHORT[one.pop("do")](seen, **one)
        else:
            family.tell(one.pop("kind"), one.pop("day"), **one)
    return family
