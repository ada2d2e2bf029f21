"""Copies of a whole plan and of what an assessment concluded, as their PDF says them, in the layouts that are easier to read.

KITH_WRITE_GOLDEN=1 writes them anew, to be read again.
"""

import os
import re
import subprocess

import pytest
from django.urls import reverse
from drawn import assessment_of_kit, plan_of_kit
from test_golden import GOLDEN, said

import paperwork
from kith.documents import files
from kith.documents.models import Document
from kith.documents.selectors import versions_of

pytestmark = pytest.mark.django_db
COPIES = {"plan": ("plan_copy", "whole"), "conclusions": ("assessment_report", "conclusions")}
READERS = {"mother": "parental_responsibility", "child": "child", "agency": "agency"}
EVERY = [(of, reader, layout) for of in COPIES for reader in READERS for layout in ("large_print", "plain")]


def made(town, of, reader, layout):
    """The PDF of a copy that is made by the pages."""
    letter, what = COPIES[of]
    kind = READERS[reader]
    person = {"mother": f":{town.ros}", "child": f":{town.kit}"}.get(reader, "")
    sent = {
        "reader": kind + person, "layout": layout, "act": "make", "name": "Nia Rees" if kind == "agency" else "", "agency": "",
        "organisation": "Sarn Clinic" if kind == "agency" else "", "write_to": "", **paperwork.answers(what=what),
    }  # fmt: skip
    answer = town.amy.post(reverse("write-letter", args=[town.kit, letter]), sent)
    assert answer.status_code == 302, paperwork.said(answer)
    with town.at_work(writing=False):
        document = Document.objects.get(id=answer.url.rpartition("/")[2])
        return files.kept(versions_of(document.id)[0].digest)


@pytest.fixture
def written(town):
    town.plan, town.assessment = plan_of_kit(town), assessment_of_kit(town)
    return town


@pytest.mark.parametrize(("of", "reader", "layout"), EVERY, ids=["-".join(one) for one in EVERY])
def test_a_copy_says_this_and_nothing_else(written, tmp_path, of, reader, layout):
    text = said(made(written, of, reader, layout), tmp_path)
    path = GOLDEN / "copies" / f"{of}-{reader}-{layout}.txt"
    if os.environ.get("KITH_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize(("of", "layout"), [(of, layout) for of in COPIES for layout in ("large_print", "plain")])
def test_a_copy_is_a_tagged_pdf_in_larger_letters_with_its_headings_and_lists(written, tmp_path, of, layout):
    path = tmp_path / "copy.pdf"
    path.write_bytes(made(written, of, "mother", layout))

    def told(*command):
        return subprocess.run([*command, str(path)], capture_output=True, check=True).stdout.decode(errors="replace")

    tags, about = told("pdfinfo", "-struct-text"), told("pdfinfo")
    assert re.search(r"Tagged: +yes", about)
    assert re.search(r"Title: +(The plan for|Assessment of) Kit Marsh", about)
    assert [one for one in ("H1", "H2", "P (block)", *(["LI"] if of == "plan" else [])) if one not in tags] == []
    xml = subprocess.run(["pdftohtml", "-xml", "-stdout", "-i", str(path)], capture_output=True, check=True).stdout.decode(errors="replace")  # fmt: skip
    sizes = [int(one) for one in re.findall(r'fontspec id="\d+" size="(\d+)"', xml)]
    assert max(sizes) >= (24 if layout == "large_print" else 18)
    assert min(sizes) >= (14 if layout == "large_print" else 11)
