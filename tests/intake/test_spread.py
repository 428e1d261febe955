"""Some rows from all over a list."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from importer.intake.spread import Spread


@given(st.lists(st.integers(0, 60), max_size=20), st.integers(1, 9))
def test_rows_are_every_nth_of_a_list_however_it_comes(sizes: list[int], most: int) -> None:
    spread, start = Spread(most), 0
    for size in sizes:
        spread.add([[str(number)] for number in range(start, start + size)])
        start += size
    numbers = [int(text) for (text,) in spread.rows]
    assert spread.count == sum(sizes)
    assert len({b - a for a, b in pairwise(numbers)}) <= 1
    assert numbers[:1] == [0][: len(numbers)]


def test_so_many_rows_are_kept_at_most_and_half_of_them_at_least() -> None:
    spread = Spread(100)
    for number in range(12_345):
        spread.add([[str(number)]])
    assert 50 <= len(spread.rows) <= 100
    assert spread.rows[0] == ["0"]
    assert int(spread.rows[-1][0]) > 12_200


def test_a_long_cell_is_cut() -> None:
    spread = Spread(100, 3)
    spread.add([["abcdef", "ab", ""]])
    assert spread.rows == [["abc", "ab", ""]]
