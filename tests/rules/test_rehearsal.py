"""Rehearsal: the same events under two procedures, matched by identity."""

from kith.rules.calendars import england_and_wales
from kith.rules.days import day_of
from kith.rules.rehearsal import Rehearsal
from kith.rules.run import owed
from rules.worked_pack import FILLED_IN, compiled, stack

CALENDAR = england_and_wales().calendar()


def _answer(made, rows, day):
    reader = made.reader()
    return owed(made, [reader.read(row) for row in rows], day, CALENDAR)


def test_eight_days_instead_of_ten_moves_and_makes_late_and_keeps_every_id():
    rows = [
        {"id": "p1", "when": "2025-03-03", "kind": "plan.started/child_in_need", "child": "C1", "plan": "P1"},
        {"id": "m1", "when": "2025-03-14", "kind": "meeting.held/child_in_need", "child": "C1", "meeting": "M1"},
    ]
    shorter = {**FILLED_IN, "id": "meeting.first", "cites": ["LIN-017"], "per": ["child"], "take": "earliest",
               "starts_from": "plan.started/child_in_need", "due": "8 working days", "met_by": "meeting.held/child_in_need"}  # fmt: skip
    more = {**FILLED_IN, "id": "extra", "cites": ["LIN-017"], "per": ["child"], "starts_from": "plan.started/child_in_need",
            "due": "3 days", "met_by": "visit.made"}  # fmt: skip
    now, then = compiled([(0, stack())]), compiled([(0, stack([shorter, more]))])
    day = day_of("2025-04-01")
    found = Rehearsal(day)
    found.compare(_answer(now, rows, day), _answer(then, rows, day))
    assert [(old.due_text, new.due_text) for old, new in found.moves] == [("2025-03-17", "2025-03-13")]
    assert [new.duty.id for _, new in found.becomes_late] == ["meeting.first"]
    assert [one.duty.id for one in found.appears] == ["extra"]
    assert found.vanishes == []
    assert (
        found.load_now["allocated_social_worker", "2025-W12"] - found.load_then["allocated_social_worker", "2025-W12"]
        == 1
    )
    assert (
        found.load_then["allocated_social_worker", "2025-W11"] - found.load_now["allocated_social_worker", "2025-W11"]
        == 1
    )
