"""How much of the quota a run uses, and that it is never exceeded.

`python -m benchmarks.quota [--calls N] [--restarts N] [--undone N]`: a sandbox that counts 25 calls
in any 5 s at their arrival, at 100 to 300 ms latency, of which 20 to 60 ms pass before the count.
Used = (creates - 1) x T/N / (arrival of the last create - arrival of the first). Goal: 98.5% at
least, with no throttled reply; and no throttled reply where the run is killed and restarted at
once.

An undo too: its deletions, and the calls that read leads between them, by when they left.
"""

import signal
import sys
import tempfile
from pathlib import Path

from benchmarks.figure import Figure, at_least, none_of, sizes, tell
from importer.journal.calls import DELETE
from tests.acceptance.world import World, pause, people, sandbox

CALLS, WINDOW_S = 25, 5.0
GOAL = 0.985
# From the first deletion to the last one: the calls, in how many ms, and the rows of the leads.
UNDONE = f"""
SELECT count(*), max(started_at) - min(started_at),
       (SELECT count(*) FROM row WHERE status = 'deleted')
FROM attempt WHERE call IS NOT NULL AND started_at BETWEEN
    (SELECT min(started_at) FROM attempt WHERE call = '{DELETE}') AND
    (SELECT max(started_at) FROM attempt WHERE call = '{DELETE}')
"""
DOOR = ("--limit", f"{CALLS}/{WINDOW_S:g}s", "--latency", "80-240", "--uplink", "20-60")


def main() -> int:
    return tell(figures(**sizes(figures, __doc__)))


def figures(calls: int = 200, restarts: int = 5, undone: int = 200) -> list[Figure]:
    return [
        *over(f"{calls} creates", *one_run(calls)),
        after_kills(restarts),
        *over(f"the calls of an undo of {undone} leads", *one_undo(undone)),
    ]


def over(calls: str, used: float, throttled: int) -> list[Figure]:
    door = f"{CALLS} calls in {WINDOW_S:g} s, 100–300 ms latency"
    return [
        at_least(f"quota used over {calls}, {door}", used, GOAL, "{:.2%}"),
        none_of("the same: throttled replies", throttled),
    ]


def after_kills(times: int) -> Figure:
    name = f"throttled replies over {times} kills, each restarted at once"
    return none_of(name, restarts(times))


def one_run(calls: int) -> tuple[float, int]:
    """The share of the quota that was used, and the throttled replies."""
    with sandbox(*DOOR) as keys, tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), keys)
        world.run(world.write_csv("people.csv", people(calls)))
        totals = world.totals()
    assert totals["creates"] == calls, f"{totals['creates']} creates of {calls}"
    seconds = totals["last_create_at"] - totals["first_create_at"]
    return (totals["creates"] - 1) * WINDOW_S / CALLS / seconds, totals["throttled"]


def one_undo(leads: int) -> tuple[float, int]:
    """The share of the quota that was used, and the throttled replies."""
    with sandbox(*DOOR) as keys, tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), keys)
        world.post("/_sandbox/limit", "none")
        world.run(world.write_csv("people.csv", people(leads)), "--rate", "none")
        world.post("/_sandbox/limit", DOOR[1])
        pause(WINDOW_S)  # no call of the import is in the window any more
        before = world.totals()["throttled"]
        world.importer("undo", "--yes")
        throttled = world.totals()["throttled"] - before
        [(calls, ms, deleted)] = world.journal(UNDONE)
    assert deleted == leads, f"{deleted} leads deleted of {leads}"
    return (calls - 1) * WINDOW_S / CALLS / (ms / 1000), throttled


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
