"""The preloaded library: its log is true, the clock moves and names fail while a process runs."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pytest

from tests.torture.power import MAGIC, Op, read_events, without_power_loss
from tests.torture.preload import NO_COMPILER, Preload, build, compiler

pytestmark = pytest.mark.skipif(compiler() is None, reason=NO_COMPILER)

CLOCKS = """
import datetime, json, sqlite3, sys, time
for line in sys.stdin:
    utc = datetime.datetime.now(datetime.UTC).timestamp()
    sql, = sqlite3.connect(":memory:").execute("SELECT unixepoch('now')").fetchone()
    print(json.dumps([time.time(), utc, sql, time.monotonic()]), flush=True)
"""
NAMES = """
import socket, sys
for line in sys.stdin:
    try:
        print(socket.getaddrinfo(line.strip(), 80, type=socket.SOCK_STREAM)[0][4][0], flush=True)
    except socket.gaierror as error:
        print(error.errno, flush=True)
"""
ONE_COMMIT = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
for sql in ("PRAGMA journal_mode = WAL", f"PRAGMA synchronous = {sys.argv[2]}",
            "CREATE TABLE row (name)", "PRAGMA wal_checkpoint(TRUNCATE)"):
    db.execute(sql)
with open(f"{sys.argv[1]}.mark", "w") as mark:
    mark.write("commit")
db.execute("INSERT INTO row VALUES ('Asha')")
with open(f"{sys.argv[1]}.mark", "w") as mark:
    mark.write("close")
"""
FILES = """
import os, subprocess, sys
path = sys.argv[1]
fd = os.open(path, os.O_RDWR | os.O_CREAT)
os.write(fd, b"abc")
os.pwrite(fd, b"XY", 6)
subprocess.run(["true"], check=True)
os.ftruncate(fd, 7)
os.write(fd, b"d")
os.fsync(fd)
os.close(fd)
os.chdir(os.path.dirname(path))
open("j-shm", "wb").write(b"map")
open("other", "wb").write(b"no")
open("j-wal", "wb").write(b"frame")
os.rename("j-wal", "j-old")
os.rename("other", "another")
os.unlink("j-old")
open(path, "ab").write(b"end")
os.fdatasync(os.open(path, os.O_WRONLY))
"""


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("preload"))


@pytest.fixture
def preload(library: Path, tmp_path: Path) -> Preload:
    folder = tmp_path / "rig"
    folder.mkdir()
    return Preload(library, folder, tmp_path / "j")


def environment(preload: Preload) -> dict[str, str]:
    return {**os.environ, **preload.environment}


def run(preload: Preload, script: str, *arguments: object) -> None:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    subprocess.run(command, env=environment(preload), check=True)


@contextmanager
def asked(preload: Preload, script: str) -> Iterator[Any]:
    """A process that answers each line with a line of JSON."""
    child = subprocess.Popen(
        [sys.executable, "-c", script],
        env=environment(preload),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    lines_in: IO[str] = child.stdin
    lines_out: IO[str] = child.stdout

    def ask(line: str = "") -> Any:
        lines_in.write(f"{line}\n")
        lines_in.flush()
        text = lines_out.readline()
        return json.loads(text) if text[0] in "-[" else text.strip()

    try:
        yield ask
    finally:
        child.communicate()


# The log


def test_the_log_has_each_write_in_order_and_no_file_but_the_journals(preload: Preload) -> None:
    journal = preload.journal
    assert journal is not None
    run(preload, FILES, journal)
    wal, old = journal.with_name("j-wal"), journal.with_name("j-old")
    assert [(e.op, e.path, e.offset, e.data) for e in read_events(preload.log)] == [
        (Op.IMAGE, journal, 0, b""),
        (Op.OPEN, journal, 0, b""),
        (Op.WRITE, journal, 0, b"abc"),
        (Op.WRITE, journal, 6, b"XY"),
        (Op.TRUNCATE, journal, 7, b""),
        (Op.WRITE, journal, 3, b"d"),
        (Op.SYNC, journal, 0, b""),
        (Op.OPEN, wal, 0, b""),
        (Op.TRUNCATE, wal, 0, b""),
        (Op.WRITE, wal, 0, b"frame"),
        (Op.RENAME, old, 0, str(wal).encode()),
        (Op.UNLINK, old, 0, b""),
        (Op.OPEN, journal, 0, b""),
        (Op.WRITE, journal, 7, b"end"),
        (Op.OPEN, journal, 0, b""),
        (Op.SYNC, journal, 0, b""),
    ]
    assert without_power_loss(preload.log) == {journal: journal.read_bytes()}
    assert journal.read_bytes() == b"abcd\0\0Xend"


def test_a_log_that_begins_late_has_what_stood_there(preload: Preload) -> None:
    journal = preload.journal
    assert journal is not None
    journal.write_bytes(b"0123456789")
    journal.with_name("j-journal").write_bytes(b"hot")
    run(preload, FILES, journal)
    images = [e for e in read_events(preload.log) if e.op is Op.IMAGE]
    assert {e.path.name: e.data for e in images} == {"j": b"0123456789", "j-journal": b"hot"}
    assert without_power_loss(preload.log)[journal] == journal.read_bytes() == b"abcd45Xend"


def test_a_record_that_a_kill_cut_short_is_left_out(preload: Preload) -> None:
    run(preload, FILES, preload.journal)
    whole = read_events(preload.log)
    log = preload.log.read_bytes()
    preload.log.write_bytes(log + MAGIC)
    assert read_events(preload.log) == whole
    preload.log.write_bytes(log[:-1])
    assert read_events(preload.log) == whole[:-1]
    preload.log.write_bytes(b"x" + log)
    with pytest.raises(ValueError, match="no record at byte 0"):
        read_events(preload.log)


def test_a_process_dies_with_the_event_that_is_named(preload: Preload) -> None:
    run(preload, FILES, preload.journal)
    whole = [(e.op, e.offset, e.data) for e in read_events(preload.log)]
    assert preload.journal is not None
    for die_at in (4, len(whole)):
        preload.journal.unlink()
        preload.log.unlink()
        named = replace(preload, die_at=die_at)
        with pytest.raises(subprocess.CalledProcessError) as ended:
            run(named, FILES, preload.journal)
        assert ended.value.returncode == -signal.SIGKILL
        assert [(e.op, e.offset, e.data) for e in read_events(preload.log)] == whole[:die_at]


def synced_at_commit(preload: Preload, synchronous: str) -> Counter[Op]:
    """What the commit of one row does to the WAL."""
    journal = preload.journal
    assert journal is not None
    run(preload, ONE_COMMIT, journal, synchronous)
    events = read_events(preload.log)
    commit, close = (n for n, e in enumerate(events) if e.data in (b"commit", b"close"))
    assert without_power_loss(preload.log)[journal] == journal.read_bytes()
    return Counter(e.op for e in events[commit:close] if e.path.name == "j-wal")


def test_sqlite_syncs_its_log_at_a_commit_with_full_and_not_with_normal(
    library: Path, tmp_path: Path
) -> None:
    found = {}
    for synchronous in ("FULL", "NORMAL"):
        folder = tmp_path / synchronous
        folder.mkdir()
        found[synchronous] = synced_at_commit(
            Preload(library, folder, tmp_path / synchronous / "j"), synchronous
        )
    assert found["FULL"][Op.WRITE] > 0
    assert found["FULL"] - found["NORMAL"] == Counter({Op.SYNC: 1})


# The clock


def test_the_wall_clock_goes_forward_and_back_in_mid_run_and_no_other(preload: Preload) -> None:
    day = 86_400.0
    with asked(preload, CLOCKS) as ask:
        seen = [ask()]
        for offset_s in (day, -day - 0.5, 0):
            preload.set_clock(offset_s)
            seen.append(ask())
    monotonic = [each[3] for each in seen]
    walls = [[clock - each[3] for clock in each[:3]] for each in seen]
    by_days = [[round((wall - walls[0][0]) / day, 2) for wall in row] for row in walls]
    assert by_days == [[0, 0, 0], [1, 1, 1], [-1, -1, -1], [0, 0, 0]]
    assert monotonic == sorted(monotonic)
    assert monotonic[-1] - monotonic[0] < day / 2


# Names


def test_names_fail_for_as_long_as_they_are_told_to(preload: Preload) -> None:
    with asked(preload, NAMES) as ask:
        seen = [ask("localhost")]
        preload.break_dns()
        seen += [ask("localhost"), ask("127.0.0.1")]
        preload.break_dns("EAI_NONAME")
        seen.append(ask("localhost"))
        preload.mend_dns()
        seen.append(ask("localhost"))
    here = seen[0]
    assert here in ("127.0.0.1", "::1")
    assert seen[1:] == [socket.EAI_AGAIN, socket.EAI_AGAIN, socket.EAI_NONAME, here]


# The compiler


def test_the_library_is_compiled_once(library: Path) -> None:
    made_at = library.stat().st_mtime_ns
    assert build(library.parent) == library
    assert library.stat().st_mtime_ns == made_at
