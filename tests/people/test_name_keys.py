"""A person is found by a name heard, misspelt or turned round, and the likeliest comes first."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kith.people.name_keys import BornBetween, Known, keys_of, normalised, possible_duplicates, score, shares_enough

LETTERS = "abcdefghijklmnopqrstuvwxyz"
names = st.text(min_size=1, max_size=30).filter(normalised)
words = st.text(alphabet=LETTERS, min_size=5, max_size=12)


def _finds(query, name):
    return shares_enough(keys_of(query), keys_of(name))


@given(names)
def test_a_name_always_finds_itself_and_nothing_ranks_higher(name):
    assert _finds(name, name)
    assert score(name, [name]) == 100


@given(st.lists(st.text(alphabet=LETTERS + "é'", min_size=2, max_size=9), min_size=1, max_size=4), st.randoms())
def test_the_order_of_words_does_not_matter(parts, rnd):
    assume(normalised(" ".join(parts)))
    turned = list(parts)
    rnd.shuffle(turned)
    assert normalised(" ".join(sorted(parts))) == normalised(" ".join(sorted(turned)))
    assert {key for key in keys_of(" ".join(parts)) if key[0] in "pnt"} >= {
        key for part in parts for key in keys_of(part) if key[0] in "pnt"
    }
    assert score(" ".join(turned), [" ".join(parts)]) == 100
    assert score("Fay Clarke", [" ".join(parts)]) == score("Clarke Fay", [" ".join(turned)])


@given(words, st.integers(0, 11), st.sampled_from(LETTERS), st.sampled_from(["change", "add", "drop", "swap"]))
def test_one_slip_in_a_name_of_five_letters_still_finds_it(word, at, letter, slip):
    at %= len(word)
    typed = {
        "change": word[:at] + letter + word[at + 1 :],
        "add": word[:at] + letter + word[at:],
        "drop": word[:at] + word[at + 1 :],
        "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[slip]
    assert _finds(typed, word)
    assert score(typed, [word]) >= 60


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Zoë", "Zoe"),
        ("O'Brien", "OBrien"),
        ("O Brien", "O’Brien"),
        ("Smith-Jones", "Smith Jones"),
        ("Jones", "Smith-Jones"),
        ("Smithjones", "Smith-Jones"),
        ("McDonald", "Mc Donald"),
        ("Al-Hassan", "Alhassan"),
        ("Łukasz", "Lukasz"),
        ("Muhammad Khan", "Khan Mohamed"),
        ("Mo Farah", "Mohamed Farah"),
        ("Kate", "Catherine"),
        ("Bob Marsh", "Robert Marsh"),
        ("Youssef", "Yusuf"),
        ("Shivaun", "Siobhan"),
        ("Stephen", "Steven"),
        ("Ayesha Begum", "Aisha Begam"),
        ("Oluwaseun", "Seun"),
        ("Chowdhury", "Choudhary"),
        ("Liz", "Elizabeth"),
        ("Gosia", "Małgorzata"),
        ("Мария", "Мария Иванова"),
        ("王芳", "王芳"),
    ],
)
def test_the_same_name_in_another_form_is_found_and_ranks_well(query, name):
    assert _finds(query, name)
    assert score(query, [name]) >= 80


def test_names_that_only_share_a_root_are_not_held_to_be_one():
    assert not any(key in keys_of("Joseph") for key in keys_of("Yusuf") if key.startswith("n:"))


def test_unlike_names_are_not_fetched():
    assert not _finds("Harriet Bloom", "Tariq Mahmoud")
    assert score("Harriet Bloom", ["Tariq Mahmoud"]) < 50


def test_a_name_without_a_letter_has_no_keys_and_finds_nobody():
    assert keys_of("—") == frozenset()
    assert score("—", ["—"]) == 0


def test_the_closer_name_ranks_higher_and_any_of_a_persons_names_will_do():
    assert (
        score("Jon Marsh", ["Jon Marsh"]) > score("Jon Marsh", ["Jonathan Marsh"]) > score("Jon Marsh", ["Joan Mercer"])
    )
    assert score("Fay Clarke", ["Fay Pemberton", "Fay Clarke"]) == 100


BORN = date(2013, 4, 7)


def test_a_date_of_birth_lifts_by_how_near_it_is():
    def with_born(asked):
        return score("Jak Pembertn", ["Jack Pemberton"], asked, BORN)

    ways = [BORN, date(2013, 7, 4), date(2013, 4, 8), date(2014, 6, 21), None, date(1990, 12, 25)]
    ranked = [with_born(way) for way in ways]
    assert ranked == sorted(ranked, reverse=True)
    assert len(set(ranked)) == len(ranked)
    assert all(0 < one <= 100 for one in ranked)


def test_an_age_given_from_memory_lifts_those_of_about_that_age():
    about = BornBetween.aged(13, on=date(2026, 11, 20))
    assert (
        score("Jak", ["Jack"], about, BORN) > score("Jak", ["Jack"]) > score("Jak", ["Jack"], about, date(1980, 1, 1))
    )
    assert about.first <= date(2012, 11, 21) <= about.last
    assert about.first <= date(2013, 11, 20) <= about.last


@given(names, names, st.none() | st.dates(), st.none() | st.dates())
def test_a_score_is_always_between_0_and_100(one, two, asked, born):
    assert 0 <= score(one, [two], asked, born) <= 100


def test_two_records_of_one_nhs_number_are_said_to_be_the_same_and_why():
    a = Known(("Jack Pemberton",), BORN, {"nhs_number": "9434765919"})
    b = Known(("Pemberton Jack",), BORN, {"nhs_number": "9434765919"})
    found = possible_duplicates(a, b)
    assert found.verdict == "same"
    assert found.reasons == ("same NHS number", "same names in another order", "same date of birth")
    assert found.against == ()


def test_one_number_on_two_unlike_people_is_weighed_and_not_believed_outright():
    a = Known(("Jack Pemberton",), BORN, {"nhs_number": "9434765919"})
    b = Known(("Tariq Mahmoud",), date(1980, 1, 1), {"nhs_number": "9434765919"})
    found = possible_duplicates(a, b)
    assert found.verdict == "likely"
    assert found.against == ("different dates of birth",)


@pytest.mark.parametrize(
    ("name", "born", "verdict", "reason"),
    [
        ("Jack Pemberton", BORN, "likely", "same name"),
        ("Jack Pemberton", None, "possible", "same name"),
        ("Jak Pemburton", BORN, "likely", "names sound alike"),
        ("John Pemberton", date(2013, 7, 4), "likely", "names are forms of one name"),
        ("Jack Pemberton", date(1990, 12, 25), "unlikely", "same name"),
        ("Tariq Mahmoud", date(1990, 12, 25), "unlikely", None),
    ],
)
def test_without_a_number_names_and_births_make_it_likely_at_most(name, born, verdict, reason):
    found = possible_duplicates(Known(("Jack Pemberton",), BORN), Known((name,), born))
    assert found.verdict == verdict
    assert reason is None or reason in found.reasons


def test_two_different_numbers_speak_against():
    a = Known(("Jack Pemberton",), BORN, {"nhs_number": "9434765919"})
    b = Known(("Jack Pemberton",), BORN, {"nhs_number": "4010232137"})
    found = possible_duplicates(a, b)
    assert found.verdict == "possible"
    assert found.against == ("different NHS number",)


@given(names, names, st.none() | st.dates(), st.none() | st.dates())
def test_likeness_is_the_same_whichever_record_is_looked_at_first(one, two, born, its_born):
    a, b = Known((one,), born), Known((two,), its_born)
    assert possible_duplicates(a, b).reasons == possible_duplicates(b, a).reasons
