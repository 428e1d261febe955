"""What programs have done to the cells on the way here: digits, zeros, sizes that became dates."""

from datetime import date
from typing import Any

from sample_data.writers.xlsx import write_rows
from tests.acceptance.spreadsheets.odd import Cells, Odd, Table, below, columns, finds
from tests.acceptance.spreadsheets.people import visitors
from tests.acceptance.spreadsheets.writers import csv_file, filled, xls, xlsx


def listed(column: str, values: Cells) -> list[list[str]]:
    """A list of people with one column more."""
    rows = [
        [f"{first} {last}", mail, value]
        for (first, last, _, mail), value in zip(visitors(len(values)), values, strict=True)
    ]
    return [["Name", "Email", column], *rows]  # fmt: skip


def table(column: str, values: Cells) -> Table:
    rows = listed(column, values)
    return Table(rows[0], below(rows[1:]))


def sending(entry: str) -> str:
    return columns("Name: FirstName", "Email: EmailAddress", entry)


PHONES = ("9.19877E+11", "9.19845E+11", "+91 98450 12345", "9.19123E+11", "")
COMMAS = ("4,91512E+11", "+49 30 1234567", "4,91761E+12")
IDS = ("1234567890123450", "4026531840012340", "9876543210987650", "5555666677778880")
LONGER = ("12345678901234500", "98765432109876000", "10203040506070800")
HONEST = ("1234567890123450", "4026531840012347", "9876543210987651", "5555666677778880")
ZIPS = ("10001", "2139", "94105", "7030", "60601", "30301", "75201", "2138", "98101", "33101",
        "48201", "80201")  # fmt: skip
POSTAL = ("01067", "10115", "80331", "04109", "50667", "20095")
PLZ = ("1067", "10115", "80331", "4109", "50667", "20095", "70173", "60311", "90402", "28195")
COUNTS = ("5", "120", "12000", "48", "7", "300", "15", "2500", "99999", "1")
SIZES = ("11-50", "51-200", "10-Jan", "201-500", "11-50", "10-Jan", "1001-5000")
TURNED = ("1-2", "3-5", "1-Feb", "Feb-03", "3-5", "6-9")
DAYS = ("2026-03-14", "46095", "2026-03-01", "2026-02-28", "46082")
WORDS = ("Monday", "10-Jan", "no idea", "call in May")

SCIENTIFIC = finds(("scientific_notation", "Phone"))


def long_ids(book: Any) -> None:
    """Ids of sixteen digits in number cells: Excel has kept fifteen of them."""
    sheet = book.add_worksheet("Leads")
    write_rows(sheet, [["Name", "Email", "Member ID"]])
    for row, (name, email, number) in enumerate(listed("", [*IDS, "77"])[1:], 1):
        write_rows(sheet, [(name, email, int(number))], first=(row, 0))


def zips_as_numbers() -> list[list[str | int]]:
    rows = listed("Zip", ZIPS)
    numbers: list[list[str | int]] = [[name, mail, int(zip_)] for name, mail, zip_ in rows[1:]]
    return [[*rows[0]], *numbers]


def typed_sizes(book: Any) -> None:
    """Sizes as texts, and those that Excel took for days as real dates."""
    sheet = book.add_worksheet("Leads")
    day = book.add_format({"num_format": "d-mmm"})
    write_rows(sheet, listed("Company Size", SIZES))
    for row, size in enumerate(SIZES, 1):
        if size == "10-Jan":
            sheet.write_datetime(row, 2, date(2026, 1, 10), day)


def shown_in_full() -> list[list[str | int]]:
    """Phones in number cells, which Excel shows as 9.19877E+11 and still holds."""
    return [["Name", "Email", "Phone"], ["Asha Rao", "asha.rao@example.com", 919876543210],
            ["Tom Baker", "tom.baker@example.com", 442079460018]]  # fmt: skip


FULL = Table(["Name", "Email", "Phone"],
             {2: ["Asha Rao", "asha.rao@example.com", "919876543210"],
              3: ["Tom Baker", "tom.baker@example.com", "442079460018"]})  # fmt: skip
REALLY_DATES = [value if value != "10-Jan" else "2026-01-10" for value in SIZES]

DIGITS = (
    Odd("phones_in_scientific_notation.csv", csv_file(listed("Phone", PHONES)),
        table("Phone", PHONES), mapping=sending("Phone: Phone"), findings=SCIENTIFIC,
        invalid=dict.fromkeys((2, 3, 5), "scientific_notation"),
        leads={4: {"Phone": "+91 98450 12345"}, 6: {"Phone": None}}),
    Odd("phones_in_german_scientific_notation.csv", csv_file(listed("Phone", COMMAS), ";"),
        table("Phone", COMMAS), mapping=sending("Phone: Phone"), findings=SCIENTIFIC,
        invalid={2: "scientific_notation", 4: "scientific_notation"}),
    Odd("scientific_notation_as_it_is.csv", csv_file(listed("Phone", PHONES)),
        table("Phone", PHONES), mapping=sending("Phone: {field: mx_Code, as_is: true}"),
        leads={2: {"mx_Code": "9.19877E+11"}}),
    Odd("scientific_notation_that_is_not_sent.csv", csv_file(listed("Phone", PHONES)),
        table("Phone", PHONES), mapping=columns("Name: FirstName", "Email: EmailAddress"),
        findings=None),
    Odd("phones_shown_in_scientific_notation.xlsx", xlsx(shown_in_full()), FULL,
        mapping=sending("Phone: Phone"), leads={2: {"Phone": "919876543210"}}),
    Odd("phones_shown_in_scientific_notation.xls",
        xls(shown_in_full(), {2: "0.00E+00"}), FULL, mapping=sending("Phone: Phone"),
        leads={3: {"Phone": "442079460018"}}),
    Odd("texts_in_scientific_notation.xlsx", xlsx(listed("Phone", PHONES)),
        table("Phone", PHONES), mapping=sending("Phone: Phone"), findings=SCIENTIFIC,
        invalid=dict.fromkeys((2, 3, 5), "scientific_notation")),
    Odd("ids_of_fifteen_digits_and_a_zero.csv", csv_file(listed("Member ID", IDS)),
        table("Member ID", IDS), mapping=sending("Member ID: mx_Member"),
        findings=finds(("rounded_digits", "Member ID")),
        invalid=dict.fromkeys(range(2, 6), "rounded_digits")),
    Odd("ids_of_fifteen_digits_and_two_zeros.csv", csv_file(listed("Order", LONGER)),
        table("Order", LONGER), mapping=sending("Order: mx_Order"),
        findings=finds(("rounded_digits", "Order")),
        invalid=dict.fromkeys(range(2, 5), "rounded_digits")),
    Odd("ids_of_which_some_end_in_zero.csv", csv_file(listed("Member ID", HONEST)),
        table("Member ID", HONEST), mapping=sending("Member ID: mx_Member"),
        leads={2: {"mx_Member": "1234567890123450"}, 3: {"mx_Member": "4026531840012347"}}),
    Odd("rounded_ids.xlsx", filled(long_ids), table("Member ID", [*IDS, "77"]),
        mapping=sending("Member ID: mx_Member"), findings=finds(("rounded_digits", "Member ID")),
        invalid=dict.fromkeys(range(2, 6), "rounded_digits"), leads={6: {"mx_Member": "77"}}),
    Odd("ids_as_texts.xlsx", xlsx(listed("Member ID", HONEST)), table("Member ID", HONEST),
        mapping=sending("Member ID: mx_Member"), leads={2: {"mx_Member": "1234567890123450"}}),
)  # fmt: skip

ZEROS = (
    Odd("zips_without_zeros.csv", csv_file(listed("Zip", ZIPS)), table("Zip", ZIPS),
        mapping=sending("Zip: mx_Zip"), findings=finds(("lost_zeros", "Zip")),
        leads={3: {"mx_Zip": "2139"}}),
    Odd("plz_without_zeros.csv", csv_file(listed("PLZ", PLZ), ";"), table("PLZ", PLZ),
        mapping=sending("PLZ: mx_Zip"), findings=finds(("lost_zeros", "PLZ"))),
    Odd("zips_without_zeros.xlsx",
        xlsx(zips_as_numbers()),
        table("Zip", ZIPS), mapping=sending("Zip: mx_Zip"), findings=finds(("lost_zeros", "Zip"))),
    Odd("plz_with_zeros.csv", csv_file(listed("PLZ", POSTAL), ";"), table("PLZ", POSTAL),
        mapping=sending("PLZ: mx_Zip"), leads={2: {"mx_Zip": "01067"}}),
    Odd("numbers_of_staff.csv", csv_file(listed("Staff", COUNTS)), table("Staff", COUNTS)),
    Odd("zips_without_zeros_as_they_are.csv", csv_file(listed("Zip", ZIPS)), table("Zip", ZIPS),
        mapping=sending("Zip: {field: mx_Zip, as_is: true}"), leads={3: {"mx_Zip": "2139"}}),
)  # fmt: skip

TURNED_INTO_DATES = (
    Odd("company_sizes.csv", csv_file(listed("Company Size", SIZES)),
        table("Company Size", SIZES), mapping=sending("Company Size: mx_Size"),
        findings=finds(("became_dates", "Company Size")), leads={4: {"mx_Size": "10-Jan"}}),
    Odd("teams.csv", csv_file(listed("Team", TURNED)), table("Team", TURNED),
        mapping=sending("Team: mx_Team"), findings=finds(("became_dates", "Team")),
        leads={4: {"mx_Team": "1-Feb"}, 5: {"mx_Team": "Feb-03"}}),
    Odd("company_sizes.xlsx", filled(typed_sizes), table("Company Size", REALLY_DATES),
        mapping=sending("Company Size: mx_Size"),
        findings=finds(("became_dates", "Company Size"))),
    Odd("words_with_one_day.csv", csv_file(listed("When", WORDS)), table("When", WORDS),
        mapping=sending("When: mx_When")),
    Odd("day_numbers_among_days.csv", csv_file(listed("Met On", DAYS)), table("Met On", DAYS),
        mapping=sending("Met On: {field: mx_Met, transform: date}"),
        findings=finds(("day_numbers", "Met On")),
        leads={2: {"mx_Met": "2026-03-14"}, 3: {"mx_Met": "2026-03-14"},
               6: {"mx_Met": "2026-03-01"}}),
)  # fmt: skip

DAMAGE = (*DIGITS, *ZEROS, *TURNED_INTO_DATES)
