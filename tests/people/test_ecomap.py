"""The ecomap: nothing upon anything for up to twenty ties, each line says its strength, and words say the same."""

from itertools import combinations
from math import hypot
from xml.etree import ElementTree

import pytest
from circles import twelve, twenty
from hypothesis import given
from hypothesis import strategies as st

from kith.people.ecomap.svg import arranged, draw, line_of, sign
from kith.people.ecomap.ties import Ecomap, Tie
from kith.people.ecomap.words import as_list, as_table, key

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ["person", "agency", "school", "faith", "friends", "health", "work", "other"]
STRENGTHS = ["strong", "ordinary", "weak", "stressful", "broken"]
GIVES = ["to_family", "from_family", "both", "none"]

ties = st.builds(
    Tie,
    st.text(min_size=1, max_size=45),
    st.sampled_from(KINDS),
    st.sampled_from(STRENGTHS),
    st.sampled_from(GIVES),
    st.text(max_size=40),
)
ecomaps = st.builds(Ecomap, st.text(max_size=30), st.lists(ties, max_size=20).map(tuple))


@given(ecomaps)
def test_no_two_ties_touch_nor_does_any_touch_the_middle_or_the_edge(ecomap):
    places, (width, height) = arranged(ecomap)
    assert len(places) == len(ecomap.ties)
    for one, two in combinations(places, 2):
        assert abs(one.x - two.x) > one.wide + two.wide or abs(one.y - two.y) > one.high + two.high
    for place in places:
        assert place.wide <= place.x <= width - place.wide
        assert place.high <= place.y <= height - place.high
        assert hypot(place.x - width / 2, place.y - height / 2) > 62 + min(place.wide, place.high)


@given(ecomaps)
def test_whatever_is_written_the_drawing_is_well_formed_and_a_strict_policy_lets_it_show(ecomap):
    tree = ElementTree.fromstring(draw(ecomap))
    assert tree.get("role") == "img"
    assert tree.get("width") == "100%"
    allowed = {"svg", "title", "desc", "g", "rect", "circle", "ellipse", "path", "text"}
    for node in tree.iter():
        assert node.tag.removeprefix(SVG) in allowed
        assert not {name for name in node.attrib if name == "style" or name.startswith("on")}


@pytest.mark.parametrize("made", [twelve, twenty])
def test_every_name_is_written_whole(made):
    ecomap = made()
    tree = ElementTree.fromstring(draw(ecomap))
    written = [" ".join(text.text for text in group.iter(f"{SVG}text")) for group in tree.iter(f"{SVG}g")]
    assert all(any(tie.to_name in text for text in written) for tie in ecomap.ties)


def test_each_strength_has_its_own_line():
    drawn = [line_of(strength, (0.0, 0.0), (100.0, 0.0)) for strength in STRENGTHS]
    assert len(set(drawn)) == len(STRENGTHS)
    assert 'stroke-width="6"' in drawn[0]
    assert "stroke-dasharray" in drawn[2]
    assert drawn[3].count("L") > 8
    assert drawn[4].count("<path") == 4


def _heads(gives):
    tree = ElementTree.fromstring(draw(Ecomap("Jack", (Tie("Nan", gives=gives),))))
    return [
        float(node.get("d")[1:].split("L")[0].split()[1])
        for node in tree.iter(f"{SVG}path")
        if node.get("fill") == "#0b0c0c"
    ]


def test_arrows_point_the_way_support_goes():
    # The only tie stands above the middle: a head near it is higher up the page than one near the family.
    (at_family,), (at_nan,) = _heads("to_family"), _heads("from_family")
    assert at_nan < at_family
    assert sorted(_heads("both")) == [at_nan, at_family]
    assert _heads("none") == []


def test_the_words_say_what_the_lines_say():
    said = as_list(twelve())
    assert said[0] == "Nan Beryl (person), strong tie, support comes from Nan Beryl, Sundays and half-terms."
    assert said[4] == "Evan (person), stressful tie, rows about weekends."
    assert said[6] == "Housing office (service), stressful tie, support goes to Housing office."
    assert said[11] == "Mrs Okonkwo next door, tie, support comes from Mrs Okonkwo next door."
    assert len(as_table(twelve())) == 12
    assert as_table(twelve())[9].words == "not spoken since 2022"


def test_the_key_holds_the_signs_used_and_each_can_be_drawn():
    assert [item.sign for item in key(twelve())] == [*STRENGTHS, "arrow"]
    assert [item.sign for item in key(Ecomap("Jack", (Tie("Nan"),)))] == ["ordinary"]
    assert all(item.words and "<path" in sign(item.sign) for item in key(twelve()))


def test_a_child_with_no_ties_yet_is_still_drawn():
    assert "Ecomap of Jack" in draw(Ecomap("Jack"))
