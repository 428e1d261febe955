"""Journals of a job that was killed half-way, damaged at seeded places: what the commands do then.

No command breaks, none sends a row that was accepted, and what salvage tells of a row is so.
"""

import os
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from importer.journal.journal import Journal
from importer.journal.rows import Rows
from tests.acceptance.world import World, people, sandbox
from tests.journal.damage import FILE_DAMAGES, LOG_DAMAGES, Files, read_files, write_files

ROWS = 400
SEEDS = range(int(os.environ.get("DAMAGED_COPIES", "1")))  # of each kind; by 6 some sixty copies
ENDS = (0, 1, 2, 75)
DAMAGES = {**FILE_DAMAGES, **LOG_DAMAGES}

Told = tuple[str, str, tuple[str, ...]]  # a row's status, Id and cells


@dataclass(frozen=True, slots=True)
class Killed:
    """A job whose run was killed. left: its journal's files as they lay there; closed: the same
    with the log folded in. rows: what the journal says of each."""

    left: Files
    closed: Files
    rows: Mapping[int, Told]
    org_id: str
    list: bytes


def mixed_people() -> list[tuple[str, ...]]:
    """A third has no unique value; some can't be sent, some have another's e-mail."""
    rows = people(ROWS, keyless_every=3)
    for i in range(0, ROWS, 40):
        rows[i] = ("", "", "", "", "Pune")
        rows[i + 20] = (*rows[i + 20][:2], "Person.1@example.com", "", "Pune")
    return rows


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Killed:
    folder = tmp_path_factory.mktemp("killed")
    with sandbox("--limit", "none", "--fault", "drop=4%,bare500=4%,refuse200=5%") as keys:
        world = World(folder, keys, IMPORTER_SETTLE_S="1")
        file = world.write_csv("list.csv", mixed_people())
        process = world.start("run", file, "-m", world.mapping, "--rate", "none")
        assert world.kill_when(process, ROWS // 2)
    journal = folder / "importer.db"
    left = read_files(journal)
    assert left["-wal"], "the last changes stand in the log"
    with closing(sqlite3.connect(journal)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    closed = read_files(journal)
    with Journal(journal) as opened:
        job = opened.job(1)
        rows = {
            row.number: (str(row.status), str(row.lead_id or row.existing_id or ""), row.cells)
            for row in Rows(opened, job).all()
        }
    return Killed(left, closed, rows, job.identity.account, file.read_bytes())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_journal_breaks_no_command_and_misleads_nobody(
    killed: Killed, tmp_path: Path, kind: str, seed: int
) -> None:
    files = killed.left if kind in LOG_DAMAGES else killed.closed
    damaged = DAMAGES[kind](files, Random(f"{kind}:{seed}"))
    with sandbox("--limit", "none", "--org-id", killed.org_id) as keys:
        world = World(tmp_path, keys, IMPORTER_SETTLE_S="1")
        (tmp_path / "list.csv").write_bytes(killed.list)
        write_files(tmp_path / "importer.db", damaged)
        check_salvage(world, damaged, killed)
        for command in ("status", "rejects", "verify"):
            check(world, command)
        check_run(world, killed)
        check(world, "purge", "1", "--yes")


def check(world: World, *arguments: object) -> None:
    done = world.importer(*arguments, "--json")
    assert done.code in ENDS, (arguments, done)


def check_salvage(world: World, damaged: Files, killed: Killed) -> None:
    done = world.importer("salvage", "--json")
    assert done.code in (0, 1, 2), done
    assert read_files(world.folder / "importer.db") == damaged, "it is left as it was"
    if done.code == 2:
        assert done.json["error"]["what"] == "nothing of a journal can be read there"
        return
    for job in done.json["salvage"]["jobs"]:
        path = Path(job["path"])
        rows = world.read_csv(path)
        check_told(rows, killed)
        assert len(rows) == job["whole"] + job["no_cells"] + job["unknown"]
        if job["lost"] is not None:
            assert len(rows) + job["lost"] >= ROWS


def check_told(rows: list[dict[str, str]], killed: Killed) -> None:
    for row in rows:
        *cells, status, lead_id, number, _ = row.values()
        told = killed.rows.get(int(number))
        assert told is not None or (status == "unknown" and not any(cells)), row
        if told is None:
            continue
        assert status in ("unknown", told[0]), (row, told)
        assert lead_id in ("", told[1]), (row, told)
        assert not any(cells) or tuple(plain(cell) for cell in cells) == told[2], (row, told)


def plain(cell: str) -> str:
    """Without the mark that keeps a spreadsheet from taking it for a formula."""
    return cell.removeprefix("'")


def check_run(world: World, killed: Killed) -> None:
    """The account is a new one, so that what is there was sent now."""
    done = world.run(world.folder / "list.csv", "--rate", "none")
    assert done.code in ENDS, done
    if done.code in (0, 1):
        assert (done.json["job"], done.json["rows"]) == (1, ROWS), done.json
    sent = Counter(lead.get("FirstName") for lead in world.leads())
    assert [name for name, times in sent.items() if times > 1] == []
    accepted = {cells[0] for status, _, cells in killed.rows.values() if status == "created"}
    assert accepted & sent.keys() == set(), done
