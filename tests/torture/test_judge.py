"""The judge sees each way in which journal and account can differ, and nothing else."""

import hashlib
from pathlib import Path

import pytest

from importer.delivery.leadsquared import create_request
from importer.jobs.recipes import Builders
from importer.model import Lead, RowStatus
from tests.delivery.account import DROPPED, FINE, RESET, Fault, error_reply
from tests.delivery.harness import World, keyless, make_world, person
from tests.torture.judge import Verdict, judge

REFUSED = Fault(error_reply("MXInvalidInputException", "Invalid Input!"))
ROWS = [person("Asha"), keyless("Ravi"), person("Meena"), keyless("Iqbal")]


def ledger(world: World) -> list[dict[str, str]]:
    """As the sandbox would tell it: each lead, and the body that made it."""
    bodies = {
        lead_values(world, row.number): hashlib.sha256(body(world, row.number)).hexdigest()
        for row in world.rows.all()
    }
    return [
        {"id": str(each.lead_id), "body": bodies[str(sorted(each.values.items()))]}
        for each in world.wire.leads
    ]


def lead_of(world: World, number: int) -> Lead:
    found = Builders(world.journal, world.rows.job).build(world.row(number))
    assert isinstance(found, Lead)
    return found


def lead_values(world: World, number: int) -> str:
    return str(sorted(lead_of(world, number).values.items()))


def body(world: World, number: int) -> bytes:
    return create_request(lead_of(world, number)).body or b""


def verdict(world: World, found: list[dict[str, str]], rows: int = len(ROWS)) -> Verdict:
    return judge([world.path], found, rows)


def put(world: World, number: int, status: RowStatus) -> None:
    """Let the journal tell what is not so."""
    sql = "UPDATE row SET status = ?, lead_id = NULL WHERE id & 4294967295 = ?"
    with world.journal.transaction():
        world.journal.execute(sql, (status, number))


def test_a_run_without_faults_has_none(tmp_path: Path) -> None:
    with make_world(tmp_path, ROWS) as world:
        world.run()
        assert verdict(world, ledger(world)) == Verdict(rows=4)


def test_a_refused_row_and_a_row_in_doubt_that_are_not_there_are_told_rightly(
    tmp_path: Path,
) -> None:
    with make_world(tmp_path, ROWS) as world:
        world.wire.faults |= {"Asha": [REFUSED], "Ravi": [RESET], "Iqbal": [DROPPED]}
        world.run()
        assert world.counts() == {"created": 2, "rejected": 1, "in_doubt": 1}
        assert verdict(world, ledger(world)) == Verdict(rows=4, in_doubt=1)


@pytest.mark.parametrize(
    ("status", "number", "expected"),
    [
        (RowStatus.REJECTED, 2, Verdict(rows=4, told_wrongly=1)),
        (RowStatus.DUPLICATE, 2, Verdict(rows=4, told_wrongly=1)),
        (RowStatus.FAILED, 3, Verdict(rows=4, told_wrongly=1)),
        (RowStatus.SKIPPED, 3, Verdict(rows=4, told_wrongly=1)),
        (RowStatus.PENDING, 3, Verdict(rows=4, told_wrongly=1, lost=1)),
        (RowStatus.SENDING, 3, Verdict(rows=4, lost=1)),
        (RowStatus.IN_DOUBT, 3, Verdict(rows=4, in_doubt=1, needless=1)),
        (RowStatus.IN_DOUBT, 2, Verdict(rows=4, in_doubt=1, needless=1, protected=1)),
    ],
)
def test_a_lead_that_is_there_and_is_told_otherwise_is_seen(
    tmp_path: Path, status: RowStatus, number: int, expected: Verdict
) -> None:
    with make_world(tmp_path, ROWS) as world:
        world.run()
        found = ledger(world)
        put(world, number, status)
        assert verdict(world, found) == expected
        put_back(world)


def put_back(world: World) -> None:
    """The harness's own check of the ledger is not what is tested here."""
    with world.journal.transaction():
        world.journal.execute("DELETE FROM row")
        world.journal.execute("UPDATE count SET rows = 0")


def test_a_lead_that_is_there_twice_is_seen(tmp_path: Path) -> None:
    with make_world(tmp_path, ROWS) as world:
        world.run()
        found = ledger(world)
        twice = {"id": "00000000-0000-0000-0000-000000000009", "body": found[0]["body"]}
        assert verdict(world, [*found, twice]) == Verdict(rows=4, twice=1)


def test_a_created_row_without_a_lead_is_lost(tmp_path: Path) -> None:
    with make_world(tmp_path, ROWS) as world:
        world.run()
        assert verdict(world, ledger(world)[1:]) == Verdict(rows=4, lost=1)


def test_a_row_that_is_in_no_journal_is_lost(tmp_path: Path) -> None:
    with make_world(tmp_path, ROWS) as world:
        world.run()
        assert verdict(world, ledger(world), rows=5) == Verdict(rows=5, lost=1)


def test_a_row_with_the_lead_of_another_is_told_wrongly(tmp_path: Path) -> None:
    with make_world(tmp_path, ROWS) as world:
        world.run()
        found = ledger(world)
        found[0]["body"], found[1]["body"] = found[1]["body"], found[0]["body"]
        assert verdict(world, found) == Verdict(rows=4, told_wrongly=4)


def test_somebody_elses_leads_count_for_nothing(tmp_path: Path) -> None:
    with make_world(tmp_path, ROWS) as world:
        world.wire.faults["Asha"] = [FINE]
        world.run()
        theirs = {"id": "00000000-0000-0000-0000-000000000009", "body": "0" * 64}
        assert verdict(world, [*ledger(world), theirs, theirs]) == Verdict(rows=4)
