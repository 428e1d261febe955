"""Memory does not grow with the file. (Time does, and is measured by benchmarks.staging.)"""

import os
import signal
from pathlib import Path

from tests.acceptance.world import World, pause, people, sandbox

SMALL, LARGE = 20_000, 200_000
MOST_MB = 45  # hashes of PART values, twice; the rows themselves would take 90 as Python objects


def peak_mb(world: World, rows: int) -> float:
    """The peak of a run up to its first calls, in MB, as the operating system counts it."""
    file = world.write_csv(f"{rows}.csv", people(rows))
    before = world.create_calls()
    process = world.start("run", file, "-m", world.mapping, "--rate", "none", "-q")
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        while world.create_calls() == before:
            assert process.poll() is None
            pause(0.01)
        process.send_signal(signal.SIGKILL)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = -signal.SIGKILL
    return usage.ru_maxrss / 1024


def test_a_file_ten_times_as_long_takes_hardly_more_memory(tmp_path: Path) -> None:
    with sandbox("--limit", "none") as keys:
        world = World(tmp_path, keys)
        assert peak_mb(world, LARGE) - peak_mb(world, SMALL) < MOST_MB
