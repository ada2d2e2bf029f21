"""The list of what is overdue: all of it to the file, the longest kept for the page."""

import csv
import io

from insight.made_up import AS_AT, CALENDAR, children, reasoner
from kith.insight.overdue import HEADINGS, OverdueList
from kith.insight.tallies import Tally
from kith.rules.obligation import MISSED, OVERDUE


def listed(number: int, keep: int, ids: str = "{}") -> tuple[OverdueList, list[dict[str, str]]]:
    """The list of so many children with so many rows kept, and what its file holds."""
    file = io.StringIO(newline="")
    tally = Tally(CALENDAR, OverdueList(reasoner("england"), file, keep))
    for child, obligations in children(number):
        tally.add(ids.format(child), obligations, AS_AT.toordinal())
    return tally.overdue, list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))


def test_the_file_holds_every_row_and_the_page_only_so_many():
    kept, rows = listed(300, keep=10)
    assert len(rows) == kept.how_many > 10
    assert len(kept.rows) == 10
    assert tuple(rows[0]) == HEADINGS


def test_the_rows_kept_are_those_overdue_longest():
    kept, rows = listed(300, keep=10)
    longest = sorted((int(row["days_overdue"]) for row in rows if row["state"] == OVERDUE), reverse=True)[:10]
    assert [row.days_overdue for row in kept.rows] == longest


def test_what_is_overdue_now_comes_before_what_was_missed():
    kept, _ = listed(300, keep=2000)
    states = [row.state for row in kept.rows]
    assert {OVERDUE, MISSED} == set(states)
    assert states == sorted(states, key=[OVERDUE, MISSED].index)


def test_every_row_says_why_in_a_sentence_and_where_it_is_written():
    _, rows = listed(60, keep=1)
    for row in rows:
        assert row["reason"].startswith("Due by ")
        assert row["clauses"] in row["reason"]
        assert row["pack"] == "england@2013-04"
        assert row["owed_by"] in ("Allocated social worker", "Team manager", "Child protection conference chair")


def test_a_local_id_that_looks_like_a_formula_stays_text_in_a_spreadsheet():
    _, rows = listed(60, keep=1, ids='=HYPERLINK("{}")')
    assert all(row["child_id"].startswith("'=HYPERLINK") for row in rows)


def test_a_local_id_with_commas_quotes_and_lines_comes_back_whole():
    _, rows = listed(60, keep=1, ids='a,"{}"\nb')
    assert all(row["child_id"].startswith('a,"C') and row["child_id"].endswith('"\nb') for row in rows)
