"""The repair road of a workbook: run, mend the marked cells as Excel would save them, run."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.acceptance.world import HEADER, World
from tests.jobs.lists import BAD, leads_of, people, repair, run, statuses

MAPPING = """\
version: 1
columns:
  First Name: FirstName
  Last Name: LastName
  Email: EmailAddress
  Phone: {field: Phone, transform: phone, region: IN}
  City: mx_City
  Met: {field: mx_Met_On, transform: datetime, timezone: Asia/Kolkata}
  Zip: mx_Zip
"""
PHONES = count(9845098003)  # each row of the account has one of its own
MET = datetime(2026, 1, 31, 9, 30)  # noqa: DTZ001  # a workbook's dates have no zone


@pytest.fixture
def world(world: World) -> World:
    world.mapping.write_text(MAPPING)
    return world


def write_list(world: World, rows: Sequence[Sequence[str]]) -> Path:
    """A workbook with phones and zips as formatted numbers, and dates."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Scans"
    sheet.column_dimensions["D"].width = 17.5
    sheet.append([*HEADER, "Met", "Zip"])
    for number, row in enumerate(rows, start=2):
        sheet.append([*row[:3], next(PHONES), row[4], MET, 501])
        sheet.cell(number, 6).number_format = "dd/mm/yyyy hh:mm"
        sheet.cell(number, 7).number_format = "00000"
    path = world.folder / "scans.xlsx"
    book.save(path)
    return path


def edit(path: Path, changes: dict[tuple[int, str], object]) -> None:
    """Cells by row and column name, saved as a spreadsheet program does."""
    book = openpyxl.load_workbook(path)
    sheet: Any = book.active
    columns = {cell.value: cell.column for cell in sheet[1]}
    for (row, name), value in changes.items():
        sheet.cell(row, columns[name]).value = value
    book.save(path)


def test_a_mended_reject_workbook_goes_back_into_its_job(world: World) -> None:
    rows = people(6)
    rows[1][2] = rows[3][2] = BAD
    file = write_list(world, rows)
    first, calls = run(world, file)
    assert (first.code, calls, first.json["created"], first.json["rejected"]) == (1, 6, 4, 2)
    rejects = world.folder / "scans.rejects.xlsx"
    assert f"rejects: {rejects}" in run(world, file)[0].err + world.importer("rejects").out
    edit(rejects, {(2, "Email"): "mended.3@example.com"})
    second, calls = repair(world, rejects)
    assert "rows of the reject file: 1 mended, 1 as they were" in second.err.splitlines()
    assert (second.code, calls, second.json["created"], second.json["rejected"]) == (1, 2, 5, 1)
    assert statuses(world)[5] == "rejected"
    lead = next(
        each for each in world.leads() if each.get("EmailAddress") == "mended.3@example.com"
    )
    assert (lead["Phone"][:7], lead["mx_Zip"]) == ("+91-984", "00501")
    assert lead["mx_Met_On"] == "2026-01-31 04:00:00.000"
    assert leads_of(world, rows) == 5


def test_an_edited_reject_workbook_is_not_overwritten(world: World) -> None:
    rows = people(2)
    rows[0][2] = rows[1][2] = BAD
    run(world, write_list(world, rows))
    rejects = world.folder / "scans.rejects.xlsx"
    edit(rejects, {(2, "Email"): "one.mended@example.com"})
    before = rejects.read_bytes()
    done, _ = repair(world, rejects)
    assert rejects.read_bytes() == before
    assert done.json["created"] == 1
    (row,) = openpyxl.load_workbook(world.folder / "scans.rejects-2.xlsx")["Scans"].iter_rows(
        min_row=2, values_only=True
    )
    assert (*row[:3], *row[4:7]) == (*rows[1][:2], BAD, "Pune", MET, 501)
    assert isinstance(row[3], int)


def test_a_mended_number_or_date_is_read_as_excel_shows_it(world: World) -> None:
    rows = people(1)
    rows[0][2] = BAD
    run(world, write_list(world, rows))
    rejects = world.folder / "scans.rejects.xlsx"
    later = MET.replace(hour=18)
    edit(rejects, {(2, "Email"): "num@example.com", (2, "Phone"): 9999900001, (2, "Met"): later})
    done, _ = repair(world, rejects)
    assert done.code == 0
    lead = next(each for each in world.leads() if each.get("EmailAddress") == "num@example.com")
    assert (lead["Phone"], lead["mx_Met_On"]) == ("+91-9999900001", "2026-01-31 13:00:00.000")


def test_what_a_workbook_has_no_value_for_is_refused_and_can_be_mended(world: World) -> None:
    rows = people(2)
    file = write_list(world, rows)
    edit(file, {(2, "City"): "#N/A", (3, "City"): "=B3"})  # openpyxl stores no formula's value
    done, calls = run(world, file)
    assert (done.code, calls, done.json["invalid"]) == (1, 0, 2)
    rejects = world.folder / "scans.rejects.xlsx"
    sheet: Any = openpyxl.load_workbook(rejects)["Scans"]
    assert [row[7:9] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        ("cell_error", "City"),
        ("no_formula_value", "City"),
    ]
    unmended, calls = repair(world, rejects)
    assert (calls, unmended.json["invalid"]) == (0, 2)
    edit(rejects, {(2, "City"): "Goa", (3, "City"): None})
    mended, calls = repair(world, rejects)
    assert (mended.code, calls, mended.json["created"]) == (0, 2, 2)


def test_the_same_file_read_otherwise_is_read_anew_while_nothing_was_sent(world: World) -> None:
    rows = people(2)
    file = write_list(world, rows)
    edit(file, {(1, "Email"): "Mail"})
    wrong, _ = run(world, file, "--header-row", 2)
    assert wrong.code == 2
    edit(file, {(1, "Mail"): "Email", (2, "Met"): "bad", (3, "Met"): "bad"})
    first, calls = run(world, file)
    assert (first.code, calls, first.json["invalid"]) == (1, 0, 2)
    world.mapping.write_text(f"version: 1\ncolumns: {{{rows[0][0]}: FirstName}}\n")
    second, calls = run(world, file, "--header-row", 2)
    assert "read anew, otherwise than by job 1, which had sent nothing" in second.err.splitlines()
    assert (second.code, calls, second.json["rows"]) == (0, 1, 1)
    world.mapping.write_text(MAPPING)
    third, calls = run(world, file)
    assert (third.code, calls) == (2, 0)
    assert third.json["error"]["what"].endswith(
        "has read this file otherwise, and rows of it were sent or given up"
    )


def test_text_under_no_column_is_left_out_by_running_its_reject_row(world: World) -> None:
    rows = people(1)
    file = write_list(world, rows)
    book = openpyxl.load_workbook(file)
    sheet: Any = book.active
    sheet["J2"] = "call back"
    book.save(file)
    first, calls = run(world, file)
    assert (first.code, calls, first.json["invalid"]) == (1, 0, 1)
    second, calls = repair(world, world.folder / "scans.rejects.xlsx")
    assert (second.code, calls, second.json["created"]) == (0, 1, 1)


def test_a_note_on_another_sheet_says_how_a_reject_file_is_found(world: World) -> None:
    rows = people(1)
    rows[0][2] = BAD
    run(world, write_list(world, rows))
    rejects = world.folder / "scans.rejects.xlsx"
    book = openpyxl.load_workbook(rejects)
    book.create_sheet("Pivot", 0).append(["Sum", 1])
    book.save(rejects)
    lost = world.importer("run", rejects, "--json")
    assert lost.code == 2
    assert "name its sheet with --sheet" in lost.json["error"]["fix"]
    found, calls = repair(world, rejects, "--sheet", "Scans")
    assert (calls, found.json["rejected"]) == (1, 1)
