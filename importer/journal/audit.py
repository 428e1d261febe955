"""What the journal's tables say of one job, read so that it can be compared: checks' SQL.

Reads only, and never more than a block of rows at a time: a million rows take no more memory than
a thousand.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from importer.journal.blocks import unpack_cells
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.paths import path_of
from importer.journal.rows import ROW_BITS
from importer.model import ACCEPTED, RowStatus

MOST_NAMED = 10  # row numbers in a message

NEVER_WITH_LEAD = frozenset(RowStatus) - ACCEPTED - {RowStatus.SKIPPED, RowStatus.DELETED}


def _listed(statuses: Iterable[RowStatus]) -> str:
    return ", ".join(f"'{status}'" for status in sorted(statuses))


ROWS_BY_STATUS = "SELECT status, count(*) FROM row WHERE id BETWEEN ? AND ? GROUP BY status"
COUNTED = "SELECT status, rows FROM count WHERE job = ?"
BLOCKS = "SELECT id, length, cells FROM block WHERE id BETWEEN ? AND ? ORDER BY id"
ROWS_BETWEEN = "SELECT id FROM row WHERE id BETWEEN ? AND ?"
ROWS_OUTSIDE = "SELECT id, cells IS NOT NULL FROM row WHERE id BETWEEN ? AND ? ORDER BY id"
LACKS_LEAD = f"""
SELECT id FROM row
WHERE id BETWEEN ? AND ? AND status IN ({_listed(ACCEPTED)}) AND lead_id IS NULL
"""
HAS_LEAD = f"""
SELECT id FROM row
WHERE id BETWEEN ? AND ? AND status IN ({_listed(NEVER_WITH_LEAD)}) AND lead_id IS NOT NULL
"""
SHARED_LEADS = f"""
SELECT group_concat(id, ' ') FROM row
WHERE lead_id IS NOT NULL AND status IN ({_listed(ACCEPTED)})
GROUP BY lead_id HAVING count(*) > 1 ORDER BY min(id)
"""
# A row is sending or accepted by a call of its own, or because a person said so.
WITHOUT_CALL = f"""
SELECT id FROM row
WHERE id BETWEEN ? AND ? AND status IN ('sending', {_listed(ACCEPTED)})
  AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.row = row.id AND call IS NULL)
  AND (status = 'sending' OR NOT EXISTS (
    SELECT 1 FROM decision WHERE decision.row = row.id AND what = 'mark_created'))
"""
FATES = """
SELECT id, status, coalesce(lead_id, existing_id), changed_at FROM row
WHERE id BETWEEN ? AND ? ORDER BY id
"""
OUTPUTS = """
SELECT path, sha256, coalesce(written_at, 0) FROM output
WHERE job = ? AND kind = ? ORDER BY 3 DESC, path
"""
LEFT = """
SELECT (SELECT count(*) FROM row WHERE id BETWEEN :low AND :high)
     + (SELECT count(*) FROM block WHERE id BETWEEN :low AND :high)
     + (SELECT count(*) FROM twin WHERE row BETWEEN :low AND :high)
     + (SELECT count(*) FROM decision WHERE row BETWEEN :low AND :high AND detail IS NOT NULL)
"""


@dataclass(slots=True)
class Numbers:
    """Row numbers: how many there are, and the first of them."""

    total: int = 0
    first: list[int] = field(default_factory=list)

    def add(self, number: int) -> None:
        self.total += 1
        if len(self.first) < MOST_NAMED:
            self.first.append(number)

    def __str__(self) -> str:
        more = self.total - len(self.first)
        named = ", ".join(map(str, self.first))
        return f"row {named}{f' and {more:,} more' if more else ''}"


@dataclass(slots=True)
class Stored:
    """The rows against the file's lines that are stored.

    lines: stored, blank ones left out; added: rows that a repair added; missing: lines without a
    row; surplus: rows without a line; unreadable: first rows of blocks that can't be read.
    """

    lines: int = 0
    added: int = 0
    missing: Numbers = field(default_factory=Numbers)
    surplus: Numbers = field(default_factory=Numbers)
    unreadable: Numbers = field(default_factory=Numbers)

    @property
    def holds(self) -> bool:
        return not (self.missing.total or self.surplus.total or self.unreadable.total)


@dataclass(frozen=True, slots=True)
class Fate:
    """Where a row is. lead: Id of its lead, or of the other that stands in the way; times in ms."""

    number: int
    status: str
    lead: bytes | None
    changed_at: int | None


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was written for a job. written_at: ms; 0 where an older importer wrote it."""

    path: str
    sha256: str
    written_at: int


class Audit:
    def __init__(self, journal: Journal, job: Job) -> None:
        self._journal = journal
        self._job = job
        self._low = job.number << 32
        self._high = self._low | ROW_BITS

    def rows_by_status(self) -> dict[str, int]:
        return dict(self._journal.execute(ROWS_BY_STATUS, (self._low, self._high)).fetchall())

    def counted(self) -> dict[str, int]:
        """What the ledger says; only statuses that have rows."""
        found = self._journal.execute(COUNTED, (self._job.number,)).fetchall()
        return {status: rows for status, rows in found if rows}

    def stored(self) -> Stored:
        found, end = Stored(), self._low
        for first, length, cells in self._journal.execute(BLOCKS, (self._low, self._high)):
            self._check_outside(end + 1, first - 1, found)
            lines = _lines(cells)
            if first <= end or lines is None or len(lines) != length:
                found.unreadable.add(first - self._low)
            else:
                self._check_block(first, lines, found)
            end = max(end, first + length - 1)
        self._check_outside(end + 1, self._high, found)
        return found

    def _check_block(self, first: int, lines: list[list[str]], found: Stored) -> None:
        stored = {first + index for index, cells in enumerate(lines) if cells}
        last = first + len(lines) - 1
        rows = {row_id for (row_id,) in self._journal.execute(ROWS_BETWEEN, (first, last))}
        found.lines += len(stored)
        for row_id in sorted(stored - rows):
            found.missing.add(row_id - self._low)
        for row_id in sorted(rows - stored):
            found.surplus.add(row_id - self._low)

    def _check_outside(self, first: int, last: int, found: Stored) -> None:
        """Rows of no block were added, and have cells of their own."""
        for row_id, has_cells in self._journal.execute(ROWS_OUTSIDE, (first, last)):
            if has_cells:
                found.added += 1
            else:
                found.surplus.add(row_id - self._low)

    def lacks_lead(self) -> Numbers:
        """Accepted rows without an Id."""
        return self._numbers(LACKS_LEAD)

    def has_lead(self) -> Numbers:
        """Rows with an Id that can have none."""
        return self._numbers(HAS_LEAD)

    def without_call(self) -> Numbers:
        """Rows that are sending or accepted, and were never sent."""
        return self._numbers(WITHOUT_CALL)

    def _numbers(self, statement: str) -> Numbers:
        found = Numbers()
        for (row_id,) in self._journal.execute(statement, (self._low, self._high)):
            found.add(row_id - self._low)
        return found

    def fates(self) -> Iterator[Fate]:
        """Every row, in the file's order."""
        for row_id, status, lead, changed_at in self._journal.execute(
            FATES, (self._low, self._high)
        ):
            yield Fate(row_id - self._low, status, lead, changed_at)

    def outputs(self, kind: str) -> list[Output]:
        """The newest first."""
        found = self._journal.execute(OUTPUTS, (self._job.number, kind)).fetchall()
        return [Output(path_of(path), *more) for path, *more in found]

    def left(self) -> int:
        """How much of a purged job is still there; 0 where all is gone."""
        found: int
        values = {"low": self._low, "high": self._high}
        (found,) = self._journal.execute(LEFT, values).fetchone()
        return found


def shared_leads(journal: Journal) -> list[list[tuple[int, int]]]:
    """Leads of the whole journal that several rows were created with: each one's rows, as job and
    row number."""
    found = []
    for (ids,) in journal.execute(SHARED_LEADS):
        rows = sorted(map(int, ids.split()))
        found.append([(row_id >> 32, row_id & ROW_BITS) for row_id in rows])
    return found


def _lines(cells: bytes) -> list[list[str]] | None:
    """A block's rows; None where its bytes are damaged."""
    try:
        return unpack_cells(cells)
    except (zlib.error, UnicodeDecodeError, json.JSONDecodeError):
        return None
