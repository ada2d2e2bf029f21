"""What each council's own procedure asks beside the national one, told so that something of it is due on a chosen day."""
# Stories read better as lines than as columns of arguments.
# fmt: off

from typing import Any

from kith.demo.councils import data
from kith.demo.seeing import Seen, visits
from kith.demo.working_days import after, before

Says = dict[str, Any]


def _pack(seen: Seen) -> str:
    return seen.family.council.authority.pack


def to(reader: str) -> Says:
    """Whom a letter is written to."""
    return {"reader": reader}


def plan_fields(seen: Seen) -> Says:
    """What the start of a plan says, where the procedure asks."""
    return {}


def with_assessment(seen: Seen, start: int) -> None:
    """Beside every assessment."""
    if _pack(seen) == "lincolnshire" and start < -22:
        _network_meeting(seen, start + 18)


def while_assessing(seen: Seen, start: int, due: int) -> None:
    """A plan that begins before the assessment is at its end, so that help does not wait."""
    if _pack(seen) == "lincolnshire" and start < -32 and seen.family.random.random() < 0.7:
        seen.family.tell("plan.started/child_in_need", start + 22, child=seen.kids, family="family", plan="plan")
        _lincolnshire(seen, start + 22, due)


def unborn(seen: Seen, day: int) -> None:
    """Beside the assessment of an unborn child."""
    if _pack(seen) == "worcestershire" and day < 0:
        seen.family.tell("worker.joined_family", day, family="family", worker="fsw", worker_role="midwife")


def _network_meeting(seen: Seen, day: int) -> None:
    seen.family.tell("meeting.held/family_network", min(day, 0), child=seen.kids, family="family", meeting=f"network{day}", person="mum")


def plan_of_need(seen: Seen, start: int, due: int) -> None:
    """The life of a child in need plan up to today."""
    {"lincolnshire": _lincolnshire, "worcestershire": _worcestershire, "walsall": _walsall, "leicestershire": _plain}[_pack(seen)](seen, start, due)


def _plain(seen: Seen, start: int, due: int) -> None:
    visits(seen, start + 10, min(-1, due - 30), 28)


def _lincolnshire(seen: Seen, start: int, due: int) -> None:
    """Visits every four weeks for three months, then at most twelve weeks apart; progress meetings; the plan sent round."""
    family, kids = seen.family, seen.kids
    early = start > -89
    last = min(-1, due - (28 if early else 84))
    visits(seen, start + 20, max(last, start + 8), 25 if early else 27)
    family.tell("visiting_pattern.agreed", start + 10, child=kids, every="4 weeks" if early else "12 weeks", starts_on=start + 10 if early else start + 92, below_minimum=False, by="tm")
    for place, day in enumerate((start + 9, start + 94, start + 270)):
        if day < 0:
            _progress_meeting(seen, f"progress{place}", day)


def _progress_meeting(seen: Seen, meeting: str, day: int) -> None:
    tell, kids = seen.family.tell, seen.kids
    tell("meeting.held/child_in_need", day, child=kids, family="family", meeting=meeting, person=["mum", "dad"], chair_role="social_worker", place="school", conference_agreed=False)
    for kid in kids:
        tell("safety.scored", day, child=kid, meeting=meeting, person="mum", score=seen.family.random.randrange(4, 9))
    tell("meeting.arranged/family_network", min(0, day + 4), child=kids, family="family", meeting=f"{meeting}network", held_on=day + 20, chair_role="social_worker")
    if day + 20 < 0:
        tell("meeting.held/family_network", day + 20, child=kids, family="family", meeting=f"{meeting}network", person=["mum", "dad"], chair_role="social_worker")
    if day < -6:
        tell("meeting.circulation_confirmed/child_in_need", day + 2, child=kids, family="family", meeting=meeting, by_role="allocated_social_worker")
        tell("meeting.record_sent/child_in_need", day + 4, child=kids, family="family", meeting=meeting, person=["mum", "dad"], by="bs")


def _worcestershire(seen: Seen, start: int, due: int) -> None:
    """Actions with a day, a promise to ask about, a team that meets as the plan says."""
    tell, kids, luck = seen.family.tell, seen.kids, seen.family.random
    texts = data("texts")
    tell("plan.approved/child_in_need", start + 1, child=kids, family="family", plan="plan", by_role="team_manager", by="tm")
    for place, text in enumerate(luck.sample(texts["plan_actions"], 3)):
        by_when = (due, due + 12, start + 30)[place]
        tell("action.agreed", start, family="family", child=kids, action=f"action{place}", by_when=by_when, negotiable=True, words={"what": text})
        if place == 2:
            tell("action.done", min(-1, start + 27 + luck.randrange(0, 8)), family="family", child=kids, action=f"action{place}")
    tell("promise.made", start, family="family", child=kids, promise="promise", person="mum", ask_on=due + 4, words={"what": luck.choice(texts["promises"])})
    if start < -178:
        tell("plan.reviewed/child_in_need", start + 174, child=kids, family="family", plan="plan", with_family=True, with_social_worker=True)
    visits(seen, start + 10, min(-1, due - 20), 28)


def _walsall(seen: Seen, start: int, due: int) -> None:
    """The Family Safeguarding pathway: workbook, parents' assessments, a supervision every month and its summaries."""
    pathway(seen, start)
    supervisions(seen, start, due)
    visits(seen, start + 10, min(-1, due - 20), 28)


def pathway(seen: Seen, start: int) -> None:
    """A family comes to the team."""
    tell = seen.family.tell
    tell("pathway.decided/family_safeguarding", start + 1, family="family", child=seen.kids, main_concern="domestic_abuse", harm_outside_home=False, by="tm")
    tell("meeting.held/allocation", start + 3, family="family", child=seen.kids, meeting="allocation", chair_role="team_manager", by="tm")
    tell("workbook.opened", start + 3, family="family", by="bs")
    tell("parenting_assessment.opened", start + 8, family="family", person=["mum", "dad"] if seen.family.random.random() < 0.8 else "mum")
    for worker in (seen.family.holder, "fsw"):
        tell("worker.joined_family", start + 4, family="family", child=seen.kids, worker=worker, worker_role="co_worker" if worker == "fsw" else "social_worker", by="tm")


def supervisions(seen: Seen, start: int, due: int) -> None:
    """Monthly supervisions held so far, and the next, so that summaries for it are due on the day."""
    tell, family = seen.family.tell, seen.family
    first, due = True, after(family, due - 1, 1)
    for month in range(1, 12):
        day = start + 30 * month - 8
        if day >= min(-2, due - 14):
            break
        meeting = f"supervision{month}"
        tell("meeting.arranged/group_supervision", day - 12, family="family", meeting=meeting, held_on=day, chair_role="team_manager", by="bs")
        for worker in (family.holder, "fsw"):
            tell("monthly_summary.submitted", day - family.random.choice((3, 5, 6, 7)), family="family", meeting=meeting, worker=worker, rating="amber", by=worker)
        tell("meeting.held/group_supervision", day, family="family", child=seen.kids, meeting=meeting, chair_role="team_manager", by="tm")
        for kid in seen.kids:
            tell("threshold.reviewed", day, child=kid, family="family", meeting=meeting, recommendation="no_change", by="tm")
        tell("rating.agreed", day, family="family", meeting=meeting, rating=("red", "amber", "amber", "green")[min(3, month - 1)], differs=not first, explored=True, by_role="team_manager", by="tm")
        tell("meeting.record_approved/group_supervision", day + 2, family="family", meeting=meeting, by_role="team_manager", by="tm")
        first = False
    tell("meeting.arranged/group_supervision", max(min(-1, due - 12), start + 2), family="family", meeting="next", held_on=after(family, due, 3), chair_role="team_manager", by="bs")


def plan_of_protection(seen: Seen, start: int, due: int) -> None:
    """Beside a child protection plan."""
    tell, kids = seen.family.tell, seen.kids
    if _pack(seen) == "lincolnshire":
        _network_meeting(seen, min(0, start - 4))
    if _pack(seen) == "walsall":
        pathway(seen, start)
        supervisions(seen, start, due)
    if _pack(seen) == "worcestershire":
        _considered(seen, start)
        tell("action.agreed", start, family="family", child=kids, action="safety", by_when=due, negotiable=False, words={"what": "Finish the safety plan with Mum and the children, in their words"})


def _considered(seen: Seen, start: int) -> None:
    tell = seen.family.tell
    tell("offer.made/family_meeting_information", start, child=seen.kids, family="family")
    tell("meeting.considered/family_meeting", start + 1, child=seen.kids, family="family", meeting=f"considered{start}", answer="yes")


def in_care(seen: Seen, start: int) -> None:
    """Beside a care plan."""
    if _pack(seen) == "worcestershire":
        _considered(seen, start + 7)
        for kid in seen.kids:
            seen.family.tell("plan.approved/care", start + 8, child=kid, family="family", plan=f"care{kid}", by_role="team_manager", by="tm")
            seen.family.tell("decision.recorded/permanence_plan_not_needed", start + 60, child=kid, family="family", by_role="team_manager", by="tm")


def plan_then(seen: Seen, start: int, end: int) -> None:
    """A child in need plan that has come to its end."""
    if _pack(seen) == "lincolnshire":
        _progress_meeting(seen, "progress0", start + 9)
        seen.family.tell("visiting_pattern.agreed", start + 5, child=seen.kids, every="4 weeks", starts_on=start + 5, below_minimum=False, by="tm")
    if _pack(seen) == "worcestershire":
        seen.family.tell("plan.approved/child_in_need", start + 1, child=seen.kids, family="family", plan="plan", by_role="team_manager", by="tm")
    visits(seen, start + 10, end - 8, 26)


def closed(seen: Seen, end: int) -> None:
    """After the closing."""
    if _pack(seen) == "worcestershire" and before(seen.family, 0, 5) >= end:
        for letter in ("lettermum", "letterdad", "childs", "others"):
            seen.family.tell("letter.window_closed/closure", after(seen.family, end, 5), child=seen.kids, family="family", letter=letter, by="bs")
    if _pack(seen) == "walsall":
        seen.family.tell("family.left", end, family="family", by="tm")
