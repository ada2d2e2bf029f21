"""The second wall, in the database itself: one authority's rows apart from another's, and records that only grow.

Run by the owner of the tables after every migration; running it again changes nothing. On PostgreSQL: row-level security,
forced, on every table of an authority, and the few rights the application's own role has. On both databases: tables that may
only be added to refuse to be changed.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models

from kith.core.models import OfAuthority

SEES = "authority = nullif(current_setting('kith.authority', true), '')::uuid"


def guarded() -> Iterator[type[models.Model]]:
    """Every table whose rows belong to one authority."""
    return (model for model in apps.get_models() if issubclass(model, OfAuthority))


def only_added_to() -> Iterator[type[models.Model]]:
    """Every table that may only be added to: those whose model says `only_added_to`."""
    return (model for model in apps.get_models() if getattr(model, "only_added_to", False))


def build(app_role: str = "") -> None:
    """Builds both walls, and gives the application's role what it needs and no more. `app_role` is for PostgreSQL."""
    if connection.vendor == "postgresql":
        _row_security()
        _refuse_changes_postgresql()
        if app_role:
            _rights(app_role)
    else:
        _refuse_changes_sqlite()


def _row_security() -> None:
    with connection.cursor() as cursor:
        for model in guarded():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"alter table {table} enable row level security")
            cursor.execute(f"alter table {table} force row level security")
            cursor.execute(f"drop policy if exists one_authority on {table}")
            cursor.execute(f"create policy one_authority on {table} using ({SEES}) with check ({SEES})")


def _refuse_changes_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "create or replace function kith_only_added_to() returns trigger language plpgsql as "
            "$$ begin raise exception 'this table may only be added to'; end $$"
        )
        for model in only_added_to():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(
                f"create or replace trigger only_added_to before update or delete on {table} "
                "for each row execute function kith_only_added_to()"
            )
            cursor.execute(
                f"create or replace trigger never_emptied before truncate on {table} "
                "for each statement execute function kith_only_added_to()"
            )


def _refuse_changes_sqlite() -> None:
    with connection.cursor() as cursor:
        for model in only_added_to():
            table = model._meta.db_table
            for act in ("update", "delete"):
                cursor.execute(
                    f"create trigger if not exists {table}_no_{act} before {act} on {table} "
                    "begin select raise(abort, 'this table may only be added to'); end"
                )
            # SQLite's INSERT OR REPLACE takes the old row away without asking the trigger above.
            key = model._meta.pk.column if model._meta.pk else "rowid"
            there = f"exists (select 1 from {table} where {key} = new.{key})"  # noqa: S608  names of our own models
            cursor.execute(
                f"create trigger if not exists {table}_no_replace before insert on {table} when {there} "
                "begin select raise(abort, 'this table may only be added to'); end"
            )


def _rights(role: str) -> None:
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"grant usage on schema public to {quoted}")
        cursor.execute(f"grant select, insert, update, delete on all tables in schema public to {quoted}")
        cursor.execute(f"grant usage, select on all sequences in schema public to {quoted}")
        for model in only_added_to():
            cursor.execute(f"revoke update, delete, truncate on {model._meta.db_table} from {quoted}")
