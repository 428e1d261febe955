"""What SQLite says where the journal can't be used, as what a person can mend."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from importer.errors import ImporterError, JournalError, ResumableError

AGAIN = "then run the same command again; it carries on"
DAMAGED = (
    "put a copy from before in its place, or mend it with .recover of the sqlite3 shell; with a new"
    " journal all rows of its lists would be sent again"
)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raises JournalError or ResumableError for what SQLite raises; a bug of ours passes."""
    try:
        yield
    except sqlite3.Error as error:
        trouble = trouble_of(error, path)
        if trouble is None:
            raise
        raise trouble from error


def trouble_of(error: sqlite3.Error, path: Path) -> ImporterError | None:
    """None where it is no fault of the file, the disk or another program: a bug then."""
    where = str(path)
    match getattr(error, "sqlite_errorcode", -1) & 0xFF:  # the rest of it tells which call failed
        case sqlite3.SQLITE_NOTADB:
            fix = "name another file with --journal"
            return JournalError("this is no journal of the importer", where=where, fix=fix)
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            fix = f"make room on that disk, and see that it works, {AGAIN}"
            return JournalError(f"the journal cannot be written: {error}", where=where, fix=fix)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            fix = f"make the file and its folder writable for you, {AGAIN}"
            return JournalError(f"the journal cannot be written: {error}", where=where, fix=fix)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            fix = f"close the journal there (a database browser, a backup), {AGAIN}"
            return ResumableError("another program holds the journal", where=where, fix=fix)
        case sqlite3.SQLITE_CORRUPT:
            return JournalError(f"the journal is damaged: {error}", where=where, fix=DAMAGED)
    return None
