"""A large return is read by two readers side by side: the answer is the same as one reader's, to the last line number."""

import json

import pytest
from click.testing import CliRunner

from kith.commands import reading
from kith.commands.main import main
from kith.demo import census
from kith.returns.cin import halves


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "return.xml"
    census.write(path, 3000, 2025, 11, 0.03)
    text = path.read_text("utf-8")
    assert len(text) > halves.SMALLEST
    return path


def kith(*arguments):
    answer = CliRunner().invoke(main, [str(one) for one in arguments])
    assert answer.exit_code == 0, answer.output
    return answer


def alone(monkeypatch):
    monkeypatch.setattr(reading, "can_pair", lambda: False)


def test_two_readers_count_and_report_what_one_does(large, tmp_path, monkeypatch):
    pair = halves.halves(large)
    assert pair is not None
    assert pair[1].seen
    question = ("census", "due", large, "--pack", "lincolnshire", "--as-at", "2025-03-31")
    two = kith(*question, "--format", "json")
    kith(*question, "--report", tmp_path / "two" / "index.html")
    alone(monkeypatch)
    one = kith(*question, "--format", "json")
    kith(*question, "--report", tmp_path / "one" / "index.html")
    assert json.loads(two.stdout) == json.loads(one.stdout)
    assert two.stderr == one.stderr
    for name in ("index.html", "index-children.html", "index-overdue.csv", "index-problems.csv"):
        assert (tmp_path / "two" / name).read_text("utf-8") == (tmp_path / "one" / name).read_text("utf-8"), name
    assert sorted(path.name for path in (tmp_path / "two").iterdir()) == sorted(
        path.name for path in (tmp_path / "one").iterdir()
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("</Children>", "</Children><!-- kept -->"),
        lambda text: text.replace("<Child>", "<Child ref='1'>"),
        lambda text: text.replace("<Message>", '<?xml version="1.0" encoding="iso-8859-1"?><Message>'),
        lambda text: text[: len(text) // 4],
    ],
    ids=["a comment", "other markup", "another encoding", "too small"],
)
def test_a_return_that_is_not_plain_is_left_to_one_reader(large, tmp_path, change):
    other = tmp_path / "other.xml"
    text = large.read_text("utf-8")
    other.write_text(change(text[text.index("<Message>") :]))
    assert halves.halves(other) is None


def test_a_return_that_breaks_off_in_its_second_half_is_read_up_to_there(large, tmp_path, monkeypatch):
    text = large.read_text("utf-8")
    broken = tmp_path / "broken.xml"
    at = text.index("<CINdetails>", len(text) * 3 // 4)
    broken.write_text(text[:at] + "<broken" + text[at:])
    two = kith("census", "due", broken, "--pack", "england", "--format", "json")
    alone(monkeypatch)
    one = kith("census", "due", broken, "--pack", "england", "--format", "json")
    assert (one.stdout, one.stderr) == (two.stdout, two.stderr)
