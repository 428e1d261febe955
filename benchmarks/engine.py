"""How fast the engine is without a limit, as a ratio against a bare asyncio loop.

`python -m benchmarks.engine [--rows N] [--pairs N]`: against a local server that answers at once,
whole processes in turn: the importer, which claims and records each row durably, and a bare
httpx.AsyncClient loop of 16 tasks that journals nothing. Goal: at least 2 times as fast.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figure import Figure, at_least, sizes, tell
from benchmarks.table import write_people
from tests.acceptance.world import MAPPING

GOAL = 2.0


def main() -> int:
    given = sizes(figures, __doc__)
    rows, pairs = given["rows"], timed_pairs(**given)
    for ours, bare in pairs:
        speeds = f"importer {rows / ours:.0f} rows/s, bare asyncio {rows / bare:.0f}"
        print(f"{speeds}, ratio {bare / ours:.2f}")
    return tell([judged(rows, pairs)])


def figures(rows: int = 3000, pairs: int = 5) -> list[Figure]:
    return [judged(rows, timed_pairs(rows, pairs))]


def judged(rows: int, pairs: Sequence[tuple[float, float]]) -> Figure:
    """Of the seconds of each pair, ours first."""
    ratios = [bare / ours for ours, bare in pairs]
    fastest = max(rows / ours for ours, _ in pairs)
    spread = f"median of {len(pairs)} pairs, {min(ratios):.2f} to {max(ratios):.2f}"
    name = f"engine without a limit, {rows:,} rows, against a bare httpx asyncio loop"
    note = f"{spread}; {fastest:,.0f} rows/s at best"
    return at_least(name, statistics.median(ratios), GOAL, "{:.2f} ×", note)


def timed_pairs(rows: int, pairs: int) -> list[tuple[float, float]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = write_people(folder / "people.csv", rows)
        (folder / "mapping.yaml").write_text(MAPPING)
        return [pair(folder, file, turn) for turn in range(pairs)]


def pair(folder: Path, file: Path, turn: int) -> tuple[float, float]:
    """Seconds of each whole process, each against a server of its own."""
    journal = folder / f"{turn}.db"
    ours = ["-m", "importer", "run", str(file), "-m", str(folder / "mapping.yaml"), "-q"]
    ours += ["--rate", "none", "--journal", str(journal), "--out", str(folder)]
    return timed(folder, ours), timed(folder, ["-m", "benchmarks.peer_asyncio", str(file)])


def timed(folder: Path, arguments: list[str]) -> float:
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.server"], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    environment = {
        **os.environ,
        "LSQ_HOST": server.stdout.readline().strip(),
        "LSQ_ACCESS_KEY": "access",
        "LSQ_SECRET_KEY": "secret",
        "IMPORTER_STATE": str(folder / "state"),
    }
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL
    )
    seconds = time.perf_counter() - started
    server.kill()
    server.communicate()
    return seconds


if __name__ == "__main__":
    sys.exit(main())
