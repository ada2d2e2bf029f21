"""Leicestershire from a request for accommodation to what follows the meeting: who is routed where, what is tried first, and the stay."""

import datetime as dt
import re

import pytest
from django.urls import reverse

import cast
import gathering
import paperwork
from gathering import the_meeting
from kith.core import clock, ids
from kith.obligations.models import Owed
from kith.record.chronology import chronology
from kith.record.models import Event
from kith.web.child.consistency import consistency

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    return gathering.leicestershire()


def send(town, form, client=None, about="", child=None, sent=None, **said):
    said.setdefault("when", cast.days_ago(2))
    address = reverse("record-form", args=[child or town.kit, form])
    return (client or town.amy).post(
        address, {"act": "record", "for": str(about), **paperwork.answers(**said), **(sent or {})}
    )


def taken(answer):
    assert answer.status_code == 302, paperwork.wrong(answer)


def stopped(answer, words):
    assert answer.status_code == 422
    assert words in paperwork.said(answer)


def kinds(town, kind):
    with town.at_work(writing=False):
        return list(Event.objects.filter(kind__startswith=kind).order_by("recorded_at"))


def owed(town, duty):
    with town.at_work(writing=False):
        return [(one.due_on, one.closed_as) for one in Owed.objects.filter(duty=duty)]


NO = dict.fromkeys(
    (
        "risk_of_significant_harm",
        "unaccompanied",
        "relinquished",
        "uses_short_breaks",
        "remanded",
        "short_stay_for_a_circumstance",
        "emergency_accommodation",
        "at_risk_without_support",
        "disabled",
    ),
    "no",
)


def says(town, child, **answers):
    told = {"asked_by": "holder_of_parental_responsibility", "tried_to_resolve": "yes", **NO, **answers}
    sent = {"route": "family_care_and_protect", **{f"answer:{key}": value for key, value in told.items()}}
    return town.amy.post(reverse("deciding", args=[child]), sent).context["answer"]


def a_child(town, years, days=0, **more):
    """A child of so many years and days today."""
    today = cast.days_ago(0)
    born = today.replace(year=today.year - years) - dt.timedelta(days=days)
    with town.at_work():
        amy = town.workers["Amy"]
        child = cast.child(amy, more.get("name", "Jo"), family=town.family, born=born)
        cast.allocate(child, amy, town.team, by=amy)
    return child


@pytest.mark.clause("LEI-038", "LEI-047")
def test_thirteen_qualifies_ten_does_not_and_of_eleven_to_the_day_the_guidance_is_silent(town):
    assert says(town, a_child(town, 13))["says"] == "The guidance points to yes"
    ten = says(town, a_child(town, 10))
    assert ten["says"] == "The guidance points to no"
    assert "safeguarding" in ten["leads_to"]
    eleven = says(town, a_child(town, 11))
    assert eleven["says"] == "The guidance does not say"
    assert eleven["leans"]


@pytest.mark.clause("LEI-049", "LEI-045", "LEI-053", "LEI-054", "LEI-048")
def test_an_asylum_seeking_child_a_disabled_child_and_a_parents_stay_in_hospital_are_each_routed_as_the_register_reads(
    town,
):
    child = a_child(town, 13)
    assert says(town, child, unaccompanied="yes")["says"] == "The guidance points to no"
    on_breaks = {"disabled": "yes", "uses_short_breaks": "yes"}
    assert says(town, child, asks_shared_or_full_care="yes", **on_breaks)["says"] == "The guidance points to yes"
    assert says(town, child, asks_shared_or_full_care="no", **on_breaks)["says"] == "The guidance points to no"
    assert "short stay" in says(town, child, short_stay_for_a_circumstance="yes")["leads_to"]
    assert "safeguarding" in says(town, child, risk_of_significant_harm="yes")["leads_to"]


@pytest.mark.clause("LEI-055", "LEI-030")
def test_that_no_meeting_is_required_is_a_persons_decision_with_one_of_the_seven_reasons(town):
    told = {
        "route": "not_required",
        "leads": "Safeguarding, decided by Moll.",
        "reasons": "The police were called.",
        "by_role": "team_manager",
    }
    stopped(send(town, "route_decision", town.moll_desk, **told), "Select why none is required")
    stopped(send(town, "route_decision", town.moll_desk, answer="significant_harm", **told), "Select which harm")
    taken(
        send(town, "route_decision", town.moll_desk, answer="significant_harm", sent={"all-harms": ["neglect"]}, **told)
    )
    [one] = kinds(town, "route.decided")
    assert (one.coded["route"], one.coded["answer"]) == ("not_required", "significant_harm")
    page = paperwork.page(town.moll_desk, "record-form", town.kit, "route_decision")
    for reason in (
        "Under eleven",
        "Risk of significant harm",
        "Unaccompanied asylum seeking child",
        "Relinquished baby",
        "short breaks scheme",
        "Remand to the care",
        "A short stay in specific circumstances",
    ):
        assert reason in page


@pytest.mark.clause("LEI-002", "LEI-044")
def test_every_childs_record_offers_the_meeting_and_knows_its_former_name(town):
    page = paperwork.page(town.amy, "meetings", town.robin)
    assert "Family Care and Protect Meeting" in page
    assert "Also called: Challenge to Care" in page
    assert "?route=family_care_and_protect" in page


@pytest.mark.clause("LEI-004", "LEI-006", "LEI-008", "LEI-040", "LEI-046")
def test_a_request_says_whether_the_child_can_stay_safely_what_was_tried_and_what_the_assessment_found(town):
    whole = {
        "a_type": "family_care_and_protect", "by": "parent", "purpose": "Help.", "help_meanwhile": "yes", "help": "Amy.", "referral_reasons": "request_not_resolved", "tried": "Support since March.",
        "safe_at_home": "yes", "safe_why": "The assessment.", "safeguarding_found": "none_found",
    }  # fmt: skip
    for key, words in (
        ("referral_reasons", "Select why"),
        ("tried", "Say what was tried"),
        ("safe_at_home", "Say whether it is safe"),
        ("safe_why", "Say what shows it"),
        ("safeguarding_found", "Say what the assessment found"),
    ):
        stopped(send(town, "meeting_ask", **{one: text for one, text in whole.items() if one != key}), words)
    taken(send(town, "meeting_ask", **whole))


@pytest.mark.clause("LEI-084")
def test_a_family_waiting_with_nothing_in_place_has_the_reason_on_its_request(town):
    gathering.asked(town, help_meanwhile="yes")
    whole = {
        **gathering.SAFE,
        "help": "",
        "a_type": "family_care_and_protect",
        "referral_reasons": "request_not_resolved",
        "tried": "x",
        "safe_at_home": "yes",
        "safe_why": "x",
        "safeguarding_found": "none_found",
    }
    stopped(send(town, "meeting_ask", **{**whole, "help_meanwhile": "no"}), "Say why there is none yet")
    stopped(send(town, "meeting_ask", **{**whole, "help_meanwhile": "yes"}), "Say what helps and who does it")


@pytest.mark.clause("LEI-018", "LEI-083")
def test_a_child_who_asks_is_answered_and_offered_somebody_independent_and_their_words_are_on_no_parents_copy(town):
    gathering.asked(town, by="child", person=str(town.kit), own_words="I am scared at night.", help_meanwhile="yes")
    meeting = the_meeting(town).meeting
    assert "Whoever asked for the meeting has not been answered" in paperwork.page(
        town.amy, "meeting", town.kit, meeting
    )
    assert owed(town, "fcp_meeting.answer") == [(None, "")]
    taken(
        send(
            town,
            "meeting_answer",
            about=meeting,
            person=str(town.kit),
            told="Amy told Kit at school.",
            advocate="accepted",
        )
    )
    assert owed(town, "fcp_meeting.answer") == [(None, "met")]
    assert "Whoever asked for the meeting has not been answered" not in paperwork.page(
        town.amy, "meeting", town.kit, meeting
    )
    assert gathering.arranged(town, meeting).status_code == 302
    gathering.guest(town, town.ros, "parent")
    address = reverse("write-letter", args=[town.kit, "meeting_bundle"])
    sent = {
        "meeting": str(meeting),
        "guest": str(town.ros),
        "reader": f"relative:{town.ros}",
        "layout": "standard",
        "act": "preview",
    }
    answer = town.amy.post(address, {**sent, **paperwork.answers(meeting="The meeting", looked_at="yes")})
    assert answer.status_code == 200
    assert "I am scared at night." not in paperwork.said(answer)


@pytest.mark.clause("LEI-056", "LEI-059", "LEI-060")
def test_the_next_free_thursday_is_filled_in_closed_ones_are_passed_over_and_a_service_manager_chairs(town):
    town.moll_desk.get(reverse("diary"))
    slots = town.moll_desk.get(reverse("diary")).context["slots"]
    [(_title, a_type, free)] = slots
    assert a_type == "family_care_and_protect"
    assert all(dt.date.fromisoformat(slot).weekday() == 3 for slot, _day in free)
    address = reverse("record-form", args=[town.kit, "meeting_arrange"])
    form = town.moll_desk.get(address, {"with": "a_type:family_care_and_protect"}).content.decode()
    first = dt.date.fromisoformat(free[0][0])
    boxes = {part: value for part, value in re.findall(r'name="all-held_on-(day|month|year)"[^>]*?value="(\d+)"', form)}
    assert boxes == {"day": str(first.day), "month": str(first.month), "year": str(first.year)}
    town.moll_desk.post(reverse("diary"), {"a_type": a_type, "slot": free[0][0]})
    [(_title, _type, after)] = town.moll_desk.get(reverse("diary")).context["slots"]
    assert after[0] == free[1]
    gathering.asked(town)
    stopped(
        gathering.arranged(town, the_meeting(town).meeting, chair_role="team_manager"),
        "An operational Service Manager, or their deputy, chairs every Family Care and Protect Meeting.",
    )


@pytest.mark.clause("LEI-062")
def test_another_time_needs_the_reason_and_the_chairs_agreement(town):
    gathering.asked(town)
    about = the_meeting(town).meeting
    stopped(gathering.arranged(town, about, outside_slot="yes"), "Select why")
    stopped(
        gathering.arranged(town, about, outside_slot="yes", outside_slot_reason="family_cannot_attend"),
        "Say whether the Service Manager agrees",
    )
    assert (
        gathering.arranged(
            town, about, outside_slot="yes", outside_slot_reason="family_cannot_attend", chair_agrees="yes"
        ).status_code
        == 302
    )


@pytest.mark.clause("LEI-071", "LEI-073", "LEI-022")
def test_early_help_is_looked_for_on_the_list_and_both_parents_are_suggested(town):
    gathering.asked(town)
    assert gathering.arranged(town, the_meeting(town).meeting).status_code == 302
    meeting = the_meeting(town).meeting
    page = paperwork.page(town.amy, "meeting", town.kit, meeting)
    assert "Not on the list: Early help" in page
    suggested = page[page.index("Whom the procedure wants there") :]
    for name in ("Kit Marsh", "Ros Marsh", "Fin Marsh", "Amy"):
        assert name in suggested
    town.amy.post(reverse("meeting-guests", args=[town.kit, meeting]), {"guest": [str(town.ros), str(town.kit)]})
    taken(send(town, "meeting_guest", about=meeting, guest_part="early_help", who="Lou of Early Help"))
    page = paperwork.page(town.amy, "meeting", town.kit, meeting)
    assert "Not on the list: Early help" not in page
    assert "Lou of Early Help" in page
    assert "Ros Marsh" not in page[page.index("Whom the procedure wants there") :]


@pytest.mark.clause("LEI-032", "LEI-072")
def test_a_meeting_whose_child_neither_came_nor_was_heard_says_so_before_it_is_recorded(town):
    gathering.ready(town)
    typed = {
        name: text
        for name, text in gathering.everything(town).items()
        if not name.startswith(("q.childs_words", f"came.{town.kit}"))
    }
    page = gathering.room(
        town, act="finish", **{name.replace(".", "__"): text for name, text in typed.items()}
    ).content.decode()
    assert "How Kit Marsh took part: here, heard in another way, or why not" in page


@pytest.mark.clause("LEI-081")
def test_several_outcomes_may_be_ticked_and_each_leads_to_its_own_form(town):
    more = {f"outcome.{one}": "yes" for one in ("support_package", "referrals", "section_20", "panel")}
    gathering.over(town, **more)
    [held] = kinds(town, "meeting.held")
    assert set(held.coded["outcomes"]) == {"family_plan", "support_package", "referrals", "section_20", "panel"}
    page = paperwork.page(town.amy, "meeting", town.kit, the_meeting(town).meeting)
    follows = page[page.index('id="follows"') :]
    for form in (
        "service_offer",
        "service_refer",
        "accommodation_agree",
        "accommodation_told",
        "panel_ask",
        "family_plan_approve",
    ):
        assert f"/{form}?for=" in follows


@pytest.mark.clause("LEI-014", "LEI-017", "LEI-035", "LEI-037", "LEI-075")
def test_what_an_agency_gives_has_a_need_a_first_day_and_a_reason_where_it_goes_further_and_late_starts_are_owed(town):
    gathering.over(town)
    told = {
        "what": "Somebody at bedtime",
        "for_need": "Sleep",
        "given_by": "Early Help, Lou",
        "given_to": "relative_who_cares",
        "starts_on": cast.days_ago(1),
        "review_on": cast.days_ago(-20),
    }
    about = the_meeting(town).meeting
    stopped(
        send(town, "service_offer", about=about, intrusiveness="short_breaks", **told),
        "Say why less would not be enough",
    )
    stopped(
        send(town, "service_offer", about=about, intrusiveness="help_at_home", **{**told, "given_to": ""}),
        "Select whom it is for",
    )
    taken(send(town, "service_offer", about=about, intrusiveness="help_at_home", **told))
    assert owed(town, "support.begins") == [(cast.days_ago(1), "")]
    assert owed(town, "support.looked_at") == [(cast.days_ago(-20), "")]
    [service] = kinds(town, "service.offered")
    taken(send(town, "service_start", about=service.about["service"], when=cast.days_ago(0)))
    assert owed(town, "support.begins") == [(cast.days_ago(1), "met late")]


@pytest.mark.clause("LEI-076")
def test_an_agreed_referral_is_recorded_with_who_sends_it_and_stays_open_until_it_is_sent(town):
    gathering.over(town, **{"outcome.referrals": "yes"})
    told = {"to_whom": "Young carers", "what_for": "A group", "agrees": "yes"}
    stopped(send(town, "service_refer", about=the_meeting(town).meeting, **told), "Say who sends it")
    taken(send(town, "service_refer", about=the_meeting(town).meeting, sent_by="Amy", **told))
    [one] = kinds(town, "referral_on.agreed")
    taken(send(town, "service_refer_sent", about=one.about["referral_on"], when=cast.days_ago(0)))
    assert kinds(town, "referral_on.sent")[0].about["referral_on"] == one.about["referral_on"]


@pytest.mark.clause("LEI-080")
def test_the_panel_is_asked_with_the_resource_its_cost_and_why_less_is_not_enough(town):
    gathering.over(town, **{"outcome.panel": "yes"})
    about = the_meeting(town).meeting
    stopped(
        send(town, "panel_ask", about=about, resource="A support worker", cost="£400 a month"), "Say why more is needed"
    )
    taken(send(town, "panel_ask", about=about, resource="A support worker", cost="£400 a month", why_more="Nights."))
    assert kinds(town, "panel.asked")[0].about["meeting"] == str(about)


STAY = {
    "accommodation_ground": "power", "at_request_of": "parent", "exceptional": "harm_if_they_stay", "clear_reasons": "Nights are not safe.", "welfare": "Kit leaves home for two weeks.",
    "considered": "Gran, an aunt, support at night.", "where": "With a carer nearby.", "stays_with": "foster_carers", "passed_over": "Gran is in hospital; no friend can.", "stays_people": "Ros visits daily.",
    "stays_friends": "At school.", "stays_school": "A taxi.", "stays_hobbies": "Football on Saturdays.", "stays_same": "All of it.", "childs_view": "I want to go back soon.",
}  # fmt: skip


def agree(town, days=14, reasons=True, **more):
    begins = cast.days_ago(1)
    told = {
        **STAY,
        "from_on": begins,
        "until": begins + dt.timedelta(days=days),
        "review_on": begins + dt.timedelta(days=min(days, 12)),
        **more,
    }
    gates = (
        {"gate:stay.support_tried": "Support since March.", "gate:stay.relatives_considered": "Gran is ill."}
        if reasons
        else {}
    )
    return send(town, "accommodation_agree", town.moll_desk, sent=gates, when=cast.days_ago(1), **told)


@pytest.mark.clause("LEI-009", "LEI-010", "LEI-034", "LEI-077", "LEI-078")
def test_a_stay_is_agreed_for_fourteen_days_at_most_after_relatives_and_support_were_looked_at(town):
    answer = agree(town, reasons=False)
    assert answer.status_code == 422
    page = paperwork.said(answer)
    assert "The council and its partners first do what lets the family go on caring" in page
    assert "Relatives and friends are always considered before a child becomes looked after." in page
    stopped(agree(town, days=15), "The meeting may grant up to 14 days")
    stopped(agree(town, review_on=""), "Enter the day to look at it again")
    taken(agree(town))
    assert owed(town, "stay.end") == [(cast.days_ago(1) + dt.timedelta(days=14), "")]


@pytest.mark.clause("LEI-011", "LEI-020", "LEI-021", "LEI-024", "LEI-025", "LEI-026", "LEI-028", "LEI-033")
def test_leaving_the_family_asks_for_clear_reasons_what_it_means_the_order_of_places_and_what_stays_the_same(town):
    for key, words in (
        ("exceptional", "Select why"), ("clear_reasons", "Give the reasons"), ("welfare", "Say what it will mean for the child"), ("stays_with", "Select with whom the child lives"),
        ("passed_over", "Say why the places before it are not possible"), ("stays_people", "Say how the child goes on seeing people who matter"), ("stays_friends", "Say how the child keeps friends"),
        ("stays_school", "Say whether the child stays at school"), ("stays_hobbies", "Say what goes on"),
    ):  # fmt: skip
        stopped(agree(town, **{key: ""}), words)
    residential = {
        "stays_with": "residential",
        "families_sought": "None free.",
        "own_view_of_residential": "I prefer it.",
        "how_many_live_there": "Three.",
    }
    for key, words in (
        ("families_sought", "Say which family placements were looked for"),
        ("own_view_of_residential", "Write what the young person says"),
        ("how_many_live_there", "Say how many live there"),
    ):
        stopped(agree(town, **{**residential, key: ""}), words)
    taken(agree(town, **residential))


@pytest.mark.clause("LEI-086")
def test_each_person_entitled_is_told_in_their_language_and_ending_it_is_one_step_that_nothing_blocks(town):
    taken(agree(town))
    stay = kinds(town, "accommodation.agreed")[0].about["accommodation"]
    told = {
        "person": str(town.ros),
        "told": "That she can end it.",
        "told_language": "English",
        "fit_to_agree": "well",
        "independent_advice": "before",
    }
    stopped(
        send(town, "accommodation_told", about=stay, agrees_to_stay="objects", **told),
        "Say whether they can have the child and who was told",
    )
    taken(send(town, "accommodation_told", about=stay, agrees_to_stay="agrees", **told))
    taken(send(town, "accommodation_start", about=stay, a_type="section_20", emergency="no", when=cast.days_ago(1)))
    with town.at_work(writing=False):
        assert Owed.objects.filter(duty="care_plan.prepare", closed_on=None).exists()  # looked after from the first day
    page = paperwork.page(town.amy, "meetings", town.kit)
    assert "It has ended" in page[page.index('id="away"') :]
    address = reverse("record-form", args=[town.kit, "accommodation_end"])
    answer = town.amy.post(
        address, {"act": "record", **paperwork.answers(when=cast.days_ago(0))}
    )  # nothing more is asked
    taken(answer)
    [ended] = kinds(town, "accommodation.ended")
    assert ended.about["accommodation"] == stay
    assert 'id="away"' not in paperwork.page(town.amy, "meetings", town.kit)


@pytest.mark.clause("LEI-079")
def test_at_the_review_the_stay_ends_or_goes_on_to_a_new_day_with_a_reason(town):
    taken(agree(town))
    stay = kinds(town, "accommodation.agreed")[0].about["accommodation"]
    stopped(
        send(
            town,
            "accommodation_review",
            about=stay,
            result="continued",
            why="Gran comes home on Monday.",
            when=cast.days_ago(0),
        ),
        "Enter the new last day",
    )
    until = cast.days_ago(-20)
    taken(
        send(
            town,
            "accommodation_review",
            about=stay,
            result="continued",
            until=until,
            why="Gran comes home on Monday.",
            when=cast.days_ago(0),
        )
    )
    assert owed(town, "stay.end") == [(until, "")]


@pytest.mark.clause("LEI-019", "LEI-041")
def test_after_an_emergency_a_meeting_is_asked_for_and_leads_to_a_plan_to_come_home_or_a_reason(town):
    taken(send(town, "accommodation_start", a_type="emergency", emergency="yes", when=cast.days_ago(25)))
    assert owed(town, "fcp_meeting.request") == [(None, "")]
    gathering.over(town, **{"outcome.reunification": "yes"})
    assert owed(town, "fcp_meeting.request") == [(None, "met")]
    assert owed(town, "reunification.decide") == [(None, "")]
    about = the_meeting(town).meeting
    stopped(
        send(town, "reunification_plan", about=about, home_by=cast.days_ago(-10), help="Early Help."), "Write the steps"
    )
    taken(
        send(
            town,
            "reunification_plan",
            about=about,
            home_by=cast.days_ago(-10),
            steps="A night at home first.",
            help="Early Help.",
            when=cast.days_ago(0),
        )
    )
    assert owed(town, "reunification.decide") == [(None, "met")]


@pytest.mark.clause("LEI-087")
def test_on_what_footing_a_child_lives_with_a_relative_is_asked_with_who_made_the_arrangement(town):
    told = {
        "person": str(town.fin),
        "arranged_by": "Ros and Fin.",
        "council_took_part": "no",
        "reasons": "They arranged it by telephone.",
    }
    stopped(send(town, "footing", **told), "Select on what footing")
    taken(send(town, "footing", footing="family_arrangement", **told))
    assert kinds(town, "footing.recorded")[0].coded["footing"] == "family_arrangement"


FOOTING = {"arranged_by": "Ros and us.", "council_took_part": "yes", "reasons": "We asked Fin."}


def owing(town):
    """Every duty that is open for Kit and its day."""
    with town.at_work(writing=False):
        return {one.duty: one.due_on for one in Owed.objects.filter(child=town.kit, closed_on=None)}


@pytest.mark.clause("LEI-087")
def test_placed_by_the_council_with_a_relative_the_looked_after_duties_count_from_the_first_day(town):
    taken(send(town, "footing", person=str(town.fin), footing="connected_carer", when=cast.days_ago(3), **FOOTING))
    owing_now = owing(town)
    assert owing_now["visits.looked_after_weekly"] == cast.days_ago(-4)
    assert owing_now["connected_carer.approve"] == cast.days_ago(3) + dt.timedelta(weeks=16)
    assert {"reviews.looked_after", "care_plan.prepare", "placement_plan.prepare"} <= owing_now.keys()
    assert "private_fostering.first_visit" not in owing_now
    taken(send(town, "footing", person=str(town.fin), footing="court_order", when=cast.days_ago(0), **FOOTING))
    assert not {"visits.looked_after_weekly", "connected_carer.approve", "reviews.looked_after"} & owing(town).keys()


@pytest.mark.clause("LEI-087")
def test_private_fostering_is_visited_from_the_day_the_council_knew_and_never_a_family_arrangement(town):
    told = {**FOOTING, "council_took_part": "no", "person": str(town.fin), "when": cast.days_ago(60)}
    taken(send(town, "footing", footing="family_arrangement", **told))
    assert not {"private_fostering.first_visit", "visits.looked_after_weekly"} & owing(town).keys()
    [one] = kinds(town, "footing.recorded")
    assert not {"placement", "arrangement"} & one.about.keys()
    stopped(send(town, "footing", footing="private_fostering", **told), "Enter the day we came to know of it")
    taken(send(town, "footing", footing="private_fostering", known_on=cast.days_ago(0), **told))
    owing_now = owing(town)
    assert owing_now["private_fostering.first_visit"] > clock.today()
    assert owing_now["private_fostering.visits"] == clock.today() + dt.timedelta(weeks=6)
    assert "visits.looked_after_weekly" not in owing_now


@pytest.mark.clause("LEI-087")
def test_each_parent_and_the_relative_are_told_in_writing_what_it_means_and_no_day_is_set(town):
    with town.at_work():
        gran, amy = ids.new(), town.workers["Amy"]
        bond = {"relationship": ids.new(), "child": town.kit, "other": gran}
        for kind, about, coded in (
            ("person.registered", {"person": gran}, {"person_kind": "relative"}),
            ("relationship.recorded", bond, {"relation": "grandparent"}),
        ):
            cast.recorded(cast.fact(kind, about, since=90, **coded), by=amy)
    told = {**FOOTING, "person": str(gran), "footing": "family_arrangement"}
    taken(send(town, "footing", **told))
    assert owed(town, "footing.tell_carer") == [(None, "")]
    assert owed(town, "footing.tell_parents") == [(None, ""), (None, "")]
    means = {"told": "Ros decides; the child benefit goes to Gran; Amy is who to ring.", "when": cast.days_ago(0)}
    stopped(send(town, "footing_told", person=str(gran), in_writing="yes", when=cast.days_ago(0)), "money and support")
    taken(send(town, "footing_told", person=str(gran), in_writing="no", **means))
    assert owed(town, "footing.tell_carer") == [(None, "")], "told, and not in writing"
    taken(send(town, "footing_told", person=str(gran), in_writing="yes", **means))
    assert owed(town, "footing.tell_carer") == [(None, "met")]
    taken(send(town, "footing_told", person=str(town.ros), in_writing="yes", **means))
    assert sorted(owed(town, "footing.tell_parents")) == [(None, ""), (None, "met")]


@pytest.mark.clause("LEI-029")
def test_what_people_thought_is_asked_under_the_four_values(town):
    gathering.over(town)
    page = paperwork.page(town.amy, "record-form", town.kit, "meeting_feedback")
    for value in ("Positivity", "Trust and respect", "Flexibility", "Openness"):
        assert f"{value}: " in page
    taken(
        send(
            town,
            "meeting_feedback",
            about=the_meeting(town).meeting,
            person=str(town.ros),
            own_words="I was heard.",
            openness="Yes.",
            when=cast.days_ago(0),
        )
    )
    assert "I was heard." in paperwork.page(town.amy, "meeting", town.kit, the_meeting(town).meeting)


@pytest.mark.clause("LEI-005", "LEI-016", "LEI-031", "LEI-036")
def test_the_room_asks_what_was_looked_at_first_what_was_passed_over_and_each_childs_own_needs(town):
    gathering.ready(town)
    page = paperwork.page(town.sal, "meeting-room", town.kit, the_meeting(town).meeting)
    assert "What was looked at before anything else" in page
    assert "Which less intrusive help was passed over, and why?" in page
    assert f'name="q.individual_needs.{town.kit}"' in page
    assert f'name="q.childs_words.{town.kit}"' in page
    gathering.room(
        town,
        act="finish",
        **{
            name.replace(".", "__"): text
            for name, text in gathering.everything(
                town, **{f"q.individual_needs.{town.kit}": "Prayers on Fridays."}
            ).items()
        },
    )
    assert "Prayers on Fridays." in paperwork.page(town.amy, "meeting", town.kit, the_meeting(town).meeting)


@pytest.mark.clause("LEI-051")
def test_a_baby_given_up_for_adoption_goes_by_the_guidance(town):
    told = {
        "route": "not_required",
        "answer": "relinquished",
        "leads": "Adoption, decided by Moll.",
        "reasons": "The parents ask for it.",
        "by_role": "team_manager",
    }
    taken(send(town, "route_decision", town.moll_desk, **told))
    assert owed(town, "relinquishment.guidance") == [(None, "")]
    taken(send(town, "guidance_followed", what_was_done="Read and followed.", when=cast.days_ago(0)))
    assert owed(town, "relinquishment.guidance") == [(None, "met")]


@pytest.mark.clause("LEI-003")
def test_whoever_holds_the_case_and_the_teams_manager_each_see_the_request_as_theirs(town):
    gathering.asked(town)
    with town.at_work(writing=False):
        holders = {one.duty: one.role for one in Owed.objects.filter(duty__startswith="fcp_meeting.", closed_on=None)}
    assert holders["fcp_meeting.book"] == "team_manager"
    assert "Family Care and Protect Meeting" in paperwork.page(town.amy, "meetings", town.kit)


@pytest.mark.clause("LEI-027")
def test_how_often_the_social_worker_and_the_placement_changed_stands_in_the_chronology_and_the_summary(town):
    amy, bea = town.workers["Amy"], town.workers["Bea"]
    with town.at_work():
        before = str(consistency(chronology(town.kit)))
        for worker, since in ((bea, 6), (amy, 5), (amy, 4)):
            cast.recorded(
                cast.fact(
                    "case.allocated", {"child": town.kit, "worker": worker.id}, since=since, team=str(town.team.id)
                ),
                by=amy,
            )
        for kind, since in (("placement.started/foster", 5), ("placement.started/parent", 2)):
            cast.recorded(cast.fact(kind, {"child": town.kit, "placement": ids.new()}, since=since), by=amy)
    assert before == "Lasting relationships, so far: 1 social worker, 0 placements."
    for name in ("chronology", "summary"):
        assert "Lasting relationships, so far: 3 social workers, 2 placements." in paperwork.page(
            town.amy, name, town.kit
        )
