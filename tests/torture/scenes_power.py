"""The power is cut: the process is gone, and of its journal all that was not synced, or half of it.

A cut is a SIGKILL, after which the journal's files are put back as a disk would have them (see
power.py); the account at the other end keeps all that it was sent. The next run goes on from there.
"""

import shutil
import signal
from collections.abc import Callable
from dataclasses import replace

from tests.torture.power import after_power_loss
from tests.torture.preload import Preload
from tests.torture.rigged import preloaded
from tests.torture.scene import Arena, Scene
from tests.torture.scenes_process import BUSY, QUICK_SETTLE

EVENTS_A_ROW = 10  # of the journal: writes of its pages, and syncs


def cuts(times: int) -> Callable[[Arena], None]:
    """At seeded moments: of the journal, between a write and its sync too, and of the calls."""

    def play(arena: Arena) -> None:
        share = max(2, arena.count // (2 * times))
        for turn in range(2 * times):
            if arena.tried == times:
                break
            with preloaded(arena, arena.journal_path) as preload:
                if turn % 3 == 2:
                    calls = arena.create_calls() + arena.random.randrange(share) + 1
                    arena.tried += arena.kill_when(arena.begin(), calls)
                else:
                    dies_writing(arena, preload, EVENTS_A_ROW * share)
                after_power_loss(preload.log, arena.folder, arena.random)
            arena.cut_off += arena.in_flight()
        arena.finish()

    return play


def dies_writing(arena: Arena, preload: Preload, most_events: int) -> None:
    die_at = arena.random.randrange(1, most_events)
    arena.environment.update(replace(preload, die_at=die_at).environment)
    arena.tried += arena.end(arena.begin()).code == -signal.SIGKILL


def quota_cuts(times: int) -> Callable[[Arena], None]:
    """Of the account's quota file, soon after it was made: it is never synced, and no run needs
    what was in it."""

    def play(arena: Arena) -> None:
        state, some = arena.folder / "state", arena.count // (times + 1)
        for _ in range(times):
            with preloaded(arena, state / "account") as preload:
                arena.expect_end(arena.start("check"))
                arena.tried += after_power_loss(preload.log, state, arena.random).lost > 0
            arena.expect_end(arena.begin("--limit", some))
            shutil.rmtree(state)
        arena.finish()

    return play


def _cut(fault: str, play: Callable[[Arena], None], *sandbox: object, rows: int = 150) -> Scene:
    variables = {} if sandbox else QUICK_SETTLE
    return Scene(
        fault, play, (*BUSY, *sandbox), rows, is_long=rows > 200, variables=variables,
        needs_compiler=True,
    )  # fmt: skip


SCENES = (
    _cut("power cut, five times", cuts(5), rows=200),
    _cut("power cut, of the quota's file", quota_cuts(4)),
    _cut("power cut, forty times", cuts(40), rows=1_000),
    _cut("power cut, forty times, and replies lost", cuts(40), "--fault", "drop=5%,late=3%",
         rows=1_000),
)  # fmt: skip
