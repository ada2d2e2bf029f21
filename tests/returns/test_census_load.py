"""A council's history brought in from its return: the numbers are those of the return, and twice changes nothing."""

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.urls import reverse

import cast
from kith.commands.main import main
from kith.obligations import selectors as obligations
from kith.people.models import Child
from kith.record import verifying
from kith.record.models import Event
from kith.returns.cin import Census
from kith.returns.loading import Loading

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parents[1] / "samples" / "cin_xml" / "d2i_fake_CIN_data.xml"
LAST = dt.date(2022, 3, 31)


def load(council, *, stop_after=None, restricted=(), guardian=None):
    with SAMPLE.open("rb") as stream:
        census = Census(stream)
        with council.at_work():
            loading = Loading(census, restricted, guardian)
            loading.settle_evidence(dt.date(2026, 4, 1))
        for number, child in enumerate(census):
            if number == stop_after:
                break
            with council.at_work():
                loading.child(child)
    return loading.told


@pytest.fixture
def lincolnshire():
    return cast.council("lincolnshire")


@pytest.mark.parametrize("pack", ["lincolnshire", "worcestershire"])
def test_the_numbers_of_oversight_are_those_of_the_return(pack, client, settings):
    settings.KITH_SECOND_FACTOR = False
    council = cast.council(pack)
    load(council)
    asked = ["census", "due", str(SAMPLE), "--pack", pack, "--as-at", LAST.isoformat(), "--format", "json"]
    told = json.loads(CliRunner().invoke(main, asked).stdout)
    expected = {row["duty"]: {k: v for k, v in row.items() if k not in ("duty", "what", "owed")} for row in told}
    with council.at_work():
        council.worker("Hana", "head_of_service")
        tallies = obligations.tallies_as_at(LAST)
    counted = {
        row["duty"]: {k: v for k, v in row.items() if k not in ("duty", "title", "statutory") and v} for row in tallies
    }
    assert counted == expected
    client.force_login(council.workers["Hana"], backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("oversight"), {"as_at": LAST.isoformat()}).content.decode()
    for row in told:
        assert row["what"] in page


def test_what_was_before_the_record_is_in_use_never_reads_as_overdue(lincolnshire):
    load(lincolnshire)
    with lincolnshire.at_work():
        assert obligations.open_rows().filter(due_on__lt=dt.date(2026, 4, 1)).count() == 0


def test_a_load_that_was_interrupted_goes_on_and_twice_changes_nothing(lincolnshire):
    first = load(lincolnshire, stop_after=5)
    second = load(lincolnshire)
    assert first.children == 5
    assert second.there_already == 5
    with lincolnshire.at_work():
        before = set(Event.objects.values_list("id", "digest"))
        again = load(lincolnshire)
        assert again.children == again.events == 0
        assert {(one, bytes(digest)) for one, digest in Event.objects.values_list("id", "digest")} == {
            (one, bytes(digest)) for one, digest in before
        }
        assert verifying.verify_chain().wrong == []


def test_imported_events_keep_their_dates_and_say_where_they_came_from(lincolnshire):
    load(lincolnshire, stop_after=3)
    with lincolnshire.at_work():
        one = Event.objects.filter(kind="referral.received").order_by("happened_on").first()
        assert one.source == "children in need census 2022"
        assert one.known_at.date() == one.happened_on
        assert one.recorded_by is None


def test_a_record_to_be_restricted_is_so_from_its_first_moment(lincolnshire):
    with SAMPLE.open("rb") as stream:
        first = next(iter(Census(stream))).id
    with lincolnshire.at_work():
        guardian = lincolnshire.worker("Gus", "service_manager")
    load(lincolnshire, stop_after=2, restricted=[first], guardian=guardian.id)
    with lincolnshire.at_work():
        assert sorted(Child.objects.values_list("restricted", "guardian")) == [(False, None), (True, guardian.id)]


def test_the_command_asks_for_the_records_to_restrict_before_it_writes(lincolnshire):
    said = CliRunner().invoke(main, ["census", "load", str(SAMPLE), "--authority", "lincolnshire"])
    assert said.exit_code == 1
    assert "--restrict-none" in said.output
    with lincolnshire.at_work():
        assert Event.objects.count() == 0
