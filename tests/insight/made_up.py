"""Invented children for the report: referrals, assessments, enquiries, conferences and plans, in time, late and not at all."""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from kith.insight.overdue import ROWS_KEPT
from kith.insight.report import ProblemRow, ReportAbout, tallying, write_report
from kith.rules.calendars import Calendar, england_and_wales
from kith.rules.compiling import procedure as compiled_procedure
from kith.rules.english import English
from kith.rules.evidence import Evidence
from kith.rules.obligation import Obligation
from kith.rules.procedure import Procedure
from kith.rules.reasons import Reasoner
from kith.rules.run import owed
from kith.rules.shipped import library

AS_AT = dt.date(2022, 3, 31)
CALENDAR: Calendar = england_and_wales().calendar()
# What a children in need return can hold.
EVIDENCE = Evidence(dict.fromkeys((
    "referral.received", "assessment.started", "assessment.authorised", "section_47.started", "section_47.ended",
    "meeting.held/child_protection_conference", "plan.started/child_protection", "plan.ended/child_protection",
    "episode.closed", "child.died", "plan.started/child_in_need",
), 0))  # fmt: skip
ABOUT = ReportAbout(
    title="Children in need census", source="made_up.xml", year="2021 to 2022", reference_date=dt.date(2022, 3, 31),
    authority_code="999", as_at=AS_AT, made_on=dt.date(2026, 11, 27),
    counts=(("Children in the file", 10_003), ("Children read", 10_000), ("Children refused", 3)),
)  # fmt: skip
PROBLEMS = [
    *[ProblemRow(12 + 40 * n, f"C{n:05}", "CINreferralDate", "not_a_date", f"“2021-02-3{n % 2}” is not a day that exists.") for n in range(31)],
    *[ProblemRow(19 + 50 * n, f"C{n:05}", "CINclosureDate", "8540", "The case closed before it was referred.") for n in range(8)],
    ProblemRow(7, "", "LEA", "unknown_code", "There is no such authority."),
]  # fmt: skip


@lru_cache(maxsize=4)
def procedure(name: str) -> Procedure:
    """A shipped procedure, compiled once."""
    return compiled_procedure(library(), name)


def reasoner(name: str) -> Reasoner:
    """What puts its obligations into words."""
    version = procedure(name).version_on(AS_AT.toordinal())
    assert version is not None
    assert version.stack is not None
    return Reasoner(English(version.stack), CALENDAR)


def history(rng: random.Random, child: str) -> Iterator[dict[str, Any]]:
    """One child's events: usually a referral and an assessment, sometimes an enquiry, a conference and a plan."""

    def on(day: int) -> str:
        return (AS_AT - dt.timedelta(days=day)).isoformat()

    referred = rng.randrange(5, 420)
    yield {"when": on(referred), "kind": "referral.received", "child": child, "referral": f"R{child}"}
    yield {
        "when": on(referred - 1),
        "kind": "assessment.started/child_and_family",
        "child": child,
        "assessment": f"A{child}",
    }
    took = rng.choice((rng.randrange(8, 66), rng.randrange(40, 66), rng.randrange(50, 120)))
    if took < referred and rng.random() < 0.93:
        yield {
            "when": on(referred - took),
            "kind": "assessment.authorised/child_and_family",
            "child": child,
            "assessment": f"A{child}",
        }
    if took < referred and rng.random() < 0.4:
        begun = min(referred - 1, rng.choice((20, 22, 28, 29, 40, 60)))
        yield {"when": on(referred - begun), "kind": "plan.started/child_in_need", "child": child, "plan": f"N{child}"}
    if rng.random() < 0.25:
        yield from _enquiry(rng, child, referred, on)
    elif referred > 130 and rng.random() < 0.5:
        yield {"when": on(referred - rng.randrange(60, 130)), "kind": "episode.closed", "child": child}


def _enquiry(rng: random.Random, child: str, referred: int, on: Any) -> Iterator[dict[str, Any]]:
    began = max(referred - rng.randrange(1, 12), 0)
    yield {"when": on(began), "kind": "section_47.started", "child": child, "enquiry": f"E{child}"}
    conference = began - rng.choice((rng.randrange(8, 22), rng.randrange(12, 40)))
    if conference < 0 or rng.random() < 0.06:
        return
    yield {
        "when": on(conference),
        "kind": "meeting.held/child_protection_conference",
        "child": child,
        "meeting": f"M{child}",
        "stage": "initial",
    }
    yield {"when": on(conference), "kind": "plan.started/child_protection", "child": child, "plan": f"P{child}"}
    review, number = conference - rng.randrange(60, 105), 0
    while review > 0 and rng.random() < 0.95:
        yield {
            "when": on(review),
            "kind": "meeting.held/child_protection_conference",
            "child": child,
            "meeting": f"M{child}{number}",
            "stage": "review",
        }
        review, number = review - rng.randrange(120, 200), number + 1


def children(number: int, name: str = "england", seed: int = 7) -> Iterator[tuple[str, list[Obligation]]]:
    """So many children with what each is owed."""
    rng, rules = random.Random(seed), procedure(name)
    reader = rules.reader()
    for count in range(number):
        child = f"C{count:05}"
        events = [reader.read(row) for row in history(rng, child)]
        yield child, owed(rules, events, AS_AT.toordinal(), CALENDAR, EVIDENCE)


def report(
    out: Path,
    these: Iterable[tuple[str, list[Obligation]]],
    name: str = "england",
    problems: list[ProblemRow] = PROBLEMS,
    keep: int = ROWS_KEPT,
) -> list[Path]:
    """Writes the report of some children and returns its files."""
    with tallying(out, reasoner(name), keep) as tally:
        for child, obligations in these:
            tally.add(child, obligations, AS_AT.toordinal())
    return write_report(out, tally=tally, about=ABOUT, procedure=procedure(name), problems=problems, evidence=EVIDENCE)
