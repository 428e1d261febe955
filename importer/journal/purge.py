"""Removing a job's personal data from the journal for good.

What stays: the job with its counts, its mapping, the times of its calls, and the fingerprints of
the rows that were accepted, so that they are known when they come again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from importer.errors import ResumableError
from importer.journal.job import Job
from importer.journal.journal import DROP_ROWS, Journal
from importer.journal.patience import QUIET_MS
from importer.journal.rows import ROW_BITS
from importer.journal.schema import BUSY_TIMEOUT_MS
from importer.journal.trouble import told
from importer.model import RowStatus

PATIENCE_MS = 5_000  # for a program that is reading the journal

# Deleted bytes are overwritten: sqlite.org/pragma.html#pragma_secure_delete
OVERWRITE = "PRAGMA secure_delete = ON"
# The write-ahead log is written into the file, and cut to nothing: sqlite.org/pragma.html, (1)
# gives whether a reader stood in the way.
FOLD_IN = "PRAGMA wal_checkpoint(TRUNCATE)"
PACK = "VACUUM"
FREE_PAGES = "PRAGMA freelist_count"

KEPT = """
CREATE TEMP TABLE kept (value INTEGER, row INTEGER, PRIMARY KEY (value, row)) WITHOUT ROWID
"""
KEEP = "INSERT OR IGNORE INTO kept (value, row) VALUES (?, ?)"
KEEP_ALL = "INSERT OR IGNORE INTO kept SELECT value, row FROM fingerprint WHERE row = ?"
DOUBT = "INSERT OR IGNORE INTO doubtful (value, row) VALUES (?, ?)"
PUT_BACK = "INSERT INTO fingerprint (value, row) SELECT value, row FROM kept"
DROP_KEPT = "DROP TABLE IF EXISTS temp.kept"
REMOVE = (
    "DELETE FROM doubtful WHERE row BETWEEN :low AND :high",
    "UPDATE decision SET detail = NULL WHERE row BETWEEN :low AND :high",
    "UPDATE mapping SET fields = '' WHERE job = :job",  # it may name the account's users
    "UPDATE job SET header = '[]' WHERE number = :job",  # a list without one has a row there
)
SET_PURGED = """
UPDATE job SET state = 'purged', purged_at = :now WHERE number = :job AND state <> 'purged'
"""

# A row's number and its lead's fingerprint; None: those that the journal has of it stay.
Kept = tuple[int, int | None]


def drop(journal: Journal, job: Job) -> None:
    """Forget a job that was never stored whole, and of which nothing was sent; then `pack`."""
    with _alone(journal):
        journal.drop_staged(job)


def remove_rows(
    journal: Journal, job: Job, accepted: Iterator[Kept], doubtful: Iterator[Kept], now: int
) -> Job:
    """Delete all that the journal has of the job's rows, in one transaction; then `pack`.

    accepted: the created and updated rows. doubtful: those of which nobody knows whether they
    arrived. Rows that wait end as skipped: given up by a person.
    Raises ResumableError: another program holds the journal. JournalError: the disk is full.
    """
    low = job.number << 32
    values = {"job": job.number, "now": now, "low": low, "high": low | ROW_BITS}
    with _alone(journal), journal.transaction():
        journal.execute(DROP_KEPT)
        journal.execute(KEPT)
        for number, fingerprint in accepted:
            if fingerprint is None:
                journal.execute(KEEP_ALL, (low + number,))
            else:
                journal.execute(KEEP, (fingerprint, low + number))
        in_doubt = [(value, low + number) for number, value in doubtful if value is not None]
        for statement in (*DROP_ROWS, *REMOVE):
            journal.execute(statement, values)
        journal.execute(PUT_BACK)
        journal.execute_many(DOUBT, in_doubt)
        journal.execute(DROP_KEPT)
        waiting = journal.counts(job.number)[RowStatus.PENDING]
        journal.shift(job.number, RowStatus.PENDING, RowStatus.SKIPPED, waiting)
        if journal.execute(SET_PURGED, values).rowcount != 1:
            raise AssertionError(f"job {job.number} was purged by another")
    return journal.job(job.number)


def pack(journal: Journal) -> None:
    """Write the journal anew without the pages that are free, so that nothing deleted is left.

    Raises ResumableError: another program holds the journal. JournalError: the disk is full.
    """
    with _alone(journal):
        _fold_in(journal)
        journal.execute(PACK)
        _fold_in(journal)


def has_free_pages(journal: Journal) -> bool:
    """Whether something was deleted since the journal was packed."""
    free: int
    (free,) = journal.execute(FREE_PAGES).fetchone()
    return free > 0


def _fold_in(journal: Journal) -> None:
    busy, _, _ = journal.execute(FOLD_IN).fetchone()
    if busy:
        raise _in_use(journal)


@contextmanager
def _alone(journal: Journal) -> Iterator[None]:
    """Overwrite what is deleted, and wait a short while only for other programs."""
    journal.execute(OVERWRITE)
    journal.be_patient(PATIENCE_MS, PATIENCE_MS)
    try:
        with told(journal.path):
            yield
    finally:
        journal.be_patient(BUSY_TIMEOUT_MS, QUIET_MS)


def _in_use(journal: Journal) -> ResumableError:
    return ResumableError(
        "another program holds the journal",
        where=str(journal.path),
        fix="close it there (a database browser, a backup), then run the same command again; it"
        " carries on",
    )
