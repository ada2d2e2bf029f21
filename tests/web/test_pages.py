"""The pages of the record: what a practitioner finds on each."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import clock, ids
from kith.obligations.models import Owed
from kith.record import actions
from kith.record.fact import Fact
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = cast.council("lincolnshire")
    with one.at_work():
        amy = one.worker("Amy")
        one.worker("Moll", "team_manager")
        one.kit = cast.child(amy)
        cast.in_need(one.kit, by=amy, since=60)
        cast.allocate(one.kit, amy, one.team, by=amy, since=50)
    return one


@pytest.fixture
def amy(town, client):
    client.force_login(town.workers["Amy"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def moll(town, client):
    client.force_login(town.workers["Moll"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_my_work_says_what_is_owed_when_and_why(town, amy):
    page = amy.get(reverse("my-work")).content.decode()
    assert "Visit the child" in page
    assert "Kit Marsh" in page
    assert "LIN-022" in page
    assert "Record visit" in page


@pytest.mark.parametrize(
    "name", ["child", "chronology", "records", "network", "childs-voice", "details", "record-form:visit", "record-form:case_note", "record-form:contact",
             "record-form:address", "record-form:details", "record-form:relationship", "record-form:kind~plan.shared", "enter-person"]
)  # fmt: skip
def test_every_page_of_a_child_opens_for_who_holds_the_case(town, amy, name):
    name, _, form = name.partition(":")
    answer = amy.get(reverse(name, args=[town.kit, form] if form else [town.kit]))
    assert answer.status_code == 200
    assert "Kit Marsh" in answer.content.decode()


@pytest.mark.parametrize("name", ["my-work", "team", "find"])
def test_every_page_of_a_manager_opens(town, moll, name):
    assert moll.get(reverse(name)).status_code == 200


def test_a_visit_recorded_from_the_worklist_meets_what_was_owed(town, amy):
    day = clock.today() - dt.timedelta(days=33)
    sent = {
        "all-when-day": day.day, "all-when-month": day.month, "all-when-year": day.year, "all-place": "home", "all-planned_visit": "yes",
        f"{town.kit}-seen": "yes", f"{town.kit}-alone": "yes", f"{town.kit}-childs_words": "I like it when Nana comes.", "act": "record",
    }  # fmt: skip
    answer = amy.post(reverse("record-form", args=[town.kit, "visit"]), sent)
    assert answer.status_code == 302, answer.content.decode()
    with town.at_work(writing=False):
        assert Owed.objects.filter(duty="visits", closed_as="met").count() == 1
        made = Event.objects.get(kind="visit.made")
        assert (made.coded["seen"], made.coded["alone"], made.about["worker"]) == (
            True,
            True,
            str(town.workers["Amy"].id),
        )
    voice = amy.get(reverse("childs-voice", args=[town.kit])).content.decode()
    assert "I like it when Nana comes." in voice


def test_a_visit_without_its_answers_is_sent_back_saying_which(town, amy):
    answer = amy.post(
        reverse("record-form", args=[town.kit, "visit"]), {"act": "record", "all-what_next": "Nana rings on Friday"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("Enter the day the visit was made", "Say whether the child was seen", "Nana rings on Friday"):
        assert said in page


def test_as_known_on_a_past_day_hides_what_came_later_and_says_so(town, amy):
    with town.at_work():
        actions.append(
            Fact(kind="note.recorded", about={"child": town.kit, "note": ids.new()}, when=cast.days_ago(40), coded={"note_kind": "meeting"},
                 words={"title": "Tea with Nana", "text": "A good tea."}, known_at=clock.now() - dt.timedelta(days=10)),
            by=town.workers["Amy"],
        )  # fmt: skip
    now = amy.get(reverse("chronology", args=[town.kit])).content.decode()
    then = amy.get(reverse("chronology", args=[town.kit]), {"known_on": cast.days_ago(20).isoformat()}).content.decode()
    assert "Tea with Nana" in now
    assert "Tea with Nana" not in then
    assert "Nothing can be recorded on this page" in then


def test_why_tells_every_step(town, amy):
    with town.at_work(writing=False):
        owed = Owed.objects.filter(duty="visits", closed_on=None).first()
    page = amy.get(reverse("why", args=[owed.id])).content.decode()
    for said in ("LIN-022", "lincolnshire@2021-08", "What it counts from"):
        assert said in page


def test_a_child_of_another_council_is_not_there(town, amy):
    other = cast.council("walsall")
    with other.at_work():
        theirs = cast.child(other.worker("Una"))
    assert amy.get(reverse("child", args=[theirs])).status_code == 404
    assert amy.get(reverse("child", args=[uuid.uuid4()])).status_code == 404


def test_two_quiet_children_of_one_name_and_day_stand_on_the_team_page(settings):
    """Namesakes of whom nothing was recorded since the same day cannot be told apart by either."""
    settings.KITH_SECOND_FACTOR = False
    town = cast.council("quiet", "lincolnshire")
    with town.at_work():
        amy = town.worker("Amy")
        town.worker("Moll", "team_manager")
        for _ in range(2):
            child = cast.child(amy)
            cast.allocate(child, amy, town.team, by=amy, since=40)
            cast.in_need(child, by=amy, since=40)
    page = paperwork.page(paperwork.desk(town.workers["Moll"]), "team")
    assert page.count("Kit Marsh") >= 2
