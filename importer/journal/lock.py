"""Locks of the operating system, held by a live process only.

A killed process loses its locks at once, so that the next run can start; a stopped one keeps
them, so that it can't be overtaken. A lock's file stays when it is released: removing it would
let two processes lock two files of one name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from importer.crashpoints import reached
from importer.errors import BusyError, JournalError


@contextmanager
def held(journal: Path, name: str, *, wait_s: float = 0) -> Iterator[None]:
    """Hold the journal's lock of that name.

    Raises BusyError: another process has it, and still has it after wait_s.
    """
    from filelock import FileLock, Timeout

    journal = journal.resolve()
    folder = journal.with_name(f"{journal.name}.locks")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        lock = FileLock(folder / f"{name}.lock", timeout=wait_s)
        lock.acquire()
    except Timeout:
        raise BusyError(
            f"another importer is at work on {name.replace('-', ' ')} of this journal",
            where=str(journal),
            fix="wait until it ends, or stop it with Ctrl-C; nothing was sent from here",
        ) from None
    except OSError as error:
        raise JournalError(
            f"the journal's lock cannot be made: {error.strerror}",
            where=str(folder),
            fix="make that folder writable",
        ) from error
    try:
        reached("lock held")
        yield
    finally:
        lock.release()
