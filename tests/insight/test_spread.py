"""How long things took agrees with the textbook, and the bars drawn from it hide what is small."""

import statistics
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.insight.spread import SHARES, bars, quantile, quantiles, width_for

days = st.lists(st.integers(0, 400), min_size=1, max_size=300)


@given(days)
def test_the_middle_is_the_median_of_the_whole_list(took):
    assert quantile(Counter(took), 0.5) == pytest.approx(statistics.median(took))


@given(st.lists(st.integers(0, 400), min_size=2, max_size=300))
def test_the_quarters_and_tenths_are_those_of_the_whole_list(took):
    quarters = statistics.quantiles(took, n=4, method="inclusive")
    tenths = statistics.quantiles(took, n=10, method="inclusive")
    told = [quantile(Counter(took), share) for share in (0.25, 0.75, 0.1, 0.9)]
    assert told == pytest.approx([quarters[0], quarters[2], tenths[0], tenths[8]])


@pytest.mark.parametrize(("number", "told"), [(11, 0), (12, 1), (23, 1), (24, 3), (59, 3), (60, 5)])
def test_a_share_is_told_only_with_six_on_either_side_of_it(number, told):
    assert sum(one.days is not None for one in quantiles(Counter(range(number)))) == told


def test_the_shares_are_told_from_the_least_to_the_most():
    assert [share for share, _ in SHARES] == sorted(share for share, _ in SHARES)


@given(days, st.integers(0, 200), st.booleans())
def test_the_bars_hold_everything_and_none_holds_one_to_five(took, limit, late):
    drawn = bars(Counter(took), limit, width_for(limit, 100), late=late)
    assert all(bar.how_many >= 6 for bar in drawn)
    assert sum(bar.how_many for bar in drawn) == (len(took) if len(took) >= 6 else 0)


@given(days, st.integers(1, 200))
def test_the_bars_follow_one_another_and_meet_at_the_limit(took, limit):
    in_time, late = [day for day in took if day <= limit], [day for day in took if day > limit]
    width = width_for(limit, 100)
    before, after = bars(Counter(in_time), limit, width, late=False), bars(Counter(late), limit, width, late=True)
    for bar, following in pairwise(before):
        assert bar.first <= (bar.last or 0) < following.first
    assert all(bar.last is not None and bar.last <= limit for bar in before)
    assert all(bar.first > limit for bar in after)
    assert not after or after[-1].last is None


def test_without_a_limit_the_bars_begin_at_nought():
    drawn = bars(Counter([0] * 7 + [3] * 8 + [40] * 9), None, 2, late=True)
    assert [(bar.first, bar.last, bar.how_many) for bar in drawn] == [(0, 1, 7), (2, 3, 8), (18, None, 9)]
