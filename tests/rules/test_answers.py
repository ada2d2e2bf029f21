"""A coded answer is one its field can carry, and one that is not is told in a way that says how to mend it."""

import pytest

from kith.rules.answers import answer_check
from kith.rules.vocabulary import Field


@pytest.mark.parametrize(
    ("answer", "right", "wrong", "message"),
    [
        ("yes_no", True, "yes", "answer true or false, not 'yes'"),
        ("yes_no", False, 1, "answer true or false, not 1"),
        ("number", 2.5, "two", "a number, not 'two'"),
        ("number", 0, True, "a number, not True"),
        ("date", "2025-04-11", "11/04/2025", "write it year-month-day"),
        ("date", "2024-02-29", "2025-02-29", "is not a day that exists"),
        ("date", "2025-04-11", 20250411, "a day such as 2025-04-11, not 20250411"),
        ("moment", "2025-04-11T14:00", "at two", "is neither a day nor a moment"),
        ("moment", "2025-04-11", "2025-13-11", "is not a day that exists"),
        ("moment", "2025-04-11T14:00+01:00", 14, "a moment such as 2025-04-11T14:00, not 14"),
        ("period", "6 weeks", "a while", "“a while” is not a period"),
        ("period", "1 month", ["6 weeks"], "is not a period"),
        ("choice", "any_code", 7, "a code, not 7"),
        ("choices", ["one", "two"], ["one", 2], "a list of codes, not ['one', 2]"),
        ("choices", "one", 2, "a list of codes, not 2"),
        ("person", "P1", ["P1"], "a code, not ['P1']"),
        ("link", "L1", 1, "a code, not 1"),
    ],
)
def test_an_answer_of_the_right_kind_passes_and_of_the_wrong_kind_is_told(answer, right, wrong, message):
    check = answer_check(Field("asked", answer))
    assert check(right) == ""
    assert check(None) == "", "an answer not given is never wrong"
    assert message in check(wrong)


def test_an_answer_that_is_not_an_option_is_told_with_the_options_and_the_nearest():
    check = answer_check(Field("colour", "choice", ("red", "blue")))
    assert check("red") == ""
    assert check(None) == ""
    assert check("rde") == "“rde” is not one of red, blue; did you mean “red”?"
    assert check(7) == "“7” is not one of red, blue"


def test_free_text_may_be_anything():
    assert answer_check(Field("words", "text"))("whatever was said") == ""
