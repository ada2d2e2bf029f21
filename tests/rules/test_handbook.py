"""The handbook of a pack: everything a practice lead wrote, in words they can check against their own procedure."""

import pytest

from kith.rules.handbook import handbook, shown
from kith.rules.pack_files import Library
from kith.rules.shipped import packs_folder, registers
from kith.rules.stack import stack_of
from packs.one_mistake import REST, RIGHT, changed, written

STACK = stack_of(Library(packs_folder(), RIGHT.parent.parent), "borough@1")
BOOK = handbook(STACK, registers())


@pytest.mark.parametrize(
    "line",
    [
        "# A borough",
        "Pack `borough@1`, in force from 2025-01-01, on top of `england@2013-04`. Generated from the pack: change the pack, not this page.",
        "### Walk often",
        "- Owed for each walker",
        "- Only while the child is walking",
        "- Something done in the 2 weeks before counts too",
        "- Note: A note",
        "- OWN: Our own, page 1",
        "- Runs beside: Complete the assessment (`assessment.complete`)",
        "- Due: every 4 weeks for 3 months, then every 12 weeks until a walk was put off, or as set when a walk was taken, after a walk was planned",
        "- Due: 2 times in every 6 months, after a walk was planned",
        "- Due: 3 working days before the day of the walk or the day back or 6 weeks, whichever comes first; owed after a walk was planned",
        "- Due: before a walk is put off; owed after a walk was planned",
        "- Met when it was recorded that a walk was planned",
        "- Before a walk is planned or a long walk is planned",
        "- A reason may be given by: Walker, or their deputy",
        "`walks` · decided by Walker",
        "    - the home was tidy (OWN; leads to the safeguarding procedures)",
        "- Who it is for: Walks",
        "- Must invite: midwife (if the child is not yet born)",
        "- **Long**: 20 working days. as elsewhere. Another reading: 20 days. (WT-assessment)",
        "- Walker (`walker`); deputy: Team manager",
        "- `plan/child_in_need`: Family plan",
        "- Walks in time (OWN)",
        "- Due: 40 working days after a referral was received",
    ],
)
def test_the_handbook_says_what_the_pack_says(line):
    assert line in BOOK.splitlines()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("due: {by: walk.put_off}", "due: same day", "- Due: on the day a walk was planned"),
        ("due: {by: walk.put_off}", "due: none", "- Due: no date is set; owed after a walk was planned"),
        ("due: {by: walk.put_off}", "due: 2 weeks\n  counts_from: back_on", "- Due: 2 weeks after the day back; owed after a walk was planned"),
        ("due: {by: walk.put_off}", "due: 2 weeks\n  counts_from: end", "- Due: 2 weeks after the end of it; owed after a walk was planned"),
        ("due: {by: walk.put_off}", "due: {date: walk_date}", "- Due: the day of the walk; owed after a walk was planned"),
        ("due: {by: walk.put_off}", "due: 2 weeks\n  counting: beginning_with", "- Due: 2 weeks after a walk was planned, that day counting as day one"),
        ("repeats: {every: 6 months, times: 2}", "repeats: {every: calendar month}", "- Due: once in every calendar month, after a walk was planned"),
        ("repeats: {every: 6 months, times: 2}", "repeats: {every: {field: often}}", "- Due: as often as is agreed (how often), after a walk was planned"),
        ("{every: 4 weeks, for: 3 months}", "{every: 4 weeks, for: 1 time}", "- Due: within 4 weeks, then every 12 weeks until a walk was put off, or as set when a walk was taken, after a walk was planned"),
        ("earlier_counts: 2 weeks", "earlier_counts: true", "- Something done at any time before counts too"),
        ("owed_by: {field: owner}", "owed_by: worker", "`walk.often` · Each worker · should"),
        ("chair: {roles: [walker]}", "chair: {roles: [walker], never: [student]}", "- Chair: Walker (never: Social work student)"),
        ("slots: {every: Thursday}", "venues: {offered: [here], free_entry: true, else: {when: [full]}}", "- Venues: offered: here; free entry: yes; else (when: full)"),
    ],
)  # fmt: skip
def test_each_way_of_writing_a_rule_has_words_of_its_own(tmp_path, old, new, line):
    text, _ = changed(REST, old, new)
    stack = stack_of(written(tmp_path, text), "borough@1")
    assert line in handbook(stack, registers()).splitlines()


def test_one_item_or_the_list_of_all_can_be_shown():
    assert "### Walk often" in shown(STACK, registers(), "walk.often")
    assert "### Walk more." in shown(STACK, registers(), "walk.gate")
    assert "deputy: team manager" in shown(STACK, registers(), "walker")
    assert "held by: fact: allocated worker" in shown(STACK, registers(), "walker")
    whole = shown(STACK, registers(), None).splitlines()
    assert whole[0] == "A borough (borough@1), in force from 2025-01-01"
    assert "  walk.often: Walk often" in whole
    assert "  assessment.complete: Complete the assessment" in whole, "tightened here, so it is the borough's own"
    assert any(one.startswith("  referral.decide:") and one.endswith("[england]") for one in whole)


def test_an_item_that_is_not_there_is_told_with_the_nearest():
    with pytest.raises(KeyError, match=r"borough@1 has nothing called “walk.oftn”; did you mean “walk.often”?"):
        shown(STACK, registers(), "walk.oftn")
