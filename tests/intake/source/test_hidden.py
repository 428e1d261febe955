import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no types

from importer.intake.source.file import Reading
from importer.intake.source.hidden import Hidden, hidden_notes
from importer.intake.source.open import open_source
from tests.intake.source.workbooks import HEADER, opened, rows_of, saved, sheet_xml, workbook_parts

Writer = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]


@pytest.mark.parametrize(
    ("hidden", "notes"),
    [
        (Hidden(), ()),
        (Hidden(rows=(0, 1)), ()),
        (Hidden(rows=(2,)), ("1 hidden row, which is read too",)),
        (Hidden(rows=range(2, 2000)), ("1,998 hidden rows, which are read too",)),
        (Hidden(filtered=(1, 5)), ("1 row hidden by a filter, which is read too",)),
        (
            Hidden(rows=(3,), filtered=range(4, 16), columns=(2,)),
            (
                "12 rows hidden by a filter, which are read too",
                "1 hidden row, which is read too",
                "column C is hidden, and read too",
            ),
        ),
        (Hidden(columns=(9, 10, 99)), ("column J is hidden, and read too",)),
        (Hidden(columns=(3, 1, 3)), ("columns B and D are hidden, and read too",)),
        (Hidden(columns=range(1, 5)), ("columns B, C, D and E are hidden, and read too",)),
        (Hidden(columns=range(9)), ("columns A, B, C and 6 more are hidden, and read too",)),
    ],
)
def test_what_is_hidden_of_the_list_is_said(hidden: Hidden, notes: tuple[str, ...]) -> None:
    assert hidden_notes(hidden, 2, range(10)) == notes


def found(path: Path, write: Writer, *, rows: int = 8) -> tuple[str, ...]:
    """What is said of a list of so many rows, in the columns A to D, its header in row 1."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Leads")
        sheet.write_row(0, 0, ["Name", "City", "Zip", "Note"])
        for i in range(1, rows + 1):
            sheet.write_row(i, 0, [f"n{i}", "Pune" if i % 2 else "Kiel", i, ""])
        write(workbook, sheet)
    source = open_source(path)
    assert len(rows_of(source)) == rows, "all are read"
    return source.found[2:]


def test_hidden_rows_of_an_xlsx_workbook(tmp_path: Path) -> None:
    def write(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row in (2, 3, 5, 20):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column(1, 2, 9, None, {"hidden": True})

    assert found(tmp_path / "list.xlsx", write) == (
        "3 hidden rows, which are read too",
        "columns B and C are hidden, and read too",
    )


def test_rows_that_the_sheets_filter_hides(tmp_path: Path) -> None:
    def write(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.autofilter("A1:D7")
        sheet.filter_column("B", "x == Pune")
        for row in (2, 4, 8):
            sheet.set_row(row, None, None, {"hidden": True})

    assert found(tmp_path / "list.xlsx", write) == (
        "2 rows hidden by a filter, which are read too",
        "1 hidden row, which is read too",
    )


def test_a_filter_that_shows_all_hides_nothing(tmp_path: Path) -> None:
    def write(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.autofilter("A1:D9")
        sheet.set_row(3, None, None, {"hidden": True})

    assert found(tmp_path / "list.xlsx", write) == ("1 hidden row, which is read too",)


def test_rows_that_a_tables_filter_hides(tmp_path: Path) -> None:
    def write(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        names = [{"header": name} for name in ("Name", "City", "Zip", "Note")]
        sheet.add_table("A1:D9", {"columns": names})
        sheet.set_row(3, None, None, {"hidden": True})

    path = tmp_path / "list.xlsx"
    assert found(path, write) == ("1 hidden row, which is read too",)
    parts = unpacked(path)
    part = "xl/tables/table1.xml"
    closed = b'<autoFilter ref="A1:D9"/>'
    assert closed in parts[part]
    parts[part] = parts[part].replace(
        closed,
        closed.replace(b"/>", b'><filterColumn colId="1"><filters/></filterColumn></autoFilter>'),
    )
    assert opened(saved(path, parts)).found[2:] == ("1 row hidden by a filter, which is read too",)


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    "row",
    [
        '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>',
        '<row r="2" spans="1:1" hidden="true" ht="0"><c r="A2"><v>1</v></c></row>',
        "<row hidden='1' r='2'><c r='A2'><v>1</v></c></row>",
        '<row hidden="on"><c><v>1</v></c></row>',
    ],
)
@pytest.mark.parametrize("prolog", ["", '<?xml version="1.0" encoding="latin-1"?>'])
def test_a_row_is_hidden_however_it_is_written(tmp_path: Path, row: str, prolog: str) -> None:
    more = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(3, 9))
    parts = workbook_parts(sheet_xml(HEADER + row + more, prolog=prolog))
    source = opened(saved(tmp_path / "list.xlsx", parts))
    assert source.found[2:] == ("1 hidden row, which is read too",)


def test_a_row_that_speaks_of_hidden_things_is_not_hidden(tmp_path: Path) -> None:
    row = '<row r="2" hidden="0"><c r="A2" t="inlineStr"><is><t>a hidden="1" b</t></is></c></row>'
    source = opened(saved(tmp_path / "list.xlsx", workbook_parts(sheet_xml(HEADER + row))))
    assert source.found[2:] == ()


def test_of_a_range_only_its_own_columns_are_said(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Leads")
        for i in range(4):
            sheet.write_row(i, 0, ["x", "y", f"Name {i}", f"City {i}"])
        sheet.set_column(0, 0, 9, None, {"hidden": True})
        sheet.set_column(3, 3, 9, None, {"hidden": True})
    found = open_source(path, Reading(area="C1:D4")).found
    assert [each for each in found if "hidden" in each] == ["column D is hidden, and read too"]
