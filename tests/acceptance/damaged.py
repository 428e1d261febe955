"""A job whose run is killed half-way, copies of its journal that are damaged at seeded places, and
what no command may do with such a copy: break, send a row that was accepted, or tell of a row what
is not so."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from importer.journal.journal import Journal
from importer.journal.rows import Rows
from tests.acceptance.world import World, people, sandbox
from tests.journal.damage import FILE_DAMAGES, LOG_DAMAGES, Files, read_files, write_files

ROWS = 400
ENDS = (0, 1, 2, 75)  # as a person may see them; 3 is a bug
DAMAGES = {**FILE_DAMAGES, **LOG_DAMAGES}

Told = tuple[str, str, tuple[str, ...]]  # a row's status, Id and cells


@dataclass(frozen=True, slots=True)
class Killed:
    """left: its journal's files as they lay there; closed: the same with the log folded in. rows:
    what the journal says of each."""

    left: Files
    closed: Files
    rows: Mapping[int, Told]
    org_id: str
    list: bytes


def kill_half_way(folder: Path) -> Killed:
    """A third of its rows has no unique value; some can't be sent, some have another's e-mail."""
    cells = people(ROWS, keyless_every=3)
    for i in range(0, ROWS, 40):
        cells[i] = ("", "", "", "", "Pune")
        cells[i + 20] = (*cells[i + 20][:2], "Person.1@example.com", "", "Pune")
    with sandbox("--limit", "none", "--fault", "drop=4%,bare500=4%") as keys:
        world = World(folder, keys, IMPORTER_SETTLE_S="1")
        file = world.write_csv("list.csv", cells)
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


def check_copy(killed: Killed, folder: Path, kind: str, seed: int) -> None:
    """Damage a copy, and give it every command. Raises AssertionError.

    The account is a new one: what is there at the end was sent with the damaged journal.
    """
    files = killed.left if kind in LOG_DAMAGES else killed.closed
    damaged = DAMAGES[kind](files, Random(f"{kind}:{seed}"))
    with sandbox("--limit", "none", "--org-id", killed.org_id) as keys:
        world = World(folder, keys, IMPORTER_SETTLE_S="1")
        (folder / "list.csv").write_bytes(killed.list)
        write_files(folder / "importer.db", damaged)
        _check_salvage(world, damaged, killed)
        for name in ("status", "rejects", "verify"):
            done = world.importer(name, "--json")
            assert done.code in ENDS, (name, done)
        _check_run(world, killed)
        done = world.importer("purge", "1", "--yes", "--json")
        assert done.code in ENDS, done


def _check_salvage(world: World, damaged: Files, killed: Killed) -> None:
    done = world.importer("salvage", "--json")
    assert done.code in (0, 1, 2), done
    assert read_files(world.folder / "importer.db") == damaged, "it is left as it was"
    if done.code == 2:
        assert done.json["error"]["what"] == "nothing of a journal can be read there", done
        return
    for job in done.json["salvage"]["jobs"]:
        rows = world.read_csv(Path(job["path"]))
        assert len(rows) == job["whole"] + job["no_cells"] + job["unknown"], job
        for row in rows:
            _check_told(row, killed)


def _check_told(row: dict[str, str], killed: Killed) -> None:
    *cells, status, lead_id, number, _ = row.values()
    told = killed.rows.get(int(number))
    if told is None:
        assert (status, any(cells)) == ("unknown", False), row
        return
    assert status in ("unknown", told[0]), (row, told)
    assert lead_id in ("", told[1]), (row, told)
    plain = tuple(cell.removeprefix("'") for cell in cells)  # a mark against formulas
    assert not any(cells) or plain == told[2], (row, told)


def _check_run(world: World, killed: Killed) -> None:
    done = world.run(world.folder / "list.csv", "--rate", "none")
    assert done.code in ENDS, done
    if done.code in (0, 1):
        assert (done.json["job"], done.json["rows"]) == (1, ROWS), done
    sent = Counter(lead.get("FirstName") for lead in world.leads())
    assert [name for name, times in sent.items() if times > 1] == [], done
    accepted = {cells[0] for status, _, cells in killed.rows.values() if status == "created"}
    assert accepted & sent.keys() == set(), done
