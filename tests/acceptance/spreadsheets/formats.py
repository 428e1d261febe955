"""Files that are not what their names say, packed ones, and old and other workbooks."""

from datetime import date, datetime

from sample_data.writers.texts import csv_text
from sample_data.writers.xlsx import workbook, write_rows
from tests.acceptance.spreadsheets.odd import Odd, Refused, Table, below, columns
from tests.acceptance.spreadsheets.people import HEADER, PEOPLE, UMLAUTS, visitors
from tests.acceptance.spreadsheets.writers import (
    csv_file,
    gzipped,
    lines,
    ods,
    xls,
    xlsx,
    zip_file,
)

LIST = csv_text((HEADER, *PEOPLE)).encode()
GERMAN = csv_text((HEADER, *UMLAUTS), ";").encode("cp1252")
BOOK = xlsx((HEADER, *PEOPLE))
FINDER = b"\0\5\x16\7\0\2\0\0Mac OS X" + bytes(60)
TYPES = (
    ("Name", "Email", "Plz", "Met", "Agreed", "Share", "Points"),
    ("Asha Rao", "asha.rao@example.com", 501, date(2026, 3, 4), True, 0.25, 1234567890123),
    ("Tom Baker", "tom.baker@example.com", 94105, date(2026, 12, 31), False, 0.5, 2.5),
)
TYPE_ROWS = {
    2: ["Asha Rao", "asha.rao@example.com", "00501", "2026-03-04", "TRUE", "25%",
        "1234567890123"],
    3: ["Tom Baker", "tom.baker@example.com", "94105", "2026-12-31", "FALSE", "50%", "2.5"],
}  # fmt: skip
TYPE_FORMATS = {2: "00000", 3: "DD/MM/YYYY", 5: "0%"}
MOMENTS = (
    ("Name", "Email", "Met"),
    ("Asha Rao", "asha.rao@example.com", datetime(2026, 3, 4, 9, 30)),  # noqa: DTZ001  # no zone
    ("Tom Baker", "tom.baker@example.com", datetime(2026, 3, 4, 18, 5)),  # noqa: DTZ001  # no zone
)
MOMENT_ROWS = {
    2: ["Asha Rao", "asha.rao@example.com", "2026-03-04 09:30:00"],
    3: ["Tom Baker", "tom.baker@example.com", "2026-03-04 18:05:00"],
}
MET = columns("Name: FirstName", "Email: EmailAddress", "Met: {field: mx_Met, transform: datetime}")
WEB_PAGE = """\
<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><title>Leads</title></head><body>
<table><tr><th>Name</th><th>Email</th></tr>
<tr><td>Asha Rao</td><td>asha.rao@example.com</td></tr></table></body></html>
"""
XML_2003 = """\
<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>
<Row><Cell><Data>Name</Data></Cell></Row></Table></Worksheet></Workbook>
"""
NUMBERS = (
    ("Name", "Email", "Mobile", "Staff"),
    ("Asha Rao", "asha.rao@example.com", 919876543210, 12),
    ("Ravi Iyer", "ravi.iyer@example.com", 919845012345, 1500),
)
NUMBER_ROWS = {
    2: ["Asha Rao", "asha.rao@example.com", "919876543210", "12"],
    3: ["Ravi Iyer", "ravi.iyer@example.com", "919845012345", "1500"],
}
PLAIN = Table(HEADER, below(PEOPLE))
LONG = tuple(visitors(50))

FORMATS = (
    # names that tell a lie
    Odd("tabs_named_xls.xls", csv_file((HEADER, *UMLAUTS), "\t", encoding="utf-16"),
        Table(HEADER, below(UMLAUTS))),
    Odd("semicolons_named_xls.xls", lambda: GERMAN, Table(HEADER, below(UMLAUTS))),
    Odd("workbook_named_csv.csv", BOOK, PLAIN),
    Odd("workbook_named_xls.xls", BOOK, PLAIN),
    Odd("old_workbook_named_xlsx.xlsx", xls((HEADER, *PEOPLE)), PLAIN),
    Odd("libre_named_xlsx.xlsx", ods((HEADER, *PEOPLE)), PLAIN),
    Odd("commas_named_tsv.tsv", lambda: LIST, PLAIN),
    Odd("no_suffix", lambda: LIST, PLAIN),
    Odd("capital_suffix.CSV", lambda: LIST, PLAIN),
    Odd("web_page_named_xls.xls", lines(WEB_PAGE), Refused(("HTML", "save it"))),
    Odd("xml_named_xls.xls", lines(XML_2003), Refused(("XML", "save it"))),
    Odd("json_named_csv.csv", lines('[{"name": "Asha Rao"}]'), Refused(("JSON",))),
    Odd("pdf_named_xlsx.xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Refused(("PDF",))),
    # packed
    Odd("one_list.zip", zip_file({"leads.csv": LIST}), PLAIN),
    Odd("one_list_in_a_folder.zip",
        zip_file({"export/": b"", "export/2026/leads.csv": GERMAN}),
        Table(HEADER, below(UMLAUTS))),
    Odd("by_a_mac.zip",
        zip_file({"leads.csv": LIST, "__MACOSX/": b"", "__MACOSX/._leads.csv": FINDER,
                  ".DS_Store": FINDER}), PLAIN),
    Odd("a_workbook.zip", zip_file({"leads.xlsx": BOOK()}), PLAIN),
    Odd("an_old_workbook.zip", zip_file({"leads.xls": xls((HEADER, *UMLAUTS))()}),
        Table(HEADER, below(UMLAUTS))),
    Odd("two_lists.zip", zip_file({"march.csv": LIST, "april.csv": LIST}),
        Refused(("march.csv", "april.csv"))),
    Odd("list_and_workbook.zip", zip_file({"leads.csv": LIST, "leads.xlsx": BOOK()}),
        Refused(("leads.csv", "leads.xlsx"))),
    Odd("nothing_inside.zip", zip_file({"export/": b""}), Refused(("zip",))),
    Odd("leads.csv.gz", gzipped(LIST), PLAIN),
    Odd("preamble_and_total.csv.gz",
        gzipped(csv_text([("Spring mailing",), (), HEADER, *LONG, ("Total", "", "", "50")],
                         "\t").encode("utf-16")),
        Table(HEADER, below(LONG, 4)), header_row=3, left_out=frozenset({54})),
    Odd("half_a_download.csv.gz", lambda: gzipped(LIST)()[:-30], Refused(())),
    # workbooks that are no .xlsx
    Odd("types.xls", xls(TYPES, TYPE_FORMATS), Table([str(name) for name in TYPES[0]], TYPE_ROWS)),
    Odd("moments.xls", xls(MOMENTS, {2: "DD/MM/YYYY HH:MM"}),
        Table(["Name", "Email", "Met"], MOMENT_ROWS), mapping=MET,
        leads={2: {"mx_Met": "2026-03-04 09:30:00"}}),
    Odd("moments.ods", ods(MOMENTS), Table(["Name", "Email", "Met"], MOMENT_ROWS), mapping=MET,
        leads={3: {"mx_Met": "2026-03-04 18:05:00"}}),
    Odd("long_numbers.xls", xls(NUMBERS), Table(["Name", "Email", "Mobile", "Staff"], NUMBER_ROWS)),
    Odd("long_numbers.ods", ods(NUMBERS), Table(["Name", "Email", "Mobile", "Staff"], NUMBER_ROWS)),
    Odd("preamble_and_total.xls",
        xls([("Visitors of Hall 4",), (), HEADER, *PEOPLE, (), ("Total", "", "", 5)]),
        Table(HEADER, below(PEOPLE, 4)), header_row=3, left_out=frozenset({10})),
    Odd("preamble_and_total.ods",
        ods([("Visitors of Hall 4",), (), HEADER, *PEOPLE, (), ("Total", "", "", 5)]),
        Table(HEADER, below(PEOPLE, 4)), header_row=3, left_out=frozenset({10})),
    Odd("counted_from_1904.xlsx",
        lambda: workbook(lambda book: write_rows(book.add_worksheet(), MOMENTS), date_1904=True,
                         default_date_format="dd/mm/yyyy hh:mm"),
        Table(["Name", "Email", "Met"], MOMENT_ROWS)),
    Odd("counted_from_1904.xls", xls(MOMENTS, {2: "DD/MM/YYYY HH:MM"}, is_1904=True),
        Table(["Name", "Email", "Met"], MOMENT_ROWS)),
)  # fmt: skip
