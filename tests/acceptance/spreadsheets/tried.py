"""What people had in their files who tried it: rows that are none, texts against Excel, years."""

from typing import Any

from importer.intake.source.file import Reading
from sample_data.writers.xlsx import Cell, write_rows
from tests.acceptance.spreadsheets.damage import listed, sending, table
from tests.acceptance.spreadsheets.dates import DATE
from tests.acceptance.spreadsheets.numbers import NUMBER
from tests.acceptance.spreadsheets.odd import Odd, Table, below, columns, finds
from tests.acceptance.spreadsheets.people import HEADER, PEOPLE
from tests.acceptance.spreadsheets.writers import csv_file, filled, xlsx

LONE = ("Germany", "", "", "")
SECTIONS = [HEADER, LONE, *PEOPLE[:2], ("France", "", "", ""), *PEOPLE[2:]]
LINE = ("-----", "-----", "-----", "-----")
UNITS = ("(text)",) * 4
IN_GERMAN = ("Vorname", "Nachname", "Firma", "E-Mail")
QUESTIONS = ("Q1", "Q2", "Q3", "Q4")
END_MARK = "\x1a"


def totalled(word: str) -> list[tuple[str, str, str]]:
    return [
        ("Name", "Email", "Amount"),
        *((f"{first} {last}", mail, "10") for first, last, _, mail in PEOPLE),
        (word, "", "50"),
    ]


def with_total(name: str, word: str) -> Odd:
    rows = totalled(word)
    return Odd(name, csv_file(rows), Table(rows[0], below(rows[1:-1])), left_out=frozenset({7}))


def after_header(name: str, row: tuple[str, ...]) -> Odd:
    made = csv_file([HEADER, row, *PEOPLE])
    return Odd(name, made, Table(HEADER, below(PEOPLE, 3)), left_out=frozenset({2}))


ROWS = (
    Odd("sections.csv", csv_file(SECTIONS), Table(HEADER, below(SECTIONS[1:])),
        findings=finds(("lone_cells", ""))),
    Odd("sections.xlsx", xlsx(SECTIONS), Table(HEADER, below(SECTIONS[1:])),
        findings=finds(("lone_cells", ""))),
    after_header("line_below_the_header.csv", LINE),
    after_header("units_below_the_header.csv", UNITS),
    after_header("names_in_two_languages.csv", IN_GERMAN),
    after_header("responses_below_the_header.csv", ("Open-Ended Response",) * 4),
    Odd("end_mark_of_dos.csv", csv_file([HEADER, *PEOPLE], after=END_MARK),
        Table(HEADER, below(PEOPLE)), left_out=frozenset({7})),
    Odd("names_below_questions.csv", csv_file([QUESTIONS, HEADER, *PEOPLE]),
        Table(HEADER, below(PEOPLE, 3)), Reading(expected=frozenset(HEADER)), header_row=2,
        says=("named in row 2",)),
    with_total("total_in_japanese.csv", "合計"),
    with_total("total_in_russian.csv", "Итого:"),
    with_total("total_in_hindi.csv", "कुल"),
    with_total("total_in_polish.csv", "Razem"),
    with_total("total_at_the_end.csv", "Endsumme"),
    with_total("net_total.csv", "Net total"),
)  # fmt: skip

ERRORS = ("Pune", "#N/A", "#REF!", "Berlin")
AGAINST_EXCEL = ('="00501"', '="02139"', "94105")
APOSTROPHES = ("'00501", "'02139", "94105")
MAC = ("M√ºnchen", "K√∂ln", "Berlin")
SIZES = ("10-Jan", "Nov-50", "51-200", "10-Jan", "Nov-50", "10-Jan")
DAY_NUMBERS = ("45123", "31/12/2026", "30/11/2026", "28/02/2026", "45990")
YEAR_FIRST = ("26-11-12", "26-11-30", "26-10-05")
YEAR_LAST = ("12/05/26", "28/11/26", "31/01/27", "03/04/26")
BADGES = ("T4 HALL", "B12", "C3 EAST")


def german_in_english_excel(book: Any) -> None:
    """Excel has taken `1.234` for a number, and `1.234,56` and `12,50` for texts."""
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [("Name", "Email", "Amount")])
    for row, (person, value) in enumerate(zip(PEOPLE, AMOUNTS, strict=False), 1):
        write_rows(sheet, [(f"{person[0]} {person[1]}", person[3], value)], first=(row, 0))


AMOUNTS: tuple[Cell, ...] = (1.234, "1.234,56", "12,50", 2.5)
AMOUNTS_SHOWN = ("1.234", "1.234,56", "12,50", "2.5")
AMOUNT_ROWS = [
    (f"{first} {last}", mail, value)
    for (first, last, _, mail), value in zip(PEOPLE, AMOUNTS_SHOWN, strict=False)
]

VALUES = (
    Odd("german_list_in_an_english_excel.xlsx", filled(german_in_english_excel),
        Table(("Name", "Email", "Amount"), below(AMOUNT_ROWS)), mapping=NUMBER,
        invalid={2: "ambiguous_number"}, findings=finds(("ambiguous_number", "Amount")),
        leads={3: {"mx_Amount": "1234.56"}, 4: {"mx_Amount": "12.50"}, 5: {"mx_Amount": "2.5"}}),
    Odd("errors_as_texts.csv", csv_file(listed("City", ERRORS)), table("City", ERRORS),
        mapping=sending("City: mx_City"), findings=finds(("error_text", "City"))),
    Odd("formulas_against_excel.csv", csv_file(listed("Zip", AGAINST_EXCEL)),
        table("Zip", AGAINST_EXCEL), mapping=sending("Zip: {field: mx_Zip, transform: fix_text}"),
        leads={2: {"mx_Zip": "00501"}, 3: {"mx_Zip": "02139"}, 4: {"mx_Zip": "94105"}}),
    Odd("formulas_against_excel_unmended.csv", csv_file(listed("Zip", AGAINST_EXCEL)),
        table("Zip", AGAINST_EXCEL), mapping=sending("Zip: mx_Zip"),
        findings=finds(("quoted_text", "Zip"))),
    Odd("apostrophes_against_excel.csv", csv_file(listed("Zip", APOSTROPHES)),
        table("Zip", APOSTROPHES), mapping=sending("Zip: {field: mx_Zip, transform: fix_text}"),
        leads={2: {"mx_Zip": "00501"}, 4: {"mx_Zip": "94105"}}),
    Odd("mojibake_of_a_mac.csv", csv_file(listed("City", MAC)), table("City", MAC),
        mapping=sending("City: mx_City"), findings=finds(("mojibake", "City"))),
    Odd("mojibake_of_a_mac_mended.csv", csv_file(listed("City", MAC)), table("City", MAC),
        mapping=sending("City: {field: mx_City, transform: fix_text}"),
        leads={2: {"mx_City": "München"}, 3: {"mx_City": "Köln"}}),
    Odd("sizes_that_are_mostly_dates.csv", csv_file(listed("Size", SIZES)), table("Size", SIZES),
        mapping=sending("Size: mx_Size"), findings=finds(("became_dates", "Size"))),
    Odd("day_numbers_without_a_transform.csv", csv_file(listed("When", DAY_NUMBERS)),
        table("When", DAY_NUMBERS), mapping=sending("When: mx_When"),
        findings=finds(("day_numbers", "When"))),
    Odd("years_at_either_end.csv", csv_file(listed("Met On", YEAR_FIRST)),
        table("Met On", YEAR_FIRST), mapping=DATE, findings=None,
        asked={"Met On": ("3 can begin or end with their year", "formats: [YY-M-D]",
                          "formats: [D-M-YY]")}),
    Odd("years_at_the_end.csv", csv_file(listed("Met On", YEAR_LAST)), table("Met On", YEAR_LAST),
        mapping=DATE, leads={2: {"mx_Met": "2026-05-12"}, 5: {"mx_Met": "2026-04-03"}}),
    Odd("badges_with_digits.csv", csv_file(listed("Last Name", BADGES)),
        table("Last Name", BADGES), findings=None,
        mapping=columns("Email: EmailAddress", "Last Name: LastName")),
)  # fmt: skip

TRIED = (*ROWS, *VALUES)
