"""Corrections, withdrawals and seals: what everybody reads now, and what was read on earlier days."""

import datetime as dt

import pytest

import cast
from kith.casework.models import Visit
from kith.core import clock
from kith.obligations import selectors as obligations
from kith.obligations.models import Owed
from kith.record import actions
from kith.record.chronology import chronology, entry_of
from kith.record.fact import NotRecorded
from kith.record.selectors import told_about
from kith.record.verifying import differences, verify_chain

pytestmark = pytest.mark.django_db


@pytest.fixture
def amy(lincolnshire):
    with lincolnshire.at_work():
        return lincolnshire.worker("Amy")


@pytest.fixture
def kit(lincolnshire, amy):
    """A child on a plan for sixty days, whose record began a hundred days ago."""
    with lincolnshire.at_work():
        with cast.on(-100):
            one = cast.child(amy, since=0)
        with cast.on(-60):
            cast.in_need(one, by=amy, since=0)
        return one


def visited(kit, amy, said="I saw Kit.", **coded):
    """A visit of forty days ago, recorded that day."""
    with cast.on(-40):
        return cast.visit(kit, by=amy, since=0, said=said, **coded)


def end_of(days):
    return dt.datetime.combine(cast.days_ago(-days), dt.time(23, 59, 59), clock.LONDON)


def visits_told(kit, known_at=None):
    """What is told of visits: the day, the coded answers and the words, by the chronology and by the record's selector."""
    entries = [one.stands for one in chronology(kit, known_at) if one.stem == "visit" and one.withdrawn is None]
    told_ = [one for one in told_about([kit], ["visit"], known_at)[kit] if one.event.kind == "visit.made"]
    both = [
        [(one.event.day, one.event.fields.get("alone"), one.words.get("what_i_saw", "")) for one in those]
        for those in (entries, sorted(told_, key=lambda one: one.event.order, reverse=True))
    ]
    assert both[0] == both[1], "the chronology and the record tell different stories"
    return both[0]


def met_on(kit):
    """The days on which visits that were owed were met."""
    return [one.closed_on for one in Owed.objects.filter(child=kit, duty="visits", met_by__gt="").order_by("due_on")]


def ordinal(days):
    return cast.days_ago(-days).toordinal()


def test_a_correction_is_read_in_place_and_the_first_text_on_the_days_before(lincolnshire, amy, kit):
    with lincolnshire.at_work():
        visit = visited(kit, amy)
        with cast.on(-10):
            actions.correct(
                visit, cast.again(visit, since=-9 + 40, alone=False, words={"what_i_saw": "Kit was with Gran."}), by=amy
            )
        assert visits_told(kit) == [(ordinal(-41), False, "Kit was with Gran.")]
        assert visits_told(kit, end_of(-11)) == [(ordinal(-40), True, "I saw Kit.")]
        assert Visit.objects.get(child=kit).alone is False
        assert Visit.objects.get(child=kit).made_on == cast.days_ago(41)
        assert met_on(kit) == [cast.days_ago(41)]
        assert differences() == []


def test_both_texts_of_a_correction_stand_beside_each_other(lincolnshire, amy, kit):
    with lincolnshire.at_work():
        visit = visited(kit, amy)
        actions.correct(visit, cast.again(visit, words={"what_i_saw": "Second."}), by=amy)
        actions.correct(visit, cast.again(visit, words={"what_i_saw": "Third."}), by=amy)
        entry = entry_of(visit.id, kit)
        assert entry.told.words == {"what_i_saw": "I saw Kit."}
        assert [one.words["what_i_saw"] for one in entry.corrections] == ["Second.", "Third."]
        assert verify_chain().wrong == []


def test_a_visit_withdrawn_meets_nothing_any_more_but_did_on_the_days_before(lincolnshire, amy, kit):
    with lincolnshire.at_work():
        visit = visited(kit, amy)
        assert len(met_on(kit)) == 1
        with cast.on(-10):
            actions.withdraw(visit, "It was Ash I saw.", by=amy)
        assert visits_told(kit) == []
        assert entry_of(visit.id, kit).withdrawn.words == {"reason": "It was Ash I saw."}
        assert (met_on(kit), Visit.objects.count()) == ([], 0)
        before = obligations.as_known_on(kit, cast.days_ago(11), end_of(-11))
        assert [one.met_day for one in before if one.duty.id == "visits" and one.met] == [ordinal(-40)]
        assert differences() == []


def test_withdrawing_needs_a_reason(lincolnshire, amy, kit):
    with lincolnshire.at_work():
        visit = visited(kit, amy)
        with pytest.raises(NotRecorded, match="say why"):
            actions.withdraw(visit, "  ", by=amy)
        with pytest.raises(NotRecorded, match="wrong record"):
            actions.seal(visit, "", by=amy)


def test_a_correction_withdrawn_brings_the_first_text_back(lincolnshire, amy, kit):
    with lincolnshire.at_work():
        visit = visited(kit, amy)
        change = actions.correct(visit, cast.again(visit, alone=False, words={"what_i_saw": "Changed."}), by=amy)
        actions.withdraw(change, "The first was right.", by=amy)
        assert visits_told(kit) == [(ordinal(-40), True, "I saw Kit.")]
        assert differences() == []


def test_a_withdrawal_withdrawn_takes_nothing_away(lincolnshire, amy, kit):
    with lincolnshire.at_work():
        visit = visited(kit, amy)
        gone = actions.withdraw(visit, "By mistake.", by=amy)
        actions.withdraw(gone, "It did happen.", by=amy)
        assert visits_told(kit) == [(ordinal(-40), True, "I saw Kit.")]
        assert len(met_on(kit)) == 1
        assert differences() == []


def test_a_corrections_withdrawal_withdrawn_brings_the_correction_back_words_and_all(lincolnshire, amy, kit):
    with lincolnshire.at_work():
        visit = visited(kit, amy)
        change = actions.correct(visit, cast.again(visit, alone=False, words={"what_i_saw": "Changed."}), by=amy)
        gone = actions.withdraw(change, "No.", by=amy)
        actions.withdraw(gone, "Yes.", by=amy)
        assert visits_told(kit) == [(ordinal(-40), False, "Changed.")]
        assert differences() == []


def test_a_correction_of_a_correction_since_withdrawn_still_stands(lincolnshire, amy, kit):
    with lincolnshire.at_work():
        visit = visited(kit, amy)
        second = actions.correct(visit, cast.again(visit, alone=False, words={"what_i_saw": "Second."}), by=amy)
        actions.correct(second, cast.again(second, alone=True, words={"what_i_saw": "Third."}), by=amy)
        actions.withdraw(second, "Neither.", by=amy)
        assert visits_told(kit) == [(ordinal(-40), True, "Third.")]
        assert differences() == []


def test_what_was_sealed_is_gone_whatever_day_is_asked_about(lincolnshire, amy, kit):
    with lincolnshire.at_work():
        visit = visited(kit, amy)
        change = actions.correct(visit, cast.again(visit, words={"what_i_saw": "More of the wrong child."}), by=amy)
        with cast.on(-10):
            actions.seal(visit, "Recorded on the wrong child.", by=amy)
        for asked in (None, end_of(-11), end_of(-40)):
            assert visits_told(kit, asked) == []
            assert [one for one in chronology(kit, asked) if one.stem == "visit"] == []
        assert (entry_of(visit.id, kit), entry_of(change.id, kit)) == (None, None)
        assert (met_on(kit), Visit.objects.count()) == ([], 0)
        assert differences() == []


def test_a_sealed_correction_leaves_the_first_text_and_none_of_its_own_words(lincolnshire, amy, kit):
    with lincolnshire.at_work():
        visit = visited(kit, amy)
        change = actions.correct(
            visit, cast.again(visit, alone=False, words={"what_i_saw": "About another child."}), by=amy
        )
        actions.seal(change, "It is of another child.", by=amy)
        assert visits_told(kit) == [(ordinal(-40), True, "I saw Kit.")]
        assert differences() == []


def test_as_known_on_hides_what_came_later(lincolnshire, amy, kit):
    from kith.people.selectors import portrait_of, standing_of
    from kith.record.fact import Fact

    with lincolnshire.at_work():
        with cast.on(-20):
            cast.recorded(Fact(kind="name.given", about={"child": kit}, when=cast.days_ago(0), coded={"name_use": "known_as"},
                               words={"given": "Kitty", "family": "Marsh"}), by=amy)  # fmt: skip
            cast.allocate(kit, amy, lincolnshire.team, by=amy, since=0)
        late = cast.visit(kit, by=amy, since=30)
        now, then = portrait_of(kit), portrait_of(kit, end_of(-21))
        assert (now.called(ordinal(0)), then.called(ordinal(-21))) == ("Kitty Marsh", "Kit Marsh")
        assert (standing_of(kit).holder, standing_of(kit, end_of(-21)).holder) == (str(amy.id), None)
        assert str(late.id) not in {one.told.event.id for one in chronology(kit, end_of(-1))}
        owed = [one for one in obligations.as_known_on(kit, cast.days_ago(1), end_of(-1)) if one.duty.id == "visits"]
        assert [one.met for one in owed] == [None]
        assert portrait_of(kit, end_of(-101)).names == []
