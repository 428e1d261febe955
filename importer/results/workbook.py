"""A reject file for a workbook: typed cells that Excel shows as it showed the original's.

A cell is written as a number or a date only where it will read back as the very text that the
journal has; else as text. Colours and fonts of the original are not kept.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from importer.model import REJECT_COLUMNS, CellKind, ColumnStyle
from importer.spreadsheet import as_cut

# How Excel shows a number in a number format, and what kind of cell that is.
Show = Callable[[str, float], tuple[str, CellKind]]

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # Excel's day 0 has no time zone
DAY, MOMENT, TIME, ELAPSED = "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd hh:mm:ss", "hh:mm:ss", "[h]:mm:ss"
DURATION = re.compile(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)")
WIDTHS = (22.0, 18.0, 70.0, 38.0, 11.0, 15.0)  # of REJECT_COLUMNS, in characters
MOST_COMMENTS = 2_000  # rows; the reason stands in a column too, and comments make Excel slow
COMMENT_SIZE = (320, 110)  # pixels
MARK = PatternFill("solid", fgColor="FFF2CC")
# What XML can't carry, or would change; and what would be read as such an escape
# (ECMA-376 part 1, 22.9.2.19, ST_Xstring). openpyxl does not say of blanks alone that they stay.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|\\A[ \t\n](?=[ \t\n]*\\Z)"
)
NO_TITLE = re.compile(r"[\\*?:/\[\]]")  # support.microsoft.com, "Rename a worksheet"
LONGEST_TITLE = 31
BOLD = Font(bold=True)
TEXT_STARTS = ("=", "+", "-", "@", "'", "\t", "\r")  # typed anew, Excel would take these for more


@dataclass(frozen=True, slots=True)
class RejectRow:
    """cells: of the original columns; reject: in the order of REJECT_COLUMNS. marked: the indexes
    of the cells that the refusal is about."""

    cells: Sequence[str]
    kinds: str
    reject: Sequence[str]
    marked: Sequence[int]


class RejectWorkbook:
    """Rows go in one by one; `save` ends it. columns: the style of each original column."""

    def __init__(
        self, sheet: str, header: Sequence[str], columns: Sequence[ColumnStyle], show: Show
    ) -> None:
        self._columns = [*columns, *[ColumnStyle()] * (len(header) - len(columns))]
        self._show = show
        self._book = Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet(title_of(sheet))
        self._sheet.freeze_panes = "A2"
        styles = [*self._columns[: len(header)], *(ColumnStyle(width=width) for width in WIDTHS)]
        for index, style in enumerate(styles, start=1):
            column = self._sheet.column_dimensions[get_column_letter(index)]
            column.number_format = style.number_format  # of what a person adds below
            if style.width:
                column.width = style.width
        self._commented = 0
        self._sheet.append([self._heading(name) for name in (*header, *REJECT_COLUMNS)])

    def add(self, row: RejectRow) -> None:
        kinds = row.kinds.ljust(len(row.cells), CellKind.TEXT)
        cells = [
            self._cell(text, CellKind(kind), style.number_format)
            for text, kind, style in zip(row.cells, kinds, self._columns, strict=False)
        ]
        for index in row.marked:
            cells[index].fill = MARK
            if self._commented < MOST_COMMENTS:
                cells[index].comment = self._comment(row.reject)
        self._commented += bool(row.marked)
        self._sheet.append([*cells, *self._reject_cells(row.reject)])

    def save(self, path: Path) -> None:
        self._book.save(path)

    def _heading(self, name: str) -> Any:
        cell = self._text(name)
        cell.font = BOLD
        return cell

    def _reject_cells(self, texts: Sequence[str]) -> Iterator[Any]:
        for name, text in zip(REJECT_COLUMNS, texts, strict=True):
            cell = self._number(float(text), "0") if name == "Import Row" else self._text(text)
            if name == "Reject Reason":
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            yield cell

    def _comment(self, reject: Sequence[str]) -> Comment:
        reason = dict(zip(REJECT_COLUMNS, reject, strict=True))["Reject Reason"]
        comment = Comment(escaped(reason), "importer")
        comment.width, comment.height = COMMENT_SIZE
        return comment

    # Cells

    def _cell(self, text: str, kind: CellKind, number_format: str) -> Any:
        match kind:
            case CellKind.NUMBER if (value := number_of(text)) is not None:
                formats = (number_format, "General", *likely_formats(text))
                return self._shown_alike(text, kind, value, formats)
            case CellKind.DATE if (value := serial_of(text)) is not None:
                return self._shown_alike(text, kind, value, date_formats(text, number_format))
            case CellKind.BOOLEAN if text in ("TRUE", "FALSE"):
                return WriteOnlyCell(self._sheet, text == "TRUE")
            case CellKind.ERROR:
                cell: Any = WriteOnlyCell(self._sheet)
                cell._value, cell.data_type = text, "e"
                return cell
        return self._text(text, number_format)

    def _shown_alike(self, text: str, kind: CellKind, value: float, formats: Sequence[str]) -> Any:
        for number_format in formats:
            if self._show(number_format, value) == (text, kind):
                return self._number(value, number_format)
        return self._text(text, "@")

    def _number(self, value: float, number_format: str) -> Any:
        whole = int(value) if value.is_integer() else value
        cell = WriteOnlyCell(self._sheet, whole)
        cell.number_format = number_format
        return cell

    def _text(self, text: str, number_format: str = "General") -> Any:
        """A text whatever it looks like; one that could be taken for a formula has the quote
        prefix, so that it stays a text when a person edits it."""
        cell: Any = WriteOnlyCell(self._sheet)
        if text:
            cell._value, cell.data_type = escaped(as_cut(text)), "s"
        cell.number_format = number_format
        cell.quotePrefix = text.startswith(TEXT_STARTS)
        return cell


def title_of(sheet: str) -> str:
    """The sheet's name, or as much of it as Excel allows; that of the original may be any text."""
    shown = "".join(sign for sign in NO_TITLE.sub(" ", sheet) if sign.isprintable())
    return shown[:LONGEST_TITLE].strip("' ") or "Sheet1"


def escaped(text: str) -> str:
    """The text as a workbook holds it; reading it gives the text again."""
    return UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def number_of(text: str) -> float | None:
    """The number that a text shows, whatever signs stand around its digits; None for none."""
    digits = re.sub(r"[^\d.]", "", text)
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return None
    if "%" in text:
        value /= 100
    return float(-value if "-" in text or text.startswith("(") else value)


def likely_formats(text: str) -> Iterator[str]:
    """Formats that may show a number so, for a cell whose format is not its column's."""
    whole, point, decimals = text.rstrip("%").partition(".")
    places = f"{point}{'0' * len(decimals)}"
    if text.endswith("%"):
        yield f"0{places}%"
    elif "," in whole:
        yield f"#,##0{places}"
    else:
        yield f"{'0' * len(whole.lstrip('-'))}{places}"


def date_formats(text: str, of_column: str) -> Sequence[str]:
    """The column's format where it shows as much as the text; then our own of that much."""
    shows_day = any(sign in of_column.lower() for sign in "yd")
    shows_time = "h" in of_column.lower()
    own = (MOMENT,) if " " in text else (TIME, ELAPSED) if ":" in text else (DAY,)
    fits = (shows_day, shows_time) == ("-" in text, ":" in text)
    return (of_column, *own) if fits else own


def serial_of(text: str) -> float | None:
    """A date, date-time, time or duration in ISO form, as Excel's days since 1899-12-30."""
    if found := DURATION.fullmatch(text):
        hours, minutes, seconds = int(found[1]), int(found[2]), float(found[3])
        return (hours * 3600 + minutes * 60 + seconds) / 86_400
    try:
        since = datetime.fromisoformat(text) - EPOCH
    except ValueError:
        return None
    return since / timedelta(days=1)
