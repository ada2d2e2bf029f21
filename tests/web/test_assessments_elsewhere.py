"""A single assessment in Lincolnshire's and in Walsall's words: the same forms, pages and copies, and none of another council's words."""

import pytest
from django.urls import reverse
from test_agency_checks import words

import cast
import paperwork
from kith.core import ids

pytestmark = pytest.mark.django_db
OTHERS_WORDS = (
    "Core Assessment",
    "Initial Assessment",
    "TACiN",
    "Agreement for Assessment",
    "Capacity to change",
    "CDT or SPACE",
    "EIFSW",
)


@pytest.fixture(params=["lincolnshire", "walsall"])
def town(request, settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household(request.param)
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    with one.at_work():
        one.team.telephone = "01522 555 019"
        one.team.save(update_fields=["telephone"])
        cast.recorded(
            cast.fact("parental_responsibility.gained", {"child": one.kit, "person": one.ros}), by=one.workers["Amy"]
        )
    return one


def begin(town):
    paperwork.recorded(
        town.amy,
        town.kit,
        "assessment_start",
        a_type="child_and_family",
        plan_why="So that Kit sleeps.",
        when=cast.days_ago(9),
    )
    said = {
        "evidence": "Three evenings.", "analysis": "Kit does not sleep.", "gaps": "None.", "recommended": "A night nurse.", "statutory": "no",
        "views_of_family": "Ros is tired.", "when": cast.days_ago(2),
    }  # fmt: skip
    paperwork.recorded(town.amy, town.kit, "assessment", {f"{town.kit}-needs": "Sleep."}, **said)
    page = paperwork.page(town.amy, "assessments", town.kit)
    return page.split("/assessments/")[1][:36]


def test_a_single_assessment_goes_from_its_beginning_to_a_copy_in_the_councils_own_words(town):
    one = begin(town)
    page = words(paperwork.page(town.amy, "assessment", town.kit, one))
    for said in ("Waits to be authorised", "So that Kit sleeps.", "Kit does not sleep.", "A night nurse."):
        assert said in page
    sheet = words(paperwork.page(town.amy, "agency-checks", town.kit, one))
    assert "Learning disability service Not considered yet" in sheet
    assert [word for word in OTHERS_WORDS if word in page or word in sheet] == []
    address = reverse("write-letter", args=[town.kit, "assessment_report"])
    sent = {"assessment": one, "reader": f"parental_responsibility:{town.ros}", "layout": "standard", "act": "make"}
    assert town.amy.post(address, sent | paperwork.answers(what="whole")).status_code == 302


@pytest.mark.clause("WAL-038")
def test_what_was_written_and_not_shared_yet_is_seen_and_sharing_it_is_kept_with_what_they_say(town):
    one = begin(town)
    assert "Nobody yet" in paperwork.page(town.amy, "assessments", town.kit)
    for form, said in (
        ("assessment_share", {"how": "visit"}),
        ("assessment_response", {"agrees": "yes", "own_words": "It is fair."}),
    ):
        address = reverse("record-form", args=[town.kit, form])
        given = paperwork.answers(person=str(town.ros), when=cast.days_ago(1), **said)
        assert town.amy.post(f"{address}?for={one}", {"act": "record", "for": one, **given}).status_code == 302
    page = words(paperwork.page(town.amy, "assessment", town.kit, one))
    assert "Read together at a visit" in page
    assert "It is fair." in page


@pytest.mark.clause("LIN-014")
def test_at_any_point_of_an_assessment_a_strategy_discussion_may_be_called(town):
    begin(town)
    assert "call a strategy discussion" in paperwork.page(town.amy, "assessments", town.kit)
    wanted = paperwork.record(town.amy, town.kit, "kind~meeting.wanted~strategy_discussion", when=cast.days_ago(0))
    assert wanted.status_code == 302


def test_nobody_elses_kinds_are_offered_or_asked(town):
    form = words(town.amy.get(reverse("record-form", args=[town.kit, "assessment_start"])).content.decode())
    assert "Child and family assessment" in form
    assert "Core Assessment" not in form
    with town.at_work():
        about = {"child": town.kit, "family": town.family, "assessment": ids.new()}
        cast.recorded(cast.fact("assessment.started/viability", about, since=1), by=town.workers["Amy"])
    address = reverse("record-form", args=[town.kit, "assessment"])
    sent = {"act": "record", "for": str(about["assessment"]), **paperwork.answers(when=cast.days_ago(0))}
    page = words(town.amy.post(f"{address}?for={about['assessment']}", sent).content.decode())
    assert "What do you judge at first sight?" in page
    assert "When did they come to the area?" not in page
