"""A sheet in memory as packages of text: its rows, how its columns look, and what is hidden."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from importer.intake.source.file import pad
from importer.intake.source.hidden import Hidden
from importer.intake.source.packing import Summary
from importer.intake.source.styles import GENERAL
from importer.model import CellKind, ColumnStyle

Rows = tuple[list[list[str]], list[str]]


class HeldTable:
    """Rows and columns count from 0 here."""

    def __init__(self, lines: Sequence[bytes], summary: Summary) -> None:
        """lines: as `packing.Packer` makes them."""
        self._lines = lines
        self._summary = summary

    def rows(self, first: int, size: int) -> Iterator[Rows]:
        """Texts and kinds of the rows from that one on, `size` at a time."""
        rows: list[list[str]] = []
        kinds: list[str] = []
        for more_rows, more_kinds in self._from(first):
            rows += more_rows
            kinds += more_kinds
            while len(rows) >= size:
                yield rows[:size], kinds[:size]
                rows, kinds = rows[size:], kinds[size:]
        if rows:
            yield rows, kinds

    def column_styles(self, first: int, width: int) -> tuple[ColumnStyle, ...]:
        """The format that most cells of a column have from that row on, and its width."""
        summary = self._summary
        tallies: list[Counter[int]] = [Counter() for _ in range(width)]
        for formats in summary.heads[first:]:
            for column, code in formats:
                if column < width:
                    tallies[column][code] += 1
        for column, code, count in summary.tallies:
            if column < width:
                tallies[column][code] += count
        return tuple(
            ColumnStyle(
                summary.codes[max(tally, key=tally.__getitem__)] if tally else GENERAL,
                next((each for start, end, each in summary.widths if start <= i <= end), None),
            )
            for i, tally in enumerate(tallies)
        )

    def hidden(self) -> Hidden:
        summary = self._summary
        return Hidden(summary.hidden, summary.filtered, summary.hidden_columns)

    def _from(self, first: int) -> Iterator[Rows]:
        """The rows from that one on, all of one width."""
        width = self._summary.width
        for line in self._lines:
            rows, kinds = json.loads(line)
            skipped = min(first, len(rows))
            first -= skipped
            yield (
                [pad(row, width) for row in rows[skipped:]],
                [each and each.ljust(width, CellKind.TEXT) for each in kinds[skipped:]],
            )
