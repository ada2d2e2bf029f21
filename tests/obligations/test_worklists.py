"""Worklists: what the database answers in one question is what the engine says of each obligation, on any day asked about."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cast
import database
from kith.core import clock
from kith.obligations import selectors, worklists
from kith.obligations.models import Owed
from kith.obligations.projectors import obligations_of
from kith.obligations.worklists import Worklist
from kith.record.selectors import history_of
from kith.rules.history import as_known

pytestmark = pytest.mark.django_db
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("plan", "visit", "not seen", "held", "free", "closed", "reviewed")), st.integers(0, 200)
    ),
    max_size=9,
)


@pytest.fixture
def council(db):
    return cast.council("lincolnshire")


def told(what, days, kit, amy, council):
    facts = {
        "free": cast.fact("case.unallocated", {"child": kit}, since=days),
        "closed": cast.fact("episode.closed", {"child": kit}, since=days),
        "reviewed": cast.fact(
            "assessment.started/child_and_family", {"child": kit, "assessment": cast.ids.new()}, since=days
        ),
    }
    if what == "plan":
        cast.in_need(kit, by=amy, since=days)
    elif what == "held":
        cast.allocate(kit, amy, council.team, by=amy, since=days)
    elif what in ("visit", "not seen"):
        cast.visit(kit, by=amy, since=days, **({} if what == "visit" else {"seen": False, "alone": False}))
    else:
        cast.recorded(facts[what], by=amy)


@settings(max_examples=max(8, settings.default.max_examples // 5))
@given(STEPS, st.integers(0, 60))
def test_a_stored_obligation_stands_as_the_engine_says_on_any_later_day(council, steps, later):
    with council.at_work(), database.forgotten():
        amy = council.worker("Amy")
        kit = cast.child(amy, since=300)
        for what, days in steps:
            told(what, days, kit, amy, council)
        today = clock.today()
        day = today + dt.timedelta(days=later)
        circles = set(Owed.objects.values_list("circle", flat=True))
        engine = {
            one.id: one.state(day.toordinal())
            for circle in circles
            for one in obligations_of(as_known(history_of(circle)), today.toordinal())
        }
        assert {row.id: selectors.state(row, day) for row in Owed.objects.all()} == engine
        rows, whole = selectors.open_rows(), Worklist((anyones,), {}, day)
        groups = {name: replace(whole, group=name) for name in worklists.GROUPS}
        assert whole.counts() == {name: found.count() for name, found in groups.items()}
        assert sum(whole.counts().values()) == rows.count()
        assert {one.id for one in groups["today"].rows()} == {one.id for one in rows if one.due_on == day}
        assert all(found[: worklists.FIRST] == list(found.rows()) for found in (whole, *groups.values()))
    council.workers.clear()


def anyones(**_values):
    return selectors.open_rows()


def mine(worker):
    return {row.duty for row in worklists.owed_by(cast.viewer(worker), cast.days_ago(0)).rows()}


def test_what_nobody_holds_is_the_team_managers_until_it_is_handed_over(council):
    with council.at_work():
        amy, ben, may = council.worker("Amy"), council.worker("Ben"), council.worker("May", "team_manager")
        kit = cast.child(amy)
        cast.in_need(kit, by=amy)
        cast.recorded(cast.fact("case.transferred", {"child": kit}, since=40, to_team=str(council.team.id)), by=may)
        assert ("visits" in mine(may), "visits" in mine(amy)) == (True, False)
        cast.allocate(kit, amy, council.team, by=may, since=20)
        assert ("visits" in mine(may), "visits" in mine(amy), "visits" in mine(ben)) == (False, True, False)
        cast.allocate(kit, ben, council.team, by=may, since=1)
        assert ("visits" in mine(amy), "visits" in mine(ben)) == (False, True)
        cast.recorded(cast.fact("case.unallocated", {"child": kit}, since=0), by=may)
        assert ("visits" in mine(may), "visits" in mine(ben)) == (True, False)


def test_a_worklist_tells_nothing_of_a_record_its_reader_may_not_open(council):
    with council.at_work():
        amy, may = council.worker("Amy"), council.worker("May", "team_manager")
        kit = cast.child(amy)
        cast.in_need(kit, by=amy)
        cast.recorded(cast.fact("access.closed_to", {"child": kit, "worker": may.id}), by=amy)
        assert mine(may) == set()


def test_on_the_eighteenth_birthday_what_was_owed_falls_away_by_itself(council):
    with council.at_work():
        amy = council.worker("Amy")
        born = clock.today().replace(day=1) - dt.timedelta(days=18 * 365 - 25)
        kit = cast.child(amy, born=born)
        cast.in_need(kit, by=amy, since=10)
        birthday = born.replace(year=born.year + 18)
        assert Owed.objects.filter(child=kit, closed_on=None).exists()
        with cast.on((birthday - clock.today()).days):
            assert selectors.bring_up_to_date(clock.today()) == 1
            assert not Owed.objects.filter(child=kit, closed_on=None).exists()
            assert set(Owed.objects.filter(child=kit).values_list("closed_as", flat=True)) <= {
                "fell away",
                "met",
                "missed",
            }
