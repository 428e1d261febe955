"""A CSV file becomes numbered rows of text.

In: a path. Out: a `Source`. The file is never held in memory as a whole.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from importer.errors import SourceError
from importer.intake.source.dialect import (
    SEP_LINE,
    find_delimiter,
    named_delimiter,
    separated_by,
)
from importer.intake.source.file import (
    Reading,
    Source,
    as_block,
    changed,
    is_blank,
    no_header,
    unreadable,
)
from importer.intake.source.header import ROWS, Header, named, voted, wanted_row
from importer.intake.source.records import CELLS_AT_ONCE, SKIPPED_AT_ONCE, Records
from importer.intake.source.scan import scan
from importer.model import Block
from importer.spreadsheet import MOST_ROWS

SAMPLE = 512 * 1024  # characters to find the delimiter in: a thousand lines of most files
LONGEST_SEP_LINE = 32  # characters
FAR = 1_000  # rows
SOON = 100  # rows: nearly every header stands above


@dataclass(frozen=True, slots=True)
class TextSource(Source):
    def blocks(self, size: int = 500) -> Iterator[Block]:
        """Raises SourceError: a quotation mark that is not closed too."""
        with _opened(self.path, self.encoding) as text:
            self._refuse_if_changed(text)
            try:
                yield from self._read(text, size)
            except UnicodeDecodeError as error:
                raise changed(self.path) from error
            except SourceError:
                self._refuse_if_changed(text)
                raise
            self._refuse_if_changed(text)

    def _read(self, text: TextIO, size: int) -> Iterator[Block]:
        records = _records(text, self.delimiter, self.path)
        records.skip(self.header_row)
        first = filled = self.header_row + 1
        size = min(size, max(1, CELLS_AT_ONCE // len(self.header)))
        while rows := records.take(size):
            if block := as_block(first, rows):
                yield block
            first += len(rows)
            if block:
                filled = block.first + len(block.rows)
            elif first - filled > MOST_ROWS:
                raise _blank_rows(self.path, filled)

    def _refuse_if_changed(self, text: TextIO) -> None:
        now = os.fstat(text.fileno())
        if (now.st_size, now.st_mtime_ns) != (self.size, self.changed_ns):
            raise changed(self.path)


def open_text(path: Path, reading: Reading) -> TextSource:
    """Read the whole file once, and say what it is.

    Raises SourceError: not in an encoding that can be read, nothing in it, or not as `reading`
    says. OSError passes.
    """
    told, wanted = _told(path, reading), wanted_row(reading, path)
    scanned = scan(path, reading.encoding)
    with _opened(path, scanned.encoding.codec) as text:
        delimiter = told or find_delimiter(text.read(SAMPLE), wanted or 1)
        records = _records(text, delimiter, path)
        header = _header(records, path, wanted, reading)
        source = TextSource(
            path=path,
            sha256=scanned.sha256,
            encoding=scanned.encoding.codec,
            delimiter=delimiter,
            header=header.names,
            header_row=header.row,
            sheet=None,
            columns=(),
            found=(*header.said, str(scanned.encoding), separated_by(delimiter)),
            size=scanned.size,
            changed_ns=scanned.changed_ns,
        )
        source._refuse_if_changed(text)
    return source


def _told(path: Path, reading: Reading) -> str | None:
    """The delimiter that the reading names. Raises SourceError: it asks for what can't be."""
    if reading.sheet is not None:
        raise SourceError(
            f'only workbooks have sheets, and this is a text file: "{reading.sheet}"',
            where=str(path),
            fix="leave --sheet out",
        )
    if reading.header_row is not None and reading.header_row < 1:
        raise SourceError(
            f"rows are counted from 1, and the header can't be in row {reading.header_row}",
            where=str(path),
            fix="give --header-row the number that Excel shows beside the column names",
        )
    return None if reading.delimiter is None else named_delimiter(reading.delimiter, path)


def _header(records: Records, path: Path, wanted: int | None, reading: Reading) -> Header:
    """The row that names the columns.

    wanted: the row that it has to be. Raises SourceError: it is blank or not there, or far below.
    """
    row = records.skip(wanted - 1) if wanted else 0
    first: list[tuple[int, list[str]]] = []
    # What is wrong below the header is told when it is read: few rows are looked at too many.
    # Nor rows that are far below the first one that is not blank.
    while (
        len(first) < (1 if wanted else ROWS)
        and (not first or row < first[0][0] + FAR)
        and (taken := _some(records, row, first))
    ):
        first += [(row + i, record) for i, record in enumerate(taken, 1) if not is_blank(record)]
        row += len(taken)
        if row > MOST_ROWS and not first and not wanted:
            raise _blank_rows(path, 1)
    if first and not wanted:
        return voted(first, reading.expected)
    if first and first[0][0] == wanted:
        return named(*first[0], reading.area, path)
    if first:
        instead = f"row {first[0][0]}" if reading.area else f"--header-row {first[0][0]}"
        raise _no_such_header(path, f"row {wanted} is blank", instead, reading)
    if not wanted or row == 0:
        raise no_header(path)
    why = f"row {wanted} is blank" if row >= wanted else f"the file ends with row {row}"
    raise _no_such_header(path, why, "the row that names the columns", reading)


def _some(records: Records, row: int, first: list[tuple[int, list[str]]]) -> list[list[str]]:
    """The next records; of those behind the first that is not blank, none that can't be read."""
    try:
        return records.take(1 if row < SOON else SKIPPED_AT_ONCE)
    except SourceError:
        if first:
            return []
        raise


def _blank_rows(path: Path, first: int) -> SourceError:
    return SourceError(
        f"more than {MOST_ROWS:,} rows that follow each other are blank",
        where=f"{path}, from row {first:,} on",
        fix="delete the blank rows: no sheet of Excel's has so many rows at all",
    )


def _no_such_header(path: Path, why: str, instead: str, reading: Reading) -> SourceError:
    option, begin = "--header-row", "give"
    if reading.area:
        option, begin = "--range", "let the range begin with"
    return SourceError(
        f"the header can't be in the row that {option} names: {why}",
        where=str(path),
        fix=f"{begin} {instead}",
    )


def _records(text: TextIO, delimiter: str, path: Path) -> Records:
    """The file's records; a first line that tells the delimiter is none."""
    text.seek(0)
    if not SEP_LINE.fullmatch(text.readline(LONGEST_SEP_LINE)):
        text.seek(0)
    return Records(text, delimiter, path)


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[TextIO]:
    try:
        text = path.open(encoding=encoding, newline="")
    except OSError as error:
        raise unreadable(path, error) from error
    with text:
        yield text
