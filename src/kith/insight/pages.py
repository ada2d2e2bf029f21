"""What stands on the two pages of the report, gathered and in order; the templates only lay it out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kith.insight.overdue import OverdueRow
from kith.insight.problems import ProblemKind, ProblemRow, kinds
from kith.insight.small_numbers import WITHHELD
from kith.insight.standing import Standing, standing
from kith.insight.tallies import NOT_HELD, DutyTally, Tally
from kith.insight.wording import (
    STRENGTHS,
    Citation,
    citations,
    joined,
    missing_facts,
    starts_of,
    title,
    what_it_says,
    written_out,
)  # fmt: skip
from kith.rules.days import spoken
from kith.rules.duty import Duty
from kith.rules.english import English
from kith.rules.evidence import NEVER, Evidence
from kith.rules.obligation import MISSED, OVERDUE
from kith.rules.procedure import Procedure


@dataclass(frozen=True)
class ReportAbout:
    """What the report is about: the return it was made from, the day it speaks of, and the day it was made.

    `source` is the name of the file, `counts` what was in it and what became of it, in words and numbers: they stand on the
    child-level page only, because small numbers among them are not withheld.
    """

    title: str
    source: str
    year: str
    reference_date: dt.date | None
    authority_code: str
    as_at: dt.date
    made_on: dt.date
    counts: Sequence[tuple[str, int]] = ()

    @property
    def named(self) -> str:
        """The return and its year."""
        return f"{self.title}, {self.year}" if self.year else self.title

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What both pages say of the return and the day."""
        return [
            ("Return", self.named),
            ("Reference date", written_out(self.reference_date)),
            ("Local authority", self.authority_code or "not given"),
            ("File", self.source),
            ("As at the end of", written_out(self.as_at)),
            ("Made on", written_out(self.made_on)),
        ]


@dataclass(frozen=True)
class DutyPart:
    """One duty as it stands on the page: what it is and says, where that is written, and how it stands, if it does."""

    duty: Duty
    anchor: str
    title: str
    says: Sequence[str]
    strength: str
    owed_by: str
    citations: Sequence[Citation]
    standing: Standing | None = None
    cannot_tell: str = ""
    never_started: str = ""


class Pages:
    """Everything both pages show. `evidence` is what the source can hold; it names what is missing more exactly."""

    def __init__(
        self, tally: Tally, about: ReportAbout, procedure: Procedure, problems: Sequence[ProblemRow] = (),
        evidence: Evidence | None = None,
    ) -> None:  # fmt: skip
        self.tally, self.about, self.procedure, self.problems, self.evidence = (
            tally,
            about,
            procedure,
            problems,
            evidence,
        )
        self._english: dict[str, English] = {}

    @cached_property
    def answered(self) -> list[DutyPart]:
        """The duties the return can speak to, those owed most often first."""
        return [self._part(one, standing(one)) for one in self._by_owed if self._is_answered(one)]

    @cached_property
    def unanswered(self) -> list[DutyPart]:
        """The duties that are owed but cannot be told from the return, each with the missing fact."""
        return [self._part(one, standing(one)) for one in self._by_owed if not self._is_answered(one)]

    @cached_property
    def never_started(self) -> list[DutyPart]:
        """The duties that nothing in the return started."""
        owed = {one.duty.id for one in self.tally.duties}
        latest = {duty.id: duty for duty in self.procedure.duties}
        return [self._part(duty, None) for duty_id, duty in latest.items() if duty_id not in owed]

    @property
    def judged(self) -> list[DutyPart]:
        """The duties of which a percentage may be shown, in the order of their sections."""
        return [part for part in self.answered if part.standing is not None and part.standing.judged is not None]

    @property
    def judged_title(self) -> str:
        """What the chart of all duties answers: which is done in time least often, and which most."""
        judged = [(part.standing.judged, part.title) for part in self.judged if part.standing and part.standing.judged]
        ranked = sorted((how.percent, titled) for how, titled in judged)
        if len(ranked) < 2:
            return (
                f"“{judged[0][1]}”: {judged[0][0].percent}% in time"
                if len(judged) == 1
                else "How often each was done in time"
            )
        (least, least_often), (most, most_often) = ranked[0], ranked[-1]
        return f"Done in time least often: “{least_often}” ({least}%). Most often: “{most_often}” ({most}%)"

    @property
    def overdue(self) -> str:
        """How many are overdue now, over all duties, from the numbers that may be shown."""
        return self._over_all(OVERDUE)

    @property
    def missed(self) -> str:
        """How many were missed, over all duties, from the numbers that may be shown."""
        return self._over_all(MISSED)

    @cached_property
    def overdue_rows(self) -> list[OverdueRow]:
        """The rows kept of what is overdue now, the longest first."""
        return [row for row in self.tally.overdue.rows if row.is_overdue]

    @cached_property
    def missed_rows(self) -> list[OverdueRow]:
        """The rows kept of what was missed, the longest first."""
        return [row for row in self.tally.overdue.rows if not row.is_overdue]

    @property
    def left_out(self) -> int:
        """How many rows there was no room for."""
        return self.tally.overdue.how_many - len(self.overdue_rows) - len(self.missed_rows)

    @property
    def duties_listed(self) -> list[tuple[str, str]]:
        """The duties in the rows kept, by id and title, in the order of their titles."""
        titles = {one.duty.id: title(one.duty) for one in self.tally.duties}
        listed = {row.duty for row in (*self.overdue_rows, *self.missed_rows)}
        return sorted(((duty_id, titles[duty_id]) for duty_id in listed), key=lambda pair: pair[1])

    @cached_property
    def problem_kinds(self) -> list[ProblemKind]:
        """The problems in the data by kind."""
        return kinds(self.problems)

    @property
    def versions(self) -> list[tuple[str, str, str]]:
        """The versions of the procedure that were used: label, title, and the days they are in force."""
        as_at, made = self.about.as_at.toordinal(), []
        used = [
            version for version in self.procedure.versions if version.in_force_from <= as_at
        ] or self.procedure.versions[:1]
        for version in used:
            named = "" if version.stack is None else str(version.stack.own.document.get("title", ""))
            adopted = [] if version.stack is None else [part.label for part in version.stack.parts if not part.own]
            from_day = (
                f"in force from {spoken(version.in_force_from)}"
                if version.in_force_from
                else "taken to be always in force"
            )
            made.append((version.pack, named, f"{from_day}{f', on {joined(adopted)}' if adopted else ''}"))
        return made

    def _over_all(self, state: str) -> str:
        # The sum of numbers that are themselves shown tells nothing more than they do.
        numbers = [part.standing.row.cells[state] for part in self.answered if part.standing is not None]
        total = sum(number.value or 0 for number in numbers)
        if all(number.is_shown for number in numbers):
            return f"{total:,}"
        if total:
            return f"at least {total:,}"
        hidden = [number for number in numbers if not number.is_shown]
        return hidden[0].text if len(hidden) == 1 else WITHHELD

    def _is_answered(self, tally: DutyTally) -> bool:
        """Whether the source speaks of the duty at all. One whose every ending it lacks is not answered by a few it implies."""
        meets = tally.duty.meets
        lacking = self.evidence.missing(meets) if self.evidence is not None else []
        return tally.is_answered and not (meets and len(lacking) == len(meets))

    @cached_property
    def _by_owed(self) -> list[DutyTally]:
        return sorted(self.tally.duties, key=lambda one: -one.owed)

    def _part(self, tally: DutyTally | Duty, how: Standing | None) -> DutyPart:
        duty = tally.duty if isinstance(tally, DutyTally) else tally
        english = self._speaking(duty)
        return DutyPart(
            duty=duty, anchor=f"{duty.id.replace('.', '-')}-{duty.in_force_from}", title=title(duty),
            says=what_it_says(duty, english), strength=STRENGTHS.get(duty.strength, duty.strength),
            owed_by=english.stack.role_title(duty.owed_by), citations=citations(duty, english), standing=how,
            cannot_tell="" if how is None else self._cannot_tell(how, english),
            never_started="" if how is not None else self._never_started(duty, english),
        )  # fmt: skip

    def _cannot_tell(self, how: Standing, english: English) -> str:
        if self._is_answered(how.tally) and not how.tally.cannot_tell:
            return ""
        if how.tally.cannot_tell - {NOT_HELD}:
            return how.why_unknown
        kinds_meant = [clause.kind for clause in how.tally.duty.meets]
        missing = self.evidence.missing(how.tally.duty.meets) if self.evidence is not None else []
        return f"the return does not say {missing_facts(missing or kinds_meant, english)}"

    def _never_started(self, duty: Duty, english: English) -> str:
        starts = [clause.kind for clause in duty.starts]
        if self.evidence is not None and all(self.evidence.holds(kind) == NEVER for kind in starts):
            return f"The return does not say {missing_facts(starts, english)}."
        if duty.each:
            many = joined([one.group.words.get("many", one.name) for one in duty.each])
            return f"It is owed to {many} when {starts_of(duty, english)}, and the return gave none."
        return f"It is owed when {starts_of(duty, english)}, and nothing in the return began it."

    def _speaking(self, duty: Duty) -> English:
        """The words of the pack version the duty belongs to, or of the latest."""
        version = self.procedure.version_on(duty.in_force_from) or self.procedure.versions[-1]
        stack = version.stack or self.procedure.versions[-1].stack
        if stack is None:
            raise ValueError("the report needs a procedure compiled from packs")
        return self._english.setdefault(stack.label, English(stack))
