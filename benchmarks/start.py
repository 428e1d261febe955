"""What it costs to start: the command, and a program that imports the Python API.

`python -m benchmarks.start [--pairs N]`: whole processes in turn, after one of each that is not
counted: `importer --help` and `python -c "import click"`; then `python -c "import importer"` and a
bare interpreter. The ratios are the medians of the pairs. Goals: 2.5 x, 2 x.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figure import Figure, at_most, sizes, tell

GOAL_HELP, GOAL_IMPORT = 2.5, 2.0


def main() -> int:
    return tell(figures(**sizes(figures, __doc__)))


def figures(pairs: int = 21) -> list[Figure]:
    """Of processes in an empty folder: what is installed is imported, not what lies there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = ratios(folder, [program(), "--help"], python("import click"), pairs)
        api = ratios(folder, python("import importer"), python("pass"), pairs)
    return [
        judged('`importer --help`, against `python -c "import click"`', command, GOAL_HELP),
        judged("`import importer`, against a bare interpreter", api, GOAL_IMPORT),
    ]


def judged(name: str, found: Sequence[float], goal: float) -> Figure:
    note = f"median of {len(found)}, {min(found):.2f} to {max(found):.2f}"
    return at_most(name, statistics.median(found), goal, "{:.2f} ×", note)


def program() -> str:
    """The command of the environment that this runs in."""
    found = shutil.which("importer", path=str(Path(sys.executable).parent))
    assert found, "the importer is not installed: make install"
    return found


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def ratios(folder: Path, ours: Sequence[str], bare: Sequence[str], pairs: int) -> list[float]:
    for command in (ours, bare):
        seconds(folder, command)
    return [seconds(folder, ours) / seconds(folder, bare) for _ in range(pairs)]


def seconds(folder: Path, command: Sequence[str]) -> float:
    """Of the whole process."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
