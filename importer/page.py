"""What a page about a list shows beyond its `Preview`: cells of it. Nothing here does anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Place = tuple[str, str | None]  # a problem's code and column


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """One column of the file. filled: its cells that are not blank. examples: some, all different,
    cut to be short."""

    name: str
    filled: int
    examples: Sequence[str]


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row, its cells in the order of its table. told: of the row, beyond its cells."""

    number: int
    cells: Sequence[str]
    told: str = ""


@dataclass(frozen=True, slots=True)
class RowTable:
    """Rows of a problem or finding. columns: names, the `faulty` ones that it is about first.
    left_out: columns of the file that are not shown."""

    columns: Sequence[str]
    faulty: int
    left_out: int
    rows: Sequence[PageRow]


@dataclass(frozen=True, slots=True)
class ListCells:
    """findings: in the order of the preview's."""

    columns: Sequence[ColumnCells]
    problems: Mapping[Place, RowTable]
    findings: Sequence[RowTable]
