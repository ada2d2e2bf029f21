"""What placing a genogram of thirty people costs.

.venv/bin/python bench/people/measure.py
"""

import json
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "people"))

import families

from kith.people.genogram.layout import layout


def main() -> None:
    """Measures and tells, in milliseconds."""
    picture = families.cousins()
    layout(picture)
    times = []
    for _ in range(20):
        start = time.perf_counter()
        layout(picture)
        times.append(1000 * (time.perf_counter() - start))
    told = {"people": len(picture.members), "median": round(statistics.median(times), 1), "most": round(max(times), 1)}
    json.dump(told, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
