import io
from pathlib import Path

import pytest

from importer.errors import SourceError
from importer.intake.source.records import Records

LIST = Path("list.csv")


def records(text: str, delimiter: str = ",") -> Records:
    return Records(io.StringIO(text, newline=""), delimiter, LIST)


def test_records_are_taken_a_list_at_a_time() -> None:
    taker = records("A,B\n1,2\n\n3,4\n")

    assert [taker.take(2), taker.take(5), taker.take(5)] == [
        [["A", "B"], ["1", "2"]],
        [[], ["3", "4"]],
        [],
    ]


def test_records_are_skipped_and_counted() -> None:
    taker = records("A\n" * 1_200 + "B\nC\n")

    assert (taker.skip(0), taker.skip(1_200), taker.take(1)) == (0, 1_200, [["B"]])
    assert (taker.skip(5), taker.skip(5)) == (1, 0)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_line_break_in_quotation_marks_is_text(ending: str) -> None:
    taker = records(f'A,B{ending}"x{ending}y",2{ending}{ending}3,4{ending}')

    assert taker.take(9) == [["A", "B"], [f"x{ending}y", "2"], [], ["3", "4"]]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_an_open_quotation_mark_is_told_with_its_row_behind_cells_of_many_lines(
    ending: str,
) -> None:
    taker = records(ending.join(["A,B", f'"x{ending}y{ending}z",2', "", '"5,6', "7,8", ""]))

    with pytest.raises(SourceError) as caught:
        taker.take(9)

    assert caught.value.where == "list.csv, row 4"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_line_that_excel_can_read_is_read_as_excel_does(ending: str) -> None:
    taker = records(ending.join(["A^B", '"12" TV^"x"', '"Big" Tom^5" x', "3^4", ""]), "^")

    assert taker.take(9) == [["A", "B"], ["12 TV", "x"], ["Big Tom", '5" x'], ["3", "4"]]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"Big" Tom,x', ["Big Tom", "x"]),
        ('12" pipe,x', ['12" pipe', "x"]),
        ('"12" pipe",x', ['12 pipe"', "x"]),
        ("x,5'6\"", ["x", "5'6\""]),
        ('x,"5\'6"""', ["x", "5'6\""]),
        ('"a""b",x', ['a"b', "x"]),
        ('"",x', ["", "x"]),
        ('""c"",x', ['c""', "x"]),
        ('"x" ,y', ["x ", "y"]),
        ('1,"x"y"z"', ["1", 'xy"z"']),
        ("1,2,", ["1", "2", ""]),
        ("1,2,,,", ["1", "2", "", "", ""]),
        # A mark behind a space is text, and a comma behind it parts cells: the row is too wide.
        ('a, "b, c", d', ["a", ' "b', ' c"', " d"]),
        ('a, "b"', ["a", ' "b"']),
    ],
)
def test_marks_and_spaces_are_what_excel_takes_them_for(line: str, cells: list[str]) -> None:
    taker = records(f"A,B\r\n{line}\r\n3,4\r\n")

    assert taker.take(9) == [["A", "B"], cells, ["3", "4"]]


def test_each_kind_of_line_end_ends_a_record_in_one_file() -> None:
    taker = records('A,B\r\n1,"x\ry"\n3,4\r5,"z\r\nz"\r\n7,8')

    assert taker.take(9) == [["A", "B"], ["1", "x\ry"], ["3", "4"], ["5", "z\r\nz"], ["7", "8"]]
