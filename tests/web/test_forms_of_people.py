"""What is known of people, entered, put right and ended by the pages."""

import datetime as dt

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import ids
from kith.obligations.models import Owed
from kith.people import selectors
from kith.people.models import Person
from kith.record import actions
from kith.record.fact import Fact
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    with one.at_work():
        amy, one.bump = one.workers["Amy"], ids.new()
        one.expected = cast.days_ago(-90)
        actions.append(
            Fact(kind="child.registered", about={"child": one.bump, "family": one.family}, when=cast.days_ago(60), coded={"expected_on": one.expected.isoformat()}),
            Fact(kind="referral.received", about={"child": one.bump, "family": one.family, "referral": ids.new()}, when=cast.days_ago(30)),
            by=amy,
        )  # fmt: skip
        cast.allocate(one.bump, amy, one.team, by=amy, since=29)
        cast.in_need(one.bump, by=amy, since=20)
    return one


def owed(town, child):
    with town.at_work(writing=False):
        return list(Owed.objects.filter(child=child, closed_on=None)), list(
            Owed.objects.filter(child=child, closed_as__in=("missed", "met late"))
        )


def ends(client, one, thing, when=None):
    day = when or cast.days_ago(1)
    sent = {"thing": thing, "when-day": day.day, "when-month": day.month, "when-year": day.year}
    return client.post(reverse("end-thing", args=[one]), sent)


def picture(town, one):
    with town.at_work(writing=False):
        return selectors.portrait_of(one)


@pytest.mark.clause("WOR-430")
def test_an_unborn_record_becomes_the_childs_own_at_birth_with_the_same_id(town):
    paperwork.recorded(town.amy, town.bump, "birth", when=cast.days_ago(2))
    paperwork.recorded(
        town.amy, town.bump, "name", when=cast.days_ago(1), name_use="full", given="Wren", family="Marsh"
    )
    with town.at_work(writing=False):
        row = Person.objects.get(id=town.bump)
    assert (row.born_on, row.expected_on, row.name) == (cast.days_ago(2), None, "Wren Marsh")
    page = paperwork.page(town.amy, "child", town.bump)
    assert "Wren Marsh" in page
    assert "expected" not in paperwork.page(town.amy, "child", town.bump).split("What happened last")[0].casefold()
    assert owed(town, town.bump)[0], "what is owed to the child goes on"


@pytest.mark.clause("WOR-430")
@pytest.mark.parametrize("form", ["pregnancy_ended", "death"])
def test_when_the_pregnancy_ends_or_the_child_dies_everything_stops_at_once_and_nothing_is_missed(town, form):
    child = town.bump if form == "pregnancy_ended" else town.kit
    with town.at_work():
        if form == "death":
            cast.in_need(child, by=town.workers["Amy"], since=4)
    before, late = owed(town, child)
    assert before
    paperwork.recorded(town.amy, child, form, when=cast.days_ago(0))
    after, missed = owed(town, child)
    assert after == []
    assert len(missed) == len(late)


@pytest.mark.clause("WOR-430")
def test_after_a_pregnancy_ended_its_expected_date_is_shown_to_nobody(town):
    days = (f"{town.expected.day} {town.expected:%B}", town.expected.isoformat())
    entry = one_entry(town, town.bump)
    assert days[0] in paperwork.page(town.amy, "entry", town.bump, entry)
    paperwork.recorded(town.amy, town.bump, "pregnancy_ended", when=cast.days_ago(1))
    everywhere = [(name, [town.bump]) for name in ("child", "network", "chronology", "details", "records")]
    everywhere += [
        ("child", [town.kit]),
        ("family", [town.family]),
        ("network", [town.kit]),
        ("my-work", []),
        ("entry", [town.bump, entry]),
    ]
    for name, args in everywhere:
        for asked in ({}, {"layer": "all"}, {"known_on": cast.days_ago(10).isoformat()}):
            answer = town.amy.get(reverse(name, args=args), asked)
            # It was recorded today, so on a past day there was no such entry.
            assert answer.status_code == (404 if name == "entry" and "known_on" in asked else 200), (name, asked)
            assert not any(day in paperwork.said(answer) for day in days), (name, asked)
    with town.at_work(writing=False):
        assert Person.objects.get(id=town.bump).expected_on is None


def one_entry(town, child):
    with town.at_work(writing=False):
        return Event.objects.get(kind="child.registered", about__child=str(child)).id


def test_names_over_time_and_the_family_name_first_show_and_sort_rightly(town):
    paperwork.recorded(
        town.amy,
        town.kit,
        "name",
        when=cast.days_ago(10),
        name_use="known_as",
        given="Xiu",
        family="Zhang",
        name_order="family_first",
    )
    page = paperwork.page(town.amy, "child", town.kit)
    assert "Zhang Xiu" in page
    assert "Kit Marsh (Full" in page
    with town.at_work(writing=False):
        assert Person.objects.get(id=town.kit).sort_name == "zhang, xiu"
        told = selectors.portrait_of(town.kit)
    assert told.called(cast.days_ago(20).toordinal()) == "Kit Marsh"
    assert told.called(cast.days_ago(5).toordinal()) == "Zhang Xiu"


def test_pronouns_languages_and_an_interpreter_are_on_the_childs_page(town):
    paperwork.recorded(
        town.amy, town.kit, "details", pronouns="they/them", first_language="Polish", chosen_language="Polish",
        interpreter_needed="yes", interpreter_language="Polish, not her uncle", disability=["HEAR"],
    )  # fmt: skip
    page = paperwork.page(town.amy, "child", town.kit)
    for said in ("They/them", "Polish", "Interpreter needed", "not her uncle", "Hearing"):
        assert said in page


@pytest.mark.parametrize(("scheme", "wrong", "right", "shown"), [
    ("nhs_number", "943 476 5918", "943 476 5919", "943 476 5919"), ("upn", "A801200001001", "", ""),
])  # fmt: skip
def test_an_identifier_with_a_wrong_check_digit_is_refused_saying_so_and_taken_once_mended(
    town, scheme, wrong, right, shown
):
    answer = paperwork.record(town.amy, town.kit, "identifier", scheme=scheme, value=wrong)
    assert answer.status_code == 422
    assert wrong in paperwork.said(answer)
    assert "check" in paperwork.said(answer).casefold()
    with town.at_work(writing=False):
        assert not Event.objects.filter(kind="identifier.recorded").exists()
    if right:
        paperwork.recorded(town.amy, town.kit, "identifier", scheme=scheme, value=right)
        assert shown in paperwork.page(town.amy, "child", town.kit)


def test_a_relationship_is_told_from_both_sides(town):
    paperwork.recorded(town.amy, town.kit, "relationship", other=str(town.robin), relation="twin")
    assert {(one.other, one.relation) for one in picture(town, town.robin).bonds.values()} >= {(str(town.kit), "twin")}
    ros = {(one.other, one.relation) for one in picture(town, town.ros).bonds.values()}
    assert (str(town.kit), "child") in ros


def test_parental_responsibility_is_gained_with_its_source_and_lost(town):
    paperwork.recorded(
        town.amy, town.kit, "responsibility", person=str(town.fin), through="court_order", when=cast.days_ago(20)
    )
    assert "Holds parental responsibility (Court order)" in paperwork.page(town.amy, "network", town.kit)
    assert ends(town.amy, town.kit, f"responsibility:{town.fin}").status_code == 302
    assert "Holds parental responsibility" not in paperwork.page(town.amy, "network", town.kit)
    assert picture(town, town.kit).responsibilities[str(town.fin)].until == cast.days_ago(1).toordinal()


def test_a_court_order_that_limits_contact_is_an_alert_until_it_ends(town):
    paperwork.recorded(
        town.amy,
        town.kit,
        "contact_limit",
        a_type="no_contact",
        person=str(town.fin),
        says="No contact at all.",
        until=dt.date(2030, 3, 1),
    )
    page = paperwork.page(town.amy, "child", town.kit)
    for said in ("Court order:", "Fin Marsh", "No contact at all.", "1 March 2030"):
        assert said in page
    order = next(iter(picture(town, town.kit).limits))
    assert ends(town.amy, town.kit, f"contact_limit:{order}").status_code == 302
    assert "No contact at all." not in paperwork.page(town.amy, "child", town.kit)


def test_who_must_not_meet_is_told_on_both_pages_and_each_pair_ends_alone(town):
    for child in (town.kit, town.robin):
        paperwork.recorded(town.amy, child, "keep_apart", other=str(town.fin), why="He hurt them.")
    page = paperwork.page(town.amy, "person", town.fin)
    for name in ("Kit Marsh", "Robin Marsh"):
        assert f"{name} must not meet Fin Marsh" in page
    assert ends(town.amy, town.kit, f"keep_apart:{town.fin}").status_code == 302
    page = paperwork.page(town.amy, "person", town.fin)
    assert "Kit Marsh must not meet Fin Marsh" not in page
    assert "Robin Marsh must not meet Fin Marsh" in page
    assert "must not meet" not in paperwork.page(town.amy, "child", town.kit)


def test_an_alert_never_names_a_child_whose_record_the_reader_may_not_open(town):
    paperwork.recorded(town.amy, town.kit, "keep_apart", other=str(town.robin), why="For now.")
    assert "Robin" in paperwork.page(town.bea, "child", town.kit)
    with town.at_work():
        amy = town.workers["Amy"]
        actions.append(
            Fact(
                kind="access.restricted",
                about={"child": town.robin, "worker": amy.id},
                when=cast.days_ago(0),
                coded={"restricted_because": "court"},
            ),
            by=amy,
        )
    assert "Robin" not in paperwork.page(town.bea, "child", town.kit)


def test_a_safe_adult_is_marked_and_no_longer(town):
    paperwork.recorded(town.amy, town.kit, "safe_adult", person=str(town.ros), why="Kit runs to her.")
    assert "Safe adult" in paperwork.page(town.amy, "network", town.kit)
    assert ends(town.amy, town.kit, f"safe_adult:{town.ros}").status_code == 302
    assert "Safe adult" not in paperwork.page(town.amy, "network", town.kit)


GIVEN = {
    "address": {"home_use": "home", "address": "3 Elm Walk", "may_know": "workers_only"},
    "reach": {
        "reach_by": "mobile",
        "value": "3 Elm Walk",
        "safe": "yes",
        "may_say_who": "yes",
        "may_know": "workers_only",
    },
    "alert": {"danger_to": "workers", "what": "3 Elm Walk", "evidence": "Seen.", "review_on": dt.date(2030, 1, 1)},
    "tie": {"name": "3 Elm Walk", "tie_with": "school", "strength": "strong"},
    "name": {"name_use": "alias", "given": "3 Elm", "family": "Walk"},
}
SHOWN_ON = {"tie": "network", "reach": ""}


@pytest.mark.parametrize("what", GIVEN)
def test_what_is_over_is_ended_by_one_page_and_stays_in_the_record(town, what):
    paperwork.recorded(town.amy, town.kit, what, **GIVEN[what])
    listed = paperwork.page(town.amy, "end-thing", town.kit)
    assert "3 Elm Walk" in listed
    thing = listed.split(f'value="{what}:')[1].split('"')[0]
    shown = SHOWN_ON.get(what, "child")
    assert not shown or "3 Elm Walk" in paperwork.page(town.amy, shown, town.kit)
    assert ends(town.amy, town.kit, f"{what}:{thing}", cast.days_ago(5)).status_code == 422
    assert ends(town.amy, town.kit, f"{what}:{thing}").status_code == 302
    assert "3 Elm Walk" not in paperwork.page(town.amy, "end-thing", town.kit)
    assert not shown or "3 Elm Walk" not in paperwork.page(town.amy, shown, town.kit) or what == "name"
    assert "3 Elm" in paperwork.page(town.amy, "chronology", town.kit, layer="all")


def test_a_relationship_ended_from_one_side_is_ended_for_both(town):
    [bond] = [one for one in picture(town, town.kit).bonds.values() if one.other == str(town.fin)]
    assert ends(town.amy, town.fin, f"relationship:{bond.id}~{town.kit}").status_code == 302
    assert picture(town, town.kit).bonds[f"{bond.id}|{town.fin}"].until == cast.days_ago(1).toordinal()
    assert "Ended on" in paperwork.page(town.amy, "network", town.kit)


def test_what_was_not_recorded_of_this_person_is_ended_by_nobody(town):
    assert ends(town.amy, town.kit, f"alert:{ids.new()}").status_code == 422
    assert ends(town.olu, town.kit, f"responsibility:{town.fin}").status_code == 403
