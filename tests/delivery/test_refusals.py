"""A list that no row of is accepted stops before it takes the day's calls."""

from pathlib import Path

import pytest

from importer.errors import ApiError
from tests.delivery.account import BARE, Fault, error_reply
from tests.delivery.harness import World, make_world, people

ODD = Fault(error_reply("MXInvalidDataTypeException", "Invalid value for field mx_City."))
OTHER = Fault(error_reply("MXInvalidInputException", "Invalid Input!"))
TAKEN = Fault(error_reply("MXDuplicateEntryException", "A Lead with same Email already exists."))
ROWS = 60


def refuse(world: World, fault: Fault, rows: range) -> None:
    for number in rows:
        world.wire.always[f"P{number:03}"] = fault


def test_twenty_rows_refused_alike_end_the_run_with_the_reason(tmp_path: Path) -> None:
    with make_world(tmp_path, people(ROWS)) as world:
        refuse(world, ODD, range(ROWS))
        with pytest.raises(ApiError) as caught:
            world.run()
        assert caught.value.what == (
            "the first 20 rows were all refused alike, so the rest was not sent:"
            " MXInvalidDataTypeException, Invalid value for field mx_City"
        )
        assert caught.value.fix == "correct the mapping, or what is set in the account"
        sent = world.counts()["rejected"]
        assert 20 <= sent < 20 + 16, "calls under way come to their end"
        assert world.counts() == {"rejected": sent, "pending": ROWS - sent}


def test_keep_going_sends_them_all(tmp_path: Path) -> None:
    with make_world(tmp_path, people(ROWS)) as world:
        refuse(world, ODD, range(ROWS))
        world.run(keep_going=True)
        assert world.counts() == {"rejected": ROWS}


def test_one_row_that_is_accepted_is_enough_to_go_on(tmp_path: Path) -> None:
    with make_world(tmp_path, people(ROWS)) as world:
        refuse(world, ODD, range(1, ROWS))
        world.run()
        assert world.counts() == {"created": 1, "rejected": ROWS - 1}


def test_two_reasons_are_not_alike(tmp_path: Path) -> None:
    with make_world(tmp_path, people(ROWS)) as world:
        refuse(world, ODD, range(ROWS))
        refuse(world, OTHER, range(1))
        world.run()
        assert world.counts() == {"rejected": ROWS}


def test_people_who_are_all_there_already_end_no_run(tmp_path: Path) -> None:
    with make_world(tmp_path, people(ROWS)) as world:
        refuse(world, TAKEN, range(ROWS))
        world.run()
        assert world.counts() == {"duplicate": ROWS}


def test_duplicates_and_errors_that_pass_count_for_nothing(tmp_path: Path) -> None:
    with make_world(tmp_path, people(ROWS)) as world:
        refuse(world, ODD, range(ROWS))
        refuse(world, TAKEN, range(10))
        for number in range(10, 13):
            world.wire.faults[f"P{number:03}"] = [BARE]
        with pytest.raises(ApiError):
            world.run()
        assert world.counts()["duplicate"] == 10
        assert world.counts()["rejected"] < 20 + 16


def test_a_job_that_has_accepted_rows_goes_on_in_its_next_run_too(tmp_path: Path) -> None:
    with make_world(tmp_path, people(ROWS)) as world:
        world.run(limit=1)
        refuse(world, ODD, range(ROWS))
        world.run()
        assert world.counts() == {"created": 1, "rejected": ROWS - 1}


def test_a_run_after_the_stop_stops_again(tmp_path: Path) -> None:
    with make_world(tmp_path, people(200)) as world:
        refuse(world, ODD, range(200))
        for _ in range(2):
            with pytest.raises(ApiError):
                world.run()
            world.reopen()
        assert world.counts()["pending"] > 200 - 2 * (20 + 16)
