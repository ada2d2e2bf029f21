"""`kith census`: a council's file in, every duty answered, and nothing dropped on the way."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kith.commands.main import main
from kith.demo import census

SAMPLES = sorted((Path(__file__).parents[1] / "samples").rglob("d2i_*.xml"))


def kith(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def full_return(tmp_path_factory):
    path = tmp_path_factory.mktemp("census") / "return.xml"
    planted = census.write(path, 400, 2025, 7, 0.03)
    return path, planted


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("pack", ["lincolnshire", "england"])
def test_a_published_sample_is_answered_under_each_pack(sample, pack):
    answer = kith("census", "due", sample, "--pack", pack, "--format", "json")
    assert answer.exit_code == 0, answer.output
    assert "children read" in answer.stderr
    rows = json.loads(answer.stdout)
    assert rows or "2021" in sample.name
    assert all(row["owed"] > 0 for row in rows)


def test_a_full_return_is_answered_and_what_it_cannot_tell_is_never_late(full_return):
    path, _ = full_return
    answer = kith("census", "due", path, "--pack", "lincolnshire", "--as-at", "2025-03-31", "--format", "jsonl")
    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    states = {(row["duty"], row["state"]) for row in rows}
    assert ("assessment.complete", "met") in states
    assert ("assessment.complete", "met late") in states
    assert ("assessment.complete", "overdue") in states
    assert ("conference.initial", "met") in states
    assert {state for duty, state in states if duty in ("visits", "meeting.first")} <= {"cannot tell", "fell away"}
    assert all(row["reason"] for row in rows)


def test_events_read_from_a_return_give_the_same_answer_as_the_return_where_it_can_tell(full_return, tmp_path):
    path, _ = full_return
    events = tmp_path / "events.jsonl"
    events.write_text(kith("census", "read", path).stdout)
    from_events = kith(
        "due", "--pack", "england", "--events", events, "--as-at", "2025-03-31", "--grouped", "--format", "jsonl"
    )
    from_return = kith("census", "due", path, "--pack", "england", "--as-at", "2025-03-31", "--format", "jsonl")

    def told(output, child):
        rows = map(json.loads, output.splitlines())
        return {(child(row), row["duty"], row["from"], row["due"], row["state"]) for row in rows}

    of_return = {
        one
        for one in told(from_return.stdout, lambda row: row["child"])
        if one[-1] in ("met", "met late") and not one[2].startswith("evidence-from")
    }
    assert of_return
    assert of_return <= told(from_events.stdout, lambda row: row["names"]["child"])


def test_the_report_is_written_with_its_lists_beside_it(full_return, tmp_path):
    path, planted = full_return
    out = tmp_path / "report" / "index.html"
    answer = kith("census", "due", path, "--pack", "lincolnshire", "--as-at", "2025-03-31", "--report", out)
    assert answer.exit_code == 0, answer.output
    assert out.exists()
    assert (tmp_path / "report" / "index-children.html").exists()
    assert planted
    assert "problems" in answer.stderr


def test_strict_stops_at_the_first_problem(full_return):
    path, planted = full_return
    assert planted
    answer = kith("census", "due", path, "--pack", "england", "--strict")
    assert answer.exit_code == 1
    assert "line " in answer.output


def test_what_was_read_and_what_was_refused_are_told(full_return, tmp_path):
    path, _ = full_return
    sheet = tmp_path / "problems.csv"
    answer = kith("census", "read", path, "--problems", sheet)
    assert "400 children read" in answer.stderr or "refused" in answer.stderr
    assert sheet.read_text().startswith("line,child,field,code")
