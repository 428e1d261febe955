"""How much of the quota a run uses, and that it is never exceeded.

`python -m benchmarks.quota [--calls N] [--restarts N]`: a sandbox that counts 25 calls in any 5 s
at their arrival, at 100 to 300 ms latency, of which 20 to 60 ms pass before the count. Used =
(creates - 1) x T/N / (arrival of the last create - arrival of the first). Goal: 98.5% at least,
with no throttled reply; and no throttled reply where the run is killed and restarted at once.
"""

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from tests.acceptance.world import World, people, sandbox

CALLS, WINDOW_S = 25, 5.0
GOAL = 0.985
DOOR = ("--limit", f"{CALLS}/{WINDOW_S:g}s", "--latency", "80-240", "--uplink", "20-60")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--restarts", type=int, default=5)
    given = parser.parse_args()
    used, throttled = one_run(given.calls)
    print(f"quota: {used:.2%} used over {given.calls} creates, {throttled} throttled")
    again = restarts(given.restarts)
    print(f"quota: {again} throttled over {given.restarts} kills, each restarted at once")
    return 0 if used >= GOAL and throttled == again == 0 else 1


def one_run(calls: int) -> tuple[float, int]:
    """The share of the quota that was used, and the throttled replies."""
    with sandbox(*DOOR) as keys, tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), keys)
        world.run(world.write_csv("people.csv", people(calls)))
        totals = world.totals()
    seconds = totals["last_create_at"] - totals["first_create_at"]
    return (totals["creates"] - 1) * WINDOW_S / CALLS / seconds, totals["throttled"]


def restarts(times: int) -> int:
    """Throttled replies of a run that is killed so often, every 12 calls."""
    with sandbox(*DOOR) as keys, tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), keys, IMPORTER_SETTLE_S="1")
        file = world.write_csv("people.csv", people(12 * (times + 1)))
        for turn in range(times):
            process = world.start("run", file, "-m", world.mapping)
            assert world.kill_when(process, 12 * (turn + 1)), "it ended before the kill"
            assert process.returncode == -signal.SIGKILL
        world.run(file)
        return int(world.totals()["throttled"])


if __name__ == "__main__":
    sys.exit(main())
