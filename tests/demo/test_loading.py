"""The demonstration gives what it promises: once, on a marked database, with everything derived as the record says."""

from importlib import import_module

import meetings_shown
import pytest

from kith.access.models import Practitioner
from kith.core import clock, installation, units
from kith.core.models import Authority
from kith.people import sharing
from kith.people.models import Agency, Child, Involvement, Person, Post
from kith.record import verifying
from kith.record.models import Event

loading = import_module("kith.demo.loading")
filling = import_module("kith.demo.filling")
table = import_module("kith.demo.table")

pytestmark = pytest.mark.django_db
RESTRICTED = {"worcestershire": {"worker_or_relative"}, "walsall": {"danger_if_known"}}


def quietly(_said: str) -> None:
    """Nothing."""


def test_a_database_that_is_not_marked_is_refused() -> None:
    with pytest.raises(loading.NotADemonstration):
        loading.load(quietly)
    with pytest.raises(loading.NotADemonstration):
        filling.fill("farhaven", "lincolnshire", filling.Size(1, 4, 10), quietly)
    assert not Authority.objects.exists()


@pytest.mark.parametrize("slug", loading.COUNCILS)
def test_a_council_is_as_promised(slug: str) -> None:
    installation.mark(demonstration=True)
    assert loading.load(quietly, (slug,)) == 1
    one = Authority.objects.get(slug=slug)
    _check_worklists(one)
    with units.of_work(one.id):
        _check_people(slug)
        assert Post.objects.filter(agency__in=Agency.objects.filter(until_on=None).values("id")).count() >= 4
        assert sharing.in_force(clock.today()).count() == 1
        school = Practitioner.objects.get(authority=one.id, agency="Hillside Primary School")
        assert school.agency_id in set(sharing.in_force(clock.today()).values_list("agency", flat=True))
        assert Involvement.objects.filter(worker=school.id).count() >= 2
        meetings_shown.check_meetings(slug)
        assert verifying.verify_chain().wrong == []
        assert verifying.differences() == []
        before = Event.objects.count()
    assert loading.load(quietly, (slug,)) == 0
    with units.of_work(one.id):
        assert Event.objects.count() == before


def _check_worklists(one: Authority) -> None:
    """Every state stands on the lists of three workers, and nobody's list is too long to believe."""
    names = set(Practitioner.objects.filter(authority=one.id).values_list("name", flat=True))
    by_worker = {who: states for who, states in table.counted(one).items() if who in names}
    for state in ("overdue", "today", "in a week", "later"):
        assert sum(states[state] > 0 for states in by_worker.values()) >= 3, state
    assert max(states.total() for states in by_worker.values()) <= 30
    assert any(one.name in line for line in table.lines())


def _check_people(slug: str) -> None:
    children = Person.objects.filter(is_child=True)
    assert children.count() > 50
    assert children.filter(born_on=None, expected_on__isnull=False).exists()
    restricted = Child.objects.filter(restricted=True)
    assert set(restricted.values_list("restricted_because", flat=True)) == RESTRICTED.get(slug, set())
    assert all(child.guardian is not None for child in restricted)
    assert Child.objects.filter(is_open=True, held_by=None).exists(), "a referral waits for somebody"
    late = [one for one in Event.objects.filter(kind="visit.made") if (one.known_at.date() - one.happened_on).days > 1]
    assert late, "some visits are recorded late"
    if slug == "leicestershire":
        assert Event.objects.filter(corrects__isnull=False).exists()
        assert Event.objects.filter(withdraws__isnull=False).exists()
        assert Person.objects.filter(died_on__isnull=False).count() >= 2


def test_a_large_council_is_made_in_shares_and_goes_on_where_it_stopped() -> None:
    installation.mark(demonstration=True)
    first, second = (filling.Size(5, 40, 200, share, 2) for share in range(2))
    assert filling.fill("farhaven", "lincolnshire", first, quietly) > 0
    assert filling.fill("farhaven", "lincolnshire", first, quietly) == 0
    assert filling.fill("farhaven", "lincolnshire", second, quietly) > 0
    with units.of_work(Authority.objects.get(slug="farhaven").id):
        assert Person.objects.filter(is_child=True).exists()
        assert Child.objects.filter(is_open=True).count() >= 3
