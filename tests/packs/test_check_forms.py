"""A value of the wrong form, wherever it stands, is told by line: whatever is typed, the checker answers and never breaks."""

import json
import random

import pytest

from kith.rules.checking import check
from kith.rules.pack_files import HEAD, Library
from kith.rules.problems import PackError
from kith.rules.shipped import packs_folder, registers
from kith.rules.yaml_lines import read_yaml
from packs.one_mistake import PACK, REST, mistakes, paths, put, written

WHOLE = {**read_yaml(PACK, "pack.yaml"), **read_yaml(REST, "walks.yaml")}
WRONG = [7, 2.5, "x", "child", "visit.made", [], [7], {}, {"x": 7}, {"setting": "gone"}, None, True]


def _told(folder, document):
    head = {key: value for key, value in document.items() if key in HEAD}
    rest = {key: value for key, value in document.items() if key not in HEAD}
    return check(written(folder, json.dumps(rest, indent=1), json.dumps(head, indent=1)), "borough", registers())


def test_the_pack_that_every_mistake_is_planted_in_is_itself_right(tmp_path):
    assert check(written(tmp_path), "borough", registers()) == []


@pytest.mark.parametrize("seed", range(6))
def test_whatever_stands_in_the_place_of_any_value_the_checker_answers_and_says_where(tmp_path, seed):
    chance = random.Random(seed)
    for path in chance.sample(list(paths(WHOLE)), 6):
        document = put(WHOLE, path, chance.choice(WRONG))
        for one in _told(tmp_path, document):
            assert one.line > 0, (path, str(one))
            assert "Error" not in one.message, (path, str(one))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("duties:\n- id: walk.first", "duties: a sentence\nforms:\n- id: walk.first", "“duties” is a list of mappings"),
        ("per: [child]\n  starts_from: [walk", "per: child\n  starts_from: [walk", "“per” is a list of ids"),
        ("starts_from: {event: walk.planned}", "starts_from: 7", "“starts_from” is a kind of event"),
        ("each: {worker: walkers}", "each: [x]", "“each” is a mapping of ids"),
        ("  cites: [OWN]\n  strength: should", "  cites: OWN\n  strength: should", "“cites” is a list of ids"),
        ("before: walk.planned\n", "before: {}\n", "“before” is an id, or a list of ids"),
        ("where: {field: colour, is: red}, same", "where: [], same", "“where” is a mapping"),
        ("quota: {of: {event: walk.taken}", "quota: {of: 7", "“of” is a kind of event, or a mapping"),
        ("every: 6 months, times: 2", "every: 6 months, times: twice", "“times” is a whole number, 1 or more"),
        ("slots: {every: Thursday}", "slots: {every: thursday}", "“every” is one of Monday"),
        ("taken: {names: [person]", "taken: {names: person", "“names” is a list of ids"),
        ("put_off: {fields: [back_on]}", "put_off: gone", "“put_off” is a mapping, or nothing"),
        ("{id: extra, answer: choice}", "{answer: choice}", "“fields” is a list of fields"),
        ("stops: [[walk.gate, explain]]", "stops: [walk.gate]", "“stops” is a list of pairs"),
        ("settings:\n  long:", "settings: []\nlinks2:\n  long:", "“settings” is a mapping of settings"),
        ("owed_by: {field: owner}", "owed_by: {role: owner}", "“owed_by” is a role, or {field: F}"),
        ("in: [red, blue]}, {age", "in: red}, {age", "“in” is a list of values"),
        ("is: true}, {field: mark, more", "is: [true]}, {field: mark, more", "“is” is a value"),
        ("words: {plan/child_in_need: Family plan}", "words: {plan/child_in_need: 7}", "“words” is a mapping of ids"),
        ("earlier_counts: 2 weeks", "earlier_counts: 14", "“earlier_counts” is true or false, or a period"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_form_is_told_once_on_its_own_line(tmp_path, old, new, message):
    told, line = mistakes(tmp_path, old, new)
    found = [(at, text) for _, at, text in told if message in text]
    assert len(found) == 1, told
    assert line <= found[0][0] <= line + new.count("\n")


def test_a_pack_of_the_wrong_form_cannot_be_used_and_says_why(tmp_path):
    shelf = written(tmp_path, "duties: a sentence\n")
    with pytest.raises(PackError, match=r"borough/1/walks.yaml:1:1 “duties” is a list of mappings"):
        shelf.document(shelf.find("borough"))


def test_a_pack_of_the_wrong_form_still_says_from_when_it_is_in_force(tmp_path):
    head = PACK.replace("adopts: [care_crisis_review@2018-06]", "adopts: 7")
    shelf = written(tmp_path, head=head)
    assert shelf.in_force_from(shelf.find("borough")) == "2025-01-01"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"- a list\n", "a pack file is a mapping of lists"),
        (b"a sentence\n", "a pack file is a mapping of lists"),
        (b"title: \xff\n", "this file is not UTF-8 text"),
        (b"duties: *nobody\n", "this is not YAML"),
        (b"defaults: {only_whle: [episode_open]}\n", "“only_whle” is not a default; did you mean “only_while”?"),
        (b"based_on: england@2013-04\n", "it belongs in pack.yaml"),
        (b"\n", None),
    ],
)
def test_a_file_that_is_no_part_of_a_pack_is_told(tmp_path, content, message):
    shelf = written(tmp_path)
    (tmp_path / "borough" / "1" / "more.yaml").write_bytes(content)
    told = [(one.file, one.line, one.message) for one in check(shelf, "borough", registers())]
    if message is None:
        assert told == []
        return
    assert [(file, line) for file, line, text in told if message in text] == [("borough/1/more.yaml", 1)]


def test_a_fault_in_the_base_is_told_in_the_bases_own_file(tmp_path):
    written(tmp_path, "duties: a sentence\n")
    path = tmp_path / "town" / "1"
    path.mkdir(parents=True)
    (path / "pack.yaml").write_text(
        'pack: town\nversion: "1"\ntitle: T\nin_force_from: 2025-01-01\nbased_on: borough@1\n'
    )
    told = check(Library(packs_folder(), tmp_path), "town", registers())
    assert [(one.file, one.line) for one in told] == [("borough/1/walks.yaml", 1)]


def test_a_later_version_is_told_that_the_one_before_cannot_be_read(tmp_path):
    written(tmp_path, "duties: a sentence\n", head=PACK.replace("2025-01-01", "2024-01-01"))
    shelf = written(tmp_path, head=PACK.replace('version: "1"', 'version: "2"'), version="2")
    told = [one.message for one in check(shelf, "borough@2", registers())]
    assert [one for one in told if "the version before this one cannot be read" in one]
