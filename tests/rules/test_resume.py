"""A history judged from where it was left owes what it owes when judged from its beginning, whatever was recorded meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.rules import resume
from kith.rules.calendars import england_and_wales
from kith.rules.history import as_known
from kith.rules.run import Run, happened, owed
from rules.histories import FIRST, histories
from rules.worked_pack import plain

CALENDAR = england_and_wales().calendar()


def as_lines(obligations):
    """Everything that is kept of each: what is owed, how it stands, and all that its reasons are made of."""
    return [
        (
            one.id, one.due, one.due_at, one.dated, one.problem, one.cannot, one.holder, one.children, one.closed_day, one.ended_how,
            one.met and one.met.event.id, one.met_day, one.ended and one.ended.event.id, one.interval, one.unseen, one.done, one.counted,
            [(heard.event.id, *more) for heard, *more in (*one.starts, *one.moves, *one.extensions, *one.near, *one.unsure)],
            one.series and ([heard.event.id for heard in one.series.times], one.series.closed, one.series.number, [pattern[:2] for pattern in one.series.patterns]),
        )
        for one in obligations
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def _kept_at_once(monkeypatch):
    monkeypatch.setattr(resume, "WORTH_KEEPING", 1)


CHANGES = st.lists(
    st.tuples(st.sampled_from(("later", "anywhere", "corrected", "withdrawn", "nothing")), st.integers(0, 60), st.integers(0, 60)),
    min_size=1, max_size=5,
)  # fmt: skip


@given(histories(), histories(), CHANGES, st.integers(0, 90))
def test_what_was_kept_changes_no_answer(rows, more, changes, recent):
    reader, past, as_at = plain().reader(), None, FIRST + 300
    resume.RECENT = recent
    events = sorted((reader.read(row) for row in rows), key=lambda one: one.order)
    coming = sorted((reader.read({**row, "id": "later-" + row["id"]}) for row in more), key=lambda one: one.order)
    now = [one for place, one in enumerate(events) if place % 2]
    for how, place, days in changes:
        as_at += days
        if how == "later" and coming:
            now = [*now, coming.pop()]
        elif how == "anywhere" and coming:
            now = [*now, coming.pop(place % len(coming))]
        elif how == "withdrawn" and now:
            now = [one for number, one in enumerate(now) if number != place % len(now)]
        elif how == "corrected" and now and events:
            other = events[place % len(events)]
            at = place % len(now)
            if other.id not in {one.id for one in now}:
                now = [*now[:at], other.moved_to(now[at].id, now[at].known, now[at].sequence), *now[at + 1 :]]
        history = as_known(now)
        told, past = resume.owed_after(past, plain(), history, as_at, CALENDAR)
        assert as_lines(told) == as_lines(owed(plain(), history, as_at, CALENDAR))


@given(histories(least=60, size=60), st.integers(100, 500))
def test_copies_of_a_run_go_on_by_themselves(rows, day):
    reader, as_at = plain().reader(), FIRST + 700
    history = happened(plain(), [reader.read(row) for row in rows], as_at)
    wanted = as_lines(Run(plain(), CALENDAR).go(history, as_at))
    left = Run(plain(), CALENDAR)
    left.through([one for one in history if one.day <= FIRST + day])
    rest = [one for one in history if one.day > FIRST + day]
    for _ in range(2):
        assert as_lines(left.copied().go(rest, as_at)) == wanted
    assert as_lines(left.go(rest, as_at)) == wanted


def test_what_is_recorded_later_of_the_last_day_kept_is_judged_with_that_day():
    """On one day an ending recorded first still gives way to what was done: only a whole day can be gone through."""
    reader, as_at = plain().reader(), FIRST + 100
    about = {"child": "C1", "when": "2024-01-10"}
    rows = [
        {"kind": "plan.started/child_in_need", "child": "C1", "plan": "P1", "when": "2024-01-02", "id": "A", "sequence": 1},
        {"kind": "plan.ended/child_in_need", **about, "plan": "P1", "id": "B", "sequence": 2},
        {"kind": "visit.made", **about, "visit": "V1", "seen": True, "place": "home", "id": "C", "sequence": 3},
    ]  # fmt: skip
    events = [reader.read(row) for row in rows]
    _, past = resume.owed_after(None, plain(), events[:2], as_at, CALENDAR)
    told, _ = resume.owed_after(past, plain(), events, as_at, CALENDAR)
    assert past is not None
    assert as_lines(told) == as_lines(owed(plain(), events, as_at, CALENDAR))
