import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.mapping import Skip
from importer.intake.skips import folded, skipped_by


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("unsubscribed", " Unsubscribed\t"),
        ("opted out", "OPTED \u00a0 OUT"),
        ("désinscrit", "DE\u0301SINSCRIT"),
        ("weiß", "WEISS"),
        ("no", "\uff2e\uff2f"),
        ("", "\u200b"),
    ],
)
def test_texts_that_a_person_takes_for_the_same_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("no", "n o"), ("é", "e"), ("0", ""), ("-", "")])
def test_other_texts_are_others(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.lists(st.sampled_from(["", " ", "x", "X ", "y", "Z"]), max_size=9))
def test_a_column_of_rows_comes_to_what_each_row_does(cells: list[str]) -> None:
    [skip] = skipped_by([Skip("B", ("x", ""), 3)], ["A", "B"])
    rows = [["x", cell] for cell in cells]

    assert skip.among(rows) == [i for i, row in enumerate(rows) if skip.of(row) is not None]
