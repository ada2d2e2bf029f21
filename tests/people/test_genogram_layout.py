"""Where everyone stands: nobody upon anybody, children below parents, couples side by side, always the same."""

from datetime import date
from itertools import combinations, pairwise

import families
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.people.genogram.family import ChildOf, Couple, Household, Member, Picture, Siblings
from kith.people.genogram.hull import around
from kith.people.genogram.layout import HALF, layout

SAMPLES = [families.three_generations, families.cousins, families.many_partners, families.care, families.lonely]


@st.composite
def pictures(draw, most=16):
    """Any family at all whose parents come before their children: lone parents, many partners, several parentages."""
    count = draw(st.integers(1, most))
    ids = [f"m{n}" for n in range(count)]
    sexes = st.sampled_from(["male", "female", "other", "unknown"])
    members = tuple(
        Member(
            one, draw(st.text(max_size=25)), draw(sexes), draw(st.none() | st.dates(date(1920, 1, 1), date(2026, 1, 1)))
        )
        for one in ids
    )
    children, couples = [], []
    for n in range(1, count):
        for how in draw(st.lists(st.sampled_from(["birth", "adopted", "fostered", "kinship", "step"]), max_size=2)):
            parents = draw(st.lists(st.sampled_from(ids[:n]), min_size=1, max_size=2, unique=True))
            children.append(ChildOf(ids[n], tuple(parents), how))
    if count > 1:
        kinds = st.sampled_from(["married", "divorced", "separated", "living_together", "brief"])
        pairs = st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True)
        couples += [Couple(pair[0], pair[1], draw(kinds)) for pair in draw(st.lists(pairs, max_size=5))]
    home = draw(st.lists(st.sampled_from(ids), unique=True))
    together = st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True)
    siblings = draw(st.lists(together, max_size=count // 2)) if count > 1 else []
    return Picture(
        members, tuple(couples), tuple(children), (), (Household("Home", frozenset(home)),),
        tuple(Siblings(tuple(group)) for group in siblings),
    )  # fmt: skip


def _nobody_upon_anybody(placed):
    for one, two in combinations(placed.spots.values(), 2):
        if one.row == two.row:
            assert abs(one.x - two.x) >= 2 * HALF + 40
            assert one.y == two.y
        else:
            upper, lower = sorted((one, two), key=lambda spot: spot.row)
            assert lower.y - HALF > upper.foot


@given(pictures())
def test_no_symbol_or_name_lies_upon_another_and_all_lie_within_the_page(picture):
    placed = layout(picture)
    assert set(placed.spots) == {member.id for member in picture.members}
    _nobody_upon_anybody(placed)
    for spot in placed.spots.values():
        assert HALF <= spot.x <= placed.width - HALF
        assert spot.y >= HALF
        assert spot.foot <= placed.height
    for line in placed.lines:
        assert all(0 <= x <= placed.width and 0 <= y <= placed.height for x, y in line.points)


@given(pictures())
def test_children_always_stand_below_their_parents(picture):
    spots = layout(picture).spots
    for link in picture.children:
        assert all(spots[parent].y < spots[link.child].y for parent in link.parents)


def test_a_child_of_two_step_parents_alone_hangs_from_both():
    members = tuple(Member(one, one) for one in ("ann", "bo", "cy"))
    steps = (ChildOf("cy", ("ann",), "step"), ChildOf("cy", ("bo",), "step"))
    spots = layout(Picture(members, (Couple("ann", "bo", "married"),), steps)).spots
    assert spots["ann"].y == spots["bo"].y < spots["cy"].y


@given(pictures(most=9))
def test_the_same_picture_is_always_drawn_alike(picture):
    assert layout(picture).spots == layout(picture).spots


@given(pictures())
def test_level_lines_never_run_through_a_symbol_they_do_not_join(picture):
    placed = layout(picture)
    for line in placed.lines:
        if line.route.kind in ("bar", "twin", "couple"):
            continue
        for (ax, ay), (bx, by) in pairwise(line.points):
            if ay == by and abs(ax - bx) > HALF:
                assert all(abs(spot.y - ay) >= HALF for spot in placed.spots.values())


@st.composite
def chains(draw):
    """Rows of partners, each with one or two others, and children of some of them: what can stand side by side."""
    members, couples, children = [], [], []
    for chain in range(draw(st.integers(1, 4))):
        ids = [f"c{chain}p{n}" for n in range(draw(st.integers(2, 4)))]
        members += [Member(one, one, draw(st.sampled_from(["male", "female"]))) for one in ids]
        for a, b in pairwise(ids):
            couples.append(Couple(a, b, "married"))
            for n in range(draw(st.integers(0, 2))):
                members.append(Member(f"{a}{b}{n}", "Child"))
                children.append(ChildOf(f"{a}{b}{n}", (a, b)))
    return Picture(tuple(members), tuple(couples), tuple(children))


@given(chains())
def test_partners_stand_side_by_side_wherever_nobody_has_more_than_two(picture):
    placed = layout(picture)
    place = {one: (row, n) for row, ids in enumerate(placed.rows) for n, one in enumerate(ids)}
    for couple in picture.couples:
        assert place[couple.a][0] == place[couple.b][0]
        assert abs(place[couple.a][1] - place[couple.b][1]) == 1


@pytest.mark.parametrize("made", SAMPLES)
def test_the_sample_families_stand_clear(made):
    _nobody_upon_anybody(layout(made()))


def test_thirty_people_are_placed_and_nobody_upon_anybody():
    picture = families.cousins()
    assert len(picture.members) == 30
    _nobody_upon_anybody(layout(picture))


def test_three_generations_stand_in_three_rows_with_families_in_order():
    placed = layout(families.three_generations())
    rows = [set(row) for row in placed.rows]
    assert rows[0] == {"gf1", "gm1", "gf2", "gm2"}
    assert rows[1] == {"dad", "mum", "step", "aunt"}
    x = {one: spot.x for one, spot in placed.spots.items()}
    # The mother stands between her two partners, each side's children under it, older to the left.
    assert min(x["dad"], x["step"]) < x["mum"] < max(x["dad"], x["step"])
    assert x["ivy"] < x["jack"] < x["mia"]
    assert (x["jack"] < x["kit"]) == (x["dad"] < x["step"])


def test_a_grandparent_known_on_one_side_only_stands_with_the_other_grandparents():
    members = tuple(Member(one, one) for one in ("great", "gran", "dad", "mum", "nan", "child"))
    links = (("gran", "great"), ("dad", "gran"), ("mum", "nan"))
    children = (*(ChildOf(child, (parent,)) for child, parent in links), ChildOf("child", ("dad", "mum")))
    spots = layout(Picture(members, (), children)).spots
    assert spots["nan"].row == spots["gran"].row == 1


def test_those_joined_to_nobody_stand_apart_at_the_right():
    spots = layout(families.many_partners()).spots
    lodger = spots.pop("five")
    assert lodger.x > max(spot.x for spot in spots.values()) + 2 * HALF


def test_partners_of_whom_one_descends_from_the_other_can_still_be_drawn():
    members = tuple(Member(one, one) for one in ("gran", "mum", "child"))
    picture = Picture(
        members, (Couple("gran", "child", "relationship"),), (ChildOf("mum", ("gran",)), ChildOf("child", ("mum",)))
    )
    placed = layout(picture)
    assert [placed.spots[one].row for one in ("gran", "mum", "child")] == [0, 1, 2]
    assert any(line.route.kind == "couple" for line in placed.lines)


def test_a_circle_in_what_was_recorded_does_not_stop_the_rest_being_drawn():
    members = tuple(Member(one, one) for one in ("a", "b", "c"))
    picture = Picture(members, (), (ChildOf("b", ("a",)), ChildOf("c", ("b",)), ChildOf("a", ("c",))))
    placed = layout(picture)
    _nobody_upon_anybody(placed)
    assert placed.spots["a"].row < placed.spots["b"].row < placed.spots["c"].row


def test_a_step_parent_recorded_twice_still_holds_the_child_in_the_family():
    members = tuple(Member(one, one) for one in ("a", "b", "child"))
    step = ChildOf("child", ("a",), "step")
    placed = layout(Picture(members, (Couple("a", "b", "married"),), (step, ChildOf("child", ("a",), "step"))))
    assert placed.spots["child"].row == 1


def test_a_picture_of_nobody_is_empty():
    assert layout(Picture(())).spots == {}


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"members": (Member("a", "A"), Member("a", "B"))}, "one id"),
        ({"members": (Member("a", "A"),), "couples": (Couple("a", "b", "married"),)}, "not among the members: b"),
        ({"members": (Member("a", "A"),), "couples": (Couple("a", "a", "married"),)}, "two people"),
        ({"members": (Member("a", "A"),), "children": (ChildOf("a", ("a",)),)}, "own parent"),
        ({"members": (Member("a", "A"),), "children": (ChildOf("a", ()),)}, "one or two"),
    ],
)
def test_a_picture_that_makes_no_sense_is_refused(parts, says):
    with pytest.raises(ValueError, match=says):
        Picture(**parts)


def _within(point, rings):
    """Whether the point is inside, by how many times a ray from it crosses the rings."""
    x, y = point
    crossings = 0
    for ring in rings:
        for number, (ax, ay) in enumerate(ring):
            bx, by = ring[(number + 1) % len(ring)]
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                crossings += 1
    return crossings % 2 == 1


@given(pictures())
def test_the_line_round_a_household_holds_everyone_who_lives_there(picture):
    placed = layout(picture)
    home = picture.households[0].members
    rings = around(placed, home)
    assert bool(rings) == bool(home)
    assert all(_within((placed.spots[one].x, placed.spots[one].y), rings) for one in home)


@pytest.mark.parametrize("made", SAMPLES)
def test_the_line_round_a_household_leaves_everyone_else_outside(made):
    picture = made()
    placed = layout(picture)
    for number, home in enumerate(picture.households):
        rings = around(placed, home.members, number)
        inside = {one for one, spot in placed.spots.items() if _within((spot.x, spot.y), rings)}
        assert inside == set(home.members)
