"""What the page of a preview shows of a list's cells, gathered while its rows go by.

In: blocks, and the problems of rows. Out: `ListCells`. Memory is flat: fill rates are counted,
examples and rows are capped, and a row's cells are read again from the journal at the end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path

from importer.intake.headers import column_names
from importer.intake.letters import column_letter
from importer.jobs.session import now_ms
from importer.journal.rows import Rows
from importer.model import Block, Finding, Preview, Problem
from importer.page import ColumnCells, ListCells, PageRow, Place, RowTable
from importer.results.page_file import check_page, write_page

MOST_EXAMPLES = 4  # of a column
MOST_ROWS = 200  # of a problem
FEWEST_ROWS, MOST_IN_ALL = 10, 4_000  # of a problem, where there are many; of all problems
MOST_COLUMNS = 40  # of a table of rows
LONGEST_EXAMPLE, LONGEST_CELL = 40, 200  # characters


class PageMaker:
    """Makes the page of one preview: `begin`, all blocks and problems, `end`, `written`."""

    def __init__(self, path: Path) -> None:
        """Raises SettingsError: it could not be written there; said before the list is read."""
        check_page(path)
        self._path = path
        self._tally = ListTally(())
        self._cells = ListCells((), {}, ())

    def begin(self, header: Sequence[str]) -> None:
        """A list that turns out to be odd begins anew."""
        self._tally = ListTally(header)

    def add(self, block: Block) -> None:
        self._tally.add(block)

    def note(self, number: int, problem: Problem) -> None:
        self._tally.note(number, problem)

    def end(self, rows: Rows, findings: Sequence[Finding]) -> None:
        self._cells = self._tally.cells(rows, findings)

    def written(self, preview: Preview) -> Preview:
        """Write the page, and give the preview that names it. Raises SettingsError: as above."""
        from importer.results.page import page_html

        html = page_html(preview, self._cells, now_ms() / 1_000)
        return replace(preview, html=str(write_page(self._path, html)))


@dataclass(slots=True)
class _Column:
    filled: int = 0
    examples: dict[str, None] = field(default_factory=dict)

    def add(self, texts: Sequence[str]) -> None:
        filled = [text for text in texts if text and not text.isspace()]
        self.filled += len(filled)
        if len(self.examples) < MOST_EXAMPLES:
            for text in dict.fromkeys(filled):
                self.examples.setdefault(cut(text.strip(), LONGEST_EXAMPLE))
                if len(self.examples) == MOST_EXAMPLES:
                    return


class ListTally:
    """Takes the blocks and problems of a list; `cells` tells of all that was added."""

    def __init__(self, header: Sequence[str]) -> None:
        self._names = column_names(header)
        self._columns = [_Column() for _ in header]
        self._noted: dict[Place, list[tuple[int, str]]] = {}

    def add(self, block: Block) -> None:
        width = len(self._columns)
        rows: Iterable[Sequence[str]] = [row[:width] for row in block.rows if row]
        for column, texts in zip(self._columns, zip_longest(*rows, fillvalue=""), strict=False):
            column.add(texts)

    def note(self, number: int, problem: Problem) -> None:
        noted = self._noted.setdefault((problem.code, problem.column), [])
        if len(noted) < MOST_ROWS:
            noted.append((number, cut(problem.value or "", LONGEST_CELL)))

    def cells(self, rows: Rows, findings: Sequence[Finding]) -> ListCells:
        """rows: where the cells of those that were noted are."""
        most = max(FEWEST_ROWS, min(MOST_ROWS, MOST_IN_ALL // max(1, len(self._noted))))
        return ListCells(
            [
                ColumnCells(name, column.filled, [*column.examples])
                for name, column in zip(self._names, self._columns, strict=True)
            ],
            {
                place: self._table(rows, place[1], sorted(noted)[:most])
                for place, noted in self._noted.items()
            },
            [self._table(rows, each.column, each.examples) for each in findings],
        )

    def _table(self, rows: Rows, column: str | None, noted: Iterable[tuple[int, str]]) -> RowTable:
        found = [(number, told, _cells_of(rows, number)) for number, told in noted]
        widest = max((len(cells) for _, _, cells in found), default=0)
        names = [*self._names, *map(_beyond, range(len(self._names), widest))]
        faulty = self._faulty(column) or [*range(len(self._names), len(names))]
        order = [*faulty, *(index for index in range(len(names)) if index not in faulty)]
        shown = order[: max(MOST_COLUMNS, len(faulty))]
        return RowTable(
            [names[index] for index in shown],
            len(faulty),
            len(order) - len(shown),
            [_row(number, told, cells, shown) for number, told, cells in found],
        )

    def _faulty(self, column: str | None) -> list[int]:
        """The columns that a problem names; a name may itself hold the sign between two."""
        named = {column, *(column or "").split("; ")}
        return [index for index, name in enumerate(self._names) if name in named]


def _cells_of(rows: Rows, number: int) -> Sequence[str]:
    """Cut; none for a row that is left out of the list."""
    row = rows.row(number)
    return [cut(cell, LONGEST_CELL) for cell in row.cells] if row else ()


def _row(number: int, told: str, cells: Sequence[str], shown: Sequence[int]) -> PageRow:
    return PageRow(
        number,
        [cells[index] if index < len(cells) else "" for index in shown],
        "" if _is_of(told, cells) else cut(told, LONGEST_CELL),
    )


def _is_of(told: str, cells: Sequence[str]) -> bool:
    """Whether it is a cell of the row, or made of several."""
    rest = told
    for cell in sorted({cell.strip() for cell in cells}, key=len, reverse=True):
        rest = rest.replace(cell, "") if cell else rest
    return not any(map(str.isalnum, rest))


def _beyond(index: int) -> str:
    return f"{column_letter(index)}, beyond the header"


def cut(text: str, longest: int) -> str:
    """As much of a text as can be read, and how much more there is."""
    more = len(text) - longest
    return text if more <= 0 else f"{text[:longest]}… and {more:,} more characters"
