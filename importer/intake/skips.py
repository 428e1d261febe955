"""Rows that the mapping leaves out by what stands in a column: `skip_if`. Pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from importer.intake.mapping import Skip
from importer.intake.transforms.text import trim
from importer.intake.values import shown
from importer.model import SKIP_IF, Problem

MOST_FOLDED = 4096  # texts; a column that rows are left out by has a few, again and again


@dataclass(frozen=True, slots=True)
class SkippedBy:
    """A column of the file, and the texts that leave its row out, each folded."""

    index: int
    name: str
    texts: frozenset[str]

    def of(self, cells: Sequence[str]) -> Problem | None:
        """Why the row is left out; None where it is not."""
        cell = cells[self.index]
        if folded(cell) not in self.texts:
            return None
        is_what = f'"{shown(trim(cell))}"' if trim(cell) else "blank"
        why = f'"{self.name}" is {is_what}, and the mapping says skip_if'
        return Problem(SKIP_IF, why, self.name, cell)

    def among(self, rows: Sequence[Sequence[str]]) -> list[int]:
        """The rows that are left out, by their index."""
        index, texts = self.index, self.texts
        return [i for i, row in enumerate(rows) if folded(row[index]) in texts]


def skipped_by(skips: Sequence[Skip], names: Sequence[str]) -> list[SkippedBy]:
    """names: the file's columns, in which each that is named stands."""
    return [
        SkippedBy(names.index(skip.column), skip.column, frozenset(map(folded, skip.values)))
        for skip in skips
    ]


@lru_cache(maxsize=MOST_FOLDED)
def folded(text: str) -> str:
    """Equal for texts that differ in capitals and blanks alone, or in how an accent is stored."""
    flat = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", trim(text)).casefold())
    return " ".join(flat.split())
