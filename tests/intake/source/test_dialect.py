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
    sample = "Leads,May\nKochi,Pune\nBonn,Kiel\n\nA;B\n1;2\n"

    assert find_delimiter(sample) == ","
    assert find_delimiter(sample, header_row=5) == ";"


NOTE = "He said: come, see, and buy; then he left, and that was that"
TABLES = {
    "a plain list": ("Name,Email\nAnna,anna@example.com\nBo,bo@example.com\n", ","),
    "semicolons": ("Name;Email\nAnna;anna@example.com\nBo;bo@example.com\n", ";"),
    "tabs": ("Name\tEmail\nAnna\tanna@example.com\n", "\t"),
    "pipes": ("Name|Email\nAnna|anna@example.com\n", "|"),
    "a header alone": ("Name;Email;City\n", ";"),
    "a header of two alone": ("Name;Email\n", ";"),
    "a title above a header alone": ("Leads of May\n\nName;Email;City\n", ";"),
    "one column": ("Email\nanna@example.com\nbo@example.com\n", ","),
    "one column of prose": ("Notes; remarks\nplain\nplain too\n", ","),
    "nothing": ("", ","),
    "blank lines alone": ("\n\n\r\n", ","),
    "a title with a comma": (
        "Report: leads, 2026\n\nName;City;Phone\nAnna;Bonn;98450\nBo;Kiel;98451\n",
        ";",
    ),
    "a long preamble above a short table": (
        "Report: leads, 2026\nBy: Anna, Bo, Cy\nFrom, to: May, June\nFair: Pune, Hall 3\n\n"
        "Name;City;Phone\nAnna;Bonn;98450\nBo;Kiel;98451\n",
        ";",
    ),
    "a preamble padded with delimiters": (
        "Leads, 2026;;\n;;\nName;City;Phone\nAnna;Bonn;98450\n",
        ";",
    ),
    "a preamble with a date and a semicolon": (
        "Export; 2 November 2026\nName,City,Phone\nAnna,Bonn,98450\nBo,Kiel,98451\n",
        ",",
    ),
    "notes below": (
        "Name;City\nAnna;Bonn\nBo;Kiel\nTotal;2\n\nSource: Anna, Bo, Cy\nPage 1, of 1\n",
        ";",
    ),
    "decimal commas": ("Price;Cost\n1,5;2,5\n3,5;4,5\n7,25;8,75\n", ";"),
    "decimal commas and no header": ("1,5;2,5\n3,5;4,5\n7,25;8,75\n", ";"),
    "decimal commas in a wide table": (
        "Name, first;A, EUR;B, EUR\nRao, Asha;1,5;2,5\nDas, Meera;3,5;4,5\n",
        ";",
    ),
    "grouped numbers": ("Name;Sum\nAnna;1.234,56\nBo;2.345,67 €\nCy;-3.456,78\n", ";"),
    "decimal commas behind tabs": ("1,5\t2,5\n3,5\t4,5\n", "\t"),
    "percentages": ("12,5%;13,5%\n14,5%;15,5%\n", ";"),
    "text with commas behind semicolons": (
        f"Name;Note\nAnna;{NOTE.replace(';', '')}\nBo;Yes, please\nCy;no\n",
        ";",
    ),
    "names with a comma": ("Name, first;Mail\nMeier, Anna;a@example.com\nRao, Bo;b@x.in\n", ";"),
    "text with commas behind tabs": (
        "Name\tCity\nMeier, Anna\tPune, India\nRao, Bo\tKochi, India\n",
        "\t",
    ),
    "text with commas between pipes": (
        "Name|City\nMeier, Anna|Pune, India\nRao, Bo|Kochi, India\n",
        "|",
    ),
    "text with semicolons behind tabs": ("Tags\tName\na;b\tAnna\nc;d\tBo\ne;f\tCy\n", "\t"),
    "text with bars behind commas": ("Name,Role\nAnna,CEO | Owner\nBo,CFO | Owner\n", ","),
    "lists with semicolons behind commas": (
        "Name,Email,Tags\nAnna,a@x.in,one;two\nBo,b@x.in,one;three\nCy,c@x.in,two;three\n",
        ",",
    ),
    "a list with semicolons in the header too": (
        "Name,Email,Tag;Tag\nAnna,a@x.in,one;two\nBo,b@x.in,one;three\n",
        ",",
    ),
    "quoted text with commas behind semicolons": (
        'A;B\n"x, y";"p,q"\n"u,v";"r, s"\n1;"t,t"\n',
        ";",
    ),
    "quoted text with semicolons behind commas": ('A,B\n"1;2;3",4\n"5;6;7",8\n', ","),
    "all in quotation marks": ('"A";"B,C"\n"1";"2,3"\n"4";"5,6"\n', ";"),
    "quoted cells of many lines": (
        'A;B\n"one, two\nthree, four\nfive, six";1\n"x, y\nz, z";2\n',
        ";",
    ),
    "ragged rows": ("A,B,C\n1,2,3\n1,2\n1,2,3,4\n", ","),
    "ragged rows of semicolons": ("A;B;C\n1;2;3\n1;2\n1;2;3;4\nx, y;2;3\n1;2, 3;4\n", ";"),
    "a delimiter at the end of each row": ("A;B;C\n" + "1;2;3;\n" * 5, ";"),
    "a delimiter at the end of each line": ("A;B;\n1,5;x;\n2,5;y;\n", ";"),
    "blank cells": ("A;B;C\n;;\n1;;\n;2;\n;;3,5\n", ";"),
    "a mark at a cell's start": ('A;B\n"Big" Tom;1,5\n"Red" Bo;2,5\nCy;3\n', ";"),
    "a mark that is never closed": ('A;B\n1;x, y\n"2;y\n3;z\n4;x\n5;y\n', ";"),
    "marks that are never closed": ('A;B\n"1;x, y\n2;y\n"3;z\n4;x\n"5;y\n6;x\n', ";"),
    "inches": ('Part;Size\nPipe, long;12"\nPipe, short;6"\nHose;1"\n', ";"),
    "spaces behind commas": ("A, B, C\n1, 2, 3\n4, 5, 6\n", ","),
    "spaces on both sides of bars": ("Name | City\nAnna | Bonn, Rhein\nBo | Kiel\n", "|"),
    "more semicolons in the rows than in the header": ("A,B\n1;2;3,4\n5;6;7,8\n", ","),
    "dates and times": (
        "When;Who\n2 May 2026, 9:30;Anna\n3 May 2026, 9:45;Bo\n4 May 2026, 10:00;Cy\n",
        ";",
    ),
    "addresses": (
        "Name;Address\nAnna;1 Main St, Pune, India\nBo;2 Main St, Kochi, India\n",
        ";",
    ),
    "addresses behind commas": (
        'Name,Address\nAnna,"1 Main St; Pune"\nBo,"2 Main St; Kochi"\n',
        ",",
    ),
    "old Mac line ends": ("A;B\r1,5;2\r3,5;4\r", ";"),
    "mixed line ends": ("A;B\r\n1,5;2\r3,5;4\n5,5;6\r\n", ";"),
    "a table that is uneven at its start only": (
        "a, b, c\n" * 90 + "Name;City\n" + "Anna;Bonn\n" * 800,
        ";",
    ),
    "phones with several numbers": (
        "Name;Phones\nAnna;98450 98450, 98450 98451\nBo;98450 98452\n",
        ";",
    ),
}


@pytest.mark.parametrize(("sample", "delimiter"), TABLES.values(), ids=TABLES)
def test_the_delimiter_is_the_one_of_the_steadier_table(sample: str, delimiter: str) -> None:
    assert find_delimiter(sample) == delimiter


ROWS = {name: case for name, case in TABLES.items() if len(case[0].splitlines()) > 3}


@pytest.mark.parametrize(("sample", "delimiter"), ROWS.values(), ids=ROWS)
def test_a_preamble_and_a_note_change_nothing(sample: str, delimiter: str) -> None:
    framed = f"Leads; of May, 2026\n\n{sample}\n\nExported by Anna, for Bo\n"

    assert find_delimiter(framed) == delimiter


def test_the_first_thousand_lines_vote() -> None:
    head, rows = "Name;City\n", "Anna;Bonn\n" * 998

    assert find_delimiter(head + rows + "a,b,c,d\n" * 5_000) == ";"


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
