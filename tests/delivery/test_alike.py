"""Rows without a unique field of which one has all the values of another, and one more."""

from pathlib import Path

import pytest

from importer.delivery.leadsquared import Request
from importer.delivery.throttle import Rate
from tests.delivery.account import DROPPED, RESET, Fault
from tests.delivery.harness import World, keyless, make_world

MORE, LESS = keyless("Asha", "Pune"), keyless("Asha")
PAGES = "Leads.RecentlyModified"
ORDERS = pytest.mark.parametrize("cells", [[MORE, LESS], [LESS, MORE]], ids=["more", "less"])


def cities(world: World) -> list[str | None]:
    """Of the leads that the rows hold; None where one holds none."""
    by_id = {each.lead_id: each.values.get("mx_City", "") for each in world.wire.leads}
    return [by_id[row.lead_id] if row.lead_id else None for row in world.rows.all()]


@ORDERS
def test_each_of_two_lost_replies_gets_its_own_lead(tmp_path: Path, cells: list[list[str]]) -> None:
    with make_world(tmp_path, cells) as world:
        world.wire.faults["Asha"] = [DROPPED, DROPPED]
        world.run()
        assert cities(world) == [row[3] for row in cells]


@ORDERS
def test_the_lead_of_one_is_not_taken_for_that_of_the_other(
    tmp_path: Path, cells: list[list[str]]
) -> None:
    with make_world(tmp_path, cells) as world:
        world.wire.faults["Asha"] = [RESET, DROPPED]
        world.run()
        assert world.counts() == {"created": 1, "in_doubt": 1}
        there = world.wire.leads[0].values.get("mx_City", "")
        assert cities(world) == [row[3] if row[3] == there else None for row in cells]


def test_a_lead_is_left_to_the_row_whose_call_is_still_under_way(tmp_path: Path) -> None:
    looks = list[str]()

    def during(request: Request) -> None:
        if request.name == PAGES:
            looks.append(request.name)
        if len(looks) == 2 and world.worker:
            world.worker.stop()

    with make_world(tmp_path, [LESS, MORE]) as world:
        world.wire.during = during
        world.wire.faults["Asha"] = [RESET, Fault(commits=True, is_stuck=True)]
        world.run(rate=Rate(1, 1))
        assert len(world.wire.leads) == 1
        assert world.statuses() == {2: "in_doubt", 3: "sending"}
