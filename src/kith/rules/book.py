"""The book of one history: every obligation, found by the names that must agree."""

from collections.abc import Iterator, Sequence

from kith.rules.duty import Clause, Due, Duty
from kith.rules.earlier import Earlier, Names, shares_names
from kith.rules.events import Heard
from kith.rules.obligation import Obligation
from kith.rules.series import Enter, Series, copy_of
from kith.rules.state import Key, State, agrees, key_reader

Identity = tuple[str, Names, str]


class Standing:
    """A start whose duty is owed by every member of a group, kept for those who join later."""

    __slots__ = ("clause", "duty", "start", "stopped")

    def __init__(self, duty: Duty, clause: Clause, start: Heard) -> None:
        self.duty, self.clause, self.start, self.stopped = duty, clause, start, False

    def copied(self) -> "Standing":
        """Another that stands as this one does."""
        other = Standing(self.duty, self.clause, self.start)
        other.stopped = self.stopped
        return other

    def lose(self, child: str) -> None:
        """The child it was for is gone."""
        self.stopped = self.stopped or self.start.names.get("child") == child


class Book:
    """What has been owed so far in one history."""

    def __init__(self) -> None:
        self.every: list[Obligation] = []
        self.slots: dict[tuple[str, Names], list[Obligation]] = {}
        self.series: dict[tuple[str, Names], Series] = {}
        self.standing: list[Standing] = []
        self.waiters: list[Series] = []
        self.more_today = False
        self._keys: dict[Identity, Obligation] = {}
        self._later: dict[Identity, Obligation] = {}
        self.owed: dict[Duty, list[Obligation]] = {}
        self._watching: dict[tuple[str, Key], list[Obligation]] = {}
        self.earlier = Earlier()

    def add(self, obligation: Obligation) -> bool:
        """Enters an obligation; False when it is already there, and then the child is noted on the one that is."""
        key = obligation.identity
        child = obligation.about.get("child")
        keys = self._later if obligation.active_from else self._keys
        there = keys.get(key)
        if there is not None:
            there.also_for(child)
            return False
        keys[key] = obligation
        if child is not None:
            obligation.children = (child,)
        self.every.append(obligation)
        listed = self.owed.get(obligation.duty)
        if listed is None:
            self.owed[obligation.duty] = [obligation]
        else:
            listed.append(obligation)
        return True

    def renamed(self, obligation: Obligation, from_id: str) -> None:
        """A start recorded earlier has joined: the obligation is known by that one."""
        keys = self._later if obligation.active_from else self._keys
        keys.pop(obligation.identity, None)
        obligation.from_id = from_id
        keys[obligation.identity] = obligation

    def has_ended(self, duty: Duty, names: Names, from_id: str) -> bool:
        """Whether this was owed already and has ended."""
        there = self._keys.get((duty.id, names, from_id))
        return there is not None and there.ended_day is not None

    def of(self, duty: Duty) -> list[Obligation]:
        """The obligations of a duty, but for those found closed on an earlier day."""
        return self.owed.get(duty, [])

    def candidates(self, duty: Duty, same: Sequence[str], ids: Sequence[str | None], day: int) -> list[Obligation]:
        """The obligations of a duty with these names that are open, or were closed on this very day."""
        listed = self.owed.get(duty)
        if listed is None:
            return []
        live = [one for one in listed if one.closed_day is None or one.closed_day == day]
        if len(live) < len(listed):
            self.owed[duty] = live
        if len(same) == 1:
            name, wanted = same[0], ids[0]
            return [one for one in live if one.about.get(name) == wanted]
        return [one for one in live if agrees(one.about, same, ids)]

    def ended_by(self, duty: Duty, clause: Clause | None, heard: Heard) -> list[Obligation]:
        """The obligations an ending touches: it need carry only some of the names."""
        if duty not in self.owed:
            return []
        named = clause.same if clause is not None and clause.same else duty.per
        same = [name for name in named if name in heard.names]
        if same:
            return self.candidates(duty, same, [heard.names[name] for name in same], heard.event.day)
        return [one for one in self.of(duty) if not one.closed and self._whole(one, heard)]

    def _whole(self, obligation: Obligation, heard: Heard) -> bool:
        """Whether an event that names none of a duty's own names ends it: for each child of the start, or the family."""
        child = heard.names.get("child")
        if child is not None and obligation.children:
            return obligation.without(child)
        family = heard.names.get("family")
        return child is None and family is not None and obligation.about.get("family") == family

    def owed_anew(self, duty: Duty, _what: None, heard: Heard) -> None:
        """Forgets what was owed once, for the names the event gives: a new start is owed anew."""
        for key in [key for key in self.slots if key[0] == duty.id and shares_names(duty.per, key[1], heard)]:
            del self.slots[key]

    # Dates that move

    def watch(self, obligation: Obligation, rule: Due, heard: Heard) -> None:
        """Keeps an obligation with the dates that may move it."""
        for fact in rule.facts:
            key = key_reader(fact.per)(heard.names)
            if key is not None:
                self._watching.setdefault((fact.id, key), []).append(obligation)

    def watching(self, fact: str, key: Key) -> list[Obligation]:
        """The obligations that a date moves."""
        return self._watching.get((fact, key), [])

    # Repeating duties

    def may_wait(self, series: Series) -> None:
        """Keeps a series that a day going by can change."""
        if series.waits and series not in self.waiters:
            self.waiters.append(series)

    def waiting(self) -> list[Series]:
        """The series that a day going by can change."""
        return [series for series in self.waiters if series.waits]

    def phase_ends(self, duty: Duty, kind: str, heard: Heard) -> None:
        """An event that ends a phase happened, perhaps not for the first time."""
        for series in self.series_of(duty, heard):
            series.first_happened(kind, heard.event.day)

    def series_of(self, duty: Duty, heard: Heard) -> list[Series]:
        """The running series of a duty that the event agrees with, on every name it carries."""
        return [
            series
            for (duty_id, names), series in self.series.items()
            if duty_id == duty.id and not series.closed and series.duty is duty and shares_names(duty.per, names, heard)
        ]

    # The answer

    def child_gone(self, child: str, heard: Heard) -> None:
        """The child is gone: no series goes on for them, and nobody who joins later owes anything."""
        kind = heard.event.kind
        touched: list[Standing | Series] = [*self.standing, *self.series.values()]
        for one in touched:
            if kind not in one.duty.goes_on_after and one.start.event is not heard.event:
                one.lose(child)

    def months_end(self, duty: Duty, clause: Clause, heard: Heard) -> None:
        """A series of calendar months ends, whether or not one of its months is open."""
        same = [name for name in clause.same or duty.per if name in heard.names]
        for whole in ("child", "family"):
            same = same or [name for name in (whole,) if name in heard.names]
        ids = [heard.names[name] for name in same]
        for series in self.series.values():
            if series.duty is duty and series.start.event is not heard.event:
                if same == ["child"]:
                    series.lose(ids[0])
                elif same and agrees(series.start.names, same, ids):
                    series.closed = True

    def stop_standing(self, duty: Duty, clause: Clause, heard: Heard) -> None:
        """A duty owed by every member of a group has ended: who joins later owes nothing."""
        for standing in self.standing:
            if standing.duty is duty and standing.start.event is not heard.event:
                shared = [n for n in (clause.same or duty.per) if n in heard.names and n in standing.start.names]
                shared = shared or [n for n in ("child", "family") if n in heard.names and n in standing.start.names]
                if shared and all(standing.start.names[n] == heard.names[n] for n in shared):
                    standing.stopped = True

    def standing_obligations(self, as_at: int) -> Iterator[Obligation]:
        """Every obligation that stands on a day, a new version's in place of the old one's where it bites on acts."""
        for one in self.every:
            newer = self._later.get(one.identity) if self._later else None
            if newer is None:
                yield one
            elif one.active_from:
                if (
                    as_at >= one.active_from
                    and (one.closed_day or one.active_from) >= one.active_from
                    and not self._settled(one)
                ):
                    yield one
            elif as_at < newer.active_from or self._settled(newer):
                yield one

    def _settled(self, newer: Obligation) -> bool:
        """Whether the old version's obligation was met or had ended before the new version began to bite."""
        older = self._keys.get(newer.identity)
        return older is not None and (older.closed_day or newer.active_from) < newer.active_from


def take_over(book: Book, other: Book, enter: Enter, state: State) -> None:
    """The book owes from here on what another owes; what becomes of either later is its own."""
    copies = {one: one.copied() for one in other.every}
    series: dict[Series, Series] = {}
    for one in {*other.series.values(), *other.waiters, *(one.series for one in copies.values() if one.series)}:
        series[one] = copy_of(one, copies, enter, book.renamed, state)
    for copy in copies.values():
        if copy.series is not None:
            copy.series = series[copy.series]
    book.every = list(copies.values())
    book.slots = {key: [copies[one] for one in those] for key, those in other.slots.items()}
    book.series = {key: series[one] for key, one in other.series.items()}
    book.standing = [one.copied() for one in other.standing]
    book.waiters = [series[one] for one in other.waiters]
    book._keys = {key: copies[one] for key, one in other._keys.items()}
    book._later = {key: copies[one] for key, one in other._later.items()}
    book.owed = {duty: [copies[one] for one in those] for duty, those in other.owed.items()}
    book._watching = {key: [copies[one] for one in those] for key, those in other._watching.items()}
    book.earlier.take_over(other.earlier)
