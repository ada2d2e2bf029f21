"""What a return says of each episode, from the referral to the closing, as events."""

from collections.abc import Sequence
from itertools import pairwise

from kith.returns.cin.blocks import tell_assessment, tell_child_in_need_plan, tell_pre_proceedings
from kith.returns.cin.codes import REASONS
from kith.returns.cin.elements import Block
from kith.returns.cin.protection import tell_conference, tell_enquiry, tell_protection_plan
from kith.returns.cin.span import Span
from kith.returns.cin.telling import Telling
from kith.rules.days import iso

_TELLERS = {
    "Assessments": tell_assessment,
    "CINPlanDates": tell_child_in_need_plan,
    "Section47": tell_enquiry,
    "ChildProtectionPlans": tell_protection_plan,
    "PreProceedingsandFGDM": tell_pre_proceedings,
}
# What a closing says of the child, by its reason.
_LEFT = {"RC1": "child.adopted", "RC5": "child.moved_authority"}


def tell_episodes(telling: Telling, episodes: Sequence[Block]) -> list[int]:
    """Every episode of a child; gives the days of their referrals."""
    spans = [tell_episode(telling, block) for block in episodes]
    if len(episodes) > 1:
        _check_together(telling, episodes, spans)
    return [span.referral for span in spans if span.referral]


def tell_episode(telling: Telling, block: Block) -> Span:
    """One episode: the referral and what was decided on it, its blocks, its closing."""
    child, number = telling.child, telling.number("referral")
    referral, closed = telling.day(block, "CINreferralDate"), telling.day(block, "CINclosureDate")
    span = Span(referral, closed, is_closed="CINclosureDate" in block.values)
    source = telling.code(block, "ReferralSource", "8866", needed=True)
    if referral:
        names = telling.named("referral", f"{child}-referral-{number}")
        fields: dict[str, object] = {"source": source} if source else {}
        telling.event("referral.received", referral, f"{child}-referral-received-{number}", names, fields)
        if 0 < telling.died < referral:
            telling.order("8555Q", block, "CINreferralDate", referral, telling.died)
    elif "CINreferralDate" not in block.values:
        telling.problem("8600", block.at, "CINreferralDate", "none is given")
    _tell_decision(telling, block, span, number)
    if "DateOfInitialCPC" in block.values:
        span.transferred = tell_conference(telling, block, span)
    for inner in block.blocks:
        _TELLERS[inner.name](telling, inner, span)
    _tell_closing(telling, block, span, number)
    return span


def _tell_decision(telling: Telling, block: Block, span: Span, number: int) -> None:
    """A referral marked as no further action is decided on its own day; the return gives no other."""
    nothing_more = telling.flag(block, "ReferralNFA", "8568")
    if nothing_more is None:
        if "ReferralNFA" not in block.values:
            telling.problem("8568", block.at, "ReferralNFA")
    elif nothing_more:
        if telling.use(block, "ReferralNFA", day=span.referral, other="CINreferralDate"):
            names = telling.named("referral", f"{telling.child}-referral-{number}")
            fields: dict[str, object] = {"decision": "no_further_action", "further_work_needed": False}
            telling.event(
                "referral.decided", span.referral, f"{telling.child}-referral-decided-{number}", names, fields
            )
        _check_nothing_more(telling, block)
    else:
        telling.read += 1
        if "PrimaryNeedCode" not in block.values:
            telling.problem("8610", block.at, "PrimaryNeedCode")
    telling.code(block, "PrimaryNeedCode", "8650")


def _check_nothing_more(telling: Telling, block: Block) -> None:
    at = block.values["ReferralNFA"]
    names = {inner.name for inner in block.blocks}
    if names & {"Assessments", "Section47"} or "DateOfInitialCPC" in block.values:
        telling.problem("8831", at, "ReferralNFA")
    if "ChildProtectionPlans" in names:
        telling.problem("8832", at, "ReferralNFA")
    if "CINPlanDates" in names:
        telling.problem("4000", at, "ReferralNFA")


def _tell_closing(telling: Telling, block: Block, span: Span, number: int) -> None:
    reason = telling.code(block, "ReasonForClosure", "8640", mend="RC9" if telling.collection.year >= 2023 else "RC8")
    if not span.is_closed:
        if "ReasonForClosure" in block.values:
            telling.problem("8810", block.values["ReasonForClosure"], "ReasonForClosure")
        return
    if "ReasonForClosure" not in block.values:
        telling.problem("8805", block.values["CINclosureDate"], "CINclosureDate")
    closed, child = span.closed, telling.child
    if not closed:
        return
    if closed < span.referral:
        telling.order("8630", block, "CINclosureDate", closed, span.referral)
    fields: dict[str, object] = {"reason": REASONS[reason]} if reason else {}
    telling.event("episode.closed", closed, f"{child}-closed-{number}", None, fields)
    if reason in _LEFT:
        kind = _LEFT[reason]
        telling.event(kind, closed, f"{child}-{kind.partition('.')[2]}-{number}")
    if reason == "RC2" and not telling.died:
        telling.problem("8585Q", block.values["CINclosureDate"], "ReasonForClosure")
        telling.died = closed


def _check_together(telling: Telling, blocks: Sequence[Block], spans: Sequence[Span]) -> None:
    """What holds between the episodes of one child: at most one open, and none begun before the last was closed."""
    still_open = 0
    for block, span in zip(blocks, spans, strict=True):
        at = block.values.get("ReferralNFA")
        nothing_more = at is not None and telling.piece.texts[at].strip().lower() in ("1", "true")
        if not span.is_closed and not nothing_more:
            still_open += 1
            if still_open == 2:
                telling.problem("8815", block.at, "CINclosureDate")
    in_order = sorted(
        (span.referral, span.closed, block.at) for block, span in zip(blocks, spans, strict=True) if span.referral
    )
    for (_, closed, _), (referral, _, at) in pairwise(in_order):
        if closed and referral < closed:
            telling.problem("8820", at, "CINreferralDate", iso(referral), iso(closed))
