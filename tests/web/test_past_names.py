"""A page of the past says what people were called then, and never a name that was learned later."""

from dataclasses import replace

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import ids

pytestmark = pytest.mark.django_db
LATER = "Newname"


@pytest.fixture
def town(settings):
    """The household of the tests as it was entered sixty days ago; five days ago everybody was given another name, and the
    brother, who had none, his first."""
    settings.KITH_SECOND_FACTOR = False
    with cast.on(-60):
        one = paperwork.household()
        with one.at_work():
            amy = one.workers["Amy"]
            one.noel = cast.child(amy, "", "", family=one.family)
            cast.allocate(one.noel, amy, one.team, by=amy)
            everyone = [("child", one.kit), ("child", one.robin), ("person", one.ros), ("child", one.noel)]
            home = ids.new()
            for key, who in everyone:
                cast.recorded(cast.fact("home.moved_in", {key: who, "home": home}, home_use="home"), by=amy)
            cast.recorded(cast.fact("keep_apart.recorded", {"child": one.kit, "other": one.fin}), by=amy)
            bond = {"relationship": ids.new(), "child": one.kit, "other": one.robin}
            cast.recorded(cast.fact("relationship.recorded", bond, relation="twin"), by=amy)
            about = {"child": [one.kit, one.robin], "visit": ids.new(), "worker": amy.id}
            one.visit = cast.recorded(cast.fact("visit.made", about, seen=True, alone=True), by=amy)
    with one.at_work():
        for key, who in [*everyone, ("person", one.fin)]:
            words = {"given": "Nobody" if who == one.noel else "Somebody", "family": LATER}
            given = cast.fact("name.given", {key: who}, since=5, words=words, name_use="full")
            cast.recorded(replace(given, known_at=cast.moment_ago(5)), by=amy)
    one.amy = paperwork.desk(one.workers["Amy"])
    return one


def pages(town, **asked):
    names = ("child", "chronology", "network", "records", "documents", "childs-voice")
    shown = {name: paperwork.page(town.amy, name, town.kit, **asked) for name in names}
    return shown | {"entry": paperwork.page(town.amy, "entry", town.kit, town.visit.id, **asked)}


def test_a_page_of_the_past_shows_everybody_under_the_name_they_had(town):
    then = pages(town, known_on=cast.days_ago(20).isoformat())
    assert [name for name, shown in then.items() if "Kit Marsh" not in shown] == []
    for name, said in (
        ("child", "must not meet Fin Marsh"),
        ("child", "Robin Marsh, Ros Marsh"),
        ("network", "Ros Marsh"),
        ("entry", "Robin Marsh"),
    ):
        assert said in then[name].replace("Ros Marsh, Robin Marsh", "Robin Marsh, Ros Marsh"), (name, said)
    assert "Name not recorded" in then["child"]


def test_a_name_never_known_then_is_on_no_page_of_that_day(town):
    then = pages(town, known_on=cast.days_ago(20).isoformat(), layer="all")
    assert [name for name, shown in then.items() if LATER in shown] == []


def test_today_everybody_has_the_name_they_have_now(town):
    now = pages(town)
    assert [name for name, shown in now.items() if LATER not in shown] == []
    assert "must not meet Somebody Newname" in now["child"]


def test_an_entry_of_the_past_is_as_it_was_known_and_nothing_is_done_from_it(town):
    with town.at_work():
        amy = town.workers["Amy"]
        after = cast.visit(town.kit, by=amy, since=5)
    day = cast.days_ago(20).isoformat()
    then = paperwork.page(town.amy, "entry", town.kit, town.visit.id, known_on=day)
    assert "Withdraw it" not in then
    assert "Withdraw it" in paperwork.page(town.amy, "entry", town.kit, town.visit.id)
    assert f"{town.visit.id}?known_on={day}" in paperwork.page(town.amy, "chronology", town.kit, known_on=day)
    found = town.amy.get(reverse("entry", args=[town.kit, after.id]), {"known_on": day})
    assert found.status_code == 404
