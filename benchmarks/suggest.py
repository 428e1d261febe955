"""What it costs to draft a mapping from a list.

`python -m benchmarks.suggest [--rows N] [--times N]`: CPU time of reading a CSV of 12 columns,
judging its columns and writing the draft, as a ratio against one bare pass of csv.reader over the
same file in the same run; the median of some times. What is made once for a process (the words of
six languages, libraries) is made before. Goal: 10 passes.
"""

import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.figure import Figure, at_most, sizes, tell
from benchmarks.reading import exhaust, median, spent, with_values
from benchmarks.staging import write_list
from importer.intake.source.file import Reading
from importer.intake.source.open import open_source
from importer.intake.suggest.draft import Head, written
from importer.intake.suggest.earlier import Earlier
from importer.intake.suggest.sampling import look_at
from importer.intake.suggest.suggest import decide, make_draft
from importer.intake.suggest.target import Target

GOAL = 10.0


def main() -> int:
    return tell(figures(**sizes(figures, __doc__)))


def figures(rows: int = 100_000, times: int = 5) -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        plain = write_list(Path(name) / "list.csv", rows)
        dated = with_values(plain)
        draft(plain)
        found = [median(partial(ratio, path), times) for path in (plain, dated)]
    size = f"a CSV of {rows:,} rows × 12 columns"
    words = (
        f"a mapping drafted from {size}, against `csv.reader`",
        "the same with a column of dates and one of numbers",
    )
    return [
        at_most(each, value, GOAL, "{:.1f} ×") for each, value in zip(words, found, strict=True)
    ]


def ratio(path: Path) -> float:
    return spent(lambda: draft(path)) / spent(lambda: exhaust(path))


def draft(path: Path) -> str:
    columns, _ = look_at(open_source(path), Reading())
    target = Target()
    return written(make_draft(columns, decide(columns, target, Earlier()), target), Head())


if __name__ == "__main__":
    sys.exit(main())
