"""What is said of several files that are under way at once: each line begins with its file."""

import threading
import time
from collections.abc import Callable

from importer.model import OPEN, JobSummary, Progress

EVERY_S = 30.0  # between two lines on how far a file is
STORED_EVERY = 100_000

Say = Callable[[str], None]


class Lines:
    """One line at a time, whoever says it."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._lock = threading.Lock()

    def say(self, text: str) -> None:
        with self._lock:
            self._say(text)


class FileVoice:
    """A `Voice` of one file. name: such as events/leads.csv."""

    def __init__(
        self, name: str, lines: Lines, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._name = name
        self._lines = lines
        self._clock = clock
        self._told_at = clock()
        self._stored = 0

    def say(self, text: str) -> None:
        self._lines.say(f"{self._name}: {text}")

    def stored(self, row: int) -> None:
        if row - self._stored >= STORED_EVERY:
            self._stored = row
            self.say(f"stored up to row {row:,}")

    def progress(self, progress: Progress, summary: JobSummary) -> None:
        if self._clock() - self._told_at < EVERY_S:
            return
        self._told_at = self._clock()
        done = summary.rows - sum(progress.counts[status] for status in OPEN)
        note = f", {progress.note}" if progress.note else ""
        self.say(f"{done:,} of {summary.rows:,} rows{note}")
