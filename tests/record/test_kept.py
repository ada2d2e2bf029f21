"""What a process keeps of the record between requests changes nothing: not under corrections, withdrawals, seals or merges, not when
a recording is taken back, not when another process recorded, and never across the wall between two authorities."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

import cast
import database
from kith.core import ids, keeping
from kith.obligations import projectors as obligations
from kith.obligations.models import Owed
from kith.record import actions, selectors
from kith.record.models import Circle
from kith.record.verifying import differences
from kith.rules import resume
from kith.rules.resume import same
from record.test_deriving import STEPS, Told


@pytest.fixture(autouse=True)
def _nothing_kept():
    keeping.forget_everything()
    yield
    keeping.forget_everything()


@pytest.fixture
def keeps_all_it_can(monkeypatch):
    """Everything is kept at once, committed or not, and every history is gone on with from where it was left."""
    monkeypatch.setattr(resume, "WORTH_KEEPING", 1)
    monkeypatch.setattr(resume, "RECENT", 5)
    monkeypatch.setattr(transaction, "on_commit", lambda act: act())


def histories():
    return {circle: selectors.history_of(circle) for circle in Circle.objects.values_list("circle", flat=True)}


def nothing_differs():
    """The stored obligations, written with what was kept, against all of it read and worked out from the beginning."""
    warm = histories()
    keeping_now = [(kept, kept._things.copy(), kept._held) for kept in keeping._every]
    keeping.forget_everything()
    cold = histories()
    assert warm.keys() == cold.keys()
    for circle, events in cold.items():
        assert len(events) == len(warm[circle])
        assert all(map(same, events, warm[circle]))
    assert list(obligations.Obligations().differences()) == []
    for kept, things, held in keeping_now:
        kept._things, kept._held = things, held


@pytest.mark.django_db
@settings(max_examples=max(8, settings.default.max_examples // 4))
@given(st.lists(STEPS, min_size=4, max_size=14))
def test_whatever_is_recorded_what_was_kept_gives_what_reading_anew_gives(lincolnshire, keeps_all_it_can, steps):
    with lincolnshire.at_work(), database.forgotten():
        told = Told(lincolnshire)
        for what in steps:
            told.step(what)
            nothing_differs()
    lincolnshire.workers.clear()


def a_visit(child, days, **coded):
    return cast.fact("visit.made", {"child": child, "visit": ids.new()}, since=days, **({"seen": True} | coded))


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_not_kept():
    town = cast.council("kept", "lincolnshire")
    with town.at_work():
        amy = town.worker("Amy")
        kit = cast.child(amy, "Kit")
    with town.at_work():
        actions.append(a_visit(kit, 1), by=amy)
        transaction.set_rollback(True)
    with town.at_work():
        with database.forgotten():
            actions.append(a_visit(kit, 2), by=amy)
        (kept,) = actions.append(a_visit(kit, 3), by=amy)
    with town.at_work(writing=False):
        held = {event for things, _ in selectors._EVENTS._things.values() for event in things}
        assert kept.id in held
        assert held == set(selectors.Event.objects.values_list("id", flat=True)) & held
        assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_what_another_process_recorded_is_read_and_worked_out():
    town = cast.council("kept", "lincolnshire")
    with town.at_work():
        amy = town.worker("Amy")
        kit = cast.child(amy, "Kit", since=60)
        cast.recorded(cast.fact("plan.started/child_in_need", {"child": kit, "plan": ids.new()}, since=50), by=amy)
    mine = [(kept, kept._things.copy(), kept._held) for kept in keeping._every]
    keeping.forget_everything()
    with town.at_work():
        (theirs,) = actions.append(a_visit(kit, 40), by=amy)
    for kept, things, held in mine:
        kept._things, kept._held = things, held
    with town.at_work():
        actions.withdraw(theirs, "Another child.", by=amy)
    with town.at_work(writing=False):
        assert Owed.objects.exclude(met_by="").filter(met_by=str(theirs.id)).count() == 0
        assert list(obligations.Obligations().differences()) == []


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_of_one_council_is_not_asked_for_by_another():
    one = cast.council("kept", "lincolnshire")
    with one.at_work():
        amy = one.worker("Amy")
        kit = cast.child(amy, "Kit")
        circle = selectors.circle_of(kit)
    with one.at_work(writing=False):
        assert selectors._EVENTS.get(circle)
    if database.CLUSTER:
        other = cast.council("walsall")
        with other.at_work(writing=False):
            assert selectors._EVENTS.get(circle) is None
            assert selectors.history_of(circle) == []


def test_no_more_is_kept_than_may_be(monkeypatch):
    monkeypatch.setattr(transaction, "on_commit", lambda act: act())
    with keeping.authorities.acting_for(ids.new()):
        kept = keeping.Kept(10)
        kept.keep_once_committed("a", "A", 4)
        kept.keep_once_committed("b", "B", 4)
        kept.get("a")
        kept.keep_once_committed("c", "C", 4)
        assert [kept.get(one) for one in "abc"] == ["A", None, "C"]
        kept.keep_once_committed("a", "too much", 11)
        assert [kept.get(one) for one in "abc"] == [None, None, "C"]
    with keeping.authorities.acting_for(ids.new()):
        assert kept.get("c") is None
