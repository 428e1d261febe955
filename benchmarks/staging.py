"""What it costs to store a large file, to go on with it, and to keep it.

`python -m benchmarks.staging [--rows N]`: a CSV of 12 columns, read, mapped, checked and stored by
a whole process, as a ratio against one bare pass of csv.reader over it in the same run; the same
with the transforms `email` and `phone`; the process's peak memory; the time from start to the
first Lead.Create of the resumed job; and the journal's bytes a row beyond the file's own. Goals:
8 x, 60 x, 200 MB, 1 s, 60 bytes.
"""

import csv
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure import Figure, at_most, below, sizes, tell
from tests.acceptance.world import World, pause, sandbox

GOAL_RATIO, GOAL_TRANSFORMED, GOAL_MB, GOAL_START_S, GOAL_BYTES = 8.0, 60.0, 200, 1.0, 60
TIMES = "{:.1f} ×"
FINISHED = 20_000  # rows of the finished job whose journal is weighed
HEADER = "First Name,Last Name,Email,Phone,Company,Job Title,Street,City,State,Zip,Country,Notes"
MAPPING = """\
version: 1
columns:
  First Name: FirstName
  Last Name: LastName
  Email: {field: EmailAddress, transform: [trim, lower]}
  Phone: Phone
  Company: Company
  Job Title: JobTitle
  City: mx_City
  Zip: mx_Zip
"""
TRANSFORMED = MAPPING.replace("[trim, lower]", "email").replace(
    "Phone: Phone", "Phone: {field: Phone, transform: phone, region: IN}"
)


def main() -> int:
    return tell(figures(**sizes(figures, __doc__)))


@dataclass(frozen=True, slots=True)
class Costs:
    """staged, transformed: times a pass of csv.reader. kept_bytes: a row, beyond the file's own."""

    staged: float
    megabytes: float
    start_s: float
    transformed: float
    kept_bytes: float


def figures(rows: int = 1_000_000) -> list[Figure]:
    with world_of(MAPPING) as world:
        ratio, megabytes = staged(world, rows)
        start_s = resumed(world)
    with world_of(TRANSFORMED) as world:
        transformed, _ = staged(world, rows)
    with world_of(MAPPING) as world:
        kept_bytes = kept(world, min(rows, FINISHED))
    return judged(rows, Costs(ratio, megabytes, start_s, transformed, kept_bytes))


def judged(rows: int, costs: Costs) -> list[Figure]:
    size = f"{rows:,} rows × {HEADER.count(',') + 1} columns"
    first_call = f"a resumed job of {rows:,} rows: from start to the first Lead.Create"
    journal = f"journal of {min(rows, FINISHED):,} finished rows: beyond the file, a row"
    return [
        at_most(f"staging a CSV of {size}, against `csv.reader`", costs.staged, GOAL_RATIO, TIMES),
        below("the same: peak memory", costs.megabytes, GOAL_MB, "{:.0f} MB"),
        at_most("the same with `email` and `phone`", costs.transformed, GOAL_TRANSFORMED, TIMES),
        below(first_call, costs.start_s, GOAL_START_S, "{:.2f} s"),
        at_most(journal, costs.kept_bytes, GOAL_BYTES, "{:.1f} bytes"),
    ]


@contextmanager
def world_of(mapping: str) -> Iterator[World]:
    with sandbox("--limit", "none") as keys, tempfile.TemporaryDirectory() as name:
        world = World(Path(name), keys)
        world.mapping.write_text(mapping)
        yield world


def write_list(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\r\n")
        for i in range(rows):
            file.write(
                f"First{i % 997},Last{i % 7919},person.{i}@example.com,+91-98{i:08d},"
                f"Company {i % 5003} Ltd,Manager,{i % 300} Main Street,Pune,Maharashtra,"
                f"{i % 100000:05d},India,met at booth {i % 50}\r\n"
            )
    return path


def staged(world: World, rows: int) -> tuple[float, float]:
    """Start the import, stop it at its first call; the ratio, and the peak in MB."""
    file = write_list(world.folder / "list.csv", rows)
    started = time.perf_counter()
    with file.open(encoding="utf-8", newline="") as text:
        for _ in csv.reader(text):
            pass
    bare = time.perf_counter() - started
    seconds = until_first_call(world, "run", file, "-m", world.mapping, "--rate", "none")
    return seconds / bare, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def resumed(world: World) -> float:
    """Seconds from start to the first call of the job that is stored already."""
    return until_first_call(world, "retry", "--rate", "none")


def until_first_call(world: World, *arguments: object) -> float:
    before = world.create_calls()
    started = time.perf_counter()
    process = world.start(*arguments)
    while world.create_calls() == before:
        assert process.poll() is None, process.communicate()
        pause(0.02)
    seconds = time.perf_counter() - started
    process.send_signal(signal.SIGTERM)
    process.communicate()
    return seconds


def kept(world: World, rows: int) -> float:
    """Bytes a row of the finished job's journal beyond the file."""
    file = write_list(world.folder / "list.csv", rows)
    done = world.run(file, "--rate", "none")
    assert done.json["created"] == rows, done.err
    journal = (world.folder / "importer.db").stat().st_size
    return (journal - file.stat().st_size) / rows


if __name__ == "__main__":
    sys.exit(main())
