"""A clock that was set between two runs, or in the middle of one, makes nobody wait or doubt."""

import time
from itertools import pairwise
from pathlib import Path

import pytest

from importer.delivery.senders import Clock
from importer.delivery.takeover import take_over
from tests.delivery.account import (
    KILLED_COMMITTED,
    FakeClock,
    Fault,
    Killed,
    late,
)
from tests.delivery.harness import World, keyless, make_world, person

HOUR_S = 3600.0
DIRECTIONS = pytest.mark.parametrize("set_s", [HOUR_S, -HOUR_S], ids=["forward", "back"])


class SetClock(FakeClock):
    """One that somebody sets between two runs: the time of day jumps, and no other."""

    set_ms = 0

    def wall_ms(self) -> int:
        return super().wall_ms() + self.set_ms


def set_clock(world: World, seconds: float) -> None:
    """The server's clock stays: it is ahead by so much less."""
    assert isinstance(world.clock, SetClock)
    world.clock.set_ms += round(seconds * 1000)
    world.wire.ahead_ms -= round(seconds * 1000)


def with_clock(world: World) -> None:
    clock = SetClock()
    world.clock = world.wire.clock = clock


def unsettle_now(world: World) -> int:
    """Its row's call ends now, and nobody knows how; when that was, by a clock that can be set."""
    with_clock(world)
    now = world.clock.wall_ms()
    with world.journal.transaction():
        world.rows.claim(2, now, world.wire.ahead_ms)
        world.rows.unsettle(
            2, now, since_at=now, ended_at=now, evidence="lost", due_at=now, counted=True
        )
    return now


def ran_for_s(world: World) -> float:
    before = world.clock.monotonic()
    world.run()
    return world.clock.monotonic() - before


@DIRECTIONS
def test_a_call_cut_off_by_a_kill_is_waited_for_as_long_as_ever(
    tmp_path: Path, set_s: float
) -> None:
    with make_world(tmp_path, [keyless("Asha")]) as world:
        with_clock(world)
        world.wire.faults["Asha"] = [Fault(kills=True, late_s=10.0)]
        with pytest.raises(Killed):
            world.run()
        world.reopen()
        set_clock(world, set_s)
        assert 9.0 < ran_for_s(world) < 70.0
        assert world.counts() == {"created": 1}


@DIRECTIONS
def test_a_row_that_was_unsettled_before_is_settled_in_its_time(
    tmp_path: Path, set_s: float
) -> None:
    with make_world(tmp_path, [keyless("Asha"), person("Ravi")]) as world:
        with_clock(world)
        world.wire.faults["Asha"] = [late(20.0)]
        world.wire.faults["Ravi"] = [Fault(kills=True)]
        with pytest.raises(Killed):
            world.run()
        world.reopen()
        set_clock(world, set_s)
        assert ran_for_s(world) < 70.0
        assert world.counts() == {"created": 2}
        assert world.wire.names == ["Asha", "Ravi"]


@DIRECTIONS
def test_a_lead_made_before_the_clock_was_set_is_known_as_ours(
    tmp_path: Path, set_s: float
) -> None:
    with make_world(tmp_path, [keyless("Asha")]) as world:
        with_clock(world)
        world.wire.faults["Asha"] = [KILLED_COMMITTED]
        with pytest.raises(Killed):
            world.run()
        world.reopen()
        set_clock(world, set_s)
        assert ran_for_s(world) < 5.0
        assert world.row(2).lead_id == world.wire.ids("Asha")[0]


def test_a_row_that_waits_by_a_clock_set_back_since_waits_no_hour(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("Asha")]) as world:
        with_clock(world)
        now = world.clock.wall_ms()
        with world.journal.transaction():
            world.rows.claim(2, now, world.wire.ahead_ms)
            world.rows.back(2, now, due_at=now + 20_000, counted=True)
        set_clock(world, -HOUR_S)
        assert ran_for_s(world) < 40.0
        assert world.counts() == {"created": 1}


@pytest.mark.parametrize(("set_s", "moved_s"), [(3.0, 0.0), (-3.0, 0.0), (6.0, 10.0)])
def test_a_difference_of_whole_seconds_alone_moves_nothing(
    tmp_path: Path, set_s: float, moved_s: float
) -> None:
    with make_world(tmp_path, [keyless("Asha")]) as world:
        now = unsettle_now(world)
        set_clock(world, set_s)
        take_over(world.rows, now + 10_000, 30.0, world.wire.ahead_ms)
        assert world.row(2).ended_at == now + moved_s * 1000


def test_the_end_of_a_call_is_not_moved_again_by_each_later_run(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("Asha")]) as world:
        unsettle_now(world)
        set_clock(world, -HOUR_S)
        ends = []
        for _ in range(3):
            take_over(world.rows, world.clock.wall_ms(), 30.0, world.wire.ahead_ms)
            ends.append(world.row(2).ended_at)
        assert ends == [world.clock.wall_ms()] * 3


def test_the_time_of_day_goes_on_with_a_clock_that_nobody_sets() -> None:
    clock = Clock()
    assert abs(clock.wall_ms() / 1000 - time.time()) < 60
    seen = [clock.wall_ms() for _ in range(1000)]
    assert all(earlier <= later for earlier, later in pairwise(seen))
