"""Questions put into SQL once, and asked with other values each time.

Django puts a queryset into SQL each time it is asked, and that took more than half of a page's processor time: a worklist is one
question of two milliseconds, of which PostgreSQL needs a tenth. A `Question` is written as a queryset all the same, once, with a
place for each value; what it asks, and of which authority's rows alone, is what that queryset asks. Nothing that was answered is kept.
"""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Hashable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models, transaction
from django.db.models import ForeignObject, Lookup, Value

from kith.core import authorities

Answer = TypeVar("Answer")
AUTHORITY = "authority"
MOST = 500  # so many shapes of one question a process keeps in SQL


class Place(Value):
    """Where a value stands in a question: it is put there when the question is asked."""

    def __init__(self, value: str) -> None:
        super().__init__(value)

    def as_sql(self, _compiler: Any, _connection: Any) -> Any:
        """A parameter, which is this place itself until the question is asked."""
        return "%s", [self]


@models.Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):
    """`id__among=ids`: as `id__in=ids`, but one value however many they are, so that a question is the same for few and for many."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """PostgreSQL compares with an array, which is what it makes of `in` itself; SQLite reads a list of JSON."""
        lhs, params = self.process_lhs(compiler, connection)
        given = self.rhs if isinstance(self.rhs, Place) else sent(self.rhs)
        among = "= any(%s)" if connection.vendor == "postgresql" else "in (select value from json_each(%s))"
        return f"{lhs} {among}", [*params, given]


@dataclass(frozen=True)
class _Put:
    """A question in SQL: whatever of its parameters is a place is asked for by name."""

    queryset: Any
    compiler: Any
    sql: str
    params: Sequence[Any]
    places: Sequence[tuple[int, str]]
    locks: bool

    def with_values(self, values: dict[str, Any]) -> Any:
        """Django's compiler of this question, which has the SQL already."""
        params = list(self.params)
        for number, name in self.places:
            params[number] = sent(values[name])
        compiler = copy(self.compiler)
        compiler.connection, compiler.as_sql = connection, lambda *_args, **_kwargs: (self.sql, params)
        return compiler


class _Asked:
    """What Django's makers of rows want to know of a queryset and of its query, where the SQL is there already."""

    def __init__(self, put: _Put, compiler: Any) -> None:
        queryset, self._compiler, self._query = put.queryset, compiler, put.queryset.query
        self.db, self.query = queryset.db, self
        self._fields, self._known_related_objects = queryset._fields, queryset._known_related_objects

    def get_compiler(self, *_args: Any, **_kwargs: Any) -> Any:
        """The compiler that has the SQL."""
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


class Question(Generic[Answer]):
    """A question of the database. `queryset` gives it as Django would ask it: of the values given by name, none of them None; what
    is given by position makes it another question (whether there is a limit, by which ways somebody may see)."""

    def __init__(self, queryset: Callable[..., models.QuerySet[Any]]) -> None:
        self.queryset = queryset
        self._put: dict[Hashable, _Put | None] = {}

    def ask(self, *shape: Hashable, **values: Any) -> list[Answer]:
        """The answers: what a list of the queryset would hold."""
        key = (connection.vendor, shape, *values)
        if key not in self._put:
            if len(self._put) >= MOST:
                self._put.clear()
            self._put[key] = self._put_into_sql(shape, values)
        put = self._put[key]
        if put is None:
            return []
        if put.locks and not connection.in_atomic_block:
            raise transaction.TransactionManagementError("rows are locked inside a transaction")
        if any(name == AUTHORITY for _, name in put.places):
            values[AUTHORITY] = authorities.current()
        return list(put.queryset._iterable_class(_Asked(put, put.with_values(values))))

    def first(self, *shape: Hashable, **values: Any) -> Answer | None:
        """The first answer; None where there is none."""
        return next(iter(self.ask(*shape, **values)), None)

    def _put_into_sql(self, shape: Sequence[Hashable], names: Iterable[str]) -> _Put | None:
        anyones: Any = Place(AUTHORITY)  # stands where the authority of each asking will
        with authorities.acting_for(anyones):
            queryset = self.queryset(*shape, **{name: Place(name) for name in names})
            compiler = queryset.query.get_compiler(connection.alias)
            try:
                sql, params = compiler.as_sql()
            except EmptyResultSet:
                return None
        places = [(number, str(one.value)) for number, one in enumerate(params) if isinstance(one, Place)]
        return _Put(queryset, compiler, sql, params, places, queryset.query.select_for_update)


def sent(value: Any) -> Any:
    """A value as the database is sent it. Raises TypeError for None, which compares with nothing."""
    if value is None:
        raise TypeError("nothing is compared with None; ask the question that has no such value in it")
    if isinstance(value, list | tuple | set | frozenset):
        many = [sent(one) for one in value]
        return many if connection.vendor == "postgresql" else json.dumps(many)
    if connection.vendor == "postgresql":
        return value
    return _sent_to_sqlite(value)


def _sent_to_sqlite(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
