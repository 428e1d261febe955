"""Lines of text become CSV records, as Excel would cut them.

A quotation mark that is opened and never closed is an error: the csv module by itself would
take the rest of the file for one cell.
"""

import csv
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from importer.errors import SourceError
from importer.intake.letters import column_letter
from importer.spreadsheet import MOST_COLUMNS

CELL_LIMIT = 4 * 1024 * 1024  # characters; a cell of Excel's holds 32,767 at most
# Characters of a record: 500 for each of Excel's columns. One of cells of two letters, which take
# 20 times as much in memory as in the file, then takes 180 MB. Up to twice as many may pass.
RECORD_LIMIT = 8 * 1024 * 1024
CELLS_AT_ONCE = 500_000  # some 30 MB; 500 records of most files have 10,000
RECORDS_A_STEP = 16
AT_ONCE = 64 * 1024  # characters of lines, and one line more
SKIPPED_AT_ONCE = 500  # records
LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Records:
    """A file's records from the first, which is row 1, taken a list at a time."""

    def __init__(self, text: TextIO, delimiter: str, path: Path) -> None:
        """text: opened with newline="", and read from where it is."""
        csv.field_size_limit(CELL_LIMIT)
        self._path = path
        self._delimiter = delimiter
        self._lines: list[str] = []  # that the reader takes from, and how many it took before
        self._lines_before = 0
        self._records: list[list[str]] = []
        self._is_much = False
        lines = chain.from_iterable(self._watch(text))
        self._reader = csv.reader(lines, delimiter=delimiter, strict=True)
        self._taken = 0

    def take(self, count: int) -> list[list[str]]:
        """The next records; fewer than `count` where they are long, or none at the file's end.

        Raises SourceError: a record that no list has.
        """
        records = self._records = []
        self._is_much, cells = False, 0
        while len(records) < count and not self._is_much and cells < CELLS_AT_ONCE:
            lines_before, known = self._reader.line_num, len(records)
            try:
                records.extend(islice(self._reader, min(count - known, RECORDS_A_STEP)))
                if len(records) == known:
                    break
            except csv.Error as error:  # the records before it stay in the list
                lines = sum(_lines_of(record) for record in records[known:])
                alone = self._reader.line_num - lines_before - lines == 1
                if not alone or (record := self._leniently()) is None:
                    raise self._broken(self._taken + len(records) + 1, error) from error
                records.append(record)
            cells += self._checked_cells(known)
        self._taken += len(records)
        return records

    def skip(self, count: int) -> int:
        """Pass over the next records, and give how many there were."""
        skipped = 0
        while skipped < count and (records := self.take(min(count - skipped, SKIPPED_AT_ONCE))):
            skipped += len(records)
        return skipped

    def _watch(self, text: TextIO) -> Iterator[list[str]]:
        """The lines, some at a time: to look at each by itself takes as long as to cut it."""
        length, ended = 0, 0
        while lines := text.readlines(AT_ONCE):
            size = sum(map(len, lines))
            length += size
            if length > RECORD_LIMIT:
                self._checked_cells(0)
                before, ended = ended, self._taken + len(self._records)
                if before == ended:  # all these lines are of one record
                    raise too_long(f"{self._path}, row {ended + 1}")
                length, self._is_much = size, True
            self._lines_before += len(self._lines)
            self._lines = lines
            yield lines

    def _checked_cells(self, start: int) -> int:
        """How many cells the records have that were taken from that one on."""
        widths = [len(record) for record in self._records[start:]]
        if widths and max(widths) > MOST_COLUMNS:
            row, width = next(
                (row, width)
                for row, width in enumerate(widths, self._taken + start + 1)
                if width > MOST_COLUMNS
            )
            raise SourceError(
                f"the row has {width:,} cells, and no sheet of Excel's has more than"
                f" {MOST_COLUMNS:,}",
                where=f"{self._path}, row {row}",
                fix=f"delete what stands behind column {column_letter(MOST_COLUMNS - 1)}; or name"
                " what separates the cells with --delimiter",
            )
        return sum(widths)

    def _leniently(self) -> list[str] | None:
        """The line just read, `"Big" Tom` and all, as Excel reads it; None if a quote stays open.

        Another line is put behind it: an open quotation mark would swallow that one.
        """
        try:
            line = self._lines[self._reader.line_num - self._lines_before - 1]
            found = list(csv.reader([line, "end"], delimiter=self._delimiter))
        except csv.Error:
            return None
        return found[0] if len(found) == 2 else None

    def _broken(self, row: int, error: csv.Error) -> SourceError:
        what = "a quotation mark is opened in this row and is not closed where the cell ends"
        if "field limit" in str(error):
            what = f"a cell has more than {CELL_LIMIT:,} characters; or {what}"
        return SourceError(
            what,
            where=f"{self._path}, row {row}",
            fix='take the mark out, or write it twice ("") inside a cell that stands in quotation '
            "marks",
        )


def too_long(where: str) -> SourceError:
    return SourceError(
        f"a row has more than {RECORD_LIMIT:,} characters",
        where=where,
        fix="delete it, or export the list again: each row has to stand on a line of its own, and a"
        " quotation mark that is opened has to be closed",
    )


def _lines_of(record: list[str]) -> int:
    return 1 + sum(len(LINE_BREAK.findall(cell)) for cell in record)
