"""Two pieces of work at once, on two processors, where the machine has them."""

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

Answer = TypeVar("Answer")


def can_pair() -> bool:
    """Whether a second processor can take half of the work."""
    return len(os.sched_getaffinity(0)) > 1 if hasattr(os, "sched_getaffinity") and hasattr(os, "fork") else False


def side_by_side(first: Callable[[], Answer], second: Callable[[], Answer]) -> tuple[Answer, Answer]:
    """The answers of both, the second worked out in a process of its own. Raises RuntimeError if that process fails.

    The second answer is pickled on its way back, so it is plain data.
    """
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(second, there))
    process.start()
    there.close()
    try:
        one = first()
        other = here.recv()
    except EOFError:
        raise RuntimeError("the second reader stopped before it had answered") from None
    finally:
        here.close()
        process.join()
    if isinstance(other, BaseException):
        raise RuntimeError(str(other)) from other
    return one, other


def _answer(work: Callable[[], Answer], there: Connection) -> None:
    try:
        there.send(work())
    except Exception as error:
        there.send(error)
    finally:
        there.close()
