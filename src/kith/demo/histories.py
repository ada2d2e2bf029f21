"""Invented histories as event files: some fifty events a child, each child's events standing together.

    python -m kith.demo.histories 10000 out.jsonl --year 2025 --seed 7

A history covers two years up to the end of the collection year. The same numbers give the same file.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from kith.demo.census_child import Collection, weekday
from kith.rules.days import iso

Row = dict[str, Any]


def histories(children: int, year: int = 2025, seed: int = 1) -> Iterator[Row]:
    """The events of so many children, as the rows of an event file."""
    rng = random.Random(seed)  # noqa: S311 — a seeded invention, not a secret
    last = Collection.of(year).last
    for number in range(1, children + 1):
        yield from _History(rng, f"H{number:07d}", last).rows()


class _History:
    """One child's two years: a referral, an assessment, a plan or two with their visits and meetings, a closing."""

    def __init__(self, rng: random.Random, child: str, last: int) -> None:
        self.rng, self.child, self.last = rng, child, last
        self._rows: list[Row] = []
        self._numbers: dict[str, int] = {}

    def rows(self) -> list[Row]:
        """The child's events in the order of their days."""
        rng = self.rng
        now = self.last - rng.randrange(560, 720)
        self._add(now, "child.registered", date_of_birth=iso(now - rng.randrange(30, 17 * 365)))
        now = self._assess(now)
        if rng.random() < 0.45:
            now = self._protect(now)
        if rng.random() < 0.85:
            now = self._help(now)
        if rng.random() < 0.4 and now < self.last - 120:
            now = self._help(self._assess(now + rng.randrange(20, 90)))
        self._add(
            weekday(now + rng.randrange(2, 12)), "episode.closed", reason=rng.choice(("no_longer_needed", "early_help"))
        )
        kept = [row for row in self._rows if row["when"] <= iso(self.last)]
        return sorted(kept, key=lambda row: str(row["when"]))

    def _add(self, day: int, kind: str, **answers: Any) -> None:
        self._rows.append(
            {
                "id": f"{self.child}-{len(self._rows) + 1}",
                "when": iso(day),
                "kind": kind,
                "child": self.child,
                **answers,
            }
        )

    def _name(self, what: str) -> str:
        number = self._numbers[what] = self._numbers.get(what, 0) + 1
        return f"{self.child}-{what}-{number}"

    def _assess(self, received: int) -> int:
        rng = self.rng
        received = weekday(received)
        referral, assessment = self._name("referral"), self._name("assessment")
        self._add(received, "referral.received", referral=referral, source=rng.choice(("6", "2A", "3A", "1A")))
        decided = weekday(received + rng.choice((0, 1, 1, 2)))
        self._add(decided, "referral.decided", referral=referral, decision="assessment", further_work_needed=True)
        self._add(decided, "assessment.started/child_and_family", assessment=assessment)
        for gap in (4, 14, 28):
            self._visit(decided + gap)
        end = weekday(received + (rng.randrange(64, 90) if rng.random() < 0.14 else rng.randrange(25, 62)))
        self._add(end, "assessment.authorised/child_and_family", assessment=assessment, outcome="child_in_need")
        return end

    def _protect(self, now: int) -> int:
        rng = self.rng
        talk = weekday(now + rng.randrange(1, 20))
        self._meet(talk, "strategy_discussion", decision="section_47")
        enquiry, plan = self._name("enquiry"), self._name("plan")
        self._add(talk, "section_47.started", enquiry=enquiry)
        conference = weekday(talk + rng.randrange(12, 24))
        self._add(conference, "section_47.ended", enquiry=enquiry, outcome="conference")
        self._meet(conference, "child_protection_conference", stage="initial")
        self._add(conference, "plan.started/child_protection", plan=plan)
        end = weekday(conference + rng.randrange(120, 330))
        self._every(10, conference, end, self._visit)
        self._meet(weekday(conference + rng.randrange(7, 17)), "core_group")
        self._every(42, conference + 40, end, lambda day: self._meet(day, "core_group"))
        self._every(88, conference, end, lambda day: self._meet(day, "child_protection_conference", stage="review"))
        self._add(end, "plan.ended/child_protection", plan=plan)
        return end

    def _help(self, now: int) -> int:
        rng, plan = self.rng, self._name("plan")
        start = weekday(now + rng.randrange(1, 15))
        end = weekday(start + rng.randrange(90, 300))
        self._add(start, "plan.started/child_in_need", plan=plan)
        self._every(14, start, end, self._visit)
        self._every(42, start, end, lambda day: self._meet(day, "child_in_need"))
        self._every(
            85, start, end, lambda day: self._add(day, "plan.reviewed/child_in_need", plan=plan, with_family=True)
        )
        self._add(end, "plan.ended/child_in_need", plan=plan)
        return end

    def _every(self, gap: int, start: int, end: int, act: Any) -> None:
        day = start
        while True:
            # Kept by most, and late by a few days or a week now and then.
            day = weekday(
                day + gap - self.rng.randrange(3) + (self.rng.randrange(9) if self.rng.random() < 0.15 else 0)
            )
            if day >= end:
                return
            act(day)

    def _visit(self, day: int) -> None:
        seen = self.rng.random() < 0.9
        self._add(
            weekday(day),
            "visit.made",
            visit=self._name("visit"),
            seen=seen,
            alone=seen and self.rng.random() < 0.7,
            statutory=True,
        )

    def _meet(self, day: int, what: str, **answers: Any) -> None:
        self._add(day, f"meeting.held/{what}", meeting=self._name("meeting"), **answers)


@click.command(context_settings={"show_default": True})
@click.argument("children", type=click.IntRange(min=1))
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--year", type=click.IntRange(2017, 2027), default=2025, help="The year the histories run to the end of.")
@click.option("--seed", type=int, default=1, help="The same seed gives the same file.")
def main(children: int, path: Path, year: int, seed: int) -> None:
    """Write the invented histories of CHILDREN children to PATH, an event a line."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in histories(children, year, seed):
            file.write(json.dumps(row, separators=(",", ":")) + "\n")
            count += 1
    click.echo(f"{path}: {children:,} children, {count:,} events, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
