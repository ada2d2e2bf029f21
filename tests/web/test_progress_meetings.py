"""A Lincolnshire Progress Meeting, clause by clause: set up with Business Support, held for brothers and sisters together, sent round."""

import datetime as dt
import html
import re

import pytest
from django.urls import reverse
from test_meetings_elsewhere import kinds, meeting_of, progress_meeting, send, stopped, taken

import cast
import paperwork
from kith.core import clock, ids
from kith.documents.models import Document
from kith.forms import selectors as forms
from kith.meetings import story
from kith.meetings.models import Meeting
from kith.obligations.models import Owed
from kith.people import register
from kith.record import actions
from kith.record.fact import Fact
from kith.web.said import day as said_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("lincolnshire")
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    with one.at_work():
        one.worker("Sue", "business_support")
        one.team.telephone = "01522 000123"
        one.team.save(update_fields=["telephone"])
        about = {"child": one.kit, "person": one.ros}
        cast.recorded(cast.fact("parental_responsibility.gained", about, since=80), by=one.workers["Amy"])
    one.sue = paperwork.desk(one.workers["Sue"])
    return one


def arrange(town, day=None, client=None, about="", children=(), **said):
    told = {
        "a_type": "child_in_need", "held_on": day or clock.today() + dt.timedelta(days=14), "starts_at": "10am", "venue": "School", "family_said": "It suits them.",
        "chair": str(town.workers["Amy"].id), "chair_role": "social_worker", "purpose": "The plan.", "access": "Nothing.", "combined_review": "none", "not_combined_why": "There is no other review.", **said,
    }  # fmt: skip
    sent = {f"{one}-child_takes_part": "comes" for one in [town.kit, *children]}
    sent |= {"children": [str(one) for one in children]} if children else {}
    return send(town, "meeting_arrange", client, about=about, sent={**sent, **told.pop("sent", {})}, **told)


def page(town, client=None, meeting=None, child=None):
    return paperwork.page(client or town.amy, "meeting", child or town.kit, meeting or meeting_of(town).meeting)


def owes(town, *duties):
    with town.at_work(writing=False):
        return {one.duty for one in Owed.objects.filter(closed_on=None, duty__in=duties)}


STEPS = ("meeting.ask_when", "meeting.book_place", "meeting.send_invitations")
ASKED = {
    "a_type": "child_in_need", "by": "social_worker", "purpose": "The plan.", "help_meanwhile": "no", "no_help": "None is needed.",
}  # fmt: skip


@pytest.mark.clause("LIN-057", "LIN-058", "LIN-059", "LIN-060")
def test_business_support_has_each_step_of_setting_it_up_and_the_social_worker_sees_how_each_stands(town):
    taken(send(town, "meeting_ask", **ASKED))
    meeting = meeting_of(town).meeting
    assert owes(town, *STEPS) == {"meeting.ask_when", "meeting.book_place"}
    with town.at_work(writing=False):
        assert set(Owed.objects.filter(duty__in=STEPS).values_list("owed_by", flat=True)) == {"business_support"}
    noted = {"about": meeting, "client": town.sue}
    taken(
        send(
            town, "meeting_step", step="availability", step_stands="under_way", note="The GP has not answered.", **noted
        )
    )
    setting_up = page(town)[page(town).index('id="setting-up"') :]
    assert "Business Support" in setting_up or "Business support" in setting_up
    assert "The GP has not answered." in setting_up
    assert "Under way" in setting_up
    assert owes(town, *STEPS) == {"meeting.ask_when", "meeting.book_place"}
    taken(send(town, "meeting_step", step="availability", step_stands="done", when=cast.days_ago(4), **noted))
    taken(
        send(
            town,
            "meeting_step",
            step="venue",
            step_stands="done",
            note="Mrs Hall confirmed it.",
            when=cast.days_ago(4),
            **noted,
        )
    )
    taken(arrange(town, about=meeting, when=cast.days_ago(3)))
    assert owes(town, *STEPS) == {"meeting.send_invitations"}
    taken(send(town, "meeting_step", step="invitations", step_stands="done", when=cast.days_ago(2), **noted))
    assert not owes(town, *STEPS)
    assert "Mrs Hall confirmed it." in page(town)


def letter(town, name, meeting, client=None, **more):
    address = reverse("write-letter", args=[town.kit, name])
    return (client or town.amy).post(address, {"meeting": str(meeting), "layout": "standard", **more})


@pytest.mark.clause("LIN-058")
def test_a_professional_is_asked_in_writing_when_they_can_come_and_their_answer_stands_beside_their_name(town):
    with town.at_work():
        school = register.enter_agency(
            {"name": "Ashfield School", "kind": "school"}, cast.days_ago(9), by=cast.viewer(town.workers["Amy"])
        )
    taken(send(town, "meeting_ask", **ASKED))
    meeting = meeting_of(town).meeting
    taken(send(town, "meeting_guest", about=meeting, agency=str(school), guest_part="agency"))
    said = paperwork.answers(meeting="Progress Meeting", dates="Monday at 10\nTuesday at 2", reply_on=cast.days_ago(-5))
    made = letter(
        town,
        "meeting_availability",
        meeting,
        guest=str(school),
        reader="agency",
        agency=str(school),
        act="preview",
        **said,
    )
    assert made.context.get("preview"), paperwork.wrong(made)
    told = "\n".join(one.text for one in made.context["preview"].blocks)
    assert "On which of these days can you come?" in told
    assert "Tuesday at 2" in told
    assert (
        letter(
            town,
            "meeting_availability",
            meeting,
            guest=str(school),
            reader="agency",
            agency=str(school),
            act="make",
            **said,
        ).status_code
        == 302
    )
    with town.at_work(writing=False):
        document = Document.objects.get(letter="meeting_availability")
    town.sue.post(reverse("document-act", args=[town.kit, document.id]), {"act": "given", "how": "post"})
    [asked] = kinds(town, "meeting.availability_asked/child_in_need")
    assert (asked.about["agency"], asked.about["meeting"]) == (str(school), str(meeting))
    taken(
        send(
            town,
            "meeting_availability_reply",
            town.sue,
            about=meeting,
            agency=str(school),
            dates="Tuesday only",
            when=cast.days_ago(0),
        )
    )
    here = page(town)
    assert "Can come: Tuesday only" in here[here.index('id="guests"') :]


@pytest.mark.clause("LIN-059")
def test_an_invitation_says_day_time_place_and_purpose_to_each_and_sending_and_reply_are_kept(town):
    taken(arrange(town))
    meeting = meeting_of(town).meeting
    taken(send(town, "meeting_guest", about=meeting, person=str(town.ros), guest_part="parent"))
    said = paperwork.answers(
        meeting="Progress Meeting", held_on=clock.today() + dt.timedelta(days=14), starts_at="10am", venue="School", purpose="The plan.", chair="Amy"
    )  # fmt: skip
    sent = {"guest": str(town.ros), "reader": f"parental_responsibility:{town.ros}", **said}
    told = "\n".join(
        one.text for one in letter(town, "meeting_invitation", meeting, act="preview", **sent).context["preview"].blocks
    )
    for words in (", 10am", "School", "What it is for: The plan."):
        assert words in told
    letter(town, "meeting_invitation", meeting, act="make", **sent)
    with town.at_work(writing=False):
        document = Document.objects.get(letter="meeting_invitation")
    assert "Not invited yet: Ros Marsh" in page(town)
    town.sue.post(reverse("document-act", args=[town.kit, document.id]), {"act": "given", "how": "post"})
    taken(
        send(
            town, "meeting_reply", town.sue, about=meeting, person=str(town.ros), reply="coming", when=cast.days_ago(0)
        )
    )
    here = page(town)
    assert "Not invited yet: Ros Marsh" not in here
    guests = here[here.index('id="guests"') :]
    assert "Invited" in guests
    assert "Coming" in guests


@pytest.mark.clause("LIN-060")
def test_what_people_need_at_the_place_is_asked_for_and_a_disabled_childs_needs_are_looked_for(town):
    stopped(arrange(town, access=""), "Say what people need there")
    with town.at_work():
        cast.recorded(
            cast.fact("details.recorded", {"person": town.kit}, since=40, disability=["MOB"]), by=town.workers["Amy"]
        )
        about = {"child": town.kit, "meeting": ids.new()}
        held_on = (clock.today() + dt.timedelta(days=14)).isoformat()
        cast.recorded(
            cast.fact("meeting.arranged/child_in_need", about, since=9, held_on=held_on), by=town.workers["Amy"]
        )
    meeting = meeting_of(town).meeting
    prompt = "The child has a disability: say what the place has for them"
    assert prompt in page(town)
    taken(arrange(town, about=meeting, access="Step-free, with a hoist."))
    assert prompt not in page(town)


@pytest.mark.clause("LIN-056")
def test_booking_asks_with_which_review_it_is_held_together_or_why_it_is_not(town):
    stopped(arrange(town, not_combined_why=""), "Say with which review it is held together, or why it is not")
    with town.at_work():
        cast.recorded(
            cast.fact("plan.started/child_protection", {"child": town.kit, "plan": ids.new()}, since=20),
            by=town.workers["Amy"],
        )
        held = {"child": town.kit, "meeting": ids.new()}
        cast.recorded(
            cast.fact("meeting.held/child_protection_conference", held, since=20, stage="initial"),
            by=town.workers["Amy"],
        )
    assert "review conference" in paperwork.page(town.amy, "meetings", town.kit).lower()
    here = paperwork.page(town.amy, "record-form", town.kit, "meeting_arrange")
    known = here[here.index('id="reviews-known"') :]
    assert "review conference" in known[: known.index("</div>")].lower()
    stopped(arrange(town, combined_review=""), "Say with which review it is held together, or that it is with none")
    taken(arrange(town))
    assert "There is no other review." in page(town)


@pytest.mark.clause("LIN-056")
def test_a_review_that_nobody_here_knew_of_is_held_together_with_the_meeting_by_name_and_day(town):
    due = cast.days_ago(-20)
    stopped(arrange(town, combined_review="other", review_due_on=due), "Say which review it is")
    stopped(arrange(town, combined_review="ehc_plan"), "Enter the day of that review")
    named = {"combined_review": "other", "review_named": "Review of the short breaks panel", "not_combined_why": ""}
    taken(arrange(town, review_due_on=due, **named))
    assert f"Review of the short breaks panel, due {said_day(due)}" in page(town)
    [one] = kinds(town, "meeting.arranged/child_in_need")
    assert (one.coded["combined_review"], one.coded["review_due_on"]) == ("other", due.isoformat())
    taken(
        arrange(
            town,
            about=meeting_of(town).meeting,
            combined_review="ehc_plan",
            review_due_on=due,
            joined_with="With Robin’s.",
        )
    )
    here = page(town)
    assert f"The review of the Education, Health and Care Plan, due {said_day(due)}" in here
    assert "With Robin’s." in here
    assert "Review of the short breaks panel" not in here


@pytest.mark.clause("LIN-034")
def test_a_child_who_does_not_come_has_a_reason_and_another_way_to_be_heard_and_family_and_agencies_are_offered(town):
    apart = {f"{town.kit}-child_takes_part": "through_advocate"}
    stopped(arrange(town, sent=apart), "Say why the child does not come, and how they are heard")
    told = apart | {f"{town.kit}-childs_part": "Kit wants Jo to speak."}
    taken(arrange(town, sent=told))
    with town.at_work():
        school = register.enter_agency(
            {"name": "Ashfield School", "kind": "school"}, cast.days_ago(9), by=cast.viewer(town.workers["Amy"])
        )
        actions.append(
            Fact(kind="agency.joined", about={"agency": school, "child": town.kit}, when=cast.days_ago(8)),
            by=town.workers["Amy"],
        )  # fmt: skip
    here = page(town)
    offered = here[here.index("Whom the procedure wants there") : here.index("Add those ticked")]
    for name in ("Kit Marsh", "Ros Marsh", "Fin Marsh", "Ashfield School"):
        assert name in offered


@pytest.mark.clause("LIN-043")
def test_how_each_child_was_listened_to_told_and_involved_is_written_for_each_and_a_child_not_heard_is_asked_about(
    town,
):
    heard = {
        f"q.child_involved.{town.kit}": "Amy drew the week with Kit.",
        f"q.childs_words.{town.kit}": "I like Fridays.",
    }
    _meeting, answer = progress_meeting(town, cast.days_ago(30), **heard)
    assert "Amy drew the week with Kit." in answer.content.decode()
    _meeting, answer = progress_meeting(town, cast.days_ago(2), **{f"came.{town.kit}": "", "held.not_covered": ""})
    assert "How Kit Marsh took part: here, heard in another way, or why not" in answer.content.decode()


def step(town, kind, since, words=None, about=None, **coded):
    named = {"child": town.kit, **(about or {})}
    return cast.recorded(cast.fact(kind, named, since=since, words=words or {}, **coded), by=town.workers["Amy"])


def without(town):
    """The steps at which nothing is told of how the child took part, as the page of the meetings lists them."""
    here = paperwork.page(town.amy, "meetings", town.kit)
    part = here[here.index('id="took-part"') :].partition("<h2")[0]
    return re.findall(r"<li><a[^>]*>([^<]*)</a>", part), part


@pytest.mark.clause("LIN-043")
def test_the_steps_at_which_nothing_is_recorded_of_the_childs_part_are_listed_until_it_is(town):
    def day(since):
        return said_day(cast.days_ago(since), clock.today())

    with town.at_work():
        step(town, "referral.received", 400, about={"referral": ids.new()})
        step(town, "visit.made", 390, about={"visit": ids.new()}, seen=True)
        step(town, "episode.closed", 380, reason="needs_met")
        step(town, "referral.received", 70, about={"referral": ids.new()})
        written = {"child": town.kit, "assessment": ids.new()}
        step(town, "assessment.submitted/child_and_family", 60, {"childs_words": "I like Fridays."}, written)
        silent = step(town, "visit.made", 50, about={"visit": ids.new()}, seen=True)
        step(town, "visit.made", 40, {"child_involved": "Kit chose where we sat."}, {"visit": ids.new()}, seen=True)
        step(town, "visit.made", 35, about={"visit": ids.new()}, seen=False)
        step(town, "plan.started/child_in_need", 30, about={"plan": ids.new()})
        step(town, "meeting.held/child_in_need", 20, about={"meeting": ids.new(), "person": town.ros})
        step(town, "meeting.held/child_in_need", 10, about={"meeting": ids.new(), "person": [town.ros, town.kit]})
    listed, part = without(town)
    assert [html.unescape(one) for one in listed] == [
        f"Child and Family Progress Meeting, {day(20)}", f"Child and Family Progress Plan, {day(30)}", f"Visit, the child was not seen, {day(35)}", f"Visit, {day(50)}",
    ], "nothing of the time before the case was opened again, and nothing where the child spoke, took part or came"  # fmt: skip
    assert "Something is recorded at 3 of 7 steps" in part
    assert reverse("entry", args=[town.kit, silent.id]) in part
    with town.at_work():
        words = {"childs_words": "Kit showed me the den."}
        actions.correct(silent, cast.again(silent, words=words, seen=True), by=town.workers["Amy"])
        step(town, "episode.closed", 1, reason="needs_met")
    listed, _part = without(town)
    assert listed[0] == f"Closing, {day(1)}"
    assert f"Visit, {day(50)}" not in listed


@pytest.mark.clause("LIN-043")
@pytest.mark.parametrize("form", ["assessment", "visit", "plan_start", "plan_review", "episode_close"])
def test_every_step_asks_how_the_child_was_listened_to_told_and_involved(town, form):
    with town.at_work(writing=False):
        assert (
            forms.form(form)
            .question("child_involved")
            .asks.startswith("How was the child listened to, told and involved")
        )


@pytest.mark.clause("LIN-031")
def test_each_meeting_makes_the_next_version_of_the_plan_and_says_what_changed(town):
    first, _answer = progress_meeting(
        town,
        cast.days_ago(40),
        **{"q.danger": "When Fin comes at night.", "q.signs": "Shouting.", "outcome.plan_goes_on": "yes"},
    )
    second, _answer = progress_meeting(
        town,
        cast.days_ago(2),
        **{"q.danger": "When Ros is alone.", "q.signs": "Shouting.", "outcome.plan_changed": "yes"},
    )
    here = page(town, meeting=second)
    danger = here[here.index("When can family life become dangerous?") :]
    danger = danger[: danger.index("</dd>")]
    assert "When Ros is alone." in danger
    assert "Last time: When Fin comes at night." in danger
    signs = here[here.index("What are the first signs?") :]
    assert "Last time" not in signs[: signs.index("</dd>")]
    assert "When Ros is alone." not in page(town, meeting=first)
    assert [one.coded["outcomes"] for one in kinds(town, "meeting.held/child_in_need")] == [
        ["plan_goes_on"],
        ["plan_changed"],
    ]


@pytest.mark.clause("LIN-048")
@pytest.mark.parametrize(
    ("choice", "title"),
    [("family_network_meeting", "family_network"), ("family_group_conference", "family_group_conference")],
)
def test_a_network_meeting_or_a_conference_decided_on_is_opened_from_the_meeting(town, choice, title):
    progress_meeting(town, cast.days_ago(2), **{"q.network_choice": choice})
    here = page(town)
    follows = here[here.index('id="follows"') :]
    assert f"{reverse('record-form', args=[town.kit, 'meeting_ask'])}?with=a_type:{title}" in follows
    [held] = kinds(town, "meeting.held/child_in_need")
    assert held.coded["network_choice"] == choice


def test_where_neither_is_wanted_nothing_of_the_kind_is_opened(town):
    progress_meeting(town, cast.days_ago(2), **{"q.network_choice": "neither", "q.network_why_not": "Gran is ill."})
    assert "meeting_ask" not in page(town)


@pytest.mark.clause("LIN-052", "LIN-053")
def test_brothers_and_sisters_with_another_team_are_shown_and_sharing_and_meeting_together_are_decided(town):
    with town.at_work():
        south = cast.another_team("Disabilities team")
        cast.allocate(town.robin, town.workers["Amy"], south, by=town.workers["Amy"], since=30)
    taken(arrange(town, cast.days_ago(1)))
    room = paperwork.page(town.amy, "meeting-room", town.kit, meeting_of(town).meeting)
    place = room[room.index('id="stage-brothers_and_sisters"') :]
    assert "Robin Marsh: open, Disabilities team" in place[: place.index("</section>")]
    taken(
        send(
            town,
            "meeting_cancel",
            about=meeting_of(town).meeting,
            not_held_because="adjourned",
            why="Again.",
            when=cast.days_ago(0),
        )
    )
    _meeting, answer = progress_meeting(
        town, cast.days_ago(2), **{"held.not_covered": "", "q.joint_meeting": "separate"}
    )
    told = answer.content.decode()
    assert "Say whether what matters is shared between the plans" in told
    assert "Say why they meet apart" in told
    assert "Say whether they meet together" not in told


@pytest.mark.clause("LIN-053")
def test_one_meeting_for_a_brother_and_a_sister_keeps_a_part_for_each_and_shows_each_to_whoever_may_open_them(town):
    with town.at_work():
        amy, olu = town.workers["Amy"], town.workers["Olu"]
        joined = cast.fact(
            "worker.joined_family", {"child": town.kit, "worker": olu.id}, since=20, worker_role="co_worker"
        )
        cast.recorded(joined, by=amy)
    taken(arrange(town, cast.days_ago(1), children=(town.robin,)))
    meeting = meeting_of(town).meeting
    with town.at_work(writing=False):
        assert set(Meeting.objects.filter(meeting=meeting).values_list("child", flat=True)) == {town.kit, town.robin}
    taken(send(town, "meeting_guest", about=meeting, person=str(town.ros), guest_part="parent"))
    typed = {
        "act": "finish", f"came.{town.ros}": "came", f"q.child_involved.{town.kit}": "Kit drew the week.", f"q.child_involved.{town.robin}": "Robin spoke with Jo.",
        f"q.childs_words.{town.robin}": "I want my own room.", "held.not_covered": "Time.", "q.joint_meeting": "joint",
    }  # fmt: skip
    town.amy.post(reverse("meeting-room", args=[town.kit, meeting]), typed)
    [held] = kinds(town, "meeting.held/child_in_need")
    assert sorted(held.about["child"]) == sorted(map(str, (town.kit, town.robin)))
    for child in (town.kit, town.robin):
        here = page(town, child=child, meeting=meeting)
        assert "Kit drew the week." in here
        assert "Robin spoke with Jo." in here
    shown = page(town, town.olu, meeting)
    assert "Kit drew the week." in shown
    assert "Robin" not in shown
    assert "I want my own room." not in shown
    assert town.olu.get(reverse("meeting", args=[town.robin, meeting])).status_code in (403, 404)


def ticked(town, meeting, client=None):
    """The brothers and sisters ticked on the page that arranges a meeting, and what is said of those left out."""
    here = (client or town.amy).get(reverse("record-form", args=[town.kit, "meeting_arrange"]), {"for": str(meeting)})
    text = here.content.decode()
    boxes = re.findall(r'name="children" value="([^"]+)"([^>]*)>', text)
    return {key for key, more in boxes if "checked" in more}, text


def cancelled(town, *children):
    taken(arrange(town, cast.days_ago(1), children=children))
    meeting = meeting_of(town).meeting
    told = {"not_held_because": "adjourned", "why": "Snow.", "when": cast.days_ago(0)}
    taken(send(town, "meeting_cancel", about=meeting, **told))
    return meeting


@pytest.mark.clause("LIN-053")
def test_a_meeting_arranged_again_is_of_all_its_children_unless_one_is_taken_out(town):
    meeting = cancelled(town, town.robin)
    found, text = ticked(town, meeting)
    assert found == {str(town.robin)}
    assert "is left out" not in text
    today = {"about": meeting, "when": cast.days_ago(0)}
    taken(arrange(town, children=(town.robin,), **today))
    again = kinds(town, "meeting.arranged/child_in_need")[-1]
    assert sorted(again.about["child"]) == sorted(map(str, (town.kit, town.robin)))
    taken(send(town, "meeting_cancel", not_held_because="adjourned", why="Snow.", **today))
    taken(arrange(town, **today))
    taken(send(town, "meeting_guest", person=str(town.ros), guest_part="parent", **today))
    with town.at_work(writing=False):
        states = dict(Meeting.objects.filter(meeting=meeting).values_list("child", "state"))
        assert story.one_of(town.kit, meeting).children == (str(town.kit),)
    assert states == {town.kit: "arranged", town.robin: "not_held"}
    named = kinds(town, "meeting.guest_named/child_in_need")[-1].about["child"]
    assert named in (str(town.kit), [str(town.kit)]), "what is said of it later is not said of whoever was taken out"


@pytest.mark.parametrize(("kind", "coded", "words"), [
    ("child.died", {}, "has died, and is left out."), ("episode.closed", {"reason": "needs_met"}, "case is closed"),
])  # fmt: skip
def test_a_brother_or_sister_who_has_died_or_whose_case_is_closed_is_left_out_of_the_meeting_and_that_is_said(
    town, kind, coded, words
):
    with town.at_work():
        amy = town.workers["Amy"]
        cast.recorded(cast.fact("referral.received", {"child": town.robin, "referral": ids.new()}, since=60), by=amy)
    meeting = cancelled(town, town.robin)
    with town.at_work():
        cast.recorded(cast.fact(kind, {"child": town.robin}, since=0, **coded), by=amy)
    found, text = ticked(town, meeting)
    assert found == set()
    assert "Robin Marsh" in text
    assert words in html.unescape(text)


def test_nothing_is_said_of_a_brother_or_sister_whose_record_the_reader_may_not_open(town):
    with town.at_work():
        joined = cast.fact(
            "worker.joined_family",
            {"child": town.kit, "worker": town.workers["Olu"].id},
            since=20,
            worker_role="co_worker",
        )
        cast.recorded(joined, by=town.workers["Amy"])
    meeting = cancelled(town, town.robin)
    found, text = ticked(town, meeting, town.olu)
    assert found == set()
    assert "Robin" not in text


@pytest.mark.clause("LIN-085")
def test_who_should_have_the_plan_is_proposed_each_copy_is_made_by_the_worker_and_business_support_sends_it(town):
    with town.at_work():
        cast.in_need(town.kit, by=town.workers["Amy"])
        gran = paperwork.adult(town.workers["Amy"], "Gran", town.family, town.kit, "grandparent")
    typed = {
        "act.1.what": "Fetch Kit",
        "act.1.who": str(gran),
        f"came.{town.kit}": "otherwise",
        "part.1.words": "Gran fetches Kit.",
        "part.1.who": str(gran),
    }
    meeting, _answer = progress_meeting(town, cast.days_ago(1), **typed)
    here = page(town)
    given = here[here.index('id="to-be-given"') :]
    for name, why in (
        ("Kit Marsh", "The child"),
        ("Ros Marsh", "Parent, Came"),
        ("Fin Marsh", "Parent"),
        ("Gran Marsh", "Has a part in the plan, Has something to do"),
    ):
        line = given[given.index(name) :]
        assert why in line[: line.index("</li>")]
    assert "Robin Marsh" not in given
    with town.at_work(writing=False):
        assert Owed.objects.filter(duty="plan.circulate", closed_on=None).count() == 1
    said = paperwork.answers(meeting="Progress Meeting", held_on=cast.days_ago(1), was_there="yes")
    made = letter(
        town,
        "meeting_record",
        meeting,
        guest=str(town.ros),
        reader=f"parental_responsibility:{town.ros}",
        act="make",
        **said,
    )
    assert made.status_code == 302
    assert "Ros Marsh" in page(town)[page(town).index('id="to-be-given"') :], "a copy that was made is not yet given"
    with town.at_work(writing=False):
        document = Document.objects.get(letter="meeting_record")
    town.sue.post(reverse("document-act", args=[town.kit, document.id]), {"act": "given", "how": "post"})
    here = page(town)
    assert "Ros Marsh" not in here[here.index('id="to-be-given"') : here.index("Make their copy")]
    [sent] = kinds(town, "meeting.record_sent/child_in_need")
    assert (sent.about["person"], str(sent.recorded_by)) == (str(town.ros), str(town.workers["Sue"].id))
    with town.at_work(writing=False):
        assert not Owed.objects.filter(duty="plan.circulate", closed_on=None).exists()


def held_and_copied(town):
    """A Progress Meeting at which Ros was, and Ros's copy of its record, made by Business Support and not yet given."""
    meeting, _answer = progress_meeting(town, cast.days_ago(1))
    said = paperwork.answers(meeting="Progress Meeting", held_on=cast.days_ago(1), was_there="yes")
    reader = {"guest": str(town.ros), "reader": f"parental_responsibility:{town.ros}"}
    answer = letter(town, "meeting_record", meeting, client=town.sue, act="preview", **reader, **said)
    assert letter(town, "meeting_record", meeting, client=town.sue, act="make", **reader, **said).status_code == 302
    with town.at_work(writing=False):
        return meeting, answer.content.decode(), Document.objects.get(letter="meeting_record").id


NOBODY = "No social worker has confirmed who is given this record."


@pytest.mark.clause("LIN-085")
def test_a_copy_that_no_social_worker_confirmed_is_warned_of_goes_all_the_same_and_says_so(town):
    meeting, writing, document = held_and_copied(town)
    assert NOBODY in writing
    assert NOBODY in paperwork.page(town.sue, "document", town.kit, document)
    assert NOBODY in page(town)
    given = town.sue.post(reverse("document-act", args=[town.kit, document]), {"act": "given", "how": "post"})
    assert given.status_code == 302, "a warning holds up nothing"
    assert kinds(town, "meeting.record_sent/child_in_need")
    guests = page(town)
    guests = guests[guests.index('id="guests"') :]
    assert "No social worker had confirmed it then" in guests
    confirm(town, meeting)
    after = page(town)
    assert "Confirmed by Amy" in after
    assert "No social worker had confirmed it then" in after, "what was sent before stays sent before"


@pytest.mark.clause("LIN-085")
def test_the_social_worker_confirms_who_is_given_it_and_each_copy_says_whose_confirmation_there_was(town):
    meeting, _writing, document = held_and_copied(town)
    assert owes(town, "plan.confirm_circulation") == {"plan.confirm_circulation"}
    stopped(confirm(town, meeting, town.sue, "business_support"), "A social worker confirms who is given the plan")
    taken(confirm(town, meeting, left_out="Not the taxi firm."))
    assert not owes(town, "plan.confirm_circulation")
    assert NOBODY not in paperwork.page(town.sue, "document", town.kit, document)
    here = page(town)
    assert "Confirmed by Amy" in here
    assert "Not the taxi firm." in here
    town.sue.post(reverse("document-act", args=[town.kit, document]), {"act": "given", "how": "post"})
    assert "Confirmed before by Amy" in page(town)


def confirm(town, meeting, client=None, as_whom="allocated_social_worker", **said):
    told = {"by_role": as_whom, "when": cast.days_ago(0), **said}
    return send(town, "meeting_circulation", client, about=meeting, **told)


@pytest.mark.clause("LIN-085")
def test_a_meeting_whose_procedure_asks_for_no_confirmation_is_not_warned_of(town):
    with town.at_work():
        about = {"child": town.kit, "meeting": ids.new(), "person": town.ros}
        cast.recorded(cast.fact("meeting.held/family_network", about, since=3), by=town.workers["Amy"])
    assert NOBODY not in page(town, meeting=about["meeting"])
