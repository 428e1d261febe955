"""All benchmarks one after another, and one table of what they found.

`python -m benchmarks [--write] [--quick]`: each in a process of its own, so that the memory of one
is not counted for the next. The table goes to stdout, and with --write into docs/performance.md
too. A benchmark that breaks is shown as missed, and the others go on. Exit code 1 where any goal is
missed. The sizes are the defaults of each module's `figures`.
"""

import argparse
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks import (
    drops,
    engine,
    kills,
    quota,
    reading,
    report,
    staging,
    start,
    suggest,
    transforms,
    workbook,
)
from benchmarks.figure import Figure, exit_code
from benchmarks.machine import this_machine
from benchmarks.page import PAGE, rendered, write


@dataclass(frozen=True, slots=True)
class Benchmark:
    """quick: sizes that show that it works, and whose numbers mean nothing."""

    name: str
    figures: Callable[..., list[Figure]]
    quick: Mapping[str, int]


BENCHMARKS = (
    Benchmark("quota", quota.figures, {"calls": 26, "restarts": 1, "undone": 6}),
    Benchmark("drops", drops.figures, {"files": 4, "rows": 3, "accounts": 2}),
    Benchmark("engine", engine.figures, {"rows": 100, "pairs": 1}),
    Benchmark("staging", staging.figures, {"rows": 1000}),
    Benchmark("reading", reading.figures, {"rows": 1000, "times": 1}),
    Benchmark("suggest", suggest.figures, {"rows": 1000, "times": 1}),
    Benchmark("transforms", transforms.figures, {"rows": 1000}),
    Benchmark("workbook", workbook.figures, {"rows": 1000}),
    Benchmark("report", report.figures, {"rows": 1000}),
    Benchmark("start", start.figures, {"pairs": 1}),
    Benchmark("kills", kills.figures, {"kills": 1, "rows": 100}),
)


def main(
    arguments: Sequence[str] | None = None,
    benchmarks: Sequence[Benchmark] = BENCHMARKS,
    page: Path = PAGE,
) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md too")
    parser.add_argument("--quick", action="store_true", help="few rows: only shows that all works")
    given = parser.parse_args(arguments)
    if given.write and given.quick:
        parser.error("the numbers of --quick mean nothing: write without it")
    figures = measured(benchmarks, quick=given.quick)
    text = rendered(figures, this_machine())
    print(text)
    if given.write:
        write(page, text)
    return exit_code(figures)


def measured(benchmarks: Sequence[Benchmark], *, quick: bool) -> list[Figure]:
    """All figures, in order; a line to stderr before each benchmark."""
    found: list[Figure] = []
    for number, each in enumerate(benchmarks, start=1):
        print(f"{number}/{len(benchmarks)} {each.name}", file=sys.stderr, flush=True)
        found += alone(each, each.quick if quick else {})
    return found


def alone(benchmark: Benchmark, sizes: Mapping[str, int]) -> list[Figure]:
    """Of a new process, whose peak memory begins at nothing."""
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            return process.submit(benchmark.figures, **sizes).result()
    except Exception as error:  # the minutes that the others took are not lost
        traceback.print_exc()
        return [Figure(benchmark.name, "not measured", "–", False, f"it broke: {error!r}")]


if __name__ == "__main__":
    sys.exit(main())
