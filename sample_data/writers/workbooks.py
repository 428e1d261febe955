"""Workbooks with one trouble each, as XlsxWriter can write them."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sample_data.writers.xlsx import Cell, Fill, workbook, write_rows

HEADER = ("First Name", "Last Name", "Email")
ASHA = ("Asha", "Rao", "asha.rao@example.com")
JONAS = ("Jonas", "Weber", "jonas.weber@example.net")
MEERA = ("Meera", "Das", "meera.das@example.org")
PASSWORD = "not told"
TRAILING_ROWS = 3000

FIRST = datetime(2026, 3, 14, 15, 9)  # noqa: DTZ001  # a workbook's times know no zone
LAST = datetime(2026, 12, 31, 23, 59, 59)  # noqa: DTZ001  # as above
DAY = date(2026, 3, 14)
# What stands in the first column, the value, and the number format that shows it.
Formatted = tuple[str, Cell, str]
DATES: Sequence[Formatted] = (
    ("ISO date", DAY, "yyyy-mm-dd"),
    ("day first", DAY, "dd/mm/yyyy"),
    ("as the computer's region has it", DAY, "m/d/yy"),
    ("in German", DAY, "[$-407]d. mmmm yyyy"),
    ("in red", DAY, "[Red]dd.mm.yyyy"),
    ("date and time", FIRST, "yyyy-mm-dd hh:mm"),
    ("date and time of the region", FIRST, "m/d/yy h:mm"),
    ("with seconds", LAST, "yyyy-mm-dd hh:mm:ss"),
    ("time", time(9, 30), "hh:mm"),
    ("time with AM/PM", time(21, 5, 30), "h:mm:ss AM/PM"),
    ("more hours than a day has", 26.5 / 24, "[h]:mm"),
    ("no date: days in its words", 12.5, '0.0" days"'),
    ("a date that was typed as text", "14.03.2026", "@"),
)
LEADING_ZEROS: Sequence[Formatted] = (
    ("typed as text", "00501", "@"),
    ("by the format 00000", 501, "00000"),
    ("by the format 000000", 48619, "000000"),
    ("none to keep", 80331, "00000"),
    ("blank", None, "00000"),
)
NUMBERS: Sequence[Formatted] = (
    ("integer", 5, "General"),
    ("negative", -12.5, "General"),
    ("a sum in binary", 0.1 + 0.2, "General"),
    ("with thousands", 1234567.5, "#,##0.00"),
    ("money", 99.9, '"€" #,##0.00'),
    ("15 digits", 123456789012345, "0"),
    ("15 digits, shown as 1.23457E+14", 123456789012345, "General"),
    ("small", 0.000012345, "General"),
    ("percent", 0.125, "0.0%"),
    ("whole percent", 1, "0%"),
    ("seven percent", 0.07, "0%"),
)
PHONES: Sequence[Formatted] = (
    ("13 digits, shown as 9.19877E+12", 9198765432100, "General"),
    ("12 digits", 919876543210, "0"),
    ("10 digits", 9876543210, "General"),
    ("a plus by its format", 919876543210, '"+"0'),
    ("typed as text", "+91-9876543210", "@"),
)


def workbook_files() -> dict[str, bytes]:
    return {
        "workbook_leading_zeros.xlsx": workbook(_table(("How", "Zip"), LEADING_ZEROS)),
        "workbook_numbers.xlsx": workbook(_table(("What", "Value"), NUMBERS)),
        "workbook_phones_as_numbers.xlsx": workbook(_table(("How", "Phone"), PHONES)),
        "workbook_dates_1900.xlsx": workbook(_table(("How", "Met On"), DATES)),
        "workbook_dates_1904.xlsx": workbook(_table(("How", "Met On"), DATES), date_1904=True),
        "workbook_booleans.xlsx": workbook(_booleans),
        "workbook_formulas.xlsx": workbook(_formulas),
        "workbook_error_cells.xlsx": workbook(_error_cells),
        "workbook_rich_strings.xlsx": workbook(_rich_strings),
        "workbook_merged_cells.xlsx": workbook(_merged_cells),
        "workbook_trailing_rows.xlsx": workbook(_trailing_rows),
        "workbook_sheets.xlsx": workbook(_sheets),
        "workbook_hidden_sheet.xlsx": workbook(_hidden_sheet),
        "workbook_header_in_row_4.xlsx": workbook(_header_in_row_4),
        "workbook_starts_in_c5.xlsx": workbook(_starts_in_c5),
        "workbook_header_only.xlsx": workbook(_header_only),
        "error_empty_sheet.xlsx": workbook(_empty_sheet),
        "error_truncated.xlsx": _truncated(),
    }


def encrypted() -> bytes:
    """A workbook that asks for a password; other bytes each time, as its salt is random."""
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]  # no types

    content = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook(_plain))).encrypt(PASSWORD, content)
    return content.getvalue()


def _table(header: tuple[str, str], rows: Sequence[Formatted]) -> Fill:
    """Two columns: what it is, and the cell. The second is too narrow for long numbers."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Leads")
        write_rows(sheet, [header])
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 9)
        for number, (how, value, number_format) in enumerate(rows, 1):
            shown = book.add_format({"num_format": number_format})
            sheet.write_string(number, 0, how)
            if value is None:
                sheet.write_blank(number, 1, None, shown)
            else:
                sheet.write(number, 1, value, shown)

    return fill


def _plain(book: Any) -> None:
    write_rows(book.add_worksheet("Leads"), [HEADER, ASHA, JONAS, MEERA])


def _booleans(book: Any) -> None:
    people: list[tuple[Cell, ...]] = [("Asha", True), ("Jonas", False), ("Meera", "Yes")]
    write_rows(book.add_worksheet("Leads"), [("First Name", "Consent"), *people])


def _formulas(book: Any) -> None:
    """Formulas, each with its stored value."""
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [("First Name", "Last Name", "Email", "Score", "Customer"), ("Asha", "Rao")])
    sheet.write_formula("C2", '=LOWER(A2&"."&B2)&"@example.com"', None, "asha.rao@example.com")
    sheet.write_formula("D2", "=40+2", None, 42)
    sheet.write_formula("E2", "=D2>40", None, True)


def _error_cells(book: Any) -> None:
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [("First Name", "City", "Revenue"), ("Asha",), ("Jonas",), ("Meera",)])
    sheet.write_formula("B2", "=VLOOKUP(A2,Cities!A:B,2,FALSE)", None, "#N/A")
    sheet.write_string("C2", "100")
    sheet.write_string("B3", "Berlin")
    sheet.write_formula("C3", "=100/0", None, "#DIV/0!")
    sheet.write_string("B4", "Pune")
    sheet.write_string("C4", "#N/A")


def _rich_strings(book: Any) -> None:
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [("First Name", "Notes")])
    sheet.write_string("A2", "Asha", bold)
    sheet.write_rich_string("B2", "Call ", bold, "before", " ", red, "Friday")
    sheet.write_string("A3", "Jonas")
    sheet.write_string("B3", "first line\nsecond line", book.add_format({"text_wrap": True}))
    sheet.write_string("A4", "  Meera ")
    sheet.write_url("B4", "https://example.com/meera", string="her page")


def _merged_cells(book: Any) -> None:
    """One company over three people: only the area's first cell has it."""
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [("Company", "First Name", "Last Name"), ("", *ASHA[:2]), ("", *JONAS[:2])])
    write_rows(sheet, [("", *MEERA[:2]), ("Ganga Solar", "Ravi", "Iyer")], first=(3, 0))
    sheet.merge_range("A2:A4", "Peepal Learning", book.add_format({"valign": "top"}))


def _trailing_rows(book: Any) -> None:
    """Rows that were once formatted, and hold nothing."""
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [HEADER, ASHA, JONAS])
    framed = book.add_format({"border": 1})
    for row in range(3, 3 + TRAILING_ROWS):
        sheet.write_blank(row, 0, None, framed)
        sheet.write_blank(row, 2, None, framed)


def _sheets(book: Any) -> None:
    """A sheet a day, and one whose name is a number."""
    for name, person in (("Day 1", ASHA), ("Day 2", JONAS), ("2026", MEERA)):
        write_rows(book.add_worksheet(name), [HEADER, person])


def _hidden_sheet(book: Any) -> None:
    """The first sheet is hidden, and the last cannot even be shown by Excel's menu."""
    lookup, leads, secret = map(book.add_worksheet, ("Lookup", "Leads", "Secret"))
    write_rows(lookup, [("Code", "Country"), ("IN", "India")])
    write_rows(leads, [HEADER, ASHA])
    write_rows(secret, [HEADER, JONAS])
    leads.activate()
    leads.set_first_sheet()
    lookup.hide()
    secret.very_hidden()


def _header_in_row_4(book: Any) -> None:
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [("Visitors of the trade show",), ("Exported on", "2 November 2026")])
    write_rows(sheet, [HEADER, ASHA, JONAS], first=(3, 0))


def _starts_in_c5(book: Any) -> None:
    write_rows(book.add_worksheet("Leads"), [HEADER, ASHA, JONAS], first=(4, 2))


def _header_only(book: Any) -> None:
    write_rows(book.add_worksheet("Leads"), [HEADER])


def _empty_sheet(book: Any) -> None:
    book.add_worksheet("Leads")


def _truncated() -> bytes:
    """As after a download that broke off."""
    whole = workbook(_plain)
    return whole[: len(whole) // 2]
