"""What a person changed in a mended row, told from what a spreadsheet program shows otherwise.

A cell that is the original as such a program shows it keeps the original, which may have more
digits. Nothing is stored here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from importer.intake.excel import is_as_shown, is_same_value
from importer.intake.headers import column_names
from importer.intake.mapping import Rule
from importer.intake.values import FieldValue, make_field
from importer.jobs.recipes import Builders
from importer.jobs.session import counted
from importer.journal.journal import Job
from importer.journal.rows import JournalRow
from importer.model import CellKind, Problem, RowStatus

# Of these transforms a value is known to be the original's, so that another form may be meant.
COMPARED = frozenset({"date", "datetime", "number"})
NO_DRESS = frozenset("0123456789?#")
BOOLEANS = frozenset({"true", "false", "wahr", "falsch", "vrai", "faux"})


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
        was, was_kinds = as_written(row, width), row.kinds[:width].ljust(width, CellKind.TEXT)
        found, found_kinds = list(cells), list(kinds.ljust(width, CellKind.TEXT))
        for index, old in enumerate(was):
            if cells[index] != old:
                if not is_as_shown(old, cells[index]) or self._is_meant(row, index, cells, kinds):
                    continue
                self._note(row, index)
            found[index], found_kinds[index] = old, was_kinds[index]
        all_text = set(found_kinds) <= {CellKind.TEXT}
        return tuple(found), "" if all_text else "".join(found_kinds)

    def _is_meant(self, row: JournalRow, index: int, cells: Sequence[str], kinds: str) -> bool:
        """Whether the row is invalid for that cell, and the mapping now reads it as the original's
        own day or number: then it was given the form that was asked for."""
        if row.status is not RowStatus.INVALID or not self._is_refused(row, index):
            return False
        values = [each.value(cells, kinds) for each in self._fields(index)]
        old = as_written(row, len(self._names))[index]
        return bool(values) and all(
            not isinstance(value, Problem) and is_same_value(old, value) for value in values
        )

    def _fields_of(self, index: int) -> list[FieldValue]:
        return [
            make_field(rule, self._names)
            for rule in self._rules
            if self._names[index] in rule.columns and COMPARED & {*rule.transforms}
        ]

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
        self._by_rest: dict[tuple[str | None, ...], list[JournalRow]] = {}
        for row in rows:
            self._by_rest.setdefault(_rest(row.cells), []).append(row)

    def take(self, cells: tuple[str, ...]) -> int | None:
        """The number of such a row, once; of equal ones before ones that are shown otherwise."""
        alike = self._by_rest.get(_rest(cells), [])
        for same in (_equal, _all_as_shown):
            for row in alike:
                if same(row.cells, cells):
                    alike.remove(row)
                    return row.number
        return None


def as_written(row: JournalRow, width: int) -> tuple[str, ...]:
    """The cells as the reject file had them: as many as the header has."""
    cells = row.cells[:width]
    return (*cells, *[""] * (width - len(cells)))


def _rest(cells: Sequence[str]) -> tuple[str | None, ...]:
    """What no spreadsheet program shows otherwise; None for the cells that it may."""
    return tuple(
        None
        if not cell.isascii() or NO_DRESS & {*cell} or cell.strip().lower() in BOOLEANS
        else cell
        for cell in cells
    )


def _equal(cells: Sequence[str], found: Sequence[str]) -> bool:
    return cells == found


def _all_as_shown(cells: Sequence[str], found: Sequence[str]) -> bool:
    return all(map(is_as_shown, cells, found))
