"""A quota file that can't be used is told as that, and not as the journal."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from importer.delivery.quota_file import QuotaFile, open_quota_file
from importer.delivery.throttle import Throttle
from importer.errors import ResumableError, SettingsError

CARRIES_ON = "then run the same command again; it carries on"
TAKE = "UPDATE quota SET taken = taken + 1 RETURNING taken"


def quota(tmp_path: Path) -> QuotaFile:
    db = open_quota_file(tmp_path / "quota.db")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("CREATE TABLE quota (taken INTEGER, note TEXT)")
    db.execute("INSERT INTO quota VALUES (1, NULL)")
    return db


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    with closing(quota(tmp_path)) as db:
        db.execute("PRAGMA max_page_count = 2")
        with pytest.raises(SettingsError) as caught:
            db.execute("UPDATE quota SET note = ?", ("x" * 9_000,))
    assert (caught.value.what, caught.value.where, caught.value.fix) == (
        "the account's quota file cannot be used: database or disk is full",
        str(tmp_path / "quota.db"),
        f"make room on that disk, or name another folder in IMPORTER_STATE, {CARRIES_ON}",
    )


def test_another_program_that_holds_it_is_waited_for_and_said(tmp_path: Path) -> None:
    with (
        closing(quota(tmp_path)) as db,
        closing(sqlite3.connect(tmp_path / "quota.db", isolation_level=None)) as other,
    ):
        assert db.execute("PRAGMA busy_timeout").fetchone() == (10_000,)
        db.execute("PRAGMA busy_timeout = 1")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ResumableError) as caught:
            db.execute(TAKE).fetchone()
    assert (caught.value.exit_code, caught.value.what, caught.value.fix) == (
        75, "another program holds the account's quota file", f"close it there, {CARRIES_ON}",
    )  # fmt: skip


def test_what_fails_at_the_end_of_a_transaction_is_said_too(tmp_path: Path) -> None:
    with (
        closing(quota(tmp_path)) as db,
        closing(sqlite3.connect(tmp_path / "quota.db", isolation_level=None)) as other,
    ):
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(ResumableError):
            take_while_it_is_read(db, other)


def take_while_it_is_read(db: QuotaFile, other: sqlite3.Connection) -> None:
    with db:
        db.execute("BEGIN")
        db.execute(TAKE).fetchone()
        other.execute("BEGIN")
        other.execute("SELECT * FROM quota").fetchall()


def test_a_fetch_that_fails_is_said(tmp_path: Path) -> None:
    """The last row of what was asked for is what SQLite writes after."""
    with closing(quota(tmp_path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA busy_timeout = 1")
        found = db.execute(TAKE)
        with closing(sqlite3.connect(tmp_path / "quota.db", isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT * FROM quota").fetchall()
            with pytest.raises(ResumableError):
                found.fetchone()


def test_a_bug_of_ours_passes(tmp_path: Path) -> None:
    with closing(quota(tmp_path)) as db, pytest.raises(sqlite3.OperationalError, match="no such"):
        db.execute("SELECT missing FROM quota")


def test_whoever_opens_a_new_file_at_the_same_time_has_it(tmp_path: Path) -> None:
    at_once = 6

    def open_and_close(path: Path, all_are_there: threading.Barrier) -> None:
        all_are_there.wait(10)
        Throttle(path, None).close()

    with ThreadPoolExecutor(at_once) as pool:
        for turn in range(20):
            barrier = threading.Barrier(at_once)
            path = tmp_path / f"{turn}.db"
            ended = [pool.submit(open_and_close, path, barrier) for _ in range(at_once)]
            assert [each.exception() for each in ended] == [None] * at_once
