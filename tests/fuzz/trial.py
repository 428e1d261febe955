"""Work in a process of its own, which may take 5 s of a processor and 500 MB, and no more.

In: what is to be done, and a folder. Out: how it ended, what it said, and what it took. It is
forked from this process, so that nothing is imported anew; this process has no other thread.
"""

import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MOST_S, MOST_BYTES = 5, 500 << 20
MOST_CLOCK_S = 60  # waiting takes no processor; others may need it
BROKEN = 70  # the exit code of work that raised


@dataclass(frozen=True, slots=True)
class Ended:
    """code: as a shell has it less 128, so -9 for a SIGKILL. cpu_s: seconds of a processor.
    peak: bytes, with what this process had already."""

    code: int
    out: bytes
    err: bytes
    cpu_s: float
    peak: int


def start(work: Callable[[], int], folder: Path, *, most_s: int = MOST_S) -> int:
    """Its process id. What it says goes into two files of the folder, in which it works."""
    pid = os.fork()
    if pid:
        return pid
    code = BROKEN
    try:
        _confine(folder, most_s)
        code = work()
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):  # a stream may be closed
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def wait() -> tuple[int, int, resource.struct_rusage]:
    """The next process that ends: its id, its status and what it took."""
    return os.wait4(-1, 0)


def ended(folder: Path, status: int, took: resource.struct_rusage) -> Ended:
    return Ended(
        os.waitstatus_to_exitcode(status),
        (folder / "out").read_bytes(),
        (folder / "err").read_bytes(),
        took.ru_utime + took.ru_stime,
        took.ru_maxrss * 1024,
    )


def _confine(folder: Path, most_s: int) -> None:
    os.chdir(folder)
    for number, name in enumerate((os.devnull, "out", "err")):
        opened = os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the whole process
        for number, mode in enumerate("rww")
    )
    resource.setrlimit(resource.RLIMIT_CPU, (most_s, most_s))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
    signal.alarm(MOST_CLOCK_S)
