"""The calendar of working days in England and Wales.

A working day is Monday to Friday and not a bank holiday. The table begins in 1990 and ends at a stated day; outside it
every question is refused, because a guess about a bank holiday is a wrong date for a family.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from kith.rules.days import day_of, iso, spoken


class CalendarHorizonError(ValueError):
    """The day lies outside the official table of bank holidays."""

    def __init__(self, day: int, covers_from: int, covers_to: int) -> None:
        where = spoken(day) if 0 < day < dt.date.max.toordinal() else "that day"
        super().__init__(
            f"{where} is outside the calendar, which covers {iso(covers_from)} to {iso(covers_to)}: "
            "add the official bank holidays for that year first"
        )
        self.day = day


@dataclass(frozen=True)
class BankHoliday:
    """One bank holiday: its day, its name, the day it was announced if it was out of the usual pattern, and what it replaced."""

    day: int
    name: str
    announced: int | None = None
    instead_of: int | None = None


class Calendar:
    """Working days between two days, both included. All arithmetic is two look-ups in a table."""

    def __init__(self, holidays: Iterable[BankHoliday], covers_from: int, covers_to: int) -> None:
        self.covers_from, self.covers_to = covers_from, covers_to
        self.holidays = {holiday.day: holiday.name for holiday in holidays}
        self._first = covers_from
        self._working: list[int] = []
        self._count = [0] * (covers_to - covers_from + 2)  # [i] = working days up to and including covers_from + i - 1
        for day in range(covers_from, covers_to + 1):
            if day % 7 not in (6, 0) and day not in self.holidays:
                self._working.append(day)
            self._count[day - covers_from + 1] = len(self._working)
        self._tables: dict[int, dict[dt.date, dt.date]] = {}

    def is_working_day(self, day: int) -> bool:
        """Whether the day is Monday to Friday and not a bank holiday. Raises CalendarHorizonError outside the table."""
        place = self._place(day)
        return self._count[place + 1] > self._count[place]

    def add(self, day: int, working_days: int, *, beginning_with: bool = False) -> int:
        """The day on which that many working days end. The day itself is not counted unless `beginning_with`."""
        place = self._place(day)
        wanted = self._count[place if beginning_with else place + 1] + working_days - 1
        if wanted >= len(self._working):
            raise CalendarHorizonError(self.covers_to + 1, self.covers_from, self.covers_to)
        return self._working[wanted]

    def before(self, day: int, working_days: int) -> int:
        """The day that many working days before; the day itself is never counted."""
        wanted = self._count[self._place(day)] - working_days
        if wanted < 0:
            raise CalendarHorizonError(self.covers_from - 1, self.covers_from, self.covers_to)
        return self._working[wanted]

    def add_to_all(self, dates: Sequence[dt.date], working_days: int) -> list[dt.date]:
        """`add` for a whole list of dates at once, sharing the date objects of the table."""
        table = self._tables.get(working_days)
        if table is None:
            last = self._working[-working_days] - 1
            table = self._tables[working_days] = {
                dt.date.fromordinal(day): dt.date.fromordinal(self.add(day, working_days))
                for day in range(self.covers_from, last + 1)
            }
        try:
            return list(map(table.__getitem__, dates))
        except KeyError as missing:
            raise CalendarHorizonError(missing.args[0].toordinal(), self.covers_from, self.covers_to) from None

    def working_days_between(self, start: int, end: int) -> int:
        """How many working days lie after `start` up to and including `end`; negative when `end` comes first."""
        return self._count[self._place(end) + 1] - self._count[self._place(start) + 1]

    def skipped(self, start: int, end: int) -> list[tuple[int, str]]:
        """Each day from `start` to `end`, both included, that is not a working day, and why."""
        return [(day, self.why_not(day)) for day in range(start, end + 1) if not self.is_working_day(day)]

    def why_not(self, day: int) -> str:
        """Why the day is not a working day: the bank holiday's name, or the day of the week."""
        return self.holidays.get(day) or f"{dt.date.fromordinal(day):%A}"

    def _place(self, day: int) -> int:
        place = day - self._first
        if place < 0 or day > self.covers_to:
            raise CalendarHorizonError(day, self.covers_from, self.covers_to)
        return place


@dataclass(frozen=True)
class OfficialHolidays:
    """The official table: every bank holiday with the day it was announced, and the days the table covers."""

    holidays: tuple[BankHoliday, ...]
    covers_from: int
    covers_to: int

    def calendar(self, known_on: int | None = None) -> Calendar:
        """The calendar as it was known on a day; without one, as it is known now."""
        if known_on is None or known_on >= self._last_announced:
            return _calendar(self, None)
        announced = [h.announced for h in self.holidays if h.announced is not None and h.announced <= known_on]
        return _calendar(self, max(announced, default=0))

    @property
    def _last_announced(self) -> int:
        return max((h.announced for h in self.holidays if h.announced is not None), default=0)


@lru_cache(maxsize=32)
def _calendar(official: OfficialHolidays, known_on: int | None) -> Calendar:
    known = []
    for holiday in official.holidays:
        if known_on is None or holiday.announced is None or holiday.announced <= known_on:
            known.append(holiday)
        elif holiday.instead_of is not None:
            known.append(BankHoliday(holiday.instead_of, holiday.name))
    return Calendar(known, official.covers_from, official.covers_to)


@lru_cache(maxsize=1)
def england_and_wales() -> OfficialHolidays:
    """The shipped table of bank holidays in England and Wales, with its provenance in the file beside this module."""
    table = json.loads(resources.files("kith.rules").joinpath("bank_holidays.json").read_text("utf-8"))
    holidays = tuple(
        BankHoliday(
            day_of(row["date"]),
            row["name"],
            day_of(row["announced"]) if "announced" in row else None,
            day_of(row["instead_of"]) if "instead_of" in row else None,
        )
        for row in table["bank_holidays"]
    )
    return OfficialHolidays(holidays, day_of(table["covers_from"]), day_of(table["covers_to"]))


def next_weekday(day: int, weekday: int) -> int:
    """The first day after `day` that falls on a weekday (Monday is 0)."""
    return day + 1 + (weekday - day) % 7
