"""Two records turn out to be one child's; the merge is undone: everything is as it was before."""

import pytest

import cast
from kith.casework.models import Visit
from kith.casework.selectors import last_recorded, last_visits
from kith.core import clock
from kith.obligations.models import Owed
from kith.people.models import Child, FamilyMember, Involvement, Person, SearchKey
from kith.people.selectors import child_for, children_for, portrait_of
from kith.record import actions
from kith.record.chronology import chronology
from kith.record.models import Merged
from kith.record.verifying import differences, verify_chain

pytestmark = pytest.mark.django_db


@pytest.fixture
def amy(lincolnshire):
    with lincolnshire.at_work():
        return lincolnshire.worker("Amy")


@pytest.fixture
def twice(lincolnshire, amy):
    """One child entered twice: on a plan as Kit Marsh, visited as Christopher Marsh."""
    with lincolnshire.at_work():
        kit = cast.child(amy, "Kit", since=100)
        cast.in_need(kit, by=amy, since=60)
        again = cast.child(amy, "Christopher", since=90)
        cast.visit(again, by=amy, since=40)
        cast.allocate(again, amy, lincolnshire.team, by=amy, since=45)
        return kit, again


def merged(gone, into, by):
    return cast.recorded(cast.fact("child.merged", {"child": gone}, since=0, into=str(into)), by=by)


def derived():
    """Every derived row but the circles, whose union stays: what a merge must give back when it is undone."""
    tables = (Person, SearchKey, Child, Involvement, FamilyMember, Visit, Merged, Owed)
    told = {}
    for model in tables:
        hidden = {"circle"} | ({"id"} if model in (SearchKey, Merged) else set())
        columns = [one.attname for one in model._meta.fields if one.attname not in hidden]
        told[model.__name__] = sorted((row for row in model.objects.values_list(*columns)), key=repr)
    return told


def test_what_was_last_recorded_of_a_child_is_of_every_record_read_as_theirs(lincolnshire, amy, twice):
    kit, again = twice
    with lincolnshire.at_work():
        assert last_recorded([kit, again]) == {kit: cast.days_ago(60), again: cast.days_ago(40)}
        merged(again, kit, amy)
        assert last_recorded([kit]) == {kit: cast.days_ago(40)}
        assert last_recorded([]) == {}


def test_two_records_merged_are_read_as_one(lincolnshire, amy, twice):
    kit, again = twice
    with lincolnshire.at_work():
        merged(again, kit, amy)
        viewer = cast.viewer(amy)
        assert {one.pk for one in children_for(viewer)} == {kit}
        assert child_for(viewer, again, page="record").id == kit
        assert {one.stem for one in chronology(kit)} >= {"visit", "plan"}
        assert {one.full for one in portrait_of(kit).names} == {"Kit Marsh", "Christopher Marsh"}
        assert Child.objects.get(person=kit).held_by == amy.id
        assert not SearchKey.objects.filter(person=again).exists()
        assert SearchKey.objects.filter(person=kit, key__contains="christopher").exists()
        assert Owed.objects.filter(child=kit, duty="visits").order_by("due_on").first().closed_as == "met"
        assert last_visits(kit)["alone"] == cast.days_ago(40)
        assert differences() == []


def test_a_merge_undone_gives_back_everything_as_it_was(lincolnshire, amy, twice):
    kit, again = twice
    with lincolnshire.at_work():
        before = derived()
        merge = merged(again, kit, amy)
        assert derived() != before
        actions.withdraw(merge, "They are cousins of one name.", by=amy)
        assert derived() == before
        assert differences() == []
        assert verify_chain().wrong == []


def test_a_merge_undone_by_mistake_and_made_again_is_read_as_one_again(lincolnshire, amy, twice):
    kit, again = twice
    with lincolnshire.at_work():
        merge = merged(again, kit, amy)
        one = derived()
        undone = actions.withdraw(merge, "Two children.", by=amy)
        actions.withdraw(undone, "One child after all.", by=amy)
        assert derived() == one
        assert differences() == []


def test_what_is_recorded_on_a_merged_record_afterwards_is_read_in_the_one_it_is_part_of(lincolnshire, amy, twice):
    kit, again = twice
    with lincolnshire.at_work():
        merged(again, kit, amy)
        visit = cast.visit(again, by=amy, since=5)
        cast.recorded(
            cast.fact("name.given", {"child": again}, words={"given": "Chris", "family": "Marsh"}, name_use="known_as"),
            by=amy,
        )
        assert portrait_of(kit).called(clock.today().toordinal()) == "Chris Marsh"
        assert Person.objects.get(id=kit).name == "Chris Marsh"
        assert last_visits(kit)["seen"] == visit.happened_on
        assert differences() == []


def test_a_merge_into_the_wrong_record_can_be_corrected(lincolnshire, amy, twice):
    kit, again = twice
    with lincolnshire.at_work():
        third = cast.child(amy, "Third")
        wrong = merged(again, third, amy)
        actions.correct(wrong, cast.again(wrong, into=str(kit)), by=amy)
        assert child_for(cast.viewer(amy), again, page="record").id == kit
        assert not SearchKey.objects.filter(person=third, key__contains="christopher").exists()
        assert differences() == []


def test_a_chain_of_merges_leads_to_the_last(lincolnshire, amy, twice):
    kit, again = twice
    with lincolnshire.at_work():
        third = cast.child(amy, "Third")
        merged(again, kit, amy)
        merged(kit, third, amy)
        assert child_for(cast.viewer(amy), again, page="record").id == third
        assert last_visits(third)["alone"] == cast.days_ago(40)
        assert {one.pk for one in children_for(cast.viewer(amy))} == {third}
        assert differences() == []
