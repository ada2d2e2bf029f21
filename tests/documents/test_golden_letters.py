"""Every letter of every pack, in every variant, word for word as a person read it once.

KITH_WRITE_GOLDEN=1 writes them anew, to be read again.
"""

import os

import pytest
from golden_letters import GOLDEN, letters, path_of, text_of

EVERY = list(letters())


@pytest.mark.parametrize(("pack", "letter"), EVERY, ids=[f"{pack.partition('@')[0]}-{one.id}" for pack, one in EVERY])
def test_a_letter_says_this_to_each_reader_and_nothing_else(pack, letter):
    path, text = path_of(pack, letter), text_of(letter)
    if os.environ.get("KITH_WRITE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.is_file(), f"{path.name} has no golden text: write it with KITH_WRITE_GOLDEN=1, and read it"
    assert text == path.read_text("utf-8")


def test_no_golden_text_is_of_a_letter_that_is_no_more():
    kept = {one for folder in GOLDEN.iterdir() if folder.is_dir() and folder.name != "copies" for one in folder.glob("*.txt")}  # fmt: skip
    assert kept == {path_of(pack, letter) for pack, letter in EVERY}


@pytest.mark.parametrize(("pack", "letter"), EVERY, ids=[f"{pack.partition('@')[0]}-{one.id}" for pack, one in EVERY])
def test_a_golden_text_holds_every_reader_and_every_option_of_its_letter(pack, letter):
    """So that a variant cannot be lost with the test staying green."""
    text = path_of(pack, letter).read_text("utf-8")
    assert [one for one in letter.to if f"=== {one}" not in text] == []
    parts = [one for one in (*letter.says, *letter.encloses) if one.kind in ("paragraph", "heading")]
    pieces = {piece for one in parts for piece in one.text.replace("}", "{").split("{")[::2] if len(piece) > 25}
    assert [one for one in pieces if one.splitlines()[0].strip() not in text] == []
