import tracemalloc
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.intake.columns.reading import ColumnReading
from importer.intake.columns.seen import MOST_EXAMPLES, Seen
from importer.intake.columns.tally import ColumnTally, Wanted

# What columns hold: ordinary, damaged, and what is nearly so.
CELLS = st.sampled_from(
    ["", " ", "Ann", "LEE", "AJ", "ÖZGÜR", "1-Feb", "01-févr", "Feb 01", "11-50", "11 - 50", "1",
     "2134", "12345", "02134", "94105-1234", " 501 ", "999", "1000", "1234567890123450",
     "1234567890123456", "9.2E+11", "M\ufffdller", "MÃ¼ller", "A &amp; B", "a\xa0b", "a\nb",
     "03/04/2026", "31/12/2026", "12/31/2026", "2026-01-31", "46000", "1.234", "1,5", "€ 5", "7%",
     "2026-01-31 10:15:00", "n/a"]
)  # fmt: skip
KINDS = "tndbef"


def tallied(texts: Sequence[str], kinds: str = "", cut: int = 500) -> ColumnTally:
    tally = ColumnTally(Wanted())
    for start in range(0, len(texts), cut):
        part = slice(start, start + cut)
        numbers = range(2 + start, 2 + start + len(texts[part]))
        tally.add(numbers, texts[part], kinds[part])
    return tally


def told(tally: ColumnTally) -> tuple[object, ...]:
    seen = {code: (each.rows, each.examples) for code, each in tally.seen.items()}
    ids, filled, first = tally.short_ids(), tally.filled, tally.first.examples
    return seen, tally.reading(), ids, filled, first, tally.ranges


@given(st.lists(st.tuples(CELLS, st.sampled_from(KINDS)), max_size=40), st.booleans())
def test_a_column_says_the_same_however_it_is_cut(
    cells: list[tuple[str, str]], is_typed: bool
) -> None:
    texts = [text for text, _ in cells]
    kinds = "".join(kind for _, kind in cells) if is_typed else ""
    whole = told(tallied(texts, kinds))
    assert told(tallied(texts, kinds, 1)) == told(tallied(texts, kinds, 7)) == whole


def test_a_long_column_says_the_same_however_it_is_cut() -> None:
    texts = ["", *["12345", "n/a", "2134"] * 700, "LEE", "1-feb", "11-50"]
    assert told(tallied(texts, cut=1)) == told(tallied(texts, cut=7)) == told(tallied(texts))


def test_of_what_is_found_all_rows_are_counted_and_the_first_kept() -> None:
    tally = tallied(["Ann", *["MÃ¼ller"] * 1000, "Søren"], cut=3)
    assert MOST_EXAMPLES == 3
    assert tally.seen == {"mojibake": Seen(1000, [(3, "MÃ¼ller"), (4, "MÃ¼ller"), (5, "MÃ¼ller")])}


def test_the_first_cells_that_are_not_blank_are_kept() -> None:
    assert tallied(["", " ", "a", "", "b", "c", "d"], cut=2).first.examples == [
        (4, "a"), (6, "b"), (7, "c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "damage"),
    [
        (["9.2E+11", "919877000000"], ("scientific_notation",)),
        (["M\ufffdller"], ("lost_character",)),
        (["1234567890123450", "12"], ("rounded_digits",)),
        (["1234567890123450", "1234567890123456"], ()),
        (["1234567890123456"], ()),
        (["9.2E+11", "M\ufffdller", "1234567890123450"],
         ("scientific_notation", "lost_character", "rounded_digits")),
        (["Ann", "Lee"], ()),
    ],
)  # fmt: skip
def test_the_damage_of_a_column_is_told_by_all_its_cells(
    texts: Sequence[str], damage: tuple[str, ...]
) -> None:
    assert tallied(texts, cut=1).reading().damage == damage


@pytest.mark.parametrize(
    ("kinds", "damage"),
    [("tn", ("rounded_number",)), ("nt", ()), ("tt", ()), ("nn", ("rounded_number",))],
)
def test_a_number_cell_that_excel_has_rounded_shows_it_by_itself(
    kinds: str, damage: tuple[str, ...]
) -> None:
    """Beside long texts that are whole, a text that ends in zeros may be as it was typed."""
    texts = ["1234567890123456", "1234567890123450"]
    assert tallied(texts, kinds).reading().damage == damage


def test_errors_and_truths_of_a_workbook_are_no_values() -> None:
    tally = tallied(["#N/A", "TRUE", "=A1", "12"], "ebfn")
    assert (tally.filled, tally.first.examples) == (1, [(5, "12")])


def test_what_is_not_wanted_is_not_looked_for() -> None:
    tally = ColumnTally(Wanted(dates=False, numbers=False, names=False, ids=False))
    tally.add(range(2, 5), ["03/04/2026", "LEE", "2134"])
    assert (tally.seen, tally.reading(), tally.short_ids()) == ({}, ColumnReading(), None)


def test_what_is_kept_does_not_grow_with_the_list() -> None:
    def kept(blocks: int) -> int:
        tally = ColumnTally(Wanted())
        tracemalloc.start()
        for block in range(blocks):
            first = block * 500
            texts = [f"MÃ¼ller {first + i}" if i % 2 else str(10_000 + i) for i in range(500)]
            tally.add(range(first, first + 500), texts)
        size = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert tally.filled == blocks * 500
        return size

    assert kept(40) < kept(10) + 2_000_000
