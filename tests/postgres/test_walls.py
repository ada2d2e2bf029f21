"""The wall in PostgreSQL itself: with nothing of the application in the way, one council's rows are not another's."""

import pytest
from django.db import DatabaseError, connection, transaction

import cast
from kith.core import ids, units, walls
from kith.core.models import Authority
from kith.people.models import Person
from kith.record.models import Event, File

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture
def two():
    """Two councils, each with a child and a row in every table that the first steps fill."""
    councils = [cast.council("lincolnshire"), cast.council("walsall")]
    for one in councils:
        with one.at_work():
            one.kit = cast.child(one.worker("Amy"))
            cast.in_need(one.kit, by=one.worker("Amy"))
            cast.visit(one.kit, by=one.worker("Amy"))
    return councils


def asked(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall() if cursor.description else []


def tables():
    return [model._meta.db_table for model in walls.guarded()]


def test_the_application_owns_nothing_and_is_nobody_special(two):
    assert asked(
        "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user"
    ) == [(False, False, False, False)]
    assert asked("select current_user, session_user") == [("kith_app", "kith_app")]
    assert asked(
        "select count(*) from pg_class where relowner = (select oid from pg_roles where rolname = current_user)"
    ) == [(0,)]
    assert asked(
        "select count(*) from pg_auth_members where member = (select oid from pg_roles where rolname = current_user)"
    ) == [(0,)]


def test_every_table_of_an_authority_is_behind_the_wall(two):
    columned = (
        "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'authority'"
    )
    behind = {
        name
        for (name,) in asked(
            "select c.relname from pg_class c join pg_policy p on p.polrelid = c.oid where c.relrowsecurity and c.relforcerowsecurity"
        )
    }
    assert set(tables()) <= behind
    # Practitioners are read before their authority is known, and are no child.
    assert {name for (name,) in asked(columned)} - behind == {"access_practitioner"}


def test_with_no_authority_set_nothing_is_seen(two):
    assert {table: asked(f"select count(*) from {table}")[0][0] for table in tables()} == dict.fromkeys(tables(), 0)
    assert Person.everywhere.count() == 0


def test_one_authority_sees_its_own_rows_and_none_of_anothers(two):
    mine, theirs = two
    with mine.at_work():
        assert Person.everywhere.filter(id=mine.kit).exists()
        for table in tables():
            assert asked(f"select count(*) from {table} where authority <> %s", mine.authority.id) == [(0,)], table
        assert Event.everywhere.count() == Event.objects.count() > 0
        assert not Person.everywhere.filter(id=theirs.kit).exists()


@pytest.mark.parametrize("setting", ["", None])
def test_an_empty_setting_is_no_authority(two, setting):
    with transaction.atomic():
        asked("select set_config('kith.authority', %s, true)", setting)
        assert Person.everywhere.count() == 0


def test_a_row_cannot_be_written_for_another_authority(two):
    mine, theirs = two
    with mine.at_work(), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        File(authority=theirs.authority.id, name="child", subject=ids.new()).save(force_insert=True)
    with mine.at_work(), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Person.everywhere.filter(id=mine.kit).update(authority=theirs.authority.id)
    with mine.at_work():
        assert Person.everywhere.filter(id=theirs.kit).update(name="Taken") == 0
        assert Person.everywhere.filter(id=theirs.kit).delete()[0] == 0


def test_a_pooled_connection_carries_nothing_from_one_unit_to_the_next(two):
    mine, _ = two
    with mine.at_work():
        process = asked("select pg_backend_pid()")
        assert Person.everywhere.count() == 1
    assert asked("select pg_backend_pid()") == process
    assert (Person.everywhere.count(), asked("select coalesce(current_setting('kith.authority', true), '')")) == (
        0,
        [("",)],
    )
    with pytest.raises(ZeroDivisionError), mine.at_work():
        assert 1 / 0
    assert Person.everywhere.count() == 0


def test_a_unit_inside_another_gives_it_back(two):
    mine, theirs = two
    with mine.at_work():
        with theirs.at_work():
            assert set(Person.everywhere.values_list("id", flat=True)) == {theirs.kit}
        assert set(Person.everywhere.values_list("id", flat=True)) == {mine.kit}
        with pytest.raises(ZeroDivisionError), units.of_work(theirs.authority.id):
            assert 1 / 0
        assert set(Person.everywhere.values_list("id", flat=True)) == {mine.kit}


def test_tables_read_before_an_authority_is_known_carry_no_child(two):
    open_to_all = set(connection.introspection.table_names()) - set(tables())
    names = [name for (name,) in asked("select relname from pg_class where relrowsecurity")]
    assert not open_to_all & set(names)
    assert {
        one
        for one in open_to_all
        if one.startswith(("record_", "people_", "casework_", "obligations_", "forms_", "audit_"))
    } == set()
    assert Authority.objects.count() == 2


@pytest.mark.parametrize(
    "act",
    [
        "truncate {} cascade",
        "update {} set authority = authority",
        "delete from {}",
        "alter table {} disable row level security",
    ],
)
def test_the_application_has_no_right_to_change_what_only_grows(two, act):
    for model in walls.only_added_to():
        with two[0].at_work(), pytest.raises(DatabaseError), transaction.atomic():
            asked(act.format(model._meta.db_table))


def test_not_even_the_owner_changes_what_only_grows_without_taking_the_wall_down(two):
    import database

    with database.connected_as(database.OWNER):
        for model in walls.only_added_to():
            with two[0].at_work(), pytest.raises(DatabaseError, match="only be added to"), transaction.atomic():
                asked(f"truncate {model._meta.db_table} cascade")
            with two[0].at_work(), pytest.raises(DatabaseError, match="only be added to"), transaction.atomic():
                asked(f"delete from {model._meta.db_table}")


def test_building_the_walls_again_changes_nothing(two):
    import database

    told = "select polname, polrelid::regclass::text from pg_policy order by 2"
    before = asked(told)
    with database.connected_as(database.OWNER):
        walls.build(database.APPLICATION)
    assert asked(told) == before != []
