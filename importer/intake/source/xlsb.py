"""A binary Excel workbook (.xlsb) becomes a sheet in memory.

In: an open file. Out: an `OpenSheet`. The records and their layouts: MS-XLSB 2.4.
"""

import struct
from collections.abc import Iterator, Sequence
from io import BufferedReader
from pathlib import Path

from importer.intake.source.biff12 import ERRORS, packed_at, real_at, records, text_at
from importer.intake.source.held import HeldTable
from importer.intake.source.number_format import renderer
from importer.intake.source.package import (
    BINARY,
    Package,
    Tag,
    bomb_named,
    damage_named,
    damaged,
)
from importer.intake.source.packing import HIDDEN, NOT_HIDDEN, Cell, Packer, Summary
from importer.intake.source.sheet_rows import OpenSheet
from importer.intake.source.sheet_xml import MOST_COLUMNS, WIDEST, Width
from importer.intake.source.sheets import Book, Sheet, choose_sheet, described, sheet_of
from importer.intake.source.styles import BUILT_IN, GENERAL, LONGEST_CODE
from importer.intake.source.unpacking import BombError
from importer.model import CellKind

RELATIONS = "xl/_rels/workbook.bin.rels"
STYLES, STRINGS = "xl/styles.bin", "xl/sharedStrings.bin"
ROW, BLANK, PACKED, ERROR, BOOLEAN, REAL, TEXT, SHARED = range(8)
BY_FORMULA = {8: TEXT, 9: REAL, 10: BOOLEAN, 11: ERROR}  # the value stands at the same place
ROW_KINDS = 12  # records of cells are less
RICH_TEXT, STRING, FORMAT, STYLE, COLUMNS = 62, 19, 44, 47, 60
PROPERTIES, SHEET = 153, 156
FILTER, FILTERED_COLUMN = 161, 163
CELL_STYLES, END_OF_CELL_STYLES = 617, 618
CELL = struct.Struct("<I3s")  # column, style
COLUMN = struct.Struct("<4IH")  # the first, the last, width, style, flags
FILTER_ROWS = struct.Struct("<2I")  # the first, which names the columns, and the last
VALUE = 8  # where a cell's value begins
IS_HIDDEN_ROW, FLAGS_OF_ROW = 0x10, 11
WIDTH_UNITS = 256  # a column's width is told in parts of a character
STATES = ("visible", "hidden", "veryHidden")


def read_xlsb(path: Path, file: BufferedReader, wanted: str | None) -> OpenSheet:
    """Raises SourceError: no workbook, a damaged one, no such sheet."""
    package = Package(path, file, BINARY)
    with damage_named(path, BINARY):
        book = _book(package)
    sheet = choose_sheet(book, wanted)
    if not package.has(sheet.part):
        raise damaged(path, None, "a sheet is missing", sheet.name)
    where = f'{path}, sheet "{sheet.name}"'
    packer = Packer(where, package.packed_size(sheet.part) + package.packed_size(STRINGS))
    try:
        with damage_named(path, f'sheet "{sheet.name}"'):
            summary = _SheetReader(package, packer, book.is_1904).read(sheet)
    except BombError as error:
        raise bomb_named(where, error) from error
    return OpenSheet(
        name=sheet.name,
        found=(".xlsb workbook", described(book, sheet, is_wanted=wanted is not None)),
        table=HeldTable(packer.lines, summary),
    )


def _book(package: Package) -> Book:
    related = package.tags(RELATIONS, {"Relationship"})
    relations = {tag.attributes.get("Id", ""): tag.attributes for tag in related}
    sheets: list[Sheet] = []
    is_1904 = False
    for kind, data in _records(package, BINARY):
        if kind == PROPERTIES:
            is_1904 = bool(data[0] & 1)
        elif kind == SHEET:
            relation, at = text_at(data, 8)
            name, _ = text_at(data, at)
            state = STATES[min(int.from_bytes(data[:4], "little"), len(STATES) - 1)]
            tag = Tag("sheet", {"name": name, "id": relation, "state": state})
            sheets.append(sheet_of(len(sheets), tag, relations))
    return Book(package.path, sheets, is_1904)


def _codes(package: Package) -> Sequence[str]:
    """The number format of each style."""
    defined, used, is_of_cells = dict(BUILT_IN), [], False
    for kind, data in _records(package, STYLES):
        if kind == FORMAT:
            code, _ = text_at(data, 2)
            number = int.from_bytes(data[:2], "little")
            defined[number] = code if len(code) <= LONGEST_CODE else GENERAL
        elif kind in (CELL_STYLES, END_OF_CELL_STYLES):
            is_of_cells = kind == CELL_STYLES
        elif kind == STYLE and is_of_cells:
            used.append(int.from_bytes(data[2:4], "little"))
    return [defined.get(number, GENERAL) for number in used]


def _records(package: Package, name: str) -> Iterator[tuple[int, bytes]]:
    """None where there is no such part."""
    if package.has(name):
        with package.open(name) as part:
            yield from records(part)


class _SheetReader:
    def __init__(self, package: Package, packer: Packer, is_1904: bool) -> None:
        self._package = package
        self._packer = packer
        self._is_1904 = is_1904
        self._codes = _codes(package)
        self._texts = [text_at(d, 1)[0] for k, d in _records(package, STRINGS) if k == STRING]
        self._row, self._hides = -1, NOT_HIDDEN
        self._cells: list[Cell] = []
        self._next_column = 0
        self._filter = range(0)  # the rows of the sheet's filter: behind all others
        self._area = range(0)  # those that it chooses from

    def read(self, sheet: Sheet) -> Summary:
        summary = self._packer.summary
        for kind, data in _records(self._package, sheet.part):
            if kind == ROW:
                self._end_row()
                self._row = int.from_bytes(data[:4], "little")
                self._hides = HIDDEN if data[FLAGS_OF_ROW] & IS_HIDDEN_ROW else NOT_HIDDEN
            elif kind < ROW_KINDS or kind == RICH_TEXT:
                self._take_cell(kind, data)
            elif kind == COLUMNS:
                self._take_columns(data)
            elif kind == FILTER:
                self._filter = range(*FILTER_ROWS.unpack_from(data))
            elif kind == FILTERED_COLUMN and self._filter:
                self._area = range(self._filter.start + 1, self._filter.stop + 1)
        self._end_row()
        summary.filtered = [row for row in summary.hidden if row in self._area]
        summary.hidden = [row for row in summary.hidden if row not in self._area]
        return self._packer.end()

    def _end_row(self) -> None:
        self._packer.add(self._row, self._cells, self._hides)
        self._cells = []

    def _take_cell(self, kind: int, data: bytes) -> None:
        column, style = CELL.unpack_from(data)
        number = int.from_bytes(style, "little")
        code = self._codes[number] if number < len(self._codes) else GENERAL
        text, what = self._shown(BY_FORMULA.get(kind, kind), data, code)
        if text:
            self._cells.append(Cell(column, text, what, code))

    def _shown(self, kind: int, data: bytes, code: str) -> tuple[str, CellKind]:
        if kind == SHARED:
            return self._texts[int.from_bytes(data[VALUE:][:4], "little")], CellKind.TEXT
        if kind in (TEXT, RICH_TEXT):
            return text_at(data, VALUE + (kind == RICH_TEXT))[0], CellKind.TEXT
        if kind == BOOLEAN:
            return "TRUE" if data[VALUE] else "FALSE", CellKind.BOOLEAN
        if kind == ERROR:
            return ERRORS.get(data[VALUE], "#N/A"), CellKind.ERROR
        if kind == BLANK:
            return "", CellKind.TEXT
        value = packed_at(data, VALUE) if kind == PACKED else real_at(data, VALUE)
        return renderer(code, self._is_1904)(value)

    def _take_columns(self, data: bytes) -> None:
        first, last, width, _, flags = COLUMN.unpack_from(data)
        if not self._next_column <= first <= last < MOST_COLUMNS:
            raise ValueError(f"columns {first + 1} to {last + 1} are described out of order")
        self._next_column = last + 1
        summary = self._packer.summary
        if width <= WIDEST * WIDTH_UNITS:
            summary.widths.append(Width(first, last, width / WIDTH_UNITS))
        if flags & 1:
            summary.hidden_columns.extend(range(first, last + 1))
