"""What is due in each council of the demonstration, as a small table of text."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator

from kith.access.models import Practitioner
from kith.core import authority, clock, units
from kith.core.models import Authority
from kith.obligations.models import Owed
from kith.obligations.selectors import open_rows

STATES = ("overdue", "today", "in a week", "later", "no day")
WHOLE = "the whole council"


def state(due: dt.date | None, today: dt.date) -> str:
    """Which column of the table a row falls in."""
    if due is None:
        return "no day"
    if due < today:
        return "overdue"
    if due == today:
        return "today"
    return "in a week" if due <= today + dt.timedelta(days=7) else "later"


def counted(one: Authority) -> dict[str, Counter[str]]:
    """How many open rows fall in each column: for the whole council, for each role, and for each worker by name."""
    today = clock.today()
    with units.of_work(one.id):
        names = dict(Practitioner.objects.filter(authority=one.id).values_list("id", "name"))
        found: dict[str, Counter[str]] = {WHOLE: Counter()}
        for row in open_rows().order_by():
            found[WHOLE][state(row.due_on, today)] += 1
            found.setdefault(_whose(row, names), Counter())[state(row.due_on, today)] += 1
    return found


def _whose(row: Owed, names: dict[uuid.UUID, str]) -> str:
    name = names.get(row.holder, "") if row.holder else ""
    return name or row.role.replace("_", " ")


def lines() -> Iterator[str]:
    """The table, a council after another."""
    for one in authority.every():
        yield f"{one.name:34}" + "".join(f"{name:>11}" for name in STATES)
        for who, states in sorted(counted(one).items(), key=lambda item: (item[0] != WHOLE, -sum(item[1].values()))):
            yield f"  {who:32}" + "".join(f"{states[name]:>11}" for name in STATES)
