"""Asking other agencies for an assessment, and sharing with them: by the prompt sheet, the letter, and three facts told apart."""

import re

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import ids
from kith.documents.models import Document
from kith.obligations.models import Owed
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    """Worcestershire, with a core assessment of Kit that has begun."""
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    one.assessment = ids.new()
    with one.at_work():
        one.team.telephone = "01905 555 019"
        one.team.save(update_fields=["telephone"])
        begun = {"child": one.kit, "family": one.family, "assessment": one.assessment}
        cast.recorded(cast.fact("assessment.started/core", begun, since=9), by=one.workers["Amy"])
    return one


def sheet(town, about=None):
    return paperwork.page(town.amy, "agency-checks", town.kit, about or town.assessment)


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def send(town, form, about, **said):
    said.setdefault("when", cast.days_ago(3))
    address = reverse("record-form", args=[town.kit, form])
    answer = town.amy.post(f"{address}?for={about}", {"act": "record", "for": str(about), **paperwork.answers(**said)})
    assert answer.status_code == 302, words(paperwork.said(answer))
    return answer


def ask(town, about=None, **said):
    answers = {
        "of": "health_visitor", "how": "telephone", "basis": "consent", "agreed_by": "Ros Marsh", "necessary": "To know how Kit grows.",
        "reply_by": cast.days_ago(-4), "contact": "Nia Rees", "questions": "How does Kit grow?",
    } | said  # fmt: skip
    send(town, "information_request", about or town.assessment, **answers)
    return latest(town, "information.requested")


def latest(town, kind):
    with town.at_work(writing=False):
        return Event.objects.filter(kind=kind).order_by("sequence").last().about["request"]


def owed(town, duty):
    with town.at_work(writing=False):
        return [(one.due_on, one.closed_as) for one in Owed.objects.filter(duty=duty)]


@pytest.mark.clause("WOR-360", "WOR-133")
def test_every_row_of_the_prompt_sheet_is_shown_and_those_not_considered_are_counted(town):
    page = words(sheet(town))
    for agency in (
        "Probation",
        "Youth Offending Service",
        "CAMHS",
        "Educational psychologist",
        "Ofsted",
        "CDT or SPACE",
        "Housing",
    ):
        assert f"{agency} Not considered yet" in page  # fmt: skip
    assert "27 rows are not considered yet" in page
    ask(town)
    page = words(sheet(town))
    assert "Health visitor Asked, and the answer waits" in page
    assert "26 rows are not considered yet" in page


@pytest.mark.clause("WOR-361")
def test_rows_ticked_as_having_no_bearing_are_set_aside_and_nothing_is_held_up(town):
    address = reverse("set-aside", args=[town.kit, town.assessment])
    assert town.amy.post(address, {"of": ["ofsted", "housing"]}).status_code == 302
    page = words(sheet(town))
    assert "Ofsted No bearing" in page
    assert "25 rows are not considered yet. They hold up nothing." in page
    empty = town.amy.post(address, {"of": ["nobody"]})
    assert empty.status_code == 422
    assert "tick the agencies whose knowledge has no bearing" in paperwork.said(empty)


@pytest.mark.clause("WOR-361")
def test_an_enquiry_has_the_same_sheet_of_its_own(town):
    enquiry = ids.new()
    with town.at_work():
        cast.recorded(
            cast.fact("section_47.started", {"child": town.kit, "family": town.family, "enquiry": enquiry}, since=4), by=town.workers["Amy"]
        )  # fmt: skip
    ask(town, enquiry, of="police", basis="statutory")
    assert "Agency checks for this enquiry" in sheet(town, enquiry)
    assert "Police (domestic abuse or family protection unit) Asked" in words(sheet(town, enquiry))
    assert "Police (domestic abuse or family protection unit) Not considered yet" in words(sheet(town))
    assert str(enquiry) in paperwork.page(town.amy, "assessments", town.kit)


def test_a_row_opens_the_form_with_its_agency_chosen(town):
    page = sheet(town)
    link = re.search(r'href="(/record/[^"]+information_request[^"]+with=of:probation)"', page).group(1)
    form = town.amy.get(link.replace("&amp;", "&")).content.decode()
    chosen = re.search(r'<input[^>]*value="probation"[^>]*>', form).group(0)
    assert "checked" in chosen


def test_another_childs_assessment_has_no_sheet_here(town):
    assert town.amy.get(reverse("agency-checks", args=[town.robin, town.assessment])).status_code == 404


@pytest.mark.clause("WOR-088")
def test_asking_wants_to_know_why_the_child_needs_it(town):
    address = reverse("record-form", args=[town.kit, "information_request"])
    sent = {
        "act": "record",
        "for": str(town.assessment),
        **paperwork.answers(of="gp", how="telephone", when=cast.days_ago(1)),
    }
    answer = town.amy.post(address, sent)
    assert answer.status_code == 422
    assert "Say why this child needs you to know" in paperwork.said(answer)
    assert "Say on what basis you ask" in paperwork.said(answer)


@pytest.mark.clause("WOR-365")
def test_an_answer_given_by_telephone_ends_the_wait_and_an_unanswered_one_is_overdue(town):
    first = ask(town, reply_by=cast.days_ago(1), when=cast.days_ago(8))
    ask(town, of="school", reply_by=cast.days_ago(1), when=cast.days_ago(8))
    assert words(sheet(town)).count("Overdue : wanted by") == 2
    send(
        town,
        "information_reply",
        first,
        how="telephone",
        answer="told_us",
        reply="Kit grows well.",
        when=cast.days_ago(2),
    )
    page = words(sheet(town))
    assert "They told us what they know" in page
    assert "Kit grows well." in page
    assert page.count("Overdue : wanted by") == 1
    assert sorted(owed(town, "information.reply"), key=str) == [(cast.days_ago(1), ""), (cast.days_ago(1), "met")]


@pytest.mark.clause("WOR-128", "WOR-129")
def test_an_answer_keeps_apart_what_happened_what_they_think_and_what_that_rests_on(town):
    one = ask(town)
    send(
        town, "information_reply", one, how="e_mail", answer="told_us", reply="Missed three weighings.", their_view="Kit is neglected.",
        their_evidence="The clinic’s book.", their_assessments="A CAF of last May: it names the housing.", when=cast.days_ago(2),
    )  # fmt: skip
    page = words(sheet(town))
    for said in (
        "What they told: Missed three weighings.",
        "Their view: Kit is neglected.",
        "What it rests on: The clinic’s book.",
        "Assessments of their own: A CAF of last May",
    ):
        assert said in page  # fmt: skip


@pytest.mark.clause("WOR-130", "WOR-126")
def test_a_refusal_is_recorded_and_taken_up_and_whoever_authorises_sees_it(town):
    one = ask(town, basis="statutory")
    send(town, "information_reply", one, how="letter", answer="refused", why_refused="Their solicitor says no.", taken_up_with="Moll", when=cast.days_ago(1))  # fmt: skip
    ask(town, of="school")
    assert "Taken up with: Moll" in words(sheet(town))
    page = words(paperwork.page(town.amy, "assessment", town.kit, town.assessment))
    assert "Would not tell us: Health visitor" in page
    assert "Asked and not answered yet: Designated teacher" in page
    assert "25 rows of the prompt sheet are not considered yet." in page


@pytest.mark.clause("WOR-127")
def test_a_system_that_was_looked_into_stands_with_its_day_and_what_was_found(town):
    send(town, "information_looked_up", town.assessment, of="ONE/EMS", found="Two changes of school.")
    assert "ONE/EMS" in sheet(town)
    assert "Two changes of school." in sheet(town)


@pytest.mark.clause("WOR-134", "WOR-362", "WOR-363", "WOR-364")
def test_the_letter_starts_from_the_row_with_what_is_known_and_giving_it_starts_the_clock(town):
    one = ask(town, how="letter", reply_by=cast.days_ago(-2))
    page = sheet(town)
    link = re.search(r'href="([^"]+write/information_request\?request=[^"]+)"', page).group(1)
    start = town.amy.get(link).content.decode()
    assert 'value="Nia Rees"' in start
    whom = {
        "request": one,
        "reader": "agency",
        "name": "Nia Rees",
        "organisation": "Clinic",
        "write_to": "",
        "layout": "standard",
    }
    asked = town.amy.post(link, whom | {"act": "reader"}).content.decode()
    assert "How does Kit grow?" in asked
    assert "Kit Marsh, born 9 May 2016" in asked
    answers = paperwork.answers(
        about="Kit Marsh, born 9 May 2016", basis="consent", agreed_by="Ros Marsh", agency_kind="health", questions="How does Kit grow?",
        reply_on=cast.days_ago(-6),
    )  # fmt: skip
    seen = town.amy.post(link, whom | answers | {"act": "preview"}).content.decode()
    assert "Ros Marsh agrees that we ask you" in seen
    assert "Section 27" not in seen
    made = town.amy.post(link, whom | answers | {"act": "make"})
    assert made.status_code == 302
    with town.at_work(writing=False):
        document = Document.objects.get(letter="information_request")
    act = reverse("document-act", args=[town.kit, document.id])
    assert town.amy.post(act, {"act": "given", "how": "by_hand"}).status_code == 302
    assert owed(town, "information.reply") == [(cast.days_ago(-6), "")]
    assert "Letter given" in sheet(town)


@pytest.mark.clause("WOR-363")
def test_a_letter_on_our_own_responsibility_cites_a_power_only_where_there_is_one(town):
    one = ask(town, basis="statutory", agreed_by="")
    whom = {
        "request": one,
        "reader": "agency",
        "name": "Nia",
        "organisation": "",
        "write_to": "",
        "layout": "standard",
        "act": "preview",
    }
    link = reverse("write-letter", args=[town.kit, "information_request"])
    for kind, cites in (("health", True), ("other", False)):
        answers = paperwork.answers(
            about="Kit", basis="statutory", enquiry="no", agency_kind=kind, reply_on=cast.days_ago(-6)
        )
        page = town.amy.post(link, whom | answers).content.decode()
        assert ("Section 27 of the Children Act 1989 asks you to help" in page) is cites
        assert ("No law that we rely on obliges you" in page) is not cites


@pytest.mark.clause("WOR-366")
def test_a_question_an_agency_asked_about_the_letter_is_kept_with_it(town):
    one = ask(town)
    send(town, "information_query", one, how="telephone", query="Why do you ask? Told her of the assessment.")
    assert "Reminders and questions" in words(sheet(town))


@pytest.mark.clause("WOR-131", "WOR-132", "WOR-089")
def test_of_each_sharing_agreement_ground_and_what_was_told_stand_apart_and_may_be_entered_afterwards(town):
    """At night the police were told at once. What people think of it, the ground, and what they were told come later."""
    send(
        town,
        "information_given",
        town.assessment,
        of="Police",
        how="telephone",
        what_given="Kit is not at home.",
        shared_urgently="yes",
    )
    page = words(sheet(town))
    assert "At once, to keep a child safe" in page
    assert page.count("Not entered yet") == 3
    assert owed(town, "information.reasons") == [(None, "")]
    one = latest(town, "information.given")
    send(town, "share_agrees", one, person=str(town.ros), how="telephone", answer="refuses", when=cast.days_ago(2))
    send(town, "share_ground", one, ground="life", why="Kit was missing at night.", when=cast.days_ago(2))
    send(town, "share_not_told", one, person=str(town.fin), why="He might have warned them.", when=cast.days_ago(2))
    send(
        town,
        "share_told",
        one,
        person=str(town.ros),
        how="telephone",
        what="That the law lets us, and why.",
        when=cast.days_ago(1),
    )
    page = words(sheet(town))
    assert "Ros Marsh: They do not agree" in page
    assert "Somebody’s life or safety is at stake: Kit was missing at night." in page
    assert "Fin Marsh was not told: He might have warned them." in page
    assert "Ros Marsh was told: That the law lets us, and why." in page
    assert "Not entered yet" not in page
    assert owed(town, "information.reasons") == [(None, "met")]


def test_an_agreement_that_was_withdrawn_says_so_with_its_day_and_how(town):
    one = ask(town)
    send(town, "share_agrees", one, person=str(town.ros), how="conversation", answer="agrees", when=cast.days_ago(3))
    send(town, "share_agreement_withdrawn", one, person=str(town.ros), how="telephone", when=cast.days_ago(1))
    page = words(sheet(town))
    assert "Ros Marsh no longer agrees" in page
    assert "Ros Marsh: They agree" not in page


@pytest.mark.clause("WOR-132")
def test_sharing_without_agreement_asks_why_and_an_urgent_one_is_not_asked(town):
    address = reverse("record-form", args=[town.kit, "information_given"])
    said = {"of": "School", "how": "telephone", "what_given": "Kit is tired.", "when": cast.days_ago(1)}
    calm = paperwork.answers(**said, shared_urgently="no", agreed="not_all")
    refused = town.amy.post(address, {"act": "record", "for": str(town.assessment), **calm})
    assert refused.status_code == 422
    assert "Say why it was shared without agreement" in paperwork.said(refused)
    urgent = paperwork.answers(**said, shared_urgently="yes")
    assert town.amy.post(address, {"act": "record", "for": str(town.assessment), **urgent}).status_code == 302


def test_whoever_recorded_something_of_the_sheet_stands_on_the_sheet_again(town):
    sheet_of = reverse("agency-checks", args=[town.kit, town.assessment])
    answers = {
        "of": "gp",
        "how": "telephone",
        "basis": "statutory",
        "necessary": "To know.",
        "reply_by": cast.days_ago(-4),
    }
    assert send(town, "information_request", town.assessment, **answers).url == sheet_of
    one = latest(town, "information.requested")
    assert send(town, "share_agrees", one, person=str(town.ros), how="letter", answer="no_answer").url == sheet_of
    assert send(town, "information_reply", one, how="letter", answer="nothing_held").url == sheet_of
