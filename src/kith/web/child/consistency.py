"""How often those around a child changed: who held the case and where the child lived in care. Children say that what lasts matters (LEI-027)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.core import authorities
from kith.record.chronology import Entry
from kith.record.procedures import stack_of


@dataclass(frozen=True)
class Consistency:
    """How many social workers have held the case, one after another, and in how many places the child has lived in care."""

    workers: int
    placements: int

    def __str__(self) -> str:
        """In a sentence, under the council's own word for it where its pack has one."""
        workers = ngettext("%(number)s social worker", "%(number)s social workers", self.workers) % {"number": self.workers}  # fmt: skip
        places = ngettext("%(number)s placement", "%(number)s placements", self.placements) % {"number": self.placements}  # fmt: skip
        called = stack_of(authorities.current()).words.get("consistency") or _("So far")
        return _("%(called)s: %(workers)s, %(places)s.") % {"called": called, "workers": workers, "places": places}


def consistency(entries: Iterable[Entry]) -> Consistency:
    """Counted from what stands of a child's chronology, in any order. A worker who comes back counts again: for the child it is a change."""
    holders: list[str] = []
    placements = set()
    for one in sorted(entries, key=lambda entry: entry.stands.event.order):
        kind = one.stands.event.kind.partition("/")[0]
        if one.withdrawn:
            continue
        if kind == "case.allocated":
            holders += [worker for worker in one.stands.ids("worker") if holders[-1:] != [worker]]
        elif kind == "placement.started" or (kind == "footing.recorded" and one.stands.ids("placement")):
            placements.add(next(iter(one.stands.ids("placement")), one.stands.event.id))
    return Consistency(len(holders), len(placements))
