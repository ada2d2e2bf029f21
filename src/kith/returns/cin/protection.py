"""Section 47 enquiries, conferences and child protection plans, as events."""

from kith.returns.cin.elements import Block
from kith.returns.cin.span import Span
from kith.returns.cin.telling import Telling
from kith.rules.days import iso


def tell_enquiry(telling: Telling, block: Block, span: Span) -> None:
    """An enquiry: its start, and either its conference or the mark that none was needed.

    The mark ends the enquiry on the day it started, since the return gives no day of its own.
    """
    child, number = telling.child, telling.number("enquiry")
    started = telling.day(block, "S47ActualStartDate")
    names = telling.named("enquiry", f"{child}-enquiry-{number}")
    if started:
        telling.event("section_47.started", started, f"{child}-enquiry-started-{number}", names)
        if started < span.referral:
            telling.order("2889", block, "S47ActualStartDate", started, span.referral)
        if 0 < span.closed < started:
            telling.order("8565", block, "S47ActualStartDate", started, span.closed)
    elif "S47ActualStartDate" not in block.values:
        telling.problem("8615", block.at, "S47ActualStartDate", "none is given", "none is given")
    telling.check_day(block, "InitialCPCtarget")
    not_needed = _tell_not_needed(telling, block, names, started, number)
    if "DateOfInitialCPC" in block.values:
        held = tell_conference(telling, block, span)
        if 0 < held < started:
            telling.order("8615", block, "S47ActualStartDate", started, held)
    elif span.is_closed and not not_needed:
        telling.problem("8868", block.at, "DateOfInitialCPC")


def _tell_not_needed(telling: Telling, block: Block, names: dict[str, str], started: int, number: int) -> bool:
    """The mark that no conference was needed: whether it is there and true."""
    not_needed = telling.flag(block, "ICPCnotRequired")
    if not_needed is False:
        telling.read += 1
    elif not_needed and telling.use(block, "ICPCnotRequired", day=started, other="S47ActualStartDate"):
        fields: dict[str, object] = {"outcome": "no_conference"}
        telling.event("section_47.ended", started, f"{telling.child}-enquiry-ended-{number}", names, fields)
    return bool(not_needed)


def tell_conference(telling: Telling, block: Block, span: Span) -> int:
    """An initial conference, of an enquiry or of the episode itself (a transfer in); gives its day, or 0."""
    held = telling.day(block, "DateOfInitialCPC")
    if not held:
        return 0
    if held == span.transferred:
        telling.problem("2884", block.values["DateOfInitialCPC"], "DateOfInitialCPC", iso(held))
    _tell_meeting(telling, held, "initial")
    span.conferences.append(held)
    if held < span.referral:
        telling.order("1104", block, "DateOfInitialCPC", held, span.referral)
    if 0 < span.closed < held:
        telling.order("8565", block, "DateOfInitialCPC", held, span.closed)
    return held


def _tell_meeting(telling: Telling, held: int, stage: str) -> None:
    child, number = telling.child, telling.number("conference")
    names = telling.named("meeting", f"{child}-conference-{number}")
    telling.event(
        "meeting.held/child_protection_conference", held, f"{child}-conference-held-{number}", names, {"stage": stage}
    )


def tell_protection_plan(telling: Telling, block: Block, span: Span) -> None:
    """A child protection plan: its start, its end, and each review conference."""
    child, number = telling.child, telling.number("child-protection-plan")
    start, end = telling.day(block, "CPPstartDate"), telling.day(block, "CPPendDate")
    names = telling.named("plan", f"{child}-child-protection-plan-{number}")
    if start:
        telling.event("plan.started/child_protection", start, f"{child}-child-protection-plan-started-{number}", names)
        _check_start(telling, block, span, start)
    elif "CPPstartDate" not in block.values:
        telling.problem("8720", block.at, "CPPstartDate", "none is given")
    _tell_reviews(telling, block, start)
    if end:
        telling.event("plan.ended/child_protection", end, f"{child}-child-protection-plan-ended-{number}", names)
        _check_end(telling, block, span, start, end)
    elif "CPPendDate" not in block.values:
        if "child_protection" in span.open_plans:
            telling.problem("8935", block.at, "CPPendDate")
        span.open_plans.add("child_protection")
    _check_codes(telling, block)


def _tell_reviews(telling: Telling, block: Block, start: int) -> None:
    for at in block.many:
        review = telling.day_at(at, "CPPreviewDate")
        if review:
            _tell_meeting(telling, review, "review")
            if review <= start:
                telling.problem("8841", at, "CPPreviewDate", iso(review), iso(start))


def _check_start(telling: Telling, block: Block, span: Span, start: int) -> None:
    if start < span.referral:
        telling.order("1105", block, "CPPstartDate", start, span.referral)
    if 0 < telling.died < start:
        telling.order("8915", block, "CPPstartDate", start, telling.died)
    if start >= telling.collection.first and start not in span.conferences:
        telling.problem("2885", block.values["CPPstartDate"], "CPPstartDate", iso(start))


def _check_end(telling: Telling, block: Block, span: Span, start: int, end: int) -> None:
    if end < start:
        telling.order("8925", block, "CPPendDate", end, start)
    elif end == start:
        telling.problem("8840", block.values["CPPendDate"], "CPPendDate", iso(end))
    if 0 < telling.died < end:
        telling.order("8920", block, "CPPendDate", end, telling.died)
    if 0 < span.closed < end:
        telling.order("8565", block, "CPPendDate", end, span.closed)


def _check_codes(telling: Telling, block: Block) -> None:
    telling.code(block, "InitialCategoryOfAbuse", "8905", "Abuse", needed=True)
    telling.code(block, "LatestCategoryOfAbuse", "8910", "Abuse", needed=True)
    earlier = telling.text(block, "NumberOfPreviousCPP")
    if earlier is None or not earlier.isdecimal():
        telling.problem("8730", block.values.get("NumberOfPreviousCPP", block.at), "NumberOfPreviousCPP", earlier or "")
