"""A meeting brought about as a worker brings it about, page by page: for tests of meetings."""

import datetime as dt

from django.urls import reverse

import cast
import paperwork
from kith.core import clock
from kith.meetings.models import Meeting

SAFE = {
    "by": "parent", "purpose": "That Kit can stay at home.", "help_meanwhile": "yes", "help": "Amy comes each evening.", "reply": "The meeting is on Thursday.",
}  # fmt: skip


def leicestershire():
    """Leicestershire with Kit's family, a Service Manager Sal who leads, and desks for her and for Moll, who manages the team."""
    one = paperwork.household("leicestershire")
    with one.at_work():
        one.worker("Sal", "service_manager")
        one.team.telephone = "0116 496 0123"
        one.team.save(update_fields=["telephone"])
    one.sal = paperwork.desk(one.workers["Sal"])
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    return one


def a_thursday():
    """The last Thursday that is over."""
    day = cast.days_ago(1)
    while day.weekday() != 3:
        day -= dt.timedelta(days=1)
    return day


def asked(town, **said):
    told = {
        "a_type": "family_care_and_protect", "person": str(town.ros), "own_words": "I cannot do this any more.", "referral_reasons": "request_not_resolved",
        "tried": "Family support since March.", "safe_at_home": "yes", "safe_why": "The assessment.", "safeguarding_found": "none_found", **SAFE, **said,
    }  # fmt: skip
    return paperwork.recorded(town.amy, town.kit, "meeting_ask", when=cast.days_ago(20), **told)


def the_meeting(town):
    with town.at_work(writing=False):
        return Meeting.objects.get(child=town.kit)


def arranged(town, about=None, **said):
    told = {
        "a_type": "family_care_and_protect", "held_on": a_thursday(), "starts_at": "10am", "venue": "Loughborough Children and Family Centre", "family_said": "Ros can walk there.",
        "chair": str(town.workers["Sal"].id), "chair_role": "service_manager", "purpose": "To find what lets Kit stay.", "outside_slot": "no", **said,
    }  # fmt: skip
    address = reverse("record-form", args=[town.kit, "meeting_arrange"])
    sent = {
        "act": "record",
        "for": str(about or ""),
        **paperwork.answers(when=cast.days_ago(15), **told),
        f"{town.kit}-child_takes_part": "comes",
    }
    answer = town.moll_desk.post(address, sent)
    if answer.status_code == 422 and "fcp_meeting.assessment_done" in paperwork.said(answer):
        answer = town.moll_desk.post(
            address, sent | {"gate:fcp_meeting.assessment_done": "The family could not wait for it."}
        )
    return answer


def guest(town, person, part, **said):
    meeting = the_meeting(town).meeting
    address = reverse("record-form", args=[town.kit, "meeting_guest"])
    sent = {
        "act": "record",
        "for": str(meeting),
        **paperwork.answers(when=cast.days_ago(14), guest_part=part, person=str(person), **said),
    }
    assert town.amy.post(address, sent).status_code == 302


def room(town, client=None, act="save", **typed):
    meeting = the_meeting(town)
    address = reverse("meeting-room", args=[town.kit, meeting.meeting])
    return (client or town.sal).post(
        address, {"act": act, **{name.replace("__", "."): text for name, text in typed.items()}}, follow=True
    )


def everything(town, **more):
    kit, ros, fin = town.kit, town.ros, town.fin
    typed = {
        f"came.{ros}": "came", f"came.{fin}": "apologies", f"came.{kit}": "otherwise", f"rules.{ros}": "yes", "q.working_well": "Ros gets Kit to school.",
        "q.worries": "Nights are hard.", f"q.childs_words.{kit}": "I want to stay with Mum.", f"score.{ros}": "6", f"shown.{ros}": "yes", f"why.{ros}": "Gran helps.",
        f"score.{fin}": "3", "part.1.who": str(ros), "part.1.words": "Gran has Kit on Fridays.", "part.1.answer": "agreed", "part.2.words": "Fin stays away at night.",
        "part.2.answer": "agreed_in_principle", "offer.1.who": "Early help", "offer.1.what": "A worker at bedtime", "offer.1.limits": "Two evenings a week",
        "act.1.what": "Ring Early Help", "act.1.who": str(town.workers["Amy"].id), "act.1.by_when": cast.days_ago(-7).isoformat(), "promise.1.who": str(fin),
        "promise.1.words": "I will ring before I come.", "outcome.family_plan": "yes", "next.day": cast.days_ago(-30).isoformat(), "held.day": a_thursday().isoformat(),
        "stage.opening": "yes",
    }  # fmt: skip
    return typed | more


def ready(town, **said):
    """A meeting asked for and arranged, with both parents and Kit on its list."""
    asked(town)
    assert arranged(town, the_meeting(town).meeting, **said).status_code == 302
    for person, part in ((town.ros, "parent"), (town.fin, "parent"), (town.kit, "child")):
        guest(town, person, part)
    return town


def ahead(town):
    """The same, with the meeting still to come: three weeks from today on a Thursday."""
    day = clock.today() + dt.timedelta(days=21)
    while day.weekday() != 3:
        day += dt.timedelta(days=1)
    return ready(town, held_on=day)


def over(town, **more):
    """A meeting that was held and is in the record."""
    ready(town)
    page = room(
        town, act="finish", **{name.replace(".", "__"): text for name, text in everything(town, **more).items()}
    )
    assert "The meeting is in the record." in page.content.decode()
    return town


def act(town, form, client=None, about=None, sent=None, **said):
    """A form of the meeting, opened from it, that must be taken."""
    answer = tried(town, form, client, about, sent, **said)
    assert answer.status_code == 302, paperwork.wrong(answer)
    return answer


def tried(town, form, client=None, about=None, sent=None, **said):
    """A form of the meeting, sent."""
    said.setdefault("when", cast.days_ago(2))
    address = reverse("record-form", args=[town.kit, form])
    filled = {
        "act": "record",
        "for": str(about or the_meeting(town).meeting),
        **paperwork.answers(**said),
        **(sent or {}),
    }
    return (client or town.amy).post(address, filled)
