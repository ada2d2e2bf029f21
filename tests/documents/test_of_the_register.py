"""Whom a letter is for at work: chosen from the register, never guessed from a name; kept as written where the register has them not."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.documents.models import Document, Share
from kith.people import register
from kith.people import selectors as people
from kith.record.models import Event

pytestmark = pytest.mark.django_db
SAYS = {"all-ended": "involvement", "all-outcome": "no_action", "all-concluded_by": "last_meeting", "layout": "standard", "act": "make"}  # fmt: skip
NOBODY = {"name": "", "agency": "", "organisation": "", "write_to": ""}


@pytest.fixture
def school(town):
    """Two schools of one name, in the register; Mrs Okoro teaches at the second."""
    with town.at_work():
        by = cast.viewer(town.workers["Amy"])
        said = {"name": "Sarn Primary School", "kind": "school"}
        town.other = register.enter_agency(said | {"address": "Hill Road\nOther Sarn"}, cast.days_ago(90), by=by)
        town.school = register.enter_agency(said | {"address": "School Lane\nSarn"}, cast.days_ago(90), by=by)
        agency = register.one_agency(town.school)
        town.teacher = register.add_professional(
            agency, {"given": "Ada", "family_name": "Okoro"}, cast.days_ago(80), by=by
        )
    return town


def given(town, **reader):
    """The letter made for a reader, and given by hand."""
    made = town.amy.post(reverse("write-letter", args=[town.kit, "closure"]), NOBODY | SAYS | reader)
    assert made.status_code == 302, paperwork.said(made)
    assert town.amy.post(f"{made.url}/act", {"act": "given", "how": "by_hand"}).status_code == 302
    with town.at_work(writing=False):
        document = Document.objects.get(id=made.url.rpartition("/")[2])
        return (
            document,
            Share.objects.get(document=document),
            Event.objects.filter(kind="letter.sent/closure").order_by("sequence").last(),
        )


def test_a_letter_to_an_agency_of_the_register_holds_its_id_whatever_another_is_called(school):
    document, share, sent = given(school, reader="agency", agency=str(school.school))
    assert (document.agency, share.agency, sent.about["agency"]) == (school.school, school.school, str(school.school))
    assert (document.reader_name, document.organisation, document.write_to) == ("Sarn Primary School", "", "School Lane\nSarn")  # fmt: skip
    document, share, sent = given(school, reader="agency", name="Mr Fox", agency=str(school.other))
    assert (share.agency, share.reader_name, share.organisation) == (school.other, "Mr Fox", "Sarn Primary School")
    assert sent.about["agency"] == str(school.other)


def test_an_agency_that_is_not_in_the_register_is_kept_as_written_though_one_there_is_called_so(school):
    document, share, sent = given(school, reader="agency", name="Mrs Hill", organisation="SARN primary school")
    assert (document.agency, share.agency, share.person) == (None, None, None)
    assert (document.organisation, share.organisation, share.reader_name) == ("SARN primary school", "SARN primary school", "Mrs Hill")  # fmt: skip
    assert "agency" not in sent.about


def test_a_professional_of_the_childs_network_is_offered_and_written_to_where_they_work(school):
    with school.at_work():
        amy = cast.viewer(school.workers["Amy"])
        opened = people.child_for(amy, school.kit, page="test")
        register.join_network(opened, school.teacher, "Teaches Kit", cast.days_ago(70), by=amy)
    page = paperwork.page(school.amy, "write-letter", school.kit, "closure")
    assert "Ada Okoro, Sarn Primary School" in page
    document, share, sent = given(school, reader=f"professional:{school.teacher}")
    assert (document.professional, document.agency, document.person) == (school.teacher, school.school, None)
    assert (share.person, share.agency, share.organisation) == (school.teacher, school.school, "Sarn Primary School")
    assert (sent.about["person"], sent.about["agency"]) == (str(school.teacher), str(school.school))
    assert document.write_to == "School Lane\nSarn"
    shown = paperwork.said(school.amy.get(reverse("documents", args=[school.kit])))
    assert "Ada Okoro" in shown[shown.index('id="ledger"') :]
    assert "Sarn Primary School" in shown[shown.index('id="ledger"') :]
    # By post: it goes to the agency, and is not held for want of a home of theirs.
    posted = school.amy.post(reverse("document-act", args=[school.kit, document.id]), {"act": "send", "way": "post"})
    assert posted.status_code == 302
    assert "Ada Okoro" in paperwork.said(school.amy.get(reverse("print-queue")))


def test_an_agency_of_the_register_and_another_name_beside_it_are_refused_and_a_name_is_wanted_for_neither(school):
    write = reverse("write-letter", args=[school.kit, "closure"])
    both = {"reader": "agency", "agency": str(school.school), "organisation": "Another school", "layout": "standard"}
    for sent, words in (
        (both, "not both"),
        ({"reader": "agency", "layout": "standard"}, "Enter the name of the person"),
    ):
        answer = school.amy.post(write, NOBODY | sent)
        assert answer.status_code == 422
        assert words in paperwork.said(answer)
    with school.at_work():
        register.end_agency(register.one_agency(school.other), cast.days_ago(1), by=cast.viewer(school.workers["Amy"]))
    answer = school.amy.post(write, NOBODY | {"reader": "agency", "agency": str(school.other), "layout": "standard"})
    assert answer.status_code == 422
