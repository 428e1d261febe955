"""What the reader of any kind of workbook gives: the rows of a sheet, and what was found out."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from importer.intake.source.hidden import Hidden
from importer.model import ColumnStyle


class Table(Protocol):
    """Rows and columns count from 0 here. May be read more than once."""

    def rows(self, first: int, size: int) -> Iterator[tuple[list[list[str]], list[str]]]:
        """Texts and kinds of the rows from that one on, `size` at a time, all of one width."""

    def column_styles(self, first: int, width: int) -> tuple[ColumnStyle, ...]:
        """The format that most cells of a column have from that row on, and its width."""

    def hidden(self) -> Hidden: ...


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """found: what kind of workbook it is, and which sheet of it, for a person."""

    name: str
    found: tuple[str, ...]
    table: Table


class Reader(Protocol):
    def __call__(self, path: Path, file: BufferedReader, wanted: str | None) -> OpenSheet:
        """Read the wanted sheet of a workbook. path: for messages. Raises SourceError."""
