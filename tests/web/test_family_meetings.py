"""A Worcestershire Family Meeting, clause by clause: how it is set up, what its letters say, what is written in the room, what follows."""

import datetime as dt
import html
import re

import pytest
from django.urls import reverse
from test_meetings_elsewhere import arrange, family_meeting, kinds, meeting_of, room, send, stopped, taken

import cast
import paperwork
from kith.core import clock, ids
from kith.documents.models import Document
from kith.meetings import story
from kith.meetings.models import Meeting
from kith.obligations.models import Owed
from kith.record.selectors import words_of
from kith.web import said

pytestmark = pytest.mark.django_db
PRINCIPLES = (
    "welfare comes before everything else", "how the meeting goes", "helps to plan the meeting", "what their part in it is", "a fair hearing", "what people are worried about", "time of its own",
    "what it needs is found", "goes on being part of a plan",
)  # fmt: skip


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    with one.at_work():
        one.team.telephone = "01905 000123"
        one.team.save(update_fields=["telephone"])
        one.workers["Amy"].telephone = "01905 000123"
        one.workers["Amy"].save(update_fields=["telephone"])
        for person in (one.ros, one.fin):
            about = {"child": one.kit, "person": person}
            cast.recorded(cast.fact("parental_responsibility.gained", about, since=80), by=one.workers["Amy"])
    return one


def owes(town, *duties):
    with town.at_work(writing=False):
        return {one.duty for one in Owed.objects.filter(closed_on=None, duty__in=duties)}


def page(town, client=None):
    return paperwork.page(client or town.amy, "meeting", town.kit, meeting_of(town).meeting)


def invite(town, *people):
    meeting = meeting_of(town).meeting
    for person, part in people:
        taken(send(town, "meeting_guest", about=meeting, person=str(person), guest_part=part))
    return meeting


def agency(town, named="Ashfield School"):
    with town.at_work():
        one = ids.new()
        amy = town.workers["Amy"]
        cast.recorded(cast.fact("agency.registered", {"agency": one}, {"name": named}, agency_kind="school"), by=amy)
    return one


def letter(town, name, reader, guest="", act="preview", name_of="", **more):
    """A letter of the meeting as it opens with what it knows already."""
    meeting = meeting_of(town).meeting
    address = reverse("write-letter", args=[town.kit, name])
    sent = {"meeting": str(meeting), "guest": str(guest), "reader": reader, "layout": "standard"}
    sent |= {"name": name_of, "organisation": name_of} if name_of else {}
    opened = town.amy.post(address, {**sent, "act": "reader"})
    assert opened.status_code == 200, paperwork.wrong(opened)
    told = {}
    for key, value in opened.context["part"].typed().items():
        try:
            told |= paperwork.answers(**{key: dt.date.fromisoformat(str(value))})
        except ValueError:
            told[f"all-{key}"] = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return town.amy.post(address, {**sent, **told, **paperwork.answers(**more), "act": act})


def text(answer):
    assert answer.status_code == 200, paperwork.wrong(answer)
    preview = answer.context.get("preview")
    assert preview, paperwork.wrong(answer)
    return "\n".join([preview.subject, *(block.text for block in preview.blocks)])


def ahead(town):
    """A Family Meeting in a fortnight, with Ros on its list."""
    taken(arrange(town, held_on=clock.today() + dt.timedelta(days=14)))
    invite(town, (town.ros, "parent"))
    return meeting_of(town).meeting


@pytest.mark.clause("WOR-302", "WOR-304", "WOR-403")
def test_the_familys_invitation_has_the_nine_principles_in_order_the_purpose_and_whom_to_ring_before(town):
    ahead(town)
    told = text(letter(town, "meeting_invitation", f"parental_responsibility:{town.ros}", town.ros))
    places = [told.index(f"{number}. ") for number in range(1, 10)]
    assert places == sorted(places)
    for number, words in enumerate(PRINCIPLES, 1):
        line = next(one for one in told.split("\n") if one.startswith(f"{number}. "))
        assert words in line
    assert "That Kit is looked after." in told
    assert "You may ask for an explanation, or for time out, at any moment." in told
    assert "or there is something you want us to know before it, ring Amy on 01905 000123" in told
    assert "gov.uk" not in told


@pytest.mark.clause("WOR-308", "WOR-309")
def test_a_professionals_invitation_says_what_their_part_is_and_where_the_guidance_on_sharing_is(town):
    ahead(town)
    told = text(letter(town, "meeting_invitation", "agency", name_of="Ashfield School"))
    assert "safeguarding-practitioners-information-sharing-advice" in told
    assert "2. The family is told clearly" in told
    assert "what support you can offer, how far it goes and what its limits are" in told
    assert "there is something that should be known before it, ring Amy" in told


@pytest.mark.clause("WOR-304", "WOR-308")
def test_whoever_gets_in_touch_before_the_meeting_is_heard_and_it_stands_beside_their_name(town):
    meeting = ahead(town)
    stopped(send(town, "meeting_heard", about=meeting, person=str(town.ros)), "Write what they said")
    taken(send(town, "meeting_heard", about=meeting, person=str(town.ros), said="She fears that Fin will shout."))
    here = page(town)
    assert "Got in touch before: She fears that Fin will shout." in here


@pytest.mark.clause("WOR-401", "WOR-402", "WOR-404", "WOR-405")
def test_the_agreement_is_printed_with_the_children_what_is_undertaken_and_everybody_to_sign_and_each_answer_is_kept(
    town,
):
    meeting = ahead(town)
    invite(town, (town.fin, "parent"))
    told = text(letter(town, "meeting_agreement", f"parental_responsibility:{town.ros}", town.ros))
    for words in (
        "Kit Marsh", "The child’s welfare and safety come first in this meeting", "nobody threatens or frightens anybody", "or for time out, at any moment",
        "unless the plan says that a part is told to somebody else", "Professionals pass on only what matters", "Ros Marsh", "Fin Marsh", "Name, signature and day",
    ):  # fmt: skip
        assert words in told
    taken(send(town, "meeting_agreement_signed", about=meeting, person=str(town.ros), signs="signed"))
    refused = {"about": meeting, "person": str(town.fin), "signs": "not_signed"}
    stopped(send(town, "meeting_agreement_signed", **refused), "Say what they said and how the meeting went on")
    taken(send(town, "meeting_agreement_signed", note="He came all the same.", **refused))
    signed = {one.about["person"]: one.coded["signs"] for one in kinds(town, "agreement.signed/family_meeting")}
    assert signed == {str(town.ros): "signed", str(town.fin): "not_signed"}
    rows = page(town)[page(town).index('id="guests"') :]
    assert "They signed the agreement" in rows[rows.index("Ros Marsh") : rows.index("Fin Marsh")]


@pytest.mark.clause("WOR-402")
def test_somebody_threatened_is_recorded_and_the_meeting_stopped_and_the_family_is_not_shown_who_said_so(town):
    meeting = ahead(town)
    stopped(send(town, "meeting_stopped", about=meeting, what_happened="Fin shouted."), "Say what it was")
    told = {"undertaking": "threatened", "what_happened": "Fin shouted at Ros; we ended it.", "goes_on": "Next week."}
    taken(send(town, "meeting_stopped", about=meeting, **told))
    [one] = kinds(town, "meeting.stopped")
    assert one.about["meeting"] == str(meeting)
    assert meeting_of(town).state == "arranged"


@pytest.mark.clause("WOR-290", "WOR-303", "WOR-291", "WOR-310")
def test_arranging_asks_why_this_coordinator_what_should_come_of_it_and_whether_it_is_safe(town):
    stopped(arrange(town, conflict_of_interest=""), "any conflict of interest, and risks")
    stopped(arrange(town, why_coordinator=""), "Select why")
    stopped(arrange(town, purpose=""), "Say what it is for and what should come of it")
    stopped(arrange(town, safety_weighed=""), "Say whether health and safety were weighed")
    stopped(
        arrange(town, place_and_notice=""), "Say why the place, the notice and the time to prepare are safe and enough"
    )
    stopped(
        arrange(town, safety_weighed="no"),
        "Weigh health and safety, with the place, the notice and the time to prepare",
    )
    taken(arrange(town))
    assert "Nobody has looked at health and safety yet" in page(town)
    safe = {
        "about": meeting_of(town).meeting, "risk_between": "none", "by_role": "social_worker", "risk_answer": "no_risk",
    }  # fmt: skip
    stopped(send(town, "meeting_safe", **safe), "Say whether they are safe and enough")
    taken(send(town, "meeting_safe", place_and_time="Gran’s house is known to us.", **safe))
    assert "Nobody has looked at health and safety yet" not in page(town)


ASKED = {
    "a_type": "family_meeting", "by": "parent", "purpose": "A plan.", "help_meanwhile": "no", "no_help": "None is needed.", "asked_for_by_family": "yes",
}  # fmt: skip


@pytest.mark.clause("WOR-298", "WOR-300")
def test_the_coordinator_and_the_team_administrator_see_what_each_has_still_to_do(town):
    taken(send(town, "meeting_ask", **ASKED))
    assert owes(town, "family_meeting.set_up", "family_meeting.invite") == {"family_meeting.set_up"}
    meeting = meeting_of(town).meeting
    setting_up = page(town)[page(town).index('id="setting-up"') :]
    assert "Set up the Family Meeting that was asked for" in setting_up
    taken(arrange(town, about=meeting, held_on=clock.today() + dt.timedelta(days=14)))
    assert owes(town, "family_meeting.set_up", "family_meeting.invite") == {"family_meeting.invite"}
    step = {"about": meeting, "step": "invitations"}
    taken(send(town, "meeting_step", step_stands="under_way", note="Waiting for Gran’s address.", **step))
    setting_up = page(town, town.moll_desk)
    setting_up = setting_up[setting_up.index('id="setting-up"') :]
    assert "Waiting for Gran’s address." in setting_up
    assert "Team administrator" in setting_up
    assert owes(town, "family_meeting.invite")
    taken(send(town, "meeting_step", step_stands="done", when=cast.days_ago(4), **step))
    assert not owes(town, "family_meeting.invite")


@pytest.mark.clause("WOR-274")
def test_the_family_names_whom_it_wants_there_be_they_known_to_us_or_not(town):
    meeting = ahead(town)
    taken(
        send(town, "meeting_guest", about=meeting, who="Mrs Bell from next door", guest_part="friend", named_by="Ros")
    )
    here = page(town)
    here = here[here.index('id="guests"') :]
    rows = here[here.index("Mrs Bell from next door") :]
    assert "Wanted by: Ros" in rows[: rows.index("</li>")]


@pytest.mark.clause("WOR-301")
def test_what_somebody_needs_to_take_part_is_warned_of_until_it_is_in_place(town):
    meeting = ahead(town)
    prepared = {"about": meeting, "person": str(town.ros), "told": "How it goes.", "advocate_offered": "declined"}
    taken(send(town, "meeting_prepare", needs="A lift from work", support_in_place="no", **prepared))
    assert "Not sure that it is in place for Ros Marsh: A lift from work" in page(town)
    taken(send(town, "meeting_prepare", support_in_place="yes", when=cast.days_ago(3), **prepared))
    assert "Not sure that it is in place" not in page(town)


@pytest.mark.clause("WOR-312", "WOR-403")
def test_the_room_begins_with_purpose_principles_and_introductions_and_breaks_are_written_down(town):
    typed = {"q.principles_said": "yes", "q.introductions": "no", "q.breaks": "Ros asked for ten minutes."}
    assert "The meeting is in the record." in family_meeting(town, **typed).content.decode()
    [held] = kinds(town, "meeting.held/family_meeting")
    here = page(town)
    opening = here[here.index("Welcome and the agreement") : here.index("Stage 1: Information")]
    said = {
        asks: opening[opening.index(asks) :]
        for asks in ("principles of the meeting explained?", "Did everybody say who they are")
    }
    answers = [one[one.index("<dd") : one.index("</dd>")].rpartition(">")[2] for one in said.values()]
    assert answers == ["Yes", "No"]
    assert "Ros asked for ten minutes." in here
    assert held.kind


@pytest.mark.clause("WOR-313", "WOR-314", "WOR-315", "WOR-316", "WOR-272")
def test_stage_one_keeps_the_workers_four_headings_each_professionals_four_points_offers_and_what_the_family_said(town):
    typed = {
        "q.relevant_information": "Kit is often alone.", "q.working_well": "Gran is near.", "q.worries": "Kit may be hurt.", "q.options": "Gran or an aunt.",
        "q.family_questions": "Who pays for the taxi? Amy finds out by Friday.", "q.culture": "Fasting ends on Saturday.", "said.1.who": "Mrs Hart, school", "said.1.role": "Kit’s form tutor",
        "said.1.knows": "Kit is tired on Mondays.", "said.1.strengths": "Kit asks for help.", "said.1.concerns": "Kit sleeps in class.", "offer.1.who": "Mrs Hart", "offer.1.what": "Breakfast club",
        "offer.1.limits": "Two days a week", "offer.1.from": "Next Monday",
    }  # fmt: skip
    assert "The meeting is in the record." in family_meeting(town, **typed).content.decode()
    here = page(town)
    stage = here[here.index("Stage 1: Information") : here.index("Stage 2: Family time")]
    for words in [*typed.values()]:
        assert words in stage
    by_heading = dict(
        zip(("Role", "What they know", "Strengths", "Concerns"), ("Kit’s form tutor", "Kit is tired on Mondays.", "Kit asks for help.", "Kit sleeps in class."), strict=True)
    )  # fmt: skip
    hart = stage[stage.index("Mrs Hart, school") :]
    for heading, words in by_heading.items():
        assert hart.index(f">{heading}<") < hart.index(words)


@pytest.mark.clause("WOR-321", "WOR-433")
def test_the_room_asks_once_how_the_family_used_its_own_time(town):
    meeting = ahead(town)
    here = paperwork.page(town.amy, "meeting-room", town.kit, meeting)
    assert here.count("How does the family use its own time?") == 1
    assert "somebody_with_them" not in here
    assert "Did the family choose to have somebody with them" not in here


def assessed(town, a_type, since, words, *, authorised=True):
    """An assessment of Kit that was written, and authorised unless it is said that it was not."""
    amy, about = town.workers["Amy"], {"child": town.kit, "assessment": ids.new()}
    cast.recorded(cast.fact(f"assessment.started/{a_type}", about, since=since + 20), by=amy)
    cast.recorded(cast.fact(f"assessment.submitted/{a_type}", about, since=since, words=words), by=amy)
    if authorised:
        cast.recorded(cast.fact(f"assessment.authorised/{a_type}", about, since=since, outcome="child_in_need"), by=amy)


WRITTEN = {
    "analysis": "Kit is often alone in the evening.", "giving_and_willing": "Gran is near, and Ros asks her for help.", "evidence": "School saw bruises twice.",
    "recommended": "Gran or an aunt stays on Fridays.", "needs": "Somebody there after school.", "changes_parenting": "Nobody shouts at night.",
}  # fmt: skip


@pytest.mark.clause("WOR-313")
def test_the_workers_briefing_is_filled_in_from_the_latest_assessment_of_the_child_says_so_and_is_changed_before_the_meeting(
    town,
):
    with town.at_work():
        assessed(town, "initial", 90, {"analysis": "Nothing was known then."})
        assessed(town, "core", 40, WRITTEN)
        assessed(town, "dash", 10, {"analysis": "Ros is afraid of Fin.", "recommended": "A safe place for Ros."})
    meeting = ahead(town)
    assert reverse("meeting-briefing", args=[town.kit, meeting]) in page(town)
    here = paperwork.page(town.amy, "meeting-briefing", town.kit, meeting)
    for heading, words in (
        ("What everybody needs to know", "Kit is often alone in the evening.\n\nSomebody there after school."),
        ("Strengths of the family", "Gran is near, and Ros asks her for help."),
        ("Concerns about harm or risk", "School saw bruises twice.\n\nNobody shouts at night."),
        ("What the plan could be", "Gran or an aunt stays on Fridays."),
    ):
        part = here[here.index(heading) :]
        part = part[: part.index("</textarea>")]
        assert words in part
        assert f"From the assessment of {said.day(cast.days_ago(40))}. Check it before you save." in part
    assert "Nothing was known then." not in here, "an earlier assessment"
    assert "Ros is afraid of Fin." not in here, "what was said of a danger to one parent is read to nobody"
    assert "bruises" not in paperwork.page(town.amy, "meeting-room", town.kit, meeting), "nothing stands there unread"
    typed = {
        "version": "0",
        "q.relevant_information": "Kit is alone on Fridays.",
        "q.worries": "School saw bruises twice.",
    }
    town.amy.post(reverse("meeting-briefing", args=[town.kit, meeting]), typed)
    room_then = paperwork.page(town.moll_desk, "meeting-room", town.kit, meeting)
    assert "Kit is alone on Fridays." in room_then
    assert "Kit is often alone in the evening." not in room_then
    again = paperwork.page(town.amy, "meeting-briefing", town.kit, meeting)
    first = again[again.index("What everybody needs to know") :]
    first = first[: first.index("</textarea>")]
    assert "Kit is alone on Fridays." in first
    assert "From the assessment" not in first, "they are the worker's own words now"


@pytest.mark.clause("WOR-313")
def test_a_briefing_says_that_the_assessment_is_not_authorised_yet_and_where_there_is_none_that_nothing_is_filled_in(
    town,
):
    meeting = ahead(town)
    assert "nothing is filled in" in paperwork.page(town.amy, "meeting-briefing", town.kit, meeting)
    with town.at_work():
        assessed(town, "core", 3, WRITTEN, authorised=False)
    here = paperwork.page(town.amy, "meeting-briefing", town.kit, meeting)
    assert "which is not authorised yet. Check it before you save." in here


def test_two_who_write_the_briefing_lose_nothing(town):
    meeting = ahead(town)
    address = reverse("meeting-briefing", args=[town.kit, meeting])
    town.moll_desk.post(address, {"version": "0", "q.options": "An aunt."})
    answer = town.amy.post(address, {"version": "0", "q.options": "Gran."}, follow=True).content.decode()
    assert "Both texts are kept" in answer
    assert "An aunt." in answer
    assert "Gran." in answer


def test_what_the_worker_writes_before_the_meeting_is_there_when_it_begins(town):
    meeting = ahead(town)
    address = reverse("meeting-room", args=[town.kit, meeting])
    town.amy.post(address, {"act": "save", "version": "0", "q.options": "Gran or an aunt."})
    assert "Gran or an aunt." in paperwork.page(town.moll_desk, "meeting-room", town.kit, meeting)


@pytest.mark.clause("WOR-319")
@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("safeguards_child", "Say how the plan keeps the child safe"), ("meets_needs", "Say how the plan meets what the child needs"),
        ("contingency", "Say what happens if the plan does not work"), ("monitoring", "Say how the family and others check the plan"),
    ],
)  # fmt: skip
def test_a_plan_that_says_nothing_of_safety_needs_what_if_or_checking_is_asked_about(town, key, words):
    answer = family_meeting(town, **{f"q.{key}": ""})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert meeting_of(town).state == "arranged"


@pytest.mark.clause("WOR-321")
@pytest.mark.parametrize("how", ["alone", "none", ""])
def test_disagreement_is_written_only_where_the_family_had_somebody_with_it(town, how):
    family_meeting(
        town, **{"private_time": how, "q.disagreements": "Fin and Gran fell out.", "held.not_covered": "Time."}
    )
    [held] = kinds(town, "meeting.held/family_meeting")
    assert "Fin and Gran fell out." not in page(town)
    with town.at_work(writing=False):
        assert "disagreements" not in words_of(held.id)


@pytest.mark.clause("WOR-321")
def test_what_helped_the_family_to_agree_is_kept_where_it_chose_to_have_the_coordinator_there(town):
    typed = {
        "private_time": "coordinator",
        "q.disagreements": "Gran and Fin: Amy drew up the week.",
    }
    family_meeting(town, **typed)
    assert "Gran and Fin: Amy drew up the week." in page(town)


CLOSING = {
    "part.1.needs": "Gran’s spare room", "part.1.by_when": "From Friday", "part.2.words": "Fin pays the bus.", "part.2.answer": "agreed_in_principle", "part.3.words": "Fin lives with us.",
    "act.1.what": "Ring the school", "act.1.who": "Amy", "q.contingency": "We ring Gran’s sister.", "q.monitoring": "Gran asks on Sundays; Amy comes monthly.",
    "q.resources": "A bed is still to be found.", "q.help_first": "Ros wants help to sleep, before half-term.", "q.passed_on": "Aunt Jo may be told who fetches Kit.",
}  # fmt: skip


@pytest.mark.clause("WOR-322", "WOR-323", "WOR-331", "WOR-404")
def test_everybody_is_given_the_six_matters_what_is_agreed_who_does_what_resources_times_checks_and_what_if(town):
    family_meeting(town, **CLOSING, **{"act.1.by_when": cast.days_ago(-7).isoformat()})
    told = text(letter(town, "meeting_record", f"parental_responsibility:{town.ros}", town.ros))
    assert (
        "“Gran has Kit on Fridays.” Agreed. What there is to do it with: Gran’s spare room. By when: From Friday."
        in told
    )
    assert "“Fin lives with us.” Not answered yet." in told
    assert "“Fin pays the bus.” Agreed in principle" in told
    for words in (
        "Ring the school, by",
        "We ring Gran’s sister.",
        "Gran asks on Sundays",
        "A bed is still to be found.",
        "before half-term",
        "Aunt Jo may be told who fetches Kit.",
    ):
        assert words in told
    here = page(town)
    assert "Gran’s spare room" in here[here.index('id="family-plan"') :]


@pytest.mark.clause("WOR-405")
def test_a_copy_for_an_agency_says_why_they_need_it_and_a_parents_does_not_have_to(town):
    family_meeting(town)
    refused = letter(town, "meeting_record", "agency", name_of="Ashfield School", was_there="yes")
    assert not refused.context.get("preview")
    assert "The letter still needs: Why does this reader need it" in paperwork.said(refused)
    told = text(
        letter(town, "meeting_record", "agency", name_of="Ashfield School", was_there="no", why_them="They fetch Kit.")
    )
    assert "They fetch Kit." in told
    assert "pass on only what matters for the child’s welfare and safety" in told
    assert "Gran has Kit on Fridays." in text(
        letter(town, "meeting_record", f"parental_responsibility:{town.ros}", town.ros)
    )


@pytest.mark.clause("WOR-294", "WOR-332")
def test_each_is_talked_with_afterwards_what_they_thought_is_kept_and_how_information_is_handled_is_written(town):
    family_meeting(town)
    meeting = meeting_of(town).meeting
    here = page(town)
    rows = here[here.index('id="guests"') :]
    assert rows.count("Talk it over") == 2
    stopped(
        send(town, "meeting_debrief", about=meeting, person=str(town.ros), when=cast.days_ago(0)),
        "Say what was talked over",
    )
    taken(
        send(
            town,
            "meeting_debrief",
            about=meeting,
            person=str(town.ros),
            said="She heard of the police for the first time.",
            debrief_outcome="help_found",
            when=cast.days_ago(0),
        )
    )
    taken(send(town, "meeting_feedback", about=meeting, own_words="I was listened to.", when=cast.days_ago(0)))
    settled = {
        "about": meeting,
        "person": str(town.ros),
        "matter": "Her illness",
        "shares": "all",
        "handled": "Not before Kit.",
    }
    taken(send(town, "meeting_information", when=cast.days_ago(0), **settled))
    here = page(town)
    for words in ("She heard of the police for the first time.", "I was listened to.", "Not before Kit."):
        assert words in here


@pytest.mark.clause("WOR-294")
def test_how_what_is_said_is_handled_is_settled_when_it_is_arranged_and_stands_beside_the_meeting_on_no_paper(town):
    stopped(arrange(town, handling=""), "Say how what is said is handled")
    taken(arrange(town, held_on=cast.days_ago(-7), handling="Amy sits with Ros when the police are spoken of."))
    here = page(town)
    assert "How what is said is handled" in here
    assert "Amy sits with Ros when the police are spoken of." in here
    invite(town, (town.ros, "parent"))
    told = text(letter(town, "meeting_invitation", f"parental_responsibility:{town.ros}", town.ros))
    assert "when the police are spoken of" not in told


@pytest.mark.clause("WOR-294")
def test_talking_it_over_is_a_task_for_each_who_came_without_a_day_until_it_is_done_and_what_came_of_it_is_kept(town):
    """Gran came and is on the record; Jo came and the record knows only the name; Fin was asked and did not come."""
    with town.at_work():
        amy = town.workers["Amy"]
        gran = paperwork.adult(amy, "Gran", town.family, town.kit, "grandparent")
        rosa = town.worker("Rosa", "family_meeting_coordinator")
        cast.recorded(
            cast.fact(
                "worker.joined_family", {"child": town.kit, "worker": rosa.id}, since=20, worker_role="co_worker"
            ),
            by=amy,
        )
    taken(arrange(town))
    about = invite(town, (gran, "relative"), (town.fin, "parent"))
    taken(send(town, "meeting_guest", about=about, who="Aunt Jo", guest_part="relative"))
    with town.at_work(writing=False):
        [jo] = [key for key, one in story.one_of(town.kit, about).guests.items() if one.named_as == "guest"]
    room(
        town,
        **{
            f"came__{gran}": "came",
            f"came__{town.fin}": "apologies",
            f"came__{jo}": "came",
            "held__not_covered": "Time.",
        },
    )
    assert debriefs(town) == {str(gran): (None, ""), jo: (None, "")}
    desk = paperwork.desk(rosa)
    mine = paperwork.page(desk, "my-work")
    row = mine[mine.index("Talk the Family Meeting over with somebody who came: Gran Marsh") :]
    [address, *_others] = re.findall(r'href="([^"]*meeting_debrief[^"]*)"', row)
    asked = desk.get(html.unescape(address)).content.decode()
    assert re.search(rf'<option value="{gran}"\s+selected', asked), "the form knows with whom"
    stopped(
        send(town, "meeting_debrief", about=about, person=str(gran), said="Gran is angry."), "Select what came of it"
    )
    told = {"debrief_outcome": "wants_more", "when": cast.days_ago(0)}
    taken(send(town, "meeting_debrief", about=about, person=str(gran), said="Gran is angry.", **told))
    assert debriefs(town) == {str(gran): (None, "met"), jo: (None, "")}
    [by_name] = {one for one in re.findall(r'href="([^"]*meeting_debrief[^"]*)"', page(town)) if jo in one}
    form = town.amy.get(html.unescape(by_name)).content.decode()
    assert "With whom?" not in form, "who it is, is settled"
    taken(
        send(
            town, "meeting_debrief", about=jo, said="Jo did not want to.", **(told | {"debrief_outcome": "not_wanted"})
        )
    )
    assert debriefs(town) == {str(gran): (None, "met"), jo: (None, "met")}
    after = page(town)
    over = after[after.index("Talked over afterwards") :]
    assert "They want to talk again. Gran is angry." in over
    assert "Aunt Jo" in over[: over.index("Jo did not want to.")]


def debriefs(town):
    with town.at_work(writing=False):
        rows = Owed.objects.filter(duty__startswith="family_meeting.debrief")
        return {one.names.get("person") or one.names["guest"]: (one.due_on, one.closed_as) for one in rows}


@pytest.mark.clause("WOR-279")
def test_a_family_meeting_is_never_the_conference_or_the_team_meeting_that_is_due(town):
    with town.at_work():
        amy = town.workers["Amy"]
        cast.recorded(
            cast.fact("plan.started/child_protection", {"child": town.kit, "plan": ids.new()}, since=20), by=amy
        )
        held = {"child": town.kit, "meeting": ids.new()}
        cast.recorded(cast.fact("meeting.held/child_protection_conference", held, since=20, stage="initial"), by=amy)
    due = ("core_group.first", "conference.review")
    before = owes(town, *due)
    assert before
    family_meeting(town)
    assert owes(town, *due) == before


@pytest.mark.clause("WOR-335")
def test_what_the_worker_undertook_at_the_meeting_is_on_their_list_and_the_plan_there_is_takes_up_what_was_agreed(town):
    with town.at_work():
        cast.in_need(town.kit, by=town.workers["Amy"])
    family_meeting(
        town,
        **{
            "act.1.what": "Ring the school",
            "act.1.who": str(town.workers["Amy"].id),
            "act.1.by_when": cast.days_ago(-7).isoformat(),
        },
    )
    with town.at_work(writing=False):
        [action] = Owed.objects.filter(duty="plan.action", closed_on=None)
        assert action.due_on == cast.days_ago(-7)
    assert "Ring the school" in paperwork.page(town.amy, "my-work")


@pytest.mark.clause("WOR-336", "WOR-307")
def test_the_review_of_a_family_meeting_asks_the_same_people_and_decides_anew_on_whoever_was_kept_out(town):
    taken(arrange(town))
    first = invite(town, (town.ros, "parent"), (town.kit, "child"), (town.fin, "parent"))
    kept = {
        "about": first, "person": str(town.fin), "by_role": "team_manager", "risk": "He hurt Ros.", "told_beforehand": "yes", "said_to_them": "Amy tells him.",
        "other_way": "A letter.", "afterwards": "A summary.",
    }  # fmt: skip
    taken(send(town, "meeting_keep_out", town.moll_desk, **kept))
    taken(send(town, "meeting_guest", about=first, worker=str(town.workers["Bea"].id), guest_part="early_help"))
    typed = {
        "act": "finish", f"came.{town.ros}": "came", f"came.{town.kit}": "otherwise", "held.not_covered": "Time.", "outcome.further_meeting": "yes", "next.route": "Ring Amy.",
    }  # fmt: skip
    town.amy.post(reverse("meeting-room", args=[town.kit, first]), typed)
    assert "Arrange the next one" in page(town)
    taken(arrange(town, held_on=clock.today() + dt.timedelta(days=30), part_of="review_of_the_plan"))
    with town.at_work(writing=False):
        review = Meeting.objects.get(child=town.kit, state="arranged").meeting
    here = paperwork.page(town.amy, "meeting", town.kit, review)
    offered = here[here.index("Whom the procedure wants there") : here.index("Add those ticked")]
    for person in (town.ros, town.kit, town.workers["Bea"].id):
        assert f'value="{person}" checked' in offered
    assert str(town.fin) not in offered
    assert "Fin Marsh was kept out of the meeting before. Decide on this one" in here
    town.amy.post(
        reverse("meeting-guests", args=[town.kit, review]),
        {"guest": [str(town.ros), str(town.workers["Bea"].id), str(town.fin)]},
    )
    named = {
        one.about.get("person") or one.about.get("worker")
        for one in kinds(town, "meeting.guest_named")
        if one.about["meeting"] == str(review)
    }
    assert named == {str(town.ros), str(town.workers["Bea"].id)}


def test_what_was_agreed_at_a_meeting_somebody_was_kept_out_of_is_not_in_their_papers_for_the_next(town):
    taken(arrange(town))
    first = invite(town, (town.ros, "parent"), (town.fin, "parent"))
    kept = {
        "about": first, "person": str(town.fin), "by_role": "team_manager", "risk": "He hurt Ros.", "told_beforehand": "yes", "said_to_them": "Amy tells him.",
        "other_way": "A letter.", "afterwards": "A summary.",
    }  # fmt: skip
    taken(send(town, "meeting_keep_out", town.moll_desk, **kept))
    typed = {
        "act": "finish", f"came.{town.ros}": "came", "held.not_covered": "Time.", "part.1.words": "Ros sleeps at Gran’s.", "part.1.answer": "agreed", "outcome.family_plan": "yes",
    }  # fmt: skip
    town.amy.post(reverse("meeting-room", args=[town.kit, first]), typed)
    taken(arrange(town, held_on=clock.today() + dt.timedelta(days=30)))
    with town.at_work(writing=False):
        review = Meeting.objects.get(child=town.kit, state="arranged").meeting
    told = {}
    for person in (town.ros, town.fin):
        taken(send(town, "meeting_guest", about=review, person=str(person), guest_part="parent", when=cast.days_ago(0)))
        sent = {
            "meeting": str(review),
            "guest": str(person),
            "reader": f"parental_responsibility:{person}",
            "layout": "standard",
            "all-meeting": "Family Meeting",
            "all-looked_at": "yes",
        }
        told[person] = text(
            town.amy.post(reverse("write-letter", args=[town.kit, "meeting_bundle"]), {**sent, "act": "preview"})
        )
    assert "Ros sleeps at Gran’s." in told[town.ros]
    assert "Ros sleeps at Gran’s." not in told[town.fin]


TACIN = {"a_type": "child_in_need", "chair_chosen_by": "team_manager", "purpose_of_team_meeting": "make_new_plan"}


@pytest.mark.clause("WOR-244", "WOR-251")
def test_asking_for_a_team_meeting_says_whom_to_invite_and_the_team_around_the_child_is_offered(town):
    asked = {**ASKED, "a_type": "child_in_need"}
    taken(send(town, "meeting_ask", practical="The school and Gran; after four.", **asked))
    here = page(town)
    offered = here[here.index("Whom the procedure wants there") : here.index("Add those ticked")]
    for name in ("Kit Marsh", "Ros Marsh", "Fin Marsh", "Amy"):
        assert name in offered
    entry = kinds(town, "meeting.requested/child_in_need")[0]
    assert "The school and Gran; after four." in paperwork.page(town.moll_desk, "entry", town.kit, entry.id)


@pytest.mark.clause("WOR-247")
@pytest.mark.parametrize(
    "trigger", ["end_of_enquiry", "end_of_initial_assessment", "end_of_core_assessment", "plan_decided_on"]
)
def test_a_team_meeting_may_follow_an_enquiry_an_assessment_or_the_managers_decision_and_says_which(town, trigger):
    taken(arrange(town, triggered_by=trigger, **TACIN))
    [one] = kinds(town, "meeting.arranged/child_in_need")
    assert one.coded["triggered_by"] == trigger


@pytest.mark.clause("WOR-270")
def test_a_team_meeting_counts_what_was_told_from_everywhere_and_asks_what_it_comes_to_together(town):
    with town.at_work():
        amy = town.workers["Amy"]
        for source, days in (("school", 20), ("school", 60), ("police", 90), ("school", 500)):
            about = {"child": town.kit, "contact": ids.new()}
            cast.recorded(cast.fact("contact.received", about, since=days, source=source), by=amy)
    taken(arrange(town, **TACIN))
    here = paperwork.page(town.amy, "meeting-room", town.kit, meeting_of(town).meeting)
    seen = here[here.index("What was told to us in the last 12 months") :]
    assert "3 contacts and referrals" in seen
    assert "<li>School" in seen
    assert ": 2</li>" in seen
    assert reverse("chronology", args=[town.kit]) in seen
    typed = {"act": "finish", f"came.{town.ros}": "came", "q.cumulative_concern": "yes", "held.not_covered": "Time."}
    invite(town, (town.ros, "parent"))
    town.amy.post(reverse("meeting-room", args=[town.kit, meeting_of(town).meeting]), typed)
    [held] = kinds(town, "meeting.held/child_in_need")
    assert held.coded["cumulative_concern"] == "yes"


@pytest.mark.clause("WOR-259")
def test_a_service_asked_of_an_agency_is_followed_until_it_is_answered_and_begins(town):
    taken(send(town, "service_refer", to_whom="Home-Start", what_for="A sitter", sent_by="Amy", agrees="yes"))
    duties = ("service.ask", "service.hear", "service.begun")
    assert owes(town, *duties) == {"service.ask"}
    taken(send(town, "service_refer_sent", when=cast.days_ago(4)))
    assert owes(town, *duties) == {"service.hear"}
    taken(send(town, "service_refer_answered", said="They can come.", when=cast.days_ago(3)))
    offered = {
        "given_by": "Home-Start",
        "what": "A sitter",
        "for_need": "Rest",
        "starts_on": cast.days_ago(1),
        "intrusiveness": "help_at_home",
    }
    taken(send(town, "service_offer", when=cast.days_ago(3), **offered))
    assert owes(town, *duties) == {"service.begun"}
    taken(send(town, "service_start", when=cast.days_ago(0)))
    assert not owes(town, *duties)


@pytest.mark.clause("WOR-334")
def test_a_copy_of_the_record_given_to_somebody_who_came_meets_what_is_owed_to_them(town):
    family_meeting(town)
    with town.at_work(writing=False):
        owed = Owed.objects.filter(duty="family_meeting.send_record", closed_on=None)
        assert {one.names["person"] for one in owed} == {str(town.ros), str(town.kit)}
    assert (
        letter(town, "meeting_record", f"parental_responsibility:{town.ros}", town.ros, act="make").status_code == 302
    )
    with town.at_work(writing=False):
        document = Document.objects.get(letter="meeting_record")
    town.amy.post(reverse("document-act", args=[town.kit, document.id]), {"act": "given", "how": "by_hand"})
    with town.at_work(writing=False):
        owed = Owed.objects.filter(duty="family_meeting.send_record", closed_on=None)
        assert {one.names["person"] for one in owed} == {str(town.kit)}
