"""Workbooks with more in them than a list: hidden rows, filters, formulas, formats, sheets."""

from typing import Any

from importer.intake.source.file import Reading
from sample_data.writers.xlsx import write_rows
from tests.acceptance.spreadsheets.odd import Odd, Refused, Table, below, columns
from tests.acceptance.spreadsheets.people import HEADER, PEOPLE, visitors
from tests.acceptance.spreadsheets.writers import by_openpyxl, filled, xls_book

PLAIN = Table(HEADER, below(PEOPLE))
THREE = (
    ("Name", "Email", "Amount"),
    ("Asha Rao", "asha.rao@example.com"),
    ("Tom Baker", "tom.baker@example.com"),
    ("Meera Das", "meera.das@example.com"),
)
SENT = columns("Name: FirstName", "Email: EmailAddress", "Amount: mx_Amount")


def plain(book: Any) -> Any:
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [HEADER, *PEOPLE])
    return sheet


def hidden_rows(book: Any) -> None:
    sheet = plain(book)
    for row in (2, 4):
        sheet.set_row(row, None, None, {"hidden": True})


def hidden_column(book: Any) -> None:
    plain(book).set_column(2, 2, None, None, {"hidden": True})


def filtered(book: Any) -> None:
    sheet = plain(book)
    sheet.autofilter(0, 0, len(PEOPLE), 3)
    sheet.filter_column("A", "x == Asha")
    for row in range(2, len(PEOPLE) + 1):
        sheet.set_row(row, None, None, {"hidden": True})


def merged(book: Any) -> None:
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [("Company", "Name", "Email"), (None, *THREE[1]), (None, *THREE[2])])
    write_rows(sheet, [("Kumo Works", *THREE[3])], first=(3, 0))
    sheet.merge_range("A2:A3", "Ganga Solar", book.add_format({"valign": "top"}))


def formulas(book: Any) -> None:
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, THREE)
    sheet.write_formula("C2", "=100*12", None, 1200)
    sheet.write_formula("C3", '=IF(A3="","",A3&"!")', None, "Tom Baker!")
    sheet.write_formula("C4", "=1/8", None, 0.125)


def errors(book: Any) -> None:
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, THREE)
    sheet.write_formula("C2", "=VLOOKUP(A2,X!A:B,2,FALSE)", None, "#N/A")
    sheet.write_formula("C3", "=100/0", None, "#DIV/0!")
    sheet.write_number("C4", 100)


def custom_formats(book: Any) -> None:
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [("Name", "Email", "Zip", "Rate", "Won", "Long")])
    zips, rate = book.add_format({"num_format": "00000"}), book.add_format({"num_format": "0.0%"})
    for row, (name, email) in enumerate(THREE[1:], 1):
        write_rows(sheet, [(name, email)], first=(row, 0))
        sheet.write_number(row, 2, (501, 94105, 2139)[row - 1], zips)
        sheet.write_number(row, 3, (0.125, 0.5, 1)[row - 1], rate)
        sheet.write_boolean(row, 4, row != 2)
        sheet.write_number(row, 5, (919876543210, 4026531840017, 7)[row - 1])


def total_row_of_a_table(book: Any) -> None:
    """Excel's own table, with its total row switched on."""
    sheet = book.add_worksheet("Leads")
    data = [[*row, amount] for row, amount in zip(THREE[1:], (100, 250, 50), strict=True)]
    titles = [
        {"header": "Name", "total_string": "Total"},
        {"header": "Email"},
        {"header": "Amount", "total_function": "sum", "total_value": 400},
    ]
    sheet.add_table("A1:C5", {"data": data, "columns": titles, "total_row": True})


def links(book: Any) -> None:
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [HEADER, *(row[:3] for row in PEOPLE)])
    for row, person in enumerate(PEOPLE, 1):
        sheet.write_url(row, 3, f"mailto:{person[3]}", string=person[3])


def framed(book: Any) -> None:
    """A thousand rows below have a border and nothing else."""
    sheet, border = plain(book), book.add_format({"border": 1})
    for row in range(len(PEOPLE) + 1, len(PEOPLE) + 1001):
        sheet.write_blank(row, 0, None, border)


def three_days(book: Any) -> None:
    for day in range(3):
        write_rows(book.add_worksheet(f"Day {day + 1}"), [HEADER, PEOPLE[day]])


def first_is_hidden(book: Any) -> None:
    lookup = book.add_worksheet("Lookup")
    write_rows(lookup, [("Code", "Country"), ("IN", "India")])
    plain(book).activate()
    lookup.hide()


def rich_and_lines(book: Any) -> None:
    sheet, bold = book.add_worksheet("Leads"), book.add_format({"bold": True})
    write_rows(sheet, [("Name", "Email", "Notes")])
    for row, (name, email) in enumerate(THREE[1:], 1):
        write_rows(sheet, [(name, email)], first=(row, 0))
    sheet.write_rich_string("C2", "Call ", bold, "before", " Friday")
    sheet.write_string("C3", "first line\nsecond line")
    sheet.write_string("C4", "007")


def cover_sheet(book: Any) -> None:
    """The list has a title, and a hidden row, and stands on the second sheet."""
    write_rows(book.add_worksheet("Cover"), [("Example Expo 2026",)])
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [("Hall 4",), (), HEADER, *visitors(20)])
    sheet.set_row(6, None, None, {"hidden": True})


def old_hidden(book: Any) -> None:
    sheet = book.add_sheet("Leads")
    for number, row in enumerate((HEADER, *PEOPLE)):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    sheet.row(2).hidden = True
    sheet.col(1).hidden = True


def old_types(book: Any) -> None:
    other = book.add_sheet("Lookup")
    other.write(0, 0, "Code")
    other.visibility = 1
    sheet = book.add_sheet("Leads")
    for number, row in enumerate(THREE):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    sheet.write(1, 2, 1200)
    sheet.write(2, 2, 0.125)
    sheet.write(3, 2, 919876543210)


def without_values(sheet: Any) -> None:
    for row in (2, 3):
        sheet.cell(row, 3, f"=LEN(A{row})*100")
    sheet.cell(4, 3, 300)


def amounts(*texts: str) -> Table:
    cells = [[*row, text] for row, text in zip(THREE[1:], texts, strict=True)]
    return Table(THREE[0], below(cells))


WORKBOOKS = (
    Odd("hidden_rows.xlsx", filled(hidden_rows), PLAIN, says=("2 ", "hidden")),
    Odd("hidden_column.xlsx", filled(hidden_column), PLAIN, says=("column C is hidden",)),
    Odd("filtered_rows.xlsx", filled(filtered), PLAIN, says=("4 ", "filter")),
    Odd("hidden_row_and_column.xls", xls_book(old_hidden), PLAIN, says=("1 ", "hidden")),
    Odd("merged_company.xlsx", filled(merged),
        Table(["Company", "Name", "Email"], {2: ["Ganga Solar", *THREE[1]], 3: ["", *THREE[2]],
                                             4: ["Kumo Works", *THREE[3]]})),
    Odd("formulas.xlsx", filled(formulas), amounts("1200", "Tom Baker!", "0.125"), mapping=SENT,
        leads={2: {"mx_Amount": "1200"}, 4: {"mx_Amount": "0.125"}}),
    Odd("formulas_without_values.xlsx", by_openpyxl(THREE, without_values),
        amounts("=LEN(A2)*100", "=LEN(A3)*100", "300"), mapping=SENT,
        invalid={2: "no_formula_value", 3: "no_formula_value"}, leads={4: {"mx_Amount": "300"}}),
    Odd("errors.xlsx", filled(errors), amounts("#N/A", "#DIV/0!", "100"), mapping=SENT,
        invalid={2: "cell_error", 3: "cell_error"}, leads={4: {"mx_Amount": "100"}}),
    Odd("errors_in_a_column_that_is_not_sent.xlsx", filled(errors),
        amounts("#N/A", "#DIV/0!", "100"),
        mapping=columns("Name: FirstName", "Email: EmailAddress"),
        leads={2: {"FirstName": "Asha Rao", "mx_Amount": None}}),
    Odd("custom_formats.xlsx", filled(custom_formats),
        Table(["Name", "Email", "Zip", "Rate", "Won", "Long"],
              {2: [*THREE[1], "00501", "12.5%", "TRUE", "919876543210"],
               3: [*THREE[2], "94105", "50.0%", "FALSE", "4026531840017"],
               4: [*THREE[3], "02139", "100.0%", "TRUE", "7"]})),
    Odd("total_row_of_a_table.xlsx", filled(total_row_of_a_table), amounts("100", "250", "50"),
        left_out=frozenset({5})),
    Odd("links.xlsx", filled(links), PLAIN),
    Odd("a_thousand_framed_rows.xlsx", filled(framed), PLAIN),
    Odd("three_days.xlsx", filled(three_days), Table(HEADER, {2: PEOPLE[0]}),
        says=('"Day 1"', "first of 3")),
    Odd("third_day_told.xlsx", filled(three_days), Table(HEADER, {2: PEOPLE[2]}),
        Reading(sheet="Day 3"), says=('"Day 3"',)),
    Odd("no_such_day.xlsx", filled(three_days), Refused(("Day 4", "Day 1", "--sheet")),
        Reading(sheet="Day 4")),
    Odd("first_sheet_is_hidden.xlsx", filled(first_is_hidden), PLAIN, says=('hidden: "Lookup"',)),
    Odd("rich_texts_and_lines.xlsx", filled(rich_and_lines),
        Table(["Name", "Email", "Notes"],
              {2: [*THREE[1], "Call before Friday"], 3: [*THREE[2], "first line\nsecond line"],
               4: [*THREE[3], "007"]})),
    Odd("second_sheet_with_title_and_hidden_row.xlsx", filled(cover_sheet),
        Table(HEADER, below([*visitors(20)], 4)), Reading(sheet="Leads"), header_row=3,
        says=("named in row 3", "hidden")),
    Odd("hidden_sheet_and_numbers.xls", xls_book(old_types),
        amounts("1200", "0.125", "919876543210"), says=('"Leads"',)),
)  # fmt: skip
