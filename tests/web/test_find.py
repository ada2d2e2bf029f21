"""Finding people by a page: misspelt, heard, turned round, by number and by birth; and who is told of what."""

import datetime as dt

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import ids
from kith.people.actions import name_fact
from kith.people.models import Person
from kith.record import actions
from kith.record.fact import Fact
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("lincolnshire")
    with one.at_work():
        amy = one.workers["Amy"]
        one.siobhan = cast.child(amy, "Siobhán", "Ní Dhomhnaill", born=dt.date(2014, 2, 3))
        one.wei = ids.new()
        actions.append(
            Fact(kind="child.registered", about={"child": one.wei, "family": ids.new()}, when=cast.days_ago(50), coded={"date_of_birth": "2015-06-07"}),
            name_fact("child", one.wei, {"given": "Xiaoming", "family": "Zhang", "order": "family_first"}, cast.days_ago(50)),
            Fact(kind="identifier.recorded", about={"child": one.wei}, when=cast.days_ago(50), coded={"scheme": "nhs_number"}, words={"value": "9434765919"}),
            by=amy,
        )  # fmt: skip
        for child in (one.siobhan, one.wei):
            cast.allocate(child, amy, one.team, by=amy)
        one.dee = paperwork.desk(one.worker("Dee", "emergency_duty"))
    one.moll = paperwork.desk(one.workers["Moll"])
    return one


def found(client, words="", born=None):
    asked = {"words": words}
    if born:
        asked |= {"born-day": born.day, "born-month": born.month, "born-year": born.year}
    return paperwork.page(client, "find", **asked)


@pytest.mark.parametrize("words", ["Siobhan Ni Dhomhnaill", "Shivaun", "Siobhn Dhomhnail", "Dhomhnaill Siobhan"])
def test_a_child_is_found_misspelt_heard_and_turned_round(town, words):
    assert "Siobhán" in found(town.amy, words)


@pytest.mark.parametrize("words", ["Zhang Xiaoming", "Xiaoming Zhang", "zhang", "943 476 5919", "9434765919"])
def test_a_child_is_found_family_name_first_or_last_and_by_nhs_number_however_it_is_spaced(town, words):
    page = found(town.amy, words)
    assert "Zhang Xiaoming" in page
    assert "Siobhán" not in page


def test_a_child_is_found_by_date_of_birth_alone(town):
    page = found(town.amy, born=dt.date(2015, 6, 7))
    assert "Zhang Xiaoming" in page
    assert "Siobhán" not in page


def test_a_child_of_another_team_is_said_to_be_known_and_whom_to_ask(town):
    page = found(town.olu, "Zhang Xiaoming")
    assert "Zhang Xiaoming" in page
    assert "Amy" in page
    assert reverse("child", args=[town.wei]) not in page


def restrict(town):
    with town.at_work():
        for child in (town.kit, town.robin):
            actions.append(
                Fact(kind="access.restricted", about={"child": child, "worker": town.workers["Moll"].id}, when=cast.days_ago(0), coded={"restricted_because": "danger_if_known"}),
                by=town.workers["Moll"],
            )  # fmt: skip


@pytest.mark.parametrize("words", ["Kit Marsh", "Ros Marsh", "Fin Marsh"])
def test_a_restricted_child_and_their_adults_are_found_by_no_stranger(town, words):
    assert words in found(town.bea, words)
    restrict(town)
    for stranger in (town.bea, town.olu):
        page = found(stranger, words)
        assert "Marsh</a>" not in page
        assert "Moll" not in page
    assert words in found(town.amy, words)


def test_the_front_door_is_told_once_that_there_is_a_restricted_record_and_whom_to_ring(town):
    with town.at_work():
        actions.append(
            Fact(kind="access.restricted", about={"child": town.kit, "worker": town.workers["Moll"].id}, when=cast.days_ago(0), coded={"restricted_because": "court"}),
            by=town.workers["Moll"],
        )  # fmt: skip
        alone = paperwork.adult(town.workers["Amy"], "Uma", ids.new(), town.kit)
        assert alone
    page = found(town.dee, "Kit Marsh")
    results = page.split("<main")[1]
    assert results.count("Moll") == 1
    assert "Kit Marsh</" not in results


def test_people_of_another_authority_are_never_found(town):
    other = cast.council("walsall")
    with other.at_work():
        una = other.worker("Una", "emergency_duty")
        cast.child(una, "Zebedee", "Quill")
    for client in (town.amy, town.dee, town.moll):
        assert "Zebedee Quill" not in found(client, "Zebedee").replace('value="Zebedee"', "")
        assert "Quill" not in found(client, "Zebedee")
    assert "Kit Marsh" not in found(paperwork.desk(other.workers["Una"]), "Marsh")


def test_a_child_is_entered_only_after_the_records_that_may_be_theirs_were_looked_at(town):
    sent = {"given": "Xiao Ming", "family_name": "Zhang", "born-day": 7, "born-month": 6, "born-year": 2015}
    with town.at_work(writing=False):
        before = Person.objects.count()
    answer = town.moll.post(reverse("enter-child"), sent)
    assert "Zhang Xiaoming" in paperwork.said(answer)
    with town.at_work(writing=False):
        assert Person.objects.count() == before
    assert town.moll.post(reverse("enter-child"), {**sent, "looked": "yes"}).status_code == 302
    with town.at_work(writing=False):
        assert Person.objects.count() == before + 1


def twin_records(town):
    """A second record of Zhang Xiaoming, entered by mistake."""
    with town.at_work():
        amy = town.workers["Amy"]
        again = cast.child(amy, "Xiaoming", "Zhang", born=dt.date(2015, 6, 7))
        cast.allocate(again, amy, town.team, by=amy)
        cast.visit(again, by=amy, since=5, said="Flew a kite.")
    return again


def test_possible_duplicates_are_told_with_their_reasons_to_who_may_join_them(town):
    twin_records(town)
    page = paperwork.page(town.moll, "details", town.wei)
    assert "Records that may be of the same child" in page
    assert "Records that may be of the same child" not in paperwork.page(town.amy, "details", town.wei)


def test_two_records_are_joined_with_a_reason_and_told_apart_again_by_one_button(town):
    again = twin_records(town)
    address = reverse("merge", args=[town.wei, again])
    assert "Flew a kite." not in paperwork.page(town.amy, "chronology", town.wei)
    assert town.moll.post(address, {"reason": " "}).status_code == 422
    assert town.amy.post(address, {"reason": "One child."}).status_code == 403
    assert town.moll.post(address, {"reason": "The same NHS card."}).status_code == 302
    joined = paperwork.page(town.moll, "chronology", town.wei, layer="all")
    assert "Flew a kite." in joined
    with town.at_work(writing=False):
        event = Event.objects.get(kind="child.merged")
    entry = paperwork.page(town.moll, "entry", town.wei, event.id)
    assert "Tell the two records apart again" in entry
    assert "Tell the two records apart again" not in paperwork.page(town.amy, "entry", town.wei, event.id)
    undo = reverse("withdraw", args=[town.wei, event.id])
    assert town.amy.post(undo, {"reason": "They are cousins."}).status_code == 403
    assert town.moll.post(undo, {"reason": "They are cousins."}).status_code == 302
    assert "Flew a kite." not in paperwork.page(town.moll, "chronology", town.wei, layer="all")
    assert "Flew a kite." in paperwork.page(town.moll, "chronology", again)
