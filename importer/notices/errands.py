"""Errands to other machines, all at once, and none for longer than the patience of all.

Each has a thread of its own, which is left behind where it does not come back: it ends with the
process. What a library logs in such a thread is heard by nobody: it may have addresses.
"""

import logging
import re
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

PATIENCE_S = 10.0
THREAD = "importer-notice"
# A filter holds for a logger alone, not for those below it.
TALKERS = (
    "apprise",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.proxy",
    "httpx",
    "requests",
    "urllib3.connectionpool",
    "urllib3.util.retry",
)
STATUS = re.compile(r"\berror=(\d{3})\b")  # how apprise logs what a service answered


@dataclass(frozen=True, slots=True)
class Errand:
    """go: what did not work, in words without an address; "" where it did. where, fix: to go with
    these words."""

    where: str
    fix: str
    go: Callable[[], str]


class Overheard(logging.Filter):
    """Lets pass what others log; of our own threads' records keeps the status of an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.statuses: dict[int, str] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if not (record.threadName or "").startswith(THREAD):
            return True
        with suppress(Exception):  # a record whose arguments do not fit its text
            found = STATUS.search(record.getMessage())
            if found and record.thread is not None:
                self.statuses[record.thread] = found[1]
        return False

    def status(self) -> str:
        """Of the last answer that this thread got; "" for none."""
        return self.statuses.pop(threading.get_ident(), "")


OVERHEARD = Overheard()


def run_all(errands: Sequence[Errand], patience_s: float = PATIENCE_S) -> list[tuple[Errand, str]]:
    """Those that did not work, with the words for it."""
    hush()
    words: dict[int, str] = {}
    threads = [
        threading.Thread(
            target=_run, args=(errand, number, words), name=f"{THREAD}-{number}", daemon=True
        )
        for number, errand in enumerate(errands)
    ]
    for thread in threads:
        thread.start()
    end = time.monotonic() + patience_s
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    late = f"no answer within {patience_s:g} seconds"
    found = [(errand, words.get(number, late)) for number, errand in enumerate(errands)]
    return [(errand, what) for errand, what in found if what]


def hush() -> None:
    """A logger takes the same filter once. The last resort is stderr, where nothing else is set."""
    for name in TALKERS:
        logging.getLogger(name).addFilter(OVERHEARD)
    if logging.lastResort is not None:
        logging.lastResort.addFilter(OVERHEARD)


def _run(errand: Errand, number: int, words: dict[int, str]) -> None:
    try:
        words[number] = errand.go()
    except Exception as error:  # any library's: its text may have the address
        words[number] = f"it failed with {type(error).__name__}"
    finally:
        OVERHEARD.status()  # another thread may get this one's number
