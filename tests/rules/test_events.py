"""Events as they are read: what is wrong is told, by line and field, with the nearest word; nothing is dropped."""

import io
import json

import jsonschema
import pytest

from kith.rules.days import day_of, end_of_day
from kith.rules.event_files import EventFileError, as_row, event_schema, histories_in_order, read_events
from kith.rules.events import BadEvent
from kith.rules.history import apart, as_known
from rules.histories import FIRST
from rules.worked_pack import plain, read

VISIT = {"when": "2025-01-06", "kind": "visit.made", "child": "C1", "visit": "V1", "seen": True}


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"kind": "visit.maed"}, "kind", "did you mean “visit.made”?"),
        ({"when": "2025-02-30"}, "when", "not a day that exists"),
        ({"when": None}, "when", "text"),
        ({"sene": True}, "sene", "did you mean “seen”?"),
        ({"seen": "yes"}, "seen", "answer true or false"),
        ({"child": 7}, "child", "an id or a list of ids"),
        ({"child": []}, "child", "an id or a list of ids"),
        ({"known": "2025-01-05"}, "known", "nothing is known before it happens"),
        ({"ended": "2025-01-05"}, "ended", "comes before when"),
        ({"parts": {"C1": {"seen": "no"}}}, "parts", "answer true or false"),
    ],
)
def test_an_event_that_cannot_be_read_says_which_field_and_how_to_mend_it(change, field, message):
    with pytest.raises(BadEvent, match=message.replace("?", r"\?")) as error:
        plain().reader().read({**VISIT, **change})
    assert error.value.field == field


def test_an_event_needs_a_kind_and_a_day():
    with pytest.raises(BadEvent, match="needs “kind”"):
        plain().reader().read({"when": "2025-01-06"})
    with pytest.raises(BadEvent, match="needs “when”"):
        plain().reader().read({"kind": "visit.made"})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("not json", "one JSON object"),
        ('["a list"]', "one JSON object"),
        ('{"kind": "visit.maed", "when": "2025-01-06"}', "kind: "),
    ],
)
def test_a_bad_line_of_a_file_is_told_by_its_number(line, message):
    lines = [json.dumps(VISIT), "", line]
    with pytest.raises(EventFileError, match=f"visits.jsonl:3: .*{message}"):
        list(read_events(lines, plain().reader(), "visits.jsonl"))


def test_every_event_of_the_worked_examples_reads_back_as_itself():
    reader = plain().reader()
    for example in read("examples"):
        for row in example.get("events", ()):
            event = reader.read(row)
            again = plain().reader().read(as_row(event))
            assert (again.kind, again.day, again.at, again.known, again.names, again.fields, again.ended) == (
                event.kind, event.day, event.at, event.known, event.names, event.fields, event.ended,
            )  # fmt: skip


def test_the_published_schema_accepts_the_worked_examples_and_refuses_a_wrong_field():
    schema = event_schema(plain().vocabulary, "worked")
    validator = jsonschema.Draft202012Validator(schema)
    for example in read("examples"):
        for row in example.get("events", ()):
            assert list(validator.iter_errors(row)) == [], row
    assert list(validator.iter_errors({**VISIT, "sene": True}))
    assert list(validator.iter_errors({**VISIT, "seen": "yes"}))


def _events(*rows):
    reader = plain().reader()
    return [reader.read(row) for row in rows]


def test_a_correction_stands_in_place_and_keeps_its_id_and_when_it_was_known():
    rows = _events(
        {**VISIT, "id": "v1"},
        {**VISIT, "id": "v1b", "corrects": "v1", "when": "2025-01-08", "known": "2025-02-01"},
        {**VISIT, "id": "v1c", "corrects": "v1b", "when": "2025-01-09", "known": "2025-03-01"},
    )

    def at(day):
        return [(one.id, one.day) for one in as_known(rows, end_of_day(day_of(day)))]

    assert at("2025-01-31") == [("v1", day_of("2025-01-06"))]
    assert at("2025-02-01") == [("v1", day_of("2025-01-08"))]
    assert at("2025-03-01") == [("v1", day_of("2025-01-09"))]


def test_withdrawing_a_correction_brings_the_earlier_day_back_and_withdrawing_the_event_removes_it():
    rows = _events(
        {**VISIT, "id": "v1"},
        {**VISIT, "id": "v1b", "corrects": "v1", "when": "2025-01-08", "known": "2025-02-01"},
        {**VISIT, "id": "w1", "withdraws": "v1b", "known": "2025-03-01"},
        {**VISIT, "id": "w2", "withdraws": "v1", "known": "2025-04-01"},
    )
    assert [one.day for one in as_known(rows, end_of_day(day_of("2025-03-01")))] == [day_of("2025-01-06")]
    assert as_known(rows, end_of_day(day_of("2025-04-01"))) == []


def test_an_entry_on_the_wrong_child_is_gone_whatever_is_asked():
    rows = _events({**VISIT, "id": "v1"}, {**VISIT, "id": "s1", "seals": "v1", "known": "2025-03-01"})
    assert as_known(rows, end_of_day(FIRST + 400)) == []


def test_two_records_of_one_child_are_read_as_one_until_the_merge_is_withdrawn():
    rows = _events(
        {**VISIT, "id": "v1", "child": "OLD"},
        {"id": "m1", "when": "2025-02-01", "kind": "child.merged", "child": "OLD", "into": "C1"},
        {
            "id": "w1",
            "when": "2025-02-01",
            "known": "2025-03-01",
            "kind": "child.merged",
            "child": "OLD",
            "into": "C1",
            "withdraws": "m1",
        },
    )

    def child(day):
        return next(one.names["child"] for one in as_known(rows, end_of_day(day_of(day))) if one.kind == "visit.made")

    assert child("2025-02-02") == "C1"
    assert child("2025-03-02") == "OLD"


def test_families_that_share_only_a_worker_are_apart_and_siblings_are_together():
    rows = _events(
        {**VISIT, "child": ["C1", "C2"], "worker": "W1"},
        {**VISIT, "child": "C2", "visit": "V2", "worker": "W1"},
        {**VISIT, "child": "C3", "visit": "V3", "worker": "W1"},
    )
    assert sorted(len(one) for one in apart(rows)) == [1, 2]


def test_a_grouped_file_whose_families_do_not_stand_together_is_refused():
    rows = _events(VISIT, {**VISIT, "child": "C2", "visit": "V2"}, {**VISIT, "visit": "V3"})
    with pytest.raises(ValueError, match="child C1 do not stand together"):
        list(histories_in_order(rows))
    lines = [json.dumps(VISIT), json.dumps({**VISIT, "child": "C2", "visit": "V2"})]
    groups = histories_in_order(read_events(io.StringIO("\n".join(lines)), plain().reader(), "x"))
    assert [len(one) for one in groups] == [1, 1]
