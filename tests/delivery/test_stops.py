"""Runs that end before their time: stops, kills, limits; and the runs after them."""

from pathlib import Path

import pytest

from importer.delivery.leadsquared import Request
from importer.delivery.throttle import Rate
from importer.errors import ResumableError
from tests.delivery.account import BARE, KILLED, RESET, STUCK, Fault, Killed, error_reply
from tests.delivery.harness import make_world, people, person


def test_a_limit_sends_so_many_rows_and_leaves_the_rest_pending(tmp_path: Path) -> None:
    with make_world(tmp_path, people(6)) as world:
        world.wire.faults["P001"] = [BARE, RESET]
        world.run(limit=2)
        assert world.counts() == {"created": 2, "pending": 4}
        assert world.worker is not None
        assert world.worker.claimed == {2, 3}
        assert {name for _, name in world.wire.log if name[0] == "P"} == {"P000", "P001"}
        world.run()
        assert world.counts() == {"created": 6}


def test_a_limit_of_nothing_sends_nothing(tmp_path: Path) -> None:
    with make_world(tmp_path, people(2)) as world:
        world.run(limit=0)
        assert (world.counts(), world.wire.log) == ({"pending": 2}, [])


@pytest.mark.parametrize("rate", [None, Rate(10, 5)])
def test_the_days_calls_are_not_exceeded_and_the_next_day_carries_on(
    tmp_path: Path, rate: Rate | None
) -> None:
    with make_world(tmp_path, people(6)) as world:
        with pytest.raises(ResumableError, match="the day's 4 calls are used up"):
            world.run(rate=rate, daily=4)
        assert (world.counts(), len(world.wire.log)) == ({"created": 4, "pending": 2}, 4)
        world.clock.now += 25 * 3600
        world.run(rate=rate, daily=4)
        assert (world.counts(), len(world.wire.log)) == ({"created": 6}, 6)


def test_a_stop_sends_nothing_more_and_records_the_replies_under_way(tmp_path: Path) -> None:
    with make_world(tmp_path, people(20)) as world:

        def during(_: Request) -> None:
            assert world.worker is not None
            if len(world.wire.log) == 5:
                world.worker.stop()

        world.wire.during = during
        world.run(rate=Rate(10, 5))
        assert world.counts() == {"created": 6, "pending": 14}
        assert len(world.wire.log) == 6


def test_a_stop_gives_a_stuck_call_five_seconds(tmp_path: Path) -> None:
    with make_world(tmp_path, people(3)) as world:
        world.wire.faults["P000"] = [STUCK]

        def during(_: Request) -> None:
            assert world.worker is not None
            world.worker.stop()

        world.wire.during = during
        world.run(rate=Rate(1, 60))
        assert world.counts() == {"sending": 1, "pending": 2}
        assert world.clock.now == pytest.approx(1005.0, abs=0.1)
        assert (world.row(2).due_at, world.row(2).ended_at) == (None, None)


def test_a_bug_in_a_sender_ends_the_run(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:

        def during(_: Request) -> None:
            raise ZeroDivisionError

        world.wire.during = during
        with pytest.raises(ZeroDivisionError):
            world.run()
        assert world.counts() == {"sending": 1}


def test_a_killed_runs_attempt_ends_when_the_next_run_first_sees_it(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults |= {"A": [KILLED], "Leads.RecentlyModified": [KILLED, KILLED]}
        ends = []
        for after in (0.0, 5.0, 3.0):
            world.clock.advance(after)
            with pytest.raises(Killed):
                world.run()
            world.reopen()
            ends.append(world.row(2).ended_at)
        seen_at = 1_800_000_005_000
        assert ends == [None, seen_at, seen_at]
        assert (world.row(2).evidence, world.row(2).code) == ("lost", "killed")
        world.run()
        assert world.wire.sent("A") == [0.0, 35.0]  # settle_s after that, and no later
        assert world.counts() == {"created": 1}


def test_a_killed_runs_attempt_ends_after_its_time_limit_at_the_latest(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        world.wire.faults |= {"A": [KILLED], "Leads.RecentlyModified": [KILLED]}
        for after in (0.0, 3600.0):
            world.clock.advance(after)
            with pytest.raises(Killed):
                world.run(timeout_s=20)
            world.reopen()
        assert world.row(2).ended_at == 1_800_000_020_000
        world.run()
        assert world.wire.sent("A") == [0.0, 3600.0]


def test_rows_that_were_sent_before_a_kill_are_sent_no_more(tmp_path: Path) -> None:
    with make_world(tmp_path, people(10)) as world:
        world.wire.faults["P004"] = [Fault(kills=True, commits=True)]
        with pytest.raises(Killed):
            world.run(rate=Rate(10, 5))
        world.reopen()
        world.run(rate=Rate(10, 5))
        assert world.counts() == {"created": 10}
        assert world.wire.names == [cells[0] for cells in people(10)]
        assert len(world.wire.sent("P004")) == 1


def test_a_limit_holds_for_rows_that_an_earlier_run_brought_back(tmp_path: Path) -> None:
    with make_world(tmp_path, people(4)) as world:
        with world.journal.transaction():
            for number in (2, 3, 4, 5):
                world.rows.claim(number, world.clock.wall_ms(), 0)
                world.rows.back(number, 0, due_at=world.clock.wall_ms(), counted=False)
        world.run(limit=1)
        assert world.statuses() == {2: "created", 3: "pending", 4: "pending", 5: "pending"}


def test_a_limit_holds_for_a_row_that_waited_for_its_twin(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A", "s@x.in"), person("B", "s@x.in"), person("C")]) as world:
        world.wire.faults["A"] = [Fault(error_reply("MXInvalidInputException", "No."))]
        world.run(limit=2)
        assert world.counts() == {"created": 1, "pending": 1, "rejected": 1}
