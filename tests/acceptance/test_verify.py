"""verify and purge beside runs and kills: real processes, a real account."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.acceptance.world import PATIENCE_S, World, pause, people, sandbox

LOCAL = ["counts", "rows", "states", "lead Ids", "one row a lead", "calls"]


@pytest.mark.parametrize("calls", [1, 20, 60])
def test_a_killed_run_holds_before_and_after_it_is_carried_on(tmp_path: Path, calls: int) -> None:
    with sandbox("--limit", "none", "--latency", "20-60") as keys:
        world = World(tmp_path, keys, IMPORTER_SETTLE_S="1")
        file = world.write_csv("list.csv", people(100, keyless_every=10))
        process = world.start("run", file, "-m", world.mapping, "--rate", "none")
        assert world.kill_when(process, calls)
        cut = world.importer("verify", "--json")
        assert (cut.code, cut.json["verify"]["holds"]) == (0, True), cut.out
        assert [each["name"] for each in cut.json["verify"]["checks"]] == LOCAL
        done = world.run(file, "--rate", "none")
        assert done.json["state"] == "finished", done.err
        whole = world.importer("verify", "--remote", "--rate", "none", "--json")
    checks = {each["name"]: each["found"] for each in whole.json["verify"]["checks"]}
    assert whole.code == 0, checks
    created = done.json["created"]
    assert checks["leads in the account"] == f"{created} leads of {created}"


def test_a_job_at_work_is_neither_verified_nor_is_anything_purged(tmp_path: Path) -> None:
    with sandbox("--limit", "none", "--latency", "100") as keys:
        world = World(tmp_path, keys)
        world.run(world.write_csv("old.csv", people(1)[:1]))
        rows = [(f"A{i}", f"B{i}", f"other{i}@example.com", "", "") for i in range(200)]
        process = world.start("run", world.write_csv("list.csv", rows), "-m", world.mapping)
        while world.create_calls() < 3:
            pause(0.01)
        verified = world.importer("verify", "2", "--json")
        purged = world.importer("purge", "1", "--yes", "--json")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_S)
    key = world.journal("SELECT key FROM job WHERE number = 2")[0][0]
    what = f"another importer is at work on job {key} of this journal"
    for done in (verified, purged):
        assert (done.code, done.json["error"]["what"]) == (75, what)
    assert world.journal("SELECT state FROM job WHERE number = 1") == [("finished",)]


@pytest.mark.parametrize("delay_s", [0.1, 0.25, 0.3, 0.35, 0.4, 0.5, 0.7])
def test_a_purge_that_is_killed_leaves_the_job_whole_or_can_be_ended(
    tmp_path: Path, delay_s: float
) -> None:
    with sandbox("--limit", "none") as keys:
        world = World(tmp_path, keys)
        world.run(world.write_csv("list.csv", people(400)), "--rate", "none")
    process = world.start("purge", "1", "--yes")
    pause(delay_s)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE_S)
    found = world.importer("verify", "--json")
    assert (found.code, found.json["rows"]) == (0, 400), found.out
    rows = world.journal("SELECT count(*) FROM row")[0][0]
    assert (found.json["state"], rows) in [("finished", 400), ("purged", 0)]
    assert world.importer("purge", "1", "--yes").code == 0
    assert world.importer("verify", "--json").json["state"] == "purged"
    assert b"Person.7@example.com" not in (tmp_path / "importer.db").read_bytes()
    assert world.journal("SELECT count(*) FROM fingerprint") == [(400,)]


@contextmanager
def asked(folder: Path) -> Iterator[tuple[World, "subprocess.Popen[str]", int]]:
    """`importer purge 1` at a terminal, once it has asked; the terminal is the file number."""
    with sandbox("--limit", "none") as keys:
        world = World(folder, keys)
        world.run(world.write_csv("list.csv", people(3)), "--rate", "none")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "importer", "purge", "1"],
        cwd=world.folder,
        env=world.environment,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    question = ""
    while "Purge?" not in question:
        letter = process.stderr.read(1)
        assert letter, question
        question += letter
    assert "  job 1 (list.csv), 3 rows\n" in question
    yield world, process, ours
    os.close(theirs)
    os.close(ours)


@pytest.mark.skipif(os.name != "posix", reason="a terminal is made by pty")
@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [("n", "finished", "nothing was purged"), ("y", "purged", "purged: job 1 (list.csv)")],
)
def test_a_person_at_a_terminal_is_asked_before_rows_go(
    tmp_path: Path, answer: str, state: str, said: str
) -> None:
    with asked(tmp_path) as (world, process, terminal):
        os.write(terminal, f"{answer}\n".encode())
        out, err = process.communicate(timeout=PATIENCE_S)
        assert (process.returncode, out.splitlines()[0]) == (0, said), err
        assert world.journal("SELECT state FROM job") == [(state,)]


@pytest.mark.skipif(os.name != "posix", reason="a terminal is made by pty")
def test_ctrl_c_at_the_question_ends_it_and_nothing_is_purged(tmp_path: Path) -> None:
    with asked(tmp_path) as (world, process, _):
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 130
        assert "importer: stopped at the question; nothing was done" in err
        assert world.journal("SELECT state FROM job") == [("finished",)]
