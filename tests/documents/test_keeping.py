"""What was agreed to be kept from somebody: found however it is written, in letters, in changed Word files, and in what is on its way."""

import io

import docx
import pytest
from test_letters import ENDED, letter_for, made

import cast
from kith.core import ids
from kith.documents import actions, holding, keeping, selectors
from kith.documents.models import Delivery, Document, Version
from kith.record.fact import NotRecorded

pytestmark = [pytest.mark.django_db, pytest.mark.clause("WOR-359")]


def keep(town, viewer, words, **coded):
    """It is agreed with Ros that something is kept from Fin."""
    about = {"child": town.kit, "sensitive": ids.new(), "person": town.fin, "other": town.ros}
    said = {"exact_words": words, "risk": "He waits there."}
    cast.recorded(cast.fact("sensitive.agreed", about, words=said, **{"kept_from": "person", **coded}), by=viewer)
    return about["sensitive"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See you at the WEDNESDAY\n  group.", "Wednesday group"), ("The Wednesday’s grouping", ""), ("Midwednesday group", ""), ("Ann’s flat", "Ann's flat"),
        ("She planned a flat", ""),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_spaced_and_written_and_never_inside_another_word(text, found):
    assert keeping.found_in(text, ("Wednesday group", "Ann's flat", "Ann")) == found


def test_who_it_is_kept_from(town, viewer, opened):
    with town.at_work():
        keep(town, viewer, "Hill Street")
        keep(town, viewer, "the choir", kept_from="everyone_else")
        assert keeping.kept_from([town.kit], town.fin) == ("Hill Street", "the choir")
        assert keeping.kept_from([town.kit], town.ros) == ()
        assert keeping.kept_from([town.kit], town.kit) == ("the choir",)
        assert keeping.kept_from([town.kit], None) == ()


def test_it_ends_when_it_no_longer_has_to_be_kept(town, viewer, opened):
    with town.at_work():
        one = keep(town, viewer, "Hill Street")
        cast.recorded(cast.fact("sensitive.ended", {"child": town.kit, "sensitive": one}, since=1), by=viewer)
        assert keeping.kept_from([town.kit], town.fin) == ()


def test_no_letter_to_him_holds_it_and_its_author_sees_that_something_is_kept(town, viewer, opened):
    with town.at_work():
        keep(town, viewer, "Hill Street")
        with pytest.raises(NotRecorded, match="does not learn of “Hill Street”"):
            letter_for(
                town,
                viewer,
                opened,
                "parental_responsibility",
                {**ENDED, "own_words": "See you in Hill Street."},
                person=town.fin,
            )
        shown = letter_for(town, viewer, opened, "parental_responsibility", ENDED, person=town.fin)
        assert str(keeping.LEFT_OUT) in shown.paper.left_out


def test_a_changed_word_file_that_holds_it_is_refused(town, viewer, opened):
    with town.at_work():
        keep(town, viewer, "Hill Street")
        document, _version = made(town, viewer, opened, "parental_responsibility", ENDED, person=town.fin)
        changed = docx.Document(io.BytesIO(selectors.word_of(viewer, document)))
        changed.add_paragraph("She lives near Hill Street now.")
        out = io.BytesIO()
        changed.save(out)
        with pytest.raises(NotRecorded, match="does not learn of “Hill Street”"):
            actions.change(document, opened, out.getvalue(), "letter.docx", by=viewer)


def test_what_is_on_its_way_is_held_once_it_was_agreed_and_no_release_lets_it_go(town, viewer, opened):
    with town.at_work():
        answers = {**ENDED, "own_words": "See you in Hill Street."}
        document, version = made(town, viewer, opened, "parental_responsibility", answers, person=town.fin)
        delivery = actions.ask_delivery(document, version, opened, actions.Way("post"), by=viewer)
        before = holding.why_held(delivery, document)
        assert before is None or before.code != "kept"
        keep(town, viewer, "Hill Street")
        held = [hold.code for hold in holding._holds(Delivery.objects.get(), Document.objects.get())]
        assert "kept" in held
        assert holding.soft_codes(delivery, document)[1] is not None
        with pytest.raises(NotRecorded, match="make it anew without them"):
            actions.give(document, Version.objects.get(), opened, actions.Given("by_hand"), by=viewer)
