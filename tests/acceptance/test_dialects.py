"""The same leads, however the file was saved: six kinds of CSV and a workbook, equal payloads."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from importer.intake.leads import LeadBuilder
from importer.intake.mapping import load_mapping
from importer.intake.source.open import open_source
from importer.model import Lead, Problem, Row
from sample_data.writers.texts import csv_text
from sample_data.writers.xlsx import workbook

COUNT = 1000
HEADER = ("First Name", "Last Name", "Email", "Phone", "Zip", "Met On", "Revenue", "Notes")
MAPPING = """\
version: 1
columns:
  First Name: FirstName
  Last Name: LastName
  Email: {field: EmailAddress, transform: [trim, lower, email]}
  Phone: {field: Phone, transform: phone, region: IN}
  Zip: mx_Zip
  Met On: {field: mx_Met_On, transform: datetime, timezone: Asia/Kolkata}
  Revenue: {field: Revenue, transform: number}
  Notes: Notes
"""
# In each of the encodings.
FIRST_NAMES = ("Zoë", "José", "Jürgen", "Søren", "Françoise", "Asha", "Iñigo", "Åsa")
LAST_NAMES = ("Weiß", "Núñez", "Müller", "D'Souza", "Rao, Dr.", "García-López", "Strauß; Sohn")
NOTES = (
    "Send the brochure",
    "Asked for prices, bulk order; call back",
    'Said "yes" at once',
    "first line\nsecond line",
    "a | b",
    "",
    "1\t2",
    " with blanks ",
)
FIRST_MET = datetime(2026, 1, 31, 22, 30)  # noqa: DTZ001  # a workbook's times know no zone
# name: encoding, delimiter, line end, and what stands before the header
TEXTS = {
    "comma.csv": ("utf-8", ",", "\r\n", ""),
    "with_mark.csv": ("utf-8-sig", ";", "\r\n", ""),
    "unicode.txt": ("utf-16", "\t", "\r\n", ""),
    "windows.csv": ("cp1252", "|", "\r\n", ""),
    "macintosh.csv": ("mac_roman", ",", "\r", ""),
    "told.csv": ("latin-1", ";", "\r\n", "sep=;\r\n"),
}


def people() -> Iterator[tuple[str, ...]]:
    for number in range(COUNT):
        met = FIRST_MET + timedelta(hours=7 * number, seconds=number)
        yield (
            FIRST_NAMES[number % len(FIRST_NAMES)],
            LAST_NAMES[number % len(LAST_NAMES)],
            f"Person.{number}@Example.com",
            f"98{number:08d}" if number % 3 else f"+91-98{number:08d}",
            f"{number * 37 % 100_000:05d}",
            met.isoformat(" "),
            f"{number * 13}.25" if number % 4 else "",
            NOTES[number % len(NOTES)],
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every file, under its name."""
    folder = tmp_path_factory.mktemp("dialects")
    for name, (encoding, delimiter, end, before) in TEXTS.items():
        text = before + csv_text([HEADER, *people()], delimiter, end)
        (folder / name).write_bytes(text.encode(encoding))
    (folder / "book.xlsx").write_bytes(workbook(fill))
    return folder


def fill(book: Any) -> None:
    """As a person's workbook is: texts, but every second phone and zip a number, and real dates."""
    sheet = book.add_worksheet("Leads")
    five = book.add_format({"num_format": "00000"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet.write_row(0, 0, HEADER)
    for row, cells in enumerate(people(), 1):
        first, last, email, phone, zip_code, met, revenue, notes = cells
        for column, text in enumerate((first, last, email, phone, zip_code)):
            sheet.write_string(row, column, text)
        if row % 2 and phone.isdigit():
            sheet.write_number(row, 3, int(phone))
        if row % 2:
            sheet.write_number(row, 4, int(zip_code), five)
        sheet.write_datetime(row, 5, datetime.fromisoformat(met), moment)
        if revenue:
            sheet.write_number(row, 6, float(revenue))
        sheet.write_string(row, 7, notes)


def leads(path: Path) -> dict[int, Lead | tuple[Problem, ...]]:
    """What each row becomes, with nothing said about how the file is to be read."""
    source = open_source(path)
    builder = LeadBuilder(load_mapping(MAPPING, name="mapping"), source.header, file=path.name)
    found = {}
    for block in source.blocks():
        kinds = block.kinds or [""] * len(block.rows)
        for number, (cells, kind) in enumerate(zip(block.rows, kinds, strict=True), block.first):
            found[number] = builder.build(Row(number, cells, kind))
    return found


@pytest.fixture(scope="module")
def wanted(folder: Path) -> dict[int, Lead | tuple[Problem, ...]]:
    return leads(folder / "comma.csv")


def test_the_leads_are_those_that_were_written(
    wanted: dict[int, Lead | tuple[Problem, ...]],
) -> None:
    assert list(wanted) == list(range(2, COUNT + 2))
    assert wanted[5] == Lead(
        {
            "FirstName": "Søren",
            "LastName": "D'Souza",
            "EmailAddress": "person.3@example.com",
            "Phone": "+91-9800000003",
            "mx_Zip": "00111",
            "mx_Met_On": "2026-02-01 14:00:03",
            "Revenue": "39.25",
            "Notes": "first line\nsecond line",
        },
        {"EmailAddress": "person.3@example.com", "Phone": "919800000003"},
    )
    assert all(isinstance(lead, Lead) for lead in wanted.values())


@pytest.mark.parametrize("name", [*list(TEXTS)[1:], "book.xlsx"])
def test_the_same_leads_come_out_of_every_kind_of_file(
    name: str, folder: Path, wanted: dict[int, Lead | tuple[Problem, ...]]
) -> None:
    assert leads(folder / name) == wanted
