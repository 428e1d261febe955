import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from importer.cli.options import AT_ONCE
from importer.errors import ResumableError
from importer.jobs.cancel import cancel_job
from importer.journal import schema
from importer.journal.journal import Journal
from importer.journal.lock import held
from importer.journal.rows import Rows
from importer.model import JobState, JobSummary, RowStatus
from tests.acceptance.world import PATIENCE_S, World, pause
from tests.delivery.account import START_MS
from tests.delivery.harness import make_job, person
from tests.jobs.doubts import lose, session_on
from tests.jobs.lists import calls_during, people, run
from tests.journal.stored import TABLES, content

# The importer, but it waits an hour for other programs, and says so soon.
PATIENT = """
import sys
from importer.journal import schema
schema.QUIET_MS, schema.BUSY_TIMEOUT_MS = 1, 3_600_000
from importer.__main__ import main
sys.exit(main())
"""
PEOPLE = [person(name) for name in "ABCDEF"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Rows 2 to 7: one is lost, one waits for it, one is back and due later, three are fresh."""
    path = tmp_path / "importer.db"
    with Journal(path, create=True) as journal:
        rows = Rows(journal, make_job(journal, PEOPLE))
        with journal.transaction():
            lose(rows, 2)
            rows.hold(3, 2)
            rows.claim(4, START_MS, 0)
            rows.back(4, START_MS, due_at=START_MS + 9, counted=True, code="HTTP 503", reason="No.")
        make_job(journal, PEOPLE)
    return path


def cancel(path: Path, reference: str = "1") -> tuple[int, list[str], JobSummary]:
    with session_on(path) as (session, voice):
        cancel_job(session, reference)
        summary = session.summary()
        assert summary is not None
        return session.exit_code, voice.said, summary


def test_all_that_is_pending_is_given_up_and_lost_calls_are_still_to_be_settled(
    path: Path,
) -> None:
    code, said, summary = cancel(path)
    assert (code, summary.state) == (1, JobState.OPEN)
    assert said == [
        "given up: 5 rows of job 1",
        f"1 call without a reply is still to be settled: importer retry 1 --journal {path}",
    ]
    assert {str(s): n for s, n in summary.counts.items() if n} == {"sending": 1, "skipped": 5}
    with Journal(path) as journal:
        rows = Rows(journal, journal.job(1))
        assert [row.number for row in rows.unsettled(START_MS + 9999)] == [2]
        assert rows.next_due_at(RowStatus.PENDING) is None
        given_up = list(rows.of_status([RowStatus.SKIPPED]))
        assert [row.number for row in given_up] == [3, 4, 5, 6, 7]
        assert {(row.code, row.field, row.due_at, row.since_at) for row in given_up} == {
            ("given_up", None, None, None)
        }
        (reason,) = {row.reason for row in given_up}
        assert re.fullmatch(r"given up by a person on \d{4}-\d\d-\d\d", reason or "")
        assert journal.execute("SELECT count(*) FROM row WHERE waits_for > 0").fetchone() == (0,)
        assert Rows(journal, journal.job(2)).counts()[RowStatus.PENDING] == 6, "another job's"
    found = content(path, ["decision"])["decision"]
    assert [(row, number, *what) for row, number, _, *what in found] == [
        (1 << 32, 1, "cancel", "5 rows")
    ]


def test_a_job_without_open_rows_is_finished_and_has_its_results(path: Path) -> None:
    code, said, summary = cancel(path, "2")
    assert (code, summary.state, said) == (0, JobState.FINISHED, ["given up: 6 rows of job 2"])
    assert (path.parent / "list.results.csv").read_text(encoding="utf-8-sig").count("given up") == 6


def test_where_nothing_is_pending_it_is_said_and_nothing_changes(path: Path) -> None:
    cancel(path, "2")
    tables = {*TABLES, "decision"} - {"output"}
    before = content(path, tables)
    code, said, _ = cancel(path, "2")
    assert (code, said) == (0, ["job 2 has no pending rows: there was nothing to give up"])
    assert content(path, tables) == before


def test_a_job_that_a_run_is_at_work_on_is_not_cancelled(path: Path) -> None:
    with Journal(path) as journal:
        key = journal.job(1).key
    before = content(path)
    with (
        held(path, f"job-{key}"),
        session_on(path) as (session, _),
        pytest.raises(ResumableError, match="another importer is at work"),
    ):
        cancel_job(session, "1")
    assert content(path) == before


def test_a_journal_that_another_program_holds_is_waited_for_once_and_that_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the first wait, which was in vain, the reject file is not waited for too."""
    monkeypatch.setattr(schema, "QUIET_MS", 1)
    monkeypatch.setattr(schema, "BUSY_TIMEOUT_MS", 2)
    with (
        Journal(path) as other,
        other.transaction(),
        session_on(path) as (session, voice),
    ):
        with pytest.raises(ResumableError, match="another program holds the journal"):
            cancel_job(session, "2")
        assert voice.said == ["waiting for the journal: another program holds it"]


def test_a_second_ctrl_c_ends_a_wait_for_the_journal_at_once(world: World) -> None:
    run(world, world.write_csv("list.csv", people(2)), "--limit", 1)
    with closing(sqlite3.connect(world.folder / "importer.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        process = subprocess.Popen(
            [sys.executable, "-c", PATIENT, "cancel"],
            cwd=world.folder, env=world.environment, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stderr is not None
        assert process.stderr.readline().startswith("waiting for the journal")
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            pause(0.05)
        _, said = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, said.splitlines()[:1]) == (130, [AT_ONCE.decode().strip()])


def test_a_cancelled_job_sends_nothing_more(world: World) -> None:
    file = world.write_csv("list.csv", people(4))
    run(world, file, "--limit", 1)
    done, calls = calls_during_cancel(world)
    assert (done, calls) == ((0, "finished", 1, 3), 0)
    for again in (["retry", "1"], ["run", file, "-m", world.mapping]):
        ended, calls = calls_during(world, *again)
        assert (ended.code, calls, ended.json["skipped"]) == (0, 0, 3)
    results = world.read_csv(world.folder / "list.results.csv")
    assert [row["Import Status"] for row in results] == ["created", *["skipped"] * 3]


def calls_during_cancel(world: World) -> tuple[tuple[int, str, int, int], int]:
    before = world.create_calls()
    done = world.importer("cancel", "--json")
    counts = done.json
    found = (done.code, counts["state"], counts["created"], counts["skipped"])
    return found, world.create_calls() - before
