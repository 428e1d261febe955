"""The faults of scenes_journal.py are made, and met where they are meant to be."""

import sqlite3
from contextlib import closing

import pytest

from tests.torture.scene import Scene
from tests.torture.scenes_journal import (
    IMPATIENT,
    LIMITED,
    LOG_LEFT,
    LOG_MOST,
    STAGED_MOST,
    add_notes,
    can_mount,
    held_in_mid_run,
    holding,
    long_log,
    nameless,
    run,
    small_disk,
    start,
)
from tests.torture.scenes_process import LOCKED, LONG, QUICK_SETTLE

HELD = Scene("held", held_in_mid_run, LONG, rows=40, variables=QUICK_SETTLE)
STATUSES = "SELECT status, count(*) FROM row GROUP BY status"


def test_replies_come_while_the_journal_is_held_and_are_found_later() -> None:
    with HELD.arena(seed=1) as arena:
        process = start(arena, IMPATIENT, *run(arena))
        assert arena.has_come_to(10, process)
        with holding(arena.journal_path):
            assert arena.end(process).code == LOCKED
        made = len(arena.leads())
        told = dict(arena.journal(STATUSES))
        assert told["sending"] > 0
        assert told["created"] < made, "of these it did not learn"
        assert arena.finish().json["created"] == 40
        assert len(arena.leads()) == 40


def test_the_room_ends_while_the_list_is_stored() -> None:
    with Scene("full", held_in_mid_run, rows=150).arena(seed=1) as arena:
        add_notes(arena)
        done = arena.end(start(arena, LIMITED, STAGED_MOST, *run(arena)))
        assert (done.code, done.json["state"]) == (2, "staging")
        sizes = [path.stat().st_size for path in arena.folder.glob("importer.db*")]
        assert max(sizes) <= STAGED_MOST


def test_a_log_is_long_and_its_database_as_before() -> None:
    with Scene("full", held_in_mid_run, rows=1, make=nameless).arena(seed=1) as arena:
        path = arena.folder / "quota.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("CREATE TABLE quota (taken INTEGER)")
            db.execute("INSERT INTO quota VALUES (0)")
            with long_log(path):
                assert path.with_name("quota.db-wal").stat().st_size >= LOG_MOST - LOG_LEFT
                assert path.stat().st_size < LOG_LEFT


@pytest.mark.skipif(not can_mount(), reason="only root can make a small disk here")
def test_a_small_disk_is_full_and_then_has_room() -> None:
    with Scene("disk", held_in_mid_run, rows=1, make=nameless).arena(seed=1) as arena:
        with small_disk(arena, "64k") as disk:
            (disk / "kept.txt").write_text("kept")
            with pytest.raises(OSError, match="No space left"):
                (disk / "large").write_bytes(bytes(100_000))
        assert (disk / "kept.txt").read_text() == "kept"
        (disk / "large").write_bytes(bytes(100_000))
