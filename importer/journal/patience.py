"""A connection that waits for another program that holds the database, and says so.

SQLite waits by itself, without a word: so it waits a moment, then that is said, then it waits the
rest. One that has waited all of it in vain waits no more: what a command does last, such as writing
its files, needs no second minute.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from importer.journal.opened import leave
from importer.journal.trouble import code_of

QUIET_MS = 1_500  # a wait that a person does not wonder at
SLICE_MS = 500  # while SQLite waits, no signal is heeded

OnWait = Callable[[], None]


def in_silence() -> None:
    pass


class PatientConnection(sqlite3.Connection):
    """on_wait: called where a statement has waited for a while, and goes on waiting. journal: that
    it counts for as open, None where it does for none."""

    on_wait: OnWait = staticmethod(in_silence)
    journal: Path | None = None
    _quiet_ms = _most_ms = 0

    def close(self) -> None:
        super().close()
        if self.journal is not None:
            leave(self.journal)
            self.journal = None

    def be_patient(self, most_ms: int, quiet_ms: int) -> None:
        """Wait so long at most for another program, the first of it without saying so."""
        self._most_ms, self._quiet_ms = most_ms, min(quiet_ms, most_ms)
        self._set_timeout(self._quiet_ms)

    def execute(self, *statement: Any) -> sqlite3.Cursor:
        try:
            return super().execute(*statement)
        except sqlite3.OperationalError as error:
            return self.go_on_waiting(error, *statement)

    def go_on_waiting(self, error: sqlite3.OperationalError, *statement: Any) -> sqlite3.Cursor:
        """With a statement that ended so. Raises the error where it is about something else."""
        if code_of(error) != sqlite3.SQLITE_BUSY or self._most_ms <= self._quiet_ms:
            raise error
        self.on_wait()
        left_ms = self._most_ms - self._quiet_ms
        while True:
            self._set_timeout(min(left_ms, SLICE_MS))
            left_ms -= SLICE_MS
            try:
                found = super().execute(*statement)
            except sqlite3.OperationalError as error:
                if left_ms > 0 and code_of(error) == sqlite3.SQLITE_BUSY:
                    continue
                self.be_patient(0, 0)
                raise
            self._set_timeout(self._quiet_ms)
            return found

    def _set_timeout(self, ms: int) -> None:
        super().execute(f"PRAGMA busy_timeout = {ms}")
