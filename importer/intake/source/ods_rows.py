"""The rows of one sheet of an OpenDocument spreadsheet, as its XML has them.

In: the XML, unpacked as it is read. Out: rows of cells, given to a `Packer`. Notes, pictures and
what stands in them are no text of a cell. OpenDocument 1.3, part 3, 6.1 (white space) and 9.
"""

import re
from collections.abc import Mapping
from typing import IO

from importer.intake.source.ods_cells import TABLE, shown_cell
from importer.intake.source.package import safe_parser
from importer.intake.source.packing import FILTERED, HIDDEN, NOT_HIDDEN, Cell, Packer
from importer.intake.source.shared_texts import MOST_TEXT
from importer.intake.source.sheet_xml import MOST_COLUMNS
from importer.intake.source.unpacking import BombError

CHUNK = 256 * 1024  # bytes
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
SHEET, ROW, COLUMN = f"{TABLE} table", f"{TABLE} table-row", f"{TABLE} table-column"
CELL, COVERED = f"{TABLE} table-cell", f"{TABLE} covered-table-cell"
PARAGRAPHS = (f"{TEXT} p", f"{TEXT} h")
SPACES, TAB, BREAK = f"{TEXT} s", f"{TEXT} tab", f"{TEXT} line-break"
COUNT = f"{TEXT} c"
ROWS_REPEATED, COLUMNS_REPEATED = (
    f"{TABLE} number-rows-repeated",
    f"{TABLE} number-columns-repeated",
)
VISIBILITY = f"{TABLE} visibility"
HIDES = {"collapse": HIDDEN, "filter": FILTERED}
# In a cell, all of these but text, and of text what is no part of the line.
INLINE = f"{TEXT} "
NOT_INLINE = (f"{TEXT} note", f"{TEXT} ruby-text", f"{TEXT} tracked-changes")
# No XML has these characters: they stand for white space that is meant.
MEANT = {SPACES: "\x01", TAB: "\x02", BREAK: "\x03"}
MEANING = str.maketrans({"\x01": " ", "\x02": "\t", "\x03": "\n"})
WHITE_SPACE = re.compile(r"[ \t\r\n]+")
LONGEST_NUMBER = 9  # digits


class RowReader:
    """index: of the sheet, from 0."""

    def __init__(self, index: int, packer: Packer) -> None:
        self._sheets_before = index
        self._packer = packer
        self._depth = 0  # of tables in each other
        self._skipped = 0  # depth of elements that are no text
        self._row = self._column = 0
        self._next_column = 0  # of those that are described before the rows
        self._repeats = 1
        self._hides = NOT_HIDDEN
        self._cells: list[Cell] = []
        self._spaces_left = MOST_TEXT
        self._cell: Mapping[str, str] | None = None
        self._is_covered = False
        self._paragraphs: list[str] = []
        self._pieces: list[str] | None = None

    def read(self, xml: IO[bytes]) -> None:
        """Raises ExpatError, ValueError, BombError, SourceError."""
        parser = safe_parser(separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        while chunk := xml.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
        elif self._cell is not None:
            self._start_in_cell(name, attributes)
        elif name == SHEET:
            self._depth += 1
        elif self._depth != 1 or self._sheets_before:
            return
        elif name in (CELL, COVERED):
            self._cell, self._is_covered = attributes, name == COVERED
            self._paragraphs = []
        elif name == ROW:
            self._repeats = _count(attributes.get(ROWS_REPEATED))
            self._hides = HIDES.get(attributes.get(VISIBILITY, ""), NOT_HIDDEN)
            self._column, self._cells = 0, []
        elif name == COLUMN:
            self._take_columns(attributes)

    def _start_in_cell(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in PARAGRAPHS and self._pieces is None:
            self._pieces = []
        elif not name.startswith(INLINE) or name in NOT_INLINE:
            self._skipped = 1
        elif self._pieces is not None and name in MEANT:
            count = _count(attributes.get(COUNT)) if name == SPACES else 1
            self._spaces_left -= count
            if self._spaces_left < 0:
                raise BombError(f"it has more than {MOST_TEXT:,} spaces")
            self._pieces.append(MEANT[name] * count)

    def _text(self, text: str) -> None:
        if self._pieces is not None and not self._skipped:
            self._pieces.append(text)

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name in PARAGRAPHS and self._pieces is not None:
            text = WHITE_SPACE.sub(" ", "".join(self._pieces)).strip(" ")
            self._paragraphs.append(text.translate(MEANING))
            self._pieces = None
        elif self._cell is not None:
            if name in (CELL, COVERED):
                self._end_cell(self._cell)
        elif name == SHEET:
            self._depth -= 1
            if not self._depth:
                self._sheets_before = self._sheets_before - 1 if self._sheets_before else -1
        elif name == ROW and self._depth == 1 and not self._sheets_before:
            self._end_row()

    def _end_cell(self, attributes: Mapping[str, str]) -> None:
        self._cell = None
        repeats = _count(attributes.get(COLUMNS_REPEATED))
        shown = None if self._is_covered else shown_cell(attributes, "\n".join(self._paragraphs))
        if shown:
            if self._column + repeats > MOST_COLUMNS:
                raise ValueError(f"a row has more than {MOST_COLUMNS:,} cells")
            columns = range(self._column, self._column + repeats)
            self._cells += [Cell(column, *shown) for column in columns]
        self._column += repeats

    def _end_row(self) -> None:
        self._packer.add(self._row, self._cells, self._hides, self._repeats)
        self._row += self._repeats

    def _take_columns(self, attributes: Mapping[str, str]) -> None:
        repeats = min(_count(attributes.get(COLUMNS_REPEATED)), MOST_COLUMNS)
        if attributes.get(VISIBILITY) in HIDES and self._next_column < MOST_COLUMNS:
            end = min(self._next_column + repeats, MOST_COLUMNS)
            self._packer.summary.hidden_columns += range(self._next_column, end)
        self._next_column += repeats


def _count(text: str | None) -> int:
    if text is None:
        return 1
    if not text.isdecimal() or len(text) > LONGEST_NUMBER + 1:
        raise ValueError(f"it repeats something {text[: 2 * LONGEST_NUMBER]} times")
    return int(text)
