"""Journals that are damaged at seeded places; `make torture` does the same with sixty of them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.damaged import DAMAGES, Killed, check_copy, kill_half_way
from tests.acceptance.world import Done, World, people, sandbox

SEED = 1
KINDS = (
    "a page of noise", "a range of noise", "a page of zeros", "a file that was cut",
    "two pages swapped", "a log that was cut", "noise in the log",
)  # fmt: skip


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Killed:
    return kill_half_way(tmp_path_factory.mktemp("killed"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_journal_breaks_no_command_and_misleads_nobody(
    killed: Killed, tmp_path: Path, kind: str
) -> None:
    check_copy(killed, tmp_path, kind, SEED)


def test_every_kind_is_there() -> None:
    assert {*KINDS} <= DAMAGES.keys()


# Damage that SQLite does not see


def run_damaged(folder: Path, sql: str) -> Done:
    """Send one of four rows, change the journal so, and run the list again."""
    with sandbox("--limit", "none") as keys:
        world = World(folder, keys)
        file = world.write_csv("list.csv", people(4))
        assert world.run(file, "--limit", 1).code == 0
        with closing(sqlite3.connect(folder / "importer.db")) as db:
            assert db.execute(sql).rowcount > 0
            db.commit()
        return world.run(file, "--rate", "none")


@pytest.mark.parametrize(
    ("sql", "flaw"),
    [
        ("UPDATE count SET rows = 9 WHERE status = 'pending'", "it counts rows to be sent, and"),
        ("UPDATE count SET rows = 2 WHERE status = 'pending'", "the rows of job 1 are not those"),
        ("UPDATE count SET rows = 9 WHERE status = 'skipped'", "job 1 counts other rows than it"),
        ("DELETE FROM row WHERE id & 4294967295 = 4", "it counts rows to be sent, and has none"),
        ("UPDATE block SET cells = x'53'", "the rows of job 1 are not those of its list"),
        ("DELETE FROM count WHERE status = 'created'", "a job has no counts or no mapping"),
    ],
)
def test_a_run_does_not_end_as_if_all_were_well(tmp_path: Path, sql: str, flaw: str) -> None:
    done = run_damaged(tmp_path, sql)
    assert done.code == 2
    assert done.json["error"]["what"].startswith(f"the journal is damaged: {flaw}")
