"""The shipped packs as a whole: no mistakes, every clause accounted for, one rule in force on every day."""

import pytest

from kith.rules.calendars import england_and_wales
from kith.rules.check_sources import is_timescale
from kith.rules.checking import check
from kith.rules.compiling import procedure
from kith.rules.days import day_of, iso
from kith.rules.duty import AfterPeriod, Base, Earliest, FromFact
from kith.rules.events import Event, Heard
from kith.rules.shipped import library, registers
from kith.rules.state import State

SHELF = library()
LABELS = [folder.label for folder in SHELF.folders()]
NAMES = SHELF.names()


@pytest.mark.parametrize("label", LABELS)
def test_a_shipped_pack_has_no_mistakes(label):
    assert check(SHELF, label, registers(), run_examples=False).errors == []


def test_there_are_844_clauses_and_each_is_mapped_once():
    mapped = [
        clause
        for label in LABELS
        for source in SHELF.document(SHELF.find(label))["sources"]
        for clause in source.get("clauses", ())
    ]
    assert len(mapped) == len(set(mapped)) == 844
    assert set(mapped) == {clause for register in registers().values() for clause in register}


def test_every_timescale_of_every_register_is_coded():
    rows = {
        clause: row
        for label in LABELS
        for source in SHELF.document(SHELF.find(label))["sources"]
        for clause, row in source.get("clauses", {}).items()
    }
    wanted = [clause for register in registers().values() for clause, said in register.items() if is_timescale(said)]
    assert [clause for clause in wanted if "coded_as" not in rows[clause]] == []


def test_no_authority_is_named_in_code():
    from pathlib import Path

    import kith

    words = ("leicestershire", "worcestershire", "walsall", "lincolnshire")
    named = [
        f"{path.name}: {word}"
        for path in Path(kith.__file__).parent.rglob("*.py")
        # The demonstration is four councils that live by four packs: it is made of their words, and no product code imports it.
        if path.parent.name != "demo"
        for word in words
        if word in "\n".join(line for line in path.read_text("utf-8").lower().splitlines() if not _is_about(line))
    ]
    assert named == []


def _is_about(line):
    """A docstring or help text that gives a pack as an example."""
    return '"""' in line or "help=" in line or "such as" in line or "`" in line


@pytest.mark.parametrize("name", NAMES)
def test_on_every_day_exactly_one_version_of_each_duty_is_in_force_and_its_date_is_right(name):
    made = procedure(SHELF, name)
    calendar = england_and_wales().calendar()
    first, last = made.versions[0].in_force_from, calendar.covers_to - 366
    for duty in {duty.id: duty for duty in made.duties}.values():
        starts = max(first, duty.line[0].in_force_from)
        for day in range(starts, last + 1):
            in_force = [one for one in made.duties if one.id == duty.id and one.in_force_from <= day < one.in_force_to]
            assert len(in_force) == 1, (duty.id, iso(day))
        _dates_are_right(duty, calendar, starts, last)


def _dates_are_right(duty, calendar, first, last):
    rules = [duty.due, *(clause.due for clause in duty.starts if clause.due is not None)]
    rules = [part for rule in rules for part in (rule.parts if isinstance(rule, Earliest) else [rule])]
    state = State(calendar, 0)
    for rule in rules:
        if not isinstance(rule, AfterPeriod | FromFact) or rule.period is None:
            continue
        for day in range(first, last + 1):
            heard = _dated(rule, day, state)
            deadline = rule.work_out(state, heard, Base(day, None, duty.beginning_with))
            assert deadline.day is not None, (duty.id, iso(day))
            if rule.period.unit == "working days":
                assert calendar.is_working_day(deadline.day), (duty.id, iso(day), iso(deadline.day))
            before = isinstance(rule, FromFact) and rule.before
            assert deadline.day <= day if before else deadline.day >= day, (duty.id, iso(day))


def _dated(rule, day, state):
    event = Event()
    event.day, event.at = day, None
    if isinstance(rule, FromFact):
        names = {name: "X" for name in rule.fact.per}
        state.latest[rule.fact.id] = {rule.fact.key_of(names): iso(day)}
        return Heard(event, names, {})
    return Heard(event, {}, {})


def test_england_judges_every_year_of_the_samples():
    assert procedure(SHELF, "england").versions[0].in_force_from == day_of("2013-04-15")
