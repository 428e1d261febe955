"""What SQLite says where the journal can't be used, as what a person can mend."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from importer.errors import ImporterError, JournalError, ResumableError
from importer.quoting import quoted

AGAIN = "then run the same command again; it carries on"
DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
DAMAGED = "the journal is damaged: "
SENT_AGAIN = "with a new journal all rows of its lists would be sent again"
# Python's own, without a code; the rest of it quotes the text.
NO_TEXT = "Could not decode to UTF-8"


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


@contextmanager
def accounted(path: Path) -> Iterator[None]:
    """As `told`; and where nothing else accounts for an exception, a damaged journal does."""
    try:
        with told(path):
            yield
    except ImporterError:
        raise
    except Exception as error:
        from importer.journal.soundness import flaw_of  # it reads journals, which are told of here

        flaw = flaw_of(path)
        if flaw is None:
            raise
        raise damaged(flaw, path) from error


def trouble_of(error: sqlite3.Error, path: Path) -> ImporterError | None:
    """None where it is no fault of the file, the disk or another program: a bug then."""
    where = str(path)
    match code_of(error):
        case sqlite3.SQLITE_NOTADB:
            fix = f"name another file with --journal; or, if this is the journal, {_salvage(path)}"
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
            return damaged(str(error), path)
    if is_no_text(error):
        return damaged("a text in it is none", path)
    return None


def is_no_text(error: sqlite3.Error) -> bool:
    return str(error).startswith(NO_TEXT)


def code_of(error: sqlite3.Error) -> int:
    """The primary code, the rest of which tells what call failed; -1 for Python's own errors."""
    code: int = getattr(error, "sqlite_errorcode", -1)
    return code & 0xFF if code >= 0 else -1


def damaged(flaw: str, path: Path) -> JournalError:
    """flaw: without any row's values."""
    return JournalError(
        f"{DAMAGED}{flaw}",
        where=str(path),
        fix=f"{_salvage(path)}, and says how to go on; or put a copy from before in its place;"
        f" {SENT_AGAIN}",
    )


def _salvage(path: Path) -> str:
    return f"importer salvage --journal {quoted(str(path))} saves what can be read of it"


def file_at(path: Path) -> tuple[int, int] | None:
    """What tells the file there from any other; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def gone(path: Path) -> JournalError:
    """SQLite writes on into a file that was removed: what is sent then, nobody knows of."""
    return JournalError(
        "the journal was moved or removed while it was in use: nothing more is sent",
        where=str(path),
        fix=f"put it back, with the -wal beside it, and run the same command again: {SENT_AGAIN}",
    )
