"""The pages and files of the report: what stands on each, and what must never."""

import csv
import datetime as dt
import html
import io
import re
from pathlib import Path

import pytest

from insight.made_up import AS_AT, CALENDAR, EVIDENCE, PROBLEMS, children, procedure, report
from kith.insight.pages import ReportAbout
from kith.insight.problems import ProblemRow, kinds
from kith.insight.report import report_files
from kith.rules.run import owed


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a file for a spreadsheet."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


HOSTILE = '"><script>alert(1)</script>&{{ 7 * 7 }}'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of enough children to have every kind of row."""
    out = tmp_path_factory.mktemp("report") / "census.html"
    report(out, children(400, "lincolnshire"), "lincolnshire")
    return out.parent


@pytest.fixture(scope="module")
def totals(folder: Path) -> str:
    return (folder / "census.html").read_text("utf-8")


@pytest.fixture(scope="module")
def by_child(folder: Path) -> str:
    return (folder / "census-children.html").read_text("utf-8")


def test_the_report_is_two_pages_and_the_whole_lists_beside_them(folder):
    assert sorted(path.name for path in folder.iterdir()) == [
        "census-children.html", "census-overdue.csv", "census-problems.csv", "census.html",
    ]  # fmt: skip
    assert sorted(folder.iterdir()) == sorted(report_files(folder / "census.html"))


def test_the_head_says_which_return_which_day_which_procedure_and_when_it_was_made(totals):
    for words in (
        "Children in need census, 2021 to 2022", "local authority 999", "reference date Thursday 31 March 2022",
        "as at Thursday 31 March 2022", "lincolnshire@2021-08", "england@2013-04", "Made on Friday 27 November 2026",
    ):  # fmt: skip
        assert words in totals


def test_the_totals_hold_no_child_and_no_line_of_the_file(totals):
    assert not re.search(r"C0\d{4}", totals)
    assert "“2021-02-30”" not in totals
    assert "<td>CINreferralDate</td>" in totals


def test_no_table_of_the_totals_shows_a_number_from_one_to_five(totals):
    cells = re.findall(r'<td class="number"[^>]*>([\d,]+)</td>', totals)
    assert cells
    assert not [cell for cell in cells if cell in ("1", "2", "3", "4", "5")]
    assert "fewer than 6" in totals


def test_the_missing_fact_of_every_duty_it_cannot_tell_is_named(totals):
    assert "The return does not say whether the referral was decided." not in totals
    assert "The return does not say whether a referral was decided." in totals
    assert "The return does not say whether a visit was made." in totals


def test_every_duty_of_the_procedure_stands_somewhere_on_the_totals(totals):
    assert "Bring the proceedings to their final order" in totals
    assert "The return does not say whether" in totals
    assert "Every 4 weeks for 3 months, then every 12 weeks" in totals


def test_a_local_duty_cites_its_clauses_in_our_words(totals):
    assert "<b>LIN-007</b>: The plan is created at day 20 of the assessment." in totals
    assert "Working Together to Safeguard Children, Assessment of a child, timeliness" in totals


def test_the_list_of_children_is_marked_and_says_why(by_child):
    assert by_child.count("OFFICIAL-SENSITIVE") >= 4
    assert "<title>OFFICIAL-SENSITIVE" in by_child
    assert "Due by " in by_child
    assert "“2021-02-30” is not a day that exists. (not_a_date)" in by_child


@pytest.mark.parametrize("page", ["census.html", "census-children.html"])
def test_a_page_needs_nothing_from_outside_and_may_load_nothing(folder, page):
    text = (folder / page).read_text("utf-8")
    assert "http:" not in text
    assert "https:" not in text
    assert "default-src 'none'" in html.unescape(text)
    assert re.findall(r"<(?:link|img|iframe|object|embed)[^>]*>", text) == ['<link rel="icon" href="data:,">']
    assert ' style="' not in text


@pytest.mark.parametrize("page", ["census.html", "census-children.html"])
def test_no_id_stands_twice_and_every_link_within_the_page_leads_somewhere(folder, page):
    text = (folder / page).read_text("utf-8")
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert {link for link in re.findall(r'href="#([^"]+)"', text)} <= set(ids)


def test_hostile_ids_words_and_names_are_only_text(tmp_path):
    out = tmp_path / "r.html"
    problems = [ProblemRow(1, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)] * 7
    report(out, ((HOSTILE, owed) for _, owed in children(60)), problems=problems)
    for path in (out, tmp_path / "r-children.html"):
        text = path.read_text("utf-8")
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;{{ 7 * 7 }}" in text


def test_a_report_of_nothing_says_so(tmp_path):
    out = tmp_path / "new" / "empty.html"
    written = report(out, [], problems=[])
    text = out.read_text("utf-8")
    assert [path.name for path in written] == ["empty.html", "empty-children.html", "empty-overdue.csv"]
    assert "Nothing in this return could be judged" in text
    assert "Nothing is overdue." in written[1].read_text("utf-8")


def test_a_large_list_says_how_many_are_on_the_page_and_which_file_holds_them_all(tmp_path):
    report(tmp_path / "r.html", children(200), keep=5)
    text, every = (tmp_path / "r-children.html").read_text("utf-8"), rows_of(tmp_path / "r-overdue.csv")
    assert f"{len(every)} are overdue or were missed. This page holds the 5 that have been overdue longest" in text
    assert text.count("<tr data-duty=") == 5


def test_the_problems_go_to_a_file_of_their_own(folder):
    rows = rows_of(folder / "census-problems.csv")
    assert len(rows) == len(PROBLEMS)
    assert rows[0] == {
        "line": "12", "child_id": "C00000", "field": "CINreferralDate", "code": "not_a_date",
        "message": "“2021-02-30” is not a day that exists.",
    }  # fmt: skip


def test_problems_are_counted_by_kind_and_field_with_small_numbers_withheld():
    assert [(one.kind, one.field, one.number.text) for one in kinds(PROBLEMS)] == [
        ("… is not a day that exists.", "CINreferralDate", "31"),
        ("The case closed before it was referred. (rule 8540)", "CINclosureDate", "8"),
        ("Unknown code", "LEA", "fewer than 6"),
    ]


def test_a_kind_of_problem_says_only_what_all_of_its_problems_have_in_common():
    differing = [
        ProblemRow(n, f"C{n}", "X", "8715", f"The day 2021-03-{n:02} is outside “{n}”.") for n in range(10, 20)
    ]
    unlike = [ProblemRow(n, f"C{n}", "Y", "no_day", f"{'Nothing' if n % 2 else 'All'} of it.") for n in range(10)]
    assert [one.kind for one in kinds([*differing, *unlike])] == ["No day", "The day … is outside …. (rule 8715)"]
    assert [one.kind for one in kinds(differing[:5])] == ["Rule 8715"]


def test_a_duty_whose_endings_the_return_lacks_is_not_answered_by_the_few_it_implies(tmp_path):
    rules, day = procedure("england"), AS_AT.toordinal()
    rows = [
        {"when": "2021-06-01", "kind": "referral.received", "child": "C1", "referral": "R1"},
        {
            "when": "2021-06-01",
            "kind": "referral.decided",
            "child": "C1",
            "referral": "R1",
            "decision": "no_further_action",
        },
    ]
    obligations = owed(rules, list(rules.reader().read_all(rows)), day, CALENDAR, EVIDENCE)
    report(tmp_path / "r.html", [(f"C{n}", obligations) for n in range(30)])
    text = (tmp_path / "r.html").read_text("utf-8")
    assert "The return does not say whether a referral was decided." in text
    assert "All fell away before their day came." in text
    assert "done in time (100%)" not in text


def test_a_return_without_a_year_or_a_reference_date_is_named_without_them():
    day = dt.date(2022, 3, 31)
    about = ReportAbout("Census", "a.xml", "", None, "", day, day)
    assert about.named == "Census"
    assert {("Reference date", "not given"), ("Local authority", "not given")} <= set(about.facts)
