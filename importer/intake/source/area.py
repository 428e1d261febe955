"""The part of a sheet that holds the table, as Excel names it: `A3:D20`, or `A3:D` to the end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from importer.errors import SourceError
from importer.intake.letters import column_index, column_letter
from importer.spreadsheet import MOST_COLUMNS, MOST_ROWS

WRITTEN = re.compile(
    r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}):\$?([A-Z]{1,3})(?:\$?([1-9][0-9]{0,6}))?"
)


@dataclass(frozen=True, slots=True)
class Area:
    """first_row, last_row: as Excel shows them; the first names the columns; None: to the end.
    start, end: of the columns, from 0, the end behind the last one."""

    first_row: int
    last_row: int | None
    start: int
    end: int

    def __str__(self) -> str:
        last = "" if self.last_row is None else str(self.last_row)
        return f"{column_letter(self.start)}{self.first_row}:{column_letter(self.end - 1)}{last}"

    def cells(self, row: Sequence[str]) -> list[str]:
        return list(row[self.start : self.end])


def read_area(text: str, path: Path) -> Area:
    """Raises SourceError: it is none."""
    found = WRITTEN.fullmatch(text.strip().upper())
    if found:
        first, last = int(found[2]), int(found[4]) if found[4] else None
        start, end = column_index(found[1]), column_index(found[3]) + 1
        if first <= (last or first) <= MOST_ROWS and start < end <= MOST_COLUMNS:
            return Area(first, last, start, end)
    raise SourceError(
        f'"{text}" is no range of cells',
        where=str(path),
        fix="name its first and its last cell, such as A3:D20, or A3:D for all rows to the end;"
        " its first row is the one that names the columns",
    )
