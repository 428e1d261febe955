"""What it costs to find out how a list is to be read.

`python -m benchmarks.reading [--rows N] [--times N]`: CPU time as a ratio against one bare pass of
csv.reader over the same file in the same run, the median of some times. Finding the encoding, the
delimiter, the header and its row: goal 0.10, without the file's hash, which names the job. What the
columns tell: goal 2 passes added to the staging, while which the list is looked at. Where its first
rows leave dates or numbers open, or something odd is found, it is read or stored once more.
"""

import csv
import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from benchmarks.figure import Figure, at_most, sizes, tell
from benchmarks.staging import MAPPING, write_list
from importer.intake.columns.survey import Surveyor
from importer.intake.mapping import Mapping, load_mapping
from importer.intake.source.file import Reading
from importer.intake.source.open import open_source

GOAL_FOUND, GOAL_COLUMNS = 0.10, 2.0
DATED = f"""{MAPPING}\
  Notes: {{field: mx_Met_On, transform: date}}
  Street: {{field: mx_Budget, transform: number}}
"""


def main() -> int:
    return tell(figures(**sizes(figures, __doc__)))


def figures(rows: int = 1_000_000, times: int = 3) -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        utf8 = write_list(Path(name) / "list.csv", rows)
        dated = with_values(utf8)
        ansi = with_umlauts(utf8)
        found = [median(partial(found_out, path), times) for path in (utf8, ansi)]
        looked = median(lambda: looked_at(utf8, load_mapping(MAPPING, name="m")), times)
        read = median(lambda: looked_at(dated, load_mapping(DATED, name="m")), times)
    size = f"a CSV of {rows:,} rows"
    return [
        *(
            at_most(
                f"encoding, delimiter and header of {size}, {words}", ratio, GOAL_FOUND, "{:.3f} ×"
            )
            for words, ratio in zip(("UTF-8", "Windows-1252"), found, strict=True)
        ),
        at_most(f"what the columns of {size} tell", looked, GOAL_COLUMNS, "{:.2f} ×"),
        at_most(
            "the same with a column of dates and one of numbers", read, GOAL_COLUMNS, "{:.2f} ×"
        ),
    ]


def with_umlauts(path: Path) -> Path:
    """The same list in Windows-1252, with a letter in each row that is not ASCII."""
    other = path.with_name("ansi.csv")
    other.write_bytes(path.read_bytes().replace(b",Pune,", b",K\xf6ln,"))
    return other


def with_values(path: Path) -> Path:
    """The same list with dates, day first, and with decimal commas."""
    other = path.with_name("dated.csv")
    with path.open(encoding="utf-8", newline="") as text, other.open("w", newline="") as file:
        writer = csv.writer(file)
        for i, row in enumerate(csv.reader(text)):
            if i:
                row[6], row[11] = (
                    f"{i % 5000},{i % 90 + 10}",
                    f"{i % 28 + 1:02}/{i % 12 + 1:02}/2026",
                )
            writer.writerow(row)
    return other


def median(ratio: Callable[[], float], times: int) -> float:
    return statistics.median(ratio() for _ in range(times))


def found_out(path: Path) -> float:
    seconds = spent(lambda: open_source(path)) - spent(lambda: hashed(path))
    return seconds / spent(lambda: exhaust(path))


def looked_at(path: Path, mapping: Mapping) -> float:
    """While the list is read for another purpose."""
    source = open_source(path)
    surveyor = Surveyor(source, Reading(), mapping)

    def looking() -> None:
        for block in source.read(Reading()):
            surveyor.add(block)
        surveyor.survey()

    plain = spent(lambda: consume(source.read(Reading())))
    return (spent(looking) - plain) / spent(lambda: exhaust(path))


def hashed(path: Path) -> None:
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")


def exhaust(path: Path) -> None:
    with path.open(encoding="latin-1", newline="") as text:
        consume(csv.reader(text))


def consume(values: Iterable[object]) -> None:
    for _ in values:
        pass


def spent(action: Callable[[], object]) -> float:
    """Seconds of CPU."""
    started = time.process_time()
    action()
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
