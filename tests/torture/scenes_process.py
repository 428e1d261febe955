"""What happens to the importer's own process: it is killed, stopped, asked to end, or not alone."""

import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from tests.acceptance.world import pause
from tests.torture.scene import FINISHED, Arena, Scene
from tests.torture.scenes_replies import NO_LIMIT

QUICK_SETTLE = {"IMPORTER_SETTLE_S": "2"}  # where the server commits at once
BUSY = (*NO_LIMIT, "--latency", "10-40")  # calls are in flight at any moment
LONG = (*NO_LIMIT, "--latency", "150-350")  # a run takes longer than a process to start
DOOR = ("--limit", "25/1s", "--latency", "80-240", "--uplink", "20-60")
PACE = ("--rate", "25/1s")
MOST_CALLS = 25
YOUNG_S = 0.8  # from its start: imports, the first call, staging, the first claims
STOPPED, LOCKED = 143, 75
MANY_ROWS = 25_000  # 10,000 are stored at once


def kills(times: int) -> Callable[[Arena], None]:
    """At seeded moments, each third counted from the process's start, and the run again at once."""

    def play(arena: Arena) -> None:
        step = max(2, arena.count // (3 * times))  # more calls are under way at a kill
        for turn in range(2 * times):
            if arena.tried == times:
                break
            if turn % 3 == 2:
                kill_young(arena)
            else:
                arena.kill(arena.create_calls() + arena.random.randrange(step) + 1)
        arena.finish()

    return play


def kill_young(arena: Arena) -> None:
    process = arena.begin()
    pause(arena.random.uniform(0, YOUNG_S))
    process.kill()
    process.communicate()
    arena.tried += process.returncode == -signal.SIGKILL
    arena.cut_off += arena.in_flight()


def commits_after_kills(times: int) -> Callable[[Arena], None]:
    def play(arena: Arena) -> None:
        for _ in range(times):
            late_and_killed(arena, arena.create_calls() + arena.count // (2 * times))
        arena.finish()

    return play


def late_and_killed(arena: Arena, calls: int) -> None:
    """The kill comes when calls are cut off that the server commits seconds after."""
    process = arena.begin()
    if arena.has_come_to(calls, process):
        before = arena.lost_replies()
        arena.set_faults("late=100%")
        while process.poll() is None and arena.lost_replies() == before:
            pause(0.002)
        process.kill()
    arena.tried += arena.end(process).code == -signal.SIGKILL
    arena.cut_off += arena.in_flight()
    arena.set_faults("")


def restarts_at_once(arena: Arena) -> None:
    """Killed five times every dozen calls; the pace is that of one run."""
    for turn in range(5):
        arena.kill(12 * (turn + 1), *PACE)
    arena.finish(*PACE)
    expect_pace(arena)


def expect_pace(arena: Arena) -> None:
    totals = arena.totals()
    arena.expect(totals["throttled"] == 0, f"throttled replies: {totals['throttled']}")
    most = totals["max_in_window"]
    arena.expect(most <= MOST_CALLS, f"calls in one window: {most}")


def two_at_once(arena: Arena) -> None:
    """On a journal that is not there yet, and again when both were killed."""
    for calls in (arena.count // 3, arena.count):
        pair = [arena.begin(), arena.begin()]
        while all(each.poll() is None for each in pair):
            pause(0.005)
        refused = [each for each in pair if each.poll() is not None]
        worker = next((each for each in pair if each not in refused), refused[0])
        if arena.has_come_to(calls, worker) and calls < arena.count:
            worker.kill()
        codes = {arena.end(each).code for each in pair}
        arena.cut_off += arena.in_flight()
        arena.tried += LOCKED in codes
        wanted = {LOCKED, -signal.SIGKILL, *FINISHED}
        arena.expect(codes <= wanted, f"two at once ended with {codes}")
    arena.finish()


def staging(end: Callable[[subprocess.Popen[str]], None], code: int) -> Callable[[Arena], None]:
    """Ended when some of the rows are stored, and when some more are."""

    def play(arena: Arena) -> None:
        for _ in range(2):
            before, process = stored(arena), arena.begin()
            while process.poll() is None and stored(arena) == before:
                pause(0.001)
            end(process)
            arena.expect_end(process, [code])
            arena.tried += 0 < stored(arena) < arena.count
        arena.expect(arena.create_calls() == 0, "rows were sent before all were stored")
        arena.finish()

    return play


def stored(arena: Arena) -> int:
    """Rows that are in the journal so far."""
    with suppress(sqlite3.OperationalError):  # it is being made
        return int(arena.journal("SELECT sum(length) FROM block")[0][0] or 0)
    return 0


def asked_to_end(number: signal.Signals, times: int = 1) -> Callable[[Arena], None]:
    """times: how often the signal is sent to one run."""

    def play(arena: Arena) -> None:
        for _ in range(3):
            before, process = arena.create_calls(), arena.begin()
            if not arena.has_come_to(before + arena.count // 6, process):
                break
            for _ in range(times):
                process.send_signal(number)
                pause(0.002)
            # It can come when the run has ended by itself, or meet a process that is at its end,
            # which dies of it, as any does.
            done = arena.expect_end(process, [0, 128 + number, -number])
            cut_off = arena.in_flight()
            arena.expect(times > 1 or cut_off == 0, f"{cut_off} replies were not waited for")
            arena.cut_off += cut_off
            arena.tried += done.code in (128 + number, -number)
        arena.expect(arena.tried > 0, "no run was stopped")
        arena.finish()

    return play


def stand_still(arena: Arena, seconds: float, calls: int) -> None:
    """The process is stopped in the middle of calls, longer than a reply may take."""
    process = arena.begin(*PACE)
    if arena.has_come_to(calls, process):
        process.send_signal(signal.SIGSTOP)
        arena.tried += arena.in_flight() > 0
        pause(seconds)
        process.send_signal(signal.SIGCONT)
    arena.expect_end(process)
    expect_pace(arena)


def _still(seconds: float) -> Callable[[Arena], None]:
    return partial(stand_still, seconds=seconds, calls=20)


def few_leads(count: int) -> list[tuple[str, ...]]:
    """A list that takes long to store, and makes 100 leads."""
    blank = ("", "", "", "", "Pune")
    rows: list[tuple[str, ...]] = [blank] * count
    rows[:: count // 100] = [(f"First{i}", f"Last{i}", "", "", "Pune") for i in range(100)]
    return rows


def _staging(fault: str, number: signal.Signals, code: int, *, is_long: bool = False) -> Scene:
    play = staging(lambda process: process.send_signal(number), code)
    return Scene(
        fault, play, rows=MANY_ROWS, takes_any=False, make=few_leads, variables=QUICK_SETTLE,
        is_long=is_long,
    )  # fmt: skip


def _many(more: str, *faults: str, settle_s: int = 2) -> Scene:
    variables = {"IMPORTER_SETTLE_S": str(settle_s)}
    sandbox = (*BUSY, *(("--fault", *faults) if faults else ()))
    return Scene(
        f"SIGKILL at 50 random moments{more}", kills(50), sandbox, rows=1_000, is_long=True,
        variables=variables,
    )  # fmt: skip


SCENES = (
    Scene("SIGKILL at 10 random moments", kills(10), BUSY, rows=300, variables=QUICK_SETTLE),
    _many(""),
    _many(", replies lost", "drop=5%,reset=2%"),
    _many(", commits after the connection closed", "late=3%", settle_s=4),
    _many(", errors of the server", "bare500=3%,commit500=3%,html502=3%"),
    Scene("SIGKILL, and commits seconds after", commits_after_kills(3), BUSY),
    Scene("killed five times and started again at once", restarts_at_once, DOOR, rows=72,
          variables=QUICK_SETTLE, is_alone=True),
    Scene("two workers in the same instant on one job", two_at_once, LONG, variables=QUICK_SETTLE),
    _staging("SIGKILL while rows are stored", signal.SIGKILL, -signal.SIGKILL),
    _staging("SIGTERM while rows are stored", signal.SIGTERM, STOPPED, is_long=True),
    Scene("SIGTERM", asked_to_end(signal.SIGTERM), BUSY, variables=QUICK_SETTLE),
    Scene("Ctrl-C", asked_to_end(signal.SIGINT), BUSY, variables=QUICK_SETTLE),
    Scene("Ctrl-C twice", asked_to_end(signal.SIGINT, 2), BUSY, variables=QUICK_SETTLE),
    Scene("SIGSTOP for 3 s in the middle of calls", _still(3.0), DOOR, rows=50,
          variables={"IMPORTER_TIMEOUT_S": "2"}, is_alone=True),
    Scene("SIGSTOP for a minute in the middle of calls", _still(60.0), DOOR, rows=50,
          is_long=True, is_alone=True),
)  # fmt: skip
