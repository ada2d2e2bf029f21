"""Who may know where somebody lives and how to reach them: on every page that could tell."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.access import selectors as access
from kith.core import ids
from kith.record.models import Event

pytestmark = pytest.mark.django_db
SECRET, NUMBER = "7 Refuge Row", "07700 900123"
KEPT = "Known only to the workers of this person"


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    return paperwork.household()


def moves(town, one, may_know, address=SECRET, by=None, **more):
    return paperwork.record(
        by or town.amy, one, "address", home_use="home", address=address, postcode="LN1 1AA", may_know=may_know, **more
    )


def everywhere(town, one):
    """Every page on which an address or a number could be told, with its words."""
    shown = [
        paperwork.page(one, name, child, **asked)
        for child in (town.kit, town.robin)
        for name, asked in (("child", {}), ("chronology", {"layer": "all", "print": "1"}), ("network", {}), ("network", {"room": "1", "looked": "1"}),
                            ("records", {}), ("details", {}), ("child", {"known_on": cast.days_ago(1).isoformat()}),
                            ("network", {"known_on": cast.days_ago(1).isoformat()}))
    ]  # fmt: skip
    shown += [paperwork.page(one, "person", adult) for adult in (town.ros, town.fin)]
    return [*shown, paperwork.page(one, "family", town.family)]


def test_an_address_only_for_the_workers_of_a_child_is_on_no_page_of_somebody_else(town):
    assert moves(town, town.kit, "named_workers_only").status_code == 302
    assert not any(SECRET in one for one in everywhere(town, town.bea))
    assert KEPT in paperwork.page(town.bea, "child", town.kit)
    assert SECRET in paperwork.page(town.amy, "child", town.kit)


def test_a_mothers_protected_address_is_on_her_page_for_her_childrens_workers_alone_and_never_on_the_fathers(town):
    assert moves(town, town.ros, "named_workers_only").status_code == 302
    assert not any(SECRET in one for one in everywhere(town, town.bea))
    assert SECRET in paperwork.page(town.amy, "person", town.ros)
    for one in (town.amy, town.bea):
        assert SECRET not in paperwork.page(one, "person", town.fin)


@pytest.mark.parametrize("level", ["workers_only", "named_workers_only"])
def test_a_protected_home_is_in_no_picture_for_the_room_and_no_family_page(town, level):
    assert moves(town, town.ros, level).status_code == 302
    assert moves(town, town.kit, "those_working_with_family", together=str(town.ros)).status_code == 302
    room = paperwork.page(town.amy, "network", town.kit, room="1", looked="1")
    assert SECRET not in room
    assert "live together" not in room.casefold()
    assert "Live together now" in paperwork.page(town.amy, "network", town.kit)
    assert SECRET not in paperwork.page(town.amy, "family", town.family)


def test_living_with_somebody_whose_address_is_protected_protects_it_as_much_on_the_other_record(town):
    moves(town, town.ros, "named_workers_only")
    assert moves(town, town.kit, "those_working_with_family", address="", together=str(town.ros)).status_code == 302
    with town.at_work(writing=False):
        assert (
            Event.objects.filter(kind="home.moved_in").latest("recorded_at").coded["may_know"] == "named_workers_only"
        )
    assert SECRET in paperwork.page(town.amy, "child", town.kit)
    assert not any(SECRET in one for one in everywhere(town, town.bea))


def test_an_address_protected_for_one_who_lives_there_is_protected_for_everyone_who_does(town):
    moves(town, town.ros, "those_working_with_family")
    assert SECRET in paperwork.page(town.bea, "person", town.ros)
    assert moves(town, town.kit, "named_workers_only", together=str(town.ros)).status_code == 302
    assert not any(SECRET in one for one in everywhere(town, town.bea))
    assert SECRET in paperwork.page(town.amy, "person", town.ros)


def test_an_address_known_openly_once_is_not_told_by_a_page_of_the_past_after_it_was_protected(town):
    moves(town, town.kit, "those_working_with_family")
    entry = latest(town, "home.moved_in")
    sent = {"corrects": str(entry.id)}
    assert (
        paperwork.record(
            town.amy, town.kit, "address", sent, home_use="home", address=SECRET, may_know="named_workers_only"
        ).status_code
        == 302
    )
    assert not any(SECRET in one for one in everywhere(town, town.bea))
    assert SECRET not in paperwork.page(town.bea, "entry", town.kit, entry.id)


def latest(town, kind):
    with town.at_work(writing=False):
        return Event.objects.filter(kind=kind).latest("recorded_at")


def test_an_entry_of_a_protected_address_is_neither_read_nor_searched_nor_corrected_by_who_may_not_know_it(town):
    moves(town, town.kit, "named_workers_only")
    entry = latest(town, "home.moved_in")
    assert SECRET not in paperwork.page(town.bea, "entry", town.kit, entry.id)
    looked_for = {"layer": "all", "words": "Refuge Row"}
    assert "0 of" in paperwork.page(town.bea, "chronology", town.kit, **looked_for)
    assert "1 of" in paperwork.page(town.amy, "chronology", town.kit, **looked_for)
    correct = reverse("record-form", args=[town.kit, "address"])
    assert town.bea.get(correct, {"corrects": str(entry.id)}).status_code == 404
    assert SECRET in town.amy.get(correct, {"corrects": str(entry.id)}).content.decode()


def test_somebody_who_may_not_know_an_address_cannot_learn_it_by_moving_another_person_in(town):
    moves(town, town.ros, "named_workers_only")
    with town.at_work():
        far = cast.child(town.workers["Bea"], "Zoe", "Hill")
        paperwork.adult(town.workers["Bea"], "Gran", cast.ids.new(), far, "grandparent")
    answer = moves(town, town.kit, "those_working_with_family", address="", by=town.bea, together=str(town.ros))
    assert answer.status_code == 422
    assert "ask one of them" in paperwork.said(answer)
    assert SECRET not in paperwork.said(answer)


def test_the_workers_of_a_half_sister_are_not_workers_of_the_child_whose_address_is_protected(town):
    moves(town, town.kit, "named_workers_only")
    with town.at_work():
        robins = town.worker("Cal")
        cast.allocate(town.robin, robins, town.team, by=town.workers["Amy"], since=20)
    cal = paperwork.desk(town.workers["Cal"])
    assert SECRET not in paperwork.page(cal, "child", town.kit)


@pytest.mark.parametrize("whose", ["ros", "kit"])
def test_a_number_only_for_the_workers_is_on_no_page_of_somebody_else(town, whose):
    one = getattr(town, whose)
    given = {"reach_by": "mobile", "value": NUMBER, "safe": "no", "may_say_who": "no", "may_know": "named_workers_only"}
    assert paperwork.record(town.amy, one, "reach", **given).status_code == 302
    assert not any(NUMBER in shown for shown in everywhere(town, town.bea))
    if whose == "ros":
        for told in (paperwork.page(town.amy, "person", one), paperwork.page(town.amy, "network", town.kit)):
            assert NUMBER in told
            assert "Not safe to use" in told
            assert "Do not say who we are" in told


def test_an_address_for_those_who_work_with_the_family_is_told_to_the_team(town):
    moves(town, town.kit, "those_working_with_family", safe_to_write="no")
    assert SECRET in paperwork.page(town.bea, "child", town.kit)
    assert "May be known to those who work with the family" in paperwork.page(town.bea, "child", town.kit)


JOINED = "are brothers or sisters, without a parent they share in this picture"


def test_a_brother_of_whom_no_shared_parent_is_recorded_is_in_the_genogram_and_told_in_words(town):
    with town.at_work():
        amy, olu = town.workers["Amy"], town.workers["Olu"]
        dan, joe, jem = (cast.child(amy, name) for name in ("Dan", "Joe", "Jem"))
        for one in (dan, joe):
            cast.allocate(one, amy, town.team, by=amy)
        cast.allocate(jem, olu, access.team_named(access.teams_of(olu.id, cast.days_ago(0))[0]), by=amy)
        for other in (joe, jem):
            bond = {"relationship": ids.new(), "child": dan, "other": other}
            cast.recorded(cast.fact("relationship.recorded", bond, relation="sibling"), by=amy)
    drawn = paperwork.page(town.amy, "network", dan)
    assert f"Dan Marsh and Joe Marsh {JOINED}" in drawn
    assert "brother or sister" in drawn
    assert "Jem" not in drawn


def test_a_brother_with_the_same_mother_hangs_from_her_and_is_not_joined_twice(town):
    paperwork.recorded(town.amy, town.kit, "relationship", other=str(town.robin), relation="sibling")
    assert JOINED in paperwork.page(town.amy, "network", town.kit)
    paperwork.recorded(town.amy, town.robin, "relationship", other=str(town.ros), relation="birth_mother")
    drawn = paperwork.page(town.amy, "network", town.kit)
    assert "Robin Marsh" in drawn
    assert JOINED not in drawn
