"""Nothing is silently dropped: what was read and what was refused make up what is in the file."""

import xml.etree.ElementTree as ET
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from kith.returns.cin import Census
from kith.returns.cin.elements import ALLOWED, FACTS
from returns.written import a_return

VALUES = st.one_of(
    st.dates().map(str),
    st.sampled_from(
        ["", " ", "true", "0", "perhaps", "2024-06-31", "1066-01-01", "2024-06-03", "2025-02-28", "9999-12-31"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8),
)
ELEMENTS = st.sampled_from(
    sorted({tag for tags in ALLOWED.values() for tag in tags if not tag.startswith("/")} | {"Oddity"})
)
TREES = st.recursive(
    st.tuples(ELEMENTS, VALUES),
    lambda inner: st.tuples(ELEMENTS, st.lists(inner, max_size=6)),
    max_leaves=25,
)


@st.composite
def likely_children(draw):
    """Children with the right blocks in the right places, and anything at all as their answers."""

    def block(name):
        parts = []
        for tag in ALLOWED[name]:
            if tag.startswith("/") or not draw(st.booleans()):
                continue
            parts += [
                (tag, block(tag)) if tag in ALLOWED else (tag, draw(VALUES)) for _ in range(draw(st.integers(1, 2)))
            ]
        return parts

    return "Child", [("LAchildID", draw(st.sampled_from(["C1", "C2", "", "C3"]))), *block("Child")]


def element(tree):
    tag, inside = tree
    made = ET.Element(tag)
    if isinstance(inside, str):
        made.text = inside
    else:
        made.extend([element(one) for one in inside])
    return made


def as_return(children):
    return a_return(*[ET.tostring(element(tree), encoding="unicode") + "\n" for tree in children])


def facts_in(text):
    return sum(1 for one in ET.fromstring(text).iter() if one.tag in FACTS and (one.text or "").strip())


def check(text):
    census = Census(BytesIO(text.encode()))
    children = list(census)
    ledger = census.ledger
    assert ledger.facts == facts_in(text)
    assert ledger.facts_read + ledger.facts_refused == ledger.facts
    assert ledger.children_read + ledger.children_refused == ledger.children == len(children)
    assert sum(problem.refused for one in children for problem in one.problems) <= ledger.facts_refused
    for one in children:
        ids = [event.id for event in one.events]
        assert len(ids) == len(set(ids))
        assert one.events == sorted(one.events, key=lambda event: event.order)
        assert all(problem.line <= text.count("\n") + 1 for problem in one.problems)


@given(st.lists(likely_children(), max_size=4))
def test_every_fact_of_a_likely_return_is_read_or_refused(children):
    check(as_return(children))


@given(st.lists(TREES.map(lambda tree: ("Child", [("LAchildID", "C1"), tree])), max_size=3))
def test_every_fact_of_an_unlikely_return_is_read_or_refused(children):
    check(as_return(children))


@given(st.lists(likely_children(), max_size=3), st.floats(0, 1))
def test_a_return_cut_anywhere_is_read_as_far_as_it_goes(children, share):
    text = as_return(children)
    census = Census(BytesIO(text.encode()[: int(len(text.encode()) * share)]))
    read = list(census)
    ledger = census.ledger
    assert ledger.facts_read + ledger.facts_refused == ledger.facts <= facts_in(text)
    whole = [one.id for one in Census(BytesIO(text.encode()))]
    assert [one.id for one in read if not one.refused] == [one for one in dict.fromkeys(whole) if one][
        : ledger.children_read
    ]


@given(st.binary(max_size=400))
def test_no_bytes_whatever_bring_the_reader_down(data):
    census = Census(BytesIO(data))
    assert all(child.refused and not child.events for child in census)
    assert census.problems


@given(st.lists(likely_children(), max_size=3), st.data())
def test_a_return_with_one_byte_changed_never_brings_the_reader_down(children, data):
    text = bytearray(as_return(children).encode())
    at = data.draw(st.integers(0, len(text) - 1))
    text[at] = data.draw(st.integers(0, 255).filter(lambda byte: byte != ord("!")))
    census = Census(BytesIO(bytes(text)))
    list(census)
    assert census.ledger.facts_read + census.ledger.facts_refused == census.ledger.facts
