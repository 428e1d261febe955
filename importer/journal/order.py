"""Rows as the journal gives them, where they must come in order: in a damaged one they may not."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from importer.journal.trouble import damaged


def in_order(
    found: Iterable[Sequence[int]], last: int, journal: Path
) -> Iterator[Sequence[object]]:
    """Pass on records whose ids grow, from last on. Raises JournalError: one does not stand behind
    the one before."""
    for each in found:
        if each[0] <= last:
            raise damaged("it has rows in disorder", journal)
        last = each[0]
        yield each
