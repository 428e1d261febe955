"""What a script can read in a journal, in whatever state that lies there."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from importer.errors import JournalError
from importer.journal import schema
from importer.journal.job import Layout
from importer.journal.journal import Journal
from importer.journal.reading import JournalReader, RowRecord, column_keys
from importer.journal.rows import Rows
from importer.journal.staging import stage
from importer.model import CallRecord, JobState, Outcome, RowStatus
from tests.journal.stored import NOW, blocks_of, create_job, make_job, people, screen

LEAD, OTHER = UUID(int=1), UUID(int=2)
NOBODY = 65534


def create(rows: Rows, number: int, lead_id: UUID = LEAD) -> None:
    with rows.journal.transaction():
        attempt = rows.claim(number, NOW, 250)
        rows.end_attempt(number, attempt, 200, None, 120)
        rows.finish(number, Outcome(RowStatus.CREATED, lead_id=lead_id), NOW + 120)


@pytest.fixture
def filled(path: Path) -> Iterator[Path]:
    """A closed journal: a job of four rows, of which one is created and one invalid."""
    with Journal(path, create=True) as journal:
        job = make_job(journal, [*people(2), ("Bad", "", "1"), ("Zoe", "zoe@example.com", "")])
        rows = Rows(journal, job)
        create(rows, 2)
        with journal.transaction():
            rows.claim(5, NOW + 200, 250)
            taken = "MXDuplicateEntryException"
            outcome = Outcome(RowStatus.DUPLICATE, taken, "There is one.", "Email", None, OTHER)
            rows.finish(5, outcome, NOW + 300)
            journal.set_state(job, JobState.OPEN, NOW)
    before = sorted(path.parent.iterdir())
    yield path
    assert sorted(path.parent.iterdir()) == before, "reading leaves nothing behind"


def test_jobs_are_read_with_their_counts(filled: Path) -> None:
    with JournalReader(filled) as journal:
        (job,) = journal.jobs()
        assert journal.job() == journal.job(1) == journal.job("1") == journal.job(job.key) == job
    counts = {status: rows for status, rows in job.counts.items() if rows}
    assert counts == {"pending": 1, "created": 1, "duplicate": 1, "invalid": 1}
    assert (job.number, job.rows, job.state, job.account) == (1, 4, "open", "org-1")
    assert (job.file, job.started_at, job.ended_at) == ("/lists/list.csv", NOW / 1000, None)


def test_rows_are_read_in_order_with_their_cells_and_reasons(filled: Path) -> None:
    with JournalReader(str(filled)) as journal:
        created, pending, invalid, duplicate = journal.rows()
    assert created == RowRecord(
        number=2,
        status=RowStatus.CREATED,
        cells={"Name": "Person 0", "Email": "person.0@example.com", "Phone": "9800000000"},
        code=None,
        column=None,
        reason=None,
        lead_id=LEAD,
        existing_id=None,
    )
    assert (pending.number, pending.status, pending.code) == (3, "pending", None)
    assert (invalid.number, invalid.code, invalid.column) == (4, "bad_name", "Name; Phone")
    assert (duplicate.column, duplicate.reason) == ("Email", "There is one.")
    assert (duplicate.lead_id, duplicate.existing_id) == (None, OTHER)


@pytest.mark.parametrize("status", [RowStatus.CREATED, "created"])
def test_rows_of_one_status_are_read_by_its_name(filled: Path, status: str) -> None:
    with JournalReader(filled) as journal:
        assert [row.number for row in journal.rows(1, status)] == [2]
        with pytest.raises(ValueError, match="'done' is not a valid RowStatus"):
            journal.rows(1, "done")


def test_the_calls_of_a_row_are_read_with_their_times(filled: Path) -> None:
    with JournalReader(filled) as journal:
        calls = journal.attempts(None, 2)
        assert journal.attempts(1, 3) == []
    at, server_at = NOW / 1000, (NOW + 250) / 1000
    assert calls == [CallRecord("Lead.Create", 1, at, server_at, 200, None, 120)]


@pytest.mark.parametrize(
    ("header", "width", "names"),
    [
        (["Name", " Email "], 2, ["Name", "Email"]),
        (["Name", "", "City"], 3, ["Name", "B", "City"]),
        (["Phone", "Phone", "Phone"], 3, ["Phone", "Phone (B)", "Phone (C)"]),
        (["Phone", "Phone (C)", "Phone"], 3, ["Phone", "Phone (C)", "Phone (C) (C)"]),
        (["B", ""], 2, ["B", "B (B)"]),
        (["Name"], 3, ["Name", "B", "C"]),
        (["Name", "Email"], 1, ["Name"]),
        ([], 703, [*map(chr, range(65, 91))]),
    ],
)
def test_each_cell_has_a_name_of_its_own(header: list[str], width: int, names: list[str]) -> None:
    found = column_keys(header, width)
    assert found[: len(names)] == names
    assert (len(found), len(set(found))) == (width, width)
    assert found[-1] == ("AAA" if width == 703 else names[-1])


def test_rows_of_a_list_with_odd_columns_keep_every_cell(path: Path) -> None:
    with Journal(path, create=True) as journal:
        layout = Layout("utf-8", ",", ("Name", "Email", "Email"))
        job = create_job(journal, layout=layout)
        stage(journal, job, blocks_of([("Asha", "a@x.org", "b@x.org")]), screen, lambda: NOW)
    with JournalReader(path) as reader:
        (row,) = reader.rows()
    assert row.cells == {"Name": "Asha", "Email": "a@x.org", "Email (C)": "b@x.org"}


def test_a_journal_is_read_while_an_import_is_at_work(path: Path) -> None:
    with Journal(path, create=True) as writer:
        rows = Rows(writer, make_job(writer, people(3)))
        with JournalReader(path) as reader:
            assert [row.status for row in reader.rows()] == ["pending"] * 3
            create(rows, 3)
            assert [row.number for row in reader.rows(status="created")] == [3]
            with writer.transaction():
                rows.claim(2, NOW, 0)
                assert reader.job().counts[RowStatus.SENDING] == 0, (
                    "what is not committed is not there"
                )
            assert reader.job().counts[RowStatus.SENDING] == 1


def test_nothing_can_be_written_by_a_reader(filled: Path) -> None:
    before = filled.read_bytes()
    with JournalReader(filled) as reader:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader._journal.execute("DELETE FROM row")
        list(reader.rows())
    assert filled.read_bytes() == before


READ_AS = """
import os, sys
from importer import Journal, JournalError
import importer.journal.reading
os.setresuid(*[int(sys.argv[2])] * 3)
try:
    with Journal(sys.argv[1]) as journal:
        print([row.number for row in journal.rows()])
except JournalError as error:
    print(error.what, error.fix, sep=" | ")
"""


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder where another user can read and nothing else; its files too, as the test leaves
    them."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can read as somebody else")
    folder = Path("/tmp") / f"importer-shelf-{os.getpid()}"
    folder.mkdir(mode=0o755)
    yield folder
    shutil.rmtree(folder)


def read_as_nobody(path: Path) -> str:
    for each in path.parent.iterdir():
        each.chmod(0o644)
    before = sorted(path.parent.iterdir())
    command = [sys.executable, "-c", READ_AS, str(path), str(NOBODY)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert sorted(path.parent.iterdir()) == before
    return ended.stdout.rstrip("\n")


def test_a_journal_is_read_where_nothing_can_be_written(filled: Path, shelf: Path) -> None:
    copied = shutil.copy(filled, shelf)
    assert read_as_nobody(Path(copied)) == "[2, 3, 4, 5]"


def test_a_journal_at_work_is_read_where_nothing_can_be_written(shelf: Path) -> None:
    path = shelf / "importer.db"
    with Journal(path, create=True) as writer:
        make_job(writer, people(2))
        shutil.rmtree(path.with_name("importer.db.locks"), ignore_errors=True)
        assert path.with_name("importer.db-wal").stat().st_size
        assert read_as_nobody(path) == "[2, 3]"


def test_what_a_killed_run_left_is_not_read_past_where_nothing_can_be_written(
    path: Path, shelf: Path
) -> None:
    with Journal(path, create=True) as writer:
        make_job(writer, people(2))
        for name in ("importer.db", "importer.db-wal"):  # and no -shm
            shutil.copy(path.with_name(name), shelf)
    assert read_as_nobody(shelf / "importer.db") == (
        "the journal cannot be read: unable to open database file | copy it, and the -wal beside"
        " it, to a folder of your own, and read it there"
    )


def test_what_a_killed_run_left_is_read(path: Path, tmp_path: Path) -> None:
    with Journal(path, create=True) as writer:
        make_job(writer, people(2))
        folder = tmp_path / "copy"
        folder.mkdir()
        for name in ("importer.db", "importer.db-wal"):
            shutil.copy(path.with_name(name), folder)
    with JournalReader(folder / "importer.db") as reader:
        assert [row.number for row in reader.rows()] == [2, 3]


# What cannot be read


def refusal(path: Path) -> tuple[str, str | None, str | None]:
    with pytest.raises(JournalError) as caught:
        JournalReader(path)
    return caught.value.what, caught.value.where, caught.value.fix


def test_a_journal_that_is_not_there_is_not_made(path: Path) -> None:
    expected = ("there is no such journal", str(path), "check the name and the folder")
    assert refusal(path) == expected
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"First Name,Email\n" * 99])
def test_another_file_is_no_journal(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    fix = "name a journal; its name is importer.db where nothing else was said"
    assert refusal(path) == ("this is no journal of the importer", str(path), fix)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("version", "what", "fix"),
    [
        (99, "the journal is of version 99, and this importer knows {known}", "use the newer"),
        (1, "the journal is of version 1, and this importer reads {known}", "importer status"),
    ],
)
def test_a_journal_of_another_version_is_refused_and_left_as_it_is(
    filled: Path, version: int, what: str, fix: str
) -> None:
    with sqlite3.connect(filled) as db:
        db.execute(f"PRAGMA user_version = {version}")
    db.close()
    before = filled.read_bytes()
    found = refusal(filled)
    assert found[:2] == (what.format(known=len(schema.MIGRATIONS)), str(filled))
    assert fix in str(found[2])
    assert filled.read_bytes() == before


def test_a_job_and_a_row_that_are_not_there_are_errors(filled: Path) -> None:
    with JournalReader(filled) as reader:
        for job in (9, "9"):
            with pytest.raises(JournalError, match='the journal has no job "9"'):
                reader.rows(job)
        with pytest.raises(JournalError, match="job 1 has no row 9") as caught:
            reader.attempts(1, 9)
    assert caught.value.where == str(filled)


def test_a_purged_job_has_counts_and_no_rows(filled: Path) -> None:
    with Journal(filled) as journal, journal.transaction():
        journal.set_state(journal.job(1), JobState.PURGED, NOW)
    with JournalReader(filled) as reader:
        assert reader.job().rows == 4
        for read in (lambda: reader.rows(), lambda: reader.attempts(1, 2)):
            with pytest.raises(JournalError, match="job 1 was purged: its rows are gone"):
                read()


def test_a_damaged_journal_is_an_error_with_a_cure(path: Path) -> None:
    with Journal(path, create=True) as writer:
        make_job(writer, people(2000), size=500)
    data = bytearray(path.read_bytes())
    data[8192:] = b"\x55" * (len(data) - 8192)
    path.write_bytes(data)
    told = pytest.raises(JournalError, match="the journal is damaged: ")
    with told as caught, JournalReader(path) as reader:
        list(reader.rows())
    assert caught.value.where == str(path)
