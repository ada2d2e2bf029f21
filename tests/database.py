"""The two databases of the tests: made and walled, emptied after a test that commits, and opened as their owner could.

On PostgreSQL the application's role owns nothing; `connected_as` is how a test does what only an owner or a thief can.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection, transaction

from kith.core import walls

CLUSTER = os.environ.get("KITH_TEST_CLUSTER", "")
APPLICATION, OWNER, SUPERUSER = "kith_app", "kith_owner", "postgres"
KEPT = ("django_migrations", "django_content_type", "auth_permission")


def make() -> None:
    """A new database: tables by their owner, walls, and the connection then the application's own."""
    if not CLUSTER:
        Path(connection.settings_dict["NAME"]).unlink(missing_ok=True)
        _tables()
        return
    with _superuser("postgres") as cluster:
        cluster.execute(f"select pg_advisory_lock({0x6B697468})")
        for role in (APPLICATION, OWNER):
            if not cluster.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
                cluster.execute(f"create role {role} login nosuperuser nobypassrls nocreatedb nocreaterole")
        cluster.execute(f"drop database if exists {connection.settings_dict['NAME']} with (force)")
        cluster.execute(f"create database {connection.settings_dict['NAME']} owner {OWNER}")
    with connected_as(OWNER):
        _tables()


def _tables() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    walls.build(APPLICATION if CLUSTER else "")


def remove() -> None:
    """The database as it was before: not there."""
    connection.close()
    if CLUSTER:
        connection.close_pool()
        with _superuser("postgres") as cluster:
            cluster.execute(f"drop database {connection.settings_dict['NAME']} with (force)")


def _superuser(database: str) -> Any:
    return psycopg.connect(host=CLUSTER, dbname=database, user=SUPERUSER, autocommit=True)


@contextmanager
def connected_as(role: str) -> Iterator[None]:
    """Django's connection as another role of PostgreSQL; nothing may be under way on it."""
    before = connection.settings_dict["USER"]
    _connect_as(role)
    try:
        yield
    finally:
        _connect_as(before)


def _connect_as(role: str) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict["USER"] = role


@contextmanager
def unguarded() -> Iterator[None]:
    """As somebody who holds the database itself: no wall between authorities, and what only grows can be changed."""
    if CLUSTER:
        with connected_as(SUPERUSER):
            with connection.cursor() as cursor:
                cursor.execute("set session_replication_role = replica")
            yield
        return
    with connection.cursor() as cursor:
        kept = cursor.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in kept:
            cursor.execute(f"drop trigger {name}")
        cursor.execute("pragma foreign_keys = off")
        try:
            yield
        finally:
            cursor.execute("pragma foreign_keys = on")
            for _, sql in kept:
                cursor.execute(sql)


def empty() -> None:
    """Takes every row out of every table, but for what migrating put there."""
    tables = [one for one in connection.introspection.django_table_names(only_existing=True) if one not in KEPT]
    connection.close()
    if CLUSTER:
        with _superuser(connection.settings_dict["NAME"]) as opened:
            opened.execute("set session_replication_role = replica;" + "".join(f"delete from {one};" for one in tables))
        return
    opened = sqlite3.connect(connection.settings_dict["NAME"], timeout=20)
    kept = opened.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
    opened.executescript(
        "begin immediate;" + "".join(f"drop trigger {name};" for name, _ in kept)
        + "".join(f"delete from {one};" for one in tables) + "".join(f"{sql};" for _, sql in kept) + "commit;"
    )  # fmt: skip
    opened.close()


@contextmanager
def forgotten() -> Iterator[None]:
    """Whatever is recorded inside is taken back at the end: for the examples of one property, inside one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
