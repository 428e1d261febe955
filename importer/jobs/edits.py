"""What a person changed in a mended row, told from what a spreadsheet program shows otherwise.

A cell that is the original as such a program shows it keeps the original, which may have more
digits. Nothing is stored here.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from importer.intake.excel import is_as_shown, may_mean, shown_key
from importer.intake.headers import column_names
from importer.intake.mapping import Rule
from importer.intake.values import FieldValue, make_field
from importer.jobs.recipes import Builders
from importer.jobs.session import counted
from importer.journal.job import Job
from importer.journal.rows import JournalRow
from importer.model import CellKind, Problem, RowStatus

WHOLE = re.compile("[+]?[0-9]{1,15}")  # the digits of a number in Excel
Cell = tuple[str, str]  # its text and its kind


@dataclass(slots=True)
class Kept:
    """Cells that were not taken over: how many, and the first, by row and column; of them, the
    first that the row was refused for."""

    cells: int = 0
    first: tuple[int, str] | None = None
    refused: tuple[int, str] | None = None


class Edits:
    """Of the rows of one job's reject file."""

    def __init__(self, job: Job, builders: Builders) -> None:
        self.kept = Kept()
        self._names = column_names(job.layout.header)
        self._rules: Sequence[Rule] = builders.mapping(job.version).rules
        self._fields = lru_cache(maxsize=None)(self._fields_of)

    def of(self, row: JournalRow, cells: Sequence[str], kinds: str) -> tuple[tuple[str, ...], str]:
        """The row as the person wants it: its cells and kinds as they were, but for the edits."""
        width = len(self._names)
        was = _cells(as_written(row, width), row.kinds[:width])
        found = _cells(cells, kinds)
        wanted = [
            old if is_as_shown(old[0], new[0]) else new for old, new in zip(was, found, strict=True)
        ]
        for index, new in enumerate(found):
            if new[0] != wanted[index][0]:
                if self._is_meant(row, index, wanted, new):
                    wanted[index] = new
                else:
                    self._note(row, index)
        texts, made = zip(*wanted, strict=True)
        return texts, "" if set(made) <= {CellKind.TEXT} else "".join(made)

    def _is_meant(self, row: JournalRow, index: int, cells: Sequence[Cell], new: Cell) -> bool:
        """Whether the row is invalid for that cell, which the mapping takes as it is now, and not
        as it was: then it was given the form that was asked for.

        But not where it would be another day or number: 2/1/2026 is what an American program
        makes of 2026-02-01, and a mapping that asks for DD/MM/YYYY would send January.
        """
        if row.status is not RowStatus.INVALID or not self._is_refused(row, index):
            return False
        old, _ = cells[index]
        before = self._values(index, cells)
        after = self._values(index, [*cells[:index], new, *cells[index + 1 :]])
        return None in before and all(value is not None and may_mean(old, value) for value in after)

    def _values(self, index: int, cells: Sequence[Cell]) -> list[str | None]:
        """What the mapping makes of that cell; None where it refuses it."""
        texts, kinds = zip(*cells, strict=True)
        fields = self._fields(index)
        values = [each.value(texts, "".join(kinds)) for each in fields]
        return [
            None if isinstance(value, Problem) or (each.required and not value) else value
            for each, value in zip(fields, values, strict=True)
        ]

    def _fields_of(self, index: int) -> list[FieldValue]:
        name = self._names[index]
        return [make_field(rule, self._names) for rule in self._rules if name in rule.columns]

    def _is_refused(self, row: JournalRow, index: int) -> bool:
        field = row.field or ""
        return self._names[index] in {field, *field.split("; ")}

    def _note(self, row: JournalRow, index: int) -> None:
        kept, place = self.kept, (row.number, self._names[index])
        kept.cells += 1
        kept.first = kept.first or place
        if self._is_refused(row, index):
            kept.refused = kept.refused or place

    def said(self) -> Iterator[str]:
        """For a person; nothing where no cell was kept."""
        if self.kept.first:
            row, column = self.kept.first
            yield (
                "kept as they were, though a spreadsheet shows them otherwise:"
                f' {counted(self.kept.cells, "cell")}, such as row {row} "{column}"'
            )
        if self.kept.refused:
            row, column = self.kept.refused
            yield (
                f'warning: row {row} was refused for its "{column}", which is only shown in another'
                " form here, and so was kept: if that form is meant, let the mapping take the cell"
                ' as it was, and run with -m MAPPING; or clear "Import Row", which makes it a new'
                " row"
            )


class AddedRows:
    """Rows that an earlier run of a reject file added, so that it adds them once."""

    def __init__(self, rows: Sequence[JournalRow]) -> None:
        self._left = {row.number: (_whole(row.cells), row.cells) for row in rows}
        self._equal: dict[tuple[str, ...], deque[int]] = {}
        self._alike: dict[tuple[str | None, ...], deque[int]] = {}
        for row in rows:
            self._equal.setdefault(row.cells, deque()).append(row.number)
            self._alike.setdefault(_key(row.cells), deque()).append(row.number)

    def take(self, cells: tuple[str, ...]) -> int | None:
        """The number of such a row, once; of equal ones before ones that are shown otherwise."""
        number = self._equal_one(cells) or self._one_as_shown(cells)
        if number is not None:
            del self._left[number]
        return number

    def _equal_one(self, cells: tuple[str, ...]) -> int | None:
        equal = self._equal.get(cells, deque())
        while equal:
            if (number := equal.popleft()) in self._left:
                return number
        return None

    def _one_as_shown(self, cells: tuple[str, ...]) -> int | None:
        """Begins behind the last one found: a file that comes back mostly has its order."""
        alike, whole = self._alike.get(_key(cells), deque()), _whole(cells)
        for _ in range(len(alike)):
            number = alike.popleft()
            if number not in self._left:
                continue
            others, was = self._left[number]
            if _may_be_equal(whole, others) and all(map(is_as_shown, was, cells)):
                return number
            alike.append(number)
        return None


def as_written(row: JournalRow, width: int) -> tuple[str, ...]:
    """The cells as the reject file had them: as many as the header has."""
    cells = row.cells[:width]
    return (*cells, *[""] * (width - len(cells)))


def _cells(texts: Sequence[str], kinds: str) -> list[Cell]:
    return list(zip(texts, kinds.ljust(len(texts), CellKind.TEXT), strict=True))


def _key(cells: Sequence[str]) -> tuple[str | None, ...]:
    """Equal for two rows of which one may be the other as it is shown."""
    return tuple(map(shown_key, cells))


def _whole(cells: Sequence[str]) -> list[int | None]:
    """The cells that are whole numbers, which are shown as these or by an exponent."""
    return [int(cell) if WHOLE.fullmatch(cell) else None for cell in cells]


def _may_be_equal(some: Sequence[int | None], others: Sequence[int | None]) -> bool:
    """So that a row is not compared cell by cell, a hundred times as slow, with all others."""
    for one, other in zip(some, others, strict=True):
        if one != other and one is not None and other is not None:
            return False
    return True
