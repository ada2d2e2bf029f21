"""How many questions a page asks of the database does not grow with how many children or rows there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import cast
import paperwork
from kith.core import ids

pytestmark = pytest.mark.django_db


def town_of(children, slug):
    """A council where Amy holds one family of so many children, with their adults, numbers and visits, and as many of other families."""
    town = cast.council(slug, "lincolnshire")
    with town.at_work():
        amy = town.worker("Amy")
        town.worker("Bea")
        town.worker("Moll", "team_manager")
        town.worker("Sal", "service_manager")
        town.worker("Olu", team=cast.another_team("South team"))
        family, town.children = ids.new(), []
        for number in range(children):
            for home in (family, ids.new()):
                child = cast.child(amy, f"Kit{number}", "Marsh", family=home)
                cast.allocate(child, amy, town.team, by=amy)
                cast.in_need(child, by=amy, since=50 - number % 3)
                cast.visit(child, by=amy, since=20)
                town.children.append(child)
        town.kit, town.assessment = town.children[0], ids.new()
        begun = {"child": town.children[::2], "family": family, "assessment": town.assessment}
        cast.recorded(cast.fact("assessment.started/child_and_family", begun), by=amy)
        town.meetings = [ids.new() for _number in range(children)]
        for meeting in town.meetings:
            about = {"child": town.children[::2], "family": family, "meeting": meeting}
            cast.recorded(
                cast.fact("meeting.arranged/family_network", about, held_on=cast.days_ago(-9).isoformat()), by=amy
            )
        for child in town.children[::2]:
            about = {"child": town.children[::2], "family": family, "meeting": town.meetings[0], "person": child}
            cast.recorded(cast.fact("meeting.guest_named/family_network", about, guest_part="child"), by=amy)
        for _number in range(children):
            asked = {"child": town.kit, "request": ids.new(), "assessment": town.assessment}
            cast.recorded(cast.fact("information.requested", asked, of="school"), by=amy)
            seen = {"child": town.kit, "evidence": ids.new(), "assessment": town.assessment}
            cast.recorded(cast.fact("evidence.recorded", seen, words={"issue": "Nights", "what": "Late"}), by=amy)
        for number in range(children):
            one = paperwork.adult(
                amy, f"Ada{number}", family, town.kit, "birth_mother" if number == 0 else "aunt_or_uncle"
            )
            cast.recorded(
                cast.fact(
                    "reach.recorded",
                    {"reach": ids.new(), "person": one},
                    words={"value": "1"},
                    reach_by="mobile",
                    may_know="workers_only",
                ),
                by=amy,
            )
            cast.recorded(
                cast.fact(
                    "home.moved_in",
                    {"home": town.kit, "person": one},
                    words={"address": "1 Elm"},
                    may_know="workers_only",
                ),
                by=amy,
            )
        cast.recorded(
            cast.fact(
                "home.moved_in",
                {"home": town.kit, "child": town.children[::2]},
                words={"address": "1 Elm"},
                may_know="workers_only",
            ),
            by=amy,
        )
    return town


@pytest.fixture
def towns(settings):
    settings.KITH_SECOND_FACTOR = False
    return [town_of(children, f"town{children}") for children in (3, 12)]


def asked(town, worker, name, *args, **sent):
    """How many questions a page asks, once everything that is read only once was read."""
    client, address = paperwork.desk(town.workers[worker]), reverse(name, args=args)
    client.get(address, sent)
    with CaptureQueriesContext(connection) as told:
        assert client.get(address, sent).status_code == 200
    return len(told)


PAGES = (
    ("Amy", "my-work", False, {}), ("Moll", "team", False, {}), ("Amy", "child", True, {}), ("Bea", "child", True, {}), ("Amy", "chronology", True, {}),
    ("Amy", "network", True, {}), ("Amy", "find", False, {"words": "Kit Marsh"}), ("Olu", "find", False, {"words": "Kit Marsh"}),
    ("Amy", "child", True, {"known_on": "past"}), ("Amy", "network", True, {"known_on": "past"}), ("Amy", "records", True, {}), ("Moll", "details", True, {}), ("Moll", "closing", True, {}),
    ("Amy", "assessments", True, {}), ("Amy", "capacity-to-change", True, {}), ("Amy", "assessment", True, {}), ("Amy", "agency-checks", True, {}),
    ("Amy", "meetings", True, {}), ("Amy", "meeting", True, {}), ("Amy", "meeting-room", True, {}), ("Amy", "diary", False, {}),
    ("Sal", "needs", False, {}), ("Sal", "meetings-counted", False, {}),
)  # fmt: skip


# So many questions a page of every day asks at most, with what PostgreSQL is told of a unit (five more than SQLite); the others fewer than 45.
MOST = {"my-work": 14, "team": 22, "child": 28, "chronology": 16, "find": 18, "diary": 11, "record-form": 27}


def test_every_page_asks_as_much_of_twelve_children_as_of_three(towns):
    """But for a search, which asks once more where a name is rare, to try what sounds or looks like it."""
    grown = {}
    for worker, name, of_child, sent in (*PAGES, ("Amy", "record-form", True, {})):
        sent = {key: cast.days_ago(1).isoformat() if value == "past" else value for key, value in sent.items()}
        counts = [asked(town, worker, name, *_args(town, name, of_child), **sent) for town in towns]
        if counts[1] > counts[0] or counts[1] > MOST.get(name, 44):
            grown[f"{worker} {name}"] = counts
    assert grown == {}


def _args(town, name, of_child):
    if name in ("assessment", "agency-checks"):
        return [town.kit, town.assessment]
    if name in ("meeting", "meeting-room"):
        return [town.kit, town.meetings[0]]
    return [town.kit, "visit"] if name == "record-form" else [town.kit] if of_child else []


def test_saving_a_visit_asks_as_much_of_twelve_brothers_and_sisters_as_of_three(towns):
    counts = []
    for town in towns:
        client = paperwork.desk(town.workers["Amy"])
        sent = {f"{town.kit}-seen": "yes", f"{town.kit}-alone": "yes"}
        paperwork.recorded(client, town.kit, "visit", sent, place="home", when=cast.days_ago(5))
        with CaptureQueriesContext(connection) as told:
            paperwork.recorded(client, town.kit, "visit", sent, place="home", when=cast.days_ago(2))
        counts.append(len(told))
    assert counts[1] <= counts[0] + 4
    assert counts[1] <= 56


def test_finding_many_whose_records_are_shut_asks_whom_to_ring_once_for_all(settings):
    settings.KITH_SECOND_FACTOR = False
    counts = []
    for number in (3, 12):
        town = cast.council(f"shut{number}", "lincolnshire")
        with town.at_work():
            town.worker("Olu", team=cast.another_team("South team"))
            for place in range(number):
                team = cast.another_team(f"Team {place}")
                holder = town.worker(f"Holder{place}", team=team)
                cast.allocate(cast.child(holder, f"Kit{place}"), holder, team, by=holder)
        page = paperwork.page(paperwork.desk(town.workers["Olu"]), "find", words="Kit Marsh")
        assert all(f"Holder{place}" in page for place in range(number))
        counts.append(asked(town, "Olu", "find", words="Kit Marsh"))
    assert counts[1] <= counts[0]
