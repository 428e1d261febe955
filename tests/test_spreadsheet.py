"""No cell of ours begins as a formula, however a program cuts the file; and each comes back."""

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from importer.results.files import csv_lines
from importer.spreadsheet import as_cut, marked, unmarked

DELIMITERS = (",", ";", "\t", "|")
FORMULA = re.compile(r"[ \xa0\x85\ufeff\u200b]*[=+\-@＝＋－＠]")
TEXTS = st.text(st.sampled_from([*"=+-@＝＠'\"ab1 \xa0\ufeff\u200b\x85;,|\t\n\r"]), max_size=12)


@given(st.one_of(st.text(), TEXTS))
@example("'=1")
@example("a;'b")
@example("a;' =1")
def test_a_marked_cell_comes_back_as_it_was(cell: str) -> None:
    assert unmarked(marked(cell)) == cell


@given(st.lists(TEXTS, min_size=2, max_size=4), st.sampled_from(DELIMITERS))
@example(["x", "a\n=1"], ",")
@example(["foo;=1", "b"], ",")
@example(['"', 'b";=1'], ",")
@example(["", ';"='], ",")
def test_no_program_finds_a_formula_whatever_it_cuts_at(cells: list[str], delimiter: str) -> None:
    text = "".join(csv_lines([list(map(marked, cells))], delimiter))
    for other in DELIMITERS:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=other):
            assert not [cell for cell in record if FORMULA.match(cell)], text
    (own,) = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    assert list(map(unmarked, own)) == cells


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("\xa0@sum", "'\xa0@sum"),
        ("＝1", "'＝1"),
        ("Pune;=cmd|'/c calc'!A0", "Pune;'=cmd|''/c calc'!A0"),
        ("a\n- b", "a\n'- b"),
        ("O'Brien, d'Arc", "O'Brien, d'Arc"),
        ("ada@example.com; 5-6", "ada@example.com; 5-6"),
        ("Müller-Lüdenscheidt", "Müller-Lüdenscheidt"),
        ("", ""),
    ],
)
def test_what_is_marked(cell: str, shown: str) -> None:
    assert marked(cell) == shown


@pytest.mark.parametrize("text", ["x" * 32_767, "", "\U0001f600" * 16_383])
def test_a_text_that_a_cell_takes_is_left_whole(text: str) -> None:
    assert as_cut(text) == text


def test_a_longer_text_is_cut_by_the_units_that_excel_counts() -> None:
    assert as_cut("x" * 40_000) == "x" * 32_767
    assert as_cut("\U0001f600" * 20_000) == "\U0001f600" * 16_383 + "\ud83d"


@pytest.mark.parametrize("sign", ["\n", ";", " ", '"', "; ", "\n ", ";=", "'", "\ufeff"])
def test_a_megabyte_of_any_sign_is_marked_in_time(sign: str) -> None:
    """A quadratic search would take hours."""
    cell = sign * ((1 << 20) // len(sign))
    assert unmarked(marked(cell)) == cell
