"""Who stands left of whom: partners together, brothers and sisters together by age, and as few crossed lines as can be.

Each row is a list of blocks, a block being partners who must stand together. Blocks are moved and turned, by a fixed
seed, for as long as the picture gets no worse; the same picture is therefore always drawn alike.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations, permutations

from kith.people.genogram.family import Picture
from kith.people.genogram.unions import Union

Block = list[str]
Row = list[Block]

_CROSSED, _OVERLAPPING, _PARTED, _APART, _SIBLINGS_APART = 200.0, 90.0, 30.0, 60.0, 20.0
_OUT_OF_AGE, _WOMAN_FIRST = 5.0, 4.0
_STARTS, _MOST_STEPS, _MOST_PERMUTED, _PASSES = 5, 3600, 6, 6


def ordered(picture: Picture, unions: Sequence[Union], row_of: Mapping[str, int]) -> list[list[str]]:
    """The members of each row from left to right. `row_of` names the members to be placed; unions are theirs."""
    search = _Search(picture, unions, row_of)
    start = [_blocks(picture, unions, row_of, row) for row in range(max(row_of.values(), default=-1) + 1)]
    return [[one for block in row for one in block] for row in search.best(start)]


def _blocks(picture: Picture, unions: Sequence[Union], row_of: Mapping[str, int], row: int) -> Row:
    """The row's members in blocks joined by their unions, in the order the picture names them."""
    beside: dict[str, list[str]] = {one.id: [] for one in picture.members if row_of.get(one.id) == row}
    for union in unions:
        if len(union.parents) == 2 and all(one in beside for one in union.parents):
            a, b = union.parents
            beside[a].append(b)
            beside[b].append(a)
    blocks, seen = [], set()
    for one in beside:
        if one not in seen:
            together = [one]
            for other in together:
                together += [new for new in beside[other] if new not in together]
            seen |= set(together)
            blocks.append(_lined_up(together, beside))
    return blocks


def _lined_up(together: list[str], beside: Mapping[str, list[str]]) -> Block:
    """The order that keeps partners nearest: each beside their one or two partners wherever that can be."""
    if len(together) <= _MOST_PERMUTED:
        ways = (list(way) for way in permutations(together))
        return min(ways, key=lambda way: sum(abs(way.index(a) - way.index(b)) for a in way for b in beside[a]))
    line: Block = []
    for start in sorted(together, key=lambda one: len(beside[one])):
        at: str | None = start
        while at is not None and at not in line:
            line.append(at)
            at = next((one for one in sorted(beside[at], key=lambda one: len(beside[one])) if one not in line), None)
    return line


class _Search:
    """The local search over rows of blocks, with the cost of each row and each pair of rows kept apart."""

    def __init__(self, picture: Picture, unions: Sequence[Union], row_of: Mapping[str, int]) -> None:
        self.random = random.Random(7)  # noqa: S311 — the same picture must always come out the same
        self.sex = {member.id: member.sex for member in picture.members}
        self.age = {member.id: member.born or member.expected_on or date.max for member in picture.members}
        self.row_of = row_of
        count = max(row_of.values(), default=-1) + 1
        self.couples: list[list[tuple[str, str]]] = [[] for _row in range(count)]
        self.families: list[list[tuple[tuple[str, ...], tuple[str, ...]]]] = [[] for _row in range(count)]
        for union in unions:
            self._sort_in(union)
        groups = [group.ids for group in picture.siblings if group.ids[0] in row_of]
        self.siblings = [[ids for ids in groups if row_of[ids[0]] == row] for row in range(count)]

    def _sort_in(self, union: Union) -> None:
        rows = {self.row_of[one] for one in union.parents}
        if len(rows) != 1:
            return
        row = rows.pop()
        if len(union.parents) == 2:
            self.couples[row].append((union.parents[0], union.parents[1]))
        children = tuple(one for one in union.all_children if self.row_of[one] == row + 1)
        if children:
            self.families[row].append((union.parents, tuple(sorted(children, key=lambda one: self.age[one]))))

    def best(self, start: list[Row]) -> list[Row]:
        """The least costly of a few climbs: one from the order given, the others from the best so far, stirred."""
        rows, cost = self._climb(start)
        for _turn in range(_STARTS - 1):
            stirred = [[list(block) for block in row] for row in rows]
            for row in stirred:
                self.random.shuffle(row)
            other, its_cost = self._climb(stirred)
            if its_cost < cost:
                rows, cost = other, its_cost
        return self._polished(rows, cost)

    def _polished(self, rows: list[Row], cost: float) -> list[Row]:
        """With every single block tried everywhere in its row: chance alone can miss the last small gain."""
        for _pass in range(_PASSES):
            before = cost
            for at in range(len(rows)):
                for number in range(len(rows[at])):
                    rows, cost = self._best_place(rows, cost, at, number)
            if cost >= before:
                break
        return rows

    def _best_place(self, rows: list[Row], cost: float, at: int, number: int) -> tuple[list[Row], float]:
        places = [_places(row) for row in rows]
        near = [row for row in (at - 1, at) if row >= 0]
        here = sum(self._cost(places, row) for row in near)
        best, gained = rows[at], 0.0
        rest = rows[at][:number] + rows[at][number + 1 :]
        for to in range(len(rest) + 1):
            tried = [*rest[:to], rows[at][number], *rest[to:]]
            places[at] = _places(tried)
            gain = here - sum(self._cost(places, row) for row in near)
            if gain > gained + 0.001:
                best, gained = tried, gain
        return [*rows[:at], best, *rows[at + 1 :]], cost - gained

    def _climb(self, start: list[Row]) -> tuple[list[Row], float]:
        rows = [list(row) for row in start]
        places = [_places(row) for row in rows]
        costs = [self._cost(places, row) for row in range(len(rows))]
        movable = [row for row in range(len(rows)) if sum(map(len, rows[row])) > 1]
        steps = min(_MOST_STEPS // _STARTS, 60 + 40 * sum(map(len, rows))) if movable else 0
        for _step in range(steps):
            at = self.random.choice(movable)
            old_row, old_places = rows[at], places[at]
            rows[at] = self._moved(old_row)
            places[at] = _places(rows[at])
            near = [row for row in (at - 1, at) if row >= 0]
            new = [self._cost(places, row) for row in near]
            if sum(new) <= sum(costs[row] for row in near):
                for row, cost in zip(near, new, strict=True):
                    costs[row] = cost
            else:
                rows[at], places[at] = old_row, old_places
        return rows, sum(costs)

    def _moved(self, row: Row) -> Row:
        """The row with a block turned, two blocks changed over, or a run of blocks put elsewhere."""
        new = list(row)
        way = self.random.random()
        if way < 0.3 or len(new) == 1:
            at = self.random.randrange(len(new))
            new[at] = new[at][::-1]
        elif way < 0.5:
            a, b = self.random.sample(range(len(new)), 2)
            new[a], new[b] = new[b], new[a]
        else:
            first = self.random.randrange(len(new))
            last = min(len(new), first + self.random.choice((1, 1, 1, 2, 3)))
            run, rest = new[first:last], new[:first] + new[last:]
            if self.random.random() < 0.25:
                run = [block[::-1] for block in run[::-1]]
            to = self.random.randrange(len(rest) + 1)
            new = rest[:to] + run + rest[to:]
        return new

    def _cost(self, places: list[dict[str, tuple[int, int]]], row: int) -> float:
        """What the row costs by its couples, and by the families that hang from it into the next."""
        here = places[row]
        cost = sum(self._cost_of_couple(here, a, b) for a, b in self.couples[row])
        cost += sum(_cost_of_distance(here, ids) for ids in self.siblings[row])
        if not self.families[row]:
            return cost
        below = places[row + 1]
        shift = (len(below) - len(here)) / 2
        drawn = []
        for parents, children in self.families[row]:
            middle = sum(here[one][0] for one in parents) / len(parents)
            at = [below[one][0] for one in children]
            cost += abs(sum(at) / len(at) - shift - middle) + self._cost_of_siblings(below, children, at)
            drawn.append((middle, sum(at) / len(at), min(at), max(at)))
        return cost + _crossings(drawn)

    def _cost_of_couple(self, here: Mapping[str, tuple[int, int]], a: str, b: str) -> float:
        first, second = (a, b) if here[a][0] < here[b][0] else (b, a)
        turned = self.sex[first] == "female" and self.sex[second] == "male"
        return _APART * (here[second][0] - here[first][0] - 1) + (_WOMAN_FIRST if turned else 0)

    def _cost_of_siblings(
        self, below: Mapping[str, tuple[int, int]], children: tuple[str, ...], at: list[int]
    ) -> float:
        blocks = {below[one][1] for one in children}
        strangers = max(blocks) - min(blocks) + 1 - len(blocks)
        out_of_age = sum(one > two for one, two in combinations(at, 2))
        return _PARTED * strangers + _OUT_OF_AGE * out_of_age + 0.5 * (max(at) - min(at))


def _places(row: Row) -> dict[str, tuple[int, int]]:
    """For each member, its place in the row and its block's."""
    places: dict[str, tuple[int, int]] = {}
    for number, block in enumerate(row):
        for one in block:
            places[one] = (len(places), number)
    return places


def _cost_of_distance(here: Mapping[str, tuple[int, int]], ids: Sequence[str]) -> float:
    """What it costs that others stand between brothers and sisters whose parents are not drawn."""
    places = [here[one][0] for one in ids if one in here]
    return _SIBLINGS_APART * (max(places) - min(places) + 1 - len(places))


def _crossings(drawn: list[tuple[float, float, int, int]]) -> float:
    cost = 0.0
    for number, (middle, below, low, high) in enumerate(drawn):
        for other, its_below, its_low, its_high in drawn[:number]:
            if (middle - other) * (below - its_below) < 0:
                cost += _CROSSED
            if low <= its_high and its_low <= high:
                cost += _OVERLAPPING
    return cost
