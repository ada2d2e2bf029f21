"""Questions put into SQL once, and asked with other values each time.

Django puts a queryset into SQL each time it is asked, and that took more than half of a page's processor time: a worklist is one
question of two milliseconds, of which PostgreSQL needs a tenth. A `Question` is written as a queryset all the same, once, with a
place for each value; what it asks, and of which authority's rows alone, is what that queryset asks. Nothing that was answered is kept.
"""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models import ForeignObject, Lookup, Value
from django.db.models.fields.json import KeyTransform
from django.db.models.sql import Query
from django.db.models.sql.where import AND, WhereNode

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
    """`id__among=ids`: as `id__in=ids`, but one value however many they are, so that a question is the same for few and for many.
    With a queryset of one column, what that finds."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """PostgreSQL compares with an array, which is what it makes of `in` itself; SQLite reads a list of JSON."""
        lhs, params = self.process_lhs(compiler, connection)
        if isinstance(self.rhs, Query):
            # As an array it is answered first, whatever the database knows of how many rows there are; inside the question it may be
            # asked again for every row.
            inner, more = compiler.compile(self.rhs)
            how = f"= any(array{inner})" if connection.vendor == "postgresql" else f"in {inner}"
            return f"{lhs} {how}", [*params, *more]
        given = self.rhs if isinstance(self.rhs, Place) else sent(self.rhs, connection.vendor)
        if connection.vendor == "postgresql":
            return f"{lhs} = any(%s::{self.lhs.output_field.db_type(connection)}[])", [*params, given]
        return f"{lhs} in (select value from json_each(%s))", [*params, given]  # noqa: S608  a column of ours


@dataclass(frozen=True)
class _Put:
    """A question in SQL: whatever of its parameters is a place is asked for by name; how a value of each column is read, where it is
    not as the database gives it."""

    queryset: Any
    compiler: Any
    sql: str
    params: Sequence[Any]
    places: Sequence[tuple[int, str]]
    readers: Sequence[tuple[int, Callable[[Any], Any]]]
    of_authority: bool
    locks: bool
    needed: Sequence[str]

    def read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """A row as Django reads it."""
        read = list(row)
        for number, reader in self.readers:
            read[number] = reader(read[number])
        return tuple(read)

    def rows(self, values: dict[str, Any], asked: Any) -> Any:
        """The rows, with these values in their places."""
        params, vendor = list(self.params), asked.vendor
        for number, name in self.places:
            params[number] = sent(values[name], vendor)
        with asked.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return map(self.read, rows) if self.readers else iter(rows)


class _Answered:
    """What Django's makers of rows want to know of a queryset, of its query and of its compiler, where the rows are there already."""

    def __init__(self, put: _Put, rows: Any) -> None:
        queryset, self._rows, self._compiler = put.queryset, rows, put.compiler
        self.db, self.query = queryset.db, self
        self._fields, self._known_related_objects = queryset._fields, queryset._known_related_objects

    def get_compiler(self, *_args: Any, **_kwargs: Any) -> "_Answered":
        """What has the rows."""
        return self

    def execute_sql(self, *_args: Any, **_kwargs: Any) -> None:
        """It was."""

    def results_iter(self, *_args: Any, **_kwargs: Any) -> Any:
        """The rows."""
        return self._rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiler if name in _OF_COMPILER else self._compiler.query, name)


_OF_COMPILER = frozenset(("select", "klass_info", "annotation_col_map"))


class Question(Generic[Answer]):
    """A question of the database. `queryset` gives it as Django would ask it: of the values given by name, none of them None; what
    is given by position makes it another question (whether there is a limit, by which ways somebody may see)."""

    def __init__(self, queryset: Callable[..., models.QuerySet[Any]]) -> None:
        self.queryset = queryset
        self._put: dict[Hashable, _Put | None] = {}

    def ask(self, *shape: Hashable, **values: Any) -> list[Answer]:
        """The answers: what a list of the queryset would hold."""
        asked = connections[DEFAULT_DB_ALIAS]
        key = (asked.vendor, shape, *values)
        if key not in self._put:
            if len(self._put) >= MOST:
                self._put.clear()
            self._put[key] = self._put_into_sql(shape, values)
        put = self._put[key]
        if put is None or not all(values[name] for name in put.needed):
            return []
        if put.locks and not asked.in_atomic_block:
            raise transaction.TransactionManagementError("rows are locked inside a transaction")
        if put.of_authority:
            values[AUTHORITY] = authorities.current()
        return list(put.queryset._iterable_class(_Answered(put, put.rows(values, asked))))

    def first(self, *shape: Hashable, **values: Any) -> Answer | None:
        """The first answer; None where there is none."""
        return next(iter(self.ask(*shape, **values)), None)

    def _put_into_sql(self, shape: Sequence[Hashable], names: Iterable[str]) -> _Put | None:
        anyones: Any = Place(AUTHORITY)  # stands where the authority of each asking will
        with authorities.acting_for(anyones):
            queryset = self.queryset(*shape, **{name: Place(name) for name in names})
            compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
            try:
                sql, params = compiler.as_sql()
            except EmptyResultSet:
                return None
        places = [(number, str(one.value)) for number, one in enumerate(params) if isinstance(one, Place)]
        of_authority = any(name == AUTHORITY for _, name in places)
        readers, locks = _readers(compiler), queryset.query.select_for_update
        needed = list(_needed(queryset.query.where))
        return _Put(queryset, compiler, sql, params, places, readers, of_authority, locks, needed)


def _needed(where: Any) -> Iterator[str]:
    """The places of lists of which whatever is found must be: where such a list is empty, nothing is asked."""
    if where.negated or (where.connector != AND and len(where.children) > 1):
        return
    for one in where.children:
        if isinstance(one, WhereNode):
            yield from _needed(one)
        elif isinstance(one, Among) and isinstance(one.rhs, Place):
            yield str(one.rhs.value)


def _readers(compiler: Any) -> list[tuple[int, Callable[[Any], Any]]]:
    converters = compiler.get_converters([one[0] for one in compiler.select[: compiler.col_count]])
    return [(number, _reader(several, expression)) for number, (several, expression) in sorted(converters.items())]


def _reader(several: Sequence[Callable[..., Any]], expression: Any) -> Callable[[Any], Any]:
    if (
        len(several) == 1
        and getattr(several[0], "__func__", None) is models.JSONField.from_db_value
        and not isinstance(expression, KeyTransform)
    ):
        return _read_json

    def read(value: Any) -> Any:
        for one in several:
            value = one(value, expression, connection)
        return value

    return read


_decoder: Any = json.JSONDecoder()
_scan = _decoder.scan_once


def _read_json(text: Any) -> Any:
    """What a column of JSON says, as the field reads it: all of these are written by a database or by us, and begin at once."""
    if text is None:
        return None
    try:
        return _scan(text, 0)[0]
    except (StopIteration, TypeError):
        return json.loads(text)


def sent(value: Any, vendor: str) -> Any:
    """A value as the database is sent it. Raises TypeError for None, which compares with nothing."""
    if value is None:
        raise TypeError("nothing is compared with None; ask the question that has no such value in it")
    if isinstance(value, frozenset):
        return _sent_again(value, vendor)
    if isinstance(value, list | tuple | set):
        return _many(value, vendor)
    return value if vendor == "postgresql" else _sent_to_sqlite(value)


@lru_cache(maxsize=1000)
def _sent_again(values: frozenset[Any], vendor: str) -> str:
    return _many(values, vendor)


def _many(values: Iterable[Any], vendor: str) -> str:
    """Many values as one: what psycopg makes of a list too, at a tenth of the cost. None among them is passed over, as `in` does."""
    values = [one for one in values if one is not None]
    if vendor == "postgresql":
        return "{" + ",".join([str(one) if type(one) is uuid.UUID else _quoted(one) for one in values]) + "}"
    return json.dumps([_sent_to_sqlite(one) for one in values])


def _quoted(value: Any) -> str:
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _sent_to_sqlite(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
