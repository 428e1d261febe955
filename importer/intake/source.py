"""A CSV file becomes numbered rows of text.

In: a path. Out: a `Source`, which says what the file is, and its `Block`s. Cell text is never
altered, a row is never dropped and never shifted in silence, and the file is never held in
memory as a whole.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from importer.errors import SourceError
from importer.intake.dialect import DELIMITER_NAMES, DELIMITERS, SEP_LINE, find_delimiter
from importer.intake.records import Records
from importer.intake.scan import scan
from importer.model import Block

SAMPLE = 256 * 1024  # characters to find the delimiter in: more than 100 records of most files


@dataclass(frozen=True, slots=True)
class Source:
    """A CSV file as it was when opened.

    header: as in the file, untrimmed. header_row: its row number. size: in bytes.
    changed_ns: when the file was last changed, in nanoseconds.
    """

    path: Path
    sha256: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_row: int
    size: int
    changed_ns: int

    def blocks(self, size: int = 500) -> Iterator[Block]:
        """Yield the rows below the header in order, at most `size` row numbers a block.

        Raises SourceError: a quotation mark that is not closed, or a file that was changed
        since it was opened.
        """
        with _opened(self.path, self.encoding) as text:
            self._refuse_if_changed(text)
            try:
                yield from self._read(text, size)
            except UnicodeDecodeError as error:
                raise _changed(self.path) from error
            except SourceError:
                self._refuse_if_changed(text)
                raise
            self._refuse_if_changed(text)

    def _read(self, text: TextIO, size: int) -> Iterator[Block]:
        records = Records(_lines(text), self.delimiter, self.path)
        records.take(self.header_row)
        first = self.header_row + 1
        while rows := records.take(size):
            if block := _block(first, rows):
                yield block
            first += len(rows)

    def _refuse_if_changed(self, text: TextIO) -> None:
        now = os.fstat(text.fileno())
        if (now.st_size, now.st_mtime_ns) != (self.size, self.changed_ns):
            raise _changed(self.path)


def open_source(path: Path, *, delimiter: str | None = None) -> Source:
    """Read the whole file once, and say what it is.

    Raises SourceError: no such file, not a CSV, not UTF-8, nothing in it.
    """
    if delimiter is not None and delimiter not in DELIMITERS:
        raise SourceError(
            f'"{delimiter}" can\'t be used as the delimiter',
            where=str(path),
            fix="use one of: " + ", ".join(DELIMITER_NAMES.values()),
        )
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SourceError(
                "this is a folder or a device, not a file", where=str(path), fix="name a CSV file"
            )
        return _open_source(path, delimiter)
    except FileNotFoundError as error:
        raise SourceError(
            "there is no such file", where=str(path), fix="check the name and the folder"
        ) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _open_source(path: Path, delimiter: str | None) -> Source:
    scanned = scan(path)
    with _opened(path, scanned.encoding) as text:
        delimiter = delimiter or find_delimiter(text.read(SAMPLE))
        text.seek(0)
        header_row, header = _header(Records(_lines(text), delimiter, path), path)
        source = Source(
            path=path,
            sha256=scanned.sha256,
            encoding=scanned.encoding,
            delimiter=delimiter,
            header=header,
            header_row=header_row,
            size=scanned.size,
            changed_ns=scanned.changed_ns,
        )
        source._refuse_if_changed(text)
    return source


def _header(records: Records, path: Path) -> tuple[int, tuple[str, ...]]:
    """The first record that is not blank, and its row number."""
    row = 0
    while record := records.take(1):
        row += 1
        if not _is_blank(record[0]):
            return row, tuple(record[0])
    raise SourceError(
        "the file is empty", where=str(path), fix="its first row has to name the columns"
    )


def _block(first: int, rows: list[list[str]]) -> Block | None:
    """The rows as a block, less the blank ones at its ends; None where all are blank."""
    for index in [i for i, row in enumerate(rows) if not row or not row[0].strip()]:
        if _is_blank(rows[index]):
            rows[index] = []
    start, end = 0, len(rows)
    while end and not rows[end - 1]:
        end -= 1
    while start < end and not rows[start]:
        start += 1
    return Block(first + start, rows[start:end]) if start < end else None


def _is_blank(record: list[str]) -> bool:
    return not "".join(record).strip()


def _lines(text: TextIO) -> Iterator[str]:
    """The file's lines, less a first one that tells the delimiter."""
    first = text.readline()
    if first and not SEP_LINE.fullmatch(first):
        yield first
    yield from text


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[TextIO]:
    try:
        text = path.open(encoding=encoding, newline="")
    except OSError as error:
        raise _unreadable(path, error) from error
    with text:
        yield text


def _unreadable(path: Path, error: OSError) -> SourceError:
    return SourceError(
        f"the file can't be read: {error.strerror or error}",
        where=str(path),
        fix="close it in other programs, and check that you may open it",
    )


def _changed(path: Path) -> SourceError:
    return SourceError(
        "the file was changed while it was being read",
        where=str(path),
        fix="close it in other programs, and run the command again",
    )
