"""Lines of text become CSV records, as Excel would cut them.

A quotation mark that is opened and never closed is an error: the csv module by itself would
take the rest of the file for one cell.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from importer.errors import SourceError

CELL_LIMIT = 16 * 1024 * 1024  # characters; a cell of Excel's holds 32,767 at most
SKIPPED_AT_ONCE = 500  # records
LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Records:
    """A file's records from the first, which is row 1, taken a list at a time."""

    def __init__(self, lines: Iterable[str], delimiter: str, path: Path) -> None:
        csv.field_size_limit(CELL_LIMIT)
        self._path = path
        self._delimiter = delimiter
        self._line = ""
        self._reader = csv.reader(self._watch(lines), delimiter=delimiter, strict=True)
        self._taken = 0

    def take(self, count: int) -> list[list[str]]:
        """The next records; fewer than `count`, or none, at the file's end."""
        records: list[list[str]] = []
        while len(records) < count:
            lines_before, known = self._reader.line_num, len(records)
            try:
                records.extend(islice(self._reader, count - len(records)))
                break
            except csv.Error as error:  # the records before it stay in the list
                lines = sum(_lines_of(record) for record in records[known:])
                alone = self._reader.line_num - lines_before - lines == 1
                if not alone or (record := self._leniently()) is None:
                    raise self._broken(self._taken + len(records) + 1, error) from error
                records.append(record)
        self._taken += len(records)
        return records

    def skip(self, count: int) -> int:
        """Pass over the next records, and give how many there were."""
        skipped = 0
        while skipped < count and (records := self.take(min(count - skipped, SKIPPED_AT_ONCE))):
            skipped += len(records)
        return skipped

    def _watch(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self._line = line
            yield line

    def _leniently(self) -> list[str] | None:
        """The line just read, `"Big" Tom` and all, as Excel reads it; None if a quote stays open.

        Another line is put behind it: an open quotation mark would swallow that one.
        """
        try:
            found = list(csv.reader([self._line, "end"], delimiter=self._delimiter))
        except csv.Error:
            return None
        return found[0] if len(found) == 2 else None

    def _broken(self, row: int, error: csv.Error) -> SourceError:
        what = "a quotation mark is opened in this row and is not closed where the cell ends"
        if "field limit" in str(error):
            what = f"a cell has more than {CELL_LIMIT:,} characters; or {what}"
        return SourceError(
            what,
            where=f"{self._path}, row {row}",
            fix='take the mark out, or write it twice ("") inside a cell that stands in quotation '
            "marks",
        )


def _lines_of(record: list[str]) -> int:
    return 1 + sum(len(LINE_BREAK.findall(cell)) for cell in record)
