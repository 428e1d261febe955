"""What was read of a damaged journal, kept in a sound database beside its copy.

In: a journal. Out: its jobs, each row's record and each line of the file in order, whether these
stand where they can be, and what the rest of the journal says of a row. What is to be believed of
it: salvage.py.
"""

import errno
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from importer.errors import JournalError
from importer.journal.blocks import unpack_cells
from importer.journal.damaged import (
    BROKEN,
    Pieces,
    Range,
    Record,
    copied,
    copy_of,
    lay_schema,
    open_copy,
)
from importer.journal.journal import Journal
from importer.journal.records import (
    STATUSES,
    Line,
    SavedJob,
    State,
    is_block,
    is_job,
    is_state,
    job_of,
    state_of,
)
from importer.journal.rows import ROW_BITS
from importer.journal.soundness import flaw_of
from importer.model import RowStatus

ROWS = "id, status, lead_id, existing_id, reason, changed_at, cells"
BLOCKS = "id, length, cells"
JOBS = "number, key, file, sheet, delimiter, header, state"
ROW_STEP, BLOCK_STEP = 16, 64  # a page has 20 rows or more
MOST_JOBS = 1_000  # looked for one by one where the table of jobs can't be read
MOST_ROWS = 1 << 20  # of a job that nothing tells the length of
SCRATCH = """
CREATE TABLE state (id INTEGER PRIMARY KEY, status, lead_id, existing_id, reason, changed_at, cells,
                    is_told_twice NOT NULL DEFAULT 0);
CREATE TABLE block (id INTEGER PRIMARY KEY, length, cells, is_told_twice NOT NULL DEFAULT 0);
"""
KEEP_STATE = """
INSERT INTO state VALUES (?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (id) DO UPDATE SET is_told_twice = 1
WHERE (status, lead_id, existing_id, reason, changed_at, cells) IS NOT
      (excluded.status, excluded.lead_id, excluded.existing_id, excluded.reason,
       excluded.changed_at, excluded.cells)
"""
KEEP_BLOCK = """
INSERT INTO block VALUES (?, ?, ?, 0) ON CONFLICT (id) DO UPDATE SET is_told_twice = 1
WHERE (length, cells) IS NOT (excluded.length, excluded.cells)
"""
STATES = "SELECT * FROM state WHERE id BETWEEN ? AND ? ORDER BY id"
STATE_IDS = "SELECT id FROM state WHERE id BETWEEN ? AND ?"
PENDING = "SELECT count(*) FROM state WHERE id BETWEEN ? AND ? AND status = CAST('pending' AS BLOB)"
BLOCK_RANGES = """
SELECT id, id + length - 1, is_told_twice FROM block WHERE id BETWEEN ? AND ? ORDER BY id
"""
BLOCK_CELLS = "SELECT cells FROM block WHERE id = ?"
JOBS_SEEN = """
SELECT id >> 32 FROM state GROUP BY 1 HAVING count(*) > 1 UNION SELECT id >> 32 FROM block
"""
LAST_ID = """
SELECT max((SELECT coalesce(max(id), 0) FROM state WHERE id BETWEEN :low AND :high),
           (SELECT coalesce(max(id + length), 0) FROM block WHERE id BETWEEN :low AND :high))
"""
ANYTHING = "SELECT EXISTS (SELECT 1 FROM state) OR EXISTS (SELECT 1 FROM block)"
COUNTS = "SELECT status, rows FROM count WHERE job = ?"
LAST_CALL = """
SELECT started_at FROM attempt WHERE row = ? AND call IS NULL ORDER BY number DESC LIMIT 1
"""
# Read from the index alone, whose pages are others than the table's: sqlite.org/partialindex.html
HOLDER = "SELECT id FROM row INDEXED BY row_lead WHERE status = 'created' AND lead_id = ?"
TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"
OURS = {b"job", b"row", b"block"}
MOST_FLAWS = 20
NO_TABLES = "its table of contents cannot be read"


@contextmanager
def saved(journal: Path) -> Iterator["Saved"]:
    """Raises JournalError: it is not there, or is none, or nothing of it can be read; or there is
    no room for a copy."""
    with tempfile.TemporaryDirectory(prefix="importer-") as name:
        with _told_of_copying(journal):
            copy = copy_of(journal, Path(name))
        db, flaws = _opened(journal, copy.path)
        with (
            closing(db),
            closing(sqlite3.connect(Path(name) / "scratch.db", isolation_level=None)) as scratch,
        ):
            scratch.execute("PRAGMA synchronous = OFF")
            scratch.executescript(SCRATCH)
            found = Saved(db, scratch, [*copy.flaws, *flaws], is_whole=copy.is_whole)
            if not found.jobs:
                raise _nothing(journal)
            yield found


def flaw_to_others(journal: Path) -> str | None:
    """What makes other commands refuse the journal. Only a copy is opened: they may change it.

    Raises JournalError: there is no room for a copy.
    """
    with tempfile.TemporaryDirectory(prefix="importer-") as name, _told_of_copying(journal):
        return flaw_of(copied(journal, Path(name)), Journal)


@contextmanager
def _told_of_copying(journal: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        fix = "name a journal that you can read with --journal"
        if error.errno not in (errno.ENOENT, errno.EISDIR, errno.EACCES):
            fix = f"make room for a copy in {tempfile.gettempdir()}, or name a folder in TMPDIR"
        what = f"the journal cannot be copied: {error.strerror}"
        raise JournalError(what, where=str(journal), fix=fix) from error


def _opened(journal: Path, copy: Path) -> tuple[sqlite3.Connection, list[str]]:
    """The copy, with a new table of contents where it has none that can be read; and what was wrong
    with it."""
    with suppress(*BROKEN):
        db = open_copy(copy)
        tables = {name for (name,) in db.execute(TABLES)}
        if tables >= OURS:
            return db, []
        db.close()
        if tables:
            raise JournalError(
                "this is a database, but no journal of the importer",
                where=str(journal),
                fix="name another file with --journal",
            )
    try:
        lay_schema(copy)
        return open_copy(copy), [NO_TABLES]
    except BROKEN as error:
        raise _nothing(journal) from error


def _nothing(journal: Path) -> JournalError:
    return JournalError(
        "nothing of a journal can be read there",
        where=str(journal),
        fix="name the journal with --journal; if it is this, put a copy from before in its place,"
        " or see what the sqlite3 shell's .recover makes of it",
    )


class Saved:
    """is_whole: whether no change that was committed is missing from the log. flaws: those that are
    given, and what SQLite finds wrong, some of it."""

    def __init__(
        self,
        db: sqlite3.Connection,
        scratch: sqlite3.Connection,
        flaws: Sequence[str],
        *,
        is_whole: bool,
    ) -> None:
        self._db = db
        self._scratch = scratch
        self.is_whole = is_whole
        self.flaws = [*flaws, *_flaws(db)]
        self._states = Pieces(db, "row", ROWS, ROW_STEP, is_state)
        self._blocks = Pieces(db, "block", BLOCKS, BLOCK_STEP, is_block)
        self._keep(self._states.ends(), self._blocks.ends())
        self.jobs = self._read_jobs()
        ranges = [self._likely_range(job) for job in self.jobs]
        self._keep(self._states.rest(ranges), self._blocks.rest(ranges))

    def _keep(self, states: Iterable[Record], blocks: Iterable[Record]) -> None:
        self._scratch.execute("BEGIN")
        self._scratch.executemany(KEEP_STATE, states)
        self._scratch.executemany(KEEP_BLOCK, blocks)
        self._scratch.execute("COMMIT")

    def _read_jobs(self) -> list[SavedJob]:
        """Those of their table, and those that have rows."""
        pieces = Pieces(self._db, "job", JOBS, 1, is_job)
        records = [*pieces.ends(), *pieces.rest([(1, MOST_JOBS)])]
        found = {job.number: job for job in map(job_of, records)}
        for (number,) in self._scratch.execute(JOBS_SEEN):
            found.setdefault(number, SavedJob(number))
        return [replace(found[number], counts=self._counts(number)) for number in sorted(found)]

    def _likely_range(self, job: SavedJob) -> Range:
        low, high = job.range
        (last,) = self._scratch.execute(LAST_ID, {"low": low, "high": high}).fetchone()
        told = low + sum((job.counts or {}).values())
        return low, max(last, told) if last or job.counts else low + MOST_ROWS

    def _counts(self, job: int) -> Mapping[RowStatus, int] | None:
        """None where one is missing, or can be none."""
        try:
            records = self._db.execute(COUNTS, (job,)).fetchall()
        except BROKEN:
            return None
        found = {STATUSES[status]: rows for status, rows in records if status in STATUSES}
        is_sound = all(isinstance(rows, int) and 0 <= rows <= ROW_BITS for rows in found.values())
        return found if is_sound and found.keys() == {*RowStatus} else None

    # Rows

    def states(self, job: SavedJob) -> Iterator[State]:
        for record in self._scratch.execute(STATES, job.range):
            yield state_of(record, is_misplaced=record[0] in self._states.misplaced)

    def pending(self, job: SavedJob) -> int:
        """Rows whose record says so."""
        (found,) = self._scratch.execute(PENDING, job.range).fetchone()
        return int(found)

    def lines(self, job: SavedJob) -> Iterator[Line]:
        """The file's lines, in order."""
        end = 0
        for first, last, is_sound in self._blocks_of(job):
            for row_id, cells in enumerate(self._unpacked(first), start=first):
                if row_id > end:
                    yield Line(row_id, cells if is_sound or not cells else None)
            end = max(end, last)

    def may_have_line(self, row_id: int) -> bool:
        """Whether the row may be in a block that can't be read."""
        return self._blocks.has_gap(row_id, row_id)

    def _blocks_of(self, job: SavedJob) -> Iterator[tuple[int, int, bool]]:
        """Each block's ids, and whether it is at its place: nothing else is, and each of its lines
        has a row."""
        found = self._scratch.execute(BLOCK_RANGES, job.range).fetchall()
        ends = [0, *(last for _, last, _ in found)]
        starts = [*(first for first, _, _ in found[1:]), 1 << 63]
        for (first, last, is_told_twice), before, after in zip(found, ends, starts, strict=False):
            is_alone = before < first and last < after and not is_told_twice
            is_placed = is_alone and first not in self._blocks.misplaced
            yield first, last, is_placed and self._fits(first, last)

    def _fits(self, first: int, last: int) -> bool:
        """Whether each line has a row; where rows can't be read, that is not known."""
        if self._states.has_gap(first, last):
            return True
        ids = {row_id for (row_id,) in self._scratch.execute(STATE_IDS, (first, last))}
        lines = enumerate(self._unpacked(first), start=first)
        return ids.issuperset(row_id for row_id, cells in lines if cells)

    def _unpacked(self, first: int) -> list[list[str]]:
        (cells,) = self._scratch.execute(BLOCK_CELLS, (first,)).fetchone()
        return unpack_cells(cells)

    # What the rest of the journal says

    def last_call(self, row_id: int) -> int:
        """When the row was sent last, ms; 0 where it never was. Raises one of BROKEN."""
        found = self._db.execute(LAST_CALL, (row_id,)).fetchone()
        if found is None:
            return 0
        if not isinstance(found[0], int):
            raise sqlite3.DatabaseError("no moment")
        return found[0]

    def holder(self, lead_id: UUID) -> int | None:
        """The row that made the lead; None where none is known to have."""
        with suppress(*BROKEN):
            found = self._db.execute(HOLDER, (lead_id.bytes,)).fetchone()
            return found[0] if found and isinstance(found[0], int) else None
        return None


def _flaws(db: sqlite3.Connection) -> list[str]:
    try:
        found = db.execute(f"PRAGMA integrity_check({MOST_FLAWS})").fetchall()
    except BROKEN as error:
        return [str(error)] if isinstance(error, sqlite3.Error) else ["its words are damaged"]
    lines = [line for (text,) in found for line in text.decode(errors="replace").splitlines()]
    told = dict.fromkeys(line for line in lines if line != "ok" and not line.startswith("***"))
    return list(told)
