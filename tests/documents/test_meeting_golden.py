"""The letters of a meeting in every variant, as their PDFs say them: read once by a person, and kept word for word in `golden/`.

KITH_WRITE_GOLDEN=1 writes them anew, to be read again. KITH_LOOK=FOLDER keeps the PDFs there, to be looked at.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from test_golden import GOLDEN, said

import cast
import gathering
from kith.documents import actions, files, selectors
from kith.documents.copies import Reader
from kith.documents.models import Version
from kith.documents.writing import written
from kith.meetings import story
from kith.people import selectors as people
from kith.web.documents.beginnings import Begun
from kith.web.meetings import copies

pytestmark = pytest.mark.django_db

OWN_WORDS = "Amy comes to the bus with you if you like."
SAID = {
    "meeting_invitation": {"moved": False, "own_words": OWN_WORDS},
    "meeting_invitation-moved": {"moved": True},
    "meeting_kept_out": {
        "reasons": "At the last meeting you stood over Ros, and Kit heard it.", "other_way": "Amy meets you the day before and reads out what you wrote.",
        "afterwards": "You are told what was agreed about your time with Kit.",
    },
    "meeting_not_held": {"why": "The room was double-booked.", "next": "We ring you on Monday to find a day that suits you."},
    "meeting_refused": {"reasons": "Your family has met by itself and made a plan that works.", "instead": "Amy comes on Fridays as before."},
    "meeting_bundle": {"looked_at": "yes", "own_words": OWN_WORDS},
    "meeting_record": {"own_words": OWN_WORDS},
}  # fmt: skip


@pytest.fixture
def town(settings, tmp_path):
    settings.KITH_SECOND_FACTOR = False
    settings.KITH_FILES = str(tmp_path / "files")
    one = gathering.leicestershire()
    with one.at_work():
        amy = one.workers["Amy"]
        amy.telephone, amy.job_title = "0116 496 0111", "Social worker"
        amy.save()
        for person in (one.ros, one.fin):
            parent = {"child": one.kit, "person": person}
            cast.recorded(cast.fact("parental_responsibility.gained", parent, since=80, through="mother"), by=amy)
    return one


def letters_made(town, variant, folder):
    """A letter made for each of those it can be for: what its PDF says, by the kind of reader."""
    name, found = variant.partition("-")[0], {}
    with town.at_work():
        viewer = cast.viewer(town.workers["Amy"])
        opened = people.child_for(viewer, town.kit, page="test")
        letter, meeting = selectors.letters()[name], gathering_of(town)
        for kind in letter.to:
            reader, key = reader_of(town, kind)
            copy = copies.begun(viewer, opened, letter, meeting, key)
            paper = Begun(meeting=copy).drawn(selectors.paper(viewer, opened, reader, [opened.id]))
            answers = {**answered(letter, copy.answers), **SAID[variant]}
            if name == "meeting_record":
                answers |= {
                    "was_there": (there := answers.get("was_there", kind == "agency")),
                    "why_them": "" if there else "They are part of the plan.",
                }
            made = written(letter, paper, answers, layout="standard")
            document = actions.make_letter(made, opened, by=viewer)
            content = files.kept(Version.objects.get(document=document).digest)
            (folder / f"{variant}-{kind}.pdf").write_bytes(content)
            found[kind] = said(content, folder)
    return found


def answered(letter, filled_in):
    """What a letter has filled in already, as its author sends it: yes and no are no words."""
    yes_no = {one.key for one in letter.asks if one.answer == "yes_no"}
    return {key: value == "yes" if key in yes_no else value for key, value in filled_in.items()}


def gathering_of(town):
    return next(iter(story.of_child(town.kit)))


def reader_of(town, kind):
    """Somebody whom a letter is for, and their place on the list of the meeting."""
    if kind == "agency":
        return Reader(kind, "Mrs Okoro", None, "Sarn Primary School", "School Lane\nSarn"), ""
    name, person = {"child": ("Kit Marsh", town.kit), "relative": ("Fin Marsh", town.fin)}.get(
        kind, ("Ros Marsh", town.ros)
    )
    return Reader(kind, name, person), str(person)


def ready_for(town, variant):
    """A meeting in the state in which such a letter is written."""
    {"meeting_record": gathering.over, "meeting_refused": gathering.asked}.get(variant, gathering.ahead)(town)


@pytest.mark.parametrize("variant", sorted(SAID))
def test_a_letter_of_a_meeting_says_this_and_nothing_else(town, tmp_path, variant):
    ready_for(town, variant)
    found = letters_made(town, variant, tmp_path)
    assert found
    for kind, text in found.items():
        path = GOLDEN / f"{variant}-{kind}.txt"
        if os.environ.get("KITH_WRITE_GOLDEN"):
            path.write_text(text, "utf-8")
        if look := os.environ.get("KITH_LOOK"):
            shutil.copy(tmp_path / f"{variant}-{kind}.pdf", Path(look))
    assert {
        kind: text for kind, text in found.items() if text != (GOLDEN / f"{variant}-{kind}.txt").read_text("utf-8")
    } == {}


@pytest.mark.parametrize("variant", ["meeting_invitation", "meeting_bundle", "meeting_record"])
def test_its_pdf_is_tagged_with_headings_and_lists_its_title_and_its_fonts(town, tmp_path, variant):
    ready_for(town, variant)
    letters_made(town, variant, tmp_path)
    path = str(tmp_path / f"{variant}-parental_responsibility.pdf")
    told, about, fonts = (
        subprocess.run([*command, path], capture_output=True, check=True, text=True, errors="replace").stdout
        for command in (["pdfinfo", "-struct-text"], ["pdfinfo"], ["pdffonts"])
    )
    assert re.search(r"Tagged: +yes", about)
    title = {"meeting_invitation": "Invitation: Family Care and Protect Meeting", "meeting_bundle": "Papers for the meeting", "meeting_record": "what was said and agreed"}[variant]  # fmt: skip
    assert title in about
    assert [one for one in ("H1", "H2", "LI", "P (block)") if one not in told] == []
    if variant == "meeting_bundle":
        assert "Figure" in told
    assert all(" yes yes " in line for line in fonts.splitlines()[2:])
