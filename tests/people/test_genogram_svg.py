"""The drawing: the right signs, readable, harmless whatever is in a name, and nothing but what is in the picture."""

import re
from datetime import date
from xml.etree import ElementTree

import families
import pytest
from families import ON
from hypothesis import given
from hypothesis import strategies as st

from kith.people.genogram.family import ChildOf, Couple, Household, Member, Picture, Siblings
from kith.people.genogram.layout import layout
from kith.people.genogram.svg import draw, sign
from kith.people.genogram.words import key

SVG = "{http://www.w3.org/2000/svg}"
SAMPLES = [families.three_generations, families.cousins, families.many_partners, families.care, families.lonely]
ALLOWED = {"svg", "title", "desc", "g", "a", "rect", "circle", "path", "text"}


def _tree(markup):
    return ElementTree.fromstring(markup)


def _of(tree, one):
    return next(group for group in tree.iter(f"{SVG}g") if group.get("data-person") == one)


def _drawn(member, **more):
    return _of(_tree(draw(Picture((member,), **more), ON)), member.id)


def _shapes(group):
    return [
        node.tag.removeprefix(SVG) for node in group.iter() if node.tag.removeprefix(SVG) in ("circle", "path", "rect")
    ]


@pytest.mark.parametrize("made", SAMPLES)
def test_a_strict_policy_lets_it_show(made):
    tree = _tree(draw(made(), ON, href=lambda one: f"/people/{one}"))
    for node in tree.iter():
        assert node.tag.removeprefix(SVG) in ALLOWED
        assert not {name for name in node.attrib if name == "style" or name.startswith("on")}


@given(st.text(max_size=40), st.text(max_size=20))
def test_whatever_a_name_holds_it_is_only_ever_text(name, home):
    odd = "a\"<'"
    member = Member(odd, name + "<script>&\"'", index=True)
    picture = Picture((member,), households=(Household(home, (odd,)),))
    tree = _tree(draw(picture, ON, href=lambda one: f"/people/{one}?{home}"))
    assert {node.tag.removeprefix(SVG) for node in tree.iter()} <= ALLOWED
    assert _of(tree, odd) is not None


def test_it_has_a_title_and_a_description_and_scales_with_its_place():
    tree = _tree(draw(families.three_generations(), ON, prefix="family"))
    assert tree.get("role") == "img"
    assert tree.get("width") == "100%"
    assert tree.get("height") is None
    assert tree.find(f"{SVG}title").text == "Genogram of Jack Pemberton"
    assert tree.get("aria-labelledby") == "family-title" == tree.find(f"{SVG}title").get("id")
    assert "Fay Clarke, mother of Jack Pemberton, 45." in tree.find(f"{SVG}desc").text


def test_it_can_keep_its_natural_size_for_a_place_that_scrolls():
    tree = _tree(draw(families.cousins(), ON, fit=False))
    assert tree.get("viewBox") == f"0 0 {tree.get('width')} {tree.get('height')}"
    assert int(tree.get("width")) > 1000


@pytest.mark.parametrize(
    ("member", "shapes"),
    [
        (Member("a", "A", "male"), ["rect"]),
        (Member("a", "A", "female"), ["circle"]),
        (Member("a", "A", "unknown"), ["path"]),
        (Member("a", "A", "male", index=True), ["rect", "rect"]),
        (Member("a", "A", "female", died=date(2019, 1, 1)), ["circle", "path"]),
        (Member("a", "A", expected_on=date(2027, 3, 1)), ["path"]),
        (Member("a", "A", pregnancy_ended="miscarriage"), ["path", "path"]),
        (Member("a", "A", pregnancy_ended="termination"), ["path", "path", "path"]),
        (Member("a", "A", "female", pregnancy_ended="stillbirth"), ["circle", "path"]),
    ],
)
def test_each_kind_of_person_has_its_sign(member, shapes):
    group = _drawn(member)
    # Writing stands on a white ground, which is not part of the sign.
    grounds = sum(node.get("fill") == "#fff" and node.get("stroke") is None for node in group.iter(f"{SVG}rect"))
    drawn = _shapes(group)
    for _ground in range(grounds):
        drawn.reverse()
        drawn.remove("rect")
        drawn.reverse()
    assert drawn == shapes


def _texts(group):
    return [node.text for node in group.iter(f"{SVG}text")]


def test_ages_deaths_and_due_months_are_written():
    assert _texts(_drawn(Member("a", "Ann", "female", date(1981, 11, 21)))) == ["44", "Ann", "1981"]
    assert _texts(_drawn(Member("a", "Ann", "female", date(1981, 1, 1), date(2019, 6, 1)))) == [
        "38",
        "Ann",
        "1981–2019",
    ]
    assert _texts(_drawn(Member("a", "Baby", expected_on=date(2027, 3, 9)))) == ["Baby", "due Mar 2027"]
    assert _texts(_drawn(Member("a", "Max", "male", date(2026, 6, 1)))) == ["5m", "Max", "2026"]
    assert _texts(_drawn(Member("a", "Unknown", "male"))) == ["?", "Unknown"]
    assert _texts(_drawn(Member("a", "Bo", age_text="teens"))) == ["teens", "Bo"]


def test_long_names_are_wrapped_and_kept_whole():
    name = "Oluwaseun Featherstonehaugh-Adeyemi Williams"
    lines = _texts(_drawn(Member("a", name, "male")))[1:]
    assert len(lines) > 1
    assert "".join(lines).replace("-", "").replace(" ", "") == name.replace("-", "").replace(" ", "")


def _couple_strokes(kind, **more):
    members = (Member("a", "A", "male"), Member("b", "B", "female"))
    tree = _tree(draw(Picture(members, (Couple("a", "b", kind, **more),)), ON))
    paths = [node for node in tree.findall(f"{SVG}path")]
    return paths[0].get("stroke-dasharray"), len(paths) - 1


def test_each_kind_of_couple_has_its_line():
    assert _couple_strokes("married") == (None, 0)
    assert _couple_strokes("separated") == (None, 1)
    assert _couple_strokes("divorced") == (None, 2)
    living, relationship, brief = (_couple_strokes(kind) for kind in ("living_together", "relationship", "brief"))
    assert len({living[0], relationship[0], brief[0], None}) == 4
    assert _couple_strokes("living_together", until_on=date(2020, 1, 1)) == (living[0], 1)


def test_a_widows_marriage_has_no_stroke_of_parting():
    members = (Member("a", "A", "male", died=date(2015, 1, 1)), Member("b", "B", "female"))
    picture = Picture(members, (Couple("a", "b", "married", until_on=date(2015, 1, 1)),))
    assert len(_tree(draw(picture, ON)).findall(f"{SVG}path")) == 1
    assert "separated" not in [item.sign for item in key(picture, ON)]


def test_adoption_and_fostering_show_in_the_line_to_the_child():
    def dashes(how):
        members = (Member("a", "A"), Member("b", "B"))
        tree = _tree(draw(Picture(members, (), (ChildOf("b", ("a",), how),)), ON))
        return [node.get("stroke-dasharray") for node in tree.findall(f"{SVG}path")], len(_shapes(_of(tree, "b")))

    assert set(dashes("birth")[0]) == {None}
    assert dashes("adopted")[0].count(None) >= 1
    assert any(dashes("adopted")[0])
    assert dashes("adopted")[1] == dashes("birth")[1] + 2
    assert None not in dashes("fostered")[0]
    ways = ["adopted", "fostered", "step", "kinship", "special_guardianship", "donor"]
    assert len({tuple(dashes(how)[0]) for how in ways}) == len(ways)


def test_identical_twins_are_joined_at_one_point_with_a_bar():
    lines = layout(families.cousins()).lines
    twins = [line for line in lines if line.route.kind == "twin"]
    assert len(twins) == 2
    assert twins[0].points[0] == twins[1].points[0]
    assert [line.route.kind for line in lines].count("bar") == 1
    assert not any(line.route.kind == "bar" for line in layout(families.three_generations()).lines)


def _brothers():
    members = (Member("dan", "Dan", "male", index=True), Member("joe", "Joe", "male"), Member("kim", "Kim", "female"))
    return Picture(members, siblings=(Siblings(("dan", "joe")),))


def test_brothers_and_sisters_without_parents_are_joined_by_a_broken_line_over_them():
    placed = layout(_brothers())
    [joint] = [line for line in placed.lines if line.route.kind == "siblings"]
    assert {x for x, _y in joint.points} == {placed.spots[one].x for one in ("dan", "joe")}
    assert all(0 < y < placed.spots["dan"].y - 28 for _x, y in joint.points)
    down = [line for line in placed.lines if line.route.kind == "drop"]
    assert sorted(line.route.members for line in down) == [("dan",), ("joe",)]
    broken = [node for node in _tree(draw(_brothers(), ON)).iter(f"{SVG}path") if node.get("stroke-dasharray")]
    assert len(broken) == 1


def test_brothers_and_sisters_without_parents_stand_in_one_row_side_by_side():
    members = tuple(Member(one, one, index=one == "a") for one in ("mum", "x", "b", "y", "a"))
    children = tuple(ChildOf(one, ("mum",)) for one in ("x", "a", "y"))
    placed = layout(Picture(members, (), children, siblings=(Siblings(("a", "b")),)))
    row = next(list(row) for row in placed.rows if "a" in row)
    assert abs(row.index("a") - row.index("b")) == 1


def test_each_person_can_be_a_link_with_a_name_and_then_the_drawing_is_not_an_image():
    tree = _tree(draw(families.three_generations(), ON, href=lambda one: None if one == "mum" else f"/people/{one}"))
    link = _of(tree, "jack").find(f"{SVG}a")
    assert link.get("href") == "/people/jack"
    assert link.get("aria-label") == "Jack Pemberton, 13"
    assert _of(tree, "mum").find(f"{SVG}a") is None
    assert tree.get("role") == "group"


def test_nothing_is_written_that_is_not_in_the_picture():
    picture = families.many_partners()
    markup = draw(picture, ON)
    allowed = " ".join([*(m.name for m in picture.members), *(h.name for h in picture.households)])
    for text in _tree(markup).iter(f"{SVG}text"):
        assert text.text in allowed or re.fullmatch(r"(c\.)?\d+[mw]?|\?|\d{4}–?(\d{4})?|about \d{4}", text.text)


@pytest.mark.parametrize("made", SAMPLES)
def test_every_sign_in_the_key_is_used_and_can_be_drawn(made):
    for item in key(made(), ON):
        assert item.words
        tree = _tree(sign(item.sign).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))
        assert len(tree) > 0
        assert tree.get("aria-hidden") == "true"


def test_an_empty_picture_is_still_a_drawing():
    assert _tree(draw(Picture(()), ON)).find(f"{SVG}title").text == "Genogram"
