"""Columns without a name, with the same name twice, and blank ones; and several tables at once."""

from importer.intake.source.file import Reading
from tests.acceptance.spreadsheets.odd import Odd, Refused, Table, below, columns
from tests.acceptance.spreadsheets.people import HEADER, PEOPLE, visitors
from tests.acceptance.spreadsheets.writers import csv_file, lines, ods, xls, xlsx

UNNAMED = (
    ("Name", "Email", "", "City"),
    ("Asha Rao", "asha.rao@example.com", "VIP", "Pune"),
    ("Tom Baker", "tom.baker@example.com", "", "Hull"),
    ("Meera Das", "meera.das@example.com", "VIP", "Kochi"),
)
TWICE = (
    ("Name", "Email", "Phone", "City", "Email"),
    ("Asha Rao", "asha.rao@example.com", "+91 98450 12345", "Pune", "asha@example.org"),
    ("Tom Baker", "tom.baker@example.com", "+44 20 7946 0018", "Hull", ""),
)
LETTERED = ("Name", "B", "Phone", "City", "E")
GAPS = (
    ("Name", "", "Email", "", "City", ""),
    ("Asha Rao", "", "asha.rao@example.com", "", "Pune", ""),
    ("Tom Baker", "", "tom.baker@example.com", "", "Hull", ""),
    ("Meera Das", "", "meera.das@example.com", "", "Kochi", ""),
)
CLOSED = (
    ("Name", "Email", "City"),
    ("Asha Rao", "asha.rao@example.com", "Pune"),
    ("Tom Baker", "tom.baker@example.com", "Hull"),
    ("Meera Das", "meera.das@example.com", "Kochi"),
)
LEADS = (HEADER, *visitors(6))
DEALERS = (
    ("Dealer", "Region", "Contact Email"),
    ("Weber Maschinen", "North", "info@weber.example.org"),
    ("Casa Verde", "South", "hola@casa.example.org"),
    ("Kumo Works", "East", "desk@kumo.example.com"),
)
PRICES = (
    ("Product", "Price"),
    ("Panel S", "120"),
    ("Panel M", "180"),
    ("Panel L", "240"),
)
STACKED = (*LEADS, ("", "", "", ""), ("", "", "", ""), *DEALERS)
# The list in A to D, six rows of it; a price list in F and G, three.
BESIDE = tuple(
    (*row, "", *(PRICES[index] if index < len(PRICES) else ("", "")))
    for index, row in enumerate(LEADS)
)
SAME_EXTENT = (
    ("First Name", "Last Name", "", "Company", "Email"),
    *((first, last, "", firm, mail) for first, last, firm, mail in PEOPLE),
)
NAME_AND_EMAIL = columns("Name: FirstName", "Email: EmailAddress")

HEADERS = (
    Odd("a_column_without_a_name.csv", csv_file(UNNAMED),
        Table(["Name", "Email", "C", "City"], below(UNNAMED[1:]))),
    Odd("a_column_without_a_name.xlsx", xlsx(UNNAMED),
        Table(["Name", "Email", "C", "City"], below(UNNAMED[1:])),
        mapping=columns("Name: FirstName", "C: mx_Group", "City: mx_City"),
        leads={2: {"mx_Group": "VIP"}, 3: {"mx_Group": None}}),
    Odd("email_twice.csv", csv_file(TWICE), Table(LETTERED, below(TWICE[1:]))),
    Odd("email_twice_by_letter.csv", csv_file(TWICE), Table(LETTERED, below(TWICE[1:])),
        mapping=columns("Name: FirstName", "B: EmailAddress", "E: mx_Other_Email"),
        leads={2: {"EmailAddress": "asha.rao@example.com", "mx_Other_Email": "asha@example.org"},
               3: {"EmailAddress": "tom.baker@example.com", "mx_Other_Email": None}}),
    Odd("email_twice_is_mapped.csv", csv_file(TWICE), Refused(("Email", "B", "E")),
        mapping=NAME_AND_EMAIL),
    Odd("email_twice_is_mapped.xlsx", xlsx(TWICE), Refused(("Email", "B", "E")),
        mapping=NAME_AND_EMAIL),
    Odd("blank_columns.csv", csv_file(GAPS), Table(CLOSED[0], below(CLOSED[1:]))),
    Odd("blank_columns.xlsx", xlsx(GAPS), Table(CLOSED[0], below(CLOSED[1:]))),
    Odd("list_from_cell_c5.xlsx", xlsx((HEADER, *PEOPLE), first=(4, 2)),
        Table(HEADER, below(PEOPLE, 6)), header_row=5),
    Odd("list_from_cell_c5.ods",
        ods([(), (), (), (), *((None, None, *row) for row in (HEADER, *PEOPLE))]),
        Table(HEADER, below(PEOPLE, 6)), header_row=5),
    Odd("list_from_cell_c5.xls",
        xls([(), (), (), (), *((None, None, *row) for row in (HEADER, *PEOPLE))]),
        Table(HEADER, below(PEOPLE, 6)), header_row=5),
    Odd("names_with_blanks_around.csv",
        lines("  Name , Email\t,City \nAsha Rao,asha.rao@example.com,Pune\n"
              "Tom Baker,tom.baker@example.com,Hull\n"),
        Table(CLOSED[0], below(CLOSED[1:3])), mapping=NAME_AND_EMAIL,
        leads={2: {"FirstName": "Asha Rao"}}),
    Odd("a_no_break_space_in_a_name.csv",
        lines("First\u00a0Name,Email,City\nAsha,asha.rao@example.com,Pune\n"
              "Tom,tom.baker@example.com,Hull\n"),
        Table(["First Name", "Email", "City"], {2: ["Asha", "asha.rao@example.com", "Pune"],
                                                3: ["Tom", "tom.baker@example.com", "Hull"]}),
        mapping=columns("First Name: FirstName", "Email: EmailAddress"), findings=None,
        leads={2: {"FirstName": "Asha"}}),
    Odd("a_line_break_in_a_name.csv",
        lines('Name,"Email\nof work",City\nAsha Rao,asha.rao@example.com,Pune\n'
              "Tom Baker,tom.baker@example.com,Hull\n"),
        Table(["Name", "Email\nof work", "City"], below(CLOSED[1:3]))),
)  # fmt: skip

SEVERAL = (
    Odd("two_tables_one_below_the_other.csv", csv_file(STACKED),
        Refused(("A1:D7", "A10:C13", "--range"))),
    Odd("two_tables_one_below_the_other.xlsx", xlsx(STACKED),
        Refused(("A1:D7", "A10:C13", "--range"))),
    Odd("two_tables_and_titles.csv",
        csv_file([("New leads", "", "", ""), *LEADS, ("",) * 4, ("Dealers", "", "", ""), *DEALERS]),
        Refused(("A2:D8", "A11:C14", "--range"))),
    Odd("upper_table_chosen.csv", csv_file(STACKED), Table(HEADER, below(LEADS[1:])),
        Reading(area="A1:D7")),
    Odd("lower_table_chosen.csv", csv_file(STACKED), Table(DEALERS[0], below(DEALERS[1:], 11)),
        Reading(area="A10:C13"), header_row=10),
    Odd("lower_table_to_the_end.xlsx", xlsx(STACKED),
        Table(DEALERS[0], below(DEALERS[1:], 11)), Reading(area="A10:C"), header_row=10),
    Odd("two_tables_side_by_side.xlsx", xlsx(BESIDE), Refused(("A1:D7", "F1:G4", "--range"))),
    Odd("two_tables_side_by_side.csv", csv_file(BESIDE), Refused(("A1:D7", "F1:G4", "--range"))),
    Odd("right_table_chosen.xlsx", xlsx(BESIDE), Table(PRICES[0], below(PRICES[1:])),
        Reading(area="F1:G4")),
    Odd("left_table_chosen.csv", csv_file(BESIDE), Table(HEADER, below(LEADS[1:])),
        Reading(area="A1:D7")),
    Odd("part_of_a_list_chosen.csv", csv_file(LEADS), Table(HEADER, below(LEADS[1:4])),
        Reading(area="A1:D4")),
    Odd("one_table_with_a_gap.csv", csv_file(SAME_EXTENT), Table(HEADER, below(PEOPLE))),
)  # fmt: skip
