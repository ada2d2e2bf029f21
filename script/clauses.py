"""Prints what is proved: the clauses of every register against the tests that are marked with them."""

import contextlib
import io
import sys
from collections import Counter

import pytest

from kith.rules.check_sources import is_timescale
from kith.rules.shipped import library, registers


class Marked:
    """Gathers the tests marked `clause`, by clause."""

    def __init__(self) -> None:
        self.proof: dict[str, list[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            for mark in item.iter_markers("clause"):
                for clause in mark.args:
                    self.proof.setdefault(clause, []).append(item.nodeid)


def mapped() -> dict[str, tuple[str, object]]:
    """How each clause is mapped: coded_as, planned or not_coded, and with what."""
    shelf = library()
    return {
        clause: next(iter(row.items()))
        for folder in shelf.folders()
        for source in shelf.document(folder)["sources"]
        for clause, row in source.get("clauses", {}).items()
    }


def main() -> int:
    marked = Marked()
    with contextlib.redirect_stdout(io.StringIO()):
        failed = pytest.main(
            ["--collect-only", "-q", "-p", "no:randomly", "--strict-markers", "tests"], plugins=[marked]
        )
    if failed:
        print("the tests cannot be collected; run script/test", file=sys.stderr)
        return 2
    rows, unproved = mapped(), []
    known = {clause for register in registers().values() for clause in register}
    print(
        f"{'register':10}{'clauses':>8}{'proved':>8}{'coded, not proved':>19}{'planned':>9}{'not coded':>11}{'timescales proved':>19}"
    )
    for prefix, register in registers().items():
        count: Counter[str] = Counter()
        for clause, said in register.items():
            how, what = rows[clause]
            proved = clause in marked.proof
            count["proved" if proved else how] += 1
            if is_timescale(said):
                count["times"] += 1
                count["times proved"] += proved
                unproved += [] if proved else [clause]
            if "--all" in sys.argv:
                said_of = (
                    f"{len(marked.proof[clause])} tests, the first {marked.proof[clause][0].partition('[')[2].rstrip(']')}"
                    if proved
                    else f"{how}: {what}"
                )
                print(f"  {clause}  {said_of}")
        times = f"{count['times proved']} of {count['times']}"
        print(
            f"{prefix:10}{len(register):>8}{count['proved']:>8}{count['coded_as']:>19}{count['planned']:>9}{count['not_coded']:>11}{times:>19}"
        )
    unknown = sorted(set(marked.proof) - known)
    for clause in unknown:
        print(f"{clause} is marked but is in no register: {marked.proof[clause][0]}")
    for clause in unproved:
        print(f"{clause} sets a time and no test proves it")
    return 1 if unproved or unknown else 0


if __name__ == "__main__":
    sys.exit(main())
