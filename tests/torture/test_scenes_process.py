"""The faults of processes are made: calls are under way at a kill, and the stopped stand still."""

import signal
from functools import partial

from tests.acceptance.world import pause
from tests.torture.scene import Scene
from tests.torture.scenes_process import (
    BUSY,
    DOOR,
    LOCKED,
    LONG,
    QUICK_SETTLE,
    commits_after_kills,
    kills,
    late_and_killed,
    stand_still,
    two_at_once,
)


def test_kills_cut_calls_off_that_are_under_way() -> None:
    scene = Scene("kills", kills(4), BUSY, rows=60, variables=QUICK_SETTLE)
    with scene.arena(seed=3) as arena:
        scene.play(arena)
        tally = arena.tally(scene.fault)
    assert (tally.tried, tally.flaws) == (4, [])
    assert [each.returncode for each in arena.processes].count(-signal.SIGKILL) == 4
    assert arena.cut_off > 0


def test_leads_are_made_after_the_client_was_killed() -> None:
    scene = Scene("late", commits_after_kills(1), BUSY, rows=60)
    with scene.arena(seed=1) as arena:
        late_and_killed(arena, calls=20)
        assert (arena.tried, arena.lost_replies() > 0) == (1, True)
        before = arena.totals()["creates"]
        for _ in range(100):
            pause(0.05)
            if arena.totals()["creates"] > before:
                return
    raise AssertionError("no lead was made after the kill")


def test_a_stopped_process_makes_no_call() -> None:
    seconds = 1.5
    play = partial(stand_still, seconds=seconds, calls=5)
    with Scene("still", play, DOOR, rows=15).arena(seed=1) as arena:
        play(arena)
        totals, tally = arena.totals(), arena.tally("still")
    assert tally.flaws == []
    assert totals["last_create_at"] - totals["first_create_at"] > seconds + 9 / 25


def test_one_of_two_workers_is_refused_and_so_is_one_of_the_next_two() -> None:
    with Scene("two", two_at_once, LONG, variables=QUICK_SETTLE).arena(seed=1) as arena:
        two_at_once(arena)
        assert (arena.tried, arena.broken) == (2, [])
        assert [each.returncode for each in arena.processes].count(LOCKED) == 2
