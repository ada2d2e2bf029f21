"""Which authority a unit of work is for. Unset means that nothing is seen."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[uuid.UUID | None] = ContextVar("kith_authority", default=None)


class NoAuthority(RuntimeError):
    """Something asked for an authority's rows outside any unit of work."""


def current() -> uuid.UUID:
    """The authority of this unit of work. Raises NoAuthority outside one."""
    authority = _current.get()
    if authority is None:
        raise NoAuthority("rows of an authority are read and written inside units.of_work(authority)")
    return authority


def is_current(authority: uuid.UUID) -> bool:
    """Whether this unit of work is for that authority."""
    return _current.get() == authority


@contextmanager
def acting_for(authority: uuid.UUID) -> Iterator[None]:
    """Marks everything inside as done for one authority; `units.of_work` is the way in."""
    token = _current.set(authority)
    try:
        yield
    finally:
        _current.reset(token)
