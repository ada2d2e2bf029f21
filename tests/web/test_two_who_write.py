"""Two people write one assessment at the same time: nothing that either typed is lost, and nothing is recorded that one has not read."""

import re

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import ids
from kith.forms.models import Draft
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    """Amy holds Kit and Bea works with Kit too; a core assessment has begun, and Amy has a draft of it."""
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    one.assessment = ids.new()
    with one.at_work():
        amy, bea = one.workers["Amy"], one.workers["Bea"]
        cast.recorded(
            cast.fact("worker.joined_family", {"child": one.kit, "worker": bea.id}, worker_role="co_worker"), by=amy
        )
        about = {"child": one.kit, "family": one.family, "assessment": one.assessment}
        cast.recorded(cast.fact("assessment.started/core", about, since=9), by=amy)
    send(one, one.amy, "heard", sources="Two visits.", when=cast.days_ago(2))
    return one


def draft(town):
    with town.at_work(writing=False):
        return Draft.objects.get()


def send(town, client, page, version=None, act="save", **typed):
    given = {"act": act, "page": page, "for": str(town.assessment), **paperwork.answers(**typed)}
    with town.at_work(writing=False):
        found = Draft.objects.first()
    if found:
        given |= {"draft": str(found.id), "version": version or found.version}
    return client.post(reverse("record-form", args=[town.kit, "assessment"]), given)


def kept(town):
    return draft(town).answers["all"]


def test_two_who_write_on_different_pages_both_keep_what_they_typed(town):
    opened = draft(town).version
    assert send(town, town.amy, "heard", opened, sources="Three visits.", when=cast.days_ago(2)).status_code == 302
    stale = send(town, town.bea, "parenting", opened, basic_care="Meals are late.")
    assert stale.status_code == 409
    page = paperwork.said(stale)
    assert "Meals are late." in page
    assert "Nothing is lost." in page
    assert kept(town)["sources"] == "Three visits."
    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    assert send(town, town.bea, "parenting", version, act="children", basic_care="Meals are late.").status_code in (
        200,
        302,
    )
    assert (kept(town)["sources"], kept(town)["basic_care"]) == ("Three visits.", "Meals are late.")


def test_of_two_answers_to_one_question_both_are_shown_and_a_person_chooses(town):
    opened = draft(town).version
    send(town, town.amy, "parenting", opened, basic_care="Meals are late.")
    stale = send(town, town.bea, "parenting", opened, basic_care="Meals are on time.")
    page = paperwork.said(stale)
    assert "Meals are late." in page
    assert "Meals are on time." in page
    assert kept(town)["basic_care"] == "Meals are late."


def test_what_saves_itself_never_writes_over_another_and_says_that_it_did_not(town):
    opened = draft(town).version
    send(town, town.amy, "parenting", opened, basic_care="Meals are late.")
    sent = {
        "act": "save",
        "page": "parenting",
        "draft": str(draft(town).id),
        "version": opened,
        **paperwork.answers(basic_care="On time."),
    }
    answer = town.bea.post(
        reverse("record-form", args=[town.kit, "assessment"]), sent, headers={"X-Kith-Autosave": "1"}
    )
    assert answer.status_code == 409
    assert answer.json()["stale"] is True
    assert kept(town)["basic_care"] == "Meals are late."


def test_what_one_has_not_read_is_not_recorded_by_the_other(town):
    opened = draft(town).version
    send(town, town.amy, "parenting", opened, basic_care="Meals are late.")
    answer = send(town, town.bea, "check", opened, act="record")
    assert answer.status_code in (302, 409, 422)
    with town.at_work(writing=False):
        assert not Event.objects.filter(kind__startswith="assessment.submitted").exists()
    assert kept(town)["basic_care"] == "Meals are late."


def test_whoever_does_not_work_with_the_child_does_not_open_the_draft(town):
    found = reverse("record-form", args=[town.kit, "assessment"]) + f"?draft={draft(town).id}"
    assert town.bea.get(found).status_code == 200
    assert town.olu.get(found).status_code in (403, 404)
