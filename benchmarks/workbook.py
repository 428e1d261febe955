"""What it costs to read a workbook, beside python-calamine alone.

`python -m benchmarks.workbook [--rows N]`: a sheet of 12 columns (names, e-mails, phones that are
numbers, dates, zip codes by format, percentages, whole numbers; some cells blank), read by whole
processes in turn: python-calamine's values and nothing else, and all that a `Source` tells, its
rows as text in blocks. The ratio is the median of 3 pairs; the memory is the largest peak for each
100,000 rows, the interpreter's own included. Goals: 2 x, 150 MB.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # it has no types

from benchmarks.figure import Figure, at_most, sizes, tell

GOAL_RATIO, GOAL_MB = 2.0, 150
PAIRS = 3
HEADER = (
    "First Name",
    "Last Name",
    "Email",
    "Phone",
    "Company",
    "Joined",
    "City",
    "Zip",
    "Score",
    "Discount",
    "Notes",
    "Visits",
)
CALAMINE = """
import sys
from python_calamine import CalamineWorkbook
rows = 0
for row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows():
    rows += 1
print(rows - 1)
"""
OURS = """
import sys
from pathlib import Path
from importer.intake.source.open import open_source
print(sum(len(block.rows) for block in open_source(Path(sys.argv[1])).blocks()))
"""


PEAK = """
import resource
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: float
    megabytes: float


def main() -> int:
    return tell(figures(**sizes(figures, __doc__)))


def figures(rows: int = 200_000) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = write_list(Path(folder, "list.xlsx"), rows)
        pairs = [(measured(CALAMINE, path, rows), measured(OURS, path, rows)) for _ in range(PAIRS)]
    return judged(rows, pairs)


def judged(rows: int, pairs: Sequence[tuple[Cost, Cost]]) -> list[Figure]:
    """Of the costs of each pair, python-calamine's first."""
    ratios = [ours.seconds / bare.seconds for bare, ours in pairs]
    megabytes = max(ours.megabytes for _, ours in pairs) * 100_000 / rows
    name = f"a workbook of {rows:,} rows × {len(HEADER)} columns, against python-calamine"
    note = f"median of {len(pairs)} pairs, {min(ratios):.2f} to {max(ratios):.2f}"
    return [
        at_most(name, statistics.median(ratios), GOAL_RATIO, "{:.2f} ×", note),
        at_most("the same: memory for each 100,000 rows", megabytes, GOAL_MB, "{:.0f} MB"),
    ]


def write_list(path: Path, rows: int) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Leads")
        sheet.write_row(0, 0, HEADER)
        codes = {5: "dd/mm/yyyy", 7: "00000", 9: "0%"}
        formats = {i: workbook.add_format({"num_format": code}) for i, code in codes.items()}
        for i in range(rows):
            for column, value in enumerate(person(i)):
                sheet.write(i + 1, column, value, formats.get(column))
    return path


def person(i: int) -> tuple[object, ...]:
    return (
        f"First{i % 997}",
        f"Last{i % 7919}",
        f"person.{i}@example.com",
        919800000000 + i if i % 10 else None,
        f"Company {i % 5003} Ltd",
        date(2020, 1, 1) + timedelta(days=i % 2000),
        "Pune",
        i % 100000,
        i % 101,
        i % 41 / 100 if i % 3 else None,
        f"met at booth {i % 50}" if i % 4 else None,
        i % 7,
    )


def measured(code: str, path: Path, rows: int) -> Cost:
    """Of a process of its own, from its start to its end."""
    started = time.perf_counter()
    command = [sys.executable, "-c", code + PEAK, str(path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - started
    read, kilobytes = map(int, ended.stdout.split())
    assert read == rows, f"{read} rows of {rows}"
    return Cost(seconds, kilobytes / 1024)


if __name__ == "__main__":
    sys.exit(main())
