"""Recording: what is asked of every fact, and what comes of it at once."""

import datetime as dt

import pytest

import cast
from kith.core import authorities, clock, ids
from kith.obligations.models import Owed
from kith.people.models import Child, Person
from kith.record import actions
from kith.record.fact import Fact, NotRecorded
from kith.record.models import Event, EventWords
from kith.record.verifying import differences, verify_chain

pytestmark = pytest.mark.django_db


def test_a_child_entered_has_a_name_a_birthday_and_someone_who_recorded_it(lincolnshire):
    with lincolnshire.at_work():
        amy = lincolnshire.worker("Amy")
        kit = cast.child(amy)
        person = Person.objects.get(id=kit)
        assert (person.name, person.born_on, person.is_child) == ("Kit Marsh", dt.date(2016, 5, 9), True)
        assert set(Event.objects.values_list("recorded_by", flat=True)) == {amy.id}


def test_a_plan_brings_visits_that_are_owed_by_whoever_holds_the_case(lincolnshire):
    with lincolnshire.at_work():
        amy, team = lincolnshire.worker("Amy"), lincolnshire.team
        kit = cast.child(amy)
        cast.in_need(kit, by=amy, since=60)
        first = Owed.objects.get(duty="visits", child=kit)
        assert (first.role, first.holder) == ("team_manager", None)
        cast.allocate(kit, amy, team, by=amy, since=30)
        first.refresh_from_db()
        assert (first.role, first.holder) == ("allocated_social_worker", amy.id)
        assert first.due_on == cast.days_ago(60) + dt.timedelta(weeks=4)
        assert "LIN-022" in first.why
        assert Child.objects.get(person=kit).plan == "child_in_need"


def test_a_visit_meets_what_was_owed_in_the_same_transaction(lincolnshire):
    with lincolnshire.at_work():
        amy = lincolnshire.worker("Amy")
        kit = cast.child(amy)
        cast.in_need(kit, by=amy, since=60)
        visit = ids.new()
        actions.append(
            Fact(kind="visit.made", about={"child": kit, "visit": visit, "worker": amy.id}, when=cast.days_ago(40),
                 coded={"seen": True, "alone": True}, words={"what_i_saw": "Kit showed me the garden."}),
            by=amy,
        )  # fmt: skip
        assert [(one.closed_as, one.due_on) for one in Owed.objects.filter(duty="visits").order_by("due_on")] == [
            ("met", cast.days_ago(32)),
            ("", cast.days_ago(40) + dt.timedelta(weeks=4)),
        ]


def test_what_has_not_happened_yet_is_refused(lincolnshire):
    with lincolnshire.at_work():
        amy = lincolnshire.worker("Amy")
        with pytest.raises(NotRecorded, match="not come yet"):
            actions.append(
                Fact(kind="child.registered", about={"child": ids.new()}, when=clock.today() + dt.timedelta(1)), by=amy
            )


def test_a_fact_the_procedure_has_no_words_for_is_refused_with_the_nearest(lincolnshire):
    with lincolnshire.at_work():
        amy = lincolnshire.worker("Amy")
        with pytest.raises(NotRecorded, match=r"visit\.made"):
            actions.append(Fact(kind="visit.mad", about={"child": ids.new()}, when=clock.today()), by=amy)


def test_outside_a_unit_of_work_nothing_is_read(lincolnshire):
    with pytest.raises(authorities.NoAuthority):
        Event.objects.count()


def test_words_stand_apart_from_what_is_coded(lincolnshire):
    with lincolnshire.at_work():
        kit = cast.child(lincolnshire.worker("Amy"))
        named = Event.objects.get(kind="name.given")
        assert "Kit" not in str(named.coded)
        assert EventWords.objects.get(event=named).words == {"given": "Kit", "family": "Marsh"}
        assert Person.objects.get(id=kit).sort_name == "marsh, kit"


def test_many_recorded_at_once_stand_as_they_would_one_by_one(lincolnshire):
    """From some number on rows are sent to PostgreSQL as one value: what is read back must be what was recorded."""
    with lincolnshire.at_work():
        amy = lincolnshire.worker("Amy")
        kit = cast.child(amy)
        said = 'A line with “quotes”, \\u0041, a "tab"\t and\na break; £5 \\x41 %s'
        facts = [
            Fact(
                kind="visit.made", about={"child": kit, "visit": ids.new(), "worker": amy.id}, when=cast.days_ago(number // 10 + 1),
                coded={"seen": number % 2 == 0}, words={"what_i_saw": f"{said} {number}", "nothing": None},
            )
            for number in range(250)
        ]  # fmt: skip
        events = actions.append(*facts, by=amy)
        assert verify_chain().wrong == []
        assert differences() == []
        kept = EventWords.objects.get(event=events[7].id)
        assert kept.words == {"what_i_saw": f"{said} 7", "nothing": None}
        stored = Event.objects.get(id=events[7].id)
        for name in ("happened_on", "happened_at", "known_at", "coded", "parts", "about", "corrects", "recorded_by"):
            assert getattr(stored, name) == getattr(events[7], name)
