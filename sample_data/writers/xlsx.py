"""Workbooks written by XlsxWriter, which shares no code with what the importer reads them with."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no types

MADE = datetime(2026, 11, 2, 9, 30)  # noqa: DTZ001  # a workbook's times know no zone

Cell = str | int | float | bool | date | datetime | time | None
# What fills a workbook. `Any`: XlsxWriter ships no types.
Fill = Callable[[Any], None]


def workbook(fill: Fill, **options: object) -> bytes:
    """The bytes of a workbook, which are the same at each run."""
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True, **options})
    book.set_properties({"author": "sample_data.make", "created": MADE})
    fill(book)
    book.close()
    return content.getvalue()


def write_rows(
    sheet: Any, rows: Sequence[Sequence[Cell]], *, first: tuple[int, int] = (0, 0)
) -> None:
    """Each cell as the type that it has. first: the row and column of the first, from 0."""
    for row, cells in enumerate(rows, first[0]):
        for column, cell in enumerate(cells, first[1]):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif cell is not None:
                sheet.write(row, column, cell)
