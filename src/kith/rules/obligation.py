"""An obligation: one duty owed for one set of names because of one event, and the word for how it stands on a day."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from kith.rules.days import end_of_day, iso, london
from kith.rules.durations import Period
from kith.rules.duty import Base, Deadline, Duty
from kith.rules.events import Heard

NAMESPACE = uuid.UUID("6b697468-6f62-6c69-8761-74696f6e7300")

UPCOMING, DUE, OVERDUE = "upcoming", "due", "overdue"
MET, MET_LATE = "met", "met late"
FELL_AWAY, MISSED = "fell away", "missed"
CANNOT_BE_MET, CANNOT_TELL = "cannot be met", "cannot tell"
STATES = (UPCOMING, DUE, OVERDUE, MET, MET_LATE, FELL_AWAY, MISSED, CANNOT_BE_MET, CANNOT_TELL)
OPEN = frozenset((UPCOMING, DUE, OVERDUE, CANNOT_BE_MET))


class Obligation:
    """What is owed, and everything its reasons need: kept as references, put into words only when asked.

    `holder` is whoever holds the owing role on the day asked about, `closed_day` the day it was met or ended, `due` is the due day and `due_at` the due moment of an hour clock; `dated` is the day it was counted back from.
    """

    # Defaults stand on the class: most obligations use few of them, and a return makes millions of obligations.
    recorded: tuple[int, int, str]
    starts: Sequence[tuple[Heard, Deadline]] = ()
    due: int | None = None
    due_at: int | None = None
    dated: int | None = None
    problem = ""
    cannot = False
    met: Heard | None = None
    met_day: int | None = None
    met_at: int | None = None
    ended: Heard | None = None
    ended_day: int | None = None
    ended_how = ""
    closed_day: int | None = None
    extensions: Sequence[tuple[Heard, int | None, int]] = ()
    moves: Sequence[tuple[Heard, int | None, int | None]] = ()
    near: Sequence[tuple[Heard, Mapping[str, Any]]] = ()
    unsure: Sequence[tuple[Heard, Mapping[str, Any]]] = ()
    unseen: int | None = None
    counted = 0
    done = 0
    children: tuple[str, ...] = ()
    active_from = 0
    holder: str | None = None
    interval: Period | None = None
    series: Any = None
    known_id: tuple[str, uuid.UUID] | None = None

    def __init__(self, duty: Duty, names: tuple[str, ...], start: Heard, from_id: str, base: Base) -> None:
        self.duty, self.names, self.start, self.from_id, self.base = duty, names, start, from_id, base
        self.about = start.names
        self.rule = duty.due

    @property
    def id(self) -> uuid.UUID:
        """The permanent id: the duty, its names and the event it counts from. The pack's version is no part of it."""
        return self.know_id()

    def know_id(self) -> uuid.UUID:
        """Its id, which it then knows, and every copy of it."""
        known = self.known_id
        if known is None or known[0] != self.from_id:
            known = self.known_id = (self.from_id, uuid.uuid5(NAMESPACE, self.key))
        return known[1]

    def copied(self) -> "Obligation":
        """Another that stands as this one does. What it holds is replaced and never changed in place, so both may share it."""
        other = Obligation.__new__(Obligation)
        other.__dict__.update(self.__dict__)
        return other

    @property
    def identity(self) -> tuple[str, tuple[str, ...], str]:
        """The identity as a key: the duty, its names and the event it counts from."""
        return (self.duty.id, self.names, self.from_id)

    @property
    def key(self) -> str:
        """The identity as text."""
        return "|".join(
            (self.duty.id, *(f"{n}={i}" for n, i in zip(self.duty.per, self.names, strict=True)), self.from_id)
        )

    def first_recorded(self) -> tuple[int, int, str]:
        """The place in the order of recording of the start it is known by."""
        return getattr(self, "recorded", None) or recorded(self.start)

    def without(self, child: str) -> bool:
        """Whether it is about nobody once this child is taken away."""
        self.children = tuple(one for one in self.children if one != child)
        return not self.children

    def also_for(self, child: str | None) -> None:
        """Notes one more child it is owed for."""
        if child is not None and child not in self.children:
            self.children = (*self.children, child)

    def set(self, deadline: Deadline) -> None:
        """Takes a deadline."""
        self.due, self.due_at, self.dated, self.problem = deadline

    @property
    def closed(self) -> bool:
        """Whether it was met or has ended."""
        return self.closed_day is not None

    def in_time(self, day: int, at: int | None) -> bool:
        """Whether something done on a day (at a moment) is in time."""
        if self.due_at is not None:
            return (end_of_day(day) if at is None else at) <= self.due_at
        return self.due is None or day <= self.due

    @property
    def progress(self) -> str | None:
        """How far a quota has come: `1 of 6, needs 2`."""
        return None if self.duty.quota is None else f"{self.done} of {self.counted}, needs {self.needed}"

    @property
    def needed(self) -> int:
        """How many of those counted a quota needs, rounded up."""
        quota = self.duty.quota
        return 0 if quota is None else -(-self.counted * quota.percent // 100)

    def state(self, as_at: int) -> str:
        """The word for how it stands at the end of a day (an ordinal)."""
        if self.met is not None and (self.met_day or 0) <= as_at:
            return MET if self.in_time(self.met_day or 0, self.met_at) else MET_LATE
        if self.ended_day is not None:
            return self._ended_state()
        if self.is_unseen or self.problem or self.unsure:
            return CANNOT_TELL
        if self.due is None:
            return UPCOMING
        if self.dated is not None and as_at > self.dated:
            return MISSED
        if self.cannot and self.dated is not None and as_at < self.dated:
            return CANNOT_BE_MET
        if as_at == self.due:
            return DUE
        return UPCOMING if as_at < self.due else OVERDUE

    @property
    def is_unseen(self) -> bool:
        """Whether its source could not show that it was met: met by kinds it does not hold, or not yet from that day."""
        return self.unseen is not None

    def _ended_state(self) -> str:
        if self.ended_how == "unseen" or (self.ended_how == "quota" and self.is_unseen):
            return CANNOT_TELL
        if self.ended_how == "quota":
            return MET if self.done >= self.needed else MISSED
        if self.ended_how in ("silent", "cancelled"):
            return FELL_AWAY
        late = self.ended_how == "by" or (self.due is not None and (self.ended_day or 0) > self.due)
        if not late:
            return FELL_AWAY
        return CANNOT_TELL if self.is_unseen or self.unsure else MISSED

    @property
    def due_text(self) -> str | None:
        """The due day as text, `2025-04-29`; an hour clock adds the London time, `2025-04-29 17:30`."""
        if self.due_at is not None:
            return f"{london(self.due_at):%Y-%m-%d %H:%M}"
        return None if self.due is None else iso(self.due)

    def named(self) -> dict[str, str]:
        """Its names and ids: `{child: C1, plan: P1}`."""
        return dict(zip(self.duty.per, self.names, strict=True))

    def __repr__(self) -> str:
        return f"<{self.key} due {self.due_text}>"


def recorded(heard: Heard) -> tuple[int, int, str]:
    """The place of an event in the order of recording."""
    return (heard.event.known, heard.event.sequence, heard.event.id)
