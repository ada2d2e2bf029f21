"""Every mistake in a form is told with its file, its line and the nearest word."""

import pytest
from one_mistake import REST, changed, written

from kith.rules.checking import check
from kith.rules.shipped import registers

FORM = """
forms:
- id: stroll
  title: Record a stroll
  records: visit.made
  cites: [WT-assessment]
  pages:
  - id: one
    title: The stroll
    fields:
    - {key: when, asks: When?, answer: date, required: always}
    - {key: seen, asks: Seen?, answer: yes_no}
    - {key: mood, asks: Mood?, answer: {choice: {good: Good}}, asked_if: {field: seen, is: true}}
    - {key: more, asks: More?, answer: text, required: {any: [{field: seen, is: false}, {not: {field: mood, is: good}}]}}
  - id: two
    title: Not at home
    hint: Only where the child was not there
    shown_when: {field: when, is_not: never}
    fields:
    - {key: where, asks: Where were they?, answer: line}
  signed_off: {by: [team_manager], with: visit.confirmed, when: {field: seen, is: false}}
- id: more_visit
  alters: visit
  cites: [WT-assessment]
  pages:
  - id: seeing
    fields:
    - {key: weather, asks: Weather?, answer: line, asked_if: {field: alone, is: true}}
"""


def told(folder, text):
    return [
        (one.file, one.line, one.message)
        for one in check(written(folder, REST + text), "borough", registers())
        if one.line > REST.count("\n")
    ]


def test_the_form_is_right_as_it_stands(tmp_path):
    assert told(tmp_path, FORM) == []


@pytest.mark.parametrize(("old", "new", "said"), [
    ("title: Record a stroll", "titel: Record a stroll", "titel"),
    ("records: visit.made", "records: visit.maid", "visit.made"),
    ("answer: yes_no", "answer: yes_non", "yes_no"),
    ("{key: when, asks: When?", "{kee: when, asks: When?", "key"),
    ("asked_if: {field: seen, is: true}}\n    - {key: more", "asked_if: {field: sean, is: true}}\n    - {key: more", "seen"),
    ("answer: date, required: always", "answer: date, required: allways", "always"),
    ("{not: {field: mood, is: good}}", "{not: {field: mod, is: good}}", "mood"),
    ("{any: [{field: seen, is: false}", "{any: [{field: seen, iss: false}", "is"),
    ("by: [team_manager]", "by: [team_manger]", "team_manager"),
    ("with: visit.confirmed", "with: visit.conformed", "visit.conformed"),
    ("when: {field: seen, is: false}}\n", "when: {field: seeen, is: false}}\n", "seen"),
    ("alters: visit", "alters: visitt", "visit"),
    ("  pages:\n  - id: one", "  named_if: {visit: {field: sean, is: true}}\n  names: {visit: new}\n  pages:\n  - id: one", "no question has the key “sean”"),
    ("  pages:\n  - id: one", "  named_if: {vist: {field: seen, is: true}}\n  names: {visit: new}\n  pages:\n  - id: one", "the form names no “vist”; did you mean “visit”?"),
    ("asks: Seen?, answer", "asks: Seen?, prefill: assessment.analysis+needz, answer", "an assessment is not asked “needz”; did you mean “needs”?"),
    ("hint: Only where", "hinnt: Only where", "hint"),
    ("    title: Not at home\n    hint: Only", "    hint: Only", "needs “title”"),
    ("{field: when, is_not: never}", "{field: wen, is_not: never}", "when"),
    ("{field: when, is_not: never}", "{field: where, is_not: never}", "where"),
    ("    hint: Only where", "    shown_wen: always\n    hint: Only where", "shown_when"),
    ("{field: alone, is: true}", "{field: aloan, is: true}", "alone"),
])  # fmt: skip
def test_a_mistake_in_a_form_is_told_with_its_line_and_the_nearest_word(tmp_path, old, new, said):
    text, _ = changed(FORM, old, new)
    line = REST.count("\n") + text[: text.index(new)].count("\n") + 1
    problems = told(tmp_path, text)
    assert [(file, at) for file, at, message in problems if said in message][:1], problems
    assert any(abs(at - line) <= 1 for _, at, message in problems if said in message), problems


def test_a_form_on_one_page_leaves_no_page_out(tmp_path):
    text = FORM.replace("  records: visit.made\n", "  records: visit.made\n  one_page: true\n", 1)
    assert ["use “asked_if”" in message for _, _, message in told(tmp_path, text)] == [True]


GRID = (
    FORM
    + """
- id: placed
  title: Where they stand
  records: visit.made
  cites: [WT-assessment]
  grids:
  - {key: place, across: pace, down: will, cells: {'fast,high': keen, 'slow,high': slow, 'fast,low': hasty, 'slow,low': unwilling}}
  pages:
  - id: stand
    fields:
    - {key: when, asks: When?, answer: date, required: always}
    - {key: pace, asks: Pace?, answer: {choice: {fast: Fast, slow: Slow}}}
    - {key: will, asks: Will?, answer: {choice: {high: High, low: Low}}}
    - {key: note, asks: More?, answer: text}
"""
)


def test_a_grid_over_two_choices_with_a_cell_for_every_pair_is_right(tmp_path):
    assert told(tmp_path, GRID) == []


@pytest.mark.parametrize(("old", "new", "said"), [
    ("across: pace", "across: note", "“note” is no choice of this form"),
    ("down: will", "down: wil", "“wil” is no choice of this form"),
    ("'slow,low': unwilling", "'slow,lo': unwilling", "look at “slow,lo”"),
    (", 'slow,low': unwilling", "", "look at “slow,low”"),
    ("key: place, across", "kee: place, across", "unknown key “kee”"),
])  # fmt: skip
def test_a_grid_that_could_not_be_drawn_is_told(tmp_path, old, new, said):
    assert old in GRID
    assert any(said in message for _file, _line, message in told(tmp_path, GRID.replace(old, new)))


def test_a_page_for_a_type_that_the_form_cannot_have_is_told(tmp_path):
    page = "  - id: two\n    title: Not at home\n"
    assert page in FORM
    [(_file, _line, message)] = told(tmp_path, FORM.replace(page, page + "    of_types: [moonlit]\n"))
    assert message == "“moonlit” is not a type of what the form records"
