"""Who leads the help around a child: one person, whom the family can reach, and whom the other agencies know of."""

import html

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.documents import files
from kith.documents.models import Version
from kith.people.models import Agency, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    town = paperwork.household("worcestershire")
    with town.at_work():
        cast.in_need(town.kit, by=town.workers["Amy"])
        town.team.telephone = "01905 100100"
        town.team.save(update_fields=["telephone"])
    return town


def named(town, who="Joy Bell", telephone="01905 222333", days=3, **more):
    return paperwork.recorded(
        town.amy, town.kit, "lead_professional", who=who, organisation="Hill School", telephone=telephone, service="sen",
        when=cast.days_ago(days), **more,
    )  # fmt: skip


@pytest.mark.clause("WOR-017")
def test_there_is_one_lead_at_a_time_with_how_to_reach_them_at_the_head_of_the_record(town):
    assert "Leads the help: Amy" in paperwork.page(town.amy, "child", town.kit)
    named(town)
    named(town, who="Sal Green", telephone="01905 444555", days=1)
    page = paperwork.page(town.amy, "child", town.kit)
    assert "Sal Green, Hill School, 01905 444555" in page.replace("\n", "")
    assert "Joy Bell, Hill School" not in page
    past = paperwork.page(town.amy, "child", town.kit, known_on=cast.days_ago(1).isoformat())
    assert "Sal Green, Hill School" not in past


@pytest.mark.clause("WOR-017")
def test_every_letter_to_the_family_says_who_leads_and_how_they_are_reached(town):
    named(town)
    sent = {"reader": f"child:{town.kit}", "layout": "standard", "act": "make", "all-shared": "plan"}
    made = town.amy.post(reverse("write-letter", args=[town.kit, "covering"]), sent)
    assert made.status_code == 302, paperwork.said(made)
    with town.at_work(writing=False):
        assert "Joy Bell, Hill School, 01905 222333" in files.kept(Version.objects.get().content).decode()
    agency = {**sent, "reader": "agency", "name": "Ms Shah", "organisation": "Surgery"}
    town.amy.post(reverse("write-letter", args=[town.kit, "covering"]), agency)
    with town.at_work(writing=False):
        texts = [files.kept(one.content).decode() for one in Version.objects.all()]
    assert ["Joy Bell" in text for text in texts if "Ms Shah" in text] == [False]


@pytest.mark.clause("WOR-023")
def test_the_service_of_the_lead_is_said_and_what_complex_needs_call_for_stands_beside_the_question(town):
    page = html.unescape(paperwork.page(town.amy, "record-form", town.kit, "lead_professional"))
    assert "a plan of several agencies, led by somebody of a statutory service" in page
    for service in (
        "Children's social care",
        "Youth justice",
        "Special educational needs service",
        "Education welfare",
    ):
        assert service in page
    refused = paperwork.record(town.amy, town.kit, "lead_professional", who="Joy", telephone="1", service="")
    assert refused.status_code == 422


@pytest.mark.clause("WOR-050", "WOR-024")
def test_an_agency_is_told_by_letter_who_leads_and_asked_to_go_on(town):
    sent = {"reader": "agency", "name": "Ms Shah", "organisation": "Surgery", "layout": "standard", "act": "preview",
            "all-leads": "Amy", "all-because": "plan"}  # fmt: skip
    page = paperwork.said(town.amy.post(reverse("write-letter", args=[town.kit, "lead_notice"]), sent))
    assert "We have begun a plan for Kit Marsh. Amy of North team leads it from now on" in page
    assert "Please go on with what you do for the family" in page


def professional(town, agency, kind, given, joined):
    told = {"name": agency, "kind": kind, **_day("when", 300)}
    assert town.amy.post(reverse("enter-agency"), told).status_code == 302
    with town.at_work(writing=False):
        at = Agency.objects.get(name=agency)
    told = {"act": "add", "add-given": given, "add-family_name": "Rees", **_day("add-when", 200)}
    assert town.amy.post(reverse("agency", args=[at.id]), told).status_code == 302
    with town.at_work(writing=False):
        post = Post.objects.get(name=f"{given} Rees")
    told = {"act": "join", "words": "Rees", "person": str(post.person), "part": "Helps", **_day("when", joined)}
    assert town.amy.post(reverse("professionals", args=[town.kit]), told).status_code == 302
    return post.person


def _day(name, days):
    day = cast.days_ago(days)
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


@pytest.mark.clause("WOR-013")
def test_the_network_says_which_levels_of_service_are_on_it_and_which_are_not(town):
    professional(town, "Hill School", "school", "Nia", 20)
    page = paperwork.page(town.amy, "network", town.kit)
    assert "Universal" in page
    assert "Nobody on the network is of this level of service: Targeted, Specialist or statutory" in page
    professional(town, "Youth justice", "youth_justice", "Yan", 5)
    page = paperwork.page(town.amy, "network", town.kit)
    assert "this level of service: Targeted</p>" in page


@pytest.mark.clause("WOR-024")
def test_who_has_known_the_child_longest_is_marked_and_whoever_leaves_is_news_to_the_worker(town):
    nia = professional(town, "Hill School", "school", "Nia", 100)
    professional(town, "Youth justice", "youth_justice", "Yan", 5)
    page = paperwork.page(town.amy, "network", town.kit)
    longest = page.index("Has known the child longest.")
    assert page.index("Nia Rees") < longest
    assert page.count("Has known the child longest.") == 1
    town.bea.post(reverse("professionals", args=[town.kit]), {"act": "leave", "person": str(nia)})
    with town.at_work():
        changes = paperwork.page(town.amy, "changes", town.kit)
    assert "Professional" in changes or "professional" in changes
