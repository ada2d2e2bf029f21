"""Who takes part at each stage and when they last did; on which law something rests; who writes an assessment and is trained for it."""

import re

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.access.models import RoleHeld
from kith.core import ids
from kith.forms import selectors as forms
from kith.people import register
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    with one.at_work():
        amy = one.workers["Amy"]
        one.assessment = ids.new()
        about = {"child": one.kit, "family": one.family, "assessment": one.assessment}
        cast.recorded(cast.fact("assessment.started/core", about, since=40, basis="agreement"), by=amy)
        one.school = register.enter_agency(
            {"name": "Sarn Primary School", "kind": "school"}, cast.days_ago(90), by=cast.viewer(amy)
        )
    return one


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def shown(town):
    page = words(paperwork.page(town.amy, "assessment", town.kit, town.assessment))
    start = page.index("Who takes part, and when they last did")
    return page[start : page.index("What people say of it", start)], page


def row(part, name):
    """What stands beside a name: as far as the next name."""
    rest = part[part.index(name) + len(name) :]
    ends = [rest.index(one) for one in ("Kit Marsh", "Ros Marsh", "Fin Marsh", "Sarn Primary School") if one in rest]
    return rest[: min(ends, default=len(rest))].strip()


@pytest.mark.clause("WOR-205")
def test_each_who_takes_part_stands_with_the_last_day_and_who_was_not_heard_for_two_weeks(town):
    for one in ("Kit Marsh", "Ros Marsh", "Fin Marsh"):
        assert row(shown(town)[0], one) == "Not yet Nothing for a while"
    with town.at_work():
        amy = town.workers["Amy"]
        cast.visit(town.kit, by=amy, since=20, seen=False, alone=False)
        cast.visit(town.kit, by=amy, since=14)
        cast.recorded(
            cast.fact(
                "view.recorded",
                {"child": town.kit, "person": town.ros},
                since=15,
                words={"own_words": "Nights."},
                whose="parent",
            ),
            by=amy,
        )
    paperwork.recorded(
        town.amy, town.kit, "agency_joins", agency=str(town.school), part_taken="assessment", when=cast.days_ago(2)
    )
    part, _page = shown(town)
    day = cast.days_ago(14)
    assert f"{day.day} {day:%B}" in row(part, "Kit Marsh")
    assert "Nothing for a while" not in row(part, "Kit Marsh")
    assert "Nothing for a while" in row(part, "Ros Marsh")
    assert row(part, "Fin Marsh") == "Not yet Nothing for a while"
    assert "Nothing for a while" not in row(part, "Sarn Primary School")


@pytest.mark.clause("WOR-194")
def test_whoever_of_child_family_and_agencies_had_no_part_is_said_where_it_is_signed_off(town):
    page = words(paperwork.page(town.moll_desk, "assessment", town.kit, town.assessment))
    for name in ("Kit Marsh", "Ros Marsh", "Fin Marsh"):
        assert f"{name} has had no part in it yet." in page
    assert "No other agency takes part or was consulted." in page
    with town.at_work():
        amy = town.workers["Amy"]
        cast.visit(town.kit, by=amy, since=4)
        for person in (town.ros, town.fin):
            cast.recorded(
                cast.fact(
                    "view.recorded",
                    {"child": town.kit, "person": person},
                    since=3,
                    words={"own_words": "Nights."},
                    whose="parent",
                ),
                by=amy,
            )
    paperwork.recorded(
        town.amy, town.kit, "agency_joins", agency=str(town.school), part_taken="assessment", when=cast.days_ago(2)
    )
    page = words(paperwork.page(town.moll_desk, "assessment", town.kit, town.assessment))
    assert "has had no part in it yet" not in page
    assert "No other agency takes part" not in page


@pytest.mark.clause("WOR-007")
@pytest.mark.parametrize("form", ["referral_decision", "assessment", "plan_start", "plan_review", "episode_close"])
def test_each_stage_of_the_work_asks_who_of_family_and_agencies_took_part(town, form):
    with town.at_work(writing=False):
        asked = forms.form(form).question("took_part")
    assert asked is not None
    assert asked.asks.startswith("Who took part in")
    if form == "plan_start":
        sent = {f"{town.kit}-different": "Kit sleeps.", f"{town.kit}-individual": "A bed."}
        clear = dict.fromkeys(
            ("services", "professional_contact", "purpose", "commitments", "negotiable_parts"), "Said."
        )
        paperwork.recorded(
            town.amy, town.kit, form, sent, a_type="child_in_need", worry="none", legal_status="child_in_need", follows="initial_assessment",
            meet_every="6 weeks", unacceptable="No concern about care", took_part="Ros, and Mrs Bell of the school.", **clear,
        )  # fmt: skip
        assert "Ros, and Mrs Bell of the school." in paperwork.page(town.amy, "chronology", town.kit)


@pytest.mark.clause("WOR-004")
def test_the_law_something_rests_on_is_chosen_from_a_dated_list_that_says_what_was_replaced(town):
    for form in ("assessment_start", "information_given"):
        page = paperwork.said(town.amy.get(reverse("record-form", args=[town.kit, form])))
        for law in (
            "Children Act 1989",
            "Human Rights Act 1998",
            "Adoption and Children Act 2002",
            "Carers Act 1995 and 2004",
        ):
            assert law in page
        assert "Data Protection Act 1998 (replaced by the Data Protection Act 2018 on Friday 25 May 2018" in page
        assert (
            "Disability Discrimination Act 1995 and 2005 (replaced by the Equality Act 2010 on Friday 1 October 2010"
            in page
        )
        assert "Children Act 2004 (replaced" not in page


@pytest.mark.clause("WOR-027")
def test_a_contribution_rests_on_the_duties_of_everyone_who_works_with_children(town):
    with town.at_work():
        cast.recorded(
            cast.fact("plan.started/child_in_need", {"child": town.kit, "plan": ids.new()}, since=9),
            by=town.workers["Amy"],
        )
    page = paperwork.page(town.amy, "record-form", town.kit, "plan_contribution")
    assert "Children Act 2004 section 11" in page
    assert "Education Act 2002 section 175" in page
    said = {
        "agency": str(town.school),
        "contributes": "A place at breakfast.",
        "clear_about_it": "yes",
        "law": ["section_11", "section_175"],
    }
    paperwork.recorded(town.amy, town.kit, "plan_contribution", **said)
    assert "Children Act 2004 section 11" in paperwork.page(town.amy, "chronology", town.kit)
    write = reverse("write-letter", args=[town.kit, "information_request"])
    who = {
        "reader": "agency",
        "name": "Dr Rao",
        "agency": "",
        "organisation": "Sarn Trust",
        "write_to": "",
        "layout": "standard",
        "act": "preview",
    }
    asks = {"about": "Kit", "basis": "statutory", "enquiry": "no", "reply_on": cast.days_ago(-5)}
    for kind, law in (
        ("health", "Section 11 of the Children Act 2004"),
        ("council", "Section 11 of the Children Act 2004"),
        ("school", "section 175 of the Education Act 2002"),
    ):
        with town.at_work():
            worker = town.workers["Amy"]
            worker.telephone = "01632 960111"
            worker.save()
        assert law in paperwork.said(town.amy.post(write, who | paperwork.answers(agency_kind=kind, **asks))), kind


@pytest.mark.clause("WOR-072")
def test_a_manager_is_told_when_a_case_goes_to_somebody_of_whom_no_training_is_recorded(town):
    amy = town.workers["Amy"]
    send = {"worker": str(amy.id), "reason": "She knows him."}
    answer = town.moll_desk.post(reverse("allocate", args=[town.kit]), send, follow=True)
    assert "no training in it is recorded of this worker" in paperwork.said(answer)
    with town.at_work():
        RoleHeld.objects.create(practitioner=amy, role="framework_trained", from_on=cast.days_ago(9))
    answer = town.moll_desk.post(reverse("allocate", args=[town.kit]), send, follow=True)
    assert "no training in it is recorded" not in paperwork.said(answer)
    with town.at_work(writing=False):
        assert [
            one.coded["framework_trained"]
            for one in Event.objects.filter(kind="case.allocated", recorded_by=town.workers["Moll"].id).order_by(
                "sequence"
            )
        ] == [False, True]
        assert all(
            one.coded["worker_role"] == "social_worker"
            for one in Event.objects.filter(kind="case.allocated", recorded_by=town.workers["Moll"].id)
        )
    asked = paperwork.page(town.amy, "record-form", town.kit, "assessment_start")
    assert "Trained in the Framework" not in asked


@pytest.mark.clause("WOR-087")
def test_an_assessment_is_begun_by_a_social_worker_or_an_assistant_and_a_core_one_by_somebody_qualified(town):
    with town.at_work():
        for name, role in (("Asa", "social_work_assistant"), ("Ada", "team_administrator")):
            town.worker(name, role)
    said = {"basis": "statutory_enquiry", "parents_told": "told", "explained": "Why.", "when": cast.days_ago(0)}
    asa, ada = (paperwork.desk(town.workers[name]) for name in ("Asa", "Ada"))
    assert paperwork.record(asa, town.kit, "assessment_start", a_type="initial", **said).status_code == 302
    core = paperwork.record(asa, town.kit, "assessment_start", a_type="core", trigger="enquiry", **said)
    assert "A qualified social worker undertakes this kind of assessment." in paperwork.said(core)
    assert (
        paperwork.record(town.amy, town.kit, "assessment_start", a_type="core", trigger="enquiry", **said).status_code
        == 302
    )
    refused = paperwork.record(ada, town.kit, "assessment_start", a_type="initial", **said)
    assert "A Social Worker or a Social Work Assistant undertakes an assessment." in paperwork.said(refused)


@pytest.mark.parametrize(("role", "answer"), [("key_worker", 302), ("business_support", 422)])
def test_a_part_in_a_case_says_no_profession_and_another_profession_asks_for_a_reason(town, role, answer):
    amy = town.workers["Amy"]
    with town.at_work():
        RoleHeld.objects.filter(practitioner=amy).update(role=role)
    said = {"a_type": "initial", "basis": "statutory_enquiry", "trigger": "enquiry", "when": cast.days_ago(1)}
    sent = paperwork.record(town.amy, town.kit, "assessment_start", **said)
    assert sent.status_code == answer, paperwork.wrong(sent)
    with town.at_work(writing=False):
        started = Event.objects.filter(kind="assessment.started/initial").count()
    assert started == (1 if answer == 302 else 0)
