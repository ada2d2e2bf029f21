"""Counting, rules 1 to 7: each test is the least history that would come out wrong were the rule broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.rules.calendars import CalendarHorizonError, england_and_wales
from kith.rules.days import day_of, iso
from kith.rules.durations import period
from rules.small_pack import CALENDAR, on, run, small, told

FIRST = day_of("2020-01-01")
DAYS = st.integers(FIRST, day_of("2027-12-31"))


@pytest.mark.parametrize(
    ("due", "counting", "expected"),
    [
        ("10 days", "after", "2025-01-16"), ("1 week", "after", "2025-01-13"), ("26 weeks", "beginning_with", "2025-07-06"),
        ("1 day", "beginning_with", "2025-01-06"), ("1 working day", "beginning_with", "2025-01-06"),
        ("1 month", "beginning_with", "2025-02-05"), ("same day", "after", "2025-01-06"), ("2 years", "after", "2027-01-06"),
    ],
)  # fmt: skip
def test_the_day_counted_from_does_not_count_unless_the_instrument_says_so(due, counting, expected):
    """Rule 1: 26 weeks beginning with a Monday end on a Sunday."""
    made = small(f"due: {due}, counting: {counting}")
    assert told(made, [on("2025-01-06", "work.asked")], "2025-01-06")[0][0] == expected


def test_the_last_day_counts_until_midnight_in_london():
    """Rule 1: a minute before midnight on the last day, in summer time, is in time; a minute after is late."""
    made, asked = small("due: 10 days"), on("2025-06-02", "work.asked")
    assert told(made, [asked, on("2025-06-12T22:59Z", "work.done")], "2025-06-30") == [("2025-06-12", "met")]
    assert told(made, [asked, on("2025-06-12T23:01Z", "work.done")], "2025-06-30") == [("2025-06-12", "met late")]


def test_counting_back_the_dated_day_never_counts_and_the_due_day_is_in_time():
    """Rule 2."""
    made = small("per: [meeting], starts_from: work.dated, due: {before: 3 working days, date: day_of_meeting}")
    dated = on("2025-01-06", "work.dated", meeting="M1", on="2025-01-17")
    assert told(made, [dated, on("2025-01-14", "work.done", meeting="M1")], "2025-01-20") == [("2025-01-14", "met")]
    assert told(made, [dated, on("2025-01-15", "work.done", meeting="M1")], "2025-01-20")[0][1] == "met late"


def test_a_bank_holiday_is_no_working_day_and_one_not_yet_announced_still_is():
    """Rule 3: the day of mourning of 19 September 2022 counts as known from the day it was announced."""
    before, after = (england_and_wales().calendar(day_of(day)) for day in ("2022-09-09", "2022-09-10"))
    assert [iso(one.add(day_of("2022-09-16"), 1)) for one in (before, after)] == ["2022-09-19", "2022-09-20"]


def test_beyond_the_table_a_working_day_is_refused_and_never_guessed():
    """Rule 3."""
    for ask in (lambda: CALENDAR.add(day_of("2028-12-20"), 20), lambda: CALENDAR.before(day_of("1990-01-03"), 20)):
        with pytest.raises(CalendarHorizonError):
            ask()
    made = small("due: 20 working days")
    assert told(made, [on("2028-12-20", "work.asked")], "2028-12-20") == [(None, "cannot tell")]


@given(DAYS, st.integers(1, 60))
def test_a_month_is_reckoned_from_the_first_day_and_never_step_by_step(day, months):
    """Rule 4."""
    date, there = iso(day), iso(period(f"{months} months").after(day, CALENDAR))
    whole = int(date[:4]) * 12 + int(date[5:7]) + months
    assert int(there[:4]) * 12 + int(there[5:7]) == whole
    assert int(there[8:]) == int(date[8:]) or iso(day_of(there) + 1)[8:] == "01"


def test_a_month_lands_on_the_last_day_where_there_is_no_such_day():
    """Rule 4: 31 January + 1 month is 28 February, + 2 months is 31 March; a week is seven days."""
    day = day_of("2025-01-31")
    assert [iso(period(f"{n} months").after(day, CALENDAR)) for n in (1, 2)] == ["2025-02-28", "2025-03-31"]
    assert iso(period("1 year").after(day_of("2024-02-29"), CALENDAR)) == "2025-02-28"
    assert period("2 weeks").after(day, CALENDAR) == day + 14
    assert [period("2 weeks").before(day, CALENDAR), iso(period("1 month").before(day_of("2025-03-31"), CALENDAR))] == [
        day - 14, "2025-02-28",
    ]  # fmt: skip


@given(DAYS, st.integers(1, 400), st.sampled_from(["days", "weeks", "months", "years"]))
def test_only_working_day_periods_avoid_weekends_and_holidays(day, number, unit):
    """Rule 5: the calendar is never asked of any other unit."""
    length = period(f"{min(number, 70 if unit == 'years' else 400)} {unit}")
    assert length.after(day, None) > day
    assert length.before(day, None) < day


def test_hours_are_elapsed_hours_to_a_moment_and_an_event_with_no_time_is_at_the_end_of_its_day():
    """Rule 6: through the clock change of 30 March 2025."""
    made = small("due: 24 hours")
    asked = on("2025-03-29T14:00", "work.asked")
    assert told(made, [asked], "2025-03-29") == [("2025-03-30 15:00", "upcoming")]
    assert told(made, [asked, on("2025-03-30T15:00", "work.done")], "2025-04-01")[0][1] == "met"
    assert told(made, [asked, on("2025-03-30T15:01", "work.done")], "2025-04-01")[0][1] == "met late"
    assert told(made, [asked, on("2025-03-30", "work.done")], "2025-04-01")[0][1] == "met late"
    assert told(made, [on("2025-03-28", "work.asked")], "2025-03-28") == [("2025-03-29 23:59", "upcoming")]


@pytest.mark.parametrize(
    ("born", "asked", "owed"),
    [
        ("2010-06-02", "2024-06-01", 0), ("2010-06-02", "2024-06-02", 1), ("2012-02-29", "2026-02-28", 0), ("2012-02-29", "2026-03-01", 1),
        ("2030-01-01", "2024-06-02", 0),
    ],
)  # fmt: skip
def test_an_age_is_reached_at_the_start_of_the_birthday_and_on_1_march_in_a_common_year(born, asked, owed):
    """Rule 7."""
    made = small("only_if: {age_of: child, at_least: 14}")
    rows = [on("2012-03-01", "child.registered", date_of_birth=born), on(asked, "work.asked")]
    assert len(told(made, rows, asked)) == owed


def test_an_unborn_child_is_under_every_age_and_one_of_no_known_age_is_not():
    """Rule 7, and section 4: not known never starts anything."""
    made = small("only_if: {age_of: child, under: 1}")
    unborn = on("2025-01-06", "child.registered", expected_on="2025-06-01")
    asked = on("2025-01-07", "work.asked")
    assert len(told(made, [unborn, asked], "2025-01-07")) == 1
    assert told(made, [on("2025-01-06", "child.registered"), asked], "2025-01-07") == []
    of_family = small("per: [family], only_if: {age_of: child, under: 1}")
    assert told(of_family, [on("2025-01-07", "work.asked", family="F1")], "2025-01-07") == []


def test_the_engine_turns_a_child_18_at_the_start_of_the_birthday_whichever_part_says_when():
    """Rules 7, 10 and 18: a day of birth in a part is the child's own."""
    made = small("due: 60 days")
    rows = [
        on("2025-01-06", "child.registered", child=["C1", "C2"], parts={"C1": {"date_of_birth": "2007-02-03"}}),
        on("2025-01-07", "work.asked", child=["C1", "C2"]),
    ]
    assert [one[1] for one in told(made, rows, "2025-02-02")] == ["upcoming", "upcoming"]
    assert {one.names[0]: one.state(day_of("2025-02-03")) for one in run(made, rows, "2025-02-03")} == {
        "C1": "fell away", "C2": "upcoming",
    }  # fmt: skip
