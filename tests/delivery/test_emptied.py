"""Who waits for the account's quota is told once no row is left to be claimed."""

from pathlib import Path

import pytest

from importer.delivery.throttle import Rate
from importer.errors import ResumableError
from tests.delivery.account import BARE, RESET
from tests.delivery.harness import World, make_world, people


def watched(world: World) -> list[int]:
    """Gets the number of rows that are not claimed, each time that it is told."""
    told: list[int] = []
    world.emptied = lambda: told.append(world.counts().get("pending", 0))
    return told


@pytest.mark.parametrize("rate", [None, Rate(2, 1)])
def test_it_is_told_once_when_the_last_row_is_claimed(tmp_path: Path, rate: Rate | None) -> None:
    with make_world(tmp_path, people(7)) as world:
        told = watched(world)
        world.run(rate=rate)
        assert (told, world.counts()) == ([0], {"created": 7})


def test_it_is_told_while_the_last_replies_are_under_way(tmp_path: Path) -> None:
    with make_world(tmp_path, people(3)) as world:
        sending: list[int] = []
        world.emptied = lambda: sending.append(world.counts().get("sending", 0))
        world.run(rate=Rate(1, 1))
        assert sending == [1]


def test_a_row_that_comes_back_is_sent_without_being_told_again(tmp_path: Path) -> None:
    with make_world(tmp_path, people(3)) as world:
        told = watched(world)
        world.wire.faults["P002"] = [BARE, RESET]
        world.run(settle_s=0.5)
        assert (told, world.counts()) == ([0], {"created": 3})


def test_with_a_limit_it_is_told_when_so_many_are_claimed(tmp_path: Path) -> None:
    with make_world(tmp_path, people(6)) as world:
        told = watched(world)
        world.run(limit=2)
        assert (told, world.counts()) == ([4], {"created": 2, "pending": 4})


def test_it_is_not_told_of_a_run_that_ends_before(tmp_path: Path) -> None:
    with make_world(tmp_path, people(6)) as world:
        told = watched(world)
        with pytest.raises(ResumableError):
            world.run(daily=4)
        assert told == []
