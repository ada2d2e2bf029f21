"""Working days in England and Wales: golden dates, properties, and a refusal beyond the table."""

import datetime as dt
import random

import holidays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.rules.calendars import BankHoliday, Calendar, CalendarHorizonError, england_and_wales
from kith.rules.days import day_of, iso

CALENDAR = england_and_wales().calendar()
FIRST, LAST = CALENDAR.covers_from, CALENDAR.covers_to
days = st.integers(FIRST + 400, LAST - 400)
numbers = st.integers(1, 120)


@pytest.mark.parametrize(
    ("start", "working_days", "end", "why"),
    [
        ("2024-12-20", 5, "2024-12-31", "Christmas Day and Boxing Day"),
        ("2024-12-24", 1, "2024-12-27", "Christmas Eve to the day after Boxing Day"),
        ("2021-12-23", 3, "2021-12-30", "Christmas at a weekend, with both substitute days"),
        ("2025-04-11", 10, "2025-04-29", "Good Friday and Easter Monday"),
        ("2020-05-04", 4, "2020-05-11", "the Friday bank holiday of 8 May 2020, and 4 May an ordinary Monday"),
        ("2020-05-01", 1, "2020-05-04", "4 May 2020 was no bank holiday"),
        ("2022-06-01", 1, "2022-06-06", "2 and 3 June 2022"),
        ("2022-05-27", 1, "2022-05-30", "the spring bank holiday of 2022 was moved to June"),
        ("2022-09-16", 1, "2022-09-20", "the State Funeral, 19 September 2022"),
        ("2023-05-05", 1, "2023-05-09", "the coronation, 8 May 2023"),
        ("2023-04-28", 1, "2023-05-02", "the early May bank holiday before it"),
        ("1999-12-30", 1, "2000-01-04", "the last days of 1999: 31 December and 3 January"),
        ("2024-02-28", 1, "2024-02-29", "a leap day is a working day"),
        ("2023-02-28", 1, "2023-03-01", "no leap day"),
        ("2025-01-31", 20, "2025-02-28", "across a month's end"),
        ("2025-03-28", 1, "2025-03-31", "the clocks go forward on the Sunday between"),
        ("2025-10-24", 1, "2025-10-27", "the clocks go back on the Sunday between"),
    ],
)
def test_working_days_are_counted_as_the_calendar_on_the_wall_has_them(start, working_days, end, why):
    assert iso(CALENDAR.add(day_of(start), working_days)) == end, why
    assert iso(CALENDAR.before(day_of(end), working_days)) <= start


def test_beginning_with_makes_the_start_day_one():
    monday = day_of("2025-06-02")
    assert iso(CALENDAR.add(monday, 5, beginning_with=True)) == "2025-06-06"
    assert iso(CALENDAR.add(monday, 5)) == "2025-06-09"


def test_a_bank_holiday_counts_as_known_from_the_day_it_was_announced():
    official = england_and_wales()
    before, after = official.calendar(day_of("2022-09-09")), official.calendar(day_of("2022-09-10"))
    assert before.is_working_day(day_of("2022-09-19"))
    assert not after.is_working_day(day_of("2022-09-19"))
    early = official.calendar(day_of("2019-06-06"))
    assert not early.is_working_day(day_of("2020-05-04"))
    assert early.is_working_day(day_of("2020-05-08"))
    assert CALENDAR.is_working_day(day_of("2020-05-04"))


@pytest.mark.parametrize("day", [FIRST - 1, LAST + 1])
def test_a_day_outside_the_table_is_refused_and_not_guessed(day):
    with pytest.raises(CalendarHorizonError, match="outside the calendar, which covers 1990-01-01 to 2028-12-31"):
        CALENDAR.is_working_day(day)
    with pytest.raises(CalendarHorizonError):
        CALENDAR.add(LAST - 1, 10)
    with pytest.raises(CalendarHorizonError):
        CALENDAR.add_to_all([dt.date(2029, 1, 1)], 10)


def test_the_table_agrees_with_an_independent_list_on_every_weekday():
    theirs = holidays.country_holidays("GB", subdiv="ENG", years=range(1990, 2029))
    ours = {dt.date.fromordinal(day) for day in CALENDAR.holidays}
    assert ours == {day for day in theirs if day.weekday() < 5}


def test_many_dates_at_once_agree_with_numpy():
    random.seed(7)
    dates = [dt.date.fromordinal(random.randint(FIRST, LAST - 120)) for _ in range(5000)]
    free = [dt.date.fromordinal(day) for day in CALENDAR.holidays]
    theirs = np.busday_offset(np.array(dates, "datetime64[D]"), 45, roll="backward", holidays=free)
    assert CALENDAR.add_to_all(dates, 45) == theirs.astype(object).tolist()


@given(days, numbers)
def test_exactly_that_many_working_days_close_the_period(start, number):
    end = CALENDAR.add(start, number)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(start, end) == number
    assert len(CALENDAR.skipped(start + 1, end)) == end - start - number


@given(days, numbers, st.integers(0, 40))
def test_a_later_start_never_gives_an_earlier_end(start, number, later):
    assert CALENDAR.add(start + later, number) >= CALENDAR.add(start, number)


@given(days, st.integers(1, 20), st.integers(-10, 60))
def test_an_extra_bank_holiday_never_brings_a_day_forward(start, number, extra):
    every = [BankHoliday(day, name) for day, name in CALENDAR.holidays.items()]
    longer = Calendar([*every, BankHoliday(start + extra, "one more")], FIRST, LAST)
    assert longer.add(start, number) >= CALENDAR.add(start, number)


@given(days, numbers)
def test_counting_back_and_forth_returns_to_a_working_day(start, number):
    end = CALENDAR.add(start, number)
    back = CALENDAR.before(end, number)
    assert back <= start
    assert CALENDAR.add(back, number) == end
