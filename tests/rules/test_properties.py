"""What the pack language promises of every history, whatever happens in it."""

from hypothesis import given
from hypothesis import strategies as st

from kith.rules.calendars import england_and_wales
from kith.rules.days import day_of, end_of_day
from kith.rules.duty import ByEvent, FromFact, FromField
from kith.rules.history import apart, as_known
from kith.rules.obligation import MET, MET_LATE, OPEN, STATES
from kith.rules.run import owed
from rules.histories import DAYS, FIRST, histories
from rules.worked_pack import plain

CALENDAR = england_and_wales().calendar()
ENDINGS = ("ended", "closed", "left", "authorised", "left_family", "dropped")


def answer(rows, as_at, known_at=None):
    """What is owed, as comparable lines."""
    reader = plain().reader()
    events = as_known([reader.read(row) for row in rows], known_at if known_at is not None else 1 << 60)
    return sorted(
        (one.key, one.due_text or "", one.state(as_at), one.progress or "", str(one.holder))
        for history in apart(events)
        for one in owed(plain(), history, as_at, CALENDAR)
    )


def obligations(rows, as_at):
    reader = plain().reader()
    return owed(plain(), as_known([reader.read(row) for row in rows]), as_at, CALENDAR)


@given(histories(), st.randoms(use_true_random=False), DAYS)
def test_the_same_events_in_any_order_give_the_same_answer(rows, random, day):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert answer(shuffled, FIRST + day) == answer(rows, FIRST + day)


@given(histories(), DAYS, DAYS)
def test_leaving_out_what_is_not_yet_known_is_the_same_as_asking_what_was_known(rows, day, known):
    moment = end_of_day(FIRST + known)
    seen = [row for row in rows if end_of_day(day_of(row["known"])) <= moment]
    assert answer(seen, FIRST + day) == answer(rows, FIRST + day, moment)


@given(histories(), histories(child="C9", family="F9"), DAYS)
def test_another_familys_events_change_nothing(rows, others, day):
    alone = answer(rows, FIRST + day)
    together = answer([*rows, *others], FIRST + day)
    theirs = answer(others, FIRST + day)
    assert together == sorted([*alone, *theirs])


@given(histories(), DAYS)
def test_ids_are_unique(rows, day):
    keys = [one.key for one in obligations(rows, FIRST + day)]
    assert len(keys) == len(set(keys))
    ids = [one.id for one in obligations(rows, FIRST + day)]
    assert len(ids) == len(set(ids))


@given(histories(late=False), DAYS, st.integers(0, 24))
def test_recording_late_where_nothing_ends_only_adds_ids(rows, day, place):
    # An ending, and a condition asked at the start (only_if), may take away what was owed: neither is in play here.
    rows = [row for row in rows if not row["kind"].partition("/")[0].endswith(ENDINGS)]
    rows = [row for row in rows if not row["kind"].startswith("assessment.started")]
    if not rows:
        return
    late = rows[place % len(rows)]
    without = {one[0] for one in answer([row for row in rows if row is not late], FIRST + day)}
    with_it = {
        one[0]
        for one in answer(
            [{**row, "sequence": 99, "known": "2029-01-01"} if row is late else row for row in rows], FIRST + day
        )
    }
    assert without <= with_it


@given(histories(), DAYS)
def test_at_most_one_period_of_a_series_is_open(rows, day):
    as_at = FIRST + day
    seen = set()
    for one in obligations(rows, as_at):
        repeats = one.duty.repeats
        if repeats is None or repeats.calendar_month or one.state(as_at) not in OPEN:
            continue
        assert (one.duty.id, one.names) not in seen
        seen.add((one.duty.id, one.names))


@given(histories(), DAYS)
def test_nothing_is_met_before_it_started_or_due_before_it_counts_from(rows, day):
    as_at = FIRST + day
    for one in obligations(rows, as_at):
        counted_back = isinstance(one.rule, FromFact | FromField | ByEvent) or one.duty.id.startswith("stay")
        if one.due is not None and one.base.day is not None and not counted_back and not one.extensions:
            assert one.due >= one.base.day
        if one.state(as_at) in (MET, MET_LATE) and one.duty.earlier is False and one.met is not None:
            assert one.met.event.day >= min(start.event.day for start, _ in one.starts)


@given(histories(), DAYS)
def test_every_state_is_one_of_the_nine_and_nothing_is_overdue_before_its_day(rows, day):
    as_at = FIRST + day
    for one in obligations(rows, as_at):
        state = one.state(as_at)
        assert state in STATES
        if state == "overdue":
            assert one.due is not None
            assert one.due < as_at or one.dated == as_at
        if state == "due":
            assert one.due == as_at


@given(histories(), DAYS, st.integers(1, 200))
def test_what_is_met_stays_met_as_days_go_by(rows, day, later):
    before = {one.key: one.state(FIRST + day) for one in obligations(rows, FIRST + day)}
    after = {one.key: one.state(FIRST + day + later) for one in obligations(rows, FIRST + day + later)}
    for key, state in before.items():
        if state == MET and key in after:
            assert after[key] in (MET, MET_LATE)
