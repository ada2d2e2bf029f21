"""A history that grows at its end is judged from where it was left. The run through its long past is kept, and a copy of it goes on."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from kith.rules.calendars import Calendar
from kith.rules.events import Event
from kith.rules.evidence import Evidence
from kith.rules.obligation import Obligation
from kith.rules.procedure import Procedure
from kith.rules.run import Run, happened

RECENT = 28
"""Days up to the day asked about in which most of what is recorded happened: the run that is kept stops before them."""
WORTH_KEEPING = 200
"""Events: copying the run through fewer costs about what going through them anew does."""


@dataclass(frozen=True)
class Past:
    """A run that has gone through the first days of a history and is left there: only copies of it go on."""

    events: Sequence[Event]
    run: Run

    def begins(self, events: Sequence[Event], run: Run) -> bool:
        """Whether another run (`run`, not begun) through these events would have come to the same place: the same rules, and
        to the end of its last day the very same events."""
        mine, length = self.run, len(self.events)
        return (
            (mine.procedure, mine.evidence, mine.state.calendar) == (run.procedure, run.evidence, run.state.calendar)
            and len(events) >= length
            and all(map(same, self.events, events))
            and (len(events) == length or events[length].day > self.events[-1].day)
        )


def same(one: Event, other: Event) -> bool:
    """Whether two events say the same in every respect."""
    return one is other or all(getattr(one, slot) == getattr(other, slot) for slot in Event.__slots__)


def owed_after(
    past: Past | None, procedure: Procedure, events: Iterable[Event], as_at: int, calendar: Calendar, evidence: Evidence | None = None
) -> tuple[list[Obligation], Past | None]:  # fmt: skip
    """What `run.owed` says of a history, and what to keep for the next time. `past` is what was kept before: whatever it is, the
    answer is the same, for it is used only where this history begins as that one did."""
    history = happened(procedure, events, as_at)
    run = Run(procedure, calendar, evidence)
    if past is not None and not past.begins(history, run):
        past = None
    gone = 0 if past is None else len(past.events)
    settled = bisect_right(history, as_at - RECENT, key=attrgetter("day"))
    if settled - gone >= WORTH_KEEPING:
        run = run if past is None else past.run.copied()
        run.through(history[gone:settled])
        for one in run.book.every:
            one.know_id()
        past, gone = Past(history[:settled], run), settled
    if past is not None:
        run = past.run.copied()
    run.through(history[gone:])
    return run.finish(as_at), past
