"""A shorter form of `make fuzz`, and that it sees what it looks for."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.fuzz.cases import KEY, Case, Kind, make
from tests.fuzz.run import run
from tests.fuzz.trial import BROKEN, MOST_BYTES, Ended, ended, start, wait
from tests.fuzz.verdict import judge

MANY = {Kind.LIST: 600, Kind.MAPPING: 160, Kind.SETTINGS: 100}
OPTION = {Kind.LIST: "lists", Kind.MAPPING: "mappings", Kind.SETTINGS: "settings"}
GOOD = b'{"rows": 2, "pending": 1, "duplicate": 0, "invalid": 1, "skipped": 0}\n'
REFUSED = b'{"rows": null, "error": {"what": "a", "where": "b", "fix": "c"}}\n'
# The tests' own process may have other threads; what is forked here uses nothing of theirs.
forks = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
CASE = Case("list 1", {}, "list.csv", (), Kind.LIST)


def fuzz(many: Mapping[Kind, int]) -> "subprocess.CompletedProcess[str]":
    """In a process that has no other thread: it forks."""
    options = [f"--{OPTION[kind]}={number}" for kind, number in many.items()]
    command = [sys.executable, "-m", "tests.fuzz", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("kind", MANY)
def test_no_broken_file_ends_in_a_trace_a_hang_or_a_wrong_count(kind: Kind) -> None:
    done = fuzz({**dict.fromkeys(MANY, 0), kind: MANY[kind]})
    assert (done.returncode, "broken: 0" in done.stdout.splitlines()) == (0, True), done.stderr
    (told,) = re.findall(rf"^{kind}: (.*)", done.stdout, re.MULTILINE)
    tried, refused, read, agreed = (int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", told))
    assert (tried, refused + read) == (MANY[kind], MANY[kind])
    assert 0 < agreed <= read < tried, "some of each"


def test_a_case_is_made_again_by_its_seed_and_number() -> None:
    assert make(7, Kind.LIST, 3) == make(7, Kind.LIST, 3)
    assert make(7, Kind.LIST, 3) != make(8, Kind.LIST, 3)


# What it sees


@pytest.mark.parametrize(
    ("done", "flaw"),
    [
        (Ended(3, GOOD, b"", 0, 0), "exit code 3: "),
        (Ended(-9, b"", b"", 5.0, 700 << 20), "killed by signal 9 after 5.0 s and 700 MB"),
        (Ended(0, GOOD, b"Traceback (most recent call last)", 0, 0), "a traceback: "),
        (Ended(2, b"all is well", b"", 0, 0), "no object at the end: 'all is well'"),
        (Ended(2, b'{"error": {"what": "a", "fix": "b"}}', b"", 0, 0), "an error that does not"),
        (Ended(0, GOOD, KEY.encode(), 0, 0), "a key is shown"),
        (Ended(0, GOOD, b"\x1b[31m", 0, 0), "a sign that a terminal obeys: '\\x1b'"),
        (Ended(0, GOOD, "a\u202eb".encode(), 0, 0), "a sign that a terminal obeys: '\\u202e'"),
        (Ended(1, GOOD.replace(b"2", b"3"), b"", 0, 0), "the counts are not those of its rows: "),
    ],
)
def test_a_flaw_is_told(done: Ended, flaw: str) -> None:
    (found,) = judge(CASE, done).flaws
    assert found.startswith(f"list 1: {flaw}")


def test_what_is_well_is_told_well() -> None:
    assert judge(CASE, Ended(1, GOOD, b"a line\n", 0, 0)).rows == 2
    for done in (Ended(0, GOOD, b"", 0, 0), Ended(2, REFUSED, b"importer: a\n", 0, 0)):
        assert judge(CASE, done).flaws == ()


@forks
def test_a_wrong_count_is_a_flaw_and_its_files_are_kept(tmp_path: Path) -> None:
    case = Case(
        "list 1 of seed 1",
        {
            "list.csv": b"First Name\nAda\n",
            "m.yaml": b"version: 1\ncolumns: {First Name: LastName}",
        },
        "list.csv",
        ("preview", "list.csv", "-m", "m.yaml", "--json"),
        Kind.LIST,
    )
    total = run([case], keep=tmp_path, count=lambda _: 7)
    assert total.flaws == ["list 1 of seed 1: 1 rows, and another reader finds 7"]
    assert (tmp_path / "list-1-of-seed-1" / "list.csv").read_bytes() == b"First Name\nAda\n"
    assert run([case]).flaws == []


def end_of(work: Callable[[], int], folder: Path) -> Ended:
    pid = start(work, folder, most_s=1)
    found, status, took = wait()
    assert found == pid
    return ended(folder, status, took)


@forks
def test_work_has_a_second_of_a_processor_and_so_much_memory(tmp_path: Path) -> None:
    def hang() -> int:
        while True:
            pass

    assert end_of(hang, tmp_path).code == -9
    fat = end_of(lambda: len(bytearray(MOST_BYTES)), tmp_path)
    assert (fat.code, b"MemoryError" in fat.err) == (BROKEN, True)


@forks
def test_what_work_says_and_takes_is_known(tmp_path: Path) -> None:
    def work() -> int:
        os.write(1, b"out")
        sys.stderr.write("err")
        end = time.process_time() + 0.2
        while time.process_time() < end:
            pass
        return 7

    done = end_of(work, tmp_path)
    assert (done.code, done.out, done.err) == (7, b"out", b"err")
    assert done.cpu_s >= 0.2
    assert done.peak > 1 << 20
