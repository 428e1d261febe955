"""The account's quota file as a database, and what a person can mend where it can't be used."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from importer.errors import ImporterError, ResumableError, SettingsError

WAIT_S = 10.0  # for another process that has it
AGAIN = "then run the same command again; it carries on"
ELSEWHERE = f"or name another folder in IMPORTER_STATE, {AGAIN}"


class TornFileError(SettingsError):
    """A power cut has torn the file, which is never synced: it is to be made anew."""


class QuotaFile(sqlite3.Connection):
    """Raises SettingsError or ResumableError for what SQLite says of the file, the disk or another
    program; a bug of ours passes."""

    path = Path()

    def execute(self, *statement: Any) -> "QuotaCursor":
        return self.cursor(QuotaCursor).execute(*statement)

    def __exit__(self, *ended: Any) -> Literal[False]:
        """Commit, or roll back."""
        with _told(self.path):
            return super().__exit__(*ended)


class QuotaCursor(sqlite3.Cursor):
    """What it is asked for is written when its last row is fetched: that may fail, too."""

    connection: QuotaFile

    def execute(self, *statement: Any) -> "QuotaCursor":
        with _told(self.connection.path):
            super().execute(*statement)
        return self

    def fetchone(self) -> Any:
        with _told(self.connection.path):
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with _told(self.connection.path):
            return super().fetchall()


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Alone: of two processes that set up one new file, SQLite turns one away at once.

    Raises ResumableError: another process has been at it for WAIT_S. OSError passes.
    """
    from filelock import FileLock, Timeout

    try:
        with FileLock(path.with_name(f"{path.name}.lock"), timeout=WAIT_S, mode=0o600):
            yield
    except Timeout as error:
        raise _held(path) from error


def open_quota_file(path: Path) -> QuotaFile:
    db = sqlite3.connect(path, isolation_level=None, timeout=WAIT_S, factory=QuotaFile)
    db.path = path
    return db


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        trouble = _trouble(error, path)
        if trouble is None:
            raise
        raise trouble from error
    except UnicodeDecodeError as error:  # SQLite's own words quote what is damaged
        raise torn("its table of contents", path) from error


def _trouble(error: sqlite3.Error, path: Path) -> ImporterError | None:
    """None where it is no fault of the file, the disk or another program."""
    match getattr(error, "sqlite_errorcode", -1) & 0xFF:  # the rest of it tells which call failed
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _held(path)
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return unusable(str(error), path, f"make room on that disk, {ELSEWHERE}")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return unusable(str(error), path, f"make it and its folder writable, {ELSEWHERE}")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return torn(str(error), path)
    return None


def _held(path: Path) -> ResumableError:
    what, fix = "another program holds the account's quota file", f"close it there, {AGAIN}"
    return ResumableError(what, where=str(path), fix=fix)


def refuse_torn(db: QuotaFile, table: str) -> None:
    """Raises TornFileError: pages of it are damaged, or the table has no row."""
    (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise torn(found, db.path)
    if db.execute(f"SELECT count(*) FROM {table}").fetchone() != (1,):
        raise torn("its row is missing", db.path)


def remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


def torn(why: str, path: Path) -> TornFileError:
    return TornFileError(
        f"the account's quota file is damaged: {why}",
        where=str(path),
        fix=f"remove it, and its -wal and -shm, {AGAIN}",
    )


def unusable(why: str | None, path: Path, fix: str = "") -> SettingsError:
    return SettingsError(
        f"the account's quota file cannot be used: {why}",
        where=str(path),
        fix=fix or f"make its folder writable, {ELSEWHERE}",
    )
