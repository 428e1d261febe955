"""The importer in this process, which is killed for real at a crash point, or told of all of them.

`python -m tests.torture.crashing 'statements.CLAIM committed' 3 run list.csv -m mapping.yaml`: a
SIGKILL when that point is reached for the third time. The points: tests/torture/points.py.
"""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence

from importer.__main__ import main as run_importer
from importer.crashpoints import listen
from tests.torture.points import Names, all_points


class Crash:
    """Sends a signal to its own process when the point is reached for the nth time."""

    def __init__(self, point: str, nth: int, number: int = signal.SIGKILL) -> None:
        self._point, self._left, self._number = point, nth, number
        self._names = Names()
        self._lock = threading.Lock()  # calls leave in several threads

    def __call__(self, told: str) -> None:
        if self._point in self._names.at(told):
            with self._lock:
                self._left -= 1
                if self._left == 0:
                    os.kill(os.getpid(), self._number)


class Recorder:
    """Keeps the points of each moment, in order."""

    def __init__(self) -> None:
        self.moments: list[tuple[str, ...]] = []
        self._names = Names()

    def __call__(self, told: str) -> None:
        if points := self._names.at(told):
            self.moments.append(points)


def run(arguments: Sequence[str]) -> int:
    """One command of the importer; its exit code."""
    sys.argv = ["importer", *arguments]
    return run_importer()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.crashing", description=__doc__)
    parser.add_argument("point")
    parser.add_argument("nth", type=int)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    if given.point not in all_points():
        parser.error(f'there is no point "{given.point}": use one of: {", ".join(all_points())}')
    if given.nth < 1:
        parser.error(f'nth is "{given.nth}": use 1 or more')
    listen(Crash(given.point, given.nth))
    return run(given.arguments)


if __name__ == "__main__":
    sys.exit(main())
