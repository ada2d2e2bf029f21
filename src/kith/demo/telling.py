"""One invented family, told as facts with days counted from today, and recorded in one act."""

import datetime as dt
import random
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from kith.core import clock, ids
from kith.demo.councils import Council
from kith.record import actions
from kith.record.fact import Fact
from kith.rules.vocabulary import Kind

INVENTED = uuid.UUID("6b697468-6465-6d6f-8000-696e76656e74")
SOON = dt.timedelta(minutes=3)


class Family:
    """A family of a council: its people by short keys, the worker who holds it now, and the facts told so far.

    A day is a number: 0 is today, -7 a week ago. A date said in an answer may be such a number too.
    """

    def __init__(self, council: Council, title: str) -> None:
        self.council, self.title = council, title
        self.random = random.Random(f"{council.slug}|{title}")  # noqa: S311  invented people, the same each time
        self.today = clock.today()
        self.holder = "front"
        self.children: list[str] = []
        self.keys: set[str] = set()
        self.facts: list[Fact] = []
        self.told: dict[str, Fact] = {}

    def id(self, key: str) -> uuid.UUID:
        """The id of a worker, a team, or anything of this family, by its short key."""
        if key == "holder":
            key = self.holder
        found = self.council.ids.get(key)
        return found or uuid.uuid5(INVENTED, f"{self.council.slug}|{self.title}|{key}")

    def day(self, days: int) -> dt.date:
        """The day so many days from today."""
        return self.today + dt.timedelta(days=days)

    def tell(self, kind: str, day: int, **said: Any) -> Fact:
        """Tells a fact. Besides the names and answers of its kind: `at` a time, `lasted` in minutes, `by` whom, `late` days until it was
        recorded, `words`, `parts`, `as_` a key to name it by later, `corrects` and `withdraws` such a key."""
        shape = self.council.vocabulary.kind(kind)
        if shape is None:
            raise LookupError(f"{self.title}: no kind “{kind}”")
        when, ended = self._when(day, said)
        as_, by, late = said.pop("as_", ""), said.pop("by", self.holder), said.pop("late", 0)
        corrects, withdraws = self._told(said.pop("corrects", "")), self._told(said.pop("withdraws", ""))
        words = {key: self._parts(value) if key == "parts" else value for key, value in said.pop("words", {}).items()}
        parts = {
            str(self.id(one)): {key: self._answer(shape, key, value) for key, value in part.items()}
            for one, part in said.pop("parts", {}).items()
        }
        about = {key: self._ids(said.pop(key)) for key in list(said) if key in shape.names}
        fact = Fact(
            kind=kind, about=about, when=when, ended=ended, words=words, parts=parts, id=ids.new(),
            coded={key: self._answer(shape, key, value) for key, value in said.items()},
            known_at=self._known(day, when, ended, late), recorded_by=self.id(by), corrects=corrects,
            withdraws=withdraws,
        )  # fmt: skip
        self.facts.append(fact)
        if as_:
            self.told[as_] = fact
        return fact

    def record(self) -> int:
        """Records everything told, in the order it became known. How many facts there were."""
        facts = self.in_order()
        actions.append(*facts, by=self.council.workers["front"], under="enter_people")
        return len(facts)

    def in_order(self) -> list[Fact]:
        """Everything told, in the order it became known."""
        return sorted(self.facts, key=lambda fact: (fact.known_at, str(fact.when)))

    def _told(self, key: str) -> uuid.UUID | None:
        return self.told[key].id if key else None

    def _when(self, day: int, said: dict[str, Any]) -> tuple[dt.date | dt.datetime, dt.datetime | None]:
        at, minutes = said.pop("at", None), said.get("minutes") or said.pop("lasted", None)
        if at is None:
            return self.day(min(day, 0)), None
        hour, _, minute = str(at).partition(":")
        moment = dt.datetime.combine(self.day(day), dt.time(int(hour), int(minute)), clock.LONDON)
        latest = clock.now().astimezone(clock.LONDON) - SOON
        if moment > latest:
            moment = latest.replace(second=0, microsecond=0) - dt.timedelta(minutes=minutes or 0)
        return moment, None if minutes is None else moment + dt.timedelta(minutes=minutes)

    def _known(self, day: int, when: dt.date | dt.datetime, ended: dt.datetime | None, late: int) -> dt.datetime:
        """Some hours after it happened, or days if it was recorded late; never after now."""
        if isinstance(when, dt.datetime):
            happened = ended or when
        else:
            happened = dt.datetime.combine(when, dt.time(15, 0), clock.LONDON)
        known = happened + dt.timedelta(days=late, minutes=self.random.randrange(20, 20 * 60))
        return min(known.astimezone(dt.UTC), clock.now() - dt.timedelta(seconds=1))

    def _parts(self, parts: Mapping[str, Any]) -> dict[str, Any]:
        return {str(self.id(one)): dict(part) for one, part in parts.items()}

    def _ids(self, keys: str | Sequence[str]) -> uuid.UUID | list[uuid.UUID]:
        if isinstance(keys, str):
            return self.id(keys)
        return self.id(keys[0]) if len(keys) == 1 else [self.id(one) for one in keys]

    def _answer(self, shape: Kind, key: str, value: Any) -> Any:
        """A day in an answer may be a number; what is chosen among workers, teams and entries is named by its key."""
        field = shape.fields.get(key)
        answer = field.answer if field else ""
        if answer == "date":
            return self.day(value).isoformat() if isinstance(value, int) else str(value)
        if key == "event":
            return str(self.told[value].id)
        if key in ("team", "to_team"):
            return str(self.council.ids[value])
        return value
