from pathlib import Path

import pytest

from importer.errors import SourceError
from importer.intake.source.dialect import (
    SEP_LINE,
    find_delimiter,
    named_delimiter,
    separated_by,
)

LIST = Path("list.csv")


@pytest.mark.parametrize(
    ("name", "delimiter"),
    [
        (",", ","),
        ("comma", ","),
        ("Semicolon", ";"),
        ("tabs", "\t"),
        ("\t", "\t"),
        (r"\t", "\t"),
        (" pipe ", "|"),
        ("^", "^"),
        ("~", "~"),
        (":", ":"),
        ("¦", "¦"),
    ],
)
def test_a_delimiter_is_named_or_typed(name: str, delimiter: str) -> None:
    assert named_delimiter(name, LIST) == delimiter


@pytest.mark.parametrize("name", ["x", "5", "é", '"', "'", "\n", "\r", " ", "\0", "", "::", "bar"])
def test_what_stands_in_cells_separates_none(name: str) -> None:
    with pytest.raises(SourceError) as caught:
        named_delimiter(name, LIST)

    assert caught.value.what == f'"{name}" can\'t be used as the delimiter'
    assert caught.value.where == "list.csv"
    assert caught.value.fix == (
        "use one of: comma, semicolon, tab, pipe; or another sign, such as ^"
    )


@pytest.mark.parametrize(
    ("line", "delimiter"),
    [
        ("sep=;\r\n", ";"),
        ("SEP=,\n", ","),
        ('"sep=|"\r', "|"),
        ("sep=\t\r\n", "\t"),
        ("sep=^", "^"),
        ("sep=;x\n", None),
        ("sep=a\n", None),
        ("sep=\n", None),
        ('"sep=;\n', None),
        (" sep=;\n", None),
    ],
)
def test_a_sep_line_holds_nothing_else(line: str, delimiter: str | None) -> None:
    told = SEP_LINE.fullmatch(line)

    assert (told and told[2]) == delimiter


def test_a_sep_line_is_believed() -> None:
    assert find_delimiter("sep=^\nA,B^C\n1,2^3\n") == "^"


def test_what_stands_above_the_header_has_no_vote() -> None:
    sample = "Leads, of May, from all fairs\nKochi, Pune, Delhi\n\nA;B\n1;2\n"

    assert find_delimiter(sample) == ","
    assert find_delimiter(sample, header_row=4) == ";"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_line_break_in_a_cell_is_no_row_to_vote(ending: str) -> None:
    sample = f'A;B{ending}"1,2{ending}3,4{ending}5,6";7{ending}8;9{ending}'

    assert find_delimiter(sample) == ";"


def test_a_person_is_told_in_words() -> None:
    assert [separated_by(sign) for sign in (",", ";", "\t", "|", "^")] == [
        "separated by commas",
        "separated by semicolons",
        "separated by tabs",
        "separated by pipes",
        "separated by ^",
    ]
