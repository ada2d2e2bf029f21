"""Invented histories are events the engine's own reader takes."""

import json

from click.testing import CliRunner

from kith.demo.histories import histories, main
from kith.rules.events import EventReader
from kith.rules.shipped import library
from kith.rules.stack import stack_of


def test_every_event_is_in_the_national_vocabulary():
    reader = EventReader(stack_of(library(), "england@2013-04").vocabulary)
    events = list(reader.read_all(histories(40)))
    assert len({event.id for event in events}) == len(events)


def test_a_child_has_some_fifty_events_which_stand_together_in_order():
    rows = list(histories(200))
    assert 35 < len(rows) / 200 < 65
    children = list(dict.fromkeys(row["child"] for row in rows))
    assert [row["child"] for row in rows] == sorted((row["child"] for row in rows), key=children.index)
    for child in children[:20]:
        days = [row["when"] for row in rows if row["child"] == child]
        assert days == sorted(days)


def test_the_command_writes_an_event_a_line(tmp_path):
    path = tmp_path / "out.jsonl"
    result = CliRunner().invoke(main, ["3", str(path), "--seed", "5"])
    assert result.exit_code == 0, result.output
    assert [json.loads(line) for line in path.read_text().splitlines()] == list(histories(3, seed=5))
