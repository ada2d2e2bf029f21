"""Every letter that the shipped packs can write, in every variant, as text: for each reader and each thing its author can answer."""

import difflib
from pathlib import Path

from kith.record.procedures import calendar
from kith.rules.days import day_of
from kith.rules.forms import asked
from kith.rules.letters import FACTS, Block, compose, letters_of
from kith.rules.shipped import library
from kith.rules.stack import stack_of

GOLDEN = Path(__file__).parent / "golden"
BASE = "england@2013-04"
PACKS = ("care_crisis_review@2018-06", "leicestershire@2015-01", "lincolnshire@2021-08", "walsall@2020-11", "worcestershire@2012-04")  # fmt: skip
ON = day_of("2026-12-18")
SAYS = {key: f"({words})" for key, words in FACTS.items()} | {
    "council": "Sarn Council", "team": "North team", "team_telephone": "01632 960100", "worker": "Amy", "worker_telephone": "01632 960111",
    "children": "Kit Marsh", "home": "12 Elm Road", "home_known": True, "several": False, "unborn": False, "local_offer": "", "reader_name": "Ros Marsh",
}  # fmt: skip


class Drawn(dict):
    """Whatever is drawn from the record, by its name."""

    def __bool__(self):
        return True

    def get(self, key, default=None):
        """A part of the record, named."""
        return (Block("paragraph", f"[drawn from the record: {key}]"),)


def letters():
    """Every letter with the pack that wrote it, each once: what a council takes over unchanged is the base's."""
    base = letters_of(stack_of(library(), BASE))
    for one in base.values():
        yield BASE, one
    for pack in PACKS:
        for key, one in letters_of(stack_of(library(), pack)).items():
            if base.get(key) != one:
                yield pack, one


def path_of(pack, letter):
    """Where the text of a letter is kept."""
    return GOLDEN / pack.partition("@")[0] / f"{letter.id}.txt"


def text_of(letter):
    """Every variant: the first for each reader and layout whole, each other as it differs from that."""
    return "\n".join(part for reader in letter.to for part in _of_reader(letter, reader))


def _of_reader(letter, reader):
    first, told = {}, set()
    for chosen, answers in _variants(letter, reader):
        for plainly in (False, True):
            said = _said(letter, reader, answers, plainly)
            if said in told:
                continue
            told.add(said)
            yield f"=== {reader}{', in plain words' if plainly else ''}: {chosen or 'everything answered'}"
            yield _different(first[plainly], said) if plainly in first else said
            first.setdefault(plainly, said)


def _said(letter, reader, answers, plainly):
    facts = SAYS | {"reader": reader, "drawn": Drawn()}
    one = compose(letter, facts, answers, on=ON, calendar=calendar(), plainly=plainly)
    marks = {"heading": "## ", "bullet": "* "}
    lines = [
        f"# {one.subject}",
        *(marks.get(each.kind, "") + each.text for each in one.blocks),
        *(f"(with it) {each}" for each in one.encloses),
    ]
    return "\n".join(lines) + "\n"


def _different(first, said):
    lines = difflib.ndiff(first.splitlines(), said.splitlines())
    return "\n".join(line for line in lines if line[:1] in "+-") + "\n"


def _variants(letter, reader):
    """First everything answered with the first of each choice; then each other option once, as far as it is asked; then nothing that may be
    left out."""
    waiting, seen = [{}], set()
    while waiting:
        chosen = waiting.pop(0)
        answers = _answered(letter, reader, chosen)
        yield ", ".join(f"{key} {value}" for key, value in chosen.items()), answers
        for one in letter.asks:
            for option in _options(one) if one.key in answers else ():
                if (one.key, option) not in seen and answers[one.key] != option:
                    seen.add((one.key, option))
                    waiting.append(chosen | {one.key: option})
                elif answers[one.key] == option:
                    seen.add((one.key, option))
    yield "as little as may be", _answered(letter, reader, {}, little=True)


def _options(one):
    return (True, False) if one.answer == "yes_no" else tuple(one.options) if one.answer == "choice" else ()


def _answered(letter, reader, chosen, *, little=False):
    answers = {}
    for one in letter.asks:
        if asked(one, {**answers, "reader": reader}) and not (little and one.required is None):
            answers[one.key] = chosen.get(one.key, _answer(one))
    return answers


def _answer(one):
    if options := _options(one):
        return options[0]
    if one.answer == "choices":
        return list(one.options)[:2]
    if one.answer in ("date", "moment"):
        return "2026-12-04"
    return f"[{one.asks}]"
