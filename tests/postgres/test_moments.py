"""A moment read from PostgreSQL is the one that was written, however it is written there."""

import datetime as dt

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def read(written):
    with connection.cursor() as cursor:
        cursor.execute("select %s::timestamptz, %s::timestamptz::text", [written, written])
        return cursor.fetchone()


@given(st.datetimes(min_value=dt.datetime(1, 1, 2), timezones=st.just(dt.UTC)))
def test_a_moment_is_read_as_it_was_written(moment):
    found, _text = read(moment.isoformat())
    assert found == moment
    assert found.tzinfo is dt.UTC


@pytest.mark.parametrize("fraction", ["", ".1", ".12", ".123", ".1234", ".12345", ".123456", ".000001", ".9"])
def test_fractions_of_a_second_are_written_as_short_as_they_are(fraction):
    found, text = read(f"2026-11-28 17:16:20{fraction}+00")
    assert text == f"2026-11-28 17:16:20{fraction}+00"
    assert found.microsecond == int(fraction[1:].ljust(6, "0") or 0)


def test_where_the_session_keeps_another_time_the_moment_is_the_same():
    moment = dt.datetime(2026, 7, 1, 12, 30, tzinfo=dt.UTC)
    assert read(moment.isoformat())[1] == "2026-07-01 12:30:00+00"
    with connection.cursor() as cursor:
        cursor.execute("select set_config('timezone', 'Asia/Kolkata', true)")
        cursor.execute("select %s::timestamptz::text", [moment.isoformat()])
        assert cursor.fetchone()[0].endswith("+05:30")
