"""The courses that work with a family takes. Each is told so that something is due on a chosen day."""
# Stories read better as lines than as columns of arguments.
# fmt: off

from collections.abc import Callable, Mapping
from typing import Any

from kith.demo import local
from kith.demo.beginnings import (
    ASSESSMENT_DAYS,
    assessment,
    begun,
    contact_only,
    decided,
    referred,
)  # fmt: skip
from kith.demo.household import enter
from kith.demo.inventing import household
from kith.demo.seeing import Seen, notes, ties, visit, visits
from kith.demo.telling import Family
from kith.demo.working_days import before

Course = Callable[[Family, int, str], Seen]
SIX_WEEKS = 42


def _enter(family: Family, known: int, **wish: Any) -> Seen:
    says = household(family, known, **wish)
    enter(family, says)
    return Seen(family, says)


def _ages(family: Family) -> tuple[float, ...]:
    luck = family.random
    count = luck.choices((1, 2, 3), (5, 4, 1))[0]
    return tuple(sorted((luck.choice((0.7, 1.4, 3, 4, 6, 7, 8, 9, 11, 12, 13, 15)) for _ in range(count)), reverse=True))


def nowhere(family: Family, due: int, worker: str) -> Seen:
    """A contact that led nowhere."""
    seen = _enter(family, -abs(due) - 6, ages=_ages(family))
    contact_only(seen, -abs(due) - 6)
    return seen


def waiting(family: Family, due: int, worker: str) -> Seen:
    """A referral that nobody has decided on yet, or that is decided and not allocated."""
    day = before(family, due, 1)
    day = min(day, 0)
    seen = _enter(family, day, ages=_ages(family))
    referred(seen, day)
    if due < -3:
        decided(seen, min(0, day + 1))
    return seen


def declined(family: Family, due: int, worker: str) -> Seen:
    """A referral that was met elsewhere."""
    day = -abs(due) - 20
    seen = _enter(family, day, ages=_ages(family))
    referred(seen, day)
    decided(seen, day + 1, further=False)
    return seen


def assessing(family: Family, due: int, worker: str) -> Seen:
    """An assessment that is to be complete by the day."""
    day = min(-4, before(family, due, ASSESSMENT_DAYS) if not _has_core(family) else before(family, due, 35) - 5)
    seen = _enter(family, day, ages=_ages(family), apart=family.random.random() < 0.4, disabled=_disabled(family))
    begun(seen, day, worker)
    assessment(seen, min(0, day + 5), None)
    local.while_assessing(seen, day + 5, due)
    ties(seen, max(day, -30), seen.born[:1])
    return seen


def in_need(family: Family, due: int, worker: str) -> Seen:
    """A child in need plan, its next visit due on the day."""
    start = family.random.choice((-70, -150, -220))
    seen = _enter(family, start - 50, ages=_ages(family), grandparents=family.random.random() < 0.3, apart=family.random.random() < 0.5, disabled=_disabled(family))
    begun(seen, start - 50, worker)
    assessment(seen, start - 44, start - 2)
    family.tell("plan.started/child_in_need", start, child=seen.kids, family="family", plan="plan", **local.plan_fields(seen))
    local.plan_of_need(seen, start, due)
    notes(seen, start, -1, 3)
    ties(seen, start, seen.born[:1])
    return seen


def protected(family: Family, due: int, worker: str) -> Seen:
    """A child protection plan; its first core group, or the work around it, due about the day."""
    start = before(family, due, 10) if 0 <= due <= 9 else -110 - abs(due)
    start = min(start, -1)
    seen = _enter(family, start - 40, ages=_ages(family), apart=True)
    kids: dict[str, Any] = {"child": seen.kids, "family": "family"}
    begun(seen, start - 40, worker)
    tell = family.tell
    tell("meeting.held/strategy_discussion", start - 22, **kids, meeting="strategy", decision="section_47", chair_role="team_manager", by="tm")
    tell("section_47.started", start - 22, **kids, enquiry="enquiry")
    assessment(seen, start - 30, start - 1, "child_protection")
    tell("section_47.threshold_judged", start - 9, **kids, enquiry="enquiry", met=True, by="tm")
    tell("meeting.held/child_protection_conference", start, **kids, meeting="initial", stage="initial", chair_role="conference_chair", decision="plan", by="chair", person=["mum", "dad"])
    tell("section_47.ended", start, **kids, enquiry="enquiry", outcome="conference", by="tm")
    tell("worker.joined_family", start, child=seen.kids, family="family", worker="chair", worker_role="conference_chair", by="bs")
    tell("plan.started/child_protection", start, **kids, plan="plan", by="chair", **local.plan_fields(seen))
    if start < -20:
        tell("meeting.held/core_group", start + 9, **kids, meeting="core1", person=["mum"])
        tell("meeting.held/child_protection_conference", start + 85, **kids, meeting="review", stage="review", decision="plan_goes_on", chair_role="conference_chair", by="chair")
        visits(seen, start + 5, -3, 10)
        notes(seen, start, -2, 3)
    local.plan_of_protection(seen, start, due)
    return seen


def looked_after(family: Family, due: int, worker: str) -> Seen:
    """Children looked after in one foster home, the next visit due on the day."""
    start = family.random.choice((-95, -200, -330))
    seen = _enter(family, start - 30, ages=_ages(family), apart=True, grandparents=family.random.random() < 0.4)
    begun(seen, start - 30, worker)
    assessment(seen, start - 25, start - 4, "looked_after")
    care(seen, start, due, "foster")
    return seen


def care(seen: Seen, start: int, due: int, a_type: str, under: str = "section_20") -> None:
    """Care from a day: the stay, the placement and its plan, reviews in time, visits to the last that leaves the next due."""
    tell, family = seen.family.tell, seen.family
    every = 28 if a_type == "connected_carer" else SIX_WEEKS
    carer = "gran" if "gran" in seen.names and a_type == "connected_carer" else "carer"
    if carer == "carer":
        carer_enters(family, start, family.children)
    tell("worker.joined_family", start + 1, child=seen.kids, family="family", worker="iro", worker_role="independent_reviewing_officer", by="bs")
    for kid in seen.kids:
        tell("care.proposed", start - 6, child=kid, family="family", emergency=False)
        tell(f"accommodation.started/{under}", start, child=kid, accommodation=f"stay{kid}", emergency=False)
        tell(f"placement.started/{a_type}", start, child=kid, accommodation=f"stay{kid}", placement=f"place{kid}", person=carer, lasting=False)
        tell("placement.planned", start + 3, child=kid, accommodation=f"stay{kid}", placement=f"place{kid}")
        tell("plan.started/care", start + 7, child=kid, family="family", plan=f"care{kid}", **local.plan_fields(seen))
    _reviews(seen, start)
    local.in_care(seen, start)
    visit(seen, start + 5, place="placement")
    last = min(due - every, -1)
    visits(seen, start + 12, max(last, start + 6), every - 3 if every < SIX_WEEKS else 38, place="placement")
    notes(seen, start, -2, 3)


def carer_enters(family: Family, start: int, children: list[str]) -> None:
    """A foster carer is known, with their home, from a day, for some of the children."""
    name = family.random.choice((("Pauline", "Ainsworth"), ("Rafaela", "Monteiro"), ("Gwen", "Abara"), ("Dev", "Chandra"), ("Morag", "Sinclair")))
    family.tell("person.registered", start - 2, person="carer", person_kind="carer", by="bs")
    family.tell("name.given", start - 2, person="carer", name_use="full", words={"given": name[0], "family": name[1]}, by="bs")
    family.tell("person.joined_family", start, person="carer", family="family", relation="carer", parental_responsibility=False, lives_with=True, by="bs")
    family.tell("relationship.recorded", start, child=children, other="carer", relationship="fostering", relation="foster_carer", by="bs")
    family.tell(
        "home.moved_in", start, child=children, person="carer", home="fosterhome", home_use="placement", by="bs",
        may_know="workers_only", safe_to_write=True, words={"address": "8 Sorrel Avenue, Thornby Vale", "postcode": "ZZ99 4FH"},
    )  # fmt: skip


def _reviews(seen: Seen, start: int) -> None:
    for place, day in enumerate((start + 26, start + 115, start + 290)):
        if day < 0:
            seen.family.tell(
                "meeting.held/looked_after_review", day, child=seen.kids, family="family", meeting=f"review{place}", by="iro",
                chair_role="independent_reviewing_officer", person="mum",
            )  # fmt: skip


def kinship(family: Family, due: int, worker: str) -> Seen:
    """Children with their grandparents on a temporary approval."""
    start = -60
    seen = _enter(family, start - 25, ages=_ages(family), grandparents=True, apart=True)
    begun(seen, start - 25, worker)
    assessment(seen, start - 20, start - 1, "looked_after")
    family.tell("relationship.recorded", start, child=seen.kids, other="gran", relationship="kinship", relation="kinship_carer")
    care(seen, start, due, "connected_carer")
    return seen


def guardian(family: Family, due: int, worker: str) -> Seen:
    """Children under special guardianship of a grandmother; the case closed since."""
    start = -420
    seen = _enter(family, start - 25, ages=_ages(family), grandparents=True, apart=True)
    begun(seen, start - 25, worker)
    assessment(seen, start - 20, start - 1, "looked_after")
    tell = family.tell
    tell("relationship.recorded", start + 200, child=seen.kids, other="gran", relationship="guardian", relation="special_guardian")
    tell("parental_responsibility.gained", start + 200, child=seen.kids, person="gran", through="special_guardianship")
    for kid in seen.kids:
        tell("order.made/special_guardianship", start + 200, child=kid, proceedings="court", final=True)
    visits(seen, start + 10, start + 280, 40)
    close(seen, -abs(due) - 12)
    return seen


def privately_fostered(family: Family, due: int, worker: str) -> Seen:
    """A child who lives with a family friend, visited every six weeks."""
    start = family.random.choice((-60, -140))
    seen = _enter(family, start, ages=(family.random.choice((9, 11, 14)),))
    tell = family.tell
    tell("private_fostering.notified", start, child=seen.kids, family="family", arrangement="arrangement", from_on=start - 20, by="front")
    begun(seen, start, worker)
    visit(seen, start + 6, place="relatives")
    visits(seen, start + 12, min(due - SIX_WEEKS, -1), 39, place="relatives")
    assessment_done(seen, start + 40)
    notes(seen, start, -2, 2)
    return seen


def assessment_done(seen: Seen, day: int) -> None:
    """An assessment begun and authorised, told in two lines."""
    if day < 0:
        assessment(seen, day - 15, day, "support_for_carers")


def unborn(family: Family, due: int, worker: str) -> Seen:
    """An unborn child, and the parents who ask for help in time."""
    day = min(-4, before(family, due, ASSESSMENT_DAYS))
    seen = _enter(family, day, ages=(), expected=70 + abs(due))
    begun(seen, day, worker)
    assessment(seen, min(0, day + 5), None)
    local.unborn(seen, day + 9)
    return seen


def in_court(family: Family, due: int, worker: str) -> Seen:
    """Care proceedings whose twenty-six weeks end on the day."""
    start = due - 182
    seen = _enter(family, start - 60, ages=_ages(family), apart=True)
    begun(seen, start - 60, worker)
    assessment(seen, start - 54, start - 20, "looked_after")
    for kid in seen.kids:
        family.tell("proceedings.issued", start, child=kid, family="family", proceedings="court", application="care_order", urgent=False)
        family.tell("contact_limit.made/child_arrangements", start + 20, child=kid, person="dad", order=f"order{kid}", until=150, words={"says": "Dad sees the children on Saturdays with his sister there, and not otherwise."})
    care(seen, start + 3, min(due + 6, 40), "foster", "interim_care_order")
    return seen


def closed(family: Family, due: int, worker: str) -> Seen:
    """Help that came to an end some time ago, or today with a letter still to send."""
    end = -abs(due)
    start = end - 160
    seen = _enter(family, start, ages=_ages(family), disabled=_disabled(family))
    begun(seen, start, worker)
    assessment(seen, start + 5, start + 48)
    family.tell("plan.started/child_in_need", start + 50, child=seen.kids, family="family", plan="plan", **local.plan_fields(seen))
    local.plan_then(seen, start + 50, end)
    close(seen, end)
    return seen


def close(seen: Seen, end: int) -> None:
    """The case is closed with letters to those who should know."""
    tell, kids = seen.family.tell, seen.kids
    tell("plan.ended/child_in_need", end, child=kids, family="family", plan="plan", by="tm", reason="needs_met")
    for one in ("mum", "dad"):
        tell("letter.sent/closure", end, child=kids, family="family", letter=f"letter{one}", person=one, by="bs", **local.to("parent"))
    tell("letter.sent/closure", end, child=kids, family="family", letter="childs", by="holder", **local.to("child"))
    tell("letter.sent/closure", end, child=kids, family="family", letter="others", by="bs", **local.to("professional"))
    tell("episode.closed", end, child=kids, family="family", by="tm", reason="needs_met", closed_by_role="team_manager", had_plan=True)
    local.closed(seen, end)


def _has_core(family: Family) -> bool:
    return family.council.authority.pack == "worcestershire"


def _disabled(family: Family) -> bool:
    return family.council.authority.pack == "lincolnshire"


COURSES: Mapping[str, Course] = {
    "nowhere": nowhere, "waiting": waiting, "declined": declined, "assessing": assessing, "in_need": in_need, "protected": protected,
    "looked_after": looked_after, "kinship": kinship, "guardian": guardian, "privately_fostered": privately_fostered,
    "unborn": unborn, "in_court": in_court, "closed": closed,
}  # fmt: skip
