"""Adding many new rows at once."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models

MANY = 200  # from so many rows on, what Django does for each value of each row is most of the work


def add(rows: Sequence[models.Model], over: str = "") -> None:
    """Writes new rows of one table; with `over`, its key, in the place of those that stand. On PostgreSQL many are sent as one value, which
    costs a third; the rows are the same."""
    if not rows:
        return
    model = type(rows[0])
    if connection.vendor != "postgresql" or len(rows) < MANY or over:
        for first in range(0, len(rows), MANY):
            _add_some(model, rows[first : first + MANY], over)
        return
    for first in range(0, len(rows), 5000):
        _add_as_one_value(model, rows[first : first + 5000])


def _add_some(model: type[models.Model], rows: Sequence[models.Model], over: str) -> None:
    sent = [one.get_db_prep_save(getattr(row, one.attname), connection) for row in rows for one in _columns(model)]
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, len(rows), over), sent)


@lru_cache(maxsize=100)
def _columns(model: type[models.Model]) -> Sequence[Any]:
    return [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]


@lru_cache(maxsize=1000)
def _insert(model: type[models.Model], rows: int, over: str) -> str:
    quote = connection.ops.quote_name
    names = [quote(str(one.column)) for one in _columns(model)]
    places = ", ".join(["(" + ", ".join(["%s"] * len(names)) + ")"] * rows)
    instead = ", ".join(f"{name} = excluded.{name}" for name in names if name != quote(over))
    standing = f" on conflict ({quote(over)}) do update set {instead}" if over else ""
    return f"insert into {quote(model._meta.db_table)} ({', '.join(names)}) values {places}{standing}"  # noqa: S608  names of our own tables and columns


def _add_as_one_value(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    columns = _columns(model)
    names = [(str(one.column), one.attname) for one in columns]
    sent = [{column: getattr(row, name) for column, name in names} for row in rows]
    quote = connection.ops.quote_name
    listed = ", ".join(quote(column) for column, _ in names)
    typed = ", ".join(f"{quote(str(one.column))} {one.db_type(connection)}" for one in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {quote(model._meta.db_table)} ({listed}) select {listed} from jsonb_to_recordset(%s::jsonb) as sent({typed})",  # noqa: S608  names of our own tables and columns
            [json.dumps(sent, default=_plain)],
        )


def _plain(value: Any) -> str:
    """A value as PostgreSQL reads it from text. Raises TypeError for what no table of ours holds."""
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    raise TypeError(f"{type(value).__name__} is not written to a table")
