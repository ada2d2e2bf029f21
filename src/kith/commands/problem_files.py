"""What a return had wrong, as a file that can be worked through."""

import csv
from collections.abc import Sequence
from pathlib import Path

from kith.returns.cin import Problem


def write_problems(path: Path, problems: Sequence[Problem]) -> None:
    """Writes every problem to a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("line", "child", "field", "code", "what is wrong"))
        writer.writerows((one.line, one.child, one.field, one.code, one.message) for one in problems)
