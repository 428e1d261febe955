"""A small C library, preloaded into a real process: what it can log, shift and break there.

In: preload.c beside this, and the system's compiler. Out: environment variables for a process,
and the means to change its wall clock and its name look-ups while it runs. Never touches the
machine's clock or its resolver; the processes that a preloaded one starts are preloaded too.
"""

import os
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SOURCE = Path(__file__).with_name("preload.c")
NO_COMPILER = "no C compiler (cc) on this machine"
OFFSET = struct.Struct("=d")


def compiler() -> str | None:
    """None too on a system whose loader has no LD_PRELOAD: all but Linux."""
    if sys.platform != "linux":
        return None
    return next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)


def build(folder: Path) -> Path:
    """The library in that folder; compiled where it is not there yet.

    Raises RuntimeError: there is no compiler, or what it said.
    """
    library, cc = folder / "preload.so", compiler()
    if library.exists():
        return library
    if cc is None:
        raise RuntimeError(NO_COMPILER)
    half = folder / f"preload.{os.getpid()}"
    options = ("-shared", "-fPIC", "-O2", "-o", half, SOURCE, "-ldl", "-lpthread")
    made = subprocess.run([cc, *options], capture_output=True, text=True, check=False)
    if made.returncode:
        raise RuntimeError(f"{cc} cannot compile {SOURCE.name}:\n{made.stderr}")
    half.replace(library)
    return library


@dataclass(frozen=True, slots=True)
class Preload:
    """What is done to the processes that have `environment`; nothing, until a method is called.

    folder: is there, for the log and the files that steer the library; not the journal's folder,
    where a full disk or a read-only folder would end them too.
    journal: the file whose writes and syncs are logged, those to its -wal and -journal too.
    log: what power.after_power_loss reads. Processes may share it, one after another or at once.
    After a power cut that a test has made, the next run needs a Preload with another folder.
    die_at: such a process is killed by SIGKILL when it has logged so many events of its own: a
    moment that can be chosen exactly, between a write and its sync too.
    """

    library: Path
    folder: Path
    journal: Path | None = None
    die_at: int | None = None

    def __post_init__(self) -> None:
        if not self._offset.exists():
            self._offset.write_bytes(OFFSET.pack(0.0))
        self.log.touch()

    @property
    def log(self) -> Path:
        return self.folder / "journal.log"

    @property
    def environment(self) -> dict[str, str]:
        found = {
            "LD_PRELOAD": str(self.library.resolve()),
            "PRELOAD_CLOCK": str(self._offset.resolve()),
            "PRELOAD_DNS": str(self._broken.resolve()),
        }
        if self.journal is not None:
            found["PRELOAD_LOG"] = str(self.log.resolve())
            found["PRELOAD_PREFIX"] = str(self.journal.resolve())
            found["PRELOAD_DIE_AT"] = str(self.die_at or 0)
        return found

    def set_clock(self, offset_s: float) -> None:
        """Their wall clock is so far ahead of the machine's from now on; behind, where negative.

        Neither CLOCK_MONOTONIC nor the times of files move.
        """
        with self._offset.open("r+b", buffering=0) as file:
            file.write(OFFSET.pack(offset_s))

    def break_dns(self, error: Literal["EAI_AGAIN", "EAI_NONAME"] = "EAI_AGAIN") -> None:
        """Every look-up of a host fails from now on, that of 127.0.0.1 too."""
        self._broken.write_text("N" if error == "EAI_NONAME" else "A")

    def mend_dns(self) -> None:
        self._broken.unlink(missing_ok=True)

    @property
    def _offset(self) -> Path:
        return self.folder / "clock.offset"

    @property
    def _broken(self) -> Path:
        return self.folder / "dns.broken"
