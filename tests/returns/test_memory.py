"""A return of any size is read in the memory of a small one, but for the ids that show a child is not given twice."""

import subprocess
import sys

from kith.demo.census import write

READ = """
import resource, sys
from kith.returns.cin import Census
with open(sys.argv[1], "rb") as file:
    census = Census(file)
    for child in census:
        pass
print(census.ledger.children_read, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def read_apart(path):
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    children, peak = done.stdout.split()
    return int(children), int(peak)


def test_ten_times_the_children_take_little_more_memory(tmp_path):
    small, large = tmp_path / "small.xml", tmp_path / "large.xml"
    write(small, 4_000, seed=5)
    write(large, 40_000, seed=5)
    assert large.stat().st_size > 9 * small.stat().st_size
    few, few_peak = read_apart(small)
    many, many_peak = read_apart(large)
    assert (few, many) == (4_000, 40_000)
    assert many_peak < few_peak * 1.5
