"""What was changed in the account, page by page; or one row after the other."""

import json
from pathlib import Path

from importer.delivery.replies import Reply
from importer.delivery.throttle import Rate
from tests.delivery.account import BARE, BARE_COMMITTED, DROPPED, RESET, Fault
from tests.delivery.harness import World, keyless, make_world, people, person

PAGES, BY_MAIL = "Leads.RecentlyModified", "Leads.GetByEmailaddress"


def crowd(world: World, number: int) -> None:
    world.wire.page_size = 2
    for index in range(number):
        world.wire.add(f"Z{index}", EmailAddress=f"z{index}@y.in")


def test_more_pages_than_rows_with_a_unique_field_are_not_turned(tmp_path: Path) -> None:
    with make_world(tmp_path, [person("A")]) as world:
        crowd(world, 5)
        world.wire.faults["A"] = [DROPPED]
        world.run()
        assert [name for _, name in world.wire.log] == ["A", PAGES, BY_MAIL]
        assert world.row(2).lead_id == world.wire.ids("A")[0]


def test_as_many_pages_as_rows_are_turned(tmp_path: Path) -> None:
    with make_world(tmp_path, people(3)) as world:
        crowd(world, 3)
        world.wire.faults |= {cells[0]: [DROPPED] for cells in people(3)}
        world.run()
        assert [name for _, name in world.wire.log][3:] == [PAGES] * 3
        assert world.counts() == {"created": 3}


def test_rows_without_a_unique_field_turn_all_pages(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A"), person("B")]) as world:
        crowd(world, 6)
        world.wire.faults |= {"A": [DROPPED], "B": [RESET]}
        world.run()
        assert world.wire.sent(PAGES) == [1.0] * 4 + [30.0]
        assert world.wire.sent(BY_MAIL) == [30.0]
        assert world.statuses() == {2: "created", 3: "created"}


def test_a_page_that_fails_is_no_proof_that_a_row_is_not_there(tmp_path: Path) -> None:
    with make_world(tmp_path, [keyless("A")]) as world:
        crowd(world, 4)
        world.wire.faults |= {"A": [RESET], PAGES: [Fault(), BARE]}
        world.run()
        assert world.wire.sent(PAGES) == [1.0, 1.0, 2.0, 2.0, 30.0, 30.0]
        assert world.counts() == {"in_doubt": 1}


def test_many_rows_are_settled_by_one_call(tmp_path: Path) -> None:
    with make_world(tmp_path, people(60)) as world:
        world.wire.faults |= {cells[0]: [BARE_COMMITTED] for cells in people(9)}
        world.run(rate=Rate(100, 1))
        assert world.counts() == {"created": 60}
        assert len(world.wire.sent(PAGES)) <= 9


def test_more_pages_than_any_account_has_are_not_turned(tmp_path: Path) -> None:
    endless = {"RecordCount": 10**9, "Leads": [{}]}
    with make_world(tmp_path, [keyless("A")]) as world:
        world.wire.faults["A"] = [BARE]
        world.wire.always[PAGES] = Fault(Reply(200, {}, json.dumps(endless).encode()))
        world.run()
        assert world.statuses() == {2: "in_doubt"}
        assert len(world.wire.log) < 60
