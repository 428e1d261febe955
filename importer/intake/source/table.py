"""One sheet of a workbook in memory: its rows as text, and how its columns look.

In: a workbook's archive. Out: rows, from Excel's row 1 and column A on. Values are read by
python-calamine, and what it does not tell by `cells.py`.
"""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice, repeat
from typing import cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from importer.intake.source.astray import MOST_CELLS, refuse_astray
from importer.intake.source.cell_text import CellTexts
from importer.intake.source.cells import Grid, Layout, read_grid
from importer.intake.source.extent import HEAD, Extent, declared
from importer.intake.source.hidden import Hidden
from importer.intake.source.package import NEEDED, STRINGS, Package, damage_named, damaged
from importer.intake.source.shared_texts import SharedTexts, TextsOfCells
from importer.intake.source.sheets import Book, Sheet
from importer.intake.source.styles import GENERAL, read_styles
from importer.intake.source.xlsx_hidden import hidden_in
from importer.model import ColumnStyle

# calamine holds a sheet as a rectangle, with 32 bytes for each cell, blank or not: MOST_CELLS take
# 128 MB. One with more than four cells for each packed byte is refused too: equal cells take two.
MOST_A_BYTE = 4


class XlsxTable:
    """Rows and columns count from 0 here."""

    def __init__(self, package: Package, book: Book, sheet: Sheet) -> None:
        """Raises SourceError: the sheet is damaged, or has a value that went astray."""
        styles = read_styles(package)
        self._codes = styles.codes
        with damage_named(package.path, f'sheet "{sheet.name}"'):
            self._grid, self._values = _read(package, sheet, styles.formats)
        self._left = (self._values.start or (0, 0))[1]
        end = (self._values.end or (0, -1))[1] + 1
        # A formula without a value is nothing to calamine, at the end of a row too.
        odd = max((cell.column for each in self._grid.layouts for cell in each.odd), default=-1)
        self._texts = CellTexts(
            styles.codes, is_1904=book.is_1904, left=self._left, width=max(end, odd + 1)
        )
        self._blank = [""] * (end - self._left)
        with damage_named(package.path, f'sheet "{sheet.name}"'):
            self._hidden = hidden_in(package, sheet.part, self._grid)

    def rows(self, first: int, size: int) -> Iterator[tuple[list[list[str]], list[str]]]:
        """Texts and kinds of the rows from that one on, `size` at a time."""
        layouts, ids = self._grid.layouts, self._grid.rows
        values = self._rows_of_values(first)
        for start in range(first, len(ids), size):
            rows = list(islice(values, size))
            yield self._texts.of_rows(rows, [layouts[i] for i in ids[start : start + size]])

    def hidden(self) -> Hidden:
        return self._hidden

    def column_styles(self, first: int, width: int) -> tuple[ColumnStyle, ...]:
        """The format that most cells of a column have from that row on, and its width."""
        tallies = self._tallies(first, width)
        return tuple(
            ColumnStyle(
                self._codes[max(tally, key=tally.__getitem__)] if tally else GENERAL,
                next((w.width for w in self._grid.widths if w.first <= i <= w.last), None),
            )
            for i, tally in enumerate(tallies)
        )

    def _tallies(self, first: int, width: int) -> list[Counter[int]]:
        """How often each format occurs in a column; of a column's only one, just that it does."""
        layouts, ids = self._grid.layouts, self._grid.rows[first:]
        used = {id(layouts[i].formats): layouts[i].formats for i in set(ids)}.values()
        tallies = [
            Counter({formats[column] for formats in used if column in formats})
            for column in range(width)
        ]
        several = [column for column, tally in enumerate(tallies) if len(tally) > 1]
        if not several:
            return tallies
        for column in several:
            tallies[column].clear()
        for i, values in zip(ids, self._rows_of_values(first), strict=False):
            for column in several:
                if self._has_value(layouts[i], values, column):
                    tallies[column][layouts[i].formats[column]] += 1
        return tallies

    def _has_value(self, layout: Layout, values: Sequence[object], column: int) -> bool:
        place = column - self._left
        if 0 <= place < len(values) and values[place] != "":
            return True
        return any(cell.column == column for cell in layout.odd)

    def _rows_of_values(self, first: int) -> Iterator[Sequence[object]]:
        """As many as there are layouts: calamine's, and blank ones behind them."""
        rows = chain(
            cast(Iterator[Sequence[object]], self._values.iter_rows()), repeat(self._blank)
        )
        count = len(self._grid.rows)
        return islice(rows, min(first, count), count)  # islice takes no number beyond sys.maxsize


def _read(package: Package, sheet: Sheet, formats: Sequence[int]) -> tuple[Grid, CalamineSheet]:
    """By both readers, at the same time where it is known that few cells are blank.

    If it is not, calamine has to wait: what it takes could be more than there is. Its
    numbers are had without the styles: by them it would take some for dates, and lose the number.
    """
    if not package.has(sheet.part):
        raise damaged(package.path, None, "a sheet is missing", sheet.name)
    where = f'{package.path}, sheet "{sheet.name}"'
    most = _most_cells(package, sheet)
    has_known_extent = _is_checked(package, sheet.part, most)
    archive = package.without_styles()
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read_grid, package, sheet.part, formats)
        if not has_known_extent:
            _refuse_astray(reading.result(), most, where)
        try:
            values = _values_in(archive, sheet)
        except CalamineError as error:
            # It knows seven errors, and gives up a whole sheet over another one, such as #SPILL!.
            if "cell error" not in str(error):
                raise
            values = _values_in(package.with_errors_as_text(sheet.part), sheet)
        _refuse_astray(reading.result(), most, where)
        return reading.result(), values


def _is_checked(package: Package, part: str, most: int) -> bool:
    """Look through all that calamine reads; whether the sheet says how far its cells reach, and
    keeps to it. Raises SourceError, BadZipFile, ValueError: no list is so."""
    texts = SharedTexts(package.packed_size(STRINGS))
    for name in NEEDED:
        package.check(name, texts.look if name == STRINGS else None)
    texts.end()
    packed = package.packed_size(part) + package.packed_size(STRINGS)
    cells = TextsOfCells(texts.lengths, packed)
    said = declared(package.head(part, HEAD))
    extent = Extent(said) if said and said.most_cells <= most else None

    def look(piece: bytes) -> None:
        cells.look(piece)
        if extent:
            extent.look(piece)

    package.check(part, look)
    return extent is not None and extent.is_kept


def _values_in(archive: io.BytesIO, sheet: Sheet) -> CalamineSheet:
    with CalamineWorkbook.from_filelike(archive) as workbook:
        archive.close()  # it was copied
        return workbook.get_sheet_by_index(sheet.index)


def _most_cells(package: Package, sheet: Sheet) -> int:
    return max(MOST_CELLS, MOST_A_BYTE * package.packed_size(sheet.part))


def _refuse_astray(grid: Grid, most: int, where: str) -> None:
    shared = {id(layout.formats): layout.formats for layout in grid.layouts}
    columns = {column for formats in shared.values() for column in formats}
    refuse_astray(len(grid.rows), columns, sum(map(bool, grid.rows)), where, most)
