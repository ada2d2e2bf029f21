"""Units of work: every read and every write of an authority's rows happens in one.

On PostgreSQL a unit is a transaction that begins by saying which authority it is for, so that row-level security shows that
authority's rows and no other's; the setting ends with the transaction, and a pooled connection carries nothing on. On SQLite
reading needs no transaction, and writing begins IMMEDIATE, so that it waits for another writer instead of failing.
"""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

from kith.core import authorities

# What a unit of work has read of the record. None while it writes: what was read may no longer be so.
_read: ContextVar[dict[Any, Any] | None] = ContextVar("kith_read", default=None)


def read_before() -> dict[Any, Any]:
    """What was read of the record in this unit of work, to be read once: kept until the unit ends or anything is written in it."""
    found = _read.get()
    return {} if found is None else found


@contextmanager
def _reading(remembered: dict[Any, Any] | None) -> Iterator[None]:
    token = _read.set(remembered)
    try:
        yield
    finally:
        _read.reset(token)


@contextmanager
def of_work(authority: uuid.UUID, *, writing: bool = False) -> Iterator[None]:
    """Everything inside is done for one authority, in one transaction where it writes (and always on PostgreSQL)."""
    with authorities.acting_for(authority), _reading({}), ExitStack() as stack:
        if connection.vendor == "postgresql":
            stack.enter_context(_within(authority))
        elif writing:
            stack.enter_context(_one_transaction())
        yield


@contextmanager
def _within(authority: uuid.UUID) -> Iterator[None]:
    """PostgreSQL shows this authority's rows until the end; inside another unit, then that one's again."""
    before = _shown() if connection.in_atomic_block else None
    with transaction.atomic():
        _show(authority)
        yield
        if before is not None:
            _show(before)


def _shown() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('kith.authority', true)")
        return cursor.fetchone()[0] or ""


def _show(authority: uuid.UUID | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('kith.authority', %s, true)", [str(authority)])


@contextmanager
def inside(authority: uuid.UUID) -> Iterator[None]:
    """A unit of work for one authority, or the one there is already: for what is asked both in a page and around one."""
    if authorities.is_current(authority):
        yield
    else:
        with of_work(authority):
            yield


@contextmanager
def write() -> Iterator[None]:
    """One transaction that writes; inside another it is part of that one."""
    before = _read.get()
    with _reading(None), _one_transaction():
        yield
    if before is not None:
        before.clear()


@contextmanager
def beside_reading() -> Iterator[None]:
    """A transaction for what is written because something was read, such as who looked: nothing that was read changes by it."""
    if connection.in_atomic_block:
        yield
    else:
        with _one_transaction():
            yield


@contextmanager
def _one_transaction() -> Iterator[None]:
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        sqlite: Any = connection  # only SQLite's connection knows how a transaction begins, and only once it is open
        sqlite.ensure_connection()
        before, sqlite.transaction_mode = sqlite.transaction_mode, "IMMEDIATE"
        try:
            with transaction.atomic():
                yield
        finally:
            sqlite.transaction_mode = before
    else:
        with transaction.atomic():
            yield
