"""`importer salvage`, as a person gives it."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from importer.journal.lock import held
from importer.journal.wal import TORN
from tests.acceptance.world import HEADER, World
from tests.jobs.lists import people, run
from tests.journal.damage import (
    PAGE,
    leaves_of,
    read_files,
    root_of,
    with_page,
    write_files,
    zeroed,
)

NEXT = [
    "next: move the journal away, and the -wal and -shm beside it; the next run makes a new one",
    "next: rows that are pending or failed are not in the account: make a list of them, and run it",
    "next: rows that are sending, in_doubt or unknown may be there: look for each, and run those"
    " that are not",
    "next: where every row has a value that the account keeps unique (an e-mail, a phone, the"
    " mapping's stamp), the list itself can be run again instead: what is there comes back as"
    " duplicate",
]
RESULTS = [*HEADER, "Import Status", "Lead Id", "Import Row", "Import Reason"]


@pytest.fixture
def imported(world: World) -> Path:
    """The journal of a list of five, of which two were sent."""
    run(world, world.write_csv("list.csv", people(5)), "--limit", 2)
    return world.folder / "importer.db"


def key_of(world: World) -> str:
    return str(world.journal("SELECT key FROM job")[0][0])


def test_of_a_sound_journal_every_row_is_saved(world: World, imported: Path) -> None:
    key, before = key_of(world), read_files(imported)
    done = world.importer("salvage")
    assert (done.code, done.out.splitlines(), done.err) == (0, [
        f"journal: {imported}",
        f"job 1 ({key}), {world.folder / 'list.csv'}",
        "  whole              5  with their state and their cells",
        "  pending            3  of these: not sent",
        f"salvaged: {world.folder / 'list.salvaged.csv'}",
        "the journal is sound: go on with it",
    ], "job 1: 5 rows written\n")  # fmt: skip
    assert read_files(imported) == before
    rows = world.read_csv(world.folder / "list.salvaged.csv")
    assert [*rows[0]] == RESULTS
    assert [row["Import Status"] for row in rows] == ["created"] * 2 + ["pending"] * 3
    assert sum(bool(row["Lead Id"]) for row in rows) == 2


def test_what_is_lost_is_told_and_what_to_do(world: World, imported: Path) -> None:
    key, files = key_of(world), read_files(imported)
    write_files(imported, zeroed(files, *leaves_of(files, "block")))
    done = world.importer("salvage", "--out", "saved")
    lines = done.out.splitlines()
    damage = [line for line in lines if line.startswith("damage: ")]
    assert len(damage) == 1
    assert (done.code, lines) == (1, [
        f"journal: {imported}",
        f"job 1 ({key}), {world.folder / 'list.csv'}",
        "  no cells           5  their state alone",
        "  pending            3  of these: not sent",
        f"salvaged: {world.folder / 'saved' / 'list.salvaged.csv'}",
        *damage,
        *NEXT,
    ])  # fmt: skip


def test_json_tells_the_same(world: World, imported: Path) -> None:
    files = read_files(imported)
    write_files(imported, zeroed(files, *leaves_of(files, "block")))
    done = world.importer("salvage", "--json", "-q")
    assert (done.code, done.err, done.out.count("\n")) == (1, "", 1)
    found = done.json["salvage"]
    assert (found["sound"], len(found["damage"])) == (False, 1)
    assert done.json["journal"] == str(imported)
    (job,) = found["jobs"]
    assert (job["whole"], job["no_cells"], job["unknown"], job["lost"]) == (0, 5, 0, 0)
    assert job["file"] == str(world.folder / "list.csv")


def test_rows_of_a_job_without_a_record_have_letters_for_columns(
    world: World, imported: Path
) -> None:
    files = read_files(imported)
    write_files(imported, zeroed(files, root_of(files, "job"), root_of(files, "count")))
    done = world.importer("salvage", "--json")
    (job,) = done.json["salvage"]["jobs"]
    path = world.folder / "job-1.salvaged.csv"
    assert (done.code, job) == (1, {
        "number": 1, "key": None, "file": "", "whole": 5, "no_cells": 0, "unknown": 0,
        "pending": 3, "no_id": 0, "lost": None, "path": str(path),
    })  # fmt: skip
    assert [*world.read_csv(path)[0]] == ["A", "B", "C", "D", "E", *RESULTS[5:]]


def test_rows_that_are_wholly_lost_are_counted(world: World, imported: Path) -> None:
    with closing(sqlite3.connect(imported)) as db:
        db.execute("UPDATE count SET rows = rows + 7 WHERE status = 'created'")
        db.commit()
    done = world.importer("salvage", "--json")
    assert (done.code, done.json["salvage"]["jobs"][0]["lost"]) == (1, 7)
    assert "  lost               7  nothing of them can be read" in world.importer("salvage").out


def test_a_log_that_lacks_commits_is_told(world: World, imported: Path) -> None:
    process = world.start("run", "list.csv", "-m", world.mapping, "--rate", "none")
    process.communicate()
    more = world.write_csv("more.csv", people(400))
    process = world.start("run", more, "-m", world.mapping, "--rate", "none")
    assert world.kill_when(process, world.create_calls() + 100)
    files = read_files(imported)
    write_files(imported, {"-wal": files["-wal"][: len(files["-wal"]) // 3]})
    before = read_files(imported)
    done = world.importer("salvage", "--json")
    assert (done.code, done.json["salvage"]["damage"][0]) == (1, TORN)
    for command in (("status",), ("run", more, "-m", world.mapping), ("verify", "2")):
        refused = world.importer(*command, "--json")
        assert (refused.code, refused.json["error"]["what"]) == (
            2, f"the journal is damaged: {TORN}",
        )  # fmt: skip
    assert read_files(imported) == before


def test_the_journal_of_a_folder_above_is_named(world: World, imported: Path) -> None:
    """The person may have meant another."""
    below = world.folder / "below"
    below.mkdir()
    ended = subprocess.run(
        [sys.executable, "-m", "importer", "salvage"],
        cwd=below, env=world.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ended.stdout.splitlines()[0] == f"journal: {imported}"


# Journals that were cut short


def test_a_journal_that_was_cut_short_is_saved_as_far_as_it_goes(
    world: World, imported: Path
) -> None:
    key, files = key_of(world), read_files(imported)
    write_files(imported, {"": files[""][: root_of(files, "twin") * PAGE + 1_000]})
    done = world.importer("salvage", "--out", "saved")
    path = world.folder / "saved" / "list.salvaged.csv"
    assert (done.code, done.out.splitlines()) == (1, [
        f"journal: {imported}",
        f"job 1 ({key}), {world.folder / 'list.csv'}",
        "  whole              5  with their state and their cells",
        "  pending            3  of these: not sent",
        "  no Id              2  of these: created, the lead's Id is not certain",
        f"salvaged: {path}",
        "damage: it is cut short: 20 of its 33 pages are gone",
        "damage: its table of contents cannot be read",
        "damage: database disk image is malformed",
        *NEXT,
    ])  # fmt: skip
    assert [(row["Import Status"], row["Lead Id"]) for row in world.read_csv(path)] == [
        ("created", ""), ("created", ""), ("pending", ""), ("pending", ""), ("pending", ""),
    ]  # fmt: skip


# Damage that no row suffers from


def test_a_table_of_contents_that_is_gone_is_told(world: World, imported: Path) -> None:
    files = read_files(imported)
    page = files[""].index(b"CREATE TABLE twin") // PAGE + 1
    write_files(imported, with_page(files, page, b"\xa5" * PAGE))
    done = world.importer("salvage")
    lines = done.out.splitlines()
    assert (done.code, lines[-len(NEXT) - 1 :]) == (0, [
        "damage: its table of contents cannot be read", *NEXT,
    ])  # fmt: skip
    assert world.importer("salvage", "--json").json["salvage"]["sound"] is False


@pytest.mark.usefixtures("imported")
def test_damage_that_only_other_commands_find_is_told(world: World, imported: Path) -> None:
    with closing(sqlite3.connect(imported)) as db:
        db.execute("DELETE FROM secret")
        db.commit()
    lines = world.importer("salvage").out.splitlines()
    assert lines[-len(NEXT) - 1 :] == ["damage: it has no secret of its own", *NEXT]


@pytest.mark.usefixtures("imported")
def test_a_purged_job_has_nothing_to_save(world: World) -> None:
    run(world, world.folder / "list.csv")
    assert world.importer("purge", "1", "--yes").code == 0
    done = world.importer("salvage")
    assert (done.code, done.out.splitlines()[2:]) == (0, [
        "  purged: its rows were removed before",
        "the journal is sound: go on with it",
    ])  # fmt: skip
    assert not (world.folder / "list.salvaged.csv").exists()


def test_a_run_that_is_at_work_is_waited_for_by_a_person(world: World, imported: Path) -> None:
    with held(imported, f"job-{key_of(world)}"):
        done = world.importer("salvage", "--json")
    assert (done.code, done.json["error"]["what"]) == (
        75, f"another importer is at work on job {key_of(world)} of this journal",
    )  # fmt: skip
    assert world.importer("salvage").code == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="the folder is made one of another user")
def test_a_journal_in_a_folder_that_cannot_be_written_is_read(world: World, imported: Path) -> None:
    locks = imported.with_name("importer.db.locks")
    for path in (locks, *locks.iterdir()):
        path.chmod(0o500 if path.is_dir() else 0o400)
    done = world.importer("salvage", "--out", "saved")
    assert done.code == 0


def test_nothing_to_read_is_an_error_with_a_way_out(world: World, imported: Path) -> None:
    imported.write_bytes(b"\xa5" * 9_000)
    done = world.importer("salvage", "--json")
    assert (done.code, done.json["error"]) == (2, {
        "what": "nothing of a journal can be read there",
        "where": str(imported),
        "fix": "name the journal with --journal; if it is this, put a copy from before in its"
        " place, or see what the sqlite3 shell's .recover makes of it",
    })  # fmt: skip
    assert "salvage" not in done.json
    assert json.loads(done.out) == done.json


def test_no_room_for_the_copy_is_said(world: World, imported: Path) -> None:
    ended = subprocess.run(
        ["sh", "-c", 'ulimit -f 16; exec "$@"', "sh", sys.executable, "-m", "importer", "salvage"],
        cwd=world.folder, env=world.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    folder = tempfile.gettempdir()
    assert (ended.returncode, ended.stderr) == (2, (
        "importer: the journal cannot be copied: File too large\n"
        f"  at:  {imported}\n"
        f"  fix: make room for a copy in {folder}, or name a folder in TMPDIR\n"
    ))  # fmt: skip
