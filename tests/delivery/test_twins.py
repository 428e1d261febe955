"""The same key twice in a file: every case of design §4."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from importer.delivery.leadsquared import Request
from importer.delivery.throttle import Rate
from importer.model import RowStatus
from tests.delivery.account import BARE, FINE, RESET, Fault, Killed, error_reply
from tests.delivery.harness import MAPPING, World, keyless, make_world, person

REFUSED = Fault(error_reply("MXInvalidInputException", "No."))
SAME_MAIL = (
    "row 2 of this file has the same Email and was created:"
    " give this row another Email, or delete it here and edit that lead"
)
SAME_ROW = "the same row stands in row 2 of this file, and was created"


def fate(world: World, number: int) -> tuple[str, str | None, str | None, str | None, UUID | None]:
    row = world.row(number)
    return str(row.status), row.code, row.field, row.reason, row.existing_id


def names(world: World) -> list[str]:
    return [name for _, name in world.wire.log]


def test_the_later_row_is_a_duplicate_of_the_accepted_one_without_a_call(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A", "s@x.in"), person("B", " S@X.in ")]) as world:
        world.run()
        [lead_id] = world.wire.ids("A")
        assert fate(world, 3) == ("duplicate", "duplicate_in_file", "Email", SAME_MAIL, lead_id)
        assert (names(world), world.attempts(3), world.row(3).tries) == (["A"], [], 0)


def test_an_equal_later_row_is_skipped(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A"), person("A")]) as world:
        world.run()
        [lead_id] = world.wire.ids("A")
        assert fate(world, 3) == ("skipped", "same_row", None, SAME_ROW, lead_id)
        assert names(world) == ["A"]


@pytest.mark.parametrize("other", ["+91-9876543210", "919876543210", "(91) 98765 43210"])
def test_phones_are_compared_by_their_digits(tmp_path: Path, other: str) -> None:
    cells = [person("A", "a@x.in", "+91 9876543210"), person("B", "b@x.in", other)]
    with make_world(tmp_path, cells) as world:
        world.run()
        assert (world.statuses(), world.row(3).field) == ({2: "created", 3: "duplicate"}, "Phone")


def test_a_row_may_be_stopped_by_two_others(tmp_path: Path) -> None:
    cells = [person("A", "a@x.in", "+1-1111111"), person("B", "b@x.in", "+1-2222222")]
    cells.append(person("C", "b@x.in", "+1-1111111"))
    with make_world(tmp_path, cells) as world:
        world.run()
        assert world.statuses() == {2: "created", 3: "created", 4: "duplicate"}
        assert sorted(names(world)) == ["A", "B"]


@pytest.mark.parametrize(
    ("faults", "first"),
    [
        ([REFUSED], "rejected"),
        ([BARE] * 5, "failed"),
        ([Fault(error_reply("MXDuplicateEntryException", "Taken."))], "duplicate"),
        ([RESET, Fault(error_reply("MXDuplicateEntryException", "Taken."))], "in_doubt"),
    ],
)
def test_the_later_goes_itself_where_the_earlier_was_not_accepted(
    tmp_path: Path, faults: list[Fault], first: str
) -> None:
    with make_world(tmp_path, [person("A", "s@x.in"), person("B", "s@x.in")]) as world:
        world.wire.faults["A"] = list(faults)
        world.run()
        assert world.statuses() == {2: first, 3: "created"}
        assert names(world)[-1] == "B"


def test_an_invalid_row_makes_no_later_one_a_duplicate(tmp_path: Path) -> None:
    mapping = MAPPING.replace("City: mx_City", "City: {field: mx_City, required: true}")
    cells = [person("A", "s@x.in"), person("B", "s@x.in", city="Pune")]
    with make_world(tmp_path, cells, mapping) as world:
        world.run()
        assert world.statuses() == {2: "invalid", 3: "created"}


def test_two_rows_with_one_key_are_never_in_flight_together(tmp_path: Path) -> None:
    cells = [person(f"R{i}", f"{i % 3}@x.in") for i in range(12)]
    with make_world(tmp_path, cells) as world:
        for name in ("R0", "R1", "R2", "R3", "R4"):
            world.wire.faults[name] = [REFUSED]
        together: list[list[int]] = []

        def during(_: Request) -> None:
            with closing(sqlite3.connect(world.path)) as db:
                found = db.execute("SELECT id & 4294967295 FROM row WHERE status = 'sending'")
                together.append([(number - 2) % 3 for (number,) in found])

        world.wire.during = during
        world.run()
        assert world.counts() == {"created": 3, "rejected": 5, "duplicate": 4}
        assert sorted(names(world)) == ["R0", "R1", "R2", "R3", "R4", "R5", "R6", "R7"]
        assert all(len(keys) == len(set(keys)) for keys in together)


def test_the_later_waits_while_the_earlier_is_unsettled(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A", "s@x.in"), person("B", "s@x.in")]) as world:
        world.wire.faults["A"] = [RESET, REFUSED]
        world.run()
        assert world.statuses() == {2: "rejected", 3: "created"}
        assert min(world.wire.sent("B")) >= 30.0
        assert world.wire.sent("A") == [0.0, 30.0]


def test_the_later_waits_while_the_earlier_waits_for_its_next_try(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A", "s@x.in"), person("B", "s@x.in")]) as world:
        world.wire.faults["A"] = [BARE, BARE, FINE]
        world.run()
        assert world.statuses() == {2: "created", 3: "duplicate"}
        assert world.wire.sent("B") == []


def test_three_rows_of_one_key_go_one_after_the_other(tmp_path: Path) -> None:
    with make_world(tmp_path, [person(name, "s@x.in") for name in "ABC"]) as world:
        world.wire.faults |= {"A": [REFUSED], "B": [REFUSED]}
        world.run()
        assert names(world) == ["A", "B", "C"]
        assert world.statuses() == {2: "rejected", 3: "rejected", 4: "created"}


def test_a_later_row_that_was_accepted_first_stands_in_an_earlier_ones_way(
    tmp_path: Path,
) -> None:
    with make_world(tmp_path, [person("A", "s@x.in"), person("B", "s@x.in")]) as world:
        world.wire.faults["A"] = [REFUSED]
        world.run()
        with world.journal.transaction():
            world.rows.requeue(2, RowStatus.REJECTED, world.clock.wall_ms())
        world.run()
        reason = SAME_MAIL.replace("row 2", "row 3")
        [lead_id] = world.wire.ids("B")
        assert fate(world, 2) == ("duplicate", "duplicate_in_file", "Email", reason, lead_id)


def test_of_equal_rows_without_a_unique_value_the_first_is_sent(tmp_path: Path) -> None:
    cells = [keyless("A", "Pune"), keyless("A"), keyless("A", "Pune"), keyless("A", "Pune")]
    with make_world(tmp_path, cells) as world:
        world.run()
        assert world.statuses() == {2: "created", 3: "created", 4: "skipped", 5: "skipped"}
        reason = "the same row stands in row 2 of this file"
        assert fate(world, 4)[:4] == ("skipped", "same_row", None, reason)
        assert names(world) == ["A", "A"]


@pytest.mark.parametrize(
    ("faults", "first"), [([REFUSED], "rejected"), ([RESET], "in_doubt"), ([BARE] * 5, "failed")]
)
def test_whatever_becomes_of_the_first_the_rest_are_not_sent(
    tmp_path: Path, faults: list[Fault], first: str
) -> None:
    with make_world(tmp_path, [keyless("A"), keyless("A")]) as world:
        world.wire.faults["A"] = list(faults)
        world.run()
        assert world.statuses() == {2: first, 3: "skipped"}
        assert len(world.wire.sent("A")) == len(faults)


def test_a_file_without_unique_fields_is_compared_as_whole_rows(tmp_path: Path) -> None:
    mapping = MAPPING + "unique: [mx_City]\n"
    cells = [person("A", "s@x.in"), person("B", "s@x.in"), person("A", "s@x.in")]
    with make_world(tmp_path, cells, mapping) as world:
        world.wire.unique = ()
        world.run()
        assert world.statuses() == {2: "created", 3: "created", 4: "skipped"}


def test_rows_that_a_killed_run_held_back_are_not_forgotten(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A", "s@x.in"), person("B", "s@x.in")]) as world:
        world.wire.faults["A"] = [Fault(kills=True, commits=True)]
        with pytest.raises(Killed):
            world.run()
        world.reopen()
        world.run()
        assert world.statuses() == {2: "created", 3: "duplicate"}
        assert names(world) == ["A", "Leads.RecentlyModified"]


def test_many_rows_that_need_no_call_are_settled_without_one(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A") for _ in range(1_201)]) as world:
        world.run(rate=Rate(1, 60))
        assert world.counts() == {"created": 1, "skipped": 1_200}
        assert names(world) == ["A"]
        assert world.clock.now < 1002.0


def test_rows_that_need_no_call_do_not_count_for_a_limit(tmp_path: Path) -> None:
    cells = [person("A"), person("A"), person("B"), person("C")]
    with make_world(tmp_path, cells) as world:
        world.run(rate=Rate(1, 1), limit=2)
        assert sorted(names(world)) == ["A", "B"]
        assert world.statuses() == {2: "created", 3: "skipped", 4: "created", 5: "pending"}
