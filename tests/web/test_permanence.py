"""A plan for permanence away from the birth family: relatives and friends are listed and told, one by one."""

import pytest

import cast
import paperwork
from kith.obligations.models import Owed

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    with one.at_work():
        one.gran = paperwork.adult(one.workers["Amy"], "Gran", one.family, one.kit, "grandmother")
    return one


def owed(town, duty):
    with town.at_work(writing=False):
        return list(Owed.objects.filter(duty=duty, child=town.kit, closed_on=None))


def propose(town, away="yes"):
    paperwork.recorded(
        town.amy,
        town.kit,
        "permanence_propose",
        away_from_family=away,
        what="With foster carers.",
        why="Nobody in the family can.",
    )


@pytest.mark.clause("WOR-283")
def test_where_permanence_is_away_from_the_family_the_relatives_to_tell_are_listed_with_their_days(town):
    assert "Propose a plan for permanence" in paperwork.page(town.amy, "plans", town.kit)
    propose(town)
    assert "List the relatives and friends to tell" in paperwork.page(town.amy, "my-work")
    assert "Nobody is named yet." in paperwork.page(town.amy, "plans", town.kit)
    paperwork.recorded(town.amy, town.kit, "permanence_to_tell", person=str(town.gran), tell_by=cast.days_ago(-4))
    assert owed(town, "permanence.list") == []
    [telling] = owed(town, "permanence.tell")
    assert (telling.names["person"], telling.due_on) == (str(town.gran), cast.days_ago(-4))
    paperwork.recorded(
        town.amy,
        town.kit,
        "permanence_told",
        person=str(town.gran),
        how="in_person",
        said="Kit can come to me.",
        when=cast.days_ago(1),
    )
    assert owed(town, "permanence.tell") == []
    page = paperwork.page(town.amy, "plans", town.kit)
    for words in ("Gran Marsh", "Told on", "In person", "Kit can come to me."):
        assert words in page


@pytest.mark.clause("WOR-283")
def test_somebody_is_not_told_only_with_a_reason_and_having_nobody_to_tell_says_where_one_looked(town):
    propose(town)
    answer = paperwork.record(town.amy, town.kit, "permanence_nobody")
    assert "Say who was asked and where you looked" in answer.content.decode()
    paperwork.recorded(town.amy, town.kit, "permanence_to_tell", person=str(town.fin))
    answer = paperwork.record(town.amy, town.kit, "permanence_not_told", person=str(town.fin), when=cast.days_ago(1))
    assert "Say why" in answer.content.decode()
    paperwork.recorded(
        town.amy,
        town.kit,
        "permanence_not_told",
        person=str(town.fin),
        why="A court forbids it.",
        when=cast.days_ago(1),
    )
    assert owed(town, "permanence.tell") == []
    assert "Not told: A court forbids it." in paperwork.page(town.amy, "plans", town.kit)


def test_permanence_with_the_family_asks_for_no_list_and_a_plan_given_up_ends_what_it_asked(town):
    propose(town, away="no")
    assert owed(town, "permanence.list") == []
    propose(town)
    assert len(owed(town, "permanence.list")) == 1
    paperwork.recorded(town.amy, town.kit, "permanence_end", why="Gran can care for Kit.", when=cast.days_ago(0))
    assert owed(town, "permanence.list") == []
    assert "Relatives and friends to tell" not in paperwork.page(town.amy, "plans", town.kit)
