"""A new journal, made beside its place and moved there whole: an empty file is none of ours.

A list whose journal is lost would be sent again. So what is left of one (an empty file, a log
without its journal) is told, and never taken for a place where a new one can be made.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from importer.crashpoints import reached
from importer.errors import JournalError
from importer.journal.lock import held
from importer.journal.trouble import SENT_AGAIN
from importer.quoting import quoted


def refuse_remains(path: Path) -> None:
    """Raises JournalError: there was a journal, and it is not there any more."""
    if path.exists():
        if not path.is_file():
            raise JournalError(
                "this is a device, and no journal",
                where=str(path),
                fix="name a file with --journal",
            )
        if not path.stat().st_size:
            raise JournalError(
                "the journal is empty: nothing is in the file",
                where=str(path),
                fix=f"if it held jobs, put a copy from before in its place: {SENT_AGAIN}; if it"
                f" never did, remove it: rm {quoted(str(path))}",
            )
        return
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size and not path.exists():  # or it was made just now
        raise JournalError(
            "the journal is gone, and its log is still there",
            where=str(log),
            fix=f"put the journal back beside it: {SENT_AGAIN}; or, if that is what you want, move"
            " the log away too",
        )


def make_whole(path: Path, fill: Callable[[sqlite3.Connection], None], *, wait_s: float) -> None:
    """Only its owner can read it: rows are personal data. One that is there by then is left alone.

    Raises JournalError: it can't be made there. BusyError: another process is making it, still
    after wait_s. sqlite3.Error: as `fill` does.
    """
    new = path.with_name(f"{path.name}.new")
    with _possible(path):
        _make_private(new)
        with held(path, "schema", wait_s=wait_s):
            for left in (new, new.with_name(f"{new.name}-journal")):
                left.unlink(missing_ok=True)
            if path.exists():
                return
            _make_private(new)
            with closing(sqlite3.connect(new, isolation_level=None)) as connection:
                fill(connection)
            new.replace(path)
            reached("journal moved to its place")
            _sync_folder(path.parent)


@contextmanager
def _possible(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise JournalError(
            f"the journal cannot be made: {error.strerror}",
            where=str(path),
            fix="name a file in a folder that you can write to with --journal",
        ) from error


def _make_private(new: Path) -> None:
    os.close(os.open(new, os.O_CREAT | os.O_RDWR, 0o600))
    reached("empty journal file made")


def _sync_folder(folder: Path) -> None:
    """So that a power cut does not undo the move; where a folder can be opened: not on Windows, and
    not one that its user may only write."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
