"""Stay, and make a pass whenever something comes into the folders, or is due again."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from importer.drops.passes import Pass
from importer.drops.scan import LOCK_NAME, Signature, signature
from importer.jobs.session import Session
from importer.passes import Fate, PassReport
from importer.settings import Drop

LOOK_S = 10.0  # between two looks at the folders: network folders tell of nothing
AGAIN_S = 300.0  # an account that could not go on is tried again
IDLE_S = 900.0  # a pass without a file: who waits for a ping gets one

Listing = dict[str, Signature | None]


def keep_watch(
    session: Session, one: Pass, drops: Sequence[Drop], show: Callable[[PassReport], None]
) -> None:
    """Does not end by itself. show: told of each pass that changed something.

    Raises InterruptedRunError: it was stopped; JournalError: the journal can't be used.
    """
    names = ", ".join(drop.name for drop in drops)
    session.voice.say(f"watching {names}; Ctrl-C ends it")
    is_first = True
    while True:
        seen = listing(drops)
        report = one.run(drops)
        if report.is_changed or is_first:  # who starts it sees what is wrong, new or not
            show(report)
        is_first = False
        session.close()  # a journal that is not in use can be copied, and put in another place
        wait_for_change(session, drops, seen, due_s(report, drops))


def listing(drops: Sequence[Drop]) -> Listing:
    """What lies in the folders, and the mappings, by path; None for what is no file."""
    found: Listing = {}
    for drop in drops:
        found[str(drop.mapping)] = signature(drop.mapping)
        with suppress(OSError), os.scandir(drop.folder) as entries:
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                if entry.name != LOCK_NAME and not is_folder:
                    found[entry.path] = signature(drop.folder / entry.name)
    return found


def due_s(report: PassReport, drops: Sequence[Drop]) -> float:
    """When the next pass is due, whatever happens in the folders."""
    if any(each.stopped for each in report.accounts):
        return AGAIN_S
    if any(each.fate is Fate.WAITING for each in report.files):
        return max(LOOK_S, *(drop.quiet_s for drop in drops))
    return AGAIN_S if any(each.fate is Fate.OPEN for each in report.files) else IDLE_S


def wait_for_change(session: Session, drops: Sequence[Drop], seen: Listing, most_s: float) -> None:
    """Until the folders hold something that was not `seen`, or most_s have gone by.

    Raises InterruptedRunError.
    """
    stop, end = session.stop, time.monotonic() + most_s
    woken = threading.Event()
    stop.tell(woken.set)
    for _ in _looks(drops, woken):
        stop.check("start it again; it carries on")
        if listing(drops).items() - seen.items() or time.monotonic() >= end:
            return


def _looks(drops: Sequence[Drop], woken: threading.Event) -> Iterator[None]:
    """Each time when it may be worth a look: at once, when a folder tells so, and now and then."""
    yield
    while True:
        folders = [drop.folder for drop in drops if drop.folder.is_dir()]
        if not folders:
            woken.wait(LOOK_S)
            yield
            continue
        from watchfiles import watch

        for _ in watch(
            *folders,
            watch_filter=None,
            stop_event=woken,
            rust_timeout=round(LOOK_S * 1000),
            yield_on_timeout=True,
            recursive=False,
            raise_interrupt=False,
        ):
            yield
            if not all(folder.is_dir() for folder in folders):
                break
        yield
