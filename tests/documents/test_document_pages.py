"""The pages of documents: a letter from choosing it to the ledger, as a worker goes through them."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.core import ids
from kith.documents.models import Delivery, Document, Share, Version
from kith.record import actions as records
from kith.record import verifying
from kith.record.models import Event

pytestmark = pytest.mark.django_db
SAYS = {"all-ended": "involvement", "all-outcome": "no_action", "all-concluded_by": "core_assessment"}


def write(town, act, *, to=None, letter="closure", **more):
    reader = to or f"parental_responsibility:{town.ros}"
    sent = {"reader": reader, "layout": "standard", "act": act, **SAYS, **more}
    return town.amy.post(reverse("write-letter", args=[town.kit, letter]), sent)


def made(town, **more):
    answer = write(town, "make", **more)
    assert answer.status_code == 302, paperwork.said(answer)
    with town.at_work(writing=False):
        return Document.objects.order_by("-made_at", "-id").first()


def act(town, document, what, client=None, **sent):
    return (client or town.amy).post(reverse("document-act", args=[town.kit, document.id]), {"act": what, **sent})


def test_a_letter_from_choosing_it_to_the_ledger(town):
    assert "Closing letter" in paperwork.page(town.amy, "choose-letter", town.kit)
    asked = paperwork.page(town.amy, "write-letter", town.kit, "closure")
    assert "Ros Marsh, holds parental responsibility" in asked
    preview = paperwork.said(write(town, "preview"))
    for words in (
        "What Ros Marsh will see",
        "Thank you for working with us",
        "12 Elm Road",
        "What this copy leaves out",
    ):
        assert words in preview
    with town.at_work(writing=False):
        assert not Document.objects.exists()
    document = made(town)
    assert act(town, document, "given", how="by_hand", understood="yes", note="She read it aloud").status_code == 302
    page = paperwork.page(town.amy, "documents", town.kit)
    for words in ("Our work with Kit Marsh has ended", "A copy made for Ros Marsh", "By hand", "Understood", "She read it aloud", "Version 1"):  # fmt: skip
        assert words in page
    with town.at_work(writing=False):
        sent = Event.objects.get(kind="letter.sent/closure")
    assert (sent.about["person"], sent.coded["sent_to"]) == (str(town.ros), "parental_responsibility")


def test_what_is_missing_is_asked_for_in_the_words_of_the_pack(town):
    answer = write(town, "preview", **{"all-outcome": ""})
    assert answer.status_code == 422
    assert "Select how it ended" in paperwork.said(answer)


@pytest.mark.clause("WOR-431")
def test_the_page_refuses_a_copy_that_would_tell_where_somebody_lives(town):
    answer = write(town, "make", **{"all-own_words": "Fin is at 3 Quay Street now."})
    assert answer.status_code == 422
    assert "somebody else’s address or number" in paperwork.said(answer)
    with town.at_work(writing=False):
        assert not Document.objects.exists()


def test_a_file_is_served_to_be_saved_and_never_run(town):
    document = made(town)
    with town.at_work(writing=False):
        version = Version.objects.get()
    answer = town.amy.get(reverse("document-file", args=[town.kit, document.id, version.id]))
    assert answer.content[:5] == b"%PDF-"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert answer["Content-Security-Policy"].startswith("sandbox")


def test_a_letter_about_two_children_is_shown_only_to_whoever_may_open_both(town):
    document = made(town, children=[str(town.robin)])
    with town.at_work():
        closed = {"child": town.robin, "worker": town.workers["Bea"].id}
        cast.recorded(cast.fact("access.closed_to", closed, since=1, closed_because="other"), by=town.workers["Amy"])
    assert town.amy.get(reverse("document", args=[town.kit, document.id])).status_code == 200
    assert town.bea.get(reverse("document", args=[town.kit, document.id])).status_code == 404
    assert "has ended" not in paperwork.page(town.bea, "documents", town.kit)


def test_refusing_it_and_not_understanding_it_stand_in_the_ledger(town):
    document = made(town)
    act(town, document, "given", how="by_hand")
    act(town, document, "understood", understood="no", note="She asked for it in Polish")
    act(town, document, "refused", refused_by="person", reason="She has one already")
    page = paperwork.page(town.amy, "document", town.kit, document.id)
    for words in ("Not understood", "She asked for it in Polish", "They did not want it", "She has one already"):
        assert words in page


def test_what_is_posted_waits_to_be_printed_and_is_marked(town):
    document = made(town)
    assert act(town, document, "send", way="post").status_code == 302
    assert "For Ros Marsh" in paperwork.page(town.amy, "print-queue")
    with town.at_work(writing=False):
        row = Delivery.objects.get()
    town.amy.post(reverse("decide-delivery", args=[town.kit, document.id, row.id]), {"act": "posted"})
    with town.at_work(writing=False):
        assert Share.objects.get().how == "post"
    assert "Nothing waits to be printed" in paperwork.page(town.amy, "print-queue")


def test_nothing_is_listed_for_printing_after_a_death(town):
    document = made(town)
    act(town, document, "send", way="post")
    with town.at_work():
        cast.recorded(cast.fact("child.died", {"child": town.kit, "family": town.family}, since=0), by=town.workers["Amy"])  # fmt: skip
    assert "Nothing waits to be printed" in paperwork.page(town.amy, "print-queue")
    assert "Our work with Kit Marsh" in paperwork.page(town.amy, "held")


def test_a_letter_that_wants_approval_is_given_only_once_somebody_else_approved_it(strict):
    document, moll = made(strict, letter="covering"), paperwork.desk(strict.workers["Moll"])
    assert "Waiting for approval" in paperwork.page(strict.amy, "documents", strict.kit)
    assert act(strict, document, "given", how="by_hand").status_code == 422
    approve = reverse("approve-document", args=[strict.kit, document.id])
    assert strict.amy.post(approve, {"act": "approve"}).status_code == 403
    assert moll.post(approve, {"act": "return", "comment": " "}).status_code == 422
    moll.post(approve, {"act": "return", "comment": "Say which plan"})
    assert "Say which plan" in paperwork.page(strict.amy, "document", strict.kit, document.id)
    moll.post(approve, {"act": "approve"})
    assert act(strict, document, "given", how="by_hand").status_code == 302
    with strict.at_work(writing=False):
        assert (Document.objects.get().approved_by, Share.objects.count()) == (strict.workers["Moll"].id, 1)


def test_a_manager_does_not_approve_what_they_wrote(strict):
    moll = paperwork.desk(strict.workers["Moll"])
    sent = {"reader": f"parental_responsibility:{strict.ros}", "layout": "standard", "act": "make"}
    moll.post(reverse("write-letter", args=[strict.kit, "covering"]), sent)
    with strict.at_work(writing=False):
        document = Document.objects.get()
    assert moll.post(reverse("approve-document", args=[strict.kit, document.id])).status_code == 403


def test_a_copy_with_an_address_kept_to_a_persons_workers_is_kept_to_them_too(town):
    with town.at_work():
        cast.recorded(cast.fact("home.moved_in", {"home": ids.new(), "person": town.ros}, since=5, words={"address": "The Refuge, 1 Hidden Row", "postcode": "ZZ99 3CC"}, home_use="refuge", may_know="named_workers_only"), by=town.workers["Amy"])  # fmt: skip
    document = made(town)
    with town.at_work(writing=False):
        version = Version.objects.get()
    address = reverse("document-file", args=[town.kit, document.id, version.id])
    assert town.amy.get(address).status_code == 200
    assert town.bea.get(address).status_code == 403
    assert "Hidden Row" not in paperwork.page(town.bea, "document", town.kit, document.id)
    assert "Hidden Row" not in paperwork.page(town.bea, "chronology", town.kit)
    refused = town.bea.post(reverse("write-letter", args=[town.kit, "closure"]), {"reader": f"parental_responsibility:{town.ros}", "layout": "standard", "act": "preview", **SAYS})  # fmt: skip
    assert "Hidden Row" not in paperwork.said(refused)
    assert "It carries no address: only the workers of this person may know where they live" in paperwork.said(refused)


def test_the_rows_are_what_the_record_says_and_come_out_the_same_when_made_anew(town):
    document = made(town)
    act(town, document, "given", how="by_hand", understood="yes")
    with town.at_work():
        before = [list(model.objects.order_by("id").values()) for model in (Document, Version, Share)]
        assert verifying.differences() == []
        Document.objects.all().delete()
        assert len(verifying.differences()) >= 4
        list(verifying.rebuild())
        assert [list(model.objects.order_by("id").values()) for model in (Document, Version, Share)] == before


def test_a_letter_kept_on_the_wrong_child_is_sealed_out_of_every_page(town):
    document = made(town)
    with town.at_work():
        records.seal(Event.objects.get(kind="document.made"), "It was about another child", by=town.workers["Amy"])
    assert town.amy.get(reverse("document", args=[town.kit, document.id])).status_code == 404
