"""The bytes of lists, as different programs write them."""

import gzip
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import xlwt  # type: ignore[import-untyped]  # it ships no types
from odf.opendocument import (  # type: ignore[import-untyped]  # it ships no types
    OpenDocumentSpreadsheet,
)
from odf.table import Table, TableCell, TableRow  # type: ignore[import-untyped]  # as above
from odf.text import P  # type: ignore[import-untyped]  # as above

from sample_data.writers.texts import csv_text
from sample_data.writers.xlsx import Cell, Fill, workbook, write_rows

Rows = Sequence[Sequence[Cell]]
ZIP_TIME = (2026, 3, 14, 9, 30, 0)


def lines(text: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    """A text file, as it stands there."""
    return lambda: text.encode(encoding)


def csv_file(
    rows: Sequence[Sequence[str]],
    delimiter: str = ",",
    *,
    end: str = "\r\n",
    encoding: str = "utf-8",
    before: str = "",
    after: str = "",
) -> Callable[[], bytes]:
    """As Excel saves it, with texts before and behind."""
    return lambda: (before + csv_text(rows, delimiter, end) + after).encode(encoding)


def quoted(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n") -> str:
    """Every cell in quotation marks, as CRMs export them."""
    marked = ([f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows)
    return "".join(delimiter.join(row) + end for row in marked)


def xlsx(rows: Rows, *, first: tuple[int, int] = (0, 0)) -> Callable[[], bytes]:
    """One sheet, by XlsxWriter; dates are shown as DD/MM/YYYY."""
    return filled(lambda book: write_rows(book.add_worksheet("Leads"), rows, first=first))


def filled(fill: Fill, **options: object) -> Callable[[], bytes]:
    return lambda: workbook(fill, default_date_format="dd/mm/yyyy", **options)


def by_openpyxl(rows: Rows, change: Callable[[Any], None] | None = None) -> Callable[[], bytes]:
    def make() -> bytes:
        book = openpyxl.Workbook()
        sheet: Any = book.active
        sheet.title = "Leads"
        for row in rows:
            sheet.append(list(row))
        if change:
            change(sheet)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    return make


def xls(
    rows: Rows, formats: dict[int, str] | None = None, *, is_1904: bool = False
) -> Callable[[], bytes]:
    """formats: of columns, counted from 0."""

    def fill(book: Any) -> None:
        book.dates_1904 = is_1904
        sheet = book.add_sheet("Leads")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is None:
                    continue
                usual = "DD/MM/YYYY" if isinstance(cell, date) else "General"
                form = (formats or {}).get(column, usual) if number else "General"
                sheet.write(number, column, cell, xlwt.easyxf(num_format_str=form))

    return xls_book(fill)


def xls_book(fill: Callable[[Any], None]) -> Callable[[], bytes]:
    def make() -> bytes:
        book = xlwt.Workbook()
        fill(book)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    return make


def ods(rows: Rows, change: Callable[[Any], None] | None = None) -> Callable[[], bytes]:
    """change: is given the table, which has the rows already."""

    def make() -> bytes:
        document = OpenDocumentSpreadsheet()
        table = Table(name="Leads")
        for row in rows:
            line = TableRow()
            for cell in row:
                line.addElement(ods_cell(cell))
            table.addElement(line)
        if change:
            change(table)
        document.spreadsheet.addElement(table)
        content = io.BytesIO()
        document.write(content)
        return content.getvalue()

    return make


def ods_cell(cell: Cell) -> Any:
    if cell is None:
        return TableCell()
    if isinstance(cell, bool):
        made = TableCell(valuetype="boolean", booleanvalue=str(cell).lower())
        text = str(cell).upper()
    elif isinstance(cell, int | float):
        made = TableCell(valuetype="float", value=repr(cell))
        text = str(cell)
    elif isinstance(cell, datetime):
        made = TableCell(valuetype="date", datevalue=cell.isoformat())
        text = cell.strftime("%d/%m/%Y %H:%M")
    elif isinstance(cell, date):
        made = TableCell(valuetype="date", datevalue=cell.isoformat())
        text = cell.strftime("%d/%m/%Y")
    else:
        made = TableCell(valuetype="string")
        text = str(cell)
    for line in text.split("\n"):
        made.addElement(P(text=line))
    return made


def zip_file(files: dict[str, bytes]) -> Callable[[], bytes]:
    def make() -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(zipfile.ZipInfo(name, ZIP_TIME), data)
        return content.getvalue()

    return make


def gzipped(data: bytes) -> Callable[[], bytes]:
    return lambda: gzip.compress(data, mtime=0)
