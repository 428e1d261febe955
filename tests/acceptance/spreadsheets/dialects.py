"""What separates cells and ends lines, and what stands in quotation marks."""

from importer.intake.source.file import Reading
from tests.acceptance.spreadsheets.odd import Odd, Refused, Table, below, columns
from tests.acceptance.spreadsheets.people import HEADER, PEOPLE, UMLAUTS, visitors
from tests.acceptance.spreadsheets.writers import csv_file, lines, quoted

NAMES = ("Name", "Email", "Notes")
MIXED_ENDS = (
    b"Name,Email,Notes\r\nAsha Rao,asha.rao@example.com,Demo\nTom Baker,tom.baker@example.com,\r"
    b"Meera Das,meera.das@example.com,Call\r\n"
)
LEGACY = """\
KdNr|Name|Ort|Umsatz
004711|Weber, Jonas|Kiel; Nord|1200,50
004712|Vogel, Lena|Köln|85,00
000815|Haddad, Nadia|Ulm|0,00
"""
PIPES = (
    'Name,Email,Notes\nAsha Rao,asha.rao@example.com,12" pipe\n'
    '"Big" Tom,tom.baker@example.com,wants 3/4" valves\n'
    "Meera Das,meera.das@example.com,none\n"
)
ADDRESSES = (
    'Name,Address,Email\n"Rao, Asha","12 Lake Road\nPune 411001",asha.rao@example.com\n'
    '"Baker, Tom","Unit 4\r\nDock Street\r\nHull",tom.baker@example.com\n'
    "Meera Das,Kochi,meera.das@example.com\n"
)
# A list whose commas stand in the texts of nearly every row, and whose delimiter is another.
COMMAS = (
    ("Kunde", "Anschrift", "Interessen"),
    ("Weber, Jonas, Dr.", "Kiel, Hafen, Tor 4", "Solar, Wind, Wasser"),
    ("Vogel, Lena", "Köln, Dom", "Wind, Biogas"),
    ("Haddad, Nadia, Prof.", "Ulm, Nord, 2. Stock", "Solar"),
    ("Iyer, Ravi", "Pune", "Solar, Wind, Wasser, Gas"),
)
PRICES = (
    ("Name", "E-Mail", "Betrag"),
    ("Jonas Weber", "jonas.weber@example.org", "1.234,56"),
    ("Lena Vogel", "lena.vogel@example.org", "99,90"),
    ("Nadia Haddad", "nadia.haddad@example.org", "12.000,00"),
)
SPACED = (
    "Name; Email; City\n"
    "Asha Rao; asha.rao@example.com; Pune\n"
    "Tom Baker; tom.baker@example.com; Hull\n"
)
AMOUNT = columns(
    "Name: FirstName", "E-Mail: EmailAddress", "Betrag: {field: mx_Amount, transform: number}"
)
MANY = tuple(visitors(60))
NOTES_ABOVE = "Exported by Lena, Tom, and Asha, on Monday\nFor Kiel, Köln, Ulm\n\n"
THREE = (
    ("Asha Rao", "asha.rao@example.com", "Demo"),
    ("Tom Baker", "tom.baker@example.com", ""),
    ("Meera Das", "meera.das@example.com", "Call"),
)

DIALECTS = (
    Odd("mixed_line_ends.csv", lambda: MIXED_ENDS, Table(NAMES, below(THREE))),
    Odd("sep_line.csv", csv_file((HEADER, *PEOPLE), "|", before="sep=|\r\n"),
        Table(HEADER, below(PEOPLE)), header_row=1),
    Odd("sep_line_and_preamble.csv",
        csv_file((HEADER, *UMLAUTS), ";", before="sep=;\r\nFrühjahr 2026;;;\r\n\r\n",
                 encoding="utf-8-sig"),
        Table(HEADER, below(UMLAUTS, 4)), header_row=3),
    Odd("old_erp_with_pipes.txt", lines(LEGACY, "cp1252"),
        Table(["KdNr", "Name", "Ort", "Umsatz"],
              {2: ["004711", "Weber, Jonas", "Kiel; Nord", "1200,50"],
               3: ["004712", "Vogel, Lena", "Köln", "85,00"],
               4: ["000815", "Haddad, Nadia", "Ulm", "0,00"]}),
        says=("pipes",)),
    Odd("inches.csv", lines(PIPES),
        Table(NAMES, {2: ["Asha Rao", "asha.rao@example.com", '12" pipe'],
                      3: ["Big Tom", "tom.baker@example.com", 'wants 3/4" valves'],
                      4: ["Meera Das", "meera.das@example.com", "none"]})),
    Odd("addresses_of_several_lines.csv", lines(ADDRESSES),
        Table(["Name", "Address", "Email"],
              {2: ["Rao, Asha", "12 Lake Road\nPune 411001", "asha.rao@example.com"],
               3: ["Baker, Tom", "Unit 4\r\nDock Street\r\nHull", "tom.baker@example.com"],
               4: ["Meera Das", "Kochi", "meera.das@example.com"]})),
    Odd("more_commas_than_semicolons.csv", csv_file(COMMAS, ";"),
        Table(COMMAS[0], below(COMMAS[1:])), says=("semicolons",)),
    Odd("more_commas_than_tabs.txt", csv_file(COMMAS, "\t"),
        Table(COMMAS[0], below(COMMAS[1:])), says=("tabs",)),
    Odd("decimal_commas.csv", csv_file(PRICES, ";"), Table(PRICES[0], below(PRICES[1:])),
        mapping=AMOUNT, leads={2: {"mx_Amount": "1234.56"}, 3: {"mx_Amount": "99.90"},
                               4: {"mx_Amount": "12000.00"}}),
    Odd("decimal_commas_in_quotes.csv", lines(quoted(PRICES, ",")),
        Table(PRICES[0], below(PRICES[1:])), mapping=AMOUNT, leads={3: {"mx_Amount": "99.90"}}),
    Odd("trailing_delimiters.csv",
        lines("Name,Email,Notes,\nAsha Rao,asha.rao@example.com,Demo,\n"
              "Tom Baker,tom.baker@example.com,,\nMeera Das,meera.das@example.com,Call,\n"),
        Table(NAMES, below(THREE))),
    Odd("trailing_delimiters_below_only.csv",
        lines("Name;Email;Notes\nAsha Rao;asha.rao@example.com;Demo;;\n"
              "Tom Baker;tom.baker@example.com;;;\nMeera Das;meera.das@example.com;Call;;\n"),
        Table(NAMES, below(THREE))),
    Odd("commas_above_a_tab_list.txt",
        csv_file((HEADER, *MANY), "\t", end="\n", before=NOTES_ABOVE),
        Table(HEADER, below(MANY, 5)), header_row=4, says=("tabs",)),
    Odd("sentences_below_a_semicolon_list.csv",
        csv_file((HEADER, *UMLAUTS), ";",
                 after="\r\nNote: these, and others, are from Kiel, Köln, and Ulm\r\n"),
        Table(HEADER, below(UMLAUTS)), left_out=frozenset({7}), says=("semicolons",)),
    Odd("blanks_behind_semicolons.csv", lines(SPACED),
        Table(["Name", "Email", "City"],
              {2: ["Asha Rao", " asha.rao@example.com", " Pune"],
               3: ["Tom Baker", " tom.baker@example.com", " Hull"]}), findings=None),
    Odd("a_caret_told.txt", csv_file((HEADER, *PEOPLE), "^"), Table(HEADER, below(PEOPLE)),
        Reading(delimiter="^")),
    Odd("no_break_space_beside_names.csv",
        lines("Name\xa0,\xa0Email,Notes\nAsha Rao,asha.rao@example.com,Demo\n"
              "Tom Baker,tom.baker@example.com,\nMeera Das,meera.das@example.com,Call\n"),
        Table(NAMES, below(THREE)),
        mapping=columns("Name: FirstName", "Email: EmailAddress"), findings=None,
        leads={2: {"FirstName": "Asha Rao", "EmailAddress": "asha.rao@example.com"}}),
    Odd("unclosed_quotation_mark.csv",
        lines('Name,Email,Notes\nAsha Rao,asha.rao@example.com,"Demo\n'
              "Tom Baker,tom.baker@example.com,\nMeera Das,meera.das@example.com,Call\n"),
        Refused(("quotation mark", "row 2"))),
    Odd("only_blank_lines.csv", lines("\r\n;;;\r\n\r\n"), Refused(("empty", "name the columns"))),
)  # fmt: skip
