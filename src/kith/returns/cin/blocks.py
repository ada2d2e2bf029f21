"""Assessments, child in need plans, and work before proceedings, as events."""

from kith.returns.cin.codes import FACTORS_REPLACED_FROM, REPLACED_FACTORS
from kith.returns.cin.elements import Block
from kith.returns.cin.span import Span
from kith.returns.cin.telling import Telling
from kith.rules.days import iso


def tell_assessment(telling: Telling, block: Block, span: Span) -> None:
    """An assessment: its start and, where it is completed, its authorisation. Every one is a child and family assessment."""
    child, number = telling.child, telling.number("assessment")
    started, authorised = (
        telling.day(block, "AssessmentActualStartDate"),
        telling.day(block, "AssessmentAuthorisationDate"),
    )
    names = telling.named("assessment", f"{child}-assessment-{number}")
    if started:
        telling.event("assessment.started/child_and_family", started, f"{child}-assessment-started-{number}", names)
        if started < span.referral:
            telling.order("1103", block, "AssessmentActualStartDate", started, span.referral)
        if 0 < span.closed < started:
            telling.order("8565", block, "AssessmentActualStartDate", started, span.closed)
    if authorised:
        telling.event(
            "assessment.authorised/child_and_family", authorised, f"{child}-assessment-authorised-{number}", names
        )
        if authorised < started:
            telling.order("8608", block, "AssessmentAuthorisationDate", authorised, started)
        if 0 < span.closed < authorised:
            telling.order("8565", block, "AssessmentAuthorisationDate", authorised, span.closed)
    elif span.is_closed and "AssessmentAuthorisationDate" not in block.values:
        telling.problem("8867", block.at, "AssessmentAuthorisationDate")
    telling.check_day(block, "AssessmentInternalReviewDate")
    _check_factors(telling, block)


def _check_factors(telling: Telling, block: Block) -> None:
    completed = "AssessmentAuthorisationDate" in block.values
    if not block.many:
        if completed:
            telling.problem("8897Q", block.values["AssessmentAuthorisationDate"], "AssessmentFactors")
        return
    if not completed:
        telling.problem("8614", block.many[0], "AssessmentFactors")
    seen: set[str] = set()
    for at in block.many:
        code = telling.piece.texts[at].strip()
        _check_factor(telling, at, code, seen)
        seen.add(code)
    if "21" in seen and len(seen) > 1:
        telling.problem("8869", block.many[0], "AssessmentFactors")


def _check_factor(telling: Telling, at: int, code: str, seen: set[str]) -> None:
    if code not in telling.asked.codes["AssessmentFactors"]:
        telling.problem("factor", at, "AssessmentFactors", code)
    elif code in seen:
        telling.problem("8898", at, "AssessmentFactors", code)
    elif code in REPLACED_FACTORS and telling.collection.year >= FACTORS_REPLACED_FROM:
        telling.problem(REPLACED_FACTORS[code], at, "AssessmentFactors")


def tell_child_in_need_plan(telling: Telling, block: Block, span: Span) -> None:
    """A child in need plan: its start and its end."""
    child, number = telling.child, telling.number("child-in-need-plan")
    start, end = telling.day(block, "CINPlanStartDate"), telling.day(block, "CINPlanEndDate")
    names = telling.named("plan", f"{child}-child-in-need-plan-{number}")
    if start:
        telling.event("plan.started/child_in_need", start, f"{child}-child-in-need-plan-started-{number}", names)
        _check_start(telling, block, span, start)
    elif "CINPlanStartDate" not in block.values:
        telling.problem("4010", block.at, "CINPlanStartDate", "none is given")
    if end:
        telling.event("plan.ended/child_in_need", end, f"{child}-child-in-need-plan-ended-{number}", names)
        _check_end(telling, block, span, start, end)
    elif "CINPlanEndDate" not in block.values:
        if "child_in_need" in span.open_plans:
            telling.problem("4004", block.at, "CINPlanEndDate")
        span.open_plans.add("child_in_need")


def _check_start(telling: Telling, block: Block, span: Span, start: int) -> None:
    if start < span.referral:
        telling.order("4015", block, "CINPlanStartDate", start, span.referral)
    if 0 < telling.died < start:
        telling.order("4008", block, "CINPlanStartDate", start, telling.died)
    if 0 < span.closed < start:
        telling.order("8565", block, "CINPlanStartDate", start, span.closed)


def _check_end(telling: Telling, block: Block, span: Span, start: int, end: int) -> None:
    if end < start:
        telling.order("4011", block, "CINPlanEndDate", end, start)
    elif end == start:
        telling.problem("4012Q", block.values["CINPlanEndDate"], "CINPlanEndDate", iso(end))
    if 0 < telling.died < end:
        telling.order("4009Q", block, "CINPlanEndDate", end, telling.died)
    if 0 < span.closed < end:
        telling.order("8565", block, "CINPlanEndDate", end, span.closed)


def tell_pre_proceedings(telling: Telling, block: Block, span: Span) -> None:
    """Work before proceedings, from 2026-27: its start, the letter, the first meeting, the two answers, the outcome.

    The number of review meetings and the letter about the proceedings themselves become no event.
    """
    child, number = telling.child, telling.number("pre-proceedings")
    what = f"{child}-pre-proceedings"
    start, letter = telling.day(block, "PPStartDate"), telling.day(block, "LBPSentDate")
    meeting, step = telling.day(block, "InitialPPMeetingDate"), telling.day(block, "StepDecisionDate")
    if start:
        telling.event("pre_proceedings.started", start, f"{what}-started-{number}")
    elif "PPStartDate" not in block.values:
        telling.problem("9005", block.at, "PPStartDate", "none is given")
    if letter:
        names = telling.named("letter", f"{child}-letter-{number}")
        telling.event("letter.sent/before_proceedings", letter, f"{child}-letter-sent-{number}", names)
        if letter < start:
            telling.order("9006", block, "LBPSentDate", letter, start)
    if meeting:
        names = telling.named("meeting", f"{what}-meeting-{number}")
        telling.event("meeting.held/pre_proceedings", meeting, f"{what}-held-{number}", names, {"stage": "initial"})
    _tell_count(telling, block, start or letter or meeting, number)
    outcome = telling.code(block, "PPOutcome", "9011")
    if step:
        fields: dict[str, object] = {"outcome": outcome} if outcome else {}
        telling.event("pre_proceedings.ended", step, f"{what}-ended-{number}", None, fields)
        if step < start:
            telling.order("9009", block, "StepDecisionDate", step, start)
    _tell_application(telling, block, step, number)


def _tell_count(telling: Telling, block: Block, day: int, number: int) -> None:
    """Whether family group decision-making was offered, and held: counted on the day the work began."""
    fields: dict[str, object] = {}
    for field, name in (("FGDMMeetingOffer", "offered"), ("FGDMMeetingFac", "held")):
        answer = telling.flag(block, field)
        if answer is not None and telling.use(block, field, day=day, other="PPStartDate"):
            fields[name] = answer
    if fields:
        telling.event("pre_proceedings.counted", day, f"{telling.child}-pre-proceedings-counted-{number}", None, fields)


def _tell_application(telling: Telling, block: Block, step: int, number: int) -> None:
    applied = telling.day(block, "CourtAppDate")
    if applied:
        names = telling.named("proceedings", f"{telling.child}-proceedings-{number}")
        telling.event("proceedings.issued", applied, f"{telling.child}-proceedings-issued-{number}", names)
        if applied < step:
            telling.order("9012", block, "CourtAppDate", applied, step)
    letter = telling.check_day(block, "LetterInitCPDate")
    if 0 < letter < applied:
        telling.order("9013", block, "LetterInitCPDate", letter, applied)
