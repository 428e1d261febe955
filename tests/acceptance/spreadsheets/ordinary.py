"""Ordinary lists, some with what only looks like damage: each is read without a word."""

from datetime import date

from tests.acceptance.spreadsheets.odd import Odd, Table, below, columns
from tests.acceptance.spreadsheets.people import HEADER, PEOPLE, UMLAUTS, visitors
from tests.acceptance.spreadsheets.writers import (
    by_openpyxl,
    csv_file,
    lines,
    ods,
    quoted,
    xls,
    xlsx,
)

SALESFORCE = (
    ("Lead ID", "First Name", "Last Name", "Email", "Annual Revenue", "Zip/Postal Code"),
    ("00Q5g00000AbCdEEA1", "Asha", "Rao", "asha.rao@example.com", "1200000", "00501"),
    ("00Q5g00000AbCdFEA1", "Tom", "Baker", "tom.baker@example.com", "85000", "94105"),
    ("00Q5g00000AbCdGEA1", "Claire", "Dubois", "claire.dubois@example.org", "", "02139"),
)
HUBSPOT = (
    ("Record ID", "First Name", "Last Name", "Email", "Phone Number", "Create Date"),
    ("51000", "Meera", "Das", "meera.das@example.com", "+91 98450 12345", "2026-03-14 09:12"),
    ("7751", "Jonas", "Weber", "jonas.weber@example.org", "+49 30 1234567", "2026-03-15 18:40"),
    ("901", "Diego", "Morales", "diego.morales@example.org", "", "2026-03-16 07:05"),
)
LINKEDIN = (
    ("First name", "Last name", "Email", "Company", "Company size", "LinkedIn ID"),
    ("Aiko", "Tanaka", "aiko.tanaka@example.com", "Kumo Works", "11-50", "4026531840000017"),
    ("Nadia", "Haddad", "nadia.haddad@example.com", "Casa Verde", "51-200", "4026531840000900"),
    ("Lena", "Vogel", "lena.vogel@example.org", "Weber & Sohn", "1-10", "4026531841112223"),
)
SCRIPTS = (
    ("Name", "City", "Email"),
    ("आरव शर्मा", "दिल्ली", "aarav.sharma@example.com"),
    ("さくら 田中", "東京", "sakura.tanaka@example.com"),
    ("نادية حداد", "بيروت", "nadia.haddad@example.com"),
    ("Ольга Смирнова", "Пермь", "olga.smirnova@example.com"),
)
CODES = (
    ("Name", "Email", "Room", "Booth", "Version", "Employees"),
    ("Asha Rao", "asha.rao@example.com", "12E5", "A-12", "1.10", "5"),
    ("Tom Baker", "tom.baker@example.com", "3E4", "B-7", "1.9", "12000"),
    ("Meera Das", "meera.das@example.com", "11A2", "C-101", "2.0", "250"),
    ("Jonas Weber", "jonas.weber@example.org", "7B1", "A-3", "1.10", "40"),
)
SURNAMES = (
    ("First Name", "Last Name", "Company", "Email"),
    ("Rita", "Total", "Total Energies", "rita.total@example.com"),
    ("Note", "Okafor", "Report & Co", "note.okafor@example.com"),
    ("Sum", "Yee", "Summe GmbH", "sum.yee@example.com"),
    ("Total", "", "", "total@example.com"),
)
CAPITALS = (
    ("Name", "Company", "Country", "Email"),
    ("Jo Park", "IBM", "US", "jo.park@example.com"),
    ("Lena Vogel", "SAP", "DE", "lena.vogel@example.org"),
    ("Diego Morales", "PÃO DE AÇÚCAR", "BR", "diego.morales@example.com"),
    ("Tom Baker", "AT&T", "US", "tom.baker@example.com"),
    ("Asha Rao", "R&D; Sales", "IN", "asha.rao@example.com"),
)
YEARS = (
    ("Name", "Email", "2024", "2025"),
    ("Asha Rao", "asha.rao@example.com", "3", "11"),
    ("Tom Baker", "tom.baker@example.com", "0", "2"),
)
MET = (
    ("Name", "Email", "Met On"),
    ("Asha Rao", "asha.rao@example.com", date(2026, 3, 4)),
    ("Tom Baker", "tom.baker@example.com", date(2026, 3, 31)),
)
PHONES = (
    ("Name", "Email", "Mobile", "Staff"),
    ("Asha Rao", "asha.rao@example.com", 9845012345, 12),
    ("Ravi Iyer", "ravi.iyer@example.com", 9198765432, 1500),
    ("Meera Das", "meera.das@example.com", 8023456789, 7),
)
PHONE_ROWS = {
    2: ["Asha Rao", "asha.rao@example.com", "9845012345", "12"],
    3: ["Ravi Iyer", "ravi.iyer@example.com", "9198765432", "1500"],
    4: ["Meera Das", "meera.das@example.com", "8023456789", "7"],
}
MET_ROWS = {
    2: ["Asha Rao", "asha.rao@example.com", "2026-03-04"],
    3: ["Tom Baker", "tom.baker@example.com", "2026-03-31"],
}
SENT_ON = columns(
    "Name: FirstName",
    "Email: EmailAddress",
    "Met On: {field: mx_Met, transform: date}",
)
BREAKS = (
    'Name,Email,"Notes, if any"\n'
    'Asha Rao,asha.rao@example.com,"Wants a demo, soon"\n'
    'Tom Baker,tom.baker@example.com,"Said ""maybe"""\n'
    "Meera Das,meera.das@example.com,"
)
ONE = (("Email",), *((f"person{number}@example.com",) for number in range(1, 26)))
SIXTY = tuple(visitors(60))


def of(name: str, rows: tuple[tuple[str, ...], ...], delimiter: str = ",", **options: str) -> Odd:
    """A text file that says what was written, whatever it holds."""
    table = Table(rows[0], below(rows[1:]))
    return Odd(name, csv_file(rows, delimiter, **options), table)


ORDINARY = (
    of("plain_comma.csv", (HEADER, *PEOPLE)),
    of("plain_semicolon.csv", (HEADER, *UMLAUTS), ";"),
    of("plain_tab.tsv", (HEADER, *PEOPLE), "\t"),
    of("plain_pipe.txt", (HEADER, *PEOPLE), "|"),
    of("linux_line_ends.csv", (HEADER, *UMLAUTS), end="\n"),
    of("sixty_visitors.csv", (HEADER, *SIXTY)),
    of("a_single_lead.csv", (HEADER, PEOPLE[0])),
    of("only_emails.csv", ONE),
    of("linkedin_lead_form.csv", LINKEDIN),
    of("names_in_four_scripts.csv", SCRIPTS),
    of("codes_that_look_like_numbers.csv", CODES),
    of("people_called_total.csv", SURNAMES),
    of("firms_in_capitals.csv", CAPITALS),
    of("years_as_column_names.csv", YEARS),
    Odd(
        "salesforce_leads.csv",
        lines(quoted(SALESFORCE)),
        Table(SALESFORCE[0], below(SALESFORCE[1:])),
    ),
    Odd("hubspot_contacts.csv", lines(quoted(HUBSPOT)), Table(HUBSPOT[0], below(HUBSPOT[1:]))),
    Odd(
        "google_sheets_no_last_line_end.csv",
        lines(BREAKS),
        Table(
            ["Name", "Email", "Notes, if any"],
            {
                2: ["Asha Rao", "asha.rao@example.com", "Wants a demo, soon"],
                3: ["Tom Baker", "tom.baker@example.com", 'Said "maybe"'],
                4: ["Meera Das", "meera.das@example.com", ""],
            },
        ),
    ),
    Odd("plain.xlsx", xlsx((HEADER, *PEOPLE)), Table(HEADER, below(PEOPLE))),
    Odd("plain_by_openpyxl.xlsx", by_openpyxl((HEADER, *UMLAUTS)), Table(HEADER, below(UMLAUTS))),
    Odd("plain_old.xls", xls((HEADER, *UMLAUTS)), Table(HEADER, below(UMLAUTS))),
    Odd("plain_libre.ods", ods((HEADER, *UMLAUTS)), Table(HEADER, below(UMLAUTS))),
    Odd("phones_as_numbers.xlsx", xlsx(PHONES),
        Table(["Name", "Email", "Mobile", "Staff"], PHONE_ROWS)),
    Odd("met_on_real_dates.xlsx", xlsx(MET), Table(["Name", "Email", "Met On"], MET_ROWS),
        mapping=SENT_ON, leads={2: {"mx_Met": "2026-03-04"}, 3: {"mx_Met": "2026-03-31"}}),
    Odd("met_on_real_dates.xls", xls(MET), Table(["Name", "Email", "Met On"], MET_ROWS),
        mapping=SENT_ON, leads={2: {"mx_Met": "2026-03-04"}}),
    Odd("met_on_real_dates.ods", ods(MET), Table(["Name", "Email", "Met On"], MET_ROWS),
        mapping=SENT_ON, leads={3: {"mx_Met": "2026-03-31"}}),
)  # fmt: skip
