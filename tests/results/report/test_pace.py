"""How fast calls went, from counts of them."""

import re
from collections import Counter

from importer.journal.calls import Span
from importer.model import RowStatus
from importer.results.report.pace import (
    IDLE_MS,
    MOST_BARS,
    Bar,
    Pace,
    Stretch,
    bars_of,
    share_of,
    span_of,
    stretches_of,
)
from importer.results.report.page import pace_chart
from importer.runs import Run, Work

NONE: Counter[RowStatus] = Counter()
LIMIT = (25, 5.0)


def run(number: int, at_s: float, *, work: Work = Work.SEND) -> Run:
    return Run(number, 1, work, at_s, None, LIMIT, "", NONE, None)


def span(first: int, last: int = 0, calls: int = 1, *, number: int = 0, throttled: int = 0) -> Span:
    return Span(number, calls, throttled, first, last or first)


def test_calls_are_put_to_the_run_that_they_are_of() -> None:
    runs = [run(1, 10), run(2, 20, work=Work.UNDO), run(3, 30)]
    spans = [span(11_000, 11_900, 5), span(12_000, calls=2, throttled=1), span(31_000, 31_500, 4)]
    assert stretches_of(spans, runs) == [
        Stretch(runs[0], 11_000, 12_000, 7, 1),
        Stretch(runs[2], 31_000, 31_500, 4, 0),
    ]


def test_deletions_are_put_to_the_run_that_undoes() -> None:
    runs = [run(1, 10), run(2, 20, work=Work.UNDO), run(3, 30), run(4, 40, work=Work.UNDO)]
    spans = [span(21_000, 21_900, 5), span(31_000, calls=2), span(41_000)]
    assert [(each.run, each.calls) for each in stretches_of(spans, runs, Work.UNDO)] == [
        (runs[1], 7),
        (runs[3], 1),
    ]


def test_calls_of_no_run_are_parted_where_nothing_went_for_long() -> None:
    later = 5_000 + IDLE_MS
    spans = [span(1_000), span(5_000), span(later), span(later + 1 + IDLE_MS)]
    assert [(each.run, each.first, each.calls) for each in stretches_of(spans, [])] == [
        (None, 1_000, 3),
        (None, later + 1 + IDLE_MS, 1),
    ]


def test_the_share_is_that_of_the_calls_between_the_first_and_the_last() -> None:
    """25 calls in 5 s: one each 200 ms uses all of it."""
    assert Stretch(run(1, 0), 0, 20_000, 101).share == 1.0
    assert Stretch(run(1, 0), 0, 40_000, 101).share == 0.5
    assert Stretch(run(1, 0), 0, 0, 1).share is None
    assert Stretch(None, 0, 20_000, 101).share is None


def test_the_share_of_several_runs_is_weighed_by_their_time() -> None:
    whole, half = Stretch(run(1, 0), 0, 20_000, 101), Stretch(run(2, 0), 0, 60_000, 151)
    assert share_of([whole, half, Stretch(None, 0, 9, 9)]) == 0.625
    assert share_of([]) is None


def test_a_bar_is_one_window_or_several_where_that_made_too_many() -> None:
    short = Stretch(run(1, 0), 0, 20_000, 101)
    assert span_of([short]) == (5.0, 5.0, LIMIT)
    long = Stretch(run(1, 0), 0, 3_600_000, 18_001)
    width, window_s, limit = span_of([long])
    assert (width, window_s, limit) == (40.0, 5.0, LIMIT)
    assert 3_600 / width <= MOST_BARS
    assert span_of([Stretch(None, 0, 9_000, 90)]) == (1.0, 1.0, None)


def test_bars_stand_beside_each_other_without_the_time_between_runs() -> None:
    stretches = [Stretch(run(1, 0), 0, 7_000, 30), Stretch(run(2, 0), 100_000, 101_000, 9)]
    spans = [
        span(0, 4_900, 25, number=0, throttled=1),
        span(5_100, 7_000, 5, number=1),
        span(100_000, 101_000, 9, number=20),
    ]
    assert bars_of(spans, stretches, 5.0, 5.0) == [
        Bar(0, 0.0, 25, 1, 25.0),
        Bar(0, 5.0, 5, 0, 5.0),
        Bar(1, 10.0, 9, 0, 9.0),
    ]


def test_a_bar_of_several_windows_tells_their_mean() -> None:
    stretches = [Stretch(run(1, 0), 0, 20_000, 100)]
    (bar,) = bars_of([span(0, 9_000, 48)], stretches, 10.0, 5.0)
    assert bar.per_window == 24.0


def test_no_calls_make_no_bars() -> None:
    assert bars_of([], [], 5.0, 5.0) == []
    assert (Pace().calls, Pace().seconds, Pace().share) == (0, 0, None)


def test_the_times_below_the_picture_of_a_short_run_all_differ() -> None:
    pace = Pace(bars=[Bar(0, 0.0, 1, 0, 1.0)], span_s=1.0, limit=None)
    drawn = str(pace_chart(pace, {}))
    assert re.findall(r">(\d:\d\d:\d\d)<", drawn) == ["0:00:00", "0:00:01"]


def test_runs_that_made_no_such_call_are_passed_over_below_the_picture() -> None:
    stretches = [Stretch(run(1, 0), 0, 4_000, 5), Stretch(run(4, 9_000), 9_000, 13_000, 5)]
    bars = [Bar(0, 0.0, 5, 0, 5.0), Bar(1, 5.0, 5, 0, 5.0)]
    drawn = str(pace_chart(Pace(stretches, bars, 5.0), {1: "run 1", 2: "run 2", 4: "run 3"}))
    assert re.findall(r">(run \d)<", drawn) == ["run 1", "run 3"]
