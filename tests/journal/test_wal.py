"""Logs as killed processes leave them, torn at every kind of place: what is missing is noticed."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from importer.errors import JournalError
from importer.journal import wal
from importer.journal.journal import Journal
from importer.journal.reading import JournalReader
from tests.journal.damage import read_files, write_files

# A process that commits so many times, begins one more, and is killed.
KILLED = """
import os, sys
from pathlib import Path
from importer.journal.schema import connect
connect(Path(sys.argv[1]), create=True).close()
db = connect(Path(sys.argv[1]), create=False)
for number in range(int(sys.argv[2])):
    db.execute("BEGIN IMMEDIATE")
    for table in ("twin", "doubtful"):
        db.execute(f"INSERT INTO {table} VALUES (?, ?)", (number, number))
    db.execute("COMMIT")
db.execute("PRAGMA cache_size = 5")
db.execute("BEGIN IMMEDIATE")
for number in range(int(sys.argv[3])):
    db.execute("INSERT INTO twin VALUES (?, -1)", (number,))
os.kill(os.getpid(), 9)
"""
COMMITS = 12
FRAME = 24 + 4096
HEAD = 32
Change = Callable[[bytes], bytes]


def killed(path: Path, commits: int = COMMITS, begun: int = 0) -> Path:
    """A journal whose log has so many commits of two pages each, and the -shm of the process."""
    command = [sys.executable, "-c", KILLED, str(path), str(commits), str(begun)]
    assert subprocess.run(command, check=False).returncode == -9
    return path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return killed(tmp_path_factory.mktemp("killed") / "importer.db")


@pytest.fixture
def left(original: Path, path: Path) -> Path:
    write_files(path, read_files(original))
    return path


def change(path: Path, ending: str, do: Change) -> None:
    write_files(path, {ending: do(read_files(path)[ending])})


def without(path: Path, ending: str) -> None:
    path.with_name(f"{path.name}{ending}").unlink()


def noise(at: int, length: int) -> Change:
    return lambda data: data[:at] + b"\xa5" * length + data[at + length :]


def cut(length: int) -> Change:
    return lambda data: data[:length]


def frame(index: int) -> int:
    """Where that frame begins; 0 is the first."""
    return HEAD + index * FRAME


def told(path: Path) -> tuple[bool, bool]:
    return wal.is_torn(path), wal.is_whole(path)


def seen(path: Path) -> int:
    """Commits that SQLite sees; in a copy, as it would fold the log in."""
    copy = path.with_name("copy.db")
    write_files(copy, {end: data for end, data in read_files(path).items() if end != "-shm"})
    with closing(sqlite3.connect(copy)) as db:
        return int(db.execute("SELECT count(*) FROM twin").fetchone()[0])


def test_a_log_that_a_kill_left_is_whole(left: Path) -> None:
    log, promise = wal.read_log(left), wal.read_promise(left)
    assert log is not None
    assert promise is not None
    assert (len(log.frames), log.read, log.committed) == (2 * COMMITS,) * 3
    assert (promise.frames, promise.in_file, promise.salts) == (2 * COMMITS, 0, log.salts)
    assert [bool(each.size) for each in log.frames] == [False, True] * COMMITS
    assert told(left) == (False, True)
    assert seen(left) == COMMITS


def test_a_commit_that_was_under_way_is_no_loss(path: Path) -> None:
    killed(path, 3, begun=5_000)
    log = wal.read_log(path)
    assert log is not None
    assert (log.committed, len(log.frames) > 8) == (6, True)
    assert told(path) == (False, True)
    without(path, "-shm")
    assert told(path) == (False, True)


def test_a_journal_that_was_closed_has_no_log(path: Path) -> None:
    Journal(path, create=True).close()
    assert (wal.read_log(path), wal.read_promise(path)) == (None, None)
    assert told(path) == (False, True)


def test_a_log_that_was_begun_anew_has_frames_of_before_behind_it(path: Path) -> None:
    with Journal(path, create=True) as journal:
        insert = "INSERT INTO twin VALUES (?, 1)"
        for number in range(20):
            journal.execute(insert, (number,))
        journal.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
        journal.execute(insert, (99,))
        log = wal.read_log(path)
        assert log is not None
        assert (len(log.frames), log.read, log.is_cut) == (1, 1, False)
        assert told(path) == (False, True)


# What is noticed where the -shm tells how much there was


DAMAGES = {
    "cut to nothing": cut(0),
    "cut where a commit ends": cut(frame(10)),
    "cut within a page": cut(frame(10) - 50),
    "zeros from there on": lambda data: data[: frame(10)] + bytes(len(data) - frame(10)),
    "noise in a page": noise(frame(10) + 300, 8),
    "noise in the last page": noise(frame(23) + 300, 8),
    "noise in a frame's header": noise(frame(10), 24),
    "noise in the log's header": noise(0, 32),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_less_than_the_shm_tells_is_torn(left: Path, name: str) -> None:
    change(left, "-wal", DAMAGES[name])
    assert seen(left) < COMMITS, "SQLite says nothing of it"
    assert told(left) == (True, False)
    before = read_files(left)
    for opened in (Journal, JournalReader):
        with pytest.raises(JournalError) as caught:
            opened(left)
        assert caught.value.what == f"the journal is damaged: {wal.TORN}"
    assert read_files(left) == before, "what is left can still be saved"


def test_what_the_file_has_already_is_not_missed(left: Path) -> None:
    with closing(sqlite3.connect(left)) as db, closing(sqlite3.connect(left)) as other:
        db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        other.execute("SELECT count(*) FROM twin").fetchall()
        files = read_files(left)
    write_files(left, {**files, "-wal": b""})
    promise = wal.read_promise(left)
    assert promise is not None
    assert promise.frames == promise.in_file == 2 * COMMITS
    assert told(left) == (False, True)


# What is noticed without


@pytest.mark.parametrize(
    ("name", "is_torn", "is_whole"),
    [
        ("cut where a commit ends", False, True),  # as good as a log that ends there
        ("cut within a page", False, False),  # perhaps the power was cut in the last commit
        ("zeros from there on", False, False),
        ("noise in a page", True, False),
        ("noise in the last page", False, False),
        ("noise in a frame's header", True, False),
        ("noise in the log's header", True, False),
    ],
)
def test_without_the_shm_what_stands_behind_a_tear_tells(
    left: Path, name: str, is_torn: bool, is_whole: bool
) -> None:
    without(left, "-shm")
    change(left, "-wal", DAMAGES[name])
    assert told(left) == (is_torn, is_whole)


def test_a_last_commit_that_the_power_cut_tore_is_no_loss(left: Path) -> None:
    """Its last frame has reached the disk, the one before has not."""
    without(left, "-shm")
    change(left, "-wal", noise(frame(22), FRAME))
    assert told(left) == (False, False)
    assert seen(left) == COMMITS - 1
    Journal(left).close()


def test_a_head_that_is_torn_loses_nothing_where_the_file_has_all_of_it(left: Path) -> None:
    with closing(sqlite3.connect(left)) as db, closing(sqlite3.connect(left)) as other:
        db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        other.execute("SELECT count(*) FROM twin").fetchall()
        files = read_files(left)
    write_files(left, {"": files[""], "-wal": noise(0, 32)(files["-wal"])})
    assert told(left) == (False, True)


def test_an_shm_that_is_being_written_promises_nothing(left: Path) -> None:
    change(left, "-shm", noise(50, 4))
    assert wal.read_promise(left) is None
    change(left, "-shm", noise(2, 4))
    assert wal.read_promise(left) is None


def test_a_log_of_the_other_order_of_bytes_is_read(left: Path) -> None:
    """As a machine of the other kind writes it."""
    log = wal.read_log(left)
    assert log is not None
    data = bytearray(read_files(left)["-wal"])
    magic = int.from_bytes(data[:4], "big") ^ 1
    order = "big" if magic & 1 else "little"
    data[:4] = magic.to_bytes(4, "big")
    total = wal._sum(bytes(data[:24]), order, (0, 0))
    data[24:32] = b"".join(word.to_bytes(4, "big") for word in total)
    for index in range(len(log.frames)):
        at = frame(index)
        total = wal._sum(bytes(data[at : at + 8]), order, total)
        total = wal._sum(bytes(data[at + 24 : at + FRAME]), order, total)
        data[at + 16 : at + 24] = b"".join(word.to_bytes(4, "big") for word in total)
    change(left, "-wal", lambda _: bytes(data))
    without(left, "-shm")
    assert seen(left) == COMMITS, "SQLite reads it, too"
    again = wal.read_log(left)
    assert again is not None
    assert (again.read, again.has_sound_head) == (2 * COMMITS, True)


def test_the_sound_pages_are_the_last_of_each(left: Path, tmp_path: Path) -> None:
    log = wal.read_log(left)
    assert log is not None
    copy = Path(shutil.copy(left, tmp_path / "alone.db"))
    with copy.open("r+b") as file:
        for page, data in wal.sound_pages(left, log):
            file.seek((page - 1) * 4096)
            file.write(data)
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT count(*) FROM twin").fetchone() == (COMMITS,)
