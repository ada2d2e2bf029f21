"""The chain: whoever changes the database behind the application is found out, and told which event it was."""

import datetime as dt
import uuid

import pytest
from click.testing import CliRunner

import cast
import database
from kith.commands.record import record
from kith.core import ids
from kith.record import verifying
from kith.record.chain import COVERED
from kith.record.models import Event, EventAbout, EventWords, File
from kith.record.verifying import verify_chain

pytestmark = pytest.mark.django_db(transaction=True)

OTHERWISE = {
    "sequence": 40, "kind": "visit.confirmed", "schema": 2, "happened_on": dt.date(2020, 1, 1),
    "happened_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC), "ended_on": dt.date(2040, 1, 1),
    "ended_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC), "precision": "month",
    "known_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC), "recorded_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
    "recorded_by": uuid.UUID(int=1), "recorded_under": "somebody else", "about": {"child": str(uuid.UUID(int=1))},
    "coded": {"seen": False}, "parts": {str(uuid.UUID(int=1)): {"seen": False}}, "explained": {"seen": {"reason": "other"}},
    "words_digest": "0" * 64, "corrects": uuid.UUID(int=1), "withdraws": uuid.UUID(int=1), "seals": uuid.UUID(int=1),
    "source": "somewhere else",
}  # fmt: skip


@pytest.fixture
def visits(lincolnshire):
    """Five events of one child's file, the last three of them visits."""
    with lincolnshire.at_work():
        amy = lincolnshire.worker("Amy")
        lincolnshire.kit = cast.child(amy)
        return [cast.visit(lincolnshire.kit, by=amy, since=40 - n, said=f"Visit {n}") for n in range(3)]


def wrong_in(council, **asked):
    with council.at_work():
        return verify_chain(**asked).wrong


def tampered(event, **fields):
    """Changes a stored event as somebody could who holds the database."""
    with database.unguarded():
        assert Event.everywhere.filter(id=event.id).update(**fields) == 1


def test_a_record_that_nobody_touched_is_whole(lincolnshire, visits):
    with lincolnshire.at_work():
        told = verify_chain()
    assert (told.wrong, told.destroyed, told.events) == ([], 0, 5)


@pytest.mark.parametrize("field", [one for one in COVERED if one != "id"])
def test_any_covered_field_changed_is_told_with_its_event(lincolnshire, visits, field):
    tampered(visits[1], **{field: OTHERWISE[field]})
    wrong = wrong_in(lincolnshire)
    assert any(str(visits[1].id) in one and "not what was recorded" in one for one in wrong), wrong


def test_an_event_given_another_id_is_told(lincolnshire, visits):
    new = ids.new()
    with database.unguarded():
        EventAbout.everywhere.filter(event=visits[1].id).update(event=new)
        EventWords.everywhere.filter(event=visits[1].id).update(event=new)
        Event.everywhere.filter(id=visits[1].id).update(id=new)
    assert any(str(new) in one for one in wrong_in(lincolnshire))


def test_an_event_moved_to_another_childs_file_is_told(lincolnshire, visits):
    with lincolnshire.at_work():
        cast.child(lincolnshire.worker("Amy"), "Ash")
        other = File.objects.exclude(id=visits[0].file_id).filter(name="child").get()
    tampered(visits[2], file=other, sequence=other.sequence + 1)
    wrong = wrong_in(lincolnshire)
    assert any(str(visits[2].id) in one for one in wrong)
    assert any(f"File {visits[0].file_id}" in one for one in wrong)


def test_an_event_hidden_from_those_it_is_about_is_told(lincolnshire, visits):
    with database.unguarded():
        EventAbout.everywhere.filter(event=visits[1].id, name="child").delete()
    assert wrong_in(lincolnshire) == [f"Event {visits[1].id} (visit.made) is not found under those it is about"]


def test_words_changed_are_told(lincolnshire, visits):
    with database.unguarded():
        EventWords.everywhere.filter(event=visits[1].id).update(words={"what_i_saw": "Nothing."})
    assert wrong_in(lincolnshire) == [f"The words of event {visits[1].id} (visit.made) are not what was recorded"]


def test_words_destroyed_are_counted_apart_and_are_no_fault(lincolnshire, visits):
    with database.unguarded():
        EventWords.everywhere.filter(event=visits[1].id).delete()
    with lincolnshire.at_work():
        told = verify_chain()
    assert (told.wrong, told.destroyed) == ([], 1)


def gone(event):
    with database.unguarded():
        EventAbout.everywhere.filter(event=event.id).delete()
        EventWords.everywhere.filter(event=event.id).delete()
        Event.everywhere.filter(id=event.id).delete()


def test_the_last_event_dropped_is_told(lincolnshire, visits):
    gone(visits[2])
    assert wrong_in(lincolnshire) == [f"File {visits[2].file_id}: the last events are missing: it says 5, there are 4"]


def test_an_event_dropped_from_the_middle_is_told(lincolnshire, visits):
    gone(visits[1])
    wrong = wrong_in(lincolnshire)
    assert f"File {visits[1].file_id}: event 4 is missing before {visits[2].id}" in wrong


def test_two_events_that_changed_places_are_told(lincolnshire, visits):
    first, second = visits[1].sequence, visits[2].sequence
    tampered(visits[1], sequence=99)
    tampered(visits[2], sequence=first)
    tampered(visits[1], sequence=second)
    wrong = wrong_in(lincolnshire)
    assert all(any(str(one.id) in told for told in wrong) for one in visits[1:])


def test_verifying_goes_on_where_it_was_interrupted(lincolnshire, visits):
    with lincolnshire.at_work():
        for name in ("Ash", "Bo", "Cy"):
            cast.child(lincolnshire.worker("Amy"), name)
        files = list(File.objects.order_by("id").values_list("id", flat=True))
        assert [verify_chain(after=one).files for one in (None, *files)] == [*range(len(files), -1, -1)]


def ask(*words):
    return CliRunner().invoke(record, [*words, "--authority", "lincolnshire"])


def test_the_command_says_that_all_is_well_or_fails_and_names_the_event(lincolnshire, visits):
    well = ask("verify")
    assert (well.exit_code, "5 events" in well.output, ": 0 wrong" in well.output) == (0, True, True), well.output
    tampered(visits[1], coded={"seen": False})
    ill = ask("verify")
    assert ill.exit_code == 1
    assert f"Event {visits[1].id} (visit.made) is not what was recorded" in ill.output
    assert ask("verify", "--after", str(visits[1].file_id), "--chain-only").exit_code == 0


def test_the_command_rebuilds_what_was_derived(lincolnshire, visits):
    from kith.people.models import Person

    with lincolnshire.at_work():
        Person.objects.filter(id=lincolnshire.kit).update(name="Somebody Else")
    assert ask("verify").exit_code == 1
    told = ask("rebuild")
    assert (told.exit_code, "People: 1" in told.output) == (0, True), told.output
    assert ask("verify").exit_code == 0
    with lincolnshire.at_work():
        assert Person.objects.get(id=lincolnshire.kit).name == "Kit Marsh"


def test_the_command_says_what_was_known_on_a_day_and_leaves_a_trace(lincolnshire, visits):
    from kith.audit import entries

    with lincolnshire.at_work():
        day = cast.days_ago(0)
    told = CliRunner().invoke(
        record, ["as-known-on", str(lincolnshire.kit), day.isoformat(), "--authority", "lincolnshire"]
    )
    assert told.exit_code == 0
    assert told.output.count("visit") >= 3, told.output
    before = (day - dt.timedelta(2)).isoformat()
    assert (
        CliRunner().invoke(record, ["as-known-on", str(lincolnshire.kit), before, "--authority", "lincolnshire"]).output
        == ""
    )
    with lincolnshire.at_work():
        assert {one.did for one in entries.looks_at(lincolnshire.kit)} >= {"printed"}


@pytest.mark.parametrize("act", ["update", "delete"])
def test_what_only_grows_refuses_to_be_changed_by_the_application(lincolnshire, visits, act):
    from django.db import DatabaseError, transaction

    from kith.core import walls

    with lincolnshire.at_work():
        for model in walls.only_added_to():
            one = model.everywhere.first()
            assert one is not None, model
            with pytest.raises(DatabaseError), transaction.atomic():
                (
                    one.delete()
                    if act == "delete"
                    else model.everywhere.filter(pk=one.pk).update(authority=one.authority)
                )
        assert verifying.verify_chain().wrong == []


def test_what_only_grows_cannot_be_replaced_either(lincolnshire, visits):
    from django.db import DatabaseError, connection, transaction

    from kith.core import walls

    verb = "insert or replace into" if connection.vendor == "sqlite" else "insert into"
    for model in walls.only_added_to():
        table, key = model._meta.db_table, model._meta.pk.column
        otherwise = "" if connection.vendor == "sqlite" else f"on conflict ({key}) do update set {key} = excluded.{key}"
        with lincolnshire.at_work(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{verb} {table} select * from {table} limit 1 {otherwise}")
    assert wrong_in(lincolnshire) == []
