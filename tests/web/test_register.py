"""Agencies and the professionals who work there: found, entered, changed, ended, and put on a child's network."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.people.models import Agency, Post
from kith.people.projectors import PROJECTORS
from kith.record.models import Event
from kith.record.selectors import circle_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    return paperwork.household("lincolnshire")


def sent(prefix="", **given):
    """Answers as a Django form sends them."""
    given.setdefault("when", cast.days_ago(20))
    told = paperwork.answers("x", **given)
    return {key.replace("x-", f"{prefix}-" if prefix else "", 1): value for key, value in told.items()}


def school(town, name="Hill School", **more):
    answer = town.amy.post(
        reverse("enter-agency"), sent(name=name, kind="school", ring="Mrs Bell", telephone="01522 111111", **more)
    )
    assert answer.status_code == 302, paperwork.said(answer)
    with town.at_work(writing=False):
        return Agency.objects.get(name=name)


def nurse(town, at, given="Nia", **more):
    told = sent("add", given=given, family_name="Rees", title="School nurse", telephone="01522 222222", **more)
    answer = town.amy.post(reverse("agency", args=[at.id]), {"act": "add", **told})
    assert answer.status_code == 302, paperwork.said(answer)
    with town.at_work(writing=False):
        return Post.objects.get(name=f"{given} Rees")


def join(town, post, part="Weighs Kit each month", child=None, words="Rees", **more):
    told = {"act": "join", "words": words, **sent(person=str(post.person), part=part, **more)}
    return town.amy.post(reverse("professionals", args=[child or town.kit]), told)


def test_an_agency_is_entered_and_found_by_its_name_and_by_who_works_there(town):
    assert "No agency is entered yet." in paperwork.page(town.amy, "agencies")
    at = school(town)
    school(town, "Vale School")
    nurse(town, at)
    page = paperwork.page(town.amy, "agencies", words="hill")
    for words in ("Hill School", "School", "Ring Mrs Bell", "01522 111111"):
        assert words in page
    assert "Vale School" not in page
    page = paperwork.page(town.amy, "agencies", words="rees")
    assert ("Nia Rees" in page, "Hill School" in page, "Vale School" in page) == (True, True, False)
    assert "nobody of that name" in paperwork.page(town.amy, "agencies", words="Nowhere")


@pytest.mark.parametrize(("missing", "words"), [
    ("name", "Enter the name of the agency"), ("kind", "Select what kind of agency it is"), ("when", "Enter the day from which this is so"),
])  # fmt: skip
def test_an_agency_without_a_name_a_kind_or_a_day_is_not_entered(town, missing, words):
    given = {"name": "Hill School", "kind": "school", "when": cast.days_ago(1), missing: ""}
    answer = town.amy.post(reverse("enter-agency"), sent(**given))
    assert (answer.status_code, words in paperwork.said(answer)) == (422, True)
    ahead = town.amy.post(reverse("enter-agency"), sent(name="Hill", kind="school", when=cast.days_ago(-2)))
    assert (ahead.status_code, "has not come yet" in paperwork.said(ahead)) == (422, True)
    with town.at_work(writing=False):
        assert not Agency.objects.exists()


def test_what_is_known_of_an_agency_changes_and_the_record_keeps_what_was(town):
    at = school(town)
    told = sent("change", name="Hill Academy", kind="school", telephone="01522 333333", when=cast.days_ago(2))
    assert town.amy.post(reverse("agency", args=[at.id]), {"act": "change", **told}).status_code == 302
    page = paperwork.page(town.amy, "agency", at.id)
    assert ("Hill Academy" in page, "01522 333333" in page, "01522 111111" in page) == (True, True, False)
    early = town.amy.post(
        reverse("agency", args=[at.id]), {"act": "change", **told, **sent("change", when=cast.days_ago(40))}
    )
    assert (early.status_code, "before the day it began" in paperwork.said(early)) == (422, True)
    with town.at_work(writing=False):
        assert Event.objects.filter(kind__in=["agency.entered", "agency.changed"]).count() == 2


def test_somebody_leaves_an_agency_and_when_it_ends_everybody_has(town):
    at = school(town)
    nia, sol = nurse(town, at), nurse(town, at, "Sol")
    address = reverse("agency", args=[at.id])
    town.amy.post(address, {"act": "left", "post": str(nia.id), **sent(f"left-{nia.id}", when=cast.days_ago(3))})
    with town.at_work(writing=False):
        assert Post.objects.get(id=nia.id).until_on == cast.days_ago(3)
        assert Post.objects.get(id=sol.id).until_on is None
    town.amy.post(address, {"act": "end", **sent("end", when=cast.days_ago(1))})
    with town.at_work(writing=False):
        assert Agency.objects.get().until_on == cast.days_ago(1)
        assert Post.objects.get(id=sol.id).until_on == cast.days_ago(1)
    page = paperwork.page(town.amy, "agency", at.id)
    assert ("No longer there since" in page, 'value="add"' in page) == (True, False)
    assert town.amy.post(address, {"act": "add", **sent("add", given="A", family_name="B")}).status_code == 422


def test_a_professional_is_put_on_a_childs_network_with_their_part_and_taken_off(town):
    nia = nurse(town, school(town))
    assert "No professional is on the network yet." in paperwork.page(town.amy, "network", town.kit)
    assert "Nia Rees, School nurse, Hill School" in paperwork.page(town.amy, "professionals", town.kit, words="nia")
    assert join(town, nia).status_code == 302
    page = paperwork.page(town.amy, "network", town.kit)
    for words in ("Nia Rees", "Weighs Kit each month", "School nurse", "01522 222222", "Hill School"):
        assert words in page
    assert "Nia Rees" not in paperwork.page(town.amy, "network", town.robin)
    assert "Nia Rees" not in paperwork.page(town.amy, "network", town.kit, room="1")
    again = join(town, nia)
    assert (again.status_code, "already" in paperwork.said(again)) == (422, True)
    address = reverse("professionals", args=[town.kit])
    assert "no longer on the network" in paperwork.said(
        town.amy.post(address, {"act": "leave", "person": str(nia.person)}, follow=True)
    )
    assert "Ended on" in paperwork.page(town.amy, "network", town.kit)


def test_a_past_day_shows_no_professional_who_joined_after_it(town):
    join(town, nurse(town, school(town)))
    page = paperwork.page(town.amy, "network", town.kit, known_on=cast.days_ago(1).isoformat())
    assert ("Nia Rees" in page, "No professional is on the network yet." in page) == (False, True)


@pytest.mark.parametrize(
    ("given", "words"), [({"part": ""}, "Say what they do for the child"), ({"person": ""}, "Choose who")]
)
def test_joining_wants_somebody_and_their_part(town, given, words):
    nia = nurse(town, school(town))
    told = {"act": "join", "words": "nia", **sent(**{"person": str(nia.person), "part": "x", **given})}
    answer = town.amy.post(reverse("professionals", args=[town.kit]), told)
    assert (answer.status_code, words in paperwork.said(answer)) == (422, True)


def test_nobody_but_a_professional_of_the_register_joins_as_one(town):
    nurse(town, school(town))
    told = {"act": "join", "words": "nia", **sent(person=str(town.ros), part="x")}
    answer = town.amy.post(reverse("professionals", args=[town.kit]), told)
    assert (answer.status_code, "choose somebody of the register" in paperwork.said(answer)) == (422, True)


def test_who_may_not_record_reads_the_register_and_changes_nothing(town):
    at = school(town)
    with town.at_work():
        town.worker("Hal", "head_of_service")
        town.worker("Nob", "co_worker")
    hal, nob = paperwork.desk(town.workers["Hal"]), paperwork.desk(town.workers["Nob"])
    assert 'value="add"' not in paperwork.page(hal, "agency", at.id)
    told = {"act": "end", **sent("end")}
    assert hal.post(reverse("agency", args=[at.id]), told).status_code == 403
    assert (hal.get(reverse("enter-agency")).status_code, nob.get(reverse("agencies")).status_code) == (403, 403)
    with town.at_work(writing=False):
        assert Agency.objects.get().until_on is None


def test_another_authority_finds_nothing_of_the_register(town):
    at = school(town)
    other = paperwork.household("walsall")
    assert "Hill School" not in paperwork.page(other.amy, "agencies")
    assert other.amy.get(reverse("agency", args=[at.id])).status_code == 404


def test_the_register_made_anew_from_the_record_is_the_same(town):
    at = school(town)
    nurse(town, at)
    register = PROJECTORS[1]
    with town.at_work():
        assert list(register.differences()) == []
        Agency.objects.update(name="Wrong")
        Post.objects.all().delete()
        assert len(list(register.differences())) == 2
        register.rebuild()
        assert list(register.differences()) == []
        assert (Agency.objects.get().name, Post.objects.get().name) == ("Hill School", "Nia Rees")


def test_two_families_of_one_school_are_not_worked_out_together(town):
    nia = nurse(town, school(town))
    with town.at_work():
        other = cast.child(town.workers["Amy"], "Ash", "Vale")
        cast.allocate(other, town.workers["Amy"], town.team, by=town.workers["Amy"])
    for child in (town.kit, other):
        assert join(town, nia, child=child).status_code == 302
    with town.at_work(writing=False):
        assert circle_of(town.kit) != circle_of(other)


def test_what_is_known_of_a_professional_is_changed_from_a_day_and_they_leave_on_the_day_they_left(town):
    at = school(town)
    post = nurse(town, at)
    told = sent(f"post-{post.id}", title="Lead school nurse", telephone="01522 333333", when=cast.days_ago(5))
    assert (
        town.amy.post(reverse("agency", args=[at.id]), {"act": "post", "post": str(post.id), **told}).status_code == 302
    )
    page = paperwork.page(town.amy, "agency", at.id)
    assert "Lead school nurse" in page
    assert "01522 333333" in page
    told = sent(f"left-{post.id}", when=cast.days_ago(2))
    assert (
        town.amy.post(reverse("agency", args=[at.id]), {"act": "left", "post": str(post.id), **told}).status_code == 302
    )
    with town.at_work(writing=False):
        assert Post.objects.get(person=post.person).until_on == cast.days_ago(2)
        assert not [line for projector in PROJECTORS for line in projector.differences()]


def test_a_change_from_before_somebody_began_is_refused_and_says_so(town):
    at = school(town)
    post = nurse(town, at)
    told = sent(f"post-{post.id}", title="Nurse", when=cast.days_ago(300))
    answer = town.amy.post(reverse("agency", args=[at.id]), {"act": "post", "post": str(post.id), **told})
    assert answer.status_code == 422
    assert "before the day it began" in paperwork.said(answer)
