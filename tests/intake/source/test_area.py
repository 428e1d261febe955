from pathlib import Path

import pytest

from importer.errors import SourceError
from importer.intake.source.area import Area, read_area

FILE = Path("list.csv")


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("A3:D20", Area(3, 20, 0, 4)),
        ("A3:D", Area(3, None, 0, 4)),
        ("a3:d20", Area(3, 20, 0, 4)),
        (" B2:c9 ", Area(2, 9, 1, 3)),
        ("$A$3:$D$20", Area(3, 20, 0, 4)),
        ("$A3:D$20", Area(3, 20, 0, 4)),
        ("C1:C1", Area(1, 1, 2, 3)),
        ("Z1:AB2", Area(1, 2, 25, 28)),
        ("A1048576:XFD1048576", Area(1_048_576, 1_048_576, 0, 16_384)),
    ],
)
def test_an_area_is_read_as_excel_names_it(text: str, area: Area) -> None:
    assert read_area(text, FILE) == area


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "A3",
        "A:D",
        "3:20",
        "A0:D5",
        "A03:D5",
        "D3:A20",
        "A20:D3",
        "A3:D20:F30",
        "A3-D20",
        "A3;D20",
        "Sheet1!A3:D20",
        "A3:D20,F3:G20",
        "A1:XFE5",
        "A1048577:B",
        "A1:B1048577",
        "AAAA1:B2",
        "\u04103:D20",  # a Cyrillic A
        "A\u0663:D20",  # an Arabic 3
    ],
)
def test_what_is_no_area_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_area(text, FILE)
    assert (caught.value.what, caught.value.where) == (f'"{text}" is no range of cells', "list.csv")
    assert "A3:D20" in str(caught.value.fix)


@pytest.mark.parametrize("text", ["A3:D20", "A3:D", "B2:B7", "AA1:AC5"])
def test_an_area_is_written_as_it_is_read(text: str) -> None:
    assert str(read_area(text, FILE)) == text


def test_the_cells_of_a_row_are_those_between_its_columns() -> None:
    area = read_area("B1:C", FILE)
    assert area.cells(["a", "b", "c", "d"]) == ["b", "c"]
    assert area.cells(["a", "b"]) == ["b"]
    assert area.cells([]) == []
