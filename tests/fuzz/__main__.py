"""Broken lists, mappings and settings by the thousand, each given to the importer.

`python -m tests.fuzz [--seed N] [--lists 10000] [--mappings 2000] [--settings 500]` prints the
totals, and with --write puts them into docs/security.md; below them stands each case that ended in
a traceback, took over 5 s or 500 MB, or was counted wrongly. --keep FOLDER writes the files of
those. Exit code 1 where there was one. `--only KIND NUMBER` tries a single case, and shows it.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from benchmarks.machine import this_machine
from benchmarks.page import said, write
from tests.fuzz.cases import Kind, make
from tests.fuzz.run import Total, run

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
BEGIN = "<!-- measured: make fuzz WRITE=1 -->"
LISTS, MAPPINGS, SETTINGS = 10_000, 2_000, 500


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of all that happens to the files")
    parser.add_argument("--lists", type=int, default=LISTS)
    parser.add_argument("--mappings", type=int, default=MAPPINGS)
    parser.add_argument("--settings", type=int, default=SETTINGS)
    parser.add_argument("--write", action="store_true", help="into docs/security.md too")
    parser.add_argument("--keep", type=Path, help="a folder for the files of what is broken")
    parser.add_argument("--only", nargs=2, metavar=("KIND", "NUMBER"), help="one case, shown")
    given = parser.parse_args(arguments)
    if given.only:
        kind, number = Kind(given.only[0]), int(given.only[1])
        total = run([make(given.seed, kind, number)], keep=given.keep, is_shown=True)
        return _judged(total)
    wanted = {
        Kind.LIST: given.lists,
        Kind.MAPPING: given.mappings,
        Kind.SETTINGS: given.settings,
    }
    cases = (make(given.seed, kind, n) for kind, many in wanted.items() for n in range(many))
    tqdm.monitor_interval = 0  # it would be a thread, and a fork has no threads
    bar = tqdm(cases, total=sum(wanted.values()), unit="file", mininterval=1.0, file=sys.stderr)
    total = run(bar, keep=given.keep)
    text = f"```text\nseed: {given.seed}\n{total}\n```\n\n{said(this_machine())}"
    print(text)
    if given.write:
        write(PAGE, text, BEGIN)
    return _judged(total)


def _judged(total: Total) -> int:
    for flaw in total.flaws:
        print(f"broken: {flaw}", file=sys.stderr)
    return int(bool(total.flaws))


if __name__ == "__main__":
    sys.exit(main())
