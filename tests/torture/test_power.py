"""A power cut takes what was not synced: SQLite's promise is kept, and is seen to be broken."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.torture.power import (
    HEAD,
    MAGIC,
    Event,
    Loss,
    Op,
    after_power_loss,
    read_events,
    without_power_loss,
)
from tests.torture.preload import NO_COMPILER, Preload, build, compiler

CUTS = range(60)
WRITER = """
import os, sqlite3, sys
path, synchronous, count = sys.argv[1:]
reports = os.open(f"{path}.reports", os.O_WRONLY | os.O_CREAT)
db = sqlite3.connect(path, isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute(f"PRAGMA synchronous = {synchronous}")
db.execute("PRAGMA wal_autocheckpoint = 20")
db.execute("CREATE TABLE row (number INTEGER PRIMARY KEY, name TEXT)")
for number in range(int(count)):
    db.execute("INSERT INTO row VALUES (?, ?)", (number, "Asha" * 200))
    os.write(reports, f"{number}\\n".encode())
    print(number, flush=True)
"""
needs_compiler = pytest.mark.skipif(compiler() is None, reason=NO_COMPILER)


# The model, by logs made by hand


def write_log(path: Path, *events: tuple[Op, str, int, bytes]) -> Path:
    """Files are of the folder /j."""
    with path.open("wb") as file:
        for op, file_name, offset, data in events:
            name = f"/j/{file_name}".encode()
            file.write(HEAD.pack(MAGIC, op, len(name), offset, len(data)) + name + data)
    return path


def outcomes(log: Path, into: Path, **options: int) -> set[tuple[tuple[str, bytes], ...]]:
    """All that a hundred seeds leave in the folder."""
    found = set()
    for seed in range(100):
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir()
        after_power_loss(log, into, random.Random(seed), **options)
        found.add(tuple((path.name, path.read_bytes()) for path in sorted(into.iterdir())))
    return found


@pytest.mark.parametrize(
    ("events", "left"),
    [
        ([(Op.WRITE, "a", 0, b"12"), (Op.SYNC, "a", 0, b"")], {b"12"}),
        ([(Op.OPEN, "a", 0, b""), (Op.WRITE, "a", 0, b"12")], {b"", b"1", b"12"}),
        ([(Op.IMAGE, "a", 0, b"ab"), (Op.WRITE, "a", 0, b"12")], {b"ab", b"1b", b"12"}),
        (
            [(Op.WRITE, "a", 0, b"1"), (Op.WRITE, "a", 1, b"2"), (Op.WRITE, "a", 0, b"3")],
            {b"", b"1", b"12", b"32"},
        ),
        (
            [(Op.IMAGE, "a", 0, b"abc"), (Op.TRUNCATE, "a", 1, b""), (Op.WRITE, "a", 2, b"3")],
            {b"a", b"a\x003"},
        ),
        ([(Op.WRITE, "a", 0, b"1"), (Op.TRUNCATE, "a", 2, b"")], {b"\0\0", b"1\0"}),
        (
            [(Op.WRITE, "a", 0, b"1"), (Op.SYNC, "b", 0, b""), (Op.WRITE, "a", 0, b"2")],
            {b"", b"1", b"2"},
        ),
        (
            [(Op.IMAGE, "a", 0, b"ab"), (Op.UNLINK, "a", 0, b""), (Op.WRITE, "a", 0, b"1")],
            {b"", b"1"},
        ),
        (
            [(Op.IMAGE, "a", 0, b"ab"), (Op.WRITE, "a", 2, b"c"), (Op.IMAGE, "a", 0, b"abc")],
            {b"ab", b"abc"},
        ),
        (
            [(Op.IMAGE, "a", 0, b"ab"), (Op.IMAGE, "a", 0, b"ac"), (Op.SYNC, "a", 0, b"")],
            {b"ac"},
        ),
    ],
    ids=[
        "a synced write holds",
        "a later write is there, torn or lost",
        "a torn write has the old bytes behind the cut",
        "of later writes the first are there",
        "a truncation holds",
        "a truncation holds though the write before it is lost",
        "a sync of another file is none",
        "an unlinked file's bytes do not come back",
        "an image that the log led to says nothing new",
        "an image that the log did not lead to is a write",
    ],
)
def test_a_file_after_a_cut_is_one_of(
    events: Sequence[tuple[Op, str, int, bytes]], left: set[bytes], tmp_path: Path
) -> None:
    log = write_log(tmp_path / "log", *events)
    seen = outcomes(log, tmp_path / "disk")
    assert {data for files in seen for name, data in files if name == "a"} == left


def test_each_file_loses_writes_of_its_own(tmp_path: Path) -> None:
    log = write_log(tmp_path / "log", (Op.WRITE, "a", 0, b"1"), (Op.WRITE, "b", 0, b"2"))
    both = {(("a", a), ("b", b)) for a in (b"", b"1") for b in (b"", b"2")}
    assert outcomes(log, tmp_path / "disk") == both


def test_a_write_is_torn_at_any_byte_and_often_at_a_sector(tmp_path: Path) -> None:
    log = write_log(tmp_path / "log", (Op.WRITE, "a", 0, b"x" * 4096))
    sizes = [len(files[0][1]) for files in outcomes(log, tmp_path / "disk")]
    assert {size for size in sizes if size % 512 == 0} == set(range(0, 4097, 512))
    assert len([size for size in sizes if size % 512]) > 10


def test_a_cut_can_come_earlier_in_the_log(tmp_path: Path) -> None:
    log = write_log(
        tmp_path / "log",
        (Op.WRITE, "a", 0, b"1"),
        (Op.SYNC, "a", 0, b""),
        (Op.WRITE, "b", 0, b"2"),
        (Op.UNLINK, "a", 0, b""),
    )
    assert outcomes(log, tmp_path / "disk", events=0) == {()}
    assert outcomes(log, tmp_path / "disk", events=2) == {(("a", b"1"),)}
    assert outcomes(log, tmp_path / "disk", events=4) == {(("b", b""),), (("b", b"2"),)}


def test_a_file_that_was_moved_has_what_was_synced_under_its_name_of_before(
    tmp_path: Path,
) -> None:
    log = write_log(
        tmp_path / "log",
        (Op.WRITE, "j.new", 0, b"12"),
        (Op.SYNC, "j.new", 0, b""),
        (Op.WRITE, "j.new", 2, b"3"),
        (Op.RENAME, "j", 0, b"/j/j.new"),
    )
    assert outcomes(log, tmp_path / "disk") == {(("j", b"12"),), (("j", b"123"),)}


def test_the_files_of_the_folder_are_those_of_the_disk_and_no_map(tmp_path: Path) -> None:
    log = write_log(
        tmp_path / "log",
        (Op.WRITE, "j", 0, b"1"),
        (Op.SYNC, "j", 0, b""),
        (Op.OPEN, "j-wal", 0, b""),
        (Op.UNLINK, "j-wal", 0, b""),
        (Op.WRITE, "j-wal2", 0, b"2"),
    )
    disk = tmp_path / "disk"
    disk.mkdir()
    for name in ("j", "j-wal", "j-shm", "list.csv"):
        (disk / name).write_bytes(b"old")
    loss = after_power_loss(log, disk, random.Random(0), events=4)
    assert loss == Loss(events=4, unsynced=0, lost=0, files=(disk / "j",))
    assert {path.name: path.read_bytes() for path in disk.iterdir()} == {
        "j": b"1",
        "list.csv": b"old",
    }


# SQLite, and cuts of a real process's log


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("preload"))


def commit(preload: Preload, synchronous: str, count: int) -> "subprocess.Popen[str]":
    """A process that commits rows and reports each: on stdout, and in a file that is logged."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(preload.journal), synchronous, str(count)],
        env={**os.environ, **preload.environment},
        stdout=subprocess.PIPE,
        text=True,
    )


def reported(events: Sequence[Event]) -> set[int]:
    return {int(e.data) for e in events if e.path.suffix == ".reports" and e.op is Op.WRITE}


def rows_of(journal: Path) -> set[int]:
    """What can be read; asserts that the database is sound."""
    with closing(sqlite3.connect(journal)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            return set()
        return {number for (number,) in db.execute("SELECT number FROM row")}


def lost_by_cuts(library: Path, folder: Path, synchronous: str) -> tuple[int, int]:
    """Over the cuts: reported commits that are gone, and cuts that took something of the WAL."""
    journal = folder / "live" / "j.db"
    journal.parent.mkdir(parents=True)
    preload = Preload(library, folder, journal)
    commit(preload, synchronous, 100).communicate()
    assert without_power_loss(preload.log)[journal] == journal.read_bytes()
    events = read_events(preload.log)
    lost = shorn = 0
    for seed in CUTS:
        moments = random.Random(seed)
        at = moments.randrange(len(events))
        disk = folder / str(seed)
        disk.mkdir()
        after_power_loss(preload.log, disk, moments, events=at)
        shorn += is_shorn(preload, disk / "j.db-wal", at)
        lost += len(reported(events[:at]) - rows_of(disk / "j.db"))
    return lost, shorn


def is_shorn(preload: Preload, wal: Path, at: int) -> bool:
    cached = without_power_loss(preload.log, events=at)
    live = [data for path, data in cached.items() if path.name == wal.name]
    return wal.exists() and live != [wal.read_bytes()]


@needs_compiler
def test_a_cut_at_any_moment_takes_no_commit_with_full_and_some_with_normal(
    library: Path, tmp_path: Path
) -> None:
    full, shorn = lost_by_cuts(library, tmp_path / "full", "FULL")
    normal, _ = lost_by_cuts(library, tmp_path / "normal", "NORMAL")
    assert full == 0
    assert shorn > len(CUTS) / 10
    assert normal > len(CUTS)


@needs_compiler
@pytest.mark.parametrize("seed", range(3))
def test_a_killed_process_loses_no_reported_commit_by_a_power_cut(
    library: Path, tmp_path: Path, seed: int
) -> None:
    moments = random.Random(seed)
    preload = Preload(library, tmp_path, tmp_path / "j.db")
    process = commit(preload, "FULL", 1_000_000)
    assert process.stdout is not None
    told = {int(process.stdout.readline()) for _ in range(moments.randrange(1, 60))}
    process.send_signal(signal.SIGKILL)
    told |= {int(line) for line in process.communicate()[0].splitlines(True) if "\n" in line}
    assert process.returncode == -signal.SIGKILL
    loss = after_power_loss(preload.log, tmp_path, moments)
    assert loss.events == len(read_events(preload.log))
    assert told - rows_of(tmp_path / "j.db") == set()
