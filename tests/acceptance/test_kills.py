"""A run that is killed again and again loses no row and sends none twice."""

import random
from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest

from tests.acceptance.world import World, people, sandbox

ROWS, KILLS = 2000, 20
FAULTS = "drop=3%,late=1%,reset=2%,bare500=5%"
LATEST_COMMIT_S = 3  # the sandbox commits a late lead 0.5 to 3 s after the drop


def run_with_kills(world: World, rows: list[tuple[str, ...]], seed: int) -> int:
    """Kill the import at seeded moments, then let it end; how many calls the kills cut off."""
    file = world.write_csv("people.csv", rows)
    moments, cut_off, kills = random.Random(seed), 0, 0
    for calls in sorted(moments.randrange(len(rows)) for _ in range(KILLS)):
        process = world.start("run", file, "-m", world.mapping, "--rate", "none")
        kills += world.kill_when(process, calls)
        cut_off += world.in_flight()
    assert kills >= KILLS // 2, "most of the kills must have hit a live run"
    done = world.run(file, "--rate", "none")
    assert done.code in (0, 1), done.err
    assert done.json["state"] == "finished"
    return cut_off


def check_ledger(world: World, rows: list[tuple[str, ...]]) -> None:
    """Journal and account tell the same: each row once, or in doubt."""
    leads = world.leads()
    assert Counter(world.statuses()).total() == len(rows)
    assert world.statuses().keys() <= {"created", "in_doubt"}
    assert not [name for name, n in Counter(lead["FirstName"] for lead in leads).items() if n > 1]
    held = {str(UUID(bytes=i)) for (i,) in world.journal("SELECT lead_id FROM row") if i}
    assert held <= {lead["ProspectID"] for lead in leads}
    by_name = {lead["FirstName"]: lead["ProspectID"] for lead in leads}
    created = world.journal("SELECT id & 4294967295, lead_id FROM row WHERE status = 'created'")
    assert {n: str(UUID(bytes=i)) for n, i in created} == {
        n: by_name[rows[n - 2][0]] for n, _ in created
    }


@pytest.mark.parametrize("seed", [1])
def test_twenty_kills_lose_no_row_and_double_none(tmp_path: Path, seed: int) -> None:
    rows = people(ROWS, keyless_every=2)
    with sandbox("--limit", "none") as keys:
        world = World(tmp_path, keys, IMPORTER_SETTLE_S="1")
        cut_off = run_with_kills(world, rows, seed)
        check_ledger(world, rows)
        doubtful = world.keyless_in_doubt(rows)
        assert len(doubtful) <= cut_off
        # Without faults a reply is lost by a kill alone: what is in the account was found there.
        assert len(world.leads()) == world.statuses()["created"]


@pytest.mark.parametrize("seed", [2])
def test_kills_and_lost_replies_together_lose_no_row_and_double_none(
    tmp_path: Path, seed: int
) -> None:
    rows = people(ROWS, keyless_every=2)
    with sandbox("--limit", "none", "--fault", FAULTS, "--seed", seed) as keys:
        world = World(tmp_path, keys, IMPORTER_SETTLE_S=str(LATEST_COMMIT_S + 1))
        cut_off = run_with_kills(world, rows, seed)
        check_ledger(world, rows)
        lost = sum(world.totals()["faults"].get(name, 0) for name in ("drop", "late", "reset"))
        assert len(world.keyless_in_doubt(rows)) <= cut_off + lost
        assert len(world.leads()) == world.statuses()["created"]
