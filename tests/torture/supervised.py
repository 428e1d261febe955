"""Work in a process of its own, of which nothing is left when it ends, however that is.

In: what is to be done. Out: its exit code. It has a session of its own, and a folder for all that
is written for a while. At its end, or where this process is told to stop, each process of that
session is killed, what was mounted in the folder is taken off, and the folder is removed: there are
copies of a person's list in it. Only a SIGKILL of this process leaves them.
"""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.context import ForkProcess
from pathlib import Path
from types import FrameType

from tests.acceptance.world import pause

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOOK_S = 0.2
TRIES = 50  # 0.1 s each: a process that was killed may still be in the midst of a write
MOUNTS = Path("/proc/self/mounts")


def supervised(work: Callable[[], int]) -> int:
    """128 + the signal where one has ended it."""
    with _heeded() as signals:
        folder = Path(tempfile.mkdtemp(prefix="torture-"))
        process = multiprocessing.get_context("fork").Process(target=_apart, args=(work, folder))
        try:
            process.start()
            while process.is_alive() and not signals:
                process.join(LOOK_S)
        finally:
            _end(process)
            _remove(folder)
    if signals:
        name = signal.Signals(signals[0]).name
        sys.stderr.write(f"stopped by {name}: all processes and folders of it are gone\n")
        return 128 + signals[0]
    code = process.exitcode
    return code if code is not None and code >= 0 else 1


@contextmanager
def _heeded() -> Iterator[list[int]]:
    """The signals that came meanwhile; none of them ends this process."""
    found: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        found.append(number)

    heeded = [number for number in SIGNALS if signal.getsignal(number) != signal.SIG_IGN]  # nohup
    before = {number: signal.signal(number, note) for number in heeded}
    try:
        yield found
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _apart(work: Callable[[], int], folder: Path) -> None:
    os.setsid()
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    sys.exit(work())


def _end(process: ForkProcess) -> None:
    """All of its session; it may not have begun one yet."""
    process.kill()
    if process.pid is not None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.join()


def _remove(folder: Path) -> None:
    for _ in range(TRIES):
        for mounted in _mounted(folder):
            subprocess.run(["umount", "--lazy", mounted], check=False)
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        pause(0.1)
    sys.stderr.write(f"this folder could not be removed: {folder}\n")


def _mounted(folder: Path) -> list[str]:
    """The innermost first."""
    if not MOUNTS.exists():
        return []
    places = [line.split()[1] for line in MOUNTS.read_text().splitlines()]
    return sorted((place for place in places if Path(place).is_relative_to(folder)), reverse=True)
