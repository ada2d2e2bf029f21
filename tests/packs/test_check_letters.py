"""What `kith pack check` says of a letter that could not be written, with the line it stands on."""

import pytest
from one_mistake import REST, written

from kith.rules.checking import check
from kith.rules.shipped import registers

LETTER = """letters:
- id: goodbye
  title: Goodbye
  offered: At the end
  records: letter.sent/closure
  to: [child, agency]
  approved_by: none
  days: {answer_by: 5 working days}
  asks:
  - {key: ended, asks: What has ended?, answer: {choice: {walk: The walk}}, required: always}
  subject: ["Goodbye, {children}"]
  says:
  - {if: {field: ended, is: walk}, say: "The walk with {worker} is over. Ask by {answer_by}.", plainly: "It is over."}
  - {list: ended}
  cites: [OWN]
"""


def told(folder, letter):
    text = REST.replace("letters:\n", letter + "", 1)
    shelf = written(folder, text)
    first = text[: text.index("- id: goodbye")].count("\n")
    return [(one.line - first, one.message) for one in check(shelf, "borough", registers())]


def test_a_letter_that_can_be_written_has_no_mistake(tmp_path):
    assert told(tmp_path, LETTER) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("to: [child, agency]", "to: [child, agncy]", 5, "“agncy” is not a reader of letters; did you mean “agency”?"),
        ("approved_by: none", "approved_by: walkr", 6, "“walkr” is not a role, nor “none”; did you mean “walker”?"),
        ("letter.sent/closure", "letter.sent/closed", 4, "“letter.sent/closed” is not a kind of event"),
        ("5 working days", "5 workig days", 7, "5 workig days"),
        ("{worker}", "{wroker}", 12, "“{wroker}” is nothing a letter knows; did you mean “worker”?"),
        ("{if: {field: ended,", "{if: {field: endd,", 12, "no question has the key “endd”; did you mean “ended”?"),
        ("{list: ended}", "{list: endd}", 13, "no question has the key “endd”"),
        ("{list: ended}", "{list: ended, say: More}", 13, "one of say, heading, list and drawn"),
        ("{list: ended}", "{drawn: endd}", 13, "no question has the key “endd”; did you mean “ended”?"),
        ("plainly:", "plainli:", 12, "unknown key “plainli”; did you mean “plainly”?"),
        ("  offered: At the end\n", "", 1, "letter “goodbye” needs “offered”"),
        ("answer: {choice:", "answer: {choise:", 9, "“choise” is not a kind of answer; did you mean “choice”?"),
        ("says:\n", "says: Goodbye\n  note:\n", 11, "“says” is a list of texts"),
    ],
)
def test_every_mistake_is_told_where_it_stands(tmp_path, old, new, line, message):
    assert LETTER.count(old) == 1
    found = told(tmp_path, LETTER.replace(old, new))
    assert [one for one in found if message in one[1]], found
    assert line in {one[0] for one in found if message in one[1]}, found
