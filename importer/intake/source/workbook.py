"""A workbook of any kind becomes numbered rows of text.

In: a path. Out: a `Source`. One sheet is held in memory, until it is let go of.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader
from itertools import chain, islice
from pathlib import Path

from importer.errors import SourceError
from importer.intake.source.area import read_area
from importer.intake.source.file import Reading, Source, as_block, changed, is_blank, unreadable
from importer.intake.source.header import ROWS, Header, named, voted, wanted_row
from importer.intake.source.hidden import hidden_notes
from importer.intake.source.sheet_rows import Reader, Table
from importer.intake.source.xlsx import read_xlsx
from importer.model import Block, ColumnStyle

FEW = 100  # rows to look for a header in, at a time


@dataclass(frozen=True, slots=True)
class WorkbookSource(Source):
    """tables: the sheet, until it is let go of; then none. reader: of its kind."""

    tables: list[Table] = field(default_factory=list, repr=False, compare=False)
    reader: Reader = field(default=read_xlsx, repr=False, compare=False)

    def blocks(self, size: int = 500) -> Iterator[Block]:
        self._refuse_if_changed()
        if not self.tables:
            self.tables.append(self._read_again())
        first, width = self.header_row, len(self.header)
        for rows, kinds in self.tables[0].rows(first, size):
            if len(rows[0]) > width:
                kinds = [_cut(row, each, width) for row, each in zip(rows, kinds, strict=True)]
            if block := as_block(first + 1, rows, kinds):
                yield block
            first += len(rows)
        self._refuse_if_changed()

    def release(self) -> None:
        self.tables.clear()

    def _read_again(self) -> Table:
        with _opened(self.path) as (file, _):
            if hashlib.file_digest(file, "sha256").hexdigest() != self.sha256:
                raise changed(self.path)
            return self.reader(self.path, file, self.sheet).table

    def _refuse_if_changed(self) -> None:
        try:
            now = self.path.stat()
        except OSError as error:
            raise unreadable(self.path, error) from error
        if (now.st_size, now.st_mtime_ns) != (self.size, self.changed_ns):
            raise changed(self.path)


def open_workbook(path: Path, reading: Reading, reader: Reader = read_xlsx) -> WorkbookSource:
    """Read one sheet, and say what it is. reader: of the kind of workbook that it is.

    Raises SourceError: no workbook, a damaged one, no such sheet, nothing in it. OSError passes.
    """
    _refuse_text_options(path, reading)
    with _opened(path) as (file, status):
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        sheet = reader(path, file, reading.sheet)
    table = sheet.table
    header = _header(table, reading, path, sheet.name)
    return WorkbookSource(
        path=path,
        sha256=sha256,
        encoding="xlsx",
        delimiter=",",
        header=header.names,
        header_row=header.row,
        sheet=sheet.name,
        columns=_styles(table, header, reading, path),
        found=(
            *header.said,
            *sheet.found,
            *hidden_notes(table.hidden(), header.row, _columns(header, reading, path)),
        ),
        size=status.st_size,
        changed_ns=status.st_mtime_ns,
        tables=[table],
        reader=reader,
    )


def _refuse_text_options(path: Path, reading: Reading) -> None:
    for name, value in (("encoding", reading.encoding), ("delimiter", reading.delimiter)):
        if value is not None:
            raise SourceError(
                f"a workbook has no {name}: only text files have one",
                where=str(path),
                fix=f"leave out --{name}",
            )


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BufferedReader, os.stat_result]]:
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        try:
            yield file, before
        finally:
            now = os.fstat(file.fileno())
            if (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                raise changed(path)


def _header(table: Table, reading: Reading, path: Path, sheet: str) -> Header:
    """The row that names the columns."""
    wanted = wanted_row(reading, path)
    first = 1 if wanted is None else max(wanted, 1)
    rows = chain.from_iterable(rows for rows, _ in table.rows(first - 1, FEW))
    if wanted is not None:
        row = next(rows, []) if wanted > 0 else []
        if not is_blank(row):
            _cut(row, "", 0)
            return named(wanted, row, reading.area, path)
    elif filled := list(
        islice(((i, row) for i, row in enumerate(rows, 1) if not is_blank(row)), ROWS)
    ):
        for _, row in filled:
            _cut(row, "", 0)
        return voted(filled, reading.expected)
    raise SourceError(
        "the sheet is empty" if wanted is None else f"row {wanted} is blank",
        where=f'{path}, sheet "{sheet}"',
        fix="a row has to name the columns: say which with --header-row, or use another --sheet",
    )


def _styles(table: Table, header: Header, reading: Reading, path: Path) -> tuple[ColumnStyle, ...]:
    """Of the header's columns."""
    columns = _columns(header, reading, path)
    return table.column_styles(header.row, columns.stop)[columns.start :]


def _columns(header: Header, reading: Reading, path: Path) -> range:
    """The sheet's columns that the header names, from 0."""
    start = read_area(reading.area, path).start if reading.area else 0
    return range(start, start + len(header.names))


def _cut(row: list[str], kinds: str, width: int) -> str:
    """Leave out the blank cells at the row's end that are beyond the width; the kinds are left."""
    while len(row) > width and not row[-1].strip():
        row.pop()
    return kinds[: len(row)]
