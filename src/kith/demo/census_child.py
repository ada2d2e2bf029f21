"""One invented child of a census, as the lines of XML that tell of it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from kith.rules.days import day_of, iso

ETHNICITIES = ("WBRI", "WOTH", "MWBC", "MWAS", "APKN", "AIND", "ABAN", "BAFR", "BCRB", "OOTH", "NOBT")
DISABILITIES = ("LD", "AUT", "MOB", "BEH", "COMM", "HEAR", "VIS", "PC")
SOURCES = ("6", "6", "6", "2A", "2A", "3E", "3B", "3A", "1A", "1D", "5B", "5C", "9", "4", "8")
FACTORS = ("1B", "2B", "3A", "3B", "4A", "4B", "5A", "6A", "15A", "16A", "17A", "10A")
ABUSE = ("NEG", "EMO", "NEG", "EMO", "PHY", "SAB", "MUL")
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@dataclass(frozen=True)
class Collection:
    """One collection: its closing year (2025 is 2024-25) and its first and last day, as ordinals."""

    year: int
    first: int
    last: int

    @classmethod
    def of(cls, year: int) -> "Collection":
        """The collection of a closing year."""
        return cls(year, day_of(f"{year - 1}-04-01"), day_of(f"{year}-03-31"))


def leaf(tag: str, value: object) -> str:
    """One element on one line."""
    return f"<{tag}>{value}</{tag}>"


def weekday(day: int) -> int:
    """The day, or the Monday after it if it falls at a weekend."""
    return day + (0, 0, 0, 0, 0, 2, 1)[(day - 1) % 7]


def pupil_number(rng: random.Random) -> str:
    """A unique pupil number with a true check letter."""
    digits = f"925{rng.randrange(10**9):09d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return CHECK_LETTERS[total % 23] + digits


def child(rng: random.Random, collection: Collection, child_id: str) -> list[str]:
    """The lines of one child, in the order the collection's schema wants."""
    episodes: list[list[str]] = []
    referrals: list[int] = []
    unborn = rng.random() < 0.01
    died = not unborn and rng.random() < 0.001
    again = not (unborn or died) and rng.random() < 0.13
    half = (collection.first + collection.last) // 2
    if again:
        first = _Episode(rng, collection, (collection.first - 150, half - 60), half)
        referrals.append(first.referral)
        episodes.append(first.lines())
        first_day = max(half, first.closed or 0) + 1
    else:
        first_day = collection.first - 300
    last = _Episode(rng, collection, (first_day, collection.last), None, died=died)
    referrals.append(last.referral)
    episodes.append(last.lines())
    return [
        "<Child>",
        *_identifiers(rng, collection, child_id, referrals[0], last.died, unborn=unborn),
        *_characteristics(rng),
        *[line for episode in episodes for line in episode],
        "</Child>",
    ]


def _identifiers(
    rng: random.Random, collection: Collection, child_id: str, referral: int, died: int | None, *, unborn: bool
) -> Iterator[str]:
    yield "<ChildIdentifiers>"
    yield leaf("LAchildID", child_id)
    if unborn:
        yield leaf("UPNunknown", "UN1")
        yield leaf("ExpectedPersonBirthDate", iso(collection.last + rng.randrange(5, 90)))
    else:
        if rng.random() < 0.8:
            yield leaf("UPN", pupil_number(rng))
        else:
            yield leaf("UPNunknown", "UN2")
        yield leaf("PersonBirthDate", iso(referral - rng.randrange(10, 17 * 365)))
    if collection.year >= 2025:
        yield leaf("Sex", "U" if unborn else rng.choice("MF"))
    else:
        yield leaf("GenderCurrent", "0" if unborn else rng.choice("12"))
    if died:
        yield leaf("PersonDeathDate", iso(died))
    yield "</ChildIdentifiers>"


def _characteristics(rng: random.Random) -> Iterator[str]:
    yield "<ChildCharacteristics>"
    yield leaf("Ethnicity", rng.choice(ETHNICITIES))
    yield "<Disabilities>"
    if rng.random() < 0.88:
        yield leaf("Disability", "NONE")
    else:
        for code in sorted(rng.sample(DISABILITIES, rng.choice((1, 1, 2)))):
            yield leaf("Disability", code)
    yield "</Disabilities>"
    yield "</ChildCharacteristics>"


class _Episode:
    """One episode from its referral: what came of it, cut to what the collection asks for."""

    def __init__(
        self,
        rng: random.Random,
        collection: Collection,
        referred: tuple[int, int],
        by: int | None,
        *,
        died: bool = False,
    ) -> None:
        self.rng, self.collection = rng, collection
        self.assessments: list[tuple[int, int | None]] = []
        self.child_in_need: list[tuple[int, int | None]] = []
        self.enquiries: list[tuple[int, int | None, bool]] = []
        self.plans: list[tuple[int, int | None, list[int]]] = []
        self.died: int | None = None
        self.reason = "RC7"
        # A referral before the year with nothing more would not be in the return, nor an episode closed before it.
        self.no_further_action = rng.random() < 0.12
        first = max(referred[0], collection.first) if self.no_further_action else referred[0]
        self.referral = weekday(rng.randrange(first, max(referred[1], first + 1)))
        self.referral = min(self.referral, collection.last)
        self.closed: int | None = None
        if not self.no_further_action:
            self._live(by, died=died)

    def _live(self, by: int | None, *, died: bool) -> None:
        rng, collection = self.rng, self.collection
        now = self._assess()
        if died:
            self.died = self.closed = min(collection.last, max(collection.first, now))
            self.reason = "RC2"
        elif rng.random() < 0.34:
            now = self._enquire()
        elif rng.random() < 0.45:
            now = self._plan_child_in_need(now)
        else:
            self.reason = "RC9" if collection.year >= 2023 and rng.random() < 0.3 else "RC8"
            now += rng.randrange(8)
        if not died:
            self._close(now, by)
        self._cut()

    def _assess(self) -> int:
        started = weekday(self.referral + self.rng.choice((0, 0, 1, 1, 2, 5)))
        # Most are done inside 45 working days (some 63 days), about one in seven is late.
        length = self.rng.randrange(64, 110) if self.rng.random() < 0.14 else self.rng.randrange(10, 62)
        authorised = weekday(self.referral + length)
        self.assessments.append((started, max(authorised, started)))
        return max(authorised, started)

    def _enquire(self) -> int:
        rng = self.rng
        started = weekday(self.referral + rng.randrange(21))
        self._enquiry_from(started)
        if self.plans:
            start, end, _ = self.plans[0]
            return end or start
        after = self.assessments[0][1] or started
        return self._plan_child_in_need(after) if rng.random() < 0.5 else after

    def _enquiry_from(self, started: int) -> None:
        rng = self.rng
        if rng.random() < 0.55:
            self.enquiries.append((started, None, True))
            return
        conference = weekday(started + (rng.randrange(22, 40) if rng.random() < 0.16 else rng.randrange(8, 21)))
        self.enquiries.append((started, conference, False))
        if rng.random() < 0.86:
            end = weekday(conference + rng.randrange(90, 560))
            reviews, day = [], conference
            for gap in (90, 180, 180, 180):
                day = weekday(day + gap - rng.randrange(14) + (25 if rng.random() < 0.06 else 0))
                if day <= end:
                    reviews.append(day)
            self.plans.append((conference, end, reviews))

    def _plan_child_in_need(self, after: int) -> int:
        if self.plans:
            return after
        start = weekday(after + self.rng.randrange(12))
        end = weekday(start + self.rng.randrange(40, 300))
        self.child_in_need.append((start, end))
        return end

    def _close(self, now: int, by: int | None) -> None:
        closed = weekday(now + self.rng.randrange(3, 15))
        ends = [day for day in (*[end for _, end in self.assessments], *[day for _, day, _ in self.enquiries]) if day]
        closed = max([closed, *ends])
        if by is not None and closed > by:
            closed = by
        self.closed = max(closed, self.collection.first, self.referral)
        if self.reason == "RC7" and self.rng.random() < 0.06:
            self.reason = self.rng.choice(("RC1", "RC3", "RC4", "RC5", "RC5", "RC6"))
        if self.closed > self.collection.last:
            self.closed = None

    def _cut(self) -> None:
        """Leaves out what was over before the year, and what had not happened by its last day or by the closing."""
        first, last = self.collection.first, self.closed or self.collection.last
        self.assessments = [
            (start, end if end and end <= last else None)
            for start, end in self.assessments
            if start <= last and ((end and first <= end <= last) or (start >= first and not self.closed))
        ]
        self.child_in_need = [
            (start, end if end and end <= last else None)
            for start, end in self.child_in_need
            if start <= last and (not end or end >= first) and not (self.closed and (not end or end > last))
        ]
        self.enquiries = [
            (start, day if day and day <= last else None, none)
            for start, day, none in self.enquiries
            if start <= last and ((day and first <= day <= last) or (start >= first and (none or not self.closed)))
        ]
        self.plans = [
            (start, end if end and end <= last else None, [day for day in reviews if first <= day <= last])
            for start, end, reviews in self.plans
            if start <= last and (not end or end >= first) and not (self.closed and (not end or end > last))
        ]

    def lines(self) -> list[str]:
        """The episode as lines."""
        out = [
            "<CINdetails>",
            leaf("CINreferralDate", iso(self.referral)),
            leaf("ReferralSource", self.rng.choice(SOURCES)),
        ]
        if not self.no_further_action:
            out.append(leaf("PrimaryNeedCode", self.rng.choice(("N1", "N1", "N1", "N5", "N4", "N2", "N3", "N6", "N8"))))
        if self.closed:
            out += [leaf("CINclosureDate", iso(self.closed)), leaf("ReasonForClosure", self.reason)]
        out += self._assessment_lines()
        if self.collection.year >= 2022:
            for start, end in self.child_in_need:
                out += _block("CINPlanDates", CINPlanStartDate=start, CINPlanEndDate=end)
        for start, day, none in self.enquiries:
            target = weekday(start + 21)
            lines = _block(
                "Section47", S47ActualStartDate=start, InitialCPCtarget=None if none else target, DateOfInitialCPC=day
            )
            out += [*lines[:-1], leaf("ICPCnotRequired", int(none)), lines[-1]]
        out.append(leaf("ReferralNFA", int(self.no_further_action)))
        for start, end, reviews in self.plans:
            out += self._protection_lines(start, end, reviews)
        if self.collection.year >= 2027 and self.plans and self.rng.random() < 0.4:
            out += self._pre_proceedings_lines()
        return [*out, "</CINdetails>"]

    def _assessment_lines(self) -> Iterator[str]:
        for start, end in self.assessments:
            lines = _block("Assessments", AssessmentActualStartDate=start, AssessmentAuthorisationDate=end)
            yield from lines[:-1]
            if end:
                yield "<FactorsIdentifiedAtAssessment>"
                for code in sorted(self.rng.sample(FACTORS, self.rng.choice((1, 1, 2)))):
                    yield leaf("AssessmentFactors", code)
                yield "</FactorsIdentifiedAtAssessment>"
            yield lines[-1]

    def _protection_lines(self, start: int, end: int | None, reviews: list[int]) -> Iterator[str]:
        category = self.rng.choice(ABUSE)
        yield from _block("ChildProtectionPlans", CPPstartDate=start, CPPendDate=end)[:-1]
        yield leaf("InitialCategoryOfAbuse", category)
        yield leaf("LatestCategoryOfAbuse", category)
        yield leaf("NumberOfPreviousCPP", self.rng.choice((0, 0, 0, 1)))
        if reviews:
            yield "<Reviews>"
            for day in reviews:
                yield leaf("CPPreviewDate", iso(day))
            yield "</Reviews>"
        yield "</ChildProtectionPlans>"

    def _pre_proceedings_lines(self) -> Iterator[str]:
        rng, last = self.rng, self.closed or self.collection.last
        start = max(self.plans[0][0], self.collection.first) + rng.randrange(30)
        if start + 40 > last:
            return
        yield "<PreProceedingsandFGDM>"
        yield leaf("PPStartDate", iso(start))
        yield leaf("LBPSentDate", iso(start + rng.randrange(10)))
        offered = rng.random() < 0.8
        yield leaf("FGDMMeetingOffer", int(offered))
        yield leaf("FGDMMeetingFac", int(offered and rng.random() < 0.6))
        yield leaf("InitialPPMeetingDate", iso(weekday(start + 14)))
        yield leaf("ReviewMeetingsCount", rng.randrange(4))
        if rng.random() < 0.5:
            yield leaf("StepDecisionDate", iso(start + 40))
            yield leaf("PPOutcome", rng.choice("ABC"))
        yield "</PreProceedingsandFGDM>"


def _block(tag: str, **days: int | None) -> list[str]:
    return [f"<{tag}>", *[leaf(name, iso(day)) for name, day in days.items() if day], f"</{tag}>"]
