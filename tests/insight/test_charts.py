"""Charts: what is drawn stands where it should, and says the same in words."""

from collections import Counter

from kith.insight.charts import WIDTH, Limit, histogram, shares

IN_TIME, LATE = Counter({day: 8 for day in range(1, 16)}), Counter({day: 7 for day in range(16, 40)})
LIMIT = Limit(15, "15 working days")


def test_bars_in_time_end_at_the_limit_and_late_ones_begin_there():
    chart = histogram(IN_TIME, LATE, LIMIT, "working days", 17.0)
    assert chart is not None
    assert chart.limit is not None
    in_time = [shape.x + shape.width for shape in chart.shapes if not shape.late]
    late = [shape.x for shape in chart.shapes if shape.late]
    assert max(in_time) <= chart.limit.x <= min(late)
    assert all(shape.x >= 0 and shape.x + shape.width <= WIDTH for shape in chart.shapes)
    assert all(chart.top <= shape.y <= chart.floor for shape in chart.shapes)


def test_the_bars_stand_for_everyone_and_the_last_says_it_is_open():
    chart = histogram(IN_TIME, LATE, LIMIT, "working days", 17.0)
    assert chart is not None
    assert sum(shape.how_many for shape in chart.shapes) == IN_TIME.total() + LATE.total()
    assert chart.ticks[-1].words.endswith("+")
    assert chart.described.startswith("How many took how many working days. ")
    assert chart.described.endswith("26 or more: 98 late.")


def test_without_a_limit_nothing_is_called_late():
    chart = histogram(IN_TIME, LATE, None, "working days", None)
    assert chart is not None
    assert not chart.has_late
    assert chart.limit is None
    assert chart.median is None


def test_too_few_bars_are_not_drawn():
    assert histogram(Counter({3: 9}), Counter(), LIMIT, "working days", None) is None
    assert histogram(Counter(), Counter(), LIMIT, "working days", None) is None


def test_the_parts_of_a_whole_fill_it_and_none_stands_for_nothing():
    drawn = shares([("in-time", 30, "30"), ("late", 0, "0"), ("not-done", 10, "10")])
    assert [(part.fill, part.x, part.width) for part in drawn] == [("in-time", 0, 75), ("not-done", 75, 25)]
    assert shares([("late", 0, "0")]) == []
