"""Restricted records by the pages: restricting, opening and closing to a worker, conflicts, the glass, and who looked."""

import datetime as dt
import re

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.access.models import RoleHeld
from kith.audit.models import Entry
from kith.core import clock
from kith.people.models import Child, Door
from kith.record.models import Event

pytestmark = pytest.mark.django_db
REASON = "Found alone at the station at midnight, and nobody answers."


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("lincolnshire")
    with one.at_work():
        for name, role in (
            ("Dee", "emergency_duty"),
            ("Sal", "service_manager"),
            ("Pat", "data_protection_officer"),
            ("Both", "duty_worker"),
        ):
            setattr(one, name.lower(), paperwork.desk(one.worker(name, role)))
    one.moll = paperwork.desk(one.workers["Moll"])
    return one


def changes(town, act, worker="", because="", child=None, client=None):
    worker = str(town.workers[worker].id) if worker else ""
    sent = {"act": act, "worker": worker, "because": because}
    return (client or town.moll).post(reverse("restrict", args=[child or town.kit]), sent)


def restricted(town):
    assert changes(town, "restrict", "Moll", "court").status_code == 302


def asked(client, town, name="child"):
    return client.get(reverse(name, args=[town.kit]))


def broken(client, town, reason=REASON):
    return client.post(reverse("break-glass", args=[town.kit]), {"reason": reason}, follow=True)


def test_a_restricted_record_names_who_looks_after_it(town):
    answer = changes(town, "restrict", "", "court")
    assert answer.status_code == 422
    assert "Choose a worker" in paperwork.said(answer)
    restricted(town)
    with town.at_work(writing=False):
        kit = Child.objects.get(person=town.kit)
    assert (kit.restricted, kit.restricted_because, kit.guardian) == (True, "court", town.workers["Moll"].id)


def test_once_restricted_the_team_no_longer_opens_it_and_cannot_tell_that_it_is_there(town):
    assert asked(town.bea, town).status_code == 200
    restricted(town)
    nothing = town.bea.get(reverse("child", args=[cast.ids.new()]))
    answer = asked(town.bea, town)
    assert answer.status_code == nothing.status_code == 404
    assert without_tokens(answer) == without_tokens(nothing)
    assert asked(town.amy, town).status_code == 200


def without_tokens(answer):
    return re.sub(r'content="[A-Za-z0-9]{64}"|value="[A-Za-z0-9]{64}"', "", paperwork.said(answer))


def test_it_is_opened_to_a_worker_by_name_and_the_restriction_lifted(town):
    restricted(town)
    changes(town, "open_to", "Bea")
    assert asked(town.bea, town).status_code == 200
    assert asked(town.olu, town).status_code == 404
    changes(town, "lift")
    assert asked(town.olu, town).status_code == 403
    assert asked(town.dee, town).status_code == 200


def test_closed_to_a_worker_it_is_closed_whatever_else_they_hold_until_it_is_no_longer(town):
    changes(town, "close_to", "Amy", "worker_or_relative")
    assert asked(town.amy, town).status_code == 403
    assert "Kit Marsh" not in paperwork.page(town.amy, "my-work")
    changes(town, "no_longer_closed_to", "Amy")
    assert asked(town.amy, town).status_code == 200


def test_only_who_restricts_by_role_may_restrict(town):
    assert changes(town, "restrict", "Amy", "court", client=town.amy).status_code == 403
    with town.at_work(writing=False):
        assert not Child.objects.get(person=town.kit).restricted


def test_a_declared_conflict_closes_the_record_at_once(town):
    assert asked(town.amy, town, "declare-conflict").status_code == 200
    assert town.amy.post(reverse("declare-conflict", args=[town.kit])).status_code == 302
    assert asked(town.amy, town).status_code == 403
    with town.at_work(writing=False):
        assert Door.objects.get(child=town.kit, worker=town.workers["Amy"].id).because == "conflict_declared"


def test_the_emergency_duty_worker_is_told_whom_to_ring_and_may_break_the_glass(town):
    restricted(town)
    answer = asked(town.dee, town)
    assert answer.status_code == 403
    assert "Moll" in paperwork.said(answer)
    assert "Kit Marsh" not in paperwork.said(answer)


@pytest.mark.parametrize("reason", ["", "urgent", "         "])
def test_breaking_the_glass_wants_a_sentence_why(town, reason):
    restricted(town)
    answer = broken(town.dee, town, reason)
    assert answer.status_code == 403
    assert "say in a sentence why it cannot wait" in paperwork.said(answer).casefold()
    with town.at_work(writing=False):
        assert not Event.objects.filter(kind="access.glass_broken").exists()


def test_the_glass_opens_the_record_for_four_hours_and_no_longer(town):
    restricted(town)
    assert broken(town.dee, town).status_code == 200
    now = clock.now()
    for minutes, status in ((239, 200), (241, 403)):
        with cast.at(now + dt.timedelta(minutes=minutes)):
            assert asked(paperwork.desk(town.workers["Dee"]), town).status_code == status
    with town.at_work(writing=False):
        assert Entry.objects.filter(did="broke the glass", details__reason=REASON).count() == 1


def test_who_looks_after_the_record_is_told_on_their_own_page_by_whom_and_why(town):
    restricted(town)
    assert REASON not in paperwork.page(town.moll, "my-work")
    broken(town.dee, town)
    page = paperwork.page(town.moll, "my-work")
    assert "Dee" in page
    assert REASON in page
    assert REASON not in paperwork.page(town.amy, "my-work")


def reviews(town, client, worker, comment="It could not wait."):
    sent = {"child": str(town.kit), "worker": str(town.workers[worker].id), "justified": "yes", "comment": comment}
    return client.post(reverse("openings"), sent, follow=True)


def test_an_emergency_opening_is_reviewed_by_somebody_else_with_what_they_found(town):
    restricted(town)
    broken(town.dee, town)
    page = paperwork.page(town.pat, "openings")
    assert REASON in page
    assert "Kit Marsh" not in page
    assert "say what you found" in paperwork.said(reviews(town, town.pat, "Dee", "")).casefold()
    assert "Reviewed." in paperwork.said(reviews(town, town.pat, "Dee"))
    assert REASON not in paperwork.page(town.pat, "openings")
    assert REASON not in paperwork.page(town.moll, "my-work")


def test_nobody_reviews_an_opening_of_their_own(town):
    restricted(town)
    broken(town.dee, town)
    with town.at_work():
        RoleHeld.objects.create(
            practitioner=town.workers["Dee"], role="service_manager", team=None, from_on=cast.days_ago(9)
        )
    answer = reviews(town, paperwork.desk(town.workers["Dee"]), "Dee")
    assert "somebody else reviews your own opening" in paperwork.said(answer).casefold()
    with town.at_work(writing=False):
        assert not Event.objects.filter(kind="access.glass_reviewed").exists()


def test_the_glass_is_not_for_whom_the_record_is_closed_to_nor_for_a_record_that_is_not_restricted(town):
    assert broken(town.both, town).status_code in (200, 404)
    restricted(town)
    changes(town, "close_to", "Dee", "worker_or_relative")
    assert broken(town.dee, town).status_code in (403, 404)
    with town.at_work(writing=False):
        assert not Event.objects.filter(kind="access.glass_broken").exists()


def test_every_look_is_listed_with_who_when_and_on_what_ground_and_so_is_a_refusal(town):
    asked(town.amy, town)
    asked(town.bea, town)
    asked(town.olu, town, "chronology")
    restricted(town)
    broken(town.dee, town)
    asked(town.amy, town, "network")
    page = paperwork.page(town.moll, "looks", town.kit)
    for said in (
        "Amy",
        "holds the case",
        "Bea",
        "the child is with their team",
        "Olu",
        "was refused",
        "Dee",
        "emergency opening",
        "network",
    ):
        assert said in page, said
    assert asked(town.amy, town, "looks").status_code == 403


def test_a_look_at_the_past_says_which_day_was_looked_at(town):
    day = cast.days_ago(9)
    town.amy.get(reverse("child", args=[town.kit]), {"known_on": day.isoformat()})
    assert day.isoformat() in paperwork.page(town.moll, "looks", town.kit)


def test_every_search_is_logged_with_its_words(town):
    town.bea.get(reverse("find"), {"words": "Kitt Marsch"})
    with town.at_work(writing=False):
        entry = Entry.objects.filter(did="searched").latest("at")
    assert (entry.by, entry.details["words"]) == (town.workers["Bea"].id, "Kitt Marsch")
