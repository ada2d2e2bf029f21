"""A form of several pages is walked a page at a time: saved at every turn, checked, and only then recorded."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

import cast
import paperwork
import walked
from kith.forms.models import Draft
from kith.record.models import Event

pytestmark = pytest.mark.django_db
ERROR = "There is a problem"


@pytest.fixture
def town(settings, tmp_path_factory):
    settings.KITH_SECOND_FACTOR = False
    settings.KITH_PACKS = [walked.shelf(tmp_path_factory.mktemp("packs"))]
    return paperwork.household("walkshire")


class Walker:
    """Somebody walking through the form about Kit, without a script: what the pages keep is sent on as they keep it."""

    def __init__(self, town, client=None, **asked):
        self.town, self.client = town, client or town.amy
        self.address = reverse("record-form", args=[town.kit, "look"])
        self.answer = self.client.get(self.address, asked)

    @property
    def page(self):
        return self.answer.content.decode()

    @property
    def at(self):
        return self.kept("page")

    def kept(self, name):
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return found.group(1) if found else ""

    def turn(self, act="continue", sent=None, **given):
        kept = {name: self.kept(name) for name in ("page", "draft", "version", "for", "corrects")}
        children = re.findall(r'type="hidden" name="children" value="([^"]*)"', self.page)
        told = {key: value for key, value in kept.items() if value} | {"children": children}
        self.answer = self.client.post(
            self.address, {**told, **paperwork.answers(**given), **(sent or {}), "act": act}, follow=True
        )
        return self

    def about(self, **given):
        return self.turn(when=cast.days_ago(2), note_kind=given.pop("note_kind", "direct_work"), title="Tea", **given)

    def wish(self, words="To stay with Nana", child=None):
        return self.turn(sent={f"{child or self.town.kit}-wish": words})


def the_draft(town):
    with town.at_work(writing=False):
        return Draft.objects.get(submitted_as=None)


def notes(town):
    with town.at_work(writing=False):
        return list(Event.objects.filter(kind="note.recorded").select_related("told").order_by("sequence"))


def test_it_is_walked_page_by_page_saved_at_each_turn_checked_and_then_recorded(town):
    one = Walker(town)
    assert (one.at, "Write it as you would say it to the family." in one.page) == ("about", True)
    assert "What does the child wish?" not in one.page
    one.about(safe="yes")
    assert (one.at, the_draft(town).answers["all"]["title"]) == ("each", "Tea")
    one.wish()
    assert (one.at, the_draft(town).answers[str(town.kit)]) == ("next", {"wish": "To stay with Nana"})
    assert notes(town) == []
    one.turn(who_helps=["nana", "school"], again_on=cast.days_ago(-7))
    assert one.at == "check"
    for words in ("Tea", "Direct work", "To stay with Nana", "Nana, School", "Not answered"):
        assert words in one.page
    assert ERROR not in one.page
    one.turn("record")
    (event,) = notes(town)
    assert event.coded["note_kind"] == "direct_work"
    assert event.told.words["wish"] == "To stay with Nana"
    assert event.told.words["who_helps"] == ["nana", "school"]
    with town.at_work(writing=False):
        assert not Draft.objects.filter(submitted_as=None).exists()


def test_a_page_is_asked_only_where_an_earlier_answer_calls_for_it_and_what_was_typed_there_is_not_recorded(town):
    one = Walker(town).about(safe="no")
    assert one.at == "harm"
    one.turn(hurt="Kit’s arm")
    one.wish()
    assert "Is the harm over?" in one.page
    one.turn()
    assert "Kit’s arm" in one.page
    one.turn("to:about")
    one.about(safe="yes")
    assert (one.at, "Kit’s arm" in one.page, "Is the harm over?" in one.page) == ("check", False, False)
    assert the_draft(town).answers["all"]["hurt"] == "Kit’s arm"
    one.turn("record")
    assert "hurt" not in notes(town)[0].told.words


def test_a_question_that_another_page_rules_out_is_not_asked(town):
    one = Walker(town).about(safe="yes").wish()
    assert (one.at, "Is the harm over?" in one.page) == ("next", False)


def test_back_and_any_page_come_to_are_open_and_the_others_are_not(town):
    one = Walker(town).about().turn("back", sent={f"{town.kit}-wish": "A den"})
    assert (one.at, "Tea" in one.page) == ("about", True)
    assert the_draft(town).answers[str(town.kit)] == {"wish": "A den"}
    assert one.turn("to:next", title="Tea").at == "about"
    assert one.turn("to:each", title="Tea").at == "each"
    draft = str(the_draft(town).id)
    asked = {page: Walker(town, draft=draft, page=page).at for page in ("about", "each", "next", "check", "nowhere")}
    assert asked == {"about": "about", "each": "each", "next": "each", "check": "each", "nowhere": "each"}
    assert Walker(town, draft=draft).at == "each"


def test_a_box_no_longer_ticked_and_a_text_emptied_are_gone_from_the_draft(town):
    one = Walker(town).about().wish().turn(who_helps=["nana"])
    assert the_draft(town).answers["all"]["who_helps"] == ["nana"]
    one.turn("to:next").turn()
    one.turn("to:about").turn(when=cast.days_ago(2))
    kept = the_draft(town).answers["all"]
    assert not {"who_helps", "title", "note_kind"} & kept.keys()
    assert "when" in kept


def test_what_is_only_wanting_does_not_hold_a_page_and_is_told_at_the_check_with_its_page_and_field(town):
    one = Walker(town).turn()
    assert (one.at, ERROR in one.page) == ("each", False)
    assert "3 answers wanted" not in one.page
    assert "2 answers wanted" in one.page
    one.turn().turn()
    assert one.at == "check"
    one.turn("record")
    assert (one.answer.status_code, ERROR in one.page, notes(town)) == (422, True, [])
    links = dict(re.findall(r'<a href="([^"]*)">(Enter the day it happened|Write what the child wishes)</a>', one.page))
    found = {
        words: (parse_qs(urlsplit(link.replace("&amp;", "&")).query)["page"], urlsplit(link).fragment)
        for link, words in links.items()
    }
    assert found == {
        "Enter the day it happened": (["about"], "id_all-when-day"),
        "Write what the child wishes": (["each"], f"id_{town.kit}-wish"),
    }
    link = next(one for one, words in links.items() if words.startswith("Write")).replace("&amp;", "&")
    page = town.amy.get(link).content.decode()
    assert 'href="#id_' in page
    assert page.count("Write what the child wishes") == 2
    assert "Enter the day it happened" not in page


def test_what_cannot_be_read_holds_its_page_says_so_and_is_kept(town):
    one = Walker(town).about().wish()
    one.turn(sent={"all-again_on-day": "31", "all-again_on-month": "2", "all-again_on-year": "2027"})
    assert (one.at, one.answer.status_code) == ("next", 422)
    assert "This must be a real date" in one.page
    assert the_draft(town).answers["all"]["again_on"] == "2027-2-31"
    one.turn("to:about")
    assert (one.at, one.turn("to:next", title="Tea").at) == ("about", "next")


def test_brothers_and_sisters_have_a_part_each_on_their_page(town):
    one = Walker(town)
    one.answer = town.amy.post(
        one.address,
        {
            "act": "continue",
            "page": "about",
            "children": [str(town.robin)],
            **paperwork.answers(when=cast.days_ago(2), note_kind="direct_work"),
        },
        follow=True,
    )
    assert (one.at, "Kit Marsh" in one.page, "Robin Marsh" in one.page) == ("each", True, True)
    one.turn(sent={f"{town.kit}-wish": "A den", f"{town.robin}-wish": ""})
    one.turn()
    assert one.at == "check"
    assert "Robin Marsh: Write what the child wishes" in one.turn("record").page
    one.turn("to:each").turn(sent={f"{town.kit}-wish": "A den", f"{town.robin}-wish": "A dog"})
    one.turn("record")
    (event,) = notes(town)
    assert event.told.words["parts"] == {str(town.kit): {"wish": "A den"}, str(town.robin): {"wish": "A dog"}}


def test_a_page_overtaken_in_another_window_shows_both_texts_and_goes_on_with_either(town):
    one, other = Walker(town).about(), None
    draft = str(the_draft(town).id)
    other = Walker(town, draft=draft)
    other.wish("A dog")
    one.wish("A den")
    assert one.answer.status_code == 409
    for words in ("A dog", "A den"):
        assert words in one.page
    one.turn("children", sent={f"{town.kit}-wish": "A den"})
    assert (one.at, the_draft(town).answers[str(town.kit)]["wish"]) == ("each", "A den")


def test_recording_from_a_check_that_was_overtaken_shows_the_answers_as_they_stand_now(town):
    one = Walker(town).about().wish().turn()
    other = Walker(town, draft=str(the_draft(town).id), page="each")
    other.wish("A dog")
    one.turn("record")
    assert (one.at, "A dog" in one.page, notes(town)) == ("check", True, [])
    assert "saved in another window" in one.page
    one.turn("record")
    assert notes(town)[0].told.words["wish"] == "A dog"


def test_a_correction_is_walked_from_what_was_recorded(town):
    Walker(town).about().wish().turn().turn("record")
    (event,) = notes(town)
    one = Walker(town, corrects=str(event.id))
    assert ("Correct: A long look" in one.page, "Tea" in one.page) == (True, True)
    one.turn(when=cast.days_ago(2), note_kind="direct_work", title="Tea and cake")
    assert "To stay with Nana" in one.page
    one.wish("To stay with Nana for good").turn().turn("record")
    assert [one.corrects for one in notes(town)] == [None, event.id]
    assert notes(town)[1].told.words == {"title": "Tea and cake", "wish": "To stay with Nana for good"}


def test_a_gate_stands_at_the_check_and_opens_with_a_reason(town):
    one = Walker(town).about(note_kind="supervision").wish().turn()
    one.turn("record")
    assert (one.answer.status_code, one.at) == (422, "check")
    assert "Supervision is kept in the chronology." in one.page
    one.turn("record", sent={"gate:look.supervision": "It was about cover only."})
    assert notes(town)[0].explained["look.supervision"]["reason"] == "It was about cover only."


def test_a_page_saves_itself_without_being_turned(town):
    one = Walker(town)
    sent = {"act": "save", "page": "about", **paperwork.answers(title="Half a th")}
    told = town.amy.post(one.address, sent, HTTP_X_KITH_AUTOSAVE="1").json()
    assert (told["version"], the_draft(town).reached) == (1, [])
    kept = Walker(town, draft=told["draft"])
    assert (kept.at, "Half a th" in kept.page) == ("about", True)


def test_a_walk_is_left_and_taken_up_where_it_was_or_thrown_away(town):
    Walker(town).about().turn("save", sent={f"{town.kit}-wish": "A den"})
    records = paperwork.page(town.amy, "records", town.kit)
    assert str(the_draft(town).id) in records
    one = Walker(town, draft=str(the_draft(town).id))
    assert (one.at, "A den" in one.page) == ("each", True)
    one.turn("give_up")
    with town.at_work(writing=False):
        assert not Draft.objects.exists()


def test_the_whole_form_sent_at_once_is_recorded_or_led_to_the_check(town):
    sent = {f"{town.kit}-wish": "A den"}
    answer = paperwork.record(town.amy, town.kit, "look", {**sent, "all-note_kind": ""})
    assert (answer.status_code, "Select what kind it is" in paperwork.said(answer)) == (422, True)
    assert paperwork.record(town.amy, town.kit, "look", sent, note_kind="direct_work").status_code == 302
    assert len(notes(town)) == 1


def test_a_form_of_the_base_with_several_pages_is_walked_and_a_visit_stays_one_page(town):
    page = paperwork.page(town.amy, "record-form", town.kit, "contact")
    assert ("Who is in touch" in page, "What do they tell us?" in page) == (True, False)
    visit = paperwork.page(town.amy, "record-form", town.kit, "visit")
    for words in ("Where was the visit?", "Was the child seen?", "What happens next", "Record it"):
        assert words in visit
