"""A pack with twenty planted mistakes gives twenty messages, each on the right line."""

from pathlib import Path

import pytest

from kith.rules.checking import check
from kith.rules.pack_files import Library
from kith.rules.problems import PackError
from kith.rules.shipped import packs_folder, registers

PLANTED = Path(__file__).parent / "planted"
FOLDER = PLANTED / "faulty" / "2024-01"


def planted_lines():
    """Where the mistakes stand: file and line."""
    return [
        (f"faulty/2024-01/{path.name}", number)
        for path in sorted(FOLDER.glob("*.yaml"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line.endswith("# mistake")
    ]


@pytest.fixture(scope="module")
def problems():
    return check(Library(packs_folder(), PLANTED), "faulty", registers())


def test_twenty_mistakes_give_twenty_messages_on_the_right_lines(problems):
    assert len(planted_lines()) == 20
    assert sorted((one.file, one.line) for one in problems) == sorted(planted_lines())


@pytest.mark.parametrize(
    ("line_says", "message"),
    [
        ("team_manger", "did you mean “team_manager”?"),
        ("visit.maed", "did you mean “visit.made”?"),
        ("met_bye", "did you mean “met_by”?"),
        ("sean", "did you mean “seen”?"),
        ("episode_opened", "did you mean “episode_open”?"),
        ("ten working days", "write a whole number and one of hours, days, working days"),
        ("LIN-999", "neither a clause of a register nor a source"),
        ("colour", "not something a pack file holds"),
        ("repeats:", "has due and repeats: a duty has one of them"),
        ("met_by: visit.made #", "visit.made does not name the plan"),
        ("id: assessment.complete", "it can be tightened or joined, never replaced"),
        ("before: section_47", "a protective act: nothing is asked before it"),
    ],
)
def test_the_message_says_what_is_wrong_and_how_to_mend_it(problems, line_says, message):
    told = {
        one.message
        for one in problems
        if line_says in (PLANTED / one.file).read_text("utf-8").splitlines()[one.line - 1]
    }
    assert any(message in one for one in told), told


def test_a_file_that_is_not_yaml_is_told_by_line_and_column(tmp_path):
    folder = tmp_path / "broken" / "1"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text('pack: broken\nversion: "1"\ntitle: [not closed\nin_force_from: 2024-01-01\n')
    with pytest.raises(PackError) as error:
        Library(tmp_path).document(Library(tmp_path).find("broken"))
    assert "broken/1/pack.yaml:" in str(error.value)
    assert "this is not YAML" in str(error.value)


def test_a_key_that_stands_twice_is_refused(tmp_path):
    folder = tmp_path / "double" / "1"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text('pack: double\nversion: "1"\ntitle: One\ntitle: Two\nin_force_from: 2024-01-01\n')
    problems = check(Library(tmp_path), "double", registers())
    assert [(one.line, one.message) for one in problems if "twice" in one.message] == [(4, "“title” stands here twice")]
