"""How fast the engine is without a limit, as a ratio against a bare asyncio loop.

`python -m benchmarks.engine [--rows N] [--pairs N]`: against a local server that answers at once,
whole processes in turn: the importer, which claims and records each row durably, and a bare
httpx.AsyncClient loop of 16 tasks that journals nothing. Goal: at least 2 times as fast.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.table import write_people
from tests.acceptance.world import MAPPING

GOAL = 2.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--pairs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = write_people(folder / "people.csv", given.rows)
        (folder / "mapping.yaml").write_text(MAPPING)
        pairs = [pair(folder, file, turn) for turn in range(given.pairs)]
    for ours, bare in pairs:
        speeds = f"importer {given.rows / ours:.0f} rows/s, bare asyncio {given.rows / bare:.0f}"
        print(f"{speeds}, ratio {bare / ours:.2f}")
    ratio = statistics.median(bare / ours for ours, bare in pairs)
    print(f"engine: {ratio:.2f} x a bare httpx asyncio loop (median of {len(pairs)}; goal {GOAL})")
    return 0 if ratio >= GOAL else 1


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
