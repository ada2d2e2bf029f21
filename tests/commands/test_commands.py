"""The `kith` command line as a person or a script uses it: answers, forms of answer, mistakes and exit codes."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from kith.commands.main import main

EVENTS = [
    {"id": "r1", "when": "2025-03-03", "kind": "referral.received", "child": "C1", "referral": "R1"},
    {"id": "p1", "when": "2025-03-10", "kind": "plan.started/child_in_need", "child": "C1", "plan": "P1"},
    {"id": "v1", "when": "2025-03-20", "kind": "visit.made", "child": "C1", "visit": "V1", "seen": True},
    {"id": "r2", "when": "2025-03-03", "kind": "referral.received", "child": "C2", "referral": "R2"},
    {"id": "d2", "when": "2025-03-04", "kind": "referral.decided", "child": "C2", "referral": "R2", "decision": "no_further_action",
     "further_work_needed": False},
]  # fmt: skip


@pytest.fixture
def events(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in EVENTS))
    return str(path)


def kith(*arguments, **options):
    return CliRunner().invoke(main, [str(one) for one in arguments], **options)


def due(events, *more):
    return kith("due", "--pack", "lincolnshire", "--events", events, "--as-at", "2025-06-30", *more)


def test_every_command_has_help_and_the_first_page_names_them_all():
    first = kith("--help")
    assert first.exit_code == 0
    for command in ("pack", "due", "explain", "criteria", "rehearse", "census"):
        assert command in first.output
        assert kith(command, "--help").exit_code == 0


def test_due_answers_as_a_table_for_people(events):
    answer = due(events, "--state", "overdue")
    assert answer.exit_code == 0
    assert "overdue" in answer.output
    assert "met late" not in answer.output


def test_due_answers_for_machines_with_every_reason(events):
    rows = [json.loads(line) for line in due(events, "--format", "jsonl").output.splitlines()]
    assessment = next(row for row in rows if row["duty"] == "assessment.complete" and row["names"] == {"child": "C1"})
    assert assessment["due"] == "2025-05-08"
    assert assessment["state"] == "overdue"
    assert assessment["reasons"]["skipped"]
    assert "45 working days after the referral was received" in assessment["reason"]
    as_json = json.loads(due(events, "--format", "json").output)
    assert len(as_json) == len(rows)
    table = list(csv.DictReader(io.StringIO(due(events, "--format", "csv").output)))
    assert len(table) == len(rows)
    assert {row["id"] for row in table} == {row["id"] for row in rows}


def test_one_subject_is_asked_about_alone(events):
    rows = [json.loads(line) for line in due(events, "--subject", "C2", "--format", "jsonl").output.splitlines()]
    assert {row["names"]["child"] for row in rows} == {"C2"}


def test_events_may_come_from_standard_input_and_grouped_gives_the_same_answer(events):
    text = "".join(json.dumps(row) + "\n" for row in EVENTS)
    piped = kith(
        "due",
        "--pack",
        "lincolnshire",
        "--events",
        "-",
        "--as-at",
        "2025-06-30",
        "--format",
        "csv",
        "--grouped",
        input=text,
    )
    assert piped.output == due(events, "--format", "csv").output


def test_as_known_on_a_day_leaves_out_what_was_learned_later(tmp_path):
    path = tmp_path / "late.jsonl"
    late = {
        "id": "v1",
        "when": "2025-03-20",
        "known": "2025-04-20",
        "kind": "visit.made",
        "child": "C1",
        "visit": "V1",
        "seen": True,
    }
    path.write_text("\n".join(json.dumps(row) for row in [EVENTS[1], late]))

    def visits(*times):
        answer = kith("due", "--pack", "lincolnshire", "--events", path, "--format", "jsonl", *times)
        return [row["state"] for row in map(json.loads, answer.output.splitlines()) if row["duty"] == "visits"]

    assert visits("--as-known-on", "2025-04-10") == ["overdue"]
    assert visits("--as-at", "2025-04-10") == ["met", "upcoming"]


def test_explain_says_why_and_takes_a_duty_or_the_beginning_of_an_id(events):
    by_duty = kith(
        "explain", "--pack", "lincolnshire", "--events", events, "--as-at", "2025-06-30", "assessment.complete"
    )
    assert by_duty.exit_code == 0
    assert "2025-04-18 (Good Friday)" in by_duty.output
    row = next(json.loads(line) for line in due(events, "--format", "jsonl").output.splitlines())
    by_id = kith(
        "explain",
        "--pack",
        "lincolnshire",
        "--events",
        events,
        "--as-at",
        "2025-06-30",
        row["id"][:13],
        "--format",
        "json",
    )
    assert json.loads(by_id.output)[0]["obligation"] == row["id"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["due", "--pack", "lincolnshir", "--events", "EVENTS"], 2, "did you mean “lincolnshire”?"),
        (
            ["due", "--pack", "lincolnshire", "--events", "EVENTS", "--as-at", "30/06/2025"],
            2,
            "write it year-month-day",
        ),
        (["due", "--pack", "lincolnshire", "--events", "missing.jsonl"], 2, "No such file"),
        (["explain", "--pack", "lincolnshire", "--events", "EVENTS", "nothing.like.it"], 1, "nothing that is owed"),
        (["criteria", "--pack", "leicestershire", "family_care", "--facts", "FACTS"], 2, "has no route “family_care”"),
        (["pack", "show", "england", "assessment.complet"], 2, "did you mean “assessment.complete”?"),
        (["pack", "check", "nowhere"], 2, "there is no pack “nowhere”"),
        (["census", "due", "EVENTS", "--pack", "england"], 1, "no child could be read"),
    ],
)
def test_a_mistake_is_told_with_the_way_to_mend_it(events, tmp_path, arguments, code, message):
    facts = tmp_path / "facts.json"
    facts.write_text("{}")
    answer = kith(*[{"EVENTS": events, "FACTS": str(facts)}.get(one, one) for one in arguments])
    assert answer.exit_code == code, answer.output
    assert message in answer.output


def test_a_bad_line_in_an_event_file_stops_with_its_number(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(EVENTS[0]) + "\n" + json.dumps({**EVENTS[1], "plann": "P1"}) + "\n")
    answer = kith("due", "--pack", "lincolnshire", "--events", path)
    assert answer.exit_code == 1
    assert f"{path}:2: plann: plan.started/child_in_need has no “plann”; did you mean “plan”?" in answer.output


def test_criteria_says_what_the_guidance_says_and_who_decides(tmp_path):
    facts = tmp_path / "facts.json"
    born = {"when": "2009-12-04", "kind": "child.registered", "child": "C1", "date_of_birth": "2009-12-04"}
    facts.write_text(
        json.dumps({"when": "2025-03-03", "child": "C1", "given": {"risk_of_significant_harm": True}, "events": [born]})
    )
    answer = kith("criteria", "--pack", "leicestershire", "family_care_and_protect", "--facts", facts)
    assert answer.exit_code == 0
    assert "appears not to" in answer.output
    assert "This leads to: safeguarding" in answer.output
    assert "Decided by a person:" in answer.output
    as_json = kith(
        "criteria", "--pack", "leicestershire", "family_care_and_protect", "--facts", facts, "--format", "json"
    )
    assert json.loads(as_json.output)[0]["fired"][0]["cites"][-1] == "LEI-048"


def test_rehearse_says_what_would_appear_and_vanish(events):
    answer = kith(
        "rehearse",
        "--pack",
        "lincolnshire",
        "--with",
        "england",
        "--events",
        events,
        "--as-at",
        "2025-06-30",
        "--format",
        "json",
    )
    told = json.loads(answer.output)[0]
    assert told["appears"] == []
    assert any(one.startswith("visits|") for one in told["vanishes"])
    assert told["same"] == 4
    in_words = kith(
        "rehearse", "--pack", "lincolnshire", "--with", "england", "--events", events, "--as-at", "2025-06-30"
    )
    assert "vanish" in in_words.output


def test_pack_list_show_docs_and_schema_answer():
    listed = json.loads(kith("pack", "list", "--format", "json").output)
    assert {row["pack"] for row in listed} >= {"england", "walsall", "worcestershire", "care_crisis_review"}
    assert "45 working days" in kith("pack", "show", "england", "assessment.complete").output
    assert "## What is owed, and by when" in kith("pack", "docs", "walsall").output
    assert json.loads(kith("pack", "schema", "england").output)["required"] == ["kind", "when"]


def test_reach_lists_the_duties_that_nothing_can_yet_record():
    answer = kith("pack", "check", "lincolnshire", "--reach")
    assert answer.exit_code == 0
    assert "visits cannot yet be met: no form or import records visit.made" in answer.output
    assert "assessment.complete" not in answer.output
