from collections.abc import Sequence

import pytest

from importer.intake.document import Flaw
from importer.intake.headers import column_flaws, column_names
from importer.intake.letters import column_letter

BY_LETTER = "name the one that is meant by its letter: A or C or D"


def lacks(column: str) -> str:
    return f'the mapping names a column that the file does not have: "{column}"'


def test_names_are_trimmed_and_a_blank_one_is_its_letter() -> None:
    assert column_names([" Name\t", "", "E-mail", "\u00a0", "name"]) == [
        "Name",
        "B",
        "E-mail",
        "D",
        "name",
    ]


@pytest.mark.parametrize(
    ("index", "letter"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_a_column_has_the_letter_that_excel_shows(index: int, letter: str) -> None:
    assert column_letter(index) == letter


@pytest.mark.parametrize(
    ("named", "names", "flaws"),
    [
        ([("A", 3), ("B", 4)], ["B", "A", "C", "C"], []),
        (
            [("Mail", 3)],
            ["Name", "E-Mail", "City"],
            [Flaw(3, lacks("Mail"), 'did you mean "E-Mail"? use one of: Name, E-Mail, City')],
        ),
        (
            [("mail", 3), ("Name", 4), ("mail", 9)],
            ["Name", "MAIL", "City", "City"],
            [
                Flaw(3, lacks("mail"), 'did you mean "MAIL"? use one of: MAIL, C, D'),
                Flaw(9, lacks("mail"), 'did you mean "MAIL"? use one of: MAIL, C, D'),
            ],
        ),
        ([("x", 3), ("A", 4)], ["A"], [Flaw(3, lacks("x"), "use one of: A")]),
        (
            [("Fone", 9), ("Mail", 5), ("Status", 3), ("Name", 4)],
            ["Name", "Phone", "mail"],
            [
                Flaw(3, lacks("Status"), "the columns of list.csv are: Name, Phone, mail"),
                Flaw(5, lacks("Mail"), 'did you mean "mail"?'),
                Flaw(9, lacks("Fone"), 'did you mean "Phone"?'),
            ],
        ),
        (
            [("Maill", 3), ("xyz", 4)],
            ["Name", "Mail"],
            [
                Flaw(
                    3,
                    lacks("Maill"),
                    'did you mean "Mail"? the columns of list.csv are: Name, Mail',
                ),
                Flaw(4, lacks("xyz"), "use another of these columns"),
            ],
        ),
        (
            [("A", 3), ("B", 4)],
            ["A", "B", "A", "A"],
            [
                Flaw(
                    3,
                    'the mapping uses the column "A", which the file has 3 times '
                    "(list.csv, columns A, C, D)",
                    BY_LETTER,
                )
            ],
        ),
    ],
)
def test_a_column_that_the_file_lacks_or_has_twice_is_said(
    named: list[tuple[str, int]], names: Sequence[str], flaws: list[Flaw]
) -> None:
    assert list(column_flaws(named, names, "list.csv")) == flaws


def test_a_column_that_another_entry_uses_may_be_meant_too() -> None:
    named = [("Country", 3), ("Contry", 9)]
    assert list(column_flaws(named, ["Country", "Zip"], "list.csv")) == [
        Flaw(
            9,
            'the mapping names a column that the file does not have: "Contry"',
            'did you mean "Country"? use one of: Country, Zip',
        )
    ]


def test_a_file_with_none_of_the_columns_is_said_to_be_read_at_the_wrong_row_perhaps() -> None:
    assert list(column_flaws([("Name", 3), ("Mail", 4)], ["Export", "B"], "list.csv")) == [
        Flaw(
            3,
            "list.csv has none of the columns that the mapping names: its columns are Export, B",
            "say how it is to be read with --sheet, --range, --header-row, --delimiter or"
            " --encoding; or name another mapping",
        )
    ]
