"""Small numbers cannot be read off a row, nor worked out from it, even by a reader who knows exactly how they are withheld."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.insight.small_numbers import FEWER, Row, shown, shown_row

KEYS = "abcdefgh"
counts = st.lists(st.one_of(st.integers(0, 20), st.integers(0, 100_000)), min_size=1, max_size=8)


def row_of(values: list[int] | tuple[int, ...]) -> Row:
    return shown_row(dict(zip(KEYS, values, strict=False)), KEYS[: len(values)])


def published(row: Row) -> tuple[str, ...]:
    return (*(cell.text for cell in row.cells.values()), row.total.text)


def rows_of(cells: int, total: int) -> Iterator[tuple[int, ...]]:
    """Every row of so many cells that add up to no more than a total."""
    if cells == 0:
        yield ()
        return
    for first in range(total + 1):
        for rest in rows_of(cells - 1, total - first):
            yield (first, *rest)


@pytest.mark.parametrize(("cells", "total"), [(1, 60), (2, 60), (3, 44), (4, 34)])
def test_every_row_that_hides_a_number_looks_the_same_as_one_where_it_is_another(cells, total):
    alike = defaultdict(list)
    for row in rows_of(cells, total):
        alike[published(row_of(row))].append((*row, sum(row)))
    for looks, rows in alike.items():
        for place, text in enumerate(looks):
            if not text[0].isdigit():
                assert len({row[place] for row in rows}) > 1, (looks, rows)


@given(counts)
def test_no_count_from_one_to_five_is_ever_shown(values):
    row = row_of(values)
    for number in (*row.cells.values(), row.total):
        assert number.value is None or number.value == 0 or number.value >= 6


@given(counts)
def test_what_is_shown_is_true_and_adds_up_to_no_more_than_its_total(values):
    row = row_of(values)
    for value, number in zip(values, row.cells.values(), strict=True):
        assert number.value in (None, value)
    visible = sum(number.value or 0 for number in row.cells.values())
    assert visible <= sum(values)
    if all(number.is_shown for number in row.cells.values()):
        assert row.total.value == visible


@given(counts)
def test_one_hidden_cell_is_never_alone_beside_its_total(values):
    row = row_of(values)
    hidden = [number for number in row.cells.values() if not number.is_shown]
    assert len(hidden) != 1 or not row.total.is_shown


@given(counts)
def test_the_hidden_cells_beside_a_total_add_up_to_enough_for_each_small_one_to_be_anything(values):
    row = row_of(values)
    small = [value for value, number in zip(values, row.cells.values(), strict=True) if number.text == FEWER]
    if small and row.total.is_shown:
        hidden = sum(values) - sum(number.value or 0 for number in row.cells.values())
        others = sum(1 for number in row.cells.values() if not number.is_shown) - len(small)
        assert hidden - 10 * others - (len(small) - 1) >= 5


def test_a_row_without_small_numbers_is_shown_whole():
    assert published(row_of([6, 0, 1234])) == ("6", "0", "1,234", "1,240")


def test_a_total_below_six_hides_the_row_it_belongs_to():
    assert published(row_of([0, 3, 1])) == ("not shown", "not shown", "not shown", "fewer than 6")


def test_the_cell_that_says_least_is_given_up_first():
    assert published(row_of([40, 3, 900])) == ("not shown", "fewer than 6", "900", "943")


def test_the_total_is_withheld_where_nothing_else_can_be_given_up():
    assert published(row_of([5, 5])) == ("fewer than 6", "fewer than 6", "not shown")
    assert published(row_of([1, 9, 9])) == ("fewer than 6", "9", "9", "not shown")


def test_a_number_alone_is_shown_from_six_and_at_nought():
    assert [shown(count).text for count in (0, 1, 5, 6, 1000)] == ["0", FEWER, FEWER, "6", "1,000"]
