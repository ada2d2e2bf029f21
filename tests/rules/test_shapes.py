"""Each shape that a duty can take, as a property over any history of it."""

from hypothesis import assume, given
from hypothesis import strategies as st

from kith.rules.asking import stops
from kith.rules.calendars import england_and_wales
from kith.rules.days import add_months, day_of, iso
from kith.rules.run import owed
from kith.rules.shipped import library
from kith.rules.slots import WEEKDAYS, next_slot
from kith.rules.stack import stack_of
from rules.worked_pack import plain

CALENDAR = england_and_wales().calendar()
FIRST = day_of("2024-01-01")
day = st.integers(FIRST, FIRST + 700)
gaps = st.lists(st.integers(1, 60), min_size=1, max_size=12)
CHILD = {"child": "C1"}


def answer(duty, as_at, *rows):
    reader = plain().reader()
    return [one for one in owed(plain(), [reader.read(row) for row in rows], as_at, CALENDAR) if one.duty.id == duty]


def at(when, kind, **more):
    return {"when": iso(when), "kind": kind, **more}


def plan(when, **more):
    return at(when, "plan.started/child_in_need", **CHILD, plan="P1", **more)


@given(day, st.integers(0, 40))
def test_shape_1_a_period_after_an_event_is_met_in_time_up_to_its_last_day(start, later):
    rows = [plan(start), at(start + later, "meeting.held/child_in_need", **CHILD, meeting="M1")]
    one = answer("meeting.first", start + later, *rows)[0]
    assert one.due == CALENDAR.add(start, 10)
    assert one.state(start + later) == ("met" if start + later <= one.due else "met late")


@given(day, st.integers(1, 90), st.integers(1, 90))
def test_shape_2_a_period_before_a_dated_event_moves_with_it(start, notice, moved):
    family = {"family": "F1"}
    rows = [
        at(start, "pathway.decided/family_safeguarding", **family),
        at(start, "worker.joined_family", **family, worker="W1"),
        at(start, "meeting.arranged/group_supervision", **family, meeting="S1", held_on=iso(start + notice)),
    ]
    held = start + notice
    one = answer("summary", start, *rows)[0]
    assert one.due == CALENDAR.before(held, 3) < held
    assert one.state(start) == ("cannot be met" if one.due < start else "due" if one.due == start else "upcoming")
    again = answer(
        "summary",
        start,
        *rows,
        at(start, "meeting.moved/group_supervision", **family, meeting="S1", held_on=iso(start + moved)),
    )[0]
    assert again.due == CALENDAR.before(start + moved, 3)
    assert again.id == one.id


@given(st.lists(st.tuples(day, st.sampled_from(["plan", "strategy", "section_47"])), min_size=1, max_size=5))
def test_shape_3_the_earliest_of_several_starts_gives_the_day(starts):
    rows = []
    for number, (when, kind) in enumerate(starts):
        if kind == "plan":
            rows.append(plan(when, id=f"s{number}"))
        elif kind == "strategy":
            rows.append(
                at(when, "meeting.held/strategy_discussion", **CHILD, meeting=f"M{number}", decision="child_in_need")
            )
        else:
            rows.append(at(when, "section_47.ended", **CHILD, enquiry=f"E{number}", outcome="child_in_need"))
    found = answer("meeting.first", FIRST + 800, *rows)
    assert [one.due for one in found] == [min(CALENDAR.add(when, 10) for when, _ in starts)]


@given(day, st.booleans())
def test_shape_4_a_conditional_duty_is_owed_only_where_its_condition_holds(start, open_plan):
    rows = [plan(start)] if open_plan else []
    rows.append(at(start + 1, "assessment.started/child_and_family", **CHILD, assessment="A1"))
    assert bool(answer("plan.by_day_20", start + 1, *rows)) is not open_plan


@given(day, gaps)
def test_shape_5_each_period_counts_from_the_last_time_it_was_truly_met(start, gaps):
    rows, when = [plan(start)], start
    for number, gap in enumerate(gaps):
        when += gap
        rows.append(at(when, "visit.made", **CHILD, visit=f"V{number}", seen=True))
    found = answer("visits", when, *rows)
    met = [row_day for row_day in (start + sum(gaps[:n]) for n in range(len(gaps) + 1))]
    assert [one.base.day for one in found] == met
    for one in found:
        weeks = 4 if one.base.day <= add_months(start, 3) else 12
        assert one.due == one.base.day + 7 * weeks


@given(day, st.integers(0, 100), st.sampled_from(["1 week", "3 weeks", "10 weeks"]))
def test_shape_5_a_pattern_never_reaches_back_and_never_cures_what_is_overdue(start, later, every):
    pattern = at(start + later, "visiting_pattern.agreed", **CHILD, every=every)
    before = answer("visits", start + later, plan(start))[0]
    after = answer("visits", start + later, plan(start), pattern)[0]
    if before.due < start + later:
        assert after.due == before.due
    else:
        assert after.due >= min(before.due, start + later)


@given(day, st.sets(st.sampled_from(["P1", "P2", "P3", "P4"])), st.sets(st.sampled_from(["P1", "P2", "P5"])))
def test_shape_6_every_parent_is_owed_it_whenever_they_come(start, first, later):
    family = {"family": "F1"}
    rows = [at(start, "person.joined_family", **family, person=one, relation="parent") for one in sorted(first)]
    rows.append(at(start + 1, "workbook.opened", **family))
    rows += [at(start + 5, "person.joined_family", **family, person=one, relation="parent") for one in sorted(later)]
    found = answer("parent_assessed", start + 9, *rows)
    assert sorted(one.about["person"] for one in found) == sorted(first | later)


@given(day, st.lists(st.tuples(st.booleans(), st.booleans()), max_size=20))
def test_shape_7_a_quota_is_met_when_the_share_rounded_up_was_done(start, sessions):
    rows = [at(start, "assessment.started/core", **CHILD, assessment="A1")]
    for number, (supervised, observed) in enumerate(sessions):
        by = "key_worker" if observed else "other"
        rows.append(
            at(start + number, "family_time.held", **CHILD, session=f"T{number}", supervised=supervised, observed_by=by)
        )
    rows.append(at(start + 30, "assessment.authorised/core", **CHILD, assessment="A1"))
    total = sum(supervised for supervised, _ in sessions)
    done = sum(supervised and observed for supervised, observed in sessions)
    one = answer("family_time.observed", start + 30, *rows)[0]
    assert one.progress == f"{done} of {total}, needs {-(-total // 5)}"
    assert one.state(start + 30) == ("met" if done * 5 >= total else "missed")


@given(day, st.lists(st.integers(1, 400), min_size=2, max_size=6))
def test_shape_7_twice_in_any_twelve_months(start, gaps):
    rows, days = [at(start, "accommodation.started/section_20", **CHILD, accommodation="A1")], [start]
    for gap in gaps:
        days.append(days[-1] + gap)
        rows.append(at(days[-1], "birth_family.visited", **CHILD, person="P1"))
    found = answer("birth_family", days[-1], *rows)
    for one in found:
        if one.met is not None:
            within = [when for when in days[1:] if one.base.day < when <= one.due]
            assert (one.state(days[-1]) == "met") is (len(within) >= 2)


@given(day, st.integers(0, 7), st.sampled_from(["social_worker", "practice_supervisor"]))
def test_shape_8_every_second_meeting_is_chaired_by_a_senior(start, held, chair):
    reader = plain().reader()
    rows = [at(start, "case.allocated", **CHILD, worker="W1", student=True), plan(start)]
    rows += [
        at(start + 10 + number, "meeting.held/child_in_need", **CHILD, meeting=f"M{number}") for number in range(held)
    ]
    act = reader.read(
        at(
            start + 60,
            "meeting.arranged/child_in_need",
            **CHILD,
            meeting="MX",
            held_on=iso(start + 70),
            chair_role=chair,
        )
    )
    standing = stops(plain(), [reader.read(row) for row in rows], act, CALENDAR)
    assert bool(standing) is (held % 2 == 0 and chair == "social_worker")


@given(day, st.sets(st.integers(0, 60), max_size=8))
def test_shape_9_a_slot_is_the_first_free_working_thursday(after, taken):
    meeting = stack_of(library(), "leicestershire").items["meetings"]["family_care_and_protect"]
    busy = {after + one for one in taken}
    slot = next_slot(meeting, after, busy, CALENDAR)
    assert slot > after
    assert slot not in busy
    assert CALENDAR.is_working_day(slot)
    assert WEEKDAYS[(slot - 1) % 7] == "Thursday"
    assert not [
        one for one in range(after + 1, slot) if (one - 1) % 7 == 3 and one not in busy and CALENDAR.is_working_day(one)
    ]


@given(day, st.integers(1, 30), st.integers(1, 30))
def test_shape_9_a_first_stay_lasts_as_agreed_and_never_past_fourteen_days(start, until, review):
    stay = at(
        start,
        "accommodation.agreed/section_20",
        **CHILD,
        accommodation="A1",
        from_on=iso(start),
        until=iso(start + until),
        review_on=iso(start + review),
    )
    assert answer("stay.end", start, stay)[0].due == start + min(until, 14)
    assert answer("stay.review", start, stay)[0].due == start + min(review, 14)


@given(day, st.integers(1, 250), st.integers(1, 120))
def test_shape_10_an_extension_moves_the_day_from_the_day_it_was_given(start, given_after, more):
    issued = at(start, "proceedings.issued", **CHILD, proceedings="L1")
    until = start + 181 + more
    extended = at(start + given_after, "proceedings.extended", **CHILD, proceedings="L1", until=iso(until))
    one = answer("proceedings", start + given_after, issued, extended)[0]
    assert one.due == until
    earlier = answer("proceedings", start + given_after - 1, issued, extended)[0]
    assert earlier.due == start + 26 * 7 - 1
    assert earlier.state(start + given_after - 1) == (
        "overdue"
        if start + given_after - 1 > earlier.due
        else "due"
        if start + given_after - 1 == earlier.due
        else "upcoming"
    )


@given(day, st.integers(1, 60), st.integers(0, 200))
def test_shape_11_an_action_is_owed_and_a_relatives_promise_never_is(start, by, later):
    about = {**CHILD, "family": "F1"}
    action = at(start, "action.agreed", **about, action="X1", person="NURSE", by_when=iso(start + by))
    promise = at(start, "promise.made", **about, promise="G1", person="GRAN", ask_on=iso(start + by))
    reader = plain().reader()
    as_at = start + later
    found = owed(plain(), [reader.read(action), reader.read(promise)], as_at, CALENDAR)
    assert sorted(one.duty.id for one in found) == ["plan.action", "promise.ask"]
    assert [one.due for one in found] == [start + by] * 2
    for one in found:
        assert one.duty.owed_by != "GRAN"
        assert "GRAN" not in one.names
        assert one.holder != "GRAN"


@given(
    day,
    st.sampled_from(["child.died", "child.adopted", "child.moved_authority", "pregnancy.ended"]),
    st.integers(0, 300),
)
def test_all_shapes_fall_away_at_once_and_silently_when_the_child_is_gone(start, ending, later):
    rows = [
        plan(start),
        at(start, "assessment.started/core", **CHILD, assessment="A1"),
        at(start, "proceedings.issued", **CHILD, proceedings="L1"),
        at(start, "accommodation.started/section_20", **CHILD, accommodation="H1"),
        at(start + later, ending, **CHILD),
    ]
    reader = plain().reader()
    found = owed(plain(), [reader.read(row) for row in rows], start + later + 400, CALENDAR)
    assume(found)
    assert {one.state(start + later + 400) for one in found} == {"fell away"}
