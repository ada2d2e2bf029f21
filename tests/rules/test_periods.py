"""Periods, months, ages and moments: the exact meaning of counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.rules.calendars import england_and_wales
from kith.rules.days import (
    NotADay,
    NotAMoment,
    add_months,
    age_on,
    birthday,
    day_and_moment,
    day_of,
    iso,
    london,
    moment_of,
)  # fmt: skip
from kith.rules.durations import NotAPeriod, Period, period

CALENDAR = england_and_wales().calendar()
days = st.integers(day_of("1991-01-01"), day_of("2027-01-01"))


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2025-01-31", "1 month", "2025-02-28"),
        ("2025-01-31", "2 months", "2025-03-31"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2025-08-31", "6 months", "2026-02-28"),
        ("2025-01-06", "4 weeks", "2025-02-03"),
        ("2025-12-24", "7 days", "2025-12-31"),
        ("2025-12-19", "10 working days", "2026-01-07"),
    ],
)
def test_a_period_ends_on_its_last_day(start, length, end):
    assert iso(period(length).after(day_of(start), CALENDAR)) == end


def test_26_weeks_beginning_with_a_monday_end_on_a_sunday():
    end = period("26 weeks").after(day_of("2025-01-20"), CALENDAR, beginning_with=True)
    assert iso(end) == "2025-07-20"
    assert end % 7 == 0


@pytest.mark.parametrize("text", ["ten days", "0 days", "10", "10 fortnights", "1.5 weeks", "-3 days", "", None, 10])
def test_what_is_not_a_period_is_refused_with_the_units_that_are(text):
    with pytest.raises(NotAPeriod, match="hours, days, working days, weeks, months, years"):
        period(text)


@given(days, st.integers(1, 60), st.sampled_from(["days", "weeks", "months", "years", "working days"]))
def test_a_longer_period_never_ends_earlier(start, number, unit):
    if unit == "years":
        number = number % 2 + 1
    if unit == "months":
        number = number % 20 + 1
    assert Period(number + 1, unit).after(start, CALENDAR) >= Period(number, unit).after(start, CALENDAR)


@given(days, st.integers(1, 30))
def test_only_working_day_periods_avoid_weekends(start, number):
    assert Period(number, "days").after(start, CALENDAR) == start + number
    assert Period(number, "weeks").after(start, CALENDAR) == start + 7 * number


@given(days, st.integers(1, 40))
def test_months_are_reckoned_from_the_first_day_never_step_by_step(start, months):
    end = add_months(start, months)
    same_number = iso(end)[8:] == iso(start)[8:]
    last_of_its_month = iso(end + 1)[8:] == "01"
    assert same_number or last_of_its_month


def test_an_age_is_reached_at_the_start_of_the_birthday_and_29_february_on_1_march():
    born = day_of("2012-02-29")
    assert age_on(born, day_of("2023-02-28")) == 10
    assert age_on(born, day_of("2023-03-01")) == 11
    assert age_on(born, day_of("2024-02-29")) == 12
    assert iso(birthday(born, 18)) == "2030-03-01"
    assert iso(birthday(day_of("2007-01-15"), 18)) == "2025-01-15"


@given(days, st.integers(0, 25))
def test_a_birthday_is_the_first_day_of_that_age(born, age):
    day = birthday(born, age)
    assert age_on(born, day) == age
    assert age == 0 or age_on(born, day - 1) == age - 1


def test_hours_are_elapsed_through_the_clock_changes():
    before = moment_of("2025-10-25T17:30")
    assert f"{london(before + 24 * 3600):%Y-%m-%d %H:%M}" == "2025-10-26 16:30"
    spring = moment_of("2025-03-29T17:30")
    assert f"{london(spring + 24 * 3600):%Y-%m-%d %H:%M}" == "2025-03-30 18:30"


def test_a_time_is_london_time_unless_it_carries_an_offset():
    assert moment_of("2025-07-01T12:00") == moment_of("2025-07-01T11:00+00:00")
    assert day_and_moment("2025-07-01T23:30+00:00")[0] == day_of("2025-07-02")


@pytest.mark.parametrize("text", ["2025-02-30", "30/01/2025", "2025-1-3", "yesterday"])
def test_what_is_not_a_day_is_refused(text):
    with pytest.raises((NotADay, NotAMoment)):
        day_and_moment(text)
