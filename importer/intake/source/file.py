"""What a list is, whatever its format: its columns, and its rows in blocks.

Cell text is never altered by reading, a row is never dropped and never shifted in silence.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from importer.errors import SourceError
from importer.intake.source.area import Area, read_area
from importer.model import Block, ColumnStyle

MOST_NUMBER = 1 << 32  # beyond any row number


@dataclass(frozen=True, slots=True)
class Reading:
    """How a person says that the file is to be read; None: found out.

    encoding: as Python names it, or as Excel does. delimiter: one character, or its name. sheet:
    its name, or its number from 1. header_row: as Excel shows it. pads: rows that
    are narrower than the header are filled with blank cells; else they are invalid. area: the
    table's cells, such as A3:D20 or A3:D, of which the first row is the header. expected: names of
    columns, by which the header is known where most of them stand in one row.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    pads: bool = False
    area: str | None = None
    expected: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Source(ABC):
    """A file as it was when opened.

    encoding: as Python names it; "xlsx" for a workbook. delimiter: of the files that are written
    for it too; a comma for a workbook. header: as in the file, untrimmed. header_row: its row
    number. sheet: None but for a workbook. columns: a style a column, none but for a workbook.
    found: what was found out about the file, for a person: `UTF-8`, `separated by commas`.
    size: in bytes. changed_ns: when the file was last changed, in nanoseconds.
    """

    path: Path
    sha256: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_row: int
    sheet: str | None
    columns: tuple[ColumnStyle, ...]
    found: tuple[str, ...]
    size: int
    changed_ns: int

    def read(self, reading: Reading, left_out: Set[int] = frozenset()) -> Iterator[Block]:
        """The blocks of the rows that are wanted, with narrow ones filled where that is.

        left_out: numbers of rows that are none of the list. Raises SourceError.
        """
        width = len(self.header)
        area = read_area(reading.area, self.path) if reading.area else None
        for block in self.blocks():
            if area and area.last_row and block.first > area.last_row:
                return
            wanted = _wanted(block, area, left_out) if area or left_out else block
            if wanted is None:
                continue
            if reading.pads:
                wanted.rows[:] = [row and pad(row, width) for row in wanted.rows]
            yield wanted

    def release(self) -> None:  # noqa: B027  # most sources hold nothing
        """Let go of what is held in memory; reading once more takes as long as at first."""

    @abstractmethod
    def blocks(self, size: int = 500) -> Iterator[Block]:
        """Yield the rows below the header in order, at most `size` row numbers a block.

        May be called more than once. Raises SourceError: what can't be read, or a file that was
        changed since it was opened.
        """


def as_block(first: int, rows: list[list[str]], kinds: list[str] | None = None) -> Block | None:
    """The rows as a block, less the blank ones at its ends; None where all are blank."""
    for index in [i for i, row in enumerate(rows) if not row or not row[0].strip()]:
        if is_blank(rows[index]):
            rows[index] = []
    start, end = 0, len(rows)
    while end and not rows[end - 1]:
        end -= 1
    while start < end and not rows[start]:
        start += 1
    if start == end:
        return None
    return Block(first + start, rows[start:end], kinds[start:end] if kinds else ())


def _wanted(block: Block, area: Area | None, left_out: Set[int]) -> Block | None:
    """What is left of the block; None where nothing is."""
    rows, kinds = block.rows, list(block.kinds)
    last = area.last_row if area and area.last_row else MOST_NUMBER
    for index, number in enumerate(range(block.first, block.first + len(rows))):
        if number in left_out or number > last:
            rows[index] = []
        elif area:
            rows[index] = area.cells(rows[index])
            if kinds:
                kinds[index] = kinds[index][area.start : area.end]
    return as_block(block.first, rows, kinds or None)


def pad(cells: Sequence[str], width: int) -> list[str]:
    """The cells, and as many blank ones as are missing."""
    return [*cells, *[""] * (width - len(cells))]


def is_blank(cells: Sequence[str]) -> bool:
    return not "".join(cells).strip()


def unreadable(path: Path, error: OSError) -> SourceError:
    if isinstance(error, FileNotFoundError):  # it was there when the command began
        fix = "put it back, and run the command again"
        return SourceError("the file is not there any more", where=str(path), fix=fix)
    return SourceError(
        f"the file can't be read: {error.strerror or error}",
        where=str(path),
        fix="close it in other programs, and check that you may open it",
    )


def changed(path: Path) -> SourceError:
    return SourceError(
        "the file was changed while it was being read",
        where=str(path),
        fix="close it in other programs, and run the command again",
    )


def no_header(path: Path) -> SourceError:
    return SourceError(
        "the file is empty", where=str(path), fix="its first row has to name the columns"
    )
