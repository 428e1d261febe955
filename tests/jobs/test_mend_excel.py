"""A reject file that Excel or LibreOffice has opened and saved: what it shows is no edit."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from importer.model import REJECT_COLUMNS
from tests.acceptance.world import HEADER, Done, World
from tests.jobs.lists import BAD, SERIAL, people, repair, run

MAPPING = """\
version: 1
columns:
  First Name: FirstName
  Last Name: LastName
  Email: EmailAddress
  Phone: Phone
  City: mx_City
  Met: {field: mx_Met_On, transform: datetime}
  Zip: mx_Zip
  Badge: mx_Street1
"""
COLUMNS = (*HEADER, "Met", "Zip", "Badge")
MET = "2026-01-31 09:30:00"
KEPT = "kept as they were, though a spreadsheet shows them otherwise: "
Table = list[list[str]]


@pytest.fixture
def world(world: World) -> World:
    world.mapping.write_text(MAPPING)
    return world


def write_list(world: World, rows: Sequence[Sequence[str]], name: str = "list.csv") -> Path:
    path = world.folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return path


def badges(number: int) -> Table:
    """Rows that are refused for their e-mail, full of what a spreadsheet changes."""
    found = []
    for first, last, _, _, _ in people(number):
        badge = f"91987654{next(SERIAL):05}"
        found.append([f"{first} Zoë 東京", last, BAD, "", "+Pune", MET, "00501", badge])
    return found


def refused(world: World, number: int = 2) -> tuple[Table, Table]:
    """The rows of a list, all refused, and the lines of its reject file."""
    rows = badges(number)
    done, _ = run(world, write_list(world, rows))
    assert (done.code, done.json["rejected"]) == (1, number)
    text = (world.folder / "list.rejects.csv").read_text("utf-8-sig")
    return rows, list(csv.reader(io.StringIO(text, newline="")))


def as_text(lines: Table, delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return text.getvalue()


# What each program makes of the lines


def american_csv(lines: Table, folder: Path) -> tuple[Path, int]:
    """CSV (Comma delimited): windows-1252, so that the last sign of a name is lost."""
    for line in lines[1:]:
        line[5:8] = ["1/31/2026 9:30", "501", "9.19877E+12"]
    path = folder / "saved.csv"
    path.write_bytes(as_text(lines, ",").encode("cp1252", "replace"))
    return path, 4


def german_csv(lines: Table, folder: Path) -> tuple[Path, int]:
    for line in lines[1:]:
        line[5:8] = ["31.01.2026 09:30", "501", "9,19877E+12"]
    path = folder / "saved.csv"
    path.write_bytes(as_text(lines, ";").encode("cp1252", "replace"))
    return path, 4


def unicode_text(lines: Table, folder: Path) -> tuple[Path, int]:
    for line in lines[1:]:
        line[5:8] = ["31/01/2026 09:30", "501", "9.1988E+12"]
    path = folder / "saved.txt"
    path.write_bytes(as_text(lines, "\t").encode("utf-16"))
    return path, 3


def workbook(lines: Table, folder: Path) -> tuple[Path, int]:
    """The CSV saved as .xlsx: numbers and dates are typed, our marks are text."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(lines[0])
    for line in lines[1:]:
        met = datetime.fromisoformat(line[5])
        number = lines[0].index("Import Row")
        sheet.append(
            [*line[:5], met, 501, int(line[7]), *line[8:number], int(line[number]), line[-1]]
        )
        sheet.cell(sheet.max_row, 6).number_format = "m/d/yyyy h:mm"
    path = folder / "saved.xlsx"
    book.save(path)
    return path, 1


SAVES = [american_csv, german_csv, unicode_text, workbook]


@pytest.mark.parametrize("save", SAVES)
def test_what_a_spreadsheet_shows_otherwise_stays_as_it_was_and_the_edit_is_sent(
    world: World, save: Callable[[Table, Path], tuple[Path, int]]
) -> None:
    rows, lines = refused(world)
    email = f"p{next(SERIAL)}@example.com"
    lines[1][2] = email
    path, kept = save(lines, world.folder)
    done, calls = repair(world, path)
    assert (done.code, calls, done.json["created"], done.json["rejected"]) == (1, 2, 1, 1)
    column = "Zip" if save is workbook else "Met" if kept == 3 else "First Name"
    said = [line for line in done.err.splitlines() if "reject file" in line or "kept" in line]
    assert said == [
        "rows of the reject file: 1 mended, 1 as they were",
        f'{KEPT}{2 * kept} cells, such as row 2 "{column}"',
    ]
    (lead,) = [lead for lead in world.leads() if lead.get("EmailAddress") == email]
    names = ("FirstName", "mx_City", "mx_Zip", "mx_Street1", "mx_Met_On")
    assert [lead[name] for name in names] == [
        rows[0][0], "+Pune", "00501", rows[0][7], "2026-01-31 09:30:00.000",
    ]  # fmt: skip
    again = world.read_csv(world.folder / "list.rejects.csv")
    assert [list(row.values())[:8] for row in again] == [
        [*rows[1][:4], "'+Pune", *rows[1][5:]],
    ]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_reject_file_comes_back_from_libreoffice_as_it_was(
    world: World, tmp_path: Path, ending: str
) -> None:
    rows, _ = refused(world)
    csv_filter = "44,34,76,1,,0,false,true,false"
    target = "xlsx" if ending == "xlsx" else f"csv:Text - txt - csv (StarCalc):{csv_filter}"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
         f"--infilter=CSV:{csv_filter}", "--convert-to", target, "--outdir", tmp_path / "out",
         world.folder / "list.rejects.csv"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = tmp_path / "out" / f"list.rejects.{ending}"
    if ending == "csv":
        assert "'+Pune,2026-01-31 09:30:00,501,91987654" in saved.read_text("utf-8-sig")
    done, calls = repair(world, saved)
    assert calls == 2
    assert done.err.splitlines()[0] == "rows of the reject file: 0 mended, 2 as they were"
    assert f'{KEPT}2 cells, such as row 2 "Zip"' in done.err.splitlines()
    again = world.read_csv(saved.with_name("list.rejects.csv"))
    if ending == "xlsx":
        assert [list(row.values())[5:8] for row in again] == [row[5:] for row in rows]


def test_a_reject_workbook_that_was_saved_as_csv_keeps_its_numbers_and_dates(world: World) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(COLUMNS)
    rows = badges(2)
    for row in rows:
        met = datetime.fromisoformat(MET)
        sheet.append([*row[:3], "", "'Pune", met, 501, int(row[7])])
        sheet.cell(sheet.max_row, 6).number_format = "dd/mm/yyyy hh:mm"
        sheet.cell(sheet.max_row, 7).number_format = "00000"
    book.save(world.folder / "list.xlsx")
    run(world, world.folder / "list.xlsx")
    shown = openpyxl.load_workbook(world.folder / "list.rejects.xlsx").active
    lines: Table = [
        ["" if cell is None else str(cell) for cell in line]
        for line in shown.iter_rows(values_only=True)  # type: ignore[union-attr]
    ]
    lines[1][2] = email = f"p{next(SERIAL)}@example.com"
    path, _ = german_csv(lines, world.folder)
    done, calls = repair(world, path)
    assert "rows of the reject file: 1 mended, 1 as they were" in done.err.splitlines()
    assert (calls, done.json["created"]) == (2, 1)
    (lead,) = [lead for lead in world.leads() if lead.get("EmailAddress") == email]
    names = ("FirstName", "mx_City", "mx_Zip", "mx_Street1", "mx_Met_On")
    assert [lead[name] for name in names] == [
        rows[0][0], "'Pune", "00501", rows[0][7], "2026-01-31 09:30:00.000",
    ]  # fmt: skip
    (kinds,) = world.journal("SELECT kinds FROM row WHERE id & 4294967295 = 2")
    assert kinds == ("tttttdnn",)


def test_a_date_that_was_given_the_form_that_the_mapping_asks_for_is_taken(world: World) -> None:
    """But not what a spreadsheet made of it: 2/1/2026 would be another day to the mapping."""
    world.mapping.write_text(
        MAPPING.replace("transform: datetime}", "transform: date, formats: [DD/MM/YYYY]}")
    )
    rows = [[*row[:2], f"p{next(SERIAL)}@example.com", "", "", "2026-02-01", "", ""]
            for row in people(3)]  # fmt: skip
    done, _ = run(world, write_list(world, rows))
    assert done.json["invalid"] == 3
    path = world.folder / "list.rejects.csv"
    rejects = world.read_csv(path)
    for row, met in zip(rejects, ["01/02/2026", "2/1/2026", "02/01/2026"], strict=True):
        row["Met"] = met
    rejects[2]["Met"] = "05/03/2026"  # an edit: another day
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*COLUMNS, *REJECT_COLUMNS])
        writer.writeheader()
        writer.writerows(rejects)
    done, calls = repair(world, path)
    assert (done.code, calls, done.json["created"], done.json["invalid"]) == (1, 2, 2, 1)
    assert done.err.splitlines()[:3] == [
        "rows of the reject file: 2 mended, 1 as they were",
        f'{KEPT}1 cell, such as row 3 "Met"',
        'warning: row 3 was refused for its "Met", which is only shown in another form here, and'
        " so was kept: if that form is meant, let the mapping take the cell as it was, and run"
        ' with -m MAPPING; or clear "Import Row", which makes it a new row',
    ]
    mails = {row[2]: None for row in rows}
    days = [lead["mx_Met_On"][:10] for lead in world.leads() if lead["EmailAddress"] in mails]
    assert sorted(days) == ["2026-02-01", "2026-03-05"]


def mended_dates(world: World, mended: dict[str, str], transform: str) -> tuple[Done, list[str]]:
    """What a list of these dates comes to, each mended so; and the days that were sent."""
    world.mapping.write_text(MAPPING.replace("transform: datetime}", f"{transform}}}"))
    rows = [[*row[:2], f"p{next(SERIAL)}@example.com", "", "", met, "", ""]
            for row, met in zip(people(len(mended)), mended, strict=True)]  # fmt: skip
    done, _ = run(world, write_list(world, rows))
    assert done.json["invalid"] == len(mended)
    path = world.folder / "list.rejects.csv"
    rejects = world.read_csv(path)
    for row in rejects:
        row["Met"] = mended[row["Met"]]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*COLUMNS, *REJECT_COLUMNS])
        writer.writeheader()
        writer.writerows(rejects)
    done, _ = repair(world, path)
    leads = {lead["EmailAddress"]: lead["mx_Met_On"][:10] for lead in world.leads()}
    return done, [leads.get(row[2], "") for row in rows]


def test_a_typed_date_mends_a_date_that_was_refused_for_its_form(world: World) -> None:
    mended = {
        "5/6/26": "05/06/2026",
        "17 May": "17/05/2026",
        "13/6/26": "13/06/1926",
        "2026-05": "01/05/2026",
        "1. Mai 2026": "01/05/2026",
    }
    done, days = mended_dates(world, mended, "transform: date, formats: [DD/MM/YYYY]")
    assert "rows of the reject file: 5 mended, 0 as they were" in done.err.splitlines()
    assert (done.code, "warning" in done.err, KEPT in done.err) == (0, False, False)
    assert days == ["2026-06-05", "2026-05-17", "1926-06-13", "2026-05-01", "2026-05-01"]


def test_the_century_that_a_person_gives_a_short_year_is_taken(world: World) -> None:
    """Of a row that was refused for another cell, so that its date would pass."""
    world.mapping.write_text(
        MAPPING.replace("transform: datetime}", "transform: date, formats: [DD/MM/YY, DD/MM/YYYY]}")
    )
    rows = [[*row[:2], BAD, "", "", "13/06/26", "", ""] for row in people(2)]
    run(world, write_list(world, rows))
    path = world.folder / "list.rejects.csv"
    text = path.read_text("utf-8-sig").replace("13/06/26", "13/06/1926", 1)
    emails = [f"p{next(SERIAL)}@example.com" for _ in rows]
    for email in emails:
        text = text.replace(f",{BAD},", f",{email},", 1)
    path.write_text(text, "utf-8-sig")
    done, calls = repair(world, path)
    assert (done.code, calls) == (0, 2)
    days = {lead["EmailAddress"]: lead["mx_Met_On"][:10] for lead in world.leads()}
    assert [days[email] for email in emails] == ["1926-06-13", "2026-06-13"]


def test_of_a_joined_value_only_the_cell_that_mends_it_is_taken(world: World) -> None:
    """The other one was shown otherwise too, but the mapping takes it as it was."""
    lines = [line for line in MAPPING.splitlines() if "Met" not in line and "Zip" not in line]
    joined = "{from: [Met, Zip], transform: datetime, formats: ['DD/MM/YYYY HH:mm:ss']}"
    world.mapping.write_text("\n".join([*lines, "fields:", f"  mx_Met_On: {joined}"]))
    email = f"p{next(SERIAL)}@example.com"
    row = [*people(1)[0][:2], email, "", "", "5/6/26", "09:30:00", ""]
    done, _ = run(world, write_list(world, [row]))
    assert done.json["invalid"] == 1
    path = world.folder / "list.rejects.csv"
    text = path.read_text("utf-8-sig").replace(",5/6/26,09:30:00,", ",05/06/2026,9:30:00,")
    path.write_text(text, "utf-8-sig")
    done, calls = repair(world, path)
    assert (done.code, calls) == (0, 1)
    assert f'{KEPT}1 cell, such as row 2 "Zip"' in done.err.splitlines()
    (lead,) = [lead for lead in world.leads() if lead["EmailAddress"] == email]
    assert lead["mx_Met_On"][:16] == "2026-06-05 09:30"


def test_new_rows_of_a_file_that_was_saved_again_are_added_once(world: World) -> None:
    rows, lines = refused(world, 1)
    (new, *_), width = badges(1), len(REJECT_COLUMNS)
    new[2] = f"p{next(SERIAL)}@example.com"
    lines.append([*new, *[""] * width])
    path = world.folder / "saved.csv"
    path.write_text(as_text(lines, ","), "utf-8-sig")
    first, _ = repair(world, path)
    assert "0 mended, 1 as they were, 1 new (row 3)" in first.err
    german_csv(lines, world.folder)
    second, calls = repair(world, path)
    assert (second.json["rows"], second.json["created"], calls) == (2, 1, 1)
    assert "1 accepted before, and not sent again" in second.err
    assert rows[0][0] != new[0]


def test_a_key_that_looks_like_a_number_is_known_as_it_is_shown(world: World) -> None:
    _, lines = refused(world, 1)
    key = "012345678901"
    with_key(world, key)
    for line in lines[1:]:
        line[-1] = "1.23457E+10"
    path, _ = american_csv(lines, world.folder)
    done, calls = repair(world, path)
    assert (done.json["key"], calls, done.json["rejected"]) == (key, 1, 1)


def with_key(world: World, key: str) -> None:
    """Let job 1 have that key, as about one job in 200 has one that looks like a number."""
    with sqlite3.connect(world.folder / "importer.db") as db:
        db.execute("UPDATE job SET key = ?", (key,))
    db.close()


def test_each_round_of_a_row_is_remembered(world: World) -> None:
    _, lines = refused(world, 2)
    for _ in range(2):
        lines[1][1] += "o"
        path, _ = american_csv([list(line) for line in lines], world.folder)
        assert repair(world, path)[1] == 2
    found = world.journal(
        "SELECT row & 4294967295, number, what, detail FROM decision ORDER BY 1, 2"
    )
    former = world.journal("SELECT reason FROM row LIMIT 1")[0][0]
    assert [(row, number, what) for row, number, what, _ in found] == [
        (2, 1, "mend"), (2, 2, "mend"), (3, 1, "retry"), (3, 2, "retry"),
    ]  # fmt: skip
    assert {detail for *_, detail in found} == {f"rejected, MXInvalidInputException: {former}"}
    attempts = world.journal("SELECT row & 4294967295, number FROM attempt WHERE call IS NULL")
    assert attempts == [(row, number) for row in (2, 3) for number in (1, 2, 3)]
    assert json.loads(world.journal("SELECT cells FROM row LIMIT 1")[0][0])[1].endswith("oo")
