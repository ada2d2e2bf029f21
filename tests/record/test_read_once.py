"""What a page reads of a record is read once; what is written in between is seen all the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import cast
from kith.people import selectors as people
from kith.record.chronology import chronology
from kith.record.merged import read_as, same_as

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = cast.days_ago(0).toordinal()


@pytest.fixture
def town():
    return cast.council("readonce", "england")


@pytest.mark.parametrize("writing", [False, True])
def test_what_is_recorded_after_reading_is_seen_in_the_same_unit_of_work(town, writing):
    with town.at_work():
        amy = town.worker("Amy")
        kit = cast.child(amy, "Kit")
    with town.at_work(writing=writing):
        entries, name = len(chronology(kit)), people.portrait_of(kit).called(TODAY)
        with CaptureQueriesContext(connection) as again:
            assert len(chronology(kit)) == entries
            assert people.portrait_of(kit).called(TODAY) == name
        assert len(again) == 0
        cast.recorded(
            cast.fact("name.given", {"child": kit}, words={"given": "Kitty", "family": "Marsh"}, since=0, name_use="full"),
            by=amy,
        )  # fmt: skip
        assert len(chronology(kit)) == entries + 1
        assert people.portrait_of(kit).called(TODAY) == "Kitty Marsh"


def test_a_merge_is_followed_in_the_unit_of_work_that_made_it(town):
    with town.at_work():
        amy = town.worker("Amy")
        kit, twice = cast.child(amy, "Kit"), cast.child(amy, "Kitt")
    with town.at_work(writing=False):
        assert (read_as(twice), same_as([kit])) == (twice, {kit})
        cast.recorded(cast.fact("child.merged", {"child": twice}, since=0, into=str(kit)), by=amy)
        assert (read_as(twice), same_as([kit])) == (kit, {kit, twice})
