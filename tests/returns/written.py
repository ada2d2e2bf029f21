"""Small returns written for a test: one element a line, so that a line number can be counted by eye."""

from io import BytesIO

from kith.returns.cin import Census

HEAD = (
    "<Message>\n<Header>\n<CollectionDetails>\n<Collection>CIN</Collection>\n<Year>{year}</Year>\n"
    "<ReferenceDate>{year}-03-31</ReferenceDate>\n</CollectionDetails>\n<Source>\n<LEA>925</LEA>\n</Source>\n</Header>\n<Children>\n"
)
TAIL = "</Children>\n</Message>\n"
FIRST_CHILD = HEAD.count("\n") + 1
IDENTIFIERS = "<PersonBirthDate>2015-06-01</PersonBirthDate>\n<Sex>F</Sex>\n"
REFERRAL = (
    "<CINreferralDate>2024-06-03</CINreferralDate>\n<ReferralSource>2A</ReferralSource>\n"
    "<PrimaryNeedCode>N1</PrimaryNeedCode>\n"
)


ASSESSMENT = (
    "<Assessments>\n<AssessmentActualStartDate>2024-06-04</AssessmentActualStartDate>\n"
    "<AssessmentAuthorisationDate>2024-07-19</AssessmentAuthorisationDate>\n<FactorsIdentifiedAtAssessment>\n"
    "<AssessmentFactors>4B</AssessmentFactors>\n</FactorsIdentifiedAtAssessment>\n</Assessments>\n"
)
HELP_PLAN = (
    "<CINPlanDates>\n<CINPlanStartDate>2024-07-22</CINPlanStartDate>\n<CINPlanEndDate>2024-09-02</CINPlanEndDate>\n"
    "</CINPlanDates>\n"
)
ENQUIRY = (
    "<Section47>\n<S47ActualStartDate>2024-06-10</S47ActualStartDate>\n<DateOfInitialCPC>2024-06-28</DateOfInitialCPC>\n"
    "<ICPCnotRequired>0</ICPCnotRequired>\n</Section47>\n"
)
NO_CONFERENCE = "<Section47>\n<S47ActualStartDate>2024-06-10</S47ActualStartDate>\n<ICPCnotRequired>true</ICPCnotRequired>\n</Section47>\n"
PROTECTION = (
    "<ChildProtectionPlans>\n<CPPstartDate>2024-06-28</CPPstartDate>\n<CPPendDate>2025-01-10</CPPendDate>\n"
    "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>\n<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>\n"
    "<NumberOfPreviousCPP>0</NumberOfPreviousCPP>\n<Reviews>\n<CPPreviewDate>2024-09-20</CPPreviewDate>\n"
    "<CPPreviewDate>2025-01-10</CPPreviewDate>\n</Reviews>\n</ChildProtectionPlans>\n"
)
PRE_PROCEEDINGS = (
    "<PreProceedingsandFGDM>\n<PPStartDate>2026-09-09</PPStartDate>\n<LBPSentDate>2026-09-20</LBPSentDate>\n"
    "<FGDMMeetingOffer>1</FGDMMeetingOffer>\n<FGDMMeetingFac>0</FGDMMeetingFac>\n"
    "<InitialPPMeetingDate>2026-09-28</InitialPPMeetingDate>\n<ReviewMeetingsCount>3</ReviewMeetingsCount>\n"
    "<StepDecisionDate>2026-12-01</StepDecisionDate>\n<PPOutcome>A</PPOutcome>\n<CourtAppDate>2026-12-18</CourtAppDate>\n"
    "<LetterInitCPDate>2027-02-05</LetterInitCPDate>\n</PreProceedingsandFGDM>\n"
)
LATE_REFERRAL = REFERRAL.replace("2024-06-03", "2026-06-03")


def closing(reason, day="2025-01-20"):
    """The start of an episode that was closed."""
    return REFERRAL + f"<CINclosureDate>{day}</CINclosureDate>\n<ReasonForClosure>{reason}</ReasonForClosure>\n"


def episode(inside="", *, start=REFERRAL, nfa="false", after=""):
    """An episode: the referral, what is inside, the mark of no further action, what comes after."""
    return f"<CINdetails>\n{start}{inside}<ReferralNFA>{nfa}</ReferralNFA>\n{after}</CINdetails>\n"


def child(child_id="C1", *episodes, identifiers=IDENTIFIERS):
    """One child with its episodes; a plain one if none is given."""
    return (
        f"<Child>\n<ChildIdentifiers>\n<LAchildID>{child_id}</LAchildID>\n{identifiers}</ChildIdentifiers>\n"
        "<ChildCharacteristics>\n<Ethnicity>WBRI</Ethnicity>\n</ChildCharacteristics>\n"
        f"{''.join(episodes or [episode()])}</Child>\n"
    )


def a_return(*children, year=2025):
    """A whole return, as text."""
    return HEAD.format(year=year) + "".join(children) + TAIL


def census(text, *, strict=False):
    """The reader of a return given as text or bytes."""
    return Census(BytesIO(text.encode() if isinstance(text, str) else text), strict=strict)


def read(text, *, strict=False):
    """The reader after reading, and the children."""
    reader = census(text, strict=strict)
    return reader, list(reader)


def only(text):
    """The one child of a return."""
    _, (one,) = read(text)
    return one


def line_of(text, fragment):
    """The line on which a fragment first stands."""
    return text[: text.index(fragment)].count("\n") + 1


def told(one):
    """What a child's events say, in short: the kind, the day and the answers."""
    from kith.rules.days import iso

    return [(event.kind, iso(event.day), event.fields) for event in one.events]


def codes(problems):
    """The codes of some problems, in order."""
    return sorted(problem.code for problem in problems)
