"""The genogram in words says all that the drawing shows, respectfully, and what each person is to the child."""

from datetime import date

import families
import pytest
from families import ON, someone

from kith.people.genogram.family import ChildOf, Couple, Household, Member, Picture, Siblings, Twins
from kith.people.genogram.words import as_list, as_table, key


def _relations(picture):
    return {row.id: row.relation for row in as_table(picture, ON)}


def test_close_family_is_named_by_what_they_are_to_the_child():
    assert _relations(families.three_generations()) == {
        "jack": "the child this picture is about",
        "gf1": "paternal grandfather",
        "gm1": "paternal grandmother",
        "gf2": "maternal grandfather",
        "gm2": "maternal grandmother",
        "dad": "father",
        "mum": "mother",
        "step": "step-father",
        "aunt": "paternal aunt or uncle",
        "ivy": "sister",
        "kit": "half-brother",
        "lia": "half-sister",
        "mia": "sister by adoption",
        "baby": "half-brother or half-sister",
        "lost": "half-brother or half-sister",
    }


def _wide_family():
    names = "great gran aunt uncle_by cousin mum child nephew sister partner ex dad greataunt second own"
    sexes = {"great": "male", "gran": "female", "aunt": "female", "mum": "female", "sister": "female", "dad": "male"}
    sexes |= {"nephew": "male", "greataunt": "female", "uncle_by": "male", "own": "female"}
    members = tuple(Member(one, one, sexes.get(one, "unknown"), index=one == "child") for one in names.split())
    links = {
        "gran": ("great",),
        "greataunt": ("great",),
        "mum": ("gran",),
        "aunt": ("gran",),
        "cousin": ("aunt", "uncle_by"),
        "child": ("mum", "dad"),
        "sister": ("mum", "dad"),
        "nephew": ("sister",),
        "second": ("cousin",),
        "own": ("child", "partner"),
    }
    couples = (
        Couple("aunt", "uncle_by", "married"),
        Couple("child", "partner", "relationship"),
        Couple("mum", "ex", "separated"),
    )
    return Picture(members, couples, tuple(ChildOf(child, parents) for child, parents in links.items()))


def test_wider_family_is_named_too():
    said = _relations(_wide_family())
    del said["child"]
    assert said == {
        "great": "maternal great-grandfather",
        "gran": "maternal grandmother",
        "aunt": "maternal aunt",
        "uncle_by": "partner of maternal aunt",
        "cousin": "maternal cousin",
        "mum": "mother",
        "dad": "father",
        "nephew": "nephew",
        "sister": "sister",
        "partner": "partner",
        "ex": "former partner of mother",
        "greataunt": "maternal great-aunt",
        "second": "maternal cousin's child",
        "own": "daughter",
    }


def test_care_and_adoption_are_named_beside_birth():
    said = _relations(families.care())
    assert said["mum"] == "birth mother"
    assert said["ad1"] == "adoptive mother"
    assert said["gran"] == "maternal grandmother"
    assert said["fc"] == ""
    assert said["zed"] == "brother by adoption"
    assert said["noah"] == "brother"
    assert said["max"] == "brother or half-brother"


def _with_carer(how):
    members = (someone("gran", sex="female"), someone("mum", sex="female"), someone("child", index=True))
    links = (ChildOf("mum", ("gran",)), ChildOf("child", ("mum",)), ChildOf("child", ("gran",), how))
    return _relations(Picture(members, (), links))["gran"]


def test_a_grandmother_who_cares_for_the_child_is_both():
    assert _with_carer("special_guardianship") == "maternal grandmother and special guardian"
    assert _with_carer("kinship") == "maternal grandmother and kinship carer"


def test_step_and_foster_brothers_and_sisters_are_told_from_those_by_birth():
    members = (
        *(someone(one, sex="female") for one in ("mum", "step", "carer")),
        someone("child", index=True),
        someone("stepson", sex="male"),
        someone("fostered", sex="female"),
    )
    links = (
        ChildOf("child", ("mum",)),
        ChildOf("stepson", ("step",)),
        ChildOf("child", ("carer",), "fostered"),
        ChildOf("fostered", ("carer",), "fostered"),
    )
    said = _relations(Picture(members, (Couple("mum", "step", "civil_partnership"),), links))
    assert said["step"] == "step-mother"
    assert said["stepson"] == "step-brother"
    assert said["carer"] == "foster mother"
    assert said["fostered"] == "foster sister"


def test_brothers_and_sisters_of_whom_no_parent_is_recorded_are_told():
    members = (
        Member("dan", "Dan", "male", index=True), Member("joe", "Joe", "male"), Member("kim", "Kim"),
        Member("mum", "Mum", "female"), Member("bet", "Bet", "female"),
    )  # fmt: skip
    siblings = (Siblings(("dan", "joe", "kim")), Siblings(("mum", "bet")))
    picture = Picture(members, (), (ChildOf("dan", ("mum",)),), siblings=siblings)
    told = {row.id: (row.relation, row.siblings) for row in as_table(picture, ON)}
    assert told["joe"] == ("brother or half-brother", "Dan and Kim")
    assert told["kim"] == ("brother or sister", "Dan and Joe")
    assert told["bet"] == ("maternal aunt", "Mum")
    assert told["dan"] == ("the child this picture is about", "Joe and Kim")
    assert "Dan, Joe and Kim are brothers or sisters, without a parent they share in this picture." in as_list(
        picture, ON
    )
    assert "siblings" in {item.sign for item in key(picture, ON)}
    assert "siblings" not in {item.sign for item in key(families.three_generations(), ON)}


def test_a_twin_is_a_twin():
    members = (someone("mum"), someone("a", sex="female", index=True), someone("b", sex="male"))
    picture = Picture(members, (), (ChildOf("a", ("mum",)), ChildOf("b", ("mum",))), (Twins(("a", "b")),))
    assert _relations(picture)["b"] == "twin brother"
    assert "A and B were born together." in as_list(picture, ON)


@pytest.mark.parametrize(
    ("member", "says"),
    [
        (Member("n", "Noah", "male", date(2001, 1, 1), date(2019, 2, 3)), "Noah died in 2019."),
        (Member("n", "Baby", expected_on=date(2027, 3, 14)), "Baby, expected in March 2027."),
        (Member("n", "Ann", "female", date(1981, 1, 1)), "Ann, 45."),
        (Member("n", "Ann", "female", date(1981, 1, 1), approximate_birth=True), "Ann, about 45."),
        (Member("n", "Max", "male", date(2026, 6, 1)), "Max, 5 months."),
        (Member("n", "Max", "male", date(2026, 11, 1)), "Max, 2 weeks."),
        (Member("n", "Grace", pregnancy_ended="stillbirth", died=date(2010, 1, 1)), "Grace, stillborn, 2010."),
        (Member("n", "Bo", index=True), "Bo, the child this picture is about."),
    ],
)
def test_life_and_death_are_told_plainly(member, says):
    assert says in as_list(Picture((member,)), ON)


def test_the_list_tells_partners_parents_and_homes():
    said = " ".join(as_list(families.three_generations(), ON))
    assert said.startswith("Jack Pemberton, the child this picture is about, 13.")
    assert "Arthur Pemberton died in 2015." in said
    assert "divorced from Dorothy Adeyemi-Clarke (together 1976 to 1990)" in said
    assert "lives with Gus Okafor as a couple (since 2018)" in said
    assert "Beryl Pemberton: was married to Arthur Pemberton (together 1975 to 2015)." in said
    assert "Arthur Pemberton: was married to Beryl Pemberton (together 1975 to 2015)." in said
    assert "Parents of Mia Pemberton-Shah: Evan Pemberton and Fay Clarke (by adoption)." in said
    assert said.endswith("live together at 12 Elm Road.")


@pytest.mark.parametrize("made", [families.three_generations, families.cousins, families.many_partners, families.care])
def test_everyone_in_the_drawing_is_in_the_words(made):
    picture = made()
    said = " ".join(as_list(picture, ON))
    assert all(member.name in said for member in picture.members)
    assert as_table(picture, ON)[0].id == picture.index.id
    assert {row.id for row in as_table(picture, ON)} == set(picture.by_id)


def test_a_pregnancy_without_a_name_is_told_without_one():
    said = as_list(families.three_generations(), ON)
    lost = "Half-brother or half-sister of Jack Pemberton, pregnancy that ended in miscarriage, 2019."
    assert lost in said
    assert not any(sentence.startswith((",", ".", ":", " ")) for sentence in said)
    assert not any("of :" in sentence for sentence in said)


def test_the_table_says_who_lives_with_whom_in_each_home():
    rows = {row.id: row for row in as_table(families.many_partners(), ON)}
    assert "(Flat 3)" in rows["two"].lives_with
    assert "(Dwayne's)" in rows["two"].lives_with
    assert rows["five"].lives_with == ""
    alone = Picture((Member("a", "Ann"),), households=(Household("The Mews", ("a",)),))
    assert as_table(alone, ON)[0].lives_with == "alone (The Mews)"


def test_the_key_holds_the_signs_used_and_no_others():
    signs = [item.sign for item in key(families.three_generations(), ON)]
    assert signs == [
        *("index", "male", "female", "other"),
        *("died", "pregnancy", "miscarriage", "married", "living_together"),
        *("separated", "divorced", "adopted", "twins", "household"),
    ]
    assert [item.sign for item in key(Picture(()), ON)] == []


def test_parents_of_whom_nothing_else_is_known_have_a_line_the_key_explains():
    assert "parents" in [item.sign for item in key(_wide_family(), ON)]
    assert "parents" not in [item.sign for item in key(families.three_generations(), ON)]
