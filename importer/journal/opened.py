"""The journals that this process has open, so that none of their files is opened beside.

On POSIX, closing any handle of a file ends all locks that the process has on it, those of SQLite
too (sqlite.org/howtocorrupt.html, section 2.2): other processes would take the journal for one that
nobody has open, and cut its -shm under our feet. So the files are looked at before the first
connection of this process alone.
"""

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

_LOCK = threading.Lock()
_OPEN: Counter[str] = Counter()


def enter(journal: Path, look: Callable[[Path], None]) -> None:
    """Count one more connection, after a look at the files where it is the first. What `look`
    raises passes, and nothing is counted."""
    key = str(journal.resolve())
    with _LOCK:
        if not _OPEN[key]:
            look(journal)
        _OPEN[key] += 1


def leave(journal: Path) -> None:
    """One connection less."""
    with _LOCK:
        _OPEN[str(journal.resolve())] -= 1
