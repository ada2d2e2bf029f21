"""What each member is to the index child, worked out from who is whose child and who is with whom."""

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kith.people.genogram.family import Couple, How, Picture

Words = tuple[str, str, str]
"""For a man, for a woman, and for anyone else."""

_PARENT: Mapping[How, Words] = MappingProxyType(
    {
        "birth": (gettext_noop("father"), gettext_noop("mother"), gettext_noop("parent")),
        "adopted": (gettext_noop("adoptive father"), gettext_noop("adoptive mother"), gettext_noop("adoptive parent")),
        "fostered": (gettext_noop("foster father"), gettext_noop("foster mother"), gettext_noop("foster carer")),
        "step": (gettext_noop("step-father"), gettext_noop("step-mother"), gettext_noop("step-parent")),
        "kinship": (gettext_noop("kinship carer"),) * 3,
        "special_guardianship": (gettext_noop("special guardian"),) * 3,
        "donor": (gettext_noop("donor"),) * 3,
    }
)
_BIRTH: Words = (gettext_noop("birth father"), gettext_noop("birth mother"), gettext_noop("birth parent"))
_SIBLING: Mapping[str, Words] = MappingProxyType(
    {
        "full": (gettext_noop("brother"), gettext_noop("sister"), gettext_noop("brother or sister")),
        "half": (
            gettext_noop("half-brother"),
            gettext_noop("half-sister"),
            gettext_noop("half-brother or half-sister"),
        ),
        "unsure": (
            gettext_noop("brother or half-brother"),
            gettext_noop("sister or half-sister"),
            gettext_noop("brother or sister"),
        ),
        "adopted": (
            gettext_noop("brother by adoption"),
            gettext_noop("sister by adoption"),
            gettext_noop("brother or sister by adoption"),
        ),
        "fostered": (
            gettext_noop("foster brother"),
            gettext_noop("foster sister"),
            gettext_noop("foster brother or sister"),
        ),
        "step": (
            gettext_noop("step-brother"),
            gettext_noop("step-sister"),
            gettext_noop("step-brother or step-sister"),
        ),
        "twin": (gettext_noop("twin brother"), gettext_noop("twin sister"), gettext_noop("twin")),
    }
)
_ANCESTOR: Mapping[int, Words] = MappingProxyType(
    {
        2: (gettext_noop("grandfather"), gettext_noop("grandmother"), gettext_noop("grandparent")),
        3: (gettext_noop("great-grandfather"), gettext_noop("great-grandmother"), gettext_noop("great-grandparent")),
        4: (
            gettext_noop("great-great-grandfather"),
            gettext_noop("great-great-grandmother"),
            gettext_noop("great-great-grandparent"),
        ),
    }
)
_DESCENDANT: Mapping[int, Words] = MappingProxyType(
    {
        1: (gettext_noop("son"), gettext_noop("daughter"), gettext_noop("child")),
        2: (gettext_noop("grandson"), gettext_noop("granddaughter"), gettext_noop("grandchild")),
    }
)
# By how far the child is below the nearest ancestor they share, then how far the other is.
_SIDEWAYS: Mapping[tuple[int, int], Words] = MappingProxyType(
    {
        (2, 1): (gettext_noop("uncle"), gettext_noop("aunt"), gettext_noop("aunt or uncle")),
        (3, 1): (gettext_noop("great-uncle"), gettext_noop("great-aunt"), gettext_noop("great-aunt or great-uncle")),
        (1, 2): (gettext_noop("nephew"), gettext_noop("niece"), gettext_noop("niece or nephew")),
        (1, 3): (
            gettext_noop("great-nephew"),
            gettext_noop("great-niece"),
            gettext_noop("great-niece or great-nephew"),
        ),
        (2, 2): (gettext_noop("cousin"),) * 3,
        (2, 3): (gettext_noop("cousin's child"),) * 3,
        (3, 2): (gettext_noop("parent's cousin"),) * 3,
        (3, 3): (gettext_noop("second cousin"),) * 3,
    }
)
_SIDED: Mapping[str, str] = MappingProxyType(
    {
        "female": gettext_noop("maternal %(relation)s"),
        "male": gettext_noop("paternal %(relation)s"),
    }
)
_BY_LINE: frozenset[How] = frozenset({"birth", "adopted", "donor"})
_AT_HOME = frozenset({"married", "civil_partnership", "living_together"})


class Kin:
    """The kinship of one picture on one day."""

    def __init__(self, picture: Picture, on: date) -> None:
        self.picture, self.on = picture, on
        self.parents: dict[str, dict[str, How]] = {member.id: {} for member in picture.members}
        for link in picture.children:
            for parent in link.parents:
                # Someone may be both grandmother and guardian, but only one thing as a parent: the first recorded.
                self.parents[link.child].setdefault(parent, link.how)
        self.index = picture.index.id if picture.index else None
        self.over_child = self._above(self.index) if self.index else {}

    def relation(self, one: str) -> str:
        """What they are to the index child; empty for the child, and where the picture does not show it."""
        if self.index is None or one == self.index:
            return ""
        said = list(dict.fromkeys(self._own(one)))
        if said:
            return _(" and ").join(said)
        return self._by_partner(one)

    def _own(self, one: str) -> Iterator[str]:
        """What they are by being someone's child, without the ways that go through a partner."""
        assert self.index is not None  # noqa: S101 — relation() has asked
        how = self.parents[self.index].get(one)
        above = self._above(one)
        if one in self.over_child and self.over_child[one][0] > 1:
            yield self._ancestor(one)
        elif self.index in above:
            yield self._worded(one, _DESCENDANT[min(above[self.index][0], 2)])
        elif how is None and (sideways := self._sideways(one, above)):
            yield sideways
        if how:
            adopted = "adopted" in self.parents[self.index].values()
            yield self._worded(one, _BIRTH if how == "birth" and adopted else _PARENT[how])

    def _above(self, one: str) -> dict[str, tuple[int, str]]:
        """Every ancestor with how many steps up they are, and the parent that the way leads through."""
        seen: dict[str, tuple[int, str]] = {}
        waiting = deque([(one, 0, "")])
        while waiting:
            at, steps, through = waiting.popleft()
            for parent, how in self.parents[at].items():
                if how in _BY_LINE and parent not in seen and parent != one:
                    seen[parent] = (steps + 1, through or parent)
                    waiting.append((parent, steps + 1, through or parent))
        return seen

    def _worded(self, one: str, words: Words) -> str:
        return _(words[{"male": 0, "female": 1}.get(self.picture.by_id[one].sex, 2)])

    def _sided(self, through: str, relation: str) -> str:
        """With the side of the family it is on, when the parent between is known to be a mother or a father."""
        sided = _SIDED.get(self.picture.by_id[through].sex)
        return _(sided) % {"relation": relation} if sided else relation

    def _ancestor(self, one: str) -> str:
        steps, through = self.over_child[one]
        if steps > 4:
            return self._sided(through, _("ancestor"))
        return self._sided(through, self._worded(one, _ANCESTOR[steps]))

    def _sideways(self, one: str, above: Mapping[str, tuple[int, str]]) -> str:
        """Brothers and sisters, aunts, cousins: by the nearest ancestor shared. Empty when none is."""
        assert self.index is not None  # noqa: S101
        carers, its_carers = self.parents[self.index], self.parents[one]
        shared = set(self.over_child) & set(above)
        if shared:
            nearest = min(shared, key=lambda who: (self.over_child[who][0] + above[who][0], who))
            steps, its_steps = self.over_child[nearest][0], above[nearest][0]
            if (steps, its_steps) == (1, 1):
                return self._worded(one, _SIBLING[self._sibling(one)])
            words = _SIDEWAYS.get((steps, its_steps))
            relation = self._worded(one, words) if words else _("relative")
            return self._sided(self.over_child[nearest][1], relation) if steps > 1 else relation
        if set(carers) & set(its_carers):
            both = {carers[who] for who in carers if who in its_carers} | set(its_carers.values())
            return self._worded(
                one, _SIBLING["fostered" if "fostered" in both else "step" if "step" in both else "full"]
            )
        if set(its_carers) & set(self._step_parents()):
            return self._worded(one, _SIBLING["step"])
        return self._by_recorded_siblings(one)

    def _by_recorded_siblings(self, one: str) -> str:
        """A brother or sister of the child, an aunt or uncle, where the parents they share are not in the picture."""
        assert self.index is not None  # noqa: S101
        theirs = {other for group in self.picture.siblings if one in group.ids for other in group.ids} - {one}
        if self.index in theirs:
            return self._worded(one, _SIBLING["unsure"])
        through = next((who for who, (steps, _way) in self.over_child.items() if steps == 1 and who in theirs), None)
        return self._sided(through, self._worded(one, _SIDEWAYS[2, 1])) if through else ""

    def _sibling(self, one: str) -> str:
        assert self.index is not None  # noqa: S101
        if any({one, self.index} <= set(twins.ids) for twins in self.picture.twins):
            return "twin"
        ours, theirs = (
            {who for who, how in self.parents[child].items() if how in ("birth", "donor")}
            for child in (self.index, one)
        )
        both = ours & theirs
        if not both:
            return "adopted"
        if len(both) == 2:
            return "full"
        return "half" if len(ours) == 2 and len(theirs) == 2 else "unsure"

    def _step_parents(self) -> Iterator[str]:
        """Those who live with a parent of the child as a couple, and are not themselves a parent."""
        assert self.index is not None  # noqa: S101
        for parent in self.parents[self.index]:
            for couple, other in self.partners(parent):
                if other not in self.parents[self.index] and couple.kind in _AT_HOME and not couple.over(self.on):
                    yield other

    def partners(self, one: str) -> Iterator[tuple[Couple, str]]:
        """The couples someone is or was in, each with the other person."""
        for couple in self.picture.couples:
            if one in (couple.a, couple.b):
                yield couple, couple.b if couple.a == one else couple.a

    def _by_partner(self, one: str) -> str:
        """What they are by being with someone: a step-parent, or a relative's partner."""
        if one in set(self._step_parents()):
            return self._worded(one, _PARENT["step"])
        for couple, other in sorted(self.partners(one), key=lambda pair: pair[0].over(self.on)):
            if other == self.index:
                return _("former partner") if couple.over(self.on) else _("partner")
            relation = " ".join(dict.fromkeys(self._own(other)))
            if relation:
                whose = _("former partner of %(relation)s") if couple.over(self.on) else _("partner of %(relation)s")
                return whose % {"relation": relation}
        return ""
