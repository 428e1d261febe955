"""The machine that was measured on, as far as it changes the numbers."""

import os
import platform
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

CPUS = Path("/proc/cpuinfo")  # Linux's


@dataclass(frozen=True, slots=True)
class Machine:
    """day: in UTC, such as 2026-01-31."""

    cpu: str
    cores: int
    memory_gb: float
    system: str
    python: str
    sqlite: str
    day: str


def this_machine() -> Machine:
    return Machine(
        cpu=_cpu(),
        cores=os.cpu_count() or 1,
        memory_gb=os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30,
        system=_system(),
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        day=f"{datetime.now(UTC):%Y-%m-%d}",
    )


def _cpu() -> str:
    lines = CPUS.read_text().splitlines() if CPUS.exists() else []
    models = [text.partition(":")[2].strip() for text in lines if text.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


def _system() -> str:
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, kernel {platform.release()}"
    except OSError:  # not Linux
        return platform.platform()
