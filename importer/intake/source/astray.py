"""A sheet that is nearly all blank, because a value stands far away from the list: refused."""

from collections.abc import Set

from importer.errors import SourceError
from importer.intake.letters import column_letter

# A sheet is held as a rectangle, for some time at least. One of so many cells is refused where
# seven of eight must be blank.
MOST_CELLS, MOST_BLANK = 4_000_000, 8


def refuse_astray(
    height: int, columns: Set[int], rows: int, where: str, most: int | None = None
) -> None:
    """columns: those that have a value. rows: how many have one. most: cells, of any sheet.

    Raises SourceError.
    """
    width = max(columns, default=-1) + 1
    allowed = max(MOST_CELLS, MOST_BLANK * len(columns) * rows)
    if width * height > (allowed if most is None else min(most, allowed)):
        raise SourceError(
            f"the sheet spans {height:,} rows and {width:,} columns, nearly all of them blank",
            where=f"{where}, up to cell {column_letter(width - 1)}{height}",
            fix="delete what stands far away from the list (Ctrl+End in Excel goes there)",
        )
