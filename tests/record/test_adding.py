"""Rows that are added are the rows that Django would have written, and over those that stand only where that is asked."""

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

import cast
from kith.audit.models import Entry
from kith.core import clock, ids
from kith.core.adding import MANY, add
from kith.obligations.models import WorkedOut

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(db):
    return cast.council("lincolnshire")


def looks(number):
    return [
        Entry(at=clock.now(), by=ids.new(), by_name="Zoë “Z” O'Neil\\", did="looked", subject=None if one % 2 else ids.new(), details={"n": [one, None, "é"]})
        for one in range(number)
    ]  # fmt: skip


def as_stored(rows):
    return [{name: one for name, one in model_to_dict(row).items() if name != "id"} for row in rows]


@pytest.mark.parametrize("number", [1, 2, MANY - 1, MANY, MANY + 1])
def test_they_are_stored_as_django_stores_them(council, number):
    with council.at_work():
        rows = looks(number)
        add(rows)
        ours = as_stored(Entry.objects.order_by("id"))
        others = looks(number)
        for one, other in zip(rows, others, strict=True):
            other.at, other.by, other.subject = one.at, one.by, one.subject
        last = Entry.objects.order_by("-id")[0].id
        Entry.objects.bulk_create(others)
        assert as_stored(Entry.objects.filter(id__gt=last).order_by("id")) == ours
        assert len(ours) == number


def test_nothing_is_added_where_there_is_nothing_to_add(council):
    with council.at_work():
        add([])
        assert not Entry.objects.exists()


def test_what_stands_is_not_written_over_unless_that_is_asked(council):
    with council.at_work():
        one = WorkedOut(circle=ids.new(), again_on=cast.days_ago(3))
        add([one])
        again = WorkedOut(circle=one.circle, mark=ids.new())
        with pytest.raises(IntegrityError), transaction.atomic():
            add([again])
        add([again, WorkedOut(circle=ids.new())], over="circle")
        stored = WorkedOut.objects.get(circle=one.circle)
        assert (stored.again_on, stored.mark) == (None, again.mark)
        assert WorkedOut.objects.count() == 2
