from collections.abc import Sequence
from pathlib import Path

import pytest

from importer.errors import SourceError
from importer.intake.source.file import Reading
from importer.intake.source.header import (
    Confidence,
    Header,
    is_label,
    looks_like_names,
    named,
    vote,
    voted,
    wanted_row,
)

FILE = Path("list.csv")
Rows = tuple[Sequence[str], ...]
NAMES = ("First Name", "Last Name", "Email", "Phone")
ANN = ("Ann", "Lee", "ann@example.com", "555 0100")
BOB = ("Bob", "Ray", "bob@example.com", "555 0101")
CID = ("Cid", "Fox", "cid@example.com", "555 0102")
PEOPLE = (ANN, BOB, CID)
TWO = (("a@example.com", "5"), ("b@example.com", "7"))


def alone(text: str) -> tuple[str, ...]:
    return (text, "", "", "")


def found(rows: Rows) -> int:
    filled = [(n, row) for n, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    return vote(filled).row


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        # titles and blocks of words above
        ((NAMES, *PEOPLE), 1),
        ((alone("Visitors 2026"), NAMES, *PEOPLE), 2),
        ((("Visitors 2026",), NAMES, *PEOPLE), 2),
        ((alone(""), alone(""), NAMES, *PEOPLE), 3),
        ((alone("Leads"), alone("Exported: 2026-01-05"), alone(""), NAMES, *PEOPLE), 4),
        ((alone("Acme Ltd"), alone("12 High Street"), alone("London N1"),
          ("Phone:", "+44 20 7946 0000", "", ""), NAMES, *PEOPLE), 5),
        ((("Exported by", "ann@example.com", "", ""), NAMES, *PEOPLE), 2),
        ((("Filter:", "Country = DE", "", ""), NAMES, *PEOPLE), 2),
        ((("1", "2", "3", "4"), NAMES, *PEOPLE), 2),
        ((alone("Visitors"), NAMES, ANN), 2),
        ((alone("Messe Köln"), alone("Stand: 01.02.2026"),
          ("Vorname", "Nachname", "E-Mail", "PLZ"), ("A", "B", "a@example.de", "50667"),
          ("C", "D", "c@example.de", "50668")), 3),
        ((("名簿", "", ""), ("氏名", "会社", "メール"), ("田中", "雲", "t@example.jp"),
          ("佐藤", "雲", "s@example.jp")), 2),
        ((("Quux", "", ""), ("Foo", "Bar", "Baz"), ("a", "1", "b"), ("c", "2", "d")), 2),
        ((("Guests", "", ""), ("Name", "City", "Firm"), ("Ann", "Rome", "Ax"),
          ("Bob", "Oslo", "Bx")), 2),
        # two lines
        ((("Contact", "", "", "Stand"), ("Name", "Mail", "City", "Hall"),
          ("Ann", "a@example.com", "Rome", "4"), ("Bob", "b@example.com", "Rome", "4")), 2),
        ((("Name", "Email", "Height", "Weight"), ("", "", "(cm)", "(kg)"),
          ("Ann", "a@example.com", "170", "60"), ("Bob", "b@example.com", "171", "61")), 1),
        # numbers among the names
        ((("Name", "2024", "2025", "2026"), ("Ann", "1", "2", "3"), ("Bob", "1", "2", "3")), 1),
        ((alone("Sales"), ("Name", "2024", "2025", "2026"), ("Ann", "1", "2", "3"),
          ("Bob", "1", "2", "3")), 2),
        ((("Name", "Email", "1", "2"), ("Ann", "a@example.com", "y", "n"),
          ("Bob", "b@example.com", "y", "n"), ("Cid Fox", "c", "y", "n")), 1),
        # questions of a survey
        ((("Answers", "", ""),
          ("Your name?", "How did you hear of us? Tell us all of it, we read every single word",
           "Email"),
          ("Ann", "web", "a@example.com"), ("Bob", "ad", "b@example.com")), 2),
        # no header at all
        (PEOPLE, 1),
        ((ANN, BOB, ("Dan", "Oz", "none", "n/a"), CID), 1),
        ((ANN, BOB, ("Dan", "Oz", "none given", "no number"), CID, BOB), 1),
        # one column
        ((("Email",), ("a@example.com",), ("b@example.com",)), 1),
        ((("Attendees",), ("Ann Lee",), ("Bob Ray",)), 1),
        ((("a@example.com",), ("b@example.com",)), 1),
        # of another width than the rows
        ((("Name", "Email"), ("Ann", "a@example.com", "x"), ("Bob", "b@example.com", "x")), 1),
        ((("Name", "Email"), ("Ann", "a@example.com", ""), ("Bob", "b@example.com", "")), 1),
        ((("Name", "", "", ""), ("Ann", "x", "a@example.com", "1"),
          ("Bob", "y", "b@example.com", "2")), 1),
        ((("Name", "Email", "Phone", "City", "Zip"), ("Ann", "a@example.com", "", "", ""),
          ("Bob", "b@example.com", "", "", "")), 1),
        # rows of words
        ((("Name", "City", "Firm"), ("Ann", "Rome", "Ax"), ("Bob", "Oslo", "Bx")), 1),
        ((("Company", "Contact"), ("Title Town", "State Street"), ("Ax", "Ann")), 1),
        ((("Foo", "Bar", "Baz"), ("a", "1", "b"), ("c", "2", "d")), 1),
        ((NAMES, ANN, ("Bob", "", "", ""), NAMES, CID), 1),
        ((("a", "a"), ("a", "a"), ("a", "a")), 1),
        # few rows
        ((NAMES,), 1),
        ((NAMES, ANN), 1),
        ((alone("Visitors"), NAMES), 1),  # without a row below it the second is one itself
    ],
)  # fmt: skip
def test_the_row_that_names_the_columns_is_found(rows: Rows, row: int) -> None:
    assert found(rows) == row


def test_a_header_in_the_first_row_is_not_said() -> None:
    assert voted([(1, NAMES), (2, ANN), (3, BOB)]) == Header(1, NAMES)


def test_a_header_below_a_title_is_said_with_its_confidence() -> None:
    rows = [(1, alone("Visitors")), (4, NAMES), (5, ANN), (6, BOB)]
    assert voted(rows) == Header(4, NAMES, ("named in row 4 (sure)",))


def test_a_row_of_values_that_stands_first_is_said() -> None:
    said = "row 1 looks like values, not names; --header-row sets the row"
    assert voted([(1, ANN), (2, BOB)]) == Header(1, ANN, (said,))


def test_of_two_rows_that_could_be_it_neither_is_sure() -> None:
    rows = [(1, alone("Visitors")), (2, ("Name", "Email", "Phone", "City")),
            (3, ("Nom", "Courriel", "Téléphone", "Ville")), (4, ANN), (5, BOB)]  # fmt: skip
    assert vote(rows).confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    "text", ["Name", "E-mail", "% of total", "Q1", "#", "氏名", "N", "1st call"]
)
def test_what_could_name_a_column(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "a@example.com", "12", "€ 5", "2026-01-02", "+49 30 1", "https://x.io", "n/a", "-",
     "None", "x" * 61],
)  # fmt: skip
def test_what_could_not(text: str) -> None:
    assert not is_label(text)


@pytest.mark.parametrize(
    ("cells", "are_names"),
    [
        (("First Name", "E-mail"), True),
        (("Region", "Sales"), True),
        (("Your Email Address", "Company Name", "Foo", "Bar"), True),
        (("email_address", "zip_code"), True),
        (("Vorname", "PLZ", ""), True),
        (("Name",), False),
        (("Phone House", "High Street", "Milton"), False),
        (("State Street Bank", "City Road", "London"), False),
        (("Ann", "Lee"), False),
        (("Name", "a@example.com"), False),
    ],
)
def test_a_row_looks_like_names_by_words_that_lists_use(
    cells: tuple[str, ...], are_names: bool
) -> None:
    assert looks_like_names(cells) is are_names


@pytest.mark.parametrize(
    ("reading", "row"),
    [
        (Reading(), None),
        (Reading(header_row=4), 4),
        (Reading(area="B3:D"), 3),
    ],
)
def test_a_row_that_a_person_names_is_taken(reading: Reading, row: int | None) -> None:
    assert wanted_row(reading, FILE) == row


def test_a_range_and_a_header_row_are_one_too_many() -> None:
    with pytest.raises(SourceError) as caught:
        wanted_row(Reading(header_row=3, area="A3:D"), FILE)
    assert caught.value.what == "--range and --header-row both name the header's row"


def test_a_named_header_is_taken_as_it_is() -> None:
    assert named(1, ANN, None, FILE) == Header(1, ANN)
    assert named(7, ANN, None, FILE) == Header(7, ANN, ("named in row 7",))


def test_the_header_of_a_range_is_its_part_of_the_row_with_the_sheets_letters() -> None:
    cells = ("Note", "Name", "", "Email")
    assert named(3, cells, "B3:D", FILE) == Header(3, ("Name", "C", "Email"), ("range B3:D",))


def test_a_range_that_reaches_beyond_the_header_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        named(3, ("Name", "Email"), "A3:D20", FILE)
    assert caught.value.what == "the range A3:D20 reaches beyond row 3, which ends with column B"
    assert "column B or before" in str(caught.value.fix)
