"""Markup of every shape, broken markup, dangerous markup, and encodings."""

from io import BytesIO

import pytest

from kith.returns.cin import Census, UnsafeMarkup
from returns.written import FIRST_CHILD, a_return, census, child, codes, episode, line_of, only, read, told

PLAIN = a_return(child("C1"), child("C2"))


def summary(text):
    return [(one.id, told(one), codes(one.problems)) for one in read(text)[1]]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE m SYSTEM "http://127.0.0.1/m.dtd">',
        "<!DOCTYPE Message>",
    ],
    ids=["bomb", "external entity", "external declaration", "bare declaration"],
)
def test_a_file_that_declares_a_document_type_is_refused_outright(declaration):
    text = '<?xml version="1.0"?>\n' + declaration + PLAIN.replace("C2", "&b;" if "ENTITY b" in declaration else "C2")
    with pytest.raises(UnsafeMarkup, match="document type") as refused:
        census(text)
    assert refused.value.problem.line == 2
    assert refused.value.problem.code == "doctype"


def test_an_entity_nobody_declared_is_malformed():
    reader, children = read(PLAIN.replace("C2", "&boom;"))
    assert [problem.code for problem in reader.problems] == ["malformed"]
    assert [one.id for one in children if not one.refused] == ["C1"]


def test_a_file_cut_short_keeps_what_came_before_and_says_where_it_ends():
    text = a_return(child("C1"), child("C2"))
    cut = text[: text.rindex("<PrimaryNeedCode>")]
    reader, children = read(cut)
    assert [(one.id, one.refused) for one in children] == [("C1", False), ("C2", True)]
    assert codes(children[1].problems) == ["child_unfinished"]
    (problem,) = reader.problems
    assert problem.code == "malformed"
    assert f"line {cut.count(chr(10)) + 1}, column 1" in problem.message
    ledger = reader.ledger
    assert (ledger.facts, ledger.facts_read, ledger.facts_refused) == (5, 3, 2)


def test_a_wrong_end_tag_is_reported_with_its_line_and_column():
    text = a_return(child("C1"), child("C2").replace("</Ethnicity>", "</Ethnic>"))
    reader, children = read(text)
    line = line_of(text, "</Ethnic>")
    assert [one.id for one in children if not one.refused] == ["C1"]
    assert reader.problems[0].line == line
    assert f"line {line}, column 18" in reader.problems[0].message


@pytest.mark.parametrize("text", ["", "   ", "not a return", "<", "PK\x03\x04"])
def test_what_is_no_xml_has_no_children_and_says_so(text):
    reader, children = read(text)
    assert children == []
    assert codes(reader.problems) == ["malformed"]


def test_another_kind_of_xml_has_no_children_and_its_elements_are_unknown():
    reader, children = read("<html><body><p>Good morning</p></body></html>")
    assert children == []
    assert reader.ledger.unknown == {"html": 1, "body": 1, "p": 1}


def test_a_file_that_goes_on_without_a_child_is_given_up(monkeypatch):
    monkeypatch.setattr("kith.returns.cin.markup.LONGEST", 200_000)
    reader, children = read("<a>" + "<b>endless</b>" * 40_000 + "</a>")
    assert children == []
    assert "too_long" in codes(reader.problems)


@pytest.mark.parametrize(
    ("encoding", "declared", "mark"),
    [
        ("utf-8", "UTF-8", b""),
        ("utf-8", "UTF-8", b"\xef\xbb\xbf"),
        ("utf-8", "", b"\xef\xbb\xbf"),
        ("iso-8859-1", "ISO-8859-1", b""),
        ("windows-1252", "windows-1252", b""),
        ("utf-16-le", "UTF-16", b"\xff\xfe"),
        ("utf-16-be", "", b"\xfe\xff"),
    ],
)
def test_the_encoding_of_the_file_is_followed(encoding, declared, mark):
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    text = head + a_return(child("Zoë"), year=2024).replace("<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>")
    text = text.replace("2024-06-03", "2023-06-05")
    reader, (one,) = read(mark + text.encode(encoding))
    assert one.id == "Zoë"
    assert reader.problems + one.problems == []


@pytest.mark.parametrize("declared", ["martian", "shift_jis"])
def test_an_encoding_that_cannot_be_read_is_reported(declared):
    reader, children = read(f'<?xml version="1.0" encoding="{declared}"?>\n' + PLAIN)
    assert children == []
    assert [problem.code in ("encoding", "malformed") for problem in reader.problems] == [True]


@pytest.mark.parametrize(
    ("plain", "odd"),
    [
        ("<Child>", '<Child id="1">'),
        ("<Child>", "<Child\n>"),
        ("</Child>", "</Child >"),
        ("</Child>", "</Child\n>"),
        ("<Sex>", '<Sex note="a > b">'),
        ("<LAchildID>C1", "<LAchildID><![CDATA[C1]]>"),
        ("<LAchildID>C1", "<LAchildID>&#67;1"),
        ("<LAchildID>C1", "<LAchildID>C<!-- </Child> <Child> -->1"),
        ("<ChildCharacteristics>", "<!-- <Child> --><ChildCharacteristics>"),
        ("<ChildCharacteristics>", "<?note </Child>?><ChildCharacteristics>"),
        ("<LAchildID>C1", "<LAchildID>\n  C1  \n"),
        ("\n", "\r\n"),
        ("\n", ""),
        ("\n", "\n        "),
        ("<Message>", '<Message xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'),
    ],
)
def test_oddly_written_markup_reads_as_plain_markup_does(plain, odd):
    assert summary(PLAIN.replace(plain, odd)) == summary(PLAIN)


@pytest.mark.parametrize("odd", ["</Child >", "</Child\t>"])
def test_oddly_spaced_children_are_read_however_many_they_are(odd):
    many = a_return(*[child(f"C{number}") for number in range(1500)]).replace("</Child>", odd)
    assert len(read(many)[1]) == 1500


def test_a_child_that_is_an_empty_tag_is_a_child_without_an_id():
    reader, children = read(a_return(child("C1"), "<Child/>\n", child("C2")))
    assert [(one.id, one.refused) for one in children] == [("C1", False), ("", True), ("C2", False)]
    assert reader.problems == []


def test_countless_blank_lines_are_read_in_one_go():
    text = a_return(child("C1", episode("\n" * 500_000, nfa="perhaps")))
    assert only(text).problems[0].line == line_of(text, "perhaps")


def test_quoted_markup_is_text_and_ends_no_child():
    text = PLAIN.replace("<Ethnicity>WBRI", "<Ethnicity><![CDATA[</Child>]]>", 1)
    children = read(text)[1]
    assert [one.id for one in children] == ["C1", "C2"]
    assert [(one.code, "</Child>" in one.message) for one in children[0].problems] == [("4220", True)]


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("comment", ["", "<!-- one\ntwo\nthree -->\n", '<Note\n  kind="a"\n  of="b"/>\n'])
def test_lines_are_counted_exactly_whatever_stands_before(breaks, comment):
    text = a_return(child("C1"), comment, child("C2", episode(nfa="perhaps"))).replace("\n", breaks)
    (problem,) = read(text)[1][1].problems
    as_lines = text.replace("\r\n", "\n").replace("\r", "\n")
    assert problem.line == line_of(as_lines, "perhaps")


def test_a_child_begins_on_its_own_line():
    _, children = read(PLAIN)
    assert [one.line for one in children] == [FIRST_CHILD, line_of(PLAIN, "C2") - 2]


def test_a_child_spread_over_many_reads_is_whole(monkeypatch):
    monkeypatch.setattr("kith.returns.cin.markup.CHUNK", 7)
    assert summary(PLAIN.replace("<Ethnicity>", "<!-- - --><Ethnicity>")) == summary(PLAIN)


def test_text_outside_every_element_is_reported():
    one = only(a_return(child("C1").replace("<Sex>F</Sex>\n", "<Sex>F</Sex>PersonBirthDate\n")))
    assert [(problem.field, problem.code) for problem in one.problems] == [("Sex", "loose_text")]
    assert "PersonBirthDate" in one.problems[0].message


def test_blocks_outside_every_child_are_refused_and_counted():
    reader, _ = read(a_return(child("C1"), episode()))
    assert reader.ledger.facts_refused == 2
    assert {problem.code for problem in reader.problems} == {"misplaced"}


def test_the_file_is_read_in_small_parts():
    class Counting(BytesIO):
        largest = 0

        def read(self, size=-1):
            self.largest = max(self.largest, size)
            return super().read(size)

    file = Counting(PLAIN.encode())
    assert len(list(Census(file))) == 2
    assert 0 < file.largest <= 1 << 20
