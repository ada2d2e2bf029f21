"""Letters: what each variant says, for whom, and what a copy never tells its reader."""

import subprocess

import pytest

from kith.documents import actions, files, selectors
from kith.documents.copies import Reader
from kith.documents.models import Document, Share, Version
from kith.documents.writing import written
from kith.record.fact import NotRecorded

pytestmark = pytest.mark.django_db


def text_of(content, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(content)
    told = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, text=True)
    return " ".join(told.stdout.split())


def letter_for(town, viewer, opened, kind, answers, *, letter="closure", person=None, layout="standard"):
    reader = Reader(kind, "Mrs Okoro", None, "Sarn Primary School", "School Lane\nSarn")
    if kind != "agency":
        name = {town.ros: "Ros Marsh", town.fin: "Fin Marsh", town.kit: "Kit Marsh"}[person]
        reader = Reader(kind, name, person)
    paper = selectors.paper(viewer, opened, reader, [opened.id])
    return written(selectors.letters()[letter], paper, answers, layout=layout)


def made(town, viewer, opened, *args, **more):
    document = actions.make_letter(letter_for(town, viewer, opened, *args, **more), opened, by=viewer)
    return Document.objects.get(id=document), Version.objects.get(document=document)


ENDED = {"ended": "involvement", "outcome": "no_action", "concluded_by": "core_assessment"}


def test_a_letter_is_made_kept_and_given(town, viewer, opened, tmp_path):
    with town.at_work():
        document, version = made(town, viewer, opened, "parental_responsibility", ENDED, person=town.ros)
        content = files.kept(version.digest)
        assert "Dear Ros Marsh" in text_of(content, tmp_path)
        actions.give(document, version, opened, actions.Given("by_hand", understood=True), by=viewer)
        share = Share.objects.get()
    assert (share.person, share.digest, share.how, share.understood) == (town.ros, version.digest, "by_hand", True)


@pytest.mark.clause("WOR-431")
def test_a_copy_for_one_parent_never_holds_where_the_other_lives(town, viewer, opened, tmp_path):
    with town.at_work():
        for who, other in ((town.ros, ("3 Quay Street", "ZZ99 2BB")), (town.fin, ("12 Elm Road", "ZZ99 1AA"))):
            _, version = made(town, viewer, opened, "parental_responsibility", ENDED, person=who)
            said = text_of(files.kept(version.digest), tmp_path)
            assert [one for one in other if one in said] == []
        for leak in ("He is at 3 quay street", "Ring 07700900456.", "zz99 2bb", "+44 7700 900 456"):
            with pytest.raises(NotRecorded, match="somebody else’s address or number"):
                letter_for(town, viewer, opened, "parental_responsibility", {**ENDED, "own_words": leak}, person=town.ros)  # fmt: skip
