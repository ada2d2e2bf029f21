"""What a partner agency's staff see: what an agreement in force covers, and otherwise that there is a record and whom to ring."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import ids
from kith.obligations.models import Owed
from kith.people.models import Agency, SharingAgreement
from kith.people.projectors import PROJECTORS
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household()
    with one.at_work():
        one.school = ids.new()
        entered = cast.fact(
            "agency.entered", {"agency": one.school}, since=300, agency_kind="school", words={"name": "Hill School"}
        )
        cast.recorded(entered, by=one.worker("Sal", "service_manager"))
    one.sal = paperwork.desk(one.workers["Sal"])
    return one


def sent(act, prefix="", **given):
    told = paperwork.answers("x", **given)
    return {"act": act} | {key.replace("x-", f"{prefix}-" if prefix else "", 1): value for key, value in told.items()}


def agree(town, covers, when, by=None, **more):
    return (by or town.sal).post(
        reverse("sharing", args=[town.school]), sent("agree", covers=covers, when=when, **more)
    )


def end(town, when):
    return town.sal.post(reverse("sharing", args=[town.school]), sent("end", "end", when=when))


def agreed(town):
    with town.at_work(writing=False):
        return [(one.covers, one.from_on, one.until_on) for one in SharingAgreement.objects.order_by("from_on")]


def test_an_agreement_is_made_with_the_day_it_begins_and_its_last_day(town):
    assert agree(town, ["visit", "note"], cast.days_ago(9), until=cast.days_ago(-9)).status_code == 302
    assert agreed(town) == [(["note", "visit"], cast.days_ago(9), cast.days_ago(-10))]
    page = paperwork.page(town.sal, "sharing", town.school)
    assert "In force" in page
    assert "Note, Visit" in page


def test_an_agreement_is_ended_and_another_made(town):
    agree(town, ["visit"], cast.days_ago(90))
    assert "there is an agreement already" in paperwork.said(agree(town, ["note"], cast.days_ago(1)))
    assert end(town, cast.days_ago(2)).status_code == 302
    assert agree(town, ["note"], cast.days_ago(-5)).status_code == 302
    assert agreed(town) == [(["visit"], cast.days_ago(90), cast.days_ago(2)), (["note"], cast.days_ago(-5), None)]
    page = paperwork.page(town.sal, "sharing", town.school)
    assert page.index("Not yet in force") < page.index("Ended")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"covers": [], "when": cast.days_ago(1)}, "Select what they may see"),
        (
            {"covers": ["visit"], "when": cast.days_ago(1), "until": cast.days_ago(2)},
            "the last day is before the first",
        ),
        ({"covers": ["visit"], "when": cast.days_ago(400)}, "the agency is not there on that day"),
        ({"covers": ["secrets"], "when": cast.days_ago(1)}, "is not one of the available choices"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused_and_says_why(town, given, says):
    answer = agree(town, **given)
    assert answer.status_code == 422
    assert says in paperwork.said(answer)
    assert agreed(town) == []


def test_nothing_is_ended_where_nothing_is_agreed(town):
    assert "no agreement is in force on that day" in paperwork.said(end(town, cast.days_ago(1)))


def test_only_those_with_the_right_agree_and_a_social_worker_is_refused(town):
    assert agree(town, ["visit"], cast.days_ago(1), by=town.amy).status_code == 403
    assert agreed(town) == []
    assert "Sharing agreements" not in paperwork.page(town.amy, "agency", town.school)
    assert "sharing agreements" in paperwork.page(town.sal, "agency", town.school)


def test_agreements_are_rows_of_the_record_and_can_be_rebuilt(town):
    agree(town, ["visit"], cast.days_ago(9))
    before = agreed(town)
    with town.at_work():
        assert [one for projector in PROJECTORS for one in projector.differences()] == []
        SharingAgreement.objects.all().delete()
        assert [one for projector in PROJECTORS for one in projector.differences()] != []
        for projector in PROJECTORS:
            projector.rebuild()
        assert Agency.objects.count() == 1
        assert Event.objects.filter(kind="sharing.agreed").count() == 1
    assert agreed(town) == before


@pytest.fixture
def partner(town):
    """Nia of Hill School, who works with Kit; with a visit, a note with the child's own words, an address and an alert on record."""
    with town.at_work():
        nia, amy = town.worker("Nia", "lead_professional"), town.workers["Amy"]
        nia.agency, nia.agency_id = "Hill School", town.school
        nia.save()
        cast.recorded(cast.fact("worker.joined_family", {"child": town.kit, "worker": nia.id}), by=amy)
        town.visit = cast.visit(town.kit, by=amy, said="The kitchen was warm")
        words = {"title": "A talk", "text": "Kit told of the stairs", "childs_words": "I like my room"}
        town.note = cast.recorded(
            cast.fact("note.recorded", {"child": town.kit, "note": ids.new()}, note_kind="other", words=words), by=amy
        )
        home = {"child": town.kit, "home": ids.new()}
        cast.recorded(cast.fact("home.moved_in", home, home_use="home", words={"address": "9 Quiet Lane"}), by=amy)
        begun = {"child": town.kit, "assessment": ids.new()}
        town.assessment = begun["assessment"]
        cast.recorded(cast.fact("assessment.started/child_and_family", begun), by=amy)
        seen = {"issue": "Nights", "what": "Kit sits on the stairs"}
        cast.recorded(cast.fact("evidence.recorded", {**begun, "evidence": ids.new()}, words=seen), by=amy)
        kept = {"exact_words": "Wednesday group"}
        cast.recorded(cast.fact("sensitive.agreed", {**begun, "sensitive": ids.new()}, words=kept), by=amy)
        planned = cast.fact(
            "plan.started/child_in_need", {"child": town.kit, "plan": ids.new()}, words={"different": "Kit sleeps"}
        )
        cast.recorded(planned, by=amy)
        alert = {"child": town.kit, "alert": ids.new()}
        cast.recorded(cast.fact("alert.raised", alert, danger_to="workers", words={"what": "The dog bites"}), by=amy)
    town.nia = paperwork.desk(nia)
    return town


SECRETS = (
    "Kit told of the stairs",
    "I like my room",
    "9 Quiet Lane",
    "The dog bites",
    "Ros Marsh",
    "Fin Marsh",
    "Robin",
    "Being written",
    "Kit sleeps",
)
PAGES = (
    "child",
    "chronology",
    "records",
    "network",
    "documents",
    "childs-voice",
    "details",
    "deciding",
    "assessments",
    "plans",
    "compare-plans",
    "closing",
    "risks",
    "coworking",
    "capacity-to-change",
    "meetings",
    "tools",
    "changes",
    "summary",
)


def shown(town, **asked):
    return {name: paperwork.page(town.nia, name, town.kit, **asked) for name in PAGES}


@pytest.mark.clause("WOR-008")
def test_a_partner_sees_the_kinds_that_an_agreement_in_force_covers_and_no_other(partner):
    agree(partner, ["visit"], cast.days_ago(9))
    for asked in ({}, {"layer": "all"}, {"known_on": cast.days_ago(-1).isoformat()}):
        pages = shown(partner, **asked)
        assert [(name, one) for name, page in pages.items() for one in SECRETS if one in page] == []
        assert [name for name in ("child", "chronology", "records") if "The kitchen was warm" in pages[name]] == [
            "child",
            "chronology",
            "records",
        ]
    assert partner.nia.get(reverse("entry", args=[partner.kit, partner.visit.id])).status_code == 200
    assert partner.nia.get(reverse("entry", args=[partner.kit, partner.note.id])).status_code == 404
    for act in ("withdraw", "seal"):
        assert partner.nia.post(reverse(act, args=[partner.kit, partner.note.id]), {"reason": "No"}).status_code in (
            403,
            404,
        )
    corrects = {"corrects": str(partner.note.id)}
    assert partner.nia.get(reverse("record-form", args=[partner.kit, "case_note"]), corrects).status_code == 404


def test_a_wider_agreement_shows_more(partner):
    agree(partner, ["note", "home", "alert", "relationship", "assessment", "plan"], cast.days_ago(9))
    pages = shown(partner)
    assert "The kitchen was warm" not in "".join(pages.values())
    for name, said in (
        ("chronology", "Kit told of the stairs"),
        ("childs-voice", "I like my room"),
        ("child", "9 Quiet Lane"),
        ("child", "The dog bites"),
        ("network", "Ros Marsh"),
        ("assessments", "Being written"),
        ("plans", "Kit sleeps"),
    ):
        assert said in pages[name], (name, said)


def test_of_an_assessment_a_partner_sees_only_the_kinds_that_are_covered(partner):
    one = reverse("assessment", args=[partner.kit, partner.assessment])
    checks = reverse("agency-checks", args=[partner.kit, partner.assessment])
    agree(partner, ["visit"], cast.days_ago(9))
    assert [partner.nia.get(page).status_code for page in (one, checks)] == [404, 404]
    end(partner, cast.days_ago(1))
    agree(partner, ["assessment", "evidence"], cast.days_ago(0))
    page = paperwork.said(partner.nia.get(one))
    assert "Kit sits on the stairs" in page
    assert "Wednesday group" not in page
    assert "Make a copy" not in page
    assert partner.nia.get(checks).status_code == 404
    copy = reverse("write-letter", args=[partner.kit, "assessment_report"])
    assert partner.nia.get(copy, {"assessment": str(partner.assessment)}).status_code == 404


def test_documents_are_seen_where_they_are_covered(partner):
    with partner.at_work():
        from kith.documents import files

        about = {"child": partner.kit, "document": ids.new()}
        said = {"title": "A school report", "media_type": "text/plain"}
        cast.recorded(
            cast.fact("document.attached", about, digest=files.keep(b"a file"), words=said), by=partner.workers["Amy"]
        )
    one = reverse("document", args=[partner.kit, about["document"]])
    agree(partner, ["visit"], cast.days_ago(9))
    assert "A school report" not in paperwork.page(partner.nia, "documents", partner.kit)
    assert partner.nia.get(one).status_code == 404
    end(partner, cast.days_ago(1))
    agree(partner, ["document"], cast.days_ago(0))
    assert "A school report" in paperwork.page(partner.nia, "documents", partner.kit)
    assert partner.nia.get(one).status_code == 200


def nothing(town):
    """Every page tells that there is a record and whom to ring, and nothing of it."""
    told = [town.nia.get(reverse(name, args=[town.kit])) for name in PAGES]
    return all(
        one.status_code == 403 and "You work with this child" in paperwork.said(one) and "Amy" in paperwork.said(one)
        and not any(secret in paperwork.said(one) for secret in (*SECRETS, "The kitchen was warm"))
        for one in told
    )  # fmt: skip


def test_with_no_agreement_in_force_a_partner_is_told_whom_to_ring_and_sees_nothing(partner):
    assert nothing(partner)
    agree(partner, ["visit"], cast.days_ago(-3))
    assert nothing(partner)
    with cast.on(4):
        partner.nia = paperwork.desk(partner.workers["Nia"])
        assert "The kitchen was warm" in paperwork.page(partner.nia, "chronology", partner.kit)


def test_an_agreement_that_ended_shows_nothing_from_that_day_on(partner):
    agree(partner, ["visit"], cast.days_ago(9), until=cast.days_ago(-2))
    assert not nothing(partner)
    end(partner, cast.days_ago(0))
    assert nothing(partner)


def test_the_agreement_of_another_agency_and_a_name_alone_show_nothing(partner):
    agree(partner, ["visit"], cast.days_ago(9))
    nia = partner.workers["Nia"]
    for agency_id in (None, ids.new()):
        nia.agency_id = agency_id
        nia.save()
        assert nothing(partner)


def test_a_child_they_do_not_work_with_is_not_there_whatever_is_agreed(partner):
    agree(partner, ["visit"], cast.days_ago(9))
    assert partner.nia.get(reverse("child", args=[partner.robin])).status_code == 404


def test_why_something_is_due_is_told_to_a_partner_only_where_they_owe_it(partner):
    agree(partner, ["visit"], cast.days_ago(9))
    with partner.at_work():
        cast.in_need(partner.kit, by=partner.workers["Amy"])
        owed = Owed.objects.filter(child=partner.kit, holder=partner.workers["Amy"].id).first()
    assert partner.amy.get(reverse("why", args=[owed.id])).status_code == 200
    assert partner.nia.get(reverse("why", args=[owed.id])).status_code == 404
    end(partner, cast.days_ago(0))
    assert "You work with this child" in paperwork.said(partner.nia.get(reverse("why", args=[owed.id])))
