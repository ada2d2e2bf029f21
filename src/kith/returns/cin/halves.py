"""A large, plain return cut in two between children, so that each processor can read one half."""

import mmap
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import cast

from kith.returns.cin.problems import Problem

SMALLEST = 2_000_000
"""Bytes below which two readers would take longer to begin than they save."""
_ID = re.compile(rb"<LAchildID>([^<]*)</LAchildID>")
_OTHER_ENCODING = re.compile(rb"encoding=.(?!utf-8|us-ascii|ascii)", re.IGNORECASE)
_BREAKS_OFF = frozenset(("malformed", "encoding", "too_long"))


@dataclass(frozen=True)
class Half:
    """One half of a return: the file's head, its children from one byte to another, and its tail, read as one file.

    `later` is how many lines further down the file its children stand than they seem to; `seen` the local ids among them that
    the other half has already.
    """

    path: Path
    spans: Sequence[tuple[int, int]]
    later: int
    head_lines: int
    seen: frozenset[str] = frozenset()

    def open(self) -> "HalfFile":
        """The half as a binary file."""
        return HalfFile(self)

    def placed(self, problem: Problem) -> Problem:
        """A problem with the line on which it stands in the whole file."""
        return (
            replace(problem, line=problem.line + self.later)
            if self.later and problem.line > self.head_lines
            else problem
        )


class HalfFile:
    """Reads the spans of a half one after the other."""

    def __init__(self, half: Half) -> None:
        self._file = half.path.open("rb")
        self._spans = list(half.spans)
        self._file.seek(self._spans[0][0])

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; empty at the end."""
        while self._spans:
            at, (_, last) = self._file.tell(), self._spans[0]
            if at < last:
                return self._file.read(last - at if size < 0 else min(size, last - at))
            self._spans.pop(0)
            if self._spans:
                self._file.seek(self._spans[0][0])
        return b""

    def __enter__(self) -> "HalfFile":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._file.close()


def halves(path: Path) -> tuple[Half, Half] | None:
    """The two halves of a return, or None where one reader is better: a small file, or one that is not quite plain.

    A plain file is UTF-8, and has no declarations, comments or instructions among its children.
    """
    if path.stat().st_size < SMALLEST:
        return None
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        data = cast(bytes, mapped)
        head, middle = data.find(b"<Child>"), data.find(b"<Child>", len(data) // 2)
        tail = data.rfind(b"</Child>") + len(b"</Child>")
        if head < 0 or middle <= head or tail < middle or not _is_plain(data, head):
            return None
        if data[data.rfind(b"</Child>", 0, middle) + len(b"</Child>") : middle].strip():
            return None
        twice = _ids(data, head, middle) & _ids(data, middle, tail)
        end, head_lines, later = len(data), _lines(data, 0, head), _lines(data, head, middle)
    first = Half(path, ((0, middle), (tail, end)), 0, head_lines)
    return first, Half(path, ((0, head), (middle, end)), later, head_lines, frozenset(twice))


def _ids(data: bytes, first: int, last: int) -> set[str]:
    return {one.strip().decode("utf-8", "replace") for one in _ID.findall(data, first, last)}


def _lines(data: bytes, first: int, last: int) -> int:
    step = 1 << 20
    return sum(data[at : min(at + step, last)].count(b"\n") for at in range(first, last, step))


def _is_plain(data: bytes, head: int) -> bool:
    start = data[:head]
    return not (_OTHER_ENCODING.search(start) or b"\0" in start or data.find(b"<!") >= 0 or data.find(b"<?", 2) >= 0)


def joined(first: Sequence[Problem], second: Sequence[Problem], head_lines: int) -> list[Problem] | None:
    """The problems of the file itself, of both halves; None where the halves cannot stand for the whole."""
    if any(problem.code in _BREAKS_OFF for problem in (*first, *second)):
        return None
    return [*first, *(problem for problem in second if problem.line > head_lines)]
