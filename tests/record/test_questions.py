"""A question that was put into SQL once answers as the queryset it is written as, whatever it is asked with, and for its authority alone."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

import cast
from kith.audit.models import Entry
from kith.core import authorities, clock, ids
from kith.core.questions import Question
from kith.people import selectors as people
from kith.people.models import Child, Involvement, Person
from kith.record.models import Circle, EventAbout

pytestmark = pytest.mark.django_db

CHILDREN = Question(lambda *, ids: Child.objects.filter(person__among=ids).select_related("person").order_by("person"))
NAMES = Question(lambda *, ids: Person.objects.filter(id__among=ids).order_by("id").values_list("id", "name"))
KINDS = Question(
    lambda *, kinds, since: (
        EventAbout.objects.filter(kind__among=kinds, happened_on__gte=since)
        .order_by("id")
        .values_list("kind", flat=True)
    )
)
PARTS = Question(
    lambda *, worker, today: Involvement.objects.filter(worker=worker).filter(Q(until_on=None) | Q(until_on__gt=today))
)
LOOKS = Question(lambda *, by, since: Entry.objects.filter(by=by, at__gte=since).order_by("-at", "-id"))
SOME = Question(lambda most, *, family: Person.objects.filter(family=family).order_by("id")[:most])
LOCKED = Question(lambda *, circle: Circle.objects.filter(circle=circle).select_for_update())


@pytest.fixture
def council(db):
    return cast.council("lincolnshire")


def town(council, number=3):
    amy, family = council.worker("Amy"), ids.new()
    children = [cast.child(amy, f"Kit{one}", family=family) for one in range(number)]
    for child in children[:2]:
        cast.allocate(child, amy, council.team, by=amy)
    return amy, family, children


def same(question, *shape, **values):
    found = question.ask(*shape, **values)
    assert found == list(question.queryset(*shape, **values))
    return found


def test_it_answers_as_its_queryset_does(council):
    with council.at_work():
        amy, family, children = town(council)
        cast.visit(children[0], by=amy)
        people.child_for(cast.viewer(amy), children[0], page="overview")
        for some in (children, children[:1], [], {*children}, (ids.new(),), frozenset(children), [None, *children]):
            assert {one.person_id for one in same(CHILDREN, ids=some)} == set(some) & set(children)
            same(NAMES, ids=some)
        for kinds in (["visit.made"], ["visit.made", "child.registered"], [], ['it\'s "so", {or} not\\']):
            for since in (cast.days_ago(400), cast.days_ago(-1)):
                same(KINDS, kinds=kinds, since=since)
        assert len(same(PARTS, worker=amy.id, today=clock.today())) == 2
        assert len(same(LOOKS, by=amy.id, since=clock.now() - dt.timedelta(minutes=5))) >= 1
        assert [len(same(SOME, most, family=family)) for most in (1, 2, 2, 9)] == [1, 2, 2, 3]


def test_what_a_row_refers_to_is_read_with_it(council):
    with council.at_work():
        _amy, _family, children = town(council)
        CHILDREN.ask(ids=children)
        with CaptureQueriesContext(connection) as told:
            assert {one.person.name for one in CHILDREN.ask(ids=children)} == {f"Kit{one} Marsh" for one in range(3)}
    assert len(told) == 1


def test_it_is_put_into_sql_once_and_nothing_of_one_asking_stays_for_the_next(council):
    asked = []

    def counted(*, ids):
        asked.append(ids)
        return Person.objects.filter(id__among=ids)

    question = Question(counted)
    with council.at_work():
        _amy, _family, children = town(council)
        assert [{one.id for one in question.ask(ids=[child])} for child in children] == [{child} for child in children]
        question.ask(ids=children)[0].name = "Written over"
        assert "Written over" not in {one.name for one in question.ask(ids=children)}
    assert len(asked) == 1


def test_each_authority_is_answered_with_its_own_rows_by_the_same_question(council):
    with council.at_work():
        _amy, _family, children = town(council)
        assert len(NAMES.ask(ids=children)) == 3
    other = cast.council("worcestershire")
    with other.at_work():
        assert NAMES.ask(ids=children) == []
    with pytest.raises(authorities.NoAuthority):
        NAMES.ask(ids=children)


def test_nothing_is_compared_with_none(council):
    with council.at_work(), pytest.raises(TypeError, match="None"):
        PARTS.ask(worker=None, today=clock.today())


def test_of_an_empty_list_nothing_is_asked_but_where_it_is_one_way_of_several(council):
    either = Question(lambda *, ids, family: Person.objects.filter(Q(id__among=ids) | Q(family=family)).order_by("id"))
    none_of = Question(
        lambda *, ids, family: Person.objects.filter(family=family).exclude(id__among=ids).order_by("id")
    )
    with council.at_work():
        _amy, family, children = town(council)
        for question in (either, none_of):
            assert {one.id for one in same(question, ids=[], family=family)} == set(children)
        assert len(same(NAMES, ids=children)) == 3
        with CaptureQueriesContext(connection) as told:
            assert NAMES.ask(ids=[]) == KINDS.ask(kinds=set(), since=cast.days_ago(9)) == []
    assert len(told) == 0


def test_whom_nothing_is_shown_is_answered_with_nothing(council):
    nothing = Question(lambda *, ids: Person.objects.none().filter(id__among=ids))
    with council.at_work(), CaptureQueriesContext(connection) as told:
        assert nothing.ask(ids=[ids.new()]) == []
        assert nothing.first(ids=[ids.new()]) is None
    assert len(told) == 0


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_inside_a_transaction_only(council):
    with council.at_work(), transaction.atomic():
        LOCKED.ask(circle=ids.new())
    with authorities.acting_for(council.authority.id), pytest.raises(transaction.TransactionManagementError):
        LOCKED.ask(circle=ids.new())


def test_a_shape_not_kept_any_more_is_put_into_sql_again(council, monkeypatch):
    monkeypatch.setattr("kith.core.questions.MOST", 2)
    with council.at_work():
        _amy, family, _children = town(council)
        assert [len(same(SOME, most, family=family)) for most in (1, 2, 3, 1, 2, 3)] == [1, 2, 3, 1, 2, 3]
        assert len(SOME._put) <= 2
