"""The rows of a sheet, as a reader comes upon them, become small packages of text.

In: rows of cells, in order. Out: lines of JSON, each with as many rows as a block has, and a
summary. A sheet takes little more memory so than its text, and can be sent by another process.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from importer.intake.source.astray import refuse_astray
from importer.intake.source.shared_texts import MOST_A_BYTE, MOST_TEXT
from importer.intake.source.sheet_xml import MOST_COLUMNS, MOST_ROWS, Width
from importer.intake.source.unpacking import BombError
from importer.model import CellKind

STEP = 500  # rows in a line
LOOKED_AT = 200  # rows in which the header may stand: their formats are kept row by row
A_CELL = 8  # bytes that it takes, besides its text
NOT_HIDDEN, HIDDEN, FILTERED = range(3)


class Cell(NamedTuple):
    """column: from 0. code: its number format. Its text is not blank."""

    column: int
    text: str
    kind: CellKind
    code: str


@dataclass(slots=True)
class Summary:
    """What is known of a sheet when all of its rows have been read; JSON has all of it.

    count: of the rows, the last has a value. heads: of each of the first rows, its cells as
    (column, format), in one list. tallies: of the others, as (column, format, how often). hidden,
    filtered: rows that are. Formats are numbers of codes.
    """

    count: int = 0
    width: int = 0
    codes: list[str] = field(default_factory=list)
    heads: list[list[tuple[int, int]]] = field(default_factory=list)
    tallies: list[tuple[int, int, int]] = field(default_factory=list)
    widths: list[Width] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    filtered: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


class Packer:
    """lines: those that are whole, until somebody takes them. where: the sheet, for a person."""

    def __init__(self, where: str, size: int) -> None:
        """size: of the packed sheet, in bytes; its cells may take more, but not more than a list's
        do."""
        self.lines: list[bytes] = []
        self.summary = Summary()
        self._where = where
        self._left = self._most = max(MOST_TEXT, MOST_A_BYTE * size)
        self._rows: list[list[str]] = []
        self._kinds: list[str] = []
        self._formats: dict[str, int] = {}
        self._tally: Counter[tuple[int, int]] = Counter()
        self._columns: set[int] = set()
        self._filled = 0

    def add(
        self, row: int, cells: Sequence[Cell], hides: int = NOT_HIDDEN, repeats: int = 1
    ) -> None:
        """row: from 0. A row without cells need not be added. repeats: so many rows are so.

        Raises ValueError: no sheet has it. BombError: it is too much text. SourceError: it is far
        away from all others.
        """
        if not cells:
            return
        last = max(cell.column for cell in cells)
        end = row + repeats
        if not self.summary.count <= row < end <= MOST_ROWS or last >= MOST_COLUMNS:
            raise ValueError(f"row {end} after row {self.summary.count}")
        self._left -= repeats * sum(len(cell.text) + A_CELL for cell in cells)
        if self._left < 0:
            raise BombError(f"its cells take more than {self._most:,} bytes")
        self._fill_up_to(row)
        self._put(cells, last, repeats)
        self._note_formats(range(row, end), cells)
        if hides:
            hidden = self.summary.filtered if hides == FILTERED else self.summary.hidden
            hidden.extend(range(row, end))

    def end(self) -> Summary:
        """Raises SourceError: values stand far away from all others."""
        summary = self.summary
        refuse_astray(summary.count, self._columns, self._filled, self._where)
        if self._rows:
            self._pack()
        summary.codes = list(self._formats)
        summary.tallies = [(*key, count) for key, count in self._tally.items()]
        return summary

    def _fill_up_to(self, row: int) -> None:
        blank: list[str] = []
        while self.summary.count < row:
            self._take(blank, "")

    def _put(self, cells: Sequence[Cell], last: int, repeats: int) -> None:
        texts, kinds, is_text = [""] * (last + 1), [CellKind.TEXT] * (last + 1), True
        for column, text, kind, _ in cells:
            texts[column], kinds[column] = text, kind
            is_text = is_text and kind is CellKind.TEXT
        self._columns.update(cell.column for cell in cells)
        self._filled += repeats
        self.summary.width = max(self.summary.width, last + 1)
        for _ in range(repeats):
            self._take(texts, "" if is_text else "".join(kinds))

    def _take(self, texts: list[str], kinds: str) -> None:
        self._rows.append(texts)
        self._kinds.append(kinds)
        self.summary.count += 1
        if len(self._rows) == STEP:
            self._pack()

    def _pack(self) -> None:
        self.lines.append(json.dumps([self._rows, self._kinds]).encode())
        self._rows, self._kinds = [], []

    def _note_formats(self, rows: range, cells: Sequence[Cell]) -> None:
        formats = [
            (cell.column, self._formats.setdefault(cell.code, len(self._formats))) for cell in cells
        ]
        for row in rows:
            if row < LOOKED_AT:
                heads = self.summary.heads
                heads.extend([] for _ in range(row - len(heads)))
                heads.append(formats)
            else:
                self._tally.update(dict.fromkeys(formats, rows.stop - row))
                return
