"""The ecomap in words: for those who hear the page, for those who would rather read, and for its key."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kith.people.ecomap.ties import Ecomap, Gives, Kind, Strength

KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        "person": gettext_noop("person"),
        "agency": gettext_noop("service"),
        "school": gettext_noop("school"),
        "faith": gettext_noop("faith"),
        "friends": gettext_noop("friends"),
        "health": gettext_noop("health"),
        "work": gettext_noop("work"),
        "other": "",
    }
)
STRENGTHS: Mapping[Strength, str] = MappingProxyType(
    {
        "strong": gettext_noop("strong tie"),
        "ordinary": gettext_noop("tie"),
        "weak": gettext_noop("weak tie"),
        "stressful": gettext_noop("stressful tie"),
        "broken": gettext_noop("broken tie"),
    }
)
_GIVES: Mapping[Gives, str] = MappingProxyType(
    {
        "to_family": gettext_noop("support comes from %(name)s"),
        "from_family": gettext_noop("support goes to %(name)s"),
        "both": gettext_noop("support goes both ways"),
        "none": "",
    }
)
_KEY: Mapping[str, str] = MappingProxyType(
    {
        "strong": gettext_noop("Strong tie"),
        "ordinary": gettext_noop("Tie"),
        "weak": gettext_noop("Weak tie"),
        "stressful": gettext_noop("Stressful tie"),
        "broken": gettext_noop("Broken tie"),
        "arrow": gettext_noop("The way support goes"),
    }
)


@dataclass(frozen=True)
class Row:
    """A tie as a row of a table, each cell in words and empty where nothing is said."""

    name: str
    kind: str
    tie: str
    support: str
    words: str


@dataclass(frozen=True)
class KeyItem:
    """A sign that the ecomap uses, and what it means. `svg.sign(item.sign)` draws it."""

    sign: str
    words: str


def as_table(ecomap: Ecomap) -> list[Row]:
    """A row for each tie, in the order given."""
    return [
        Row(
            tie.to_name,
            _(KINDS[tie.kind]) if KINDS[tie.kind] else "",
            _(STRENGTHS[tie.strength]),
            _(_GIVES[tie.gives]) % {"name": tie.to_name} if _GIVES[tie.gives] else "",
            tie.words,
        )
        for tie in ecomap.ties
    ]


def as_list(ecomap: Ecomap) -> list[str]:
    """A sentence for each tie, in the order given."""
    return [
        _(", ")
        .join(
            [
                _("%(name)s (%(kind)s)") % {"name": row.name, "kind": row.kind} if row.kind else row.name,
                *(part for part in (row.tie, row.support, row.words) if part),
            ]
        )
        .rstrip(".")
        + "."
        for row in as_table(ecomap)
    ]


def key(ecomap: Ecomap) -> list[KeyItem]:
    """The signs this ecomap uses and no others, in a fixed order."""
    used: set[str] = {tie.strength for tie in ecomap.ties}
    if any(tie.gives != "none" for tie in ecomap.ties):
        used.add("arrow")
    return [KeyItem(sign, _(words)) for sign, words in _KEY.items() if sign in used]
