"""Our own results and reject files, read back to be compared with the journal.

Only a file whose bytes are those that we wrote is worth reading; one row at a time.
"""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from importer.journal.job import Job
from importer.model import REJECT_COLUMNS, RESULTS_COLUMNS

CELL_LIMIT = 1 << 30  # characters: more than any cell that was read (records.py: 4 Mi)


class FileState(StrEnum):
    UNTOUCHED = "untouched"  # its bytes are those that we wrote
    CHANGED = "changed"
    GONE = "gone"


# The row's number, and what the file says of it.
Entry = tuple[int, tuple[str, ...]]


def state_of(path: Path, sha256: str) -> FileState:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return FileState.GONE
    return FileState.UNTOUCHED if digest == sha256 else FileState.CHANGED


def read_results(path: Path, job: Job) -> Iterator[Entry]:
    """Each line's row number, with its status and Id."""
    for cells in _csv_lines(path, job.layout.delimiter):
        status, lead_id, number, _ = _last(cells, len(RESULTS_COLUMNS))
        yield _number(number), (status, lead_id)


def read_rejects(path: Path, job: Job) -> Iterator[Entry]:
    """Each line's row number, with its job's key."""
    width = len(REJECT_COLUMNS)
    lines = _sheet_lines(path) if path.suffix == ".xlsx" else _csv_lines(path, job.layout.delimiter)
    for cells in lines:
        named = dict(zip(REJECT_COLUMNS, _last(cells, width), strict=True))
        yield _number(named["Import Row"]), (named["Import Job"],)


def _csv_lines(path: Path, delimiter: str) -> Iterator[Sequence[str]]:
    """The lines below the header."""
    before = csv.field_size_limit(CELL_LIMIT)
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            lines = csv.reader(file, delimiter=delimiter)
            next(lines, None)
            yield from lines
    finally:
        csv.field_size_limit(before)


def _sheet_lines(path: Path) -> Iterator[Sequence[str]]:
    from openpyxl import load_workbook  # where there is a workbook

    book = load_workbook(path, read_only=True)
    try:
        lines = book.worksheets[0].iter_rows(min_row=2, values_only=True)
        for cells in lines:
            yield ["" if cell is None else str(cell) for cell in cells]
    finally:
        book.close()


def _last(cells: Sequence[str], count: int) -> Sequence[str]:
    """The columns that are ours; blank ones for a line that is cut."""
    return ["", *[""] * count, *cells][-count:]


def _number(text: str) -> int:
    """0, which no row has, for what is no number."""
    return int(text) if text.isascii() and text.isdigit() else 0
