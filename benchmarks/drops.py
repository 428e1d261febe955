"""Many small files for several accounts in one pass: how much of each account's quota is used.

`python -m benchmarks.drops [--files N] [--rows N] [--accounts N]`: a sandbox an account, each
counting 25 calls in any 5 s at their arrival, at 100 to 300 ms latency. Used, for each account,
over all of its files = (creates - 1) x T/N / (arrival of the last create - arrival of the first).
Goal: 98% of each at least, at the same time, with no throttled reply; and the pass takes no more
memory when nearly all files are done than when a quarter is.
"""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.figure import Figure, at_least, at_most, none_of, sizes, tell
from benchmarks.quota import CALLS, DOOR, WINDOW_S
from tests.acceptance.world import World, pause, people, sandbox

GOAL = 0.98
MOST_GROWTH = 1.1  # times
ACCOUNT = """\
[accounts.a{number}]
host = "{host}"
access_key = {{ env = "ACCESS_{number}" }}
secret_key = {{ env = "SECRET_{number}" }}
[[drops]]
name = "d{number}"
folder = "inbox/{number}"
pattern = "*.csv"
mapping = "mapping.yaml"
account = "a{number}"
quiet_s = 0
"""


def main() -> int:
    return tell(figures(**sizes(figures, __doc__)))


def figures(files: int = 40, rows: int = 25, accounts: int = 4) -> list[Figure]:
    used, throttled, growth = one_pass(files, rows, accounts)
    size = f"{files} files of {rows} rows for {accounts} accounts in one pass"
    return [
        at_least(f"least quota used of any account, {size}", min(used), GOAL, "{:.2%}"),
        none_of("the same: throttled replies", throttled),
        at_most("the same: memory near the end, × at a quarter", growth, MOST_GROWTH, "{:.2f} ×"),
    ]


def one_pass(files: int, rows: int, accounts: int) -> tuple[list[float], int, float]:
    """The share of each account's quota, the throttled replies of all, and how memory grew."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        keys = [stack.enter_context(sandbox(*DOOR, "--seed", n)) for n in range(accounts)]
        worlds = [World(folder, each) for each in keys]
        first = worlds[0]
        settings = 'journal = "importer.db"\n'
        for number, each in enumerate(keys):
            settings += ACCOUNT.format(number=number, host=each["LSQ_HOST"])
            first.environment[f"ACCESS_{number}"] = each["LSQ_ACCESS_KEY"]
            first.environment[f"SECRET_{number}"] = each["LSQ_SECRET_KEY"]
        (folder / "importer.toml").write_text(settings, encoding="utf-8")
        lay_out(first, files, rows, accounts)
        growth = watched(first, worlds, files * rows)
        totals = [each.totals() for each in worlds]
    assert sum(each["creates"] for each in totals) == files * rows, "each row is a lead"
    seconds = [each["last_create_at"] - each["first_create_at"] for each in totals]
    used = [
        (each["creates"] - 1) * WINDOW_S / CALLS / took
        for each, took in zip(totals, seconds, strict=True)
    ]
    return used, sum(each["throttled"] for each in totals), growth


def lay_out(world: World, files: int, rows: int, accounts: int) -> None:
    everybody = people(files * rows)
    for number in range(files):
        folder = world.folder / "inbox" / str(number % accounts)
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{folder.relative_to(world.folder)}/{number}.csv"
        world.write_csv(name, everybody[number * rows : (number + 1) * rows])


def watched(world: World, worlds: list[World], creates: int) -> float:
    """Run the pass to its end; its memory near the end, by what it was at a quarter."""
    process = world.start("drops", "run", "-q")
    at: dict[float, float] = {}
    while process.poll() is None:
        done = sum(each.create_calls() for each in worlds) / creates
        for share in (0.25, 0.9):
            if done >= share and share not in at:
                at[share] = resident_mb(process.pid)
        pause(0.2)
    out, err = process.communicate()
    assert process.returncode == 0, out + err
    return at[0.9] / at[0.25]


def resident_mb(pid: int) -> float:
    """Of Linux."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
