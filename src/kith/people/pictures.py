"""Genograms and ecomaps made for one reader on one day: only people whom that reader may see, and no protected home for a room."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace

from kith.access.viewer import Viewer
from kith.people.ecomap.ties import Ecomap, Tie
from kith.people.genogram.family import ChildOf, Couple, Household, Member, Picture, Siblings, Twins
from kith.people.models import Person
from kith.people.portrait import Portrait
from kith.people.selectors import may_open, portraits_of
from kith.people.sharing import narrowed

COUPLES: Mapping[str, str] = {
    "married": "married", "civil_partner": "civil_partnership", "partner_living_together": "living_together",
    "partner": "relationship", "separated": "separated", "divorced": "divorced",
}  # fmt: skip
CHILD_OF: Mapping[str, str] = {
    "child": "birth", "adopted_child": "adopted", "step_child": "step", "fostered_child": "fostered",
    "child_in_kinship_care": "kinship", "child_under_special_guardianship": "special_guardianship",
}  # fmt: skip
PARENTS: Mapping[str, str] = {
    "birth_mother": "birth", "birth_father": "birth", "parent": "birth", "adoptive_parent": "adopted", "step_parent": "step",
    "foster_carer": "fostered", "kinship_carer": "kinship", "special_guardian": "special_guardianship",
}  # fmt: skip
STEPS = 4
OPEN_TO_ALL = "those_working_with_family"


class Drawing:
    """The people around a child as one reader may see them on a day; `known_at` for what was known by then."""

    def __init__(self, viewer: Viewer, child: uuid.UUID, on: dt.date, known_at: dt.datetime | None = None) -> None:
        self.viewer, self.on, self.known_at, self.child = viewer, on, known_at, str(child)
        self.portraits: dict[str, Portrait] = {}
        self._gather()

    def _gather(self) -> None:
        edge = {self.child}
        for _ in range(STEPS):
            pictures = portraits_of([uuid.UUID(one) for one in sorted(edge)], self.known_at).values()
            found = [narrowed(self.viewer, one) for one in pictures]
            lost = {
                str(one)
                for one in Person.objects.filter(id__in=edge)
                .exclude(pregnancy_ended_on=None)
                .values_list("id", flat=True)
            }
            self.portraits |= {one.id: replace(one, expected=None) if one.id in lost else one for one in found}
            beyond = {bond.other for one in found for bond in one.bonds.values() if self._drawn(bond.relation)}
            edge = self._may_see(beyond - self.portraits.keys())
            if not edge or len(self.portraits) > 60:
                break

    @staticmethod
    def _drawn(relation: str) -> bool:
        return (
            relation in COUPLES
            or relation in CHILD_OF
            or relation in PARENTS
            or relation in ("twin", "identical_twin", "sibling")
        )

    def _may_see(self, ids: Collection[str]) -> set[str]:
        """Adults of the family, and the children whose records this reader may open."""
        many = [uuid.UUID(one) for one in ids]
        children = set(Person.objects.filter(id__in=many, is_child=True).values_list("id", flat=True))
        shut = children - may_open(self.viewer, sorted(children))
        return {one for one in ids if uuid.UUID(one) not in shut}

    def picture(self, *, leave_out: Collection[str] = (), for_room: bool = False) -> Picture:
        """The genogram. For a room: without whom the worker leaves out, and without any home that others must not know."""
        shown = {one: portrait for one, portrait in self.portraits.items() if one not in leave_out or one == self.child}
        children = self._children(shown)
        return Picture(
            members=tuple(self._member(one) for one in shown.values()), couples=self._couples(shown), children=children,
            twins=self._twins(shown), siblings=self._siblings(shown, children), households=self._households(shown, for_room=for_room),
        )  # fmt: skip

    def _member(self, one: Portrait) -> Member:
        sex = {"female": "female", "male": "male"}.get(str(one.details.get("sex")), "unknown")
        return Member(
            id=one.id, name=one.called(self.on.toordinal()), sex=sex, born=_date(one.born), died=_date(one.died),  # type: ignore[arg-type]
            expected_on=_date(one.expected), index=one.id == self.child, approximate_birth=one.born_approximately,
            pregnancy_ended="miscarriage" if one.pregnancy_ended else None,
        )  # fmt: skip

    def _couples(self, shown: Mapping[str, Portrait]) -> tuple[Couple, ...]:
        found: dict[frozenset[str], Couple] = {}
        for one in shown.values():
            for bond in sorted(one.bonds.values(), key=lambda bond: bond.since):
                if bond.relation in COUPLES and bond.other in shown and bond.since <= self.on.toordinal():
                    kind = COUPLES[bond.relation]
                    found[frozenset((one.id, bond.other))] = Couple(
                        one.id, bond.other, kind, _since(one, bond.since), _date(bond.until)  # type: ignore[arg-type]
                    )  # fmt: skip
        return tuple(found.values())

    def _children(self, shown: Mapping[str, Portrait]) -> tuple[ChildOf, ...]:
        by_how: dict[tuple[str, str], list[str]] = {}
        for one in shown.values():
            for bond in one.bonds.values():
                if bond.other not in shown or (bond.until is not None and bond.until <= self.on.toordinal()):
                    continue
                if bond.relation in PARENTS:
                    by_how.setdefault((one.id, PARENTS[bond.relation]), []).append(bond.other)
                elif bond.relation in CHILD_OF:
                    by_how.setdefault((bond.other, CHILD_OF[bond.relation]), []).append(one.id)
        return tuple(
            ChildOf(child, tuple(dict.fromkeys(parents))[:2], how)  # type: ignore[arg-type]
            for (child, how), parents in sorted(by_how.items())
        )

    def _twins(self, shown: Mapping[str, Portrait]) -> tuple[Twins, ...]:
        found = {}
        for one in shown.values():
            for bond in one.bonds.values():
                if bond.relation in ("twin", "identical_twin") and bond.other in shown:
                    ids = tuple(sorted((one.id, bond.other)))
                    found[ids] = Twins(ids, True if bond.relation == "identical_twin" else None)
        return tuple(found.values())

    def _siblings(self, shown: Mapping[str, Portrait], children: Collection[ChildOf]) -> tuple[Siblings, ...]:
        """Those said to be brothers or sisters of whom no shared parent is shown; grouped where each is said of each."""
        parents: dict[str, set[str]] = {one: set() for one in shown}
        for link in children:
            parents[link.child].update(link.parents)
        pairs = {
            frozenset((one.id, bond.other))
            for one in shown.values() for bond in one.bonds.values()
            if bond.relation == "sibling" and bond.other in shown and bond.other != one.id
            and (bond.until is None or bond.until > self.on.toordinal()) and not parents[one.id] & parents[bond.other]
        }  # fmt: skip
        groups: list[list[str]] = []
        for one, other in sorted(sorted(pair) for pair in pairs):
            if any(one in group and other in group for group in groups):
                continue
            group = [one, other]
            group += [
                third for third in sorted(shown) if third not in group and all({third, its} in pairs for its in group)
            ]
            groups.append(group)
        return tuple(Siblings(tuple(group)) for group in groups)

    def _households(self, shown: Mapping[str, Portrait], *, for_room: bool) -> tuple[Household, ...]:
        homes: dict[str, list[str]] = {}
        hidden = set()
        for one in shown.values():
            stay = one.stay_on(self.on.toordinal())
            if stay is None or one.died is not None:
                continue
            homes.setdefault(stay.home, []).append(one.id)
            if stay.may_know != OPEN_TO_ALL:
                hidden.add(stay.home)
        return tuple(
            Household("", tuple(members))
            for home, members in homes.items()
            if len(members) > 1 and not (for_room and home in hidden)
        )

    def ecomap(self) -> Ecomap:
        """The ecomap: the child in the middle, and every tie that stands on the day."""
        one, day = self.portraits[self.child], self.on.toordinal()
        ties = [tie for tie in one.ties.values() if tie.since <= day and (tie.until is None or day < tie.until)]
        return Ecomap(
            one.called(day),
            tuple(
                Tie(
                    str(tie.words.get("name", "")), tie.says.get("tie_with", "other"), tie.says.get("strength", "ordinary"),
                    tie.says.get("gives", "none"), str(tie.words.get("says", "")),
                )
                for tie in ties
            ),
        )  # fmt: skip


def _since(one: Portrait, day: int) -> dt.date | None:
    """When a couple came together; not known where the day is only that on which the person was entered."""
    return None if day == one.registered else _date(day)


def _date(day: int | None) -> dt.date | None:
    return None if day is None else dt.date.fromordinal(day)
