"""What befalls the journal, the quota file and the files that are written: other programs hold
them, and disks fill up."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import cycle, islice
from pathlib import Path

from tests.acceptance.damaged import DAMAGES, check_copy, kill_half_way
from tests.acceptance.world import PATIENCE_S, Done
from tests.torture.scene import Arena, Scene
from tests.torture.scenes_process import BUSY, LOCKED, LONG, QUICK_SETTLE

MENDABLE = 2
HOLDER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
db.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
PLAIN = "import sys; from importer.__main__ import main; sys.exit(main())"
# The importer, but waiting 0.3 s for other programs, where a person's waits a minute.
IMPATIENT = """
import sys
from importer.journal import schema
schema.BUSY_TIMEOUT_MS = 300
from importer.__main__ import main
sys.exit(main())
"""
# The importer, but no file may grow past so many bytes.
LIMITED = """
import resource, sys
most = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
from importer.__main__ import main
sys.exit(main())
"""
NOTES = 8_000  # characters of each row that zlib can pack to half at best
STAGED_MOST = 400_000  # bytes: a new journal, and a part of 150 such rows
SHM = 40_000  # bytes: the -shm of a journal that is opened, and not a file of such rows
ROOM = 60_000  # bytes: for the first dozens of calls
LOG_LEFT = 60_000  # bytes: for some calls
LOG_MOST = 6_000_000  # bytes: SQLite begins a log anew at 4 MB, unless somebody reads
COPIES = 60
TMPFS = ("-t", "tmpfs", "tmpfs")


def start(arena: Arena, code: str, *arguments: object) -> "subprocess.Popen[str]":
    """A command of the importer, in a process that is prepared by these lines."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=arena.folder,
        env=arena.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    arena.processes.append(process)
    return process


def run(arena: Arena, *arguments: object) -> tuple[object, ...]:
    """The words of a run of the list."""
    return ("run", arena.list, "-m", arena.mapping, "--rate", "none", "--json", *arguments)


def expect_error(
    arena: Arena, process: "subprocess.Popen[str]", code: int, what: str, where: Path
) -> Done:
    """It ends so, and says what, where and how to mend it."""
    done = arena.expect_end(process, (code,))
    if done.code == code:
        said = done.json["error"]
        arena.tried += 1
        arena.expect(said["what"].startswith(what), f"it said: {said['what']}")
        arena.expect(Path(said["where"]).parent == where, f"it said, at: {said['where']}")
        arena.expect(bool(said["fix"]), "it did not say how to mend it")
    return done


# Held by another program


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Another process has the database to itself, until the end."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            process.communicate(timeout=PATIENCE_S)


def held_in_mid_run(arena: Arena) -> None:
    """Replies come that can't be recorded: the next run finds out what became of these calls."""
    for part in (3, 2):
        process = start(arena, IMPATIENT, *run(arena))
        if arena.has_come_to(arena.count // part, process):
            with holding(arena.journal_path):
                expect_held(arena, process)
            arena.cut_off += arena.in_flight()
    arena.finish()


def held_at_the_start(arena: Arena) -> None:
    arena.kill(arena.count // 2)
    arena.tried = 0
    with holding(arena.journal_path):
        expect_held(arena, start(arena, IMPATIENT, *run(arena)))
    arena.finish()


def expect_held(arena: Arena, process: "subprocess.Popen[str]") -> None:
    expect_error(arena, process, LOCKED, "another program holds the journal", arena.folder)


# Disks that fill up


def full_while_storing(arena: Arena) -> None:
    add_notes(arena)
    process = start(arena, LIMITED, STAGED_MOST, *run(arena))
    done = expect_error(arena, process, MENDABLE, "the journal cannot be written", arena.folder)
    arena.expect(not arena.create_calls(), "it sent rows of a list that is not stored")
    arena.expect(done.json["state"] == "staging", f"the job is {done.json['state']}")
    arena.finish()


def add_notes(arena: Arena) -> None:
    """A column that the mapping leaves out, to make the list long."""
    rows = arena.read_csv(arena.list)
    notes = [arena.random.randbytes(NOTES // 2).hex() for _ in rows]
    lines = arena.list.read_text().splitlines()
    arena.list.write_text(
        "".join(f"{line},{note}\n" for line, note in zip(lines, ["Notes", *notes], strict=True))
    )


def full_while_recording(arena: Arena) -> None:
    """At the first calls; then with a little more room, twice."""
    arena.run(arena.list, "--limit", 1)
    most = arena.journal_path.stat().st_size + ROOM
    for _ in range(3):
        process = start(arena, LIMITED, most, *run(arena))
        expect_error(arena, process, MENDABLE, "the journal cannot be written", arena.folder)
        arena.cut_off += arena.in_flight()
        most += ROOM
    arena.finish()


def full_while_writing_rejects(arena: Arena) -> None:
    """No row can be sent, and then there is no room for the file that tells why."""
    add_notes(arena)
    arena.finish()
    process = start(arena, LIMITED, SHM, "rejects", 1, "--out", arena.folder / "out", "--json")
    expect_no_rejects(arena, process, arena.folder / "out")
    rejects = arena.importer("rejects", 1, "--out", "out")
    arena.expect(rejects.code == 0, f"the reject file: {rejects.err}")
    written = arena.read_csv(arena.folder / "out" / "list.rejects.csv")
    arena.expect(len(written) == arena.count, f"it has {len(written)} rows of {arena.count}")


def expect_no_rejects(arena: Arena, process: "subprocess.Popen[str]", folder: Path) -> None:
    what = "no file of the importer can be written there"
    expect_error(arena, process, MENDABLE, what, folder.parent)
    left = [*folder.iterdir()]
    arena.expect(not left, f"it left {left}")


def full_while_counting_calls(arena: Arena) -> None:
    """The quota file's own disk: it has all but filled the room that there is."""
    arena.run(arena.list, "--limit", 1)
    (quota,) = (arena.folder / "state").glob("account-*.db")
    with long_log(quota):
        process = start(arena, LIMITED, LOG_MOST, *run(arena, "--rate", "500/1s"))
        what = "the account's quota file cannot be used"
        expect_error(arena, process, MENDABLE, what, quota.parent)
        arena.cut_off += arena.in_flight()
    arena.finish()


@contextmanager
def long_log(path: Path) -> Iterator[None]:
    """The database's log is all but LOG_MOST long, and is not begun anew while somebody reads."""
    log, write = path.with_name(f"{path.name}-wal"), "UPDATE quota SET taken = taken + 1"
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as writer,
        closing(sqlite3.connect(path, isolation_level=None)) as reader,
    ):
        writer.execute(write)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM quota").fetchall()
        while log.stat().st_size < LOG_MOST - LOG_LEFT:
            writer.execute(write)
        yield


def nameless(count: int) -> list[tuple[str, ...]]:
    """Rows that can't be sent."""
    return [("", "", "", "", f"Place {number}") for number in range(count)]


# Damage


def damaged_copies(arena: Arena) -> None:
    """Of the journal of another job, which a kill has ended half-way."""
    (arena.folder / "killed").mkdir()
    killed, kinds = kill_half_way(arena.folder / "killed"), cycle(DAMAGES)
    for kind in islice(kinds, COPIES):
        folder, seed = arena.folder / f"copy-{arena.tried}", arena.random.randrange(1 << 30)
        folder.mkdir()
        try:
            check_copy(killed, folder, kind, seed)
        except AssertionError as error:
            arena.expect(False, f"{kind}, seed {seed}: {str(error)[:500]}")
        arena.tried += 1
        shutil.rmtree(folder)
    arena.finish()


# Small disks, where this machine lets us make some


@cache
def can_mount() -> bool:
    if os.geteuid() != 0 or not shutil.which("mount"):
        return False
    with tempfile.TemporaryDirectory(prefix="torture-disk-") as name:
        if subprocess.run(["mount", *TMPFS, name], capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", name], check=True)
    return True


@contextmanager
def small_disk(arena: Arena, size: str) -> Iterator[Path]:
    """A disk of that size, which has room at the end of the context."""
    folder = arena.folder / "small"
    folder.mkdir()
    subprocess.run(["mount", *TMPFS, "-o", f"size={size}", folder], check=True)
    try:
        yield folder
    finally:
        arena.end_all()
        kept = shutil.copytree(folder, arena.folder / "kept")
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()
        kept.rename(folder)


def small_disk_for_the_journal(arena: Arena) -> None:
    with small_disk(arena, "1200k") as disk:
        arena.journals[0] = disk / "importer.db"
        process = start(arena, PLAIN, *run(arena, "--journal", arena.journal_path))
        expect_error(arena, process, MENDABLE, "the journal cannot be written", disk)
        arena.cut_off += arena.in_flight()
    arena.finish("--journal", arena.journal_path)


def small_disk_for_rejects(arena: Arena) -> None:
    with small_disk(arena, "8k") as disk:
        process = start(arena, PLAIN, *run(arena, "--out", disk))
        expect_no_rejects(arena, process, disk)
    arena.finish("--out", disk)
    written = arena.read_csv(disk / "list.rejects.csv")
    arena.expect(len(written) == arena.count, f"it has {len(written)} rows of {arena.count}")


def small_disk_for_the_quota(arena: Arena) -> None:
    with small_disk(arena, "300k") as disk:
        arena.environment["IMPORTER_STATE"] = str(disk)
        process = start(arena, PLAIN, *run(arena, "--rate", "500/1s"))
        expect_error(arena, process, MENDABLE, "the account's quota file cannot be used", disk)
        arena.cut_off += arena.in_flight()
    arena.finish()


@contextmanager
def read_only(disk: Path) -> Iterator[None]:
    """Nothing can be written there, by root either."""
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)


def read_only_journal(arena: Arena) -> None:
    """Before the first run, and after a kill half-way."""
    with small_disk(arena, "20m") as disk:
        arena.journals[0] = disk / "importer.db"
        words = ("--journal", arena.journal_path)
        with read_only(disk):
            expect_read_only(arena, disk, "the journal cannot be made")
        arena.kill(arena.count // 2, *words)
        with read_only(disk):
            expect_read_only(arena, disk, "the journal's lock cannot be made")
    arena.finish(*words)


def expect_read_only(arena: Arena, disk: Path, what: str) -> None:
    before = arena.create_calls()
    process = start(arena, PLAIN, *run(arena, "--journal", arena.journal_path))
    expect_error(arena, process, MENDABLE, what, disk)
    arena.expect(arena.create_calls() == before, "it sent rows that it could not keep")


SMALL_DISKS = (
    Scene("a full disk under the journal", small_disk_for_the_journal, BUSY,
          variables=QUICK_SETTLE, is_long=True),
    Scene("a full disk under the reject file", small_disk_for_rejects, make=nameless, rows=200,
          is_long=True, takes_any=False),
    Scene("a full disk under the quota file", small_disk_for_the_quota, BUSY,
          variables=QUICK_SETTLE, is_long=True),
    Scene("a read-only folder for the journal", read_only_journal, BUSY,
          variables=QUICK_SETTLE),
)  # fmt: skip
SCENES = (
    Scene("another program holds the journal in mid-run", held_in_mid_run, LONG, rows=80,
          variables=QUICK_SETTLE),
    Scene("another program holds the journal at the start", held_at_the_start, BUSY, rows=60,
          variables=QUICK_SETTLE, is_long=True),
    Scene("no room while the list is stored", full_while_storing, takes_any=False),
    Scene("no room while outcomes are recorded", full_while_recording, BUSY, rows=80,
          variables=QUICK_SETTLE),
    Scene("no room for the reject file", full_while_writing_rejects, make=nameless, rows=60,
          takes_any=False),
    Scene("no room for the quota file", full_while_counting_calls, BUSY, rows=60,
          variables=QUICK_SETTLE, takes_any=False),
    Scene("the journal's bytes are damaged", damaged_copies, rows=20, is_long=True,
          takes_any=False),
    *(SMALL_DISKS if can_mount() else ()),
)  # fmt: skip
