"""The closing letter in every variant, as its PDF says it: read once by a person, and kept word for word in `golden/`.

KITH_WRITE_GOLDEN=1 writes them anew, to be read again.
"""

import os
import re
import subprocess
import textwrap
from pathlib import Path

import pytest
from test_letters import letter_for, made

from kith.documents import files
from kith.record.procedures import calendar
from kith.rules.days import day_of
from kith.rules.letters import Lacking, compose, letters_of
from kith.rules.shipped import library
from kith.rules.stack import stack_of

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "golden"
ENDINGS = {
    "support-meeting": {"outcome": "support", "notes_of": "last_meeting", "support": "Sarn Primary School: breakfast club\nHealth visitor: every month"},
    "support-plan": {"outcome": "support", "notes_of": "support_plan"},
    "support-without-notes": {"outcome": "support", "notes_of": "none", "why_no_notes": "No meeting was held"},
    "no-action": {"outcome": "no_action", "concluded_by": "core_assessment"},
}  # fmt: skip
VARIANTS = [(kind, ended, ending) for kind in ("parent", "child", "agency") for ended in ("assessment", "involvement") for ending in ENDINGS]  # fmt: skip


def said(content, tmp_path):
    """The text of a PDF, without what changes from day to day: the days, the reference, and so where lines and pages end."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(content)
    told = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, text=True).stdout
    told = re.sub(r"(\w+day\s)?\d{1,2}\s[A-Z][a-z]+\s20\d\d", "(day)", told)
    told = re.sub(r"Our reference: \w+", "Our reference: (reference)", told)
    told = re.sub(r"\f?Private and confidential [0-9A-F]{8}\n|Page \d / \d\n?|\f", "", told)
    return textwrap.fill(" ".join(told.split()), 100, break_on_hyphens=False) + "\n"


@pytest.mark.clause("WOR-406", "WOR-407", "WOR-409")
@pytest.mark.parametrize(("kind", "ended", "ending"), VARIANTS, ids=["-".join(one) for one in VARIANTS])
def test_the_closing_letter_says_this_and_nothing_else(town, viewer, opened, tmp_path, kind, ended, ending):
    reader = {"parent": "parental_responsibility"}.get(kind, kind)
    person = {"parent": town.ros, "child": town.kit}.get(kind)
    with town.at_work():
        _, version = made(town, viewer, opened, reader, {"ended": ended, **ENDINGS[ending]}, person=person)
        text = said(files.kept(version.digest), tmp_path)
    path = GOLDEN / f"{kind}-{ended}-{ending}.txt"
    if os.environ.get("KITH_WRITE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("layout", ["standard", "large_print", "plain"])
def test_every_layout_is_a_tagged_pdf_with_its_title_language_and_fonts(town, viewer, opened, tmp_path, layout):
    answers = {"ended": "assessment", **ENDINGS["support-meeting"]}
    with town.at_work():
        _, version = made(town, viewer, opened, "parental_responsibility", answers, person=town.ros, layout=layout)
        path = tmp_path / "letter.pdf"
        path.write_bytes(files.kept(version.digest))
    told = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, check=True, text=True).stdout
    about = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True, text=True).stdout
    fonts = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True, text=True).stdout
    assert re.search(r"Tagged: +yes", about)
    assert "Our assessment of Kit Marsh is finished" in about
    assert [one for one in ("H1", "H2", "LI", "P (block)") if one not in told] == []
    assert all(" yes yes " in line for line in fonts.splitlines()[2:])
    assert ("Other people will go on helping" in told) == (layout == "plain")


@pytest.mark.clause("WOR-410", "WOR-411")
def test_the_day_to_ask_by_is_five_working_days_on_over_christmas_and_later_is_never_refused():
    letter = letters_of(stack_of(library(), "worcestershire@2012-04"))["closure"]
    facts = {"reader": "parental_responsibility", "team": "North team", "team_telephone": "01632 960100", "children": "Kit", "worker": "Amy"}  # fmt: skip
    answers = {"ended": "assessment", "outcome": "no_action", "concluded_by": "core_assessment"}
    text = compose(letter, facts, answers, on=day_of("2014-12-19"), calendar=calendar()).text()
    assert "please ask by Tuesday 30 December 2014. You may still ask after that day." in text
    assert "01632 960100 by Tuesday 30 December 2014. We will tell you what we can. Later questions are welcome" in text


@pytest.mark.clause("WOR-409")
@pytest.mark.parametrize(
    ("source", "words"),
    [("initial_assessment", "the initial assessment"), ("core_assessment", "the core assessment"), ("enquiry", "the child protection enquiry"), ("last_meeting", "the last meeting")],
)  # fmt: skip
def test_no_further_action_says_which_of_the_four_led_to_it(town, viewer, opened, source, words):
    answers = {"ended": "involvement", "outcome": "no_action", "concluded_by": source}
    with town.at_work():
        text = letter_for(town, viewer, opened, "parental_responsibility", answers, person=town.ros).composed.text()
    assert f"After {words}, we concluded that nothing more is needed from us now." in text


ASKING = {"about": "Kit Marsh, born 9 May 2016", "agency_kind": "health", "reply_on": "2026-12-04"}


@pytest.mark.clause("WOR-362", "WOR-363")
def test_information_is_asked_for_on_one_basis_and_not_without_one():
    letter = letters_of(stack_of(library(), "worcestershire@2012-04"))["information_request"]
    facts = {"reader": "agency", "children": "Kit Marsh", "worker": "Amy", "worker_telephone": "01632 960111", "home_known": False}  # fmt: skip

    def text(**more):
        return compose(letter, facts, {**ASKING, **more}, on=day_of("2026-11-27"), calendar=calendar()).text()

    with pytest.raises(Lacking, match="On what basis do you ask"):
        text()
    agreed = text(basis="consent", agreed_by="Ros Marsh")
    assert "Ros Marsh agrees that we ask you" in agreed
    assert "statutory" not in agreed
    enquiry = text(basis="statutory", enquiry=True)
    assert "section 47(9)" in enquiry.casefold()
    assert "agrees that we ask" not in enquiry
    assert "Section 27" in text(basis="statutory", enquiry=False)
    for kind in ("school", "other"):
        without = text(basis="statutory", enquiry=True, agency_kind=kind)
        assert "47(9)" not in without
        assert "No law" in without
    assert "Friday 4 December 2026" in agreed


def test_braces_in_an_answer_stay_braces_and_a_field_with_nothing_to_say_stops_the_letter():
    letter = letters_of(stack_of(library(), "worcestershire@2012-04"))["closure"]
    facts = {"reader": "agency", "team": "North", "team_telephone": "1", "children": "Kit"}
    answers = {"ended": "involvement", "outcome": "no_action", "concluded_by": "enquiry", "own_words": "{worker} #read"}
    given = {"on": day_of("2026-11-27"), "calendar": calendar()}
    assert "{worker} #read" in compose(letter, facts, answers, **given).text()
    with pytest.raises(Lacking, match="team_telephone"):
        compose(letter, {**facts, "team_telephone": ""}, answers, **given)
