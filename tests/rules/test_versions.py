"""Which version of a pack judges what: by the day the start happened, each repeat by its own first day, and what bites."""

import pytest

from kith.rules.calendars import england_and_wales
from kith.rules.checking import check
from kith.rules.compiling import procedure
from kith.rules.days import day_of, iso
from kith.rules.pack_files import Library, compile_pack
from kith.rules.problems import PackError
from kith.rules.run import owed
from kith.rules.shipped import library, packs_folder, registers
from rules.worked_pack import procedure as worked

CALENDAR = england_and_wales().calendar()
MAP = {
    "id": "network_map", "cites": ["LIN-047"], "per": ["child"], "starts_from": "plan.started/child_in_need", "due": "20 working days",
    "met_by": "plan.reviewed", "falls_away_on": "plan.ended/child_in_need",
}  # fmt: skip


def _owed(made, rows, as_at, duty):
    reader = made.reader()
    found = owed(made, [reader.read(row) for row in rows], day_of(as_at), CALENDAR)
    return [(one.due_text, one.state(day_of(as_at)), one.from_id) for one in found if one.duty.id == duty]


def _plan(day, plan="P1"):
    return {"id": f"start-{plan}", "when": day, "kind": "plan.started/child_in_need", "child": "C1", "plan": plan}


def test_an_obligation_is_judged_for_its_whole_life_by_the_version_of_its_start():
    shorter = {"id": "meeting.first", "replaces": True, "bites_on": "starts", "cites": ["LIN-017"], "per": ["child"], "take": "earliest",
               "starts_from": "plan.started/child_in_need", "due": "5 working days", "met_by": "meeting.held/child_in_need"}  # fmt: skip
    made = worked({"2025-06-02": [shorter]})
    assert _owed(made, [_plan("2025-05-30")], "2025-06-30", "meeting.first")[0][0] == "2025-06-13"
    assert _owed(made, [_plan("2025-06-02")], "2025-06-30", "meeting.first")[0][0] == "2025-06-09"


def test_what_bites_on_acts_is_owed_for_earlier_starts_from_that_day_unless_they_had_ended():
    made = worked({"2025-06-02": [{**MAP, "bites_on": "acts"}]})
    before = [_plan("2025-03-03")]
    assert _owed(made, before, "2025-06-01", "network_map") == []
    assert _owed(made, before, "2025-06-02", "network_map") == [("2025-06-27", "upcoming", "start-P1")]
    ended = [*before, {"when": "2025-05-30", "kind": "plan.ended/child_in_need", "child": "C1", "plan": "P1"}]
    assert _owed(made, ended, "2025-06-30", "network_map") == []


def test_what_was_met_before_a_version_bit_is_not_judged_again():
    made = worked({"2025-06-02": [{**MAP, "bites_on": "acts", "met_by": "plan.reviewed"}]})
    met = [
        _plan("2025-03-03"),
        {"when": "2025-04-01", "kind": "plan.reviewed", "child": "C1", "plan": "P1", "with_family": True},
    ]
    assert _owed(made, met, "2025-06-30", "network_map") == []


def test_a_change_that_bites_on_starts_leaves_a_running_series_as_it_was():
    weekly = {"id": "visits", "replaces": True, "cites": ["LIN-022"], "per": ["child"], "starts_from": "plan.started/child_in_need",
              "repeats": {"every": "1 week"}, "met_by": "visit.made"}  # fmt: skip
    rows = [
        _plan("2025-05-06"),
        {"id": "v1", "when": "2025-06-03", "kind": "visit.made", "child": "C1", "visit": "V1", "seen": True},
    ]
    on_starts = worked({"2025-06-02": [{**weekly, "bites_on": "starts"}]})
    on_next = worked({"2025-06-02": [{**weekly, "bites_on": "next_interval"}]})
    assert _owed(on_starts, rows, "2025-06-04", "visits")[-1] == ("2025-07-01", "upcoming", "v1")
    assert _owed(on_next, rows, "2025-06-04", "visits")[-1] == ("2025-06-10", "upcoming", "v1")


def test_before_a_councils_first_version_its_base_was_in_force():
    made = procedure(library(), "lincolnshire")
    early = [{"when": "2020-03-02", "kind": "referral.received", "child": "C1", "referral": "R1"}, _plan("2020-03-02")]
    assert _owed(made, early, "2020-06-01", "assessment.complete")[0][0] == iso(CALENDAR.add(day_of("2020-03-02"), 45))
    assert _owed(made, early, "2020-06-01", "visits") == []
    as_if = procedure(library(), "lincolnshire", as_if=True)
    assert _owed(as_if, early, "2020-03-31", "visits") == [("2020-03-30", "overdue", "start-P1")]


def test_an_adopted_pack_adds_its_duties_from_its_own_day():
    made = procedure(library(), "walsall", ["care_crisis_review@2018-06"])
    assert {one.pack for one in made.duties} >= {"walsall@2020-11", "care_crisis_review@2018-06", "england@2013-04"}


HEAD = """pack: borough
version: "{version}"
title: A borough
in_force_from: {day}
based_on: england@2013-04
sources: []
"""
DUTY = """duties:
- id: borough.visit
  title: Visit
  cites: [WT-assessment]
  strength: must
  owed_by: team_manager
  per: [child]
  starts_from: referral.received
  due: {due}
  met_by: visit.made
{more}examples:
- name: A visit
  events: [{{when: 2025-06-02, kind: referral.received, child: C1, referral: R1}}]
  ask: [{{duty: borough.visit, as_at: 2025-06-02, expect: [{{state: upcoming}}]}}]
"""


def _borough(folder, version, day, due="5 working days", more=""):
    path = folder / "borough" / version
    path.mkdir(parents=True)
    (path / "pack.yaml").write_text(HEAD.format(version=version, day=day))
    (path / "duties.yaml").write_text(DUTY.format(due=due, more=more))
    return Library(packs_folder(), folder)


def test_a_changed_duty_says_on_what_it_bites(tmp_path):
    shelf = _borough(tmp_path, "1", "2025-01-01")
    shelf = _borough(tmp_path, "2", "2025-06-01", due="4 working days")
    problems = check(shelf, "borough@2", registers())
    assert [one.message for one in problems] == [
        "“borough.visit” is new or changed in this version: say on what it bites, with bites_on:"
    ]
    assert check(shelf, "borough@1", registers()) == []


def test_two_versions_in_force_from_the_same_day_are_refused(tmp_path):
    _borough(tmp_path, "1", "2025-01-01")
    shelf = _borough(tmp_path, "2", "2025-01-01")
    assert any("in force from the same day" in one.message for one in check(shelf, "borough@2", registers()))


def test_a_published_version_can_never_change(tmp_path):
    shelf = _borough(tmp_path, "1", "2025-01-01")
    compile_pack(shelf.find("borough"), publish=True)
    assert check(Library(packs_folder(), tmp_path), "borough", registers()) == []
    path = tmp_path / "borough" / "1" / "duties.yaml"
    path.write_text(path.read_text().replace("5 working days", "6 working days"))
    again = Library(packs_folder(), tmp_path)
    assert any("is published and can never change" in one.message for one in check(again, "borough", registers()))
    with pytest.raises(PackError, match="put the change in a new version"):
        compile_pack(again.find("borough"))


def test_the_compiled_pack_answers_as_its_files_do(tmp_path):
    shelf = _borough(tmp_path, "1", "2025-01-01")
    compile_pack(shelf.find("borough"))
    (tmp_path / "borough" / "1" / "extra.txt").write_text("no part of the pack")
    compiled_one = Library(packs_folder(), tmp_path).document(Library(packs_folder(), tmp_path).find("borough"))
    assert type(compiled_one) is dict
    assert compiled_one["duties"][0]["due"] == "5 working days"


@pytest.mark.parametrize(
    ("due", "message"), [("40 working days", None), ("50 working days", "never loosened"), ("60 days", "same unit")]
)
def test_a_statutory_duty_can_be_tightened_and_never_loosened(tmp_path, due, message):
    path = tmp_path / "borough" / "1"
    path.mkdir(parents=True)
    (path / "pack.yaml").write_text(HEAD.format(version="1", day="2025-01-01"))
    (path / "duties.yaml").write_text(
        f"duties:\n- {{id: borough.assessment, tightens: assessment.complete, due: {due}, cites: [WT-assessment]}}\n"
    )
    shelf = Library(packs_folder(), tmp_path)
    problems = [one.message for one in check(shelf, "borough", registers())]
    if message is not None:
        assert any(message in one for one in problems)
        return
    assert problems == ["“assessment.complete” has no worked example"]
    rows = [{"when": "2025-06-02", "kind": "referral.received", "child": "C1", "referral": "R1"}]
    made = procedure(shelf, "borough")
    assert _owed(made, rows, "2025-06-02", "assessment.complete")[0][0] == iso(CALENDAR.add(day_of("2025-06-02"), 40))


@pytest.mark.parametrize("how", ["removes", "replaces"])
def test_a_statutory_duty_can_be_neither_removed_nor_replaced(tmp_path, how):
    path = tmp_path / "borough" / "1"
    path.mkdir(parents=True)
    removes = (
        "removes: [{id: assessment.complete, because: slow, cites: [WT-assessment]}]\n" if how == "removes" else ""
    )
    (path / "pack.yaml").write_text(HEAD.format(version="1", day="2025-01-01") + removes)
    if how == "replaces":
        replaced = DUTY.format(due="60 working days", more="  replaces: true\n  because: slow\n").replace(
            "borough.visit", "assessment.complete"
        )
        (path / "duties.yaml").write_text(replaced)
    problems = [one.message for one in check(Library(packs_folder(), tmp_path), "borough", registers())]
    assert any("is a statutory duty" in one for one in problems)


def test_one_duty_that_is_the_same_in_two_versions_is_one():
    made = worked({"2025-06-02": []})
    assert len([one for one in made.duties if one.id == "visits"]) == 1
