"""The pages of documents: a letter from choosing it to the ledger, as a worker goes through them."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.documents.models import Delivery, Document, Share, Version
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
        return Document.objects.order_by("-made_at").first()


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
