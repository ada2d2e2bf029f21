"""A copy of a whole plan for one reader: what it holds, what it leaves out, in each layout; and that giving it is the sharing of the plan."""

import pytest
from django.urls import reverse
from drawn import plan_of_kit

import cast
import paperwork
from kith.documents.models import Document
from kith.people import register
from kith.record import actions
from kith.record.fact import Fact
from kith.record.models import Event

pytestmark = pytest.mark.django_db
NOBODY = {"name": "", "agency": "", "organisation": "", "write_to": ""}


@pytest.fixture
def planned(town):
    """The family without the two parents being kept apart, which is a test of its own."""
    with town.at_work():
        ended = Fact(kind="keep_apart.ended", about={"person": town.ros, "other": town.fin}, when=cast.days_ago(30), words={"why": "They say so."})  # fmt: skip
        actions.append(ended, by=town.workers["Amy"])
    town.plan = plan_of_kit(town)
    return town


def copy(town, reader, what="whole", act="preview", layout="standard", **said):
    sent = NOBODY | {"plan": str(town.plan), "reader": reader, "layout": layout, "act": act}
    if reader == "agency":
        sent |= {"name": "Nia Rees", "organisation": "Clinic"}
    return town.amy.post(reverse("write-letter", args=[town.kit, "plan_copy"]), sent | paperwork.answers(what=what, **said))  # fmt: skip


def shown(town, reader, **more):
    answer = copy(town, reader, **more)
    assert answer.status_code == 200
    page = paperwork.said(answer)
    return page[page.index('class="kith-paper"') :]


@pytest.mark.clause("WOR-431")
def test_each_parents_copy_holds_the_whole_plan_without_what_the_other_does_offers_or_says(planned):
    for reader, theirs, others in (
        (f"parental_responsibility:{planned.ros}", ("Reads to Kit at seven", "I will be there at bedtime."), ("Tuesday group", "Kit on Fridays")),
        (f"parental_responsibility:{planned.fin}", ("Goes to the Tuesday group", "I can have Kit on Fridays."), ("Reads to Kit", "at bedtime")),
    ):  # fmt: skip
        page = shown(planned, reader)
        for words in ("Kit sleeps through the night.", "Sleep. Kit is rested.", "Amy, social worker: Visits on Mondays", "The night nurse: Shows", "Nana comes to stay.", *theirs):  # fmt: skip
            assert words in page, words
        for words in ("The stairs are dark.", "Fin says that nothing is wrong.", *others):
            assert words not in page, words
        for words in (
            "What another member of the family is to do.",
            "What another member of the family offers",
            "What a child said or showed",
        ):
            assert words in page, words


@pytest.mark.clause("WOR-431")
def test_who_helps_one_parent_is_in_no_copy_for_the_other_from_whom_they_are_kept_apart(town):
    town.plan = plan_of_kit(town)
    for one in (town.ros, town.fin):
        page = shown(town, f"parental_responsibility:{one}")
        for words in ("night nurse", "every Tuesday", "Everyone meets"):
            assert words not in page
        assert "What other people and agencies do: this reader and somebody around the child are kept apart." in page
        assert "Kit sleeps through the night." in page
    assert "night nurse" in shown(town, "agency")


def test_a_child_has_their_own_words_and_an_agency_what_its_author_chose(planned):
    childs = shown(planned, f"child:{planned.kit}")
    assert "What you said" in childs
    assert "The stairs are dark." in childs
    assert "What you need, and what should be different" in childs
    assert "I can have Kit on Fridays." not in childs
    agency = shown(planned, "agency", what="chosen", parts=["needs", "actions"])
    assert "Fin Marsh: Goes to the Tuesday group" in agency
    assert "Nana comes to stay." not in agency
    assert "The stairs are dark." not in agency
    assert "I can have Kit on Fridays." in shown(planned, "agency")


def test_the_plain_layout_says_the_same_in_plainer_words(planned):
    plain = shown(planned, f"parental_responsibility:{planned.ros}", layout="plain")
    for words in (
        "What we want to change",
        "What can change, and what cannot",
        "You can keep it even if you do not agree.",
    ):
        assert words in plain
    large = shown(planned, f"parental_responsibility:{planned.ros}", layout="large_print")
    assert "What should be different" in large


@pytest.mark.clause("WOR-025")
def test_giving_a_copy_is_the_sharing_of_the_plan_with_that_reader(planned):
    with planned.at_work():
        by = cast.viewer(planned.workers["Amy"])
        clinic = register.enter_agency({"name": "Clinic", "kind": "hospital"}, cast.days_ago(90), by=by)
    sent = {"plan": str(planned.plan), "layout": "standard", "act": "make", **paperwork.answers(what="whole")}
    write = reverse("write-letter", args=[planned.kit, "plan_copy"])
    for reader in ({"reader": f"parental_responsibility:{planned.ros}"}, {"reader": "agency", "agency": str(clinic)}):
        made = planned.amy.post(write, NOBODY | sent | reader)
        planned.amy.post(f"{made.url}/act", {"act": "given", "how": "by_hand"})
    with planned.at_work(writing=False):
        one, two = Event.objects.filter(kind="plan.shared/child_in_need").order_by("sequence")
        documents = {str(each.id) for each in Document.objects.all()}
    assert (one.about["plan"], one.about["person"]) == (str(planned.plan), str(planned.ros))
    assert (two.about["plan"], two.about["agency"]) == (str(planned.plan), str(clinic))
    assert {one.about["document"], two.about["document"]} == documents
    page = paperwork.page(planned.amy, "plans", planned.kit)
    assert "Ros Marsh, Clinic" in page
    assert f"?plan={planned.plan}" in page


def test_a_copy_is_offered_only_where_there_is_a_plan_and_to_those_who_read_all_of_it(town):
    write = reverse("write-letter", args=[town.kit, "plan_copy"])
    assert town.amy.get(write).status_code == 404
    town.plan = plan_of_kit(town)
    assert town.amy.get(write).status_code == 200
    assert copy(town, f"parental_responsibility:{town.ros}", what="").status_code == 422
    assert town.olu.get(write).status_code in (403, 404)
