"""How families come to a council: a contact, a referral, an assessment."""
# Stories read better as lines than as columns of arguments.
# fmt: off

from typing import Any

from kith.demo import local
from kith.demo.seeing import Seen, notes, visit, visits
from kith.demo.telling import Family

SOURCES = ("school", "health", "police", "individual")
ASSESSMENT_DAYS = 45


def contact(seen: Seen, day: int, source: str, says: str = "") -> None:
    """Somebody is in touch about the children."""
    family, kid = seen.family, seen.kids[0]
    heard = says or seen.text(f"referral_says.{source}", kid)
    family.tell(
        "contact.received", day, at="10:20", child=seen.kids, family="family", contact="contact", source=source, by="front",
        received_by="telephone", wishes="help", words={"says": heard, "family_knows": True, "safe_now": "safe"},
    )  # fmt: skip


def contact_only(seen: Seen, day: int) -> None:
    """A contact that led nowhere, kindly."""
    contact(seen, day, "other", seen.text("contact_says", seen.kids[0]))
    seen.family.tell(
        "note.recorded", day, at="15:30", child=seen.kids, note="decided", note_kind="management_decision", by="tm",
        significant="routine", words={"title": "No further work", "text": "Nothing here that asks for more than the family and those who know them are doing. They were told of the call and of where help is."},
    )  # fmt: skip


def referred(seen: Seen, day: int) -> None:
    """A contact becomes a referral that waits for a decision."""
    source = seen.family.random.choice(SOURCES)
    contact(seen, day, source)
    seen.family.tell("referral.received", day, child=seen.kids, family="family", referral="referral", source=source, by="front")


def decided(seen: Seen, day: int, *, further: bool = True) -> None:
    """A manager decides on a referral."""
    says = "further_work_needed" if further else "no_further_action"
    decision = "initial_assessment" if seen.family.council.authority.pack == "worcestershire" else "assessment"
    seen.family.tell(
        "referral.decided", day, child=seen.kids, family="family", referral="referral", by="tm",
        decision=decision if further else says, further_work_needed=further,
        words={"reasons": "The family asks for help and would not manage without it." if further else "Met by the school and the family’s own people."},
    )  # fmt: skip


def allocated(seen: Seen, day: int, worker: str) -> None:
    """A worker is given the case."""
    family = seen.family
    team = family.council.teams[worker]
    student = worker == "student"
    family.tell(
        "case.allocated", day, child=seen.kids, family="family", worker=worker, team=team, student=student, qualified=not student,
        newly_qualified=worker == "nqsw", by="tm",
    )  # fmt: skip
    family.holder = worker


def begun(seen: Seen, day: int, worker: str) -> None:
    """Referral, decision and allocation, one after another."""
    referred(seen, day)
    decided(seen, min(0, day + 1))
    allocated(seen, min(0, day + 3), worker)


def kind_of_assessment(family: Family) -> str:
    """A core assessment where the council's procedure has them."""
    return "core" if family.council.authority.pack == "worcestershire" else "child_and_family"


def assessment(seen: Seen, start: int, end: int | None, outcome: str = "child_in_need") -> None:
    """An assessment with its visits; authorised on a day, or still going on."""
    family = seen.family
    about: dict[str, Any] = {"child": seen.kids, "family": "family", "assessment": "assessment"}
    a_type = kind_of_assessment(family)
    if a_type == "core":
        _initial(seen, start - 4, start - 1)
    family.tell(f"assessment.started/{a_type}", start, **about)
    last = end if end is not None else -family.random.randrange(2, 8)
    if last > start:
        visits(seen, start + 3, last, 12)
        notes(seen, start, last, 2)
    if a_type == "core":
        _worcestershire(seen, start)
    local.with_assessment(seen, start)
    if end is not None:
        family.tell(f"assessment.submitted/{a_type}", end - 1, **about, author_newly_qualified=family.holder == "nqsw")
        family.tell(f"assessment.authorised/{a_type}", end, **about, outcome=outcome, by="tm")
        family.tell(f"assessment.shared/{a_type}", min(0, end + 3), child=seen.kids, family="family", assessment="assessment", person=["mum", "dad"], how="in_person")


def _initial(seen: Seen, start: int, end: int) -> None:
    about: dict[str, Any] = {"child": seen.kids, "family": "family", "assessment": "first"}
    tell = seen.family.tell
    tell("assessment.started/initial", start, **about)
    tell("agreement.made/assessment", start + 1, **about, agreement="first agreed", person="mum", standing="signed", language="English")
    visit(seen, start + 2)
    tell("assessment.authorised/initial", end, **about, outcome="core_assessment", by="tm")
    tell("assessment.shared/initial", end, **about, person=["mum", "dad"], how="in_person")
    tell("letter.sent/outcome", end, assessment="first", child=seen.kids, family="family", letter="outcome", person=["mum", "dad"], by="bs")


def _worcestershire(seen: Seen, start: int) -> None:
    """What the leaflet asks beside an assessment: whether a family meeting would help, each parent's capacity, what others know."""
    tell = seen.family.tell
    tell("meeting.considered/family_meeting", start + 2, child=seen.kids, family="family", meeting="considered", answer="not_now")
    tell("offer.made/family_meeting_information", start + 2, child=seen.kids, family="family")
    tell("agreement.made/assessment", start + 1, child=seen.kids, family="family", agreement="agreed", assessment="assessment", person="mum", standing="signed", language="English")
    for one in ("mum", "dad"):
        tell("capacity_to_change.recorded", start + 6, child=seen.kids, family="family", assessment="assessment", person=one, stage="determination", effort="high", commitment="high", placed_by="worker", words={"evidence": "They came to every talk."})
