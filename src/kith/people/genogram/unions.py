"""The unions of a picture (two partners, or the parents of children) and the generation each member stands in."""

from collections.abc import Iterable
from dataclasses import dataclass

from kith.people.genogram.family import ChildOf, Couple, How, Picture


@dataclass(frozen=True)
class Union:
    """One or two people, the couple they are if that is known, and their children by how they are theirs."""

    parents: tuple[str, ...]
    couple: Couple | None
    children: tuple[tuple[How, tuple[str, ...]], ...]

    @property
    def all_children(self) -> tuple[str, ...]:
        """The children however they are theirs."""
        return tuple(dict.fromkeys(child for _how, children in self.children for child in children))


def unions_of(picture: Picture) -> tuple[Union, ...]:
    """Every union to be drawn, in the order the picture names them.

    A step-parent who is with one of the child's parents is shown by their couple alone, as is the custom.
    """
    couples: dict[tuple[str, ...], Couple | None] = {}
    for couple in picture.couples:
        couples[tuple(sorted((couple.a, couple.b)))] = couple
    children: dict[tuple[str, ...], dict[How, list[str]]] = {}
    for link in picture.children:
        parents = tuple(sorted(link.parents))
        if _shown_by_couple(link, picture):
            continue
        couples.setdefault(parents, None)
        children.setdefault(parents, {}).setdefault(link.how, []).append(link.child)
    return tuple(
        Union(
            parents, couple, tuple((how, tuple(dict.fromkeys(ids))) for how, ids in children.get(parents, {}).items())
        )
        for parents, couple in couples.items()
    )


def _shown_by_couple(link: ChildOf, picture: Picture) -> bool:
    if not _step_alone(link):
        return False
    step = link.parents[0]
    # Beside a parent who is drawn: of two step-parents, neither would be.
    drawn = (other for other in picture.children if other.child == link.child and not _step_alone(other))
    others = {one for other in drawn for one in other.parents} - {step}
    return any(step in pair and others & pair for pair in ({couple.a, couple.b} for couple in picture.couples))


def _step_alone(link: ChildOf) -> bool:
    return link.how == "step" and len(link.parents) == 1


def generations(picture: Picture) -> dict[str, int]:
    """The row of each member, 0 at the top: below all parents, beside partners, and no higher than need be.

    Partners of whom one descends from the other cannot stand in one row; they keep the rows their parents give them.
    A child who would be its own ancestor is a mistake in what was recorded; the link that closes the circle is not
    followed, so that the rest can still be drawn.
    """
    above: dict[str, set[str]] = {member.id: set() for member in picture.members}
    # Birth says more of a generation than care does: a grandmother who fosters stays a grandmother.
    for link in sorted(picture.children, key=lambda one: one.how != "birth"):
        for parent in link.parents:
            if link.child not in _reach(above, [parent]):
                above[link.child].add(parent)
    group = {member.id: member.id for member in picture.members}
    for pair in _beside(picture):
        _join(group, above, *pair)
    return _settled(group, above)


def _beside(picture: Picture) -> Iterable[tuple[str, str]]:
    yield from ((couple.a, couple.b) for couple in picture.couples)
    yield from ((link.parents[0], link.parents[1]) for link in picture.children if len(link.parents) == 2)
    yield from ((ids[0], one) for ids in picture.of_one_row for one in ids[1:])


def _reach(above: dict[str, set[str]], start: Iterable[str]) -> set[str]:
    """Everyone above these, and these."""
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting.extend(above[one])
    return seen


def _join(group: dict[str, str], above: dict[str, set[str]], one: str, two: str) -> None:
    """Puts two people in one row unless that would put someone beside their own ancestor."""
    first, second = group[one], group[two]
    if first == second:
        return
    over = _group_above(group, above)
    if second in _reach(over, [first]) or first in _reach(over, [second]):
        return
    for member, its in group.items():
        if its == second:
            group[member] = first


def _group_above(group: dict[str, str], above: dict[str, set[str]]) -> dict[str, set[str]]:
    over: dict[str, set[str]] = {its: set() for its in group.values()}
    for child, parents in above.items():
        over[group[child]] |= {group[parent] for parent in parents}
    return over


def _settled(group: dict[str, str], above: dict[str, set[str]]) -> dict[str, int]:
    over = _group_above(group, above)
    under: dict[str, set[str]] = {its: set() for its in over}
    for its, parents in over.items():
        for parent in parents:
            under[parent].add(its)
    row = dict.fromkeys(over, 0)
    for _turn in over:
        _push_down(row, over)
    # Pulled down to stand right above their nearest child, then those who hang from them; each pass settles one row.
    for _turn in over:
        for its, children in under.items():
            row[its] = max(row[its], _just_above(children, row, under))
        _push_down(row, over)
    return {member: row[its] for member, its in group.items()}


def _just_above(children: set[str], row: dict[str, int], under: dict[str, set[str]]) -> int:
    """The row right above the nearest of these who has children too; those who have none can still move down."""
    settled = [row[child] for child in children if under[child]]
    return (min(settled) if settled else max((row[child] for child in children), default=0)) - 1


def _push_down(row: dict[str, int], over: dict[str, set[str]]) -> None:
    """Puts every group at least one row below the groups its parents are in."""
    for its, parents in over.items():
        row[its] = max([row[its], *(row[parent] + 1 for parent in parents)])
