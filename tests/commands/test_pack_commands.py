"""`kith pack`, `criteria` and `rehearse` as a council with a pack of its own uses them: mistakes, exit codes, what is written."""

import json
import os

import pytest
from click.testing import CliRunner

from kith.commands.main import main
from kith.commands.side_by_side import side_by_side
from packs.one_mistake import PACK, REST, written


def kith(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def borough(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_PACKS", str(tmp_path))
    written(tmp_path)
    return tmp_path


def test_a_pack_without_mistakes_passes_and_one_with_a_mistake_ends_with_code_one(borough):
    assert kith("pack", "check", "borough@1").exit_code == 0
    written(borough, REST.replace("take: earliest", "take: soonest"))
    answer = kith("pack", "check", "borough", "--no-examples", "--reach")
    assert answer.exit_code == 1
    assert "borough/1/walks.yaml:" in answer.output
    assert "“soonest” is not one of" in answer.output


def test_an_unknown_command_is_told():
    answer = kith("pakc")
    assert answer.exit_code == 2
    assert "No such command" in answer.output


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["pack", "show", "boroug"], 2, "did you mean “borough”?"),
        (["pack", "show", "borough"], 1, "“duties” is a list of mappings"),
        (["pack", "docs", "borough"], 1, "“duties” is a list of mappings"),
        (["pack", "compile", "borough"], 1, "“duties” is a list of mappings"),
        (["rehearse", "--pack", "borough", "--with", "england", "--events", os.devnull], 1, "the pack has mistakes"),
    ],
)
def test_a_pack_that_cannot_be_read_ends_every_command_with_its_mistake_and_line(borough, arguments, code, message):
    written(borough, "duties: a sentence\n")
    answer = kith(*arguments)
    assert answer.exit_code == code
    assert message in answer.output


def test_a_pack_is_compiled_published_and_then_held_to_its_word(borough):
    stale = kith("pack", "compile", "--check", "borough")
    assert stale.exit_code == 1
    assert "borough@1 has changed since it was compiled" in stale.output
    assert "borough@1: " in kith("pack", "compile", "--publish", "borough").output
    assert kith("pack", "compile", "--check", "borough").exit_code == 0
    written(borough, REST.replace("title: Walk often", "title: Walk more often"))
    refused = kith("pack", "compile", "borough")
    assert refused.exit_code == 1
    assert "is published and can never change" in refused.output


def test_the_handbook_is_written_into_a_folder_and_told_when_it_is_out_of_date(borough):
    folder = borough / "docs"
    assert kith("pack", "docs", "borough", "--to", folder, "--check").exit_code == 1
    assert kith("pack", "docs", "borough", "--to", folder).exit_code == 0
    assert (folder / "borough.md").read_text("utf-8").startswith("# A borough")
    assert kith("pack", "docs", "borough", "--to", folder, "--check").exit_code == 0


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"child": "C1", "given": {"tidy": False}}, "Not known: population.old"),
        (
            {"child": "C1", "given": {"tidy": False, "colour": "red", "mark": 4}, "events": "BORN"},
            "The reading taken leans to: appears to qualify",
        ),
        ("a sentence", "a JSON object with when, child, given and events"),
        ({"when": "today", "child": "C1"}, "write it year-month-day"),
    ],
)
def test_criteria_says_what_is_missing_and_how_a_silence_leans(borough, facts, said):
    born = [{"when": "2010-01-01", "kind": "child.registered", "child": "C1", "date_of_birth": "2010-01-01"}]
    if isinstance(facts, dict):
        facts = {"when": "2025-06-15", **facts, **({"events": born} if "events" in facts else {})}
    path = borough / "facts.json"
    path.write_text(json.dumps(facts))
    assert said in kith("criteria", "--pack", "borough", "walks", "--facts", path).output


def test_criteria_of_a_file_that_is_not_json_says_so(borough):
    path = borough / "facts.json"
    path.write_text("{when")
    answer = kith("criteria", "--pack", "borough", "walks", "--facts", path)
    assert answer.exit_code == 1
    assert "this is not JSON" in answer.output


def test_rehearse_says_in_words_what_would_appear_move_and_become_late(borough):
    tight = PACK.replace("pack: borough", "pack: town").replace("2025-01-01", "1990-01-01")
    path = borough / "town" / "1"
    path.mkdir(parents=True)
    (path / "pack.yaml").write_text(tight)
    (path / "walks.yaml").write_text(REST)
    events = borough / "events.jsonl"
    rows = [
        {"when": "2025-03-03", "kind": "referral.received", "child": "C1", "referral": "R1"},
        {"when": "2025-03-04", "kind": "walk.planned", "child": "C1", "family": "F1", "walk": "W1"},
    ]
    events.write_text("".join(json.dumps(row) + "\n" for row in rows[:1]))
    answer = kith("rehearse", "--pack", "england", "--with", "town", "--events", events, "--as-at", "2025-05-02")
    assert answer.exit_code == 0, answer.output
    assert "0 would appear, 0 vanish, 1 move, 1 become late" in answer.output
    assert "Would move: " in answer.output
    events.write_text("".join(json.dumps(row) + "\n" for row in rows))
    later = kith("rehearse", "--pack", "town", "--with", "town", "--events", events, "--as-at", "2025-05-02")
    assert "0 would appear, 0 vanish, 0 move, 0 become late" in later.output


def _fails():
    raise ValueError("the second half cannot be read")


def test_two_pieces_of_work_answer_together():
    assert side_by_side(lambda: 1, lambda: 2) == (1, 2)


def test_a_second_worker_that_fails_or_stops_is_told_and_never_waited_for():
    with pytest.raises(RuntimeError, match="the second half cannot be read"):
        side_by_side(lambda: 1, _fails)
    with pytest.raises(RuntimeError, match="stopped before it had answered"):
        side_by_side(lambda: 1, lambda: os._exit(3))
