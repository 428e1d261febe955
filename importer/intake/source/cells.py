"""What python-calamine does not tell of a sheet's cells: formats, errors, formulas without a value.

In: a sheet's XML, unpacked as it is read. Out: a `Grid`. Most rows are only compared with earlier
ones, by a regular expression; a row that is like none of them is read by an XML parser, and so is
a whole sheet that is not as Excel writes it.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO
from xml.parsers.expat import ExpatError

from importer.intake.source.package import Package, start_tags
from importer.intake.source.row_pattern import blank_rows, filled_rows
from importer.intake.source.sheet_xml import (
    MOST_ROWS,
    OddCell,
    SheetParser,
    Width,
    XmlRow,
    column_widths,
    hidden_columns,
)
from importer.model import CellKind

CHUNK = 256 * 1024  # bytes
MOST_HELD = 4 << 20  # bytes in which the sheet's head, or the end of a row, is looked for
MOST_PATTERNS = 32  # sorts of rows that are looked for: each takes some 3 ms to set up
MOST_LEARNED = 8_000  # columns and styles of them, in all patterns ever made: some 2 s
MOST_SLOW = 64 << 20  # bytes that the XML parser takes: it reads some 3 MB of cells in a second
UTF8 = (b"utf-8", b"us-ascii")
DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=["']([\w-]+)["']""")
# Of a row that is hidden, its number. A number that is too long is none, and is found to be so.
HIDDEN_ROW = re.compile(
    rb"""<(?:[\w.-]+:)?row r="(\d{1,7})"[^>]*?\shidden\s*=\s*["'](?:1|true|on)["']"""
)
START = re.compile(rb"<((?:[\w.-]+:)?)sheetData\s*(/?)>")


class _UnusualError(Exception):
    """The sheet is not as Excel writes it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What rows of one sort have in common.

    formats: a column to the format that its cells have, those that have a value.
    """

    formats: dict[int, int]
    odd: tuple[OddCell, ...] = ()


@dataclass(slots=True)
class Grid:
    """layouts[rows[i]] is the layout of row i, from 0; the first is that of a blank row.

    The last row is the last one that has a value. hidden: rows that are, blank ones too.
    """

    layouts: list[Layout] = field(default_factory=lambda: [Layout({})])
    rows: "array[int]" = field(default_factory=lambda: array("I"))
    widths: Sequence[Width] = ()
    hidden: set[int] = field(default_factory=set)
    hidden_columns: Sequence[int] = ()

    def has_value(self, row: int) -> bool:
        return row < len(self.rows) and self.rows[row] > 0


def read_grid(package: Package, part: str, formats: Sequence[int]) -> Grid:
    """formats: of each style. Raises ExpatError, ValueError, BadZipFile: the sheet is damaged."""
    try:
        with package.open(part) as xml:
            return _QuickReader(formats).read(xml)
    except (_UnusualError, ExpatError):
        with package.open(part) as xml:
            return _Reader(formats).read(xml)


class _Reader:
    """By an XML parser alone."""

    def __init__(self, formats: Sequence[int]) -> None:
        self._grid = Grid()
        self._formats = formats
        self._number = 0
        self._bases: list[int] = []  # layouts without odd cells
        self._slow = MOST_SLOW
        self._ids: dict[tuple[int, tuple[OddCell, ...]], int] = {}

    def read(self, xml: IO[bytes]) -> Grid:
        parser = SheetParser(self._take)
        while chunk := xml.read(CHUNK):
            self._spend(len(chunk))
            parser.feed(chunk, is_last=False)
        parser.feed(b"", is_last=True)
        self._grid.hidden.update(parser.hidden)
        self._take_columns(parser.columns)
        return self._grid

    def _take_columns(self, columns: Iterable[Mapping[str, str]]) -> None:
        columns = list(columns)
        self._grid.widths = column_widths(columns)
        self._grid.hidden_columns = hidden_columns(columns)

    def _spend(self, size: int) -> None:
        """Raises ValueError: too much is to be read by the XML parser."""
        self._slow -= size
        if self._slow < 0:
            raise ValueError("it is long, and few of its rows are as programs write them")

    def _take(self, row: XmlRow) -> int:
        layout = self._layout_of(row)
        self._put([row.number], layout)
        return layout

    def _put(self, numbers: list[int], layout: int) -> None:
        """Add rows of one layout."""
        first, last = numbers[0], numbers[-1]
        if numbers != list(range(first, last + 1)):
            for number in numbers:
                self._put([number], layout)
            return
        if not self._number < first <= last <= MOST_ROWS:
            raise ValueError(f"row {last} after row {self._number}")
        self._number = last
        if layout:
            rows = self._grid.rows
            rows.extend([0] * (first - 1 - len(rows)))
            rows.extend([layout] * len(numbers))

    def _layout_of(self, row: XmlRow) -> int:
        last = len(self._formats)
        formats = {
            column: self._formats[style] if style < last else 0
            for column, style in row.styles.items()
        }
        if not formats:
            return 0
        base = self._base(formats)
        if not row.odd:
            return base
        shared = self._grid.layouts[base].formats
        if any(cell.kind is CellKind.UNCALCULATED for cell in row.odd):
            return self._new(Layout(shared, row.odd))
        if (base, row.odd) not in self._ids:
            self._ids[base, row.odd] = self._new(Layout(shared, row.odd))
        return self._ids[base, row.odd]

    def _base(self, formats: dict[int, int]) -> int:
        """The layout that such a row has; one that says nothing of some columns learns of them."""
        for base in reversed(self._bases[-MOST_PATTERNS:]):
            known = self._grid.layouts[base].formats
            if all(known.get(column, each) == each for column, each in formats.items()):
                known.update(formats)
                return base
        self._bases.append(self._new(Layout(formats)))
        return self._bases[-1]

    def _new(self, layout: Layout) -> int:
        self._grid.layouts.append(layout)
        return len(self._grid.layouts) - 1


class _QuickReader(_Reader):
    """By regular expressions, as far as they go; they are made as rows of new sorts are met."""

    def __init__(self, formats: Sequence[int]) -> None:
        super().__init__(formats)
        self._prefix = b""
        self._styles: dict[int, dict[int, set[int]]] = {}  # of a layout: a column's styles
        self._patterns: dict[int, re.Pattern[bytes]] = {}
        self._learned = 0

    def read(self, xml: IO[bytes]) -> Grid:
        """Raises _UnusualError, ExpatError: an XML parser may still be able to read it."""
        rest = self._read_head(xml)
        self._row = b"<" + self._prefix + b"row"
        self._numbers = re.compile(re.escape(self._row) + rb' r="(\d+)"').findall
        self._patterns[0] = blank_rows(self._prefix)
        for rows in _whole_rows(xml, rest, self._row, b"</" + self._prefix + b"sheetData"):
            at = 0
            if b"hidden" in rows:
                numbers = map(int, HIDDEN_ROW.findall(rows))
                self._grid.hidden.update(number - 1 for number in numbers)
            while at < len(rows):
                at = self._run_end(rows, at) or self._row_end(rows, at)
        return self._grid

    def _read_head(self, xml: IO[bytes]) -> bytes:
        """Read up to the rows; what was read of them."""
        head = b""
        while not (start := START.search(head)):
            chunk = xml.read(CHUNK)
            if not chunk or len(head) > MOST_HELD:
                raise _UnusualError
            head += chunk
        declared = DECLARED.match(head)
        if declared and declared[1].lower() not in UTF8:
            raise _UnusualError
        tags = start_tags(head[: start.start()], {"col"}, is_whole=False)
        self._take_columns(tag.attributes for tag in tags)
        self._prefix = start[1]
        return head[start.end() :] if not start[2] else b"</" + self._prefix + b"sheetData"

    def _run_end(self, rows: bytes, at: int) -> int | None:
        """Take the rows here that are all of one known sort; where they end."""
        for layout, pattern in self._patterns.items():
            if match := pattern.match(rows, at):
                self._put(list(map(int, self._numbers(rows, at, match.end()))), layout)
                if layout != next(iter(self._patterns)):
                    # Look for it first from now on.
                    self._patterns = {layout: self._patterns.pop(layout), **self._patterns}
                return match.end()
        return None

    def _row_end(self, rows: bytes, at: int) -> int:
        """Take the row here by the XML parser, and learn what it looks like; where it ends."""
        end = rows.find(self._row, at + 1)
        end = len(rows) if end < 0 else end
        self._spend(end - at)
        taken: list[XmlRow] = []
        parser = SheetParser(taken.append, after=self._number)
        parser.feed(rows[at:end], is_last=True)
        self._grid.hidden.update(parser.hidden)
        for row in taken:
            self._learn(row, self._take(row))
        return end

    def _learn(self, row: XmlRow, layout: int) -> None:
        if any(cell.kind is CellKind.UNCALCULATED for cell in row.odd) or not layout:
            return
        if layout not in self._patterns and len(self._patterns) > MOST_PATTERNS:
            return
        styles = self._styles.setdefault(layout, {})
        known = sum(1 + len(each) for each in styles.values())
        for column in row.blank:
            styles.setdefault(column, set())
        for column, style in row.styles.items():
            styles.setdefault(column, set()).add(style)
        size = sum(1 + len(each) for each in styles.values())
        if size > known and self._learned + size <= MOST_LEARNED:
            self._learned += size
            errors = {cell.column: cell.text.encode() for cell in row.odd}
            self._patterns[layout] = filled_rows(self._prefix, styles, errors)


def _whole_rows(xml: IO[bytes], rest: bytes, row: bytes, end: bytes) -> Iterator[bytes]:
    """The sheet's rows, some at a time.

    Raises _UnusualError: they do not end, or one is longer than what is held.
    """
    while (stop := rest.find(end)) < 0:
        if (stop := rest.rfind(row)) > 0:
            yield rest[:stop]
            rest = rest[stop:]
        chunk = xml.read(CHUNK)
        if not chunk or len(rest) > MOST_HELD:
            raise _UnusualError
        rest += chunk
    yield rest[:stop]
