"""Where the table is: what stands above and below it, between its rows, and over its columns."""

from typing import Any

from importer.intake.source.file import Reading
from sample_data.writers.xlsx import write_rows
from tests.acceptance.spreadsheets.odd import Odd, Refused, Table, below, columns
from tests.acceptance.spreadsheets.people import HEADER, PEOPLE, UMLAUTS, visitors
from tests.acceptance.spreadsheets.writers import by_openpyxl, csv_file, filled, lines, xlsx

SCANS = tuple(visitors(48))
SCANNER = (
    "Example Expo 2026 - Lead Retrieval\r\n"
    "Exported on:,14 March 2026 18:02\r\n"
    "Device:,SCAN-0417\r\n"
    "Total leads:,48\r\n"
    "\r\n"
)
ZOOM = """\
Attendee Report
Report Generated:,"Mar 3, 2026 10:15 AM"
Topic,Webinar ID,Actual Start Time,Duration (minutes),# Registered
Solar for factories,812 3456 7890,"Mar 3, 2026 09:00 AM",62,140
Attendee Details
Attended,First Name,Last Name,Email,Registration Time,Country
Yes,Asha,Rao,asha.rao@example.com,2026-02-20 10:01:00,India
Yes,Tom,Baker,tom.baker@example.com,2026-02-21 08:44:00,United Kingdom
No,Jonas,Weber,jonas.weber@example.org,2026-02-25 17:30:00,Germany
No,Meera,Das,meera.das@example.com,2026-03-01 12:00:00,India
"""
ZOOM_HEADER = ("Attended", "First Name", "Last Name", "Email", "Registration Time", "Country")
ZOOM_ROWS = {
    7: ["Yes", "Asha", "Rao", "asha.rao@example.com", "2026-02-20 10:01:00", "India"],
    8: ["Yes", "Tom", "Baker", "tom.baker@example.com", "2026-02-21 08:44:00", "United Kingdom"],
    9: ["No", "Jonas", "Weber", "jonas.weber@example.org", "2026-02-25 17:30:00", "Germany"],
    10: ["No", "Meera", "Das", "meera.das@example.com", "2026-03-01 12:00:00", "India"],
}
BANDS = (
    ("Contact", "", "", "Stand", ""),
    ("First Name", "Last Name", "Email", "Hall", "Booth"),
    ("Asha", "Rao", "asha.rao@example.com", "4", "A12"),
    ("Tom", "Baker", "tom.baker@example.com", "4", "B07"),
    ("Lena", "Vogel", "lena.vogel@example.org", "5", "C01"),
)
DEALS = (
    ("Name", "Email", "Region", "Deal Value"),
    ("Asha Rao", "asha.rao@example.com", "South", "1500"),
    ("Tom Baker", "tom.baker@example.com", "North", "3000"),
    ("Meera Das", "meera.das@example.com", "South", "250"),
)
MIDDLE = (
    ("Name", "Email", "City"),
    ("Asha Rao", "asha.rao@example.com", "Pune"),
    ("Tom Baker", "tom.baker@example.com", "Hull"),
)
NO_HEADER = "".join(",".join(person) + "\r\n" for person in PEOPLE)
FOUR = columns(
    "First Name: FirstName", "Last Name: LastName", "Company: Company", "Email: EmailAddress"
)


def titled(book: Any) -> None:
    """A title over four merged cells, an empty row, and the list from column B on."""
    sheet = book.add_worksheet("Visitors")
    bold = book.add_format({"bold": True})
    sheet.merge_range("B1:E1", "Visitors of Hall 4", bold)
    write_rows(sheet, [HEADER, *PEOPLE], first=(2, 1))


def deals(name: str, after: str, left_out: set[int], delimiter: str = ",") -> Odd:
    """The same three deals, with something below."""
    table = Table(DEALS[0], below(DEALS[1:]))
    make = csv_file(DEALS, delimiter, after=after)
    return Odd(name, make, table, left_out=frozenset(left_out))


ABOVE = (
    Odd("title_and_blank_line.csv", csv_file([HEADER, *PEOPLE], before="Spring mailing\r\n\r\n"),
        Table(HEADER, below(PEOPLE, 4)), header_row=3, says=("named in row 3",)),
    Odd("scanner_preamble.csv", csv_file([HEADER, *SCANS], before=SCANNER),
        Table(HEADER, below(SCANS, 7)), header_row=6, says=("named in row 6",)),
    Odd("zoom_attendees.csv", lines(ZOOM), Table(ZOOM_HEADER, ZOOM_ROWS), header_row=6),
    Odd("title_merged_from_column_b.xlsx", filled(titled), Table(HEADER, below(PEOPLE, 4)),
        header_row=3, says=("named in row 3",)),
    Odd("comma_in_a_german_title.csv",
        csv_file([HEADER, *UMLAUTS], ";", before="Messe Köln, Halle 4, Stand B\r\n\r\n"),
        Table(HEADER, below(UMLAUTS, 4)), header_row=3),
    Odd("bands_over_the_header.csv", csv_file(BANDS), Table(BANDS[1], below(BANDS[2:], 3)),
        header_row=2),
    Odd("blank_lines_first.csv", csv_file([HEADER, *PEOPLE], before="\r\n,,,\r\n\r\n"),
        Table(HEADER, below(PEOPLE, 5)), header_row=4),
    Odd("keys_and_values_above.xlsx",
        xlsx([("Report", "New leads"), ("Owner", "Asha Rao"), ("Filter", "Region is South"), (),
              HEADER, *SCANS[:12]]),
        Table(HEADER, below(SCANS[:12], 6)), header_row=5),
    Odd("header_row_told.csv", csv_file([HEADER, *PEOPLE], before="a,b,c,d\r\n1,2,3,4\r\n"),
        Table(HEADER, below(PEOPLE, 4)), Reading(header_row=3), header_row=3),
    Odd("no_header_at_all.csv", lines(NO_HEADER), Refused(("columns", "--header-row")),
        mapping=FOUR),
)  # fmt: skip

BELOW = (
    deals("total_below.csv", "Total,,,4750\r\n", {5}),
    deals("grand_total_behind_a_blank_row.csv", "\r\nGrand Total:,,,4750\r\n", {6}),
    deals("summe_below.csv", "Summe;;;4.750,00\r\n", {5}, ";"),
    deals("total_general_below.csv", "Total général;;;4750\r\n", {5}, ";"),
    deals("totals_and_average.csv", "Totals,,,4750\r\nAverage,,,1583.33\r\n", {5, 6}),
    deals("count_below.csv", ",,Count,3\r\n", {5}),
    deals("exported_note.csv", "\r\nExported from Example CRM on 2026-03-14\r\n", {6}),
    deals("note_at_once.csv", "Source: Example Expo 2026\r\n", {5}),
    deals("confidential_and_page.csv", "\r\nConfidential\r\nPage 1 of 1\r\n", {6, 7}),
    deals("copyright.csv", "© 2026 Example GmbH,,,\r\n", {5}),
    deals("footnote_and_total.csv", "Total,,,4750\r\n\r\n* in thousands of euros\r\n", {5, 7}),
    deals("free_note_behind_a_blank_row.csv", "\r\nPlease call before the end of March,,,\r\n",
          {6}),
    Odd("total_below.xlsx", xlsx([*DEALS, (), ("Total", None, None, 4750.5)]),
        Table(DEALS[0], below(DEALS[1:])), left_out=frozenset({6})),
    Odd("a_lead_with_only_an_email_last.csv",
        csv_file(DEALS, after="\r\n,asha@example.org,,\r\n"),
        Table(DEALS[0], {**below(DEALS[1:]), 6: ["", "asha@example.org", "", ""]})),
    Odd("a_note_with_an_email_stays.csv",
        csv_file(DEALS, after="\r\nQuestions? Write to events@example.com\r\n"),
        Table(DEALS[0], {**below(DEALS[1:]), 6: ["Questions? Write to events@example.com"]}),
        invalid={6: "row_width"}),
    Odd("last_row_of_two_columns.csv",
        lines("Name,Email\nAsha Rao,asha.rao@example.com\n\nTom Baker,\n"),
        Table(["Name", "Email"],
              {2: ["Asha Rao", "asha.rao@example.com"], 4: ["Tom Baker", ""]})),
    Odd("a_phone_alone_is_a_lead.csv",
        csv_file([("Name", "Email", "Phone"), ("Asha Rao", "asha.rao@example.com", "")],
                 after="\r\n,,+91 98450 12345\r\n"),
        Table(["Name", "Email", "Phone"], {2: ["Asha Rao", "asha.rao@example.com", ""],
                                           4: ["", "", "+91 98450 12345"]})),
)  # fmt: skip

BETWEEN = (
    Odd("blank_rows_between.csv", csv_file([HEADER, PEOPLE[0], ("",) * 4, (" ", "", "", ""),
                                            PEOPLE[1], (), PEOPLE[2]]),
        Table(HEADER, {2: PEOPLE[0], 5: PEOPLE[1], 7: PEOPLE[2]})),
    Odd("header_on_each_page.csv", csv_file([HEADER, *SCANS[:20], HEADER, *SCANS[20:40], HEADER,
                                             *SCANS[40:]]),
        Table(HEADER, {**below(SCANS[:20]), **below(SCANS[20:40], 23), **below(SCANS[40:], 44)}),
        left_out=frozenset({22, 43})),
    Odd("header_again_trimmed.xlsx", xlsx([MIDDLE[0], MIDDLE[1], ("Name ", " Email", "City"),
                                           MIDDLE[2]]),
        Table(MIDDLE[0], {2: MIDDLE[1], 4: MIDDLE[2]}), left_out=frozenset({3})),
    Odd("narrow_and_wide_rows.csv",
        lines("Name,Email,City\nAsha Rao,asha.rao@example.com,Pune\n"
              "Tom Baker,tom.baker@example.com\nMeera Das,meera.das@example.com,Kochi,,\n"
              "Jonas,Weber,jonas.weber@example.org,Kiel\n"),
        Table(MIDDLE[0], {2: MIDDLE[1], 3: ["Tom Baker", "tom.baker@example.com"],
                          4: ["Meera Das", "meera.das@example.com", "Kochi"],
                          5: ["Jonas", "Weber", "jonas.weber@example.org", "Kiel"]}),
        invalid={3: "row_width", 5: "row_width"}),
    Odd("narrow_rows_filled.csv",
        lines("Name,Email,City\nAsha Rao,asha.rao@example.com,Pune\n"
              "Tom Baker,tom.baker@example.com\n"),
        Table(MIDDLE[0], {2: MIDDLE[1], 3: ["Tom Baker", "tom.baker@example.com", ""]}),
        Reading(pads=True)),
    Odd("a_remark_beside_the_list.xlsx",
        by_openpyxl([MIDDLE[0], [*MIDDLE[1], None, None, "checked by Lena"], MIDDLE[2]]),
        Table(MIDDLE[0], {2: [*MIDDLE[1], "", "", "checked by Lena"], 3: MIDDLE[2]}),
        invalid={2: "row_width"}),
)  # fmt: skip

TABLES = (*ABOVE, *BELOW, *BETWEEN)
