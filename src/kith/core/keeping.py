"""What a server process keeps between requests: bounded, of one authority's each, and only what was committed.

Nothing here may be needed: whatever is kept can be forgotten at any moment, and the same is then read or worked out again. So what
is kept is never asked whether it still holds; whoever asks for it first learns from the database what holds, and then uses of what
is kept only what that names.
"""

import uuid
from collections import OrderedDict
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import transaction

from kith.core import authorities

Thing = TypeVar("Thing")
_every: list["Kept[Any]"] = []


class Kept(Generic[Thing]):
    """Things by a key of the current authority; those not asked for longest go first when more than `limit` are held in all.

    How much a thing counts for is told when it is kept.
    """

    def __init__(self, limit: int) -> None:
        self.limit, self._held = limit, 0
        self._things: OrderedDict[tuple[uuid.UUID, Any], tuple[Thing, int]] = OrderedDict()
        self._lock = Lock()
        _every.append(self)

    def get(self, key: Any) -> Thing | None:
        """What is kept under a key; None where nothing is."""
        whole = (authorities.current(), key)
        with self._lock:
            found = self._things.get(whole)
            if found is None:
                return None
            self._things.move_to_end(whole)
            return found[0]

    def keep_once_committed(self, key: Any, thing: Thing, counts: int) -> None:
        """Keeps a thing when the transaction that is under way has been committed, and not at all when it is taken back."""
        whole = (authorities.current(), key)
        transaction.on_commit(lambda: self._keep(whole, thing, counts))

    def _keep(self, whole: tuple[uuid.UUID, Any], thing: Thing, counts: int) -> None:
        with self._lock:
            _, before = self._things.pop(whole, (None, 0))
            self._held -= before
            if counts > self.limit:
                return
            self._things[whole] = (thing, counts)
            self._held += counts
            while self._held > self.limit:
                _, (_, gone) = self._things.popitem(last=False)
                self._held -= gone

    def forget(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._things.clear()
            self._held = 0


def forget_everything() -> None:
    """Forgets whatever is kept, of every kind: something was changed in the database by hand."""
    for one in _every:
        one.forget()
