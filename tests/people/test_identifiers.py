"""Numbers given by others: a right one is kept in one form, a wrong one is refused with a way to mend it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kith.people.identifiers import CHECK_LETTERS, SCHEMES, NotAnIdentifier, cleaned, is_temporary_upn, shown


def _refusal(scheme, text):
    with pytest.raises(NotAnIdentifier) as refused:
        cleaned(scheme, text)
    return refused.value.message


@pytest.mark.parametrize("text", ["9434765919", "943 476 5919", " 943-476-5919 ", "943\u00a0476\u00a05919"])
def test_an_nhs_number_is_kept_as_ten_digits_and_shown_as_three_three_four(text):
    assert cleaned("nhs_number", text) == "9434765919"
    assert shown("nhs_number", "9434765919") == "943 476 5919"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "leave it out"),
        ("943476591", "this has 9"),
        ("94347659199", "this has 11"),
        ("943476591O", "digits only"),
        ("٩434765919", "digits only"),
        ("9434765918", "does not fit"),
        ("1111111111", "one digit ten times"),
        ("0000000000", "one digit ten times"),
    ],
)
def test_a_wrong_nhs_number_is_refused_with_what_is_wrong(text, says):
    assert says in _refusal("nhs_number", text)


def _nhs(nine):
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(nine))
    return 11 - total % 11


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_nine_digits_that_call_for_a_check_of_ten_have_no_nhs_number(nine):
    good = [last for last in "0123456789" if _takes("nhs_number", nine + last)]
    check = _nhs(nine)
    assert good in ([] if check == 10 else [str(check % 11)], [])
    assert good or check == 10 or len(set(nine)) == 1


def _takes(scheme, text):
    try:
        cleaned(scheme, text)
    except NotAnIdentifier:
        return False
    return True


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 9), st.sampled_from("0123456789"))
def test_one_wrong_digit_or_two_swapped_neighbours_never_pass_as_an_nhs_number(nine, at, digit):
    if _nhs(nine) == 10 or len(set(nine)) == 1:
        return
    right = nine + str(_nhs(nine) % 11)
    wrong = right[:at] + digit + right[at + 1 :]
    assert wrong == right or not _takes("nhs_number", wrong)
    swapped = right[: max(0, at - 1)] + right[max(0, at - 1) : at + 1][::-1] + right[at + 1 :]
    assert swapped == right or not _takes("nhs_number", swapped)


@pytest.mark.parametrize("text", ["B801200005001", "P207000016049", "b801 2000 05001"])
def test_a_pupil_number_with_its_right_check_letter_is_kept_in_capitals(text):
    assert cleaned("upn", text) == text.replace(" ", "").upper()
    assert not is_temporary_upn(cleaned("upn", text))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "leave it out"),
        ("B80120000500", "this has 12"),
        ("A801200005001", "first letter does not fit"),
        ("B8O1200005001", "an O typed for a 0"),
        ("1801200005001", "a letter and 12 digits"),
        ("S801200005001", "never has the letter S"),
        ("B80120000500I", "never has the letter I"),
    ],
)
def test_a_wrong_pupil_number_is_refused_with_what_is_wrong(text, says):
    assert says in _refusal("upn", text)


@given(st.from_regex(r"[0-9]{11}", fullmatch=True), st.sampled_from(CHECK_LETTERS))
def test_a_temporary_pupil_number_ends_in_a_letter_that_counts_in_the_check(eleven, last):
    total = sum(int(digit) * place for place, digit in enumerate(eleven, start=2)) + CHECK_LETTERS.index(last) * 13
    upn = CHECK_LETTERS[total % 23] + eleven + last
    assert is_temporary_upn(cleaned("upn", upn))
    assert [letter for letter in CHECK_LETTERS if _takes("upn", letter + eleven + last)] == [upn[0]]


def test_the_councils_own_number_takes_what_the_census_takes():
    assert cleaned("la_child_id", " AB 12345 ") == "AB12345"
    assert "letters and digits only" in _refusal("la_child_id", "AB-12345")
    assert "21 characters" in _refusal("la_child_id", "A" * 21)
    assert "council" in _refusal("la_child_id", " ")


@pytest.mark.parametrize("text", ["A1234567", "a 1234567/2", "1234567", "GWF 012 345 678", "ARC/12345/A/67"])
def test_a_home_office_reference_may_have_any_of_its_many_forms(text):
    assert cleaned("home_office_number", text) == text.replace(" ", "").upper()


def test_what_could_not_be_a_home_office_reference_is_refused():
    assert "five digits" in _refusal("home_office_number", "unknown")
    assert "five digits" in _refusal("home_office_number", "A1234567?")


def test_a_case_number_is_free_text_in_one_line():
    assert cleaned("unique_case_number", "  Case  12 / b ") == "Case 12 / b"
    assert _refusal("unique_case_number", "")
    assert "at most" in _refusal("unique_case_number", "x" * 41)


@given(
    st.sampled_from(sorted(SCHEMES)),
    st.text(alphabet="AB0123456789/- ", max_size=14) | st.sampled_from(["9434765919", "B801200005001"]),
)
def test_whatever_is_kept_stays_the_same_when_cleaned_again(scheme, text):
    assume(_takes(scheme, text))
    once = cleaned(scheme, text)
    assert cleaned(scheme, once) == once == cleaned(scheme, shown(scheme, once))


@given(st.sampled_from(sorted(SCHEMES)), st.text(max_size=45))
def test_every_refusal_is_a_whole_sentence(scheme, text):
    assume(not _takes(scheme, text))
    message = _refusal(scheme, text)
    assert message[0].isupper()
    assert message.endswith(".")


def test_every_scheme_says_what_it_is_called():
    assert all(scheme.called and scheme.key == key for key, scheme in SCHEMES.items())
