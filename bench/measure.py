"""What the engine costs, as ratios within one run: `python bench/measure.py [--full]`.

Every figure is the median of several runs of the same work, the two sides of a ratio taking turns, so that it holds when the
machine's speed drifts. `--full` adds the files of 100,000 and 400,000 children.
"""

import datetime as dt
import gc
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from kith.commands.asking import packs
from kith.demo import census, histories
from kith.rules.calendars import england_and_wales
from kith.rules.compiling import procedure
from kith.rules.event_files import histories_in_order, read_events
from kith.rules.history import as_known
from kith.rules.run import owed

CALENDAR = england_and_wales().calendar()
AS_AT = dt.date(2025, 3, 31).toordinal()
BARE = """
import sys
from xml.etree.ElementTree import iterparse
children = None
for event, element in iterparse(sys.argv[1], events=("start", "end")):
    if event == "start" and element.tag == "Children":
        children = element
    elif event == "end" and element.tag == "Child":
        children.clear()
"""


def turns(first: Callable[[], float], second: Callable[[], float], times: int = 5) -> tuple[float, float, float]:
    """The median of each side and the median of the ratio, taken in turn."""
    pairs = [(first(), second()) for _ in range(times)]
    return (
        statistics.median(one for one, _ in pairs),
        statistics.median(two for _, two in pairs),
        statistics.median(one / two for one, two in pairs),
    )


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes, with the garbage collector calm as the commands have it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    begun = time.perf_counter()
    work()
    took = time.perf_counter() - begun
    gc.unfreeze()
    return took


def working_days() -> None:
    """A million dates, 45 working days on: our table against NumPy given the same list."""
    random.seed(1)
    first, last = CALENDAR.covers_from, CALENDAR.covers_to - 120
    dates = [dt.date.fromordinal(random.randint(first, last)) for _ in range(1_000_000)]
    free = [dt.date.fromordinal(day) for day in CALENDAR.holidays]
    busdays = np.busdaycalendar(holidays=free)
    CALENDAR.add_to_all(dates[:10], 45)
    ours, theirs, ratio = turns(
        lambda: seconds(lambda: CALENDAR.add_to_all(dates, 45)),
        lambda: seconds(
            lambda: np.busday_offset(np.array(dates, "datetime64[D]"), 45, roll="backward", busdaycal=busdays)
        ),
    )
    print(f"working days, a million dates: ours {ours:.2f} s, NumPy {theirs:.2f} s, ratio {ratio:.2f}")


def event_files(children: int, times: int = 3) -> None:
    """Reading a file of events into Event objects, and computing every obligation from them."""
    made = procedure(packs(), "lincolnshire")
    rows = histories.histories(children, 2025, 7)
    reading = computing = 0.0
    events = obligations = 0
    for batch in _batches(rows, max(1, min(children, 2_000))):
        lines = [json.dumps(row) for row in batch]
        read, compute = [], []
        for _ in range(times if children <= 10_000 else 1):
            groups: list[list] = []
            read.append(
                seconds(
                    lambda lines=lines, groups=groups: groups.extend(
                        histories_in_order(read_events(lines, made.reader(), "bench"))
                    )
                )
            )
            found: list[int] = []
            compute.append(
                seconds(
                    lambda groups=groups, found=found: found.extend(
                        len(owed(made, as_known(group), AS_AT, CALENDAR)) for group in groups
                    )
                )
            )
        reading, computing = reading + statistics.median(read), computing + statistics.median(compute)
        events, obligations = events + len(lines), obligations + sum(found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"events of {children:,} children: {events:,} events, {obligations:,} obligations; reading {reading:.2f} s, computing "
        f"{computing:.2f} s, ratio {computing / reading:.2f}; {obligations / computing:,.0f} obligations a second, "
        f"{computing / events * 1e6:.1f} microseconds an event; {peak} MB"
    )  # fmt: skip


def _batches(rows: Iterator[dict], children: int) -> Iterator[list[dict]]:
    """Rows of so many children at a time."""
    batch: list[dict] = []
    seen: set[str] = set()
    for row in rows:
        if row["child"] not in seen and len(seen) == children:
            yield batch
            batch, seen = [], set()
        seen.add(row["child"])
        batch.append(row)
    yield batch


def returns(children: int, pack: str, times: int = 5) -> None:
    """`kith census due`, start-up included, against a bare standard-library streaming read of the same file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "return.xml"
        census.write(path, children, 2025, 7, 0.03)
        kith = [
            str(Path(sys.executable).with_name("kith")),
            "census",
            "due",
            str(path),
            "--pack",
            pack,
            "--as-at",
            "2025-03-31",
            "--format",
            "json",
        ]
        ours, bare, ratio = turns(
            lambda: _process(kith), lambda: _process([sys.executable, "-c", BARE, str(path)]), times
        )
        peak = _peak(kith)
        size = path.stat().st_size / 1e6
        print(
            f"return of {children:,} children under {pack} ({size:.0f} MB): kith {ours:.2f} s, bare read {bare:.2f} s, ratio {ratio:.2f}; {peak} MB at most"
        )


def _peak(command: list[str]) -> int:
    """The most memory, in MB, that any one process of a command held."""
    measured = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True, check=True); "
    measured += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    return int(
        subprocess.run([sys.executable, "-c", measured, *command], check=True, capture_output=True, text=True).stdout
    )


def _process(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    """Every measurement."""
    working_days()
    event_files(1)
    event_files(10_000)
    for pack in ("england", "lincolnshire"):
        returns(10_000, pack)
    if "--full" in sys.argv:
        event_files(100_000)
        event_files(400_000)
        returns(100_000, "lincolnshire", 1)
        returns(400_000, "lincolnshire", 1)


if __name__ == "__main__":
    main()
