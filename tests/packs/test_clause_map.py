"""The clause map: every clause of a register is coded, planned, or not coded for a reason, and what it names exists."""

import pytest

from kith.rules.checking import check
from kith.rules.pack_files import Library
from kith.rules.shipped import packs_folder, registers

REGISTER = {"BOR": {"BOR-001": {"kind": "rule"}, "BOR-002": {"kind": "timescale"}, "BOR-003": {"kind": "letter"}}}
RIGHT = "BOR-001: {coded_as: [pack.title]}\n    BOR-002: {coded_as: assessment.complete}\n    BOR-003: {planned: documents}\n"


def problems(folder, clauses, register="BOR"):
    path = folder / "borough" / "1"
    path.mkdir(parents=True)
    (path / "pack.yaml").write_text(
        f'pack: borough\nversion: "1"\ntitle: A borough\nin_force_from: 2025-01-01\nbased_on: england@2013-04\n'
        f"sources:\n- id: BOR\n  register: {register}\n  title: Its document\n  clauses:\n    {clauses}"
    )
    found = check(Library(packs_folder(), folder), "borough", {**registers(), **REGISTER})
    return [(one.line, one.message) for one in found]


def test_a_complete_map_has_no_mistakes(tmp_path):
    assert problems(tmp_path, RIGHT) == []


@pytest.mark.parametrize(
    ("wrong", "right", "line", "message"),
    [
        ("BOR-003: {planned: documents}\n", "", 10, "the map leaves out 1 clauses: BOR-003"),
        ("BOR-001", "BOR-009", 11, "is not in the register"),
        ("planned: documents", "planned: documennts", 13, "did you mean “documents”?"),
        ("planned: documents", "not_coded: ' '", 13, "say why it is not coded"),
        ("coded_as: assessment.complete", "planned: casework", 12, "is a timescale: it has to be coded"),
        ("coded_as: assessment.complete", "coded_as: assessment.compleet", 12, "did you mean “assessment.complete”?"),
        ("coded_as: [pack.title]", "coded_as: [pack.title], planned: casework", 11, "one of them"),
        ("coded_as: [pack.title]", "coded_as: [private_fostering.nobody]", 11, "which is not in this stack"),
    ],
)
def test_a_mistake_in_the_map_is_told_on_its_line(tmp_path, wrong, right, line, message):
    found = problems(tmp_path, RIGHT.replace(wrong, right, 1))
    assert any(message in told and at == line for at, told in found), found


def test_a_register_that_is_not_there_is_told_with_the_nearest(tmp_path):
    assert any(
        "there is no register “BORR”; did you mean “BOR”?" in told for _, told in problems(tmp_path, RIGHT, "BORR")
    )
