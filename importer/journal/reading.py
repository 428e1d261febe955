"""A journal for people's scripts: its jobs and rows as values. Nothing is ever written.

In: a journal's path. Out: jobs, rows and calls. A journal of an older version is not migrated, and
one that lies where nothing can be written is read all the same.
"""

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from importer.errors import JournalError
from importer.journal import schema
from importer.journal.history import History
from importer.journal.job import Job
from importer.journal.journal import Journal
from importer.journal.opened import enter, leave
from importer.journal.patience import PatientConnection
from importer.journal.rows import JournalRow, Rows
from importer.journal.trouble import accounted, code_of, is_no_text
from importer.model import CallRecord, JobState, JobSummary, RowStatus
from importer.quoting import quoted

# Not mode=ro: it leaves an empty -wal and a -shm behind where the journal was closed in order.
LIVE, STILL = "mode=rw", "immutable=1"


@dataclass(frozen=True, slots=True)
class RowRecord:
    """One row of a job, as the journal has it.

    number: as Excel shows it. cells: a text a column, as mended last; see `column_keys` for the
    columns' names. code, column, reason: why the row is where it is, as in the reject file.
    lead_id: of the lead that the row made; existing_id: of the other one that stands in its way.
    """

    number: int
    status: RowStatus
    cells: Mapping[str, str]
    code: str | None
    column: str | None
    reason: str | None
    lead_id: UUID | None
    existing_id: UUID | None


class JournalReader:
    """Read a journal; the public name is `importer.Journal`.

    with Journal("importer.db") as journal:
        for row in journal.rows(status="rejected"):
            print(row.number, row.cells["Email"], row.reason)

    It may be read while an import runs. One thread uses it: the one that opened it.

    Raises JournalError: not there, not a journal, or of another version than this importer's. So
    does each method: the journal has no such job or row, or can't be read.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path).resolve()
        with _readable(self.path):
            self._journal = Opened(self.path)

    def close(self) -> None:
        self._journal.close()

    def __enter__(self) -> "JournalReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def jobs(self) -> list[JobSummary]:
        """All jobs, by their numbers."""
        with _readable(self.path):
            return [self._journal.summary(job) for job in self._journal.jobs()]

    def job(self, reference: int | str | None = None) -> JobSummary:
        """reference: a number or a key; None: the latest."""
        with _readable(self.path):
            return self._journal.summary(self._find(reference))

    def rows(
        self, job: int | str | None = None, status: RowStatus | str | None = None
    ) -> Iterator[RowRecord]:
        """The job's rows in the file's order, all or those of one status.

        They are read a thousand at a time, so that memory stays flat; where an import is under
        way, a later thousand is as it stands later. Raises ValueError: there is no such status.
        """
        wanted = list(RowStatus) if status is None else [RowStatus(status)]
        with _readable(self.path):
            found = self._find(job)
        self._refuse_purged(found)
        return self._rows(found, wanted)

    def attempts(self, job: int | str | None, row: int) -> list[CallRecord]:
        """The calls that left for that row, in order, and the look-ups that were made for all rows
        while its fate was open."""
        with _readable(self.path):
            found = self._find(job)
            self._refuse_purged(found)
            if Rows(self._journal, found).row(row) is None:
                raise JournalError(
                    f"job {found.number} has no row {row}",
                    where=str(self.path),
                    fix="a row's number is the one that Excel shows, where the header has one too",
                )
            return History(self._journal, found).calls(row)

    def _find(self, reference: int | str | None) -> Job:
        return self._journal.find_job(None if reference is None else str(reference))

    def _refuse_purged(self, job: Job) -> None:
        if job.state is JobState.PURGED:
            raise JournalError(
                f"job {job.number} was purged: its rows are gone, and its counts are kept",
                where=str(self.path),
                fix="read its counts: Journal.job()",
            )

    def _rows(self, job: Job, wanted: Sequence[RowStatus]) -> Iterator[RowRecord]:
        header = job.layout.header
        with _readable(self.path):
            for row in Rows(self._journal, job).of_status(wanted):
                yield _record(row, column_keys(header, len(row.cells)))


class Opened(Journal):
    """The journal on a connection that changes nothing in it."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise JournalError(
                "there is no such journal", where=str(path), fix="check the name and the folder"
            )
        enter(path, schema.refuse_torn)
        self.is_new = False
        self.path = path
        try:
            self._connection = _connect(path)
        except BaseException:
            leave(path)
            raise
        self._connection.journal = path
        self._shifts = Counter()
        try:
            self._refuse_others()
            schema.refuse_damaged(self._connection, path)
        except BaseException:
            self.close()
            raise

    def _refuse_others(self) -> None:
        """Raises JournalError: another database, or of another version."""
        (application,) = self.execute("PRAGMA application_id").fetchone()
        (version,) = self.execute("PRAGMA user_version").fetchone()
        known = len(schema.MIGRATIONS)
        if application != schema.APPLICATION_ID:
            raise _foreign(self.path)
        if version > known:
            what = f"the journal is of version {version}, and this importer knows {known}"
            fix = "use the newer importer that wrote it"
        elif version < known:
            what = f"the journal is of version {version}, and this importer reads {known}"
            named = quoted(str(self.path))
            fix = f"bring it up to date first: importer status --journal {named}"
        else:
            return
        raise JournalError(what, where=str(self.path), fix=fix)


def column_keys(header: Sequence[str], width: int) -> list[str]:
    """A name of its own for each of a row's cells.

    The header's, trimmed; the column's letter, as Excel shows it, where that is blank or where the
    row is wider. A name that stands there already has its letter behind it: `Phone (E)`.
    """
    keys: dict[str, None] = {}
    for index in range(width):
        letter = _letter(index)
        key = (header[index].strip() if index < len(header) else "") or letter
        while key in keys:
            key += f" ({letter})"
        keys[key] = None
    return list(keys)


def _letter(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    before, last = divmod(index, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)


def _connect(path: Path) -> PatientConnection:
    """A folder that can't be written to has no place for the -shm that a live journal needs; where
    no -wal is there either, nobody writes, and the file alone is the journal."""
    try:
        return _open(path, LIVE)
    except sqlite3.OperationalError:
        wal = path.with_name(f"{path.name}-wal")
        if wal.exists() and wal.stat().st_size:
            raise
        return _open(path, STILL)


def _open(path: Path, how: str) -> PatientConnection:
    connection = sqlite3.connect(
        f"{path.as_uri()}?{how}", uri=True, isolation_level=None, factory=PatientConnection
    )
    try:
        connection.be_patient(schema.BUSY_TIMEOUT_MS, schema.BUSY_TIMEOUT_MS)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Raises JournalError for what SQLite says, and for what the journal's damage makes of it."""
    with accounted(path):
        try:
            yield
        except sqlite3.Error as error:
            if code_of(error) == sqlite3.SQLITE_NOTADB:
                raise _foreign(path) from error
            if code_of(error) == sqlite3.SQLITE_CORRUPT or is_no_text(error):
                raise
            raise JournalError(
                f"the journal cannot be read: {error}",
                where=str(path),
                fix="copy it, and the -wal beside it, to a folder of your own, and read it there",
            ) from error


def _foreign(path: Path) -> JournalError:
    fix = "name a journal; its name is importer.db where nothing else was said"
    return JournalError("this is no journal of the importer", where=str(path), fix=fix)


def _record(row: JournalRow, keys: Sequence[str]) -> RowRecord:
    return RowRecord(
        number=row.number,
        status=row.status,
        cells=dict(zip(keys, row.cells, strict=True)),
        code=row.code,
        column=row.field,
        reason=row.reason,
        lead_id=row.lead_id,
        existing_id=row.existing_id,
    )
