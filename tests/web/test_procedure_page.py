"""The procedure as a page: its control data, what it asks, what every family is offered; and what of it stands on papers."""

import datetime as dt
import re
import subprocess

import pytest
from django.urls import reverse

import paperwork
from kith.documents import files
from kith.documents.models import Document
from kith.record import procedures
from kith.web.procedure.views import review_overdue

pytestmark = pytest.mark.django_db
CONTROL = ("Guidance", "Revised", "January 2015", "SMT", "Head of Fieldwork", "Monday 30 September 2024")
DUE = "The review of this procedure was due on Monday 30 September 2024"


@pytest.fixture
def leicestershire(settings):
    settings.KITH_SECOND_FACTOR = False
    return paperwork.household("leicestershire")


@pytest.mark.clause("LEI-001")
def test_the_page_says_what_the_document_says_of_itself(leicestershire):
    page = paperwork.page(leicestershire.amy, "procedure")
    for words in CONTROL:
        assert words in page


@pytest.mark.clause("LEI-001")
def test_those_who_keep_the_house_in_order_are_told_that_the_review_is_overdue_and_nobody_else_is(leicestershire):
    with leicestershire.at_work():
        admin = leicestershire.worker("Ada", "access_administrator")
        head = leicestershire.worker("Hal", "head_of_service")
    for one, name in ((admin, "practitioners"), (admin, "my-work"), (head, "oversight")):
        assert DUE in paperwork.page(paperwork.desk(one), name)
    assert DUE not in paperwork.page(leicestershire.amy, "my-work")
    assert DUE in paperwork.page(leicestershire.amy, "procedure")
    stack = procedures.stack_of(leicestershire.authority.id)
    assert review_overdue(stack, dt.date(2024, 9, 30)) == ""
    assert review_overdue(stack, dt.date(2024, 10, 1)) == "Monday 30 September 2024"


def test_a_procedure_that_says_nothing_of_itself_has_no_line_and_is_never_overdue(settings):
    settings.KITH_SECOND_FACTOR = False
    town = paperwork.household("lincolnshire")
    page = paperwork.page(town.amy, "procedure")
    assert "Next review due" not in page
    assert "review of this procedure was due" not in page


@pytest.mark.clause("LEI-001")
def test_a_paper_carries_the_control_data_at_its_foot(leicestershire):
    made = letter(leicestershire)
    text = pdf_text(made)
    for words in ("Guidance, revised, approved January 2015 by SMT", "Head of Fieldwork", "30 September 2024"):
        assert words in text


def letter(town, **more):
    sent = {
        "reader": f"child:{town.kit}",
        "layout": "standard",
        "act": "make",
        "all-shared": "assessment",
        "all-own_words": "Thank you.",
        **more,
    }
    answer = town.amy.post(reverse("write-letter", args=[town.kit, "covering"]), sent)
    assert answer.status_code == 302, paperwork.said(answer)
    with town.at_work(writing=False):
        version = Document.objects.order_by("-made_at", "-id").first().versions.first()
        return files.kept(version.digest)


def pdf_text(content):
    told = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub(r"\s+", " ", told.stdout.decode())


def test_the_page_finds_a_clause_and_a_word_and_says_when_there_is_neither(leicestershire):
    page = paperwork.page(leicestershire.amy, "procedure", words="LEI-018")
    assert "Answer whoever asked for accommodation" in page
    assert "Follow the guidance on babies" not in page
    assert "Nothing in this part holds these words" in paperwork.page(leicestershire.amy, "procedure", words="zebra")


def test_the_law_beneath_a_local_procedure_is_a_part_of_its_own(leicestershire):
    own, beneath = (paperwork.page(leicestershire.amy, "procedure", **asked) for asked in ({}, {"part": "england"}))
    assert "?part=england" in own
    assert "Head of Fieldwork" not in beneath
    assert own != beneath


@pytest.mark.clause("FRG-028")
def test_a_council_that_offers_every_family_a_conference_says_so_in_letters_to_the_family_from_the_day_it_begins(
    leicestershire,
):
    words = "every family here may have a Family Group Conference"
    assert words not in pdf_text(letter(leicestershire))
    leicestershire.authority.adopts = ["care_crisis_review@2018-06"]
    leicestershire.authority.save()
    procedures.forget()
    assert words in pdf_text(letter(leicestershire))
    page = paperwork.page(leicestershire.amy, "meetings", leicestershire.kit)
    for line in (
        "What every family is offered: Family Group Conference",
        "From Friday 1 June 2018",
        "Every family whose child might come into care",
    ):
        assert line in page
    assert procedures.stack_of(leicestershire.authority.id).local_offers("2018-05-31") == []
