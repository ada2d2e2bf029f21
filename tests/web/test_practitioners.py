"""Who works here: entered, given roles for a time, changed, and no longer let in; by an access administrator, never for oneself."""

import pytest
from django.core import mail
from django.urls import reverse

import cast
import paperwork
from kith.access.models import Practitioner, RoleHeld, Team
from kith.audit.models import Entry
from kith.people.models import Agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    town = paperwork.household("lincolnshire")
    with town.at_work():
        town.worker("Ada", "access_administrator")
        cast.in_need(town.kit, by=town.workers["Amy"])
    return town


@pytest.fixture
def ada(town):
    return paperwork.desk(town.workers["Ada"])


def sent(prefix="", **given):
    told = paperwork.answers("x", **given)
    return {key.replace("x-", f"{prefix}-" if prefix else "", 1): value for key, value in told.items()}


def entered(ada, name="Nell Price", email="nell@example.org", **more):
    answer = ada.post(reverse("enter-practitioner"), {"name": name, "email": email, **more})
    assert answer.status_code == 302, paperwork.said(answer)
    return Practitioner.objects.get(email=email)


def give(ada, one, role, team="", since=0, **more):
    told = sent("give", role=role, team=str(team), when=cast.days_ago(since), **more)
    return ada.post(reverse("practitioner", args=[one.id]), {"act": "give", **told})


def test_somebody_entered_sees_nothing_until_they_are_given_a_role_and_then_what_it_allows(town, ada):
    nell = entered(ada, job_title="Social worker")
    desk = paperwork.desk(nell)
    assert desk.get(reverse("find")).status_code == 403
    assert give(ada, nell, "social_worker", town.team.id).status_code == 302
    assert desk.get(reverse("find")).status_code == 200
    page = paperwork.page(ada, "practitioners", words="nell")
    assert "Social worker" in page
    assert "nell@example.org" in page


def test_a_role_counts_from_its_first_day_to_its_last(town, ada):
    nell = entered(ada)
    give(ada, nell, "social_worker", town.team.id, since=-1)
    desk = paperwork.desk(nell)
    assert desk.get(reverse("find")).status_code == 403
    give(ada, nell, "duty_worker", town.team.id, since=9)
    assert desk.get(reverse("find")).status_code == 200
    with town.at_work(writing=False):
        held = RoleHeld.objects.get(practitioner=nell, role="duty_worker")
    ended = {"act": "end", "role": str(held.id), **sent(f"end-{held.id}", until=cast.days_ago(1))}
    assert ada.post(reverse("practitioner", args=[nell.id]), ended).status_code == 302
    assert desk.get(reverse("find")).status_code == 403


def test_a_role_that_is_held_already_or_ends_before_it_begins_is_refused_with_the_reason(town, ada):
    nell = entered(ada)
    give(ada, nell, "social_worker", town.team.id)
    answer = give(ada, nell, "social_worker", town.team.id)
    assert answer.status_code == 422
    assert "They hold this role there already" in paperwork.said(answer)
    answer = give(ada, nell, "duty_worker", town.team.id, since=1, until=cast.days_ago(5))
    assert answer.status_code == 422
    assert "The last day is before the first" in paperwork.said(answer)


def test_whoever_may_no_longer_sign_in_is_out_with_their_next_page_and_can_be_let_in_again(town, ada):
    amy = paperwork.desk(town.workers["Amy"])
    assert amy.get("/").status_code == 200
    of_amy = reverse("practitioner", args=[town.workers["Amy"].id])
    assert "open child" in paperwork.said(ada.get(of_amy))
    assert ada.post(of_amy, {"act": "stop"}).status_code == 302
    assert amy.get("/").status_code == 302
    assert "No longer signs in" in paperwork.page(ada, "practitioners", words="amy")
    assert ada.post(of_amy, {"act": "let"}).status_code == 302
    assert paperwork.desk(Practitioner.objects.get(pk=town.workers["Amy"].pk)).get("/").status_code == 200


def test_an_access_administrator_changes_nothing_of_what_they_themselves_may_do(town, ada):
    me = town.workers["Ada"]
    assert give(ada, me, "head_of_service").status_code == 422
    assert ada.post(reverse("practitioner", args=[me.id]), {"act": "stop"}).status_code == 422
    assert Practitioner.objects.get(pk=me.pk).is_active
    with town.at_work(writing=False):
        assert not RoleHeld.objects.filter(practitioner=me, role="head_of_service").exists()


def test_nobody_else_and_nobody_of_another_council_is_reached(town, ada):
    assert town.amy.get(reverse("practitioners")).status_code == 403
    other = cast.council("elsewhere", "england")
    with other.at_work():
        far = other.worker("Fay")
    assert ada.get(reverse("practitioner", args=[far.id])).status_code == 404
    assert "Fay" not in paperwork.page(ada, "practitioners")


def test_two_people_cannot_have_one_address_and_whoever_leaves_an_address_no_longer_comes_in_by_it(town, ada):
    nell = entered(ada)
    answer = ada.post(reverse("enter-practitioner"), {"name": "Nell Two", "email": "NELL@example.org"})
    assert answer.status_code == 422
    assert "Somebody has this e-mail address already" in paperwork.said(answer)
    told = {"act": "change", "change-name": "Nell Price-Hill", "change-email": "nell.hill@example.org"}
    assert ada.post(reverse("practitioner", args=[nell.id]), told).status_code == 302
    nell.refresh_from_db()
    assert (nell.name, nell.email) == ("Nell Price-Hill", "nell.hill@example.org")


def test_the_letter_to_choose_a_password_goes_to_them_alone(town, ada, settings):
    settings.KITH_SMTP = "smtp://mail.example.org"
    nell = entered(ada)
    assert ada.post(reverse("practitioner", args=[nell.id]), {"act": "invite"}).status_code == 302
    assert [one.to for one in mail.outbox] == [["nell@example.org"]]
    assert "/password/reset/key/" in mail.outbox[0].body


def test_staff_of_a_partner_agency_are_tied_to_the_agency_of_the_register(town, ada):
    told = {"name": "Hill School", "kind": "school", **sent(when=cast.days_ago(20))}
    assert town.amy.post(reverse("enter-agency"), told).status_code == 302
    with town.at_work(writing=False):
        school = Agency.objects.get(name="Hill School")
    nell = entered(ada, agency=str(school.id))
    assert (nell.agency, nell.agency_id) == ("Hill School", school.id)
    assert "Hill School" in paperwork.page(ada, "practitioners")


def test_a_team_is_entered_renamed_and_disbanded_only_when_no_open_child_is_with_it(town, ada):
    assert ada.post(reverse("teams"), {"name": "New team", "telephone": "01522 1"}).status_code == 302
    assert ada.post(reverse("teams"), {"name": "new TEAM"}).status_code == 422
    with town.at_work(writing=False):
        new = Team.objects.get(name="New team")
    nell = entered(ada)
    give(ada, nell, "social_worker", new.id)
    assert ada.post(reverse("one-team", args=[new.id]), {"act": "disband"}).status_code == 302
    desk = paperwork.desk(nell)
    with cast.on(1):
        assert desk.get(reverse("find")).status_code == 403
    answer = ada.post(reverse("one-team", args=[town.team.id]), {"act": "disband"})
    assert answer.status_code == 422
    assert "Allocate them to another team first" in paperwork.said(answer)


def test_everything_done_is_written_down_with_who_did_it(town, ada):
    nell = entered(ada)
    give(ada, nell, "social_worker", town.team.id)
    ada.post(reverse("practitioner", args=[nell.id]), {"act": "stop"})
    with town.at_work(writing=False):
        done = list(Entry.objects.filter(subject=nell.id).order_by("id").values_list("did", "by_name"))
    assert done == [("entered a practitioner", "Ada"), ("gave a role", "Ada"), ("stopped from signing in", "Ada")]
    page = paperwork.page(ada, "practitioner", nell.id)
    assert "Gave a role: Social worker, North team" in page
