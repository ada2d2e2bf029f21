"""Worcestershire's invitation: the principles and whom to ring for everybody, the guidance on sharing information for professionals."""

import os

import pytest
from test_golden import GOLDEN, said

import cast
from kith.access import selectors as access
from kith.core import ids
from kith.documents import actions, files, selectors
from kith.documents.copies import Reader
from kith.documents.models import Version
from kith.documents.writing import written
from kith.web.documents.beginnings import Begun
from kith.web.meetings import copies

pytestmark = pytest.mark.django_db
PRINCIPLES = [f"{number}. " for number in range(1, 10)]
GUIDANCE = "www.gov.uk/government/publications/safeguarding-practitioners-information-sharing-advice"


def arranged(town, a_type):
    """A meeting arranged, that Rosa co-ordinates, with Ros and Kit on its list."""
    with town.at_work():
        rosa = town.worker("Rosa", "family_meeting_coordinator")
        rosa.telephone = "01632 960177"
        rosa.save(update_fields=["telephone"])
        about, amy = {"child": town.kit, "family": town.family, "meeting": ids.new()}, town.workers["Amy"]
        words = {
            "starts_at": "10:00",
            "venue": "The hall in Upper Sarn",
            "purpose": "That the family makes a plan for Kit.",
        }
        day = cast.days_ago(-9).isoformat()
        cast.recorded(
            cast.fact(
                f"meeting.arranged/{a_type}", {**about, "coordinator": rosa.id}, since=9, words=words, held_on=day
            ),
            by=amy,
        )
        for person, part in ((town.ros, "parent"), (town.kit, "child")):
            cast.recorded(
                cast.fact(f"meeting.guest_named/{a_type}", {**about, "person": person}, since=8, guest_part=part),
                by=amy,
            )
    return str(about["meeting"])


def letter_to(town, viewer, opened, kind, meeting):
    """The invitation for one reader, with what it has filled in already and nothing besides."""
    name, person = {"child": ("Kit Marsh", town.kit), "relative": ("Fin Marsh", town.fin)}.get(
        kind, ("Ros Marsh", town.ros)
    )
    reader = (
        Reader(kind, "Mrs Okoro", None, "Sarn Primary School", "School Lane\nSarn")
        if kind == "agency"
        else Reader(kind, name, person)
    )
    letter = selectors.letters()["meeting_invitation"]
    copy = copies.begun(viewer, opened, letter, meeting, "")
    paper = Begun(meeting=copy).drawn(selectors.paper(viewer, opened, reader, [opened.id]))
    return written(letter, paper, copy.answers, layout="standard")


def texts(town, viewer, opened, a_type):
    meeting = arranged(town, a_type)
    with town.at_work():
        kinds = selectors.letters()["meeting_invitation"].to
        return {kind: letter_to(town, viewer, opened, kind, meeting).composed.text() for kind in kinds}


@pytest.mark.clause("WOR-302", "WOR-304", "WOR-308", "WOR-403")
def test_everybody_is_told_the_principles_whom_to_ring_and_that_they_may_ask_for_time_out(town, viewer, opened):
    found = texts(town, viewer, opened, "family_meeting")
    assert set(found) == {"child", "parental_responsibility", "carer", "relative", "agency"}
    for kind, text in found.items():
        places = [text.find(one) for one in PRINCIPLES]
        assert places == sorted(places), kind
        assert places[0] > 0, kind
        assert "ring Rosa on 01632 960177" in text, kind
        assert "You may ask for an explanation, or for time out, at any moment." in text, kind


@pytest.mark.clause("WOR-309")
def test_a_professional_is_given_the_guidance_on_sharing_information_and_a_family_is_not(town, viewer, opened):
    found = texts(town, viewer, opened, "family_meeting")
    assert [kind for kind, text in found.items() if GUIDANCE in text] == ["agency"]


def test_another_meeting_is_invited_to_without_the_principles_of_family_meetings(town, viewer, opened):
    found = texts(town, viewer, opened, "child_in_need")
    assert [kind for kind, text in found.items() if "Family Meetings stand on" in text or GUIDANCE in text] == []
    assert all("ring Rosa on 01632 960177" in text for text in found.values())


def test_the_number_is_the_coordinators_own_and_empty_where_they_have_none(town, viewer, opened):
    meeting = arranged(town, "family_meeting")
    with town.at_work():
        rosa = access.practitioner(town.workers["Rosa"].id)
        rosa.telephone = ""
        rosa.save(update_fields=["telephone"])
        copy = copies.begun(viewer, opened, selectors.letters()["meeting_invitation"], meeting, "")
    assert "coordinator_telephone" not in copy.answers
    assert copy.answers["chair"] == "Rosa"


def test_the_invitation_says_this_and_nothing_else(town, viewer, opened, tmp_path):
    meeting, wrong = arranged(town, "family_meeting"), {}
    for kind in ("child", "parental_responsibility", "carer", "relative", "agency"):
        with town.at_work():
            document = actions.make_letter(letter_to(town, viewer, opened, kind, meeting), opened, by=viewer)
            text = said(files.kept(Version.objects.get(document=document).digest), tmp_path)
        path = GOLDEN / f"worcestershire-meeting_invitation-{kind}.txt"
        if os.environ.get("KITH_WRITE_GOLDEN"):
            path.write_text(text, "utf-8")
        if text != path.read_text("utf-8"):
            wrong[kind] = text
    assert wrong == {}
