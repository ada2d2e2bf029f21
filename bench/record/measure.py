"""What recording one event costs, for a child with 100, 1,000 and 10,000 events, against inserting one bare row.

    .venv/bin/python bench/record/measure.py

The database is that of DATABASE_URL, a demonstration; it makes an authority of its own there. Recording includes the audit entry, the
chain, and every row and obligation derived from the event, in one transaction.
"""

import datetime as dt
import json
import os
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from kith.core import clock, ids, units  # noqa: E402
from kith.core.authority import make  # noqa: E402
from kith.record import actions  # noqa: E402
from kith.record.fact import Fact  # noqa: E402

SIZES, TIMES = (100, 1_000, 10_000), 15


def a_child(events: int):
    """A child in need with that many visits behind them, one every few hours."""
    child, first = ids.new(), clock.now() - dt.timedelta(hours=events * 4 + 48)
    facts = [
        Fact(kind="child.registered", about={"child": child, "family": ids.new()}, when=first.date(), coded={"date_of_birth": "2018-03-04"}),
        Fact(kind="plan.started/child_in_need", about={"child": child, "plan": ids.new()}, when=first.date()),
    ]  # fmt: skip
    facts += [visit(child, first + dt.timedelta(hours=24 + 4 * number)) for number in range(events - 2)]
    with units.write():
        actions.append(*facts, by=None)
    return child


def visit(child, when):
    """One visit at which the child was seen."""
    return Fact(
        kind="visit.made",
        about={"child": child, "visit": ids.new()},
        when=when,
        coded={"seen": True},
        words={"what_i_saw": "Measured."},
    )


def milliseconds(act, times: int = TIMES) -> float:
    """The median time of an act."""
    told = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        told.append(time.perf_counter() - start)
    return round(1000 * statistics.median(told), 1)


def main() -> None:
    """Measures and tells."""
    one = make("depth", "Depth", "lincolnshire")
    with connection.cursor() as cursor:
        cursor.execute("create temporary table if not exists bare (id uuid primary key, at timestamptz, said text)")

    def bare():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "insert into bare values (%s, %s, %s)", [str(ids.new()), clock.now().isoformat(), "Measured."]
            )

    told = {"bare insert": milliseconds(bare, 200)}
    for size in SIZES:
        with units.of_work(one.id, writing=True):
            child = a_child(size)

        def record(child=child):
            with units.of_work(one.id, writing=True):
                actions.append(visit(child, clock.now() - dt.timedelta(minutes=1)), by=None)

        record()
        told[f"{size:,} events"] = milliseconds(record)
    json.dump(told | {"ratio at 100": round(told["100 events"] / told["bare insert"], 1)}, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
